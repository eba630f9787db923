/* SPDX-License-Identifier: MIT */
/* Sobol' sequences and their scrambling, against published numbers and what theory says of nets. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "sim/random.h"
#include "tests/support/build_scenario.h"
#include "tools/design/sobol_sequence.h"

static double plain(int dimension, uint32_t index)
{
    uint32_t direction[32];
    spiral_sobol_directions(dimension, direction);
    return (double)spiral_sobol_fraction(direction, index) * 0x1p-32;
}

/* A stream of scrambles' seeds: a draw a dimension. */
static struct spiral_random seeds_of(uint64_t replicate)
{
    return spiral_random_seed(replicate, 77);
}

/* Joe and Kuo (2008) by way of SciPy 1.10:
 *   python3 -c "from scipy.stats import qmc; s = qmc.Sobol(512, scramble=False); p =
 *   s.random(16)[[1, 4, 13, 15]]; s.fast_forward(987654 - 16);
 *   d = [0, 1, 2, 10, 100, 200, 300, 511]; print(p[:, d], s.random(1)[0, d].tolist())" */
static void the_sequence_is_that_of_joe_and_kuo(void **state)
{
    (void)state;
    static const int dimension[8] = {0, 1, 2, 10, 100, 200, 300, 511};

    static const struct {
        uint32_t index;
        double expected[8];
    } points[] = {
        {0, {0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0}},
        {1, {0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5}},
        {4, {0.375, 0.375, 0.625, 0.875, 0.625, 0.625, 0.625, 0.375}},
        {13, {0.8125, 0.6875, 0.8125, 0.8125, 0.1875, 0.5625, 0.0625, 0.8125}},
        {15, {0.0625, 0.9375, 0.5625, 0.0625, 0.4375, 0.3125, 0.3125, 0.0625}},
        {987654,
         {0.6283121109008789, 0.0928945541381836, 0.5800409317016602, 0.937251091003418,
          0.059531211853027344, 0.1573343276977539, 0.3836946487426758, 0.48471736907958984}},
    };
    for (size_t i = 0; i < sizeof points / sizeof *points; i++)
        for (int d = 0; d < 8; d++)
            assert_within(plain(dimension[d], points[i].index), points[i].expected[d], 0.0);
}

/* Point 2^(i + 1) - 1 is direction number i alone, and thirteen of them tell all that the table
 * says of 512 dimensions. Their weighted sum, in 2^-30, by SciPy 1.10:
 *   p = qmc.Sobol(512, scramble=False).random(8192)
 *   print(sum((i + 1) * (d + 1) * int(p[2**(i + 1) - 1, d] * 2**30) for i in range(13) for d in
 *   range(512))) */
static void no_direction_number_is_mistyped(void **state)
{
    (void)state;
    uint64_t sum = 0;

    for (uint32_t i = 0; i < 13; i++)
        for (int d = 0; d < SPIRAL_SOBOL_DIMENSIONS; d++)
            sum +=
                (i + 1) * (uint64_t)(d + 1) * (uint64_t)(plain(d, (UINT32_C(2) << i) - 1) * 0x1p30);
    assert_true(sum == UINT64_C(6387095936958464));
}

/* Rows of bits made triangular; whether none becomes 0. */
static bool is_regular(uint32_t *row, int size)
{
    for (int i = 0; i < size; i++) {
        if (row[i] == 0)
            return false;
        const uint32_t top = row[i] & (0u - row[i]);
        for (int j = i + 1; j < size; j++)
            if ((row[j] & top) != 0)
                row[j] ^= row[i];
    }

    return true;
}

/* Sobol's property A, which these numbers have up to dimension 1111
 * (https://web.maths.unsw.edu.au/~fkuo/sobol/): of the first 2^d points in d dimensions one is
 * in each of the 2^d boxes of half the side. That is, the d x d matrix of the directions' first
 * bits is regular. 32 bits tell of 32 dimensions. */
