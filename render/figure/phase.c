/* SPDX-License-Identifier: MIT */
#include "render/figure/phase.h"

#include <math.h>
#include <stdio.h>

/* Arrows: their length grows with the root of the speed, so that slow points still show a
 * direction; the fastest fills its cell. */
static void draw_flow(struct spiral_page *page, const struct spiral_phase_figure *figure,
                      const struct spiral_panel *panel)
{
    const int nodes = figure->nodes;
    const double cell = 1.0 / (nodes - 1);
    double fastest = 1e-12;

    for (int i = 0; i < nodes * nodes; i++)
        fastest = fmax(fastest, hypot(figure->small_change[i], figure->neighbour_change[i]));

    for (int row = 0; row < nodes; row++)
        for (int column = 0; column < nodes; column++) {
            const double dx = figure->small_change[row * nodes + column];
            const double dy = figure->neighbour_change[row * nodes + column];
            const double speed = hypot(dx, dy);
            if (speed < 1e-6)
                continue;

            const double length = 0.95 * cell * sqrt(speed / fastest);
            const double x = column * cell;
            const double y = row * cell;
            spiral_marks_arrow(page, panel, x, y, x + length * dx / speed, y + length * dy / speed,
                               (struct spiral_stroke){page->theme->muted, 0.55, 0.6, false});
        }
}

static void draw_paths(struct spiral_page *page, const struct spiral_phase_figure *figure,
                       const struct spiral_panel *panel)
{
    for (size_t p = 0; p < figure->path_count; p++) {
        const double *x = figure->path_small + p * figure->steps;
        const double *y = figure->path_neighbour + p * figure->steps;
        spiral_marks_line(page, panel, x, y, figure->steps,
                          (struct spiral_stroke){page->theme->series[SPIRAL_COLOR_INDEX], 0.6, 0.7,
                                                 false});
    }

    for (size_t p = 0; p < figure->path_count && figure->steps > 0; p++) {
        const double *x = figure->path_small + p * figure->steps;
        const double *y = figure->path_neighbour + p * figure->steps;
        spiral_marks_dot(page, panel, x[0], y[0], 2.5, page->theme->series[SPIRAL_COLOR_INDEX],
                         true);
        spiral_marks_dot(page, panel, x[figure->steps - 1], y[figure->steps - 1], 3.0,
                         page->theme->series[SPIRAL_COLOR_INDEX], false);
    }
}

/* What the colours mean, a line a side above the panel. */
static void draw_key(struct spiral_page *page, const struct spiral_phase_figure *figure, double x,
                     double y, double line)
{
    const char *names[2] = {figure->small, figure->neighbour};
    const struct spiral_color color[2] = {page->theme->series[SPIRAL_COLOR_SMALL],
                                          page->theme->series[SPIRAL_COLOR_NEIGHBOUR]};

    for (int side = 0; side < 2; side++) {
        char text[120];
        snprintf(text, sizeof text, spiral_word(SPIRAL_WORD_no_change, figure->language),
                 names[side]);
        spiral_text_draw(page, SPIRAL_TEXT_direct, text, x, y + side * line, 0.0, 0.0,
                         &(struct spiral_text_form){.color = &color[side]});
    }
}

void spiral_phase_draw(struct spiral_page *page, const struct spiral_phase_figure *figure)
{
    char x_name[120];
    char y_name[120];
    const struct spiral_rectangle inner =
        spiral_page_frame(page, figure->title, figure->subtitle,
                          spiral_word(SPIRAL_WORD_paths, figure->language));
    const double line = 1.2 * spiral_text_measure(page, SPIRAL_TEXT_direct, "0", NULL).height;
    struct spiral_panel panel = {.x = {0.0, 1.0, false}, .y = {0.0, 1.0, false}};
    const struct spiral_ticks ticks = spiral_ticks_linear(0.0, 1.0, 6);

    snprintf(x_name, sizeof x_name, spiral_word(SPIRAL_WORD_fear_of, figure->language),
             figure->small, figure->neighbour);
    snprintf(y_name, sizeof y_name, spiral_word(SPIRAL_WORD_fear_of, figure->language),
             figure->neighbour, figure->small);

    const struct spiral_panel_axes axes = {.x = &ticks,
                                           .y = &ticks,
                                           .x_labels = true,
                                           .y_labels = true,
                                           .x_name = x_name,
                                           .y_name = y_name};
    const struct spiral_panel_margins margins = spiral_panel_margins(page, &axes);

    panel.at = (struct spiral_rectangle){inner.x + margins.left, inner.y + 2.2 * line + margins.top,
                                         inner.width - margins.left - 8.0 * page->scale,
                                         inner.height - 2.2 * line - margins.top - margins.bottom};
    draw_key(page, figure, inner.x, inner.y, line);
    draw_flow(page, figure, &panel);
    draw_paths(page, figure, &panel);

    const struct spiral_value_grid small = {figure->small_change, figure->nodes, figure->nodes};
    const struct spiral_value_grid neighbour = {figure->neighbour_change, figure->nodes,
                                                figure->nodes};

    spiral_marks_contour(page, &panel, &small, 0.0,
                         (struct spiral_stroke){page->theme->series[SPIRAL_COLOR_SMALL], 1.0, 1.3,
                                                false});
    spiral_marks_contour(page, &panel, &neighbour, 0.0,
                         (struct spiral_stroke){page->theme->series[SPIRAL_COLOR_NEIGHBOUR], 1.0,
                                                1.3, false});
    spiral_panel_draw_axes(page, &panel, &axes);
}
