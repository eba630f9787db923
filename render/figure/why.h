/* SPDX-License-Identifier: MIT
 *
 * Why runs come to war or force: a row for each mechanism, with the share of runs that would not
 * have come to it without the mechanism and the mechanism's Shapley share of the risk; below, a
 * lollipop for each dated act, as long as the change of risk that it made.
 */
#ifndef SPIRAL_FIGURE_WHY_H
#define SPIRAL_FIGURE_WHY_H

#include "render/figure/figure.h"

struct spiral_why_figure {
    const char *title;
    const char *subtitle;
    const char *note;
    enum spiral_language language;
    size_t row_count;
    const struct spiral_why_row {
        const char *label;
        double but_for; /* 0..1; not a number: none */
        struct spiral_interval but_for_interval;
        struct spiral_interval but_for_constants; /* over sets of constants; 0..0: none */
        double share;                             /* of the risk, -1..1; not a number: none */
        struct spiral_interval share_interval;
        struct spiral_interval share_constants;
    } * rows;     /* from the top */
    double first; /* the acts' axis, in years */
    double last;
    size_t act_count;
    const struct spiral_why_stem {
        double date;   /* years */
        double change; /* of the risk by the act, -1..1 */
        struct spiral_interval interval;
        struct spiral_interval constants;
        const char *caption; /* NULL: the act is drawn without a number */
    } * acts;                /* by date */
};

void spiral_why_draw(struct spiral_page *page, const struct spiral_why_figure *figure);
/* Draws it within a part of a page. */
void spiral_why_draw_within(struct spiral_page *page, const struct spiral_why_figure *figure,
                            struct spiral_rectangle at);

#endif
