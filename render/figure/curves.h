/* SPDX-License-Identifier: MIT
 *
 * Curves of risk over one number, each with its interval and its name at its end, and a marked
 * point on the axis.
 */
#ifndef SPIRAL_FIGURE_CURVES_H
#define SPIRAL_FIGURE_CURVES_H

#include "render/figure/figure.h"

enum { SPIRAL_MOST_CURVES = 8 };

struct spiral_curves_figure {
    const char *title;
    const char *subtitle;
    const char *x_name;
    const char *y_name;
    size_t count;    /* points of every curve */
    const double *x; /* [count] */
    size_t curve_count;
    struct spiral_curve {
        const char *name;
        const double *y;    /* [count] */
        const double *low;  /* [count] */
        const double *high; /* [count] */
        struct spiral_color color;
    } curves[SPIRAL_MOST_CURVES];
    double mark; /* a point on x, named `mark_name`; not a number: none */
    const char *mark_name;
};

void spiral_curves_draw(struct spiral_page *page, const struct spiral_curves_figure *figure);

#endif
