/* SPDX-License-Identifier: MIT
 *
 * The headline values at the upper right: the risk of war by the end, and before and after the last
 * choice.
 */
#ifndef SPIRAL_WINDOW_HEADLINE_H
#define SPIRAL_WINDOW_HEADLINE_H

#include "render/figure/figure.h"
#include "render/live/ensemble_result.h"
#include "render/window/ui/ui.h"

/* `result`: NULL where it is not known yet. `asking`: a question of a lesson waits for an answer,
 * and the values would give it away. */
void spiral_headline_draw(struct spiral_ui *ui, const struct spiral_session *session,
                          const struct spiral_live_result *result, bool asking,
                          enum spiral_language language, struct spiral_rectangle at);

#endif
