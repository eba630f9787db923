/* SPDX-License-Identifier: MIT */
/* Runs over sets of constants: each run is that of its own set, in whatever batch; counts by set;
 * what the constants may be, on made-up sets whose distribution is known. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "sim/ensemble.h"
#include "sim/random.h"
#include "tests/support/build_scenario.h"

enum { SETS = 5, RUNS = 143, SEED = 11 };

/* Sets that differ in every constant, by up to a fifth. */
static void fill_sets(struct spiral_constants sets[SETS])
{
    for (int s = 0; s < SETS; s++) {
        sets[s] = spiral_test_constants();

        for (int i = 0; i < SPIRAL_CONSTANTS; i++) {
            const struct spiral_field *field = &spiral_constant_fields[i];
            double *value = spiral_constant_at(&sets[s], (size_t)i);
            *value *= 0.8 + 0.1 * ((s + i) % SETS);
            *value = *value < field->low ? field->low : *value > field->high ? field->high : *value;
        }
    }
}

static struct spiral_plan *octet_over(struct spiral_constants *sets, size_t count)
{
    const struct spiral_constant_sets posterior = {count, sets};
    struct spiral_plan_options options = spiral_plan_options_defaults();
    struct spiral_scenario scenario;

    options.posterior = &posterior;
    spiral_test_octet(&scenario);

    struct spiral_plan *plan = spiral_test_plan(&scenario, NULL, &options);

    spiral_scenario_clear(&scenario);

    return plan;
}

static struct spiral_plan *octet_with(const struct spiral_constants *constants)
{
    struct spiral_scenario scenario;

    spiral_test_octet(&scenario);

    struct spiral_plan *plan = spiral_test_plan(&scenario, constants, NULL);

    spiral_scenario_clear(&scenario);

    return plan;
}

static void collect(struct spiral_collector *collector, const struct spiral_plan *plan,
                    uint64_t first, uint64_t count)
{
    struct spiral_batch *batch = spiral_batch_create();

    assert_non_null(batch);
    assert_int_equal(spiral_collector_init(collector, plan, true, true), SPIRAL_OK);
    spiral_ensemble_run(batch, plan, SEED, first, count, collector);
    spiral_batch_destroy(batch);
}

static void assert_same_tally(const struct spiral_tally *a, const struct spiral_tally *b)
{
    const size_t numbers = a->sets * (size_t)a->years;

    assert_true(a->runs == b->runs && a->sets == b->sets);
    assert_memory_equal(a->sum, b->sum, sizeof a->sum);
    assert_memory_equal(a->square, b->square, sizeof a->square);
    assert_memory_equal(a->ladder, b->ladder, ((size_t)a->steps + 1) * 5 * sizeof(uint64_t));
    assert_memory_equal(a->set_runs, b->set_runs, a->sets * sizeof(uint64_t));
    assert_memory_equal(a->set_wars, b->set_wars, numbers * sizeof(uint64_t));
    assert_memory_equal(a->set_forces, b->set_forces, numbers * sizeof(uint64_t));
}

/* A run is that of its set's own plan, so it has the same bits in any batch. */
static void test_run_is_of_its_set(void **unused)
{
    (void)unused;
    struct spiral_constants sets[SETS];
    struct spiral_collector whole;
    uint64_t sum = 0;

    fill_sets(sets);

    struct spiral_plan *plan = octet_over(sets, SETS);

    collect(&whole, plan, 0, RUNS);
    assert_int_equal(plan->set_count, SETS);

    for (uint64_t run = 0; run < RUNS; run++) {
        struct spiral_plan *own = octet_with(&sets[run % SETS]);
        struct spiral_collector one;
        collect(&one, own, run, 1);
        sum += one.hash;
        spiral_collector_clear(&one);
        spiral_plan_destroy(own);
    }

    assert_true(sum == whole.hash);
    spiral_collector_clear(&whole);
    spiral_plan_destroy(plan);
}

static void test_any_split_is_the_same(void **unused)
{
    (void)unused;
    static const uint64_t pieces[] = {1, 6, 32, 33, 64, 7}; /* in turn, until all runs are done */
    struct spiral_constants sets[SETS];
    struct spiral_collector whole;
    struct spiral_collector sum;

    fill_sets(sets);

    struct spiral_plan *plan = octet_over(sets, SETS);
    const size_t places = (size_t)plan->steps * SPIRAL_QUANTITIES;

    collect(&whole, plan, 0, RUNS);
    collect(&sum, plan, 0, 0);

    for (uint64_t first = 0, p = 0; first < RUNS; p++) {
        const uint64_t wanted = pieces[p % (sizeof pieces / sizeof *pieces)];
        const uint64_t count = wanted < RUNS - first ? wanted : RUNS - first;
        struct spiral_collector piece;
        collect(&piece, plan, first, count);
        spiral_collector_merge(&sum, &piece);
        spiral_collector_clear(&piece);
        first += count;
    }

    assert_true(sum.hash == whole.hash);
    assert_same_tally(sum.tally, whole.tally);
    assert_memory_equal(sum.fan->count, whole.fan->count,
                        places * SPIRAL_FAN_BINS * sizeof(uint32_t));
    spiral_collector_clear(&whole);
    spiral_collector_clear(&sum);
    spiral_plan_destroy(plan);
}

