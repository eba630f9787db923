/* SPDX-License-Identifier: MIT
 *
 * HTML as reports need it: one self-contained page, texts escaped, tables with captions,
 * pictures inline. Nothing is loaded from anywhere.
 */
#ifndef SPIRAL_DRAW_HTML_H
#define SPIRAL_DRAW_HTML_H

#include <stdbool.h>
#include <stdio.h>

#include "render/chart/theme.h"

/* A text with its markup characters escaped. */
void spiral_html_text(FILE *out, const char *text);
/* The same, formatted. */
void spiral_html_print(FILE *out, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The page's beginning, with its style in a theme's colours, and its end. */
void spiral_html_begin(FILE *out, const char *language, const char *title,
                       const struct spiral_theme *theme);
void spiral_html_end(FILE *out);

/* <h2> with an id; a paragraph of text; a preformatted one. */
void spiral_html_heading(FILE *out, const char *id, const char *text);
void spiral_html_paragraph(FILE *out, const char *text);
void spiral_html_code(FILE *out, const char *text);

/* A table: its caption and at most SPIRAL_HTML_COLUMNS column heads; then rows of cells; then
 * its end. A head that begins with '#' (left out) is of numbers, set flush right, and so is the
 * column below it. */
enum { SPIRAL_HTML_COLUMNS = 24 };
struct spiral_html_table {
    FILE *out;
    bool number[SPIRAL_HTML_COLUMNS];
    size_t columns;
    size_t column;
};
void spiral_html_table_begin(struct spiral_html_table *table, FILE *out, const char *caption,
                             const char *const *heads, size_t columns);
/* The next cell, row after row; the first of a row is its head. */
void spiral_html_cell(struct spiral_html_table *table, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* The same where its value is `known`, an empty cell where not. */
void spiral_html_cell_where(struct spiral_html_table *table, bool known, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void spiral_html_table_end(struct spiral_html_table *table);

/* An SVG picture as a <figure>; `number` keeps its ids apart from those of other pictures, `label`
 * says what it shows. Returns false where the text is not an SVG picture. */
bool spiral_html_figure(FILE *out, const char *svg, int number, const char *label);

#endif
