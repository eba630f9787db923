/* SPDX-License-Identifier: MIT
 *
 * The mechanisms of mechanisms.def as data, and how a set of them is switched off.
 */
#ifndef SPIRAL_WHY_MECHANISMS_H
#define SPIRAL_WHY_MECHANISMS_H

#include "sim/tables.h"

enum spiral_mechanism {
#define SPIRAL_MECHANISM(name, en, zh, doc) SPIRAL_MECHANISM_##name,
#include "why/mechanisms.def"
    SPIRAL_MECHANISMS
};

/* A set of mechanisms: bit m is mechanism m. */
enum { SPIRAL_MECHANISM_SETS = 1 << SPIRAL_MECHANISMS };

/* Static strings. */
struct spiral_mechanism_label {
    const char *name; /* as in JSON */
    const char *en;
    const char *zh;
    const char *doc; /* what it does */
};
extern const struct spiral_mechanism_label spiral_mechanism_labels[SPIRAL_MECHANISMS];

/* Gives the constants the neutral values of the mechanisms in the set `off`. */
void spiral_mechanisms_switch_off_constants(struct spiral_constants *constants, unsigned off);

/* Gives the constants, and the states of a scenario and their later changes, the neutral values of
 * the mechanisms in the set `off`; all else stays. */
void spiral_mechanisms_switch_off(struct spiral_scenario *scenario,
                                  struct spiral_constants *constants, unsigned off);

#endif
