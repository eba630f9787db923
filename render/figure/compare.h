/* SPDX-License-Identifier: MIT
 *
 * Cases side by side: a quantity as a small fan on one scale of time and height, and the numbers
 * of the paper's table 2.
 */
#ifndef SPIRAL_FIGURE_COMPARE_H
#define SPIRAL_FIGURE_COMPARE_H

#include "render/figure/figure.h"

enum { SPIRAL_COMPARE_CASES = 12 };

struct spiral_compare_figure {
    size_t count;
    struct spiral_compare_case {
        const struct spiral_scenario *scenario;
        const struct spiral_plan *plan;
        const struct spiral_tally *tally;
        const struct spiral_fan *fan;
    } cases[SPIRAL_COMPARE_CASES];
    enum spiral_quantity quantity;
    uint64_t seed;
    enum spiral_language language;
};

/* SPIRAL_NO_MEMORY leaves the page unfinished. */
enum spiral_status spiral_compare_draw(struct spiral_page *page,
                                       const struct spiral_compare_figure *figure);

#endif
