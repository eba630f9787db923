/* SPDX-License-Identifier: MIT
 *
 * A sweep over the processes of an MPI job: rank 0 has the store, hands units out and commits
 * what comes back; the others run units and know nothing else. Where the program is built
 * without MPI, or was not started by mpirun, there is one process.
 *
 * A rank that is lost ends the job, as MPI does; what was committed is in the store, and
 * `--resume` goes on.
 */
#ifndef SPIRAL_RUNNER_RANKS_H
#define SPIRAL_RUNNER_RANKS_H

#include "tools/sweep/sweep.h"

/* Joins the job. Returns the number of this process, 0 .. count - 1. Only rank 0 calls what
 * follows, but for spiral_ranks_serve(). */
int spiral_ranks_begin(void);
int spiral_ranks_count(void);
/* Sends the others home and leaves the job. */
void spiral_ranks_end(void);

/* Tells the others the sweep, once. */
enum spiral_status spiral_ranks_share(const struct spiral_sweep *sweep, struct spiral_error *error);

/* Gives a unit to a rank; a rank may have several waiting. */
void spiral_ranks_give(int rank, const struct spiral_unit *unit);

/* Takes what a rank has done: false where nothing has come (with `wait`, it waits). The result,
 * to be freed, is NULL where the unit failed: *error says why. */
bool spiral_ranks_take(bool wait, int *rank, struct spiral_unit_result **result,
                       struct spiral_error *error);

/* The life of the other ranks: runs units until sent home. Returns the exit status. */
int spiral_ranks_serve(void);

#endif
