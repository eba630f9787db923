/* SPDX-License-Identifier: MIT */
#include "render/figure/map.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "render/chart/label_space.h"

/* Black or white, whichever reads better on a colour of the ramp. */
static struct spiral_color contrast_color(struct spiral_color background)
{
    return spiral_color_lightness(background) > 55.0 ? (struct spiral_color){0.05, 0.06, 0.09}
                                                     : (struct spiral_color){1.0, 1.0, 1.0};
}

static void draw_quadrant_lines(struct spiral_page *page, const struct spiral_panel *panel)
{
    const struct spiral_stroke line = {page->theme->ink, 0.7, 0.6, SPIRAL_DASH_dashed};
    spiral_marks_vertical(page, panel, SPIRAL_HIGH_CONSTRAINT, line);
    spiral_marks_horizontal(page, panel, SPIRAL_HIGH_DEPENDENCE, line);
}

struct point {
    double x;
    double y;
};

/* Where on the page the risk in the field of the trap is highest. */
static struct point riskiest_point(const struct spiral_map_figure *figure,
                                   const struct spiral_panel *panel)
{
    const struct spiral_value_grid *risk = &figure->risk;
    double highest = -1.0;
    struct point point = {panel->at.x + panel->at.width, panel->at.y};

    for (int row = 0; row < risk->rows; row++)
        for (int column = 0; column < risk->columns; column++) {
            const double x =
                panel->x.low + (panel->x.high - panel->x.low) * column / (risk->columns - 1.0);
            const double y =
                panel->y.low + (panel->y.high - panel->y.low) * row / (risk->rows - 1.0);
            const double value = risk->value[row * risk->columns + column];

            if (x < SPIRAL_HIGH_CONSTRAINT || y < SPIRAL_HIGH_DEPENDENCE || value <= highest)
                continue;
            highest = value;
            point = (struct point){spiral_panel_x(panel, x), spiral_panel_y(panel, y)};
        }

    return point;
}

/* The point of a name's edge that is nearest to another point. */
static struct point edge_towards(struct spiral_rectangle name, struct point point)
{
    return (struct point){fmin(fmax(point.x, name.x), name.x + name.width),
                          fmin(fmax(point.y, name.y), name.y + name.height)};
}

static double distance_between(struct point one, struct point other)
{
    return hypot(other.x - one.x, other.y - one.y);
}

/* A line from the trap's name to where its risk is highest: paths may keep the name away. */
static void draw_trap_leader(struct spiral_page *page, struct spiral_rectangle name,
                             struct point riskiest)
{
    const struct point from = edge_towards(name, riskiest);
    const double length = distance_between(from, riskiest);
    const double gap = 3.0 * page->scale;

    if (length < 12.0 * page->scale)
        return;
    spiral_page_color(page, page->theme->ink, 0.8);
    cairo_set_line_width(page->cr, 0.9 * page->scale);
    cairo_move_to(page->cr, from.x + gap * (riskiest.x - from.x) / length,
                  from.y + gap * (riskiest.y - from.y) / length);
    cairo_line_to(page->cr, riskiest.x, riskiest.y);
    cairo_stroke(page->cr);
    cairo_arc(page->cr, riskiest.x, riskiest.y, 2.5 * page->scale, 0.0, 6.283185307179586);
    cairo_fill(page->cr);
}

/* Where the trap is named: as near to where its risk is highest as the paths allow. */
static struct spiral_rectangle place_of_trap(const struct spiral_panel *panel,
                                             const struct spiral_label_space *space,
                                             struct spiral_rectangle size, struct point riskiest,
                                             double edge)
{
    enum { ROWS = 24, COLUMNS = 12 };
    const double left = fmin(spiral_panel_x(panel, SPIRAL_HIGH_CONSTRAINT) + edge,
                             panel->at.x + panel->at.width - size.width - edge);
    const double right = panel->at.x + panel->at.width - size.width - edge;
    const double top = panel->at.y + edge;
    const double bottom = spiral_panel_y(panel, SPIRAL_HIGH_DEPENDENCE) - size.height - edge;
    struct spiral_rectangle best = {right, fmin(fmax(riskiest.y - 0.5 * size.height, top), bottom),
                                    size.width, size.height};
    double nearest = HUGE_VAL;

    for (int row = 0; row <= ROWS; row++)
        for (int column = 0; column <= COLUMNS; column++) {
            const struct spiral_rectangle at = {left + (right - left) * column / COLUMNS,
                                                top + (bottom - top) * row / ROWS, size.width,
                                                size.height};
            const double distance = distance_between(edge_towards(at, riskiest), riskiest);

            if (distance >= nearest || !spiral_label_space_is_free(space, at))
                continue;
            nearest = distance;
            best = at;
        }

    return best;
}

