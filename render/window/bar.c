/* SPDX-License-Identifier: MIT
 *
 * The clock with its buttons, the risk in large figures, and the plane of constraint and dependence.
 */
#include <math.h>
#include <stdio.h>

#include "render/window/view.h"

static bool button(struct spiral_view *view, double *x, double y, double height, const char *label, bool on)
{
    const double width = spiral_text_measure(view->ui.page, SPIRAL_TEXT_tick, label, NULL).width + 18.0 * view->ui.page->scale;
    const struct spiral_rectangle at = {*x, y, width, height};
    *x += width + 5.0 * view->ui.page->scale;
    return spiral_ui_button(&view->ui, at, label, on);
}

/* The whole run as a slider; ticks where choices were made. */
static void scrub(struct spiral_view *view, struct spiral_rectangle at)
{
    struct spiral_session *session = view->session;
    struct spiral_page *page = view->ui.page;
    double time = session->time;
    char date[12];
    spiral_date_format(session->plan->start + session->time * session->plan->dt, date);
    for (size_t i = 0; i < session->choice_count; i++)
        if (session->choices[i].dated) {
            const double x = at.x + at.width * (double)session->choices[i].step / (double)session->plan->steps;
            spiral_page_color(page, page->theme->series[SPIRAL_COLOR_BRANCH], 1.0);
            cairo_rectangle(page->cr, x - 1.0, at.y + at.height - 6.0 * page->scale, 2.0, 6.0 * page->scale);
            cairo_fill(page->cr);
        }
    if (spiral_ui_slider(&view->ui, at, spiral_figure_title(&session->scenario, view->language), &time, 0.0, (double)session->plan->steps, date))
        spiral_session_seek(session, (long)(time + 0.5));
}

void spiral_view_draw_bar(struct spiral_view *view, struct spiral_rectangle at)
{
    struct spiral_session *session = view->session;
    const double unit = view->ui.page->scale, line = spiral_text_measure(view->ui.page, SPIRAL_TEXT_tick, "0", NULL).height, height = line + 10.0 * unit;
    double x = at.x, speed = log2(session->speed);
    char text[48];
    scrub(view, (struct spiral_rectangle){at.x, at.y, at.width, 2.0 * line});
    const double y = at.y + 2.0 * line + 10.0 * unit;
    if (button(view, &x, y, height, spiral_phrase(view, session->playing ? SPIRAL_PHRASE_pause : SPIRAL_PHRASE_play), session->playing))
        session->playing = !session->playing;
    if (button(view, &x, y, height, spiral_phrase(view, SPIRAL_PHRASE_step), false))
        spiral_session_seek(session, session->present + 1);
    if (button(view, &x, y, height, spiral_phrase(view, SPIRAL_PHRASE_restart), false))
        spiral_view_restart(view, false);
    if (button(view, &x, y, height, spiral_phrase(view, SPIRAL_PHRASE_new_seed), false))
        spiral_view_restart(view, true);
    x += 8.0 * unit;
    snprintf(text, sizeof text, "%g", session->speed >= 1.0 ? round(session->speed * 10.0) / 10.0 : round(session->speed * 100.0) / 100.0);
    if (spiral_ui_slider(&view->ui, (struct spiral_rectangle){x, y - 2.0 * unit, 130.0 * unit, height}, spiral_phrase(view, SPIRAL_PHRASE_years_second), &speed,
                         log2(SPIRAL_SLOWEST), log2(SPIRAL_FASTEST), text))
        spiral_session_set_speed(session, exp2(speed));
    x += 146.0 * unit;
    if (button(view, &x, y, height, spiral_phrase(view, SPIRAL_PHRASE_branch), false))
        spiral_view_branch(view);
    if (button(view, &x, y, height, spiral_phrase(view, SPIRAL_PHRASE_undo), false)) {
        struct spiral_error error;
        spiral_view_tell(view, spiral_session_undo(session, &error), &error);
    }
    if (button(view, &x, y, height, spiral_phrase(view, SPIRAL_PHRASE_save), false))
        spiral_view_save(view);
    if (button(view, &x, y, height, spiral_phrase(view, SPIRAL_PHRASE_export), false))
        spiral_view_export(view);
    if (button(view, &x, y, height, spiral_phrase(view, SPIRAL_PHRASE_help), view->help))
        view->help = !view->help;
}

