/* SPDX-License-Identifier: MIT
 *
 * What the runs of a live ensemble show.
 */
#ifndef SPIRAL_LIVE_ENSEMBLE_RESULT_H
#define SPIRAL_LIVE_ENSEMBLE_RESULT_H

#include "render/live/session.h"
#include "sim/intervals.h"

enum spiral_band {
    SPIRAL_BAND_MEAN,
    SPIRAL_BAND_05,
    SPIRAL_BAND_25,
    SPIRAL_BAND_50,
    SPIRAL_BAND_75,
    SPIRAL_BAND_95,
    SPIRAL_BANDS
};

/* Read only. */
struct spiral_live_result {
    uint64_t number;   /* a serial number */
    uint64_t revision; /* of the session that it is of */
    long from;         /* the present that the runs start from: the first index that holds below */
    long steps;        /* the end: the last index */
    uint64_t runs;     /* done so far: those of the coarse fan, then all */
    bool complete;
    double seconds; /* from the request to this result */
    /* [steps + 1], from `from` on; at `from` itself the session's row */
    double (*band)[SPIRAL_QUANTITIES][SPIRAL_BANDS];
    /* [steps + 1], from `from` on: share of runs with war (force) within so many steps, the
     * session's own past counted in */
    double *war;
    double *force;
    /* [steps + 1]: the same of runs from the start of the scenario as it is chosen, NULL where
     * they are not counted yet. After a change of choices they are those of the choices before
     * until the new ones are counted */
    double *whole_war;
    double *whole_force;
    /* the 90 % interval of the risk of war by the end over the sets of constants, where runs are
     * spread over a posterior and there are enough of them */
    bool by_constants;
    struct spiral_interval war_by_constants;
    /* the risk by the end before the last choice was made, and after: both from the present in
     * which it was made. They hold where `compared` is true */
    bool compared;
    double war_before;
    double war_after;
    double force_before;
    double force_after;
};

void spiral_live_result_destroy(struct spiral_live_result *result); /* NULL is legal */

/* Writes a result of this session as CSV, a row a step: shares of runs with war and force, and
 * the bands, from the present on; shares of the whole run, from the start. */
void spiral_live_result_write(const struct spiral_live_result *result,
                              const struct spiral_session *session, FILE *out);
/* The same into a file, whole or not at all. */
enum spiral_status spiral_live_result_export(const struct spiral_live_result *result,
                                             const struct spiral_session *session, const char *path,
                                             struct spiral_error *error);

#endif
