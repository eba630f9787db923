/* SPDX-License-Identifier: MIT */
#include "render/window/layout.h"

#include <math.h>

struct spiral_window_layout spiral_window_layout_of(struct spiral_page *page, bool has_lesson,
                                                    double lesson_height, bool has_headline,
                                                    bool has_plane)
{
    const double unit = page->scale;
    const double margin = 12.0 * unit;
    const double line = spiral_text_measure(page, SPIRAL_TEXT_tick, "0", NULL).height;
    const double bar = 3.0 * line + 26.0 * unit;
    const double column = (has_lesson ? 330.0 : 262.0) * unit;
    const double headline = has_headline ? 6.2 * line : 0.0;
    const double width = page->width - column - 3.0 * margin;
    const double right = page->width - column - margin;
    double plane = fmin(fmax(page->height - 536.0 * unit, 96.0 * unit), 200.0 * unit);

    if (lesson_height > 0.0) {
        const double left = page->height - headline - 3.0 * margin - 80.0 * unit - lesson_height;
        plane = left < 90.0 * unit ? 0.0 : fmin(plane, left);
    }

    if (!has_plane)
        plane = 0.0;

    const double below = plane > 0.0 ? plane + margin : 0.0;

    return (struct spiral_window_layout){
        .plot = {margin, 0.7 * margin, width, page->height - bar - 1.7 * margin},
        .headline = {right, margin, column, headline},
        .levers = {right, margin + headline, column,
                   page->height - headline - below - 2.0 * margin},
        .plane = {right, page->height - plane - margin, column, plane},
        .bar = {margin, page->height - bar - 0.5 * margin, width, bar}};
}
