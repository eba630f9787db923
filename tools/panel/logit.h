/* SPDX-License-Identifier: MIT
 *
 * Logistic regression by iteratively reweighted least squares (Nelder and Wedderburn 1972). Each
 * step is a linear least-squares problem that LAPACK solves by singular values, so that columns
 * that follow from others cost nothing but their own coefficient: the solution of least norm is
 * taken.
 */
#ifndef SPIRAL_PANEL_LOGIT_H
#define SPIRAL_PANEL_LOGIT_H

#include <stdbool.h>
#include <stddef.h>

#include "sim/status.h"

struct spiral_logit {
    size_t columns;      /* without the constant */
    double *coefficient; /* [columns + 1], owned: the constant, then columns in their own units */
    double *deviation; /* [columns + 1], owned: standard errors; NAN where columns are dependent */
    double log_likelihood; /* without the penalty */
    double ridge;          /* the penalty that it was fitted with */
    int iterations;
    bool separated; /* no maximum exists: some rows are told apart without error */
};

/* Fits P(y = 1) = 1 / (1 + exp(-(b0 + b x))) to x[row * columns + column] and y[row], 0 or 1.
 * `ridge` r >= 0 takes r / 2 times the sum of squares of the coefficients of the standardised
 * columns from the log likelihood (Le Cessie and van Houwelingen 1992); the constant is free. A
 * column that does not vary has the coefficient 0. Without a penalty a separable problem ends with
 * `separated`, and with coefficients that are of no use. At the end the score equations hold to
 * 1e-9 on the standardised columns. SPIRAL_BAD_INPUT where a number is not finite or y does not
 * vary; SPIRAL_NO_MEMORY. The caller clears *fit in any case. */
enum spiral_status spiral_logit_fit(struct spiral_logit *fit, const double *x, const double *y,
                                    size_t rows, size_t columns, double ridge,
                                    struct spiral_error *error);
void spiral_logit_clear(struct spiral_logit *fit);

/* The chance that a fit gives to a row of columns. */
double spiral_logit_chance(const struct spiral_logit *fit, const double *row);

#endif
