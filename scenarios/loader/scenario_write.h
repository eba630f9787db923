/* SPDX-License-Identifier: MIT
 *
 * Writing scenarios in the format that spiral_scenario_load() reads.
 */
#ifndef SPIRAL_SCENARIOS_LOADER_SCENARIO_WRITE_H
#define SPIRAL_SCENARIOS_LOADER_SCENARIO_WRITE_H

#include <stdio.h>

#include "sim/scenario.h"

/* Writes a valid scenario as a YAML file that loads back to an equal one: every number to the
 * bit, every text, every order. Comments and the layout of a file that it was loaded from are
 * not kept, and facts at their defaults are left out. SPIRAL_BAD_INPUT where the format cannot
 * express something: a date that is not a day, nuclear weapons between 0 and 1; SPIRAL_NO_MEMORY;
 * SPIRAL_IO. What was written until then is in `out`. */
enum spiral_status spiral_scenario_write(const struct spiral_scenario *scenario, FILE *out,
                                         struct spiral_error *error);

#endif
