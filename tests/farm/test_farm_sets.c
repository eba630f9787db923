/* SPDX-License-Identifier: MIT */
/* Runs over sets of constants are the same from any number of threads; pairs are counted by set. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/build_scenario.h"
#include "tools/farm/farm.h"

enum { SETS = 7, RUNS = 1500, SEED = 3 };

static struct spiral_plan *triad_over_sets(double greed)
{
    struct spiral_constants table[SETS];
    const struct spiral_constant_sets sets = {SETS, table};
    struct spiral_plan_options options = spiral_plan_options_defaults();
    struct spiral_scenario scenario;

    for (int s = 0; s < SETS; s++) {
        table[s] = spiral_test_constants();
        table[s].encircle *= 0.4 + 0.2 * s;
        table[s].incident *= 0.5 + 0.25 * s;
    }

    options.posterior = &sets;
    spiral_test_triad(&scenario);
    scenario.states[TRIAD_NEIGHBOUR].greed = greed;

    struct spiral_plan *plan = spiral_test_plan(&scenario, NULL, &options);

    spiral_scenario_clear(&scenario);

    return plan;
}

static void run_pairs(const struct spiral_plan *const plans[2], int threads,
                      struct spiral_collector collectors[2], struct spiral_pairing *pairing)
{
    struct spiral_collector *const both[2] = {&collectors[0], &collectors[1]};
    struct spiral_error error;

    for (int i = 0; i < 2; i++)
        assert_int_equal(spiral_collector_init(&collectors[i], plans[i], true, true), SPIRAL_OK);
    assert_int_equal(spiral_farm_run_paired(plans, SEED, RUNS, threads, both, pairing, &error),
                     SPIRAL_OK);
}

static void test_threads(void **unused)
{
    (void)unused;
    struct spiral_plan *calm = triad_over_sets(0.1);
    struct spiral_plan *greedy = triad_over_sets(0.9);
    const struct spiral_plan *const plans[2] = {calm, greedy};
    struct spiral_collector first[2];
    struct spiral_pairing one;

    run_pairs(plans, 1, first, &one);
    assert_int_equal(one.set_count, SETS);

    for (int threads = 2; threads <= 3; threads++) {
        struct spiral_collector collectors[2];
        struct spiral_pairing pairing;
        run_pairs(plans, threads, collectors, &pairing);
        assert_memory_equal(&pairing.all, &one.all, sizeof one.all);
        assert_memory_equal(pairing.sets, one.sets, SETS * sizeof *one.sets);

        for (int i = 0; i < 2; i++) {
            const struct spiral_tally *tally = first[i].tally;
            const size_t numbers = SETS * (size_t)tally->years;
            assert_true(collectors[i].hash == first[i].hash);
            assert_memory_equal(collectors[i].tally->set_wars, tally->set_wars,
                                numbers * sizeof(uint64_t));
            assert_memory_equal(collectors[i].tally->set_forces, tally->set_forces,
                                numbers * sizeof(uint64_t));
            spiral_collector_clear(&collectors[i]);
        }

        spiral_pairing_clear(&pairing);
    }

    /* the sets' pairs add up, and so do the risks of both sides */
    struct spiral_pairs sum = {.runs = 0};
    struct spiral_interval interval;

    for (size_t s = 0; s < SETS; s++) {
        sum.runs += one.sets[s].runs;
        sum.force_first += one.sets[s].force_first;
        sum.force_second += one.sets[s].force_second;
    }

    assert_true(sum.runs == RUNS && sum.force_first == one.all.force_first &&
                sum.force_second == one.all.force_second);
    assert_true(spiral_tally_forces(first[1].tally, calm->steps) -
                    spiral_tally_forces(first[0].tally, calm->steps) ==
                sum.force_second - sum.force_first);
    assert_true(spiral_pairing_force_by_constants(&one, &interval));

    const double difference =
        ((double)sum.force_second - (double)sum.force_first) / (double)sum.runs;

    assert_true(interval.low <= difference && difference <= interval.high);
    assert_true(spiral_pairing_war_by_constants(&one, &interval));
    assert_true(interval.low >= -1.0 && interval.high <= 1.0);

    for (int i = 0; i < 2; i++)
        spiral_collector_clear(&first[i]);

    spiral_pairing_clear(&one);
    spiral_plan_destroy(calm);
    spiral_plan_destroy(greedy);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_threads)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
