/* SPDX-License-Identifier: MIT */
#include "tools/inference/surrogate.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "tools/analysis/linear.h"

/* Products of so few axes are no more terms than the points of a training can bear. */
enum { MOST_AXES_WITH_PRODUCTS = 6 };

enum { MOST_TERMS = 1 + 2 * SPIRAL_CONSTANTS + MOST_AXES_WITH_PRODUCTS * MOST_AXES_WITH_PRODUCTS };

/* The terms at u: 1, the distances from the centre, their squares, their products. */
static void put_terms(const struct spiral_surrogate *surrogate, const double *u, double *terms)
{
    const size_t axes = surrogate->axes;
    size_t at = 0;

    terms[at++] = 1.0;
    for (size_t a = 0; a < axes; a++)
        terms[at++] = u[a] - surrogate->centre[a];
    for (size_t a = 0; a < axes && surrogate->squares; a++)
        terms[at++] = terms[1 + a] * terms[1 + a];
    for (size_t a = 0; a < axes && surrogate->products; a++)
        for (size_t b = 0; b < a; b++)
            terms[at++] = terms[1 + a] * terms[1 + b];
}

static void predict_from_terms(const struct spiral_surrogate *surrogate, const double *terms,
                               double *restrict outputs)
{
    const size_t count = surrogate->outputs;

    memset(outputs, 0, count * sizeof *outputs);
    for (size_t t = 0; t < surrogate->terms; t++) {
        const double *restrict weight = &surrogate->weight[t * count];
        const double factor = terms[t];
        for (size_t o = 0; o < count; o++)
            outputs[o] += factor * weight[o];
    }
}

void spiral_surrogate_predict(const struct spiral_surrogate *surrogate, const double *u,
                              double *outputs)
{
    double terms[MOST_TERMS];

    put_terms(surrogate, u, terms);
    predict_from_terms(surrogate, terms, outputs);
}

void spiral_surrogate_slope(const struct spiral_surrogate *surrogate, const double *u, size_t axis,
                            double *slopes)
{
    const size_t axes = surrogate->axes;
    double terms[MOST_TERMS] = {0.0};
    size_t at = 1 + axes;

    /* The derivatives of the terms, in their order. */
    terms[1 + axis] = 1.0;
    if (surrogate->squares) {
        terms[at + axis] = 2.0 * (u[axis] - surrogate->centre[axis]);
        at += axes;
    }
    for (size_t a = 0; a < axes && surrogate->products; a++)
        for (size_t b = 0; b < a; b++, at++)
            terms[at] = a == axis   ? u[b] - surrogate->centre[b]
                        : b == axis ? u[a] - surrogate->centre[a]
                                    : 0.0;
    predict_from_terms(surrogate, terms, slopes);
}

/* --- the fit ---------------------------------------------------------------------------------- */

/* The normal equations: square[terms * terms], right[terms * outputs] by column (a column for each
 * output). */
struct normal_equations {
    double *square;
    double *right;
    double *row; /* outputs of a point */
};

static void add_point(struct normal_equations *equations, const struct spiral_surrogate *surrogate,
                      const double *u, const float *outputs)
{
    const size_t terms = surrogate->terms;
    double values[MOST_TERMS];

    put_terms(surrogate, u, values);
    for (size_t s = 0; s < terms; s++)
        for (size_t t = s; t < terms; t++) /* the lower triangle by column */
            equations->square[s * terms + t] += values[s] * values[t];
    for (size_t o = 0; o < surrogate->outputs; o++)
        for (size_t t = 0; t < terms; t++)
            equations->right[o * terms + t] += values[t] * (double)outputs[o];
}

static double residual_of(const struct spiral_surrogate *surrogate, const double *points,
                          const float *outputs, size_t count, double *row)
{
    double sum = 0.0;

    for (size_t p = 0; p < count; p++) {
        spiral_surrogate_predict(surrogate, &points[p * surrogate->axes], row);
        for (size_t o = 0; o < surrogate->outputs; o++) {
            const double off = row[o] - (double)outputs[p * surrogate->outputs + o];
            sum += off * off;
        }
    }
    return sqrt(sum / (double)(count * surrogate->outputs));
}

static void put_centre(struct spiral_surrogate *surrogate, const double *points, size_t count,
                       const double *centre)
{
    for (size_t a = 0; a < surrogate->axes; a++) {
        double sum = 0.0;
        for (size_t p = 0; p < count; p++)
            sum += points[p * surrogate->axes + a] / (double)count;
        surrogate->centre[a] = centre != NULL ? centre[a] : sum;
    }
}

enum spiral_status spiral_surrogate_create(struct spiral_surrogate *surrogate, const double *points,
                                           const float *outputs, size_t count, size_t axes,
                                           size_t output_count,
                                           const struct spiral_surrogate_fit *fit,
                                           struct spiral_error *error)
{
    const bool products = fit->squares && axes <= MOST_AXES_WITH_PRODUCTS;
    const size_t terms =
        1 + axes + (fit->squares ? axes : 0) + (products ? axes * (axes - 1) / 2 : 0);
    enum spiral_status status = SPIRAL_OK;

    *surrogate = (struct spiral_surrogate){.axes = axes,
                                           .outputs = output_count,
                                           .terms = terms,
                                           .squares = fit->squares,
                                           .products = products};
    put_centre(surrogate, points, count, fit->centre);

    struct normal_equations equations = {.square = calloc(terms * terms, sizeof *equations.square),
                                         .right = calloc(terms * output_count + 1,
                                                         sizeof *equations.right),
                                         .row = calloc(output_count + 1, sizeof *equations.row)};
    surrogate->weight = calloc(terms * output_count + 1, sizeof *surrogate->weight);
    if (equations.square == NULL || equations.right == NULL || equations.row == NULL ||
        surrogate->weight == NULL)
        status = spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for the surrogate");

    for (size_t p = 0; p < count && status == SPIRAL_OK; p++)
        add_point(&equations, surrogate, &points[p * axes], &outputs[p * output_count]);
    for (size_t t = 1; t < terms && status == SPIRAL_OK; t++)
        equations.square[t * terms + t] += fit->ridge * (double)count;
    if (status == SPIRAL_OK && spiral_linear_missing() != NULL)
        status = spiral_error_set(error, SPIRAL_IO, "%s", spiral_linear_missing());
    if (status == SPIRAL_OK &&
        (!spiral_linear_factor(equations.square, terms) ||
         !spiral_linear_solve(equations.square, terms, equations.right, output_count)))
        status = spiral_error_set(error, SPIRAL_BAD_INPUT,
                                  "the regression of the surrogate cannot be solved");
    if (status == SPIRAL_OK) {
        for (size_t t = 0; t < terms; t++)
            for (size_t o = 0; o < output_count; o++)
                surrogate->weight[t * output_count + o] = equations.right[o * terms + t];
        surrogate->residual = residual_of(surrogate, points, outputs, count, equations.row);
    }
    free(equations.square);
    free(equations.right);
    free(equations.row);
    return status;
}

void spiral_surrogate_clear(struct spiral_surrogate *surrogate)
{
    free(surrogate->weight);
    *surrogate = (struct spiral_surrogate){.axes = 0};
}
