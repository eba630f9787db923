/* SPDX-License-Identifier: MIT
 *
 * The headline quantities in lanes: for sim/quantities.c and for devices. Inner header of sim.
 *
 * One implementation serves all lanes and a single one: it works in the lanes first <= l < past,
 * and is inlined with both as literals where it is called for all.
 */
#ifndef SPIRAL_QUANTITY_LANES_H
#define SPIRAL_QUANTITY_LANES_H

#include "sim/algebra.h"
#include "sim/reliance.h"

#define IN_LANES static inline __attribute__((always_inline)) void

/* --- rival pairs ------------------------------------------------------------------------------ */

IN_LANES keep_larger(spiral_lane kept, const double *value, int first, int past)
{
    SPIRAL_LANES_FROM_TO(l, first, past)
        kept[l] = spiral_max(kept[l], value[l]);
}

IN_LANES keep_smaller(spiral_lane kept, const double *value, int first, int past)
{
    SPIRAL_LANES_FROM_TO(l, first, past)
        kept[l] = spiral_min(kept[l], value[l]);
}

/* Raises the escalation index to that of a rival pair where it is higher. */
IN_LANES raise_index(const struct spiral_batch *batch, int q, int first, int past,
                     spiral_lane index)
{
    const struct spiral_lanes_state *state = spiral_batch_state(batch);
    const struct spiral_rival rival = SPIRAL_LAYOUT_OF(batch)->rivals[q];
    const double *hostility = state->hostility[q];
    const double *threat_small = state->threat[rival.small_about_neighbour];
    const double *threat_neighbour = state->threat[rival.neighbour_about_small];
    const double *arms_small = state->arms[SPIRAL_LAYOUT_OF(batch)->small];
    const double *arms_neighbour = state->arms[rival.neighbour];

    SPIRAL_LANES_FROM_TO(l, first, past) {
        const double threats = threat_small[l] + threat_neighbour[l];
        const double arms = arms_small[l] + arms_neighbour[l];
        index[l] = spiral_max(index[l], SPIRAL_FORM(index_by_hostility) * SPIRAL_FORM(level_width) *
                                                (hostility[l] - 1.0) +
                                            SPIRAL_FORM(index_by_threat) * threats +
                                            SPIRAL_FORM(index_by_arms) * arms);
    }
}

/* Of several neighbours each quantity is that of the one where it is largest; reassurance, where
 * it is smallest. */
IN_LANES survey_rival(const struct spiral_batch *batch, int q, int first, int past,
                      spiral_lane quantity[SPIRAL_QUANTITIES])
{
    const struct spiral_lanes_state *state = spiral_batch_state(batch);
    const struct spiral_rival rival = SPIRAL_LAYOUT_OF(batch)->rivals[q];
    const int small = rival.small_about_neighbour;
    const int neighbour = rival.neighbour_about_small;

    raise_index(batch, q, first, past, quantity[SPIRAL_QUANTITY_escalation]);
    keep_larger(quantity[SPIRAL_QUANTITY_hostility], state->hostility[q], first, past);
    keep_larger(quantity[SPIRAL_QUANTITY_threat_neighbour], state->threat[neighbour], first, past);
    keep_larger(quantity[SPIRAL_QUANTITY_threat_small], state->threat[small], first, past);
    keep_larger(quantity[SPIRAL_QUANTITY_arms_neighbour], state->arms[rival.neighbour], first,
                past);
    keep_larger(quantity[SPIRAL_QUANTITY_othering], state->othering[small], first, past);
    keep_larger(quantity[SPIRAL_QUANTITY_pressure], batch->derived.pressure[q], first, past);
    keep_smaller(quantity[SPIRAL_QUANTITY_reassurance], state->reassurance[rival.tie], first, past);
}

/* --- patrons ---------------------------------------------------------------------------------- */

/* Commitment, guarantee and belief are those of the offshore power that is committed most; of
 * equal ones, of the last. */
IN_LANES survey_patron(const struct spiral_batch *batch, int k, int first, int past,
                       spiral_lane quantity[SPIRAL_QUANTITIES])
{
    const double *commitment = spiral_batch_state(batch)->commitment[k];
    const double *guarantee = batch->derived.guarantee[k];
    const double *believed = batch->derived.believed[k];
    double *kept_commitment = quantity[SPIRAL_QUANTITY_commitment];
    double *kept_guarantee = quantity[SPIRAL_QUANTITY_guarantee];
    double *kept_believed = quantity[SPIRAL_QUANTITY_believed];

    /* all are loaded, then chosen from: a conditional load would not become vector code */
    SPIRAL_LANES_FROM_TO(l, first, past) {
        const double largest = kept_commitment[l];
        const double new_guarantee = guarantee[l];
        const double new_believed = believed[l];
        const double old_guarantee = kept_guarantee[l];
        const double old_believed = kept_believed[l];
        const int larger = commitment[l] >= largest;

        kept_guarantee[l] = larger ? new_guarantee : old_guarantee;
        kept_believed[l] = larger ? new_believed : old_believed;
        kept_commitment[l] = larger ? commitment[l] : largest;
    }
}

/* --- all -------------------------------------------------------------------------------------- */

/* sum * (squares / sum^2); without reliance, 0 / 1 */
IN_LANES survey_dependence(const struct spiral_batch *batch, int first, int past,
                           spiral_lane dependence)
{
    spiral_lane sum;
    spiral_lane squares;

    spiral_reliance_sums(batch, first, past, sum, squares);
    SPIRAL_LANES_FROM_TO(l, first, past) {
        const double divisor = sum[l] > 0.0 ? sum[l] : 1.0;
        dependence[l] = squares[l] / divisor;
    }
}

/* The two that read more than the state are left out where they are not wanted. */
IN_LANES survey_lanes(const struct spiral_batch *batch, uint32_t wanted, int first, int past,
                      spiral_lane quantity[SPIRAL_QUANTITIES])
{
    const double *arms_small = spiral_batch_state(batch)->arms[SPIRAL_LAYOUT_OF(batch)->small];

    for (int i = 0; i < SPIRAL_QUANTITIES; i++)
        SPIRAL_LANES_FROM_TO(l, first, past)
            quantity[i][l] = 0.0;

    SPIRAL_LANES_FROM_TO(l, first, past) {
        quantity[SPIRAL_QUANTITY_reassurance][l] = 1.0;
        quantity[SPIRAL_QUANTITY_arms_small][l] = arms_small[l];
    }

    for (int q = 0; q < SPIRAL_LAYOUT_OF(batch)->count[SPIRAL_OF_RIVAL]; q++)
        survey_rival(batch, q, first, past, quantity);
    for (int k = 0; k < SPIRAL_LAYOUT_OF(batch)->count[SPIRAL_OF_PATRON]; k++)
        if (SPIRAL_LAYOUT_OF(batch)->role[SPIRAL_LAYOUT_OF(batch)->patrons[k]] == SPIRAL_OFFSHORE)
            survey_patron(batch, k, first, past, quantity);

    if (spiral_quantity_in(wanted, SPIRAL_QUANTITY_dependence))
        survey_dependence(batch, first, past, quantity[SPIRAL_QUANTITY_dependence]);

    for (int l = first; l < past && spiral_quantity_in(wanted, SPIRAL_QUANTITY_constraint); l++)
        quantity[SPIRAL_QUANTITY_constraint][l] = spiral_constraint(batch, l);
}

#endif
