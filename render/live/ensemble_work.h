/* SPDX-License-Identifier: MIT
 *
 * The work of a live ensemble, without threads: what is calculated for a session, and in which
 * order. A first, coarse fan of SPIRAL_COARSE_RUNS comes first and is always finished, so that a
 * slider that is being dragged does not starve the drawing; while the run plays on, the fan of an
 * earlier step stays on the screen and no coarse one replaces it. Then come the whole fan, the
 * risks before and after the last choice, and the risk from the start.
 *
 * Who runs the batches is up to a struct spiral_live_runner: ensemble.c has threads; a page in a
 * browser may have workers.
 */
#ifndef SPIRAL_LIVE_ENSEMBLE_WORK_H
#define SPIRAL_LIVE_ENSEMBLE_WORK_H

#include <time.h>

#include "render/live/ensemble_result.h"
#include "sim/ensemble.h"

enum { SPIRAL_COARSE_RUNS = 128 };

/* A session at one moment, copied: the session may go on meanwhile. */
struct spiral_live_job {
    struct spiral_run_start now;    /* the present */
    struct spiral_run_start before; /* as struct spiral_session has them */
    struct spiral_run_start after;
    struct spiral_run_start start; /* of the whole run */
    uint64_t before_serial;
    uint64_t seed;
    uint64_t revision;
    spiral_session_row row; /* of the present */
    struct timespec asked;
    bool coarse; /* whether a coarse fan is published first: somebody waits */
};

/* The present of a session as a job. NULL where there is no memory. */
struct spiral_live_job *spiral_live_job_create(struct spiral_session *session);
void spiral_live_job_destroy(struct spiral_live_job *job); /* NULL is legal */

/* Who runs the batches, and gets the results. */
struct spiral_live_runner {
    void *context;
    /* Runs streams from collector->tally->runs + 1 up to `wanted` and settles the collector's fan.
     * Returns false where the work was given up; with `finish`, that is only where the program
     * ends. */
    bool (*collect)(void *context, struct spiral_collector *collector,
                    const struct spiral_run_start *start, uint64_t seed, uint64_t wanted,
                    bool finish);
    /* Gets a result, and owns it. */
    void (*publish)(void *context, struct spiral_live_result *result);
};

/* What is remembered from job to job, because many jobs ask for the same. Zeroed at first. */
struct spiral_live_memory {
    struct spiral_live_risk {
        bool known;
        uint64_t key; /* of the start that it is of */
        double war;
        double force;
    } before, after;
    /* of the whole run: its plan and seed are known by the revision */
    uint64_t whole_revision;
    double *whole_war; /* [steps + 1], owned; NULL: not counted yet */
    double *whole_force;
};
void spiral_live_memory_clear(struct spiral_live_memory *memory);

/* Does a job with `runs` runs of each ensemble. Without memory, or where the runner gives up, it
 * returns early; what was published holds. */
void spiral_live_work(const struct spiral_live_job *job, uint64_t runs,
                      struct spiral_live_memory *memory, const struct spiral_live_runner *runner);

/* For runners without these threads: the result of what was collected so far, of a settled fan.
 * NULL where there is no memory; the caller destroys it. */
struct spiral_live_result *spiral_live_result_create(const struct spiral_live_job *job,
                                                     const struct spiral_collector *collector,
                                                     bool complete);

/* For runners: runs streams [first, first + count) from a start. The collector's fan is settled by
 * the caller, when all runs are done. */
void spiral_live_collect(struct spiral_collector *collector, struct spiral_batch *batch,
                         const struct spiral_run_start *start, uint64_t seed, uint64_t first,
                         uint64_t count);

#endif
