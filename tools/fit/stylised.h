/* SPDX-License-Identifier: MIT
 *
 * A fit to the record that is held to the stylised facts (tools/stylised/facts.h): to the distance
 * of a target it adds, times a weight, how far a point is from showing S1 to S12. The facts have
 * cases of their own and depend only on constants. S13, which is about the step and not about a
 * point, is left to `spiral facts`.
 */
#ifndef SPIRAL_FIT_STYLISED_H
#define SPIRAL_FIT_STYLISED_H

#include "tools/fit/target.h"
#include "tools/stylised/facts.h"

struct spiral_fit_stylised {
    double weight;                      /* 0: the record alone */
    struct spiral_target *target;       /* not owned */
    struct spiral_stylised_setup setup; /* its cases are owned */
};

/* Loads the facts' cases for the fit of a target. Its experiment may only fit and set constants;
 * seed and runs are the experiment's. SPIRAL_BAD_INPUT where it fits or sets anything else, has
 * fewer than 64 runs, or a case cannot be loaded; SPIRAL_NO_MEMORY. The caller clears them in any
 * case. */
enum spiral_status spiral_fit_stylised_create(struct spiral_fit_stylised *facts,
                                              struct spiral_target *target, double weight,
                                              int threads, struct spiral_error *error);
void spiral_fit_stylised_clear(struct spiral_fit_stylised *facts); /* zeroed ones are legal */

/* The sum of spiral_stylised_fact_loss() over S1 to S12 at a point's values, [axis]. The same
 * errors as spiral_stylised_fact_measure(). */
enum spiral_status spiral_fit_stylised_loss(const struct spiral_fit_stylised *facts,
                                            const double *values, double *loss,
                                            struct spiral_error *error);

/* The target's distance of points and, times the weight, their loss; the context is the facts. */
spiral_fit_distance spiral_fit_stylised_distance;

#endif
