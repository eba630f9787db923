/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "tools/analysis/statistics.h"

static const double z = 1.959963984540054; /* the normal's 97.5 % point */

/* Standardised ranks of one column: mean 0, sum of squares 1. false where all values are equal. */
static bool standard_ranks(double *rank, struct spiral_ordered *ordered, const double *x,
                           size_t column, size_t points, size_t columns)
{
    double squares = 0.0;
    const double middle = 0.5 * (double)(points - 1);

    spiral_order(ordered, x, column, points, columns);

    for (size_t begin = 0, end; begin < points; begin = end) {
        for (end = begin + 1; end < points && ordered[end].value == ordered[begin].value; end++)
            continue;

        const double shared = 0.5 * (double)(begin + end - 1) - middle;
        for (size_t i = begin; i < end; i++)
            rank[ordered[i].point] = shared;

        squares += (double)(end - begin) * shared * shared;
    }

    for (size_t p = 0; p < points && squares > 0.0; p++)
        rank[p] /= sqrt(squares);

    return squares > 0.0;
}

/* The lower Cholesky factor of a correlation matrix in place. Returns the first row that is
 * determined by those before it, or n. */
static size_t factorise_correlations(double *matrix, size_t n)
{
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j <= i; j++) {
            double sum = matrix[i * n + j];
            for (size_t k = 0; k < j; k++)
                sum -= matrix[i * n + k] * matrix[j * n + k];
            if (i == j && sum < 1e-9)
                return i;
            matrix[i * n + j] = i == j ? sqrt(sum) : sum / matrix[j * n + j];
        }

    return n;
}

/* Solves L L' x = x in place. */
static void solve_in_place(const double *lower, size_t n, double *x)
{
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < i; k++)
            x[i] -= lower[i * n + k] * x[k];
        x[i] /= lower[i * n + i];
    }

    for (size_t i = n; i-- > 0;) {
        for (size_t k = i + 1; k < n; k++)
            x[i] -= lower[k * n + i] * x[k];
        x[i] /= lower[i * n + i];
    }
}

/* The coefficient with its interval and p-value, given the degrees of freedom. */
static struct spiral_rank_correlation test_coefficient(double r, double freedom)
{
    const double half = z * sqrt((1.0 + 0.5 * r * r) / (freedom - 1.0));
    const double centre = atanh(r);
    const struct spiral_interval interval = {r == -1.0 ? -1.0 : tanh(centre - half),
                                             r == 1.0 ? 1.0 : tanh(centre + half)};

    return (
        struct spiral_rank_correlation){{r,
                                         fabs(r) < 1.0 ? interval : (struct spiral_interval){r, r}},
                                        spiral_incomplete_beta(0.5 * freedom, 0.5, 1.0 - r * r)};
}

/* The partial correlations, from the regression of the outcome's ranks on those of the factors:
 * `lower` is the Cholesky factor of the factors' correlations, `with` their correlations with the
 * outcome. */
static enum spiral_status correlate_partially(struct spiral_rank_correlation *correlations,
                                              const double *lower, const double *with,
                                              size_t points, size_t factors,
                                              struct spiral_error *error)
{
    double *slope = calloc(2 * factors, sizeof *slope);
    double *column = slope + factors;

    if (slope == NULL)
        return spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for the ranks of %zu points",
                                points);

    double rest = 1.0; /* the share of the variance that is not explained */

    for (size_t f = 0; f < factors; f++)
        slope[f] = with[f];

    solve_in_place(lower, factors, slope);
    for (size_t f = 0; f < factors; f++)
        rest -= slope[f] * with[f];

    rest = rest > 1e-12 ? rest : 0.0;

    for (size_t f = 0; f < factors; f++) {
        for (size_t g = 0; g < factors; g++)
            column[g] = g == f;

        solve_in_place(lower, factors, column);

        const double length = sqrt(slope[f] * slope[f] + rest * column[f]);
        const double r = length > 1e-12 ? slope[f] / length : 0.0;
        correlations[f] =
            test_coefficient(fmax(-1.0, fmin(1.0, r)), (double)(points - factors - 1));
    }

    free(slope);

    return SPIRAL_OK;
}

