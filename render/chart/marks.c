/* SPDX-License-Identifier: MIT */
#include <math.h>

#include "render/chart/panel.h"

static void clip_to_panel(struct spiral_page *page, const struct spiral_panel *panel)
{
    cairo_save(page->cr);
    cairo_rectangle(page->cr, panel->at.x - 1.0, panel->at.y - 1.0, panel->at.width + 2.0,
                    panel->at.height + 2.0);
    cairo_clip(page->cr);
}

void spiral_marks_stroke(struct spiral_page *page, struct spiral_stroke stroke)
{
    /* on, off, on, off */
    static const double patterns[SPIRAL_DASHES][4] = {
        [SPIRAL_DASH_dashed] = {5.0, 3.5, 5.0, 3.5},
        [SPIRAL_DASH_dotted] = {1.5, 2.5, 1.5, 2.5},
        [SPIRAL_DASH_dash_dot] = {8.0, 2.5, 1.5, 2.5},
        [SPIRAL_DASH_long] = {12.0, 4.0, 12.0, 4.0},
    };
    double dash[4];

    for (int i = 0; i < 4; i++)
        dash[i] = patterns[stroke.dash][i] * page->scale;
    spiral_page_color(page, stroke.color, stroke.opacity);
    cairo_set_line_width(page->cr, stroke.width * page->theme->line_width * page->scale);
    cairo_set_line_join(page->cr, CAIRO_LINE_JOIN_BEVEL);
    cairo_set_dash(page->cr, dash, stroke.dash == SPIRAL_DASH_solid ? 0 : 4, 0.0);
    cairo_stroke(page->cr);
}

void spiral_marks_line(struct spiral_page *page, const struct spiral_panel *panel, const double *x,
                       const double *y, size_t count, struct spiral_stroke stroke)
{
    bool pen_down = false;

    clip_to_panel(page, panel);

    for (size_t i = 0; i < count; i++) {
        const bool there = isfinite(x[i]) && isfinite(y[i]);
        if (there && pen_down)
            cairo_line_to(page->cr, spiral_panel_x(panel, x[i]), spiral_panel_y(panel, y[i]));
        else if (there)
            cairo_move_to(page->cr, spiral_panel_x(panel, x[i]), spiral_panel_y(panel, y[i]));
        pen_down = there;
    }

    spiral_marks_stroke(page, stroke);
    cairo_restore(page->cr);
}

void spiral_marks_steps(struct spiral_page *page, const struct spiral_panel *panel, const double *x,
                        const double *y, size_t count, struct spiral_stroke stroke)
{
    bool pen_down = false;

    clip_to_panel(page, panel);

    for (size_t i = 0; i + 1 < count; i++) {
        const bool there = isfinite(y[i]);
        const double at = there ? spiral_panel_y(panel, y[i]) : 0.0;
        if (there && !pen_down)
            cairo_move_to(page->cr, spiral_panel_x(panel, x[i]), at);

        if (there) {
            cairo_line_to(page->cr, spiral_panel_x(panel, x[i]), at);
            cairo_line_to(page->cr, spiral_panel_x(panel, x[i + 1]), at);
        }

        pen_down = there;
    }

    spiral_marks_stroke(page, stroke);
    cairo_restore(page->cr);
}

void spiral_marks_band(struct spiral_page *page, const struct spiral_panel *panel, const double *x,
                       const double *low, const double *high, size_t count,
                       struct spiral_color color, double opacity)
{
    clip_to_panel(page, panel);
    for (size_t i = 0; i < count; i++)
        cairo_line_to(page->cr, spiral_panel_x(panel, x[i]), spiral_panel_y(panel, high[i]));
    for (size_t i = count; i-- > 0;)
        cairo_line_to(page->cr, spiral_panel_x(panel, x[i]), spiral_panel_y(panel, low[i]));
    cairo_close_path(page->cr);
    spiral_page_color(page, color, opacity);
    cairo_fill(page->cr);
    cairo_restore(page->cr);
}

/* The top of a layer at x[i]. */
static double top_of(const double *share, size_t count, size_t layer, size_t i)
{
    double sum = 0.0;
    for (size_t below = 0; below <= layer; below++)
        sum += share[below * count + i];
    return sum;
}

void spiral_marks_stack(struct spiral_page *page, const struct spiral_panel *panel, const double *x,
                        const double *share, size_t count, size_t layers,
                        const struct spiral_color *colors)
{
    /* From the highest layer down, each filled to the bottom, so that no seam shows between
     * neighbours. */
    clip_to_panel(page, panel);
    for (size_t layer = layers; layer-- > 0 && count > 0;) {
        cairo_move_to(page->cr, panel->at.x - 2.0, spiral_panel_y(panel, panel->y.low));
        cairo_line_to(page->cr, panel->at.x - 2.0,
                      spiral_panel_y(panel, top_of(share, count, layer, 0)));
        for (size_t i = 0; i < count; i++)
            cairo_line_to(page->cr, spiral_panel_x(panel, x[i]),
                          spiral_panel_y(panel, top_of(share, count, layer, i)));

        cairo_line_to(page->cr, spiral_panel_x(panel, x[count - 1]),
                      spiral_panel_y(panel, panel->y.low));
        cairo_close_path(page->cr);
        spiral_page_color(page, colors[layer], 1.0);
        cairo_fill(page->cr);
    }

    cairo_restore(page->cr);
}

