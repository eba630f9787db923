/* SPDX-License-Identifier: MIT
 *
 * Designs of experiments against what defines them.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/axes.h"
#include "tests/support/build_scenario.h"

static struct spiral_design *made(const struct spiral_axis *axes, size_t count,
                                  struct spiral_design_request request)
{
    struct spiral_design *design;
    struct spiral_error error;

    assert_int_equal(spiral_design_create(&design, axes, count, &request, &error), SPIRAL_OK);
    assert_int_equal(design->axes, count);
    return design;
}

static void the_same_request_gives_the_same_points(void **state)
{
    (void)state;
    const struct spiral_axis axes[] = {range("x", 0, 1), range("y", 2, 5)};
    static const enum spiral_design_kind kinds[] = {SPIRAL_DESIGN_random, SPIRAL_DESIGN_latin,
                                                    SPIRAL_DESIGN_sobol, SPIRAL_DESIGN_saltelli,
                                                    SPIRAL_DESIGN_morris};

    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        struct spiral_design *one =
            made(axes, 2,
                 (struct spiral_design_request){.kind = kinds[i], .points = 32, .seed = 4});
        struct spiral_design *same =
            made(axes, 2,
                 (struct spiral_design_request){.kind = kinds[i], .points = 32, .seed = 4});
        struct spiral_design *other =
            made(axes, 2,
                 (struct spiral_design_request){.kind = kinds[i], .points = 32, .seed = 5});
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
    struct spiral_design *design = made(axes, D,
                                        (struct spiral_design_request){.kind = SPIRAL_DESIGN_latin,
                                                                       .points = POINTS,
                                                                       .seed = 9});

    for (size_t f = 0; f < D; f++) {
        int held[POINTS] = {0};
        for (size_t p = 0; p < POINTS; p++)
            held[(int)(design->coordinate[p * D + f] * POINTS)]++;
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
    struct spiral_design *design =
        made(axes, 2, (struct spiral_design_request){.kind = SPIRAL_DESIGN_grid, .points = 2});
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
    double one[] = {3, 1, 7};
    double two[] = {5, 5, 6};
    const struct spiral_axis axes[] = {list("x", one, 3), list("y", two, 3), range("z", 0, 1)};
    struct spiral_design *design =
        made(axes, 3, (struct spiral_design_request){.kind = SPIRAL_DESIGN_zip, .points = 3});

    assert_int_equal(design->points, 3);
    assert_within(design->value[3], 1.0, 0.0);
    assert_within(design->value[4], 5.0, 0.0);
    assert_within(design->value[5], 0.5, 0.0);
    spiral_design_destroy(design);
}

/* A, A with one factor of B, (B with one of A,) B: each row differs from A or B in the one
 * factor. */
