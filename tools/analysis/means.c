/* SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include "tools/analysis/statistics.h"

static void mean_of(const void *context, const size_t *pick, size_t count, double *values)
{
    const double *y = context;
    double sum = 0.0;

    for (size_t i = 0; i < count; i++)
        sum += y[pick[i]];
    *values = sum / (double)count;
}

enum spiral_status spiral_analysis_mean(struct spiral_estimate *mean, const double *y,
                                        size_t points, const struct spiral_resampling *resampling,
                                        struct spiral_error *error)
{
    if (points == 0)
        return spiral_error_set(error, SPIRAL_BAD_INPUT, "a mean needs at least one point");

    const enum spiral_status status = spiral_outcomes_check(y, points, false, error);

    if (status != SPIRAL_OK)
        return status;

    return spiral_bootstrap(mean, 1, mean_of, y, points, resampling, error);
}

enum spiral_status spiral_analysis_levels(struct spiral_level levels[SPIRAL_MOST_LEVELS],
                                          size_t *count, const double *x, size_t factor,
                                          const double *y, size_t points, size_t factors,
                                          const struct spiral_resampling *resampling,
                                          struct spiral_error *error)
{
    size_t end[SPIRAL_MOST_LEVELS];
    size_t found = 0;
    struct spiral_ordered *ordered = malloc((points + 1) * sizeof *ordered);
    double *part = malloc((points + 1) * sizeof *part);
    enum spiral_status status = SPIRAL_OK;

    *count = 0;
    if (ordered == NULL || part == NULL)
        status = spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for the levels of a factor");
    else {
        spiral_order(ordered, x, factor, points, factors);
        found = spiral_cut(ordered, points, 0, end, SPIRAL_MOST_LEVELS);
        if (found > SPIRAL_MOST_LEVELS)
            found = spiral_cut(ordered, points, 4, end, SPIRAL_MOST_LEVELS);
    }

    for (size_t i = 0, begin = 0; i < found && status == SPIRAL_OK; begin = end[i++]) {
        struct spiral_level *level = &levels[(*count)++];
        *level = (struct spiral_level){.low = ordered[begin].value,
                                       .high = ordered[end[i] - 1].value,
                                       .points = end[i] - begin};
        for (size_t p = begin; p < end[i]; p++)
            part[p - begin] = y[ordered[p].point];

        status = spiral_analysis_mean(&level->mean, part, level->points, resampling, error);
    }

    free(ordered);
    free(part);

    return status;
}
