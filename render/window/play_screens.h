/* SPDX-License-Identifier: MIT
 *
 * The screens of a game, one a phase. Each draws itself on the page of the window's widgets, and
 * carries out what was pressed on it. */
#ifndef SPIRAL_WINDOW_PLAY_SCREENS_H
#define SPIRAL_WINDOW_PLAY_SCREENS_H

#include "render/window/play.h"

/* A text of spiral_play_tell() from its upper left corner on; returns its height. Of a NULL
 * text, 0. */
double spiral_play_draw_text(struct spiral_page *page, const char *text, double x, double y,
                             double width);
/* The same in a part of the page that scrolls. */
void spiral_play_draw_scrolled(struct spiral_ui *ui, const char *text, struct spiral_rectangle at,
                               double *scroll);

/* Forgets what was chosen: at the beginning of each phase. */
void spiral_play_begin_phase(struct spiral_play_window *window);
/* Goes on, and begins the next phase. */
void spiral_play_go_on(struct spiral_play_window *window);

void spiral_play_draw_handover(struct spiral_play_window *window, struct spiral_page *page);
void spiral_play_draw_turn(struct spiral_play_window *window, struct spiral_page *page);
void spiral_play_draw_news(struct spiral_play_window *window, struct spiral_page *page);
void spiral_play_draw_end(struct spiral_play_window *window, struct spiral_page *page);

#endif
