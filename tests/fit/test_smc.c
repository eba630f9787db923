/* SPDX-License-Identifier: MIT */
/* Sequential Monte Carlo on posteriors that are known. Distances draw chance of their own, as a
 * simulator does. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tools/design/coordinates.h"
#include "tools/fit/smc.h"

static struct spiral_error error;

/* Sobol' coordinates for a first generation; the caller frees them. */
static double *first_points(const struct spiral_axis *axes, size_t count, size_t points)
{
    const struct spiral_design_request request = {.kind = SPIRAL_DESIGN_sobol,
                                                  .points = points,
                                                  .seed = 5};
    struct spiral_design *design;

    assert_int_equal(spiral_design_create(&design, axes, count, &request, &error), SPIRAL_OK);

    double *unit = malloc(points * count * sizeof *unit);

    assert_non_null(unit);
    memcpy(unit, design->coordinate, points * count * sizeof *unit);
    spiral_design_destroy(design);

    return unit;
}

static void run(struct spiral_smc_population *population,
                const struct spiral_smc_settings *settings,
                const struct spiral_fit_problem *problem)
{
    double *first = first_points(problem->space.axes, problem->space.count, settings->particles);

    assert_int_equal(spiral_smc_init(population, settings, problem->space.count, &error),
                     SPIRAL_OK);
    while (!spiral_smc_finished(population, settings))
        assert_int_equal(spiral_smc_advance(population, settings, problem, first, &error),
                         SPIRAL_OK);
    free(first);
}

static double normal(struct spiral_random *random)
{
    return spiral_normal_quantile(spiral_design_uniform(random) + 0x1p-54);
}

/* --- a normal mean ---------------------------------------------------------------------------- */

/* A sample's mean is observed at 1.3; its standard error is .5; a simulation draws a mean and
 * its distance is how far off that is. */
static enum spiral_status of_means(void *context, const double *values, size_t count,
                                   double *distance, struct spiral_error *unused)
{
    (void)unused;
    for (size_t p = 0; p < count; p++)
        distance[p] = fabs(values[p] + 0.5 * normal(context) - 1.3);
    return SPIRAL_OK;
}

/* Under a uniform prior the posterior is normal about 1.3 with deviation .5; acceptance within a
 * tolerance t adds the variance t^2 / 3 of a uniform error. Errors of the estimates are those of
 * `effective` draws; four of them are allowed. */
static void test_normal_mean(void **state)
{
    (void)state;
    struct spiral_random chance = spiral_random_seed(11, 0);
    const struct spiral_axis axis = {.name = "mean", .low = -20, .high = 20};
    const struct spiral_fit_problem problem = {{1, &axis, 0.0, NULL}, of_means, &chance};
    const struct spiral_smc_settings settings = {
        .particles = 2000, .kept = 0.5, .generations = 40, .acceptance = 0.1, .seed = 3};
    struct spiral_smc_population population;

    run(&population, &settings, &problem);

    const double variance = 0.25 + population.tolerance * population.tolerance / 3.0;
    const double effective = spiral_smc_effective(&population);

    assert_true(population.tolerance < 0.1);
    assert_true(effective > 300.0 && effective <= 1000.0);
    assert_true(fabs(spiral_smc_mean(&population, 0) - 1.3) < 4.0 * sqrt(variance / effective));
    assert_true(fabs(spiral_smc_deviation(&population, 0) / sqrt(variance) - 1.0) <
                4.0 / sqrt(2.0 * effective));
    assert_true(fabs(spiral_smc_quantile(&population, 0, 0.5) - 1.3) <
                4.0 * 1.2533 * sqrt(variance / effective)); /* of a median sqrt(pi / 2) times */
    for (size_t p = 1; p < population.count; p++)
        assert_true(population.distance[p - 1] <= population.distance[p]);

    spiral_smc_clear(&population);
}

/* --- two numbers that hang together, on a logarithmic axis, under a normal prior -------------- */

/* Nothing is learned: the distance is chance, whatever the numbers. */
static enum spiral_status of_nothing(void *context, const double *values, size_t count,
                                     double *distance, struct spiral_error *unused)
{
    (void)values;
    (void)unused;
    for (size_t p = 0; p < count; p++)
        distance[p] = spiral_design_uniform(context);
    return SPIRAL_OK;
}

/* Whatever the kernel does, weights must give the prior back: of ln x, uniform over ln .01 .. ln
 * 100, mean 0 and variance (ln 10^4)^2 / 12; of y, normal about coordinate .5 with deviation .2
 * cut to 0..1, mean .5 and, cut at 2.5 deviations, variance .04 (1 - 5 phi(2.5) / (2 Phi(2.5) -
 * 1)). */
