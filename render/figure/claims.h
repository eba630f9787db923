/* SPDX-License-Identifier: MIT
 *
 * Statements and their effects: one row per claim, grouped, with dot and intervals; beside it the
 * shares of the parameter space in which the claim holds, is reversed, or has no risk.
 */
#ifndef SPIRAL_FIGURE_CLAIMS_H
#define SPIRAL_FIGURE_CLAIMS_H

#include "render/figure/figure.h"

struct spiral_claims_figure {
    const char *title;
    const char *subtitle;
    const char *note;
    const char *axis; /* its name */
    enum spiral_language language;
    size_t count;
    const struct spiral_claims_row {
        /* its heading; rows of one group follow one another and have equal pointers */
        const char *group;
        const char *statement;
        /* effect, -1..1 (twice that of an interaction); not a number where no point has a risk */
        double median;
        struct spiral_interval interval; /* of the median */
        struct spiral_interval spread;   /* of most points */
        double holds;                    /* share of points, 0..1 */
        double reversed;                 /* share of points, 0..1 */
        double quiet;                    /* share of points without risk, 0..1 */
        struct spiral_interval share;    /* of `holds` */
    } * rows;                            /* from the top */
};

/* Letters are made smaller where the page is too low for the rows. */
void spiral_claims_draw(struct spiral_page *page, const struct spiral_claims_figure *figure);

#endif
