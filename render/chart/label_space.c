/* SPDX-License-Identifier: MIT */
#include "render/chart/label_space.h"

#include <math.h>

void spiral_label_space_take(struct spiral_label_space *space, struct spiral_rectangle at)
{
    if (space->count < SPIRAL_LABEL_SPACE_RECTANGLES)
        space->taken[space->count++] = at;
}

void spiral_label_space_take_line(struct spiral_page *page, struct spiral_label_space *space,
                                  const struct spiral_panel *panel, const double *x,
                                  const double *y, size_t count)
{
    const double side = 4.0 * page->scale;

    for (size_t i = 0; i < count; i++) {
        const double x1 = spiral_panel_x(panel, x[i]);
        const double y1 = spiral_panel_y(panel, y[i]);
        const double x0 = i > 0 ? spiral_panel_x(panel, x[i - 1]) : x1;
        const double y0 = i > 0 ? spiral_panel_y(panel, y[i - 1]) : y1;
        const double pieces = fmax(1.0, ceil(hypot(x1 - x0, y1 - y0) / side));

        /* a gap in the curve has no pieces: the comparison is false */
        for (double piece = 1.0; piece <= pieces; piece++)
            spiral_label_space_take(
                space, (struct spiral_rectangle){x0 + (x1 - x0) * piece / pieces - 0.5 * side,
                                                 y0 + (y1 - y0) * piece / pieces - 0.5 * side, side,
                                                 side});
    }
}

bool spiral_label_space_is_free(const struct spiral_label_space *space, struct spiral_rectangle at)
{
    const struct spiral_rectangle *within = &space->within;

    if (at.x < within->x || at.y < within->y || at.x + at.width > within->x + within->width ||
        at.y + at.height > within->y + within->height)
        return false;

    for (size_t i = 0; i < space->count; i++) {
        const struct spiral_rectangle *other = &space->taken[i];
        if (at.x < other->x + other->width && other->x < at.x + at.width &&
            at.y < other->y + other->height && other->y < at.y + at.height)
            return false;
    }

    return true;
}

bool spiral_label_space_draw_text(struct spiral_page *page, struct spiral_label_space *space,
                                  enum spiral_text_role role, const char *text, double x, double y,
                                  double distance, const struct spiral_text_form *form)
{
    static const double sides[8][2] = {{1, 0},  {-1, 0}, {0, -1},  {0, 1},
                                       {1, -1}, {1, 1},  {-1, -1}, {-1, 1}};
    const struct spiral_rectangle size = spiral_text_measure(page, role, text, form);

    for (int i = 0; i < 8; i++) {
        const double away = sides[i][0] != 0.0 && sides[i][1] != 0.0 ? 0.6 * distance : distance;
        const double right = 0.5 - 0.5 * sides[i][0];
        const double down = 0.5 - 0.5 * sides[i][1];
        const double to_x = x + sides[i][0] * away;
        const double to_y = y + sides[i][1] * away;

        if (spiral_label_space_is_free(space, (struct spiral_rectangle){to_x - right * size.width,
                                                                        to_y - down * size.height,
                                                                        size.width, size.height})) {
            spiral_label_space_take(space, spiral_text_draw(page, role, text, to_x, to_y, right,
                                                            down, form));
            return true;
        }
    }

    return false;
}
