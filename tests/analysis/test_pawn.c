/* SPDX-License-Identifier: MIT
 *
 * PAWN on outcomes whose distribution is known, within each slice of a factor and over all points.
 */
#include "tests/support/functions.h"

static const struct spiral_sampling independent = {.block = 1, .even = false};

static const struct spiral_resampling none = {.resamples = 0, .seed = 1};

/* The outcome is the factor: of the k-th of ten slices the distance is that of U(k / 10, (k + 1)
 * / 10) from U(0, 1), max(k, 9 - k) / 10. */
static void of_the_factor_itself_it_is_the_slices_place(void **state)
{
    (void)state;
    enum { N = 1000 };
    double x[N];
    struct spiral_pawn found;
    struct spiral_error error;

    for (int p = 0; p < N; p++)
        x[p] = (7 * p % N + 0.5) / N;

    assert_int_equal(spiral_analysis_pawn(&found, x, x, N, 1, &independent, &none, &error),
                     SPIRAL_OK);
    assert_int_equal(found.slices, 10);
    assert_close(found.median.value, 0.7, 1e-12);
    assert_close(found.greatest.value, 0.9, 1e-12);
    assert_true(isnan(found.median_chance) && isnan(found.greatest.interval.low));
}

/* Ishigami's function at 200 points; its whole part, which has ties; a factor of three levels.
 * The answer by the definition, written out in Python: both distribution functions at every
 * value that occurs, ten slices of 20 points. */
static void as_by_the_definition(void **state)
{
    (void)state;
    enum { N = 200, D = 3 };
    static const double step[D] = {0.6180339887498949, 0.4142135623730951, 0.7320508075688772};
    static const double smooth[D][2] = {{0.285, 0.39}, {0.425, 0.525}, {0.135, 0.235}};
    static const double tied[D][2] = {{0.27, 0.365}, {0.38, 0.49}, {0.1225, 0.215}};
    double x[N * D];
    double levels[N];
    double y[N];
    double whole[N];
    struct spiral_pawn found[D];
    struct spiral_error error;

    for (int p = 0; p < N; p++) {
        for (int f = 0; f < D; f++)
            x[p * D + f] = fmod((p + 1) * step[f], 1.0);

        y[p] = ishigami(x + (size_t)p * D, D);
        whole[p] = floor(y[p]);
        levels[p] = floor(3.0 * x[p * D]);
    }

    assert_int_equal(spiral_analysis_pawn(found, x, y, N, D, &independent, &none, &error),
                     SPIRAL_OK);
    for (int f = 0; f < D; f++) {
        assert_close(found[f].median.value, smooth[f][0], 1e-12);
        assert_close(found[f].greatest.value, smooth[f][1], 1e-12);
    }

    assert_int_equal(spiral_analysis_pawn(found, x, whole, N, D, &independent, &none, &error),
                     SPIRAL_OK);
    for (int f = 0; f < D; f++) {
        assert_close(found[f].median.value, tied[f][0], 1e-12);
        assert_close(found[f].greatest.value, tied[f][1], 1e-12);
    }

    assert_int_equal(spiral_analysis_pawn(found, levels, y, N, 1, &independent, &none, &error),
                     SPIRAL_OK);
    assert_int_equal(found[0].slices, 3);
    assert_close(found[0].median.value, 0.25, 1e-12);
    assert_close(found[0].greatest.value, 0.25424242424242416, 1e-12);
}

/* The distance of y = x u, u uniform over -1..1, given x in a..b, from that over x in 0..1,
 * whose distribution function is 1/2 + (y - y ln y) / 2 for y > 0. */
static double spread_apart(double a, double b)
{
    double most = 0.0;

    for (int i = 1; i <= 20000; i++) {
        const double y = i / 20000.0;
        const double all = 0.5 + 0.5 * (y - y * log(y));
        const double from = fmin(fmax(y, a), b); /* x below y: all of u lies below */
        const double within =
            ((from - a) + 0.5 * (b - from) + (from > 0.0 ? 0.5 * y * log(b / from) : 0.0)) /
            (b - a);
        most = fmax(most, fabs(within - all));
    }

    return most;
}

/* A factor that widens the outcome and moves no mean: no correlation, a first order of 0, but
 * the distribution is another. The distances of ten slices of x within .02 of the analytic ones,
 * of 8,192 Sobol' points. */
static void a_factor_that_only_widens_is_seen(void **state)
{
    (void)state;
    struct spiral_design *design = unit_design(
        3, (struct spiral_design_request){.kind = SPIRAL_DESIGN_sobol, .points = 8192, .seed = 3});
    const struct spiral_resampling few = {.resamples = 50, .seed = 2};
    double *y = malloc(design->points * sizeof *y);
    double apart[10];
    double greatest = 0.0;
    struct spiral_pawn found[3];
    struct spiral_rank_correlation correlations[3];
    struct spiral_error error;

    for (size_t p = 0; p < design->points; p++)
        y[p] = design->coordinate[3 * p] * (2.0 * design->coordinate[3 * p + 1] - 1.0);

    assert_int_equal(spiral_analysis_pawn(found, design->coordinate, y, design->points, 3,
                                          &independent, &few, &error),
                     SPIRAL_OK);
    assert_int_equal(spiral_analysis_prcc(correlations, design->coordinate, y, design->points, 3,
                                          &independent, &error),
                     SPIRAL_OK);

    for (int s = 0; s < 10; s++) {
        apart[s] = spread_apart(s / 10.0, (s + 1) / 10.0);
        greatest = fmax(greatest, apart[s]);
    }

    double below = 0.0, above = 1.0; /* the median lies between the fifth and the sixth */

    for (int s = 0; s < 10; s++) {
        int rank = 0;
        for (int other = 0; other < 10; other++)
            rank += apart[other] < apart[s];

        below = rank == 4 ? apart[s] : below;
        above = rank == 5 ? apart[s] : above;
    }

    assert_close(found[0].greatest.value, greatest, 0.02);
    assert_close(found[0].median.value, 0.5 * (below + above), 0.02);
    assert_true(found[0].median.value > 2.0 * found[0].median_chance &&
                found[0].greatest.value > 2.0 * found[0].greatest_chance);
    assert_true(fabs(correlations[0].coefficient.value) < 0.05);
    assert_true(found[2].median.value < found[2].median_chance); /* nothing goes by the third */
    assert_true(found[1].median.value > found[0].median.value);
    free(y);
    spiral_design_destroy(design);
}

