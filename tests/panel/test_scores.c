/* SPDX-License-Identifier: MIT
 *
 * Scores of forecasts against cases worked out by hand, and properties that hold for all.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "sim/random.h"
#include "tools/panel/scores.h"

#define NEAR(a, b) assert_true(fabs((a) - (b)) < 1e-12)

static void score(double scores[SPIRAL_FORECAST_SCORES], const double *chance,
                  const double *outcome, const double *weights, size_t count, double floor)
{
    struct spiral_forecasts forecasts;

    assert_int_equal(spiral_forecasts_create(&forecasts, chance, outcome, count, floor, NULL),
                     SPIRAL_OK);
    spiral_forecasts_score(scores, &forecasts, weights, NULL);
    spiral_forecasts_clear(&forecasts);
}

/* Four forecasts: of the four pairs of an event and a quiet row, .8 beats both, .4 beats .1 and
 * ties with .4, so that the area is 3.5 / 4. */
static void test_by_hand(void **state)
{
    (void)state;
    static const double chance[4] = {0.8, 0.4, 0.4, 0.1};
    static const double outcome[4] = {1, 1, 0, 0};
    double scores[SPIRAL_FORECAST_SCORES];

    score(scores, chance, outcome, NULL, 4, 0.001);
    NEAR(scores[SPIRAL_FORECAST_SCORE_mean], 1.7 / 4.0);
    NEAR(scores[SPIRAL_FORECAST_SCORE_observed], 0.5);
    NEAR(scores[SPIRAL_FORECAST_SCORE_auc], 3.5 / 4.0);
    NEAR(scores[SPIRAL_FORECAST_SCORE_brier], (0.04 + 0.36 + 0.16 + 0.01) / 4.0);
    NEAR(scores[SPIRAL_FORECAST_SCORE_log], -(log(0.8) + log(0.4) + log(0.6) + log(0.9)) / 4.0);
}

/* The floor holds for the logarithm alone. */
static void test_floor(void **state)
{
    (void)state;
    static const double chance[3] = {0.0, 1.0, 0.0};
    static const double outcome[3] = {0, 1, 1};
    double scores[SPIRAL_FORECAST_SCORES];

    score(scores, chance, outcome, NULL, 3, 1.0 / 2049.0);
    NEAR(scores[SPIRAL_FORECAST_SCORE_brier], 1.0 / 3.0);
    NEAR(scores[SPIRAL_FORECAST_SCORE_log],
         -(2.0 * log(2048.0 / 2049.0) + log(1.0 / 2049.0)) / 3.0);
}

/* Two values of the forecast: the calibration line goes through the logits of what was observed. */
static void test_line(void **state)
{
    (void)state;
    enum { EACH = 40 };
    double chance[2 * EACH];
    double outcome[2 * EACH];
    double scores[SPIRAL_FORECAST_SCORES];

    for (int i = 0; i < EACH; i++) {
        chance[i] = 0.2;
        outcome[i] = i < 12; /* .3 */
        chance[EACH + i] = 0.6;
        outcome[EACH + i] = i < 20; /* .5 */
    }
    score(scores, chance, outcome, NULL, 2 * EACH, 0.001);
    const double low = log(0.2 / 0.8);
    const double high = log(0.6 / 0.4);
    const double slope = (0.0 - log(0.3 / 0.7)) / (high - low);
    assert_true(fabs(scores[SPIRAL_FORECAST_SCORE_slope] - slope) < 1e-8);
    assert_true(fabs(scores[SPIRAL_FORECAST_SCORE_intercept] + slope * high) < 1e-8);
}

/* Forecasts that are made of the outcomes' own chances have the line of slope 1 and intercept 0,
 * within five standard errors of so many rows. */