static void test_weights_give_the_prior_back(void **state)
{
    (void)state;
    struct spiral_random chance = spiral_random_seed(12, 0);
    const struct spiral_axis logarithmic = {.name = "x", .low = 0.01, .high = 100, .log = true},
                             linear = {.name = "y", .low = 0, .high = 1};
    const double centre[1] = {0.5};
    const struct spiral_smc_settings settings = {
        .particles = 3000, .kept = 0.5, .generations = 5, .acceptance = 0.0, .seed = 4};
    const struct spiral_fit_problem uniform = {{1, &logarithmic, 0.0, NULL}, of_nothing, &chance},
                                    pulled = {{1, &linear, 0.2, centre}, of_nothing, &chance};
    struct spiral_smc_population population;

    run(&population, &settings, &uniform);

    double sum = 0.0;
    double mean = 0.0;
    double square = 0.0;
    double effective = spiral_smc_effective(&population);

    for (size_t p = 0; p < population.count; p++) {
        sum += population.weight[p];
        mean += population.weight[p] * log(population.value[p]);
        square += population.weight[p] * log(population.value[p]) * log(population.value[p]);
    }

    const double deviation = log(1e4) / sqrt(12.0);

    assert_int_equal(population.generation, 5);
    assert_true(fabs(mean / sum) < 4.0 * deviation / sqrt(effective));
    assert_true(fabs(square / sum / (deviation * deviation) - 1.0) <
                4.0 * sqrt(0.8 / effective)); /* kurtosis of a uniform number: 1.8 */
    spiral_smc_clear(&population);
    run(&population, &settings, &pulled);

    const double density = exp(-3.125) / sqrt(2.0 * M_PI),
                 expected =
                     0.2 * sqrt(1.0 - 5.0 * density / (2.0 * spiral_normal_below(2.5) - 1.0));

    effective = spiral_smc_effective(&population);
    assert_true(fabs(spiral_smc_mean(&population, 0) - 0.5) < 4.0 * expected / sqrt(effective));
    assert_true(fabs(spiral_smc_deviation(&population, 0) / expected - 1.0) <
                4.0 / sqrt(2.0 * effective));
    spiral_smc_clear(&population);
}

/* A sum is observed, 1 with an error of .1, of two numbers uniform over -3..3: the posterior is
 * a ridge, x + y near 1, and x alone is nearly free. */
static enum spiral_status of_sums(void *context, const double *values, size_t count,
                                  double *distance, struct spiral_error *unused)
{
    (void)unused;
    for (size_t p = 0; p < count; p++)
        distance[p] = fabs(values[2 * p] + values[2 * p + 1] + 0.1 * normal(context) - 1.0);
    return SPIRAL_OK;
}

/* On the ridge x is uniform over -2..3, as y = 1 - x must lie within -3..3: mean .5, deviation 5
 * / sqrt(12); the sum has 1 and what error and tolerance make. */
static void test_ridge(void **state)
{
    (void)state;
    struct spiral_random chance = spiral_random_seed(13, 0);
    const struct spiral_axis axes[2] = {{.name = "x", .low = -3, .high = 3},
                                        {.name = "y", .low = -3, .high = 3}};
    const struct spiral_fit_problem problem = {{2, axes, 0.0, NULL}, of_sums, &chance};
    const struct spiral_smc_settings settings = {
        .particles = 4000, .kept = 0.5, .generations = 7, .acceptance = 0.02, .seed = 5};
    struct spiral_smc_population population;
    double sum = 0.0;
    double mean = 0.0;
    double square = 0.0;

    run(&population, &settings, &problem);

    const double effective = spiral_smc_effective(&population);

    for (size_t p = 0; p < population.count; p++) {
        const double both = population.value[2 * p] + population.value[2 * p + 1] - 1.0;
        sum += population.weight[p];
        mean += population.weight[p] * both;
        square += population.weight[p] * both * both;
    }

    const double variance = 0.01 + population.tolerance * population.tolerance / 3.0;
    const double free_deviation = 5.0 / sqrt(12.0);

    assert_true(effective > 200.0);
    assert_true(fabs(mean / sum) < 4.0 * sqrt(variance / effective));
    assert_true(fabs(sqrt(square / sum / variance) - 1.0) < 4.0 / sqrt(2.0 * effective));
    assert_true(fabs(spiral_smc_mean(&population, 0) - 0.5) <
                4.0 * free_deviation / sqrt(effective));
    assert_true(fabs(spiral_smc_deviation(&population, 0) / free_deviation - 1.0) <
                4.0 / sqrt(2.0 * effective));
    spiral_smc_clear(&population);
}

/* --- rules ------------------------------------------------------------------------------------ */

/* The value itself, without chance. */
static enum spiral_status of_itself(void *context, const double *values, size_t count,
                                    double *distance, struct spiral_error *problem)
{
    int *calls = context;
    if (calls != NULL && ++*calls == 3)
        return spiral_error_set(problem, SPIRAL_STOPPED, "stopped on request");
    memcpy(distance, values, count * sizeof *distance);
    return SPIRAL_OK;
}

/* Of 100 even points the better half is kept; it ends once all lie within .3 of the least, and
 * keeps all that do. */
