/* SPDX-License-Identifier: MIT
 *
 * Designs of experiments against what defines them.
 */
#include <math.h>
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "tests/support/build_scenario.h"
#include "tools/experiment/design.h"
#include "tools/experiment/sobol.h"

static struct spiral_axis range(const char *name, double low, double high)
{
    struct spiral_axis axis = {.low = low, .high = high};
    strcpy(axis.name, name);
    return axis;
}

static struct spiral_axis list(const char *name, double *values, size_t count)
{
    struct spiral_axis axis = {.low = values[0], .high = values[count - 1], .count = count, .values = values};
    strcpy(axis.name, name);
    return axis;
}

static struct spiral_design *made(const struct spiral_axis *axes, size_t count, struct spiral_design_request request)
{
    struct spiral_design *design;
    struct spiral_error error;
    assert_int_equal(spiral_design_create(&design, axes, count, &request, &error), SPIRAL_OK);
    assert_int_equal(design->axes, count);
    return design;
}

static void assert_refused(const struct spiral_axis *axes, size_t count, struct spiral_design_request request, const char *part)
{
    struct spiral_design *design;
    struct spiral_error error;
    assert_int_equal(spiral_design_create(&design, axes, count, &request, &error), SPIRAL_BAD_INPUT);
    assert_null(design);
    if (strstr(error.message, part) == NULL)
        fail_msg("'%s' does not say '%s'", error.message, part);
}

/* python3 -c "from scipy.stats import qmc; print(qmc.Sobol(512, scramble=False).random(16)[[1, 4, 13, 15]][:,
 *     [0, 1, 2, 10, 100, 200, 300, 511]])" (SciPy 1.10, which has Joe and Kuo's numbers). */
static void the_sequence_is_that_of_joe_and_kuo(void **state)
{
    (void)state;
    static const int dimension[8] = {0, 1, 2, 10, 100, 200, 300, 511};
    static const struct { uint32_t index; double expected[8]; } points[] = {
        {1, {0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5}},
        {4, {0.375, 0.375, 0.625, 0.875, 0.625, 0.625, 0.625, 0.375}},
        {13, {0.8125, 0.6875, 0.8125, 0.8125, 0.1875, 0.5625, 0.0625, 0.8125}},
        {15, {0.0625, 0.9375, 0.5625, 0.0625, 0.4375, 0.3125, 0.3125, 0.0625}},
    };
    for (size_t i = 0; i < sizeof points / sizeof *points; i++)
        for (int d = 0; d < 8; d++) {
            uint32_t direction[32];
            spiral_sobol_directions(dimension[d], direction);
            assert_within((double)spiral_sobol_fraction(direction, points[i].index) * 0x1p-32, points[i].expected[d], 0.0);
        }
}

/* In the first two dimensions a Sobol' sequence is a (0, m, 2)-net: every elementary interval of area 2^-m holds one of the first 2^m points; scrambled too. */
static void scrambled_points_stay_a_net(void **state)
{
    (void)state;
    enum { M = 8, POINTS = 1 << M };
    const struct spiral_axis axes[] = {range("x", 0, 1), range("y", 0, 1)};
    for (uint64_t seed = 1; seed <= 5; seed++) {
        struct spiral_design *design = made(axes, 2, (struct spiral_design_request){.kind = SPIRAL_DESIGN_sobol, .points = POINTS, .seed = seed});
        for (int k = 0; k <= M; k++) {
            int held[POINTS] = {0};
            for (size_t p = 0; p < POINTS; p++) {
                const int i = (int)(design->unit[2 * p] * (1 << k)), j = (int)(design->unit[2 * p + 1] * (1 << (M - k)));
                held[i * (1 << (M - k)) + j]++;
            }
            for (int cell = 0; cell < POINTS; cell++)
                assert_int_equal(held[cell], 1);
        }
        spiral_design_destroy(design);
    }
}

static double genz(const double *u, size_t d)
{
    double product = 1.0;
    for (size_t i = 0; i < d; i++)
        product *= 1.0 + 0.5 * (u[i] - 0.5);
    return product; /* integrates to 1 */
}

/* The error of a mean over n scrambled Sobol' points falls faster than that of random points, n^-1/2. */
static void sobol_integrates_better_than_random(void **state)
{
    (void)state;
    enum { D = 6, POINTS = 1024, SEEDS = 20 };
    struct spiral_axis axes[D];
    double square[2] = {0};
    for (size_t i = 0; i < D; i++)
        axes[i] = range("x", 0, 1);
    for (uint64_t seed = 0; seed < SEEDS; seed++)
        for (int which = 0; which < 2; which++) {
            struct spiral_design *design = made(axes, D, (struct spiral_design_request){
                .kind = which == 0 ? SPIRAL_DESIGN_sobol : SPIRAL_DESIGN_random, .points = POINTS, .seed = seed});
            double sum = 0.0;
            for (size_t p = 0; p < POINTS; p++)
                sum += genz(&design->unit[p * D], D);
            square[which] += pow(sum / POINTS - 1.0, 2.0);
            spiral_design_destroy(design);
        }
    assert_true(sqrt(square[0]) * 8.0 < sqrt(square[1]));
}