static void test_calibrated(void **state)
{
    (void)state;
    enum { MANY = 20000 };
    static double chance[MANY];
    static double outcome[MANY];
    struct spiral_random random = spiral_random_seed(3, 0);
    double scores[SPIRAL_FORECAST_SCORES];
    double information = 0.0;

    for (size_t r = 0; r < MANY; r++) {
        const double x = 1.5 * spiral_noise(spiral_random_next(&random)) - 1.0;
        chance[r] = 1.0 / (1.0 + exp(-x));
        outcome[r] = spiral_uniform(spiral_random_next(&random)) < chance[r] ? 1.0 : 0.0;
        information += chance[r] * (1.0 - chance[r]);
    }
    score(scores, chance, outcome, NULL, MANY, 1e-6);
    assert_true(fabs(scores[SPIRAL_FORECAST_SCORE_slope] - 1.0) < 5.0 / sqrt(information));
    assert_true(fabs(scores[SPIRAL_FORECAST_SCORE_intercept]) < 5.0 * 2.0 / sqrt(information));
    assert_true(fabs(scores[SPIRAL_FORECAST_SCORE_mean] - scores[SPIRAL_FORECAST_SCORE_observed]) <
                5.0 * sqrt(information) / MANY);
}

/* The area does not change under a rising map, and is 1 less itself under a falling one. */
static void test_area_and_maps(void **state)
{
    (void)state;
    enum { SOME = 200 };
    double chance[SOME];
    double square[SOME];
    double reversed[SOME];
    double outcome[SOME];
    struct spiral_random random = spiral_random_seed(4, 0);
    double scores[3][SPIRAL_FORECAST_SCORES];

    for (size_t r = 0; r < SOME; r++) {
        chance[r] =
            floor(20.0 * spiral_uniform(spiral_random_next(&random))) / 20.0; /* with ties */
        square[r] = chance[r] * chance[r];
        reversed[r] = 1.0 - chance[r];
        outcome[r] = spiral_uniform(spiral_random_next(&random)) < 0.2 + 0.5 * chance[r];
    }
    score(scores[0], chance, outcome, NULL, SOME, 0.001);
    score(scores[1], square, outcome, NULL, SOME, 0.001);
    score(scores[2], reversed, outcome, NULL, SOME, 0.001);
    assert_true(scores[0][SPIRAL_FORECAST_SCORE_auc] > 0.5);
    NEAR(scores[1][SPIRAL_FORECAST_SCORE_auc], scores[0][SPIRAL_FORECAST_SCORE_auc]);
    NEAR(scores[2][SPIRAL_FORECAST_SCORE_auc], 1.0 - scores[0][SPIRAL_FORECAST_SCORE_auc]);
}

/* A weight of 2 is the row twice, a weight of 0 its absence; a guess changes nothing. */
static void test_weights(void **state)
{
    (void)state;
    static const double chance[6] = {0.1, 0.3, 0.35, 0.5, 0.7, 0.9};
    static const double outcome[6] = {0, 1, 0, 0, 1, 1};
    static const double weights[6] = {2, 1, 0, 2, 1, 1};
    static const double chance_by_hand[7] = {0.1, 0.1, 0.3, 0.5, 0.5, 0.7, 0.9};
    static const double outcome_by_hand[7] = {0, 0, 1, 0, 0, 1, 1};
    double weighted[SPIRAL_FORECAST_SCORES];
    double by_hand[SPIRAL_FORECAST_SCORES];
    double guessed[SPIRAL_FORECAST_SCORES];
    struct spiral_forecasts forecasts;

    score(weighted, chance, outcome, weights, 6, 0.001);
    score(by_hand, chance_by_hand, outcome_by_hand, NULL, 7, 0.001);
    assert_int_equal(spiral_forecasts_create(&forecasts, chance, outcome, 6, 0.001, NULL),
                     SPIRAL_OK);
    spiral_forecasts_score(guessed, &forecasts, weights, by_hand);
    spiral_forecasts_clear(&forecasts);
    for (int s = 0; s < SPIRAL_FORECAST_SCORES; s++) {
        assert_true(fabs(weighted[s] - by_hand[s]) < 1e-8);
        assert_true(fabs(weighted[s] - guessed[s]) < 1e-8);
    }
}

