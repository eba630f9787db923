/* SPDX-License-Identifier: MIT
 *
 * The curves of the stage, and their labels.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "render/window/plot/plot.h"

/* clang-format off */
const struct spiral_stage_curve spiral_stage_curves[SPIRAL_STAGE_CURVES] = {
    {SPIRAL_QUANTITY_escalation,       SPIRAL_PANEL_index,       SPIRAL_COLOR_INDEX,     false, {SPIRAL_BAND_05, SPIRAL_BAND_95}},
    {SPIRAL_CURVE_war,                 SPIRAL_PANEL_risk,        SPIRAL_COLOR_WAR,       false, {SPIRAL_BAND_MEAN, SPIRAL_BAND_MEAN}},
    {SPIRAL_CURVE_force,               SPIRAL_PANEL_risk,        SPIRAL_COLOR_FORCE,     true,  {SPIRAL_BAND_MEAN, SPIRAL_BAND_MEAN}},
    {SPIRAL_QUANTITY_threat_neighbour, SPIRAL_PANEL_perceptions, SPIRAL_COLOR_NEIGHBOUR, false, {SPIRAL_BAND_25, SPIRAL_BAND_75}},
    {SPIRAL_QUANTITY_threat_small,     SPIRAL_PANEL_perceptions, SPIRAL_COLOR_SMALL,     false, {SPIRAL_BAND_25, SPIRAL_BAND_75}},
    {SPIRAL_QUANTITY_arms_neighbour,   SPIRAL_PANEL_perceptions, SPIRAL_COLOR_NEIGHBOUR, true,  {SPIRAL_BAND_MEAN, SPIRAL_BAND_MEAN}},
    {SPIRAL_QUANTITY_arms_small,       SPIRAL_PANEL_perceptions, SPIRAL_COLOR_SMALL,     true,  {SPIRAL_BAND_MEAN, SPIRAL_BAND_MEAN}},
    {SPIRAL_QUANTITY_commitment,       SPIRAL_PANEL_alliance,    SPIRAL_COLOR_OFFSHORE,  false, {SPIRAL_BAND_25, SPIRAL_BAND_75}},
    {SPIRAL_QUANTITY_believed,         SPIRAL_PANEL_alliance,    SPIRAL_COLOR_SMALL,     true,  {SPIRAL_BAND_MEAN, SPIRAL_BAND_MEAN}},
    {SPIRAL_QUANTITY_guarantee,        SPIRAL_PANEL_alliance,    SPIRAL_COLOR_OTHER,     false, {SPIRAL_BAND_MEAN, SPIRAL_BAND_MEAN}},
};
/* clang-format on */

static bool is_risk(int what) { return what >= SPIRAL_QUANTITIES; }

static long stride_of(long steps) { return steps / SPIRAL_STAGE_POINTS + 1; }

const char *spiral_stage_label(const struct spiral_view *view, int what)
{
    if (is_risk(what))
        return spiral_phrase(view, what == SPIRAL_CURVE_war ? SPIRAL_PHRASE_war_by_now
                                                            : SPIRAL_PHRASE_force_by_now);
    return view->language == SPIRAL_CHINESE ? spiral_quantity_fields[what].label_zh
                                            : spiral_quantity_fields[what].label_en;
}

void spiral_stage_write(int what, double value, char text[16])
{
    if (!isfinite(value))
        strcpy(text, "…");
    else
        snprintf(text, 16,
                 is_risk(what)                        ? "%.0f %%"
                 : what == SPIRAL_QUANTITY_escalation ? "%.0f"
                                                      : "%.2f",
                 is_risk(what) ? 100.0 * value : value);
}

/* Shares of runs by step, from the whole run up to the clock and from the present after it;
 * NULL: not known. */
static const double *risk_at(const struct spiral_stage *stage, int what, bool past)
{
    const struct spiral_live_result *result = stage->result;
    if (result == NULL)
        return NULL;
    return what == SPIRAL_CURVE_war ? (past ? result->whole_war : result->war)
                                    : (past ? result->whole_force : result->force);
}

double spiral_stage_value(const struct spiral_stage *stage, int what, double time)
{
    const struct spiral_session *session = stage->view->session;

    if (!is_risk(what))
        return spiral_session_value(session, (enum spiral_quantity)what, time);
    const double *share = risk_at(stage, what, time <= session->time);

    if (share == NULL || (time > session->time && time < (double)stage->result->from))
        return NAN;
    return share[(long)fmin(fmax(time, 0.0), (double)stage->result->steps)];
}

/* A curve up to the clock, as points. */
static size_t points(struct spiral_stage *stage, int what, double *y)
{
    const struct spiral_session *session = stage->view->session;
    const double *share = is_risk(what) ? risk_at(stage, what, true) : NULL;
    const long stride = stride_of(session->plan->steps);
    size_t count = 0;

    if (is_risk(what) && share == NULL)
        return 0;

    /* from the step before the years that are shown */
    const double first =
        floor((stage->view->from - session->plan->start) / session->plan->dt) - 1.0;

    for (long step = first > 0.0 ? (long)first / stride * stride : 0;
         (double)step < session->time && count + 1 < SPIRAL_STAGE_POINTS; step += stride) {
        stage->date[count] = spiral_stage_date(stage, (double)step);
        y[count++] = share != NULL ? share[step] : session->rows[step][what];
    }

    stage->date[count] = spiral_stage_date(stage, session->time);
    y[count++] = spiral_stage_value(stage, what, session->time);

    return count;
}

