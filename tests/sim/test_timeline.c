/* SPDX-License-Identifier: MIT */
/* When entries act and what they do: places of dates, order, floors, renouncing, changes of
 * doctrine, greed and resolve, clamps. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "sim/step.h"
#include "sim/timeline.h"
#include "tests/support/build_scenario.h"

static struct spiral_scenario scenario;
static struct spiral_plan *plan;
static struct spiral_batch *batch;
static struct spiral_lanes_state *state;

static int set_up(void **unused)
{
    (void)unused;
    spiral_test_triad(&scenario);
    scenario.entry_count = 0; /* its entries own nothing */
    return 0;
}

static int tear_down(void **unused)
{
    (void)unused;
    spiral_batch_destroy(batch);
    spiral_plan_destroy(plan);
    spiral_scenario_clear(&scenario);
    batch = NULL;
    plan = NULL;
    return 0;
}

/* A batch of the scenario as it stands; `state` is what its entries act on. */
static void begin_batch(void)
{
    plan = spiral_test_plan(&scenario, NULL, NULL);
    batch = spiral_test_batch(plan, 1);
    state = &batch->states[0];
}

static long step_of(double date)
{
    spiral_test_move(&scenario, date, TRIAD_SMALL, -1, "arm");
    plan = spiral_test_plan(&scenario, NULL, NULL);
    const long step = plan->event_count == 1 ? plan->events[0].step : -1;

    spiral_plan_destroy(plan);
    plan = NULL;
    scenario.entry_count = 0;
    return step;
}

static void test_a_step_holds_its_end(void **unused)
{
    (void)unused;
    const double dt = 1.0 / 12.0;

    assert_int_equal(step_of(1990.0), 0); /* the first step holds the start too */
    assert_int_equal(step_of(1990.0 + 0.5 * dt), 0);
    assert_int_equal(step_of(1990.0 + dt), 0);
    assert_int_equal(step_of(1990.0 + 1.001 * dt), 1);
    assert_int_equal(step_of(1990.0 + 2.0 * dt), 1);
    assert_int_equal(step_of(2020.0), 359);
    assert_int_equal(step_of(2020.0 - 0.5 * dt), 359);
}

static void test_order_is_date_then_file(void **unused)
{
    (void)unused;
    static const double dates[] = {2001.0, 1995.0, 2001.0, 1993.0, 2000.98, 1995.0, 2000.93};
    static const int order[] = {
        3, 1, 5, 6,
        4, 0, 2}; /* also within a step: 2000.93 and 2000.98 lie in the one that ends with 2001 */

    for (size_t e = 0; e < sizeof dates / sizeof *dates; e++)
        spiral_test_move(&scenario, dates[e], TRIAD_SMALL, -1, "arm");

    begin_batch();
    assert_int_equal(plan->event_count, 7);
    for (int e = 0; e < 7; e++)
        assert_int_equal(plan->events[e].entry, order[e]);
}

static void test_horizon_and_free_running(void **unused)
{
    (void)unused;
    struct spiral_plan_options options = spiral_plan_options_defaults();

    spiral_test_move(&scenario, 1995.0, TRIAD_SMALL, -1, "arm");
    spiral_test_move(&scenario, 1995.0 + 1.0 / 24.0, TRIAD_SMALL, -1, "arm");
    spiral_test_change(&scenario, 2005.0, TRIAD_SMALL, SPIRAL_ENTRY_GREED, 0.5);
    options.until = 1995.0;
    plan = spiral_test_plan(&scenario, NULL, &options);
    assert_int_equal(plan->event_count, 1);
    spiral_plan_destroy(plan);
    options.until = 2030.0;
    plan = spiral_test_plan(&scenario, NULL, &options);
    assert_int_equal(plan->event_count, 3);
    spiral_plan_destroy(plan);
    options.free_running = true;
    plan = spiral_test_plan(&scenario, NULL, &options);
    assert_int_equal(plan->event_count, 0);
}

static void test_entries_act_once_at_their_step(void **unused)
{
    (void)unused;
    spiral_test_change(&scenario, 1990.0, TRIAD_NEIGHBOUR, SPIRAL_ENTRY_GREED, 0.9);
    spiral_test_change(&scenario, 1990.5, TRIAD_NEIGHBOUR, SPIRAL_ENTRY_GREED, 0.1);
    spiral_test_change(&scenario, 1990.5, TRIAD_OFFSHORE, SPIRAL_ENTRY_RESOLVE, 0.7);
    spiral_test_change(&scenario, 1990.5, TRIAD_OFFSHORE, SPIRAL_ENTRY_RESOLVE,
                       0.3); /* the later line wins */
    spiral_test_change(&scenario, 1991.0, TRIAD_SMALL, SPIRAL_ENTRY_DOCTRINE, 0.625);
    begin_batch();

    for (int step = 0; step < 13; step++) {
        const int l = step % SPIRAL_LANES;
        assert_near(batch->facts.greed[TRIAD_NEIGHBOUR][l], step == 0  ? 0.35
                                                            : step < 6 ? 0.9
                                                                       : 0.1);
        assert_near(batch->facts.resolve[TRIAD_OFFSHORE][l], step < 6 ? 0.75 : 0.3);
        assert_near(batch->facts.doctrine[TRIAD_SMALL][SPIRAL_DOCTRINE_coerce][l],
                    step < 12 ? 0.2 : 0.625);
        assert_near(batch->facts.doctrine[TRIAD_NEIGHBOUR][SPIRAL_DOCTRINE_coerce][l], 0.2);
        spiral_step(batch);
    }

    assert_int_equal(batch->next_event_step, plan->steps);
}

