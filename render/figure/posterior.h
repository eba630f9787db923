/* SPDX-License-Identifier: MIT
 *
 * A weighted sample of several numbers: the density of each on the diagonal, with the uniform
 * density over its range and its current value; below it pairs, as dots by weight and as the
 * regions that hold 50 % and 95 % of the sample. Densities are of Gaussian kernels on the axis'
 * own scale, reflected at the ends of the range (Silverman 1986), of Scott's width.
 */
#ifndef SPIRAL_FIGURE_POSTERIOR_H
#define SPIRAL_FIGURE_POSTERIOR_H

#include "render/figure/figure.h"

enum { SPIRAL_POSTERIOR_AXES = 6 };

struct spiral_posterior_figure {
    const char *title;
    const char *subtitle;
    const char *note;
    size_t axis_count; /* 1..SPIRAL_POSTERIOR_AXES */
    struct spiral_posterior_number {
        const char *label;
        struct spiral_scale range;
        double present;      /* NaN: none */
        double truth;        /* NaN: none */
        const double *value; /* [particle * stride] */
    } axes[SPIRAL_POSTERIOR_AXES];
    size_t count;
    size_t stride;
    const double *weight; /* [particle], on any scale */
    enum spiral_language language;
};

void spiral_posterior_draw(struct spiral_page *page, const struct spiral_posterior_figure *figure);

/* The density of an axis' numbers over the coordinate 0..1 of its range, at `count` points from
 * 0 to 1. It integrates to 1. */
void spiral_posterior_density(const struct spiral_posterior_figure *figure, size_t axis,
                              double *density, size_t count);

/* The standard deviation of an axis' coordinate: that of a uniform one is 1 / sqrt(12). */
double spiral_posterior_spread(const struct spiral_posterior_figure *figure, size_t axis);

#endif
