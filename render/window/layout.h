/* SPDX-License-Identifier: MIT
 *
 * Where the parts of the window are.
 */
#ifndef SPIRAL_WINDOW_LAYOUT_H
#define SPIRAL_WINDOW_LAYOUT_H

#include "render/chart/page.h"

struct spiral_window_layout {
    struct spiral_rectangle plot;
    struct spiral_rectangle headline;
    struct spiral_rectangle levers;
    struct spiral_rectangle plane; /* of height 0: there is no room for it */
    struct spiral_rectangle bar;
};

/* Lays out a page. A lesson widens the column at the right; its text, of this height, takes the
 * plane's room where it needs it (0: the lesson is not shown). The headline and the plane may be
 * left out. */
struct spiral_window_layout spiral_window_layout_of(struct spiral_page *page, bool has_lesson,
                                                    double lesson_height, bool has_headline,
                                                    bool has_plane);

#endif
