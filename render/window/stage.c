/* SPDX-License-Identifier: MIT
 *
 * The curves: the escalation index with the fan of what may come, the perceptions, the alliance, the hostility ladder over the record.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "render/window/view.h"

enum { MOST_POINTS = 2400 }; /* of a curve: a longer run is drawn at every second step, or third */

/* The stage while it is drawn. */
struct stage {
    struct spiral_view *view;
    struct spiral_page *page;
    bool live;                       /* with the pointer */
    const struct spiral_live_result *result;
    struct spiral_ticks years;
    double left, width;
    double date[MOST_POINTS], one[MOST_POINTS], two[MOST_POINTS], three[MOST_POINTS];
};

static double date_of(const struct stage *stage, double step)
{
    const struct spiral_plan *plan = stage->view->session->plan;
    return plan->start + step * plan->dt;
}

static struct spiral_panel panel_at(const struct stage *stage, double y, double height, double low, double high)
{
    return (struct spiral_panel){.at = {stage->left, y, stage->width, height}, .x = {stage->view->from, stage->view->until, false}, .y = {low, high, false}};
}

static long stride_of(long steps) { return steps / MOST_POINTS + 1; }

/* A quantity of the run up to the clock, as points. */
static size_t run_points(struct stage *stage, enum spiral_quantity quantity, double *y)
{
    const struct spiral_session *session = stage->view->session;
    const long stride = stride_of(session->plan->steps);
    size_t count = 0;
    for (long step = 0; (double)step < session->time && count + 1 < MOST_POINTS; step += stride) {
        stage->date[count] = date_of(stage, (double)step);
        y[count++] = session->rows[step][quantity];
    }
    stage->date[count] = date_of(stage, session->time);
    y[count++] = spiral_session_value(session, quantity, session->time);
    return count;
}

static void draw_ghosts(struct stage *stage, const struct spiral_panel *panel, enum spiral_quantity quantity)
{
    const struct spiral_session *session = stage->view->session;
    for (size_t g = 0; g < session->ghost_count; g++) {
        const struct spiral_ghost *ghost = &session->ghosts[g];
        const long stride = stride_of(ghost->steps);
        size_t count = 0;
        for (long step = 0; step <= ghost->steps && count < MOST_POINTS; step += stride) {
            stage->date[count] = date_of(stage, (double)step);
            stage->one[count++] = ghost->rows[step][quantity];
        }
        const double shade = 0.25 + 0.2 * (double)g;
        spiral_marks_line(stage->page, panel, stage->date, stage->one, count,
                          (struct spiral_stroke){spiral_color_mix(stage->page->theme->ink, stage->page->theme->background, shade), 0.8, 0.8, true});
    }
}

/* What may come, from the present on: two bands and the median. */
static void draw_future(struct stage *stage, const struct spiral_panel *panel, enum spiral_quantity quantity, struct spiral_color color)
{
    const struct spiral_live_result *result = stage->result;
    static const enum spiral_band pairs[2][2] = {{SPIRAL_BAND_05, SPIRAL_BAND_95}, {SPIRAL_BAND_25, SPIRAL_BAND_75}};
    if (result == NULL)
        return;
    const long stride = stride_of(result->steps);
    for (int pair = 0; pair < 3; pair++) {
        size_t count = 0;
        for (long step = result->from; step <= result->steps && count < MOST_POINTS; step += stride) {
            stage->date[count] = date_of(stage, (double)step);
            stage->one[count] = result->band[step][quantity][pair < 2 ? pairs[pair][0] : SPIRAL_BAND_50];
            stage->two[count++] = result->band[step][quantity][pair < 2 ? pairs[pair][1] : SPIRAL_BAND_50];
        }
        if (pair < 2)
            spiral_marks_band(stage->page, panel, stage->date, stage->one, stage->two, count, color, pair == 0 ? 0.14 : 0.2);
        else
            spiral_marks_line(stage->page, panel, stage->date, stage->one, count, (struct spiral_stroke){color, 0.7, 0.7, true});
    }
}

/* --- curves with labels that hide and show them ------------------------------------------------------------------------------ */

struct curve {
    enum spiral_quantity quantity;
    enum spiral_series_color color;
    bool dashed;
};

static bool is_hidden(const struct stage *stage, enum spiral_quantity quantity) { return (stage->view->hidden >> quantity & 1) != 0; }

