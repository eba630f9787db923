/* SPDX-License-Identifier: MIT
 *
 * The prior of the constants (sim/priors.def), on coordinates 0..1 of each range: the place in the
 * range, or in its logarithm. There it is the same normal for every constant, cut to 0..1.
 */
#ifndef SPIRAL_INFERENCE_PRIOR_H
#define SPIRAL_INFERENCE_PRIOR_H

#include <stdbool.h>

#include "sim/random.h"
#include "sim/status.h"
#include "sim/tables.h"

/* The prior's centre and standard deviation in coordinates. */
extern const double spiral_prior_centre;
extern const double spiral_prior_deviation;

/* A constant that is free, and its range. */
struct spiral_prior_axis {
    enum spiral_constant constant;
    bool log; /* even on the logarithm of the range */
    double low;
    double high;
};

struct spiral_prior {
    size_t count;
    struct spiral_prior_axis axes[SPIRAL_CONSTANTS]; /* each constant at most once */
};

/* All constants of the table. */
void spiral_prior_of_table(struct spiral_prior *prior);

/* Adds a constant: `k.NAME`, with the range of the table, or `k.NAME=LOW:HIGH`, followed by `:log`.
 * SPIRAL_BAD_INPUT where there is no such constant (with the nearest), it is there already, has no
 * range in the table, or the range is not one within its bounds (above 0 for `:log`). */
enum spiral_status spiral_prior_add(struct spiral_prior *prior, const char *text,
                                    struct spiral_error *error);

/* The value at a coordinate, rounded to six digits, within the range; and the coordinate of a
 * value, 0 or 1 where it lies outside. */
double spiral_prior_value(const struct spiral_prior_axis *axis, double coordinate);
double spiral_prior_coordinate(const struct spiral_prior_axis *axis, double value);

/* Puts the values at coordinates u[axis] into a set of constants. */
void spiral_prior_put(const struct spiral_prior *prior, const double *u,
                      struct spiral_constants *constants);

/* The logarithm of the density at u[axis], within 0..1, but for a constant. */
double spiral_prior_log_density(const struct spiral_prior *prior, const double *u);

/* Draws coordinates u[axis] from the prior. */
void spiral_prior_draw(const struct spiral_prior *prior, double *u, struct spiral_random *random);

/* A standard normal number (Box and Muller 1958); takes four numbers of the generator. */
double spiral_prior_normal(struct spiral_random *random);

#endif
