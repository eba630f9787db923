/* SPDX-License-Identifier: MIT */
#include "render/chart/places.h"

#include <math.h>

void spiral_places_take(struct spiral_places *places, struct spiral_rectangle at)
{
    if (places->count < SPIRAL_PLACES)
        places->taken[places->count++] = at;
}

void spiral_places_take_line(struct spiral_page *page, struct spiral_places *places,
                             const struct spiral_panel *panel, const double *x, const double *y,
                             size_t count)
{
    const double side = 4.0 * page->scale;

    for (size_t i = 0; i < count; i++) {
        const double x1 = spiral_panel_x(panel, x[i]);
        const double y1 = spiral_panel_y(panel, y[i]);
        const double x0 = i > 0 ? spiral_panel_x(panel, x[i - 1]) : x1;
        const double y0 = i > 0 ? spiral_panel_y(panel, y[i - 1]) : y1;
        const double pieces = fmax(1.0, ceil(hypot(x1 - x0, y1 - y0) / side));

        for (double piece = 1.0; piece <= pieces;
             piece++) /* a gap in the curve has no pieces: the comparison is false */
            spiral_places_take(
                places, (struct spiral_rectangle){x0 + (x1 - x0) * piece / pieces - 0.5 * side,
                                                  y0 + (y1 - y0) * piece / pieces - 0.5 * side,
                                                  side, side});
    }
}

bool spiral_places_free(const struct spiral_places *places, struct spiral_rectangle at)
{
    const struct spiral_rectangle *within = &places->within;

    if (at.x < within->x || at.y < within->y || at.x + at.width > within->x + within->width ||
        at.y + at.height > within->y + within->height)
        return false;

    for (size_t i = 0; i < places->count; i++) {
        const struct spiral_rectangle *other = &places->taken[i];
        if (at.x < other->x + other->width && other->x < at.x + at.width &&
            at.y < other->y + other->height && other->y < at.y + at.height)
            return false;
    }

    return true;
}

bool spiral_places_text(struct spiral_page *page, struct spiral_places *places,
                        enum spiral_text_role role, const char *text, double x, double y,
                        double distance, const struct spiral_text_form *form)
{
    static const double sides[8][2] = {{1, 0},  {-1, 0}, {0, -1},  {0, 1},
                                       {1, -1}, {1, 1},  {-1, -1}, {-1, 1}};
    const struct spiral_rectangle size = spiral_text_measure(page, role, text, form);

    for (int i = 0; i < 8; i++) {
        const double away = sides[i][0] != 0.0 && sides[i][1] != 0.0 ? 0.6 * distance : distance;
        const double right = 0.5 - 0.5 * sides[i][0], down = 0.5 - 0.5 * sides[i][1],
                     to_x = x + sides[i][0] * away, to_y = y + sides[i][1] * away;

        if (spiral_places_free(places, (struct spiral_rectangle){to_x - right * size.width,
                                                                 to_y - down * size.height,
                                                                 size.width, size.height})) {
            spiral_places_take(places,
                               spiral_text_draw(page, role, text, to_x, to_y, right, down, form));
            return true;
        }
    }

    return false;
}
