/* SPDX-License-Identifier: MIT
 *
 * Diagnostics: all errors of a file, collected, then shown in the order of their places.
 */
#ifndef SPIRAL_SCENARIOS_LOADER_DIAGNOSTICS_H
#define SPIRAL_SCENARIOS_LOADER_DIAGNOSTICS_H

#include <stdio.h>

#include "sim/status.h"

enum { SPIRAL_MAX_DIAGNOSTICS = 100 };

struct spiral_diagnostics {
    size_t count;   /* errors kept */
    size_t dropped; /* further ones, counted only */
    struct spiral_error errors[SPIRAL_MAX_DIAGNOSTICS];
};

/* Starts empty. No memory is owned. */
void spiral_diagnostics_init(struct spiral_diagnostics *diagnostics);
void spiral_diagnostics_add(struct spiral_diagnostics *diagnostics,
                            const struct spiral_error *error);
/* Orders the errors by line and column; equal places keep the order in which they were found. */
void spiral_diagnostics_sort(struct spiral_diagnostics *diagnostics);
/* Writes one error as `file:line:column: path: message`; parts that are absent are left out. */
void spiral_error_print(const struct spiral_error *error, FILE *out);
/* Writes all errors, a line each. */
void spiral_diagnostics_print(const struct spiral_diagnostics *diagnostics, FILE *out);

#endif
