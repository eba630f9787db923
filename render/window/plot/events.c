/* SPDX-License-Identifier: MIT
 *
 * What stands on the stage with a date: moves, choices, the pointer.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "render/window/plot/plot.h"

/* From the top of the first panel to the bottom of the last. */
static struct spiral_rectangle whole(const struct spiral_stage *stage)
{
    const struct spiral_rectangle *first = &stage->panel[0].at;
    const struct spiral_rectangle *last = &stage->panel[SPIRAL_PANEL_ladder].at;

    return (struct spiral_rectangle){first->x, first->y, first->width,
                                     last->y + last->height - first->y};
}

void spiral_stage_zoom(struct spiral_stage *stage)
{
    struct spiral_view *view = stage->view;
    const struct spiral_rectangle at = whole(stage);

    if (!stage->live || view->ui.wheel == 0.0 || !spiral_ui_inside(&view->ui, &at))
        return;
    const double share = (view->ui.x - at.x) / at.width;

    spiral_view_zoom(view, pow(0.8, view->ui.wheel),
                     view->from + share * (view->until - view->from));
}

/* --- moves and choices ------------------------------------------------------------------------ */

/* A line through the index at each date at which something was chosen. */
static void draw_choices(struct spiral_stage *stage)
{
    const struct spiral_session *session = stage->view->session;

    for (size_t i = 0; i < session->choice_count; i++)
        if (session->choices[i].dated)
            spiral_marks_vertical(
                stage->page, &stage->panel[SPIRAL_PANEL_index],
                spiral_stage_date(stage, (double)session->choices[i].step),
                (struct spiral_stroke){stage->page->theme->series[SPIRAL_COLOR_INDEX], 0.9, 0.8,
                                       true});
}

/* A triangle at the top. */
static void draw_mark(struct spiral_stage *stage, const struct spiral_panel *panel, double x,
                      int actor)
{
    const double unit = stage->page->scale;
    cairo_t *cr = stage->page->cr;

    cairo_move_to(cr, x - 3.5 * unit, panel->at.y);
    cairo_line_to(cr, x + 3.5 * unit, panel->at.y);
    cairo_line_to(cr, x, panel->at.y + 6.5 * unit);
    cairo_close_path(cr);
    spiral_page_color(
        stage->page,
        stage->page->theme->series[spiral_state_color(&stage->view->session->scenario, actor)],
        0.9);
    cairo_fill(cr);
}

static void draw_caption(struct spiral_stage *stage, const struct spiral_panel *panel,
                         const struct spiral_entry *entry)
{
    char text[256];
    const double unit = stage->page->scale;
    const double x = spiral_panel_x(panel, entry->date);
    const bool right = x > panel->at.x + 0.6 * panel->at.width;

    snprintf(text, sizeof text, "%.7s  %s", entry->date_text,
             spiral_figure_text(&entry->caption, stage->view->language));
    spiral_marks_vertical(stage->page, panel, entry->date,
                          (struct spiral_stroke){stage->page->theme->muted, 0.6, 0.5, false});

    const struct spiral_rectangle size =
        spiral_text_measure(stage->page, SPIRAL_TEXT_caption, text, NULL);
    const double left = right ? x - 6.0 * unit - size.width : x + 6.0 * unit;
    const double top = panel->at.y + 8.0 * unit;

    cairo_rectangle(stage->page->cr, left - 2.0 * unit, top, size.width + 4.0 * unit, size.height);
    spiral_page_color(stage->page, stage->page->theme->background, 0.85);
    cairo_fill(stage->page->cr);
    spiral_text_draw(stage->page, SPIRAL_TEXT_caption, text, left, top, 0.0, 0.0, NULL);
}

void spiral_stage_draw_events(struct spiral_stage *stage)
{
    const struct spiral_session *session = stage->view->session;
    const struct spiral_scenario *scenario = &session->scenario;
    const struct spiral_panel *panel = &stage->panel[SPIRAL_PANEL_index];
    const double now = spiral_stage_date(stage, session->time);
    const double unit = stage->page->scale;
    const struct spiral_rectangle top = {panel->at.x, panel->at.y - 10.0 * unit, panel->at.width,
                                         24.0 * unit};
    const bool pointed = stage->live && spiral_ui_inside(&stage->view->ui, &top);
    const struct spiral_entry *told = NULL;
    double nearest = 6.0 * unit; /* pixels */

    draw_choices(stage);

    for (size_t e = 0; e < scenario->entry_count; e++) {
        const struct spiral_entry *entry = &scenario->entries[e];
        if (entry->date > now || entry->date < panel->x.low || entry->date > panel->x.high)
            continue;

        const double x = spiral_panel_x(panel, entry->date);
        const double far = pointed ? fabs(stage->view->ui.x - x) : INFINITY;
        draw_mark(stage, panel, x, entry->actor);
        if (far < nearest || (nearest == 6.0 * unit && (told == NULL || entry->date >= told->date)))
            told = entry;
        nearest = fmin(nearest, far);
    }

    if (told != NULL && (nearest < 6.0 * unit || now - told->date <= 2.0))
        draw_caption(stage, panel, told);
}

