/* SPDX-License-Identifier: MIT */
#include "render/figure/curves.h"

#include <math.h>

void spiral_curves_draw(struct spiral_page *page, const struct spiral_curves_figure *figure)
{
    struct spiral_rectangle inner = spiral_page_frame(page, figure->title, figure->subtitle, "");
    struct spiral_end_label ends[SPIRAL_MOST_CURVES];
    double names = 0.0, largest = 0.0;
    for (size_t c = 0; c < figure->curve_count; c++) {
        names = fmax(names, spiral_text_measure(page, SPIRAL_TEXT_direct, figure->curves[c].name, NULL).width);
        ends[c] = (struct spiral_end_label){figure->curves[c].name, figure->curves[c].y[figure->count - 1], figure->curves[c].color};
        for (size_t i = 0; i < figure->count; i++)
            largest = fmax(largest, figure->curves[c].high[i]);
    }
    struct spiral_panel panel = {.x = {figure->x[0], figure->x[figure->count - 1], false}, .y = {0.0, spiral_risk_scale(largest), false}};
    const struct spiral_ticks x = spiral_ticks_linear(panel.x.low, panel.x.high, 11), y = spiral_ticks_percent(0.0, panel.y.high, 6);
    const struct spiral_panel_axes axes = {.x = &x, .y = &y, .x_name = figure->x_name, .y_name = figure->y_name, .x_labels = true, .y_labels = true,
                                           .y_grid = true};
    const struct spiral_panel_margins margins = spiral_panel_margins(page, &axes);
    panel.at = (struct spiral_rectangle){inner.x + margins.left, inner.y + margins.top, inner.width - margins.left - names - 14.0 * page->scale,
                                         inner.height - margins.top - margins.bottom};
    spiral_panel_draw_axes(page, &panel, &axes);
    for (size_t c = 0; c < figure->curve_count; c++) {
        const struct spiral_curve *curve = &figure->curves[c];
        spiral_marks_band(page, &panel, figure->x, curve->low, curve->high, figure->count, curve->color, 0.2);
        spiral_marks_line(page, &panel, figure->x, curve->y, figure->count, (struct spiral_stroke){curve->color, 1.0, 1.3, false});
        for (size_t i = 0; i < figure->count; i++)
            spiral_marks_dot(page, &panel, figure->x[i], curve->y[i], 2.2, curve->color, false);
    }
    if (isfinite(figure->mark)) {
        spiral_marks_vertical(page, &panel, figure->mark, (struct spiral_stroke){page->theme->muted, 0.9, 0.7, true});
        spiral_text_draw(page, SPIRAL_TEXT_note, figure->mark_name, spiral_panel_x(&panel, figure->mark) + 4.0 * page->scale, panel.at.y, 0.0, 0.0,
                         &(struct spiral_text_form){.halo = true});
    }
    spiral_labels_ends(page, &panel, ends, figure->curve_count);
}
