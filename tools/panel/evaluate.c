/* SPDX-License-Identifier: MIT */
#include "tools/panel/evaluate.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

const enum spiral_forecast_score spiral_compared[SPIRAL_COMPARED] = {SPIRAL_FORECAST_SCORE_auc,
                                                                     SPIRAL_FORECAST_SCORE_brier,
                                                                     SPIRAL_FORECAST_SCORE_log};

/* --- a table of scores ------------------------------------------------------------------------ */

/* How the values of a resample are laid out. */
enum {
    SCORES_AT = 0,
    DIFFERENCES_AT = SPIRAL_FORECASTERS * SPIRAL_FORECAST_SCORES,
    BINS_AT = DIFFERENCES_AT + SPIRAL_BENCHMARKS * SPIRAL_COMPARED,
    VALUES = BINS_AT + SPIRAL_RELIABILITY_BINS
};

/* What is scored: the same rows for every forecaster. */
struct contest {
    struct spiral_forecasts forecasts[SPIRAL_FORECASTERS];
    struct spiral_reliability reliability;
    double whole[SPIRAL_FORECASTERS][SPIRAL_FORECAST_SCORES]; /* each row once: where lines start */
    bool started;
};

/* The base rate tells windows apart by the fold that they are in, which means nothing. */
static void drop_ranking_of_base(double scores[SPIRAL_FORECAST_SCORES])
{
    scores[SPIRAL_FORECAST_SCORE_auc] = NAN;
    scores[SPIRAL_FORECAST_SCORE_intercept] = NAN;
    scores[SPIRAL_FORECAST_SCORE_slope] = NAN;
}

static void score_contest(const void *context, const double *weights, double *values)
{
    const struct contest *contest = context;
    double(*scores)[SPIRAL_FORECAST_SCORES] = (void *)&values[SCORES_AT];

    for (int f = 0; f < SPIRAL_FORECASTERS; f++) {
        spiral_forecasts_score(scores[f], &contest->forecasts[f], weights,
                               contest->started ? contest->whole[f] : NULL);
        if (f == 1 + SPIRAL_BENCHMARK_base)
            drop_ranking_of_base(scores[f]);
    }

    for (int b = 0; b < SPIRAL_BENCHMARKS; b++)
        for (int c = 0; c < SPIRAL_COMPARED; c++)
            values[DIFFERENCES_AT + b * SPIRAL_COMPARED + c] =
                scores[SPIRAL_FORECASTER_SIMULATOR][spiral_compared[c]] -
                scores[1 + b][spiral_compared[c]];

    for (size_t bin = 0; bin < SPIRAL_RELIABILITY_BINS; bin++)
        values[BINS_AT + bin] = bin < contest->reliability.bins
                                    ? spiral_reliability_bin_of(&contest->reliability, bin,
                                                                &contest->forecasts[0], weights)
                                          .observed
                                    : NAN;
}

static void put_bins(struct spiral_evaluation *evaluation, const struct contest *contest,
                     const struct spiral_estimate *observed)
{
    const struct spiral_forecasts *forecasts = &contest->forecasts[SPIRAL_FORECASTER_SIMULATOR];
    const struct spiral_reliability *reliability = &contest->reliability;

    evaluation->bins = reliability->bins;
    for (size_t b = 0; b < reliability->bins; b++) {
        const size_t first = b == 0 ? 0 : reliability->end[b - 1];
        const size_t end = reliability->end[b];
        evaluation->bin[b] = (struct spiral_evaluated_bin){
            .windows = end - first,
            .low = forecasts->chance[forecasts->order[first]],
            .high = forecasts->chance[forecasts->order[end - 1]],
            .mean = spiral_reliability_bin_of(reliability, b, forecasts, NULL).mean,
            .observed = observed[b]};
    }
}

/* Rows that are scored, as plain arrays. */
struct rows {
    double *chance[SPIRAL_FORECASTERS];
    double *outcome; /* in one block */
    size_t *dyad;
    size_t count;
};

static bool allocate_rows(struct rows *rows, size_t room)
{
    double *block = calloc((SPIRAL_FORECASTERS + 1) * (room + 1), sizeof *block);

    rows->outcome = block;
    rows->dyad = calloc(room + 1, sizeof *rows->dyad);
    for (size_t f = 0; f < SPIRAL_FORECASTERS && block != NULL; f++)
        rows->chance[f] = block + (f + 1) * (room + 1);
    return block != NULL && rows->dyad != NULL;
}

static void clear_rows(struct rows *rows)
{
    free(rows->outcome);
    free(rows->dyad);
}

static size_t count_dyads(const struct rows *rows, size_t dyads)
{
    bool *seen = calloc(dyads + 1, sizeof *seen);
    size_t count = 0;

    for (size_t r = 0; r < rows->count && seen != NULL; r++) {
        count += seen[rows->dyad[r]] ? 0 : 1;
        seen[rows->dyad[r]] = true;
    }
    free(seen);
    return count;
}

