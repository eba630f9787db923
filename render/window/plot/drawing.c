/* SPDX-License-Identifier: MIT */
#include "render/window/plot/drawing.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "render/window/ui/phrases.h"

/* clang-format off */
#define BANDS(low, high) {SPIRAL_BAND_##low, SPIRAL_BAND_##high}
const struct spiral_plot_curve spiral_plot_curves[SPIRAL_PLOT_CURVES] = {
    {SPIRAL_QUANTITY_escalation,       SPIRAL_PANEL_index,       SPIRAL_COLOR_INDEX,     false,
     BANDS(05, 95)},
    {SPIRAL_CURVE_war,                 SPIRAL_PANEL_risk,        SPIRAL_COLOR_WAR,       false,
     BANDS(MEAN, MEAN)},
    {SPIRAL_CURVE_force,               SPIRAL_PANEL_risk,        SPIRAL_COLOR_FORCE,     true,
     BANDS(MEAN, MEAN)},
    {SPIRAL_QUANTITY_threat_neighbour, SPIRAL_PANEL_perceptions, SPIRAL_COLOR_NEIGHBOUR, false,
     BANDS(25, 75)},
    {SPIRAL_QUANTITY_threat_small,     SPIRAL_PANEL_perceptions, SPIRAL_COLOR_SMALL,     false,
     BANDS(25, 75)},
    {SPIRAL_QUANTITY_arms_neighbour,   SPIRAL_PANEL_perceptions, SPIRAL_COLOR_NEIGHBOUR, true,
     BANDS(MEAN, MEAN)},
    {SPIRAL_QUANTITY_arms_small,       SPIRAL_PANEL_perceptions, SPIRAL_COLOR_SMALL,     true,
     BANDS(MEAN, MEAN)},
    {SPIRAL_QUANTITY_commitment,       SPIRAL_PANEL_alliance,    SPIRAL_COLOR_OFFSHORE,  false,
     BANDS(25, 75)},
    {SPIRAL_QUANTITY_believed,         SPIRAL_PANEL_alliance,    SPIRAL_COLOR_SMALL,     true,
     BANDS(MEAN, MEAN)},
    {SPIRAL_QUANTITY_guarantee,        SPIRAL_PANEL_alliance,    SPIRAL_COLOR_OTHER,     false,
     BANDS(MEAN, MEAN)},
};
#undef BANDS
/* clang-format on */

double spiral_plot_date(const struct spiral_plot_drawing *drawing, double step)
{
    const struct spiral_plan *plan = drawing->subject.session->plan;
    return plan->start + step * plan->dt;
}

bool spiral_plot_is_hidden(const struct spiral_plot_drawing *drawing, int what)
{
    return (drawing->hidden >> what & 1) != 0;
}

bool spiral_plot_is_share(int what) { return what >= SPIRAL_QUANTITIES; }

bool spiral_plot_shows(const struct spiral_plot_drawing *drawing, int panel)
{
    return (drawing->closed >> panel & 1) == 0;
}

const char *spiral_plot_name_of(const struct spiral_plot_drawing *drawing, int what)
{
    for (int c = 0; c < SPIRAL_PLOT_CURVES; c++)
        if (spiral_plot_curves[c].what == what)
            return drawing->name[c];
    return drawing->subject.language == SPIRAL_CHINESE ? spiral_quantity_fields[what].label_zh
                                                       : spiral_quantity_fields[what].label_en;
}

static void name_curves(struct spiral_plot_drawing *drawing)
{
    const enum spiral_language language = drawing->subject.language;
    const struct spiral_scenario *scenario = &drawing->subject.session->base;

    for (int c = 0; c < SPIRAL_PLOT_CURVES; c++) {
        const int what = spiral_plot_curves[c].what;

        if (spiral_plot_is_share(what))
            snprintf(drawing->name[c], SPIRAL_CURVE_NAME, "%s",
                     spiral_phrase(what == SPIRAL_CURVE_war ? SPIRAL_PHRASE_war_by_end
                                                            : SPIRAL_PHRASE_force_by_end,
                                   language));
        else
            spiral_actor_quantity(scenario, (enum spiral_quantity)what,
                                  spiral_language_code(language), drawing->name[c]);
    }
}

/* --- the panels ------------------------------------------------------------------------------- */

/* The room to the right that labels take. */
static double measure_labels(const struct spiral_plot_drawing *drawing)
{
    double room = 0.0;
    char text[112];

    for (int c = 0; c < SPIRAL_PLOT_CURVES; c++) {
        snprintf(text, sizeof text, "%s 0.00", drawing->name[c]);
        room = fmax(room, spiral_text_measure(drawing->page, SPIRAL_TEXT_note, text, NULL).width);
    }

    return room;
}

