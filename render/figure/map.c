/* SPDX-License-Identifier: MIT */
#include "render/figure/map.h"

#include <math.h>
#include <stdio.h>

/* Black or white, whichever reads better on a colour of the ramp. */
static struct spiral_color contrast(struct spiral_color ground)
{
    return spiral_color_lightness(ground) > 55.0 ? (struct spiral_color){0.05, 0.06, 0.09} : (struct spiral_color){1.0, 1.0, 1.0};
}

static struct spiral_color ground_at(const struct spiral_page *page, const struct spiral_map_figure *figure, double constraint, double dependence)
{
    const double x = (constraint - figure->constraint.low) / (figure->constraint.high - figure->constraint.low) * (figure->risk.columns - 1);
    const double y = (dependence - figure->dependence.low) / (figure->dependence.high - figure->dependence.low) * (figure->risk.rows - 1);
    const int column = (int)fmin(fmax(x + 0.5, 0.0), figure->risk.columns - 1), row = (int)fmin(fmax(y + 0.5, 0.0), figure->risk.rows - 1);
    return spiral_theme_ramp(page->theme, figure->risk.value[row * figure->risk.columns + column]);
}

static void draw_quadrants(struct spiral_page *page, const struct spiral_map_figure *figure, const struct spiral_panel *panel)
{
    const struct spiral_stroke line = {page->theme->ink, 0.7, 0.6, true};
    spiral_marks_vertical(page, panel, SPIRAL_HIGH_CONSTRAINT, line);
    spiral_marks_horizontal(page, panel, SPIRAL_HIGH_DEPENDENCE, line);
    for (int quadrant = 0; quadrant < SPIRAL_QUADRANTS; quadrant++) {
        const bool constrained = quadrant == SPIRAL_QUADRANT_limited_balance || quadrant == SPIRAL_QUADRANT_trap;
        const bool dependent = quadrant == SPIRAL_QUADRANT_controllable_risk || quadrant == SPIRAL_QUADRANT_trap;
        const double x = constrained ? panel->x.high : panel->x.low, y = dependent ? panel->y.high : panel->y.low, edge = 6.0 * page->scale;
        const struct spiral_color color = contrast(ground_at(page, figure, x, y));
        spiral_text_draw(page, SPIRAL_TEXT_heading, spiral_label_in(&spiral_quadrant_labels[quadrant], figure->language),
                         spiral_panel_x(panel, x) + (constrained ? -edge : edge), spiral_panel_y(panel, y) + (dependent ? edge : -edge),
                         constrained ? 1.0 : 0.0, dependent ? 0.0 : 1.0, &(struct spiral_text_form){.color = &color});
    }
}

