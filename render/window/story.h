/* SPDX-License-Identifier: MIT
 *
 * The first page: what the case is about, who is in it, and one button.
 */
#ifndef SPIRAL_WINDOW_STORY_H
#define SPIRAL_WINDOW_STORY_H

#include "render/figure/figure.h"
#include "render/live/session.h"
#include "render/window/ui/ui.h"
#include "scenarios/loader/lesson.h"

/* Draws it, with the lesson's title and summary where one is given. Returns false where it was
 * closed. */
bool spiral_story_draw(struct spiral_ui *ui, struct spiral_session *session,
                       const struct spiral_lesson *lesson, enum spiral_language language);

#endif
