/* SPDX-License-Identifier: MIT */
#include "render/window/story.h"

#include <math.h>

#include "render/window/actors.h"
#include "render/window/sheet.h"
#include "render/window/ui/phrases.h"

static double draw_paragraph(struct spiral_ui *ui, enum spiral_text_role role, const char *text,
                             struct spiral_rectangle at, double y)
{
    const struct spiral_text_form form = {.width = at.width, .color = &ui->page->theme->ink};

    return spiral_text_draw(ui->page, role, text, at.x, y, 0.0, 0.0, &form).height +
           10.0 * ui->page->scale;
}

/* The title in large letters, as large as fits on a line. */
static double draw_title(struct spiral_ui *ui, const char *title, struct spiral_rectangle at)
{
    struct spiral_page *page = ui->page;
    const double scale = page->scale;
    const double width = spiral_text_measure(page, SPIRAL_TEXT_headline, title, NULL).width;

    page->scale = scale * fmin(1.0, at.width / fmax(width, 1.0));

    const double height =
        spiral_text_draw(page, SPIRAL_TEXT_headline, title, at.x, at.y, 0.0, 0.0, NULL).height;

    page->scale = scale;

    return height + 12.0 * scale;
}

bool spiral_story_draw(struct spiral_ui *ui, struct spiral_session *session,
                       const struct spiral_lesson *lesson, enum spiral_language language)
{
    const double unit = ui->page->scale;
    const char *begin = spiral_phrase(SPIRAL_PHRASE_begin, language);
    const struct spiral_scenario *scenario = &session->scenario;
    const char *title = lesson != NULL ? spiral_figure_text(&lesson->title, language)
                                       : spiral_figure_title(scenario, language);
    struct spiral_rectangle foot;

    /* nothing of the run is seen yet */
    spiral_page_color(ui->page, ui->page->theme->background, 1.0);
    cairo_paint(ui->page->cr);

    const struct spiral_rectangle at =
        spiral_sheet_draw(ui, "", 1060.0 * unit, 700.0 * unit, &foot);
    double y = at.y;
    double from_right = 0.0;

    y += draw_title(ui, title, at);
    if (lesson != NULL)
        y += draw_paragraph(ui, SPIRAL_TEXT_subtitle,
                            spiral_figure_text(&lesson->summary, language), at, y);
    y += draw_paragraph(ui, SPIRAL_TEXT_subtitle, spiral_figure_text(&scenario->summary, language),
                        at, y);

    const double legend = spiral_text_measure(ui->page, SPIRAL_TEXT_note,
                                              spiral_phrase(SPIRAL_PHRASE_actors_legend, language),
                                              &(struct spiral_text_form){.width = at.width})
                              .height;
    const double bottom = at.y + at.height - legend - 8.0 * unit;

    if (bottom - y > 60.0 * unit) {
        ui->page->scale = 1.4 * unit;
        spiral_actors_draw(ui->page, session, language,
                           (struct spiral_rectangle){at.x, y, at.width, bottom - y});
        ui->page->scale = unit;
    }
    draw_paragraph(ui, SPIRAL_TEXT_note, spiral_phrase(SPIRAL_PHRASE_actors_legend, language), at,
                   bottom + 8.0 * unit);

    const bool closed = spiral_sheet_button(ui, &foot, &from_right, begin);

    spiral_ui_say(ui, begin, SPIRAL_SENTENCE_begin, language);

    return !closed;
}
