/* SPDX-License-Identifier: MIT
 *
 * A set of constants from a file.
 */
#ifndef SPIRAL_PANEL_CONSTANTS_H
#define SPIRAL_PANEL_CONSTANTS_H

#include "scenarios/loader/yaml/diagnostics.h"
#include "sim/tables.h"

/* Reads values of constants into *constants; those that the file does not name stay as they are. A
 * file that ends in .csv has columns `name` and `value`; any other is YAML, a map of names to
 * numbers, by itself or below the key `set`, as `spiral calibrate --best` writes it. Names are
 * those of `spiral params`: k.encircle. Unknown names (with the nearest), values out of bounds and
 * names that are there more than once are collected in `diagnostics`. SPIRAL_BAD_INPUT, SPIRAL_IO,
 * SPIRAL_NO_MEMORY. */
enum spiral_status spiral_constants_load(struct spiral_constants *constants, const char *path,
                                         struct spiral_diagnostics *diagnostics);

#endif
