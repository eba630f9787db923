/* SPDX-License-Identifier: MIT
 *
 * The clock with its buttons.
 */
#include <math.h>
#include <stdio.h>

#include "render/window/view.h"

static bool button(struct spiral_view *view, double *x, double y, double height, const char *label,
                   bool on)
{
    const double width = spiral_text_measure(view->ui.page, SPIRAL_TEXT_tick, label, NULL).width +
                         18.0 * view->ui.page->scale;
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
            const double x =
                at.x + at.width * (double)session->choices[i].step / (double)session->plan->steps;
            spiral_page_color(page, page->theme->series[SPIRAL_COLOR_INDEX], 1.0);
            cairo_rectangle(page->cr, x - 1.0, at.y + at.height - 6.0 * page->scale, 2.0,
                            6.0 * page->scale);
            cairo_fill(page->cr);
        }
    if (spiral_ui_slider(&view->ui, at, spiral_figure_title(&session->scenario, view->language),
                         &time, 0.0, (double)session->plan->steps, date))
        spiral_session_seek(session, (long)(time + 0.5));
}

void spiral_view_draw_bar(struct spiral_view *view, struct spiral_rectangle at)
{
    struct spiral_session *session = view->session;
    const double unit = view->ui.page->scale;
    const double line = spiral_text_measure(view->ui.page, SPIRAL_TEXT_tick, "0", NULL).height;
    const double height = line + 10.0 * unit;
    double x = at.x;
    double speed = log2(session->speed);
    char text[48];

    scrub(view, (struct spiral_rectangle){at.x, at.y, at.width, 2.0 * line});

    const double y = at.y + 2.0 * line + 10.0 * unit;

    if (button(view, &x, y, height,
               spiral_phrase(view, session->playing ? SPIRAL_PHRASE_pause : SPIRAL_PHRASE_play),
               session->playing))
        session->playing = !session->playing;
    if (button(view, &x, y, height, spiral_phrase(view, SPIRAL_PHRASE_step), false))
        spiral_session_seek(session, session->present + 1);
    if (button(view, &x, y, height, spiral_phrase(view, SPIRAL_PHRASE_restart), false))
        spiral_view_restart(view, false);
    if (button(view, &x, y, height, spiral_phrase(view, SPIRAL_PHRASE_new_seed), false))
        spiral_view_restart(view, true);
    x += 8.0 * unit;
    snprintf(text, sizeof text, "%g",
             session->speed >= 1.0 ? round(session->speed * 10.0) / 10.0
                                   : round(session->speed * 100.0) / 100.0);
    if (spiral_ui_slider(&view->ui,
                         (struct spiral_rectangle){x, y - 2.0 * unit, 130.0 * unit, height},
                         spiral_phrase(view, SPIRAL_PHRASE_years_second), &speed,
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
