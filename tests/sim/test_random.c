/* SPDX-License-Identifier: MIT */
/* link: -lm */
/* The generator against published numbers, and its draws against what theory says of them. All
 * seeds are fixed, so a failure is a change of the code and never bad luck; tolerances are five
 * standard errors. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "sim/random.h"

/* What pcg32-demo of the reference implementation prints for seed 42, stream 54. */
static void test_published_numbers(void **unused)
{
    (void)unused;
    static const uint32_t published[] = {0xa15c02b7u, 0x7b47f409u, 0xba1d3330u,
                                         0x83d2f293u, 0xbfa4784bu, 0xcbed606eu};
    struct spiral_random random = spiral_random_seed(42, 54);

    for (size_t i = 0; i < sizeof published / sizeof *published; i++)
        assert_int_equal(spiral_random_next(&random), published[i]);
}

static void test_pure_pair_is_next(void **unused)
{
    (void)unused;
    struct spiral_random random = spiral_random_seed(7, 11);
    struct spiral_random lane = random;

    for (int i = 0; i < 10000; i++) {
        const uint32_t draw = spiral_random_output(lane.state);
        lane.state = spiral_random_step(lane.state, lane.increment);
        assert_int_equal(spiral_random_next(&random), draw);
        assert_true(random.state == lane.state && random.increment == lane.increment);
    }
}

static void test_advance_is_that_many_steps(void **unused)
{
    (void)unused;
    struct spiral_random walker = spiral_random_seed(1, 2);
    const struct spiral_random start = walker;

    for (uint64_t n = 0; n < 5000; n++) {
        struct spiral_random jumper = start;
        spiral_random_advance(&jumper, n);
        assert_true(jumper.state == walker.state);
        (void)spiral_random_next(&walker);
    }
}

static void test_advance_adds_up_and_goes_back(void **unused)
{
    (void)unused;
    struct spiral_random chooser = spiral_random_seed(3, 4);

    for (int i = 0; i < 10000; i++) {
        const uint64_t a =
            (uint64_t)spiral_random_next(&chooser) << 32 | spiral_random_next(&chooser);
        const uint64_t b =
            (uint64_t)spiral_random_next(&chooser) << 32 | spiral_random_next(&chooser);
        struct spiral_random twice = spiral_random_seed(a, b);
        struct spiral_random once = twice;
        struct spiral_random start = twice;
        spiral_random_advance(&twice, a);
        spiral_random_advance(&twice, b);
        spiral_random_advance(&once, a + b);
        assert_true(twice.state == once.state);
        spiral_random_advance(&once, 0 - (a + b));
        assert_true(once.state == start.state);
    }

    /* the whole period and back to where it began, by halves */
    struct spiral_random round = spiral_random_seed(5, 6);
    struct spiral_random start = round;

    spiral_random_advance(&round, UINT64_C(1) << 63);
    assert_true(round.state != start.state);
    spiral_random_advance(&round, UINT64_C(1) << 63);
    assert_true(round.state == start.state);
}

/* The correlation of n pairs of independent uniforms is nearly normal with standard deviation
 * 1/sqrt(n). */
static double correlation(struct spiral_random a, struct spiral_random b, int n)
{
    double sum = 0.0;
    for (int i = 0; i < n; i++)
        sum += (spiral_uniform(spiral_random_next(&a)) - 0.5) *
               (spiral_uniform(spiral_random_next(&b)) - 0.5);
    return 12.0 * sum / n;
}

static void test_neighbouring_streams_are_uncorrelated(void **unused)
{
    (void)unused;
    enum { PAIRS = 4000, DRAWS = 2000 };
    double squares = 0.0;

    for (uint64_t stream = 0; stream < PAIRS; stream++) {
        const double r = correlation(spiral_random_seed(2014, stream),
                                     spiral_random_seed(2014, stream + 1), DRAWS) *
                         sqrt(DRAWS);
        assert_true(fabs(r) < 5.5); /* of 4000 normals, beyond 5.5 with a chance of 2e-4 */
        squares += r * r;
    }

    assert_true(fabs(squares / PAIRS - 1.0) < 5.0 * sqrt(2.0 / PAIRS));
}

