/* SPDX-License-Identifier: MIT
 *
 * A game in a window.
 */
#ifndef SPIRAL_DRAW_PLAY_WINDOW_H
#define SPIRAL_DRAW_PLAY_WINDOW_H

#include "tools/draw/play_table.h"

/* How a window looks. */
struct spiral_play_look {
    int width;
    int height;
    double scale;
    enum spiral_theme_name theme;
    uint64_t frames; /* 0: until it is closed */
};

/* Plays in a window until it is closed. Returns the exit status, having complained. */
int spiral_play_in_window(struct spiral_play_table *table, const struct spiral_play_look *look);

#endif
