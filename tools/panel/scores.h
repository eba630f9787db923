/* SPDX-License-Identifier: MIT
 *
 * Scores of forecasts of a yes-or-no event, with a weight a row, so that a resample is a change of
 * weights and nothing is sorted or taken a logarithm of again.
 */
#ifndef SPIRAL_PANEL_SCORES_H
#define SPIRAL_PANEL_SCORES_H

#include <stdbool.h>
#include <stddef.h>

#include "sim/status.h"

enum spiral_forecast_score {
#define SPIRAL_FORECAST_SCORE(name, en, zh, doc) SPIRAL_FORECAST_SCORE_##name,
#include "tools/panel/scores.def"
    SPIRAL_FORECAST_SCORES
};

/* Names and labels, in the table's order. */
struct spiral_forecast_score_text {
    const char *name;
    const char *label_en;
    const char *label_zh;
    const char *doc;
};
extern const struct spiral_forecast_score_text spiral_forecast_score_texts[SPIRAL_FORECAST_SCORES];

/* Forecasts made ready for scoring. */
struct spiral_forecasts {
    size_t count;
    double floor;    /* chances keep within floor .. 1 - floor where a logarithm is taken */
    double *chance;  /* [count], owned; 0..1 */
    double *outcome; /* [count], owned; 0 or 1 */
    double *brier;
    double *log;   /* [count], owned: what each row adds to the scores */
    double *logit; /* [count], owned: of the chance within the floor */
    size_t *order; /* [count], owned: rows by ascending chance */
};

/* Copies chances and outcomes. SPIRAL_BAD_INPUT where a chance is not within 0..1 or an outcome is
 * neither 0 nor 1; SPIRAL_NO_MEMORY. The caller clears *forecasts in any case. */
enum spiral_status spiral_forecasts_create(struct spiral_forecasts *forecasts, const double *chance,
                                           const double *outcome, size_t count, double floor,
                                           struct spiral_error *error);
void spiral_forecasts_clear(struct spiral_forecasts *forecasts);

/* All scores under weights[count] (NULL: 1 each), which are 0 or above. A score that is not defined
 * is NAN: all without rows, the AUC and the calibration line where outcomes or chances do not vary,
 * the line also where it would be infinitely steep. `guess` (NULL: none) holds the scores of other
 * weights, from whose line the search for this one starts. */
void spiral_forecasts_score(double scores[SPIRAL_FORECAST_SCORES],
                            const struct spiral_forecasts *forecasts, const double *weights,
                            const double *guess);

/* --- reliability ------------------------------------------------------------------------------ */

enum { SPIRAL_RELIABILITY_BINS = 10 };

/* Rows of neighbouring forecasts, about equally many a bin; equal forecasts are in one bin. */
struct spiral_reliability {
    size_t bins;
    size_t end[SPIRAL_RELIABILITY_BINS]; /* one past the last row of each bin in forecasts->order */
};

struct spiral_reliability spiral_reliability_cut(const struct spiral_forecasts *forecasts);

/* Weight, mean forecast and observed share of a bin; the last two are NAN where the weight is 0. */
struct spiral_reliability_bin {
    double weight;
    double mean;
    double observed;
};
struct spiral_reliability_bin spiral_reliability_bin_of(
    const struct spiral_reliability *reliability, size_t bin,
    const struct spiral_forecasts *forecasts, const double *weights);

#endif
