/* SPDX-License-Identifier: MIT */
/* An ensemble is the same to the bit in any pieces, lanes and company. The golden numbers stand
 * in tests/golden/bits.h; threads are tested in tests/farm/test_farm_bits.c, compilers by
 * tools/matrix. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "sim/instructions.h"
#include "sim/step.h"
#include "tests/golden/bits.h"

/* Runs the streams [0, GOLDEN_RUNS) in pieces of these lengths over and over (0 ends the list),
 * and returns the hash. */
static uint64_t run_in_pieces(const struct spiral_plan *plan, const uint64_t *pieces)
{
    struct spiral_batch *batch = spiral_batch_create();
    struct spiral_collector collector;
    struct spiral_collector part;

    assert_non_null(batch);
    assert_int_equal(spiral_collector_init(&collector, plan, false, false), SPIRAL_OK);

    uint64_t first = 0;

    for (size_t i = 0; first < GOLDEN_RUNS; i = pieces[i + 1] == 0 ? 0 : i + 1) {
        const uint64_t left = GOLDEN_RUNS - first;
        const uint64_t count = pieces[i] < left ? pieces[i] : left;
        assert_int_equal(spiral_collector_init(&part, plan, false, false), SPIRAL_OK);
        spiral_ensemble_run(batch, plan, GOLDEN_SEED, first, count, &part);
        assert_true(part.tally->runs == count);
        spiral_collector_merge(&collector, &part);
        spiral_collector_clear(&part);
        first += count;
    }

    assert_true(collector.tally->runs == GOLDEN_RUNS);
    const uint64_t hash = collector.hash;

    spiral_collector_clear(&collector);
    spiral_batch_destroy(batch);

    return hash;
}

static void check_pieces(void (*build)(struct spiral_scenario *scenario), uint64_t golden)
{
    static const uint64_t pieces[][4] = {{1000, 0},   {1, 999, 0},     {16, 0},
                                         {15, 17, 0}, {7, 100, 33, 0}, {500, 1, 1, 0}};
    struct spiral_plan *plan = golden_plan(build);

    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++)
        assert_true(run_in_pieces(plan, pieces[i]) == golden);
    spiral_plan_destroy(plan);
}

static void test_triad(void **unused)
{
    (void)unused;
    check_pieces(spiral_test_triad, GOLDEN_TRIAD);
}

static void test_octet(void **unused)
{
    (void)unused;
    check_pieces(spiral_test_octet, GOLDEN_OCTET);
}

/* The hash of the streams [0, GOLDEN_RUNS) whose steps `advance` takes. */
static uint64_t run_with(void (*advance)(struct spiral_batch *batch),
                         const struct spiral_plan *plan)
{
    struct spiral_batch *batch = spiral_batch_create();
    const struct spiral_plan *plans[SPIRAL_LANES];
    uint64_t stream[SPIRAL_LANES];
    uint64_t hash = 0;

    assert_non_null(batch);

    for (uint64_t first = 0; first < GOLDEN_RUNS; first += SPIRAL_LANES) {
        for (int l = 0; l < SPIRAL_LANES; l++) {
            plans[l] = plan;
            stream[l] = first + (uint64_t)l;
        }

        spiral_batch_start(batch, plans, GOLDEN_SEED, stream);
        while (batch->step < batch->steps) {
            spiral_timeline_advance(batch);
            advance(batch);
            batch->now = 1 - batch->now;
            batch->step++;
        }

        for (int l = 0; l < SPIRAL_LANES && stream[l] < GOLDEN_RUNS; l++)
            hash += spiral_batch_hash(batch, l);
    }

    spiral_batch_destroy(batch);

    return hash;
}

static void check_instructions(void (*advance)(struct spiral_batch *batch))
{
    struct spiral_plan *triad = golden_plan(spiral_test_triad);
    struct spiral_plan *octet = golden_plan(spiral_test_octet);

    assert_true(run_with(advance, triad) == GOLDEN_TRIAD);
    assert_true(run_with(advance, octet) == GOLDEN_OCTET);
    spiral_plan_destroy(triad);
    spiral_plan_destroy(octet);
}

/* The program takes the widest instructions of the processor; the others are here, too. */
static void test_baseline_instructions(void **unused)
{
    (void)unused;
    check_instructions(spiral_advance_base);
}

#ifdef SPIRAL_WITH_INSTRUCTIONS
static void test_avx2(void **unused)
{
    (void)unused;
    if (!__builtin_cpu_supports("avx2"))
        skip();
    check_instructions(spiral_advance_avx2);
}

static void test_avx512(void **unused)
{
    (void)unused;
    if (!__builtin_cpu_supports("avx512dq") || !__builtin_cpu_supports("avx512vl"))
        skip();
    check_instructions(spiral_advance_avx512);
}
#endif

enum { PLANS = 3, LANE_RUNS = 120 };

/* Three plans of one layout: as they are, with other constants, with another doctrine and
 * another timeline. */