static const char *label_of(const struct stage *stage, enum spiral_quantity quantity)
{
    const struct spiral_field *field = &spiral_quantity_fields[quantity];
    return stage->view->language == SPIRAL_CHINESE ? field->label_zh : field->label_en;
}

/* The names to the right of a panel; one under the pointer is noted, and a click on it hides its curve or shows it again. */
static void draw_labels(struct stage *stage, const struct spiral_panel *panel, const struct curve *curves, size_t count)
{
    struct spiral_view *view = stage->view;
    struct spiral_page *page = stage->page;
    double at[8] = {0}, size[8] = {0};
    for (size_t i = 0; i < count; i++) {
        at[i] = spiral_panel_y(panel, spiral_session_value(view->session, curves[i].quantity, view->session->time));
        size[i] = spiral_text_measure(page, SPIRAL_TEXT_note, "0", NULL).height + 1.0;
    }
    spiral_labels_spread(at, size, count, panel->at.y, panel->at.y + panel->at.height);
    for (size_t i = 0; i < count; i++) {
        char text[96];
        const bool hidden = is_hidden(stage, curves[i].quantity);
        const struct spiral_color color = hidden ? page->theme->muted : page->theme->series[curves[i].color];
        const double value = spiral_session_value(view->session, curves[i].quantity, view->session->time);
        snprintf(text, sizeof text, hidden ? "(%s)" : curves[i].quantity == SPIRAL_QUANTITY_escalation ? "%s %.0f" : "%s %.2f",
                 label_of(stage, curves[i].quantity), value);
        const struct spiral_rectangle box = spiral_text_draw(page, SPIRAL_TEXT_note, text, panel->at.x + panel->at.width + 8.0 * page->scale, at[i], 0.0, 0.5,
                                                             &(struct spiral_text_form){.color = &color});
        if (!stage->live || !spiral_ui_inside(&view->ui, &box))
            continue;
        view->label_under = (int)curves[i].quantity;
        if (view->ui.pressed)
            view->hidden ^= UINT32_C(1) << curves[i].quantity;
    }
}

static void draw_curves(struct stage *stage, const struct spiral_panel *panel, const struct curve *curves, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (is_hidden(stage, curves[i].quantity))
            continue;
        const size_t points = run_points(stage, curves[i].quantity, stage->one);
        spiral_marks_line(stage->page, panel, stage->date, stage->one, points,
                          (struct spiral_stroke){stage->page->theme->series[curves[i].color], 1.0, curves[i].dashed ? 0.8 : 1.3, curves[i].dashed});
    }
    draw_labels(stage, panel, curves, count);
}

/* --- the panels ---------------------------------------------------------------------------------------------------------------- */

static void draw_axes(struct stage *stage, const struct spiral_panel *panel, const struct spiral_ticks *y, const char *name, bool dates)
{
    spiral_panel_draw_axes(stage->page, panel, &(struct spiral_panel_axes){.x = &stage->years, .y = y, .x_labels = dates, .y_labels = true, .x_grid = true,
                                                                          .y_grid = true, .y_name = name});
}

/* The moves that have passed, as ticks at the top, and the caption of the latest, or of the one under the pointer. */
static void draw_moves(struct stage *stage, const struct spiral_panel *panel)
{
    const struct spiral_session *session = stage->view->session;
    const struct spiral_scenario *scenario = &session->scenario;
    const double now = date_of(stage, session->time), top = panel->at.y;
    const struct spiral_entry *told = NULL;
    double nearest = 6.0;
    for (size_t e = 0; e < scenario->entry_count; e++) {
        const struct spiral_entry *entry = &scenario->entries[e];
        if (entry->date > now || entry->date < panel->x.low || entry->date > panel->x.high)
            continue;
        const double x = spiral_panel_x(panel, entry->date);
        const bool near = stage->live && stage->view->ui.y > top - 12.0 && stage->view->ui.y < top + panel->at.height && fabs(stage->view->ui.x - x) < nearest;
        if (near)
            nearest = fabs(stage->view->ui.x - x);
        if (near || (nearest == 6.0 && (told == NULL || entry->date >= told->date)))
            told = entry;
        cairo_move_to(stage->page->cr, x - 3.0, top);
        cairo_line_to(stage->page->cr, x + 3.0, top);
        cairo_line_to(stage->page->cr, x, top + 6.0 * stage->page->scale);
        cairo_close_path(stage->page->cr);
        spiral_page_color(stage->page, stage->page->theme->series[spiral_state_color(scenario, entry->actor)], 0.9);
        cairo_fill(stage->page->cr);
    }
    if (told == NULL || (nearest == 6.0 && now - told->date > 2.0))
        return;
    char text[256];
    const char *caption = spiral_figure_text(&told->caption, stage->view->language);
    snprintf(text, sizeof text, "%.7s  %s", told->date_text, caption[0] != '\0' ? caption : "");
    const double x = spiral_panel_x(panel, told->date);
    const bool right = x > panel->at.x + 0.6 * panel->at.width;
    spiral_marks_vertical(stage->page, panel, told->date, (struct spiral_stroke){stage->page->theme->muted, 0.6, 0.5, false});
    spiral_text_draw(stage->page, SPIRAL_TEXT_caption, text, x + (right ? -6.0 : 6.0) * stage->page->scale, top + 8.0 * stage->page->scale, right ? 1.0 : 0.0, 0.0,
                     &(struct spiral_text_form){.halo = true});
}

