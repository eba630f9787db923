/* SPDX-License-Identifier: MIT
 *
 * Running batches and collecting what they show. No threads here: a caller gives each of its
 * threads a collector of its own and merges them.
 */
#ifndef SPIRAL_ENSEMBLE_H
#define SPIRAL_ENSEMBLE_H

#include "sim/fan.h"
#include "sim/snapshot.h"
#include "sim/tally.h"

/* What is collected from the runs of one plan. */
struct spiral_collector {
    struct spiral_tally *tally; /* always */
    struct spiral_fan *fan;     /* NULL: no fan */
    bool ladder;   /* keep the tally's counts of levels by step and year (for scores and charts) */
    uint64_t hash; /* sum over runs of the hash of the run's final state: equal in any order */
    /* called once a run, in the order of lanes, NULL for none */
    void (*each_run)(void *context, uint64_t stream, const union spiral_outcome *outcome);
    void *context;
};

/* Creates the tally, and the fan where asked. spiral_collector_clear() frees them and is legal
 * after a failure. */
enum spiral_status spiral_collector_init(struct spiral_collector *collector,
                                         const struct spiral_plan *plan, bool fan, bool ladder);
/* The same with what another collector collects, whose each_run is left out. */
enum spiral_status spiral_collector_init_like(struct spiral_collector *collector,
                                              const struct spiral_plan *plan,
                                              const struct spiral_collector *other);
void spiral_collector_clear(struct spiral_collector *collector);

/* Adds what `from` collected to `into`; both must be of plans of the same steps. */
void spiral_collector_merge(struct spiral_collector *into, const struct spiral_collector *from);

/* Runs streams [first, first + count) of one plan, SPIRAL_LANES at a time, in `batch` (from
 * spiral_batch_create()). */
void spiral_ensemble_run(struct spiral_batch *batch, const struct spiral_plan *plan, uint64_t seed,
                         uint64_t first, uint64_t count, struct spiral_collector *collector);

/* Where runs begin that do not begin at the start of their plan. */
struct spiral_ensemble_start {
    const struct spiral_snapshot *snapshot; /* not owned */
    bool war;                               /* whether the run it was taken of had seen war */
    bool force;                             /* or force by then */
};

/* The same, but every run begins at a snapshot, which fits the plan as spiral_snapshot_resume()
 * says, and draws from the beginning of its own stream. War and force that came before the
 * snapshot are counted at its step; means, peaks and times of the outcomes
 * are of the steps after it. The caller settles the fan when all runs are done
 * (spiral_fan_settle()), so that it may ask for a few runs at a time. */
void spiral_ensemble_run_from(struct spiral_batch *batch, const struct spiral_plan *plan,
                              const struct spiral_ensemble_start *start, uint64_t seed,
                              uint64_t first, uint64_t count, struct spiral_collector *collector);

/* Runs one batch of lanes that may differ in plan and stream; outcomes[l] for l < live. The
 * other lanes run too, but are not reported. */
void spiral_ensemble_run_lanes(struct spiral_batch *batch,
                               const struct spiral_plan *const plan[SPIRAL_LANES], uint64_t seed,
                               const uint64_t stream[SPIRAL_LANES], int live,
                               union spiral_outcome outcomes[SPIRAL_LANES]);

#endif
