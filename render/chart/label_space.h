/* SPDX-License-Identifier: MIT
 *
 * The space for labels: which rectangles of the page are taken by marks and texts. A label near a
 * point is drawn where it covers nothing, or is left out.
 */
#ifndef SPIRAL_CHART_LABEL_SPACE_H
#define SPIRAL_CHART_LABEL_SPACE_H

#include "render/chart/panel.h"

enum { SPIRAL_LABEL_SPACE_RECTANGLES = 4096 };

struct spiral_label_space {
    struct spiral_rectangle within; /* no label is drawn beyond it */
    size_t count;
    /* what comes after the last is forgotten */
    struct spiral_rectangle taken[SPIRAL_LABEL_SPACE_RECTANGLES];
};

/* Marks a rectangle as taken. */
void spiral_label_space_take(struct spiral_label_space *space, struct spiral_rectangle at);
/* Marks a curve as taken, as a small square every few pixels: a slanting line does not take all
 * the room around it. */
void spiral_label_space_take_line(struct spiral_page *page, struct spiral_label_space *space,
                                  const struct spiral_panel *panel, const double *x,
                                  const double *y, size_t count);
/* Whether a rectangle lies within and meets nothing that is taken. */
bool spiral_label_space_is_free(const struct spiral_label_space *space, struct spiral_rectangle at);

/* Draws a text beside a point of the page, `distance` from it, on the first side that is free:
 * right, left, above, below, then the corners; and marks it as taken. Returns whether there was a
 * free side. */
bool spiral_label_space_draw_text(struct spiral_page *page, struct spiral_label_space *space,
                                  enum spiral_text_role role, const char *text, double x, double y,
                                  double distance, const struct spiral_text_form *form);

#endif
