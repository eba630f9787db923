/* SPDX-License-Identifier: MIT
 *
 * What a figure of a game that was played has: panels of curves over one time axis, with a line
 * where each round begins. It takes plain arrays: what they show is the caller's.
 */
#ifndef SPIRAL_FIGURE_PLAYED_DATA_H
#define SPIRAL_FIGURE_PLAYED_DATA_H

#include <stdbool.h>
#include <stddef.h>

#include "render/chart/theme.h"

enum { SPIRAL_PLAYED_PANELS = 6, SPIRAL_PLAYED_CURVES = 16 };

struct spiral_played_curve {
    const char *name; /* written at its end; NULL: none */
    size_t count;
    const double *x; /* dates [count] */
    const double *y; /* [count] */
    struct spiral_color color;
    double width;
    bool dashed;
    bool steps; /* a staircase */
};

struct spiral_played_panel {
    const char *name;
    double low;
    double high;
    bool whole;   /* ticks at whole numbers alone */
    double line;  /* a level that is marked; not a number: none */
    double share; /* of the height, against the other panels */
    size_t curve_count;
    struct spiral_played_curve curves[SPIRAL_PLAYED_CURVES];
};

struct spiral_played_figure {
    const char *title; /* "" : no frame */
    const char *subtitle;
    double from; /* dates */
    double until;
    size_t round_count;
    const double *rounds; /* dates [round_count] */
    int shown;            /* a round that is shaded, -1: none */
    size_t panel_count;
    struct spiral_played_panel panels[SPIRAL_PLAYED_PANELS];
};

#endif
