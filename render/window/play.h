/* SPDX-License-Identifier: MIT
 *
 * A game of sides in a window: the screens of each phase. What they show of a turn is the text of
 * spiral_play_tell() and the curves of spiral_play_sight_of(), and nothing else.
 */
#ifndef SPIRAL_WINDOW_PLAY_H
#define SPIRAL_WINDOW_PLAY_H

#include "render/window/play_phase.h"

/* Opens the window. Returns NULL, or a sentence saying what failed; the window is then closed. */
const char *spiral_play_window_open(struct spiral_play_window *window,
                                    const struct spiral_play_window_options *options);
void spiral_play_window_close(struct spiral_play_window *window);

/* Handles the events that there are, draws and shows a frame, `seconds` after the last. */
void spiral_play_window_frame(struct spiral_play_window *window, double seconds);
/* The loop, until the window is closed; `frames` > 0 ends it after so many. */
void spiral_play_window_run(struct spiral_play_window *window, long frames);

#endif
