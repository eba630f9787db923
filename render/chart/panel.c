/* SPDX-License-Identifier: MIT */
#include "render/chart/panel.h"

#include <math.h>

static double share_along(const struct spiral_scale *scale, double value)
{
    if (scale->log)
        return (log(value) - log(scale->low)) / (log(scale->high) - log(scale->low));
    return (value - scale->low) / (scale->high - scale->low);
}

double spiral_panel_x(const struct spiral_panel *panel, double value)
{
    return panel->at.x + share_along(&panel->x, value) * panel->at.width;
}

double spiral_panel_y(const struct spiral_panel *panel, double value)
{
    return panel->at.y + (1.0 - share_along(&panel->y, value)) * panel->at.height;
}

/* A thin line from edge to edge, in the middle of its pixels. */
static void draw_rule(struct spiral_page *page, double x0, double y0, double x1, double y1,
                      struct spiral_color color)
{
    spiral_page_color(page, color, 1.0);
    cairo_set_line_width(page->cr, fmax(0.75, 0.8 * page->scale));
    cairo_move_to(page->cr, x0, y0);
    cairo_line_to(page->cr, x1, y1);
    cairo_stroke(page->cr);
}

static const double tick_length = 4.0;
static const double gap = 4.0;

static void draw_x_axis(struct spiral_page *page, const struct spiral_panel *panel,
                        const struct spiral_panel_axes *axes)
{
    const struct spiral_rectangle *at = &panel->at;
    const double bottom = at->y + at->height;

    for (int i = 0; axes->x != NULL && i < axes->x->count; i++) {
        const double x = spiral_panel_x(panel, axes->x->at[i]);
        if (axes->x_grid)
            draw_rule(page, x, at->y, x, bottom, page->theme->grid);
        draw_rule(page, x, bottom, x, bottom + tick_length * page->scale, page->theme->muted);
        if (axes->x_labels && axes->x->label[i][0] != '\0')
            spiral_text_draw(page, SPIRAL_TEXT_tick, axes->x->label[i], x,
                             bottom + (tick_length + 2.0) * page->scale, 0.5, 0.0, NULL);
    }

    draw_rule(page, at->x, bottom, at->x + at->width, bottom, page->theme->muted);
    if (axes->x_name != NULL) {
        const double label =
            axes->x_labels
                ? spiral_text_measure(page, SPIRAL_TEXT_tick, "0", NULL).height + 2.0 * page->scale
                : 0.0;
        spiral_text_draw(page, SPIRAL_TEXT_axis, axes->x_name, at->x + 0.5 * at->width,
                         bottom + (tick_length + gap) * page->scale + label, 0.5, 0.0, NULL);
    }
}

static void draw_y_axis(struct spiral_page *page, const struct spiral_panel *panel,
                        const struct spiral_panel_axes *axes)
{
    const struct spiral_rectangle *at = &panel->at;

    for (int i = 0; axes->y != NULL && i < axes->y->count; i++) {
        const double y = spiral_panel_y(panel, axes->y->at[i]);
        if (axes->y_grid)
            draw_rule(page, at->x, y, at->x + at->width, y, page->theme->grid);
        if (axes->y_labels && axes->y->label[i][0] != '\0')
            spiral_text_draw(page, SPIRAL_TEXT_tick, axes->y->label[i], at->x - gap * page->scale,
                             y, 1.0, 0.5, NULL);
    }

    if (axes->y_name != NULL)
        spiral_text_draw(page, SPIRAL_TEXT_axis, axes->y_name, at->x, at->y - gap * page->scale,
                         0.0, 1.0, NULL);
}

int spiral_ticks_room(struct spiral_page *page, double height)
{
    return (int)fmin(
        fmax(height / (1.7 * spiral_text_measure(page, SPIRAL_TEXT_tick, "0", NULL).height), 2.0),
        6.0);
}

void spiral_panel_draw_axes(struct spiral_page *page, const struct spiral_panel *panel,
                            const struct spiral_panel_axes *axes)
{
    draw_y_axis(page, panel, axes);
    draw_x_axis(page, panel, axes);
}

struct spiral_panel_margins spiral_panel_margins(struct spiral_page *page,
                                                 const struct spiral_panel_axes *axes)
{
    struct spiral_panel_margins margins = {0.0, 0.0, 0.0};
    const double line = spiral_text_measure(page, SPIRAL_TEXT_tick, "0", NULL).height;

    for (int i = 0; axes->y != NULL && axes->y_labels && i < axes->y->count; i++)
        margins.left =
            fmax(margins.left,
                 spiral_text_measure(page, SPIRAL_TEXT_tick, axes->y->label[i], NULL).width +
                     gap * page->scale);
    if (axes->x != NULL && axes->x_labels)
        margins.bottom += line + (tick_length + 2.0) * page->scale;
    if (axes->x_name != NULL)
        margins.bottom += line + gap * page->scale;
    if (axes->y_name != NULL)
        margins.top = line + gap * page->scale;

    return margins;
}

struct spiral_rectangle spiral_panel_within(struct spiral_page *page,
                                            const struct spiral_panel_axes *axes,
                                            const struct spiral_rectangle *outer, double right)
{
    const struct spiral_panel_margins margins = spiral_panel_margins(page, axes);

    return (struct spiral_rectangle){outer->x + margins.left, outer->y + margins.top,
                                     outer->width - margins.left - right,
                                     outer->height - margins.top - margins.bottom};
}