static void test_a_move_on_a_patron(void **unused)
{
    (void)unused;
    spiral_test_move(&scenario, 1990.0, TRIAD_OFFSHORE, TRIAD_SMALL, "guarantee")->weight = 1.5;
    spiral_test_move(&scenario, 1990.0, TRIAD_OFFSHORE, TRIAD_SMALL, "deploy");
    spiral_test_move(&scenario, 1990.0, TRIAD_SMALL, TRIAD_OFFSHORE, "aid")->weight = 2.0;
    begin_batch();

    const struct spiral_move_effect *pledge = &spiral_moves[SPIRAL_MOVE_guarantee];
    const struct spiral_move_effect *forces = &spiral_moves[SPIRAL_MOVE_deploy];
    const struct spiral_move_effect *help = &spiral_moves[SPIRAL_MOVE_aid];

    spiral_timeline_act(batch);

    for (int l = 0; l < SPIRAL_LANES; l++) {
        const double floor = 1.5 * pledge->floor;
        const double sum = 1.5 * pledge->commitment;
        assert_near(batch->facts.floor[1][l], floor);
        assert_near(state->commitment[1][l],
                    (sum > floor ? sum : floor) + forces->commitment + 2.0 * help->commitment);
        assert_near(state->aspiration[1][l], 1.5 * pledge->aspiration);
        assert_near(state->presence[1][l], forces->presence);
        assert_near(state->aid[1][l], 2.0 * help->aid);
        assert_near(state->commitment[0][l], 0.1); /* the other patron's: untouched */
        assert_near(batch->facts.floor[0][l], 0.0);
    }
}

static void test_floor_rises_and_falls_away(void **unused)
{
    (void)unused;
    spiral_test_move(&scenario, 1990.0, TRIAD_SMALL, TRIAD_OFFSHORE, "join");
    spiral_test_move(&scenario, 1990.0, TRIAD_SMALL, TRIAD_OFFSHORE,
                     "partner"); /* a lower floor changes nothing */
    spiral_test_move(&scenario, 1992.0, TRIAD_SMALL, TRIAD_OFFSHORE, "distance");
    spiral_test_move(&scenario, 1995.0, TRIAD_SMALL, TRIAD_OFFSHORE, "renounce")->weight =
        0.5; /* the floor goes at any weight */
    begin_batch();

    for (int step = 0; step < 59; step++) {
        spiral_step(batch);
        assert_near(batch->facts.floor[1][0], 1.0);
        assert_near(spiral_batch_state(batch)->commitment[1][0],
                    1.0); /* taking distance does not break a treaty */
    }

    batch->states[batch->now].aspiration[1][0] = 0.75;
    spiral_timeline_act(batch);
    assert_near(batch->facts.floor[1][0], 0.0);
    assert_near(spiral_batch_state(batch)->commitment[1][0],
                1.0 + 0.5 * spiral_moves[SPIRAL_MOVE_renounce].commitment);
    assert_near(spiral_batch_state(batch)->aspiration[1][0], 0.25);
    for (int step = 59; step < 120; step++)
        spiral_step(batch);

    assert_true(spiral_batch_state(batch)->commitment[1][0] < 0.75);
}

