/* SPDX-License-Identifier: MIT */
/* The golden numbers of tests/golden/bits.h from any number of threads and any pieces; paired
 * runs are the same as unpaired ones. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "tests/golden/bits.h"
#include "tools/farm/farm.h"

static void check_threads(void (*build)(struct spiral_scenario *scenario), uint64_t golden)
{
    struct spiral_plan *plan = golden_plan(build);
    struct spiral_collector first;

    for (int threads = 1; threads <= 3; threads++) {
        struct spiral_collector collector;
        struct spiral_error error;
        assert_int_equal(spiral_collector_init(&collector, plan, true, true), SPIRAL_OK);
        assert_int_equal(spiral_farm_run(plan, GOLDEN_SEED, 0, 300, threads, &collector, &error),
                         SPIRAL_OK);
        assert_int_equal(spiral_farm_run(plan, GOLDEN_SEED, 300, GOLDEN_RUNS - 300, threads,
                                         &collector, &error),
                         SPIRAL_OK);
        assert_true(collector.hash == golden);
        assert_true(collector.tally->runs == GOLDEN_RUNS);

        if (threads == 1) {
            first = collector;
            continue;
        }

        const size_t places = (size_t)plan->steps * SPIRAL_QUANTITIES;
        const size_t steps = (size_t)plan->steps + 1;
        assert_memory_equal(collector.tally->sum, first.tally->sum, sizeof first.tally->sum);
        assert_memory_equal(collector.tally->square, first.tally->square,
                            sizeof first.tally->square);
        assert_memory_equal(collector.tally->ladder, first.tally->ladder,
                            steps * 5 * sizeof(uint64_t));
        assert_memory_equal(collector.fan->count, first.fan->count,
                            places * SPIRAL_FAN_BINS * sizeof(uint32_t));
        assert_memory_equal(collector.fan->sum, first.fan->sum, places * sizeof(uint64_t));
        spiral_collector_clear(&collector);
    }

    spiral_collector_clear(&first);
    spiral_plan_destroy(plan);
}

static void test_triad(void **unused)
{
    (void)unused;
    check_threads(spiral_test_triad, GOLDEN_TRIAD);
}

static void test_octet(void **unused)
{
    (void)unused;
    check_threads(spiral_test_octet, GOLDEN_OCTET);
}

static void test_pairs(void **unused)
{
    (void)unused;
    struct spiral_plan *const plan = golden_plan(spiral_test_triad);
    const struct spiral_plan *const plans[2] = {plan, plan};

    for (int threads = 1; threads <= 3; threads++) {
        struct spiral_collector one;
        struct spiral_collector two;
        struct spiral_collector *const both[2] = {&one, &two};
        struct spiral_pairing pairing;
        struct spiral_error error;
        assert_int_equal(spiral_collector_init(&one, plan, false, false), SPIRAL_OK);
        assert_int_equal(spiral_collector_init(&two, plan, false, false), SPIRAL_OK);
        assert_int_equal(spiral_farm_run_paired(plans, GOLDEN_SEED, GOLDEN_RUNS, threads, both,
                                                &pairing, &error),
                         SPIRAL_OK);
        assert_true(pairing.all.runs == GOLDEN_RUNS);
        assert_true(pairing.all.war_first + pairing.all.war_second + pairing.all.force_first +
                        pairing.all.force_second ==
                    0);
        assert_memory_equal(one.tally->sum, two.tally->sum, sizeof one.tally->sum);
        spiral_collector_clear(&one);
        spiral_collector_clear(&two);
        spiral_pairing_clear(&pairing);
    }

    spiral_plan_destroy(plan);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_triad),
        cmocka_unit_test(test_octet),
        cmocka_unit_test(test_pairs),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