void spiral_view_draw_risk(struct spiral_view *view, struct spiral_page *page, struct spiral_rectangle at)
{
    const struct spiral_live_result *result = spiral_live_fan_latest(view->fan);
    const struct spiral_plan *plan = view->session->plan;
    char text[96], date[12];
    spiral_date_format(spiral_plan_date(plan, plan->steps), date);
    snprintf(text, sizeof text, "%s %.4s", spiral_phrase(view, SPIRAL_PHRASE_risk_by_end), date);
    double y = at.y + spiral_text_draw(page, SPIRAL_TEXT_note, text, at.x, at.y, 0.0, 0.0, NULL).height;
    const bool war = spiral_session_reached(view->session, 5.0);
    if (war)
        snprintf(text, sizeof text, "%s", spiral_phrase(view, SPIRAL_PHRASE_so_far_war));
    else if (result == NULL)
        snprintf(text, sizeof text, "…");
    else
        snprintf(text, sizeof text, "%.0f %%", 100.0 * result->war[result->steps]);
    y += spiral_text_draw(page, SPIRAL_TEXT_figure, text, at.x, y, 0.0, 0.0, &(struct spiral_text_form){.color = &page->theme->series[SPIRAL_COLOR_WAR]}).height;
    if (result != NULL && result->compared && view->session->choice_count > 0) {
        snprintf(text, sizeof text, "%s: %.0f %% → %.0f %%", spiral_phrase(view, SPIRAL_PHRASE_before), 100.0 * result->war_before, 100.0 * result->war_after);
        spiral_text_draw(page, SPIRAL_TEXT_note, text, at.x, y, 0.0, 0.0, &(struct spiral_text_form){.width = at.width});
    }
}

void spiral_view_draw_plane(struct spiral_view *view, struct spiral_page *page, struct spiral_rectangle at)
{
    const struct spiral_session *session = view->session;
    const double line = spiral_text_measure(page, SPIRAL_TEXT_note, "0", NULL).height;
    const struct spiral_panel panel = {.at = {at.x, at.y + line + 2.0, at.width, at.height - 2.0 * line - 6.0}, .x = {0.2, 1.0, false}, .y = {0.0, 0.7, false}};
    const struct spiral_stroke dashed = {page->theme->muted, 0.7, 0.5, true};
    spiral_page_color(page, page->theme->series[SPIRAL_COLOR_FORCE], 0.16); /* the trap */
    cairo_rectangle(page->cr, spiral_panel_x(&panel, SPIRAL_HIGH_CONSTRAINT), panel.at.y, panel.at.x + panel.at.width - spiral_panel_x(&panel, SPIRAL_HIGH_CONSTRAINT),
                    spiral_panel_y(&panel, SPIRAL_HIGH_DEPENDENCE) - panel.at.y);
    cairo_fill(page->cr);
    spiral_marks_vertical(page, &panel, SPIRAL_HIGH_CONSTRAINT, dashed);
    spiral_marks_horizontal(page, &panel, SPIRAL_HIGH_DEPENDENCE, dashed);
    double x[1024], y[1024];
    const long stride = session->present / 1000 + 1;
    size_t count = 0;
    for (long step = 0; step <= session->present && count < 1024; step += stride) {
        x[count] = session->rows[step][SPIRAL_QUANTITY_constraint];
        y[count++] = session->rows[step][SPIRAL_QUANTITY_dependence];
    }
    spiral_marks_line(page, &panel, x, y, count, (struct spiral_stroke){page->theme->series[SPIRAL_COLOR_SMALL], 0.9, 0.9, false});
    const double now_x = session->rows[session->present][SPIRAL_QUANTITY_constraint], now_y = session->rows[session->present][SPIRAL_QUANTITY_dependence];
    spiral_marks_dot(page, &panel, now_x, fmin(now_y, panel.y.high), 4.0, page->theme->series[SPIRAL_COLOR_SMALL], false);
    cairo_rectangle(page->cr, panel.at.x, panel.at.y, panel.at.width, panel.at.height);
    spiral_page_color(page, page->theme->muted, 0.8);
    cairo_set_line_width(page->cr, 0.8);
    cairo_stroke(page->cr);
    const enum spiral_quadrant quadrant = spiral_quadrant_of(now_x, now_y);
    spiral_text_draw(page, SPIRAL_TEXT_note, spiral_label_in(&spiral_quadrant_labels[quadrant], view->language), at.x, at.y, 0.0, 0.0,
                     &(struct spiral_text_form){.color = &page->theme->ink});
    spiral_text_draw(page, SPIRAL_TEXT_note, spiral_word(SPIRAL_WORD_constraint, view->language), at.x + at.width, at.y + at.height, 1.0, 1.0, NULL);
    spiral_text_draw(page, SPIRAL_TEXT_note, spiral_word(SPIRAL_WORD_dependence, view->language), panel.at.x + 4.0, panel.at.y + 3.0, 0.0, 0.0, NULL);
}
