/* SPDX-License-Identifier: MIT
 *
 * Bars with intervals, a row a factor: what sensitivity says.
 */
#ifndef SPIRAL_FIGURE_BARS_H
#define SPIRAL_FIGURE_BARS_H

#include "render/figure/figure.h"

enum { SPIRAL_MOST_BARS = 2 };

struct spiral_bars_figure {
    const char *title;
    const char *subtitle;
    const char *note;
    const char *x_name;
    size_t measure_count;                   /* 1 or 2 */
    const char *measures[SPIRAL_MOST_BARS]; /* named above the bars where there are two */
    double low;                             /* the scale begins at this or below */
    double high;                            /* the scale ends at this or above */
    bool bounded; /* no value means anything beyond the scale: intervals end there */
    size_t count;
    const struct spiral_bars_row {
        const char *label;
        /* not a number where there is none */
        double value[SPIRAL_MOST_BARS];
        double low[SPIRAL_MOST_BARS];
        double high[SPIRAL_MOST_BARS];
    } * rows; /* from the top */
};

void spiral_bars_draw(struct spiral_page *page, const struct spiral_bars_figure *figure);

#endif
