/* SPDX-License-Identifier: MIT
 *
 * Benchmarks: folds, what is fitted to and what is forecast, gaps, and synthetic panels whose
 * coefficients are known.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tools/panel/benchmark.h"
#include "tools/panel/logit.h"
#include "tools/panel/synthetic.h"

static struct spiral_pair_panel synthetic(size_t pairs, uint64_t seed)
{
    const struct spiral_constants constants = spiral_constants_defaults();
    struct spiral_pair_panel panel;

    assert_int_equal(spiral_panel_synthetic(&panel, pairs, seed, SPIRAL_SYNTHETIC_LOGIT, &constants,
                                            0.0, NULL),
                     SPIRAL_OK);
    return panel;
}

static void forecast(double *chance, const struct spiral_pair_panel *panel,
                     enum spiral_benchmark benchmark, enum spiral_panel_split split)
{
    struct spiral_benchmark_notes notes;

    assert_int_equal(spiral_benchmark_forecast(chance, &notes, panel, benchmark, SPIRAL_PANEL_FORCE,
                                               split, 1980.0, NULL),
                     SPIRAL_OK);
}

/* A fold is a matter of the dyad's name alone, all folds are used, and about equally. */
static void test_folds(void **state)
{
    (void)state;
    struct spiral_pair_panel panel = synthetic(500, 1);
    int count[SPIRAL_PANEL_FOLDS] = {0};

    for (size_t w = 0; w < panel.count; w++) {
        const int fold = spiral_panel_fold(panel.windows[w].dyad);
        assert_in_range(fold, 0, SPIRAL_PANEL_FOLDS - 1);
        assert_int_equal(fold, spiral_panel_fold(panel.windows[w - w % 4].dyad));
        count[fold] += w % 4 == 0;
    }
    for (int f = 0; f < SPIRAL_PANEL_FOLDS; f++) /* 5 standard deviations of a binomial count */
        assert_true(fabs(count[f] - 100.0) < 5.0 * sqrt(500.0 * 0.2 * 0.8));
    spiral_panel_clear(&panel);
}

/* The outcomes of a pair do not touch its own forecast, but those of pairs in other folds: by time,
 * those of later windows touch none. */
static void test_out_of_fold(void **state)
{
    (void)state;
    struct spiral_pair_panel panel = synthetic(150, 2);
    double *before = calloc(panel.count, sizeof *before);
    double *after = calloc(panel.count, sizeof *after);
    const int fold = spiral_panel_fold(panel.windows[0].dyad);

    forecast(before, &panel, SPIRAL_BENCHMARK_rivalry, SPIRAL_SPLIT_PAIRS);
    for (size_t w = 0; w < panel.count; w++)
        if (spiral_panel_fold(panel.windows[w].dyad) == fold)
            panel.windows[w].force = 1.0 - panel.windows[w].force;
    forecast(after, &panel, SPIRAL_BENCHMARK_rivalry, SPIRAL_SPLIT_PAIRS);
    for (size_t w = 0; w < panel.count; w++)
        assert_int_equal(before[w] == after[w], spiral_panel_fold(panel.windows[w].dyad) == fold);

    forecast(before, &panel, SPIRAL_BENCHMARK_dyadic, SPIRAL_SPLIT_TIME);
    for (size_t w = 0; w < panel.count; w++)
        if (panel.windows[w].start >= 1980.0)
            panel.windows[w].force = 1.0 - panel.windows[w].force;
    forecast(after, &panel, SPIRAL_BENCHMARK_dyadic, SPIRAL_SPLIT_TIME);
    for (size_t w = 0; w < panel.count; w++) {
        assert_int_equal(isnan(before[w]), panel.windows[w].start < 1980.0);
        assert_true(isnan(before[w]) || before[w] == after[w]);
    }
    free(before);
    free(after);
    spiral_panel_clear(&panel);
}

/* The base rate is the share among the windows of other folds. */
static void test_base_rate(void **state)
{
    (void)state;
    struct spiral_pair_panel panel = synthetic(60, 3);
    double *chance = calloc(panel.count, sizeof *chance);

    forecast(chance, &panel, SPIRAL_BENCHMARK_base, SPIRAL_SPLIT_PAIRS);
    for (size_t w = 0; w < panel.count; w += 37) {
        double rows = 0.0;
        double events = 0.0;
        for (size_t v = 0; v < panel.count; v++)
            if (spiral_panel_fold(panel.windows[v].dyad) !=
                spiral_panel_fold(panel.windows[w].dyad)) {
                rows += 1.0;
                events += panel.windows[v].force;
            }
        assert_true(fabs(chance[w] - events / rows) < 1e-15);
    }
    free(chance);
    spiral_panel_clear(&panel);
}

/* Gaps in facts and in outcomes stop nothing; a window without an outcome is forecast all the same.
 */