void spiral_shape_path(struct spiral_page *page, enum spiral_shape shape, double x, double y,
                       double radius)
{
    enum { CORNERS = 12 };
    static const struct {
        int count;
        double at[CORNERS][2];
    } outlines[SPIRAL_SHAPES] = {
        [SPIRAL_SHAPE_square] = {4, {{-0.89, -0.89}, {0.89, -0.89}, {0.89, 0.89}, {-0.89, 0.89}}},
        [SPIRAL_SHAPE_diamond] = {4, {{0.0, -1.25}, {1.25, 0.0}, {0.0, 1.25}, {-1.25, 0.0}}},
        [SPIRAL_SHAPE_triangle] = {3, {{0.0, -1.35}, {1.3, 0.85}, {-1.3, 0.85}}},
        [SPIRAL_SHAPE_cross] = {12,
                                {{-0.4, -1.15},
                                 {0.4, -1.15},
                                 {0.4, -0.4},
                                 {1.15, -0.4},
                                 {1.15, 0.4},
                                 {0.4, 0.4},
                                 {0.4, 1.15},
                                 {-0.4, 1.15},
                                 {-0.4, 0.4},
                                 {-1.15, 0.4},
                                 {-1.15, -0.4},
                                 {-0.4, -0.4}}},
    };

    cairo_new_sub_path(page->cr);
    if (outlines[shape].count == 0)
        cairo_arc(page->cr, x, y, radius, 0.0, 2.0 * 3.14159265358979323846);
    for (int i = 0; i < outlines[shape].count; i++)
        cairo_line_to(page->cr, x + radius * outlines[shape].at[i][0],
                      y + radius * outlines[shape].at[i][1]);
    cairo_close_path(page->cr);
}

void spiral_marks_dot(struct spiral_page *page, const struct spiral_panel *panel, double x,
                      double y, double radius, struct spiral_color color, bool hollow)
{
    spiral_marks_shape(page, panel, x, y, radius, color, hollow, SPIRAL_SHAPE_circle);
}

void spiral_marks_shape(struct spiral_page *page, const struct spiral_panel *panel, double x,
                        double y, double radius, struct spiral_color color, bool hollow,
                        enum spiral_shape shape)
{
    spiral_shape_path(page, shape, spiral_panel_x(panel, x), spiral_panel_y(panel, y),
                      radius * page->scale);
    spiral_page_color(page, hollow ? page->theme->background : color, 1.0);
    cairo_fill_preserve(page->cr);
    spiral_page_color(page, color, 1.0);
    cairo_set_line_width(page->cr, 1.2 * page->scale);
    cairo_stroke(page->cr);
}

void spiral_marks_bar(struct spiral_page *page, const struct spiral_panel *panel, double from,
                      double to, double y, double height, struct spiral_color color, double opacity)
{
    const double x0 = spiral_panel_x(panel, from);
    const double x1 = spiral_panel_x(panel, to);

    clip_to_panel(page, panel);
    cairo_rectangle(page->cr, fmin(x0, x1), spiral_panel_y(panel, y) - 0.5 * height, fabs(x1 - x0),
                    height);
    spiral_page_color(page, color, opacity);
    cairo_fill(page->cr);
    cairo_restore(page->cr);
}

void spiral_marks_interval(struct spiral_page *page, const struct spiral_panel *panel, double low,
                           double high, double y, struct spiral_stroke stroke)
{
    const double x0 = spiral_panel_x(panel, low);
    const double x1 = spiral_panel_x(panel, high);
    const double at = spiral_panel_y(panel, y);
    const double cap = 3.0 * page->scale;

    cairo_move_to(page->cr, x0, at);
    cairo_line_to(page->cr, x1, at);
    cairo_move_to(page->cr, x0, at - cap);
    cairo_line_to(page->cr, x0, at + cap);
    cairo_move_to(page->cr, x1, at - cap);
    cairo_line_to(page->cr, x1, at + cap);
    cairo_save(page->cr);
    spiral_marks_stroke(page, stroke);
    cairo_restore(page->cr);
}

void spiral_marks_vertical(struct spiral_page *page, const struct spiral_panel *panel, double x,
                           struct spiral_stroke stroke)
{
    const double xs[2] = {x, x};
    const double ys[2] = {panel->y.low, panel->y.high};

    spiral_marks_line(page, panel, xs, ys, 2, stroke);
}

void spiral_marks_horizontal(struct spiral_page *page, const struct spiral_panel *panel, double y,
                             struct spiral_stroke stroke)
{
    const double xs[2] = {panel->x.low, panel->x.high};
    const double ys[2] = {y, y};

    spiral_marks_line(page, panel, xs, ys, 2, stroke);
}

void spiral_marks_arrow(struct spiral_page *page, const struct spiral_panel *panel, double x,
                        double y, double to_x, double to_y, struct spiral_stroke stroke)
{
    const double x0 = spiral_panel_x(panel, x);
    const double y0 = spiral_panel_y(panel, y);
    const double x1 = spiral_panel_x(panel, to_x);
    const double y1 = spiral_panel_y(panel, to_y);
    const double length = hypot(x1 - x0, y1 - y0);
    const double head = fmin(5.0 * page->scale, 0.5 * length);

    if (length < 0.5)
        return;

    const double dx = (x1 - x0) / length;
    const double dy = (y1 - y0) / length;

    clip_to_panel(page, panel);
    cairo_move_to(page->cr, x0, y0);
    cairo_line_to(page->cr, x1, y1);
    spiral_marks_stroke(page, stroke);
    cairo_move_to(page->cr, x1, y1);
    cairo_line_to(page->cr, x1 - head * (dx + 0.5 * dy), y1 - head * (dy - 0.5 * dx));
    cairo_line_to(page->cr, x1 - head * (dx - 0.5 * dy), y1 - head * (dy + 0.5 * dx));
    cairo_close_path(page->cr);
    spiral_page_color(page, stroke.color, stroke.opacity);
    cairo_fill(page->cr);
    cairo_restore(page->cr);
}
