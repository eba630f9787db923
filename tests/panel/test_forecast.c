/* SPDX-License-Identifier: MIT
 *
 * Forecasts of a panel by the model, and the report on them.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tools/panel/evaluate.h"
#include "tools/panel/synthetic.h"

enum { PAIRS = 25, RUNS = 96 };

static struct spiral_constants constants;
static struct spiral_pair_panel panel;
static struct spiral_panel_run run;

static int make_panel(void **state)
{
    (void)state;
    constants = spiral_constants_defaults();
    run = (struct spiral_panel_run){
        .runs = RUNS, .seed = 5, .threads = 1, .constants = &constants, .progress = false};
    return spiral_panel_synthetic(&panel, PAIRS, 7, SPIRAL_SYNTHETIC_MODEL, &constants, 0.0,
                                  NULL) == SPIRAL_OK
               ? 0
               : -1;
}

static int drop_panel(void **state)
{
    (void)state;
    spiral_panel_clear(&panel);
    return 0;
}

static void forecast(struct spiral_panel_counts *counts, const struct spiral_pair_panel *asked,
                     int threads)
{
    struct spiral_panel_run now = run;

    now.threads = threads;
    assert_int_equal(spiral_panel_forecast(counts, asked, &now, NULL), SPIRAL_OK);
}

static void assert_same(const struct spiral_panel_counts *one, size_t first,
                        const struct spiral_panel_counts *other, size_t second)
{
    for (int e = 0; e < SPIRAL_PANEL_EVENTS; e++) {
        assert_int_equal(one->events[e][first], other->events[e][second]);
        for (int year = 0; year < one->most_years; year++)
            assert_int_equal(one->by_year[e][first * (size_t)one->most_years + (size_t)year],
                             other->by_year[e][second * (size_t)one->most_years + (size_t)year]);
    }
}

/* Threads and the rest of the table do not touch a window's counts. */
static void test_same_counts(void **state)
{
    (void)state;
    struct spiral_panel_counts one;
    struct spiral_panel_counts two;
    struct spiral_panel_counts alone;
    const struct spiral_pair_panel part = {.count = 3, .windows = &panel.windows[10]};

    forecast(&one, &panel, 1);
    forecast(&two, &panel, 2);
    forecast(&alone, &part, 1);
    for (size_t w = 0; w < panel.count; w++)
        assert_same(&one, w, &two, w);
    for (size_t w = 0; w < 3; w++)
        assert_same(&one, 10 + w, &alone, w);
    spiral_panel_counts_clear(&one);
    spiral_panel_counts_clear(&two);
    spiral_panel_counts_clear(&alone);
}

/* War is force too; force in any year is force in the window; chances keep within the floor, and no
 * count's order is lost by it. */
static void test_counts_agree(void **state)
{
    (void)state;
    struct spiral_panel_counts counts;
    const double floor = spiral_panel_floor(RUNS);

    forecast(&counts, &panel, 2);
    for (size_t w = 0; w < panel.count; w++) {
        uint64_t sum = 0;
        uint64_t most = 0;
        for (int year = 0; year < counts.most_years; year++) {
            const size_t at = w * (size_t)counts.most_years + (size_t)year;
            const uint64_t force = counts.by_year[SPIRAL_PANEL_FORCE][at];
            assert_true(counts.by_year[SPIRAL_PANEL_WAR][at] <= force);
            sum += force;
            most = force > most ? force : most;
        }
        assert_true(counts.events[SPIRAL_PANEL_WAR][w] <= counts.events[SPIRAL_PANEL_FORCE][w]);
        assert_in_range(counts.events[SPIRAL_PANEL_FORCE][w], most, sum < RUNS ? sum : RUNS);

        const double chance = spiral_panel_chance(&counts, SPIRAL_PANEL_FORCE, w);
        assert_true(chance >= floor && chance <= 1.0 - floor);
    }

    counts.events[SPIRAL_PANEL_FORCE][0] = 0;
    counts.events[SPIRAL_PANEL_FORCE][1] = 1;
    counts.events[SPIRAL_PANEL_FORCE][2] = RUNS - 1;
    counts.events[SPIRAL_PANEL_FORCE][3] = RUNS;
    for (size_t w = 0; w < 3; w++)
        assert_true(spiral_panel_chance(&counts, SPIRAL_PANEL_FORCE, w) <
                    spiral_panel_chance(&counts, SPIRAL_PANEL_FORCE, w + 1));
    spiral_panel_counts_clear(&counts);
}

static double share_of(const struct spiral_panel_counts *counts, int event, size_t window)
{
    return (double)counts->events[event][window] / (double)counts->runs;
}

