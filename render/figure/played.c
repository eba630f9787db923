/* SPDX-License-Identifier: MIT */
#include "render/figure/played.h"

#include <math.h>

/* The widest name at the end of a curve. */
static double width_of_names(struct spiral_page *page, const struct spiral_played_figure *figure)
{
    double width = 0.0;

    for (size_t p = 0; p < figure->panel_count; p++)
        for (size_t c = 0; c < figure->panels[p].curve_count; c++) {
            const char *name = figure->panels[p].curves[c].name;
            if (name != NULL)
                width = fmax(width, spiral_text_measure(page, SPIRAL_TEXT_note, name, NULL).width);
        }

    return width;
}

/* The names at the ends of a panel's curves, moved apart. */
static void draw_names(struct spiral_page *page, const struct spiral_panel *panel,
                       const struct spiral_played_panel *given)
{
    double at[SPIRAL_PLAYED_CURVES];
    double size[SPIRAL_PLAYED_CURVES];
    const struct spiral_played_curve *named[SPIRAL_PLAYED_CURVES];
    const double line = spiral_text_measure(page, SPIRAL_TEXT_note, "0", NULL).height;
    size_t count = 0;

    for (size_t c = 0; c < given->curve_count; c++) {
        const struct spiral_played_curve *curve = &given->curves[c];
        if (curve->name == NULL || curve->count == 0)
            continue;
        named[count] = curve;
        at[count] = spiral_panel_y(panel, curve->y[curve->count - 1]);
        size[count++] = line;
    }

    /* the names are placed in the order of their heights */
    for (size_t i = 1; i < count; i++)
        for (size_t j = i; j > 0 && at[j] < at[j - 1]; j--) {
            const double height = at[j];
            const struct spiral_played_curve *curve = named[j];
            at[j] = at[j - 1];
            named[j] = named[j - 1];
            at[j - 1] = height;
            named[j - 1] = curve;
        }

    spiral_labels_spread(at, size, count, panel->at.y, panel->at.y + panel->at.height);

    for (size_t i = 0; i < count; i++)
        spiral_text_draw(page, SPIRAL_TEXT_note, named[i]->name,
                         panel->at.x + panel->at.width + 8.0 * page->scale, at[i], 0.0, 0.5,
                         &(struct spiral_text_form){.color = &named[i]->color});
}

static void draw_rounds(struct spiral_page *page, const struct spiral_played_figure *figure,
                        const struct spiral_panel *panel)
{
    if (figure->shown >= 0 && figure->shown + 1 < (int)figure->round_count) {
        const double from = spiral_panel_x(panel, figure->rounds[figure->shown]);
        const double to = spiral_panel_x(panel, figure->rounds[figure->shown + 1]);
        spiral_page_color(page, page->theme->series[SPIRAL_COLOR_INDEX], 0.14);
        cairo_rectangle(page->cr, from, panel->at.y, to - from, panel->at.height);
        cairo_fill(page->cr);
    }

    for (size_t r = 0; r < figure->round_count; r++)
        spiral_marks_vertical(page, panel, figure->rounds[r],
                              (struct spiral_stroke){page->theme->muted, 0.5, 0.4,
                                                     SPIRAL_DASH_solid});
}

static void draw_curves(struct spiral_page *page, const struct spiral_panel *panel,
                        const struct spiral_played_panel *given)
{
    if (isfinite(given->line))
        spiral_marks_horizontal(page, panel, given->line,
                                (struct spiral_stroke){page->theme->ink, 0.8, 0.6,
                                                       SPIRAL_DASH_dashed});

    for (size_t c = 0; c < given->curve_count; c++) {
        const struct spiral_played_curve *curve = &given->curves[c];
        const struct spiral_stroke stroke = {curve->color, 1.0, curve->width,
                                             curve->dashed ? SPIRAL_DASH_dashed
                                                           : SPIRAL_DASH_solid};
        if (curve->steps)
            spiral_marks_steps(page, panel, curve->x, curve->y, curve->count, stroke);
        else
            spiral_marks_line(page, panel, curve->x, curve->y, curve->count, stroke);
    }
}

void spiral_played_draw(struct spiral_page *page, const struct spiral_played_figure *figure,
                        struct spiral_rectangle at)
{
    const double unit = page->scale;
    const double line = spiral_text_measure(page, SPIRAL_TEXT_axis, "0", NULL).height;
    const double names = width_of_names(page, figure);
    const double left =
        spiral_text_measure(page, SPIRAL_TEXT_tick, "0.00", NULL).width + 8.0 * unit;
    const double name = line + 10.0 * unit;
    double shares = 0.0;

    if (figure->title[0] != '\0')
        at = spiral_page_frame(page, figure->title, figure->subtitle, "");
    for (size_t p = 0; p < figure->panel_count; p++)
        shares += figure->panels[p].share;

    const double width = at.width - left - names - 14.0 * unit;
    const double room =
        at.height - (double)figure->panel_count * (name + 6.0 * unit) - line - 8.0 * unit;
    const struct spiral_ticks years =
        spiral_ticks_years(figure->from, figure->until, (int)fmax(2.0, width / (4.2 * line)));
    double y = at.y + name;

    for (size_t p = 0; p < figure->panel_count; p++) {
        const struct spiral_played_panel *given = &figure->panels[p];
        const double height = fmax(8.0, room * given->share / shares);
        const struct spiral_panel panel = {.at = {at.x + left, y, width, height},
                                           .x = {figure->from, figure->until, false},
                                           .y = {given->low, given->high, false}};
        const int most =
            given->whole ? (int)(given->high - given->low) + 1 : spiral_ticks_room(page, height);
        const struct spiral_ticks ticks = spiral_ticks_linear(given->low, given->high, most);
        const bool last = p + 1 == figure->panel_count;

        draw_rounds(page, figure, &panel);
        spiral_panel_draw_axes(page, &panel,
                               &(struct spiral_panel_axes){.x = &years,
                                                           .y = &ticks,
                                                           .x_labels = last,
                                                           .y_labels = true,
                                                           .y_name = given->name,
                                                           .y_grid = true});
        draw_curves(page, &panel, given);
        draw_names(page, &panel, given);
        y += height + name + 6.0 * unit;
    }
}
