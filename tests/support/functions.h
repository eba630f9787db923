/* SPDX-License-Identifier: MIT
 *
 * Functions whose sensitivity is known, and points to try them on.
 */
#ifndef SPIRAL_TEST_FUNCTIONS_H
#define SPIRAL_TEST_FUNCTIONS_H

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "sim/random.h"
#include "tools/analysis/statistics.h"
#include "tools/design/design.h"

typedef double test_function(const double *x, size_t factors);

/* Ishigami and Homma 1990, a = 7, b = .1, of x in the unit cube. */
static inline double ishigami(const double *x, size_t factors)
{
    (void)factors;
    const double a = M_PI * (2.0 * x[0] - 1.0);
    const double b = M_PI * (2.0 * x[1] - 1.0);
    const double c = M_PI * (2.0 * x[2] - 1.0);

    return sin(a) + 7.0 * sin(b) * sin(b) + 0.1 * c * c * c * c * sin(a);
}

/* Sobol's g function with the usual eight coefficients (Saltelli and Sobol' 1995). */
static const double g_coefficients[8] = {0, 1, 4.5, 9, 99, 99, 99, 99};
static inline double g_function(const double *x, size_t factors)
{
    double product = 1.0;
    for (size_t f = 0; f < factors; f++)
        product *= (fabs(4.0 * x[f] - 2.0) + g_coefficients[f]) / (1.0 + g_coefficients[f]);
    return product;
}

/* A design of factors in 0..1. The caller destroys it. */
static inline struct spiral_design *unit_design(size_t factors,
                                                struct spiral_design_request request)
{
    struct spiral_axis *axes = calloc(factors, sizeof *axes);
    struct spiral_design *design;
    struct spiral_error error;

    for (size_t f = 0; f < factors; f++) {
        axes[f] = (struct spiral_axis){.low = 0.0, .high = 1.0};
        snprintf(axes[f].name, sizeof axes[f].name, "x%zu", f);
    }

    assert_int_equal(spiral_design_create(&design, axes, factors, &request, &error), SPIRAL_OK);
    free(axes);

    return design;
}

/* The function at every point. The caller frees it. */
static inline double *outcomes_of(const struct spiral_design *design, test_function *function)
{
    double *y = malloc(design->points * sizeof *y);
    for (size_t p = 0; p < design->points; p++)
        y[p] = function(&design->coordinate[p * design->factors], design->factors);
    return y;
}

static inline bool holds(const struct spiral_estimate *estimate, double value)
{
    return estimate->interval.low <= value && value <= estimate->interval.high;
}

/* A uniform and a normal number (Box and Muller). */
static inline double uniform(struct spiral_random *random)
{
    return ((double)spiral_random_next(random) + 0.5) * 0x1p-32;
}
static inline double normal(struct spiral_random *random)
{
    const double radius = sqrt(-2.0 * log(uniform(random)));
    return radius * cos(2.0 * M_PI * uniform(random));
}

#define assert_close(a, b, distance) \
    do { \
        if (!(fabs((a) - (b)) <= (distance))) \
            fail_msg("%s is %.17g, not within %g of %.17g", #a, (double)(a), (double)(distance), \
                     (double)(b)); \
    } while (0)

#endif