enum spiral_status spiral_analysis_prcc(struct spiral_rank_correlation *correlations,
                                        const double *x, const double *y, size_t points,
                                        size_t factors, struct spiral_error *error)
{
    if (points < factors + 3)
        return spiral_error_set(
            error, SPIRAL_BAD_INPUT,
            "rank correlations of %zu factors need at least %zu points, not %zu", factors,
            factors + 3, points);
    enum spiral_status status = spiral_outcomes_check(y, points, true, error);

    if (status != SPIRAL_OK)
        return status;

    struct spiral_ordered *ordered = malloc(points * sizeof *ordered);
    double *rank = malloc((factors + 1) * points *
                          sizeof *rank); /* [factor * points + point], the outcome's last */
    double *matrix = malloc((factors + 1) * factors * sizeof *matrix);
    double *with = matrix != NULL ? matrix + factors * factors : NULL;

    if (ordered == NULL || rank == NULL || matrix == NULL) {
        status = spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for the ranks of %zu points",
                                  points);
        goto out;
    }

    standard_ranks(&rank[factors * points], ordered, y, 0, points, 1);
    for (size_t f = 0; f < factors && status == SPIRAL_OK; f++)
        if (!standard_ranks(&rank[f * points], ordered, x, f, points, factors))
            status = spiral_error_set(error, SPIRAL_BAD_INPUT,
                                      "factor %zu is the same at every point", f);

    for (size_t f = 0; f <= factors && status == SPIRAL_OK; f++)
        for (size_t g = 0; g < factors; g++) {
            double sum = 0.0;
            for (size_t p = 0; p < points; p++)
                sum += rank[f * points + p] * rank[g * points + p];

            matrix[f * factors + g] = sum; /* of the outcome: `with` */
        }

    const size_t row = status == SPIRAL_OK ? factorise_correlations(matrix, factors) : factors;

    if (row < factors)
        status = spiral_error_set(
            error, SPIRAL_BAD_INPUT,
            "factor %zu is determined by those before it: its own share is unknown", row);
    if (status == SPIRAL_OK)
        status = correlate_partially(correlations, matrix, with, points, factors, error);
out:
    free(ordered);
    free(rank);
    free(matrix);

    return status;
}

/* --- blocks ----------------------------------------------------------------------------------- */

/* What resamples of whole blocks are made of. */
struct blocks {
    const double *x;
    const double *y;
    size_t block;
    size_t factors;
    double *resampled_x;
    double *resampled_y;
    struct spiral_rank_correlation *found;
};

/* The correlations of a resample; where they cannot be had (a factor that does not vary) they count
 * as none. */
static void correlate_pick(const void *context, const size_t *pick, size_t count, double *values)
{
    const struct blocks *blocks = context;
    const size_t block = blocks->block;
    const size_t factors = blocks->factors;

    for (size_t i = 0; i < count; i++) {
        memcpy(&blocks->resampled_x[i * block * factors], &blocks->x[pick[i] * block * factors],
               block * factors * sizeof *blocks->x);
        memcpy(&blocks->resampled_y[i * block], &blocks->y[pick[i] * block],
               block * sizeof *blocks->y);
    }

    const bool known = spiral_analysis_prcc(blocks->found, blocks->resampled_x, blocks->resampled_y,
                                            count * block, factors, NULL) == SPIRAL_OK;

    for (size_t f = 0; f < factors; f++)
        values[f] = known ? blocks->found[f].coefficient.value : 0.0;
}

enum spiral_status spiral_analysis_prcc_of_blocks(struct spiral_rank_correlation *correlations,
                                                  const double *x, const double *y, size_t points,
                                                  size_t factors, size_t block,
                                                  const struct spiral_resampling *resampling,
                                                  struct spiral_error *error)
{
    enum spiral_status status = spiral_analysis_prcc(correlations, x, y, points, factors, error);

    if (status != SPIRAL_OK || block <= 1)
        return status;

    struct spiral_estimate *estimates = calloc(factors, sizeof *estimates);
    struct blocks blocks = {.x = x,
                            .y = y,
                            .block = block,
                            .factors = factors,
                            .resampled_x = malloc(points * factors * sizeof *x),
                            .resampled_y = malloc(points * sizeof *y),
                            .found = calloc(factors, sizeof *blocks.found)};

    if (estimates == NULL || blocks.resampled_x == NULL || blocks.resampled_y == NULL ||
        blocks.found == NULL)
        status = spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for the ranks of %zu points",
                                  points);
    else
        status = spiral_bootstrap(estimates, factors, correlate_pick, &blocks, points / block,
                                  resampling, error);

    for (size_t f = 0; f < factors && status == SPIRAL_OK; f++) {
        correlations[f].coefficient.interval = estimates[f].interval;
        correlations[f].p = NAN;
    }

    free(estimates);
    free(blocks.resampled_x);
    free(blocks.resampled_y);
    free(blocks.found);

    return status;
}
