/* SPDX-License-Identifier: MIT */
#include "sim/derived.h"

#include "sim/algebra.h"

const struct spiral_field spiral_quantity_fields[SPIRAL_QUANTITIES] = {
#define SPIRAL_QUANTITY(name, low, high, en, zh, doc) {#name, "1", low, low, high, en, zh, doc, ""},
#include "sim/quantities.def"
};

/* The sum and the sum of squares of reliance over the offshore patrons. */
static double reliance_sums(const struct spiral_batch *batch, int l, double *squares)
{
    const struct spiral_lanes_state *state = spiral_batch_state(batch);
    double sum = 0.0;

    *squares = 0.0;

    for (int k = 0; k < batch->layout.count[SPIRAL_OF_PATRON]; k++) {
        if (batch->layout.role[batch->layout.patrons[k]] != SPIRAL_OFFSHORE)
            continue;
        const double part = spiral_reliance(state->commitment[k][l], state->aspiration[k][l],
                                            state->presence[k][l], state->aid[k][l]);
        sum += part;
        *squares += part * part;
    }

    return sum;
}

double spiral_dependence(const struct spiral_batch *batch, int l)
{
    double squares;
    double sum = reliance_sums(batch, l, &squares);

    return sum > 0.0 ? squares / sum : 0.0; /* sum * (squares / sum^2) */
}

double spiral_concentration(const struct spiral_batch *batch, int l)
{
    double squares;
    double sum = reliance_sums(batch, l, &squares);

    return sum > 0.0 ? squares / (sum * sum) : 0.0;
}

double spiral_constraint(const struct spiral_batch *batch, int l)
{
    long step = batch->step > 0 ? batch->step - 1 : 0;
    return batch->plan[l]->constraint[step];
}

enum spiral_quadrant spiral_quadrant_of(double constraint, double dependence)
{
    if (constraint >= SPIRAL_HIGH_CONSTRAINT)
        return dependence >= SPIRAL_HIGH_DEPENDENCE ? SPIRAL_QUADRANT_trap
                                                    : SPIRAL_QUADRANT_limited_balance;
    return dependence >= SPIRAL_HIGH_DEPENDENCE ? SPIRAL_QUADRANT_controllable_risk
                                                : SPIRAL_QUADRANT_diversified_balance;
}

static double index_of_rival(const struct spiral_batch *batch, int q, int l)
{
    const struct spiral_lanes_state *state = spiral_batch_state(batch);
    const struct spiral_rival *rival = &batch->layout.rivals[q];
    double threats = state->threat[rival->small_about_neighbour][l] +
                     state->threat[rival->neighbour_about_small][l];
    double arms = state->arms[batch->layout.small][l] + state->arms[rival->neighbour][l];

    return 12.5 * (state->hostility[q][l] - 1.0) + 15.0 * threats + 10.0 * arms;
}

double spiral_escalation_index(const struct spiral_batch *batch, int l)
{
    double index = 0.0;
    for (int q = 0; q < batch->layout.count[SPIRAL_OF_RIVAL]; q++)
        index = spiral_max(index, index_of_rival(batch, q, l));
    return index;
}

/* The quantities of the rival pairs: the largest over the neighbours, reassurance the smallest. */
static void rival_quantities(const struct spiral_batch *batch, int l,
                             double quantity[SPIRAL_QUANTITIES])
{
    const struct spiral_lanes_state *state = spiral_batch_state(batch);

    quantity[SPIRAL_QUANTITY_reassurance] = 1.0;

    for (int q = 0; q < batch->layout.count[SPIRAL_OF_RIVAL]; q++) {
        const struct spiral_rival *rival = &batch->layout.rivals[q];
        const struct {
            int which;
            double value;
        } seen[] = {
            {SPIRAL_QUANTITY_hostility, state->hostility[q][l]},
            {SPIRAL_QUANTITY_threat_neighbour, state->threat[rival->neighbour_about_small][l]},
            {SPIRAL_QUANTITY_threat_small, state->threat[rival->small_about_neighbour][l]},
            {SPIRAL_QUANTITY_arms_neighbour, state->arms[rival->neighbour][l]},
            {SPIRAL_QUANTITY_othering, state->othering[rival->small_about_neighbour][l]},
            {SPIRAL_QUANTITY_pressure, batch->derived.pressure[q][l]},
        };
        for (size_t i = 0; i < sizeof seen / sizeof *seen; i++)
            quantity[seen[i].which] = spiral_max(quantity[seen[i].which], seen[i].value);

        double calm = state->reassurance[rival->tie][l];
        quantity[SPIRAL_QUANTITY_reassurance] =
            spiral_min(quantity[SPIRAL_QUANTITY_reassurance], calm);
    }
}

void spiral_quantities(const struct spiral_batch *batch, int l, double quantity[SPIRAL_QUANTITIES])
{
    const struct spiral_lanes_state *state = spiral_batch_state(batch);

    for (int i = 0; i < SPIRAL_QUANTITIES; i++)
        quantity[i] = 0.0;

    rival_quantities(batch, l, quantity);

    for (int k = 0; k < batch->layout.count[SPIRAL_OF_PATRON]; k++) {
        if (batch->layout.role[batch->layout.patrons[k]] != SPIRAL_OFFSHORE ||
            state->commitment[k][l] < quantity[SPIRAL_QUANTITY_commitment])
            continue;
        quantity[SPIRAL_QUANTITY_commitment] = state->commitment[k][l];
        quantity[SPIRAL_QUANTITY_guarantee] = batch->derived.guarantee[k][l];
        quantity[SPIRAL_QUANTITY_believed] = batch->derived.believed[k][l];
    }

    quantity[SPIRAL_QUANTITY_escalation] = spiral_escalation_index(batch, l);
    quantity[SPIRAL_QUANTITY_arms_small] = state->arms[batch->layout.small][l];
    quantity[SPIRAL_QUANTITY_constraint] = spiral_constraint(batch, l);
    quantity[SPIRAL_QUANTITY_dependence] = spiral_dependence(batch, l);
}
