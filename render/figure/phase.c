/* SPDX-License-Identifier: MIT */
#include "render/figure/phase.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "render/chart/label_space.h"
#include "render/chart/labels.h"

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
                               (struct spiral_stroke){page->theme->muted, 0.55, 0.6,
                                                      SPIRAL_DASH_solid});
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

/* Where the two lines of no change cross. */
struct crossing {
    double small; /* the small state's fear there */
    double neighbour;
    bool is_rest; /* fears near it are drawn to it; else it is a threshold */
};
enum { MOST_CROSSINGS = 16 };
struct crossings {
    int count;
    struct crossing at[MOST_CROSSINGS];
};

/* A corner of a triangle of the grid: its place, and both changes there. */
struct corner {
    double at[2];
    double change[2];
};

/* Adds the point of a triangle at which both changes are none, where there is one: between the
 * corners they are linear. */
static void add_crossing(struct crossings *crossings, const struct corner corners[3])
{
    const double *origin = corners[0].change;
    double slope[2][2]; /* [change][edge] */

    for (int c = 0; c < 2; c++)
        for (int edge = 0; edge < 2; edge++)
            slope[c][edge] = corners[edge + 1].change[c] - origin[c];

    const double determinant = slope[0][0] * slope[1][1] - slope[0][1] * slope[1][0];

    if (determinant == 0.0 || crossings->count == MOST_CROSSINGS)
        return;

    const double first = (origin[1] * slope[0][1] - origin[0] * slope[1][1]) / determinant;
    const double second = (origin[0] * slope[1][0] - origin[1] * slope[0][0]) / determinant;

    if (first < 0.0 || second < 0.0 || first + second > 1.0)
        return;

    /* the slopes along the two axes of the plane */
    const double edge[2][2] = {{corners[1].at[0] - corners[0].at[0],
                                corners[2].at[0] - corners[0].at[0]},
                               {corners[1].at[1] - corners[0].at[1],
                                corners[2].at[1] - corners[0].at[1]}};
    const double area = edge[0][0] * edge[1][1] - edge[0][1] * edge[1][0];
    const double trace = (slope[0][0] * edge[1][1] - slope[0][1] * edge[1][0] +
                          slope[1][1] * edge[0][0] - slope[1][0] * edge[0][1]) /
                         area;
    const struct crossing found = {.small =
                                       corners[0].at[0] + first * edge[0][0] + second * edge[0][1],
                                   .neighbour =
                                       corners[0].at[1] + first * edge[1][0] + second * edge[1][1],
                                   .is_rest = determinant / area > 0.0 && trace < 0.0};

    /* a point on an edge is in the triangles on both sides of it */
    for (int i = 0; i < crossings->count; i++)
        if (hypot(crossings->at[i].small - found.small,
                  crossings->at[i].neighbour - found.neighbour) < 1e-6)
            return;
    crossings->at[crossings->count++] = found;
}

/* The crossings over the whole grid, two triangles a cell. */
static struct crossings find_crossings(const struct spiral_phase_figure *figure)
{
    static const int corner_of[2][3][2] = {{{0, 0}, {0, 1}, {1, 1}}, {{0, 0}, {1, 1}, {1, 0}}};
    const int nodes = figure->nodes;
    struct crossings crossings = {.count = 0};

    for (int row = 0; row + 1 < nodes; row++)
        for (int column = 0; column + 1 < nodes; column++)
            for (int half = 0; half < 2; half++) {
                struct corner corners[3];

                for (int i = 0; i < 3; i++) {
                    const int x = column + corner_of[half][i][1];
                    const int y = row + corner_of[half][i][0];
                    const int node = y * nodes + x;
                    corners[i] = (struct corner){.at = {x / (nodes - 1.0), y / (nodes - 1.0)},
                                                 .change = {figure->small_change[node],
                                                            figure->neighbour_change[node]}};
                }

                add_crossing(&crossings, corners);
            }

    return crossings;
}

