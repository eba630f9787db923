/* SPDX-License-Identifier: MIT */
/* failing memory */
/* Fans: mean and quantiles against the sorted numbers themselves, exact merging, ends of the
 * range, memory that fails. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "sim/ensemble.h"
#include "sim/step.h"
#include "tests/support/build_scenario.h"
#include "tests/support/failing_memory.h"

enum { RUNS = 9 * SPIRAL_LANES + 5, /* more than a stage */ STEPS = 60 };
static struct spiral_plan *plan;
static double seen[SPIRAL_QUANTITIES][STEPS][RUNS];

static int set_up(void **unused)
{
    (void)unused;
    struct spiral_scenario scenario;
    struct spiral_plan_options options = spiral_plan_options_defaults();

    options.until = 1995.0;
    spiral_test_triad(&scenario);
    plan = spiral_test_plan(&scenario, NULL, &options);
    spiral_scenario_clear(&scenario);

    return 0;
}

static int tear_down(void **unused)
{
    (void)unused;
    spiral_plan_destroy(plan);
    return 0;
}

static int ascending(const void *a, const void *b)
{
    const double x = *(const double *)a;
    const double y = *(const double *)b;

    return (x > y) - (x < y);
}

/* Runs all, shows the fans their lanes, and keeps every number. The runs go to `whole`, and in
 * turns to one of the two parts. */
static void collect(struct spiral_fan *whole, struct spiral_fan *const parts[2])
{
    struct spiral_batch *batch = spiral_test_batch(plan, 3);
    const struct spiral_plan *plans[SPIRAL_LANES];
    uint64_t stream[SPIRAL_LANES];
    double quantity[SPIRAL_QUANTITIES];

    for (int run = 0; run < RUNS; run += SPIRAL_LANES) {
        const int live = RUNS - run < SPIRAL_LANES ? RUNS - run : SPIRAL_LANES;
        for (int l = 0; l < SPIRAL_LANES; l++) {
            plans[l] = plan;
            stream[l] = (uint64_t)(run + l);
        }

        spiral_batch_start(batch, plans, 3, stream);
        for (int step = 0; step < STEPS; step++) {
            spiral_step(batch);
            spiral_fan_watch(whole, batch, live);
            spiral_fan_watch(parts[run / SPIRAL_LANES % 2], batch, live);

            for (int l = 0; l < live; l++) {
                spiral_quantities(batch, l, quantity);
                for (int i = 0; i < SPIRAL_QUANTITIES; i++)
                    seen[i][step][run + l] = quantity[i];
            }
        }
    }

    spiral_fan_settle(whole);
    spiral_fan_settle(parts[0]);
    spiral_fan_settle(parts[1]);
    spiral_batch_destroy(batch);
}

/* A number as a fan keeps it: within the table's range. */
static double kept(const struct spiral_field *field, double value)
{
    return value < field->low ? field->low : value > field->high ? field->high : value;
}

static void check_place(const struct spiral_fan *fan, long step, enum spiral_quantity quantity)
{
    static const double shares[] = {0.05, 0.25, 0.5, 0.75, 0.95, 1.0};
    const struct spiral_field *field = &spiral_quantity_fields[quantity];
    const double half_bin = 0.5 * (field->high - field->low) / (SPIRAL_FAN_BINS - 1) + 1e-9;
    double sorted[RUNS];
    double mean = 0.0;

    for (int i = 0; i < RUNS; i++) {
        sorted[i] = kept(field, seen[quantity][step][i]);
        mean += sorted[i] / RUNS;
    }

    qsort(sorted, RUNS, sizeof *sorted, ascending);
    const double off = spiral_fan_mean(fan, step, quantity) - mean;
    const double fine = (field->high - field->low) * 1e-6;

    assert_true(off < fine && off > -fine);

    for (size_t i = 0; i < sizeof shares / sizeof *shares; i++) {
        const double true_quantile = sorted[(int)(shares[i] * RUNS + 0.999999) -
                                            1]; /* the least that this share is at or below */
        const double apart = spiral_fan_quantile(fan, step, quantity, shares[i]) - true_quantile;
        assert_true(apart <= half_bin && apart >= -half_bin);
    }

    const double least = spiral_fan_quantile(fan, step, quantity, 0.0) - sorted[0];

    assert_true(least <= half_bin && least >= -half_bin);
}

static void test_against_sorted_numbers(void **unused)
{
    (void)unused;
    struct spiral_fan *whole;
    struct spiral_fan *parts[2];

    assert_int_equal(spiral_fan_create(&whole, plan), SPIRAL_OK);
    assert_int_equal(spiral_fan_create(&parts[0], plan), SPIRAL_OK);
    assert_int_equal(spiral_fan_create(&parts[1], plan), SPIRAL_OK);
    collect(whole, parts);
    assert_true(whole->runs == RUNS);
    for (long step = 0; step < STEPS; step++)
        for (int i = 0; i < SPIRAL_QUANTITIES; i++)
            check_place(whole, step, (enum spiral_quantity)i);

    const size_t places = STEPS * SPIRAL_QUANTITIES;

    spiral_fan_merge(parts[1], parts[0]); /* the wrong way round: the same */
    assert_true(parts[1]->runs == RUNS);
    assert_memory_equal(parts[1]->count, whole->count,
                        places * SPIRAL_FAN_BINS * sizeof *whole->count);
    assert_memory_equal(parts[1]->sum, whole->sum, places * sizeof *whole->sum);
    spiral_fan_destroy(whole);
    spiral_fan_destroy(parts[0]);
    spiral_fan_destroy(parts[1]);
}

