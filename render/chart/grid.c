/* SPDX-License-Identifier: MIT
 *
 * Values on a grid: as colours, as contours, and on a finer grid.
 */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "render/chart/panel.h"

/* The value between the nodes, linear along both sides; x in columns, y in rows. */
static double value_between(const struct spiral_value_grid *grid, double x, double y)
{
    const int column = (int)x < grid->columns - 1 ? (int)x : grid->columns - 2;
    const int row = (int)y < grid->rows - 1 ? (int)y : grid->rows - 2;
    const double *at = &grid->value[row * grid->columns + column];
    const double right = x - column;
    const double up = y - row;

    return (1.0 - up) * ((1.0 - right) * at[0] + right * at[1]) +
           up * ((1.0 - right) * at[grid->columns] + right * at[grid->columns + 1]);
}

/* A cubic through four values (Catmull and Rom 1974) at 0..1 between the middle two, and not
 * beyond these. */
static double cubic_between(const double value[4], double t)
{
    const double a = 0.5 * (value[2] - value[0]);
    const double b = 0.5 * (value[3] - value[1]);
    const double rise = value[2] - value[1];
    const double at =
        value[1] + t * (a + t * (3.0 * rise - 2.0 * a - b + t * (a + b - 2.0 * rise)));

    return fmin(fmax(at, fmin(value[1], value[2])), fmax(value[1], value[2]));
}

struct spiral_value_grid spiral_value_grid_refine(const struct spiral_value_grid *grid, int times)
{
    const int columns = (grid->columns - 1) * times + 1;
    const int rows = (grid->rows - 1) * times + 1;
    double *fine = malloc((size_t)columns * (size_t)rows * sizeof *fine);

    for (int row = 0; fine != NULL && row < rows; row++)
        for (int column = 0; column < columns; column++) {
            double along[4];
            double value[4];

            for (int i = 0; i < 4; i++) {
                const int y = row / times + i - 1;
                const int of_row = y < 0 ? 0 : y >= grid->rows ? grid->rows - 1 : y;

                for (int j = 0; j < 4; j++) {
                    const int x = column / times + j - 1;
                    value[j] = grid->value[of_row * grid->columns + (x < 0 ? 0
                                                                     : x >= grid->columns
                                                                         ? grid->columns - 1
                                                                         : x)];
                }

                along[i] = cubic_between(value, (double)(column % times) / times);
            }

            fine[row * columns + column] = cubic_between(along, (double)(row % times) / times);
        }

    return (struct spiral_value_grid){fine, columns, rows};
}

/* As an image that is stretched over the panel: half its pixels a side are enough for values
 * that are smooth between its nodes. */
void spiral_marks_heat(struct spiral_page *page, const struct spiral_panel *panel,
                       const struct spiral_value_grid *grid, double low, double high)
{
    const int width = (int)fmax(2.0, 0.5 * panel->at.width);
    const int height = (int)fmax(2.0, 0.5 * panel->at.height);
    cairo_surface_t *image = cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height);
    unsigned char *pixels = cairo_image_surface_get_data(image);

    for (int y = 0; pixels != NULL && y < height; y++)
        for (int x = 0; x < width; x++) {
            const double value = value_between(grid, (x + 0.5) / width * (grid->columns - 1),
                                               (1.0 - (y + 0.5) / height) * (grid->rows - 1));
            const struct spiral_color color =
                spiral_theme_ramp(page->theme, (value - low) / (high - low));
            ((uint32_t *)(void *)(pixels + y * cairo_image_surface_get_stride(image)))[x] =
                (uint32_t)(255.0 * color.red + 0.5) << 16 |
                (uint32_t)(255.0 * color.green + 0.5) << 8 | (uint32_t)(255.0 * color.blue + 0.5);
        }

    cairo_surface_mark_dirty(image);
    cairo_save(page->cr);
    cairo_rectangle(page->cr, panel->at.x, panel->at.y, panel->at.width, panel->at.height);
    cairo_clip(page->cr);
    cairo_translate(page->cr, panel->at.x, panel->at.y);
    cairo_scale(page->cr, panel->at.width / width, panel->at.height / height);
    cairo_set_source_surface(page->cr, image, 0.0, 0.0);
    cairo_pattern_set_extend(cairo_get_source(page->cr),
                             CAIRO_EXTEND_PAD); /* no fading at the edges */
    cairo_paint(page->cr);
    cairo_restore(page->cr);
    cairo_surface_destroy(image);
}