/* Points of rest are filled, thresholds are rings. */
static void draw_crossings(struct spiral_page *page, const struct crossings *crossings,
                           const struct spiral_panel *panel)
{
    for (int i = 0; i < crossings->count; i++)
        spiral_marks_dot(page, panel, crossings->at[i].small, crossings->at[i].neighbour, 5.0,
                         page->theme->ink, !crossings->at[i].is_rest);
}

static void draw_paths(struct spiral_page *page, const struct spiral_phase_figure *figure,
                       const struct spiral_panel *panel)
{
    for (size_t p = 0; p < figure->path_count; p++) {
        const double *x = figure->path_small + p * figure->steps;
        const double *y = figure->path_neighbour + p * figure->steps;
        spiral_marks_line(page, panel, x, y, figure->steps,
                          (struct spiral_stroke){page->theme->series[SPIRAL_COLOR_INDEX], 0.6, 0.7,
                                                 SPIRAL_DASH_solid});
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
static void draw_key(struct spiral_page *page, const struct spiral_phase_figure *figure,
                     const struct crossings *crossings, double x, double y, double line)
{
    const char *names[2] = {figure->small, figure->neighbour};
    const struct spiral_color color[2] = {page->theme->series[SPIRAL_COLOR_SMALL],
                                          page->theme->series[SPIRAL_COLOR_NEIGHBOUR]};

    for (int side = 0; side < 2; side++) {
        char text[120];
        snprintf(text, sizeof text, spiral_word(SPIRAL_WORD_no_change, figure->language),
                 names[side]);
        spiral_labels_sample(page, color[side], side == 0 ? SPIRAL_DASH_solid : SPIRAL_DASH_dashed,
                             x, y + (side + 0.42) * line);
        spiral_text_draw(page, SPIRAL_TEXT_direct, text, x + spiral_labels_sample_width(page),
                         y + side * line, 0.0, 0.0,
                         &(struct spiral_text_form){.color = &color[side]});
    }

    char text[200];

    int rests = 0;

    for (int i = 0; i < crossings->count; i++)
        rests += crossings->at[i].is_rest;
    snprintf(text, sizeof text,
             spiral_word(crossings->count == 0   ? SPIRAL_WORD_fear_meets_not
                         : crossings->count == 1 ? SPIRAL_WORD_fear_meets_once
                                                 : SPIRAL_WORD_fear_meets_often,
                         figure->language),
             crossings->count, rests);
    spiral_text_draw(page, SPIRAL_TEXT_axis, text, x, y + 2.0 * line, 0.0, 0.0, NULL);
}

void spiral_phase_draw(struct spiral_page *page, const struct spiral_phase_figure *figure)
{
    char x_name[120];
    char y_name[120];
    const struct spiral_rectangle inner =
        spiral_page_frame(page, figure->title, figure->subtitle,
                          figure->path_count > 0 ? spiral_word(SPIRAL_WORD_paths, figure->language)
                                                 : "");
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
    const struct crossings crossings = find_crossings(figure);

    draw_key(page, figure, &crossings, inner.x, inner.y, line);
    draw_flow(page, figure, &panel);
    draw_paths(page, figure, &panel);

    const struct spiral_value_grid small = {figure->small_change, figure->nodes, figure->nodes};
    const struct spiral_value_grid neighbour = {figure->neighbour_change, figure->nodes,
                                                figure->nodes};

    spiral_marks_contour(page, &panel, &small, 0.0,
                         (struct spiral_stroke){page->theme->series[SPIRAL_COLOR_SMALL], 1.0, 1.3,
                                                SPIRAL_DASH_solid});
    spiral_marks_contour(page, &panel, &neighbour, 0.0,
                         (struct spiral_stroke){page->theme->series[SPIRAL_COLOR_NEIGHBOUR], 1.0,
                                                1.3, SPIRAL_DASH_dashed});
    spiral_panel_draw_axes(page, &panel, &axes);
    draw_crossings(page, &crossings, &panel);

    struct spiral_label_space *space = calloc(1, sizeof *space); /* without it there are no years */

    if (space != NULL)
        space->within = panel.at;
    for (size_t p = 0; p < figure->path_count && space != NULL; p++)
        draw_years(page, figure, &panel, p, space);
    free(space);
}
