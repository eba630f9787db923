/* SPDX-License-Identifier: MIT
 *
 * The stage: where its panels stand, and what is drawn in which order.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "render/window/plot/plot.h"

double spiral_stage_date(const struct spiral_stage *stage, double step)
{
    const struct spiral_plan *plan = stage->view->session->plan;
    return plan->start + step * plan->dt;
}

bool spiral_stage_hidden(const struct spiral_stage *stage, int what)
{
    return (stage->view->hidden >> what & 1) != 0;
}

/* --- the panels ------------------------------------------------------------------------------- */

/* The room to the right that labels take. */
static double label_room(const struct spiral_stage *stage)
{
    double room = 0.0;
    char text[112];

    for (int c = 0; c < SPIRAL_STAGE_CURVES; c++) {
        snprintf(text, sizeof text, "%s 0.00",
                 spiral_stage_label(stage->view, spiral_stage_curves[c].what));
        room = fmax(room, spiral_text_measure(stage->page, SPIRAL_TEXT_note, text, NULL).width);
    }

    return room;
}

static void place(struct spiral_stage *stage, struct spiral_rectangle at)
{
    static const struct {
        double share, high;
    } panels[SPIRAL_STAGE_PANELS] = {
        {0.37, 100.0}, {0.15, 1.0}, {0.27, 1.0}, {0.21, 1.0}, {0.0, 1.0}};
    const double line = spiral_text_measure(stage->page, SPIRAL_TEXT_axis, "0", NULL).height;
    const double unit = stage->page->scale;
    const double name = line + 5.0 * unit;
    const double left =
        at.x + spiral_text_measure(stage->page, SPIRAL_TEXT_tick, "100 %", NULL).width + 6.0 * unit;
    const double width = at.x + at.width - label_room(stage) - 12.0 * unit - left;
    const double foot = line + 8.0 * unit;
    const double ladder = 2.9 * line;
    const double between = 5.0 * unit;
    const double room = at.height - SPIRAL_STAGE_PANELS * name - foot - ladder -
                        (SPIRAL_STAGE_PANELS - 1) * between;
    double y = at.y + name;

    for (int p = 0; p < SPIRAL_STAGE_PANELS; p++) {
        const double height = p == SPIRAL_PANEL_ladder ? ladder : panels[p].share * room;
        stage->panel[p] = (struct spiral_panel){.at = {left, y, width, height},
                                                .x = {stage->view->from, stage->view->until, false},
                                                .y = {0.0, panels[p].high, false}};
        y += height + between + name;
    }

    stage->years =
        spiral_ticks_years(stage->view->from, stage->view->until, (int)(width / (4.2 * line)));
}

void spiral_stage_draw_axes(struct spiral_stage *stage)
{
    const struct spiral_view *view = stage->view;
    const char *const names[SPIRAL_STAGE_PANELS] = {spiral_stage_label(view,
                                                                       SPIRAL_QUANTITY_escalation),
                                                    spiral_phrase(view, SPIRAL_PHRASE_risk_by_date),
                                                    spiral_phrase(view, SPIRAL_PHRASE_perceptions),
                                                    spiral_phrase(view, SPIRAL_PHRASE_alliance),
                                                    spiral_phrase(view, SPIRAL_PHRASE_ladder)};

    for (int p = 0; p < SPIRAL_STAGE_PANELS; p++) {
        const struct spiral_panel *panel = &stage->panel[p];
        const int ticks = panel->at.height > 120.0 * stage->page->scale ? 6 : 3;
        const struct spiral_ticks y = p == SPIRAL_PANEL_risk
                                          ? spiral_ticks_percent(0.0, 1.0, ticks)
                                          : spiral_ticks_linear(0.0, panel->y.high, ticks);
        spiral_panel_draw_axes(stage->page, panel,
                               &(struct spiral_panel_axes){.x = &stage->years,
                                                           .y =
                                                               p == SPIRAL_PANEL_ladder ? NULL : &y,
                                                           .x_labels = p == SPIRAL_PANEL_ladder,
                                                           .y_labels = true,
                                                           .x_grid = p != SPIRAL_PANEL_ladder,
                                                           .y_grid = true,
                                                           .y_name = names[p]});
    }
}

