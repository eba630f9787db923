/* SPDX-License-Identifier: MIT
 *
 * The screens of a game, one a phase. Each draws itself on the page of the window's widgets, and
 * carries out what was pressed on it. */
#ifndef SPIRAL_WINDOW_PLAY_SCREENS_H
#define SPIRAL_WINDOW_PLAY_SCREENS_H

#include "render/window/play_phase.h"

void spiral_play_draw_handover(struct spiral_play_window *window, struct spiral_page *page);
void spiral_play_draw_turn(struct spiral_play_window *window, struct spiral_page *page);
void spiral_play_draw_news(struct spiral_play_window *window, struct spiral_page *page);
void spiral_play_draw_end(struct spiral_play_window *window, struct spiral_page *page);

#endif
