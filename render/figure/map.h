/* SPDX-License-Identifier: MIT
 *
 * The paper's table 1 as a map: risk over geographic constraint and strategic dependence, with
 * the four quadrants and the cases' paths.
 */
#ifndef SPIRAL_FIGURE_MAP_H
#define SPIRAL_FIGURE_MAP_H

#include "render/figure/figure.h"

enum { SPIRAL_MAP_PATHS = 12 };

struct spiral_map_figure {
    const char *title;
    const char *subtitle;
    struct spiral_value_grid risk; /* over the two ranges; rows are dependence */
    struct spiral_scale constraint;
    struct spiral_scale dependence;
    size_t path_count;
    struct spiral_map_path {
        const char *name;
        size_t count;
        int first_year; /* of the first point; a point a year */
        const double *constraint;
        const double *dependence;
    } paths[SPIRAL_MAP_PATHS];
    enum spiral_language language;
};

void spiral_map_draw(struct spiral_page *page, const struct spiral_map_figure *figure);

#endif
