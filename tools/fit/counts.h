/* SPDX-License-Identifier: MIT
 *
 * Counting: runs points as ensembles of several cases, and counts, by calendar year and rival, how
 * many of a point's runs had each level as their highest. Counts are integers, so their order does
 * not affect the result.
 *
 * The points and replicates of a case are divided into tasks of a few batches, whose lanes are
 * filled across points, and threads take tasks in turn: one point keeps all threads as busy as a
 * thousand do. No result depends on threads.
 */
#ifndef SPIRAL_FIT_COUNTS_H
#define SPIRAL_FIT_COUNTS_H

#include "tools/experiment/setter.h"
#include "tools/farm/progress.h"

/* A workspace for each thread, and the sizes of the cases. */
struct spiral_counter {
    const struct spiral_experiment *experiment; /* not owned */
    int threads;
    int years[SPIRAL_MAX_CASES];
    int rivals[SPIRAL_MAX_CASES];
    size_t at[SPIRAL_MAX_CASES + 1];  /* where each case's counts begin in a point's; their end */
    struct spiral_progress *progress; /* not owned; NULL: none is shown */
    struct spiral_counter_workspace *workspaces; /* [threads] */
};

/* SPIRAL_BAD_INPUT where no plan can be made of a case; SPIRAL_NO_MEMORY. The caller clears it in
 * any case. */
enum spiral_status spiral_counter_create(struct spiral_counter *counter,
                                         const struct spiral_experiment *experiment, int threads,
                                         struct spiral_error *error);
void spiral_counter_clear(struct spiral_counter *counter);

/* What to run. */
struct spiral_count_request {
    const double *values; /* [point * axes + axis]; NULL: at every point what is given */
    size_t points;
    const bool *used; /* [case] */
    uint64_t first;   /* stream, at every point */
    uint64_t runs;    /* streams at every point */
    bool independent; /* a point's streams follow those of the point before */
};

/* Runs it: count[point * at[cases] + at[case] + (year * rivals + rival) * 5 + level - 1]. The
 * caller frees *count, NULL after an error. SPIRAL_STOPPED after an interrupt; SPIRAL_BAD_INPUT
 * where values break a rule of a case; SPIRAL_NO_MEMORY. */
enum spiral_status spiral_count(uint64_t **count, struct spiral_counter *counter,
                                const struct spiral_count_request *request,
                                struct spiral_error *error);

#endif