static void test_gaps(void **state)
{
    (void)state;
    struct spiral_pair_panel panel = synthetic(150, 4);
    double *chance = calloc(panel.count, sizeof *chance);

    for (size_t w = 0; w < panel.count; w++) {
        panel.windows[w].dependence_small = w % 7 == 0 ? NAN : panel.windows[w].dependence_small;
        panel.windows[w].uds_small = w % 5 == 0 ? NAN : panel.windows[w].uds_small;
        panel.windows[w].rivalry_tss = w % 11 == 0 ? NAN : panel.windows[w].rivalry_tss;
        panel.windows[w].force = w % 13 == 0 ? NAN : panel.windows[w].force;
    }
    forecast(chance, &panel, SPIRAL_BENCHMARK_rivalry, SPIRAL_SPLIT_PAIRS);
    for (size_t w = 0; w < panel.count; w++)
        assert_true(chance[w] > 0.0 && chance[w] < 1.0);

    /* without any outcome, the forecast of no knowledge: (0 + 1/2) / (0 + 1) */
    for (size_t w = 0; w < panel.count; w++)
        panel.windows[w].force = NAN;
    forecast(chance, &panel, SPIRAL_BENCHMARK_rivalry, SPIRAL_SPLIT_PAIRS);
    assert_true(chance[0] == 0.5);
    free(chance);
    spiral_panel_clear(&panel);
}

/* Each benchmark takes the predictors of those before it. */
static void test_nested(void **state)
{
    (void)state;
    struct spiral_pair_panel panel = synthetic(1, 5);
    double values[SPIRAL_BENCHMARKS][SPIRAL_PREDICTORS];
    size_t before = 0;

    for (int b = 0; b < SPIRAL_BENCHMARKS; b++) {
        const size_t count =
            spiral_benchmark_predictors(values[b], &panel.windows[0], (enum spiral_benchmark)b);
        assert_int_equal(b == 0, count == 0);
        assert_true(b == 0 || count > before);
        for (size_t p = 0; p < before; p++)
            assert_true(values[b][p] == values[b - 1][p]);
        before = count;
    }
    assert_int_equal(before, SPIRAL_PREDICTORS);
    spiral_panel_clear(&panel);
}

/* A panel that was made by a logit gives its coefficients back: all within 4.5 standard errors (15
 * coefficients: chance in 10,000 runs of the test, were it not for the fixed seed), and their mean
 * square near 1. Windows of a pair follow from one another's outcomes, but each is drawn given its
 * facts, so that the likelihood is the one fitted. */
static void test_recovery(void **state)
{
    (void)state;
    struct spiral_pair_panel panel = synthetic(4000, 6);
    double *x = calloc(panel.count * SPIRAL_PREDICTORS, sizeof *x);
    double *y = calloc(panel.count, sizeof *y);
    struct spiral_logit fit;
    double square = 0.0;

    for (size_t w = 0; w < panel.count; w++) {
        spiral_benchmark_predictors(&x[w * SPIRAL_PREDICTORS], &panel.windows[w],
                                    SPIRAL_BENCHMARK_rivalry);
        y[w] = panel.windows[w].force;
    }
    /* all windows are ten years long: what the length adds goes with the constant */
    assert_int_equal(spiral_logit_fit(&fit, x, y, panel.count, SPIRAL_PREDICTORS, 0.0, NULL),
                     SPIRAL_OK);
    assert_false(fit.separated);
    assert_true(fit.coefficient[1 + SPIRAL_PREDICTOR_length] == 0.0);
    const double constant = spiral_synthetic_constant +
                            10.0 * spiral_predictor_texts[SPIRAL_PREDICTOR_length].coefficient;
    assert_true(fabs(fit.coefficient[0] - constant) < 4.5 * fit.deviation[0]);
    for (int p = SPIRAL_PREDICTOR_length + 1; p < SPIRAL_PREDICTORS; p++) {
        const double z =
            (fit.coefficient[1 + p] - spiral_predictor_texts[p].coefficient) / fit.deviation[1 + p];
        if (!(fabs(z) < 4.5))
            fail_msg("%s: %g +- %g", spiral_predictor_texts[p].name, fit.coefficient[1 + p],
                     fit.deviation[1 + p]);
        square += z * z / (SPIRAL_PREDICTORS - 1.0);
    }
    assert_true(square > 0.2 && square < 2.6); /* chi square of 14: 99.9 % */
    spiral_logit_clear(&fit);
    free(x);
    free(y);
    spiral_panel_clear(&panel);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_folds),     cmocka_unit_test(test_out_of_fold),
        cmocka_unit_test(test_base_rate), cmocka_unit_test(test_gaps),
        cmocka_unit_test(test_nested),    cmocka_unit_test(test_recovery),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
