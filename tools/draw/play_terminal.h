/* SPDX-License-Identifier: MIT
 *
 * A game on a terminal: the texts of the game, and questions that are answered by a line each.
 */
#ifndef SPIRAL_DRAW_PLAY_TERMINAL_H
#define SPIRAL_DRAW_PLAY_TERMINAL_H

#include "tools/draw/play_table.h"

/* Plays on stdin and stdout until the game or the input ends. Returns the exit status. */
int spiral_play_on_terminal(struct spiral_play_table *table);

#endif
