/* SPDX-License-Identifier: MIT */
#include "render/figure/convergence.h"

#include <math.h>
#include <stdio.h>

/* The colours of the curves, in their order. */
static const enum spiral_series_color curve_colors[SPIRAL_MOST_CONVERGING] = {
    SPIRAL_COLOR_NEIGHBOUR, SPIRAL_COLOR_SMALL, SPIRAL_COLOR_OFFSHORE, SPIRAL_COLOR_INDEX,
    SPIRAL_COLOR_WAR};

/* The scale: what it holds at least, and where values go beyond, those. */
static struct spiral_scale scale_of(const struct spiral_convergence_figure *figure)
{
    struct spiral_scale scale = {figure->low, figure->high, false};

    for (size_t c = 0; c < figure->curve_count && !figure->bounded; c++)
        for (size_t i = 0; i < figure->count; i++) {
            scale.low = fmin(scale.low, figure->curves[c].low[i]);
            scale.high = fmax(scale.high, figure->curves[c].high[i]);
        }

    return scale;
}

/* A tick at every number of points, as far as their labels fit. */
static struct spiral_ticks point_ticks(struct spiral_page *page, double width,
                                       const struct spiral_convergence_figure *figure)
{
    const double label = spiral_text_measure(page, SPIRAL_TEXT_tick, "1,048,576", NULL).width;
    const size_t room = (size_t)fmax(2.0, width / label);
    size_t each = 1;
    struct spiral_ticks ticks = {.count = 0};

    while ((figure->count + each - 1) / each > room ||
           (figure->count + each - 1) / each > SPIRAL_TICKS)
        each++;

    /* The last number has a tick in any case. */
    for (size_t i = (figure->count - 1) % each; i < figure->count; i += each) {
        ticks.at[ticks.count] = figure->points[i];
        snprintf(ticks.label[ticks.count++], sizeof *ticks.label, "%.0f", figure->points[i]);
    }

    return ticks;
}

static double names_width(struct spiral_page *page, const struct spiral_convergence_figure *figure)
{
    double width = 0.0;

    for (size_t c = 0; c < figure->curve_count; c++)
        width =
            fmax(width,
                 spiral_text_measure(page, SPIRAL_TEXT_direct, figure->curves[c].name, NULL).width);

    return width + spiral_labels_sample_width(page);
}

/* The interval at a number of points, a little beside those of the other curves. */
static void draw_interval(struct spiral_page *page, const struct spiral_panel *panel, double x,
                          double low, double high, struct spiral_color color)
{
    const double bottom = spiral_panel_y(panel, fmax(low, panel->y.low));
    const double top = spiral_panel_y(panel, fmin(high, panel->y.high));

    cairo_save(page->cr);
    cairo_move_to(page->cr, x, bottom);
    cairo_line_to(page->cr, x, top);
    spiral_marks_stroke(page, (struct spiral_stroke){color, 0.9, 1.0, SPIRAL_DASH_solid});
    cairo_restore(page->cr);
}

static void draw_curves(struct spiral_page *page, const struct spiral_panel *panel,
                        const struct spiral_convergence_figure *figure)
{
    struct spiral_end_label ends[SPIRAL_MOST_CONVERGING];

    for (size_t c = 0; c < figure->curve_count; c++) {
        const struct spiral_converging *curve = &figure->curves[c];
        const struct spiral_color color = page->theme->series[curve_colors[c]];
        const double beside =
            3.0 * page->scale * ((double)c - 0.5 * (double)(figure->curve_count - 1));

        spiral_marks_line(page, panel, figure->points, curve->value, figure->count,
                          (struct spiral_stroke){color, 1.0, 1.0, spiral_dash_of(c)});
        for (size_t i = 0; i < figure->count; i++) {
            if (!isfinite(curve->value[i]))
                continue;
            spiral_marks_dot(page, panel, figure->points[i], curve->value[i], 2.2, color, false);
            if (isfinite(curve->low[i]) && isfinite(curve->high[i]))
                draw_interval(page, panel, spiral_panel_x(panel, figure->points[i]) + beside,
                              curve->low[i], curve->high[i], color);
        }

        ends[c] = (struct spiral_end_label){curve->name, curve->value[figure->count - 1], color,
                                            spiral_dash_of(c)};
    }

    spiral_labels_ends(page, panel, ends, figure->curve_count);
}

void spiral_convergence_draw(struct spiral_page *page,
                             const struct spiral_convergence_figure *figure)
{
    const struct spiral_rectangle inner =
        spiral_page_frame(page, figure->title, figure->subtitle, figure->note);
    struct spiral_panel panel = {.x = {figure->points[0] / 1.15,
                                       figure->points[figure->count - 1] * 1.15, true},
                                 .y = scale_of(figure)};
    const double width = inner.width - names_width(page, figure) - 70.0 * page->scale;
    const struct spiral_ticks x = point_ticks(page, width, figure);
    const struct spiral_ticks y = spiral_ticks_linear(panel.y.low, panel.y.high, 7);
    const struct spiral_panel_axes axes = {.x = &x,
                                           .y = &y,
                                           .x_name = figure->x_name,
                                           .y_name = figure->y_name,
                                           .x_labels = true,
                                           .y_labels = true,
                                           .y_grid = true};

    panel.at =
        spiral_panel_within(page, &axes, &inner, names_width(page, figure) + 14.0 * page->scale);
    spiral_panel_draw_axes(page, &panel, &axes);
    draw_curves(page, &panel, figure);
}