/* A fan that keeps less has the same means, and the same histograms of what has bands; so has one
 * whose collector was made like its collector. What is left out stays empty. */
static void test_what_is_kept(void **unused)
{
    (void)unused;
    const uint32_t bands = SPIRAL_QUANTITY_SET(SPIRAL_QUANTITY_escalation) |
                           SPIRAL_QUANTITY_SET(SPIRAL_QUANTITY_dependence);
    const uint32_t means = bands | SPIRAL_QUANTITY_SET(SPIRAL_QUANTITY_threat_small);
    struct spiral_collector model;
    struct spiral_collector less;
    struct spiral_fan *whole;

    assert_int_equal(spiral_collector_init(&model, plan, true, false), SPIRAL_OK);
    spiral_fan_keep(model.fan, means, bands);
    assert_int_equal(spiral_collector_init_like(&less, plan, &model), SPIRAL_OK);
    assert_int_equal(spiral_fan_create(&whole, plan), SPIRAL_OK);
    collect(whole, (struct spiral_fan *const[]){model.fan, less.fan});
    spiral_fan_merge(less.fan, model.fan);
    assert_true(less.fan->runs == whole->runs);

    for (size_t step = 0; step < STEPS; step++)
        for (int q = 0; q < SPIRAL_QUANTITIES; q++) {
            static const uint32_t none[SPIRAL_FAN_BINS] = {0};
            const size_t place = step * SPIRAL_QUANTITIES + (size_t)q;
            const uint32_t *wanted =
                spiral_quantity_in(bands, q) ? whole->count + place * SPIRAL_FAN_BINS : none;

            assert_memory_equal(less.fan->count + place * SPIRAL_FAN_BINS, wanted, sizeof none);
            assert_true(less.fan->sum[place] ==
                        (spiral_quantity_in(means, q) ? whole->sum[place] : 0));
        }

    spiral_fan_destroy(whole);
    spiral_collector_clear(&model);
    spiral_collector_clear(&less);
}

static void test_ends_of_the_range(void **unused)
{
    (void)unused;
    struct spiral_fan *fan;
    struct spiral_batch *batch = spiral_test_batch(plan, 1);

    assert_int_equal(spiral_fan_create(&fan, plan), SPIRAL_OK);
    assert_near(spiral_fan_mean(fan, 0, SPIRAL_QUANTITY_hostility), 1.0); /* no runs: the low end */
    spiral_step(batch);
    batch->states[batch->now].hostility[0][0] = 5.0;
    batch->states[batch->now].hostility[0][1] = 1.0;
    batch->derived.pressure[0][0] = 7.0; /* beyond the chart */
    batch->derived.pressure[0][1] = 0.0;
    spiral_fan_watch(fan, batch, 2);
    spiral_fan_settle(fan);
    spiral_fan_settle(fan); /* nothing more to count */
    assert_near(spiral_fan_quantile(fan, 0, SPIRAL_QUANTITY_hostility, 1.0), 5.0);
    assert_near(spiral_fan_quantile(fan, 0, SPIRAL_QUANTITY_hostility, 0.5), 1.0);
    assert_near(spiral_fan_mean(fan, 0, SPIRAL_QUANTITY_hostility), 3.0);
    assert_near(spiral_fan_quantile(fan, 0, SPIRAL_QUANTITY_pressure, 1.0), 2.0);
    assert_near(spiral_fan_mean(fan, 0, SPIRAL_QUANTITY_pressure), 1.0);
    spiral_fan_destroy(fan);
    spiral_batch_destroy(batch);
}

static void test_memory_that_fails(void **unused)
{
    (void)unused;
    struct spiral_fan *fan;

    for (long n = 0; n < 3; n++) {
        fan = (struct spiral_fan *)plan;
        spiral_test_memory.until_failure = n;

        const enum spiral_status status = spiral_fan_create(&fan, plan);
        spiral_test_memory.until_failure = -1;
        assert_int_equal(status, SPIRAL_NO_MEMORY);
        assert_null(fan);
    }

    spiral_fan_destroy(NULL);
}

/* A collector whose tally or fan finds no memory can be cleared. */
static void test_collector_without_memory(void **unused)
{
    (void)unused;
    struct spiral_collector collector;

    for (long n = 0; n < 8; n++) {
        spiral_test_memory.until_failure = n;
        const enum spiral_status status = spiral_collector_init(&collector, plan, true, true);
        spiral_test_memory.until_failure = -1;
        assert_int_equal(status, SPIRAL_NO_MEMORY);
        spiral_collector_clear(&collector);
    }

    assert_int_equal(spiral_collector_init(&collector, plan, true, true), SPIRAL_OK);
    spiral_collector_clear(&collector);
    spiral_collector_clear(&collector);
}

#define UNIT(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        UNIT(test_against_sorted_numbers),   UNIT(test_what_is_kept),
        UNIT(test_ends_of_the_range),        UNIT(test_memory_that_fails),
        UNIT(test_collector_without_memory),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
