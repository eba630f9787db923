/* SPDX-License-Identifier: MIT
 *
 * The bootstrap over dyads: whole pairs are drawn, by the seed alone.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "sim/random.h"
#include "tools/panel/resample.h"

enum { PAIRS = 60, EACH = 4, ROWS = PAIRS * EACH };

static size_t dyad[ROWS];
static double value[ROWS];

static int draw(void **state)
{
    struct spiral_random random = spiral_random_seed(1, 0);
    (void)state;

    for (size_t r = 0; r < ROWS; r++) {
        dyad[r] = 7 * (r / EACH) + 3;
        value[r] = r % EACH == 0 ? spiral_noise(spiral_random_next(&random)) : value[r - 1];
    }
    return 0;
}

/* The mean, the number of rows, whether rows of a dyad differ in weight, and a value that is not
 * defined in most resamples. */
static void statistic(const void *context, const double *weights, double *values)
{
    double sum = 0.0;
    double rows = 0.0;
    (void)context;

    values[2] = 0.0;
    for (size_t r = 0; r < ROWS; r++) {
        const double weight = weights == NULL ? 1.0 : weights[r];
        sum += weight * value[r];
        rows += weight;
        if (weights != NULL && r % EACH > 0 && weights[r] != weights[r - 1])
            values[2] = 1.0;
    }
    values[0] = sum / rows;
    values[1] = rows;
    values[3] = weights == NULL || weights[0] > 0.0 ? 1.0 : NAN;
}

static void resample(struct spiral_estimate estimates[4], uint64_t seed, int threads,
                     size_t resamples)
{
    const struct spiral_panel_resampling resampling = {
        .dyad = dyad, .rows = ROWS, .resamples = resamples, .seed = seed, .threads = threads};

    assert_int_equal(spiral_panel_resample(estimates, 4, statistic, NULL, &resampling, NULL),
                     SPIRAL_OK);
}

/* Pairs are drawn as wholes, as many as there are. */
static void test_whole_pairs(void **state)
{
    (void)state;
    struct spiral_estimate estimates[4];

    resample(estimates, 1, 1, 200);
    assert_true(estimates[1].value == ROWS);
    assert_true(estimates[1].interval.low == ROWS && estimates[1].interval.high == ROWS);
    assert_true(estimates[2].interval.high == 0.0);

    /* a pair is missing from a share of about 1 / e of resamples: too many for an interval */
    assert_true(estimates[3].value == 1.0 && isnan(estimates[3].interval.low));
}

/* The interval of a mean of independent pairs is the normal one, mean +- 1.96 s / sqrt(pairs),
 * within what 4,000 resamples and 60 pairs leave open: a tenth of its half-width at each end. */
static void test_width(void **state)
{
    (void)state;
    struct spiral_estimate estimates[4];
    double mean = 0.0;
    double square = 0.0;

    for (size_t r = 0; r < ROWS; r += EACH) {
        mean += value[r] / PAIRS;
        square += value[r] * value[r] / PAIRS;
    }
    const double half = 1.96 * sqrt((square - mean * mean) / PAIRS);
    resample(estimates, 2, 2, 4000);
    assert_true(fabs(estimates[0].value - mean) < 1e-12);
    assert_true(fabs(estimates[0].interval.low - (mean - half)) < 0.15 * half);
    assert_true(fabs(estimates[0].interval.high - (mean + half)) < 0.15 * half);
}

/* The seed decides all, threads nothing. */
static void test_reproducible(void **state)
{
    (void)state;
    struct spiral_estimate one[4];
    struct spiral_estimate other[4];

    resample(one, 3, 1, 300);
    resample(other, 3, 3, 300);
    assert_memory_equal(one, other, sizeof one);
    resample(other, 4, 1, 300);
    assert_true(one[0].interval.low != other[0].interval.low);

    resample(other, 3, 1, 0);
    assert_true(other[0].value == one[0].value && isnan(other[0].interval.low));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_whole_pairs),
        cmocka_unit_test(test_width),
        cmocka_unit_test(test_reproducible),
    };
    return cmocka_run_group_tests(tests, draw, NULL);
}
