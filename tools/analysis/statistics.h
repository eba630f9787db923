/* SPDX-License-Identifier: MIT
 *
 * What the methods of analysis share: the bootstrap, order, and distributions of test statistics.
 */
#ifndef SPIRAL_ANALYSIS_STATISTICS_H
#define SPIRAL_ANALYSIS_STATISTICS_H

#include "tools/analysis/analysis.h"

/* Calculates `values` from the pieces pick[0 .. count), which may contain duplicates. */
typedef void spiral_statistic(const void *context, const size_t *pick, size_t count,
                              double *values);

/* The statistic of all pieces, each once, and its percentile intervals over resamples of them:
 * estimates[0 .. values). */
enum spiral_status spiral_bootstrap(struct spiral_estimate *estimates, size_t values,
                                    spiral_statistic *statistic, const void *context, size_t pieces,
                                    const struct spiral_resampling *resampling,
                                    struct spiral_error *error);

/* Checks that all outcomes are finite and, with `varying`, not all equal: else SPIRAL_BAD_INPUT. */
enum spiral_status spiral_outcomes_check(const double *y, size_t points, bool varying,
                                         struct spiral_error *error);

/* A value and its point. */
struct spiral_ordered {
    double value;
    size_t point;
};
/* A factor's values at all points in ascending order, points in their order where values are
 * equal. */
void spiral_order(struct spiral_ordered *ordered, const double *x, size_t factor, size_t points,
                  size_t factors);

/* Where ordered values are cut into `parts` of about equally many points (0: a part for each
 * value): end[i] is one past the last of part i. Equal values stay together. Returns how many parts
 * there are, of which the first `most` are written. */
size_t spiral_cut(const struct spiral_ordered *ordered, size_t points, size_t parts, size_t *end,
                  size_t most);

/* Puts numbers, none of them NAN, in ascending order. */
void spiral_sort(double *numbers, size_t count);

/* A quantile of at least one ascending number, linear between neighbours. */
double spiral_quantile(const double *sorted, size_t count, double share);

/* The regularised incomplete beta function I_x(a, b), a and b above 0, x 0..1. */
double spiral_incomplete_beta(double a, double b, double x);

/* The probability that Kolmogorov's statistic exceeds `lambda`. */
double spiral_kolmogorov_tail(double lambda);

#endif
