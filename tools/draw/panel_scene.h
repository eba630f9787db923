/* SPDX-License-Identifier: MIT
 *
 * What a chart of a panel shows: its windows, and the forecasts of each forecaster.
 */
#ifndef SPIRAL_DRAW_PANEL_SCENE_H
#define SPIRAL_DRAW_PANEL_SCENE_H

#include "render/figure/panel.h"
#include "tools/draw/chart.h"
#include "tools/panel/benchmark.h"

/* The most files of forecasts on one chart: the benchmarks but the base rate are there too. */
enum { SPIRAL_PANEL_SCENE_FILES = 4 };

/* The windows with a known outcome, and who forecasts them. */
struct spiral_panel_scene {
    struct spiral_pair_panel panel;
    enum spiral_panel_event event;
    size_t count;       /* of windows with a known outcome */
    size_t *window;     /* [count], owned: index into the panel's */
    size_t *dyad;       /* [count], owned */
    double *outcome;    /* [count], owned */
    size_t files;       /* of forecasters: the simulator, or one a file; they come first */
    size_t forecasters; /* with the benchmarks but the base rate, which come after */
    char names[SPIRAL_PANEL_CURVES][64];
    double floor[SPIRAL_PANEL_CURVES];   /* see tools/panel/scores.h */
    double *chance[SPIRAL_PANEL_CURVES]; /* [windows of the panel], owned */
};

/* Loads the table of a request, and the forecasts of its files or, where there are none, of the
 * model. Reports and returns the exit status. The caller clears the scene in any case. */
int spiral_panel_scene_load(struct spiral_panel_scene *scene,
                            const struct spiral_chart_request *request);
void spiral_panel_scene_clear(struct spiral_panel_scene *scene);

#endif
