/* SPDX-License-Identifier: MIT
 *
 * Intervals of shares and differences.
 */
#ifndef SPIRAL_INTERVALS_H
#define SPIRAL_INTERVALS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* low <= high. */
struct spiral_interval {
    double low;
    double high;
};

/* The 95 % Wilson score interval of a share of `events` in `runs` (Wilson 1927); 0..1 where
 * there are no runs. */
struct spiral_interval spiral_wilson(uint64_t events, uint64_t runs);

/* The 95 % interval of the difference of two shares measured on the same runs (paired):
 * `only_first` runs had the event in the first alone, `only_second` in the second alone. Agresti
 * and Min's adjusted Wald interval for matched pairs (2005): half an event added to each cell. */
struct spiral_interval spiral_paired_difference(uint64_t only_first, uint64_t only_second,
                                                uint64_t runs);

/* Counts of several sets of runs, added up to tell how far the sets' own risks (or differences of
 * risks) lie apart. All sums are of exact integers or their ratios, in the order of the sets. */
struct spiral_set_variance {
    double lowest; /* of a risk 0, of a difference -1; set by the caller before the first set */
    size_t sets;   /* with runs */
    double runs;
    double runs_squared; /* sum over sets of runs^2 */
    double sum;          /* of the runs' values: 1 in `up` runs, -1 in `down` runs */
    double square;       /* of their squares */
    double explained;    /* sum over sets of (the set's sum)^2 / its runs */
};

/* Adds a set with so many runs. Of a risk, `up` runs had the event and `down` is 0; of a
 * difference, `up` runs had it in the second alone, and `down` runs in the first alone. */
void spiral_set_variance_add(struct spiral_set_variance *variance, uint64_t runs, uint64_t up,
                             uint64_t down);

/* The same for a set whose runs have any values from `lowest` to 1: their sum, and that of their
 * squares. */
void spiral_set_variance_add_values(struct spiral_set_variance *variance, double runs, double sum,
                                    double square);

/* The 90 % interval of the sets' own risks (differences): from the 5 % to the 95 % point of the
 * beta distribution that has their mean and their variance. The variance is estimated without the
 * sampling noise within the sets: by the analysis of variance with sets of unequal size (Searle,
 * Casella and McCulloch 1992, section 3.6), the method of moments of the beta-binomial. Where that
 * is below its own standard error, the standard error stands for it: so few runs cannot tell the
 * sets' risks closer together. False, and *interval is untouched, where there are fewer than two
 * sets or than two runs a set on average. */
bool spiral_constants_interval(const struct spiral_set_variance *variance,
                               struct spiral_interval *interval);

/* The share of a beta distribution of shapes a, b > 0 that lies below x (the regularised incomplete
 * beta function), to 1e-10; and its inverse, to 1e-9. */
double spiral_beta_below(double a, double b, double x);
double spiral_beta_quantile(double a, double b, double share);

#endif
