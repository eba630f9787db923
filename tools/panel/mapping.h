/* SPDX-License-Identifier: MIT
 *
 * From a row of a panel to a scenario: the small state, its neighbour and the groups of powers that matter to the pair, over the row's years, with no
 * timeline. The rules are those of docs/data-mapping.md as far as a panel's columns go ("Rows of a panel").
 */
#ifndef SPIRAL_PANEL_MAPPING_H
#define SPIRAL_PANEL_MAPPING_H

#include "sim/scenario.h"
#include "tools/panel/window.h"

/* Fills *scenario (which need not be initialised) from the facts of a row; what happened in the row's window is not read. States are SMALL,
 * NEIGHBOUR and those of WEST, RUSSIA and CHINA that have a pact with the small state or are the neighbour's rival. The name is the row's.
 * SPIRAL_BAD_INPUT where a number that every row needs is missing or out of its range, SPIRAL_NO_MEMORY; *scenario is the defaults then.
 * The caller clears the scenario. */
enum spiral_status spiral_panel_scenario(const struct spiral_panel_window *row, struct spiral_scenario *scenario, struct spiral_error *error);

#endif
