/* SPDX-License-Identifier: MIT */
#include "sim/outcome.h"

#include "sim/outcome_lanes.h"

#ifndef SPIRAL_TARGET_CLONES
#define SPIRAL_TARGET_CLONES
#endif

const struct spiral_field spiral_outcome_fields[SPIRAL_OUTCOMES] = {
#define SPIRAL_OUTCOME(name, unit, low, high, en, zh, doc) \
    {#name, unit, low, low, high, en, zh, doc, ""},
#include "sim/outcomes.def"
};

void spiral_outcome_begin(struct spiral_outcome_observer *observer) { begin_to_watch(observer); }

SPIRAL_TARGET_CLONES static void watch_batch(struct spiral_outcome_observer *observer,
                                             const struct spiral_batch *batch)
{
    watch_step(observer, batch);
}

void spiral_outcome_watch(struct spiral_outcome_observer *observer,
                          const struct spiral_batch *batch)
{
    watch_batch(observer, batch);
}

union spiral_outcome spiral_outcome_of(const struct spiral_outcome_observer *observer,
                                       const struct spiral_batch *batch, int l)
{
    union spiral_outcome outcome;

    sum_run_up(observer, batch, l, outcome.value);
    return outcome;
}