/* What the compensator estimates is what counts estimate: over all windows the two differ by no
 * more than the counts' own error allows (4.5 standard deviations of a sum of independent
 * differences, whose variance is that of the counts at most). And it varies less: over seeds, about
 * their common mean. */
static void test_compensator(void **state)
{
    (void)state;
    enum { SEEDS = 12 };
    double difference[SPIRAL_PANEL_EVENTS] = {0.0};
    double variance[SPIRAL_PANEL_EVENTS] = {0.0};
    double spread[2][SPIRAL_PANEL_EVENTS] = {{0.0}};
    double *mean = calloc(SPIRAL_PANEL_EVENTS * panel.count, sizeof *mean);
    struct spiral_panel_counts counts[SEEDS];
    struct spiral_panel_counts sums[SEEDS];

    for (int s = 0; s < SEEDS; s++) {
        struct spiral_panel_run now = run;
        now.seed = 100 + (uint64_t)s;
        now.dt = 0.25;
        assert_int_equal(spiral_panel_forecast(&counts[s], &panel, &now, NULL), SPIRAL_OK);
        now.estimator = SPIRAL_PANEL_COMPENSATOR;
        now.threads = 1 + s % 2;
        assert_int_equal(spiral_panel_forecast(&sums[s], &panel, &now, NULL), SPIRAL_OK);
        for (int e = 0; e < SPIRAL_PANEL_EVENTS; e++)
            for (size_t w = 0; w < panel.count; w++)
                mean[(size_t)e * panel.count + w] += share_of(&counts[s], e, w) / SEEDS;
    }

    for (int e = 0; e < SPIRAL_PANEL_EVENTS; e++) {
        for (size_t w = 0; w < panel.count; w++) {
            const double p = mean[(size_t)e * panel.count + w];
            variance[e] += p * (1.0 - p) / RUNS * SEEDS;
            for (int s = 0; s < SEEDS; s++) {
                const double count = share_of(&counts[s], e, w);
                difference[e] += sums[s].estimate[e][w] - count;
                spread[0][e] += (count - p) * (count - p);
                spread[1][e] += (sums[s].estimate[e][w] - p) * (sums[s].estimate[e][w] - p);
            }
        }
        assert_true(fabs(difference[e]) < 4.5 * sqrt(variance[e]));
        assert_true(spread[1][e] < 0.75 * spread[0][e]);
    }
    for (int s = 0; s < SEEDS; s++) {
        spiral_panel_counts_clear(&counts[s]);
        spiral_panel_counts_clear(&sums[s]);
    }
    free(mean);
}

/* What runs on into a window is in it, whatever a run does of it in its first step. */
static void test_start(void **state)
{
    (void)state;
    struct spiral_panel_window window = panel.windows[0];
    const struct spiral_pair_panel one = {.count = 1, .windows = &window};
    struct spiral_panel_counts counts;

    for (int estimator = 0; estimator < 2; estimator++)
        for (int level = 3; level <= 5; level++) {
            struct spiral_panel_run now = run;
            now.estimator = (enum spiral_panel_estimator)estimator;
            window.ongoing_host = level;
            assert_int_equal(spiral_panel_forecast(&counts, &one, &now, NULL), SPIRAL_OK);
            for (int e = 0; e < SPIRAL_PANEL_EVENTS; e++)
                assert_int_equal(spiral_panel_chance(&counts, (enum spiral_panel_event)e, 0) >=
                                     1.0 - spiral_panel_floor(RUNS),
                                 level >= 4 + e);
            spiral_panel_counts_clear(&counts);
        }
}

/* Facts can be left out by name, but not those without which there is no window. */
static void test_without(void **state)
{
    (void)state;
    struct spiral_panel_window *copy = calloc(panel.count, sizeof *copy);
    struct spiral_pair_panel seen = {.count = panel.count, .windows = copy};
    struct spiral_error error;

    memcpy(copy, panel.windows, panel.count * sizeof *copy);
    assert_int_equal(spiral_panel_without(&seen, "igos", &error), SPIRAL_OK);
    assert_int_equal(spiral_panel_without(&seen, "west_pact", &error), SPIRAL_OK);
    for (size_t w = 0; w < seen.count; w++) {
        assert_true(isnan(copy[w].igos));
        assert_string_equal(copy[w].west_pact, "");
        assert_true(copy[w].start == panel.windows[w].start);
    }
    assert_int_equal(spiral_panel_without(&seen, "igso", &error), SPIRAL_BAD_INPUT);
    assert_non_null(strstr(error.message, "did you mean 'igos'?"));
    assert_int_equal(spiral_panel_without(&seen, "cinc_small", &error), SPIRAL_BAD_INPUT);
    free(copy);
}

