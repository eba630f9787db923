/* SPDX-License-Identifier: MIT
 *
 * A page: a surface to draw on (SVG, PDF, PNG, or any cairo_t), a theme, and its texts. Lengths
 * are pixels at scale 1; one of them is 1/96 inch in files. Every text that is drawn can be
 * recorded with its box, so that a test can look for overlaps.
 */
#ifndef SPIRAL_CHART_PAGE_H
#define SPIRAL_CHART_PAGE_H

#include <cairo.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "render/chart/theme.h"

/* SPIRAL_TEXT(role, size against the theme's, bold, ink: 0 ink, 1 muted) */
#define SPIRAL_TEXT_TABLE(X) \
    X(title, 1.55, 1, 0) \
    X(subtitle, 1.10, 0, 1) \
    X(heading, 1.10, 1, 0) \
    X(axis, 1.00, 0, 1) \
    X(tick, 1.00, 0, 1) \
    X(direct, 1.00, 1, 0) \
    X(number, 0.80, 0, 0) \
    X(caption, 0.90, 0, 0) \
    X(note, 0.85, 0, 1) \
    X(headline, 2.60, 1, 0)
enum spiral_text_role {
#define SPIRAL_TEXT_ENTRY(name, size, bold, muted) SPIRAL_TEXT_##name,
    SPIRAL_TEXT_TABLE(SPIRAL_TEXT_ENTRY)
#undef SPIRAL_TEXT_ENTRY
        SPIRAL_TEXT_ROLES
};

struct spiral_rectangle {
    double x;
    double y;
    double width;
    double height;
};

/* A text that was drawn, and where. */
struct spiral_box {
    struct spiral_rectangle at;
    enum spiral_text_role role;
    char start[32]; /* of the text, for messages */
};

struct spiral_text_cache; /* shaped texts, kept from one drawing to the next */
struct spiral_svg;        /* the text of an SVG (svg.h) */

struct spiral_page {
    cairo_t *cr;
    double width;
    double height;
    const struct spiral_theme *theme;
    double scale; /* of fonts and lines against the theme's */
    struct spiral_text_cache *cache;
    bool owns_cache;
    bool record; /* whether texts are recorded in boxes */
    size_t box_count;
    size_t box_room;
    struct spiral_box *boxes; /* owned */
    /* of a page on a file */
    cairo_surface_t *surface;
    FILE *out; /* not owned */
    bool png;
    struct spiral_svg *svg; /* of an SVG: its letters are kept as text; owned */
};

/* The smallest and largest page, pixels a side. */
enum { SPIRAL_PAGE_LEAST = 200, SPIRAL_PAGE_MOST = 16384 };

/* The formats by the end of a file's name: whether this one is known. */
bool spiral_page_format_known(const char *name);

/* Opens a page on a file that the caller has opened and closes after the page; `name` tells the
 * format by its end (.svg, .pdf, .png). The page is filled with the background. Returns NULL, or a
 * sentence saying what failed. The same drawing gives the same bytes. PNGs have `density` pixels
 * for one of the page; the letters of SVGs are text, above all shapes. */
const char *spiral_page_open(struct spiral_page *page, FILE *out, const char *name, double width,
                             double height, double density, const struct spiral_theme *theme);

/* Makes a page of a cairo_t (not owned). With `cache` NULL it has a cache of its own, else that
 * one, which outlives it. */
const char *spiral_page_wrap(struct spiral_page *page, cairo_t *cr, double width, double height,
                             const struct spiral_theme *theme, struct spiral_text_cache *cache);

/* Ends the page, and writes it to its file where there is one. Returns NULL, or a sentence saying
 * what failed. */
const char *spiral_page_close(struct spiral_page *page);

struct spiral_text_cache *spiral_text_cache_create(void); /* NULL: out of memory */
void spiral_text_cache_destroy(struct spiral_text_cache *cache);

/* Whether the machine has a font with Chinese glyphs. */
bool spiral_page_has_chinese_font(void);
/* Whether it has any font: without one a figure is a page of boxes. */
bool spiral_page_has_font(void);

/* How a text differs from its role's usual form. */
struct spiral_text_form {
    double width;                     /* lines break there; 0: one line */
    double angle;                     /* radians, clockwise, about the anchor */
    const struct spiral_color *color; /* NULL: the role's */
    bool halo;                        /* a border in the background's colour, for text on curves */
    bool end;                         /* lines are set flush right */
};

/* The size of a text. `form` may be NULL. */
struct spiral_rectangle spiral_text_measure(struct spiral_page *page, enum spiral_text_role role,
                                            const char *text, const struct spiral_text_form *form);

/* How far below its top the first line's baseline lies: texts of two scripts are set on one line
 * by it. */
double spiral_text_baseline(struct spiral_page *page, enum spiral_text_role role, const char *text,
                            const struct spiral_text_form *form);

/* Draws a text with its anchor at x, y: the share of its width and height that lies left of and
 * above the anchor (0, 0: the anchor is its upper left corner). Returns the box that it fills. */
struct spiral_rectangle spiral_text_draw(struct spiral_page *page, enum spiral_text_role role,
                                         const char *text, double x, double y, double right,
                                         double down, const struct spiral_text_form *form);

/* What is drawn next on the page has this colour. */
static inline void spiral_page_color(struct spiral_page *page, struct spiral_color color,
                                     double opacity)
{
    cairo_set_source_rgba(page->cr, color.red, color.green, color.blue, opacity);
}

/* Title, subtitle and a note at the foot (each may be ""), and what is left for the figure. */
struct spiral_rectangle spiral_page_frame(struct spiral_page *page, const char *title,
                                          const char *subtitle, const char *note);
/* The same within a part of a page. */
struct spiral_rectangle spiral_page_frame_within(struct spiral_page *page, const char *title,
                                                 const char *subtitle, const char *note,
                                                 struct spiral_rectangle at);

#endif
