/* SPDX-License-Identifier: MIT */
#include "sim/variables.h"

#include <stdio.h>

const struct spiral_field spiral_variable_fields[SPIRAL_VARIABLES] = {
#define SPIRAL_VARIABLE(name, of, low, high, en, zh, doc) \
    {#name, "1", low, low, high, en, zh, doc, ""},
#include "sim/variables.def"
};

const enum spiral_dimension spiral_variable_dimensions[SPIRAL_VARIABLES] = {
#define SPIRAL_VARIABLE(name, of, low, high, en, zh, doc) SPIRAL_OF_##of,
#include "sim/variables.def"
};

void spiral_variable_label(const struct spiral_scenario *scenario,
                           const struct spiral_layout *layout, enum spiral_dimension of, int i,
                           char text[48])
{
    const char *small = scenario->states[layout->small].id;

    switch (of) {
    case SPIRAL_OF_STATE: snprintf(text, 48, "%s", scenario->states[i].id); break;
    case SPIRAL_OF_PERCEPTION:
        snprintf(text, 48, "%s.%s", scenario->states[layout->perceptions[i].of].id,
                 scenario->states[layout->perceptions[i].about].id);
        break;
    case SPIRAL_OF_TIE:
        snprintf(text, 48, "%s-%s", scenario->states[layout->ties[i].one].id,
                 scenario->states[layout->ties[i].two].id);
        break;
    case SPIRAL_OF_PATRON:
        snprintf(text, 48, "%s-%s", small, scenario->states[layout->patrons[i]].id);
        break;
    case SPIRAL_OF_RIVAL:
        snprintf(text, 48, "%s-%s", small, scenario->states[layout->rivals[i].neighbour].id);
        break;
    default: snprintf(text, 48, "%s.public%d", small, i + 1); break;
    }
}

void spiral_variables_of(const struct spiral_batch *batch, int lane, double *values)
{
    const struct spiral_lanes_state *state = spiral_batch_state(batch);

#define SPIRAL_VARIABLE(name, of, low, high, en, zh, doc) \
    for (int i = 0; i < batch->layout.count[SPIRAL_OF_##of]; i++) \
        *values++ = state->name[i][lane];
#include "sim/variables.def"
}
