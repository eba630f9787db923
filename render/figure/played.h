/* SPDX-License-Identifier: MIT
 *
 * A game that was played, as a picture.
 */
#ifndef SPIRAL_FIGURE_PLAYED_H
#define SPIRAL_FIGURE_PLAYED_H

#include "render/figure/figure.h"
#include "render/figure/played_data.h"

/* Draws it within a rectangle of the page; with a title, on the whole page. */
void spiral_played_draw(struct spiral_page *page, const struct spiral_played_figure *figure,
                        struct spiral_rectangle at);

#endif