static struct spiral_stroke stroke_of(const struct spiral_stage *stage,
                                      const struct spiral_stage_curve *curve)
{
    return (struct spiral_stroke){stage->page->theme->series[curve->color], 1.0,
                                  curve->dashed ? 0.8 : 1.3, curve->dashed};
}

void spiral_stage_draw_past(struct spiral_stage *stage)
{
    const struct spiral_panel *alliance = &stage->panel[SPIRAL_PANEL_alliance];

    if (!spiral_stage_hidden(stage, SPIRAL_QUANTITY_believed) &&
        !spiral_stage_hidden(stage, SPIRAL_QUANTITY_guarantee)) {
        const size_t count = points(stage, SPIRAL_QUANTITY_believed, stage->one);
        points(stage, SPIRAL_QUANTITY_guarantee, stage->two);
        spiral_marks_band(stage->page, alliance, stage->date, stage->two, stage->one, count,
                          stage->page->theme->series[SPIRAL_COLOR_SMALL], 0.15);
    }

    for (int c = 0; c < SPIRAL_STAGE_CURVES; c++) {
        const struct spiral_stage_curve *curve = &spiral_stage_curves[c];
        if (spiral_stage_hidden(stage, curve->what))
            continue;

        const size_t count = points(stage, curve->what, stage->one);
        spiral_marks_line(stage->page, &stage->panel[curve->panel], stage->date, stage->one, count,
                          stroke_of(stage, curve));
    }
}

/* --- what may come ---------------------------------------------------------------------------- */

/* Two bands of what the runs show, or a curve where they are the same, from the present on. */
static void draw_band(struct spiral_stage *stage, const struct spiral_panel *panel, int what,
                      enum spiral_band low, enum spiral_band high, struct spiral_stroke stroke)
{
    const struct spiral_live_result *result = stage->result;
    const double *share = is_risk(what) ? risk_at(stage, what, false) : NULL;
    const long stride = stride_of(result->steps);
    size_t count = 0;

    for (long step = result->from; step <= result->steps && count < SPIRAL_STAGE_POINTS;
         step += stride) {
        stage->date[count] = spiral_stage_date(stage, (double)step);
        stage->one[count] = share != NULL ? share[step] : result->band[step][what][low];
        stage->two[count++] = share != NULL ? share[step] : result->band[step][what][high];
    }

    if (low != high)
        spiral_marks_band(stage->page, panel, stage->date, stage->one, stage->two, count,
                          stroke.color, stroke.opacity);
    else
        spiral_marks_line(stage->page, panel, stage->date, stage->one, count, stroke);
}

void spiral_stage_draw_future(struct spiral_stage *stage, enum spiral_stage_panel which)
{
    for (int c = 0; c < SPIRAL_STAGE_CURVES && stage->result != NULL; c++) {
        const struct spiral_stage_curve *curve = &spiral_stage_curves[c];
        const struct spiral_panel *panel = &stage->panel[curve->panel];
        const struct spiral_color color = stage->page->theme->series[curve->color];
        if (curve->panel != which || spiral_stage_hidden(stage, curve->what))
            continue;
        if (is_risk(curve->what))
            draw_band(stage, panel, curve->what, SPIRAL_BAND_50, SPIRAL_BAND_50,
                      (struct spiral_stroke){color, 0.7, 0.8, curve->dashed});
        else if (curve->band[0] != curve->band[1])
            draw_band(stage, panel, curve->what, curve->band[0], curve->band[1],
                      (struct spiral_stroke){color, 0.15, 0.0, false});
        if (curve->panel == SPIRAL_PANEL_index)
            draw_band(stage, panel, curve->what, SPIRAL_BAND_25, SPIRAL_BAND_75,
                      (struct spiral_stroke){color, 0.2, 0.0, false});
        if (curve->band[0] != curve->band[1])
            draw_band(stage, panel, curve->what, SPIRAL_BAND_50, SPIRAL_BAND_50,
                      (struct spiral_stroke){color, 0.6, 0.6, false});
    }
}

/* --- branches --------------------------------------------------------------------------------- */

_Static_assert((int)SPIRAL_SESSION_GHOSTS <= (int)SPIRAL_BRANCH_COLORS, "a colour for each branch");

/* Whether a panel shows a branch. */
static bool ghost_shows(const struct spiral_stage *stage, const struct spiral_ghost *ghost,
                        enum spiral_stage_panel panel)
{
    if (panel == SPIRAL_PANEL_index)
        return !spiral_stage_hidden(stage, SPIRAL_QUANTITY_escalation);
    return panel == SPIRAL_PANEL_risk && ghost->war != NULL &&
           !spiral_stage_hidden(stage, SPIRAL_CURVE_war);
}

