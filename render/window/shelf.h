/* SPDX-License-Identifier: MIT
 *
 * The menu of cases and lessons: they are read when it opens, and one of them is taken.
 */
#ifndef SPIRAL_WINDOW_SHELF_H
#define SPIRAL_WINDOW_SHELF_H

#include "render/figure/figure.h"
#include "render/window/ui/ui.h"
#include "scenarios/loader/lesson.h"

enum { SPIRAL_SHELF_MOST = 40 };

struct spiral_shelf {
    size_t count;
    struct spiral_shelf_item {
        /* one of them is given, owned */
        struct spiral_scenario *scenario;
        struct spiral_lesson *lesson;
    } items[SPIRAL_SHELF_MOST];
    double scroll;
};

/* Reads all cases and lessons that there are; one that has errors is left out, as `spiral check`
 * says why. */
void spiral_shelf_open(struct spiral_shelf *shelf);
void spiral_shelf_close(struct spiral_shelf *shelf);
/* Draws the sheet. Returns the item that was pressed, or -1; *closed tells whether it is to be
 * closed. */
int spiral_shelf_draw(struct spiral_shelf *shelf, struct spiral_ui *ui,
                      enum spiral_language language, bool *closed);

#endif
