/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <stdlib.h>

#include "tools/analysis/statistics.h"

/* The rows of a block: A; A with factor f of B; (B with factor f of A;) B. */
struct blocks {
    const double *y;
    size_t factors;
    size_t rows;
    bool second;
};

/* The mean of all rows, and the variance of those of A and B. */
static void block_moments(const struct blocks *blocks, const size_t *pick, size_t count,
                          double *mean, double *variance)
{
    double all = 0.0;
    double ends = 0.0;
    double squares = 0.0;

    for (size_t i = 0; i < count; i++)
        for (size_t row = 0; row < blocks->rows; row++)
            all += blocks->y[pick[i] * blocks->rows + row];

    *mean = all / (double)(count * blocks->rows);

    for (size_t i = 0; i < count; i++) {
        const double *y = &blocks->y[pick[i] * blocks->rows];
        const double a = y[0] - *mean;
        const double b = y[blocks->rows - 1] - *mean;
        ends += a + b;
        squares += a * a + b * b;
    }

    ends /= 2.0 * (double)count;
    *variance = squares / (2.0 * (double)count) - ends * ends;
}

/* values: first[factors], total[factors], second[pairs]. All 0 where a resample has no variance. */
static void calculate_indices(const void *context, const size_t *pick, size_t count, double *values)
{
    const struct blocks *blocks = context;
    const size_t d = blocks->factors;
    const size_t value_count = 2 * d + (blocks->second ? spiral_pair_count(d) : 0);
    double mean;
    double variance;
    double *second = values + 2 * d;

    for (size_t v = 0; v < value_count; v++)
        values[v] = 0.0;

    block_moments(blocks, pick, count, &mean, &variance);
    if (!(variance > 0.0))
        return;

    for (size_t i = 0; i < count; i++) {
        const double *y = &blocks->y[pick[i] * blocks->rows];
        const double *from_b = y + 1;
        const double *from_a = from_b + d;
        const double a = y[0] - mean;
        const double b = y[blocks->rows - 1] - mean;

        for (size_t f = 0; f < d; f++) {
            const double change = from_b[f] - y[0];
            values[f] += b * change;
            values[d + f] += 0.5 * change * change;
        }

        for (size_t f = 0, pair = 0; f < d && blocks->second; f++)
            for (size_t g = f + 1; g < d; g++, pair++)
                second[pair] += (from_a[f] - mean) * (from_b[g] - mean) - a * b;
    }

    for (size_t v = 0; v < value_count; v++)
        values[v] /= (double)count * variance;
    for (size_t f = 0, pair = 0; f < d && blocks->second; f++)
        for (size_t g = f + 1; g < d; g++, pair++)
            second[pair] -= values[f] + values[g];
}

enum spiral_status spiral_analysis_sobol(struct spiral_estimate *first,
                                         struct spiral_estimate *total,
                                         struct spiral_estimate *second, const double *y,
                                         size_t base, size_t factors,
                                         const struct spiral_resampling *resampling,
                                         struct spiral_error *error)
{
    const size_t pairs = second != NULL ? spiral_pair_count(factors) : 0;
    const size_t value_count = 2 * factors + pairs;
    const struct blocks blocks = {.y = y,
                                  .factors = factors,
                                  .rows = second != NULL ? 2 * factors + 2 : factors + 2,
                                  .second = second != NULL};

    if (base < 2)
        return spiral_error_set(error, SPIRAL_BAD_INPUT,
                                "Sobol' indices need at least 2 base points, not %zu", base);

    enum spiral_status status = spiral_outcomes_check(y, base * blocks.rows, true, error);

    if (status != SPIRAL_OK)
        return status;

    struct spiral_estimate *estimates = malloc(value_count * sizeof *estimates);

    if (estimates == NULL)
        return spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for %zu indices", value_count);
    status = spiral_bootstrap(estimates, value_count, calculate_indices, &blocks, base, resampling,
                              error);

    for (size_t v = 0; v < value_count && status == SPIRAL_OK; v++) {
        if (v < 2 * factors)
            (v < factors ? first : total)[v % factors] = estimates[v];
        else
            second[v - 2 * factors] = estimates[v];
    }

    free(estimates);

    return status;
}
