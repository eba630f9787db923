/* SPDX-License-Identifier: MIT */
#include "render/window/headline.h"

#include <math.h>
#include <stdio.h>

#include "render/window/ui/phrases.h"

/* A heading, a value in large letters (of a size against the usual one), and a note below. Returns
 * the width of the widest. */
static double draw_block(struct spiral_page *page, double x, double y, double size,
                         const char *heading, const char *value, const char *note)
{
    const double scale = page->scale;
    const double line = spiral_text_measure(page, SPIRAL_TEXT_note, heading, NULL).height;
    const double large = spiral_text_measure(page, SPIRAL_TEXT_headline, "0", NULL).height;
    const struct spiral_text_form form = {.color = &page->theme->series[SPIRAL_COLOR_WAR]};
    double width = spiral_text_draw(page, SPIRAL_TEXT_note, heading, x, y, 0.0, 0.0, NULL).width;

    page->scale = scale * size;
    width = fmax(width, spiral_text_draw(page, SPIRAL_TEXT_headline, value, x,
                                         y + line + 0.5 * large, 0.0, 0.5, &form)
                            .width);
    page->scale = scale;

    return fmax(
        width,
        spiral_text_draw(page, SPIRAL_TEXT_note, note, x, y + line + large, 0.0, 0.0, NULL).width);
}

/* "1,000 runs, 95 % 60–66 %" */
static void write_runs(char text[96], double share, uint64_t runs, enum spiral_language language)
{
    const struct spiral_interval interval =
        spiral_wilson((uint64_t)llround(share * (double)runs), runs);
    char low[24];
    char high[24];

    spiral_figure_percent(low, interval.low);
    spiral_figure_percent(high, interval.high);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
    snprintf(text, 96, spiral_phrase(SPIRAL_PHRASE_of_runs, language), (unsigned long long)runs,
             low, high);
#pragma GCC diagnostic pop
}

/* The month in which the run's hostility was first so high. */
static void write_month(const struct spiral_session *session, double level, char date[12])
{
    long step = 0;

    while (step < session->present && session->rows[step][SPIRAL_QUANTITY_hostility] < level)
        step++;
    spiral_date_format(spiral_plan_date(session->plan, step), date);
}

/* What has happened in the run is told from the risk: that it has come to war, and, at its end,
 * that it has not. */
static void tell_run(const struct spiral_session *session, enum spiral_language language,
                     char heading[96], char value[48], char note[160])
{
    const bool is_at_end = session->present >= session->plan->steps;
    char date[12];

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
    if (spiral_session_reached(session, 5.0)) {
        snprintf(value, 48, "%s", spiral_phrase(SPIRAL_PHRASE_so_far_war, language));
        write_month(session, 5.0, date);
        snprintf(note, 160, spiral_phrase(SPIRAL_PHRASE_since, language), date);
    } else if (is_at_end && spiral_session_reached(session, 4.0)) {
        snprintf(value, 48, "%s", spiral_phrase(SPIRAL_PHRASE_no_war, language));
        write_month(session, 4.0, date);
        snprintf(note, 160, spiral_phrase(SPIRAL_PHRASE_came_to_force, language), date);
    } else if (is_at_end) {
        snprintf(value, 48, "%s", spiral_phrase(SPIRAL_PHRASE_no_war, language));
        snprintf(note, 160, "%s", spiral_phrase(SPIRAL_PHRASE_no_force, language));
    }
#pragma GCC diagnostic pop

    if (is_at_end)
        snprintf(heading, 96, "%s", spiral_phrase(SPIRAL_PHRASE_run_at_end, language));
}

/* A place of the headline says what it is. */
static void say(struct spiral_ui *ui, struct spiral_rectangle at, const char *heading,
                enum spiral_sentence sentence, const char *facts, enum spiral_language language)
{
    spiral_ui_place(ui, at);
    spiral_ui_explain(ui, heading, spiral_sentence(sentence, language), facts, "");
}

void spiral_headline_draw(struct spiral_ui *ui, const struct spiral_session *session,
                          const struct spiral_live_result *result, bool asking,
                          enum spiral_language language, struct spiral_rectangle at)
{
    struct spiral_page *page = ui->page;
    const char *force = spiral_phrase(SPIRAL_PHRASE_use_of_force, language);
    char heading[96];
    char value[48];
    char note[160] = "";
    char runs[96] = "";
    char date[12];

    spiral_date_format(spiral_plan_date(session->plan, session->plan->steps), date);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
    snprintf(heading, sizeof heading, spiral_phrase(SPIRAL_PHRASE_risk_by_end, language), date);

    if (asking) {
        snprintf(value, sizeof value, "?");
        snprintf(note, sizeof note, "%s", spiral_phrase(SPIRAL_PHRASE_predict, language));
    } else if (result == NULL) {
        snprintf(value, sizeof value, "…");
    } else {
        snprintf(value, sizeof value, "%.0f %%", 100.0 * result->war[result->steps]);
        snprintf(note, sizeof note, "%s %.0f %%", force, 100.0 * result->force[result->steps]);
        write_runs(runs, result->war[result->steps], result->runs, language);
        if (result->by_constants)
            snprintf(note, sizeof note, "%s %.0f–%.0f %%\n%s %.0f %%",
                     spiral_phrase(SPIRAL_PHRASE_constants_may_be, language),
                     100.0 * result->war_by_constants.low, 100.0 * result->war_by_constants.high,
                     force, 100.0 * result->force[result->steps]);
    }

#pragma GCC diagnostic pop

    if (!asking)
        tell_run(session, language, heading, value, note);

    const double used =
        draw_block(page, at.x, at.y, 1.0, heading, value, note) + 18.0 * page->scale;

    say(ui, (struct spiral_rectangle){at.x, at.y, used - 18.0 * page->scale, at.height}, heading,
        SPIRAL_SENTENCE_headline, runs, language);
    if (asking || result == NULL || !result->compared || session->choice_count == 0)
        return;
    snprintf(value, sizeof value, "%.0f → %.0f %%", 100.0 * result->war_before,
             100.0 * result->war_after);
    snprintf(note, sizeof note, "%s %.0f → %.0f %%", force, 100.0 * result->force_before,
             100.0 * result->force_after);

    const double width =
        draw_block(page, at.x + used, at.y, 0.72,
                   spiral_phrase(SPIRAL_PHRASE_last_choice, language), value, note);

    say(ui, (struct spiral_rectangle){at.x + used, at.y, width, at.height},
        spiral_phrase(SPIRAL_PHRASE_last_choice, language), SPIRAL_SENTENCE_last_choice, "",
        language);
}
