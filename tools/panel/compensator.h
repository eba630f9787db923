/* SPDX-License-Identifier: MIT
 *
 * The chance of force and of war in a window, from what the chances were and not from what came of
 * them. The count of first events less the sum of their chances, step by step until the event, is
 * a martingale: the sum, the compensator, has the same expectation as the count (Aalen, Borgan and
 * Gjessing 2008, chapter 2). Its variance is much smaller where chances are small, because it does
 * not hold the last throw of the die.
 */
#ifndef SPIRAL_PANEL_COMPENSATOR_H
#define SPIRAL_PANEL_COMPENSATOR_H

#include "sim/batch.h"
#include "tools/panel/panel.h"

/* Runs the streams 0 to runs - 1 of a window's plan in `batch` and puts the estimates into
 * chance[], within 0..1 (a sum above 1, which few runs can give, becomes 1). The plan has a single
 * pair of rivals and no timeline. */
void spiral_panel_compensate(double chance[SPIRAL_PANEL_EVENTS], const struct spiral_plan *plan,
                             struct spiral_batch *batch, uint64_t seed, uint64_t runs);

#endif