static void saltelli_blocks_stand_in_order(void **state)
{
    (void)state;
    enum { D = 3, BASE = 8 };
    const struct spiral_axis axes[D] = {range("x", 0, 1), range("y", 0, 1), range("z", 0, 1)};

    for (int second = 0; second < 2; second++) {
        struct spiral_design *design =
            made(axes, D,
                 (struct spiral_design_request){.kind = SPIRAL_DESIGN_saltelli,
                                                .points = BASE,
                                                .seed = 3,
                                                .second_order = second});
        const size_t block = second ? 2 * D + 2 : D + 2;
        assert_int_equal(design->points, BASE * block);

        for (size_t i = 0; i < BASE; i++) {
            const double *a = &design->coordinate[i * block * D];
            const double *b = a + (block - 1) * D;

            for (size_t f = 0; f < D; f++) {
                assert_true(a[f] != b[f]);
                for (size_t other = 0; other < D; other++) {
                    assert_within(a[(1 + f) * D + other], other == f ? b[other] : a[other], 0.0);
                    if (second)
                        assert_within(a[(1 + D + f) * D + other], other == f ? a[other] : b[other],
                                      0.0);
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
    const struct spiral_axis axes[D] = {range("x", 0, 1), range("y", 0, 1), range("z", 0, 1),
                                        range("w", 0, 1)};
    struct spiral_design *design = made(axes, D,
                                        (struct spiral_design_request){.kind = SPIRAL_DESIGN_morris,
                                                                       .points = TRAJECTORIES,
                                                                       .seed = 6});
    int ups = 0;

    assert_int_equal(design->points, TRAJECTORIES * (D + 1));

    for (size_t t = 0; t < TRAJECTORIES; t++) {
        int moved[D] = {0};
        for (size_t row = 1; row <= D; row++) {
            const double *now = &design->coordinate[(t * (D + 1) + row) * D];
            const double *before = now - D;
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

    assert_true(abs(ups - TRAJECTORIES * D / 2) <
                4 * (int)sqrt(TRAJECTORIES * D / 4.0)); /* four standard errors */
    spiral_design_destroy(design);
}

static void one_at_a_time_leaves_the_others_in_the_middle(void **state)
{
    (void)state;
    double values[] = {1, 2, 9};
    const struct spiral_axis axes[] = {range("x", 0, 10), list("y", values, 3)};
    struct spiral_design *design =
        made(axes, 2, (struct spiral_design_request){.kind = SPIRAL_DESIGN_oat, .points = 2});
    static const double expected[6][2] = {{5, 2}, {0, 2}, {10, 2}, {5, 1}, {5, 2}, {5, 9}};

    assert_int_equal(design->points, 6);
    for (size_t p = 0; p < 6; p++)
        for (size_t a = 0; a < 2; a++)
            assert_within(design->value[2 * p + a], expected[p][a], 1e-12);

    spiral_design_destroy(design);
}

/* A and B are the halves of one scrambled sequence of twice the dimensions. */
static void saltelli_takes_both_halves_from_one_sequence(void **state)
{
    (void)state;
    enum { D = 2, BASE = 16 };
    const struct spiral_axis axes[2 * D] = {range("x", 0, 1), range("y", 0, 1), range("z", 0, 1),
                                            range("w", 0, 1)};
    struct spiral_design *saltelli = made(
        axes, D,
        (struct spiral_design_request){.kind = SPIRAL_DESIGN_saltelli, .points = BASE, .seed = 8});
    struct spiral_design *sobol = made(axes, 2 * D,
                                       (struct spiral_design_request){.kind = SPIRAL_DESIGN_sobol,
                                                                      .points = BASE,
                                                                      .seed = 8});

    for (size_t i = 0; i < BASE; i++) {
        assert_memory_equal(&saltelli->coordinate[i * (D + 2) * D], &sobol->coordinate[i * 2 * D],
                            D * sizeof(double));
        assert_memory_equal(&saltelli->coordinate[(i * (D + 2) + D + 1) * D],
                            &sobol->coordinate[i * 2 * D + D], D * sizeof(double));
    }

    spiral_design_destroy(saltelli);
    spiral_design_destroy(sobol);
}

/* Of a list of n values, and of n whole numbers where the grid has no fewer levels, a step is
 * half of the values; every value is met, every step changes the value, and its coordinate is
 * its place. Of ten whole numbers four levels are taken: 1, 4, 7, 10. */
static void morris_steps_from_value_to_value(void **state)
{
    (void)state;
    enum { D = 4, TRAJECTORIES = 100 };
    double two[] = {7, -3};
    double three[] = {0, 10, 20};
    const struct spiral_axis axes[D] = {list("two", two, 2), list("three", three, 3),
                                        whole("four", 5, 8), whole("ten", 1, 10)};
    static const size_t choices[D] = {2, 3, 4, 10};
    static const double step[D] = {1.0 / 2, 1.0 / 3, 2.0 / 4, 6.0 / 10};
    static const int met_at_all[D] = {1 << 0 | 1 << 1, 1 << 0 | 1 << 1 | 1 << 2,
                                      1 << 0 | 1 << 1 | 1 << 2 | 1 << 3,
                                      1 << 0 | 1 << 3 | 1 << 6 | 1 << 9};
    struct spiral_design *design = made(axes, D,
                                        (struct spiral_design_request){.kind = SPIRAL_DESIGN_morris,
                                                                       .points = TRAJECTORIES,
                                                                       .seed = 1});
    int met[D] = {0};

    for (size_t p = 0; p < design->points; p++)
        for (size_t f = 0; f < D; f++) {
            const double unit = design->coordinate[p * D + f], value = design->value[p * D + f],
                         change = unit - (p > 0 ? design->coordinate[(p - 1) * D + f] : unit);
            const size_t place = (size_t)(unit * (double)choices[f]);
            met[f] |= 1 << place;
            assert_within(unit, ((double)place + 0.5) / (double)choices[f], 1e-15);
            assert_within(value,
                          axes[f].count > 0 ? axes[f].values[place] : axes[f].low + (double)place,
                          0.0);
            if (p % (D + 1) != 0 && fabs(change) > 0.0)
                assert_within(fabs(change), step[f], 1e-15);
        }

    assert_memory_equal(met, met_at_all, sizeof met);
    spiral_design_destroy(design);
}

/* A grid of five levels: three whole numbers once each, of nine every second. */
static void a_grid_repeats_no_whole_number(void **state)
{
    (void)state;
    const struct spiral_axis axes[] = {whole("few", -1, 1), whole("many", 0, 8)};
    struct spiral_design *design =
        made(axes, 2, (struct spiral_design_request){.kind = SPIRAL_DESIGN_grid, .points = 5});

    assert_int_equal(design->points, 15);

    for (size_t p = 0; p < 15; p++) {
        assert_within(design->value[2 * p], (double)(p / 5) - 1.0, 0.0);
        assert_within(design->coordinate[2 * p], ((double)(p / 5) + 0.5) / 3.0, 1e-15);
        assert_within(design->value[2 * p + 1],
                      floor((double)(p % 5) * 9.0 / 4.0) - (p % 5 == 4 ? 1.0 : 0.0),
                      0.0); /* 0 2 4 6 8 */
    }

    spiral_design_destroy(design);
    design = made(axes, 2, (struct spiral_design_request){.kind = SPIRAL_DESIGN_oat, .points = 5});
    assert_int_equal(design->points, 1 + 3 + 5);
    assert_within(design->value[0], 0.0, 0.0);
    assert_within(design->value[1], 4.0, 0.0);
    spiral_design_destroy(design);
}

/* Logarithmic: half of the points below the geometric mean. Whole numbers: each equally often,
 * ends included. */
static void scales_are_uniform_in_their_own_measure(void **state)
{
    (void)state;
    enum { POINTS = 1024 };
    struct spiral_axis axes[] = {range("x", 1, 10000), range("n", 1, 4)};

    axes[0].log = true;
    axes[1].integer = true;

    struct spiral_design *design = made(axes, 2,
                                        (struct spiral_design_request){.kind = SPIRAL_DESIGN_sobol,
                                                                       .points = POINTS,
                                                                       .seed = 2});
    int below = 0;
    int held[5] = {0};

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

    struct spiral_design *design = made(axes, 3,
                                        (struct spiral_design_request){.kind = SPIRAL_DESIGN_sobol,
                                                                       .points = POINTS,
                                                                       .seed = 2});

    assert_int_equal(design->factors, 2);
    assert_int_equal(design->factor_of[0], 0);
    assert_int_equal(design->factor_of[1], 0);
    assert_int_equal(design->factor_of[2], 1);
    for (size_t p = 0; p < POINTS; p++)
        assert_within(design->value[3 * p + 1], 5.0 + design->value[3 * p], 1e-12);

    spiral_design_destroy(design);
    axes[0].correlation = axes[1].correlation = -0.8;
    design = made(axes, 3,
                  (struct spiral_design_request){.kind = SPIRAL_DESIGN_sobol,
                                                 .points = POINTS,
                                                 .seed = 2});
    assert_int_equal(design->factors, 3);

    double sum = 0.0;

    for (size_t p = 0; p < POINTS; p++)
        sum += (design->value[3 * p] - 0.5) * (design->value[3 * p + 1] - 5.5) * 12.0;

    assert_within(sum / POINTS, 6.0 / 3.14159265358979 * asin(-0.4), 0.02);
    spiral_design_destroy(design);
}

/* Spearman's correlation in all pairs of a group of three; the coordinates stay independent.
 * 4096 random points have a standard error of about 1 / 64 at most. A correlation of -1 mirrors. */
static void correlated_groups_of_three_and_of_mirrors(void **state)
{
    (void)state;
    enum { POINTS = 4096 };
    struct spiral_axis axes[] = {range("x", 0, 1), range("y", 0, 1), range("z", 0, 1),
                                 range("w", 0, 1)};

    for (size_t a = 0; a < 3; a++) {
        axes[a].group = 1;
        axes[a].correlation = 0.6;
    }

    struct spiral_design *design = made(axes, 4,
                                        (struct spiral_design_request){.kind = SPIRAL_DESIGN_random,
                                                                       .points = POINTS,
                                                                       .seed = 12});

    assert_int_equal(design->factors, 4);

    for (size_t a = 0; a < 4; a++)
        for (size_t b = 0; b < a; b++) {
            double values = 0.0;
            double units = 0.0;

            for (size_t p = 0; p < POINTS; p++) {
                values += 12.0 / POINTS * (design->value[4 * p + a] - 0.5) *
                          (design->value[4 * p + b] - 0.5);
                units += 12.0 / POINTS * (design->coordinate[4 * p + a] - 0.5) *
                         (design->coordinate[4 * p + b] - 0.5);
            }

            assert_within(values, a < 3 ? 6.0 / 3.14159265358979 * asin(0.3) : 0.0, 4.0 / 64.0);
            assert_within(units, 0.0, 4.0 / 64.0);
        }
    for (size_t p = 0; p < POINTS; p++) /* the first of a group goes by its own coordinate */
        assert_within(design->value[4 * p], design->coordinate[4 * p], 1e-12);

    spiral_design_destroy(design);
    axes[2].group = 0;
    axes[0].correlation = axes[1].correlation = -1.0;
    design = made(axes, 3,
                  (struct spiral_design_request){.kind = SPIRAL_DESIGN_latin,
                                                 .points = POINTS,
                                                 .seed = 12});
    for (size_t p = 0; p < POINTS; p++)
        assert_within(design->value[3 * p] + design->value[3 * p + 1], 1.0, 1e-12);

    spiral_design_destroy(design);
}

/* Lists, ranges and whole numbers of one group take the list's levels. */
static void a_group_of_a_list_has_its_levels(void **state)
{
    (void)state;
    double values[] = {4, 9};
    struct spiral_axis axes[] = {range("x", 0, 1), list("y", values, 2), whole("z", 0, 1)};

    for (size_t a = 0; a < 3; a++) {
        axes[a].group = 2;
        axes[a].correlation = 1.0;
    }

    static const double expected[2][3] = {{0.25, 4, 0}, {0.75, 9, 1}};
    struct spiral_design *design =
        made(axes, 3, (struct spiral_design_request){.kind = SPIRAL_DESIGN_grid, .points = 7});

    assert_int_equal(design->points, 2);
    assert_int_equal(design->factors, 1);
    assert_memory_equal(design->value, expected, sizeof expected);
    spiral_design_destroy(design);

    /* Where points are drawn the range still moves freely, within the list's share. */
    const struct spiral_axis mixed[] = {axes[1], axes[0]};

    design =
        made(mixed, 2,
             (struct spiral_design_request){.kind = SPIRAL_DESIGN_latin, .points = 8, .seed = 5});

    int held[8] = {0};

    for (size_t p = 0; p < 8; p++) {
        held[(int)(design->value[2 * p + 1] * 8.0)]++;
        assert_within(design->value[2 * p], design->value[2 * p + 1] < 0.5 ? 4.0 : 9.0, 0.0);
    }

    for (size_t share = 0; share < 8; share++)
        assert_int_equal(held[share], 1);

    spiral_design_destroy(design);
}

static void a_list_keeps_its_values(void **state)
{
    (void)state;
    static const double points[] = {1, 5, 2, 9};
    const struct spiral_axis axes[] = {range("x", 0, 4), range("y", 5, 9)};
    struct spiral_design *design = made(axes, 2,
                                        (struct spiral_design_request){.kind = SPIRAL_DESIGN_list,
                                                                       .list = points,
                                                                       .list_points = 2});

    assert_memory_equal(design->value, points, sizeof points);
    assert_within(design->coordinate[0], 0.25, 0.0);
    assert_within(design->coordinate[3], 1.0, 0.0);
    spiral_design_destroy(design);

    /* Places of listed values and of whole numbers; a value that its axis does not list, and a
     * logarithm, go by where they are. */
    static const double more[] = {7, 3, 10, 1, 1, 1, 2, 4, 1};
    static const double coordinates[] = {0.5 / 3, 2.5 / 4,   0.5,     1.5 / 3, 0.5 / 4,
                                         0.0,     1.5 / 6.5, 3.5 / 4, 0.0};
    double values[] = {7, 1, 0.5};
    struct spiral_axis mixed[] = {list("x", values, 3), whole("n", 1, 4), range("z", 1, 100)};

    mixed[0].low = 0.5;
    mixed[0].high = 7.0;
    mixed[2].log = true;
    design = made(mixed, 3,
                  (struct spiral_design_request){.kind = SPIRAL_DESIGN_list,
                                                 .list = more,
                                                 .list_points = 3});
    for (size_t i = 0; i < 9; i++)
        assert_within(design->coordinate[i], coordinates[i], 1e-15);

    spiral_design_destroy(design);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_request_gives_the_same_points),
        cmocka_unit_test(a_latin_hypercube_has_one_point_in_each_share),
        cmocka_unit_test(a_grid_runs_over_every_combination_last_axis_fastest),
        cmocka_unit_test(a_grid_repeats_no_whole_number),
        cmocka_unit_test(zip_goes_side_by_side),
        cmocka_unit_test(saltelli_blocks_stand_in_order),
        cmocka_unit_test(saltelli_takes_both_halves_from_one_sequence),
        cmocka_unit_test(morris_moves_one_factor_by_its_step),
        cmocka_unit_test(morris_steps_from_value_to_value),
        cmocka_unit_test(one_at_a_time_leaves_the_others_in_the_middle),
        cmocka_unit_test(scales_are_uniform_in_their_own_measure),
        cmocka_unit_test(groups_move_together),
        cmocka_unit_test(correlated_groups_of_three_and_of_mirrors),
        cmocka_unit_test(a_group_of_a_list_has_its_levels),
        cmocka_unit_test(a_list_keeps_its_values),
    };

    return cmocka_run_group_tests_name("experiment/design", tests, NULL, NULL);
}
