/* SPDX-License-Identifier: MIT */
/* Ensembles: the collector sees every run once and in order; ladders by step and by year against
 * levels watched one run at a time. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "sim/ensemble.h"
#include "sim/step.h"
#include "tests/support/build_scenario.h"

enum { RUNS = 100 };

static struct spiral_plan *plan_of(void (*build)(struct spiral_scenario *scenario),
                                   double start_shift)
{
    struct spiral_scenario scenario;

    build(&scenario);
    scenario.start -= start_shift;
    struct spiral_plan *plan = spiral_test_plan(&scenario, NULL, NULL);

    spiral_scenario_clear(&scenario);
    return plan;
}

struct log {
    uint64_t expected;
    uint64_t wars;
    uint64_t forces;
};

static void note(void *context, uint64_t stream, const union spiral_outcome *outcome)
{
    struct log *log = context;

    assert_true(stream == log->expected);
    log->expected++;
    log->wars += outcome->war > 0.0;
    log->forces += outcome->force > 0.0;

    for (int i = 0; i < SPIRAL_OUTCOMES; i++) {
        const struct spiral_field *field = &spiral_outcome_fields[i];
        assert_true(outcome->value[i] >= field->low && outcome->value[i] <= field->high);
    }

    assert_near(outcome->time_at_1 + outcome->time_at_2 + outcome->time_at_3 + outcome->time_at_4 +
                    outcome->time_at_5,
                1.0);
    assert_near(outcome->in_diversified_balance + outcome->in_controllable_risk +
                    outcome->in_limited_balance + outcome->in_trap,
                1.0);
    assert_true((outcome->diagnosis > 0.0) == (outcome->force > 0.0));
    assert_true((outcome->force_date > 0.0) == (outcome->force > 0.0));
}

static void test_every_run_once_in_order(void **unused)
{
    (void)unused;
    struct spiral_plan *plan = plan_of(spiral_test_octet, 0.0);
    struct spiral_batch *batch = spiral_batch_create();
    struct spiral_collector collector;
    struct log log = {.expected = 1000};

    assert_non_null(batch);
    assert_int_equal(spiral_collector_init(&collector, plan, false, false), SPIRAL_OK);
    assert_null(collector.fan);
    collector.each_run = note;
    collector.context = &log;
    spiral_ensemble_run(batch, plan, 7, 1000, 0, &collector);
    assert_true(log.expected == 1000 && collector.hash == 0);
    spiral_ensemble_run(batch, plan, 7, 1000, RUNS + 1, &collector);
    assert_true(log.expected == 1000 + RUNS + 1);
    assert_true(collector.tally->runs == RUNS + 1);
    assert_true(spiral_tally_wars(collector.tally, plan->steps) == log.wars);
    assert_true(spiral_tally_forces(collector.tally, plan->steps) == log.forces);
    assert_true(log.forces > 0 && log.forces >= log.wars);
    for (long i = 0; i < (plan->steps + 1) * 5; i++)
        assert_true(collector.tally->ladder[i] == 0); /* not asked for */

    spiral_collector_clear(&collector);
    spiral_batch_destroy(batch);
    spiral_plan_destroy(plan);
}

/* Counts the ladders of one run, in lane 0 of a batch of its own, into `tally`. */
static void count_one(struct spiral_tally *tally, struct spiral_batch *batch,
                      const struct spiral_plan *plan, uint64_t run)
{
    const struct spiral_plan *plans[SPIRAL_LANES];
    uint64_t stream[SPIRAL_LANES];
    int highest[SPIRAL_MAX_RIVAL] = {0};
    const int rivals = plan->layout.count[SPIRAL_OF_RIVAL];

    for (int l = 0; l < SPIRAL_LANES; l++) {
        plans[l] = plan;
        stream[l] = run;
    }

    spiral_batch_start(batch, plans, 7, stream);
    int year = tally->first_year;

    while (batch->step < batch->steps) {
        const int began = (int)(spiral_plan_date(plan, batch->step) + 1e-6);
        for (int q = 0; q < rivals && began > year; q++) {
            tally->year_highest[((year - tally->first_year) * rivals + q) * 5 + highest[q] - 1]++;
            highest[q] = 0;
        }

        year = began;
        spiral_step(batch);

        int worst = 1;

        for (int q = 0; q < rivals; q++) {
            const int level = (int)spiral_batch_state(batch)->hostility[q][0];
            highest[q] = level > highest[q] ? level : highest[q];
            worst = level > worst ? level : worst;
        }

        tally->ladder[batch->step * 5 + worst - 1]++;
    }

    for (int q = 0; q < rivals; q++)
        tally->year_highest[((year - tally->first_year) * rivals + q) * 5 + highest[q] - 1]++;
}

