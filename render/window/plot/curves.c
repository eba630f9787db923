/* SPDX-License-Identifier: MIT */
#include "render/window/plot/curves.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* A long run is drawn at every second step, or third. */
static long stride_of(long steps) { return steps / SPIRAL_PLOT_POINTS + 1; }

void spiral_plot_write_value(int what, double value, char text[16])
{
    if (!isfinite(value))
        strcpy(text, "…");
    else
        snprintf(text, 16,
                 spiral_plot_is_share(what)           ? "%.0f %%"
                 : what == SPIRAL_QUANTITY_escalation ? "%.0f"
                                                      : "%.2f",
                 spiral_plot_is_share(what) ? 100.0 * value : value);
}

/* Shares of runs by step, from the present on; NULL: not known. */
static const double *share_by_step(const struct spiral_plot_drawing *drawing, int what)
{
    const struct spiral_live_result *result = drawing->subject.result;

    return result == NULL ? NULL : what == SPIRAL_CURVE_war ? result->war : result->force;
}

double spiral_plot_value(const struct spiral_plot_drawing *drawing, int what, double time)
{
    const struct spiral_session *session = drawing->subject.session;

    if (!spiral_plot_is_share(what))
        return spiral_session_value(session, (enum spiral_quantity)what, time);

    /* what has happened is no longer a matter of chance */
    const double *share = share_by_step(drawing, what);

    if (share == NULL || time < session->time || time < (double)drawing->subject.result->from)
        return NAN;
    return share[(long)fmin(time, (double)drawing->subject.result->steps)];
}

/* A curve up to the clock, as points. */
static size_t collect_points(struct spiral_plot_drawing *drawing, int what, double *y)
{
    const struct spiral_session *session = drawing->subject.session;
    const long stride = stride_of(session->plan->steps);
    size_t count = 0;

    if (spiral_plot_is_share(what))
        return 0;

    /* from the step before the years that are shown */
    const double first = floor((drawing->from - session->plan->start) / session->plan->dt) - 1.0;

    for (long step = first > 0.0 ? (long)first / stride * stride : 0;
         (double)step < session->time && count + 1 < SPIRAL_PLOT_POINTS; step += stride) {
        drawing->date[count] = spiral_plot_date(drawing, (double)step);
        y[count++] = session->rows[step][what];
    }

    drawing->date[count] = spiral_plot_date(drawing, session->time);
    y[count++] = spiral_plot_value(drawing, what, session->time);

    return count;
}

static struct spiral_stroke stroke_of(const struct spiral_plot_drawing *drawing,
                                      const struct spiral_plot_curve *curve)
{
    return (struct spiral_stroke){drawing->page->theme->series[curve->color], 1.0,
                                  curve->dashed ? 0.8 : 1.3,
                                  curve->dashed ? SPIRAL_DASH_dashed : SPIRAL_DASH_solid};
}

void spiral_plot_draw_past(struct spiral_plot_drawing *drawing)
{
    const struct spiral_panel *alliance = &drawing->panel[SPIRAL_PANEL_alliance];

    if (spiral_plot_shows(drawing, SPIRAL_PANEL_alliance) &&
        !spiral_plot_is_hidden(drawing, SPIRAL_QUANTITY_believed) &&
        !spiral_plot_is_hidden(drawing, SPIRAL_QUANTITY_guarantee)) {
        const size_t count = collect_points(drawing, SPIRAL_QUANTITY_believed, drawing->one);
        collect_points(drawing, SPIRAL_QUANTITY_guarantee, drawing->two);
        spiral_marks_band(drawing->page, alliance, drawing->date, drawing->two, drawing->one, count,
                          drawing->page->theme->series[SPIRAL_COLOR_SMALL], 0.15);
    }

    for (int c = 0; c < SPIRAL_PLOT_CURVES; c++) {
        const struct spiral_plot_curve *curve = &spiral_plot_curves[c];
        if (spiral_plot_is_hidden(drawing, curve->what) ||
            !spiral_plot_shows(drawing, (int)curve->panel))
            continue;

        const size_t count = collect_points(drawing, curve->what, drawing->one);
        spiral_marks_line(drawing->page, &drawing->panel[curve->panel], drawing->date, drawing->one,
                          count, stroke_of(drawing, curve));
    }
}

/* --- what may come ---------------------------------------------------------------------------- */

/* Two bands of what the runs show, or a curve where they are the same, from the present on. */
static void draw_band(struct spiral_plot_drawing *drawing, const struct spiral_panel *panel,
                      int what, enum spiral_band low, enum spiral_band high,
                      struct spiral_stroke stroke)
{
    const struct spiral_live_result *result = drawing->subject.result;
    const double *share = spiral_plot_is_share(what) ? share_by_step(drawing, what) : NULL;
    const long stride = stride_of(result->steps);
    size_t count = 0;