static void draw_index(struct stage *stage, const struct spiral_panel *panel)
{
    static const struct curve curves[] = {{SPIRAL_QUANTITY_escalation, SPIRAL_COLOR_INDEX, false}};
    const struct spiral_ticks y = spiral_ticks_linear(0.0, 100.0, panel->at.height > 120.0 ? 6 : 3);
    char name[128];
    snprintf(name, sizeof name, stage->result != NULL ? "%s; %llu %s" : "%s", label_of(stage, SPIRAL_QUANTITY_escalation),
             stage->result != NULL ? (unsigned long long)stage->result->runs : 0ULL, spiral_phrase(stage->view, SPIRAL_PHRASE_runs_from_now));
    draw_axes(stage, panel, &y, name, false);
    draw_future(stage, panel, SPIRAL_QUANTITY_escalation, stage->page->theme->series[SPIRAL_COLOR_INDEX]);
    draw_ghosts(stage, panel, SPIRAL_QUANTITY_escalation);
    draw_curves(stage, panel, curves, 1);
    draw_moves(stage, panel);
}

static void draw_perceptions(struct stage *stage, const struct spiral_panel *panel)
{
    static const struct curve curves[] = {
        {SPIRAL_QUANTITY_threat_neighbour, SPIRAL_COLOR_NEIGHBOUR, false}, {SPIRAL_QUANTITY_threat_small, SPIRAL_COLOR_SMALL, false},
        {SPIRAL_QUANTITY_arms_neighbour, SPIRAL_COLOR_NEIGHBOUR, true}, {SPIRAL_QUANTITY_arms_small, SPIRAL_COLOR_SMALL, true},
    };
    const struct spiral_ticks y = spiral_ticks_linear(0.0, 1.0, 3);
    draw_axes(stage, panel, &y, spiral_phrase(stage->view, SPIRAL_PHRASE_perceptions), false);
    draw_curves(stage, panel, curves, 4);
}

static void draw_alliance(struct stage *stage, const struct spiral_panel *panel)
{
    static const struct curve curves[] = {
        {SPIRAL_QUANTITY_commitment, SPIRAL_COLOR_OFFSHORE, false}, {SPIRAL_QUANTITY_believed, SPIRAL_COLOR_SMALL, true},
        {SPIRAL_QUANTITY_guarantee, SPIRAL_COLOR_OTHER, false},
    };
    const struct spiral_ticks y = spiral_ticks_linear(0.0, 1.0, 3);
    draw_axes(stage, panel, &y, spiral_phrase(stage->view, SPIRAL_PHRASE_alliance), false);
    if (!is_hidden(stage, SPIRAL_QUANTITY_believed) && !is_hidden(stage, SPIRAL_QUANTITY_guarantee)) {
        const size_t count = run_points(stage, SPIRAL_QUANTITY_believed, stage->two);
        run_points(stage, SPIRAL_QUANTITY_guarantee, stage->three);
        spiral_marks_band(stage->page, panel, stage->date, stage->three, stage->two, count, stage->page->theme->series[SPIRAL_COLOR_SMALL], 0.15);
    }
    draw_curves(stage, panel, curves, 3);
}

