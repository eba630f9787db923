/* SPDX-License-Identifier: MIT
 *
 * A notice: a sentence that is shown over the curves for a few seconds.
 */
#ifndef SPIRAL_WINDOW_NOTICE_H
#define SPIRAL_WINDOW_NOTICE_H

#include "render/chart/page.h"
#include "sim/status.h"

enum { SPIRAL_NOTICE_SIZE = 256 };

struct spiral_notice {
    char text[SPIRAL_NOTICE_SIZE];
    double left; /* seconds that it is still shown */
};

void spiral_notice_show(struct spiral_notice *notice, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* Shows the error where the status is one; returns whether it is SPIRAL_OK. */
bool spiral_notice_check(struct spiral_notice *notice, enum spiral_status status,
                         const struct spiral_error *error);
/* Draws the notice in a box, with its upper left corner at x, y and lines of this width. */
void spiral_notice_draw(const struct spiral_notice *notice, struct spiral_page *page, double x,
                        double y, double width);

#endif
