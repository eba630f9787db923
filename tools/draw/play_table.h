/* SPDX-License-Identifier: MIT
 *
 * A game that `spiral play` plays, and the files that it leaves.
 */
#ifndef SPIRAL_DRAW_PLAY_TABLE_H
#define SPIRAL_DRAW_PLAY_TABLE_H

#include "render/debrief/debrief.h"
#include "tools/cli/command.h"

/* A game that is on, and where it goes. */
struct spiral_play_table {
    struct spiral_game *game;
    const char *case_name; /* as its file names the case */
    const char *save;      /* the file that it is saved to; NULL: none */
    const char *page;      /* of the debrief; NULL: none */
    enum spiral_language language;
    const struct spiral_theme *theme;
};

/* Saves the game where it is saved to. Returns the exit status, having complained. */
int spiral_play_save(const struct spiral_play_table *table);

#endif