/* A quadrant's name along its outer edge: in the corner, or as near to it as the paths allow. */
static void draw_quadrant_names(struct spiral_page *page, const struct spiral_map_figure *figure,
                                const struct spiral_panel *panel, struct spiral_label_space *space)
{
    enum { POSITIONS = 12 };
    const double edge = 6.0 * page->scale;
    const double middle = spiral_panel_x(panel, SPIRAL_HIGH_CONSTRAINT);
    const struct point riskiest = riskiest_point(figure, panel);

    for (int quadrant = 0; quadrant < SPIRAL_QUADRANTS; quadrant++) {
        const bool constrained =
            quadrant == SPIRAL_QUADRANT_limited_balance || quadrant == SPIRAL_QUADRANT_trap;
        const bool dependent =
            quadrant == SPIRAL_QUADRANT_controllable_risk || quadrant == SPIRAL_QUADRANT_trap;
        const char *name = spiral_label_in(&spiral_quadrant_labels[quadrant], figure->language);
        const struct spiral_rectangle size =
            spiral_text_measure(page, SPIRAL_TEXT_heading, name, NULL);
        const double corner =
            constrained ? panel->at.x + panel->at.width - size.width - edge : panel->at.x + edge;
        const double furthest =
            constrained ? fmin(middle + edge, corner) : fmax(middle - size.width - edge, corner);
        struct spiral_rectangle at = {corner,
                                      dependent
                                          ? panel->at.y + edge
                                          : panel->at.y + panel->at.height - size.height - edge,
                                      size.width, size.height};

        if (constrained && dependent)
            at = place_of_trap(panel, space, at, riskiest, edge);

        for (int i = 0; i <= POSITIONS && !(constrained && dependent); i++) {
            at.x = corner + (furthest - corner) * i / POSITIONS;
            if (spiral_label_space_is_free(space, at))
                break;
            at.x = corner; /* where none is free */
        }

        spiral_label_space_take(space,
                                spiral_text_draw(page, SPIRAL_TEXT_heading, name, at.x, at.y, 0.0,
                                                 0.0, &(struct spiral_text_form){.halo = true}));
        if (constrained && dependent)
            draw_trap_leader(page, at, riskiest);
    }
}

/* The cases' paths: white on black, so that they show on any colour, with a dot a year. */
static void draw_paths(struct spiral_page *page, const struct spiral_map_figure *figure,
                       const struct spiral_panel *panel)
{
    const struct spiral_color white = {1.0, 1.0, 1.0};
    const struct spiral_color black = {0.05, 0.06, 0.09};

    for (size_t p = 0; p < figure->path_count; p++) {
        const struct spiral_map_path *path = &figure->paths[p];
        const size_t last = path->count - 1;
        spiral_marks_line(page, panel, path->constraint, path->dependence, path->count,
                          (struct spiral_stroke){black, 0.9, 1.9, SPIRAL_DASH_solid});
        spiral_marks_line(page, panel, path->constraint, path->dependence, path->count,
                          (struct spiral_stroke){white, 1.0, 0.8, SPIRAL_DASH_solid});
        for (size_t i = 1; i < last; i++)
            spiral_marks_dot(page, panel, path->constraint[i], path->dependence[i], 1.0, black,
                             false);

        spiral_marks_dot(page, panel, path->constraint[0], path->dependence[0], 3.0, black, false);
        spiral_marks_dot(page, panel, path->constraint[0], path->dependence[0], 2.0, white, false);
        spiral_marks_dot(page, panel, path->constraint[last], path->dependence[last], 4.2, white,
                         false);
        spiral_marks_dot(page, panel, path->constraint[last], path->dependence[last], 3.2, black,
                         false);
    }
}

