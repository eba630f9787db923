/* SPDX-License-Identifier: MIT
 *
 * Synthetic panels: pairs drawn from stated distributions, with what happened drawn from the model
 * or from a logit. For tests, demonstrations, and to see whether a fit gives back what went in.
 */
#ifndef SPIRAL_PANEL_SYNTHETIC_H
#define SPIRAL_PANEL_SYNTHETIC_H

#include "sim/tables.h"
#include "tools/panel/panel.h"

/* What decides the outcomes. */
enum spiral_synthetic_outcomes {
    SPIRAL_SYNTHETIC_MODEL, /* one run of the model a window */
    SPIRAL_SYNTHETIC_LOGIT  /* the coefficients of benchmark.def */
};
extern const double spiral_synthetic_constant;  /* of that logit */
extern const double spiral_synthetic_war_share; /* of its force that becomes war */

/* Every pair has four windows of ten years, 1950 to 1989. */
enum { SPIRAL_SYNTHETIC_WINDOWS = 4 };

/* Makes the panel of so many pairs; docs/panel.md states the distributions. What happened in a
 * window is the record that the pair's next window starts from. The same request gives the same
 * numbers; a pair's do not depend on how many there are. `dt` is the step of the model's runs in
 * years, 0 for the scenarios' own. SPIRAL_NO_MEMORY; SPIRAL_STOPPED after an interrupt;
 * SPIRAL_BAD_INPUT where the constants make no plan. The caller clears *panel in any case. */
enum spiral_status spiral_panel_synthetic(struct spiral_pair_panel *panel, size_t pairs,
                                          uint64_t seed, enum spiral_synthetic_outcomes outcomes,
                                          const struct spiral_constants *constants, double dt,
                                          struct spiral_error *error);

#endif
