/* SPDX-License-Identifier: MIT
 *
 * Sessions for the suites of the window: made by hand, and compared with runs that no session
 * watches. Include it after cmocka.h.
 */
#ifndef SPIRAL_TEST_SESSION_OF_H
#define SPIRAL_TEST_SESSION_OF_H

#include "render/live/session.h"
#include "sim/step.h"
#include "tests/support/build_scenario.h"

enum { SEED = 7, SMALL = TRIAD_SMALL, NEIGHBOUR = TRIAD_NEIGHBOUR, OFFSHORE = TRIAD_OFFSHORE };
static struct spiral_error error;

static inline struct spiral_session *session_of(struct spiral_scenario *scenario)
{
    struct spiral_session *session;
    const struct spiral_constants constants = spiral_test_constants();

    assert_int_equal(spiral_session_create(&session, scenario, &constants, NULL, SEED, &error),
                     SPIRAL_OK);
    spiral_scenario_clear(scenario);
    return session;
}

static inline struct spiral_session *triad(void)
{
    struct spiral_scenario scenario;
    spiral_test_triad(&scenario);
    return session_of(&scenario);
}

static inline void end_at(struct spiral_session *session)
{
    spiral_session_seek(session, session->plan->steps);
}

/* Runs a scenario without a session, and compares every row and the state at the end. */
static inline void assert_runs_like(struct spiral_session *session,
                                    const struct spiral_scenario *scenario,
                                    const struct spiral_constants *constants)
{
    static const uint64_t run[SPIRAL_LANES];
    const struct spiral_plan *plans[SPIRAL_LANES];
    struct spiral_plan *plan = spiral_test_plan(scenario, constants, NULL);
    struct spiral_batch *batch = spiral_batch_create();

    spiral_session_row row;
    for (int l = 0; l < SPIRAL_LANES; l++)
        plans[l] = plan;

    spiral_batch_start(batch, plans, session->seed, run);
    end_at(session);

    while (batch->step < batch->steps) {
        spiral_step(batch);
        spiral_quantities(batch, 0, row);
        assert_memory_equal(row, session->rows[batch->step], sizeof row);
    }

    assert_true(spiral_batch_hash(batch, 0) == spiral_session_hash(session));
    spiral_batch_destroy(batch);
    spiral_plan_destroy(plan);
}

#endif
