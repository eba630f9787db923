/* SPDX-License-Identifier: MIT
 *
 * The actors by name, with who fears whom (an arrow whose width is the threat), the tie to each
 * distant power (a double line whose width is the commitment), and the hostility between the small
 * state and each neighbour as a colour.
 */
#ifndef SPIRAL_WINDOW_ACTORS_H
#define SPIRAL_WINDOW_ACTORS_H

#include "render/figure/figure.h"
#include "render/live/actors.h"

void spiral_actors_draw(struct spiral_page *page, struct spiral_session *session,
                        enum spiral_language language, struct spiral_rectangle at);

#endif
