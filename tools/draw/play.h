/* SPDX-License-Identifier: MIT
 *
 * `spiral play`: what the parts of the command share. play.c reads the command line,
 * play_terminal.c plays on a terminal, play_page.c writes the debrief. */
#ifndef SPIRAL_DRAW_PLAY_H
#define SPIRAL_DRAW_PLAY_H

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

/* Plays on stdin and stdout until the game or the input ends. Returns the exit status. */
int spiral_play_on_terminal(struct spiral_play_table *table);

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

/* Saves the game where it is saved to. Returns the exit status, having complained. */
int spiral_play_save(const struct spiral_play_table *table);

/* The gain of the loop of fear under the choices of a game: a spiral_debrief_measure. */
enum spiral_status spiral_play_measure_gain(const struct spiral_game *game,
                                            struct spiral_debrief_gain *gain,
                                            struct spiral_error *error);

/* Writes the debrief of a game that is over as a page of HTML, where one is asked for. Returns
 * the exit status, having complained. */
int spiral_play_write_page(const struct spiral_play_table *table);

#endif
