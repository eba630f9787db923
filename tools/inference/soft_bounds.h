/* SPDX-License-Identifier: MIT
 *
 * The stylised facts as soft bounds of a sample: what a set of constants misses of a fact costs it
 * log likelihood, by the square of the distance on the fact's own scale (soft_bounds.def), as if
 * each fact were a measurement. What the reference set misses is no reason to reject its
 * neighbours: a bound gives way as far.
 */
#ifndef SPIRAL_INFERENCE_SOFT_BOUNDS_H
#define SPIRAL_INFERENCE_SOFT_BOUNDS_H

#include "tools/stylised/facts.h"

enum { SPIRAL_SOFT_MOST = SPIRAL_STYLISED_FACTS * SPIRAL_STYLISED_CRITERIA };

/* Bounds, on the scale of each criterion. */
struct spiral_soft_bounds {
    size_t count; /* 0: the sample is not held to the facts */
    double low[SPIRAL_SOFT_MOST];
    double high[SPIRAL_SOFT_MOST];
    struct spiral_stylised_setup setup; /* with its cases, owned */
};

/* Loads the cases of the facts. SPIRAL_BAD_INPUT names one that cannot be loaded. The caller clears
 * the bounds in any case. */
enum spiral_status spiral_soft_bounds_create(struct spiral_soft_bounds *bounds, uint64_t runs,
                                             uint64_t seed, int threads,
                                             struct spiral_error *error);
void spiral_soft_bounds_clear(struct spiral_soft_bounds *bounds);

/* Measures the facts under a set of constants: places[], as many as *count, on their scales. Sets
 * bounds->count, low and high too, which no constants change. SPIRAL_STOPPED after an interrupt. */
enum spiral_status spiral_soft_bounds_measure(struct spiral_soft_bounds *bounds,
                                              const struct spiral_constants *constants,
                                              double places[SPIRAL_SOFT_MOST],
                                              struct spiral_error *error);

/* What places cost: twice the sum of squares of what they miss beyond what the reference misses,
 * each at most 3. */
double spiral_soft_bounds_penalty(const struct spiral_soft_bounds *bounds, const double *places,
                                  const double *reference);

/* The place of a criterion of a fact on its scale, and its bounds there. False where the bounds
 * say nothing. */
bool spiral_soft_place(const char *fact, const struct spiral_stylised_criterion *criterion,
                       double *place, double *low, double *high);

#endif
