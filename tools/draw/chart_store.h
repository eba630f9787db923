/* SPDX-License-Identifier: MIT
 *
 * What the charts of sweeps share: the store, and which of its scenarios and outcomes is drawn.
 */
#ifndef SPIRAL_DRAW_CHART_STORE_H
#define SPIRAL_DRAW_CHART_STORE_H

#include "tools/draw/chart.h"
#include "tools/findings/findings.h"

struct spiral_chart_store {
    struct spiral_store_figures figures;
    struct spiral_analyse_request asked; /* scenario, outcome, and the design's usual method */
};

/* Reads the store of a request, with the outcomes that policies give, and finds what it names.
 * Complains, as `spiral chart KIND`, where there is no such thing or the sweep is not finished.
 * Returns the exit status; the caller clears the store in any case. */
int spiral_chart_store_read(struct spiral_chart_store *store,
                            const struct spiral_chart_request *request, const char *kind);
void spiral_chart_store_clear(struct spiral_chart_store *store);

/* Writes "CASE, 1991-2022/policy: outcome; WHAT". */
enum { SPIRAL_CHART_SUBTITLE = 700 };
void spiral_chart_store_subtitle(char subtitle[SPIRAL_CHART_SUBTITLE],
                                 const struct spiral_chart_store *store,
                                 enum spiral_language language, const char *what);

/* An axis' label in a language, by its name; a factor of several axes keeps its names. */
const char *spiral_chart_store_label(const struct spiral_store_figures *figures, const char *name,
                                     enum spiral_language language);

#endif
