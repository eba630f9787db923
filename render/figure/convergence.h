/* SPDX-License-Identifier: MIT
 *
 * Indices with their intervals over a growing number of points: how certain an analysis is, and how
 * it came to be so.
 */
#ifndef SPIRAL_FIGURE_CONVERGENCE_H
#define SPIRAL_FIGURE_CONVERGENCE_H

#include "render/figure/figure.h"

enum { SPIRAL_MOST_CONVERGING = 5 }; /* as many as there are dashes */

struct spiral_convergence_figure {
    const char *title;
    const char *subtitle;
    const char *note;
    const char *x_name;
    const char *y_name;
    double low; /* the scale holds low .. high */
    double high;
    bool bounded;         /* no value means anything beyond the scale: intervals end there */
    size_t count;         /* numbers of points, at least 2 */
    const double *points; /* [count], ascending, 1 or more */
    size_t curve_count;
    struct spiral_converging {
        const char *name;
        const double *value; /* [count]; not a number where there is none yet */
        const double *low;   /* [count] */
        const double *high;  /* [count] */
    } curves[SPIRAL_MOST_CONVERGING];
};

void spiral_convergence_draw(struct spiral_page *page,
                             const struct spiral_convergence_figure *figure);

#endif