static void the_same_request_gives_the_same_points(void **state)
{
    (void)state;
    const struct spiral_axis axes[] = {range("x", 0, 1), range("y", 2, 5)};
    static const enum spiral_design_kind kinds[] = {SPIRAL_DESIGN_random, SPIRAL_DESIGN_latin, SPIRAL_DESIGN_sobol, SPIRAL_DESIGN_saltelli, SPIRAL_DESIGN_morris};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        struct spiral_design *one = made(axes, 2, (struct spiral_design_request){.kind = kinds[i], .points = 32, .seed = 4});
        struct spiral_design *same = made(axes, 2, (struct spiral_design_request){.kind = kinds[i], .points = 32, .seed = 4});
        struct spiral_design *other = made(axes, 2, (struct spiral_design_request){.kind = kinds[i], .points = 32, .seed = 5});
        const size_t bytes = one->points * 2 * sizeof(double);
        assert_memory_equal(one->value, same->value, bytes);
        assert_memory_not_equal(one->value, other->value, bytes);
        spiral_design_destroy(one);
        spiral_design_destroy(same);
        spiral_design_destroy(other);
    }
}

static void a_latin_hypercube_has_one_point_in_each_share(void **state)
{
    (void)state;
    enum { POINTS = 37, D = 3 };
    const struct spiral_axis axes[D] = {range("x", 0, 1), range("y", 0, 1), range("z", 0, 1)};
    struct spiral_design *design = made(axes, D, (struct spiral_design_request){.kind = SPIRAL_DESIGN_latin, .points = POINTS, .seed = 9});
    for (size_t f = 0; f < D; f++) {
        int held[POINTS] = {0};
        for (size_t p = 0; p < POINTS; p++)
            held[(int)(design->unit[p * D + f] * POINTS)]++;
        for (size_t share = 0; share < POINTS; share++)
            assert_int_equal(held[share], 1);
    }
    spiral_design_destroy(design);
}

static void a_grid_runs_over_every_combination_last_axis_fastest(void **state)
{
    (void)state;
    double levels[] = {3, 1, 7};
    const struct spiral_axis axes[] = {range("x", 10, 20), list("y", levels, 3)};
    struct spiral_design *design = made(axes, 2, (struct spiral_design_request){.kind = SPIRAL_DESIGN_grid, .points = 2});
    static const double expected[6][2] = {{10, 3}, {10, 1}, {10, 7}, {20, 3}, {20, 1}, {20, 7}};
    assert_int_equal(design->points, 6);
    for (size_t p = 0; p < 6; p++)
        for (size_t a = 0; a < 2; a++)
            assert_within(design->value[2 * p + a], expected[p][a], 1e-12);
    spiral_design_destroy(design);
}

static void zip_goes_side_by_side(void **state)
{
    (void)state;
    double one[] = {3, 1, 7}, two[] = {5, 5, 6}, short_one[] = {1, 2};
    const struct spiral_axis axes[] = {list("x", one, 3), list("y", two, 3), range("z", 0, 1)};
    struct spiral_design *design = made(axes, 3, (struct spiral_design_request){.kind = SPIRAL_DESIGN_zip, .points = 3});
    assert_int_equal(design->points, 3);
    assert_within(design->value[3], 1.0, 0.0);
    assert_within(design->value[4], 5.0, 0.0);
    assert_within(design->value[5], 0.5, 0.0);
    spiral_design_destroy(design);
    const struct spiral_axis uneven[] = {list("x", one, 3), list("y", short_one, 2)};
    assert_refused(uneven, 2, (struct spiral_design_request){.kind = SPIRAL_DESIGN_zip}, "lists of one length: x has 3 values, y 2");
}

/* A, A with one factor of B, (B with one of A,) B: each row differs from A or B in the one factor. */
static void saltelli_blocks_stand_in_order(void **state)
{
    (void)state;
    enum { D = 3, BASE = 8 };
    const struct spiral_axis axes[D] = {range("x", 0, 1), range("y", 0, 1), range("z", 0, 1)};
    for (int second = 0; second < 2; second++) {
        struct spiral_design *design = made(axes, D, (struct spiral_design_request){
            .kind = SPIRAL_DESIGN_saltelli, .points = BASE, .seed = 3, .second_order = second});
        const size_t block = second ? 2 * D + 2 : D + 2;
        assert_int_equal(design->points, BASE * block);
        for (size_t i = 0; i < BASE; i++) {
            const double *a = &design->unit[i * block * D], *b = a + (block - 1) * D;
            for (size_t f = 0; f < D; f++) {
                assert_true(a[f] != b[f]);
                for (size_t other = 0; other < D; other++) {
                    assert_within(a[(1 + f) * D + other], other == f ? b[other] : a[other], 0.0);
                    if (second)
                        assert_within(a[(1 + D + f) * D + other], other == f ? a[other] : b[other], 0.0);
                }
            }
        }
        spiral_design_destroy(design);
    }
}

