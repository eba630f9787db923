/* SPDX-License-Identifier: MIT
 *
 * SVG whose letters are text. Cairo writes the shapes and would write every letter as an outline
 * too; here the lines of text are kept aside, and lie above the shapes as <text> elements, which
 * can be searched, edited, translated and read aloud. Each says how long it is, so that a reader's
 * own font fills the room that was measured.
 */
#ifndef SPIRAL_CHART_SVG_H
#define SPIRAL_CHART_SVG_H

#include <pango/pangocairo.h>
#include <stdbool.h>
#include <stdio.h>

#include "render/chart/theme.h"

/* The fonts of every text, by preference; the last is whatever the system has. */
#define SPIRAL_CHART_FONTS "DejaVu Sans, Noto Sans CJK SC, Noto Sans, sans-serif"

struct spiral_svg; /* what is kept of one page */

/* NULL: out of memory. */
struct spiral_svg *spiral_svg_create(void);
void spiral_svg_destroy(struct spiral_svg *svg);

/* What Cairo writes goes here. A cairo_write_func_t. */
cairo_status_t spiral_svg_write(void *svg, const unsigned char *bytes, unsigned length);

/* Keeps the lines of a text whose upper left corner is the current point of `cr`. */
void spiral_svg_add_text(struct spiral_svg *svg, cairo_t *cr, PangoLayout *layout,
                         struct spiral_color color);

/* Keeps the title, and as description the subtitle and the note; each may be "". The first call
 * counts. */
void spiral_svg_describe(struct spiral_svg *svg, const char *title, const char *subtitle,
                         const char *note);

/* Writes the picture, once Cairo's surface is finished. Returns whether all of it was written. */
bool spiral_svg_finish(struct spiral_svg *svg, FILE *out);

#endif
