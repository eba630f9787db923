/* SPDX-License-Identifier: MIT
 *
 * The risk in large figures, and the plane of constraint and dependence.
 */
#include <math.h>
#include <stdio.h>

#include "render/window/view.h"

/* A heading, a large figure (against the size of large figures), and a note below; returns the
 * width of the widest. */
static double block(struct spiral_page *page, double x, double y, double size, const char *heading,
                    const char *figure, const char *note)
{
    const double scale = page->scale;
    const double line = spiral_text_measure(page, SPIRAL_TEXT_note, heading, NULL).height;
    const double large = spiral_text_measure(page, SPIRAL_TEXT_figure, "0", NULL).height;
    double width = spiral_text_draw(page, SPIRAL_TEXT_note, heading, x, y, 0.0, 0.0, NULL).width;

    page->scale = scale * size;
    width = fmax(width, spiral_text_draw(page, SPIRAL_TEXT_figure, figure, x,
                                         y + line + 0.5 * large, 0.0, 0.5,
                                         &(struct spiral_text_form){
                                             .color = &page->theme->series[SPIRAL_COLOR_WAR]})
                            .width);
    page->scale = scale;

    return fmax(
        width,
        spiral_text_draw(page, SPIRAL_TEXT_note, note, x, y + line + large, 0.0, 0.0, NULL).width);
}

bool spiral_view_is_asking(const struct spiral_view *view)
{
    const struct spiral_lesson *lesson = view->options.lesson;
    return lesson != NULL && view->tab == SPIRAL_TAB_LESSON &&
           lesson->steps[view->step].choice_count > 0 && view->predicted < 0;
}

void spiral_view_draw_risk(struct spiral_view *view, struct spiral_page *page,
                           struct spiral_rectangle at)
{
    const struct spiral_live_result *result = spiral_live_fan_latest(view->fan);
    const struct spiral_session *session = view->session;
    char heading[96];
    char figure[48];
    char note[96];
    char date[12];

    spiral_date_format(spiral_plan_date(session->plan, session->plan->steps), date);
    snprintf(heading, sizeof heading, "%s %.4s", spiral_phrase(view, SPIRAL_PHRASE_risk_by_end),
             date);

    const bool asking = spiral_view_is_asking(view);

    snprintf(figure, sizeof figure, "%s", asking ? "?" : "…");
    snprintf(note, sizeof note, "%s", asking ? spiral_phrase(view, SPIRAL_PHRASE_predict) : "");

    if (result != NULL && !asking) {
        snprintf(figure, sizeof figure, "%.0f %%", 100.0 * result->war[result->steps]);
        snprintf(note, sizeof note, "%s %.0f %%", spiral_phrase(view, SPIRAL_PHRASE_force_by_end),
                 100.0 * result->force[result->steps]);
    }

    if (spiral_session_reached(session, 5.0))
        snprintf(figure, sizeof figure, "%s", spiral_phrase(view, SPIRAL_PHRASE_so_far_war));
    const double used = block(page, at.x, at.y, 1.0, heading, figure, note) + 18.0 * page->scale;

    if (result == NULL || asking || !result->compared || session->choice_count == 0)
        return;
    snprintf(figure, sizeof figure, "%.0f → %.0f %%", 100.0 * result->war_before,
             100.0 * result->war_after);
    snprintf(note, sizeof note, "%s %.0f → %.0f %%",
             spiral_phrase(view, SPIRAL_PHRASE_force_by_end), 100.0 * result->force_before,
             100.0 * result->force_after);
    block(page, at.x + used, at.y, 0.72, spiral_phrase(view, SPIRAL_PHRASE_last_choice), figure,
          note);
}

void spiral_view_draw_plane(struct spiral_view *view, struct spiral_page *page,
                            struct spiral_rectangle at)
{
    const struct spiral_session *session = view->session;
    const double line = spiral_text_measure(page, SPIRAL_TEXT_note, "0", NULL).height;
    const struct spiral_panel panel = {.at = {at.x, at.y + line + 2.0, at.width,
                                              at.height - 2.0 * line - 6.0},
                                       .x = {0.2, 1.0, false},
                                       .y = {0.0, 0.7, false}};
    const struct spiral_stroke dashed = {page->theme->muted, 0.7, 0.5, true};

    spiral_page_color(page, page->theme->series[SPIRAL_COLOR_FORCE], 0.16); /* the trap */
    cairo_rectangle(page->cr, spiral_panel_x(&panel, SPIRAL_HIGH_CONSTRAINT), panel.at.y,
                    panel.at.x + panel.at.width - spiral_panel_x(&panel, SPIRAL_HIGH_CONSTRAINT),
                    spiral_panel_y(&panel, SPIRAL_HIGH_DEPENDENCE) - panel.at.y);
    cairo_fill(page->cr);
    spiral_marks_vertical(page, &panel, SPIRAL_HIGH_CONSTRAINT, dashed);
    spiral_marks_horizontal(page, &panel, SPIRAL_HIGH_DEPENDENCE, dashed);

    double x[1024];
    double y[1024];
    const long stride = session->present / 1000 + 1;
    size_t count = 0;

    for (long step = 0; step <= session->present && count < 1024; step += stride) {
        x[count] = session->rows[step][SPIRAL_QUANTITY_constraint];
        y[count++] = session->rows[step][SPIRAL_QUANTITY_dependence];
    }

    spiral_marks_line(page, &panel, x, y, count,
                      (struct spiral_stroke){page->theme->series[SPIRAL_COLOR_SMALL], 0.9, 0.9,
                                             false});
    const double now_x = session->rows[session->present][SPIRAL_QUANTITY_constraint];
    const double now_y = session->rows[session->present][SPIRAL_QUANTITY_dependence];

    spiral_marks_dot(page, &panel, now_x, fmin(now_y, panel.y.high), 4.0,
                     page->theme->series[SPIRAL_COLOR_SMALL], false);
    cairo_rectangle(page->cr, panel.at.x, panel.at.y, panel.at.width, panel.at.height);
    spiral_page_color(page, page->theme->muted, 0.8);
    cairo_set_line_width(page->cr, 0.8);
    cairo_stroke(page->cr);

    const enum spiral_quadrant quadrant = spiral_quadrant_of(now_x, now_y);

    spiral_text_draw(page, SPIRAL_TEXT_note,
                     spiral_label_in(&spiral_quadrant_labels[quadrant], view->language), at.x, at.y,
                     0.0, 0.0, &(struct spiral_text_form){.color = &page->theme->ink});
    spiral_text_draw(page, SPIRAL_TEXT_note, spiral_word(SPIRAL_WORD_constraint, view->language),
                     at.x + at.width, at.y + at.height, 1.0, 1.0, NULL);
    spiral_text_draw(page, SPIRAL_TEXT_note, spiral_word(SPIRAL_WORD_dependence, view->language),
                     panel.at.x + 4.0, panel.at.y + 3.0, 0.0, 0.0, NULL);
}
