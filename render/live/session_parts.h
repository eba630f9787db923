/* SPDX-License-Identifier: MIT
 *
 * What the files of a session share with each other. Inner header.
 */
#ifndef SPIRAL_LIVE_SESSION_PARTS_H
#define SPIRAL_LIVE_SESSION_PARTS_H

#include "render/live/session.h"

/* session.c: a number that no session of the program has had: what was worked out in the
 * background is known by it. */
uint64_t spiral_session_new_number(void);

/* past.c */
enum spiral_status spiral_session_allocate(struct spiral_session *session,
                                           struct spiral_error *error);
/* Runs on until a step is computed. */
void spiral_session_compute(struct spiral_session *session, long step);
/* What was computed after this step no longer holds. */
void spiral_session_truncate(struct spiral_session *session, long step);

/* compile.c: makes a scenario and a plan of `base` and choices. The caller releases the plan and
 * clears the scenario; both are empty after an error. */
enum spiral_status spiral_session_compile(const struct spiral_session *session,
                                          const struct spiral_choice *choices, size_t count,
                                          struct spiral_scenario *scenario,
                                          struct spiral_constants *constants,
                                          struct spiral_shared_plan **plan,
                                          struct spiral_error *error);

#endif