/* What is not defined is no number. */
static void test_undefined(void **state)
{
    (void)state;
    static const double chance[4] = {0.1, 0.2, 0.3, 0.4};
    static const double alike[4] = {0.3, 0.3, 0.3, 0.3};
    static const double none[4] = {0, 0, 0, 0};
    static const double some[4] = {0, 1, 0, 1};
    static const double apart[4] = {0, 0, 1, 1};
    double scores[SPIRAL_FORECAST_SCORES];

    score(scores, chance, none, NULL, 4, 0.001);
    assert_true(isnan(scores[SPIRAL_FORECAST_SCORE_auc]));
    assert_true(isnan(scores[SPIRAL_FORECAST_SCORE_slope]));
    assert_true(isfinite(scores[SPIRAL_FORECAST_SCORE_log]));
    score(scores, alike, some, NULL, 4, 0.001);
    NEAR(scores[SPIRAL_FORECAST_SCORE_auc], 0.5);
    assert_true(isnan(scores[SPIRAL_FORECAST_SCORE_slope]));
    score(scores, chance, apart, NULL, 4, 0.001); /* a line without end */
    NEAR(scores[SPIRAL_FORECAST_SCORE_auc], 1.0);
    assert_true(isnan(scores[SPIRAL_FORECAST_SCORE_slope]));
    score(scores, chance, some, none, 4, 0.001);
    assert_true(isnan(scores[SPIRAL_FORECAST_SCORE_brier]));
}

static void test_refused(void **state)
{
    (void)state;
    static const double chance[2] = {0.1, 1.2};
    static const double fine[2] = {0.1, 0.2};
    static const double outcome[2] = {0, 1};
    static const double odd[2] = {0, 2};
    struct spiral_forecasts forecasts;
    struct spiral_error error;

    assert_int_equal(spiral_forecasts_create(&forecasts, chance, outcome, 2, 0.001, &error),
                     SPIRAL_BAD_INPUT);
    assert_non_null(strstr(error.message, "forecast 1 is not within 0 to 1"));
    spiral_forecasts_clear(&forecasts);
    assert_int_equal(spiral_forecasts_create(&forecasts, fine, odd, 2, 0.001, &error),
                     SPIRAL_BAD_INPUT);
    spiral_forecasts_clear(&forecasts);
}

/* Bins hold all rows, are about equally large, keep equal forecasts together, and their means and
 * shares add up to those of the whole. */
static void test_reliability(void **state)
{
    (void)state;
    enum { SOME = 503 };
    double chance[SOME];
    double outcome[SOME];
    struct spiral_forecasts forecasts;
    struct spiral_random random = spiral_random_seed(5, 0);
    double rows = 0.0;
    double mean = 0.0;
    double events = 0.0;
    double all = 0.0;
    double all_events = 0.0;

    for (size_t r = 0; r < SOME; r++) {
        const double u = spiral_uniform(spiral_random_next(&random));
        chance[r] = r < 151 ? 0.0 : 0.01 + 0.98 * u;
        outcome[r] = spiral_uniform(spiral_random_next(&random)) < chance[r] ? 1.0 : 0.0;
        all += chance[r];
        all_events += outcome[r];
    }
    assert_int_equal(spiral_forecasts_create(&forecasts, chance, outcome, SOME, 0.001, NULL),
                     SPIRAL_OK);
    const struct spiral_reliability reliability = spiral_reliability_cut(&forecasts);
    assert_int_equal(reliability.bins, 8); /* the first holds three tenths */
    assert_int_equal(reliability.end[reliability.bins - 1], SOME);
    for (size_t b = 0; b < reliability.bins; b++) {
        const struct spiral_reliability_bin bin =
            spiral_reliability_bin_of(&reliability, b, &forecasts, NULL);
        const size_t end = reliability.end[b];
        rows += bin.weight;
        mean += bin.weight * bin.mean;
        events += bin.weight * bin.observed;
        if (b + 1 < reliability.bins)
            assert_true(forecasts.chance[forecasts.order[end - 1]] <
                        forecasts.chance[forecasts.order[end]]);
        if (b > 0)
            assert_true(fabs(bin.weight - SOME / 10.0) <= 0.6 * SOME / 10.0);
    }
    NEAR(rows, SOME);
    assert_true(fabs(mean - all) < 1e-9);
    assert_true(fabs(events - all_events) < 1e-9);
    spiral_forecasts_clear(&forecasts);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_by_hand),       cmocka_unit_test(test_floor),
        cmocka_unit_test(test_line),          cmocka_unit_test(test_calibrated),
        cmocka_unit_test(test_area_and_maps), cmocka_unit_test(test_weights),
        cmocka_unit_test(test_undefined),     cmocka_unit_test(test_refused),
        cmocka_unit_test(test_reliability),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
