/* SPDX-License-Identifier: MIT
 *
 * The outcomes of runs: an observer that watches a batch step by step and, at the end, sums each
 * lane's run up in the numbers of outcomes.def.
 */
#ifndef SPIRAL_OUTCOME_H
#define SPIRAL_OUTCOME_H

#include "sim/batch.h"
#include "sim/quantities.h"

enum spiral_outcome_name {
#define SPIRAL_OUTCOME(name, unit, low, high, en, zh, doc) SPIRAL_OUTCOME_##name,
#include "sim/outcomes.def"
    SPIRAL_OUTCOMES
};

#ifndef __OPENCL_C_VERSION__

/* Name, unit, range and labels of each outcome; the default is its lowest value. */
extern const struct spiral_field spiral_outcome_fields[SPIRAL_OUTCOMES];

/* A run's outcomes, in the table's order, also by name. */
union spiral_outcome {
    double value[SPIRAL_OUTCOMES];
    struct {
#define SPIRAL_OUTCOME(name, unit, low, high, en, zh, doc) double name;
#include "sim/outcomes.def"
    };
};

#endif

/* What the observer keeps between steps. */
struct spiral_outcome_observer {
    long from;               /* steps done when it began to watch: 0, or those of a snapshot */
    spiral_lane worst;       /* hostility of the worst pair after the last step, 1..5 */
    spiral_lane highest;     /* the highest so far, 1..5 */
    spiral_lane war_step;    /* steps done when war was first reached, or 0 */
    spiral_lane force_step;  /* steps done when force was first reached, or 0 */
    spiral_lane at_least[4]; /* steps at level 2, 3, 4, 5 or above */
    /* [0] neighbour, [1] small state */
    spiral_lane peak_threat[2];
    spiral_lane sum_threat[2];
    spiral_lane sum_arms[2];
    spiral_lane sum_commitment; /* of the largest commitment of an offshore power */
    spiral_lane sum_illusion;   /* of the largest belief above the guarantee, at least 0 */
    /* steps under high constraint, with high dependence, and with both: the quadrants */
    spiral_lane constrained;
    spiral_lane dependent;
    spiral_lane both;
};

#ifndef __OPENCL_C_VERSION__

/* Makes an observer ready for a batch that has just been started. */
void spiral_outcome_begin(struct spiral_outcome_observer *observer);

/* Observes a batch; to be called after each of its steps. */
void spiral_outcome_watch(struct spiral_outcome_observer *observer,
                          const struct spiral_batch *batch);

/* The outcomes of the run in lane l, after the last step. */
union spiral_outcome spiral_outcome_of(const struct spiral_outcome_observer *observer,
                                       const struct spiral_batch *batch, int l);

#endif

#endif
