/* SPDX-License-Identifier: MIT
 *
 * What the files of a session share with each other. Inner header.
 */
#ifndef SPIRAL_LIVE_SESSION_PARTS_H
#define SPIRAL_LIVE_SESSION_PARTS_H

#include "render/live/serial.h"
#include "render/live/session.h"

/* --- past.c ----------------------------------------------------------------------------------- */

/* Makes room for the rows and snapshots of the session's plan. SPIRAL_BAD_INPUT where it has too
 * many steps, or SPIRAL_NO_MEMORY; spiral_session_destroy() frees what there is. */
enum spiral_status spiral_session_allocate(struct spiral_session *session,
                                           struct spiral_error *error);
/* Runs on until a step is computed. */
void spiral_session_compute(struct spiral_session *session, long step);
/* What was computed after this step no longer holds; -1: nothing holds. */
void spiral_session_truncate(struct spiral_session *session, long step);

/* --- compile.c -------------------------------------------------------------------------------- */

/* Makes a scenario, its constants and a plan of `base` and choices. The caller releases the plan
 * and clears the scenario; both are empty after an error. */
enum spiral_status spiral_session_compile(const struct spiral_session *session,
                                          const struct spiral_choice *choices, size_t count,
                                          struct spiral_scenario *scenario,
                                          struct spiral_constants *constants,
                                          struct spiral_shared_plan **plan,
                                          struct spiral_error *error);

/* --- choices.c -------------------------------------------------------------------------------- */

/* Writes the first day that lies after a date by more than the rounding of a step: the earliest
 * date that acts in the step that follows. */
void spiral_session_first_day_after(double date, double dt, char text[12]);

#endif
