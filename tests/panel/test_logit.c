/* SPDX-License-Identifier: MIT
 *
 * Logistic regression against closed forms, the score equations worked out here, and what
 * separation does.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "sim/random.h"
#include "tools/panel/logit.h"

enum { ROWS = 400, COLUMNS = 4 };

static double x[ROWS * COLUMNS];
static double y[ROWS];
static const double truth[COLUMNS + 1] = {-0.5, 1.2, -0.8, 0.3, 0.0};

/* Columns of very different units, and outcomes drawn from known coefficients. */
static void draw(uint64_t seed)
{
    struct spiral_random random = spiral_random_seed(seed, 0);

    for (size_t r = 0; r < ROWS; r++) {
        double eta = truth[0];
        for (size_t c = 0; c < COLUMNS; c++) {
            const double noise = spiral_noise(spiral_random_next(&random));
            x[r * COLUMNS + c] = c == 2 ? 1000.0 + 100.0 * noise : c == 3 ? noise > 0.5 : noise;
            eta += truth[c + 1] * (c == 2 ? noise : x[r * COLUMNS + c]);
        }
        y[r] = spiral_uniform(spiral_random_next(&random)) < 1.0 / (1.0 + exp(-eta)) ? 1.0 : 0.0;
    }
}

/* A single yes-or-no column: the coefficients are the log odds, and the errors sums of 1 / n. */
static void test_two_by_two(void **state)
{
    (void)state;
    static const double cells[2][2] = {{30.0, 10.0}, {12.0, 28.0}}; /* [x][y] */
    double column[80];
    double outcome[80];
    size_t rows = 0;
    struct spiral_logit fit;

    for (int a = 0; a < 2; a++)
        for (int b = 0; b < 2; b++)
            for (int i = 0; i < (int)cells[a][b]; i++) {
                column[rows] = a;
                outcome[rows++] = b;
            }
    assert_int_equal(spiral_logit_fit(&fit, column, outcome, rows, 1, 0.0, NULL), SPIRAL_OK);

    const double constant = log(10.0 / 30.0);
    const double slope = log(28.0 / 12.0) - constant;
    assert_true(fabs(fit.coefficient[0] - constant) < 1e-9);
    assert_true(fabs(fit.coefficient[1] - slope) < 1e-9);
    assert_true(fabs(fit.deviation[0] - sqrt(1.0 / 10.0 + 1.0 / 30.0)) < 1e-9);
    assert_true(fabs(fit.deviation[1] - sqrt(1.0 / 10.0 + 1.0 / 30.0 + 1.0 / 28.0 + 1.0 / 12.0)) <
                1e-9);
    assert_false(fit.separated);

    const double likelihood =
        30.0 * log(0.75) + 10.0 * log(0.25) + 12.0 * log(0.3) + 28.0 * log(0.7);
    assert_true(fabs(fit.log_likelihood - likelihood) < 1e-9);
    spiral_logit_clear(&fit);
}

/* At the optimum the residuals are orthogonal to every column: no other point has this property, as
 * the likelihood is concave. */
static void test_score_equations(void **state)
{
    (void)state;
    struct spiral_logit fit;

    draw(1);
    assert_int_equal(spiral_logit_fit(&fit, x, y, ROWS, COLUMNS, 0.0, NULL), SPIRAL_OK);
    for (size_t t = 0; t <= COLUMNS; t++) {
        double score = 0.0;
        double size = 0.0;
        for (size_t r = 0; r < ROWS; r++) {
            const double column = t == 0 ? 1.0 : x[r * COLUMNS + t - 1];
            score += column * (y[r] - spiral_logit_chance(&fit, &x[r * COLUMNS]));
            size += column * column;
        }
        assert_true(fabs(score) / sqrt(size / ROWS) < 1e-8);
    }
    spiral_logit_clear(&fit);
}

/* Over many samples the standardised errors have mean 0 and variance 1: within 5 standard errors of
 * that, 1 / sqrt(samples) and sqrt(2 / samples), plus the bias of order 1 / rows. */
static void test_recovery(void **state)
{
    (void)state;
    enum { SAMPLES = 60 };
    const double units[COLUMNS] = {1.0, 1.0, 100.0, 1.0};

    for (size_t c = 0; c < COLUMNS; c++) {
        double sum = 0.0;
        double square = 0.0;
        for (uint64_t s = 0; s < SAMPLES; s++) {
            struct spiral_logit fit;
            draw(100 + s);
            assert_int_equal(spiral_logit_fit(&fit, x, y, ROWS, COLUMNS, 0.0, NULL), SPIRAL_OK);
            const double z =
                (fit.coefficient[c + 1] - truth[c + 1] / units[c]) / fit.deviation[c + 1];
            sum += z;
            square += z * z;
            spiral_logit_clear(&fit);
        }
        assert_true(fabs(sum / SAMPLES) < 5.0 / sqrt(SAMPLES) + 0.1);
        assert_true(fabs(square / SAMPLES - 1.0) < 5.0 * sqrt(2.0 / SAMPLES) + 0.1);
    }
}

/* Another unit of a column divides its coefficient; a column twice over, or one that does not vary,
 * changes no chance. */
