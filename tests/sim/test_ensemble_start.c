/* SPDX-License-Identifier: MIT */
/* Ensembles that begin at a snapshot. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "sim/ensemble.h"
#include "sim/step.h"
#include "tests/support/build_scenario.h"

enum { SEED = 3, RUNS = 3 * SPIRAL_LANES + 5, STEPS = 360 };

/* The triad's plan; the caller destroys it. */
static struct spiral_plan *triad_plan(void)
{
    struct spiral_scenario scenario;
    struct spiral_constants constants = spiral_test_constants();

    spiral_test_triad(&scenario);
    struct spiral_plan *plan = spiral_test_plan(&scenario, &constants, NULL);
    spiral_scenario_clear(&scenario);

    return plan;
}

/* Stream 0 after so many steps. */
static struct spiral_snapshot snapshot_at(const struct spiral_plan *plan, long step)
{
    struct spiral_snapshot snapshot;
    struct spiral_batch *batch = spiral_test_batch(plan, SEED);

    memset(&snapshot, 0, sizeof snapshot);
    while (batch->step < step)
        spiral_step(batch);
    spiral_snapshot_take(&snapshot, batch, 0);
    spiral_batch_destroy(batch);

    return snapshot;
}

/* Runs RUNS streams from a snapshot, in two calls of uneven size. */
static struct spiral_collector collect_from(const struct spiral_plan *plan,
                                            const struct spiral_snapshot *snapshot, bool war,
                                            bool force)
{
    const struct spiral_ensemble_start start = {.snapshot = snapshot, .war = war, .force = force};
    struct spiral_collector collector;
    struct spiral_batch *batch = spiral_batch_create();

    assert_int_equal(spiral_collector_init(&collector, plan, true, false), SPIRAL_OK);
    spiral_ensemble_run_from(batch, plan, &start, SEED, 1, 7, &collector);
    spiral_ensemble_run_from(batch, plan, &start, SEED, 8, RUNS - 7, &collector);
    spiral_fan_settle(collector.fan);
    spiral_batch_destroy(batch);

    return collector;
}

/* A snapshot of the start is the start: every count, sum and bin is that of the ordinary
 * ensemble. */
static void test_from_the_start_it_is_the_ordinary_ensemble(void **unused)
{
    (void)unused;
    struct spiral_plan *plan = triad_plan();
    const struct spiral_snapshot snapshot = snapshot_at(plan, 0);
    struct spiral_collector from = collect_from(plan, &snapshot, false, false);
    struct spiral_collector whole;
    struct spiral_batch *batch = spiral_batch_create();

    assert_int_equal(spiral_collector_init(&whole, plan, true, false), SPIRAL_OK);
    spiral_ensemble_run(batch, plan, SEED, 1, RUNS, &whole);

    assert_true(from.hash == whole.hash);
    assert_true(from.tally->runs == RUNS && from.fan->runs == RUNS);
    assert_memory_equal(from.tally->sum, whole.tally->sum, sizeof whole.tally->sum);
    assert_memory_equal(from.tally->square, whole.tally->square, sizeof whole.tally->square);
    assert_memory_equal(from.tally->diagnosis, whole.tally->diagnosis,
                        sizeof whole.tally->diagnosis);
    assert_memory_equal(from.tally->war_by_step, whole.tally->war_by_step,
                        (STEPS + 1) * sizeof(uint64_t));
    assert_memory_equal(from.fan->sum, whole.fan->sum,
                        STEPS * SPIRAL_QUANTITIES * sizeof(uint64_t));
    assert_memory_equal(from.fan->count, whole.fan->count,
                        (size_t)STEPS * SPIRAL_QUANTITIES * SPIRAL_FAN_BINS * sizeof(uint32_t));

    spiral_collector_clear(&from);
    spiral_collector_clear(&whole);
    spiral_batch_destroy(batch);
    spiral_plan_destroy(plan);
}

/* What came before the snapshot is counted at its step, in every run, and without a diagnosis. */
static void test_earlier_war_is_counted_at_the_snapshot(void **unused)
{
    (void)unused;
    struct spiral_plan *plan = triad_plan();
    const struct spiral_snapshot snapshot = snapshot_at(plan, 100);
    struct spiral_collector collector = collect_from(plan, &snapshot, true, true);
    const struct spiral_tally *tally = collector.tally;

    assert_true(spiral_tally_wars(tally, 99) == 0 && spiral_tally_forces(tally, 99) == 0);
    assert_true(spiral_tally_wars(tally, 100) == RUNS && spiral_tally_forces(tally, 100) == RUNS);
    assert_true(spiral_tally_wars(tally, STEPS) == RUNS);
    assert_true(tally->diagnosis[SPIRAL_DIAGNOSIS_none] == RUNS);

    spiral_collector_clear(&collector);
    spiral_plan_destroy(plan);
}

/* Means are of the steps after the snapshot: the times at the five levels sum to 1 in every run,
 * and the fan knows nothing of the steps before it. */
static void test_means_are_of_the_steps_after_it(void **unused)
{
    (void)unused;
    struct spiral_plan *plan = triad_plan();
    const struct spiral_snapshot snapshot = snapshot_at(plan, 240);
    struct spiral_collector collector = collect_from(plan, &snapshot, false, false);
    double time = 0.0;
    uint64_t before = 0;
    uint64_t after = 0;

    for (int level = 0; level < 5; level++)
        time += spiral_tally_mean(collector.tally,
                                  (enum spiral_outcome_name)(SPIRAL_OUTCOME_time_at_1 + level));
    assert_within(time, 1.0, 1e-8);

    for (int bin = 0; bin < SPIRAL_FAN_BINS; bin++) {
        before += collector.fan->count[239 * SPIRAL_QUANTITIES * SPIRAL_FAN_BINS + bin];
        after += collector.fan->count[240 * SPIRAL_QUANTITIES * SPIRAL_FAN_BINS + bin];
    }

    assert_true(before == 0 && after == RUNS);

    spiral_collector_clear(&collector);
    spiral_plan_destroy(plan);
}

/* At the end there is no step left: the runs are counted, and nothing divides by 0. */
static void test_from_the_end_no_step_is_left(void **unused)
{
    (void)unused;
    struct spiral_plan *plan = triad_plan();
    const struct spiral_snapshot snapshot = snapshot_at(plan, STEPS);
    struct spiral_collector collector = collect_from(plan, &snapshot, false, true);

    assert_true(collector.tally->runs == RUNS);
    assert_true(spiral_tally_forces(collector.tally, STEPS) == RUNS);
    assert_true(spiral_tally_wars(collector.tally, STEPS) == 0);
    assert_true(spiral_tally_mean(collector.tally, SPIRAL_OUTCOME_mean_commitment) == 0.0);

    spiral_collector_clear(&collector);
    spiral_plan_destroy(plan);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_from_the_start_it_is_the_ordinary_ensemble),
        cmocka_unit_test(test_earlier_war_is_counted_at_the_snapshot),
        cmocka_unit_test(test_means_are_of_the_steps_after_it),
        cmocka_unit_test(test_from_the_end_no_step_is_left),
    };

    return cmocka_run_group_tests_name("sim/ensemble_start", tests, NULL, NULL);
}
