/* SPDX-License-Identifier: MIT
 *
 * Labels that do not overlap: at the ends of curves, as numbered markers over an
 * axis, and as captions in columns.
 */
#ifndef SPIRAL_CHART_LABELS_H
#define SPIRAL_CHART_LABELS_H

#include "render/chart/panel.h"

/* Moves the middles `at` of intervals of these sizes apart until none overlaps, within low ..
 * high, each as near to its wanted position as possible (least squares) and in the order of
 * those positions. Where they do not all fit, they are spaced evenly. count <= 64. */
void spiral_labels_spread(double *at, const double *size, size_t count, double low, double high);

/* A curve's name at its end. */
struct spiral_end_label {
    const char *text; /* of one line or several */
    double y;         /* value on the panel's scale */
    struct spiral_color color;
    enum spiral_dash dash; /* where any label's is not solid, a piece of line stands before each */
};
/* Draws such a piece from x on; the room that it takes with the gap after it, pixels of the page. */
void spiral_labels_sample(struct spiral_page *page, struct spiral_color color,
                          enum spiral_dash dash, double x, double y);
double spiral_labels_sample_width(const struct spiral_page *page);
/* Writes the labels to the right of a panel, without overlap, each in its colour, with a
 * thin line to its value where it was moved. */
void spiral_labels_ends(struct spiral_page *page, const struct spiral_panel *panel,
                        const struct spiral_end_label *labels, size_t count);

/* A dated note: its number is drawn at its date, its caption in the columns. */
struct spiral_marker {
    double x;            /* on the panel's scale, ascending */
    const char *caption; /* NULL: the number alone */
    struct spiral_color color;
    char date[12]; /* stands before the caption; "": none */
    enum spiral_shape shape;
};

/* The rows (at most three) that numbered markers need over a panel's width, and their height in
 * pixels. At most 64 a row. */
int spiral_labels_marker_rows(struct spiral_page *page, const struct spiral_panel *panel,
                              const struct spiral_marker *markers, size_t count);
double spiral_labels_marker_height(const struct spiral_page *page);

/* Draws the numbers 1, 2, ... in discs at their dates, or beside them where they crowd, in rows
 * below y, with a thin line from `from` (the panel's top or so) down to each. */
void spiral_labels_markers(struct spiral_page *page, const struct spiral_panel *panel,
                           const struct spiral_marker *markers, size_t count, double y,
                           double from);

/* The height that the captions take in columns of at least `column` pixels over a width. */
double spiral_labels_captions_height(struct spiral_page *page, const struct spiral_marker *markers,
                                     size_t count, double width, double column);
/* Draws them with their numbers, down the columns, from the upper left corner of a rectangle. */
void spiral_labels_captions(struct spiral_page *page, const struct spiral_marker *markers,
                            size_t count, struct spiral_rectangle at, double column);

#endif
