/* SPDX-License-Identifier: MIT */
#include "render/figure/bars.h"

#include <math.h>

static struct spiral_color color_of(const struct spiral_page *page, size_t measure)
{
    /* paper has no hue: a dark bar and a pale one */
    if (page->theme == &spiral_themes[SPIRAL_THEME_print])
        return spiral_color_mix(page->theme->ink, page->theme->background,
                                measure == 0 ? 0.3 : 0.65);
    return page->theme->series[measure == 0 ? SPIRAL_COLOR_SMALL : SPIRAL_COLOR_NEIGHBOUR];
}

/* What the colours mean: the measures' names, above the panel, where there are several. */
static void draw_names(struct spiral_page *page, const struct spiral_bars_figure *figure, double x,
                       double y)
{
    for (size_t m = 0; m < figure->measure_count && figure->measure_count > 1; m++) {
        const struct spiral_color color = color_of(page, m);
        x += spiral_text_draw(page, SPIRAL_TEXT_direct, figure->measures[m], x, y, 0.0, 1.0,
                              &(struct spiral_text_form){.color = &color})
                 .width +
             16.0 * page->scale;
    }
}

static void draw_row(struct spiral_page *page, const struct spiral_bars_figure *figure,
                     const struct spiral_panel *panel, size_t row, double height)
{
    const struct spiral_bars_row *bars = &figure->rows[row];
    const double each = fmin(0.7 * height / (double)figure->measure_count, 24.0 * page->scale);
    const double middle = (double)figure->count - (double)row - 0.5;

    spiral_text_draw(page, SPIRAL_TEXT_axis, bars->label, panel->at.x - 8.0 * page->scale,
                     spiral_panel_y(panel, middle), 1.0, 0.5,
                     &(struct spiral_text_form){.color = &page->theme->ink});

    for (size_t m = 0; m < figure->measure_count; m++) {
        if (!isfinite(bars->value[m]))
            continue;

        const double y =
            middle + (0.5 * (double)(figure->measure_count - 1) - (double)m) * each / height;
        spiral_marks_bar(page, panel, 0.0, fmin(fmax(bars->value[m], panel->x.low), panel->x.high),
                         y, 0.8 * each, color_of(page, m), 0.75);

        if (isfinite(bars->low[m]) && isfinite(bars->high[m]))
            spiral_marks_interval(page, panel,
                                  fmin(fmax(bars->low[m], panel->x.low), panel->x.high),
                                  fmax(fmin(bars->high[m], panel->x.high), panel->x.low), y,
                                  (struct spiral_stroke){page->theme->ink, 1.0, 0.7,
                                                         SPIRAL_DASH_solid});
    }
}

void spiral_bars_draw(struct spiral_page *page, const struct spiral_bars_figure *figure)
{
    const struct spiral_rectangle inner =
        spiral_page_frame(page, figure->title, figure->subtitle, figure->note);
    const double line = spiral_text_measure(page, SPIRAL_TEXT_axis, "0", NULL).height;
    double labels = 0.0;
    double low = figure->low;
    double high = figure->high;

    /* The axis holds every value with its interval; a row without an interval has its value. What
     * cannot lie beyond the scale is cut off there. */
    for (size_t i = 0; i < figure->count; i++) {
        labels =
            fmax(labels,
                 spiral_text_measure(page, SPIRAL_TEXT_axis, figure->rows[i].label, NULL).width);
        for (size_t m = 0; m < figure->measure_count && !figure->bounded; m++) {
            low = fmin(low, isfinite(figure->rows[i].low[m]) ? figure->rows[i].low[m]
                                                             : fmin(figure->rows[i].value[m], low));
            high = fmax(high, isfinite(figure->rows[i].high[m])
                                  ? figure->rows[i].high[m]
                                  : fmax(figure->rows[i].value[m], high));
        }
    }

    const double span = high > low ? high - low : 1.0;
    const double left = inner.x + labels + 12.0 * page->scale;
    const struct spiral_panel panel = {.at = {left, inner.y + line + 8.0 * page->scale,
                                              inner.x + inner.width - left - 14.0 * page->scale,
                                              inner.height - 3.0 * line - 22.0 * page->scale},
                                       .x = {low < figure->low ? low - 0.03 * span : low,
                                             high > figure->high ? high + 0.03 * span : high,
                                             false},
                                       .y = {0.0, (double)figure->count, false}};
    const struct spiral_ticks x = spiral_ticks_linear(panel.x.low, panel.x.high, 8);

    spiral_panel_draw_axes(page, &panel,
                           &(struct spiral_panel_axes){.x = &x,
                                                       .x_name = figure->x_name,
                                                       .x_labels = true,
                                                       .x_grid = true});
    draw_names(page, figure, left, panel.at.y - 4.0 * page->scale);
    for (size_t row = 0; row < figure->count; row++)
        draw_row(page, figure, &panel, row, panel.at.height / (double)figure->count);

    spiral_marks_vertical(page, &panel, 0.0,
                          (struct spiral_stroke){page->theme->ink, 0.8, 0.6, SPIRAL_DASH_solid});
}
