/* SPDX-License-Identifier: MIT
 *
 * The runner: carries a sweep out, unit by unit, into its store, and runs what a store holds
 * again to verify it. The one place that knows both how a unit is worked out (tools/sweep) and
 * how it is kept (tools/store).
 */
#ifndef SPIRAL_RUNNER_RUNNER_H
#define SPIRAL_RUNNER_RUNNER_H

#include "tools/store/store.h"

struct spiral_sweep_options {
    int threads;       /* 0: one a processor */
    bool quiet;        /* no progress on stderr */
    uint64_t limit;    /* begin so many units and no more; 0: all */
    double seconds;    /* begin none after so long; 0: however long it takes */
    const char *label; /* for progress */
};

/* Runs all units that the store has not, and commits each. SPIRAL_STOPPED after an interrupt or
 * at a limit: what was committed stays. */
enum spiral_status spiral_sweep_run(struct spiral_sweep *sweep, struct spiral_store *store,
                                    const struct spiral_sweep_options *options,
                                    struct spiral_error *error);

/* What was verified. */
struct spiral_verified {
    size_t cells; /* run again, every figure the same */
    size_t
        with_gaps; /* left out: a unit before their last is not in the store of a sweep that was broken off */
};

/* Runs `points` points drawn at random again (all, where there are no more) and compares every
 * figure of theirs with the store. SPIRAL_BAD_INPUT names the first figure that differs. */
enum spiral_status spiral_sweep_verify(const struct spiral_sweep *sweep, struct spiral_store *store,
                                       uint64_t points, uint64_t seed,
                                       struct spiral_verified *verified,
                                       struct spiral_error *error);

#endif
