/* SPDX-License-Identifier: MIT
 *
 * Counting: points run as ensembles of several cases, and how many of a point's runs had each
 * level for their highest, by calendar year and rival. Counts are whole numbers that add up in
 * any order.
 *
 * Points and replicates of a case are cut into tasks of a few batches, whose lanes are filled
 * across points, and threads take tasks as they come: one point keeps all threads busy as well
 * as a thousand do. Nothing depends on threads.
 */
#ifndef SPIRAL_FIT_COUNTS_H
#define SPIRAL_FIT_COUNTS_H

#include "tools/experiment/setter.h"
#include "tools/fit/progress.h"

/* What runs ensembles: a workspace a thread, and the cases' measures. */
struct spiral_counter {
    const struct spiral_experiment
        *experiment; /* not owned: cases, axes, settings, seed, how to run */
    int threads;
    int years[SPIRAL_MAX_CASES];
    int rivals[SPIRAL_MAX_CASES];
    size_t at[SPIRAL_MAX_CASES + 1]; /* where each case's counts begin in a point's; their end */
    struct spiral_fit_progress *progress;        /* NULL: none is shown */
    struct spiral_counter_workspace *workspaces; /* [threads] */
};

/* SPIRAL_BAD_INPUT where a case does not compile; SPIRAL_NO_MEMORY. To be cleared in any case. */
enum spiral_status spiral_counter_create(struct spiral_counter *counter,
                                         const struct spiral_experiment *experiment, int threads,
                                         struct spiral_error *error);
void spiral_counter_clear(struct spiral_counter *counter);

/* What is to be run. */
struct spiral_count_request {
    const double *
        values; /* [point * axes + axis]; NULL: what the scenarios and the experiment give, at every point */
    size_t points;
    const bool *used;     /* [case] */
    uint64_t first, runs; /* streams first .. first + runs - 1 at every point */
    bool independent;     /* every point goes on where the streams of the one before end */
};

/* Runs it: count[point * at[cases] + at[case] + (year * rivals + rival) * 5 + level - 1]. The
 * caller frees *count, NULL after an error. SPIRAL_STOPPED after an interrupt; SPIRAL_BAD_INPUT
 * where values break a rule of a case; SPIRAL_NO_MEMORY. */
enum spiral_status spiral_count(uint64_t **count, struct spiral_counter *counter,
                                const struct spiral_count_request *request,
                                struct spiral_error *error);

#endif
