/* SPDX-License-Identifier: MIT
 *
 * What the files of the designs share: the coordinates of each kind, and the way from
 * coordinates to values.
 */
#ifndef SPIRAL_DESIGN_COORDINATES_H
#define SPIRAL_DESIGN_COORDINATES_H

#include "sim/random.h"
#include "tools/design/design.h"

/* What a factor is in a grid. */
struct spiral_factor {
    const char *name; /* of its first axis */
    size_t
        levels; /* values of a list, else what is asked for; of whole numbers no more than there are */
    size_t
        choices; /* values that it has at all: of a list, of whole numbers; 0 where it moves freely, or its axes differ in that */
    bool listed; /* whether an axis of it is a list */
};

/* What the kinds work on: a design whose factors are known. */
struct spiral_design_work {
    const struct spiral_axis *axes;
    const struct spiral_design_request *request;
    struct spiral_design *design;
    struct spiral_factor *factors; /* [factor] */
};

/* How many values an axis has: of a list, of whole numbers; 0 in a range. */
size_t spiral_axis_choices(const struct spiral_axis *axis);

/* The value of an axis at a coordinate 0..1, and the coordinate of a value. A value that is none
 * of its axis' own list goes by where it is in its range. */
double spiral_axis_value(const struct spiral_axis *axis, double u);
double spiral_axis_coordinate(const struct spiral_axis *axis, double value);

/* The normal distribution function, and its inverse by bisection, in a range that holds every
 * 53-bit coordinate but 0 and 1, which become its ends, -9 and 9. */
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

/* The coordinate of level i of a factor in a grid: the places of a list's values; else from one
 * end of the range to the other. */
double spiral_design_level(const struct spiral_design_work *work, size_t factor, size_t i);

/* How many points a kind has (0: too many to count), and their coordinates. Where `unit` cannot
 * be filled: SPIRAL_NO_MEMORY. */
size_t spiral_design_count(const struct spiral_design_work *work);
enum spiral_status spiral_design_fill(const struct spiral_design_work *work);

/* From coordinates to values, correlations included. */
enum spiral_status spiral_design_values(const struct spiral_design_work *work);

#endif
