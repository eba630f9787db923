/* SPDX-License-Identifier: MIT
 *
 * Which functions a design integrates almost without error, so that intervals leave them out.
 */
#ifndef SPIRAL_ANALYSIS_BALANCE_H
#define SPIRAL_ANALYSIS_BALANCE_H

#include "tools/analysis/analysis.h"

/* Orthonormal functions of the points. */
struct spiral_balance {
    size_t points;
    size_t block;
    size_t columns;
    double *column; /* [column * points + point] */
    double lost;    /* how many of the blocks' degrees of freedom the functions take */
};

/* The constant and, where the design is even, low polynomials in the ranks of x: products of
 * Legendre polynomials, those with the least product of (degree + 1) first. SPIRAL_NO_MEMORY. The
 * caller clears *balance in any case. */
enum spiral_status spiral_balance_create(struct spiral_balance *balance, const double *x,
                                         size_t points, size_t factors,
                                         const struct spiral_sampling *sampling,
                                         struct spiral_error *error);
void spiral_balance_clear(struct spiral_balance *balance);

/* Takes out of values[points] what is a sum of these functions. */
void spiral_balance_take_out(const struct spiral_balance *balance, double *values);

/* The variance of the mean of values[points] of which spiral_balance_take_out() left the rest:
 * blocks are independent, points of a block are not. `fitted` more degrees of freedom are lost. */
double spiral_balance_variance(const struct spiral_balance *balance, const double *values,
                               double fitted);

#endif
