/* SPDX-License-Identifier: MIT */
#include "sim/quantity_lanes.h"

#ifndef SPIRAL_TARGET_CLONES
#define SPIRAL_TARGET_CLONES
#endif

const struct spiral_field spiral_quantity_fields[SPIRAL_QUANTITIES] = {
#define SPIRAL_QUANTITY(name, low, high, en, zh, doc) {#name, "1", low, low, high, en, zh, doc, ""},
#include "sim/quantities.def"
};

/* Static, so that clang can clone it: see CMakeLists.txt. */
SPIRAL_TARGET_CLONES static void survey_all(const struct spiral_batch *batch, uint32_t wanted,
                                            spiral_lane quantity[SPIRAL_QUANTITIES])
{
    survey_lanes(batch, wanted, 0, SPIRAL_LANES, quantity);
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

void spiral_quantities_of_lanes(const struct spiral_batch *batch, uint32_t wanted,
                                spiral_lane quantity[SPIRAL_QUANTITIES])
{
    survey_all(batch, wanted, quantity);
}

void spiral_quantities(const struct spiral_batch *batch, int l, double quantity[SPIRAL_QUANTITIES])
{
    spiral_lane lanes[SPIRAL_QUANTITIES]; /* of which lane l alone is written and read */

    survey_lanes(batch, SPIRAL_ALL_QUANTITIES, l, l + 1, lanes);
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
