/* SPDX-License-Identifier: MIT */
#include "why/mechanisms.h"

const struct spiral_mechanism_label spiral_mechanism_labels[SPIRAL_MECHANISMS] = {
#define SPIRAL_MECHANISM(name, en, zh, doc) {#name, en, zh, doc},
#include "why/mechanisms.def"
};

static bool is_off(unsigned off, enum spiral_mechanism mechanism)
{
    return (off >> mechanism & 1u) != 0;
}

/* A number that the timeline changes is neutral from the start to the end. */
static void neutralize_entries(struct spiral_scenario *scenario, enum spiral_entry_kind kind,
                               double value)
{
    for (size_t e = 0; e < scenario->entry_count; e++)
        if (scenario->entries[e].kind == kind)
            scenario->entries[e].value = value;
}

void spiral_mechanisms_switch_off_constants(struct spiral_constants *constants, unsigned off)
{
#define SPIRAL_NEUTRAL_CONSTANT(mechanism, constant, neutral) \
    if (is_off(off, SPIRAL_MECHANISM_##mechanism)) \
        constants->constant = neutral;
#include "why/mechanisms.def"
}

void spiral_mechanisms_switch_off(struct spiral_scenario *scenario,
                                  struct spiral_constants *constants, unsigned off)
{
    spiral_mechanisms_switch_off_constants(constants, off);

#define SPIRAL_NEUTRAL_FACT(mechanism, fact, kind, neutral) \
    if (is_off(off, SPIRAL_MECHANISM_##mechanism)) { \
        for (size_t i = 0; i < scenario->state_count; i++) \
            scenario->states[i].fact = neutral; \
        neutralize_entries(scenario, kind, neutral); \
    }
#include "why/mechanisms.def"
}