static void test_columns(void **state)
{
    (void)state;
    static double wide[ROWS * (COLUMNS + 2)];
    struct spiral_logit plain;
    struct spiral_logit other;

    draw(2);
    assert_int_equal(spiral_logit_fit(&plain, x, y, ROWS, COLUMNS, 0.0, NULL), SPIRAL_OK);
    for (size_t r = 0; r < ROWS; r++) {
        memcpy(&wide[r * (COLUMNS + 2)], &x[r * COLUMNS], COLUMNS * sizeof *x);
        wide[r * (COLUMNS + 2) + 1] *= 1000.0;
        wide[r * (COLUMNS + 2) + COLUMNS] = 3.0 - 2.0 * x[r * COLUMNS];
        wide[r * (COLUMNS + 2) + COLUMNS + 1] = 7.0;
    }
    assert_int_equal(spiral_logit_fit(&other, wide, y, ROWS, COLUMNS + 2, 0.0, NULL), SPIRAL_OK);
    assert_true(fabs(other.coefficient[2] * 1000.0 - plain.coefficient[2]) < 1e-8);
    assert_true(other.coefficient[COLUMNS + 2] == 0.0);
    for (size_t r = 0; r < ROWS; r++)
        assert_true(fabs(spiral_logit_chance(&plain, &x[r * COLUMNS]) -
                         spiral_logit_chance(&other, &wide[r * (COLUMNS + 2)])) < 1e-8);
    assert_true(isnan(other.deviation[1]));
    spiral_logit_clear(&plain);
    spiral_logit_clear(&other);
}

/* Separation, complete and of some rows alone, is told; a ridge has an optimum all the same, where
 * the penalised score equations hold. */
static void test_separated(void **state)
{
    (void)state;
    static const double apart[8] = {1, 2, 3, 4, 5, 6, 7, 8};
    static const double step[8] = {0, 0, 0, 0, 1, 1, 1, 1};
    static const double some[8] = {0, 0, 0, 0, 0, 0, 1, 1}; /* x = 1 only with y = 1 */
    static const double outcome[8] = {0, 0, 0, 1, 0, 1, 1, 1};
    struct spiral_logit fit;

    assert_int_equal(spiral_logit_fit(&fit, apart, step, 8, 1, 0.0, NULL), SPIRAL_OK);
    assert_true(fit.separated);
    spiral_logit_clear(&fit);
    assert_int_equal(spiral_logit_fit(&fit, some, outcome, 8, 1, 0.0, NULL), SPIRAL_OK);
    assert_true(fit.separated);
    spiral_logit_clear(&fit);

    assert_int_equal(spiral_logit_fit(&fit, apart, step, 8, 1, 1.0, NULL), SPIRAL_OK);
    assert_false(fit.separated);
    const double deviation = sqrt(21.0 / 4.0); /* of 1 .. 8 */
    double constant = 0.0;
    double slope = -fit.coefficient[1] * deviation;
    for (size_t r = 0; r < 8; r++) {
        const double residual = step[r] - spiral_logit_chance(&fit, &apart[r]);
        constant += residual;
        slope += residual * (apart[r] - 4.5) / deviation;
    }
    assert_true(fabs(constant) < 1e-8 && fabs(slope) < 1e-8);
    spiral_logit_clear(&fit);
}

/* A rare event over a column with far outliers converges, and is not taken for separation. */
static void test_far_outliers(void **state)
{
    (void)state;
    enum { FAR = 300 };
    double column[FAR];
    double outcome[FAR];
    struct spiral_logit fit;

    for (size_t r = 0; r < FAR; r++) {
        column[r] = r < 290 ? (double)(r % 10) : 4000.0;
        outcome[r] = r < 290 && r % 10 < 3 && r % 7 == 0 ? 1.0 : 0.0;
    }
    assert_int_equal(spiral_logit_fit(&fit, column, outcome, FAR, 1, 0.0, NULL), SPIRAL_OK);
    assert_false(fit.separated);
    assert_true(spiral_logit_chance(&fit, &column[299]) < 1e-30);
    spiral_logit_clear(&fit);
}

static void test_refused(void **state)
{
    (void)state;
    static const double column[4] = {1, 2, 3, 4};
    static const double alike[4] = {1, 1, 1, 1};
    static const double odd[4] = {0, 1, 0.5, 1};
    static const double mixed[4] = {0, 1, 0, 1};
    const double gap[4] = {1, 2, NAN, 4};
    struct spiral_logit fit;
    struct spiral_error error;

    assert_int_equal(spiral_logit_fit(&fit, column, alike, 4, 1, 0.0, &error), SPIRAL_BAD_INPUT);
    assert_non_null(strstr(error.message, "nothing to fit"));
    assert_int_equal(spiral_logit_fit(&fit, column, odd, 4, 1, 0.0, &error), SPIRAL_BAD_INPUT);
    assert_non_null(strstr(error.message, "outcome 2 is neither 0 nor 1"));
    assert_int_equal(spiral_logit_fit(&fit, gap, mixed, 4, 1, 0.0, &error), SPIRAL_BAD_INPUT);
    assert_non_null(strstr(error.message, "not finite"));
    spiral_logit_clear(&fit);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_two_by_two), cmocka_unit_test(test_score_equations),
        cmocka_unit_test(test_recovery),   cmocka_unit_test(test_columns),
        cmocka_unit_test(test_separated),  cmocka_unit_test(test_far_outliers),
        cmocka_unit_test(test_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
