/* SPDX-License-Identifier: MIT
 *
 * The gain of the loop of fear, measured for the debrief of a game.
 */
#ifndef SPIRAL_DRAW_PLAY_GAIN_H
#define SPIRAL_DRAW_PLAY_GAIN_H

#include "render/debrief/debrief.h"

/* The gain of the loop of fear under the choices of a game: a spiral_debrief_measure. */
enum spiral_status spiral_play_measure_gain(const struct spiral_game *game,
                                            struct spiral_debrief_gain *gain,
                                            struct spiral_error *error);

#endif
