/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <stdlib.h>

#include "tools/analysis/statistics.h"

/* The largest distance of the two distribution functions along ordered values; both are read
 * after all of an equal value. */
static double largest_distance(const struct spiral_ordered *ordered, const bool *is_case,
                               size_t points, size_t cases)
{
    size_t below = 0; /* cases so far */
    double distance = 0.0;

    for (size_t p = 0; p < points; p++) {
        below += is_case[ordered[p].point];
        if (p + 1 < points && ordered[p + 1].value == ordered[p].value)
            continue;

        const double apart = fabs((double)below / (double)cases -
                                  (double)(p + 1 - below) / (double)(points - cases));
        distance = apart > distance ? apart : distance;
    }

    return distance;
}

enum spiral_status spiral_analysis_smirnov(struct spiral_smirnov *distances, const double *x,
                                           const bool *is_case, size_t points, size_t factors,
                                           struct spiral_error *error)
{
    const double quantile = 1.3580986393225505; /* of Kolmogorov's distribution, 95 % */
    size_t cases = 0;

    for (size_t p = 0; p < points; p++)
        cases += is_case[p];

    if (cases == 0 || cases == points)
        return spiral_error_set(error, SPIRAL_BAD_INPUT,
                                "%s of the %zu points is a case; there must be some of both kinds",
                                cases == 0 ? "none" : "every one", points);

    struct spiral_ordered *ordered = malloc(points * sizeof *ordered);

    if (ordered == NULL)
        return spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory to order %zu points", points);

    const double size = sqrt((double)cases * (double)(points - cases) / (double)points);
    const double scale = size + 0.12 + 0.11 / size; /* Stephens 1970 */

    for (size_t f = 0; f < factors; f++) {
        spiral_order(ordered, x, f, points, factors);
        const double distance = largest_distance(ordered, is_case, points, cases);
        distances[f] = (struct spiral_smirnov){distance, fmin(1.0, quantile / scale),
                                               spiral_kolmogorov_tail(scale * distance)};
    }

    free(ordered);

    return SPIRAL_OK;
}
