/* SPDX-License-Identifier: MIT
 *
 * A sweep over the processes of an MPI job: rank 0 has the store, sends units of work and commits
 * their results; the other ranks only run units. A program that is built without MPI, or not
 * started by mpirun, is the only process.
 *
 * The loss of a rank ends the job, as is usual in MPI; what was committed is in the store, and
 * `--resume` continues.
 */
#ifndef SPIRAL_RUNNER_RANKS_H
#define SPIRAL_RUNNER_RANKS_H

#include "tools/sweep/sweep.h"

/* Joins the job. Returns the rank of this process, 0 .. count - 1. Of the functions below, rank 0
 * calls all but spiral_ranks_serve(), and the others call only that. */
int spiral_ranks_begin(void);
int spiral_ranks_count(void);
/* Dismisses the other ranks and leaves the job. */
void spiral_ranks_end(void);

/* Sends the other ranks a sweep, in place of the one that they had. SPIRAL_NO_MEMORY. */
enum spiral_status spiral_ranks_share_sweep(const struct spiral_sweep *sweep,
                                            struct spiral_error *error);

/* Sends a unit to a rank, which may have several waiting. */
void spiral_ranks_send_unit(int rank, const struct spiral_work_unit *unit);

/* Receives a rank's result; false where none has come (with `wait` it waits for one). The caller
 * frees *result. It is NULL where the unit failed: *error says why. */
bool spiral_ranks_receive_result(bool wait, int *rank, struct spiral_work_result **result,
                                 struct spiral_error *error);

/* What the other ranks do: runs units until dismissed. Returns the exit status. */
int spiral_ranks_serve(void);

#endif