static void block(struct stage *stage, const struct spiral_panel *panel, long from, long to, int level, double top, double height)
{
    struct spiral_panel part = *panel;
    part.at.y = top;
    part.at.height = height;
    spiral_marks_bar(stage->page, &part, date_of(stage, (double)from), date_of(stage, (double)to), 0.5, height, stage->page->theme->level[level - 1], 1.0);
}

static int worst_observed(const struct spiral_session *session, long step)
{
    int worst = 0;
    for (int rival = 0; rival < session->plan->layout.count[SPIRAL_OF_RIVAL]; rival++) {
        const int level = spiral_session_observed(session, rival, step);
        worst = level > worst ? level : worst;
    }
    return worst;
}

/* Levels of this run above, what was observed below, each appearing with its date. */
static void draw_ladder(struct stage *stage, const struct spiral_panel *panel)
{
    const struct spiral_session *session = stage->view->session;
    const double half = 0.5 * panel->at.height - 1.0;
    for (int which = 0; which < 2; which++)
        for (long step = 1; step <= session->present;) {
            const int level = which == 0 ? (int)session->rows[step][SPIRAL_QUANTITY_hostility] : worst_observed(session, step);
            long end = step + 1;
            while (end <= session->present
                   && (which == 0 ? (int)session->rows[end][SPIRAL_QUANTITY_hostility] : worst_observed(session, end)) == level)
                end++;
            if (level > 0)
                block(stage, panel, step - 1, end - 1, level, panel->at.y + which * (half + 2.0), half);
            step = end;
        }
    draw_axes(stage, panel, NULL, spiral_phrase(stage->view, SPIRAL_PHRASE_ladder), true);
    const int level = (int)session->rows[session->present][SPIRAL_QUANTITY_hostility];
    char text[64];
    snprintf(text, sizeof text, "%d %s", level, spiral_label_in(&spiral_level_labels[level - 1], stage->view->language));
    spiral_text_draw(stage->page, SPIRAL_TEXT_note, text, panel->at.x + panel->at.width + 8.0 * stage->page->scale, panel->at.y + 0.5 * half, 0.0, 0.5, NULL);
    const int observed = worst_observed(session, session->present);
    if (observed > 0) {
        snprintf(text, sizeof text, "%d %s", observed, spiral_word(SPIRAL_WORD_observed, stage->view->language));
        spiral_text_draw(stage->page, SPIRAL_TEXT_note, text, panel->at.x + panel->at.width + 8.0 * stage->page->scale, panel->at.y + 1.5 * half + 2.0, 0.0, 0.5,
                         NULL);
    }
}

/* The pointer's date, and the values there of the curves that are shown. */
static void draw_pointer(struct stage *stage, const struct spiral_panel *first, const struct spiral_panel *last)
{
    const struct spiral_view *view = stage->view;
    const struct spiral_session *session = view->session;
    const struct spiral_rectangle whole = {first->at.x, first->at.y, first->at.width, last->at.y + last->at.height - first->at.y};
    if (!stage->live || !spiral_ui_inside(&view->ui, &whole))
        return;
    char text[160], date[12];
    const double year = first->x.low + (view->ui.x - whole.x) / whole.width * (first->x.high - first->x.low);
    const double step = fmin(fmax((year - session->plan->start) / session->plan->dt, 0.0), (double)session->computed);
    spiral_date_format(date_of(stage, step), date);
    snprintf(text, sizeof text, "%s\n%s %.0f\n%s %.2f\n%s %.2f\n%s %.2f", date, label_of(stage, SPIRAL_QUANTITY_escalation),
             spiral_session_value(session, SPIRAL_QUANTITY_escalation, step), label_of(stage, SPIRAL_QUANTITY_threat_neighbour),
             spiral_session_value(session, SPIRAL_QUANTITY_threat_neighbour, step), label_of(stage, SPIRAL_QUANTITY_threat_small),
             spiral_session_value(session, SPIRAL_QUANTITY_threat_small, step), label_of(stage, SPIRAL_QUANTITY_commitment),
             spiral_session_value(session, SPIRAL_QUANTITY_commitment, step));
    spiral_page_color(stage->page, stage->page->theme->muted, 0.7);
    cairo_set_line_width(stage->page->cr, 1.0);
    cairo_move_to(stage->page->cr, view->ui.x, whole.y);
    cairo_line_to(stage->page->cr, view->ui.x, whole.y + whole.height);
    cairo_stroke(stage->page->cr);
    const struct spiral_rectangle size = spiral_text_measure(stage->page, SPIRAL_TEXT_note, text, NULL);
    const bool left = view->ui.x + size.width + 24.0 > whole.x + whole.width;
    const double x = left ? view->ui.x - size.width - 14.0 : view->ui.x + 14.0, y = fmin(view->ui.y, whole.y + whole.height - size.height - 8.0);
    cairo_rectangle(stage->page->cr, x - 6.0, y - 4.0, size.width + 12.0, size.height + 8.0);
    spiral_page_color(stage->page, stage->page->theme->background, 0.9);
    cairo_fill_preserve(stage->page->cr);
    spiral_page_color(stage->page, stage->page->theme->grid, 1.0);
    cairo_stroke(stage->page->cr);
    spiral_text_draw(stage->page, SPIRAL_TEXT_note, text, x, y, 0.0, 0.0, &(struct spiral_text_form){.color = &stage->page->theme->ink});
}

