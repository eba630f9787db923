/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "tools/design/coordinates.h"

size_t spiral_axis_choices(const struct spiral_axis *axis)
{
    const double whole = axis->high - axis->low + 1.0;
    if (axis->count > 0 || !axis->integer)
        return axis->count;
    return whole < 0x1p32 ? (size_t)whole : 0;
}

/* Which of `choices` equal shares of 0..1 a coordinate is in. */
static size_t share_of(double u, size_t choices)
{
    const size_t i = (size_t)(u * (double)choices);
    return i < choices ? i : choices - 1;
}

/* Which value of a list a coordinate is of, and the middle of its share of 0..1. */
static size_t weighted_share(const struct spiral_axis *axis, double u, double *middle)
{
    double sum = 0.0;
    double below = 0.0;
    size_t i = 0;

    for (size_t j = 0; j < axis->count; j++)
        sum += axis->weights[j];
    while (i + 1 < axis->count && u * sum >= below + axis->weights[i])
        below += axis->weights[i++];

    *middle = (below + 0.5 * axis->weights[i]) / sum;

    return i;
}

/* --- distributions ---------------------------------------------------------------------------- */

/* The share of a beta distribution below x, by the continued fraction of Lentz (Press et al.,
 * Numerical Recipes, 1992, section 6.4). */
static double beta_below(double alpha, double beta, double x)
{
    if (x <= 0.0 || x >= 1.0)
        return x <= 0.0 ? 0.0 : 1.0;
    if (x > (alpha + 1.0) / (alpha + beta + 2.0))
        return 1.0 - beta_below(beta, alpha, 1.0 - x);

    static const double tiny = 1e-300;
    const double front = exp(lgamma(alpha + beta) - lgamma(alpha) - lgamma(beta) + alpha * log(x) +
                             beta * log1p(-x)) /
                         alpha;
    double c = 1.0;
    double d = 1.0 - (alpha + beta) * x / (alpha + 1.0);

    d = 1.0 / (fabs(d) < tiny ? tiny : d);

    double fraction = d;

    for (int m = 1; m <= 500; m++) {
        const double twice = 2.0 * m;
        const double terms[2] = {m * (beta - m) * x / ((alpha + twice - 1.0) * (alpha + twice)),
                                 -(alpha + m) * (alpha + beta + m) * x /
                                     ((alpha + twice) * (alpha + twice + 1.0))};
        double change = 1.0;

        for (int i = 0; i < 2; i++) {
            d = 1.0 + terms[i] * d;
            d = 1.0 / (fabs(d) < tiny ? tiny : d);
            c = 1.0 + terms[i] / c;
            c = fabs(c) < tiny ? tiny : c;
            change = d * c;
            fraction *= change;
        }

        if (fabs(change - 1.0) < 1e-15)
            break;
    }

    return front * fraction;
}

/* The value of which a share u of a beta distribution lies below, by bisection. */
static double beta_quantile(double alpha, double beta, double u)
{
    double low = 0.0;
    double high = 1.0;

    for (int i = 0; i < 60; i++) {
        const double middle = 0.5 * (low + high);
        if (beta_below(alpha, beta, middle) < u)
            low = middle;
        else
            high = middle;
    }

    return 0.5 * (low + high);
}

/* Where in its range an axis is at a coordinate, 0..1. */
static double place_in_range(const struct spiral_axis *axis, double u)
{
    const double width = axis->high - axis->low;
    const double *shape = axis->shape;

    switch (axis->distribution) {
    case SPIRAL_DISTRIBUTION_normal: {
        const double from = spiral_normal_below((axis->low - shape[0]) / shape[1]);
        const double to = spiral_normal_below((axis->high - shape[0]) / shape[1]);

        return (shape[0] + shape[1] * spiral_normal_quantile(from + u * (to - from)) - axis->low) /
               width;
    }
    case SPIRAL_DISTRIBUTION_triangular: {
        const double mode = (shape[0] - axis->low) / width;

        return u < mode ? sqrt(u * mode) : 1.0 - sqrt((1.0 - u) * (1.0 - mode));
    }
    case SPIRAL_DISTRIBUTION_beta: return beta_quantile(shape[0], shape[1], u);
    default: return u;
    }
}

