/* SPDX-License-Identifier: MIT */
#include "tools/panel/benchmark.h"

#include <math.h>
#include <stdlib.h>

#include "tools/panel/logit.h"

const struct spiral_benchmark_text spiral_benchmark_texts[SPIRAL_BENCHMARKS] = {
#define SPIRAL_BENCHMARK(name, en, zh, doc) {#name, en, zh, doc},
#include "tools/panel/benchmark.def"
};

const struct spiral_predictor_text spiral_predictor_texts[SPIRAL_PREDICTORS] = {
#define SPIRAL_PREDICTOR(benchmark, name, coefficient, formula, doc) {#name, doc, coefficient},
#include "tools/panel/benchmark.def"
};

static const double separated_ridge = 1.0;

int spiral_panel_fold(const char *dyad)
{
    return (int)(spiral_panel_hash(dyad) % SPIRAL_PANEL_FOLDS);
}

/* --- predictors ------------------------------------------------------------------------------- */

/* Whether one of five facts holds; NAN where that is not known. */
static double any_of(double a, double b, double c, double d, double e)
{
    const double facts[] = {a, b, c, d, e};
    double known = 0.0;

    for (size_t i = 0; i < sizeof facts / sizeof *facts; i++) {
        if (facts[i] > 0.0)
            return 1.0;
        known += facts[i]; /* NAN stays NAN */
    }
    return isnan(known) ? NAN : 0.0;
}

/* The lower of two numbers; NAN where one is not known. */
static double lower(double one, double other)
{
    return isnan(one) || isnan(other) ? NAN : fmin(one, other);
}

