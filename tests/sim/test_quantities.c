/* SPDX-License-Identifier: MIT */
/* What is reported of a state, against hand-computed numbers: dependence, concentration,
 * quadrants, escalation index, headline quantities. The quantities of all lanes are those of each
 * lane, to the bit: with several neighbours and patrons, and with none offshore. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "sim/quantities.h"
#include "sim/step.h"
#include "tests/support/build_scenario.h"

static struct spiral_plan *plan;
static struct spiral_batch *batch;
static struct spiral_lanes_state *state;

/* The octet, all at rest. Patrons 0..6 are the states 0 1 3 4 5 6 7, of which 1, 4 and 5 are
 * neighbours. */
static int set_up(void **unused)
{
    (void)unused;
    struct spiral_scenario scenario;

    spiral_test_octet(&scenario);
    plan = spiral_test_plan(&scenario, NULL, NULL);
    spiral_scenario_clear(&scenario);
    batch = spiral_test_batch(plan, 1);
    state = &batch->states[0];
    memset(state, 0, sizeof *state);
    for (int q = 0; q < 3; q++)
        for (int l = 0; l < SPIRAL_LANES; l++)
            state->hostility[q][l] = 1.0;

    return 0;
}

static int tear_down(void **unused)
{
    (void)unused;
    spiral_batch_destroy(batch);
    spiral_plan_destroy(plan);
    return 0;
}

static void test_reliance(void **unused)
{
    (void)unused;
    assert_near(spiral_reliance(0.6, 0.4, 0.5, 0.2), 0.5 * 0.6 + 0.2 * 0.5 + 0.3 * 0.2);
    assert_near(spiral_reliance(0.1, 0.8, 0.0, 0.0),
                0.5 * 0.4); /* half of what was declared, where that is more */
    assert_near(spiral_reliance(1.0, 1.0, 1.0, 1.0), 1.0);
    assert_near(spiral_reliance(0.0, 0.0, 0.0, 0.0), 0.0);
}

static void test_dependence(void **unused)
{
    (void)unused;
    assert_near(spiral_dependence(batch, 3), 0.0);
    assert_near(spiral_concentration(batch, 3), 0.0);
    state->commitment[0][3] = 0.8; /* state 0: reliance .4 */
    assert_near(spiral_dependence(batch, 3), 0.4);
    assert_near(spiral_concentration(batch, 3), 1.0);
    state->aid[2][3] = 1.0; /* state 3: reliance .3 */
    assert_near(spiral_dependence(batch, 3), (0.16 + 0.09) / 0.7);
    assert_near(spiral_concentration(batch, 3), 0.25 / 0.49);
    state->commitment[1][3] = state->presence[3][3] = 1.0; /* neighbours do not count */
    assert_near(spiral_dependence(batch, 3), 0.25 / 0.7);
    assert_near(spiral_dependence(batch, 4), 0.0); /* another lane */
}

static void test_quadrants(void **unused)
{
    (void)unused;
    const double c = SPIRAL_HIGH_CONSTRAINT;
    const double d = SPIRAL_HIGH_DEPENDENCE;

    assert_int_equal(spiral_quadrant_of(c, d), SPIRAL_QUADRANT_trap);
    assert_int_equal(spiral_quadrant_of(c, d - 1e-9), SPIRAL_QUADRANT_limited_balance);
    assert_int_equal(spiral_quadrant_of(c - 1e-9, d), SPIRAL_QUADRANT_controllable_risk);
    assert_int_equal(spiral_quadrant_of(c - 1e-9, d - 1e-9), SPIRAL_QUADRANT_diversified_balance);
    assert_int_equal(spiral_quadrant_of(1.0, 1.0), SPIRAL_QUADRANT_trap);
    assert_int_equal(spiral_quadrant_of(0.0, 0.0), SPIRAL_QUADRANT_diversified_balance);
}

static void test_constraint_is_the_last_steps(void **unused)
{
    (void)unused;
    assert_near(spiral_constraint(batch, 0), plan->constraint[0]);
    batch->step = 1;
    assert_near(spiral_constraint(batch, 0), plan->constraint[0]);
    batch->step = 100;
    assert_near(spiral_constraint(batch, 0), plan->constraint[99]);
}

static void test_escalation_index(void **unused)
{
    (void)unused;
    const struct spiral_rival *rival = &plan->layout.rivals[1];

    assert_near(spiral_escalation_index(batch, 0), 0.0);
    state->hostility[1][0] = 3.0;
    state->threat[rival->small_about_neighbour][0] = 0.4;
    state->threat[rival->neighbour_about_small][0] = 0.6;
    state->arms[plan->layout.small][0] = 0.3;
    state->arms[rival->neighbour][0] = 0.5;
    assert_near(spiral_escalation_index(batch, 0), 25.0 + 15.0 + 8.0);
    state->hostility[2][0] =
        4.0; /* 37.5 + 3 of the small state's arms: less than the second pair's 48 */
    assert_near(spiral_escalation_index(batch, 0), 48.0);
    state->hostility[2][0] = 5.0;
    assert_near(spiral_escalation_index(batch, 0), 53.0);

    const int each[] = {rival->small_about_neighbour, rival->neighbour_about_small};

    for (int i = 0; i < 2; i++)
        state->threat[each[i]][0] = 1.0;

    state->arms[plan->layout.small][0] = state->arms[rival->neighbour][0] = 1.0;
    state->hostility[1][0] = 5.0;
    assert_near(spiral_escalation_index(batch, 0), 100.0);
}