static void morris_moves_one_factor_by_its_step(void **state)
{
    (void)state;
    enum { D = 4, TRAJECTORIES = 200 };
    const struct spiral_axis axes[D] = {range("x", 0, 1), range("y", 0, 1), range("z", 0, 1), range("w", 0, 1)};
    struct spiral_design *design = made(axes, D, (struct spiral_design_request){.kind = SPIRAL_DESIGN_morris, .points = TRAJECTORIES, .seed = 6});
    int ups = 0;
    assert_int_equal(design->points, TRAJECTORIES * (D + 1));
    for (size_t t = 0; t < TRAJECTORIES; t++) {
        int moved[D] = {0};
        for (size_t row = 1; row <= D; row++) {
            const double *now = &design->unit[(t * (D + 1) + row) * D], *before = now - D;
            int changes = 0;
            for (size_t f = 0; f < D; f++) {
                assert_true(now[f] >= 0.0 && now[f] <= 1.0);
                if (now[f] != before[f]) {
                    assert_within(fabs(now[f] - before[f]), 2.0 / 3.0, 1e-12);
                    ups += now[f] > before[f];
                    moved[f]++;
                    changes++;
                }
            }
            assert_int_equal(changes, 1);
        }
        for (size_t f = 0; f < D; f++)
            assert_int_equal(moved[f], 1);
    }
    assert_true(abs(ups - TRAJECTORIES * D / 2) < 4 * (int)sqrt(TRAJECTORIES * D / 4.0)); /* four standard errors */
    spiral_design_destroy(design);
}

static void one_at_a_time_leaves_the_others_in_the_middle(void **state)
{
    (void)state;
    double values[] = {1, 2, 9};
    const struct spiral_axis axes[] = {range("x", 0, 10), list("y", values, 3)};
    struct spiral_design *design = made(axes, 2, (struct spiral_design_request){.kind = SPIRAL_DESIGN_oat, .points = 2});
    static const double expected[6][2] = {{5, 2}, {0, 2}, {10, 2}, {5, 1}, {5, 2}, {5, 9}};
    assert_int_equal(design->points, 6);
    for (size_t p = 0; p < 6; p++)
        for (size_t a = 0; a < 2; a++)
            assert_within(design->value[2 * p + a], expected[p][a], 1e-12);
    spiral_design_destroy(design);
}

/* Logarithmic: half of the points below the geometric mean. Whole numbers: each equally often, ends included. */
static void scales_are_uniform_in_their_own_measure(void **state)
{
    (void)state;
    enum { POINTS = 1024 };
    struct spiral_axis axes[] = {range("x", 1, 10000), range("n", 1, 4)};
    axes[0].log = true;
    axes[1].integer = true;
    struct spiral_design *design = made(axes, 2, (struct spiral_design_request){.kind = SPIRAL_DESIGN_sobol, .points = POINTS, .seed = 2});
    int below = 0, held[5] = {0};
    for (size_t p = 0; p < POINTS; p++) {
        below += design->value[2 * p] < 100.0;
        held[(int)design->value[2 * p + 1]]++;
    }
    assert_int_equal(below, POINTS / 2);
    for (int n = 1; n <= 4; n++)
        assert_int_equal(held[n], POINTS / 4);
    spiral_design_destroy(design);
}

/* Spearman's correlation of a Gaussian copula is 6 / pi asin(rho / 2). */
static void groups_move_together(void **state)
{
    (void)state;
    enum { POINTS = 4096 };
    struct spiral_axis axes[] = {range("x", 0, 1), range("y", 5, 6), range("z", 0, 1)};
    axes[0].group = axes[1].group = 1;
    axes[0].correlation = axes[1].correlation = 1.0;
    struct spiral_design *design = made(axes, 3, (struct spiral_design_request){.kind = SPIRAL_DESIGN_sobol, .points = POINTS, .seed = 2});
    assert_int_equal(design->factors, 2);
    assert_int_equal(design->factor_of[0], 0);
    assert_int_equal(design->factor_of[1], 0);
    assert_int_equal(design->factor_of[2], 1);
    for (size_t p = 0; p < POINTS; p++)
        assert_within(design->value[3 * p + 1], 5.0 + design->value[3 * p], 1e-12);
    spiral_design_destroy(design);
    axes[0].correlation = axes[1].correlation = -0.8;
    design = made(axes, 3, (struct spiral_design_request){.kind = SPIRAL_DESIGN_sobol, .points = POINTS, .seed = 2});
    assert_int_equal(design->factors, 3);
    double sum = 0.0;
    for (size_t p = 0; p < POINTS; p++)
        sum += (design->value[3 * p] - 0.5) * (design->value[3 * p + 1] - 5.5) * 12.0;
    assert_within(sum / POINTS, 6.0 / 3.14159265358979 * asin(-0.4), 0.02);
    spiral_design_destroy(design);
}