static void test_counts_by_set_add_up(void **unused)
{
    (void)unused;
    struct spiral_constants sets[SETS];
    struct spiral_collector whole;

    fill_sets(sets);

    struct spiral_plan *plan = octet_over(sets, SETS);

    collect(&whole, plan, 3, RUNS);

    const struct spiral_tally *tally = whole.tally;
    uint64_t runs = 0;

    for (size_t s = 0; s < SETS; s++) {
        runs += tally->set_runs[s];
        assert_true(tally->set_runs[s] == RUNS / SETS || tally->set_runs[s] == RUNS / SETS + 1);
    }

    assert_true(runs == RUNS);

    uint64_t forces = 0;

    for (int year = 0; year < tally->years; year++) {
        for (size_t s = 0; s < SETS; s++)
            forces += tally->set_forces[s * (size_t)tally->years + (size_t)year];
        assert_true(forces ==
                    spiral_tally_forces(tally, spiral_tally_steps_at_year_end(tally, year)));
    }

    assert_true(forces > 0);
    spiral_collector_clear(&whole);
    spiral_plan_destroy(plan);
}

/* Without sets, and with an empty posterior, all is as under one set of constants. */
static void test_no_sets_change_nothing(void **unused)
{
    (void)unused;
    const struct spiral_constants constants = spiral_test_constants();
    struct spiral_plan *plain = octet_with(&constants);
    struct spiral_plan *empty = octet_over(NULL, 0);
    struct spiral_collector a;
    struct spiral_collector b;
    struct spiral_interval interval = {7.0, 8.0};

    collect(&a, plain, 0, RUNS);
    collect(&b, empty, 0, RUNS);
    assert_true(a.hash == b.hash);
    assert_int_equal(a.tally->sets, 0);
    assert_false(spiral_tally_war_by_constants(a.tally, 0, &interval));
    assert_true(interval.low == 7.0 && interval.high == 8.0);
    spiral_collector_clear(&a);
    spiral_collector_clear(&b);
    spiral_plan_destroy(plain);
    spiral_plan_destroy(empty);
}

static void test_sets_as_a_whole(void **unused)
{
    (void)unused;
    struct spiral_constants table[SETS];
    struct spiral_constant_sets sets = {SETS, table};
    struct spiral_constant_sets copy;

    fill_sets(table);
    assert_int_equal(spiral_constant_sets_copy(&copy, &sets), SPIRAL_OK);
    assert_true(spiral_constant_sets_hash(&copy) == spiral_constant_sets_hash(&sets));

    spiral_constant_sets_put(&sets, SPIRAL_K_encircle, 0.25);
    for (int s = 0; s < SETS; s++)
        assert_true(table[s].encircle == 0.25);

    assert_true(spiral_constant_sets_hash(&copy) != spiral_constant_sets_hash(&sets));
    spiral_constant_sets_clear(&copy);
    assert_int_equal(copy.count, 0);
}

/* --- intervals
 * --------------------------------------------------------------------------------- */

/* The distribution of a beta with whole shapes: that of the a-th smallest of a + b - 1 uniform
 * numbers, a sum of binomial probabilities. */
static double whole_beta_below(int a, int b, double x)
{
    const int n = a + b - 1;
    double sum = 0.0;

    for (int k = a; k <= n; k++) {
        double term = 1.0;
        for (int i = 1; i <= k; i++)
            term *= (double)(n - k + i) / i * x;
        for (int i = 0; i < n - k; i++)
            term *= 1.0 - x;

        sum += term;
    }

    return sum;
}

static void test_beta_against_binomial_sums(void **unused)
{
    (void)unused;
    static const int shapes[][2] = {{1, 1}, {1, 7}, {3, 2}, {9, 4}, {20, 30}};

    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++)
        for (double x = 0.05; x < 1.0; x += 0.09) {
            const int a = shapes[i][0];
            const int b = shapes[i][1];
            const double below = whole_beta_below(a, b, x);
            assert_within(spiral_beta_below(a, b, x), below, 1e-10);
            /* where the density is not small the inverse finds the place again */
            if (below > 0.01 && below < 0.99)
                assert_within(spiral_beta_quantile(a, b, below), x, 1e-7);
        }
    assert_true(spiral_beta_below(2.0, 3.0, 0.0) == 0.0 && spiral_beta_below(2.0, 3.0, 1.0) == 1.0);

    /* the arcsine distribution, whose shapes are halves: 2 / pi asin(sqrt(x)) */
    assert_within(spiral_beta_below(0.5, 0.5, 0.25), 1.0 / 3.0, 1e-10);
}

static double uniform(struct spiral_random *random)
{
    return ((double)spiral_random_next(random) + 0.5) / 4294967296.0;
}

/* A draw from a beta with whole shapes: the a-th smallest of a + b - 1 uniform numbers. */
static double draw_beta(struct spiral_random *random, int a, int b)
{
    double smallest[64];
    const int n = a + b - 1;

    for (int i = 0; i < n; i++) {
        const double value = uniform(random);
        int at = i;
        for (; at > 0 && smallest[at - 1] > value; at--)
            smallest[at] = smallest[at - 1];

        smallest[at] = value;
    }

    return smallest[a - 1];
}

