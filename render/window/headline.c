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

void spiral_headline_draw(struct spiral_page *page, const struct spiral_session *session,
                          const struct spiral_live_result *result, bool asking,
                          enum spiral_language language, struct spiral_rectangle at)
{
    const char *force = spiral_phrase(SPIRAL_PHRASE_force_by_end, language);
    char heading[96];
    char value[48];
    char note[160];
    char date[12];

    spiral_date_format(spiral_plan_date(session->plan, session->plan->steps), date);
    snprintf(heading, sizeof heading, "%s %.4s", spiral_phrase(SPIRAL_PHRASE_risk_by_end, language),
             date);

    if (asking) {
        snprintf(value, sizeof value, "?");
        snprintf(note, sizeof note, "%s", spiral_phrase(SPIRAL_PHRASE_predict, language));
    } else if (result == NULL) {
        snprintf(value, sizeof value, "…");
        note[0] = '\0';
    } else {
        snprintf(value, sizeof value, "%.0f %%", 100.0 * result->war[result->steps]);
        snprintf(note, sizeof note, "%s %.0f %%", force, 100.0 * result->force[result->steps]);
        if (result->by_constants)
            snprintf(note, sizeof note, "%s %.0f-%.0f %%; %s %.0f %%",
                     spiral_phrase(SPIRAL_PHRASE_constants_may_be, language),
                     100.0 * result->war_by_constants.low, 100.0 * result->war_by_constants.high,
                     force, 100.0 * result->force[result->steps]);
    }

    /* the run itself has come to war */
    if (spiral_session_reached(session, 5.0))
        snprintf(value, sizeof value, "%s", spiral_phrase(SPIRAL_PHRASE_so_far_war, language));

    const double used =
        draw_block(page, at.x, at.y, 1.0, heading, value, note) + 18.0 * page->scale;

    if (asking || result == NULL || !result->compared || session->choice_count == 0)
        return;
    snprintf(value, sizeof value, "%.0f → %.0f %%", 100.0 * result->war_before,
             100.0 * result->war_after);
    snprintf(note, sizeof note, "%s %.0f → %.0f %%", force, 100.0 * result->force_before,
             100.0 * result->force_after);
    draw_block(page, at.x + used, at.y, 0.72, spiral_phrase(SPIRAL_PHRASE_last_choice, language),
               value, note);
}
