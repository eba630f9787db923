/* SPDX-License-Identifier: MIT
 *
 * The texts of a game on a page.
 */
#ifndef SPIRAL_WINDOW_PLAY_TEXT_H
#define SPIRAL_WINDOW_PLAY_TEXT_H

#include "render/window/ui/ui.h"

/* A text of spiral_play_tell() from its upper left corner on; returns its height. Of a NULL
 * text, 0. */
double spiral_play_draw_text(struct spiral_page *page, const char *text, double x, double y,
                             double width);
/* The same in a part of the page that scrolls. */
void spiral_play_draw_scrolled(struct spiral_ui *ui, const char *text, struct spiral_rectangle at,
                               double *scroll);

#endif
