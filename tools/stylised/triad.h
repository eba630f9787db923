/* SPDX-License-Identifier: MIT
 *
 * The stylised triad: a small state (S), a neighbour (N) and an offshore power (O), 30 years
 * from 2000, with inputs in the middle of the cases' range. Stylised facts about mechanisms are
 * measured on it (tools/stylised/facts.h), and claims are tried on it (tools/claims/claims.h).
 */
#ifndef SPIRAL_STYLISED_TRIAD_H
#define SPIRAL_STYLISED_TRIAD_H

#include "sim/tables.h"

/* The states' indices in a triad; the fourth is only in a tetrad. */
enum { SPIRAL_TRIAD_S, SPIRAL_TRIAD_N, SPIRAL_TRIAD_O, SPIRAL_TRIAD_P };

/* The triad without a timeline: S straddles, N keeps the status quo, O commits selectively.
 * SPIRAL_NO_MEMORY. The caller clears it. */
enum spiral_status spiral_triad_init(struct spiral_scenario *triad);
/* The same with a second offshore power (P), a twin of the first. */
enum spiral_status spiral_tetrad_init(struct spiral_scenario *tetrad);

/* Adds a move at the end of a scenario's timeline; `target` -1 for none. SPIRAL_NO_MEMORY. */
enum spiral_status spiral_triad_move(struct spiral_scenario *scenario, double date, int actor,
                                     int target, enum spiral_move move, double weight);
/* Adds a change of doctrine. */
enum spiral_status spiral_triad_turn(struct spiral_scenario *scenario, double date, int actor,
                                     const double doctrine[SPIRAL_DOCTRINE_NUMBERS]);

/* The eight numbers of a doctrine of tools/stylised/triad.def or, failing that, of a preset of
 * sim/doctrines.def; NULL where the name is unknown. */
const double *spiral_triad_doctrine(const char *name);

#endif