/* Sets whose own risks come from a beta distribution, each with some runs: the interval should hold
 * nine tenths of that distribution. On average over trials it must within .02, and in nineteen of
 * twenty trials within .08. */
static void check_coverage(int a, int b, int sets, int runs)
{
    enum { TRIALS = 200 };
    struct spiral_random random = spiral_random_seed(17, (uint64_t)(a + 100 * b + runs));
    double mean = 0.0;
    int close = 0;

    for (int trial = 0; trial < TRIALS; trial++) {
        struct spiral_set_variance variance = {.lowest = 0.0};
        struct spiral_interval interval;

        for (int s = 0; s < sets; s++) {
            const double risk = draw_beta(&random, a, b);
            const int own = runs + s % 3; /* sets need not have equally many */
            uint64_t events = 0;
            for (int i = 0; i < own; i++)
                events += uniform(&random) < risk;

            spiral_set_variance_add(&variance, (uint64_t)own, events, 0);
        }

        assert_true(spiral_constants_interval(&variance, &interval));

        const double held =
            whole_beta_below(a, b, interval.high) - whole_beta_below(a, b, interval.low);

        mean += held / TRIALS;
        close += fabs(held - 0.9) < 0.08;
    }

    assert_within(mean, 0.9, 0.02);
    assert_true(close >= TRIALS * 19 / 20);
}

static void test_coverage(void **unused)
{
    (void)unused;
    check_coverage(3, 2, 256, 16);
    check_coverage(2, 10, 256, 16);
    check_coverage(1, 1, 256, 40);
    check_coverage(8, 8, 256, 64);
}

/* Where all sets have one risk, the interval is not as wide as chance makes their shares: of 64
 * sets with 20 runs each these have a deviation of .1 (90 %: a width of .33). It is as wide as so
 * few runs can tell, and narrower with more. */
static double width_without_variance(int runs)
{
    struct spiral_random random = spiral_random_seed(5, 1);
    double width = 0.0;

    for (int trial = 0; trial < 100; trial++) {
        struct spiral_set_variance variance = {.lowest = 0.0};
        struct spiral_interval interval;

        for (int s = 0; s < 64; s++) {
            uint64_t events = 0;
            for (int i = 0; i < runs; i++)
                events += uniform(&random) < 0.3;

            spiral_set_variance_add(&variance, (uint64_t)runs, events, 0);
        }

        assert_true(spiral_constants_interval(&variance, &interval));
        assert_true(interval.low <= 0.36 && interval.high >= 0.24);
        width += 0.01 * (interval.high - interval.low);
    }

    return width;
}

static void test_chance_is_not_taken_for_constants(void **unused)
{
    (void)unused;
    assert_true(width_without_variance(20) < 0.18);
    assert_true(width_without_variance(200) < 0.06);
}

static void test_differences_and_edges(void **unused)
{
    (void)unused;
    struct spiral_set_variance variance = {.lowest = -1.0};
    struct spiral_interval interval = {7.0, 8.0};

    /* one set, and one run a set, tell nothing */
    spiral_set_variance_add(&variance, 100, 10, 60);
    assert_false(spiral_constants_interval(&variance, &interval));
    spiral_set_variance_add(&variance, 0, 0, 0);
    assert_false(spiral_constants_interval(&variance, &interval));
    assert_true(interval.low == 7.0);

    /* two sets with differences of -.5 and +.5 */
    spiral_set_variance_add(&variance, 100, 60, 10);
    assert_true(spiral_constants_interval(&variance, &interval));
    assert_within(interval.low, -interval.high, 1e-6);
    assert_true(interval.low > -1.0 && interval.low < -0.5);

    /* sets that are all one way or all the other: the interval is the whole range */
    variance = (struct spiral_set_variance){.lowest = 0.0};
    for (int s = 0; s < 10; s++)
        spiral_set_variance_add(&variance, 50, s % 2 == 0 ? 50 : 0, 0);
    assert_true(spiral_constants_interval(&variance, &interval));
    assert_true(interval.low < 1e-3 && interval.high > 0.999);

    /* no event at all */
    variance = (struct spiral_set_variance){.lowest = 0.0};
    for (int s = 0; s < 10; s++)
        spiral_set_variance_add(&variance, 50, 0, 0);
    assert_true(spiral_constants_interval(&variance, &interval));
    assert_true(interval.low == 0.0 && interval.high == 0.0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_run_is_of_its_set),
        cmocka_unit_test(test_any_split_is_the_same),
        cmocka_unit_test(test_counts_by_set_add_up),
        cmocka_unit_test(test_no_sets_change_nothing),
        cmocka_unit_test(test_sets_as_a_whole),
        cmocka_unit_test(test_beta_against_binomial_sums),
        cmocka_unit_test(test_coverage),
        cmocka_unit_test(test_chance_is_not_taken_for_constants),
        cmocka_unit_test(test_differences_and_edges),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