/* A factor that does nothing exceeds what chance does in 5 % of cases: of 300, outside 4 .. 28
 * with a probability of 1e-3. */
static void the_dummys_share_of_false_alarms_is_kept(void **state)
{
    (void)state;
    enum { N = 120, EXPERIMENTS = 300 };
    struct spiral_random random = spiral_random_seed(5, 1);
    int medians = 0;
    int greatest = 0;

    for (int e = 0; e < EXPERIMENTS; e++) {
        const struct spiral_resampling resampling = {.resamples = 200, .seed = 100 + (uint64_t)e};
        double x[N];
        double y[N];
        struct spiral_pawn found;
        struct spiral_error error;

        for (int p = 0; p < N; p++) {
            x[p] = uniform(&random);
            y[p] = normal(&random);
        }

        assert_int_equal(spiral_analysis_pawn(&found, x, y, N, 1, &independent, &resampling,
                                              &error),
                         SPIRAL_OK);
        assert_int_equal(found.slices, 6);
        medians += found.median.value > found.median_chance;
        greatest += found.greatest.value > found.greatest_chance;
    }

    if (medians < 4 || medians > 28 || greatest < 4 || greatest > 28)
        fail_msg("%d and %d of %d are false alarms", medians, greatest, EXPERIMENTS);
}

/* Of y = x, whose distances are known, 500 random points: the interval of the median holds .7 in
 * at least 90 % of 100 experiments' cases, and the same request gives the same bits. */
static void intervals_hold_and_repeat(void **state)
{
    (void)state;
    enum { N = 500, EXPERIMENTS = 100 };
    struct spiral_random random = spiral_random_seed(6, 1);
    int held = 0;

    for (int e = 0; e < EXPERIMENTS; e++) {
        const struct spiral_resampling resampling = {.resamples = 200, .seed = 1 + (uint64_t)e};
        double x[N];
        struct spiral_pawn found;
        struct spiral_pawn again;
        struct spiral_error error;
        for (int p = 0; p < N; p++)
            x[p] = uniform(&random);

        assert_int_equal(spiral_analysis_pawn(&found, x, x, N, 1, &independent, &resampling,
                                              &error),
                         SPIRAL_OK);
        held += holds(&found.median, 0.7);
        if (e > 0)
            continue;
        assert_int_equal(spiral_analysis_pawn(&again, x, x, N, 1, &independent, &resampling,
                                              &error),
                         SPIRAL_OK);
        assert_true(memcmp(&found, &again, sizeof found) == 0);
    }

    if (held < 90)
        fail_msg("%d of %d intervals hold", held, EXPERIMENTS);
}

static void what_has_no_distribution_is_refused(void **state)
{
    (void)state;
    double x[50];
    double y[50];
    struct spiral_pawn found;
    struct spiral_error error;

    for (int p = 0; p < 50; p++) {
        x[p] = p;
        y[p] = 2.0;
    }

    assert_int_equal(spiral_analysis_pawn(&found, x, y, 50, 1, &independent, &none, &error),
                     SPIRAL_BAD_INPUT);
    assert_non_null(strstr(error.message, "the outcome is 2 at every point"));
    assert_int_equal(spiral_analysis_pawn(&found, x, x, 39, 1, &independent, &none, &error),
                     SPIRAL_BAD_INPUT);
    assert_non_null(strstr(error.message, "at least 40 points, not 39"));
    y[7] = NAN;
    assert_int_equal(spiral_analysis_pawn(&found, x, y, 50, 1, &independent, &none, &error),
                     SPIRAL_BAD_INPUT);
    assert_non_null(strstr(error.message, "point 7 has no outcome"));
    for (int p = 0; p < 50; p++) /* a factor that is held is one slice: nothing moves */
        y[p] = 1.0;

    assert_int_equal(spiral_analysis_pawn(&found, y, x, 50, 1, &independent, &none, &error),
                     SPIRAL_OK);
    assert_true(found.slices == 1 && found.greatest.value == 0.0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(of_the_factor_itself_it_is_the_slices_place),
        cmocka_unit_test(as_by_the_definition),
        cmocka_unit_test(a_factor_that_only_widens_is_seen),
        cmocka_unit_test(the_dummys_share_of_false_alarms_is_kept),
        cmocka_unit_test(intervals_hold_and_repeat),
        cmocka_unit_test(what_has_no_distribution_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
