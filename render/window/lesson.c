/* SPDX-License-Identifier: MIT
 *
 * The lesson beside the curves: a text, a question to be answered first, and what the runs say.
 */
#include <stdio.h>
#include <stdlib.h>

#include "render/window/view.h"

/* The text while it is drawn. */
struct reader {
    struct spiral_view *view;
    struct spiral_page *page;
    struct spiral_rectangle at;
    double y;
};

static const char *in_language(const struct reader *reader, const struct spiral_text *text)
{
    return spiral_figure_text(text, reader->view->language);
}

static void paragraph(struct reader *reader, enum spiral_text_role role, const char *text,
                      const struct spiral_color *color)
{
    const struct spiral_text_form form = {.width = reader->at.width, .color = color};
    reader->y +=
        spiral_text_draw(reader->page, role, text, reader->at.x, reader->y, 0.0, 0.0, &form)
            .height +
        8.0 * reader->page->scale;
}

/* An answer: its text in a box; after the reveal, whether the runs bear it out. */
static void answer(struct reader *reader, const struct spiral_lesson_step *step, int i)
{
    struct spiral_view *view = reader->view;
    const double pad = 7.0 * reader->page->scale;
    const struct spiral_lesson_choice *choice = &step->choices[i];
    char text[512];
    const char *mark = !view->revealed || choice->measure < 0 ? ""
                       : view->answer.holds[i]                ? "✓ "
                                                              : "✗ ";

    snprintf(text, sizeof text, "%s%s", mark, in_language(reader, &choice->text));

    const struct spiral_text_form form = {.width = reader->at.width - 2.0 * pad,
                                          .color = view->predicted == i
                                                       ? &reader->page->theme->background
                                                       : &reader->page->theme->ink};
    const double height =
        spiral_text_measure(reader->page, SPIRAL_TEXT_caption, text, &form).height + 2.0 * pad;

    view->ui.disabled = view->revealed;
    if (spiral_ui_button(&view->ui,
                         (struct spiral_rectangle){reader->at.x, reader->y, reader->at.width,
                                                   height},
                         "", view->predicted == i))
        view->predicted = i;
    view->ui.disabled = false;
    spiral_text_draw(reader->page, SPIRAL_TEXT_caption, text, reader->at.x + pad, reader->y + pad,
                     0.0, 0.0, &form);
    reader->y += height + 5.0 * reader->page->scale;
}

static void reveal(struct reader *reader, const struct spiral_lesson_step *step)
{
    struct spiral_view *view = reader->view;
    struct spiral_error error;
    const double height = spiral_text_measure(reader->page, SPIRAL_TEXT_tick, "0", NULL).height +
                          10.0 * reader->page->scale;

    if (view->revealed) {
        char *text = spiral_lesson_tell(step, &view->answer, spiral_language_code(view->language));
        if (text != NULL)
            paragraph(reader, SPIRAL_TEXT_tick, text, &reader->page->theme->ink);
        free(text);
        return;
    }

    if (view->asked) { /* the word was on the screen for a frame */
        view->revealed = spiral_view_tell(view,
                                          spiral_lesson_reveal(view->options.lesson, view->step,
                                                               1000, 1, &view->answer, &error),
                                          &error);
        view->asked = false;
        return;
    }

    if (step->choice_count > 0 && view->predicted < 0) {
        paragraph(reader, SPIRAL_TEXT_note, spiral_phrase(view, SPIRAL_PHRASE_predict), NULL);
        return;
    }

    view->asked = spiral_ui_button(&view->ui,
                                   (struct spiral_rectangle){reader->at.x, reader->y,
                                                             reader->at.width, height},
                                   spiral_phrase(view, SPIRAL_PHRASE_reveal), false);
    reader->y += height + 8.0 * reader->page->scale;
    if (view->asked)
        paragraph(reader, SPIRAL_TEXT_note, spiral_phrase(view, SPIRAL_PHRASE_reckoning), NULL);
}

static void draw_foot(struct spiral_view *view, struct spiral_rectangle at)
{
    const struct spiral_lesson *lesson = view->options.lesson;
    const double width = 0.3 * at.width;
    char text[64];
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
    snprintf(text, sizeof text, spiral_phrase(view, SPIRAL_PHRASE_of_steps), view->step + 1,
             lesson->step_count);
#pragma GCC diagnostic pop
    view->ui.disabled = view->step == 0;
    const bool back =
        spiral_ui_button(&view->ui, (struct spiral_rectangle){at.x, at.y, width, at.height},
                         spiral_phrase(view, SPIRAL_PHRASE_previous), false);

    view->ui.disabled = view->step + 1 == lesson->step_count;

    const bool on =
        spiral_ui_button(&view->ui,
                         (struct spiral_rectangle){at.x + at.width - width, at.y, width, at.height},
                         spiral_phrase(view, SPIRAL_PHRASE_next), false);

    view->ui.disabled = false;
    spiral_text_draw(view->ui.page, SPIRAL_TEXT_note, text, at.x + 0.5 * at.width,
                     at.y + 0.5 * at.height, 0.5, 0.5, NULL);
    if (back || on)
        spiral_view_go_to_step(view, view->step + (on ? 1 : (size_t)-1));
}

void spiral_view_draw_lesson(struct spiral_view *view, struct spiral_rectangle at)
{
    const struct spiral_lesson *lesson = view->options.lesson;

    if (lesson == NULL)
        return;

    const struct spiral_lesson_step *step = &lesson->steps[view->step];
    const double foot = spiral_text_measure(view->ui.page, SPIRAL_TEXT_tick, "0", NULL).height +
                        10.0 * view->ui.page->scale;
    const struct spiral_rectangle window = {at.x, at.y, at.width,
                                            at.height - foot - 8.0 * view->ui.page->scale};
    double *scroll = &view->scroll[SPIRAL_TAB_LESSON];
    const double top = at.y - *scroll + 2.0;
    struct reader reader = {.view = view, .page = view->ui.page, .at = at, .y = top};

    spiral_ui_scroll_begin(&view->ui, window);
    paragraph(&reader, SPIRAL_TEXT_heading, in_language(&reader, &lesson->title), NULL);
    paragraph(&reader, SPIRAL_TEXT_tick, in_language(&reader, &step->text),
              &reader.page->theme->ink);
    if (step->question.count > 0)
        paragraph(&reader, SPIRAL_TEXT_direct, in_language(&reader, &step->question), NULL);
    for (size_t i = 0; i < step->choice_count; i++)
        answer(&reader, step, (int)i);
    if (step->reveal.count > 0)
        reveal(&reader, step);
    view->text_height = reader.y - top;
    spiral_ui_scroll_end(&view->ui, view->text_height, scroll);
    draw_foot(view, (struct spiral_rectangle){at.x, at.y + at.height - foot, at.width, foot});
}
