/* SPDX-License-Identifier: MIT */
/* Axes that are not uniform: moments of the distributions against their formulas, coordinates and
 * values as inverses of each other, weights, and what is refused. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tools/design/coordinates.h"

enum { POINTS = 1 << 14 };

static struct spiral_axis shaped(enum spiral_distribution distribution, double low, double high,
                                 double first, double second)
{
    struct spiral_axis axis = {.low = low, .high = high, .distribution = distribution};

    strcpy(axis.name, "x");
    axis.shape[0] = first;
    axis.shape[1] = second;

    return axis;
}

/* The mean and the deviation over scrambled Sobol' points. */
static void moments_of(const struct spiral_axis *axis, double *mean, double *deviation)
{
    const struct spiral_design_request request = {.kind = SPIRAL_DESIGN_sobol,
                                                  .points = POINTS,
                                                  .seed = 5};
    struct spiral_design *design;
    struct spiral_error error;
    double sum = 0.0;
    double squares = 0.0;

    assert_int_equal(spiral_design_create(&design, axis, 1, &request, &error), SPIRAL_OK);

    for (size_t p = 0; p < POINTS; p++) {
        assert_true(design->value[p] >= axis->low && design->value[p] <= axis->high);
        sum += design->value[p];
    }

    for (size_t p = 0; p < POINTS; p++)
        squares += (design->value[p] - sum / POINTS) * (design->value[p] - sum / POINTS);
    *mean = sum / POINTS;
    *deviation = sqrt(squares / POINTS);
    spiral_design_destroy(design);
}

static void assert_moments(const struct spiral_axis *axis, double mean, double deviation)
{
    double found_mean;
    double found_deviation;

    moments_of(axis, &found_mean, &found_deviation);

    /* of even points the error of a mean falls almost as 1/n: 1e-3 of the range is ample */
    const double tolerance = 1e-3 * (axis->high - axis->low);

    assert_true(fabs(found_mean - mean) < tolerance);
    assert_true(fabs(found_deviation - deviation) < tolerance);
}

static double density(double z) { return exp(-0.5 * z * z) / sqrt(2.0 * 3.14159265358979323846); }

static void test_moments_are_those_of_the_formulas(void **unused)
{
    (void)unused;

    /* a normal distribution that the range hardly touches, and one that it cuts at its mean */
    struct spiral_axis axis = shaped(SPIRAL_DISTRIBUTION_normal, -6.0, 10.0, 2.0, 1.0);

    assert_moments(&axis, 2.0, 1.0);
    axis = shaped(SPIRAL_DISTRIBUTION_normal, 0.0, 8.0, 0.0, 1.0);
    assert_moments(&axis, 2.0 * density(0.0), sqrt(1.0 - 4.0 * density(0.0) * density(0.0)));

    /* a triangle from 1 to 7 with its top at 2: (a + b + c) / 3 */
    axis = shaped(SPIRAL_DISTRIBUTION_triangular, 1.0, 7.0, 2.0, 0.0);
    assert_moments(&axis, 10.0 / 3.0, sqrt((1.0 + 49.0 + 4.0 - 7.0 - 2.0 - 14.0) / 18.0));
    axis = shaped(SPIRAL_DISTRIBUTION_triangular, 0.0, 1.0, 0.0, 0.0);
    assert_moments(&axis, 1.0 / 3.0, sqrt(1.0 / 18.0));

    /* beta(2, 5) over 0 to 4: alpha / (alpha + beta); one with poles at both ends (arcsine) */
    axis = shaped(SPIRAL_DISTRIBUTION_beta, 0.0, 4.0, 2.0, 5.0);
    assert_moments(&axis, 4.0 * 2.0 / 7.0, 4.0 * sqrt(10.0 / (49.0 * 8.0)));
    axis = shaped(SPIRAL_DISTRIBUTION_beta, 0.0, 1.0, 0.5, 0.5);
    assert_moments(&axis, 0.5, sqrt(0.125));
}