static void halves_of_all_dimensions_meet(void **state)
{
    (void)state;
    for (int dimensions = 1; dimensions <= 32; dimensions++) {
        uint32_t row[32] = {0};
        for (int d = 0; d < dimensions; d++) {
            uint32_t direction[32];
            spiral_sobol_directions(d, direction);
            for (int i = 0; i < dimensions; i++)
                row[d] |= (direction[i] >> 31) << i;
        }

        if (!is_regular(row, dimensions))
            fail_msg("property A does not hold in %d dimensions", dimensions);
    }
}

/* Every dimension alone is a (0, m, 1)-net: each of 2^m intervals holds one of the first 2^m
 * points, scrambled too. The second 2^m points as well. */
static void every_dimension_fills_its_intervals(void **state)
{
    (void)state;
    enum { M = 7, POINTS = 1 << M };
    struct spiral_random seeds = seeds_of(1);

    for (int d = 0; d < SPIRAL_SOBOL_DIMENSIONS; d++) {
        uint32_t direction[32];
        const uint32_t seed = spiral_random_next(&seeds);
        spiral_sobol_directions(d, direction);

        for (uint32_t first = 0; first <= POINTS; first += POINTS) {
            bool held[POINTS] = {false};
            for (uint32_t p = 0; p < POINTS; p++) {
                bool *here =
                    &held[spiral_sobol_scramble(spiral_sobol_fraction(direction, first + p),
                                                seed) >>
                          (32 - M)];
                assert_false(*here);
                *here = true;
            }
        }
    }
}

/* How many points each elementary interval of 2^-k[0] x 2^-k[1] x 2^-k[2] holds: all `expected`. */
static void assert_intervals_hold(uint32_t (*point)[3], size_t points, const int k[3], int expected)
{
    int held[1024] = {0};

    for (size_t p = 0; p < points; p++) {
        size_t cell = 0;
        for (int d = 0; d < 3; d++)
            cell = (cell << k[d]) | (k[d] == 0 ? 0 : point[p][d] >> (32 - k[d]));
        held[cell]++;
    }

    for (size_t cell = 0; cell < (size_t)1 << (k[0] + k[1] + k[2]); cell++)
        assert_int_equal(held[cell], expected);
}

/* The quality t of a Sobol' sequence is the sum of its polynomials' degrees less one (Sobol'
 * 1967): 0 in two dimensions, 1 in three, where the degrees are 0, 1, 2. A (t, m, s)-net has 2^t
 * points in every elementary interval of volume 2^(t - m). Scrambling keeps it (Owen 1995). */
static void scrambled_points_stay_a_net(void **state)
{
    (void)state;
    enum { M = 9, POINTS = 1 << M };
    static uint32_t point[POINTS][3];

    for (uint64_t replicate = 0; replicate < 4; replicate++) {
        struct spiral_random seeds = seeds_of(replicate);
        for (int d = 0; d < 3; d++) {
            uint32_t direction[32];
            const uint32_t seed = spiral_random_next(&seeds);
            spiral_sobol_directions(d, direction);
            for (uint32_t p = 0; p < POINTS; p++)
                point[p][d] = spiral_sobol_scramble(spiral_sobol_fraction(direction, p), seed);
        }

        for (int i = 0; i <= M; i++)
            assert_intervals_hold(point, POINTS, (const int[3]){i, M - i, 0}, 1);
        for (int i = 0; i <= M - 1; i++)
            for (int j = 0; i + j <= M - 1; j++)
                assert_intervals_hold(point, POINTS, (const int[3]){i, j, M - 1 - i - j}, 2);
    }
}

/* Over seeds any one point is uniform: chi-square of 16 shares with 15 degrees of freedom is
 * below 44.3 but for one case in 10^4. */
