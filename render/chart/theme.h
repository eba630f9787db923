/* SPDX-License-Identifier: MIT
 *
 * Themes: the colours of a chart's parts. Colour-blind readers can tell the colours of classes
 * apart (Okabe and Ito 2008); they differ in lightness too, so that they remain distinct in grey.
 * Ordered classes and the ramp run one way in lightness.
 */
#ifndef SPIRAL_CHART_THEME_H
#define SPIRAL_CHART_THEME_H

struct spiral_color {
    double red;   /* 0..1, sRGB */
    double green; /* 0..1, sRGB */
    double blue;  /* 0..1, sRGB */
};

/* What a curve shows decides its colour, in every figure. */
enum spiral_series_color {
    SPIRAL_COLOR_NEIGHBOUR,
    SPIRAL_COLOR_SMALL,
    SPIRAL_COLOR_OFFSHORE,
    SPIRAL_COLOR_INDEX,
    SPIRAL_COLOR_WAR,
    SPIRAL_COLOR_FORCE,
    SPIRAL_COLOR_OTHER,
    SPIRAL_SERIES_COLORS
};
enum { SPIRAL_BRANCH_COLORS = 4 };

struct spiral_theme {
    const char *name;
    struct spiral_color background;
    struct spiral_color ink;
    struct spiral_color muted;
    struct spiral_color grid;
    struct spiral_color series[SPIRAL_SERIES_COLORS];
    /* of counterfactual branches, beside the ink of the baseline */
    struct spiral_color branch[SPIRAL_BRANCH_COLORS];
    struct spiral_color level[5]; /* the hostility ladder, from none to war */
    int ramp_dark_is_high;        /* whether the ramp's high end is its dark one */
    int grey;                     /* whether no colour has a hue; the ramp has none then */
    double font_size;             /* of tick labels, pixels at scale 1 */
    double line_width;            /* of a curve, pixels at scale 1 */
};

/* SPIRAL_THEME(name, what it is for) */
#define SPIRAL_THEME_TABLE(X) \
    X(light, "a page on the screen") \
    X(dark, "a dark room") \
    X(print, "paper, black and white too")
enum spiral_theme_name {
#define SPIRAL_THEME_ENTRY(name, doc) SPIRAL_THEME_##name,
    SPIRAL_THEME_TABLE(SPIRAL_THEME_ENTRY)
#undef SPIRAL_THEME_ENTRY
        SPIRAL_THEMES
};
extern const struct spiral_theme spiral_themes[SPIRAL_THEMES];

/* The theme of this name, or NULL. */
const struct spiral_theme *spiral_theme_find(const char *name);

/* A ramp over 0..1 that runs one way in lightness and is safe for colour-blind readers (YlGnBu,
 * Harrower and Brewer 2003; linear between its nine colours): on paper from pale to dark, on a
 * dark ground from dark to pale. */
struct spiral_color spiral_theme_ramp(const struct spiral_theme *theme, double share);

/* Between two colours: share 0 gives the first, 1 the second. */
struct spiral_color spiral_color_mix(struct spiral_color first, struct spiral_color second,
                                     double share);

/* Lightness L* of CIE 1976, 0..100. */
double spiral_color_lightness(struct spiral_color color);

#endif
