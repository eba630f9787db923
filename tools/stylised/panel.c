/* SPDX-License-Identifier: MIT
 *
 * S18: forecasts of force for a table of pair-windows, beside the regressions of tools/panel/,
 * which forecast each pair from other pairs.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "tools/panel/evaluate.h"
#include "tools/stylised/parts.h"

/* The chances of force by the setup's constants: the caller frees them. */
static enum spiral_status forecast_windows(const struct spiral_stylised_setup *setup,
                                           double **chances, double *least,
                                           struct spiral_error *error)
{
    const struct spiral_panel_run run = {.runs = setup->panel_runs > 0 ? setup->panel_runs
                                                                       : setup->runs / 2,
                                         .seed = setup->seed,
                                         .threads = setup->threads,
                                         .constants = &setup->constants,
                                         .estimator = SPIRAL_PANEL_COMPENSATOR,
                                         .dt = setup->dt};
    struct spiral_panel_counts counts;
    enum spiral_status status = spiral_panel_forecast(&counts, setup->panel, &run, error);

    *chances = status == SPIRAL_OK ? calloc(setup->panel->count + 1, sizeof **chances) : NULL;
    *least = spiral_panel_floor(run.runs);
    if (status == SPIRAL_OK && *chances == NULL)
        status = spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for the forecasts of S18");
    for (size_t w = 0; w < setup->panel->count && status == SPIRAL_OK; w++)
        (*chances)[w] = spiral_panel_chance(&counts, SPIRAL_PANEL_FORCE, w);
    spiral_panel_counts_clear(&counts);

    return status;
}

/* Adds a score with its bootstrap interval. */
static void add_score(struct spiral_stylised_fact *fact, const char *name,
                      const struct spiral_estimate *score, double low, double high)
{
    const bool known = isfinite(score->interval.low) && isfinite(score->interval.high);
    spiral_stylised_add(fact, name, score->value, known ? score->interval.low : score->value,
                        known ? score->interval.high : score->value, low, high);
}

static void add_scores(struct spiral_stylised_fact *fact, const struct spiral_panel_report *report)
{
    const struct spiral_evaluation *of =
        &report->evaluation[SPIRAL_PANEL_FORCE][SPIRAL_SPLIT_PAIRS][SPIRAL_ROWS_ALL];
    const struct spiral_estimate *own = of->scores[SPIRAL_FORECASTER_SIMULATOR];
    int best = -1;
    int auc = 0;

    while (spiral_compared[auc] != SPIRAL_FORECAST_SCORE_auc)
        auc++;

    /* The base rate ranks nothing and has no area. */
    for (int b = 0; b < SPIRAL_BENCHMARKS; b++) {
        const double less = of->differences[b][auc].value;
        if (isfinite(less) && (best < 0 || less < of->differences[best][auc].value))
            best = b;
    }

    add_score(fact, "slope of the calibration line", &own[SPIRAL_FORECAST_SCORE_slope], 0.8, 1.25);
    add_score(fact, "area under the curve", &own[SPIRAL_FORECAST_SCORE_auc], 0.0, 1.0);
    if (best >= 0)
        add_score(fact, "area less that of the best regression", &of->differences[best][auc],
                  0.0001, 1.0);
    fact->holds = fact->holds && best >= 0;
}

enum spiral_status spiral_stylised_measure_panel(struct spiral_stylised_fact *fact,
                                                 const struct spiral_stylised_setup *setup,
                                                 struct spiral_error *error)
{
    struct spiral_panel_report report;
    double *own = NULL;
    double least = setup->floor;
    enum spiral_status status = SPIRAL_OK;

    if (setup->panel == NULL) {
        fact->measured = false;
        fact->holds = false;
        return SPIRAL_OK;
    }

    if (setup->chances == NULL)
        status = forecast_windows(setup, &own, &least, error);
    if (status != SPIRAL_OK)
        return status;

    /* Force alone is asked of: that of war stands in its place, and is not looked at. */
    const double *force = setup->chances != NULL ? setup->chances : own;
    const struct spiral_panel_chances chances = {.of = {{force, force}, {force, force}},
                                                 .floor = least};
    const struct spiral_panel_question question = {.year = 1980.0,
                                                   .resamples = setup->resamples,
                                                   .seed = setup->seed,
                                                   .threads = setup->threads};
    status = spiral_panel_evaluate(&report, setup->panel, &chances, NULL, &question, error);
    if (status == SPIRAL_OK &&
        report.evaluation[SPIRAL_PANEL_FORCE][SPIRAL_SPLIT_PAIRS][SPIRAL_ROWS_ALL].windows == 0)
        status = spiral_error_set(error, SPIRAL_BAD_INPUT,
                                  "S18: the panel has no window with a known outcome");
    if (status == SPIRAL_OK)
        add_scores(fact, &report);
    spiral_panel_report_clear(&report);
    free(own);

    return status;
}
