/* SPDX-License-Identifier: MIT
 *
 * A snapshot: one run at the boundary of a step, a lane's numbers without the lanes. From it the
 * run goes on to the bit as if it had not been stopped, or many runs start from the same
 * present, each with a stream of its own.
 */
#ifndef SPIRAL_SNAPSHOT_H
#define SPIRAL_SNAPSHOT_H

#include "sim/batch.h"

/* Owns nothing; it may be copied by assignment. */
struct spiral_snapshot {
    long step; /* steps done */
    uint64_t random_state;
    uint64_t random_increment;
#define SPIRAL_VARIABLE(name, of, low, high, en, zh, doc) double name[SPIRAL_MAX_##of];
#include "sim/variables.def"
    /* choices in force */
    double doctrine[SPIRAL_MAX_STATE][SPIRAL_DOCTRINE_NUMBERS];
    double greed[SPIRAL_MAX_STATE];
    double resolve[SPIRAL_MAX_STATE];
    double floor[SPIRAL_MAX_PATRON];
    /* in the order of struct spiral_lanes_derived */
    double derived[sizeof(struct spiral_lanes_derived) / sizeof(spiral_lane)];
};

/* Takes a snapshot of one lane of a batch. Elements that the layout does not have are not written:
 * start from a zeroed snapshot. */
void spiral_snapshot_take(struct spiral_snapshot *snapshot, const struct spiral_batch *batch,
                          int lane);

/* Starts a batch of runs of one plan at the snapshot: every lane has its state, choices and
 * derived numbers. The plan has the layout, the steps and the length of a step of the plan that
 * the snapshot was taken under. Entries of its timeline that act before the snapshot's step have
 * acted, and those of the step itself have not. With `stream` NULL every lane continues with the
 * snapshot's generator; else lane l draws from the beginning of stream[l] of `seed`. */
void spiral_snapshot_resume(const struct spiral_snapshot *snapshot, struct spiral_batch *batch,
                            const struct spiral_plan *plan, uint64_t seed,
                            const uint64_t stream[SPIRAL_LANES]);

#endif
