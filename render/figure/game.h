/* SPDX-License-Identifier: MIT
 *
 * A game's equilibria as a parameter moves: for each player a panel with the shares of its
 * strategies stacked, and dots on those that are part of a pure equilibrium.
 */
#ifndef SPIRAL_FIGURE_GAME_H
#define SPIRAL_FIGURE_GAME_H

#include "render/chart/panel.h"

enum { SPIRAL_GAME_PLAYERS = 3, SPIRAL_GAME_STRATEGIES = 8 };

struct spiral_game_figure {
    const char *title;
    const char *subtitle;
    const char *note;
    const char *x_name;
    size_t count; /* of values of the parameter, at least 2 */
    const double *x;
    size_t players;
    const char *player[SPIRAL_GAME_PLAYERS];
    size_t strategies[SPIRAL_GAME_PLAYERS];
    const char *strategy[SPIRAL_GAME_PLAYERS][SPIRAL_GAME_STRATEGIES];
    /* [(strategy * count) + value]: shares that sum to 1 */
    const double *share[SPIRAL_GAME_PLAYERS];
    /* the same: how surely the strategy is part of a pure equilibrium, 0..1 */
    const double *pure[SPIRAL_GAME_PLAYERS];
};

void spiral_game_draw(struct spiral_page *page, const struct spiral_game_figure *figure);

#endif
