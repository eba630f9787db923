/* SPDX-License-Identifier: MIT
 *
 * Equilibria of games in normal form, of two or three players. Plain arrays, so that they can be
 * tested on textbook games.
 */
#ifndef SPIRAL_CHOICE_EQUILIBRIUM_H
#define SPIRAL_CHOICE_EQUILIBRIUM_H

#include <stdbool.h>
#include <stddef.h>

#include "sim/status.h"

enum { SPIRAL_MOST_PLAYERS = 3, SPIRAL_MOST_STRATEGIES = 8, SPIRAL_MOST_EQUILIBRIA = 64 };

struct spiral_normal_form {
    size_t players; /* 2 or 3 */
    size_t strategies[SPIRAL_MOST_PLAYERS];
    const double *payoff; /* [profile * players + player]; not owned */
};

/* The number of profiles; the profile of strategies, the last player's changing fastest, and the
 * strategies of a profile. */
size_t spiral_profile_count(const struct spiral_normal_form *game);
size_t spiral_profile_of(const struct spiral_normal_form *game, const size_t *strategy);
void spiral_profile_strategies(const struct spiral_normal_form *game, size_t profile,
                               size_t *strategy);

/* Whether no player gains more than `tolerance` by another strategy. */
bool spiral_is_equilibrium(const struct spiral_normal_form *game, size_t profile, double tolerance);

/* A mixed strategy of each player. */
struct spiral_mix {
    double share[SPIRAL_MOST_PLAYERS][SPIRAL_MOST_STRATEGIES];
    double payoff[SPIRAL_MOST_PLAYERS]; /* expected */
};

/* The payoff of each of a player's strategies where the others mix. */
void spiral_mix_payoffs(const struct spiral_normal_form *game, const struct spiral_mix *mix,
                        size_t player, double *payoff);

/* All equilibria of a two-player game that is not degenerate, pure ones among them: enumeration
 * of supports of equal size (Porter, Nudelman and Shoham 2008; von Stengel 2007). Returns how many
 * were written. */
size_t spiral_support_enumeration(const struct spiral_normal_form *game,
                                  struct spiral_mix found[SPIRAL_MOST_EQUILIBRIA]);

/* The logit quantal response equilibrium of a precision `lambda` >= 0 on the branch that begins at
 * even shares (McKelvey and Palfrey 1995), by continuation in lambda with Newton's method (Turocy
 * 2005). False where it was lost on the way: *mix is then the last that was found, and *reached
 * its precision. */
bool spiral_logit_equilibrium(const struct spiral_normal_form *game, double lambda,
                              struct spiral_mix *mix, double *reached);

#endif
