/* SPDX-License-Identifier: MIT
 *
 * What if: a quantity under the baseline and under branches, the risk of war of each, and the
 * differences with their intervals.
 */
#ifndef SPIRAL_FIGURE_WHATIF_H
#define SPIRAL_FIGURE_WHATIF_H

#include "render/figure/figure.h"

enum { SPIRAL_WHATIF_BRANCHES = SPIRAL_BRANCH_COLORS };

struct spiral_whatif_figure {
    const struct spiral_scenario *scenario;
    const struct spiral_plan *plan; /* of the baseline: dates and steps */
    const struct spiral_tally *tallies[1 + SPIRAL_WHATIF_BRANCHES]; /* [0] the baseline */
    const struct spiral_fan *fans[1 + SPIRAL_WHATIF_BRANCHES];
    size_t branch_count;
    const char *names[SPIRAL_WHATIF_BRANCHES];
    double dates[SPIRAL_WHATIF_BRANCHES]; /* where each branch leaves the baseline */
    const struct spiral_interval
        *difference[SPIRAL_WHATIF_BRANCHES]; /* of the risk of war, [0 .. steps], paired */
    /* the same over the sets of constants; NULL where runs have one set */
    const struct spiral_interval *by_constants[SPIRAL_WHATIF_BRANCHES];
    enum spiral_quantity quantity;
    uint64_t seed;
    enum spiral_language language;
};

/* SPIRAL_NO_MEMORY leaves the page unfinished. */
enum spiral_status spiral_whatif_draw(struct spiral_page *page,
                                      const struct spiral_whatif_figure *figure);

#endif