/* Scores rows and resamples them. */
static enum spiral_status evaluate_rows(struct spiral_evaluation *evaluation,
                                        const struct rows *rows, double floor,
                                        const struct spiral_panel_question *question,
                                        struct spiral_error *error)
{
    const struct spiral_panel_resampling resampling = {rows->dyad, rows->count, question->resamples,
                                                       question->seed, question->threads};
    struct contest contest = {.started = false};
    struct spiral_estimate estimates[VALUES];
    double values[VALUES];
    enum spiral_status status = SPIRAL_OK;

    for (int f = 0; f < SPIRAL_FORECASTERS && status == SPIRAL_OK; f++)
        status = spiral_forecasts_create(&contest.forecasts[f], rows->chance[f], rows->outcome,
                                         rows->count, floor, error);
    if (status == SPIRAL_OK) {
        contest.reliability =
            spiral_reliability_cut(&contest.forecasts[SPIRAL_FORECASTER_SIMULATOR]);
        score_contest(&contest, NULL, values);
        memcpy(contest.whole, &values[SCORES_AT], sizeof contest.whole);
        contest.started = true;
        status =
            spiral_panel_resample(estimates, VALUES, score_contest, &contest, &resampling, error);
    }
    if (status == SPIRAL_OK) {
        memcpy(evaluation->scores, &estimates[SCORES_AT], sizeof evaluation->scores);
        memcpy(evaluation->differences, &estimates[DIFFERENCES_AT], sizeof evaluation->differences);
        put_bins(evaluation, &contest, &estimates[BINS_AT]);
    }
    for (int f = 0; f < SPIRAL_FORECASTERS; f++)
        spiral_forecasts_clear(&contest.forecasts[f]);
    return status;
}

/* --- windows ---------------------------------------------------------------------------------- */

/* What the tables of one event and split are made of. */
struct source {
    const struct spiral_pair_panel *panel;
    const double *chance[SPIRAL_FORECASTERS]; /* [window]; NAN: not forecast */
    enum spiral_panel_event event;
};

static void gather(struct rows *rows, const struct source *source, enum spiral_panel_rows kind)
{
    const struct spiral_pair_panel *panel = source->panel;

    rows->count = 0;
    for (size_t w = 0; w < panel->count; w++) {
        const struct spiral_panel_window *window = &panel->windows[w];
        const double outcome = spiral_panel_outcome(window, source->event);
        if (isnan(outcome) || isnan(source->chance[1][w]) ||
            (kind == SPIRAL_ROWS_QUIET && !spiral_panel_is_quiet(window)))
            continue;

        for (int f = 0; f < SPIRAL_FORECASTERS; f++)
            rows->chance[f][rows->count] = source->chance[f][w];
        rows->outcome[rows->count] = outcome;
        rows->dyad[rows->count++] = panel->dyad[w];
    }
}

/* The tables of an event and a split, over all windows and over quiet ones. */
static enum spiral_status evaluate_split(struct spiral_evaluation evaluation[SPIRAL_ROWS],
                                         struct source *source, enum spiral_panel_split split,
                                         double floor, const struct spiral_panel_question *question,
                                         struct spiral_error *error)
{
    const size_t room = source->panel->count + 1;
    struct spiral_benchmark_notes notes[SPIRAL_BENCHMARKS];
    double *chances = calloc(SPIRAL_BENCHMARKS * room, sizeof *chances);
    struct rows rows = {.count = 0};
    enum spiral_status status = SPIRAL_OK;

    if (chances == NULL || !allocate_rows(&rows, room))
        status = spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for the scores");
    for (int b = 0; b < SPIRAL_BENCHMARKS && status == SPIRAL_OK; b++) {
        source->chance[1 + b] = chances + (size_t)b * room;
        status = spiral_benchmark_forecast(chances + (size_t)b * room, &notes[b], source->panel,
                                           (enum spiral_benchmark)b, source->event, split,
                                           question->year, error);
    }

    for (int kind = 0; kind < SPIRAL_ROWS && status == SPIRAL_OK; kind++) {
        struct spiral_evaluation *one = &evaluation[kind];
        gather(&rows, source, (enum spiral_panel_rows)kind);
        one->windows = rows.count;
        one->dyads = count_dyads(&rows, source->panel->dyad_count);
        for (size_t r = 0; r < rows.count; r++)
            one->events += rows.outcome[r] > 0.0 ? 1 : 0;
        memcpy(one->notes, notes, sizeof one->notes);
        if (rows.count > 0)
            status = evaluate_rows(one, &rows, floor, question, error);
    }
    clear_rows(&rows);
    free(chances);
    return status;
}

/* --- years ------------------------------------------------------------------------------------ */

/* Years that are scored; `whole` holds the scores of each row once, from which lines start. */
struct scored_years {
    struct spiral_forecasts forecasts;
    double whole[SPIRAL_FORECAST_SCORES];
};

static void score_years(const void *context, const double *weights, double *values)
{
    const struct scored_years *years = context;

    spiral_forecasts_score(values, &years->forecasts, weights, years->whole);
}

