/* SPDX-License-Identifier: MIT */
/* failing memory */
/* Tallies: counts and sums against hand-computed ones, merging in any order and pieces,
 * quantiles, memory that fails. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "sim/random.h"
#include "sim/tally.h"
#include "tests/support/build_scenario.h"
#include "tests/support/failing_memory.h"

static struct spiral_plan *plan;

static int set_up(void **unused)
{
    (void)unused;
    struct spiral_scenario scenario;

    spiral_test_dyad(&scenario); /* 2000 to 2010, 120 steps */
    plan = spiral_test_plan(&scenario, NULL, NULL);
    spiral_scenario_clear(&scenario);
    return 0;
}

static int tear_down(void **unused)
{
    (void)unused;
    spiral_plan_destroy(plan);
    return 0;
}

static struct spiral_tally *new_tally(void)
{
    struct spiral_tally *tally;
    assert_int_equal(spiral_tally_create(&tally, plan), SPIRAL_OK);
    return tally;
}

/* A run with force after `force` steps and war after `war` (0: none), and this mean threat. */
static union spiral_outcome run_of(int force, int war, double threat)
{
    union spiral_outcome run;

    memset(&run, 0, sizeof run);
    run.force = force > 0;
    run.war = war > 0;
    run.force_date = force > 0 ? spiral_plan_date(plan, force) : NAN;
    run.war_date = war > 0 ? spiral_plan_date(plan, war) : NAN;
    run.highest = war > 0 ? 5.0 : force > 0 ? 4.0 : 1.0;
    run.mean_threat_small = threat;

    return run;
}

static void test_counts_and_moments(void **unused)
{
    (void)unused;
    static const struct {
        int force, war;
        double threat;
    } runs[] = {{0, 0, 0.25}, {12, 24, 0.5}, {12, 0, 0.75}, {120, 120, 0.5}};

    struct spiral_tally *tally = new_tally();

    assert_near(spiral_tally_mean(tally, SPIRAL_OUTCOME_war), 0.0); /* no runs */
    assert_near(spiral_tally_deviation(tally, SPIRAL_OUTCOME_war_date), 0.0);

    for (size_t i = 0; i < sizeof runs / sizeof *runs; i++) {
        const union spiral_outcome run = run_of(runs[i].force, runs[i].war, runs[i].threat);
        spiral_tally_add(tally, 0, &run);
    }

    assert_true(tally->runs == 4);
    assert_near(spiral_tally_mean(tally, SPIRAL_OUTCOME_war), 0.5);
    assert_near(spiral_tally_deviation(tally, SPIRAL_OUTCOME_war), 0.5);
    assert_near(spiral_tally_mean(tally, SPIRAL_OUTCOME_force), 0.75);
    assert_near(spiral_tally_mean(tally, SPIRAL_OUTCOME_mean_threat_small), 0.5);
    assert_near(spiral_tally_deviation(tally, SPIRAL_OUTCOME_mean_threat_small) *
                    spiral_tally_deviation(tally, SPIRAL_OUTCOME_mean_threat_small),
                0.03125);
    assert_near(spiral_tally_mean(tally, SPIRAL_OUTCOME_highest), (1.0 + 5.0 + 4.0 + 5.0) / 4.0);

    /* dates: years after the start, over the runs that have one: 2 and 10; 1, 1 and 10 */
    assert_near(spiral_tally_mean(tally, SPIRAL_OUTCOME_war_date), 6.0);
    assert_near(spiral_tally_deviation(tally, SPIRAL_OUTCOME_war_date), 4.0);
    assert_near(spiral_tally_mean(tally, SPIRAL_OUTCOME_force_date), 4.0);
    assert_true(tally->war_by_step[24] == 1 && tally->war_by_step[120] == 1 &&
                tally->force_by_step[12] == 2 && tally->force_by_step[120] == 1);
    assert_true(spiral_tally_wars(tally, 23) == 0 && spiral_tally_wars(tally, 24) == 1 &&
                spiral_tally_wars(tally, 120) == 2);
    assert_true(spiral_tally_forces(tally, 11) == 0 && spiral_tally_forces(tally, 12) == 2 &&
                spiral_tally_forces(tally, 120) == 3);
    spiral_tally_destroy(tally);
}

static void test_quantiles(void **unused)
{
    (void)unused;
    struct spiral_tally *tally = new_tally();

    assert_int_equal(spiral_tally_war_quantile(tally, 0.5), -1);

    for (int i = 1; i <= 10; i++) {
        const union spiral_outcome run = run_of(i, 10 * i, 0.1),
                                   quiet = run_of(0, 0, 0.1); /* quiet runs do not count */
        spiral_tally_add(tally, 0, &run);
        spiral_tally_add(tally, 0, &quiet);
    }

    assert_int_equal(spiral_tally_war_quantile(tally, 0.5), 50);
    assert_int_equal(spiral_tally_war_quantile(tally, 0.51), 60);
    assert_int_equal(spiral_tally_war_quantile(tally, 0.05), 10);
    assert_int_equal(spiral_tally_war_quantile(tally, 0.95), 100);
    assert_int_equal(spiral_tally_war_quantile(tally, 1.0), 100);
    assert_int_equal(spiral_tally_war_quantile(tally, 1.5), 120); /* more than there are: the end */
    assert_int_equal(spiral_tally_force_quantile(tally, 0.5), 5);
    assert_int_equal(spiral_tally_force_quantile(tally, 1.0), 10);
    spiral_tally_destroy(tally);
}

