/* SPDX-License-Identifier: MIT
 *
 * The oracle of the step: one run, a number at a time, written from the equations of
 * docs/model.md. It shares with sim/step.c the plan that it reads and the generator
 * (sim/random.h), and nothing else. Slow and plain on purpose: every relation is an array by
 * states.
 */
#ifndef SPIRAL_REFERENCE_STEP_H
#define SPIRAL_REFERENCE_STEP_H

#include "sim/plan.h"
#include "sim/random.h"

enum { REFERENCE_STATES = SPIRAL_MAX_STATES, REFERENCE_CAUSES = 5 };

/* Perceptions are [i][j], ties too and symmetric; patronages are by the patron, rival pairs by
 * the neighbour. Places that do not exist are 0. */
struct reference_state {
    double arms[REFERENCE_STATES];
    double threat[REFERENCE_STATES][REFERENCE_STATES];
    double grievance[REFERENCE_STATES][REFERENCE_STATES];
    double othering[REFERENCE_STATES][REFERENCE_STATES];
    double commitment[REFERENCE_STATES];
    double aspiration[REFERENCE_STATES];
    double presence[REFERENCE_STATES];
    double aid[REFERENCE_STATES];
    double credulity[REFERENCE_STATES];
    double reassurance[REFERENCE_STATES][REFERENCE_STATES];
    double interdependence[REFERENCE_STATES][REFERENCE_STATES];
    double contested[REFERENCE_STATES];
    double hostility[REFERENCE_STATES];
    double accustomed[REFERENCE_STATES];
    double orientation[SPIRAL_MAX_PUBLICS];
};

struct reference_run {
    const struct spiral_plan *plan; /* not owned */
    int states;
    int small;
    int publics;
    long step;
    long next_event;
    struct spiral_random random;
    struct reference_state now;
    /* choices in force */
    double doctrine[REFERENCE_STATES][SPIRAL_DOCTRINE_NUMBERS];
    double greed[REFERENCE_STATES];
    double resolve[REFERENCE_STATES];
    double floor[REFERENCE_STATES];
    /* facts of the present step */
    double power[REFERENCE_STATES];
    /* what the step works out on its way */
    double felt;
    double caused;
    double worst;
    double disputed;
    double course;
    double median;
    double kinship;
    double polarisation;
    double guarantee[REFERENCE_STATES];
    double believed[REFERENCE_STATES];
    double limbo[REFERENCE_STATES];
    double loss[REFERENCE_STATES];
    double push[REFERENCE_STATES];
    double pressed[REFERENCE_STATES];   /* chance weights a step, of pressure */
    double incidents[REFERENCE_STATES]; /* and of all incidents */
    /* attribution: by neighbour; [0] of the neighbour about the small state, [1] the other way */
    double rise[REFERENCE_STATES][2][REFERENCE_CAUSES];
    double arms_from_threat[REFERENCE_STATES];
    double arms_from_aid;
};

/* Starts run `stream` of the experiment with this seed. */
void reference_start(struct reference_run *run, const struct spiral_plan *plan, uint64_t seed,
                     uint64_t stream);

/* One step. Must not be called after the plan's last. */
void reference_step(struct reference_run *run);

#endif
