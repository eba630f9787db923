/* SPDX-License-Identifier: MIT */
#include "render/window/plane.h"

#include <math.h>

#include "render/window/ui/phrases.h"

enum { MOST_POINTS = 1024 };

/* The quadrant of the trap is shaded: high constraint with high dependence. */
static void draw_quadrants(struct spiral_page *page, const struct spiral_panel *panel)
{
    const struct spiral_stroke dashed = {page->theme->muted, 0.7, 0.5, SPIRAL_DASH_dashed};
    const double left = spiral_panel_x(panel, SPIRAL_HIGH_CONSTRAINT);
    const double bottom = spiral_panel_y(panel, SPIRAL_HIGH_DEPENDENCE);

    spiral_page_color(page, page->theme->series[SPIRAL_COLOR_FORCE], 0.16);
    cairo_rectangle(page->cr, left, panel->at.y, panel->at.x + panel->at.width - left,
                    bottom - panel->at.y);
    cairo_fill(page->cr);
    spiral_marks_vertical(page, panel, SPIRAL_HIGH_CONSTRAINT, dashed);
    spiral_marks_horizontal(page, panel, SPIRAL_HIGH_DEPENDENCE, dashed);
}

static void draw_path(struct spiral_page *page, const struct spiral_session *session,
                      const struct spiral_panel *panel)
{
    const struct spiral_color color = page->theme->series[SPIRAL_COLOR_SMALL];
    const long stride = session->present / 1000 + 1; /* a long run has fewer points than steps */
    const double *now = session->rows[session->present];
    double x[MOST_POINTS];
    double y[MOST_POINTS];
    size_t count = 0;

    for (long step = 0; step <= session->present && count < MOST_POINTS; step += stride) {
        x[count] = session->rows[step][SPIRAL_QUANTITY_constraint];
        y[count++] = session->rows[step][SPIRAL_QUANTITY_dependence];
    }

    spiral_marks_line(page, panel, x, y, count,
                      (struct spiral_stroke){color, 0.9, 0.9, SPIRAL_DASH_solid});
    spiral_marks_dot(page, panel, now[SPIRAL_QUANTITY_constraint],
                     fmin(now[SPIRAL_QUANTITY_dependence], panel->y.high), 4.0, color, false);
}

void spiral_plane_draw(struct spiral_ui *ui, const struct spiral_session *session,
                       enum spiral_language language, struct spiral_rectangle at)
{
    struct spiral_page *page = ui->page;
    const double line = spiral_text_measure(page, SPIRAL_TEXT_note, "0", NULL).height;
    const struct spiral_panel panel = {.at = {at.x, at.y + line + 2.0, at.width,
                                              at.height - 2.0 * line - 6.0},
                                       .x = {0.2, 1.0, false},
                                       .y = {0.0, 0.7, false}};
    const double *now = session->rows[session->present];
    const enum spiral_quadrant quadrant =
        spiral_quadrant_of(now[SPIRAL_QUANTITY_constraint], now[SPIRAL_QUANTITY_dependence]);

    draw_quadrants(page, &panel);
    draw_path(page, session, &panel);

    cairo_rectangle(page->cr, panel.at.x, panel.at.y, panel.at.width, panel.at.height);
    spiral_page_color(page, page->theme->muted, 0.8);
    cairo_set_line_width(page->cr, 0.8);
    cairo_stroke(page->cr);

    spiral_text_draw(page, SPIRAL_TEXT_note,
                     spiral_label_in(&spiral_quadrant_labels[quadrant], language), at.x, at.y, 0.0,
                     0.0, &(struct spiral_text_form){.color = &page->theme->ink});
    spiral_text_draw(page, SPIRAL_TEXT_note, spiral_word(SPIRAL_WORD_constraint, language),
                     at.x + at.width, at.y + at.height, 1.0, 1.0, NULL);
    spiral_text_draw(page, SPIRAL_TEXT_note, spiral_word(SPIRAL_WORD_dependence, language),
                     panel.at.x + 4.0, panel.at.y + 3.0, 0.0, 0.0, NULL);
    spiral_ui_place(ui, at);
    spiral_ui_say(ui, spiral_label_in(&spiral_quadrant_labels[quadrant], language),
                  SPIRAL_SENTENCE_plane, language);
}
