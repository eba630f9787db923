/* SPDX-License-Identifier: MIT */
#include "tools/analysis/balance.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "tools/analysis/statistics.h"

/* A function for every eight points, so that they are estimated well, and few enough to be quick. */
enum { MOST_COLUMNS = 64, POINTS_PER_COLUMN = 8, HIGHEST_DEGREE = 7 };

/* Ranks over -1..1, equal values at their mean. */
static void fill_ranks(double *rank, struct spiral_ordered *ordered, const double *x, size_t factor,
                       size_t points, size_t factors)
{
    spiral_order(ordered, x, factor, points, factors);

    for (size_t begin = 0, end; begin < points; begin = end) {
        for (end = begin + 1; end < points && ordered[end].value == ordered[begin].value; end++)
            continue;
        for (size_t i = begin; i < end; i++)
            rank[ordered[i].point] = (double)(begin + end) / (double)points - 1.0;
    }
}

static double legendre(unsigned degree, double u)
{
    double before = 1.0;
    double value = degree > 0 ? u : 1.0;

    for (unsigned n = 2; n <= degree; n++) {
        const double next = ((2.0 * n - 1.0) * u * value - (n - 1.0) * before) / n;
        before = value;
        value = next;
    }

    return value;
}

static double inner_product(const double *a, const double *b, size_t count)
{
    double sum = 0.0;
    for (size_t i = 0; i < count; i++)
        sum += a[i] * b[i];
    return sum;
}

/* Adds the product of polynomials of these degrees, unless those before it have it already. */
static void add_column(struct spiral_balance *balance, const double *rank, const unsigned *degree,
                       size_t factors)
{
    const size_t points = balance->points;
    double *column = &balance->column[balance->columns * points];

    for (size_t p = 0; p < points; p++) {
        column[p] = 1.0;
        for (size_t f = 0; f < factors; f++)
            if (degree[f] > 0)
                column[p] *= legendre(degree[f], rank[f * points + p]);
    }

    const double before = inner_product(column, column, points);

    spiral_balance_take_out(balance,
                            column); /* a second time, for the digits that the first lost */
    spiral_balance_take_out(balance, column);

    const double square = inner_product(column, column, points);

    if (!(square > 1e-8 * before))
        return;
    for (size_t p = 0; p < points; p++)
        column[p] /= sqrt(square);
    balance->columns++;
}

static size_t product_of(const unsigned *degree, size_t factors)
{
    size_t product = 1;
    for (size_t f = 0; f < factors; f++)
        product *= degree[f] + 1;
    return product;
}

/* The next degrees whose product of (degree + 1) is at most `most`. False after the last. */
static bool next_degrees(unsigned *degree, size_t factors, size_t most)
{
    for (size_t f = 0; f < factors; f++) {
        degree[f]++;
        if (degree[f] <= HIGHEST_DEGREE && product_of(degree, factors) <= most)
            return true;
        degree[f] = 0;
    }

    return false;
}

enum spiral_status spiral_balance_create(struct spiral_balance *balance, const double *x,
                                         size_t points, size_t factors,
                                         const struct spiral_sampling *sampling,
                                         struct spiral_error *error)
{
    size_t most = sampling->even ? points / POINTS_PER_COLUMN : 1;

    most = most < 1 ? 1 : most > MOST_COLUMNS ? MOST_COLUMNS : most;
    *balance = (struct spiral_balance){.points = points,
                                       .block = sampling->block,
                                       .column = malloc(most * points * sizeof(double))};
    double *rank = malloc((factors * points + 1) * sizeof *rank); /* [factor * points + point] */
    struct spiral_ordered *ordered = malloc(points * sizeof *ordered);
    unsigned *degree = calloc(factors + 1, sizeof *degree);
    enum spiral_status status = SPIRAL_OK;

    if (balance->column == NULL || rank == NULL || ordered == NULL || degree == NULL) {
        status = spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for %zu points", points);
        goto out;
    }

    for (size_t f = 0; f < factors && most > 1; f++)
        fill_ranks(&rank[f * points], ordered, x, f, points, factors);

    for (size_t product = 1; product <= HIGHEST_DEGREE + 1 && balance->columns < most; product++) {
        memset(degree, 0, factors * sizeof *degree);
        do
            if (product_of(degree, factors) == product)
                add_column(balance, rank, degree, factors);
        while (balance->columns < most && next_degrees(degree, factors, product));
    }

    for (size_t c = 0; c < balance->columns; c++)
        for (size_t first = 0; first < points; first += balance->block) {
            double sum = 0.0;
            for (size_t p = first; p < first + balance->block; p++)
                sum += balance->column[c * points + p];
            balance->lost += sum * sum / (double)balance->block;
        }
out:
    free(rank);
    free(ordered);
    free(degree);

    return status;
}

void spiral_balance_clear(struct spiral_balance *balance)
{
    free(balance->column);
    *balance = (struct spiral_balance){0};
}

void spiral_balance_take_out(const struct spiral_balance *balance, double *values)
{
    for (size_t c = 0; c < balance->columns; c++) {
        const double *column = &balance->column[c * balance->points];
        const double share = inner_product(column, values, balance->points);
        for (size_t p = 0; p < balance->points; p++)
            values[p] -= share * column[p];
    }
}

double spiral_balance_variance(const struct spiral_balance *balance, const double *values,
                               double fitted)
{
    const double blocks = (double)(balance->points / balance->block);
    const double freedom = blocks - balance->lost - fitted;
    double squares = 0.0;

    for (size_t first = 0; first < balance->points; first += balance->block) {
        double mean = 0.0;
        for (size_t p = first; p < first + balance->block; p++)
            mean += values[p] / (double)balance->block;
        squares += mean * mean;
    }

    return squares / (freedom > 1.0 ? freedom : 1.0) / blocks;
}
