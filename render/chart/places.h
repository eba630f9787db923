/* SPDX-License-Identifier: MIT
 *
 * Places on the page that are taken: marks and texts. A text near a point goes where nothing
 * else is, or is left out.
 */
#ifndef SPIRAL_CHART_PLACES_H
#define SPIRAL_CHART_PLACES_H

#include "render/chart/panel.h"

enum { SPIRAL_PLACES = 4096 };

struct spiral_places {
    struct spiral_rectangle within; /* nothing goes beyond it */
    size_t count;
    struct spiral_rectangle taken[SPIRAL_PLACES]; /* what comes after the last is forgotten */
};

void spiral_places_take(struct spiral_places *places, struct spiral_rectangle at);
/* Takes a curve, a small square every few pixels, so that a slanting line does not take all the
 * room around it. */
void spiral_places_take_line(struct spiral_page *page, struct spiral_places *places,
                             const struct spiral_panel *panel, const double *x, const double *y,
                             size_t count);
bool spiral_places_free(const struct spiral_places *places, struct spiral_rectangle at);

/* Draws a text beside a point of the page, `distance` from it, on the first side that is free:
 * right, left, above, below, then the corners; and takes the place. Returns whether there was
 * one. */
bool spiral_places_text(struct spiral_page *page, struct spiral_places *places,
                        enum spiral_text_role role, const char *text, double x, double y,
                        double distance, const struct spiral_text_form *form);

#endif
