/* SPDX-License-Identifier: MIT
 *
 * What a forecast has to be better than: regressions on the facts of a panel, fitted to some
 * windows and forecasting others (benchmark.def).
 */
#ifndef SPIRAL_PANEL_BENCHMARK_H
#define SPIRAL_PANEL_BENCHMARK_H

#include "tools/panel/panel.h"

enum spiral_benchmark {
#define SPIRAL_BENCHMARK(name, en, zh, doc) SPIRAL_BENCHMARK_##name,
#include "tools/panel/benchmark.def"
    SPIRAL_BENCHMARKS
};

struct spiral_benchmark_text {
    const char *name;
    const char *label_en;
    const char *label_zh;
    const char *doc;
};
extern const struct spiral_benchmark_text spiral_benchmark_texts[SPIRAL_BENCHMARKS];

/* The predictors of all benchmarks, in the order in which they are added. */
enum spiral_predictor {
#define SPIRAL_PREDICTOR(benchmark, name, coefficient, formula, doc) SPIRAL_PREDICTOR_##name,
#include "tools/panel/benchmark.def"
    SPIRAL_PREDICTORS
};
extern const struct spiral_predictor_text {
    const char *name;
    const char *doc;
    double coefficient; /* of synthetic panels */
} spiral_predictor_texts[SPIRAL_PREDICTORS];

/* The predictors that a benchmark takes of a window, NAN where a fact is missing. Returns how many.
 */
size_t spiral_benchmark_predictors(double values[SPIRAL_PREDICTORS],
                                   const struct spiral_panel_window *window,
                                   enum spiral_benchmark benchmark);

/* How windows are divided into those that a benchmark is fitted to and those that it forecasts. */
enum spiral_panel_split {
    SPIRAL_SPLIT_PAIRS, /* five folds by dyad: a window is forecast from pairs of other folds */
    SPIRAL_SPLIT_TIME,  /* fitted to windows that end by a year, forecast those from it on */
    SPIRAL_SPLITS
};
enum { SPIRAL_PANEL_FOLDS = 5 };

/* The fold of a dyad: its hash modulo the number of folds. */
int spiral_panel_fold(const char *dyad);

/* What was done where a plain regression was not possible. */
struct spiral_benchmark_notes {
    int fits;      /* regressions tried */
    int separated; /* of them without a maximum: fitted again with a ridge of 1 */
    int constant;  /* all outcomes alike: the forecast is (events + 1/2) / (rows + 1) */
};

/* Forecasts of an event for every window that the split forecasts; chance[window] of the others is
 * NAN. Facts that are missing are taken as the mean of the windows fitted to, with a column of
 * their own that says so. Windows whose outcome is not known are not fitted to. SPIRAL_NO_MEMORY.
 */
enum spiral_status spiral_benchmark_forecast(double *chance, struct spiral_benchmark_notes *notes,
                                             const struct spiral_pair_panel *panel,
                                             enum spiral_benchmark benchmark,
                                             enum spiral_panel_event event,
                                             enum spiral_panel_split split, double year,
                                             struct spiral_error *error);

#endif
