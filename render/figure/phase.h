/* SPDX-License-Identifier: MIT
 *
 * Threat against threat: the plane of the two sides' fears of each other, where the flow leads
 * from each of its points, where a side's fear does not change (nullclines), and single runs.
 */
#ifndef SPIRAL_FIGURE_PHASE_H
#define SPIRAL_FIGURE_PHASE_H

#include "render/figure/figure.h"

struct spiral_phase_figure {
    const char *title;
    const char *subtitle;
    const char *small;     /* its name */
    const char *neighbour; /* its name */
    int nodes;             /* a side of the grid over 0..1 x 0..1 */
    /* [row * nodes + column]: change of each fear per year; rows are the neighbour's fear */
    const double *small_change;
    const double *neighbour_change;
    int first_year; /* of the paths, whose steps are years */
    size_t path_count;
    size_t steps;                 /* of each path */
    const double *path_small;     /* [path * steps + step] */
    const double *path_neighbour; /* [path * steps + step] */
    enum spiral_language language;
};

void spiral_phase_draw(struct spiral_page *page, const struct spiral_phase_figure *figure);

#endif