/* Rows of years whose level is known, and their sums by year of the window. */
static void gather_years(struct rows *rows, struct spiral_year_evaluation *evaluation,
                         const struct spiral_pair_panel *panel,
                         const struct spiral_panel_counts *counts, enum spiral_panel_event event)
{
    const double floor = spiral_panel_floor(counts->runs);
    const int level_of_event = event == SPIRAL_PANEL_WAR ? 5 : 4;

    for (size_t w = 0; w < panel->count; w++)
        for (int year = 0; year < counts->most_years; year++) {
            const int level = spiral_panel_level(&panel->windows[w], year);
            const size_t at = w * (size_t)counts->most_years + (size_t)year;
            const double share = (double)counts->by_year[event][at] / (double)counts->runs;
            struct spiral_evaluated_year *sum = &evaluation->by_year[year];
            if (level == 0)
                continue;

            rows->chance[0][rows->count] = fmin(fmax(share, floor), 1.0 - floor);
            rows->outcome[rows->count] = level >= level_of_event ? 1.0 : 0.0;
            rows->dyad[rows->count] = panel->dyad[w];
            sum->windows++;
            sum->mean += rows->chance[0][rows->count];
            sum->observed += rows->outcome[rows->count++];
        }

    for (int year = 0; year < counts->most_years; year++) {
        struct spiral_evaluated_year *sum = &evaluation->by_year[year];
        evaluation->events += (size_t)sum->observed;
        evaluation->by_year_count = sum->windows > 0 ? year + 1 : evaluation->by_year_count;
        sum->mean /= (double)sum->windows;
        sum->observed /= (double)sum->windows;
    }
}

static enum spiral_status evaluate_years(struct spiral_year_evaluation *evaluation,
                                         const struct spiral_pair_panel *panel,
                                         const struct spiral_panel_counts *counts,
                                         enum spiral_panel_event event,
                                         const struct spiral_panel_question *question,
                                         struct spiral_error *error)
{
    const size_t most = (size_t)counts->most_years;
    struct scored_years scored = {.forecasts = {.count = 0}};
    struct rows rows = {.count = 0};
    enum spiral_status status = SPIRAL_OK;

    evaluation->by_year = calloc(most + 1, sizeof *evaluation->by_year);
    if (evaluation->by_year == NULL || !allocate_rows(&rows, panel->count * most))
        status = spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for the years");
    else
        gather_years(&rows, evaluation, panel, counts, event);

    evaluation->years = rows.count;
    if (status == SPIRAL_OK && rows.count > 0) {
        const struct spiral_panel_resampling resampling = {rows.dyad, rows.count,
                                                           question->resamples, question->seed,
                                                           question->threads};
        evaluation->dyads = count_dyads(&rows, panel->dyad_count);
        status = spiral_forecasts_create(&scored.forecasts, rows.chance[0], rows.outcome,
                                         rows.count, spiral_panel_floor(counts->runs), error);
        if (status == SPIRAL_OK) {
            spiral_forecasts_score(scored.whole, &scored.forecasts, NULL, NULL);
            status = spiral_panel_resample(evaluation->scores, SPIRAL_FORECAST_SCORES, score_years,
                                           &scored, &resampling, error);
        }
    }
    spiral_forecasts_clear(&scored.forecasts);
    clear_rows(&rows);
    return status;
}

/* --- reports ---------------------------------------------------------------------------------- */

enum spiral_status spiral_panel_evaluate(struct spiral_panel_report *report,
                                         const struct spiral_pair_panel *panel,
                                         const struct spiral_panel_chances *chances,
                                         const struct spiral_panel_counts *counts,
                                         const struct spiral_panel_question *question,
                                         struct spiral_error *error)
{
    enum spiral_status status = SPIRAL_OK;

    memset(report, 0, sizeof *report);
    report->year = question->year;
    report->resamples = question->resamples;
    for (int event = 0; event < SPIRAL_PANEL_EVENTS && status == SPIRAL_OK; event++) {
        struct source source = {.panel = panel, .event = (enum spiral_panel_event)event};

        report->scored[event] = spiral_panel_known(panel, source.event) > 0;
        for (int split = 0; split < SPIRAL_SPLITS && report->scored[event] && status == SPIRAL_OK;
             split++) {
            source.chance[SPIRAL_FORECASTER_SIMULATOR] = chances->of[split][event];
            status =
                evaluate_split(report->evaluation[event][split], &source,
                               (enum spiral_panel_split)split, chances->floor, question, error);
        }
        if (counts != NULL && counts->estimate[event] == NULL && status == SPIRAL_OK)
            status = evaluate_years(&report->by_year[event], panel, counts, source.event, question,
                                    error);
    }
    return status;
}

void spiral_panel_report_clear(struct spiral_panel_report *report)
{
    for (int event = 0; event < SPIRAL_PANEL_EVENTS; event++)
        free(report->by_year[event].by_year);
    memset(report, 0, sizeof *report);
}
