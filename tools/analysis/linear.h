/* SPDX-License-Identifier: MIT
 *
 * Linear algebra by LAPACKE. Matrices are stored by column. Every function fails if the build lacks
 * LAPACKE or it cannot be loaded; spiral_linear_missing() says so.
 */
#ifndef SPIRAL_ANALYSIS_LINEAR_H
#define SPIRAL_ANALYSIS_LINEAR_H

#include <stdbool.h>
#include <stddef.h>

/* NULL where the functions below can work; else a sentence, static, that says what is missing. */
const char *spiral_linear_missing(void);

/* Least squares of least norm by singular values: minimises |a x - b| for a[rows * columns], rows
 * at least columns. x is then in the first `columns` of b[rows], a is overwritten, and singular
 * values below `tolerance` times the largest count as 0 and not in *rank; singular[columns]. False
 * where there is no memory or the iteration does not converge. */
bool spiral_linear_least_squares(double *a, double *b, size_t rows, size_t columns,
                                 double tolerance, double *singular, size_t *rank);

/* Cholesky's factor L of a symmetric positive definite matrix, a = L L', of which the lower
 * triangle is read and overwritten. False where it is not positive definite. */
bool spiral_linear_factor(double *a, size_t order);

/* The inverse of a matrix from its factor, into the lower triangle. */
bool spiral_linear_invert(double *factor, size_t order);

/* Solves a x = b for `columns` right sides b[order * columns], which x replaces, from a's
 * factor. */
bool spiral_linear_solve(const double *factor, size_t order, double *b, size_t columns);

#endif
