/* SPDX-License-Identifier: MIT
 *
 * The simulator's forecasts of a panel: every window becomes a scenario by the rules of mapping.h
 * and is run as an ensemble of its own.
 */
#ifndef SPIRAL_PANEL_FORECAST_H
#define SPIRAL_PANEL_FORECAST_H

#include "sim/constant_sets.h"
#include "tools/panel/panel.h"

/* How a chance is estimated from the runs. Both have the same expectation. */
enum spiral_panel_estimator {
    SPIRAL_PANEL_COUNTS,     /* the share of runs with the event */
    SPIRAL_PANEL_COMPENSATOR /* the mean of what the chance was, step by step, until it came */
};
extern const char *const spiral_panel_estimator_names[]; /* ended by NULL */

/* How a panel is run. A window draws from the seed and its own name, so that its forecast does not
 * depend on what else is in the table, nor on threads. */
struct spiral_panel_run {
    uint64_t runs;
    uint64_t seed;
    int threads; /* 0: one a processor */
    const struct spiral_constants *constants;
    const struct spiral_constant_sets *posterior; /* sets to spread runs over; empty: none */
    enum spiral_panel_estimator estimator;
    double dt;     /* years of a step; 0: the scenarios' own */
    bool progress; /* a line on stderr, where that is a terminal */
};

/* In how many of the runs there was force or war: events[event][window], by_year[event] of
 * window * most_years + year; or the estimates of the compensator, which are not by year. */
struct spiral_panel_counts {
    size_t windows;
    uint64_t runs;
    int most_years;
    uint64_t *events[SPIRAL_PANEL_EVENTS]; /* [windows], owned */
    /* [windows * most_years], owned: runs whose highest level in that year was 4 or more, or 5 */
    uint64_t *by_year[SPIRAL_PANEL_EVENTS];
    double *estimate[SPIRAL_PANEL_EVENTS]; /* [windows], owned; NULL: counts */
};

/* Runs all windows. SPIRAL_BAD_INPUT names the window that makes no scenario; SPIRAL_STOPPED after
 * an interrupt; SPIRAL_NO_MEMORY. The caller clears *counts in any case. */
enum spiral_status spiral_panel_forecast(struct spiral_panel_counts *counts,
                                         const struct spiral_pair_panel *panel,
                                         const struct spiral_panel_run *run,
                                         struct spiral_error *error);
void spiral_panel_counts_clear(struct spiral_panel_counts *counts);

/* The least chance that so many runs can tell from none: 1 / (runs + 1). */
double spiral_panel_floor(uint64_t runs);

/* The chance of an event in a window, kept within the floor and 1 less the floor: what is scored
 * and written. Windows keep their order, as 0 of n runs lies below 1 of n. */
double spiral_panel_chance(const struct spiral_panel_counts *counts, enum spiral_panel_event event,
                           size_t window);

/* Makes columns of all windows missing, by name, so that the simulator goes without those facts.
 * SPIRAL_BAD_INPUT for a name that is no column, with the nearest, and for one that every row
 * needs. */
enum spiral_status spiral_panel_without(struct spiral_pair_panel *panel, const char *column,
                                        struct spiral_error *error);

#endif
