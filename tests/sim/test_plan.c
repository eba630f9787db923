/* SPDX-License-Identifier: MIT */
/* failing memory */
/* What a plan is compiled to: facts by step against hand-computed numbers, places of entries,
 * options and their errors, memory that fails. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/build_scenario.h"
#include "tests/support/failing_memory.h"

static void test_facts_by_hand(void **unused)
{
    (void)unused;
    struct spiral_scenario scenario;

    spiral_test_triad(&scenario);

    struct spiral_plan *plan = spiral_test_plan(&scenario, NULL, NULL);

    assert_int_equal(plan->steps, 360);

    const int p = spiral_layout_perception(&plan->layout, TRIAD_SMALL, TRIAD_NEIGHBOUR);

    /* 1990: S .023, N .1, O .22; 1995 (step 60): S half-way to 2000, N .06, O .22 - .06 / 6 */
    assert_near(plan->power[TRIAD_SMALL], 0.023);
    assert_near(plan->share[p], 0.1 / 0.123);
    assert_near(plan->share[p + 1], 0.023 / 0.123);

    const double small = 0.023 - 0.5 * (0.023 - 0.0145);
    const double far = 0.22 - 0.06 / 6.0;

    assert_near(plan->power[60 * 3 + TRIAD_SMALL], small);
    assert_near(plan->power[60 * 3 + TRIAD_OFFSHORE], far);
    assert_near(plan->share[60 * 4 + p], 0.06 / (small + 0.06));
    assert_near(plan->patron_share[60 * 2 + 0], 0.5); /* N against itself */
    assert_near(plan->patron_share[60 * 2 + 1], far / (0.06 + far));

    /* geographic constraint: .4 border + .3 power + .3 ties, all facts of S-N but power at 1 */
    assert_near(plan->constraint[0], 0.4 + 0.3 + 0.3 * 0.1 / 0.123);
    assert_near(plan->constraint[60], 0.7 + 0.3 * 0.06 / (small + 0.06));
    assert_near(plan->border[0], 1.0);
    assert_near(plan->stake[0], 1.0 + plan->constants.bond);

    /* near: max(proximity, reach / 4); O-N .7; S-N 1 */
    assert_near(plan->near[0], 1.0);
    assert_near(plan->near[1], 0.7);
    assert_near(plan->reach[0], 1.0); /* not given: proximity */
    assert_near(plan->reach[1], 0.5);
    assert_near(plan->institution[1], 0.35);
    assert_near(plan->trade[0], 0.8);
    assert_near(plan->trade[180 * 2], 0.5);
    assert_near(plan->trade[180 * 2 + 1], 0.0); /* no knots */
    assert_near(spiral_plan_date(plan, 360), 2020.0);
    spiral_plan_destroy(plan);
    spiral_scenario_clear(&scenario);
}

static void test_initial_values(void **unused)
{
    (void)unused;
    struct spiral_scenario scenario;
    struct spiral_constants constants = spiral_constants_defaults();

    constants.arms_base = 0.33;
    spiral_test_triad(&scenario);
    scenario.pairs[0].proximity = 0.5;
    scenario.pairs[0].ties = 0.25;
    scenario.pairs[0].reach = 0.8;

    struct spiral_plan *plan = spiral_test_plan(&scenario, &constants, NULL);

    assert_near(plan->initial_arms[TRIAD_SMALL], 0.2);
    assert_near(plan->initial_arms[TRIAD_OFFSHORE], 0.33); /* -1: the resting level */
    assert_near(plan->border[0], 0.5 * (0.4 + 0.6 * 0.25));
    assert_near(plan->stake[0], 0.5 * (1.0 + plan->constants.bond * 0.25));
    assert_near(plan->near[0], 0.5); /* .8 / 4 is less */

    /* the pair O-N is written against the order of the states: [0] is O about N */
    const int n_about_o = spiral_layout_perception(&plan->layout, TRIAD_NEIGHBOUR, TRIAD_OFFSHORE);
    const int o_about_n = spiral_layout_perception(&plan->layout, TRIAD_OFFSHORE, TRIAD_NEIGHBOUR);

    assert_near(plan->initial_threat[o_about_n], 0.7);
    assert_near(plan->initial_threat[n_about_o], 0.4);
    assert_near(plan->initial_grievance[o_about_n], 0.5);
    assert_near(plan->initial_grievance[n_about_o], 0.0);
    assert_near(plan->initial_othering[n_about_o], 0.1);
    assert_near(plan->initial_commitment[0], 0.1);
    assert_near(plan->initial_presence[0], 0.6);
    assert_near(plan->initial_credulity[1], 1.0);
    assert_near(plan->initial_hostility[0], 1.0);
    assert_near(plan->initial_contested[0], 0.4);
    assert_near(plan->initial_accustomed[0], 0.5 * (1.0 - 0.4)); /* align (1 - empathy) */
    assert_near(plan->initial_orientation[1], -0.4);
    assert_near(plan->kin[1], 0.53);
    assert_near(plan->weight[0], 0.52);
    spiral_plan_destroy(plan);
    spiral_scenario_clear(&scenario);
}

static void test_pairs_not_listed_and_far_reach(void **unused)
{
    (void)unused;
    struct spiral_scenario scenario;

    spiral_test_dyad(&scenario);
    scenario.pairs[0].proximity = 0.1;
    scenario.pairs[0].reach = 0.8;

    struct spiral_plan *plan = spiral_test_plan(&scenario, NULL, NULL);

    assert_near(plan->near[0], 0.2);
    spiral_plan_destroy(plan);
    scenario.pair_count = 0; /* the pair keeps no memory */
    plan = spiral_test_plan(&scenario, NULL, NULL);
    assert_near(plan->near[0], 0.0);
    assert_near(plan->trade[0], 0.0);
    assert_near(plan->initial_threat[0], 0.0);
    assert_near(plan->initial_hostility[0], 1.0);
    assert_near(plan->constraint[0], 0.3 * 0.75);
    spiral_plan_destroy(plan);
    spiral_scenario_clear(&scenario);
}

