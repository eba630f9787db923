/* SPDX-License-Identifier: MIT
 *
 * The surrogate: what is a polynomial of its terms it gives back, and its slopes are its own.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

#include "tools/design/coordinates.h"
#include "tools/inference/surrogate.h"

enum { MOST_AXES = 8, OUTPUTS = 3, POINTS = 200 };

/* Polynomials of second degree; products of axes where asked. */
static double formula(const double *u, size_t axes, int output, bool products)
{
    double sum = 0.5 * output - 1.0;

    for (size_t a = 0; a < axes; a++) {
        sum += (1.0 + (double)a - output) * u[a] + 0.7 * (output - 1.0 + (double)a) * u[a] * u[a];
        for (size_t b = 0; b < a && products; b++)
            sum += (output + 1.0) * u[a] * u[b];
    }
    return sum;
}

static void make_points(double *points, float *results, size_t axes, bool products)
{
    struct spiral_random random = spiral_random_seed(7, axes);

    for (size_t p = 0; p < POINTS; p++) {
        for (size_t a = 0; a < axes; a++)
            points[p * axes + a] = spiral_design_uniform(&random);
        for (int o = 0; o < OUTPUTS; o++)
            results[p * OUTPUTS + (size_t)o] = (float)formula(&points[p * axes], axes, o, products);
    }
}

/* With few axes products are terms, with many they are not. Outputs have seven digits. */
static void test_exact(void **state)
{
    (void)state;
    static const struct spiral_surrogate_fit fit = {.squares = true, .ridge = 1e-12};
    static const size_t sizes[] = {1, 3, 8};
    double points[POINTS * MOST_AXES];
    float results[POINTS * OUTPUTS];

    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        struct spiral_surrogate surrogate;
        const size_t axes = sizes[i];
        const bool products = axes < 8;
        double u[MOST_AXES];
        double outputs[OUTPUTS];

        make_points(points, results, axes, products);
        assert_int_equal(spiral_surrogate_create(&surrogate, points, results, POINTS, axes, OUTPUTS,
                                                 &fit, NULL),
                         SPIRAL_OK);
        assert_true(surrogate.residual < 1e-5);
        for (size_t a = 0; a < axes; a++)
            u[a] = 0.1 + 0.09 * (double)a;
        spiral_surrogate_predict(&surrogate, u, outputs);
        for (int o = 0; o < OUTPUTS; o++)
            assert_true(fabs(outputs[o] - formula(u, axes, o, products)) < 1e-4);
        spiral_surrogate_clear(&surrogate);
    }
}

static void test_slopes(void **state)
{
    (void)state;
    static const struct spiral_surrogate_fit fits[] = {{.squares = true, .ridge = 1e-6},
                                                       {.squares = false, .ridge = 1e-6}};
    double points[POINTS * MOST_AXES];
    float results[POINTS * OUTPUTS];

    for (size_t i = 0; i < 4; i++) {
        struct spiral_surrogate surrogate;
        const size_t axes = i / 2 == 0 ? 4 : MOST_AXES;
        double u[MOST_AXES] = {0.3, 0.8, 0.1, 0.6, 0.5, 0.2, 0.9, 0.4};
        double above[OUTPUTS];
        double below[OUTPUTS];
        double slopes[OUTPUTS];

        make_points(points, results, axes, true);
        assert_int_equal(spiral_surrogate_create(&surrogate, points, results, POINTS, axes, OUTPUTS,
                                                 &fits[i % 2], NULL),
                         SPIRAL_OK);
        for (size_t a = 0; a < axes; a++) {
            spiral_surrogate_slope(&surrogate, u, a, slopes);
            u[a] += 1e-3;
            spiral_surrogate_predict(&surrogate, u, above);
            u[a] -= 2e-3;
            spiral_surrogate_predict(&surrogate, u, below);
            u[a] += 1e-3;
            for (int o = 0; o < OUTPUTS; o++) /* exact for polynomials of second degree */
                assert_true(fabs(slopes[o] - (above[o] - below[o]) / 2e-3) < 1e-8);
        }
        spiral_surrogate_clear(&surrogate);
    }
}

/* A penalty shrinks slopes, and not the constant term: about the points' mean that is the outputs'
 * mean. */
static void test_ridge(void **state)
{
    (void)state;
    static const struct spiral_surrogate_fit fit = {.squares = false, .ridge = 1e9};
    double points[POINTS * MOST_AXES];
    float results[POINTS * OUTPUTS];
    struct spiral_surrogate surrogate;
    double u[MOST_AXES] = {1.0, 1.0};
    double outputs[OUTPUTS];
    double mean = 0.0;

    make_points(points, results, 2, true);
    for (size_t p = 0; p < POINTS; p++)
        mean += (double)results[p * OUTPUTS] / POINTS;
    assert_int_equal(spiral_surrogate_create(&surrogate, points, results, POINTS, 2, OUTPUTS, &fit,
                                             NULL),
                     SPIRAL_OK);
    spiral_surrogate_predict(&surrogate, u, outputs);
    assert_true(fabs(outputs[0] - mean) < 1e-6);
    spiral_surrogate_clear(&surrogate);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_exact),
        cmocka_unit_test(test_slopes),
        cmocka_unit_test(test_ridge),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
