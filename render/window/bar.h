/* SPDX-License-Identifier: MIT
 *
 * The bar below the curves: the clock as a slider, its speed, and buttons.
 */
#ifndef SPIRAL_WINDOW_BAR_H
#define SPIRAL_WINDOW_BAR_H

#include "render/figure/figure.h"
#include "render/live/session.h"
#include "render/window/action.h"
#include "render/window/ui/ui.h"

/* Draws it, moves the session's clock and speed by the sliders, and returns what a button asks for.
 * `axis`: the panels' axis of time and the years shown on it, which the clock's slider is aligned
 * with. */
enum spiral_action spiral_bar_draw(struct spiral_ui *ui, struct spiral_session *session,
                                   enum spiral_language language, const struct spiral_panel *axis,
                                   struct spiral_rectangle at);

#endif
