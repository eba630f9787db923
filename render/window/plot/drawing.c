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

const char *spiral_plot_curve_name(int what, enum spiral_language language)
{
    if (what == SPIRAL_CURVE_war)
        return spiral_phrase(SPIRAL_PHRASE_war_by_now, language);
    if (what == SPIRAL_CURVE_force)
        return spiral_phrase(SPIRAL_PHRASE_force_by_now, language);
    return language == SPIRAL_CHINESE ? spiral_quantity_fields[what].label_zh
                                      : spiral_quantity_fields[what].label_en;
}

/* --- the panels ------------------------------------------------------------------------------- */

/* The room to the right that labels take. */
static double label_room(const struct spiral_plot_drawing *drawing)
{
    double room = 0.0;
    char text[112];

    for (int c = 0; c < SPIRAL_PLOT_CURVES; c++) {
        snprintf(text, sizeof text, "%s 0.00",
                 spiral_plot_curve_name(spiral_plot_curves[c].what, drawing->subject.language));
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
        {0.37, 100.0}, {0.15, 1.0}, {0.27, 1.0}, {0.21, 1.0}, {0.0, 1.0}};
    const double line = spiral_text_measure(drawing->page, SPIRAL_TEXT_axis, "0", NULL).height;
    const double unit = drawing->page->scale;
    const double name = line + 5.0 * unit;
    const double left = at.x +
                        spiral_text_measure(drawing->page, SPIRAL_TEXT_tick, "100 %", NULL).width +
                        6.0 * unit;
    const double width = at.x + at.width - label_room(drawing) - 12.0 * unit - left;
    const double foot = line + 8.0 * unit;
    const double ladder = 2.9 * line;
    const double between = 5.0 * unit;
    const double room =
        at.height - SPIRAL_PLOT_PANELS * name - foot - ladder - (SPIRAL_PLOT_PANELS - 1) * between;
    double y = at.y + name;

    for (int p = 0; p < SPIRAL_PLOT_PANELS; p++) {
        const double height = p == SPIRAL_PANEL_ladder ? ladder : panels[p].share * room;
        drawing->panel[p] = (struct spiral_panel){.at = {left, y, width, height},
                                                  .x = {drawing->from, drawing->until, false},
                                                  .y = {0.0, panels[p].high, false}};
        y += height + between + name;
    }

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
                                            .hidden = plot->hidden};
    lay_out_panels(drawing, at);

    return drawing;
}

/* From the top of the first panel to the bottom of the last. */
struct spiral_rectangle spiral_plot_all_panels(const struct spiral_plot_drawing *drawing)
{
    const struct spiral_rectangle *first = &drawing->panel[0].at;
    const struct spiral_rectangle *last = &drawing->panel[SPIRAL_PLOT_PANELS - 1].at;

    return (struct spiral_rectangle){first->x, first->y, first->width,
                                     last->y + last->height - first->y};
}

void spiral_plot_draw_axes(struct spiral_plot_drawing *drawing)
{
    const enum spiral_language language = drawing->subject.language;
    const char *const names[SPIRAL_PLOT_PANELS] = {
        spiral_plot_curve_name(SPIRAL_QUANTITY_escalation, language),
        spiral_phrase(SPIRAL_PHRASE_risk_by_date, language),
        spiral_phrase(SPIRAL_PHRASE_perceptions, language),
        spiral_phrase(SPIRAL_PHRASE_alliance, language),
        spiral_phrase(SPIRAL_PHRASE_ladder, language)};

    for (int p = 0; p < SPIRAL_PLOT_PANELS; p++) {
        const struct spiral_panel *panel = &drawing->panel[p];
        const int ticks = panel->at.height > 120.0 * drawing->page->scale ? 6 : 3;
        const struct spiral_ticks y = p == SPIRAL_PANEL_risk
                                          ? spiral_ticks_percent(0.0, 1.0, ticks)
                                          : spiral_ticks_linear(0.0, panel->y.high, ticks);
        spiral_panel_draw_axes(drawing->page, panel,
                               &(struct spiral_panel_axes){.x = &drawing->years,
                                                           .y =
                                                               p == SPIRAL_PANEL_ladder ? NULL : &y,
                                                           .x_labels = p == SPIRAL_PANEL_ladder,
                                                           .y_labels = true,
                                                           .x_grid = p != SPIRAL_PANEL_ladder,
                                                           .y_grid = true,
                                                           .y_name = names[p]});
    }
}