/* A case's way, with its name at its end; the names keep off one another. */
static void draw_paths(struct spiral_page *page, const struct spiral_map_figure *figure, const struct spiral_panel *panel, bool names)
{
    const struct spiral_color white = {1.0, 1.0, 1.0}, black = {0.05, 0.06, 0.09};
    double at[SPIRAL_MAP_PATHS] = {0}, size[SPIRAL_MAP_PATHS] = {0};
    for (size_t p = 0; p < figure->path_count; p++) {
        const struct spiral_map_path *path = &figure->paths[p];
        spiral_marks_line(page, panel, path->constraint, path->dependence, path->count, (struct spiral_stroke){black, 0.9, 2.4, false});
        spiral_marks_line(page, panel, path->constraint, path->dependence, path->count, (struct spiral_stroke){white, 1.0, 1.2, false});
        spiral_marks_dot(page, panel, path->constraint[0], path->dependence[0], 3.0, black, true);
        spiral_marks_dot(page, panel, path->constraint[path->count - 1], path->dependence[path->count - 1], 3.6, black, false);
        at[p] = spiral_panel_y(panel, path->dependence[path->count - 1]);
        size[p] = spiral_text_measure(page, SPIRAL_TEXT_direct, path->name, NULL).height;
    }
    if (!names)
        return;
    spiral_labels_spread(at, size, figure->path_count, panel->at.y + 26.0 * page->scale, panel->at.y + panel->at.height - 26.0 * page->scale);
    for (size_t p = 0; p < figure->path_count; p++) {
        const struct spiral_map_path *path = &figure->paths[p];
        const double width = spiral_text_measure(page, SPIRAL_TEXT_direct, path->name, NULL).width, gap = 9.0 * page->scale;
        const double x = spiral_panel_x(panel, path->constraint[path->count - 1]), y = spiral_panel_y(panel, path->dependence[path->count - 1]);
        const bool left = x + gap + width > panel->at.x + panel->at.width - 4.0 * page->scale;
        const double text_x = left ? x - gap : x + gap;
        cairo_rectangle(page->cr, left ? text_x - width - 3.0 : text_x - 3.0, at[p] - 0.5 * size[p], width + 6.0, size[p]);
        spiral_page_color(page, black, 0.72);
        cairo_fill(page->cr);
        if (fabs(at[p] - y) > 4.0 * page->scale) {
            spiral_page_color(page, white, 0.8);
            cairo_set_line_width(page->cr, 0.8 * page->scale);
            cairo_move_to(page->cr, x, y);
            cairo_line_to(page->cr, text_x, at[p]);
            cairo_stroke(page->cr);
        }
        spiral_text_draw(page, SPIRAL_TEXT_direct, path->name, text_x, at[p], left ? 1.0 : 0.0, 0.5, &(struct spiral_text_form){.color = &white});
    }
}

void spiral_map_draw_plane(struct spiral_page *page, const struct spiral_map_figure *figure, const struct spiral_panel *panel, bool names)
{
    static const double levels[] = {0.05, 0.1, 0.25, 0.5, 0.75};
    spiral_marks_heat(page, panel, &figure->risk, 0.0, 1.0);
    for (size_t i = 0; i < sizeof levels / sizeof *levels; i++)
        spiral_marks_contour(page, panel, &figure->risk, levels[i], (struct spiral_stroke){contrast(spiral_theme_ramp(page->theme, levels[i])), 0.55, 0.6, false});
    if (names)
        draw_quadrants(page, figure, panel);
    draw_paths(page, figure, panel, names);
}

void spiral_map_draw(struct spiral_page *page, const struct spiral_map_figure *figure)
{
    const struct spiral_rectangle inner = spiral_page_frame(page, figure->title, figure->subtitle, "");
    struct spiral_panel panel = {.x = figure->constraint, .y = figure->dependence};
    const struct spiral_ticks x = spiral_ticks_linear(panel.x.low, panel.x.high, 9), y = spiral_ticks_linear(panel.y.low, panel.y.high, 8);
    const struct spiral_ticks risk = spiral_ticks_percent(0.0, 1.0, 6);
    const struct spiral_panel_axes axes = {.x = &x, .y = &y, .x_labels = true, .y_labels = true, .x_name = spiral_word(SPIRAL_WORD_constraint, figure->language),
                                           .y_name = spiral_word(SPIRAL_WORD_dependence, figure->language)};
    const struct spiral_panel_margins margins = spiral_panel_margins(page, &axes);
    const double ramp = fmax(spiral_text_measure(page, SPIRAL_TEXT_axis, spiral_word(SPIRAL_WORD_risk_of_war, figure->language), NULL).width,
                             18.0 * page->scale + spiral_text_measure(page, SPIRAL_TEXT_tick, "100 %", NULL).width) + 16.0 * page->scale;
    panel.at = (struct spiral_rectangle){inner.x + margins.left, inner.y + margins.top, inner.width - margins.left - ramp,
                                         inner.height - margins.top - margins.bottom};
    spiral_map_draw_plane(page, figure, &panel, true);
    spiral_panel_draw_axes(page, &panel, &axes);
    spiral_marks_ramp(page, (struct spiral_rectangle){panel.at.x + panel.at.width + 16.0 * page->scale, panel.at.y, 14.0 * page->scale, panel.at.height}, &risk,
                      0.0, 1.0, spiral_word(SPIRAL_WORD_risk_of_war, figure->language));
}