static void draw_year(struct spiral_page *page, const struct spiral_map_path *path, size_t i,
                      const struct spiral_panel *panel, struct spiral_label_space *space)
{
    char year[16];

    snprintf(year, sizeof year, "%d", path->first_year + (int)i);
    spiral_label_space_draw_text(page, space, SPIRAL_TEXT_number, year,
                                 spiral_panel_x(panel, path->constraint[i]),
                                 spiral_panel_y(panel, path->dependence[i]), 6.0 * page->scale,
                                 &(struct spiral_text_form){.halo = true});
}

/* Names at the ends with the last year, first years, then of the years between the round ones,
 * where there is room. */
static void draw_path_names(struct spiral_page *page, const struct spiral_map_figure *figure,
                            const struct spiral_panel *panel, struct spiral_label_space *space)
{
    for (size_t p = 0; p < figure->path_count; p++) {
        const struct spiral_map_path *path = &figure->paths[p];
        const double x = spiral_panel_x(panel, path->constraint[path->count - 1]);
        const double y = spiral_panel_y(panel, path->dependence[path->count - 1]);
        const struct spiral_text_form form = {.halo = true};
        char name[200];

        snprintf(name, sizeof name, "%s %d", path->name, path->first_year + (int)path->count - 1);

        bool drawn = false;

        for (double away = 9.0; away < 50.0 && !drawn; away += 8.0)
            drawn = spiral_label_space_draw_text(page, space, SPIRAL_TEXT_direct, name, x, y,
                                                 away * page->scale, &form);
        if (!drawn)
            spiral_label_space_take(space,
                                    spiral_text_draw(page, SPIRAL_TEXT_direct, name,
                                                     x - 9.0 * page->scale, y, 1.0, 0.5, &form));
    }

    for (size_t p = 0; p < figure->path_count; p++)
        draw_year(page, &figure->paths[p], 0, panel, space);

    for (int every = 10; every >= 5; every -= 5)
        for (size_t p = 0; p < figure->path_count; p++)
            for (size_t i = 2; i + 2 < figure->paths[p].count; i++)
                if ((figure->paths[p].first_year + (int)i) % 10 == 10 - every)
                    draw_year(page, &figure->paths[p], i, panel, space);
}

/* A level's risk on its line, where the line is furthest from all else. */
static void draw_level_name(struct spiral_page *page, const struct spiral_value_grid *risk,
                            double level, const struct spiral_panel *panel,
                            struct spiral_label_space *space)
{
    const size_t room = 2 * (size_t)risk->columns * (size_t)risk->rows;
    double(*segment)[4] = malloc(room * sizeof *segment);
    double most = 0.0;
    struct spiral_rectangle best = {0.0, 0.0, 0.0, 0.0};
    char name[24];

    if (segment == NULL)
        return;
    snprintf(name, sizeof name, "%.0f %%", 100.0 * level);

    const struct spiral_rectangle size = spiral_text_measure(page, SPIRAL_TEXT_number, name, NULL);
    const size_t count = spiral_contour_segments(risk, level, segment, room);

    for (size_t i = 0; i < count; i++) {
        const double x = panel->at.x + panel->at.width * segment[i][0] / (risk->columns - 1);
        const double y = panel->at.y + panel->at.height * (1.0 - segment[i][1] / (risk->rows - 1));
        const struct spiral_rectangle at = {x - 0.5 * size.width, y - 0.5 * size.height, size.width,
                                            size.height};
        if (!spiral_label_space_is_free(space, at))
            continue;

        double distance = 60.0 * page->scale;

        for (size_t j = 0; j < space->count; j++)
            distance = fmin(distance, hypot(space->taken[j].x + 0.5 * space->taken[j].width - x,
                                            space->taken[j].y + 0.5 * space->taken[j].height - y));

        if (distance > most) {
            most = distance;
            best = at;
        }
    }