static void test_ends_at_the_margin(void **state)
{
    (void)state;
    const struct spiral_axis axis = {.name = "x", .low = 0, .high = 1};
    const struct spiral_fit_problem problem = {{1, &axis, 0.0, NULL}, of_itself, NULL};
    struct spiral_smc_settings settings = {
        .particles = 128, .kept = 0.5, .generations = 20, .margin = 0.3, .seed = 6};
    struct spiral_smc_population population;

    run(&population, &settings, &problem);
    assert_int_equal(population.generation, 2);
    assert_true(population.count > 64 && population.tolerance <= population.distance[0] + 0.3);
    assert_int_equal(population.evaluations, 128 + 64);
    spiral_smc_clear(&population);
    settings.margin = 0.8; /* at once: the first generation has 102 or 103 such points */
    run(&population, &settings, &problem);
    assert_int_equal(population.generation, 1);
    assert_in_range(population.count, 102, 104);
    assert_true(population.acceptance == 1.0);
    spiral_smc_clear(&population);
}

static void test_stopped_generation_leaves_the_last(void **state)
{
    (void)state;
    int calls = 0;
    const struct spiral_axis axis = {.name = "x", .low = 0, .high = 1};
    const struct spiral_fit_problem problem = {{1, &axis, 0.0, NULL}, of_itself, &calls};
    const struct spiral_fit_problem whole = {{1, &axis, 0.0, NULL}, of_itself, NULL};
    const struct spiral_smc_settings settings = {.particles = 64,
                                                 .kept = 0.5,
                                                 .generations = 5,
                                                 .seed = 7};
    struct spiral_smc_population broken;
    struct spiral_smc_population unbroken;
    double *first = first_points(&axis, 1, settings.particles);

    assert_int_equal(spiral_smc_init(&broken, &settings, 1, &error), SPIRAL_OK);
    assert_int_equal(spiral_smc_advance(&broken, &settings, &problem, first, &error), SPIRAL_OK);
    assert_int_equal(spiral_smc_advance(&broken, &settings, &problem, first, &error), SPIRAL_OK);
    assert_int_equal(spiral_smc_advance(&broken, &settings, &problem, first, &error),
                     SPIRAL_STOPPED);
    assert_int_equal(broken.generation, 2);
    while (!spiral_smc_finished(&broken, &settings))
        assert_int_equal(spiral_smc_advance(&broken, &settings, &whole, first, &error), SPIRAL_OK);

    run(&unbroken, &settings, &whole);
    assert_int_equal(broken.evaluations, unbroken.evaluations);
    assert_memory_equal(broken.value, unbroken.value, unbroken.count * sizeof(double));
    assert_memory_equal(broken.weight, unbroken.weight, unbroken.count * sizeof(double));
    spiral_smc_clear(&broken);
    spiral_smc_clear(&unbroken);
    free(first);
}

/* Four particles of weights 1, 2, 3, 2 and values 4, 1, 2, 3. */
static void test_what_a_sample_says(void **state)
{
    (void)state;
    double value[4] = {4, 1, 2, 3};
    double weight[4] = {1, 2, 3, 2};
    const struct spiral_smc_population population = {.count = 4,
                                                     .axes = 1,
                                                     .value = value,
                                                     .weight = weight};
    size_t drawn[8];

    assert_true(fabs(spiral_smc_mean(&population, 0) - 2.25) < 1e-12);
    assert_true(fabs(spiral_smc_deviation(&population, 0) - sqrt(7.5 / 8.0)) < 1e-12);
    assert_true(fabs(spiral_smc_effective(&population) - 64.0 / 18.0) < 1e-12);
    assert_true(spiral_smc_quantile(&population, 0, 0.25) == 1.0);
    assert_true(spiral_smc_quantile(&population, 0, 0.26) == 2.0);
    assert_true(spiral_smc_quantile(&population, 0, 0.975) == 4.0);
    spiral_smc_resample(&population, 8, drawn);
    assert_memory_equal(drawn, ((const size_t[]){0, 1, 1, 2, 2, 2, 3, 3}), sizeof drawn);
    spiral_smc_resample(&population, 2,
                        drawn); /* a quarter and three quarters of the way: at 2 of 8 and 6 of 8 */
    assert_memory_equal(drawn, ((const size_t[]){1, 3}), 2 * sizeof *drawn);
}

/* 95 % quantiles of chi-squared from tables: 5.991 of 2, 23.685 of 14 degrees of freedom; the
 * approximation is good to a hundredth. */
static void test_margin(void **state)
{
    (void)state;
    assert_true(fabs(2.0 * 50.0 * spiral_smc_margin(2, 50) / 5.991 - 1.0) < 0.01);
    assert_true(fabs(2.0 * 278.0 * spiral_smc_margin(14, 278) / 23.685 - 1.0) < 0.01);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_normal_mean),
        cmocka_unit_test(test_weights_give_the_prior_back),
        cmocka_unit_test(test_ridge),
        cmocka_unit_test(test_ends_at_the_margin),
        cmocka_unit_test(test_stopped_generation_leaves_the_last),
        cmocka_unit_test(test_what_a_sample_says),
        cmocka_unit_test(test_margin),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