static void make_plans(struct spiral_plan *plans[PLANS],
                       void (*build)(struct spiral_scenario *scenario))
{
    struct spiral_scenario scenario;
    struct spiral_constants constants = spiral_test_constants();

    plans[0] = golden_plan(build);
    build(&scenario);
    constants.noise = 0.5;
    constants.encircle = 5.0;
    plans[1] = spiral_test_plan(&scenario, &constants, NULL);
    constants = spiral_test_constants();
    scenario.states[scenario.small].doctrine[SPIRAL_DOCTRINE_align] = 0.05;
    scenario.entry_count -= 3; /* changes and moves without text: nothing is lost */
    scenario.entries[0].date += 2.5;
    plans[2] = spiral_test_plan(&scenario, &constants, NULL);
    spiral_scenario_clear(&scenario);
}

struct one_run {
    union spiral_outcome outcome;
    uint64_t stream;
};

static void keep_outcome(void *context, uint64_t stream, const union spiral_outcome *outcome)
{
    *(struct one_run *)context = (struct one_run){*outcome, stream};
}

/* The outcomes of a run alone. */
static union spiral_outcome alone(struct spiral_batch *batch, const struct spiral_plan *plan,
                                  uint64_t stream)
{
    struct one_run run = {.stream = UINT64_MAX};
    struct spiral_collector collector;

    assert_int_equal(spiral_collector_init(&collector, plan, false, false), SPIRAL_OK);
    collector.each_run = keep_outcome;
    collector.context = &run;
    spiral_ensemble_run(batch, plan, GOLDEN_SEED, stream, 1, &collector);
    assert_true(run.stream == stream);
    spiral_collector_clear(&collector);

    return run.outcome;
}

static void check_lanes(void (*build)(struct spiral_scenario *scenario))
{
    struct spiral_plan *plans[PLANS];
    struct spiral_batch *batch = spiral_batch_create();

    assert_non_null(batch);
    make_plans(plans, build);

    for (uint64_t run = 0; run < LANE_RUNS; run += SPIRAL_LANES) {
        const struct spiral_plan *mixed[SPIRAL_LANES];
        uint64_t stream[SPIRAL_LANES];
        union spiral_outcome together[SPIRAL_LANES];
        const int live = run == 0 ? SPIRAL_LANES - 5 : SPIRAL_LANES;

        for (int l = 0; l < SPIRAL_LANES; l++) {
            mixed[l] = plans[(l + (int)run / SPIRAL_LANES) % PLANS];
            stream[l] =
                l % 2 == 0
                    ? 7
                    : run * 31 + (uint64_t)l; /* the same stream under several plans, and others */
        }

        spiral_ensemble_run_lanes(batch, mixed, GOLDEN_SEED, stream, live, together);
        for (int l = 0; l < live; l++) {
            const union spiral_outcome single = alone(batch, mixed[l], stream[l]);
            assert_memory_equal(&single, &together[l], sizeof single);
        }
    }

    for (int i = 0; i < PLANS; i++)
        spiral_plan_destroy(plans[i]);

    spiral_batch_destroy(batch);
}

static void test_mixed_lanes_of_the_triad(void **unused)
{
    (void)unused;
    check_lanes(spiral_test_triad);
}

static void test_mixed_lanes_of_the_octet(void **unused)
{
    (void)unused;
    check_lanes(spiral_test_octet);
}

/* Not the outcomes alone but every number of the last state. */
static void test_hashes_of_mixed_lanes(void **unused)
{
    (void)unused;
    struct spiral_plan *plans[PLANS];
    const struct spiral_plan *mixed[SPIRAL_LANES];
    uint64_t stream[SPIRAL_LANES];
    uint64_t hash[SPIRAL_LANES];
    struct spiral_batch *batch = spiral_batch_create();

    assert_non_null(batch);
    make_plans(plans, spiral_test_octet);

    for (int l = 0; l < SPIRAL_LANES; l++) {
        mixed[l] = plans[l % PLANS];
        stream[l] = (uint64_t)(100 - l);
    }

    spiral_batch_start(batch, mixed, GOLDEN_SEED, stream);
    while (batch->step < batch->steps)
        spiral_step(batch);
    for (int l = 0; l < SPIRAL_LANES; l++)
        hash[l] = spiral_batch_hash(batch, l);

    for (int l = 0; l < SPIRAL_LANES; l++) {
        struct spiral_collector collector;
        assert_int_equal(spiral_collector_init(&collector, mixed[l], false, false), SPIRAL_OK);
        spiral_ensemble_run(batch, mixed[l], GOLDEN_SEED, stream[l], 1, &collector);
        assert_true(collector.hash == hash[l]);
        spiral_collector_clear(&collector);
    }

    for (int i = 0; i < PLANS; i++)
        spiral_plan_destroy(plans[i]);

    spiral_batch_destroy(batch);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_triad),
        cmocka_unit_test(test_octet),
        cmocka_unit_test(test_baseline_instructions),
#ifdef SPIRAL_WITH_INSTRUCTIONS
        cmocka_unit_test(test_avx2),
        cmocka_unit_test(test_avx512),
#endif
        cmocka_unit_test(test_mixed_lanes_of_the_triad),
        cmocka_unit_test(test_mixed_lanes_of_the_octet),
        cmocka_unit_test(test_hashes_of_mixed_lanes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