/* The coordinate of a place in the range: the share of the distribution below it. */
static double share_below(const struct spiral_axis *axis, double place)
{
    const double *shape = axis->shape;
    const double value = axis->low + place * (axis->high - axis->low);

    switch (axis->distribution) {
    case SPIRAL_DISTRIBUTION_normal: {
        const double from = spiral_normal_below((axis->low - shape[0]) / shape[1]);
        const double to = spiral_normal_below((axis->high - shape[0]) / shape[1]);

        return (spiral_normal_below((value - shape[0]) / shape[1]) - from) / (to - from);
    }
    case SPIRAL_DISTRIBUTION_triangular: {
        const double mode = (shape[0] - axis->low) / (axis->high - axis->low);

        return place < mode ? place * place / mode
                            : 1.0 - (1.0 - place) * (1.0 - place) / (mode < 1.0 ? 1.0 - mode : 1.0);
    }
    case SPIRAL_DISTRIBUTION_beta: return beta_below(shape[0], shape[1], place);
    default: return place;
    }
}

double spiral_axis_value(const struct spiral_axis *axis, double u)
{
    const size_t choices = spiral_axis_choices(axis);
    double middle;

    if (axis->weights != NULL)
        return axis->values[weighted_share(axis, u, &middle)];
    if (choices > 0)
        return axis->count > 0 ? axis->values[share_of(u, choices)]
                               : axis->low + (double)share_of(u, choices);

    double value = axis->low + place_in_range(axis, u) * (axis->high - axis->low);

    if (axis->log)
        value = exp(log(axis->low) + u * (log(axis->high) - log(axis->low)));

    return value < axis->low ? axis->low : value > axis->high ? axis->high : value;
}

double spiral_axis_coordinate(const struct spiral_axis *axis, double value)
{
    const size_t choices = spiral_axis_choices(axis);

    double below = 0.0;
    double sum = 0.0;

    for (size_t i = 0; i < axis->count && axis->weights != NULL; i++)
        sum += axis->weights[i];

    for (size_t i = 0; i < axis->count; i++) {
        if (axis->values[i] == value && axis->weights != NULL)
            return (below + 0.5 * axis->weights[i]) / sum;
        if (axis->values[i] == value)
            return ((double)i + 0.5) / (double)choices;
        below += axis->weights != NULL ? axis->weights[i] : 0.0;
    }

    if (axis->high <= axis->low)
        return 0.5;
    if (axis->count == 0 && choices > 0)
        return ((double)share_of((value - axis->low) / (double)choices, choices) + 0.5) /
               (double)choices;

    const double place = axis->log
                             ? (log(value) - log(axis->low)) / (log(axis->high) - log(axis->low))
                             : (value - axis->low) / (axis->high - axis->low);
    const double u = share_below(axis, place < 0.0 ? 0.0 : place > 1.0 ? 1.0 : place);

    return u < 0.0 ? 0.0 : u > 1.0 ? 1.0 : u;
}

double spiral_normal_below(double z) { return 0.5 * erfc(-z * 0.70710678118654752440); }

double spiral_normal_quantile(double u)
{
    double low = -9.0;
    double high = 9.0;

    for (int i = 0; i < 60; i++) {
        const double middle = 0.5 * (low + high);
        if (spiral_normal_below(middle) < u)
            low = middle;
        else
            high = middle;
    }

    return 0.5 * (low + high);
}

/* The lower triangle L of the correlation matrix of n equal correlations, L L' = matrix. */
static void factorise_correlation(double correlation, size_t n, double *lower)
{
    memset(lower, 0, n * n * sizeof *lower);
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j <= i; j++) {
            double sum = i == j ? 1.0 : correlation;
            for (size_t k = 0; k < j; k++)
                sum -= lower[i * n + k] * lower[j * n + k];
            if (i == j)
                lower[i * n + j] = sqrt(sum > 0.0 ? sum : 0.0);
            else
                lower[i * n + j] = lower[j * n + j] > 0.0 ? sum / lower[j * n + j] : 0.0;
        }
}