static void assert_same(const struct spiral_tally *a, const struct spiral_tally *b)
{
    const size_t steps = (size_t)a->steps + 1;

    assert_true(a->runs == b->runs);
    assert_memory_equal(a->sum, b->sum, sizeof a->sum);
    assert_memory_equal(a->square, b->square, sizeof a->square);
    assert_memory_equal(a->war_by_step, b->war_by_step, steps * sizeof(uint64_t));
    assert_memory_equal(a->force_by_step, b->force_by_step, steps * sizeof(uint64_t));
    assert_memory_equal(a->ladder, b->ladder, steps * 5 * sizeof(uint64_t));
    assert_memory_equal(a->year_highest, b->year_highest,
                        (size_t)(a->years * a->rivals) * 5 * sizeof(uint64_t));
}

/* 3000 runs into one tally, and dealt out to seven that are merged forwards and backwards. */
static void test_merging_is_exact_in_any_order(void **unused)
{
    (void)unused;
    enum { PARTS = 7, RUNS = 3000 };
    struct spiral_random random = spiral_random_seed(8, 8);
    struct spiral_tally *whole = new_tally();
    struct spiral_tally *forwards = new_tally();
    struct spiral_tally *backwards = new_tally();
    struct spiral_tally *parts[PARTS];

    for (int i = 0; i < PARTS; i++)
        parts[i] = new_tally();

    for (int i = 0; i < RUNS; i++) {
        const int force = (int)(spiral_random_next(&random) % 121);
        const int war =
            force == 0 ? 0 : force + (int)(spiral_random_next(&random) % (uint32_t)(121 - force));
        const union spiral_outcome run =
            run_of(force, war, spiral_uniform(spiral_random_next(&random)));
        struct spiral_tally *part = parts[spiral_random_next(&random) % PARTS];
        spiral_tally_add(whole, 0, &run);
        spiral_tally_add(part, 0, &run);
        whole->ladder[i % 605]++;
        part->ladder[i % 605]++;
        whole->year_highest[i % 50]++;
        part->year_highest[i % 50]++;
    }

    for (int i = 0; i < PARTS; i++) {
        spiral_tally_merge(forwards, parts[i]);
        spiral_tally_merge(backwards, parts[PARTS - 1 - i]);
    }

    assert_same(whole, forwards);
    assert_same(whole, backwards);
    for (int i = 0; i < PARTS; i++)
        spiral_tally_destroy(parts[i]);

    spiral_tally_destroy(whole);
    spiral_tally_destroy(forwards);
    spiral_tally_destroy(backwards);
}

static void test_years(void **unused)
{
    (void)unused;
    struct spiral_scenario scenario;
    struct spiral_plan_options options = spiral_plan_options_defaults();
    struct spiral_tally *tally = new_tally();

    assert_int_equal(tally->first_year, 2000);
    assert_int_equal(tally->years, 10);
    spiral_tally_destroy(tally);
    spiral_test_dyad(&scenario);
    scenario.start = 2000.0 - 1.0 / 12.0;
    options.until = 2003.0 + 1.0 / 12.0;

    struct spiral_plan *across = spiral_test_plan(&scenario, NULL, &options);

    assert_int_equal(spiral_tally_create(&tally, across), SPIRAL_OK);
    assert_int_equal(tally->first_year, 1999);
    assert_int_equal(tally->years, 5);
    spiral_tally_destroy(tally);
    spiral_plan_destroy(across);
    spiral_scenario_clear(&scenario);
}

static void test_memory_that_fails(void **unused)
{
    (void)unused;
    struct spiral_tally *tally;

    for (long n = 0; n < 5; n++) {
        tally = (struct spiral_tally *)plan;
        spiral_test_memory.until_failure = n;

        const enum spiral_status status = spiral_tally_create(&tally, plan);
        spiral_test_memory.until_failure = -1;
        assert_int_equal(status, SPIRAL_NO_MEMORY);
        assert_null(tally);
    }

    spiral_test_memory.until_failure = 5;
    assert_int_equal(spiral_tally_create(&tally, plan), SPIRAL_OK);
    spiral_test_memory.until_failure = -1;
    spiral_tally_destroy(tally);
    spiral_tally_destroy(NULL);
}

#define UNIT(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        UNIT(test_counts_and_moments),
        UNIT(test_quantiles),
        UNIT(test_merging_is_exact_in_any_order),
        UNIT(test_years),
        UNIT(test_memory_that_fails),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
