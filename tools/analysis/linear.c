/* SPDX-License-Identifier: MIT */
#include "tools/analysis/linear.h"

#ifdef SPIRAL_WITH_LAPACKE
#include <lapacke.h>

bool spiral_linear_least_squares(double *a, double *b, size_t rows, size_t columns,
                                 double tolerance, double *singular, size_t *rank)
{
    lapack_int found = 0;
    const bool good =
        LAPACKE_dgelsd(LAPACK_COL_MAJOR, (lapack_int)rows, (lapack_int)columns, 1, a,
                       (lapack_int)rows, b, (lapack_int)rows, singular, tolerance, &found) == 0;

    *rank = (size_t)found;
    return good;
}

bool spiral_linear_factor(double *a, size_t order)
{
    return LAPACKE_dpotrf(LAPACK_COL_MAJOR, 'L', (lapack_int)order, a, (lapack_int)order) == 0;
}

bool spiral_linear_invert(double *factor, size_t order)
{
    return LAPACKE_dpotri(LAPACK_COL_MAJOR, 'L', (lapack_int)order, factor, (lapack_int)order) == 0;
}

bool spiral_linear_solve(const double *factor, size_t order, double *b, size_t columns)
{
    return LAPACKE_dpotrs(LAPACK_COL_MAJOR, 'L', (lapack_int)order, (lapack_int)columns, factor,
                          (lapack_int)order, b, (lapack_int)order) == 0;
}

#else /* a build without LAPACKE */

bool spiral_linear_least_squares(double *a, double *b, size_t rows, size_t columns,
                                 double tolerance, double *singular, size_t *rank)
{
    (void)a;
    (void)b;
    (void)rows;
    (void)columns;
    (void)tolerance;
    (void)singular;
    *rank = 0;
    return false;
}

bool spiral_linear_factor(double *a, size_t order)
{
    (void)a;
    (void)order;
    return false;
}

bool spiral_linear_invert(double *factor, size_t order)
{
    (void)factor;
    (void)order;
    return false;
}

bool spiral_linear_solve(const double *factor, size_t order, double *b, size_t columns)
{
    (void)factor;
    (void)order;
    (void)b;
    (void)columns;
    return false;
}

#endif