    for (long step = result->from; step <= result->steps && count < SPIRAL_PLOT_POINTS;
         step += stride) {
        drawing->date[count] = spiral_plot_date(drawing, (double)step);
        drawing->one[count] = share != NULL ? share[step] : result->band[step][what][low];
        drawing->two[count++] = share != NULL ? share[step] : result->band[step][what][high];
    }

    if (low != high)
        spiral_marks_band(drawing->page, panel, drawing->date, drawing->one, drawing->two, count,
                          stroke.color, stroke.opacity);
    else
        spiral_marks_line(drawing->page, panel, drawing->date, drawing->one, count, stroke);
}

void spiral_plot_draw_future(struct spiral_plot_drawing *drawing, enum spiral_plot_panel which)
{
    for (int c = 0; c < SPIRAL_PLOT_CURVES && drawing->subject.result != NULL; c++) {
        const struct spiral_plot_curve *curve = &spiral_plot_curves[c];
        const struct spiral_panel *panel = &drawing->panel[curve->panel];
        const struct spiral_color color = drawing->page->theme->series[curve->color];
        if (curve->panel != which || spiral_plot_is_hidden(drawing, curve->what) ||
            !spiral_plot_shows(drawing, (int)which))
            continue;
        if (spiral_plot_is_share(curve->what))
            draw_band(drawing, panel, curve->what, SPIRAL_BAND_50, SPIRAL_BAND_50,
                      (struct spiral_stroke){color, 0.7, 0.8,
                                             curve->dashed ? SPIRAL_DASH_dashed
                                                           : SPIRAL_DASH_solid});
        else if (curve->band[0] != curve->band[1])
            draw_band(drawing, panel, curve->what, curve->band[0], curve->band[1],
                      (struct spiral_stroke){color, 0.15, 0.0, SPIRAL_DASH_solid});
        if (curve->panel == SPIRAL_PANEL_index)
            draw_band(drawing, panel, curve->what, SPIRAL_BAND_25, SPIRAL_BAND_75,
                      (struct spiral_stroke){color, 0.2, 0.0, SPIRAL_DASH_solid});
        if (curve->band[0] != curve->band[1])
            draw_band(drawing, panel, curve->what, SPIRAL_BAND_50, SPIRAL_BAND_50,
                      (struct spiral_stroke){color, 0.6, 0.6, SPIRAL_DASH_solid});
    }
}

/* --- branches --------------------------------------------------------------------------------- */

_Static_assert((int)SPIRAL_SESSION_BRANCHES <= (int)SPIRAL_BRANCH_COLORS,
               "a colour for each branch");

/* Whether a panel shows a branch. */
static bool panel_shows_branch(const struct spiral_plot_drawing *drawing,
                               const struct spiral_session_branch *branch,
                               enum spiral_plot_panel panel)
{
    if (!spiral_plot_shows(drawing, (int)panel))
        return false;
    if (panel == SPIRAL_PANEL_index)
        return !spiral_plot_is_hidden(drawing, SPIRAL_QUANTITY_escalation);

    /* what the runs say is hidden, of a branch too */
    return drawing->subject.result != NULL && panel == SPIRAL_PANEL_risk && branch->war != NULL &&
           !spiral_plot_is_hidden(drawing, SPIRAL_CURVE_war);
}

void spiral_plot_draw_branches(struct spiral_plot_drawing *drawing, enum spiral_plot_panel panel)
{
    const struct spiral_session *session = drawing->subject.session;

    for (size_t g = 0; g < session->branch_count; g++) {
        const struct spiral_session_branch *branch = &session->branches[g];
        const struct spiral_stroke stroke = {drawing->page->theme->branch[branch->colour], 0.9, 0.8,
                                             spiral_dash_of(branch->colour + 1)};
        const long stride = stride_of(branch->steps);
        size_t count = 0;
        if (!panel_shows_branch(drawing, branch, panel))
            continue;

        for (long step = panel == SPIRAL_PANEL_risk ? branch->present : 0;
             step <= branch->steps && count < SPIRAL_PLOT_POINTS; step += stride) {
            drawing->date[count] = spiral_plot_date(drawing, (double)step);
            drawing->one[count++] = panel == SPIRAL_PANEL_risk
                                        ? branch->war[step]
                                        : branch->rows[step][SPIRAL_QUANTITY_escalation];
        }

        spiral_marks_line(drawing->page, &drawing->panel[panel], drawing->date, drawing->one, count,
                          stroke);
    }
}
