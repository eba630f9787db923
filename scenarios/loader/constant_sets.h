/* SPDX-License-Identifier: MIT
 *
 * Posteriors as tables: CSV, a row for each set of constants. Columns are names of constants, with
 * or without `k.`; a constant without a column has its default in every set. Lines that begin with
 * `#` above the header say where the table comes from. A table with one row is a single set.
 */
#ifndef SPIRAL_SCENARIOS_LOADER_CONSTANT_SETS_H
#define SPIRAL_SCENARIOS_LOADER_CONSTANT_SETS_H

#include <stddef.h>

#include "sim/constant_sets.h"

/* Reads a table. SPIRAL_BAD_INPUT with file, line and column of the first error, SPIRAL_IO or
 * SPIRAL_NO_MEMORY leave the posterior empty. The caller clears it. */
enum spiral_status spiral_constant_sets_load(struct spiral_constant_sets *posterior,
                                             const char *path, struct spiral_error *error);

/* The same from `length` bytes of text, which `name` stands for in errors. */
enum spiral_status spiral_constant_sets_load_text(struct spiral_constant_sets *posterior,
                                                  const char *text, size_t length, const char *name,
                                                  struct spiral_error *error);

/* Loads the posterior that is shipped with the program: `posterior.csv` where the cases are
 * (scenarios/loader/case_file.h). Where there is none the posterior is empty, and that is no
 * error. */
enum spiral_status spiral_constant_sets_load_shipped(struct spiral_constant_sets *posterior,
                                                     struct spiral_error *error);

/* Which constants runs have, in the words of a user: NULL, the shipped posterior where there is
 * one; "point", one set, the defaults; else a file or "-", which has a table of sets, or lists one
 * set (constants_file.h). One set, a table of one row, and "point" leave the posterior empty and
 * their set in *constants. A file is read once, so that it may be a pipe. */
enum spiral_status spiral_constant_sets_choose(struct spiral_constant_sets *posterior,
                                               struct spiral_constants *constants,
                                               const char *choice, struct spiral_error *error);

/* The same from the text of such a file, which ends in a NUL that `length` does not count; `name`
 * stands for it in errors. */
enum spiral_status spiral_constant_sets_choose_text(struct spiral_constant_sets *posterior,
                                                    struct spiral_constants *constants,
                                                    const char *text, size_t length,
                                                    const char *name, struct spiral_error *error);

/* Puts the value that *constants has for a parameter `k.x` into every set; other names do
 * nothing. */
void spiral_constant_sets_follow(struct spiral_constant_sets *posterior,
                                 const struct spiral_constants *constants, const char *parameter);

#endif
