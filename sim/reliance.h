/* SPDX-License-Identifier: MIT
 *
 * Reliance on the offshore patrons, summed in lanes: what quantities and outcomes share. Inner
 * header of sim: its loops want the flags for vector code.
 */
#ifndef SPIRAL_RELIANCE_H
#define SPIRAL_RELIANCE_H

#include "sim/quantities.h"

/* The sums over the offshore patrons of reliance and of its square, in the lanes first <= l < past.
 * Dependence is squares / sum. Inlined where `first` and `past` are literals, so that the loops
 * over all lanes become vector code. */
static inline __attribute__((always_inline)) void spiral_reliance_sums(
    const struct spiral_batch *batch, int first, int past, spiral_lane sum, spiral_lane squares)
{
    const struct spiral_lanes_state *state = spiral_batch_state(batch);

    SPIRAL_LANES_FROM_TO(l, first, past)
        sum[l] = squares[l] = 0.0;

    for (int k = 0; k < SPIRAL_LAYOUT_OF(batch)->count[SPIRAL_OF_PATRON]; k++) {
        if (SPIRAL_LAYOUT_OF(batch)->role[SPIRAL_LAYOUT_OF(batch)->patrons[k]] != SPIRAL_OFFSHORE)
            continue;

        const double *commitment = state->commitment[k];
        const double *aspiration = state->aspiration[k];
        const double *presence = state->presence[k];
        const double *aid = state->aid[k];

        SPIRAL_LANES_FROM_TO(l, first, past) {
            const double part = spiral_reliance(commitment[l], aspiration[l], presence[l], aid[l]);
            sum[l] += part;
            squares[l] += part * part;
        }
    }
}

#endif