static void a_list_keeps_its_values(void **state)
{
    (void)state;
    static const double points[] = {1, 5, 2, 9};
    const struct spiral_axis axes[] = {range("x", 0, 4), range("y", 5, 9)};
    struct spiral_design *design = made(axes, 2, (struct spiral_design_request){.kind = SPIRAL_DESIGN_list, .list = points, .list_points = 2});
    assert_memory_equal(design->value, points, sizeof points);
    assert_within(design->unit[0], 0.25, 0.0);
    assert_within(design->unit[3], 1.0, 0.0);
    spiral_design_destroy(design);
}

static void what_does_not_fit_is_refused(void **state)
{
    (void)state;
    struct spiral_axis axes[] = {range("x", 0, 1), range("y", 0, 1), range("z", 0, 1)};
    assert_refused(axes, 0, (struct spiral_design_request){.kind = SPIRAL_DESIGN_sobol, .points = 4}, "1 to 256 things, not 0");
    assert_refused(axes, 1, (struct spiral_design_request){.kind = SPIRAL_DESIGN_sobol}, "sobol needs a number of points");
    assert_refused(axes, 1, (struct spiral_design_request){.kind = SPIRAL_DESIGN_grid}, "needs a number of levels");
    assert_refused(axes, 1, (struct spiral_design_request){.kind = SPIRAL_DESIGN_list}, "at least one point");
    assert_refused(axes, 1, (struct spiral_design_request){.kind = SPIRAL_DESIGN_morris, .points = 4, .levels = 3}, "even number of levels, not 3");
    assert_refused(axes, 3, (struct spiral_design_request){.kind = SPIRAL_DESIGN_grid, .points = 1u << 31}, "more points than can be held");
    axes[0].group = axes[1].group = axes[2].group = 1;
    axes[0].correlation = axes[1].correlation = axes[2].correlation = -0.5;
    assert_refused(axes, 3, (struct spiral_design_request){.kind = SPIRAL_DESIGN_sobol, .points = 4}, "not below 0 in a group of more than two");
    axes[2].correlation = 0.5;
    assert_refused(axes, 3, (struct spiral_design_request){.kind = SPIRAL_DESIGN_sobol, .points = 4}, "different correlations");
    struct spiral_axis turned[] = {range("x", 1, 0)}, zero[] = {range("x", 0, 1)};
    zero[0].log = true;
    assert_refused(turned, 1, (struct spiral_design_request){.kind = SPIRAL_DESIGN_sobol, .points = 4}, "x: a range goes from a lower to a higher number");
    assert_refused(zero, 1, (struct spiral_design_request){.kind = SPIRAL_DESIGN_sobol, .points = 4}, "begins above 0");
    double one[] = {1, 2}, three[] = {1, 2, 3};
    struct spiral_axis joined[] = {list("x", one, 2), list("y", three, 3)};
    joined[0].group = joined[1].group = 1;
    joined[0].correlation = joined[1].correlation = 1.0;
    assert_refused(joined, 2, (struct spiral_design_request){.kind = SPIRAL_DESIGN_grid}, "y has 3 values, but x, which moves with it, has 2");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_sequence_is_that_of_joe_and_kuo), cmocka_unit_test(scrambled_points_stay_a_net),
        cmocka_unit_test(sobol_integrates_better_than_random), cmocka_unit_test(the_same_request_gives_the_same_points),
        cmocka_unit_test(a_latin_hypercube_has_one_point_in_each_share), cmocka_unit_test(a_grid_runs_over_every_combination_last_axis_fastest),
        cmocka_unit_test(zip_goes_side_by_side), cmocka_unit_test(saltelli_blocks_stand_in_order),
        cmocka_unit_test(morris_moves_one_factor_by_its_step), cmocka_unit_test(one_at_a_time_leaves_the_others_in_the_middle),
        cmocka_unit_test(scales_are_uniform_in_their_own_measure), cmocka_unit_test(groups_move_together), cmocka_unit_test(a_list_keeps_its_values),
        cmocka_unit_test(what_does_not_fit_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