/* --- the pointer ------------------------------------------------------------------------------ */

int spiral_stage_observed(const struct spiral_session *session, long step)
{
    int worst = 0;

    for (int rival = 0; rival < session->plan->layout.count[SPIRAL_OF_RIVAL]; rival++) {
        const int level = spiral_session_observed(session, rival, step);
        worst = level > worst ? level : worst;
    }

    return worst;
}

/* The date and what stands there. */
static void read(const struct spiral_stage *stage, double step, char text[1024])
{
    const struct spiral_view *view = stage->view;
    const struct spiral_session *session = view->session;
    char date[12];
    char value[16];

    spiral_date_format(spiral_stage_date(stage, step), date);

    int length = snprintf(text, 1024, "%s", date);
    const bool happened = step <= session->time;

    for (int c = 0; c < SPIRAL_STAGE_CURVES; c++) {
        const int what = spiral_stage_curves[c].what;
        if (spiral_stage_hidden(stage, what) || (!happened && what < SPIRAL_QUANTITIES))
            continue;
        spiral_stage_write(what, spiral_stage_value(stage, what, step), value);

        const char *label =
            what == SPIRAL_CURVE_war     ? spiral_word(SPIRAL_WORD_risk_of_war, view->language)
            : what == SPIRAL_CURVE_force ? spiral_word(SPIRAL_WORD_risk_of_force, view->language)
                                         : spiral_stage_label(view, what);
        length += snprintf(text + length, 1024 - (size_t)length, "\n%s %s", label, value);
    }

    if (!happened && stage->result != NULL && step >= (double)stage->result->from) {
        const double *band = stage->result->band[(long)step][SPIRAL_QUANTITY_escalation];
        length += snprintf(text + length, 1024 - (size_t)length, "\n%s %.0f–%.0f",
                           spiral_stage_label(view, SPIRAL_QUANTITY_escalation),
                           band[SPIRAL_BAND_05], band[SPIRAL_BAND_95]);
    }

    if (!happened)
        return;
    const long whole_step = (long)step;
    const int level = (int)session->rows[whole_step][SPIRAL_QUANTITY_hostility];
    const int observed = spiral_stage_observed(session, whole_step);

    length += snprintf(text + length, 1024 - (size_t)length, "\n%s %d %s",
                       spiral_stage_label(view, SPIRAL_QUANTITY_hostility), level,
                       spiral_label_in(&spiral_level_labels[level - 1], view->language));

    if (observed > 0)
        snprintf(text + length, 1024 - (size_t)length, "\n%s %d %s",
                 spiral_word(SPIRAL_WORD_observed, view->language), observed,
                 spiral_label_in(&spiral_level_labels[observed - 1], view->language));
}

void spiral_stage_draw_pointer(struct spiral_stage *stage)
{
    const struct spiral_view *view = stage->view;
    const struct spiral_session *session = view->session;
    const struct spiral_rectangle at = whole(stage);

    if (!stage->live || view->ui.open >= 0 || !spiral_ui_inside(&view->ui, &at))
        return;

    char text[1024];
    struct spiral_page *page = stage->page;
    const double year = view->from + (view->ui.x - at.x) / at.width * (view->until - view->from);
    const double pad = 6.0 * page->scale;

    read(stage,
         fmin(fmax((year - session->plan->start) / session->plan->dt, 0.0),
              (double)session->plan->steps),
         text);
    spiral_page_color(page, page->theme->muted, 0.7);
    cairo_set_line_width(page->cr, 1.0);
    cairo_move_to(page->cr, view->ui.x, at.y);
    cairo_line_to(page->cr, view->ui.x, at.y + at.height);
    cairo_stroke(page->cr);

    const struct spiral_rectangle size = spiral_text_measure(page, SPIRAL_TEXT_note, text, NULL);
    const bool left = view->ui.x + size.width + 4.0 * pad > at.x + at.width;
    const double x = left ? view->ui.x - size.width - 2.4 * pad : view->ui.x + 2.4 * pad;
    const double y = fmin(view->ui.y, at.y + at.height - size.height - pad);

    cairo_rectangle(page->cr, x - pad, y - 0.7 * pad, size.width + 2.0 * pad,
                    size.height + 1.4 * pad);
    spiral_page_color(page, page->theme->background, 0.97);
    cairo_fill_preserve(page->cr);
    spiral_page_color(page, page->theme->grid, 1.0);
    cairo_stroke(page->cr);
    spiral_text_draw(page, SPIRAL_TEXT_note, text, x, y, 0.0, 0.0,
                     &(struct spiral_text_form){.color = &page->theme->ink});
}
