/* SPDX-License-Identifier: MIT
 *
 * The moments of a case: its dated entries (moves, changes of doctrine), ranked by how much they
 * matter. Figures and the plot in the terminal list the weightiest; a live view captions one.
 */
#ifndef SPIRAL_MOMENTS_H
#define SPIRAL_MOMENTS_H

#include <stdbool.h>
#include <stddef.h>

#include "sim/scenario.h"

/* How much an entry matters: of a move the sum of the sizes of its effects (moves.def) times its
 * weight; 1 of a change of doctrine; 0.5 of any other entry. */
double spiral_moment_weight(const struct spiral_entry *entry);

/* Chooses the weightiest moments before a date, at most `most`, with captions in a language ("en",
 * "zh"; scenarios fall back on another); NULL: entries without a caption are chosen too. Writes
 * their indices among the scenario's entries, in order of date, to chosen[most], and returns how
 * many there are. */
size_t spiral_moments_choose(const struct spiral_scenario *scenario, double before,
                             const char *language, size_t most, size_t *chosen);

/* The moment nearest to `date`, at most `reach` years from it, among those of the years from ..
 * until; of several on one day the weightiest, of equals the last. NULL where there is none. */
const struct spiral_entry *spiral_moment_near(const struct spiral_scenario *scenario, double from,
                                              double until, double date, double reach,
                                              const char *language);

#endif
