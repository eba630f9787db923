/* SPDX-License-Identifier: MIT *
 * The hostility ladder of the plot.
 */
#include <stdio.h>

#include "render/window/plot/overlay.h"

int spiral_plot_observed(const struct spiral_session *session, long step)
{
    int worst = 0;

    for (int rival = 0; rival < session->plan->layout.count[SPIRAL_OF_RIVAL]; rival++) {
        const int level = spiral_session_observed(session, rival, step);
        worst = level > worst ? level : worst;
    }

    return worst;
}

/* One level from a step to another, in the upper half (this run) or the lower (observed). */
static void draw_level(struct spiral_plot_drawing *drawing, long from, long to, int level, int half)
{
    struct spiral_panel part = drawing->panel[SPIRAL_PANEL_ladder];
    const double height = 0.5 * part.at.height - 1.0;

    part.at.y += half * (height + 2.0);
    part.at.height = height;
    spiral_marks_bar(drawing->page, &part, spiral_plot_date(drawing, (double)from),
                     spiral_plot_date(drawing, (double)to), 0.5, height,
                     drawing->page->theme->level[level - 1], 1.0);
}

static int level_of(const struct spiral_session *session, long step, int half)
{
    return half == 0 ? (int)session->rows[step][SPIRAL_QUANTITY_hostility]
                     : spiral_plot_observed(session, step);
}

void spiral_plot_draw_ladder(struct spiral_plot_drawing *drawing)
{
    const struct spiral_session *session = drawing->subject.session;
    const struct spiral_panel *panel = &drawing->panel[SPIRAL_PANEL_ladder];
    char text[64];

    for (int half = 0; half < 2 && spiral_plot_shows(drawing, SPIRAL_PANEL_ladder); half++) {
        for (long step = 1, end; step <= session->present; step = end) {
            const int level = level_of(session, step, half);
            for (end = step + 1; end <= session->present && level_of(session, end, half) == level;)
                end++;
            if (level > 0)
                draw_level(drawing, step - 1, end - 1, level, half);
        }

        const int level = level_of(session, session->present, half);
        if (half == 0)
            snprintf(text, sizeof text, "%d %s", level,
                     spiral_label_in(&spiral_level_labels[level - 1], drawing->subject.language));
        else
            snprintf(text, sizeof text, "%d %s", level,
                     spiral_word(SPIRAL_WORD_observed, drawing->subject.language));

        if (level > 0)
            spiral_text_draw(drawing->page, SPIRAL_TEXT_note, text,
                             panel->at.x + panel->at.width + 8.0 * drawing->page->scale,
                             panel->at.y + (0.25 + 0.5 * half) * panel->at.height, 0.0, 0.5, NULL);
    }
}
