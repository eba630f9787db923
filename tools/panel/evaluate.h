/* SPDX-License-Identifier: MIT
 *
 * How good forecasts of a panel are: the simulator and the benchmarks on the same rows, with
 * intervals from resamples of dyads that are the same for all, so that differences have intervals
 * too.
 */
#ifndef SPIRAL_PANEL_EVALUATE_H
#define SPIRAL_PANEL_EVALUATE_H

#include "tools/panel/benchmark.h"
#include "tools/panel/forecast.h"
#include "tools/panel/resample.h"
#include "tools/panel/scores.h"

/* Who forecasts: the simulator, then the benchmarks in their order. */
enum { SPIRAL_FORECASTER_SIMULATOR, SPIRAL_FORECASTERS = 1 + SPIRAL_BENCHMARKS };

/* Which windows are scored. */
enum spiral_panel_rows {
    SPIRAL_ROWS_ALL,
    SPIRAL_ROWS_QUIET, /* spiral_panel_is_quiet() */
    SPIRAL_ROWS
};

/* The scores whose difference from the benchmarks is told. */
enum { SPIRAL_COMPARED = 3 };
extern const enum spiral_forecast_score spiral_compared[SPIRAL_COMPARED]; /* AUC, Brier, log */

/* A bin of the simulator's reliability diagram. */
struct spiral_evaluated_bin {
    size_t windows;
    double low;
    double high;
    double mean; /* forecasts */
    struct spiral_estimate observed;
};

/* An event, a split, and the windows that are scored. */
struct spiral_evaluation {
    size_t windows;
    size_t dyads;
    size_t events;
    struct spiral_estimate scores[SPIRAL_FORECASTERS][SPIRAL_FORECAST_SCORES];
    /* the simulator's score less the benchmark's */
    struct spiral_estimate differences[SPIRAL_BENCHMARKS][SPIRAL_COMPARED];
    struct spiral_benchmark_notes notes[SPIRAL_BENCHMARKS];
    size_t bins;
    struct spiral_evaluated_bin bin[SPIRAL_RELIABILITY_BINS];
};

/* A year of the windows, counted from their start. */
struct spiral_evaluated_year {
    size_t windows;
    double mean;
    double observed;
};

/* An event year by year, where the table says the level of each: rows are years of windows. */
struct spiral_year_evaluation {
    size_t years;
    size_t dyads;
    size_t events; /* rows; 0: not known */
    struct spiral_estimate scores[SPIRAL_FORECAST_SCORES];
    int by_year_count;
    struct spiral_evaluated_year *by_year; /* [by_year_count], owned */
};

struct spiral_panel_report {
    double year; /* of the split by time */
    size_t resamples;
    bool scored[SPIRAL_PANEL_EVENTS]; /* whether any outcome is known */
    struct spiral_evaluation evaluation[SPIRAL_PANEL_EVENTS][SPIRAL_SPLITS][SPIRAL_ROWS];
    struct spiral_year_evaluation by_year[SPIRAL_PANEL_EVENTS];
};

/* What is asked. */
struct spiral_panel_question {
    double year;      /* of the split by time: benchmarks are fitted to windows that end by it */
    size_t resamples; /* of dyads, for intervals; 0: none */
    uint64_t seed;
    int threads; /* 0: one a processor; decides nothing but time */
};

/* The simulator's forecasts: of[split][event][window], within 0..1, and what they are kept within
 * (scores.h). Constants that were fitted to the windows forecast each split out of sample; others
 * have the same forecasts in both. */
struct spiral_panel_chances {
    const double *of[SPIRAL_SPLITS][SPIRAL_PANEL_EVENTS];
    double floor;
};

/* Scores forecasts where outcomes are known, and the benchmarks beside them. `counts` (NULL: none)
 * has the chances by year, where it has counts. SPIRAL_STOPPED after
 * an interrupt; SPIRAL_NO_MEMORY. The caller clears *report in any case. */
enum spiral_status spiral_panel_evaluate(struct spiral_panel_report *report,
                                         const struct spiral_pair_panel *panel,
                                         const struct spiral_panel_chances *chances,
                                         const struct spiral_panel_counts *counts,
                                         const struct spiral_panel_question *question,
                                         struct spiral_error *error);
void spiral_panel_report_clear(struct spiral_panel_report *report);

#endif
