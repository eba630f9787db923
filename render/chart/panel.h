/* SPDX-License-Identifier: MIT
 *
 * Panels: a rectangle with two scales, its axes, and the marks drawn in it. All marks are
 * clipped to the panel. A coordinate that is not a number leaves a gap.
 */
#ifndef SPIRAL_CHART_PANEL_H
#define SPIRAL_CHART_PANEL_H

#include "render/chart/page.h"

/* --- scales and ticks ------------------------------------------------------------------------- */

struct spiral_scale {
    double low;  /* value at the beginning */
    double high; /* value at the end */
    bool log;
};

enum { SPIRAL_TICKS = 32 };
struct spiral_ticks {
    int count;
    double at[SPIRAL_TICKS];
    char label[SPIRAL_TICKS][24]; /* "" draws none */
};

/* Round numbers 1, 2, 5 times a power of ten within the scale, at most `most` of them. Ticks
 * below 0 are written with a minus sign, not a hyphen. */
struct spiral_ticks spiral_ticks_linear(double low, double high, int most);
/* The same as percentages: .25 is "25 %". */
struct spiral_ticks spiral_ticks_percent(double low, double high, int most);
/* Calendar years: steps of 1, 2, 5, 10, 20, 50, 100. */
struct spiral_ticks spiral_ticks_years(double low, double high, int most);
/* Powers of ten, with 2 and 5 between where there are few. low > 0. */
struct spiral_ticks spiral_ticks_log(double low, double high, int most);

/* How many ticks fit along an axis of this height: two to six. */
int spiral_ticks_room(struct spiral_page *page, double height);

/* --- panels ----------------------------------------------------------------------------------- */

struct spiral_panel {
    struct spiral_rectangle at;
    struct spiral_scale x; /* y grows upwards */
    struct spiral_scale y; /* y grows upwards */
};

double spiral_panel_x(const struct spiral_panel *panel, double value); /* to the page */
double spiral_panel_y(const struct spiral_panel *panel, double value);

struct spiral_panel_axes {
    const struct spiral_ticks *x; /* NULL: none */
    const struct spiral_ticks *y; /* NULL: none */
    const char *x_name;           /* NULL: none */
    const char *y_name;           /* NULL: none; written above the axis, flush left */
    bool x_labels;                /* whether ticks are labelled, or only drawn */
    bool y_labels;
    bool x_grid;
    bool y_grid;
};
/* Grid, axes, ticks and names. The caller leaves room for what lies outside the panel's rectangle:
 * see spiral_panel_margins(). */
void spiral_panel_draw_axes(struct spiral_page *page, const struct spiral_panel *panel,
                            const struct spiral_panel_axes *axes);

/* The room that axes take: left for y's labels, bottom for x's, top for y's name. */
struct spiral_panel_margins {
    double left;
    double bottom;
    double top;
};
struct spiral_panel_margins spiral_panel_margins(struct spiral_page *page,
                                                 const struct spiral_panel_axes *axes);

/* --- marks ------------------------------------------------------------------------------------ */

/* How a line is broken: lines of one panel differ in it, so that they are told apart in grey. */
enum spiral_dash {
    SPIRAL_DASH_solid,
    SPIRAL_DASH_dashed,
    SPIRAL_DASH_dotted,
    SPIRAL_DASH_dash_dot,
    SPIRAL_DASH_long,
    SPIRAL_DASHES
};
/* The dash of a panel's line by its place: the first is solid. */
static inline enum spiral_dash spiral_dash_of(size_t line)
{
    return (enum spiral_dash)(line % SPIRAL_DASHES);
}

struct spiral_stroke {
    struct spiral_color color;
    double opacity; /* 0..1 */
    double width;   /* against the theme's line */
    enum spiral_dash dash;
};

/* Strokes the path that was made on the page. Within cairo_save() and cairo_restore(). */
void spiral_marks_stroke(struct spiral_page *page, struct spiral_stroke stroke);