/* One level from a step to another, in the upper half (this run) or the lower (observed). */
static void draw_block(struct spiral_stage *stage, long from, long to, int level, int half)
{
    struct spiral_panel part = stage->panel[SPIRAL_PANEL_ladder];
    const double height = 0.5 * part.at.height - 1.0;

    part.at.y += half * (height + 2.0);
    part.at.height = height;
    spiral_marks_bar(stage->page, &part, spiral_stage_date(stage, (double)from),
                     spiral_stage_date(stage, (double)to), 0.5, height,
                     stage->page->theme->level[level - 1], 1.0);
}

static int level_of(const struct spiral_session *session, long step, int half)
{
    return half == 0 ? (int)session->rows[step][SPIRAL_QUANTITY_hostility]
                     : spiral_stage_observed(session, step);
}

/* Levels of this run above, what was observed below, each appearing with its date. */
static void draw_ladder(struct spiral_stage *stage)
{
    const struct spiral_session *session = stage->view->session;
    const struct spiral_panel *panel = &stage->panel[SPIRAL_PANEL_ladder];
    char text[64];

    for (int half = 0; half < 2; half++) {
        for (long step = 1, end; step <= session->present; step = end) {
            const int level = level_of(session, step, half);
            for (end = step + 1; end <= session->present && level_of(session, end, half) == level;)
                end++;
            if (level > 0)
                draw_block(stage, step - 1, end - 1, level, half);
        }

        const int level = level_of(session, session->present, half);
        if (half == 0)
            snprintf(text, sizeof text, "%d %s", level,
                     spiral_label_in(&spiral_level_labels[level - 1], stage->view->language));
        else
            snprintf(text, sizeof text, "%d %s", level,
                     spiral_word(SPIRAL_WORD_observed, stage->view->language));

        if (level > 0)
            spiral_text_draw(stage->page, SPIRAL_TEXT_note, text,
                             panel->at.x + panel->at.width + 8.0 * stage->page->scale,
                             panel->at.y + (0.25 + 0.5 * half) * panel->at.height, 0.0, 0.5, NULL);
    }
}

/* --- both ------------------------------------------------------------------------------------- */

static struct spiral_stage *stage_at(struct spiral_view *view, struct spiral_page *page,
                                     struct spiral_rectangle at, bool live)
{
    struct spiral_stage *stage = malloc(sizeof *stage);

    if (stage == NULL)
        return NULL;
    *stage = (struct spiral_stage){.view = view,
                                   .page = page,
                                   .live = live,
                                   .result = spiral_view_is_asking(view)
                                                 ? NULL
                                                 : spiral_live_fan_latest(view->fan)};
    place(stage, at);

    return stage;
}

static void draw_run(struct spiral_stage *stage)
{
    const double now = spiral_stage_date(stage, stage->view->session->time);

    draw_ladder(stage);
    spiral_stage_draw_past(stage);
    spiral_stage_draw_events(stage);
    for (int p = 0; p < SPIRAL_STAGE_PANELS; p++)
        spiral_marks_vertical(stage->page, &stage->panel[p], now,
                              (struct spiral_stroke){stage->page->theme->ink, 0.7, 0.6, false});
    spiral_stage_draw_labels(stage);
    spiral_stage_draw_pointer(stage);
}

void spiral_view_draw_ground(struct spiral_view *view, struct spiral_page *page,
                             struct spiral_rectangle at)
{
    struct spiral_stage *stage = stage_at(view, page, at, true);
    spiral_stage_lay_ground(stage, page, at);
    free(stage);
}

void spiral_view_draw_stage(struct spiral_view *view, struct spiral_page *page,
                            struct spiral_rectangle at, bool live)
{
    struct spiral_stage *stage = stage_at(view, page, at, live);

    if (stage == NULL)
        return;
    spiral_stage_zoom(stage);

    if (!live) {
        spiral_stage_draw_axes(stage);
        for (int p = 0; p < SPIRAL_STAGE_PANELS; p++)
            spiral_stage_draw_ground(stage, (enum spiral_stage_panel)p);
    }

    draw_run(stage);
    free(stage);
}