static void test_quantities(void **unused)
{
    (void)unused;
    const int l = 6;
    double quantity[SPIRAL_QUANTITIES];
    const struct spiral_rival *first = &plan->layout.rivals[0];
    const struct spiral_rival *last = &plan->layout.rivals[2];

    batch->step = 5;
    state->hostility[0][l] = 4.0;
    state->threat[last->neighbour_about_small][l] = 0.7;
    state->threat[first->small_about_neighbour][l] = 0.6;
    state->arms[last->neighbour][l] = 0.5;
    state->arms[0][l] = 0.99; /* a patron's: of no headline */
    state->arms[plan->layout.small][l] = 0.2;
    state->othering[last->small_about_neighbour][l] = 0.8;
    state->othering[last->neighbour_about_small][l] = 0.9; /* the neighbour's: of no headline */
    for (int q = 0; q < 3; q++)
        state->reassurance[plan->layout.rivals[q].tie][l] = 0.3 + 0.1 * q;

    batch->derived.pressure[1][l] = 0.45;
    state->commitment[0][l] = 0.3;
    state->commitment[5][l] = 0.4;
    state->commitment[1][l] = 1.0; /* a neighbour's */

    for (int k = 0; k < 7; k++) {
        batch->derived.guarantee[k][l] = 0.01 * k;
        batch->derived.believed[k][l] = 0.1 * k;
    }

    spiral_quantities(batch, l, quantity);
    assert_near(quantity[SPIRAL_QUANTITY_hostility], 4.0);
    assert_near(quantity[SPIRAL_QUANTITY_threat_neighbour], 0.7);
    assert_near(quantity[SPIRAL_QUANTITY_threat_small], 0.6);
    assert_near(quantity[SPIRAL_QUANTITY_arms_neighbour], 0.5);
    assert_near(quantity[SPIRAL_QUANTITY_arms_small], 0.2);
    assert_near(quantity[SPIRAL_QUANTITY_othering], 0.8);
    assert_near(quantity[SPIRAL_QUANTITY_reassurance], 0.3);
    assert_near(quantity[SPIRAL_QUANTITY_pressure], 0.45);
    assert_near(quantity[SPIRAL_QUANTITY_commitment], 0.4);
    assert_near(quantity[SPIRAL_QUANTITY_guarantee],
                0.05); /* of the patron that is committed most */
    assert_near(quantity[SPIRAL_QUANTITY_believed], 0.5);
    assert_near(quantity[SPIRAL_QUANTITY_constraint], plan->constraint[4]);
    assert_near(quantity[SPIRAL_QUANTITY_dependence], spiral_dependence(batch, l));
    assert_near(quantity[SPIRAL_QUANTITY_escalation], spiral_escalation_index(batch, l));
}

static void test_without_an_offshore_power(void **unused)
{
    (void)unused;
    struct spiral_scenario scenario;
    double quantity[SPIRAL_QUANTITIES];

    spiral_test_dyad(&scenario);

    struct spiral_plan *two = spiral_test_plan(&scenario, NULL, NULL);
    struct spiral_batch *pair = spiral_test_batch(two, 1);

    for (int step = 0; step < 24; step++)
        spiral_step(pair);

    spiral_quantities(pair, 0, quantity);
    assert_near(quantity[SPIRAL_QUANTITY_commitment] + quantity[SPIRAL_QUANTITY_guarantee] +
                    quantity[SPIRAL_QUANTITY_believed],
                0.0);
    assert_near(quantity[SPIRAL_QUANTITY_dependence], 0.0);
    assert_near(quantity[SPIRAL_QUANTITY_constraint], 0.4 + 0.3 * 0.75);
    spiral_batch_destroy(pair);
    spiral_plan_destroy(two);
    spiral_scenario_clear(&scenario);
}

static void compare_lanes(struct spiral_scenario *scenario)
{
    struct spiral_plan *whole = spiral_test_plan(scenario, NULL, NULL);
    struct spiral_batch *lanes = spiral_test_batch(whole, 5);
    spiral_lane all[SPIRAL_QUANTITIES];
    double one[SPIRAL_QUANTITIES];

    for (;;) {
        spiral_quantities_of_lanes(lanes, SPIRAL_ALL_QUANTITIES, all);
        for (int l = 0; l < SPIRAL_LANES; l++) {
            spiral_quantities(lanes, l, one);
            for (int i = 0; i < SPIRAL_QUANTITIES; i++)
                assert_true(one[i] == all[i][l]);
        }

        if (lanes->step == lanes->steps)
            break;
        spiral_step(lanes);
    }

    spiral_batch_destroy(lanes);
    spiral_plan_destroy(whole);
    spiral_scenario_clear(scenario);
}

static void test_lanes_are_as_one_by_one(void **unused)
{
    (void)unused;
    struct spiral_scenario scenario;

    spiral_test_triad(&scenario);
    compare_lanes(&scenario);
    spiral_test_octet(&scenario);
    compare_lanes(&scenario);
    spiral_test_dyad(&scenario);
    compare_lanes(&scenario);
}

#define UNIT(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_reliance),
        cmocka_unit_test(test_quadrants),
        UNIT(test_dependence),
        UNIT(test_constraint_is_the_last_steps),
        UNIT(test_escalation_index),
        UNIT(test_quantities),
        cmocka_unit_test(test_without_an_offshore_power),
        cmocka_unit_test(test_lanes_are_as_one_by_one),
    };

    return cmocka_run_group_tests_name("sim/quantities", tests, NULL, NULL);
}
