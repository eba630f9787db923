/* SPDX-License-Identifier: MIT
 *
 * The live ensemble: runs from the present state and choices of a session to its end, in the
 * background, and the fan of what they show. The runs draw from streams 1, 2, ... of the
 * session's seed (its own run is stream 0): the same session gives the same fan to the bit, and
 * at the start of the run it is the fan of spiral_ensemble_run() over these streams.
 *
 * One thread works. It looks between batches of SPIRAL_LANES runs whether the session has moved
 * on; a first, coarse fan of SPIRAL_COARSE_RUNS is always finished and published, so that a
 * slider that is being dragged does not starve the drawing; while the run plays on, the fan of a
 * step before stands on the screen and no coarse one takes its place. Then come the whole fan,
 * the risks before and after the last choice, and the risk from the start. Where somebody waits
 * for a fan (the choices or the date have changed) and there are processors for them, up to
 * three more threads take batches too, and stand back for the drawing. They are POSIX threads:
 * the thread sanitizer knows those, and knows C11's only in part.
 *
 * All functions are called from one thread, the window's.
 */
#ifndef SPIRAL_LIVE_ENSEMBLE_H
#define SPIRAL_LIVE_ENSEMBLE_H

#include "render/live/session.h"

enum { SPIRAL_COARSE_RUNS = 128 };
enum spiral_band {
    SPIRAL_BAND_MEAN,
    SPIRAL_BAND_05,
    SPIRAL_BAND_25,
    SPIRAL_BAND_50,
    SPIRAL_BAND_75,
    SPIRAL_BAND_95,
    SPIRAL_BANDS
};

/* What the runs show; read only. */
struct spiral_live_result {
    uint64_t number;   /* no two results share one */
    uint64_t revision; /* of the session that it is of */
    long from,
        steps; /* the present that the runs start from, and the end: index both of what follows */
    uint64_t runs; /* done so far: SPIRAL_COARSE_RUNS in the coarse fan, then all */
    bool complete;
    double seconds; /* from the request to this result */
    double (
        *band)[SPIRAL_QUANTITIES]
              [SPIRAL_BANDS]; /* [steps + 1], from `from` on; at `from` itself the session's row */
    double *war,
        *force; /* [steps + 1], from `from` on: share of runs with war (force) within so many steps, the session's own past counted in */
    /* [steps + 1]: the same of runs from the start of the scenario as it is chosen, NULL where
     * they are not counted yet. After a change of choices they are those of the choices before
     * until the new ones are counted */
    double *whole_war;
    double *whole_force;
    /* the risk by the end before the last choice was made, and after: both from the present in
     * which it was made. As soon as they are known */
    bool compared;
    double war_before;
    double war_after;
    double force_before;
    double force_after;
};

struct spiral_live_fan;

/* Starts the thread, which idles. `runs`: of a complete fan, 1000 is usual. SPIRAL_NO_MEMORY
 * where there is none, or no thread. */
enum spiral_status spiral_live_fan_create(struct spiral_live_fan **fan, uint64_t runs,
                                          struct spiral_error *error);
/* Ends the thread within a batch, and frees all results. NULL is legal. */
void spiral_live_fan_destroy(struct spiral_live_fan *fan);

/* Asks for the fan of the session as it is, where the one that was last asked for is another.
 * Call it once a frame. A change of choices, seed, or of the present while paused ends work on
 * the fan before; while the run plays on, that is finished first. Without memory nothing is
 * asked for. */
void spiral_live_fan_follow(struct spiral_live_fan *fan, struct spiral_session *session);

/* The latest result, or NULL before the first. It stays valid until the next call. */
const struct spiral_live_result *spiral_live_fan_latest(struct spiral_live_fan *fan);

/* Writes a result of this session as CSV, a row a step: shares of runs with war and force, and
 * the bands; from the present on, what is of the whole run from the start. Whole or not at all. */
enum spiral_status spiral_live_result_export(const struct spiral_live_result *result,
                                             const struct spiral_session *session, const char *path,
                                             struct spiral_error *error);

/* Waits until all that was asked for is complete. */
void spiral_live_fan_wait(struct spiral_live_fan *fan);

#endif
