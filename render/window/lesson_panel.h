/* SPDX-License-Identifier: MIT
 *
 * The lesson beside the curves: a text, a question to be answered first, and what the runs say.
 */
#ifndef SPIRAL_WINDOW_LESSON_PANEL_H
#define SPIRAL_WINDOW_LESSON_PANEL_H

#include "render/figure/figure.h"
#include "render/live/lesson.h"
#include "render/window/notice.h"
#include "render/window/ui/ui.h"

struct spiral_lesson_panel {
    const struct spiral_lesson *lesson; /* NULL: none */
    size_t step;
    int predicted; /* the answer that was chosen, -1: none yet */
    bool asked;    /* for the reveal: it is calculated in the next frame */
    bool revealed;
    struct spiral_lesson_answer answer; /* where it is revealed */
    double text_height;                 /* of the step, as it was last drawn */
    double scroll;                      /* pixels that the text is moved up */
};

/* Opens a step of the lesson at its beginning. */
void spiral_lesson_panel_open(struct spiral_lesson_panel *panel, size_t step);
/* Whether the step asks a question that is not answered yet. */
bool spiral_lesson_panel_is_asking(const struct spiral_lesson_panel *panel);
/* Draws the step. Returns what a button asks for: 1 the next step, -1 the previous one, 0 neither.
 * Errors are shown as a notice. */
int spiral_lesson_panel_draw(struct spiral_lesson_panel *panel, struct spiral_ui *ui,
                             enum spiral_language language, struct spiral_notice *notice,
                             struct spiral_rectangle at);

#endif
