/* SPDX-License-Identifier: MIT
 *
 * Forecasts of a panel on one page: reliability with intervals, ROC curves, the separation plot
 * (Greenhill, Ward and Sacks 2011), and the windows that were most missed, by name.
 */
#ifndef SPIRAL_PANEL_FIGURE_H
#define SPIRAL_PANEL_FIGURE_H

#include "render/figure/figure.h"

enum { SPIRAL_PANEL_CURVES = 8, SPIRAL_PANEL_BINS = 10, SPIRAL_PANEL_MISSED = 18 };

/* A forecaster: its ROC curve, and its reliability where it has bins. */
struct spiral_panel_curve {
    const char *name;
    struct spiral_color color;
    enum spiral_dash dash;
    size_t roc_count;
    const double *false_alarms; /* [roc_count], rising from 0 to 1 */
    const double *hits;         /* [roc_count], rising from 0 to 1 */
    double area;
    size_t bins;
    double mean[SPIRAL_PANEL_BINS];
    double observed[SPIRAL_PANEL_BINS];
    double low[SPIRAL_PANEL_BINS]; /* not a number: no interval */
    double high[SPIRAL_PANEL_BINS];
};

/* A window that was missed. */
struct spiral_panel_miss {
    char name[48];
    double chance;
};

struct spiral_panel_figure {
    const char *title;
    const char *subtitle;
    const char *note;
    enum spiral_language language;
    size_t curve_count;
    struct spiral_panel_curve curves[SPIRAL_PANEL_CURVES];
    /* windows by rising forecast of the first forecaster */
    size_t windows;
    const double *chance; /* [windows], ascending */
    const bool *event;    /* [windows] */
    /* events with the lowest forecasts, and windows without with the highest; worst first */
    size_t missed_events;
    size_t missed_calm;
    struct spiral_panel_miss events[SPIRAL_PANEL_MISSED];
    struct spiral_panel_miss calm[SPIRAL_PANEL_MISSED];
};

void spiral_panel_figure_draw(struct spiral_page *page, const struct spiral_panel_figure *figure);

#endif
