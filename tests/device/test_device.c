/* SPDX-License-Identifier: MIT */
/* What a device of OpenCL collects is what the processor collects, to the bit: the golden numbers,
 * runs that differ in constants, pieces of any size. Skipped where there is no device with double
 * precision; PoCL (Debian: pocl-opencl-icd) is one without a card. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "device/device.h"
#include "tests/golden/bits.h"

static struct spiral_device *device;

static int open_device(void **unused)
{
    (void)unused;
    struct spiral_error error;

    if (spiral_device_open(&device, SPIRAL_DEVICE_ANY, &error) == SPIRAL_OK)
        printf("on %s\n", spiral_device_name(device));
    else
        printf("skipped: %s\n", error.message);

    return 0;
}

static int close_device(void **unused)
{
    (void)unused;
    spiral_device_close(device);
    return 0;
}

/* The outcomes of runs, by stream. */
struct outcomes {
    uint64_t next; /* they come in order */
    union spiral_outcome *runs;
};

static void keep_outcome(void *context, uint64_t stream, const union spiral_outcome *outcome)
{
    struct outcomes *outcomes = context;

    assert_true(stream == outcomes->next++);
    outcomes->runs[stream] = *outcome;
}

static void run_here(const struct spiral_plan *plan, uint64_t count,
                     struct spiral_collector *collector)
{
    struct spiral_batch *batch = spiral_batch_create();

    assert_non_null(batch);
    spiral_ensemble_run(batch, plan, GOLDEN_SEED, 0, count, collector);
    spiral_batch_destroy(batch);
}

/* In two calls, the second of which does not begin at the first run. */
static void run_there(const struct spiral_plan *plan, uint64_t count,
                      struct spiral_collector *collector)
{
    const uint64_t half = count / 2 + 3;
    struct spiral_error error = {.message = ""};

    if (spiral_device_run(device, plan, GOLDEN_SEED, 0, half, collector, &error) != SPIRAL_OK ||
        spiral_device_run(device, plan, GOLDEN_SEED, half, count - half, collector, &error) !=
            SPIRAL_OK)
        fail_msg("%s", error.message);
}

static void check_tallies(const struct spiral_tally *here, const struct spiral_tally *there)
{
    const size_t steps = (size_t)here->steps + 1;
    const size_t years = (size_t)here->years;

    assert_true(here->runs == there->runs);
    assert_memory_equal(here->sum, there->sum, sizeof here->sum);
    assert_memory_equal(here->square, there->square, sizeof here->square);
    assert_memory_equal(here->war_by_step, there->war_by_step, steps * sizeof(uint64_t));
    assert_memory_equal(here->force_by_step, there->force_by_step, steps * sizeof(uint64_t));
    assert_memory_equal(here->ladder, there->ladder, steps * 5 * sizeof(uint64_t));
    assert_memory_equal(here->year_highest, there->year_highest,
                        years * (size_t)here->rivals * 5 * sizeof(uint64_t));
    assert_true(here->sets == there->sets);

    if (here->sets > 0) {
        assert_memory_equal(here->set_runs, there->set_runs, here->sets * sizeof(uint64_t));
        assert_memory_equal(here->set_wars, there->set_wars, here->sets * years * sizeof(uint64_t));
        assert_memory_equal(here->set_forces, there->set_forces,
                            here->sets * years * sizeof(uint64_t));
    }
}

static void check_fans(const struct spiral_fan *here, const struct spiral_fan *there)
{
    const size_t places = (size_t)here->steps * SPIRAL_QUANTITIES;

    assert_true(here->runs == there->runs);
    assert_memory_equal(here->sum, there->sum, places * sizeof *here->sum);
    assert_memory_equal(here->count, there->count, places * SPIRAL_FAN_BINS * sizeof *here->count);
}

/* Runs a plan here and there, with everything that can be collected or with less of the fan, and
 * returns the hash. */
static uint64_t check_plan(const struct spiral_plan *plan, uint64_t count, bool less)
{
    struct spiral_collector here;
    struct spiral_collector there;
    struct outcomes of_here = {.runs = calloc(count, sizeof *of_here.runs)};
    struct outcomes of_there = {.runs = calloc(count, sizeof *of_there.runs)};

    assert_non_null(of_here.runs);
    assert_non_null(of_there.runs);
    assert_int_equal(spiral_collector_init(&here, plan, true, true), SPIRAL_OK);
    if (less)
        spiral_fan_keep(here.fan,
                        SPIRAL_QUANTITY_SET(SPIRAL_QUANTITY_escalation) |
                            SPIRAL_QUANTITY_SET(SPIRAL_QUANTITY_commitment),
                        SPIRAL_QUANTITY_SET(SPIRAL_QUANTITY_escalation));
    assert_int_equal(spiral_collector_init_like(&there, plan, &here), SPIRAL_OK);
    here.each_run = there.each_run = keep_outcome;
    here.context = &of_here;
    there.context = &of_there;

    run_here(plan, count, &here);
    run_there(plan, count, &there);

    const uint64_t hash = here.hash;

    assert_true(there.hash == hash);
    assert_true(of_there.next == count);
    assert_memory_equal(of_here.runs, of_there.runs, count * sizeof *of_here.runs);
    check_tallies(here.tally, there.tally);
    check_fans(here.fan, there.fan);

    free(of_here.runs);
    free(of_there.runs);
    spiral_collector_clear(&here);
    spiral_collector_clear(&there);

    return hash;
}

static void check_golden(void (*build)(struct spiral_scenario *scenario), uint64_t golden)
{
    if (device == NULL)
        skip();

    struct spiral_plan *plan = golden_plan(build);

    assert_true(check_plan(plan, GOLDEN_RUNS, false) == golden);
    assert_true(check_plan(plan, GOLDEN_RUNS, true) == golden);
    spiral_plan_destroy(plan);
}

static void test_triad(void **unused)
{
    (void)unused;
    check_golden(spiral_test_triad, GOLDEN_TRIAD);
}

static void test_octet(void **unused)
{
    (void)unused;
    check_golden(spiral_test_octet, GOLDEN_OCTET);
}

enum { SETS = 7 };

/* Runs that are spread over sets of constants, with the observed levels imposed, and war settled
 * like a dispute: what a plan's options change. */
static void test_sets_and_options(void **unused)
{
    (void)unused;
    struct spiral_constants sets[SETS];
    const struct spiral_constant_sets posterior = {.count = SETS, .sets = sets};
    struct spiral_plan_options options = spiral_plan_options_defaults();
    struct spiral_scenario scenario;

    if (device == NULL)
        skip();

    for (int s = 0; s < SETS; s++) {
        sets[s] = spiral_test_constants();
        sets[s].bond *= 1.0 + 0.1 * s;
        sets[s].arms_base += 0.01 * s;
        sets[s].noise *= 1.0 + 0.2 * s;
    }

    spiral_test_triad(&scenario);
    options.posterior = &posterior;
    options.war_ends = true;
    options.assimilate = true;

    struct spiral_plan *plan = spiral_test_plan(&scenario, &sets[0], &options);

    check_plan(plan, 200, false);
    spiral_plan_destroy(plan);
    spiral_scenario_clear(&scenario);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_triad),
        cmocka_unit_test(test_octet),
        cmocka_unit_test(test_sets_and_options),
    };

    return cmocka_run_group_tests(tests, open_device, close_device);
}
