/* SPDX-License-Identifier: MIT
 *
 * The past of a session: a row after every step, a snapshot every few steps, and the way back to
 * any of them.
 */
#include <stdlib.h>

#include "render/live/session_parts.h"
#include "sim/step.h"

enum spiral_status spiral_session_allocate(struct spiral_session *session,
                                           struct spiral_error *error)
{
    const long steps = session->plan->steps;

    if (steps > SPIRAL_SESSION_STEPS)
        return spiral_error_set(error, SPIRAL_BAD_INPUT,
                                "%s has %ld steps; a live view takes at most %d",
                                session->base.name, steps, SPIRAL_SESSION_STEPS);

    session->stride = steps / SPIRAL_SESSION_SNAPSHOTS + 1;
    session->rows = calloc((size_t)steps + 1, sizeof *session->rows);
    session->snapshots = calloc((size_t)(steps / session->stride) + 1, sizeof *session->snapshots);
    session->batch = spiral_batch_create();

    if (session->rows == NULL || session->snapshots == NULL || session->batch == NULL)
        return spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for a session of %ld steps",
                                steps);

    session->batch_stale = true;
    session->computed = -1;

    return SPIRAL_OK;
}

void spiral_session_truncate(struct spiral_session *session, long step)
{
    session->computed = session->computed < step ? session->computed : step;
    session->batch_stale = true;
}

static void start_batch(struct spiral_session *session)
{
    static const uint64_t run[SPIRAL_LANES]; /* run 0, as in an ensemble of one */
    const struct spiral_plan *plans[SPIRAL_LANES];

    for (int l = 0; l < SPIRAL_LANES; l++)
        plans[l] = spiral_plan_of_run(session->plan, 0);
    spiral_batch_start(session->batch, plans, session->seed, run);
}

/* Keeps what the batch shows after a step that had not been computed. */
static void keep_step(struct spiral_session *session)
{
    const long step = session->batch->step;

    spiral_quantities(session->batch, 0, session->rows[step]);

    if (step == 1)
        spiral_quantities_complete_start(session->rows[0], session->rows[1]);

    if (step % session->stride == 0)
        spiral_snapshot_take(&session->snapshots[step / session->stride], session->batch, 0);
    session->computed = step;
}

/* Brings the batch to a step that has been computed. */
static void bring_batch_to(struct spiral_session *session, long step)
{
    if (session->batch_stale || session->batch->step > step ||
        session->batch->step < step - step % session->stride) {
        spiral_snapshot_resume(&session->snapshots[step / session->stride], session->batch,
                               session->plan, session->seed, NULL);
        session->batch_stale = false;
    }

    while (session->batch->step < step)
        spiral_step(session->batch);
}

void spiral_session_compute(struct spiral_session *session, long step)
{
    if (session->computed >= step)
        return;

    if (session->computed < 0) {
        start_batch(session);
        session->batch_stale = false;
        keep_step(session);
    }

    bring_batch_to(session, session->computed);
    while (session->computed < step) {
        spiral_step(session->batch);
        keep_step(session);
    }

    if (step == 0) /* row 0 shows the guarantees of the first step */
        spiral_session_compute(session, 1);
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

struct spiral_run_start spiral_session_start(struct spiral_session *session)
{
    struct spiral_run_start start = {.plan = spiral_shared_plan_hold(session->shared)};

    start.war = spiral_session_reached(session, 5.0);
    start.force = spiral_session_reached(session, 4.0);
    bring_batch_to(session, session->present);
    spiral_snapshot_take(&start.state, session->batch, 0);
    return start;
}

const struct spiral_batch *spiral_session_batch(struct spiral_session *session)
{
    bring_batch_to(session, session->present);
    return session->batch;
}

uint64_t spiral_session_hash(struct spiral_session *session)
{
    return spiral_batch_hash(spiral_session_batch(session), 0);
}
