/* SPDX-License-Identifier: MIT
 *
 * A field for a sentence: typed with any keyboard or input method, wrapped in its box.
 */
#ifndef SPIRAL_WINDOW_PLAY_FIELD_H
#define SPIRAL_WINDOW_PLAY_FIELD_H

#include "render/window/ui/ui.h"
#include "scenarios/loader/play_load.h"

struct spiral_play_field {
    char text[SPIRAL_PLAY_INTENTION]; /* UTF-8 */
    bool active;                      /* keys are letters */
};

/* Handles an event while the field is active; returns whether it was for the field. Return, Tab and
 * Escape leave it, and Tab goes on to the next widget. */
bool spiral_play_field_event(struct spiral_play_field *field, const SDL_Event *event);
/* Draws it; a press, or Enter in focus, makes it active. */
void spiral_play_field_draw(struct spiral_play_field *field, struct spiral_ui *ui,
                            struct spiral_rectangle at);

#endif
