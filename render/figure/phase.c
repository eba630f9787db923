/* SPDX-License-Identifier: MIT */
#include "render/figure/phase.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "render/chart/label_space.h"

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

/* The years of a path at its ends and at round years between, beside their points. */
static void draw_years(struct spiral_page *page, const struct spiral_phase_figure *figure,
                       const struct spiral_panel *panel, size_t path,
                       struct spiral_label_space *space)
{
    const double *x = figure->path_small + path * figure->steps;
    const double *y = figure->path_neighbour + path * figure->steps;

    for (size_t i = 0; i < figure->steps; i++) {
        const int year = figure->first_year + (int)i;
        const bool is_end = i == 0 || i + 1 == figure->steps;
        char text[16];

        if (!is_end && year % 10 != 0)
            continue;
        snprintf(text, sizeof text, "%d", year);
        if (!is_end)
            spiral_marks_dot(page, panel, x[i], y[i], 1.6, page->theme->series[SPIRAL_COLOR_INDEX],
                             false);
        spiral_label_space_draw_text(page, space, SPIRAL_TEXT_number, text,
                                     spiral_panel_x(panel, x[i]), spiral_panel_y(panel, y[i]),
                                     6.0 * page->scale, &(struct spiral_text_form){.halo = true});
    }
}

/* How often the two lines of no change cross: clusters of cells of the grid in which both changes
 * have both signs. */
static int count_crossings(const struct spiral_phase_figure *figure)
{
    const int nodes = figure->nodes;
    bool found[64 * 64] = {false};
    int count = 0;

    for (int row = 0; row + 1 < nodes && nodes <= 64; row++)
        for (int column = 0; column + 1 < nodes; column++) {
            bool sign[2][2] = {{false, false}, {false, false}};

            for (int corner = 0; corner < 4; corner++) {
                const int node = (row + corner / 2) * nodes + column + corner % 2;
                sign[0][figure->small_change[node] > 0.0] = true;
                sign[1][figure->neighbour_change[node] > 0.0] = true;
            }

            found[row * nodes + column] = sign[0][0] && sign[0][1] && sign[1][0] && sign[1][1];

            /* a crossing near an edge is found in the cells on both sides of it */
            const bool is_new =
                found[row * nodes + column] && !(column > 0 && found[row * nodes + column - 1]) &&
                !(row > 0 &&
                  (found[(row - 1) * nodes + column] || found[(row - 1) * nodes + column + 1] ||
                   (column > 0 && found[(row - 1) * nodes + column - 1])));
            count += is_new;
        }

    return count;
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
    const int crossings = count_crossings(figure);
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

    char text[200];

    snprintf(text, sizeof text,
             spiral_word(crossings == 0   ? SPIRAL_WORD_fear_meets_not
                         : crossings == 1 ? SPIRAL_WORD_fear_meets_once
                                          : SPIRAL_WORD_fear_meets_often,
                         figure->language),
             crossings);
    spiral_text_draw(page, SPIRAL_TEXT_axis, text, x, y + 2.0 * line, 0.0, 0.0, NULL);
}

void spiral_phase_draw(struct spiral_page *page, const struct spiral_phase_figure *figure)
{
    char x_name[120];
    char y_name[120];
    const struct spiral_rectangle inner =
        spiral_page_frame(page, figure->title, figure->subtitle,
                          figure->path_count > 0 ? spiral_word(SPIRAL_WORD_paths, figure->language)
                                                 : NULL);
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

    panel.at = (struct spiral_rectangle){inner.x + margins.left, inner.y + 3.3 * line + margins.top,
                                         inner.width - margins.left - 8.0 * page->scale,
                                         inner.height - 3.3 * line - margins.top - margins.bottom};
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

    struct spiral_label_space *space = calloc(1, sizeof *space); /* without it there are no years */

    if (space != NULL)
        space->within = panel.at;
    for (size_t p = 0; p < figure->path_count && space != NULL; p++)
        draw_years(page, figure, &panel, p, space);
    free(space);
}
