/* SPDX-License-Identifier: MIT
 *
 * Metropolis' chain on the surrogate. Inner header.
 */
#ifndef SPIRAL_INFERENCE_CHAIN_H
#define SPIRAL_INFERENCE_CHAIN_H

#include "tools/inference/inference.h"

/* A chain's steps: normal, with the covariance that the surrogate's posterior has about a point. */
struct spiral_chain {
    const struct spiral_inference *inference;
    const bool *used; /* [window]; NULL: all */
    double *factor;   /* [axes * axes], owned: Cholesky's of the information */
    double scale;     /* of the steps */
    struct spiral_random random;
};

/* Prepares a chain for steps about u. SPIRAL_NO_MEMORY, SPIRAL_BAD_INPUT. The caller clears it. */
enum spiral_status spiral_chain_create(struct spiral_chain *chain,
                                       const struct spiral_inference *inference, const bool *used,
                                       const double *u, uint64_t stream,
                                       struct spiral_error *error);
void spiral_chain_clear(struct spiral_chain *chain);

/* Moves u[axis] by so many steps; *accepted is how many moved it. Every `every` steps (0: never)
 * u is copied to the next place of `track`. SPIRAL_STOPPED after an interrupt. */
enum spiral_status spiral_chain_move(struct spiral_chain *chain, double *u, size_t steps,
                                     size_t every, double *track, size_t *accepted,
                                     struct spiral_error *error);

#endif
