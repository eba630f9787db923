/* SPDX-License-Identifier: MIT
 *
 * A local search for the point of least distance, without derivatives, within the axes' ranges:
 * NLopt's Sbplx, its form of Rowan's Subplex (Rowan 1990, "Functional Stability Analysis of
 * Numerical Algorithms", University of Texas at Austin), which is made for objectives with a
 * little noise: with common random numbers the distance is a function of the point alone, but
 * one of small steps. The search goes over coordinates 0..1, so that logarithmic axes are
 * searched in logarithms and all axes have one length.
 *
 * Minimised is distance + penalty / weight, where the penalty is -ln of the prior's density
 * (spiral_fit_penalty). With the log score for a distance and the number of observed years,
 * counted as independent ones, for a weight that is the posterior mode; with a uniform prior the
 * penalty is 0.
 */
#ifndef SPIRAL_FIT_SEARCH_H
#define SPIRAL_FIT_SEARCH_H

#include "tools/fit/fit.h"

struct spiral_search_settings {
    size_t evaluations; /* at most, a search */
    double precision;   /* a search ends where its steps are this small, in units of the range */
    double weight;      /* above 0 */
};

struct spiral_search_result {
    double *coordinate; /* [axis]; owned */
    double *value;      /* [axis]; owned */
    double objective;   /* there */
    double begun;       /* where the search that found it began */
    size_t evaluations; /* of all searches; 0: none has found anything yet */
};
enum spiral_status spiral_search_result_init(struct spiral_search_result *result, size_t axes,
                                             struct spiral_error *error);
void spiral_search_result_clear(struct spiral_search_result *result); /* a zeroed result is legal */

/* Searches from a start, [axis] coordinates. What it finds goes into the result where it is
 * better than what that has. SPIRAL_NO_MEMORY, SPIRAL_BAD_INPUT or what the distance returns;
 * the result then has the best so far. */
enum spiral_status spiral_search(struct spiral_search_result *result,
                                 const struct spiral_fit_problem *problem,
                                 const struct spiral_search_settings *settings, const double *start,
                                 struct spiral_error *error);

#endif
