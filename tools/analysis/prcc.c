/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <stdlib.h>

#include "tools/analysis/balance.h"
#include "tools/analysis/statistics.h"

static const double z = 1.959963984540054; /* the normal's 97.5 % point */

/* Standardised ranks of one column, which is put in order: mean 0, sum of squares 1. Returns the sum
 * of squares that was divided by: 0 where all values are equal. */
static double standard_ranks(double *rank, struct spiral_ordered *ordered, const double *x,
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

    return squares;
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

/* --- how far chance moves a coefficient ------------------------------------------------------- */

/* Columns are the factors, and the outcome last. */
struct ranked {
    size_t points;
    size_t factors;
    struct spiral_ordered *ordered; /* [column * points + place] */
    double *rank;                   /* [column * points + point], standardised */
    double *squares;                /* [column]: the ranks' sum of squares before */
    double *matrix;                 /* [row * factors + column]: correlations; later Cholesky's */
    double *slope;                  /* [factor]: the regression of the outcome */
    double *inverse;                /* [factor]: a column of the inverse of the matrix */
    double *apart;                  /* [point]: a factor less what the others say of it */
    double *rest;                   /* [point]: the outcome less what the other factors say of it */
    double *influence;              /* [point] */
};

/* What a change of the ranks of one column, `share` of which is in `apart` and `rest_share` in
 * `rest`, does to the coefficient r where a point is added: it moves the ranks of all above it. */
static void add_rank_influence(struct ranked *ranked, size_t column, double r, double share,
                               double rest_share)
{
    const size_t points = ranked->points;
    const struct spiral_ordered *ordered = &ranked->ordered[column * points];
    const double scale = (double)points / sqrt(ranked->squares[column]);
    double above = 0.0;

    for (size_t end = points, begin; end > 0; end = begin) {
        double here = 0.0;

        for (begin = end; begin > 0 && ordered[begin - 1].value == ordered[end - 1].value;
             begin--) {
            const size_t p = ordered[begin - 1].point;
            here += share * (ranked->rest[p] - r * ranked->apart[p]) +
                    rest_share * (ranked->apart[p] - r * ranked->rest[p]);
        }

        for (size_t i = begin; i < end; i++)
            ranked->influence[ordered[i].point] += scale * (above + 0.5 * here);
        above += here;
    }
}

/* The influence of every point on the coefficient of a factor, up to a constant: the coefficient of
 * the sample is about that of the distribution plus the mean of these. Both as the product of two
 * residuals, and as what the point does to the ranks of the others. */
static void fill_influence(struct ranked *ranked, size_t factor, double r)
{
    const size_t points = ranked->points;
    const size_t d = ranked->factors;
    const double own = ranked->inverse[factor];
    double apart_square = 0.0;
    double rest_square = 0.0;

    for (size_t p = 0; p < points; p++) {
        double apart = 0.0;
        double rest = ranked->rank[d * points + p];

        for (size_t g = 0; g < d; g++) {
            apart += ranked->inverse[g] / own * ranked->rank[g * points + p];
            rest -= ranked->slope[g] * ranked->rank[g * points + p];
        }

        rest += ranked->slope[factor] * apart;
        ranked->apart[p] = apart;
        ranked->rest[p] = rest;
        apart_square += apart * apart;
        rest_square += rest * rest;
    }

    const double apart_length = sqrt(apart_square);
    const double rest_length = sqrt(rest_square);

    for (size_t p = 0; p < points; p++) {
        const double apart = ranked->apart[p] /= apart_length;
        const double rest = ranked->rest[p] /= rest_length;
        ranked->influence[p] =
            (double)points * (apart * rest - 0.5 * r * (apart * apart + rest * rest));
    }

    for (size_t g = 0; g < d; g++) {
        const double share = ranked->inverse[g] / own;
        const double rest_share =
            g == factor ? 0.0 : ranked->slope[factor] * share - ranked->slope[g];
        add_rank_influence(ranked, g, r, share / apart_length, rest_share / rest_length);
    }

    add_rank_influence(ranked, d, r, 0.0, 1.0 / rest_length);
}

/* The coefficient's interval on Fisher's scale, from the spread of the points' influence. */
static struct spiral_interval interval_of(struct ranked *ranked,
                                          const struct spiral_balance *balance, size_t factor,
                                          double r)
{
    const double blocks = (double)(balance->points / balance->block);
    const double fitted = balance->block > 1 ? 0.0 : (double)ranked->factors;
    const double freedom = fmax(1.0, blocks - balance->lost - fitted);

    /* Nothing that moves the ranks alone moves a coefficient of 1. */
    if (!(fabs(r) < 1.0))
        return (struct spiral_interval){r, r};

    fill_influence(ranked, factor, r);
    spiral_balance_take_out(balance, ranked->influence);

    const double variance = spiral_balance_variance(balance, ranked->influence, fitted);
    const double student = z * (1.0 + (z * z + 1.0) / (4.0 * freedom));
    const double half = student * sqrt(variance) / (1.0 - r * r);

    return (struct spiral_interval){tanh(atanh(r) - half), tanh(atanh(r) + half)};
}

/* The partial correlations, from the regression of the outcome's ranks on those of the factors. */
static void correlate_partially(struct spiral_rank_correlation *correlations, struct ranked *ranked,
                                const struct spiral_balance *balance)
{
    const size_t d = ranked->factors;
    const double *with = &ranked->matrix[d * d]; /* the factors' correlations with the outcome */
    const double freedom = (double)(ranked->points - d - 1);
    double rest = 1.0; /* the share of the variance that is not explained */

    for (size_t f = 0; f < d; f++)
        ranked->slope[f] = with[f];

    solve_in_place(ranked->matrix, d, ranked->slope);
    for (size_t f = 0; f < d; f++)
        rest -= ranked->slope[f] * with[f];

    rest = rest > 1e-12 ? rest : 0.0;

    for (size_t f = 0; f < d; f++) {
        for (size_t g = 0; g < d; g++)
            ranked->inverse[g] = g == f;

        solve_in_place(ranked->matrix, d, ranked->inverse);

        const double slope = ranked->slope[f];
        const double length = sqrt(slope * slope + rest * ranked->inverse[f]);
        const double r = length > 1e-12 ? fmax(-1.0, fmin(1.0, slope / length)) : 0.0;

        /* A factor apart from a function of the others alone leaves no rest to be moved. */
        const struct spiral_interval none = {r, r};
        correlations[f] = (struct spiral_rank_correlation){
            {r, length > 1e-12 ? interval_of(ranked, balance, f, r) : none},
            balance->block > 1 ? NAN : spiral_incomplete_beta(0.5 * freedom, 0.5, 1.0 - r * r)};
    }
}

/* --- the analysis ----------------------------------------------------------------------------- */

static void clear_ranked(struct ranked *ranked)
{
    free(ranked->ordered);
    free(ranked->rank);
    free(ranked->squares);
    free(ranked->matrix);
    free(ranked->slope);
    free(ranked->apart);
}

static enum spiral_status create_ranked(struct ranked *ranked, size_t points, size_t factors,
                                        struct spiral_error *error)
{
    const size_t columns = factors + 1;

    *ranked = (struct ranked){.points = points,
                              .factors = factors,
                              .ordered = malloc(columns * points * sizeof *ranked->ordered),
                              .rank = malloc(columns * points * sizeof(double)),
                              .squares = malloc(columns * sizeof(double)),
                              .matrix = malloc(columns * factors * sizeof(double)),
                              .slope = malloc(2 * factors * sizeof(double)),
                              .apart = malloc(3 * points * sizeof(double))};
    if (ranked->ordered == NULL || ranked->rank == NULL || ranked->squares == NULL ||
        ranked->matrix == NULL || ranked->slope == NULL || ranked->apart == NULL)
        return spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for the ranks of %zu points",
                                points);

    ranked->inverse = ranked->slope + factors;
    ranked->rest = ranked->apart + points;
    ranked->influence = ranked->rest + points;

    return SPIRAL_OK;
}

