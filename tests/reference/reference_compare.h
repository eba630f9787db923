/* SPDX-License-Identifier: MIT
 *
 * Sets the step against its oracle: runs of a batch, and the same runs by reference_step(),
 * compared bit by bit after every step.
 */
#ifndef SPIRAL_REFERENCE_COMPARE_H
#define SPIRAL_REFERENCE_COMPARE_H

#include "sim/plan.h"

/* Runs streams [0, runs) of the experiment with this seed to the end. Lane l takes plan[l %
 * plans]; the plans share layout, steps and dt. Returns the number of differing numbers; the
 * first few are described on stderr. */
unsigned long reference_compare(const struct spiral_plan *const *plan, int plans, uint64_t seed,
                                uint64_t runs);

#endif
