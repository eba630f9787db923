/* SPDX-License-Identifier: MIT */
#include "render/window/bar.h"

#include <math.h>
#include <stdio.h>

#include "render/window/ui/phrases.h"

/* A button as wide as its label; x moves on to the next one. */
static bool draw_button(struct spiral_ui *ui, double *x, double y, double height, const char *label,
                        bool on)
{
    const double width =
        spiral_text_measure(ui->page, SPIRAL_TEXT_tick, label, NULL).width + 18.0 * ui->page->scale;
    const struct spiral_rectangle at = {*x, y, width, height};

    *x += width + 5.0 * ui->page->scale;

    return spiral_ui_button(ui, at, label, on);
}

/* The whole run as a slider, with ticks where choices were made. */
static void draw_time_slider(struct spiral_ui *ui, struct spiral_session *session,
                             enum spiral_language language, struct spiral_rectangle at)
{
    struct spiral_page *page = ui->page;
    const double steps = (double)session->plan->steps;
    double time = session->time;
    char date[12];

    spiral_date_format(session->plan->start + session->time * session->plan->dt, date);

    for (size_t i = 0; i < session->choice_count; i++) {
        const double x = at.x + at.width * (double)session->choices[i].step / steps;

        if (!session->choices[i].dated)
            continue;
        spiral_page_color(page, page->theme->series[SPIRAL_COLOR_INDEX], 1.0);
        cairo_rectangle(page->cr, x - 1.0, at.y + at.height - 6.0 * page->scale, 2.0,
                        6.0 * page->scale);
        cairo_fill(page->cr);
    }

    if (spiral_ui_slider(ui, at, spiral_figure_title(&session->scenario, language), &time, 0.0,
                         steps, date))
        spiral_session_seek(session, (long)(time + 0.5));
}

static void draw_speed_slider(struct spiral_ui *ui, struct spiral_session *session,
                              enum spiral_language language, struct spiral_rectangle at)
{
    const double digits = session->speed >= 1.0 ? 10.0 : 100.0;
    double speed = log2(session->speed);
    char text[48];

    snprintf(text, sizeof text, "%g", round(session->speed * digits) / digits);
    if (spiral_ui_slider(ui, at, spiral_phrase(SPIRAL_PHRASE_years_second, language), &speed,
                         log2(SPIRAL_SLOWEST), log2(SPIRAL_FASTEST), text))
        spiral_session_set_speed(session, exp2(speed));
}

enum spiral_action spiral_bar_draw(struct spiral_ui *ui, struct spiral_session *session, bool help,
                                   enum spiral_language language, struct spiral_rectangle at)
{
    enum { BEFORE_SPEED = 4, BUTTONS = 9 };
    const struct {
        enum spiral_phrase label;
        enum spiral_action action;
        bool on;
    } buttons[BUTTONS] = {
        {session->playing ? SPIRAL_PHRASE_pause : SPIRAL_PHRASE_play, SPIRAL_ACTION_PLAY,
         session->playing},
        {SPIRAL_PHRASE_step, SPIRAL_ACTION_STEP_ON, false},
        {SPIRAL_PHRASE_restart, SPIRAL_ACTION_RESTART, false},
        {SPIRAL_PHRASE_new_seed, SPIRAL_ACTION_NEW_SEED, false},
        {SPIRAL_PHRASE_branch, SPIRAL_ACTION_BRANCH, false},
        {SPIRAL_PHRASE_undo, SPIRAL_ACTION_UNDO, false},
        {SPIRAL_PHRASE_save, SPIRAL_ACTION_SAVE, false},
        {SPIRAL_PHRASE_export, SPIRAL_ACTION_EXPORT, false},
        {SPIRAL_PHRASE_help, SPIRAL_ACTION_HELP, help},
    };
    const double unit = ui->page->scale;
    const double line = spiral_text_measure(ui->page, SPIRAL_TEXT_tick, "0", NULL).height;
    const double height = line + 10.0 * unit;
    const double y = at.y + 2.0 * line + 10.0 * unit;
    double x = at.x;
    enum spiral_action action = SPIRAL_ACTION_NONE;

    draw_time_slider(ui, session, language,
                     (struct spiral_rectangle){at.x, at.y, at.width, 2.0 * line});

    for (int i = 0; i < BUTTONS; i++) {
        if (i == BEFORE_SPEED) {
            x += 8.0 * unit;
            draw_speed_slider(ui, session, language,
                              (struct spiral_rectangle){x, y - 2.0 * unit, 130.0 * unit, height});
            x += 146.0 * unit;
        }

        if (draw_button(ui, &x, y, height, spiral_phrase(buttons[i].label, language),
                        buttons[i].on))
            action = buttons[i].action;
    }

    return action;
}
