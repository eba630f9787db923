/* SPDX-License-Identifier: MIT
 *
 * One implementation serves all lanes and a single one: it works in the lanes first <= l < past,
 * and is inlined with both as literals where it is called for all.
 */
#include "sim/quantities.h"

#include "sim/algebra.h"
#include "sim/reliance.h"

#ifndef SPIRAL_TARGET_CLONES
#define SPIRAL_TARGET_CLONES
#endif

#define IN_LANES static inline __attribute__((always_inline)) void

const struct spiral_field spiral_quantity_fields[SPIRAL_QUANTITIES] = {
#define SPIRAL_QUANTITY(name, low, high, en, zh, doc) {#name, "1", low, low, high, en, zh, doc, ""},
#include "sim/quantities.def"
};

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
    const struct spiral_rival *rival = &batch->layout.rivals[q];
    const double *hostility = state->hostility[q];
    const double *threat_small = state->threat[rival->small_about_neighbour];
    const double *threat_neighbour = state->threat[rival->neighbour_about_small];
    const double *arms_small = state->arms[batch->layout.small];
    const double *arms_neighbour = state->arms[rival->neighbour];

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
    const struct spiral_rival *rival = &batch->layout.rivals[q];
    const int small = rival->small_about_neighbour;
    const int neighbour = rival->neighbour_about_small;

    raise_index(batch, q, first, past, quantity[SPIRAL_QUANTITY_escalation]);
    keep_larger(quantity[SPIRAL_QUANTITY_hostility], state->hostility[q], first, past);
    keep_larger(quantity[SPIRAL_QUANTITY_threat_neighbour], state->threat[neighbour], first, past);
    keep_larger(quantity[SPIRAL_QUANTITY_threat_small], state->threat[small], first, past);
    keep_larger(quantity[SPIRAL_QUANTITY_arms_neighbour], state->arms[rival->neighbour], first,
                past);
    keep_larger(quantity[SPIRAL_QUANTITY_othering], state->othering[small], first, past);
    keep_larger(quantity[SPIRAL_QUANTITY_pressure], batch->derived.pressure[q], first, past);
    keep_smaller(quantity[SPIRAL_QUANTITY_reassurance], state->reassurance[rival->tie], first,
                 past);
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

IN_LANES survey_lanes(const struct spiral_batch *batch, int first, int past,
                      spiral_lane quantity[SPIRAL_QUANTITIES])
{
    const double *arms_small = spiral_batch_state(batch)->arms[batch->layout.small];
    spiral_lane sum;
    spiral_lane squares;

    for (int i = 0; i < SPIRAL_QUANTITIES; i++)
        SPIRAL_LANES_FROM_TO(l, first, past)
            quantity[i][l] = 0.0;

    SPIRAL_LANES_FROM_TO(l, first, past) {
        quantity[SPIRAL_QUANTITY_reassurance][l] = 1.0;
        quantity[SPIRAL_QUANTITY_arms_small][l] = arms_small[l];
    }

    for (int q = 0; q < batch->layout.count[SPIRAL_OF_RIVAL]; q++)
        survey_rival(batch, q, first, past, quantity);
    for (int k = 0; k < batch->layout.count[SPIRAL_OF_PATRON]; k++)
        if (batch->layout.role[batch->layout.patrons[k]] == SPIRAL_OFFSHORE)
            survey_patron(batch, k, first, past, quantity);

    /* sum * (squares / sum^2); without reliance, 0 / 1 */
    spiral_reliance_sums(batch, first, past, sum, squares);
    SPIRAL_LANES_FROM_TO(l, first, past) {
        const double divisor = sum[l] > 0.0 ? sum[l] : 1.0;
        quantity[SPIRAL_QUANTITY_dependence][l] = squares[l] / divisor;
    }

    for (int l = first; l < past; l++)
        quantity[SPIRAL_QUANTITY_constraint][l] = spiral_constraint(batch, l);
}

/* Static, so that clang can clone it: see CMakeLists.txt. */
SPIRAL_TARGET_CLONES static void survey_all(const struct spiral_batch *batch,
                                            spiral_lane quantity[SPIRAL_QUANTITIES])
{
    survey_lanes(batch, 0, SPIRAL_LANES, quantity);
}

void spiral_quantities_complete_start(double start[SPIRAL_QUANTITIES],
                                      const double after_first_step[SPIRAL_QUANTITIES])
{
    static const enum spiral_quantity of_a_step[] = {SPIRAL_QUANTITY_guarantee,
                                                     SPIRAL_QUANTITY_believed,
                                                     SPIRAL_QUANTITY_pressure};

    for (size_t i = 0; i < sizeof of_a_step / sizeof *of_a_step; i++)
        start[of_a_step[i]] = after_first_step[of_a_step[i]];
}

void spiral_quantities_of_lanes(const struct spiral_batch *batch,
                                spiral_lane quantity[SPIRAL_QUANTITIES])
{
    survey_all(batch, quantity);
}

void spiral_quantities(const struct spiral_batch *batch, int l, double quantity[SPIRAL_QUANTITIES])
{
    spiral_lane lanes[SPIRAL_QUANTITIES]; /* of which lane l alone is written and read */

    survey_lanes(batch, l, l + 1, lanes);
    for (int i = 0; i < SPIRAL_QUANTITIES; i++)
        quantity[i] = lanes[i][l];
}

/* --- one by one ------------------------------------------------------------------------------- */

double spiral_escalation_index(const struct spiral_batch *batch, int l)
{
    spiral_lane index;

    index[l] = 0.0;
    for (int q = 0; q < batch->layout.count[SPIRAL_OF_RIVAL]; q++)
        raise_index(batch, q, l, l + 1, index);

    return index[l];
}

double spiral_constraint(const struct spiral_batch *batch, int l)
{
    const long step = batch->step > 0 ? batch->step - 1 : 0;
    return batch->plan[l]->constraint[step];
}

double spiral_dependence(const struct spiral_batch *batch, int l)
{
    spiral_lane sum;
    spiral_lane squares;

    spiral_reliance_sums(batch, l, l + 1, sum, squares);
    return sum[l] > 0.0 ? squares[l] / sum[l] : 0.0;
}

double spiral_concentration(const struct spiral_batch *batch, int l)
{
    spiral_lane sum;
    spiral_lane squares;

    spiral_reliance_sums(batch, l, l + 1, sum, squares);
    return sum[l] > 0.0 ? squares[l] / (sum[l] * sum[l]) : 0.0;
}

enum spiral_quadrant spiral_quadrant_of(double constraint, double dependence)
{
    if (constraint >= SPIRAL_HIGH_CONSTRAINT)
        return dependence >= SPIRAL_HIGH_DEPENDENCE ? SPIRAL_QUADRANT_trap
                                                    : SPIRAL_QUADRANT_limited_balance;
    return dependence >= SPIRAL_HIGH_DEPENDENCE ? SPIRAL_QUADRANT_controllable_risk
                                                : SPIRAL_QUADRANT_diversified_balance;
}