/* Chances that are the outcomes themselves have an area of 1 and a Brier score of 0; the base rate
 * has no area; the differences are those of the scores; and the rows of the tables are those they
 * say. */
static void test_evaluation(void **state)
{
    (void)state;
    struct spiral_panel_report report;
    double *block = calloc(panel.count, sizeof *block);
    const struct spiral_panel_chances chances = {{{block, block}, {block, block}}, 0.01};
    const struct spiral_panel_question question = {.year = 1970.0,
                                                   .resamples = 50,
                                                   .seed = 1,
                                                   .threads = 2};
    size_t late = 0;

    for (size_t w = 0; w < panel.count; w++) {
        panel.windows[w].force = w % 3 == 0 ? 1.0 : 0.0;
        block[w] = panel.windows[w].force;
        late += panel.windows[w].start >= 1970.0 ? 1 : 0;
    }
    assert_int_equal(spiral_panel_evaluate(&report, &panel, &chances, NULL, &question, NULL),
                     SPIRAL_OK);
    const struct spiral_evaluation *all =
        &report.evaluation[SPIRAL_PANEL_FORCE][SPIRAL_SPLIT_PAIRS][SPIRAL_ROWS_ALL];
    assert_int_equal(all->windows, panel.count);
    assert_int_equal(all->dyads, PAIRS);
    assert_int_equal(report.evaluation[SPIRAL_PANEL_FORCE][SPIRAL_SPLIT_TIME][0].windows, late);
    assert_true(all->scores[0][SPIRAL_FORECAST_SCORE_auc].value == 1.0);
    assert_true(all->scores[0][SPIRAL_FORECAST_SCORE_auc].interval.low == 1.0);
    assert_true(all->scores[0][SPIRAL_FORECAST_SCORE_brier].value == 0.0);
    assert_true(isnan(all->scores[1][SPIRAL_FORECAST_SCORE_auc].value));
    for (int b = 0; b < SPIRAL_BENCHMARKS; b++)
        for (int c = 1; c < SPIRAL_COMPARED; c++)
            assert_true(fabs(all->differences[b][c].value -
                             (all->scores[0][spiral_compared[c]].value -
                              all->scores[1 + b][spiral_compared[c]].value)) < 1e-12);
    assert_int_equal(report.by_year[0].years, 0);
    spiral_panel_report_clear(&report);
    free(block);
}

/* Years that are scored are those whose level the table says. */
static void test_years(void **state)
{
    (void)state;
    struct spiral_panel_report report;
    struct spiral_panel_counts counts;
    double *block = calloc(2 * panel.count, sizeof *block);
    const double *const of[SPIRAL_PANEL_EVENTS] = {block, block + panel.count};
    const struct spiral_panel_chances chances = {{{of[0], of[1]}, {of[0], of[1]}}, 0.01};
    const struct spiral_panel_question question = {.year = 1980.0, .seed = 1, .threads = 1};
    size_t years = 0;
    size_t events = 0;

    forecast(&counts, &panel, 2);
    panel.windows[1].hosts[0] = '\0';
    for (size_t w = 0; w < panel.count; w++)
        for (int year = 0; year < 10; year++) {
            years += spiral_panel_level(&panel.windows[w], year) > 0 ? 1 : 0;
            events += spiral_panel_level(&panel.windows[w], year) >= 4 ? 1 : 0;
        }
    assert_int_equal(spiral_panel_evaluate(&report, &panel, &chances, &counts, &question, NULL),
                     SPIRAL_OK);
    assert_int_equal(report.by_year[SPIRAL_PANEL_FORCE].years, years);
    assert_int_equal(report.by_year[SPIRAL_PANEL_FORCE].events, events);
    assert_int_equal(report.by_year[SPIRAL_PANEL_FORCE].by_year_count, 10);
    assert_int_equal(report.by_year[SPIRAL_PANEL_FORCE].by_year[0].windows, panel.count - 1);
    spiral_panel_report_clear(&report);
    spiral_panel_counts_clear(&counts);
    free(block);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_same_counts), cmocka_unit_test(test_counts_agree),
        cmocka_unit_test(test_compensator), cmocka_unit_test(test_start),
        cmocka_unit_test(test_without),     cmocka_unit_test(test_years),
        cmocka_unit_test(test_evaluation),
    };
    return cmocka_run_group_tests(tests, make_panel, drop_panel);
}
