/* SPDX-License-Identifier: MIT
 *
 * Choices over a plane: a dot for each point, its colour telling a class or a value, paths across
 * it, and beside it a table of the classes or of what is named in the plane.
 */
#ifndef SPIRAL_FIGURE_CHOICE_H
#define SPIRAL_FIGURE_CHOICE_H

#include "render/chart/panel.h"

enum { SPIRAL_CHOICE_COLUMNS = 4, SPIRAL_CHOICE_CELL = 24, SPIRAL_CHOICE_CLASSES = 8 };

struct spiral_choice_dot {
    double x;
    double y;
    int class;    /* 0 .. SPIRAL_CHOICE_CLASSES - 1; -1: its colour is that of `value` */
    double value; /* 0..1 on the theme's ramp */
    double size;  /* of its radius, against the usual one */
    bool hollow;
    char mark[4]; /* written beside it; "": nothing */
};

struct spiral_choice_row {
    char mark[4]; /* as beside its dot; "": the shape of its class */
    int class;    /* -1: none */
    const char *name;
    char cells[SPIRAL_CHOICE_COLUMNS][SPIRAL_CHOICE_CELL];
};

struct spiral_choice_figure {
    const char *title;
    const char *subtitle;
    const char *note;
    const char *x_name;
    const char *y_name;
    struct spiral_scale x;
    struct spiral_scale y;
    bool x_percent;
    bool y_percent;
    size_t dot_count;
    const struct spiral_choice_dot *dots;

    /* A path across the plane, from a hollow dot to a filled one; 0: none. */
    size_t path_count;
    const double *path_x;
    const double *path_y;
    const char *path_name;

    /* The ramp of the dots' values; NULL: there are none. */
    const char *ramp_name;
    double ramp_low;
    double ramp_high;

    const char *rows_title; /* NULL: none */
    size_t column_count;
    const char *heads[SPIRAL_CHOICE_COLUMNS];
    size_t row_count;
    const struct spiral_choice_row *rows; /* from the top */
};

/* Rows that do not fit are left out, the last ones first. */
void spiral_choice_draw(struct spiral_page *page, const struct spiral_choice_figure *figure);

/* The colour of a class; its shape differs as well. Colours that colour-blind readers can tell apart (Okabe and Ito 2008). */
struct spiral_color spiral_choice_color(const struct spiral_theme *theme, int class);

#endif