static void lay_out_panels(struct spiral_plot_drawing *drawing, struct spiral_rectangle at)
{
    static const struct {
        double share; /* of the height that the panels share */
        double high;  /* upper end of the scale */
    } panels[SPIRAL_PLOT_PANELS] = {
        {0.35, 100.0}, {0.18, 1.0}, {0.26, 1.0}, {0.21, 1.0}, {0.0, 1.0}};
    const double line = spiral_text_measure(drawing->page, SPIRAL_TEXT_axis, "0", NULL).height;
    const double unit = drawing->page->scale;
    const double name = line + 5.0 * unit;
    const double left = at.x +
                        spiral_text_measure(drawing->page, SPIRAL_TEXT_tick, "100 %", NULL).width +
                        6.0 * unit;
    const double labels = measure_labels(drawing);
    const double width = at.x + at.width - labels - 12.0 * unit - left;
    const double foot = line + 8.0 * unit;
    const double ladder = 2.9 * line;
    const double between = 5.0 * unit;
    double room = at.height - foot + between;
    double shares = 0.0;
    double y = at.y + name;

    for (int p = 0; p < SPIRAL_PLOT_PANELS; p++)
        if (spiral_plot_shows(drawing, p)) {
            room -= name + between + (p == SPIRAL_PANEL_ladder ? ladder : 0.0);
            shares += panels[p].share;
        }

    for (int p = 0; p < SPIRAL_PLOT_PANELS; p++) {
        const bool is_shown = spiral_plot_shows(drawing, p);
        const double height = !is_shown                  ? 0.0
                              : p == SPIRAL_PANEL_ladder ? ladder
                                                         : panels[p].share / shares * room;

        drawing->panel[p] = (struct spiral_panel){.at = {left, y, width, height},
                                                  .x = {drawing->from, drawing->until, false},
                                                  .y = {0.0, panels[p].high, false}};
        if (is_shown)
            y += height + between + name;
    }

    drawing->label_room = labels;
    drawing->years = spiral_ticks_years(drawing->from, drawing->until, (int)(width / (4.2 * line)));
}

struct spiral_plot_drawing *spiral_plot_drawing_create(const struct spiral_plot *plot,
                                                       const struct spiral_plot_subject *subject,
                                                       struct spiral_page *page,
                                                       struct spiral_ui *ui,
                                                       struct spiral_rectangle at)
{
    struct spiral_plot_drawing *drawing = malloc(sizeof *drawing);
    cairo_matrix_t to_pixels;

    if (drawing == NULL)
        return NULL;
    cairo_get_matrix(page->cr, &to_pixels);
    *drawing = (struct spiral_plot_drawing){.subject = *subject,
                                            .page = page,
                                            .ui = ui,
                                            .density = to_pixels.xx,
                                            .from = plot->from,
                                            .until = plot->until,
                                            .hidden = plot->hidden,
                                            .closed = plot->closed,
                                            .framed = plot->framed};
    name_curves(drawing);
    lay_out_panels(drawing, at);

    return drawing;
}

/* From the top of the first panel to the bottom of the last. */
struct spiral_rectangle spiral_plot_all_panels(const struct spiral_plot_drawing *drawing)
{
    struct spiral_rectangle all = drawing->panel[0].at;

    for (int p = 0; p < SPIRAL_PLOT_PANELS; p++)
        if (spiral_plot_shows(drawing, p))
            all.height = drawing->panel[p].at.y + drawing->panel[p].at.height - all.y;

    return all;
}

/* --- titles and legends ----------------------------------------------------------------------- */

const char *spiral_plot_title_of(const struct spiral_plot_drawing *drawing, int panel)
{
    static const enum spiral_phrase titles[SPIRAL_PLOT_PANELS] = {
        [SPIRAL_PANEL_risk] = SPIRAL_PHRASE_risk_by_date,
        [SPIRAL_PANEL_perceptions] = SPIRAL_PHRASE_perceptions,
        [SPIRAL_PANEL_alliance] = SPIRAL_PHRASE_alliance,
        [SPIRAL_PANEL_ladder] = SPIRAL_PHRASE_ladder};

    return panel == SPIRAL_PANEL_index ? spiral_plot_name_of(drawing, SPIRAL_QUANTITY_escalation)
                                       : spiral_phrase(titles[panel], drawing->subject.language);
}

struct spiral_rectangle spiral_plot_title_place(const struct spiral_plot_drawing *drawing,
                                                int panel)
{
    const struct spiral_rectangle *at = &drawing->panel[panel].at;
    const struct spiral_rectangle size =
        spiral_text_measure(drawing->page, SPIRAL_TEXT_axis, spiral_plot_title_of(drawing, panel),
                            NULL);

    return (struct spiral_rectangle){at->x, at->y - size.height - 4.0 * drawing->page->scale,
                                     size.width, size.height};
}

/* A mark and a name of the legend, leftwards from *right. */
static void draw_legend_entry(struct spiral_plot_drawing *drawing, double *right, double middle,
                              struct spiral_color color, bool triangle, const char *name)
{
    struct spiral_page *page = drawing->page;
    const double unit = page->scale;
    const double side = 7.0 * unit;