    if (most > 0.0)
        spiral_label_space_take(space, spiral_text_draw(page, SPIRAL_TEXT_number, name, best.x,
                                                        best.y, 0.0, 0.0,
                                                        &(struct spiral_text_form){.halo = true}));
    free(segment);
}

static void draw_plane(struct spiral_page *page, const struct spiral_map_figure *figure,
                       const struct spiral_panel *panel)
{
    enum { LEVELS = 5, FINER = 6 };
    static const double levels[LEVELS] = {0.05, 0.1, 0.25, 0.5, 0.75};
    const struct spiral_value_grid fine = spiral_value_grid_refine(&figure->risk, FINER);
    const struct spiral_value_grid *risk = fine.value != NULL ? &fine : &figure->risk;
    struct spiral_label_space *space = calloc(1, sizeof *space); /* without it there are no names */

    spiral_marks_heat(page, panel, risk, 0.0, 1.0);

    for (int i = 0; i < LEVELS; i++)
        spiral_marks_contour(page, panel, risk, levels[i],
                             (struct spiral_stroke){contrast_color(
                                                        spiral_theme_ramp(page->theme, levels[i])),
                                                    0.55, 0.6, SPIRAL_DASH_solid});

    draw_quadrant_lines(page, panel);
    draw_paths(page, figure, panel);

    if (space != NULL) {
        const double edge = 2.0 * page->scale;
        space->within =
            (struct spiral_rectangle){panel->at.x + edge, panel->at.y + edge,
                                      panel->at.width - 2.0 * edge, panel->at.height - 2.0 * edge};
        for (size_t p = 0; p < figure->path_count; p++)
            spiral_label_space_take_line(page, space, panel, figure->paths[p].constraint,
                                         figure->paths[p].dependence, figure->paths[p].count);

        draw_quadrant_names(page, figure, panel, space);
        draw_path_names(page, figure, panel, space);
        for (int i = 0; i < LEVELS; i++)
            draw_level_name(page, risk, levels[i], panel, space);
    }

    free(space);
    free((void *)(uintptr_t)fine.value);
}

void spiral_map_draw(struct spiral_page *page, const struct spiral_map_figure *figure)
{
    const struct spiral_rectangle inner =
        spiral_page_frame(page, figure->title, figure->subtitle, "");
    struct spiral_panel panel = {.x = figure->constraint, .y = figure->dependence};
    const struct spiral_ticks x = spiral_ticks_linear(panel.x.low, panel.x.high, 9);
    const struct spiral_ticks y = spiral_ticks_linear(panel.y.low, panel.y.high, 8);
    const struct spiral_ticks risk = spiral_ticks_percent(0.0, 1.0, 6);
    const struct spiral_panel_axes axes = {.x = &x,
                                           .y = &y,
                                           .x_labels = true,
                                           .y_labels = true,
                                           .x_name = spiral_word(SPIRAL_WORD_constraint,
                                                                 figure->language),
                                           .y_name = spiral_word(SPIRAL_WORD_dependence,
                                                                 figure->language)};
    const double ramp =
        fmax(spiral_text_measure(page, SPIRAL_TEXT_axis,
                                 spiral_word(SPIRAL_WORD_risk_of_war, figure->language), NULL)
                 .width,
             18.0 * page->scale +
                 spiral_text_measure(page, SPIRAL_TEXT_tick, "100 %", NULL).width) +
        16.0 * page->scale;

    panel.at = spiral_panel_within(page, &axes, &inner, ramp);
    draw_plane(page, figure, &panel);
    spiral_panel_draw_axes(page, &panel, &axes);
    spiral_marks_ramp(page,
                      (struct spiral_rectangle){panel.at.x + panel.at.width + 16.0 * page->scale,
                                                panel.at.y, 14.0 * page->scale, panel.at.height},
                      &risk, 0.0, 1.0, spiral_word(SPIRAL_WORD_risk_of_war, figure->language));
}
