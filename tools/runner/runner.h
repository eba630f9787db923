/* SPDX-License-Identifier: MIT
 *
 * The runner: runs a sweep, unit by unit, into its store, and verifies a store by running its
 * contents again. The one place that knows both how a unit of work is run (tools/sweep) and how its
 * result is kept (tools/store).
 */
#ifndef SPIRAL_RUNNER_RUNNER_H
#define SPIRAL_RUNNER_RUNNER_H

#include "tools/store/store.h"

struct spiral_sweep_options {
    int threads;       /* 0: one a processor */
    bool quiet;        /* no progress on stderr */
    uint64_t limit;    /* units to begin at most; 0: all */
    double seconds;    /* no unit is begun after so long; 0: no limit */
    const char *label; /* shown with the progress */
};

/* Runs all units that are not in the store, and commits each. SPIRAL_STOPPED after an interrupt or
 * at a limit: what was committed stays. */
enum spiral_status spiral_sweep_run(struct spiral_sweep *sweep, struct spiral_store *store,
                                    const struct spiral_sweep_options *options,
                                    struct spiral_error *error);

/* What was verified. */
struct spiral_verified {
    size_t cells;     /* run again, every number the same */
    size_t with_gaps; /* cells left out: an earlier unit of theirs is missing (stopped sweeps) */
};

/* Runs `points` design points again, drawn at random (all, where there are no more), and compares
 * every number with the store. SPIRAL_BAD_INPUT names the first that differs. */
enum spiral_status spiral_sweep_verify(const struct spiral_sweep *sweep, struct spiral_store *store,
                                       uint64_t points, uint64_t seed,
                                       struct spiral_verified *verified,
                                       struct spiral_error *error);

#endif