/* Where the level lies on an edge between two nodes: 0 at the first, 1 at the second. */
static double edge_crossing(double first, double second, double level)
{
    return second == first ? 0.5 : (level - first) / (second - first);
}

/* The points where the contour crosses the edges of a cell: bottom, right, top, left; returns
 * how many. */
static int cell_crossings(const double corner[4], double level, double point[4][2])
{
    /* corners counter-clockwise from the lower left; edge i leads from corner i to the next */
    static const double start[4][2] = {{0, 0}, {1, 0}, {1, 1}, {0, 1}};
    static const double direction[4][2] = {{1, 0}, {0, 1}, {-1, 0}, {0, -1}};
    int count = 0;

    for (int edge = 0; edge < 4; edge++) {
        const double first = corner[edge];
        const double second = corner[(edge + 1) % 4];
        if ((first >= level) == (second >= level))
            continue;

        const double t = edge_crossing(first, second, level);
        point[count][0] = start[edge][0] + t * direction[edge][0];
        point[count][1] = start[edge][1] + t * direction[edge][1];
        count++;
    }

    return count;
}

size_t spiral_contour_segments(const struct spiral_value_grid *grid, double level,
                               double (*segment)[4], size_t room)
{
    size_t count = 0;

    for (int row = 0; row + 1 < grid->rows; row++)
        for (int column = 0; column + 1 < grid->columns; column++) {
            const double *at = &grid->value[row * grid->columns + column];
            const double corner[4] = {at[0], at[1], at[grid->columns + 1], at[grid->columns]};
            double point[4][2];
            const int crossings = cell_crossings(corner, level, point);

            /* a saddle: the value in the middle decides which corners are connected */
            const bool turn = crossings == 4 &&
                              ((corner[0] + corner[1] + corner[2] + corner[3]) / 4.0 >= level) !=
                                  (corner[0] >= level);
            for (int i = 0; i + 1 < crossings; i += 2) {
                const double *first = point[turn ? (i + 3) % 4 : i];
                const double *second = point[turn ? i : i + 1];

                if (count < room) {
                    segment[count][0] = column + first[0];
                    segment[count][1] = row + first[1];
                    segment[count][2] = column + second[0];
                    segment[count][3] = row + second[1];
                }

                count++;
            }
        }

    return count;
}

/* Whether an end of a segment, 0 or 1, lies at a point. Two cells calculate a point on the edge
 * between them from its two ends. */
static bool ends_at(const double segment[4], int end, const double point[2])
{
    return fabs(segment[2 * end] - point[0]) < 1e-6 && fabs(segment[2 * end + 1] - point[1]) < 1e-6;
}

/* Puts a segment that has an end at the end of segment `at` after it, in the same sense. Returns
 * whether there is one among those after `at`. */
static bool link_next(double (*segment)[4], size_t count, size_t at)
{
    for (size_t i = at + 1; i < count; i++)
        for (int end = 0; end < 2; end++) {
            if (!ends_at(segment[i], end, &segment[at][2]))
                continue;

            const double next[4] = {segment[i][2 * end], segment[i][2 * end + 1],
                                    segment[i][2 - 2 * end], segment[i][3 - 2 * end]};
            memcpy(segment[i], segment[at + 1], sizeof next);
            memcpy(segment[at + 1], next, sizeof next);
            return true;
        }

    return false;
}

