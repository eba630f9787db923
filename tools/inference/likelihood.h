/* SPDX-License-Identifier: MIT
 *
 * What the chains know of the model: outputs at a point, and how likely they are. Inner header.
 */
#ifndef SPIRAL_INFERENCE_LIKELIHOOD_H
#define SPIRAL_INFERENCE_LIKELIHOOD_H

#include "tools/inference/inference.h"

/* Runs the model at a point u[axis], or finds it kept, and adds it to the inference. The places of
 * facts are measured, or are those of the surrogate. */
enum spiral_status spiral_likelihood_evaluate(struct spiral_inference *inference, const double *u,
                                              bool measure_facts, struct spiral_error *error);

/* The outputs of an evaluated set. */
void spiral_likelihood_results(const struct spiral_inference *inference, size_t set,
                               double *outputs);

/* The log likelihood of outcomes given outputs; and the same less what the facts cost. */
double spiral_likelihood_of(const struct spiral_inference *inference, const double *outputs,
                            const bool *used);
double spiral_likelihood_score(const struct spiral_inference *inference, const double *outputs,
                               const bool *used);

#endif
