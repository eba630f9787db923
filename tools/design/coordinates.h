/* SPDX-License-Identifier: MIT
 *
 * What the files of the designs share: the coordinates of each kind of design, and the conversion
 * from coordinates to values. Inner header of the designs.
 */
#ifndef SPIRAL_DESIGN_COORDINATES_H
#define SPIRAL_DESIGN_COORDINATES_H

#include "sim/random.h"
#include "tools/design/design.h"

/* A factor in a grid. */
struct spiral_factor {
    const char *name; /* of its first axis */
    size_t levels; /* in a grid: the length of a list, else as requested, or as many as there are */
    size_t choices; /* different values, of a list or of whole numbers; 0: moves freely, or mixed */
    bool listed;    /* whether an axis of it is a list */
    const struct spiral_axis *weighted; /* its one axis, whose values have weights; NULL: equal */
};

/* A design that is being made, once its factors are known. */
struct spiral_design_work {
    const struct spiral_axis *axes;
    const struct spiral_design_request *request;
    struct spiral_design *design;
    struct spiral_factor *factors; /* [factor] */
};

/* How many values an axis has: of a list, of whole numbers; 0 in a range. */
size_t spiral_axis_choices(const struct spiral_axis *axis);

/* The value of an axis at a coordinate 0..1, and the coordinate of a value. A value that is
 * not in the axis' list goes by its position in the range. */
double spiral_axis_value(const struct spiral_axis *axis, double u);
double spiral_axis_coordinate(const struct spiral_axis *axis, double value);

/* The normal distribution function, and its inverse by bisection between -9 and 9, which covers
 * every 53-bit coordinate between 0 and 1; 0 and 1 become these ends. */
double spiral_normal_below(double z);
double spiral_normal_quantile(double u);

/* A uniform number in [0, 1) with 53 bits. */
static inline double spiral_design_uniform(struct spiral_random *random)
{
    const uint64_t high = spiral_random_next(random) >> 5;
    const uint64_t low = spiral_random_next(random) >> 6;

    return ((double)high * 67108864.0 + (double)low) * 0x1p-53;
}

/* Uniform in 0 .. count - 1. */
size_t spiral_design_below(struct spiral_random *random, size_t count);

/* The coordinate of level i of a factor in a grid: of a list's i-th value; else evenly spaced from
 * one end of the range to the other. */
double spiral_design_level(const struct spiral_design_work *work, size_t factor, size_t i);

/* How many points a kind has (0: too many to count), and their coordinates. SPIRAL_NO_MEMORY
 * where these cannot be filled. */
size_t spiral_design_count(const struct spiral_design_work *work);
enum spiral_status spiral_design_fill(const struct spiral_design_work *work);

/* From coordinates to values, correlations included. */
enum spiral_status spiral_design_values(const struct spiral_design_work *work);

#endif