/* Whether another segment after `at` ends where this one begins. */
static bool begins_within(double (*segment)[4], size_t count, size_t at)
{
    for (size_t i = at + 1; i < count; i++)
        if (ends_at(segment[i], 0, segment[at]) || ends_at(segment[i], 1, segment[at]))
            return true;
    return false;
}

/* Orders the segments so that each follows the one that it continues: a dash runs on along a
 * line. A line that is not closed begins at one of its ends. */
static void link_segments(double (*segment)[4], size_t count)
{
    for (size_t first = 0; first < count;) {
        for (size_t i = first; i < count; i++) {
            double one[4];
            memcpy(one, segment[i], sizeof one);
            memcpy(segment[i], segment[first], sizeof one);
            memcpy(segment[first], one, sizeof one);
            if (!begins_within(segment, count, first))
                break;

            const double turned[4] = {one[2], one[3], one[0], one[1]};
            memcpy(segment[first], turned, sizeof turned);
            if (!begins_within(segment, count, first))
                break;
        }

        size_t last = first;

        while (link_next(segment, count, last))
            last++;
        first = last + 1;
    }
}

void spiral_marks_contour(struct spiral_page *page, const struct spiral_panel *panel,
                          const struct spiral_value_grid *grid, double level,
                          struct spiral_stroke stroke)
{
    const size_t room = 2 * (size_t)grid->columns * (size_t)grid->rows;
    double(*segment)[4] = malloc(room * sizeof *segment);

    if (segment == NULL)
        return;

    const size_t count = spiral_contour_segments(grid, level, segment, room);

    if (stroke.dash != SPIRAL_DASH_solid)
        link_segments(segment, count);

    const double width = panel->at.width / (grid->columns - 1);
    const double height = panel->at.height / (grid->rows - 1);

    for (size_t i = 0; i < count; i++) {
        if (stroke.dash == SPIRAL_DASH_solid || i == 0 ||
            !ends_at(segment[i], 0, &segment[i - 1][2]))
            cairo_move_to(page->cr, panel->at.x + segment[i][0] * width,
                          panel->at.y + panel->at.height - segment[i][1] * height);
        cairo_line_to(page->cr, panel->at.x + segment[i][2] * width,
                      panel->at.y + panel->at.height - segment[i][3] * height);
    }

    cairo_save(page->cr);
    if (stroke.dash == SPIRAL_DASH_solid)
        cairo_set_line_cap(page->cr, CAIRO_LINE_CAP_ROUND);
    spiral_marks_stroke(page, stroke);
    cairo_restore(page->cr);
    free(segment);
}

void spiral_marks_ramp(struct spiral_page *page, struct spiral_rectangle at,
                       const struct spiral_ticks *ticks, double low, double high, const char *name)
{
    enum { STEPS = 64 };

    for (int i = 0; i < STEPS; i++) {
        spiral_page_color(page, spiral_theme_ramp(page->theme, (i + 0.5) / STEPS), 1.0);
        cairo_rectangle(page->cr, at.x, at.y + at.height * (STEPS - 1 - i) / STEPS, at.width,
                        at.height / STEPS + 0.5);
        cairo_fill(page->cr);
    }

    for (int i = 0; i < ticks->count; i++)
        spiral_text_draw(page, SPIRAL_TEXT_tick, ticks->label[i],
                         at.x + at.width + 4.0 * page->scale,
                         at.y + at.height * (1.0 - (ticks->at[i] - low) / (high - low)), 0.0, 0.5,
                         NULL);

    /* the name is above the topmost tick's label */
    const double half = 0.5 * spiral_text_measure(page, SPIRAL_TEXT_tick, "0", NULL).height;

    spiral_text_draw(page, SPIRAL_TEXT_axis, name, at.x, at.y - half - 2.0 * page->scale, 0.0, 1.0,
                     NULL);
}
