/* SPDX-License-Identifier: MIT */
#include "render/window/lesson_panel.h"

#include <stdio.h>
#include <stdlib.h>

#include "render/window/ui/phrases.h"

enum { REVEAL_RUNS = 1000, REVEAL_SEED = 1 };

void spiral_lesson_panel_open(struct spiral_lesson_panel *panel, size_t step)
{
    panel->step = step;
    panel->predicted = -1;
    panel->asked = false;
    panel->revealed = false;
    panel->text_height = 0.0;
    panel->scroll = 0.0;
}

bool spiral_lesson_panel_is_asking(const struct spiral_lesson_panel *panel)
{
    return panel->lesson != NULL && panel->lesson->steps[panel->step].choice_count > 0 &&
           panel->predicted < 0;
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

/* An answer: its text in a box; after the reveal with a mark, whether the runs support it. */
static void draw_answer(struct reader *reader, int i)
{
    struct spiral_lesson_panel *panel = reader->panel;
    const struct spiral_theme *theme = reader->page->theme;
    const struct spiral_lesson_choice *choice = &reader->step->choices[i];
    const double pad = 7.0 * reader->page->scale;
    const bool chosen = panel->predicted == i;
    const struct spiral_text_form form = {.width = reader->at.width - 2.0 * pad,
                                          .color = chosen ? &theme->background : &theme->ink};
    const char *mark = !panel->revealed || choice->measure < 0 ? ""
                       : panel->answer.holds[i]                ? "✓ "
                                                               : "✗ ";
    char text[512];

    snprintf(text, sizeof text, "%s%s", mark, text_in_language(reader, &choice->text));

    const double height =
        spiral_text_measure(reader->page, SPIRAL_TEXT_caption, text, &form).height + 2.0 * pad;
    const struct spiral_rectangle box = {reader->at.x, reader->y, reader->at.width, height};

    reader->ui->disabled = panel->revealed;
    if (spiral_ui_button(reader->ui, box, "", chosen))
        panel->predicted = i;
    reader->ui->disabled = false;

    spiral_text_draw(reader->page, SPIRAL_TEXT_caption, text, reader->at.x + pad, reader->y + pad,
                     0.0, 0.0, &form);
    reader->y += height + 5.0 * reader->page->scale;
}

/* What the runs say, or the button that asks for it, or what comes before. */
static void draw_reveal(struct reader *reader, struct spiral_notice *notice)
{
    struct spiral_lesson_panel *panel = reader->panel;
    struct spiral_error error;

    if (panel->revealed) {
        char *text = spiral_lesson_tell(reader->step, &panel->answer,
                                        spiral_language_code(reader->language));
        if (text != NULL)
            draw_paragraph(reader, SPIRAL_TEXT_tick, text, &reader->page->theme->ink);
        free(text);
        return;
    }

    /* the word "calculating" was on the screen for a frame */
    if (panel->asked) {
        const enum spiral_status status =
            spiral_lesson_reveal(panel->lesson, panel->step, REVEAL_RUNS, REVEAL_SEED,
                                 &panel->answer, &error);
        panel->revealed = spiral_notice_check(notice, status, &error);
        panel->asked = false;
        return;
    }

    if (spiral_lesson_panel_is_asking(panel)) {
        draw_paragraph(reader, SPIRAL_TEXT_note,
                       spiral_phrase(SPIRAL_PHRASE_predict, reader->language), NULL);
        return;
    }

    const double unit = reader->page->scale;
    const double height =
        spiral_text_measure(reader->page, SPIRAL_TEXT_tick, "0", NULL).height + 10.0 * unit;

    panel->asked = spiral_ui_button(reader->ui,
                                    (struct spiral_rectangle){reader->at.x, reader->y,
                                                              reader->at.width, height},
                                    spiral_phrase(SPIRAL_PHRASE_reveal, reader->language), false);
    reader->y += height + 8.0 * unit;
    if (panel->asked)
        draw_paragraph(reader, SPIRAL_TEXT_note,
                       spiral_phrase(SPIRAL_PHRASE_calculating, reader->language), NULL);
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

    ui->disabled = panel->step == 0;
    const bool back =
        spiral_ui_button(ui, left, spiral_phrase(SPIRAL_PHRASE_previous, language), false);

    ui->disabled = panel->step + 1 == steps;
    const bool on = spiral_ui_button(ui, right, spiral_phrase(SPIRAL_PHRASE_next, language), false);

    ui->disabled = false;
    spiral_text_draw(ui->page, SPIRAL_TEXT_note, text, at.x + 0.5 * at.width,
                     at.y + 0.5 * at.height, 0.5, 0.5, NULL);

    return on ? 1 : back ? -1 : 0;
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
    draw_paragraph(&reader, SPIRAL_TEXT_tick, text_in_language(&reader, &step->text),
                   &ui->page->theme->ink);
    if (step->question.count > 0)
        draw_paragraph(&reader, SPIRAL_TEXT_direct, text_in_language(&reader, &step->question),
                       NULL);
    for (size_t i = 0; i < step->choice_count; i++)
        draw_answer(&reader, (int)i);
    if (step->reveal.count > 0)
        draw_reveal(&reader, notice);
    panel->text_height = reader.y - top;
    spiral_ui_scroll_end(ui, panel->text_height, &panel->scroll);

    return draw_foot(panel, ui, language,
                     (struct spiral_rectangle){at.x, at.y + at.height - foot, at.width, foot});
}
