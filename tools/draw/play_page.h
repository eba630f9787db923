/* SPDX-License-Identifier: MIT
 *
 * The debrief of a game as one page of HTML, to be read by a class and printed. It loads nothing.
 */
#ifndef SPIRAL_DRAW_PLAY_PAGE_H
#define SPIRAL_DRAW_PLAY_PAGE_H

#include "tools/draw/play_table.h"

/* Writes the debrief of a game that is over as a page of HTML, where one is asked for. Returns
 * the exit status, having complained. */
int spiral_play_write_page(const struct spiral_play_table *table);

#endif
