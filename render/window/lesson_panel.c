/* SPDX-License-Identifier: MIT */
#include "render/window/lesson_panel.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "render/window/ui/phrases.h"

enum { REVEAL_RUNS = 1000, REVEAL_SEED = 1 };

/* Seconds of a clock that only runs on. */
static double seconds_now(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

enum spiral_status spiral_lesson_panel_begin(struct spiral_lesson_panel *panel,
                                             const struct spiral_lesson *lesson,
                                             struct spiral_error *error)
{
    spiral_predictions_clear(&panel->predictions);
    *panel = (struct spiral_lesson_panel){.lesson = lesson};

    return lesson == NULL ? SPIRAL_OK
                          : spiral_predictions_create(&panel->predictions, lesson, error);
}

void spiral_lesson_panel_open(struct spiral_lesson_panel *panel, size_t step)
{
    panel->ended = step >= panel->lesson->step_count;
    panel->step = panel->ended ? panel->lesson->step_count - 1 : step;
    panel->asked = false;
    panel->text_height = 0.0;
    panel->scroll = 0.0;
    if (!panel->ended)
        spiral_predictions_put(&panel->predictions, panel->lesson, step, seconds_now());
}

bool spiral_lesson_panel_is_asking(const struct spiral_lesson_panel *panel)
{
    return panel->lesson != NULL && spiral_predictions_are_open(&panel->predictions);
}

static struct spiral_prediction *prediction_of(struct spiral_lesson_panel *panel)
{
    return &panel->predictions.items[panel->step];
}

/* --- the text --------------------------------------------------------------------------------- */

/* The text while it is drawn: where the next paragraph comes. */
struct reader {
    struct spiral_lesson_panel *panel;
    const struct spiral_lesson_step *step;
    struct spiral_ui *ui;
    struct spiral_page *page;
    enum spiral_language language;
    struct spiral_rectangle at;
    double y;
};

static const char *text_in_language(const struct reader *reader, const struct spiral_text *text)
{
    return spiral_figure_text(text, reader->language);
}

static void draw_paragraph(struct reader *reader, enum spiral_text_role role, const char *text,
                           const struct spiral_color *color)
{
    const struct spiral_text_form form = {.width = reader->at.width, .color = color};
    const struct spiral_rectangle drawn =
        spiral_text_draw(reader->page, role, text, reader->at.x, reader->y, 0.0, 0.0, &form);

    reader->y += drawn.height + 8.0 * reader->page->scale;
}

/* The mark of an answer after the reveal: whether the runs support it. */
static const char *mark_of(const struct spiral_prediction *prediction,
                           const struct spiral_lesson_choice *choice, int i)
{
    return !prediction->revealed || (choice->measure < 0 && !choice->otherwise) ? ""
           : prediction->answer.holds[i]                                        ? "✓ "
                                                                                : "✗ ";
}

/* An answer: its text in a box. */
static void draw_answer(struct reader *reader, int i)
{
    struct spiral_lesson_panel *panel = reader->panel;
    const struct spiral_prediction *prediction = prediction_of(panel);
    const struct spiral_theme *theme = reader->page->theme;
    const struct spiral_lesson_choice *choice = &reader->step->choices[i];
    const double pad = 7.0 * reader->page->scale;
    const bool chosen = prediction->chosen == i;
    const struct spiral_text_form form = {.width = reader->at.width - 2.0 * pad,
                                          .color = chosen ? &theme->background : &theme->ink};
    char text[512];

    snprintf(text, sizeof text, "%s%s", mark_of(prediction, choice, i),
             text_in_language(reader, &choice->text));

    const double height =
        spiral_text_measure(reader->page, SPIRAL_TEXT_caption, text, &form).height + 2.0 * pad;
    const struct spiral_rectangle box = {reader->at.x, reader->y, reader->at.width, height};

    reader->ui->disabled = prediction->locked;
    if (spiral_ui_button(reader->ui, box, "", chosen))
        spiral_predictions_choose(&panel->predictions, panel->step, i);
    reader->ui->disabled = false;
    spiral_ui_say(reader->ui, text_in_language(reader, &choice->text),
                  prediction->locked ? SPIRAL_SENTENCE_answered : SPIRAL_SENTENCE_answer,
                  reader->language);

    spiral_text_draw(reader->page, SPIRAL_TEXT_caption, text, reader->at.x + pad, reader->y + pad,
                     0.0, 0.0, &form);
    reader->y += height + 5.0 * reader->page->scale;
}

/* A button of the column's width. */
static bool draw_wide_button(struct reader *reader, enum spiral_phrase label)
{
    const double unit = reader->page->scale;
    const double height =
        spiral_text_measure(reader->page, SPIRAL_TEXT_tick, "0", NULL).height + 10.0 * unit;
    const struct spiral_rectangle at = {reader->at.x, reader->y, reader->at.width, height};
    const char *text = spiral_phrase(label, reader->language);
    const bool pressed = spiral_ui_button(reader->ui, at, text, false);

    spiral_ui_say(reader->ui, text, SPIRAL_SENTENCE_lock, reader->language);
    reader->y += height + 8.0 * unit;

    return pressed;
}

/* What the runs say, or the button that locks the answer and asks for it, or what comes before. */
static void draw_reveal(struct reader *reader, struct spiral_notice *notice)
{
    struct spiral_lesson_panel *panel = reader->panel;
    struct spiral_prediction *prediction = prediction_of(panel);
    struct spiral_error error;

    if (prediction->revealed) {
        char *text = spiral_lesson_tell(reader->step, &prediction->answer,
                                        spiral_language_code(reader->language));
        if (text != NULL)
            draw_paragraph(reader, SPIRAL_TEXT_tick, text, &reader->page->theme->ink);
        free(text);
        return;
    }

    /* the word "calculating" was on the screen for a frame */
    if (panel->asked) {
        spiral_notice_check(notice,
                            spiral_predictions_reveal(&panel->predictions, panel->lesson,
                                                      panel->step, REVEAL_RUNS, REVEAL_SEED,
                                                      &error),
                            &error);
        panel->asked = false;
        panel->locked = true; /* with what was measured */
        return;
    }

    const bool is_question = reader->step->choice_count > 0;

    if (is_question && prediction->chosen < 0) {
        draw_paragraph(reader, SPIRAL_TEXT_note,
                       spiral_phrase(SPIRAL_PHRASE_predict, reader->language), NULL);
        return;
    }

    /* where an answer is locked already the reveal had failed: it may be asked for again */
    if (draw_wide_button(reader, is_question && !prediction->locked ? SPIRAL_PHRASE_lock
                                                                    : SPIRAL_PHRASE_reveal)) {
        panel->locked =
            spiral_predictions_lock(&panel->predictions, panel->step, seconds_now(), time(NULL)) ||
            panel->locked;
        panel->asked = true;
    }

    if (panel->asked)
        draw_paragraph(reader, SPIRAL_TEXT_note,
                       spiral_phrase(SPIRAL_PHRASE_calculating, reader->language), NULL);
}

/* After the last step: each question with what was thought and what it was. */
static void draw_end(struct reader *reader)
{
    const struct spiral_lesson_panel *panel = reader->panel;
    const char *code = spiral_language_code(reader->language);
    const struct spiral_color *ink = &reader->page->theme->ink;
    char text[1200];

    draw_paragraph(reader, SPIRAL_TEXT_direct,
                   spiral_phrase(SPIRAL_PHRASE_end_heading, reader->language), NULL);

    for (size_t s = 0; s < panel->predictions.count; s++) {
        const struct spiral_prediction *prediction = &panel->predictions.items[s];
        const struct spiral_lesson_step *step = &panel->lesson->steps[s];
        const char *truth = spiral_prediction_truth(prediction, step, code);

        if (step->choice_count == 0)
            continue;
        draw_paragraph(reader, SPIRAL_TEXT_tick, text_in_language(reader, &step->question), ink);

        if (!prediction->locked) {
            draw_paragraph(reader, SPIRAL_TEXT_note,
                           spiral_phrase(SPIRAL_PHRASE_not_answered, reader->language), NULL);
            continue;
        }

        const struct spiral_lesson_choice *choice = &step->choices[prediction->chosen];

        snprintf(text, sizeof text, "%s%s: %.400s\n%s: %.400s",
                 mark_of(prediction, choice, prediction->chosen),
                 spiral_phrase(SPIRAL_PHRASE_you_thought, reader->language),
                 text_in_language(reader, &choice->text),
                 spiral_phrase(SPIRAL_PHRASE_it_was, reader->language),
                 truth[0] != '\0' ? truth
                                  : spiral_phrase(SPIRAL_PHRASE_none_holds, reader->language));
        draw_paragraph(reader, SPIRAL_TEXT_caption, text, NULL);
    }
}

/* --- the panel -------------------------------------------------------------------------------- */

/* The buttons back and next, and between them which step it is. */
static int draw_foot(const struct spiral_lesson_panel *panel, struct spiral_ui *ui,
                     enum spiral_language language, struct spiral_rectangle at)
{
    const size_t steps = panel->lesson->step_count;
    const double width = 0.3 * at.width;
    const struct spiral_rectangle left = {at.x, at.y, width, at.height};
    const struct spiral_rectangle right = {at.x + at.width - width, at.y, width, at.height};
    char text[64];

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
    snprintf(text, sizeof text, spiral_phrase(SPIRAL_PHRASE_of_steps, language), panel->step + 1,
             steps);
#pragma GCC diagnostic pop

    ui->disabled = panel->step == 0 && !panel->ended;
    const bool back =
        spiral_ui_button(ui, left, spiral_phrase(SPIRAL_PHRASE_previous, language), false);

    spiral_ui_say(ui, spiral_phrase(SPIRAL_PHRASE_previous, language), SPIRAL_SENTENCE_previous,
                  language);

    /* a question is answered before the lesson goes on */
    ui->disabled = panel->ended || spiral_lesson_panel_is_asking(panel);
    const bool on = spiral_ui_button(ui, right, spiral_phrase(SPIRAL_PHRASE_next, language), false);

    ui->disabled = false;
    spiral_ui_say(ui, spiral_phrase(SPIRAL_PHRASE_next, language), SPIRAL_SENTENCE_next, language);
    if (panel->ended)
        return back ? -1 : 0;
    spiral_text_draw(ui->page, SPIRAL_TEXT_note, text, at.x + 0.5 * at.width,
                     at.y + 0.5 * at.height, 0.5, 0.5, NULL);

    return on ? 1 : back ? -1 : 0;
}

static void draw_step(struct reader *reader, struct spiral_notice *notice)
{
    const struct spiral_lesson_step *step = reader->step;

    draw_paragraph(reader, SPIRAL_TEXT_tick, text_in_language(reader, &step->text),
                   &reader->page->theme->ink);
    if (step->question.count > 0)
        draw_paragraph(reader, SPIRAL_TEXT_direct, text_in_language(reader, &step->question), NULL);
    for (size_t i = 0; i < step->choice_count; i++)
        draw_answer(reader, (int)i);
    if (step->reveal.count > 0 || step->choice_count > 0)
        draw_reveal(reader, notice);
}

int spiral_lesson_panel_draw(struct spiral_lesson_panel *panel, struct spiral_ui *ui,
                             enum spiral_language language, struct spiral_notice *notice,
                             struct spiral_rectangle at)
{
    if (panel->lesson == NULL)
        return 0;

    const struct spiral_lesson_step *step = &panel->lesson->steps[panel->step];
    const double unit = ui->page->scale;
    const double foot =
        spiral_text_measure(ui->page, SPIRAL_TEXT_tick, "0", NULL).height + 10.0 * unit;
    const struct spiral_rectangle window = {at.x, at.y, at.width, at.height - foot - 8.0 * unit};
    const double top = at.y - panel->scroll + 2.0;
    struct reader reader = {.panel = panel,
                            .step = step,
                            .ui = ui,
                            .page = ui->page,
                            .language = language,
                            .at = at,
                            .y = top};

    spiral_ui_scroll_begin(ui, window);
    draw_paragraph(&reader, SPIRAL_TEXT_heading, text_in_language(&reader, &panel->lesson->title),
                   NULL);
    if (panel->ended)
        draw_end(&reader);
    else
        draw_step(&reader, notice);
    panel->text_height = reader.y - top;
    spiral_ui_scroll_end(ui, panel->text_height, &panel->scroll);

    return draw_foot(panel, ui, language,
                     (struct spiral_rectangle){at.x, at.y + at.height - foot, at.width, foot});
}
