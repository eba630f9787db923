/* SPDX-License-Identifier: MIT
 *
 * What the window of a game holds, and how it goes from one phase of the game to the next. The
 * screens read and change it; it knows none of them.
 */
#ifndef SPIRAL_WINDOW_PLAY_PHASE_H
#define SPIRAL_WINDOW_PLAY_PHASE_H

#include "render/debrief/debrief.h"
#include "render/figure/played.h"
#include "render/window/notice.h"
#include "render/window/play_field.h"
#include "render/window/screen.h"

struct spiral_play_window_options {
    struct spiral_game *game; /* not owned; the window plays it */
    int width;                /* of the window */
    int height;
    double scale; /* of letters and lines */
    enum spiral_theme_name theme;
    enum spiral_language language;
    /* Called after every turn, and once when the game is over; may be NULL. It writes files, and
     * fills *said with a sentence for the players, in the language of the window. */
    enum spiral_status (*keep)(void *context, bool over, enum spiral_language language,
                               char said[SPIRAL_NOTICE_SIZE], struct spiral_error *error);
    void *context;
    spiral_debrief_measure *measure; /* of the gain; may be NULL */
};

struct spiral_play_window {
    struct spiral_play_window_options options;
    struct spiral_game *game;
    /* the window */
    struct spiral_screen screen;
    struct spiral_ui ui;
    double scale;
    enum spiral_theme_name theme;
    enum spiral_language language;
    struct spiral_notice notice;
    bool full; /* the whole screen */
    bool quit;
    /* the turn that is being made */
    struct spiral_play_turn turn;
    struct spiral_play_field field;
    int target; /* index into the states, then nobody: of the move that is looked at */
    int move;   /* index into the moves that there are towards it */
    int course; /* index into the menu of courses, 0: kept */
    double text_scroll;
    double column_scroll;
    /* the end */
    struct spiral_debrief debrief;
    bool debriefed;
    int shown; /* the round that is looked at, -1: the whole */
};

/* Forgets what was chosen: at the beginning of each phase. */
void spiral_play_begin_phase(struct spiral_play_window *window);
/* Goes on, and begins the next phase. */
void spiral_play_go_on(struct spiral_play_window *window);

#endif
