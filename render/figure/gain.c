/* SPDX-License-Identifier: MIT */
#include "render/figure/gain.h"

#include <math.h>

/* The colours of the routes, in their order. */
static const enum spiral_series_color route_colors[SPIRAL_GAIN_ROUTES] = {
    SPIRAL_COLOR_SMALL, SPIRAL_COLOR_OFFSHORE, SPIRAL_COLOR_WAR, SPIRAL_COLOR_FORCE,
    SPIRAL_COLOR_SMALL, SPIRAL_COLOR_OFFSHORE, SPIRAL_COLOR_WAR, SPIRAL_COLOR_FORCE};

/* The scale: 0, all values, and the line at 1. */
static struct spiral_scale scale_of(const struct spiral_gain_figure *figure)
{
    struct spiral_scale scale = {0.0, 1.1, false};

    for (size_t i = 0; i < figure->count; i++) {
        scale.high = fmax(scale.high, 1.05 * figure->high[i]);
        for (size_t r = 0; r < figure->route_count; r++)
            scale.low = fmin(scale.low, 1.05 * figure->routes[r].added[i]);
    }

    return scale;
}

/* The width of the longest name at a curve's end, with the piece of line before it. */
static double names_width(struct spiral_page *page, const struct spiral_gain_figure *figure)
{
    const char *gain = spiral_word(SPIRAL_WORD_loop_gain, figure->language);
    double width = spiral_text_measure(page, SPIRAL_TEXT_direct, gain, NULL).width;

    for (size_t r = 0; r < figure->route_count; r++)
        width =
            fmax(width,
                 spiral_text_measure(page, SPIRAL_TEXT_direct, figure->routes[r].name, NULL).width);

    return width + spiral_labels_sample_width(page);
}

static void draw_threshold(struct spiral_page *page, const struct spiral_panel *panel,
                           enum spiral_language language)
{
    spiral_marks_horizontal(page, panel, 1.0,
                            (struct spiral_stroke){page->theme->ink, 0.8, 0.8, SPIRAL_DASH_dashed});
    spiral_text_draw(page, SPIRAL_TEXT_note, spiral_word(SPIRAL_WORD_gain_of_one, language),
                     panel->at.x + 4.0 * page->scale,
                     spiral_panel_y(panel, 1.0) - 2.0 * page->scale, 0.0, 1.0,
                     &(struct spiral_text_form){.halo = true});
}

static void draw_curves(struct spiral_page *page, const struct spiral_gain_figure *figure,
                        const struct spiral_panel *panel)
{
    const struct spiral_color own = page->theme->series[SPIRAL_COLOR_NEIGHBOUR];
    const size_t last = figure->count - 1;
    struct spiral_end_label ends[SPIRAL_GAIN_ROUTES + 1];
    size_t count = 0;

    spiral_marks_band(page, panel, figure->year, figure->low, figure->high, figure->count, own,
                      0.22);
    for (size_t r = 0; r < figure->route_count; r++) {
        const struct spiral_color color = page->theme->series[route_colors[r]];
        spiral_marks_line(page, panel, figure->year, figure->routes[r].added, figure->count,
                          (struct spiral_stroke){color, 0.9, 1.0, spiral_dash_of(r + 1)});
        ends[count++] =
            (struct spiral_end_label){figure->routes[r].name, figure->routes[r].added[last], color,
                                      spiral_dash_of(r + 1)};
    }
    spiral_marks_line(page, panel, figure->year, figure->gain, figure->count,
                      (struct spiral_stroke){own, 1.0, 1.8, SPIRAL_DASH_solid});
    ends[count++] = (struct spiral_end_label){spiral_word(SPIRAL_WORD_loop_gain, figure->language),
                                              figure->gain[last], own, SPIRAL_DASH_solid};
    spiral_labels_ends(page, panel, ends, count);
}

static void draw_panel(struct spiral_page *page, const struct spiral_gain_figure *figure,
                       struct spiral_rectangle inner)
{
    struct spiral_panel panel = {.x = {figure->year[0], figure->year[figure->count - 1], false},
                                 .y = scale_of(figure)};
    const struct spiral_ticks x =
        spiral_ticks_years(panel.x.low, panel.x.high, inner.width > 700.0 * page->scale ? 12 : 6);
    const struct spiral_ticks y = spiral_ticks_linear(panel.y.low, panel.y.high, 7);
    const struct spiral_panel_axes axes = {.x = &x,
                                           .y = &y,
                                           .y_name =
                                               spiral_word(SPIRAL_WORD_gain_axis, figure->language),
                                           .x_labels = true,
                                           .y_labels = true,
                                           .y_grid = true};
    const struct spiral_panel_margins margins = spiral_panel_margins(page, &axes);

    panel.at = (struct spiral_rectangle){inner.x + margins.left, inner.y + margins.top,
                                         inner.width - margins.left - names_width(page, figure) -
                                             14.0 * page->scale,
                                         inner.height - margins.top - margins.bottom};
    spiral_panel_draw_axes(page, &panel, &axes);
    draw_threshold(page, &panel, figure->language);
    draw_curves(page, figure, &panel);
}

void spiral_gain_draw(struct spiral_page *page, const struct spiral_gain_figure *figure)
{
    draw_panel(page, figure,
               spiral_page_frame(page, figure->title, figure->subtitle, figure->note));
}

void spiral_gain_draw_within(struct spiral_page *page, const struct spiral_gain_figure *figure,
                             struct spiral_rectangle at)
{
    draw_panel(page, figure,
               spiral_page_frame_within(page, figure->title, figure->subtitle, figure->note, at));
}
