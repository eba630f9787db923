/* SPDX-License-Identifier: MIT
 *
 * The sheet of a change of doctrine: the later acts that fall with the old course and those that
 * stay, each with a tick, before the choice is made.
 */
#ifndef SPIRAL_WINDOW_TURN_SHEET_H
#define SPIRAL_WINDOW_TURN_SHEET_H

#include "render/figure/figure.h"
#include "render/live/session.h"
#include "render/window/ui/ui.h"

enum spiral_turn_answer { SPIRAL_TURN_OPEN, SPIRAL_TURN_TAKEN, SPIRAL_TURN_LEFT };

struct spiral_turn_sheet {
    struct spiral_session_turn turn;
    double scroll;
};

/* Draws it, and marks acts as the ticks are pressed. */
enum spiral_turn_answer spiral_turn_sheet_draw(struct spiral_turn_sheet *sheet,
                                               struct spiral_ui *ui, enum spiral_language language);

#endif