/* Replaces the coordinates of a group's axes by correlated ones (Gaussian copula). */
static enum spiral_status correlate_group(const struct spiral_design_work *work, int group,
                                          double *coordinate)
{
    const struct spiral_design *design = work->design;
    size_t member[SPIRAL_MAX_AXES];
    size_t n = 0;
    double z[SPIRAL_MAX_AXES];

    for (size_t a = 0; a < design->axes; a++)
        if (work->axes[a].group == group)
            member[n++] = a;

    double *lower = malloc(n * n * sizeof *lower);

    if (lower == NULL)
        return SPIRAL_NO_MEMORY;
    factorise_correlation(work->axes[member[0]].correlation, n, lower);

    for (size_t p = 0; p < design->points; p++) {
        double *here = &coordinate[p * design->axes];
        for (size_t i = 0; i < n; i++)
            z[i] = spiral_normal_quantile(here[member[i]]);

        for (size_t i = 0; i < n; i++) {
            double sum = 0.0;
            for (size_t j = 0; j <= i; j++)
                sum += lower[i * n + j] * z[j];

            here[member[i]] = spiral_normal_below(sum);
        }
    }

    free(lower);

    return SPIRAL_OK;
}

/* The points of a list are values; their coordinates follow. The first axis of a factor has the
 * last word on its coordinate. */
static void copy_list(const struct spiral_design_work *work)
{
    struct spiral_design *design = work->design;

    memcpy(design->value, work->request->list,
           design->points * design->axes * sizeof *design->value);

    for (size_t p = 0; p < design->points; p++)
        for (size_t a = design->axes; a-- > 0;)
            design->coordinate[p * design->factors + (size_t)design->factor_of[a]] =
                spiral_axis_coordinate(&work->axes[a], design->value[p * design->axes + a]);
}

/* Moves the coordinates of factors with finitely many values to those of the values. */
static void snap_coordinates(const struct spiral_design_work *work)
{
    struct spiral_design *design = work->design;

    for (size_t f = 0; f < design->factors; f++)
        for (size_t p = 0; p < design->points && work->factors[f].choices > 0; p++) {
            double *coordinate = &design->coordinate[p * design->factors + f];

            if (work->factors[f].weighted != NULL) {
                weighted_share(work->factors[f].weighted, *coordinate, coordinate);
                continue;
            }

            *coordinate = ((double)share_of(*coordinate, work->factors[f].choices) + 0.5) /
                          (double)work->factors[f].choices;
        }
}

enum spiral_status spiral_design_values(const struct spiral_design_work *work)
{
    struct spiral_design *design = work->design;
    enum spiral_status status = SPIRAL_OK;

    if (work->request->kind == SPIRAL_DESIGN_list) {
        copy_list(work);
        return SPIRAL_OK;
    }

    snap_coordinates(work);
    for (size_t p = 0; p < design->points; p++)
        for (size_t a = 0; a < design->axes; a++)
            design->value[p * design->axes + a] =
                design->coordinate[p * design->factors + (size_t)design->factor_of[a]];

    for (size_t a = 0; a < design->axes && status == SPIRAL_OK; a++) {
        bool first = work->axes[a].group > 0 && work->axes[a].correlation < 1.0;
        for (size_t before = 0; before < a; before++)
            first = first && work->axes[before].group != work->axes[a].group;
        if (first)
            status = correlate_group(work, work->axes[a].group, design->value);
    }

    for (size_t p = 0; p < design->points; p++)
        for (size_t a = 0; a < design->axes; a++)
            design->value[p * design->axes + a] =
                spiral_axis_value(&work->axes[a], design->value[p * design->axes + a]);

    return status;
}
