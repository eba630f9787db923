/* SPDX-License-Identifier: MIT
 *
 * What the thread of the live ensemble works on. Inner header.
 */
#ifndef SPIRAL_LIVE_ENSEMBLE_PARTS_H
#define SPIRAL_LIVE_ENSEMBLE_PARTS_H

#include <time.h>

#include "render/live/ensemble.h"
#include "sim/fan.h"

struct spiral_live_job {
    struct spiral_run_start now, before,
        after;                     /* the present; and as struct spiral_session has them */
    struct spiral_run_start start; /* of the whole run */
    uint64_t before_id;
    uint64_t seed;
    uint64_t revision;
    spiral_session_row row; /* of the present */
    struct timespec asked;
    bool coarse; /* whether a coarse fan is wanted first */
};

/* The present of a session as a job, NULL where there is no memory. */
struct spiral_live_job *spiral_live_job_create(struct spiral_session *session);
void spiral_live_job_destroy(struct spiral_live_job *job); /* NULL is legal */

/* Runs being counted. */
struct spiral_live_count {
    uint64_t runs;
    uint64_t *war,
        *force; /* [steps + 1]: runs whose first war (force) came with so many steps done */
    struct spiral_fan *fan; /* NULL: not wanted */
};

enum spiral_status spiral_live_count_create(struct spiral_live_count *count,
                                            const struct spiral_run_start *start, bool fan);
void spiral_live_count_clear(struct spiral_live_count *count);
/* Adds runs of streams [first, first + live), live <= SPIRAL_LANES. */
void spiral_live_count_batch(struct spiral_live_count *count, struct spiral_batch *batch,
                             const struct spiral_run_start *start, uint64_t seed, uint64_t first,
                             int live);
/* Adds what was counted of the same start, settled. */
void spiral_live_count_merge(struct spiral_live_count *into, const struct spiral_live_count *from,
                             const struct spiral_run_start *start);
/* The share of runs with war (force) by the end. */
double spiral_live_count_share(const uint64_t *first, const struct spiral_run_start *start,
                               uint64_t runs);

/* The share of runs with war (force) within so many steps, [steps + 1], from the start's step
 * on; 0 before. NULL where there is no memory; the caller frees it. */
double *spiral_live_count_curve(const uint64_t *first, const struct spiral_run_start *start,
                                uint64_t runs);

/* The result of what was counted so far, NULL where there is no memory. */
struct spiral_live_result *spiral_live_result_create(const struct spiral_live_job *job,
                                                     const struct spiral_live_count *count,
                                                     bool complete);
/* Gives a result copies of the curves of the whole run; nothing where there is no memory. */
void spiral_live_result_add_whole(struct spiral_live_result *result, const double *war,
                                  const double *force);
void spiral_live_result_destroy(struct spiral_live_result *result); /* NULL is legal */

#endif
