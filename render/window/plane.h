/* SPDX-License-Identifier: MIT
 *
 * The plane of geographic constraint and strategic dependence, with the path of the run so far.
 */
#ifndef SPIRAL_WINDOW_PLANE_H
#define SPIRAL_WINDOW_PLANE_H

#include "render/figure/figure.h"
#include "render/live/session.h"
#include "render/window/ui/ui.h"

void spiral_plane_draw(struct spiral_ui *ui, const struct spiral_session *session,
                       enum spiral_language language, struct spiral_rectangle at);

#endif
