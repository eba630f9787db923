/* SPDX-License-Identifier: MIT */
#include "render/live/session.h"

#include <stdlib.h>

#include "render/live/session_parts.h"

/* seconds: no frame counts for more, so that the run does not leap after a pause of the machine */
static const double longest_frame = 0.1;

enum spiral_status spiral_session_create(struct spiral_session **out,
                                         const struct spiral_scenario *scenario,
                                         const struct spiral_constants *constants,
                                         const struct spiral_plan_options *options, uint64_t seed,
                                         struct spiral_error *error)
{
    *out = NULL;
    if (options != NULL && (options->dt != 0.0 || options->until != 0.0 || options->free_running))
        return spiral_error_set(error, SPIRAL_BAD_INPUT,
                                "a session keeps the scenario's own steps, end and timeline");

    struct spiral_session *session = calloc(1, sizeof *session);

    if (session == NULL)
        return spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for a session");
    session->scenario = spiral_scenario_defaults();
    session->options = options != NULL ? *options : spiral_plan_options_defaults();
    session->base_constants = *constants;
    session->seed = seed;
    session->speed = 1.0;

    enum spiral_status status = spiral_scenario_copy(&session->base, scenario);

    if (status != SPIRAL_OK) {
        spiral_error_set(error, status, "no memory for a session");
        goto fail;
    }

    status = spiral_session_compile(session, NULL, 0, &session->scenario, &session->constants,
                                    &session->shared, error);
    if (status != SPIRAL_OK)
        goto fail;
    session->plan = session->shared->plan;

    status = spiral_session_allocate(session, error);
    if (status != SPIRAL_OK)
        goto fail;

    spiral_session_restart(session, seed);
    *out = session;

    return SPIRAL_OK;

fail:
    spiral_session_destroy(session);
    return status;
}

void spiral_session_destroy(struct spiral_session *session)
{
    if (session == NULL)
        return;
    spiral_scenario_clear(&session->base);
    spiral_scenario_clear(&session->scenario);
    spiral_shared_plan_release(session->shared);
    spiral_run_start_release(&session->before);
    spiral_run_start_release(&session->after);
    free(session->rows);
    free(session->snapshots);
    spiral_batch_destroy(session->batch);
    for (size_t b = 0; b < session->branch_count; b++)
        spiral_session_branch_release(&session->branches[b]);
    spiral_session_history_clear(&session->history);

    free(session);
}

void spiral_session_restart(struct spiral_session *session, uint64_t seed)
{
    if (seed != session->seed && session->computed >= 0)
        spiral_session_remember(session);
    session->seed = seed;
    session->revision = spiral_live_serial();
    session->playing = false;
    session->time = 0.0;
    session->present = 0;
    /* they were of the run before */
    spiral_run_start_release(&session->before);
    spiral_run_start_release(&session->after);
    spiral_session_truncate(session, -1);
    spiral_session_compute(session, 0);
}

/* --- time ------------------------------------------------------------------------------------- */

/* The whole step at or after a time, with a tolerance for the rounding of sums. */
static long step_after(double time)
{
    const long whole = (long)time;
    return time > (double)whole + 1e-9 ? whole + 1 : whole;
}

void spiral_session_advance(struct spiral_session *session, double seconds)
{
    if (!session->playing || !(seconds > 0.0))
        return;

    const double end = (double)session->plan->steps;

    session->time +=
        (seconds < longest_frame ? seconds : longest_frame) * session->speed / session->plan->dt;

    if (session->time >= end) {
        session->time = end;
        session->playing = false;
    }

    session->present = step_after(session->time);
    spiral_session_compute(session, session->present);
}

void spiral_session_seek(struct spiral_session *session, long step)
{
    step = step < 0 ? 0 : step > session->plan->steps ? session->plan->steps : step;
    session->playing = false;
    session->time = (double)step;
    session->present = step;
    spiral_session_compute(session, step);
}

long spiral_session_step_at(const struct spiral_session *session, double date)
{
    const double steps = (date - session->plan->start) / session->plan->dt;

    if (!(steps > 0.0))
        return 0;
    if (steps >= (double)session->plan->steps)
        return session->plan->steps;
    return step_after(steps - 1e-6);
}

void spiral_session_set_speed(struct spiral_session *session, double years_a_second)
{
    session->speed = years_a_second < SPIRAL_SLOWEST   ? SPIRAL_SLOWEST
                     : years_a_second > SPIRAL_FASTEST ? SPIRAL_FASTEST
                                                       : years_a_second;
}
