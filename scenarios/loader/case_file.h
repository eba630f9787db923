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

/* Writes the names of the cases of the first of those folders that has any, sorted: the first
 * `capacity` of them. Returns how many there are, at most 100. */
size_t spiral_case_list(char (*names)[64], size_t capacity);

/* The shipped posterior: `posterior.csv` in the first of those folders that has one. False where
 * none has. */
bool spiral_posterior_file(char *path, size_t size);

/* Writes advice for a case that was not found: the nearest name, else the names of all cases. */
enum { SPIRAL_CASE_ADVICE = 600 };
void spiral_case_advice(const char *path_or_name, char text[SPIRAL_CASE_ADVICE]);

#endif
