/* SPDX-License-Identifier: MIT
 *
 * The timeline of a case: a quantity as a fan with single runs, numbered moves, the hostility
 * ladder with the record beneath, and the risks.
 */
#ifndef SPIRAL_FIGURE_TIMELINE_H
#define SPIRAL_FIGURE_TIMELINE_H

#include "render/figure/figure.h"

struct spiral_timeline_figure {
    const struct spiral_scenario *scenario;
    const struct spiral_plan *plan;
    const struct spiral_tally *tally; /* with its ladder */
    const struct spiral_fan *fan;
    enum spiral_quantity quantity;
    const double *singles; /* [run * steps + step], or NULL */
    size_t single_count;
    uint64_t seed;
    enum spiral_language language;
};

/* Draws it over the whole page. SPIRAL_NO_MEMORY leaves the page unfinished. */
enum spiral_status spiral_timeline_draw(struct spiral_page *page,
                                        const struct spiral_timeline_figure *figure);

#endif