/* The shape of a dot: classes of dots differ in it, for the same reason. */
enum spiral_shape {
    SPIRAL_SHAPE_circle,
    SPIRAL_SHAPE_square,
    SPIRAL_SHAPE_diamond,
    SPIRAL_SHAPE_triangle,
    SPIRAL_SHAPE_cross,
    SPIRAL_SHAPES
};
/* A closed path about a point of the page, of about the area of a circle of this radius (pixels of
 * the page). */
void spiral_shape_path(struct spiral_page *page, enum spiral_shape shape, double x, double y,
                       double radius);

void spiral_marks_line(struct spiral_page *page, const struct spiral_panel *panel, const double *x,
                       const double *y, size_t count, struct spiral_stroke stroke);
/* A staircase: y[i] holds from x[i] to x[i + 1]. */
void spiral_marks_steps(struct spiral_page *page, const struct spiral_panel *panel, const double *x,
                        const double *y, size_t count, struct spiral_stroke stroke);
/* The area between two curves. */
void spiral_marks_band(struct spiral_page *page, const struct spiral_panel *panel, const double *x,
                       const double *low, const double *high, size_t count,
                       struct spiral_color color, double opacity);
/* Areas stacked from the bottom: share[layer * count + i], summing to 1 at each x, in the
 * colours of the layers. The first value holds from the panel's left edge. */
void spiral_marks_stack(struct spiral_page *page, const struct spiral_panel *panel, const double *x,
                        const double *share, size_t count, size_t layers,
                        const struct spiral_color *colors);
void spiral_marks_dot(struct spiral_page *page, const struct spiral_panel *panel, double x,
                      double y, double radius, struct spiral_color color, bool hollow);
void spiral_marks_shape(struct spiral_page *page, const struct spiral_panel *panel, double x,
                        double y, double radius, struct spiral_color color, bool hollow,
                        enum spiral_shape shape);
/* A horizontal bar from x = `from` to `to`, `height` pixels high about y. */
void spiral_marks_bar(struct spiral_page *page, const struct spiral_panel *panel, double from,
                      double to, double y, double height, struct spiral_color color,
                      double opacity);
/* An interval along x at y, with caps. */
void spiral_marks_interval(struct spiral_page *page, const struct spiral_panel *panel, double low,
                           double high, double y, struct spiral_stroke stroke);
void spiral_marks_vertical(struct spiral_page *page, const struct spiral_panel *panel, double x,
                           struct spiral_stroke stroke);
void spiral_marks_horizontal(struct spiral_page *page, const struct spiral_panel *panel, double y,
                             struct spiral_stroke stroke);
void spiral_marks_arrow(struct spiral_page *page, const struct spiral_panel *panel, double x,
                        double y, double to_x, double to_y, struct spiral_stroke stroke);

/* Values at the nodes of an even grid over the panel, columns x rows of them, [row * columns +
 * column], row 0 at the bottom. They are drawn as colours, linear between the nodes (0..1 on the
 * theme's ramp after `low` .. `high`), and as contours, the curves where the value is `level`,
 * linear too. */
struct spiral_value_grid {
    const double *value;
    int columns;
    int rows;
};
void spiral_marks_heat(struct spiral_page *page, const struct spiral_panel *panel,
                       const struct spiral_value_grid *grid, double low, double high);
void spiral_marks_contour(struct spiral_page *page, const struct spiral_panel *panel,
                          const struct spiral_value_grid *grid, double level,
                          struct spiral_stroke stroke);
/* The same values on a grid `times` finer, smooth (cubic) between the nodes and nowhere beyond
 * the values of the nodes around: curves without corners. `value` is NULL where there is no
 * memory; the caller frees it. */
struct spiral_value_grid spiral_value_grid_refine(const struct spiral_value_grid *grid, int times);
/* The segments of a contour in units of columns and rows, by marching squares: x0, y0, x1, y1
 * each. Returns how many there are, writes at most `room`. */
size_t spiral_contour_segments(const struct spiral_value_grid *grid, double level,
                               double (*segment)[4], size_t room);
/* The ramp with its scale, to the right of a panel. */
void spiral_marks_ramp(struct spiral_page *page, struct spiral_rectangle at,
                       const struct spiral_ticks *ticks, double low, double high, const char *name);

#endif
