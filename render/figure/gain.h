/* SPDX-License-Identifier: MIT
 *
 * The gain of the loop of fear by date, with the band of the sets of constants and the line above
 * which a rise of fear grows by itself; and what each route adds to it.
 */
#ifndef SPIRAL_FIGURE_GAIN_H
#define SPIRAL_FIGURE_GAIN_H

#include "render/figure/figure.h"

enum { SPIRAL_GAIN_ROUTES = 8 };

struct spiral_gain_figure {
    const char *title;
    const char *subtitle;
    const char *note;
    enum spiral_language language;
    size_t count;       /* dates, 2 or more */
    const double *year; /* [count] */
    const double *gain; /* [count] */
    const double *low;  /* [count]: of the band; equal to `high` where there is none */
    const double *high; /* [count] */
    size_t route_count;
    struct spiral_gain_route {
        const char *name;
        const double *added; /* [count] */
    } routes[SPIRAL_GAIN_ROUTES];
};

void spiral_gain_draw(struct spiral_page *page, const struct spiral_gain_figure *figure);
/* Draws it within a part of a page. */
void spiral_gain_draw_within(struct spiral_page *page, const struct spiral_gain_figure *figure,
                             struct spiral_rectangle at);

#endif