static void test_observed_levels(void **unused)
{
    (void)unused;
    struct spiral_scenario scenario;

    spiral_test_dyad(&scenario);
    spiral_test_observe(&scenario, 2001.0, 1, 0, 3);
    spiral_test_observe(&scenario, 2000.5, 0, 1, 2); /* not in order */
    spiral_test_observe(&scenario, 2002.0, 0, 1, 4);
    spiral_test_observe(&scenario, 2002.0, 0, 1, 1); /* the later line of one date */

    struct spiral_plan *plan = spiral_test_plan(&scenario, NULL, NULL);

    /* the end of the step that holds the date: 2000.5 is the end of the sixth step */
    static const struct {
        long step;
        int level;
    } known[] = {{0, 0}, {4, 0}, {5, 2}, {10, 2}, {11, 3}, {22, 3}, {23, 1}, {119, 1}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        assert_int_equal(plan->observed[known[i].step], known[i].level);

    spiral_plan_destroy(plan);
    spiral_scenario_clear(&scenario);
}

static void test_step_and_horizon(void **unused)
{
    (void)unused;
    static const struct {
        double dt, until;
        long steps;
    } good[] = {{0.0, 0.0, 120},    {0.25, 0.0, 40},  {1.0 / 52.0, 2001.0, 52},
                {0.0, 2015.0, 180}, {1.0, 2001.0, 1}, {0.0, 2000.0 + 1.0 / 12.0, 1}};

    struct spiral_scenario scenario;

    spiral_test_dyad(&scenario);
    spiral_test_knot(&scenario.states[0].power, 2010.0, 0.4);

    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        struct spiral_plan_options options = spiral_plan_options_defaults();
        options.dt = good[i].dt;
        options.until = good[i].until;

        struct spiral_plan *plan = spiral_test_plan(&scenario, NULL, &options);
        assert_int_equal(plan->steps, good[i].steps);
        if (good[i].until > 2010.0)
            assert_near(plan->power[2 * 150], 0.4); /* beyond its end the last value holds */
        spiral_plan_destroy(plan);
    }

    spiral_scenario_clear(&scenario);
}

static void test_options_that_do_not_fit(void **unused)
{
    (void)unused;
    static const struct {
        double dt, until;
        const char *says;
    } bad[] = {{-0.1, 0.0, "the step must be"},
               {1.5, 0.0, "the step must be"},
               {0.0, 1999.0, "the end must be after"},
               {0.0, 2000.0, "the end must be after"},
               {0.3, 2001.0, "not a whole number of steps"},
               {0.0, 2000.05, "not a whole number of steps"},
               {1.0, 2000.25, "not a whole number of steps"}};

    struct spiral_scenario scenario;
    const struct spiral_constants constants = spiral_constants_defaults();

    spiral_test_dyad(&scenario);

    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct spiral_plan_options options = spiral_plan_options_defaults();
        struct spiral_error error = {0};
        struct spiral_plan *plan = (struct spiral_plan *)&scenario;
        options.dt = bad[i].dt;
        options.until = bad[i].until;
        assert_int_equal(spiral_plan_create(&plan, &scenario, &constants, &options, &error),
                         SPIRAL_BAD_INPUT);
        assert_null(plan);
        assert_int_equal(error.status, SPIRAL_BAD_INPUT);
        assert_non_null(strstr(error.message, bad[i].says));
    }

    struct spiral_plan_options options = spiral_plan_options_defaults();
    struct spiral_plan *plan;

    scenario.states[1].role = SPIRAL_OFFSHORE;
    assert_int_equal(spiral_plan_create(&plan, &scenario, &constants, &options, NULL),
                     SPIRAL_BAD_INPUT);
    assert_null(plan);
    spiral_scenario_clear(&scenario);
}

static void test_memory_that_fails(void **unused)
{
    (void)unused;
    struct spiral_scenario scenario;
    const struct spiral_constants constants = spiral_constants_defaults();
    const struct spiral_plan_options options = spiral_plan_options_defaults();

    spiral_test_triad(&scenario);

    enum spiral_status status = SPIRAL_NO_MEMORY;
    long n = 0;

    for (; status != SPIRAL_OK && n < 100; n++) {
        struct spiral_error error = {0};
        struct spiral_plan *plan = NULL;
        spiral_test_memory.until_failure = n;
        status = spiral_plan_create(&plan, &scenario, &constants, &options, &error);
        spiral_test_memory.until_failure = -1;

        if (status != SPIRAL_OK) {
            assert_int_equal(status, SPIRAL_NO_MEMORY);
            assert_int_equal(error.status, SPIRAL_NO_MEMORY);
            assert_null(plan);
        }

        spiral_plan_destroy(plan);
    }

    assert_int_equal(n - 1, 8); /* eight allocations */
    spiral_scenario_clear(&scenario);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_facts_by_hand),
        cmocka_unit_test(test_initial_values),
        cmocka_unit_test(test_pairs_not_listed_and_far_reach),
        cmocka_unit_test(test_observed_levels),
        cmocka_unit_test(test_step_and_horizon),
        cmocka_unit_test(test_options_that_do_not_fit),
        cmocka_unit_test(test_memory_that_fails),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
