/* SPDX-License-Identifier: MIT
 *
 * A set of constants from a file.
 */
#ifndef SPIRAL_PANEL_CONSTANTS_H
#define SPIRAL_PANEL_CONSTANTS_H

#include "scenarios/loader/yaml/diagnostics.h"
#include "sim/tables.h"

/* What texts of constants look like. */
enum spiral_constants_form {
    SPIRAL_CONSTANTS_MAP,  /* one set: YAML */
    SPIRAL_CONSTANTS_LIST, /* one set: CSV, a line for each constant */
    SPIRAL_CONSTANTS_TABLE /* CSV, a line for each set (constant_sets.h) */
};

/* Which form a text, ended by a NUL, has. A name that ends in .yaml or .yml makes it a map; else
 * its first line that is neither empty nor a comment says it: a map has `:` or `{` there, a list a
 * column `value`. */
enum spiral_constants_form spiral_constants_form(const char *text, const char *name);

/* Reads values of constants from a text, ended by a NUL that `length` does not count, into
 * *constants; those that it does not name stay as they are. A map has names and numbers, by
 * itself or below the key `set`, as `spiral calibrate --best` writes it; anything else is read as a
 * list, with columns `name` and `value`. Names are those of `spiral params`: k.encircle. Unknown
 * names (with the nearest), values out of bounds and names that are there more than once are
 * collected in `diagnostics`, where `name` stands for the file. SPIRAL_BAD_INPUT,
 * SPIRAL_NO_MEMORY. */
enum spiral_status spiral_constants_load_text(struct spiral_constants *constants, const char *text,
                                              size_t length, const char *name,
                                              struct spiral_diagnostics *diagnostics);

#endif