static void test_coordinates_and_values_are_inverse(void **unused)
{
    (void)unused;
    const struct spiral_axis axes[] = {
        shaped(SPIRAL_DISTRIBUTION_uniform, 1.0, 3.0, 0.0, 0.0),
        shaped(SPIRAL_DISTRIBUTION_normal, 0.0, 8.0, 3.0, 2.0),
        shaped(SPIRAL_DISTRIBUTION_triangular, 0.0, 8.0, 3.0, 0.0),
        shaped(SPIRAL_DISTRIBUTION_beta, 0.0, 8.0, 2.0, 3.5),
    };

    for (size_t a = 0; a < sizeof axes / sizeof *axes; a++)
        for (int i = 1; i < 100; i++) {
            const double u = i / 100.0;
            const double value = spiral_axis_value(&axes[a], u);

            assert_true(fabs(spiral_axis_coordinate(&axes[a], value) - u) < 1e-9);
            assert_true(value > spiral_axis_value(&axes[a], u - 0.01));
        }
}

static void test_weights_are_shares(void **unused)
{
    (void)unused;
    double values[] = {7.0, 2.0, 5.0};
    double weights[] = {1.0, 2.0, 5.0};
    struct spiral_axis axis = {
        .name = "x", .low = 2.0, .high = 7.0, .count = 3, .values = values, .weights = weights};
    const struct spiral_design_request request = {.kind = SPIRAL_DESIGN_latin,
                                                  .points = 800,
                                                  .seed = 1};
    struct spiral_design *design;
    struct spiral_error error;
    size_t count[3] = {0, 0, 0};

    assert_int_equal(spiral_design_create(&design, &axis, 1, &request, &error), SPIRAL_OK);

    for (size_t p = 0; p < 800; p++)
        for (int i = 0; i < 3; i++)
            if (design->value[p] == values[i]) {
                static const double middles[] = {1.0 / 16.0, 2.0 / 8.0, 5.5 / 8.0};
                count[i]++;
                assert_true(fabs(design->coordinate[p] - middles[i]) < 1e-12);
                assert_true(fabs(spiral_axis_coordinate(&axis, values[i]) - middles[i]) < 1e-12);
            }

    /* a Latin hypercube has exactly one point in each 800th */
    assert_int_equal(count[0], 100);
    assert_int_equal(count[1], 200);
    assert_int_equal(count[2], 500);
    spiral_design_destroy(design);
}

static void test_what_makes_no_sense_is_refused(void **unused)
{
    (void)unused;
    double values[] = {1.0, 2.0};
    double weights[] = {1.0, 2.0};
    const struct {
        struct spiral_axis axis;
        enum spiral_design_kind kind;
        const char *says;
    } cases[] = {
        {shaped(SPIRAL_DISTRIBUTION_normal, 0.0, 1.0, 0.5, 0.0), SPIRAL_DESIGN_sobol, "deviation"},
        {shaped(SPIRAL_DISTRIBUTION_normal, 0.0, 1.0, 50.0, 1.0), SPIRAL_DESIGN_sobol, "a mean"},
        {shaped(SPIRAL_DISTRIBUTION_triangular, 0.0, 1.0, 2.0, 0.0), SPIRAL_DESIGN_sobol,
         "most likely value"},
        {shaped(SPIRAL_DISTRIBUTION_beta, 0.0, 1.0, 0.0, 1.0), SPIRAL_DESIGN_sobol, "alpha"},
        {{.name = "x", .low = 1.0, .high = 2.0, .count = 2, .values = values, .weights = weights},
         SPIRAL_DESIGN_grid,
         "weights go with random"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct spiral_design_request request = {.kind = cases[i].kind, .points = 8};
        struct spiral_design *design;
        struct spiral_error error;

        assert_int_equal(spiral_design_create(&design, &cases[i].axis, 1, &request, &error),
                         SPIRAL_BAD_INPUT);
        assert_non_null(strstr(error.message, cases[i].says));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_moments_are_those_of_the_formulas),
        cmocka_unit_test(test_coordinates_and_values_are_inverse),
        cmocka_unit_test(test_weights_are_shares),
        cmocka_unit_test(test_what_makes_no_sense_is_refused),
    };

    return cmocka_run_group_tests_name("design/distributions", tests, NULL, NULL);
}
