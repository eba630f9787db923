/* SPDX-License-Identifier: MIT
 *
 * A surrogate of the model: every output (the logit of each window's chance, the place of each
 * fact) as a polynomial of the coordinates of the constants, linear and squared terms, fitted by
 * ridge regression to points where the model was run. With few constants the products are terms
 * too.
 */
#ifndef SPIRAL_INFERENCE_SURROGATE_H
#define SPIRAL_INFERENCE_SURROGATE_H

#include <stdbool.h>
#include <stddef.h>

#include "sim/status.h"
#include "sim/tables.h"

struct spiral_surrogate {
    size_t axes;
    size_t outputs;
    size_t terms;
    bool squares;
    bool products;
    double centre[SPIRAL_CONSTANTS]; /* about which the polynomial is written */
    double *weight;                  /* [term * outputs + output], owned */
    double residual;                 /* root mean square over points and outputs */
};

/* How a surrogate is fitted. */
struct spiral_surrogate_fit {
    const double *centre; /* NULL: the mean of the points */
    bool squares;         /* and products where there are few axes; else linear alone */
    double ridge;         /* times the number of points; the constant term is free */
};

/* Fits a surrogate to points[point * axes + axis] and outputs[point * outputs + output].
 * SPIRAL_NO_MEMORY; SPIRAL_BAD_INPUT where the regression cannot be solved. The caller clears it in
 * any case. */
enum spiral_status spiral_surrogate_create(struct spiral_surrogate *surrogate, const double *points,
                                           const float *outputs, size_t count, size_t axes,
                                           size_t output_count,
                                           const struct spiral_surrogate_fit *fit,
                                           struct spiral_error *error);
void spiral_surrogate_clear(struct spiral_surrogate *surrogate);

/* The outputs at coordinates u[axis]. */
void spiral_surrogate_predict(const struct spiral_surrogate *surrogate, const double *u,
                              double *outputs);

/* The derivative of every output by one coordinate, at u. */
void spiral_surrogate_slope(const struct spiral_surrogate *surrogate, const double *u, size_t axis,
                            double *slopes);

#endif