void spiral_stage_draw_ghosts(struct spiral_stage *stage, enum spiral_stage_panel panel)
{
    const struct spiral_session *session = stage->view->session;

    for (size_t g = 0; g < session->ghost_count; g++) {
        const struct spiral_ghost *ghost = &session->ghosts[g];
        const struct spiral_stroke stroke = {stage->page->theme->branch[g], 0.9, 0.8, g % 2 == 0};
        const long stride = stride_of(ghost->steps);
        size_t count = 0;
        if (!ghost_shows(stage, ghost, panel))
            continue;

        for (long step = 0; step <= ghost->steps && count < SPIRAL_STAGE_POINTS; step += stride) {
            stage->date[count] = spiral_stage_date(stage, (double)step);
            stage->one[count++] = panel == SPIRAL_PANEL_risk
                                      ? ghost->war[step]
                                      : ghost->rows[step][SPIRAL_QUANTITY_escalation];
        }

        spiral_marks_line(stage->page, &stage->panel[panel], stage->date, stage->one, count,
                          stroke);
    }
}

/* --- labels ----------------------------------------------------------------------------------- */

struct label {
    int what; /* a curve, or -1: a branch */
    double value;
    struct spiral_color color;
    const char *name;
    char number[16];
};

static size_t collect(const struct spiral_stage *stage, enum spiral_stage_panel panel,
                      struct label labels[SPIRAL_STAGE_CURVES + SPIRAL_SESSION_GHOSTS])
{
    const struct spiral_session *session = stage->view->session;
    size_t count = 0;

    for (int c = 0; c < SPIRAL_STAGE_CURVES; c++) {
        const struct spiral_stage_curve *curve = &spiral_stage_curves[c];
        struct label *label = &labels[count];
        if (curve->panel != panel)
            continue;

        const bool hidden = spiral_stage_hidden(stage, curve->what);
        *label = (struct label){curve->what, spiral_stage_value(stage, curve->what, session->time),
                                hidden ? stage->page->theme->muted
                                       : stage->page->theme->series[curve->color],
                                spiral_stage_label(stage->view, curve->what), "(–)"};
        if (!hidden)
            spiral_stage_write(curve->what, label->value, label->number);
        count++;
    }

    for (size_t g = 0; panel == SPIRAL_PANEL_index && g < session->ghost_count; g++) {
        const struct spiral_ghost *ghost = &session->ghosts[g];
        const double date =
            fmin(stage->view->until, spiral_stage_date(stage, (double)ghost->steps));
        const long step = (long)((date - session->plan->start) / session->plan->dt + 1e-6);
        labels[count] = (struct label){
            -1, ghost->rows[step < ghost->steps ? step : ghost->steps][SPIRAL_QUANTITY_escalation],
            stage->page->theme->branch[g], ghost->name, ""};
        spiral_stage_write(SPIRAL_QUANTITY_escalation, labels[count].value, labels[count].number);
        count++;
    }

    return count;
}

/* The name, then the number: a text that was drawn before costs little, and names do not change. */
static void draw_label(struct spiral_stage *stage, const struct label *label, double x, double y)
{
    struct spiral_view *view = stage->view;
    const struct spiral_text_form form = {.color = &label->color};
    const double width =
        spiral_text_measure(stage->page, SPIRAL_TEXT_note, label->name, NULL).width +
        5.0 * stage->page->scale;

    if (!stage->live || label->what < 0)
        spiral_text_draw(stage->page, SPIRAL_TEXT_note, label->name, x, y, 0.0, 0.5, &form);
    else if (spiral_ui_label(&view->ui, x, y, label->name, label->color))
        view->hidden ^= UINT32_C(1) << label->what;
    spiral_text_draw(stage->page, SPIRAL_TEXT_note, label->number, x + width, y, 0.0, 0.5, &form);
}

void spiral_stage_draw_labels(struct spiral_stage *stage)
{
    struct spiral_page *page = stage->page;
    struct label labels[SPIRAL_STAGE_CURVES + SPIRAL_SESSION_GHOSTS];
    const double line = spiral_text_measure(page, SPIRAL_TEXT_note, "0", NULL).height + 1.0;

    for (int p = 0; p < SPIRAL_PANEL_ladder; p++) {
        const struct spiral_panel *panel = &stage->panel[p];
        double at[SPIRAL_STAGE_CURVES + SPIRAL_SESSION_GHOSTS];
        double size[SPIRAL_STAGE_CURVES + SPIRAL_SESSION_GHOSTS];
        const size_t count = collect(stage, (enum spiral_stage_panel)p, labels);

        for (size_t i = 0; i < count; i++) {
            at[i] =
                spiral_panel_y(panel, isfinite(labels[i].value) ? labels[i].value : panel->y.low);
            size[i] = line;
        }

        spiral_labels_spread(at, size, count, panel->at.y, panel->at.y + panel->at.height);
        for (size_t i = 0; i < count; i++)
            draw_label(stage, &labels[i], panel->at.x + panel->at.width + 8.0 * page->scale, at[i]);
    }
}