/* The ranks, and the Cholesky factor of their correlations. */
static enum spiral_status rank_columns(struct ranked *ranked, const double *x, const double *y,
                                       struct spiral_error *error)
{
    const size_t points = ranked->points;
    const size_t d = ranked->factors;

    for (size_t f = 0; f <= d; f++) {
        ranked->squares[f] = standard_ranks(&ranked->rank[f * points], &ranked->ordered[f * points],
                                            f < d ? x : y, f < d ? f : 0, points, f < d ? d : 1);
        if (!(ranked->squares[f] > 0.0))
            return spiral_error_set(error, SPIRAL_BAD_INPUT,
                                    "factor %zu is the same at every point", f);
    }

    for (size_t f = 0; f <= d; f++)
        for (size_t g = 0; g < d; g++) {
            double sum = 0.0;
            for (size_t p = 0; p < points; p++)
                sum += ranked->rank[f * points + p] * ranked->rank[g * points + p];

            ranked->matrix[f * d + g] = sum;
        }

    const size_t row = factorise_correlations(ranked->matrix, d);

    return row < d
               ? spiral_error_set(
                     error, SPIRAL_BAD_INPUT,
                     "factor %zu is determined by those before it: its own share is unknown", row)
               : SPIRAL_OK;
}

enum spiral_status spiral_analysis_prcc(struct spiral_rank_correlation *correlations,
                                        const double *x, const double *y, size_t points,
                                        size_t factors, const struct spiral_sampling *sampling,
                                        struct spiral_error *error)
{
    if (points < factors + 3)
        return spiral_error_set(
            error, SPIRAL_BAD_INPUT,
            "rank correlations of %zu factors need at least %zu points, not %zu", factors,
            factors + 3, points);
    enum spiral_status status = spiral_outcomes_check(y, points, true, error);

    if (status != SPIRAL_OK)
        return status;

    struct spiral_balance balance = {0};
    struct ranked ranked;

    status = create_ranked(&ranked, points, factors, error);
    if (status == SPIRAL_OK)
        status = rank_columns(&ranked, x, y, error);
    if (status == SPIRAL_OK)
        status = spiral_balance_create(&balance, x, points, factors, sampling, error);
    if (status == SPIRAL_OK)
        correlate_partially(correlations, &ranked, &balance);

    spiral_balance_clear(&balance);
    clear_ranked(&ranked);

    return status;
}
