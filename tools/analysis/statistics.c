/* SPDX-License-Identifier: MIT */
#include "tools/analysis/statistics.h"

#include <math.h>
#include <stdlib.h>

#include "sim/random.h"

/* --- bootstrap -------------------------------------------------------------------------------- */

static int compare_numbers(const void *a, const void *b)
{
    const double x = *(const double *)a;
    const double y = *(const double *)b;

    return (x > y) - (x < y);
}

void spiral_sort(double *numbers, size_t count)
{
    qsort(numbers, count, sizeof *numbers, compare_numbers);
}

double spiral_quantile(const double *sorted, size_t count, double share)
{
    const double place = share * (double)(count - 1);
    const size_t below = (size_t)place;
    const size_t above = below + 1 < count ? below + 1 : below;

    return sorted[below] + (place - (double)below) * (sorted[above] - sorted[below]);
}

enum spiral_status spiral_bootstrap(struct spiral_estimate *estimates, size_t values,
                                    spiral_statistic *statistic, const void *context, size_t pieces,
                                    const struct spiral_resampling *resampling,
                                    struct spiral_error *error)
{
    const size_t resamples = (size_t)resampling->resamples;
    size_t *pick = calloc(pieces, sizeof *pick);
    double *row = calloc(values, sizeof *row);
    double *column =
        calloc(resamples + 1, values * sizeof *column); /* [value * resamples + resample] */
    enum spiral_status status = SPIRAL_OK;

    if (pick == NULL || row == NULL || column == NULL) {
        status = spiral_error_set(error, SPIRAL_NO_MEMORY,
                                  "no memory for %zu resamples of %zu figures", resamples, values);
        goto out;
    }

    struct spiral_random random = spiral_random_seed(resampling->seed, 4);

    for (size_t i = 0; i < pieces; i++)
        pick[i] = i;

    statistic(context, pick, pieces, row);
    for (size_t v = 0; v < values; v++)
        estimates[v] = (struct spiral_estimate){row[v], {NAN, NAN}};

    for (size_t r = 0; r < resamples; r++) {
        for (size_t i = 0; i < pieces; i++)
            pick[i] = (size_t)((uint64_t)spiral_random_next(&random) * pieces >> 32);

        statistic(context, pick, pieces, row);
        for (size_t v = 0; v < values; v++)
            column[v * resamples + r] = row[v];
    }

    for (size_t v = 0; v < values && resamples > 0; v++) {
        double *sorted = &column[v * resamples];
        spiral_sort(sorted, resamples);
        estimates[v].interval = (struct spiral_interval){spiral_quantile(sorted, resamples, 0.025),
                                                         spiral_quantile(sorted, resamples, 0.975)};
    }
out:
    free(pick);
    free(row);
    free(column);

    return status;
}

/* --- checks and order ------------------------------------------------------------------------- */

enum spiral_status spiral_outcomes_check(const double *y, size_t points, bool varying,
                                         struct spiral_error *error)
{
    bool differ = false;

    for (size_t p = 0; p < points; p++) {
        if (!isfinite(y[p]))
            return spiral_error_set(error, SPIRAL_BAD_INPUT, "point %zu has no outcome", p);
        differ = differ || y[p] != y[0];
    }

    if (varying && !differ)
        return spiral_error_set(error, SPIRAL_BAD_INPUT,
                                "the outcome is %g at every point: there is nothing to explain",
                                points > 0 ? y[0] : 0.0);

    return SPIRAL_OK;
}

static int compare_ordered(const void *a, const void *b)
{
    const struct spiral_ordered *x = a;
    const struct spiral_ordered *y = b;

    return x->value != y->value ? (x->value > y->value) - (x->value < y->value)
                                : (x->point > y->point) - (x->point < y->point);
}

void spiral_order(struct spiral_ordered *ordered, const double *x, size_t factor, size_t points,
                  size_t factors)
{
    for (size_t p = 0; p < points; p++)
        ordered[p] = (struct spiral_ordered){x[p * factors + factor], p};
    qsort(ordered, points, sizeof *ordered, compare_ordered);
}

size_t spiral_cut(const struct spiral_ordered *ordered, size_t points, size_t parts, size_t *end,
                  size_t most)
{
    size_t count = 0;
    size_t next = 1;

    for (size_t p = 0; p < points; p++) {
        if ((p + 1 < points && ordered[p + 1].value == ordered[p].value) ||
            (parts > 0 && (p + 1) * parts < next * points))
            continue;
        if (count < most)
            end[count] = p + 1;
        count++;
        next = (p + 1) * parts / points + 1;
    }

    return count;
}

/* --- distributions ---------------------------------------------------------------------------- */

/* The continued fraction of the incomplete beta function (Abramowitz and Stegun 26.5.8), by
 * Lentz' method; quick for x < (a + 1) / (a + b + 2). */
static double beta_fraction(double a, double b, double x)
{
    const double tiny = 1e-300;
    double c = 1.0;
    double d = 1.0 - (a + b) * x / (a + 1.0);

    d = 1.0 / (fabs(d) < tiny ? tiny : d);

    double fraction = d;

    for (int m = 1; m <= 100000; m++) {
        const double even = m * (b - m) * x / ((a + 2 * m - 1.0) * (a + 2 * m));
        const double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1.0));
        double change = 1.0;

        for (int i = 0; i < 2; i++) {
            const double term = i == 0 ? even : odd;
            d = 1.0 + term * d;
            c = 1.0 + term / c;
            d = 1.0 / (fabs(d) < tiny ? tiny : d);
            c = fabs(c) < tiny ? tiny : c;
            change = c * d;
            fraction *= change;
        }

        if (fabs(change - 1.0) < 1e-15)
            break;
    }

    return fraction;
}

double spiral_incomplete_beta(double a, double b, double x)
{
    if (x <= 0.0 || x >= 1.0)
        return x <= 0.0 ? 0.0 : 1.0;
    const double front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x));

    return x < (a + 1.0) / (a + b + 2.0) ? front * beta_fraction(a, b, x) / a
                                         : 1.0 - front * beta_fraction(b, a, 1.0 - x) / b;
}

/* The alternating series converges for large lambda, its theta transform for small. */
double spiral_kolmogorov_tail(double lambda)
{
    double sum = 0.0;

    if (lambda <= 0.0)
        return 1.0;

    if (lambda < 1.18) {
        for (int k = 1; k <= 7; k += 2)
            sum += exp(-k * k * M_PI * M_PI / (8.0 * lambda * lambda));

        return 1.0 - sqrt(2.0 * M_PI) / lambda * sum;
    }

    for (int k = 1; k <= 5; k++)
        sum += (k % 2 == 1 ? 2.0 : -2.0) * exp(-2.0 * k * k * lambda * lambda);

    return sum;
}
