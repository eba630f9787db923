/* SPDX-License-Identifier: MIT
 *
 * The live ensemble: runs from the present state and choices of a session to its end, in the
 * background, and the fan of what they show. The runs draw from streams 1, 2, ... of the
 * session's seed (its own run is stream 0): the same session gives the same fan to the bit, and
 * at the start of the run it is the fan of spiral_ensemble_run() over these streams.
 *
 * What is calculated, and in which order, is in ensemble_work.h; here it is given to threads. One
 * thread works. It checks between batches of SPIRAL_LANES runs whether the session has moved on.
 * Where somebody waits for a fan (the choices or the date have changed) and there are processors
 * for them, up to three more threads run batches too. All of them yield to the drawing. They are
 * POSIX threads: the thread sanitizer knows those, and knows C11's only in part.
 *
 * All functions are called from one thread, the window's.
 */
#ifndef SPIRAL_LIVE_ENSEMBLE_H
#define SPIRAL_LIVE_ENSEMBLE_H

#include "render/live/ensemble_result.h"

struct spiral_live_fan;

/* Starts the thread, which waits. `runs`: of a complete fan, 1000 is usual. SPIRAL_NO_MEMORY
 * where there is no memory, or no thread. */
enum spiral_status spiral_live_fan_create(struct spiral_live_fan **fan, uint64_t runs,
                                          struct spiral_error *error);
/* Ends the thread within a batch, and frees all results. NULL is legal. */
void spiral_live_fan_destroy(struct spiral_live_fan *fan);

/* Asks for the fan of the session as it is, unless it was the last one asked for. Call it once a
 * frame. A change of choices, of the seed, or of the present while paused ends the work on the
 * previous fan; while the run plays on, that is finished first. Without memory nothing is asked
 * for. */
void spiral_live_fan_follow(struct spiral_live_fan *fan, struct spiral_session *session);

/* The latest result, or NULL before the first. It stays valid until the next call. */
const struct spiral_live_result *spiral_live_fan_latest(struct spiral_live_fan *fan);

/* Waits until all that was asked for is complete. */
void spiral_live_fan_wait(struct spiral_live_fan *fan);

#endif
