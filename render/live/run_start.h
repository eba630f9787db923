/* SPDX-License-Identifier: MIT
 *
 * Where runs can go on from: a plan, which a session and its ensemble share, and the state of a run
 * under it.
 */
#ifndef SPIRAL_LIVE_RUN_START_H
#define SPIRAL_LIVE_RUN_START_H

#include <stdatomic.h>

#include "sim/snapshot.h"

/* A plan with several users, in several threads: the last to release it destroys it. */
struct spiral_shared_plan {
    struct spiral_plan *plan;
    atomic_int users;
};

/* Takes a plan over, with one user. NULL where there is no memory; the plan is then the
 * caller's. */
struct spiral_shared_plan *spiral_shared_plan_create(struct spiral_plan *plan);
/* Adds a user. */
struct spiral_shared_plan *spiral_shared_plan_hold(struct spiral_shared_plan *shared);
void spiral_shared_plan_release(struct spiral_shared_plan *shared); /* NULL is legal */

/* A state under a plan, and whether the run had war or force by then. */
struct spiral_run_start {
    struct spiral_shared_plan *plan; /* held; NULL: no start */
    struct spiral_snapshot state;
    bool war;
    bool force;
};

/* Another user of the same start. */
struct spiral_run_start spiral_run_start_hold(const struct spiral_run_start *start);
/* Releases the plan and leaves no start. */
void spiral_run_start_release(struct spiral_run_start *start);

#endif