/* The wheel zooms in time about the pointer. */
static void zoom(struct stage *stage, const struct spiral_panel *first, double height)
{
    struct spiral_view *view = stage->view;
    const struct spiral_plan *plan = view->session->plan;
    const struct spiral_rectangle whole = {first->at.x, first->at.y, first->at.width, height};
    if (!stage->live || view->ui.wheel == 0.0 || !spiral_ui_inside(&view->ui, &whole))
        return;
    const double start = plan->start, end = spiral_plan_date(plan, plan->steps), share = (view->ui.x - whole.x) / whole.width;
    const double span = fmin(fmax((view->until - view->from) * pow(0.8, view->ui.wheel), fmin(2.0, end - start)), end - start);
    const double middle = view->from + share * (view->until - view->from);
    view->from = fmin(fmax(middle - share * span, start), end - span);
    view->until = view->from + span;
}

void spiral_view_draw_stage(struct spiral_view *view, struct spiral_page *page, struct spiral_rectangle at, bool live)
{
    struct stage *stage = malloc(sizeof *stage);
    if (stage == NULL)
        return;
    *stage = (struct stage){.view = view, .page = page, .live = live, .result = spiral_live_fan_latest(view->fan)};
    const double line = spiral_text_measure(page, SPIRAL_TEXT_axis, "0", NULL).height, unit = page->scale, name = line + 6.0 * unit;
    double labels = 0.0;
    for (int q = SPIRAL_QUANTITY_escalation; q <= SPIRAL_QUANTITY_believed; q++) {
        char text[96];
        snprintf(text, sizeof text, "%s 0.00", label_of(stage, (enum spiral_quantity)q));
        labels = fmax(labels, spiral_text_measure(page, SPIRAL_TEXT_note, text, NULL).width);
    }
    stage->left = at.x + spiral_text_measure(page, SPIRAL_TEXT_tick, "100", NULL).width + 6.0 * unit;
    stage->width = at.x + at.width - labels - 12.0 * unit - stage->left;
    stage->years = spiral_ticks_years(view->from, view->until, (int)(stage->width / (4.2 * line)));
    const double foot = line + 8.0 * unit, ladder = 3.2 * line, room = at.height - 4.0 * name - foot - ladder - 18.0 * unit;
    double y = at.y + name;
    const struct spiral_panel index = panel_at(stage, y, 0.46 * room, 0.0, 100.0);
    y += 0.46 * room + 6.0 * unit + name;
    const struct spiral_panel perceptions = panel_at(stage, y, 0.30 * room, 0.0, 1.0);
    y += 0.30 * room + 6.0 * unit + name;
    const struct spiral_panel alliance = panel_at(stage, y, 0.24 * room, 0.0, 1.0);
    y += 0.24 * room + 6.0 * unit + name;
    const struct spiral_panel levels = panel_at(stage, y, ladder, 0.0, 1.0);
    zoom(stage, &index, levels.at.y + ladder - index.at.y);
    view->label_under = -1;
    draw_index(stage, &index);
    draw_perceptions(stage, &perceptions);
    draw_alliance(stage, &alliance);
    draw_ladder(stage, &levels);
    const struct spiral_panel *const panels[] = {&index, &perceptions, &alliance, &levels};
    const double now = date_of(stage, view->session->time);
    for (int i = 0; i < 4; i++)
        spiral_marks_vertical(page, panels[i], now, (struct spiral_stroke){page->theme->ink, 0.7, 0.6, false});
    draw_pointer(stage, &index, &levels);
    free(stage);
}
