/* SPDX-License-Identifier: MIT
 *
 * The lesson beside the curves: a text, a question to be answered first, what the runs say, and at
 * the end what was thought beside what it was.
 */
#ifndef SPIRAL_WINDOW_LESSON_PANEL_H
#define SPIRAL_WINDOW_LESSON_PANEL_H

#include "render/figure/figure.h"
#include "render/live/predictions.h"
#include "render/window/notice.h"
#include "render/window/ui/ui.h"

struct spiral_lesson_panel {
    const struct spiral_lesson *lesson; /* NULL: none */
    size_t step;
    bool ended; /* the page after the last step is shown */
    struct spiral_predictions predictions;
    bool asked;         /* for the reveal: it is calculated in the next frame */
    bool locked;        /* an answer was locked in this frame: it is to be written down */
    double text_height; /* of the step, as it was last drawn */
    double scroll;      /* pixels that the text is moved up */
};

/* Begins a lesson (NULL: none) with no answers. */
enum spiral_status spiral_lesson_panel_begin(struct spiral_lesson_panel *panel,
                                             const struct spiral_lesson *lesson,
                                             struct spiral_error *error);
/* Opens a step of the lesson at its beginning; step_count: the page after the last. */
void spiral_lesson_panel_open(struct spiral_lesson_panel *panel, size_t step);
/* Whether a question that was put is not answered yet. */
bool spiral_lesson_panel_is_asking(const struct spiral_lesson_panel *panel);
/* Draws the step. Returns what a button asks for: 1 the next step, -1 the previous one, 0 neither.
 * Errors are shown as a notice. */
int spiral_lesson_panel_draw(struct spiral_lesson_panel *panel, struct spiral_ui *ui,
                             enum spiral_language language, struct spiral_notice *notice,
                             struct spiral_rectangle at);

#endif
