/* SPDX-License-Identifier: MIT */
/* After a request to stop, what is in flight is finished: a bounded number of steps, however long a
 * run is. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "parallel/threads.h"
#include "tests/golden/bits.h"

/* Lets one block of runs pass. */
static bool stop_after_the_first(void *context, uint64_t done, uint64_t count)
{
    int *calls = context;

    (void)done;
    (void)count;

    return ++*calls < 2;
}

/* The runs that are finished where a stop is asked for during the first block. */
static uint64_t runs_until_stop(double dt)
{
    struct spiral_scenario scenario;
    struct spiral_plan *plan;
    struct spiral_collector collector;
    struct spiral_error error;
    struct spiral_plan_options options = spiral_plan_options_defaults();
    const struct spiral_constants constants = spiral_constants_defaults();
    int calls = 0;
    const struct spiral_watch watch = {stop_after_the_first, &calls};

    spiral_test_triad(&scenario);
    options.dt = dt;
    assert_int_equal(spiral_plan_create(&plan, &scenario, &constants, &options, &error), SPIRAL_OK);
    assert_int_equal(spiral_collector_init(&collector, plan, false, false), SPIRAL_OK);
    assert_int_equal(spiral_parallel_run(plan, 1, 0, 1000000, 1, &collector, &watch, &error),
                     SPIRAL_STOPPED);

    const uint64_t runs = collector.tally->runs;

    assert_true(runs * (uint64_t)plan->steps <= SPIRAL_LANES * (uint64_t)SPIRAL_MAX_STEPS);
    spiral_collector_clear(&collector);
    spiral_plan_destroy(plan);
    spiral_scenario_clear(&scenario);

    return runs;
}

static void test_long_runs_stop_after_one_batch(void **unused)
{
    (void)unused;
    assert_int_equal(runs_until_stop(1.0 / 16384.0), SPIRAL_LANES);
}

static void test_short_runs_stop_after_several(void **unused)
{
    (void)unused;
    const uint64_t runs = runs_until_stop(1.0 / 12.0);

    assert_true(runs > SPIRAL_LANES && runs % SPIRAL_LANES == 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_long_runs_stop_after_one_batch),
        cmocka_unit_test(test_short_runs_stop_after_several),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
