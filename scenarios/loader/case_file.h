/* SPDX-License-Identifier: MIT
 *
 * Where cases are found: the file that a name or a path means.
 */
#ifndef SPIRAL_SCENARIOS_LOADER_CASE_FILE_H
#define SPIRAL_SCENARIOS_LOADER_CASE_FILE_H

#include <stdbool.h>
#include <stddef.h>

/* Writes the file of a case: the path itself where there is such a file; else, for a name, that
 * of ./scenarios, of $SPIRAL_SCENARIOS, of the source or the installation that the program
 * belongs to, or of the installed ones; else what was given, so that the error names it. */
void spiral_case_file(const char *path_or_name, char *path, size_t size);

/* The file of a lesson, likewise: in the folder `lessons` of those. */
void spiral_lesson_file(const char *path_or_name, char *path, size_t size);

/* The names of the cases, or of the lessons, of the first of those folders that has any, sorted.
 * Returns how many were written, at most `most`. */
enum { SPIRAL_CASE_NAME = 64 };
size_t spiral_case_list(bool lessons, char names[][SPIRAL_CASE_NAME], size_t most);

/* The shipped posterior: `posterior.csv` in the first of those folders that has one. False where
 * none has. */
bool spiral_posterior_file(char *path, size_t size);

/* Writes advice for a case that was not found: the nearest name, else the names of all cases. */
enum { SPIRAL_CASE_ADVICE = 600 };
void spiral_case_advice(const char *path_or_name, char text[SPIRAL_CASE_ADVICE]);

#endif
