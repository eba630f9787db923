/* SPDX-License-Identifier: MIT */
/* The local search on functions whose minimum is known. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "tools/fit/search.h"

static struct spiral_error error;
static const struct spiral_search_settings settings = {.evaluations = 4000,
                                                       .precision = 1e-6,
                                                       .weight = 1.0};

/* Rosenbrock 1960: 0 at (1, 1), in a curved valley. */
static enum spiral_status rosenbrock(void *context, const double *values, size_t count,
                                     double *distance, struct spiral_error *unused)
{
    (void)context;
    (void)unused;

    for (size_t p = 0; p < count; p++) {
        const double x = values[2 * p];
        const double y = values[2 * p + 1];
        distance[p] = (1.0 - x) * (1.0 - x) + 100.0 * (y - x * x) * (y - x * x);
    }

    return SPIRAL_OK;
}

static void search(struct spiral_search_result *result, const struct spiral_fit_problem *problem,
                   const double *start)
{
    assert_int_equal(spiral_search_result_init(result, problem->space.count, &error), SPIRAL_OK);
    assert_int_equal(spiral_search(result, problem, &settings, start, &error), SPIRAL_OK);
}

static void test_rosenbrock(void **state)
{
    (void)state;
    const struct spiral_axis axes[2] = {{.name = "x", .low = -2, .high = 2},
                                        {.name = "y", .low = -1, .high = 3}};
    const struct spiral_fit_problem problem = {{2, axes, 0.0, NULL}, rosenbrock, NULL};
    struct spiral_search_result result;

    search(&result, &problem, (const double[]){0.2, 0.5}); /* (-1.2, 1), where Rosenbrock began */
    assert_true(fabs(result.value[0] - 1.0) < 1e-3 && fabs(result.value[1] - 1.0) < 2e-3);
    assert_true(result.objective < 1e-6);
    assert_true(fabs(result.begun - 24.2) < 1e-9);
    assert_true(result.evaluations > 10 && result.evaluations <= settings.evaluations);
    spiral_search_result_clear(&result);
}

/* With x at most a half the minimum lies on the bound: y = x^2, (1 - x)^2 = 1/4. */
static void test_bounds(void **state)
{
    (void)state;
    const struct spiral_axis axes[2] = {{.name = "x", .low = -2, .high = 0.5},
                                        {.name = "y", .low = -1, .high = 3}};
    const struct spiral_fit_problem problem = {{2, axes, 0.0, NULL}, rosenbrock, NULL};
    struct spiral_search_result result;

    search(&result, &problem, (const double[]){0.3, 0.5});
    assert_true(result.value[0] <= 0.5 && result.value[0] > 0.499);
    assert_true(fabs(result.value[1] - 0.25) < 2e-3);
    assert_true(fabs(result.objective - 0.25) < 1e-3);
    spiral_search_result_clear(&result);
}

/* (ln x - ln 3)^2, whose minimum lies at 3, and what chance of a search it has in a range of
 * seven powers of ten. */
static enum spiral_status in_logarithms(void *context, const double *values, size_t count,
                                        double *distance, struct spiral_error *unused)
{
    (void)context;
    (void)unused;
    for (size_t p = 0; p < count; p++)
        distance[p] = pow(log(values[p] / 3.0), 2.0);
    return SPIRAL_OK;
}

static void test_logarithmic_axis(void **state)
{
    (void)state;
    const struct spiral_axis axis = {.name = "x", .low = 1e-3, .high = 1e4, .log = true};
    const struct spiral_fit_problem problem = {{1, &axis, 0.0, NULL}, in_logarithms, NULL};
    struct spiral_search_result result;

    search(&result, &problem, (const double[]){0.9});
    assert_true(fabs(result.value[0] - 3.0) < 0.01);
    assert_true(fabs(result.coordinate[0] - (log(3.0) - log(1e-3)) / log(1e7)) < 1e-3);
    spiral_search_result_clear(&result);
}

/* 2 (u - .9)^2, u the coordinate itself. */
static enum spiral_status parabola(void *context, const double *values, size_t count,
                                   double *distance, struct spiral_error *unused)
{
    (void)context;
    (void)unused;
    for (size_t p = 0; p < count; p++)
        distance[p] = 2.0 * (values[p] - 0.9) * (values[p] - 0.9);
    return SPIRAL_OK;
}

/* 2 (u - .9)^2 + (u - .1)^2 / (2 s^2 w) is least where both pull alike: 4 (u - .9) = -(u - .1) /
 * (s^2 w); with s = .5 and w = 1 that is u = .5. */
static void test_prior_pulls(void **state)
{
    (void)state;
    const struct spiral_axis axis = {.name = "u", .low = 0, .high = 1};
    const double centre = 0.1;
    const struct spiral_fit_problem problem = {{1, &axis, 0.5, &centre}, parabola, NULL};
    struct spiral_search_result result;

    search(&result, &problem, (const double[]){0.7});
    assert_true(fabs(result.value[0] - 0.5) < 1e-3);
    assert_true(fabs(result.objective - (2.0 * 0.16 + 0.16 / 0.5)) < 1e-5);
    spiral_search_result_clear(&result);
}

/* Fails from the fourth evaluation on. */
static enum spiral_status stops(void *context, const double *values, size_t count, double *distance,
                                struct spiral_error *problem)
{
    int *calls = context;
    if (++*calls > 3)
        return spiral_error_set(problem, SPIRAL_STOPPED, "stopped on request");
    return parabola(NULL, values, count, distance, problem);
}

static void test_interrupt_keeps_the_best(void **state)
{
    (void)state;
    const struct spiral_axis axis = {.name = "u", .low = 0, .high = 1};
    int calls = 0;
    const struct spiral_fit_problem problem = {{1, &axis, 0.0, NULL}, stops, &calls};
    struct spiral_search_result result;

    assert_int_equal(spiral_search_result_init(&result, 1, &error), SPIRAL_OK);
    assert_int_equal(spiral_search(&result, &problem, &settings, (const double[]){0.5}, &error),
                     SPIRAL_STOPPED);
    assert_string_equal(error.message, "stopped on request");
    assert_int_equal(calls, 4); /* and not once more */
    assert_int_equal(result.evaluations, 3);
    assert_true(result.objective <= 2.0 * 0.16 &&
                result.objective == 2.0 * pow(result.value[0] - 0.9, 2.0));
    spiral_search_result_clear(&result);
}

/* A second search from a worse valley does not take the place of what the first found. */
static void test_best_of_several(void **state)
{
    (void)state;
    const struct spiral_axis axes[2] = {{.name = "x", .low = -2, .high = 2},
                                        {.name = "y", .low = -1, .high = 3}};
    const struct spiral_fit_problem problem = {{2, axes, 0.0, NULL}, rosenbrock, NULL};
    const struct spiral_search_settings few = {.evaluations = 5, .precision = 1e-6, .weight = 1.0};
    struct spiral_search_result result;

    search(&result, &problem, (const double[]){0.2, 0.5});

    const double objective = result.objective;
    const size_t evaluations = result.evaluations;

    assert_int_equal(spiral_search(&result, &problem, &few, (const double[]){0.0, 0.0}, &error),
                     SPIRAL_OK);
    assert_true(result.objective == objective);
    assert_int_equal(result.evaluations, evaluations + 5);
    spiral_search_result_clear(&result);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rosenbrock),
        cmocka_unit_test(test_bounds),
        cmocka_unit_test(test_logarithmic_axis),
        cmocka_unit_test(test_prior_pulls),
        cmocka_unit_test(test_interrupt_keeps_the_best),
        cmocka_unit_test(test_best_of_several),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