static void test_a_move_against_a_rival(void **unused)
{
    (void)unused;
    spiral_test_move(&scenario, 1990.0, TRIAD_NEIGHBOUR, TRIAD_SMALL, "sanction")->weight = 0.5;
    spiral_test_move(&scenario, 1990.0, TRIAD_NEIGHBOUR, TRIAD_SMALL, "exercise")->weight = 2.0;
    spiral_test_move(&scenario, 1990.0, TRIAD_SMALL, TRIAD_NEIGHBOUR, "othering");
    begin_batch();
    spiral_timeline_act(batch);

    const struct spiral_move_effect *sanction = &spiral_moves[SPIRAL_MOVE_sanction];
    const struct spiral_move_effect *exercise = &spiral_moves[SPIRAL_MOVE_exercise];
    const struct spiral_move_effect *othering = &spiral_moves[SPIRAL_MOVE_othering];
    const struct spiral_rival *rival = &plan->layout.rivals[0];
    const int small = rival->small_about_neighbour;
    const int near = rival->neighbour_about_small;

    assert_near(state->reassurance[rival->tie][3], 0.4 + 0.5 * sanction->reassurance +
                                                       2.0 * exercise->reassurance +
                                                       othering->reassurance);
    assert_near(state->interdependence[rival->tie][3], 0.8 + 0.5 * sanction->interdependence);
    assert_near(state->grievance[small][3],
                0.5 * sanction->grievance +
                    2.0 * exercise->grievance); /* the target's, against the actor */
    assert_near(state->grievance[near][3], othering->grievance);
    assert_near(state->othering[small][3],
                0.1 + othering->othering); /* the actor's, of the target */
    assert_near(state->othering[near][3], 0.1);
    assert_near(state->arms[TRIAD_NEIGHBOUR][3], 0.44 + 2.0 * exercise->arms);
    assert_near(state->presence[0][3], 0.6); /* manoeuvres against a rival station no one */
}

static void test_a_move_between_a_neighbour_and_a_far_power(void **unused)
{
    (void)unused;
    spiral_test_move(&scenario, 1990.0, TRIAD_OFFSHORE, TRIAD_NEIGHBOUR, "treaty");
    spiral_test_move(&scenario, 1990.0, TRIAD_OFFSHORE, -1, "arm");
    begin_batch();
    assert_int_equal(plan->events[0].patron, -1);
    assert_int_equal(plan->events[0].tie, 1);
    assert_int_equal(plan->events[1].patron, -1);
    assert_int_equal(plan->events[1].tie, -1);
    spiral_timeline_act(batch);
    assert_near(state->reassurance[1][0], 0.5 + spiral_moves[SPIRAL_MOVE_treaty].reassurance);
    assert_near(state->grievance[plan->events[0].by_target][0], 0.0); /* not below 0 */
    assert_near(state->arms[TRIAD_OFFSHORE][0],
                batch->constants.arms_base[0] + spiral_moves[SPIRAL_MOVE_arm].arms);
    assert_near(state->arms[TRIAD_SMALL][0], 0.2);
}

static void test_everything_stays_in_range(void **unused)
{
    (void)unused;
    const char *name = "";

    for (int e = 0; e < 12 * SPIRAL_MOVES; e++)
        spiral_test_move(&scenario, 1990.0 + e / 120.0, e % 2,
                         e % 5 == 0 ? TRIAD_OFFSHORE : 1 - e % 2, spiral_moves[e / 12].name)
            ->weight = 2.0;

    begin_batch();

    for (int step = 0; step < 60; step++) {
        spiral_timeline_act(batch);
        assert_true(spiral_batch_verify(batch, 0, &name));
        spiral_step(batch);
        assert_true(spiral_batch_verify(batch, 0, &name));
    }
}

static void test_lanes_have_their_own_timeline(void **unused)
{
    (void)unused;
    struct spiral_scenario other;

    spiral_test_triad(&other);
    other.entry_count = 0;
    spiral_test_change(&other, 1992.0, TRIAD_NEIGHBOUR, SPIRAL_ENTRY_GREED, 0.75);
    spiral_test_change(&scenario, 1991.0, TRIAD_NEIGHBOUR, SPIRAL_ENTRY_GREED, 0.25);

    struct spiral_plan *second = spiral_test_plan(&other, NULL, NULL);

    begin_batch();

    const struct spiral_plan *plans[SPIRAL_LANES];
    uint64_t stream[SPIRAL_LANES] = {0};

    for (int l = 0; l < SPIRAL_LANES; l++)
        plans[l] = l % 2 == 0 ? plan : second;

    spiral_batch_start(batch, plans, 1, stream);

    for (int step = 0; step < 30; step++) {
        spiral_step(batch);
        assert_near(batch->facts.greed[TRIAD_NEIGHBOUR][0], step < 11 ? 0.35 : 0.25);
        assert_near(batch->facts.greed[TRIAD_NEIGHBOUR][SPIRAL_LANES - 1], step < 23 ? 0.35 : 0.75);
        assert_int_equal(batch->next_event_step, step < 11 ? 11 : step < 23 ? 23 : 360);
    }

    spiral_plan_destroy(second);
    spiral_scenario_clear(&other);
}

#define UNIT(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        UNIT(test_a_step_holds_its_end),      UNIT(test_order_is_date_then_file),
        UNIT(test_horizon_and_free_running),  UNIT(test_entries_act_once_at_their_step),
        UNIT(test_a_move_on_a_patron),        UNIT(test_floor_rises_and_falls_away),
        UNIT(test_a_move_against_a_rival),    UNIT(test_a_move_between_a_neighbour_and_a_far_power),
        UNIT(test_everything_stays_in_range), UNIT(test_lanes_have_their_own_timeline),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