size_t spiral_benchmark_predictors(double values[SPIRAL_PREDICTORS],
                                   const struct spiral_panel_window *w, enum spiral_benchmark asked)
{
    size_t count = 0;

#define SPIRAL_PREDICTOR(benchmark, name, coefficient, formula, doc) \
    if (SPIRAL_BENCHMARK_##benchmark <= asked) \
        values[count++] = (formula);
#include "tools/panel/benchmark.def"
    return count;
}

/* --- designs ---------------------------------------------------------------------------------- */

/* A regression's columns: the predictors, and a column for each of those that are sometimes
 * missing. */
struct design {
    enum spiral_benchmark benchmark;
    size_t predictors;
    size_t columns;
    double mean[SPIRAL_PREDICTORS];
    bool sometimes_missing[SPIRAL_PREDICTORS];
};

static void put_row(double *row, const struct design *design,
                    const struct spiral_panel_window *window)
{
    double values[SPIRAL_PREDICTORS];
    size_t column = design->predictors;

    spiral_benchmark_predictors(values, window, design->benchmark);
    for (size_t p = 0; p < design->predictors; p++) {
        row[p] = isfinite(values[p]) ? values[p] : design->mean[p];
        if (design->sometimes_missing[p])
            row[column++] = isfinite(values[p]) ? 0.0 : 1.0;
    }
}

/* Means and missing values over the windows fitted to. */
static struct design design_of(const struct spiral_pair_panel *panel, const bool *fitted,
                               enum spiral_benchmark benchmark)
{
    struct design design = {.benchmark = benchmark};
    double sum[SPIRAL_PREDICTORS] = {0.0}, known[SPIRAL_PREDICTORS] = {0.0};

    for (size_t w = 0; w < panel->count; w++) {
        double values[SPIRAL_PREDICTORS];
        if (!fitted[w])
            continue;
        design.predictors = spiral_benchmark_predictors(values, &panel->windows[w], benchmark);
        for (size_t p = 0; p < design.predictors; p++) {
            sum[p] += isfinite(values[p]) ? values[p] : 0.0;
            known[p] += isfinite(values[p]) ? 1.0 : 0.0;
            design.sometimes_missing[p] = design.sometimes_missing[p] || !isfinite(values[p]);
        }
    }
    design.columns = design.predictors;
    for (size_t p = 0; p < design.predictors; p++) {
        design.mean[p] = known[p] > 0.0 ? sum[p] / known[p] : 0.0;
        design.columns += design.sometimes_missing[p] ? 1 : 0;
    }
    return design;
}

/* --- forecasts -------------------------------------------------------------------------------- */

/* What a fit is made of and what it is for. */
struct fold {
    const struct spiral_pair_panel *panel;
    enum spiral_benchmark benchmark;
    enum spiral_panel_event event;
    bool *fitted;
    bool *asked; /* [window] */
    double *x;
    double *y; /* the windows fitted to, in a block of their own */
    size_t rows;
    size_t events;
};

/* A regression, again with a ridge where there is no maximum. */
static enum spiral_status fit_logit(struct spiral_logit *fit, const struct fold *fold,
                                    const struct design *design,
                                    struct spiral_benchmark_notes *notes,
                                    struct spiral_error *error)
{
    enum spiral_status status =
        spiral_logit_fit(fit, fold->x, fold->y, fold->rows, design->columns, 0.0, error);

    notes->fits++;
    if (status == SPIRAL_OK && fit->separated) {
        notes->separated++;
        spiral_logit_clear(fit);
        status = spiral_logit_fit(fit, fold->x, fold->y, fold->rows, design->columns,
                                  separated_ridge, error);
    }
    return status;
}

/* Fits to the windows chosen and forecasts those asked for. */
static enum spiral_status forecast_fold(double *chance, const struct fold *fold,
                                        struct spiral_benchmark_notes *notes,
                                        struct spiral_error *error)
{
    const struct design design = design_of(fold->panel, fold->fitted, fold->benchmark);
    const bool alike = fold->events == 0 || fold->events == fold->rows;
    const double share = fold->benchmark == SPIRAL_BENCHMARK_base && !alike
                             ? (double)fold->events / (double)fold->rows
                             : ((double)fold->events + 0.5) / ((double)fold->rows + 1.0);
    struct spiral_logit fit = {.columns = 0};
    double row[2 * SPIRAL_PREDICTORS + 1];
    enum spiral_status status = SPIRAL_OK;

    notes->constant += alike;
    if (!alike && fold->benchmark != SPIRAL_BENCHMARK_base)
        status = fit_logit(&fit, fold, &design, notes, error);
    for (size_t w = 0; w < fold->panel->count && status == SPIRAL_OK; w++) {
        if (!fold->asked[w])
            continue;
        put_row(row, &design, &fold->panel->windows[w]);
        chance[w] = fit.coefficient != NULL ? spiral_logit_chance(&fit, row) : share;
    }
    spiral_logit_clear(&fit);
    return status;
}

/* Chooses the windows of a fold, and lays the rows of those fitted to out. */
static void choose(struct fold *fold, enum spiral_panel_split split, double year, int number)
{
    const struct spiral_pair_panel *panel = fold->panel;
    struct design design;

    for (size_t w = 0; w < panel->count; w++) {
        const struct spiral_panel_window *window = &panel->windows[w];
        const bool in_fold = spiral_panel_fold(window->dyad) == number;
        const bool known = !isnan(spiral_panel_outcome(window, fold->event));

        fold->asked[w] = split == SPIRAL_SPLIT_PAIRS ? in_fold : window->start >= year;
        fold->fitted[w] = known && (split == SPIRAL_SPLIT_PAIRS ? !in_fold : window->end <= year);
    }

    design = design_of(panel, fold->fitted, fold->benchmark);
    fold->rows = fold->events = 0;
    for (size_t w = 0; w < panel->count; w++) {
        if (!fold->fitted[w])
            continue;
        put_row(&fold->x[fold->rows * design.columns], &design, &panel->windows[w]);
        fold->y[fold->rows] = spiral_panel_outcome(&panel->windows[w], fold->event);
        fold->events += fold->y[fold->rows] > 0.0 ? 1 : 0;
        fold->rows++;
    }
}

enum spiral_status spiral_benchmark_forecast(double *chance, struct spiral_benchmark_notes *notes,
                                             const struct spiral_pair_panel *panel,
                                             enum spiral_benchmark benchmark,
                                             enum spiral_panel_event event,
                                             enum spiral_panel_split split, double year,
                                             struct spiral_error *error)
{
    const size_t room = panel->count + 1;
    struct fold fold = {.panel = panel, .benchmark = benchmark, .event = event};
    enum spiral_status status = SPIRAL_OK;

    *notes = (struct spiral_benchmark_notes){.fits = 0};
    for (size_t w = 0; w < panel->count; w++)
        chance[w] = NAN;
    fold.fitted = calloc(2 * room, sizeof *fold.fitted);
    fold.x = calloc(room * (2 * SPIRAL_PREDICTORS + 1), sizeof *fold.x);
    fold.y = calloc(room, sizeof *fold.y);
    if (fold.fitted == NULL || fold.x == NULL || fold.y == NULL)
        status = spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for a regression");
    else
        fold.asked = fold.fitted + room;

    const int folds = split == SPIRAL_SPLIT_PAIRS ? SPIRAL_PANEL_FOLDS : 1;
    for (int number = 0; number < folds && status == SPIRAL_OK; number++) {
        choose(&fold, split, year, number);
        status = forecast_fold(chance, &fold, notes, error);
    }
    free(fold.fitted);
    free(fold.x);
    free(fold.y);
    return status;
}