static void check_ladders(const struct spiral_plan *plan)
{
    struct spiral_batch *batch = spiral_batch_create();
    struct spiral_collector collector;
    struct spiral_tally *expected;

    assert_non_null(batch);
    assert_int_equal(spiral_tally_create(&expected, plan), SPIRAL_OK);
    assert_int_equal(spiral_collector_init(&collector, plan, true, true), SPIRAL_OK);
    spiral_ensemble_run(batch, plan, 7, 0, RUNS, &collector);
    for (uint64_t run = 0; run < RUNS; run++)
        count_one(expected, batch, plan, run);

    assert_true(collector.fan->runs == RUNS);
    assert_memory_equal(collector.tally->ladder, expected->ladder,
                        (size_t)(plan->steps + 1) * 5 * sizeof(uint64_t));
    assert_memory_equal(collector.tally->year_highest, expected->year_highest,
                        (size_t)(expected->years * expected->rivals) * 5 * sizeof(uint64_t));

    for (int year = 0; year < expected->years * expected->rivals; year++) {
        uint64_t sum = 0;
        for (int level = 0; level < 5; level++)
            sum += collector.tally->year_highest[year * 5 + level];

        assert_true(sum == RUNS); /* each run once a year and pair */
    }

    spiral_tally_destroy(expected);
    spiral_collector_clear(&collector);
    spiral_batch_destroy(batch);
}

static void test_ladders(void **unused)
{
    (void)unused;
    static void (*const builds[])(struct spiral_scenario *) = {spiral_test_triad, spiral_test_octet,
                                                               spiral_test_dyad};

    for (size_t i = 0; i < sizeof builds / sizeof *builds; i++) {
        struct spiral_plan *whole_years = plan_of(builds[i], 0.0);
        struct spiral_plan *part_of_a_year = plan_of(builds[i], 1.0 / 12.0);
        check_ladders(whole_years);
        check_ladders(part_of_a_year);
        spiral_plan_destroy(whole_years);
        spiral_plan_destroy(part_of_a_year);
    }
}

/* Merging two collectors is collecting all at once; fans only where both have one. */
static void test_merging(void **unused)
{
    (void)unused;
    struct spiral_plan *plan = plan_of(spiral_test_triad, 0.0);
    struct spiral_batch *batch = spiral_batch_create();
    struct spiral_collector whole;
    struct spiral_collector first;
    struct spiral_collector second;
    struct spiral_collector bare;

    assert_non_null(batch);
    assert_int_equal(spiral_collector_init(&whole, plan, true, true), SPIRAL_OK);
    assert_int_equal(spiral_collector_init(&first, plan, true, true), SPIRAL_OK);
    assert_int_equal(spiral_collector_init(&second, plan, true, true), SPIRAL_OK);
    assert_int_equal(spiral_collector_init(&bare, plan, false, false), SPIRAL_OK);
    spiral_ensemble_run(batch, plan, 7, 0, RUNS, &whole);
    spiral_ensemble_run(batch, plan, 7, 0, 33, &first);
    spiral_ensemble_run(batch, plan, 7, 33, RUNS - 33, &second);
    spiral_ensemble_run(batch, plan, 7, RUNS, 1, &bare);
    spiral_collector_merge(&second, &first);
    assert_true(second.hash == whole.hash && second.fan->runs == RUNS);
    assert_memory_equal(second.tally->sum, whole.tally->sum, sizeof whole.tally->sum);
    assert_memory_equal(second.fan->sum, whole.fan->sum,
                        (size_t)plan->steps * SPIRAL_QUANTITIES * sizeof(uint64_t));

    const uint64_t alone = bare.hash;

    spiral_collector_merge(&bare, &whole);
    assert_null(bare.fan);
    assert_true(bare.hash == whole.hash + alone && bare.tally->runs == RUNS + 1);
    spiral_collector_merge(&whole, &bare);
    assert_true(whole.fan->runs == RUNS);

    struct spiral_collector *const all[] = {&whole, &first, &second, &bare};

    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        spiral_collector_clear(all[i]);

    spiral_batch_destroy(batch);
    spiral_plan_destroy(plan);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_run_once_in_order),
        cmocka_unit_test(test_ladders),
        cmocka_unit_test(test_merging),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
