/* SPDX-License-Identifier: MIT */
#include "tools/choice/autonomy.h"

#include "sim/step.h"

const struct spiral_objective_label spiral_objective_labels[SPIRAL_OBJECTIVES] = {
#define SPIRAL_OBJECTIVE_ENTRY(name, en, zh, long_en, long_zh) {#name, en, zh, long_en, long_zh},
    SPIRAL_OBJECTIVE_TABLE(SPIRAL_OBJECTIVE_ENTRY)
#undef SPIRAL_OBJECTIVE_ENTRY
};

double spiral_autonomy(const struct spiral_batch *batch, int l)
{
    const struct spiral_lanes_state *state = spiral_batch_state(batch);
    const int small = batch->layout.small;
    double sum = 0.0;
    double squares = 0.0;
    double presence = 0.0;

    for (int k = 0; k < batch->layout.count[SPIRAL_OF_PATRON]; k++) {
        const double part = spiral_reliance(state->commitment[k][l], state->aspiration[k][l],
                                            state->presence[k][l], state->aid[k][l]);
        sum += part;
        squares += part * part;
        presence = state->presence[k][l] > presence ? state->presence[k][l] : presence;
    }

    const double dependence = sum > 0.0 ? squares / sum : 0.0;
    const double empathy = batch->facts.doctrine[small][SPIRAL_DOCTRINE_empathy][l];
    const double reassure = batch->facts.doctrine[small][SPIRAL_DOCTRINE_reassure][l];
    const double arm = batch->facts.doctrine[small][SPIRAL_DOCTRINE_arm][l];

    return (1.0 - dependence) * (1.0 - presence) * (1.0 - empathy * reassure * (1.0 - arm));
}

/* The highest level of hostility of a lane's small state and a neighbour, 1..5. */
static double worst_hostility(const struct spiral_batch *batch, int l)
{
    const struct spiral_lanes_state *state = spiral_batch_state(batch);
    double worst = 1.0;

    for (int q = 0; q < batch->layout.count[SPIRAL_OF_RIVAL]; q++)
        worst = state->hostility[q][l] > worst ? state->hostility[q][l] : worst;

    return worst;
}

void spiral_objectives_run(struct spiral_batch *batch, int live,
                           double value[SPIRAL_LANES][SPIRAL_OBJECTIVES], double *path)
{
    double lost[SPIRAL_LANES] = {0.0};  /* sum over steps */
    double steps[SPIRAL_LANES] = {0.0}; /* until war */
    bool war[SPIRAL_LANES] = {false};
    bool force[SPIRAL_LANES] = {false};

    while (batch->step < batch->steps) {
        spiral_step(batch);

        for (int l = 0; l < live; l++) {
            const double hostility = worst_hostility(batch, l);

            if (!war[l]) {
                lost[l] += 1.0 - spiral_autonomy(batch, l);
                steps[l] += 1.0;
            }

            war[l] = war[l] || hostility >= 5.0;
            force[l] = force[l] || hostility >= 4.0;

            if (path != NULL) {
                double *at = &path[(batch->step - 1) * SPIRAL_OBJECTIVES];
                at[SPIRAL_OBJECTIVE_war] += war[l];
                at[SPIRAL_OBJECTIVE_force] += force[l];
                at[SPIRAL_OBJECTIVE_autonomy] += lost[l] / steps[l];
            }
        }
    }

    for (int l = 0; l < live; l++) {
        value[l][SPIRAL_OBJECTIVE_war] = war[l];
        value[l][SPIRAL_OBJECTIVE_force] = force[l];
        value[l][SPIRAL_OBJECTIVE_autonomy] = steps[l] > 0.0 ? lost[l] / steps[l] : 0.0;
    }
}
