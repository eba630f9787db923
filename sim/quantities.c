/* SPDX-License-Identifier: MIT
 *
 * The headline quantities of all lanes at once, for observers that look at every run of every step.
 */
#include "sim/algebra.h"
#include "sim/derived.h"

#ifndef SPIRAL_TARGET_CLONES
#define SPIRAL_TARGET_CLONES
#endif

static inline void of_rival(const struct spiral_batch *batch, int q,
                            spiral_lane quantity[SPIRAL_QUANTITIES])
{
    const struct spiral_lanes_state *state = spiral_batch_state(batch);
    const struct spiral_rival *rival = &batch->layout.rivals[q];
    const double *hostility = state->hostility[q];
    const double *calm = state->reassurance[rival->tie];
    const double *pressure = batch->derived.pressure[q];
    const double *near = state->threat[rival->neighbour_about_small];
    const double *small = state->threat[rival->small_about_neighbour];
    const double *arms = state->arms[rival->neighbour];
    const double *own = state->arms[batch->layout.small];
    const double *other = state->othering[rival->small_about_neighbour];

    SPIRAL_EACH_LANE(l) {
        const double index =
            12.5 * (hostility[l] - 1.0) + 15.0 * (small[l] + near[l]) + 10.0 * (own[l] + arms[l]);
        quantity[SPIRAL_QUANTITY_escalation][l] =
            spiral_max(quantity[SPIRAL_QUANTITY_escalation][l], index);
        quantity[SPIRAL_QUANTITY_hostility][l] =
            spiral_max(quantity[SPIRAL_QUANTITY_hostility][l], hostility[l]);
        quantity[SPIRAL_QUANTITY_threat_neighbour][l] =
            spiral_max(quantity[SPIRAL_QUANTITY_threat_neighbour][l], near[l]);
        quantity[SPIRAL_QUANTITY_threat_small][l] =
            spiral_max(quantity[SPIRAL_QUANTITY_threat_small][l], small[l]);
        quantity[SPIRAL_QUANTITY_arms_neighbour][l] =
            spiral_max(quantity[SPIRAL_QUANTITY_arms_neighbour][l], arms[l]);
        quantity[SPIRAL_QUANTITY_othering][l] =
            spiral_max(quantity[SPIRAL_QUANTITY_othering][l], other[l]);
        quantity[SPIRAL_QUANTITY_pressure][l] =
            spiral_max(quantity[SPIRAL_QUANTITY_pressure][l], pressure[l]);
        quantity[SPIRAL_QUANTITY_reassurance][l] =
            spiral_min(quantity[SPIRAL_QUANTITY_reassurance][l], calm[l]);
    }
}

/* The offshore power of the largest commitment, of equal ones the last; and the sums of
 * reliance. */
static inline void of_patron(const struct spiral_batch *batch, int k,
                             spiral_lane quantity[SPIRAL_QUANTITIES], spiral_lane sum,
                             spiral_lane squares)
{
    const struct spiral_lanes_state *state = spiral_batch_state(batch);
    const double *commitment = state->commitment[k];
    const double *guarantee = batch->derived.guarantee[k];
    const double *believed = batch->derived.believed[k];
    const double *aspiration = state->aspiration[k];
    const double *presence = state->presence[k];
    const double *aid = state->aid[k];

    SPIRAL_EACH_LANE(l) {
        const double largest = quantity[SPIRAL_QUANTITY_commitment][l];
        const double real = guarantee[l];
        const double hoped = believed[l];
        const double part = spiral_reliance(commitment[l], aspiration[l], presence[l], aid[l]);
        const double old_real = quantity[SPIRAL_QUANTITY_guarantee][l];
        const double old_hoped = quantity[SPIRAL_QUANTITY_believed][l];
        const int larger = commitment[l] >= largest;
        quantity[SPIRAL_QUANTITY_guarantee][l] = larger ? real : old_real;
        quantity[SPIRAL_QUANTITY_believed][l] = larger ? hoped : old_hoped;
        quantity[SPIRAL_QUANTITY_commitment][l] = larger ? commitment[l] : largest;
        sum[l] += part;
        squares[l] += part * part;
    }
}

SPIRAL_TARGET_CLONES static void of_lanes(const struct spiral_batch *batch,
                                          spiral_lane quantity[SPIRAL_QUANTITIES])
{
    const struct spiral_lanes_state *state = spiral_batch_state(batch);
    spiral_lane sum;
    spiral_lane squares;

    for (int i = 0; i < SPIRAL_QUANTITIES; i++)
        SPIRAL_EACH_LANE(l)
            quantity[i][l] = 0.0;

    SPIRAL_EACH_LANE(l) {
        quantity[SPIRAL_QUANTITY_reassurance][l] = 1.0;
        quantity[SPIRAL_QUANTITY_arms_small][l] = state->arms[batch->layout.small][l];
        sum[l] = squares[l] = 0.0;
    }

    for (int q = 0; q < batch->layout.count[SPIRAL_OF_RIVAL]; q++)
        of_rival(batch, q, quantity);
    for (int k = 0; k < batch->layout.count[SPIRAL_OF_PATRON]; k++)
        if (batch->layout.role[batch->layout.patrons[k]] == SPIRAL_OFFSHORE)
            of_patron(batch, k, quantity, sum, squares);

    SPIRAL_EACH_LANE(l) {
        const double divisor = sum[l] > 0.0 ? sum[l] : 1.0;
        quantity[SPIRAL_QUANTITY_dependence][l] = squares[l] / divisor;
    }

    for (int l = 0; l < SPIRAL_LANES; l++)
        quantity[SPIRAL_QUANTITY_constraint][l] = spiral_constraint(batch, l);
}

void spiral_quantities_of_lanes(const struct spiral_batch *batch,
                                spiral_lane quantity[SPIRAL_QUANTITIES])
{
    of_lanes(batch, quantity);
}
