/* SPDX-License-Identifier: MIT
 *
 * Where cases stand: the file that a name or a path means.
 */
#ifndef SPIRAL_CASE_FILE_H
#define SPIRAL_CASE_FILE_H

#include <stddef.h>

/* Writes the file of a case: the path itself where there is such a file; else, for a name, that of ./scenarios, of $SPIRAL_SCENARIOS or
 * of the installed ones; else what was given, so that the error names it. */
void spiral_case_file(const char *path_or_name, char *path, size_t size);

/* The file of a lesson, likewise: in the folder `lessons` of those. */
void spiral_lesson_file(const char *path_or_name, char *path, size_t size);

/* The words for a case that was not found. */
extern const char spiral_case_advice[];

#endif
