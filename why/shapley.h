/* SPDX-License-Identifier: MIT
 *
 * Shapley values: how the difference between a game with all its players and one with none is
 * shared among them (Shapley 1953). Plain arrays: what the players are, and what a game is worth,
 * is the caller's.
 */
#ifndef SPIRAL_WHY_SHAPLEY_H
#define SPIRAL_WHY_SHAPLEY_H

#include <stddef.h>

/* Players that there may be: all sets of them are gone through. */
enum { SPIRAL_SHAPLEY_MOST = 16 };

/* The Shapley value of each of `players` players, 1..SPIRAL_SHAPLEY_MOST: value[set] is what the
 * players of a set are worth together, player p being bit p; [1 << players]. share [players]; the
 * shares sum to value[all] - value[0]. */
void spiral_shapley(int players, const double *value, double *share);

#endif
