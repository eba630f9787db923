/* SPDX-License-Identifier: MIT
 *
 * What the figures share: shapes of states, risk scales, dated notes. A figure takes results of the
 * simulation and draws them on a page; it reads no file and runs nothing.
 */
#ifndef SPIRAL_FIGURE_FIGURE_H
#define SPIRAL_FIGURE_FIGURE_H

#include "render/chart/labels.h"
#include "render/figure/words.h"
#include "sim/ensemble.h"
#include "sim/intervals.h"

/* The shape of marks of a state's acts, by its colour: it tells states apart in grey. */
enum spiral_shape spiral_state_shape(enum spiral_series_color color);

/* Cumulative risk with its 95 % interval at every step, [0 .. steps], and the 90 % interval over
 * the sets of constants (linear between the ends of calendar years) where runs are spread over a
 * posterior. */
struct spiral_risk_curve {
    long steps;
    double *date; /* [steps + 1], owned */
    double *risk; /* [steps + 1], owned */
    double *low;  /* [steps + 1], owned */
    double *high; /* [steps + 1], owned */
    bool by_constants;
    double *constants_low;  /* [steps + 1], owned */
    double *constants_high; /* [steps + 1], owned */
};
enum spiral_status spiral_risk_curve_create(struct spiral_risk_curve *curve,
                                            const struct spiral_tally *tally, bool war);
void spiral_risk_curve_clear(struct spiral_risk_curve *curve);

/* Draws what the constants may be, so that it differs from sampling in form as well as in width: a
 * pale area between two dashed lines. */
void spiral_figure_constants_band(struct spiral_page *page, const struct spiral_panel *panel,
                                  const double *date, const double *low, const double *high,
                                  size_t count, struct spiral_color color);

/* Draws the axes of a panel of a quantity over years. Its name tells the quantity, and `word` what
 * is drawn of it. */
void spiral_figure_quantity_axes(struct spiral_page *page, const struct spiral_panel *panel,
                                 const struct spiral_ticks *years, enum spiral_quantity quantity,
                                 enum spiral_word word, enum spiral_language language);

/* The upper end of a scale of risks that holds `largest`: 1, or a round number of 5 % or more. */
double spiral_risk_scale(double largest);

enum { SPIRAL_RUNS_TEXT = 96 };
/* "10,000 runs, seed 1" */
void spiral_figure_runs(char text[SPIRAL_RUNS_TEXT], uint64_t runs, uint64_t seed,
                        enum spiral_language language);

/* The dated notes of a timeline: the weightiest moments of the case (sim/moments.h), at most
 * `most` of them, in order of date. Returns how many were written. The captions belong to the
 * scenario. */
size_t spiral_figure_markers(struct spiral_marker *markers, size_t most,
                             const struct spiral_scenario *scenario, double until,
                             const struct spiral_theme *theme, enum spiral_language language);

#endif
