/* SPDX-License-Identifier: MIT */
#include "render/figure/curves.h"

#include <math.h>
#include <stdlib.h>

#include "render/chart/label_space.h"

/* Whether names at the curves' ends can be told apart: no two ends nearer than a line. */
static bool ends_apart(struct spiral_page *page, const struct spiral_curves_figure *figure,
                       const struct spiral_panel *panel)
{
    const double line = spiral_text_measure(page, SPIRAL_TEXT_direct, "0", NULL).height;

    for (size_t c = 0; c < figure->curve_count; c++)
        for (size_t d = c + 1; d < figure->curve_count; d++)
            if (fabs(spiral_panel_y(panel, figure->curves[c].y[figure->count - 1]) -
                     spiral_panel_y(panel, figure->curves[d].y[figure->count - 1])) < line)
                return false;
    return true;
}

/* A name beside its curve, as near to its highest point as the other curves allow. Returns
 * whether there was space. */
static bool draw_name(struct spiral_page *page, const struct spiral_curves_figure *figure,
                      const struct spiral_panel *panel, const struct spiral_curve *curve,
                      struct spiral_label_space *space)
{
    const struct spiral_text_form form = {.color = &curve->color, .halo = true};
    long highest = 0;

    for (size_t i = 1; i < figure->count; i++)
        highest = curve->y[i] > curve->y[highest] ? (long)i : highest;

    for (long away = 0; away < (long)figure->count; away++)
        for (long side = 1; side >= -1; side -= 2) {
            const long i = highest + side * away;
            if (i >= 0 && i < (long)figure->count &&
                spiral_label_space_draw_text(page, space, SPIRAL_TEXT_direct, curve->name,
                                             spiral_panel_x(panel, figure->x[i]),
                                             spiral_panel_y(panel, curve->y[i]), 7.0 * page->scale,
                                             &form))
                return true;
        }

    return false;
}

/* The curves' names: at their ends where these are apart, else beside the curves. */
static void draw_names(struct spiral_page *page, const struct spiral_curves_figure *figure,
                       const struct spiral_panel *panel)
{
    struct spiral_end_label ends[SPIRAL_MOST_CURVES];
    size_t left = 0;
    struct spiral_label_space *space =
        ends_apart(page, figure, panel) ? NULL : calloc(1, sizeof *space);

    /* Names beside the curves keep off all curves, not only their own. */
    if (space != NULL) {
        space->within = panel->at;
        for (size_t c = 0; c < figure->curve_count; c++)
            spiral_label_space_take_line(page, space, panel, figure->x, figure->curves[c].y,
                                         figure->count);
    }

    for (size_t c = 0; c < figure->curve_count; c++)
        if (space == NULL || !draw_name(page, figure, panel, &figure->curves[c], space))
            ends[left++] = (struct spiral_end_label){figure->curves[c].name,
                                                     figure->curves[c].y[figure->count - 1],
                                                     figure->curves[c].color, spiral_dash_of(c)};

    spiral_labels_ends(page, panel, ends, left);
    free(space);
}

void spiral_curves_draw(struct spiral_page *page, const struct spiral_curves_figure *figure)
{
    struct spiral_rectangle inner = spiral_page_frame(page, figure->title, figure->subtitle, "");
    double names = 0.0;
    double largest = 0.0;

    for (size_t c = 0; c < figure->curve_count; c++) {
        names =
            fmax(names,
                 spiral_text_measure(page, SPIRAL_TEXT_direct, figure->curves[c].name, NULL).width);
        for (size_t i = 0; i < figure->count; i++)
            largest = fmax(largest, figure->curves[c].high[i]);
    }

    struct spiral_panel panel = {.x = {figure->x[0], figure->x[figure->count - 1], false},
                                 .y = {0.0, spiral_risk_scale(largest), false}};
    const struct spiral_ticks x = spiral_ticks_linear(panel.x.low, panel.x.high, 11);
    const struct spiral_ticks y = spiral_ticks_percent(0.0, panel.y.high, 6);
    const struct spiral_panel_axes axes = {.x = &x,
                                           .y = &y,
                                           .x_name = figure->x_name,
                                           .y_name = figure->y_name,
                                           .x_labels = true,
                                           .y_labels = true,
                                           .y_grid = true};
    const struct spiral_panel_margins margins = spiral_panel_margins(page, &axes);

    panel.at = (struct spiral_rectangle){inner.x + margins.left, inner.y + margins.top,
                                         inner.width - margins.left - 14.0 * page->scale,
                                         inner.height - margins.top - margins.bottom};
    if (ends_apart(page, figure, &panel))
        panel.at.width -= names + spiral_labels_sample_width(page);
    spiral_panel_draw_axes(page, &panel, &axes);

    for (size_t c = 0; c < figure->curve_count; c++) {
        const struct spiral_curve *curve = &figure->curves[c];
        spiral_marks_band(page, &panel, figure->x, curve->low, curve->high, figure->count,
                          curve->color, 0.2);
        spiral_marks_line(page, &panel, figure->x, curve->y, figure->count,
                          (struct spiral_stroke){curve->color, 1.0, 1.3, spiral_dash_of(c)});
        for (size_t i = 0; i < figure->count; i++)
            spiral_marks_dot(page, &panel, figure->x[i], curve->y[i], 2.2, curve->color, false);
    }

    if (isfinite(figure->mark)) {
        spiral_marks_vertical(page, &panel, figure->mark,
                              (struct spiral_stroke){page->theme->muted, 0.9, 0.7,
                                                     SPIRAL_DASH_dashed});

        /* the name stands to the right of the line, or to the left where the page would end */
        const double gap = 4.0 * page->scale;
        const double at = spiral_panel_x(&panel, figure->mark);
        const double width =
            spiral_text_measure(page, SPIRAL_TEXT_note, figure->mark_name, NULL).width;
        const bool left = at + gap + width > panel.at.x + panel.at.width;
        spiral_text_draw(page, SPIRAL_TEXT_note, figure->mark_name, left ? at - gap : at + gap,
                         panel.at.y, left ? 1.0 : 0.0, 0.0,
                         &(struct spiral_text_form){.halo = true});
    }

    draw_names(page, figure, &panel);
}
