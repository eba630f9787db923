/* SPDX-License-Identifier: MIT
 *
 * A sheet that lies over the window: a box with a title and buttons at its foot. What it holds is
 * drawn by its own file (help.h, shelf.h, story.h, turn_sheet.h, why_sheet.h). One sheet at a time.
 */
#ifndef SPIRAL_WINDOW_SHEET_H
#define SPIRAL_WINDOW_SHEET_H

#include "render/window/ui/ui.h"

enum spiral_sheet {
    SPIRAL_SHEET_NONE,
    SPIRAL_SHEET_STORY, /* of the case, before it begins */
    SPIRAL_SHEET_HELP,
    SPIRAL_SHEET_CASES, /* and lessons */
    SPIRAL_SHEET_WHY,   /* the account of causes */
    SPIRAL_SHEET_TURN   /* a change of doctrine, act by act */
};

/* Draws the box, its title and no more. Returns the room inside, above the foot. `foot` gets the
 * row of buttons. */
struct spiral_rectangle spiral_sheet_draw(struct spiral_ui *ui, const char *title, double width,
                                          double height, struct spiral_rectangle *foot);
/* A button of the foot, as wide as its label needs; `from_right` moves on to the next one,
 * leftwards. */
bool spiral_sheet_button(struct spiral_ui *ui, const struct spiral_rectangle *foot,
                         double *from_right, const char *label);
/* Rows of a text "name\tmeaning\n...", the names in a column of this width. Returns the height. */
double spiral_sheet_rows(struct spiral_ui *ui, const char *text, double names,
                         struct spiral_rectangle at);

#endif
