/* SPDX-License-Identifier: MIT
 *
 * A fit to the record that is held to the stylised facts (tools/stylised/facts.h): beside the
 * distance of a target, what a point is away from showing S1 to S12, times a weight. The facts
 * have cases of their own and speak of constants alone. S13, of the step and not of a point, is
 * left to `spiral facts`.
 */
#ifndef SPIRAL_FIT_FACTS_H
#define SPIRAL_FIT_FACTS_H

#include "tools/fit/target.h"
#include "tools/stylised/facts.h"

struct spiral_fit_facts {
    double weight;                   /* 0: the record alone */
    struct spiral_target *target;    /* not owned */
    struct spiral_facts_setup setup; /* its cases are owned */
};

/* Loads the facts' cases for the fit of a target whose experiment fits and sets constants alone;
 * seed and runs are the experiment's. SPIRAL_BAD_INPUT where it does not, has fewer than 64
 * runs, or a case cannot be loaded; SPIRAL_NO_MEMORY. To be cleared in any case. */
enum spiral_status spiral_fit_facts_create(struct spiral_fit_facts *facts,
                                           struct spiral_target *target, double weight, int threads,
                                           struct spiral_error *error);
void spiral_fit_facts_clear(struct spiral_fit_facts *facts); /* zeroed ones are legal */

/* The sum of spiral_fact_loss() over S1 to S12 at a point's values, [axis]. The same errors as
 * spiral_fact_measure(). */
enum spiral_status spiral_fit_facts_loss(const struct spiral_fit_facts *facts, const double *values,
                                         double *loss, struct spiral_error *error);

/* The target's distance of points and, times the weight, their loss; the context is the facts. */
spiral_fit_distance spiral_fit_facts_distance;

#endif