/* What an ensemble does: one seed, run after run, and of each run its k-th draw. */
static void test_draws_across_streams_are_uniform_and_uncorrelated(void **unused)
{
    (void)unused;
    enum { STREAMS = 200000, DRAWS = 8 };
    double mean[DRAWS] = {0};
    double lagged[DRAWS] = {0};
    double before[DRAWS] = {0};

    for (uint64_t stream = 0; stream < STREAMS; stream++) {
        struct spiral_random random = spiral_random_seed(1, stream);
        for (int k = 0; k < DRAWS; k++) {
            const double u = spiral_uniform(spiral_random_next(&random)) - 0.5;
            mean[k] += u;
            lagged[k] += u * before[k];
            before[k] = u;
        }
    }

    for (int k = 0; k < DRAWS; k++) {
        assert_true(fabs(mean[k] / STREAMS) < 5.0 * sqrt(1.0 / 12.0 / STREAMS));
        assert_true(fabs(12.0 * lagged[k] / STREAMS) < 5.0 / sqrt(STREAMS));
    }
}

static void test_uniform_is_draw_over_two_to_the_32(void **unused)
{
    (void)unused;
    static const uint32_t edges[] = {0,           1,           2,           0x7fffffffu,
                                     0x80000000u, 0x80000001u, 0xfffffffeu, 0xffffffffu};

    for (size_t i = 0; i < sizeof edges / sizeof *edges; i++)
        assert_true(spiral_uniform(edges[i]) == (double)edges[i] / 4294967296.0);

    struct spiral_random random = spiral_random_seed(8, 9);

    for (int i = 0; i < 100000; i++) {
        const uint32_t draw = spiral_random_next(&random);
        assert_true(spiral_uniform(draw) == (double)draw / 4294967296.0);
    }

    assert_true(spiral_uniform(0) == 0.0 && spiral_uniform(UINT32_MAX) < 1.0);
}

/* Chi-square over n cells: mean n - 1, variance 2 (n - 1). */
static void test_uniform_fills_its_cells(void **unused)
{
    (void)unused;
    enum { CELLS = 1024, DRAWS = 4000000 };
    static long count[CELLS];
    struct spiral_random random = spiral_random_seed(10, 11);

    for (long i = 0; i < DRAWS; i++)
        count[(int)(spiral_uniform(spiral_random_next(&random)) * CELLS)]++;

    const double expected = (double)DRAWS / CELLS;
    double chi_square = 0.0;

    for (int i = 0; i < CELLS; i++)
        chi_square += ((double)count[i] - expected) * ((double)count[i] - expected) / expected;

    assert_true(fabs(chi_square - (CELLS - 1)) < 5.0 * sqrt(2.0 * (CELLS - 1)));
}

/* How many of the 2^32 draws have each sum of bytes: exactly, by convolution. */
static void sums_of_four_bytes(double share[1021])
{
    double before[1021] = {1.0};

    for (int bytes = 0; bytes < 4; bytes++) {
        for (int sum = 0; sum <= 1020; sum++) {
            share[sum] = 0.0;
            for (int byte = 0; byte < 256 && byte <= sum; byte++)
                share[sum] += before[sum - byte] / 256.0;
        }

        for (int sum = 0; sum <= 1020; sum++)
            before[sum] = share[sum];
    }
}

/* A draw whose bytes have this sum. */
static uint32_t draw_of_sum(int sum)
{
    uint32_t draw = 0;

    for (int byte = 0; byte < 4; byte++) {
        const int part = sum > 255 ? 255 : sum;
        draw = draw << 8 | (uint32_t)part;
        sum -= part;
    }

    return draw;
}

