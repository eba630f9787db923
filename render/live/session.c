/* SPDX-License-Identifier: MIT */
#include "render/live/session_parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* No frame counts for more, so that a pause of the machine is no leap. */
static const double longest_frame = 0.1;

uint64_t spiral_session_new_number(void)
{
    static atomic_uint_fast64_t last;
    return atomic_fetch_add(&last, 1) + 1;
}

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

    if (status != SPIRAL_OK)
        spiral_error_set(error, status, "no memory for a session");
    else
        status = spiral_session_compile(session, NULL, 0, &session->scenario, &session->constants,
                                        &session->shared, error);

    if (status == SPIRAL_OK) {
        session->plan = session->shared->plan;
        status = spiral_session_allocate(session, error);
    }

    if (status != SPIRAL_OK) {
        spiral_session_destroy(session);
        return status;
    }

    spiral_session_restart(session, seed);
    *out = session;

    return SPIRAL_OK;
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
    while (session->ghost_count > 0)
        spiral_session_drop_ghost(session, session->ghost_count - 1);

    free(session);
}

void spiral_session_restart(struct spiral_session *session, uint64_t seed)
{
    session->seed = seed;
    session->revision = spiral_session_new_number();
    session->playing = false;
    session->time = 0.0;
    session->present = 0;
    spiral_run_start_release(&session->before); /* of a run that is no longer there */
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

/* --- what has happened ------------------------------------------------------------------------ */

double spiral_session_value(const struct spiral_session *session, enum spiral_quantity quantity,
                            double time)
{
    const double last = (double)session->computed;

    time = time < 0.0 ? 0.0 : time > last ? last : time;
    const long before = (long)time;
    const double now = session->rows[before][quantity];

    if (before == session->computed || quantity == SPIRAL_QUANTITY_hostility)
        return now;
    return now + (time - (double)before) * (session->rows[before + 1][quantity] - now);
}

int spiral_session_observed(const struct spiral_session *session, int rival, long step)
{
    const int rivals = session->plan->layout.count[SPIRAL_OF_RIVAL];
    return step < 1 || step > session->plan->steps
               ? 0
               : session->plan->observed[(step - 1) * rivals + rival];
}

bool spiral_session_reached(const struct spiral_session *session, double level)
{
    for (long step = 0; step <= session->present; step++)
        if (session->rows[step][SPIRAL_QUANTITY_hostility] >= level)
            return true;
    return false;
}

/* --- branches --------------------------------------------------------------------------------- */

enum spiral_status spiral_session_branch(struct spiral_session *session, const char *name,
                                         const double *war, struct spiral_error *error)
{
    const size_t rows = (size_t)session->plan->steps + 1;

    if (session->ghost_count == SPIRAL_SESSION_GHOSTS)
        return spiral_error_set(error, SPIRAL_BAD_INPUT,
                                "%d branches stand already; drop one first", SPIRAL_SESSION_GHOSTS);

    struct spiral_ghost *ghost = &session->ghosts[session->ghost_count];

    *ghost = (struct spiral_ghost){.seed = session->seed,
                                   .present = session->present,
                                   .steps = session->plan->steps};
    ghost->rows = malloc(rows * sizeof *ghost->rows);
    ghost->war = war != NULL ? malloc(rows * sizeof *ghost->war) : NULL;

    if (ghost->rows == NULL || (war != NULL && ghost->war == NULL)) {
        free(ghost->rows);
        free(ghost->war);
        return spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for a branch");
    }

    if (war != NULL)
        memcpy(ghost->war, war, rows * sizeof *war);
    size_t length = strlen(name);

    if (length >= sizeof ghost->name)
        for (length = sizeof ghost->name - 1;
             length > 0 && ((unsigned char)name[length] & 0xc0) == 0x80; length--)
            continue; /* not within a letter */

    memcpy(ghost->name, name, length);
    spiral_session_compute(session, session->plan->steps);
    memcpy(ghost->rows, session->rows, rows * sizeof *ghost->rows);
    session->ghost_count++;
    session->ghost_number = spiral_session_new_number();

    return SPIRAL_OK;
}

void spiral_session_drop_ghost(struct spiral_session *session, size_t ghost)
{
    if (ghost >= session->ghost_count)
        return;
    free(session->ghosts[ghost].rows);
    free(session->ghosts[ghost].war);
    session->ghost_count--;
    session->ghost_number = spiral_session_new_number();
    memmove(&session->ghosts[ghost], &session->ghosts[ghost + 1],
            (session->ghost_count - ghost) * sizeof *session->ghosts);
}