    *right -= spiral_text_draw(page, SPIRAL_TEXT_note, name, *right, middle, 1.0, 0.5, NULL).width +
              4.0 * unit;
    spiral_page_color(page, color, 1.0);

    if (triangle) {
        cairo_move_to(page->cr, *right - side, middle - 0.5 * side);
        cairo_line_to(page->cr, *right, middle - 0.5 * side);
        cairo_line_to(page->cr, *right - 0.5 * side, middle + 0.5 * side);
        cairo_close_path(page->cr);
    } else {
        cairo_rectangle(page->cr, *right - side, middle - 0.5 * side, side, side);
    }

    cairo_fill_preserve(page->cr);
    spiral_page_color(page, page->theme->muted, 0.8);
    cairo_set_line_width(page->cr, 0.6 * unit);
    cairo_stroke(page->cr);
    *right -= side + 9.0 * unit;
}

/* Whose acts the triangles are: as many as there is room for beside the title and the run count. */
static void draw_triangle_legend(struct spiral_plot_drawing *drawing)
{
    const struct spiral_scenario *scenario = &drawing->subject.session->base;
    const struct spiral_rectangle *at = &drawing->panel[SPIRAL_PANEL_index].at;
    const struct spiral_rectangle title = spiral_plot_title_place(drawing, SPIRAL_PANEL_index);
    const double middle = title.y + 0.5 * title.height;
    double right = at->x + at->width;

    for (int i = (int)scenario->state_count - 1; i >= 0; i--) {
        char name[SPIRAL_ACTOR_NAME];

        spiral_actor_name(scenario, i, spiral_language_code(drawing->subject.language), name);
        if (right < at->x + 0.55 * at->width)
            break;
        draw_legend_entry(drawing, &right, middle,
                          drawing->page->theme->series[spiral_state_color(scenario, i)], true,
                          name);
    }
}

static void draw_ladder_legend(struct spiral_plot_drawing *drawing)
{
    const struct spiral_rectangle *at = &drawing->panel[SPIRAL_PANEL_ladder].at;
    const struct spiral_rectangle title = spiral_plot_title_place(drawing, SPIRAL_PANEL_ladder);
    const double middle = title.y + 0.5 * title.height;
    double right = at->x + at->width;

    for (int level = SPIRAL_LEVELS; level >= 1; level--) {
        char name[48];

        snprintf(name, sizeof name, "%d %s", level,
                 spiral_label_in(&spiral_level_labels[level - 1], drawing->subject.language));
        draw_legend_entry(drawing, &right, middle, drawing->page->theme->level[level - 1], false,
                          name);
    }
}

/* A frame round a panel that a lesson points at. */
static void draw_frame(struct spiral_plot_drawing *drawing, int panel)
{
    struct spiral_page *page = drawing->page;
    const struct spiral_rectangle *at = &drawing->panel[panel].at;

    spiral_page_color(page, page->theme->series[SPIRAL_COLOR_FORCE], 1.0);
    cairo_set_line_width(page->cr, 2.5 * page->scale);
    cairo_rectangle(page->cr, at->x - 1.0, at->y - 1.0, at->width + 2.0, at->height + 2.0);
    cairo_stroke(page->cr);
}

void spiral_plot_draw_axes(struct spiral_plot_drawing *drawing)
{
    int lowest = 0;

    for (int p = 0; p < SPIRAL_PLOT_PANELS; p++)
        if (spiral_plot_shows(drawing, p))
            lowest = p;

    for (int p = 0; p < SPIRAL_PLOT_PANELS; p++) {
        const struct spiral_panel *panel = &drawing->panel[p];
        const int ticks = panel->at.height > 120.0 * drawing->page->scale ? 6 : 3;
        const struct spiral_ticks y = p == SPIRAL_PANEL_risk
                                          ? spiral_ticks_percent(0.0, 1.0, ticks)
                                          : spiral_ticks_linear(0.0, panel->y.high, ticks);

        if (!spiral_plot_shows(drawing, p))
            continue;
        spiral_panel_draw_axes(drawing->page, panel,
                               &(struct spiral_panel_axes){.x = &drawing->years,
                                                           .y =
                                                               p == SPIRAL_PANEL_ladder ? NULL : &y,
                                                           .x_labels = p == lowest,
                                                           .y_labels = true,
                                                           .x_grid = p != SPIRAL_PANEL_ladder,
                                                           .y_grid = true,
                                                           .y_name =
                                                               spiral_plot_title_of(drawing, p)});
        if ((drawing->framed >> p & 1) != 0)
            draw_frame(drawing, p);
    }

    if (spiral_plot_shows(drawing, SPIRAL_PANEL_index))
        draw_triangle_legend(drawing);
    if (spiral_plot_shows(drawing, SPIRAL_PANEL_ladder))
        draw_ladder_legend(drawing);
}