static void a_scrambled_point_is_uniform(void **state)
{
    (void)state;
    enum { SEEDS = 16384, SHARES = 16 };
    static const uint32_t fractions[] = {0, 1, 0x80000000, 0x55555555, 0xffffffff};

    for (size_t i = 0; i < sizeof fractions / sizeof *fractions; i++) {
        int held[SHARES] = {0};
        double square = 0.0;

        for (uint64_t replicate = 0; replicate < SEEDS; replicate++) {
            struct spiral_random seeds = seeds_of(replicate);
            held[spiral_sobol_scramble(fractions[i], spiral_random_next(&seeds)) >> 28]++;
        }

        for (int share = 0; share < SHARES; share++)
            square += pow(held[share] - SEEDS / SHARES, 2.0) * SHARES / SEEDS;

        assert_true(square < 44.3);
    }
}

/* The mean over n scrambled points of a product of 1 + (u - 1/2) / 2 in every dimension; its
 * expectation is 1. */
static double mean_of_product(int dimensions, uint32_t n, uint64_t replicate, bool random)
{
    uint32_t direction[8][32];
    uint32_t seed[8];
    double sum = 0.0;
    struct spiral_random seeds = seeds_of(replicate);

    for (int d = 0; d < dimensions; d++) {
        spiral_sobol_directions(d, direction[d]);
        seed[d] = spiral_random_next(&seeds);
    }

    for (uint32_t p = 0; p < n; p++) {
        double product = 1.0;
        for (int d = 0; d < dimensions; d++) {
            const uint32_t u =
                random ? spiral_random_next(&seeds)
                       : spiral_sobol_scramble(spiral_sobol_fraction(direction[d], p), seed[d]);
            product *= 0.75 + 0.5 * ((double)u + 0.5) * 0x1p-32;
        }

        sum += product;
    }

    return sum / n;
}

static double mean_square_error(int dimensions, uint32_t n, bool random)
{
    enum { REPLICATES = 400 };
    double sum = 0.0;

    for (uint64_t replicate = 0; replicate < REPLICATES; replicate++)
        sum += pow(mean_of_product(dimensions, n, replicate, random) - 1.0, 2.0);
    return sum / REPLICATES;
}

/* In one dimension Owen's scrambling puts a uniform point in each of n intervals, so that the
 * mean of u / 2 has variance 1 / (48 n^3); of 400 replicates the relative standard error is
 * sqrt(2 / 400), and four of them .283. Random points have variance 1 / (48 n). */
static void one_dimension_has_the_variance_of_strata(void **state)
{
    (void)state;
    for (uint32_t n = 16; n <= 1024; n *= 8) {
        assert_within(mean_square_error(1, n, false) * 48.0 * pow(n, 3.0), 1.0, 0.283);
        assert_within(mean_square_error(1, n, true) * 48.0 * n, 1.0, 0.283);
    }
}

/* Of a smooth function the error falls as n^-3/2 but for logarithms (Owen 1997), of random
 * points as n^-1/2: with 64 times the points to 1/512, and 1/8. At 1024 points in six dimensions
 * it is less than a hundredth of the random points'. */
static void errors_fall_faster_than_those_of_random_points(void **state)
{
    (void)state;
    const double fall = sqrt(mean_square_error(2, 32, false) / mean_square_error(2, 2048, false));
    const double random_fall =
        sqrt(mean_square_error(2, 32, true) / mean_square_error(2, 2048, true));

    assert_true(fall > 256.0);
    assert_true(random_fall > 6.0 && random_fall < 10.0);
    assert_true(mean_square_error(6, 1024, true) > 1e4 * mean_square_error(6, 1024, false));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_sequence_is_that_of_joe_and_kuo),
        cmocka_unit_test(no_direction_number_is_mistyped),
        cmocka_unit_test(halves_of_all_dimensions_meet),
        cmocka_unit_test(every_dimension_fills_its_intervals),
        cmocka_unit_test(scrambled_points_stay_a_net),
        cmocka_unit_test(a_scrambled_point_is_uniform),
        cmocka_unit_test(one_dimension_has_the_variance_of_strata),
        cmocka_unit_test(errors_fall_faster_than_those_of_random_points),
    };

    return cmocka_run_group_tests_name("experiment/sobol", tests, NULL, NULL);
}
