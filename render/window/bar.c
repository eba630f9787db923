/* SPDX-License-Identifier: MIT */
#include "render/window/bar.h"

#include <math.h>
#include <stdio.h>

#include "render/live/actors.h"
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

/* The years that the panels show as a slider below them, with ticks where choices were made: its
 * knob is under the clock's line. */
static void draw_time_slider(struct spiral_ui *ui, struct spiral_session *session,
                             enum spiral_language language, const struct spiral_panel *axis,
                             struct spiral_rectangle at)
{
    struct spiral_page *page = ui->page;
    const struct spiral_plan *plan = session->plan;
    const double from = (axis->x.low - plan->start) / plan->dt;
    const double until = (axis->x.high - plan->start) / plan->dt;
    const double shown = fmin(fmax(session->time, from), until);
    double time = shown;
    char date[12];
    char title[SPIRAL_SESSION_TITLE];

    spiral_session_title(session, spiral_language_code(language), title);
    spiral_date_format(session->plan->start + session->time * session->plan->dt, date);

    for (size_t i = 0; i < session->choice_count; i++) {
        const double step = (double)session->choices[i].step;
        const double x = at.x + at.width * (step - from) / (until - from);

        if (!session->choices[i].dated || step < from || step > until)
            continue;
        spiral_page_color(page, page->theme->series[SPIRAL_COLOR_INDEX], 1.0);
        cairo_rectangle(page->cr, x - 1.0, at.y + at.height - 6.0 * page->scale, 2.0,
                        6.0 * page->scale);
        cairo_fill(page->cr);
    }

    if (spiral_ui_slider(ui, at, title, &time, from, until, date))
        spiral_session_seek(session, (long)(time + 0.5));
    spiral_ui_say(ui, title, SPIRAL_SENTENCE_time, language);
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
    spiral_ui_say(ui, spiral_phrase(SPIRAL_PHRASE_years_second, language), SPIRAL_SENTENCE_speed,
                  language);
}

enum spiral_action spiral_bar_draw(struct spiral_ui *ui, struct spiral_session *session,
                                   enum spiral_language language, const struct spiral_panel *axis,
                                   struct spiral_rectangle at)
{
    enum { BEFORE_SPEED = 4, BUTTONS = 12 };
    const struct {
        enum spiral_phrase label;
        enum spiral_sentence sentence;
        enum spiral_action action;
        bool on;
    } buttons[BUTTONS] = {
        {session->playing ? SPIRAL_PHRASE_pause : SPIRAL_PHRASE_play, SPIRAL_SENTENCE_play,
         SPIRAL_ACTION_PLAY, session->playing},
        {SPIRAL_PHRASE_step, SPIRAL_SENTENCE_step, SPIRAL_ACTION_STEP_ON, false},
        {SPIRAL_PHRASE_restart, SPIRAL_SENTENCE_restart, SPIRAL_ACTION_RESTART, false},
        {SPIRAL_PHRASE_new_seed, SPIRAL_SENTENCE_new_seed, SPIRAL_ACTION_NEW_SEED, false},
        {SPIRAL_PHRASE_branch, SPIRAL_SENTENCE_branch, SPIRAL_ACTION_BRANCH, false},
        {SPIRAL_PHRASE_undo, SPIRAL_SENTENCE_undo, SPIRAL_ACTION_UNDO, false},
        {SPIRAL_PHRASE_redo, SPIRAL_SENTENCE_redo, SPIRAL_ACTION_REDO, false},
        {SPIRAL_PHRASE_why, SPIRAL_SENTENCE_why, SPIRAL_ACTION_WHY, false},
        {SPIRAL_PHRASE_save, SPIRAL_SENTENCE_save, SPIRAL_ACTION_SAVE, false},
        {SPIRAL_PHRASE_export, SPIRAL_SENTENCE_export, SPIRAL_ACTION_EXPORT, false},
        {SPIRAL_PHRASE_cases, SPIRAL_SENTENCE_cases, SPIRAL_ACTION_CASES, false},
        {SPIRAL_PHRASE_help, SPIRAL_SENTENCE_help, SPIRAL_ACTION_HELP, false},
    };
    const double unit = ui->page->scale;
    const double line = spiral_text_measure(ui->page, SPIRAL_TEXT_tick, "0", NULL).height;
    const double height = line + 10.0 * unit;
    const double y = at.y + 2.0 * line + 10.0 * unit;
    double x = at.x;
    enum spiral_action action = SPIRAL_ACTION_NONE;

    draw_time_slider(ui, session, language, axis,
                     (struct spiral_rectangle){axis->at.x, at.y, axis->at.width, 2.0 * line});

    for (int i = 0; i < BUTTONS; i++) {
        if (i == BEFORE_SPEED) {
            x += 8.0 * unit;
            draw_speed_slider(ui, session, language,
                              (struct spiral_rectangle){x, y - 2.0 * unit, 130.0 * unit, height});
            x += 146.0 * unit;
        }

        ui->disabled =
            (buttons[i].action == SPIRAL_ACTION_UNDO && session->history.undo_count == 0) ||
            (buttons[i].action == SPIRAL_ACTION_REDO && session->history.redo_count == 0);
        if (draw_button(ui, &x, y, height, spiral_phrase(buttons[i].label, language),
                        buttons[i].on))
            action = buttons[i].action;
        ui->disabled = false;
        spiral_ui_say(ui, spiral_phrase(buttons[i].label, language), buttons[i].sentence, language);
    }

    return action;
}