static void test_moments_of_all_noise(void **unused)
{
    (void)unused;
    double share[1021];
    double moment[5] = {0};

    sums_of_four_bytes(share);

    for (int sum = 0; sum <= 1020; sum++) {
        const double noise = spiral_noise(draw_of_sum(sum));
        double power = share[sum];
        for (int order = 0; order < 5; order++, power *= noise)
            moment[order] += power;

        assert_true(noise == -spiral_noise(draw_of_sum(1020 - sum)));
    }

    assert_true(fabs(moment[0] - 1.0) < 1e-12);
    assert_true(fabs(moment[1]) < 1e-12);
    assert_true(fabs(moment[2] - 1.0) < 1e-12);
    assert_true(fabs(moment[3]) < 1e-12);
    assert_true(fabs(moment[4] - (3.0 - 0.3 * 65537.0 / 65535.0)) < 1e-12);
}

static void test_noise_bounds(void **unused)
{
    (void)unused;
    assert_true(fabs(SPIRAL_NOISE_SCALE * sqrt(SPIRAL_NOISE_SUM_VARIANCE) - 1.0) < 1e-15);
    assert_true(fabs(SPIRAL_NOISE_BOUND - SPIRAL_NOISE_SUM_MEAN / sqrt(SPIRAL_NOISE_SUM_VARIANCE)) <
                1e-15);
    assert_true(fabs(spiral_noise(UINT32_MAX) - SPIRAL_NOISE_BOUND) < 1e-15);
    assert_true(spiral_noise(0) == -spiral_noise(UINT32_MAX));

    /* every byte counts the same, wherever it stands */
    for (uint32_t byte = 0; byte < 256; byte++) {
        const double noise = spiral_noise(byte);
        assert_true(spiral_noise(byte << 8) == noise && spiral_noise(byte << 16) == noise &&
                    spiral_noise(byte << 24) == noise);
    }
}

/* Drawn noise: each sample moment within five of its standard errors, sqrt((mu_2k - mu_k^2)/n),
 * bounded by the normal's mu_8 = 105. */
static void test_moments_of_drawn_noise(void **unused)
{
    (void)unused;
    enum { DRAWS = 4000000 };
    double mean = 0.0;
    double square = 0.0;
    double fourth = 0.0;
    double lagged = 0.0;
    double before = 0.0;
    struct spiral_random random = spiral_random_seed(12, 13);

    for (long i = 0; i < DRAWS; i++) {
        const double noise = spiral_noise(spiral_random_next(&random));
        mean += noise;
        square += noise * noise;
        fourth += noise * noise * noise * noise;
        lagged += noise * before;
        before = noise;
    }

    assert_true(fabs(mean / DRAWS) < 5.0 / sqrt(DRAWS));
    assert_true(fabs(square / DRAWS - 1.0) < 5.0 * sqrt(1.7 / DRAWS));
    assert_true(fabs(fourth / DRAWS - 2.7) < 5.0 * sqrt((105.0 - 2.7 * 2.7) / DRAWS));
    assert_true(fabs(lagged / DRAWS) < 5.0 / sqrt(DRAWS));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_published_numbers),
        cmocka_unit_test(test_pure_pair_is_next),
        cmocka_unit_test(test_advance_is_that_many_steps),
        cmocka_unit_test(test_advance_adds_up_and_goes_back),
        cmocka_unit_test(test_neighbouring_streams_are_uncorrelated),
        cmocka_unit_test(test_draws_across_streams_are_uniform_and_uncorrelated),
        cmocka_unit_test(test_uniform_is_draw_over_two_to_the_32),
        cmocka_unit_test(test_uniform_fills_its_cells),
        cmocka_unit_test(test_moments_of_all_noise),
        cmocka_unit_test(test_noise_bounds),
        cmocka_unit_test(test_moments_of_drawn_noise),
    };

    return cmocka_run_group_tests_name("sim/random", tests, NULL, NULL);
}
