/* SPDX-License-Identifier: MIT
 *
 * The rules that a scenario must keep and that need no position in a file.
 */
#ifndef SPIRAL_VALIDATE_H
#define SPIRAL_VALIDATE_H

#include "sim/scenario.h"

/* Whether a scenario keeps the rules: exactly one small state and at least one neighbour, the
 * ranges of the tables, a whole number of steps, dates within the run, weights of publics that sum
 * to 1, entries that name states. Else SPIRAL_BAD_INPUT with the first breach. A program that
 * fills a scenario by hand may call it; spiral_plan_create() does so itself. */
enum spiral_status spiral_scenario_validate(const struct spiral_scenario *scenario,
                                            struct spiral_error *error);

#endif
