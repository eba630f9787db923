/* SPDX-License-Identifier: MIT
 *
 * What the files of the oracle share: algebra, who is who, and stage 1.
 */
#ifndef SPIRAL_REFERENCE_PARTS_H
#define SPIRAL_REFERENCE_PARTS_H

#include "tests/reference/reference_step.h"

static inline double least(double a, double b) { return a < b ? a : b; }
static inline double most(double a, double b) { return a > b ? a : b; }
static inline double clamp(double x, double low, double high) { return least(most(x, low), high); }
static inline double unit(double x) { return clamp(x, 0.0, 1.0); }
static inline double fourth(double x) { return x * x * (x * x); }
static inline double share(const struct reference_run *run, double time)
{
    return run->plan->dt / (time + run->plan->dt);
}

static inline const struct spiral_constants *constants(const struct reference_run *run)
{
    return &run->plan->constants;
}
static inline bool is(const struct reference_run *run, int i, enum spiral_role role)
{
    return run->plan->layout.role[i] == role;
}
static inline bool related(const struct reference_run *run, int i, int j)
{
    return i != j && (is(run, i, SPIRAL_NEIGHBOUR) || is(run, j, SPIRAL_NEIGHBOUR));
}
static inline bool rivals(const struct reference_run *run, int i, int j)
{
    return (i == run->small && is(run, j, SPIRAL_NEIGHBOUR)) ||
           (j == run->small && is(run, i, SPIRAL_NEIGHBOUR));
}

/* Where the plan keeps a fact. */
static inline int tie_of(const struct reference_run *run, int i, int j)
{
    return spiral_layout_tie(&run->plan->layout, i, j);
}
static inline int patron_of(const struct reference_run *run, int k)
{
    return spiral_layout_patron(&run->plan->layout, k);
}
static inline int rival_of(const struct reference_run *run, int j)
{
    return spiral_layout_rival(&run->plan->layout, j);
}

/* Stage 1: the facts of the step, the entries that act in it, and what several stages read off
 * the state (docs/model.md, 7.1). */
void reference_facts(struct reference_run *run);

#endif
