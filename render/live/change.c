/* SPDX-License-Identifier: MIT
 *
 * Another log for a session: the case is compiled with it, and the run follows up to the present.
 */
#include <string.h>

#include "render/live/session_parts.h"

enum spiral_status spiral_session_change_log(struct spiral_session *session,
                                             const struct spiral_choice *choices, size_t count,
                                             long from, bool keep_before,
                                             struct spiral_error *error)
{
    struct spiral_scenario scenario;
    struct spiral_constants constants;
    struct spiral_shared_plan *shared;
    const enum spiral_status status =
        spiral_session_compile(session, choices, count, &scenario, &constants, &shared, error);

    if (status != SPIRAL_OK)
        return status;

    if (!keep_before) {
        spiral_run_start_release(&session->before);
        session->before = spiral_session_start(session);
        session->before_serial = spiral_live_serial();
    }

    spiral_shared_plan_release(session->shared);
    spiral_scenario_clear(&session->scenario);
    session->scenario = scenario;
    session->constants = constants;
    session->shared = shared;
    session->plan = shared->plan;

    if (count > 0)
        memmove(session->choices, choices, count * sizeof *choices);
    session->choice_count = count;
    session->revision = spiral_live_serial();

    /* the run up to the present, under the new choices */
    spiral_session_truncate(session, from);
    spiral_session_compute(session, session->present);
    spiral_run_start_release(&session->after);
    session->after = spiral_session_start(session);

    return SPIRAL_OK;
}
