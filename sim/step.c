/* SPDX-License-Identifier: MIT
 *
 * The model. One step of every run of a batch, in eight stages:
 *
 *   1 facts         what is given at this date; the timeline's entries act
 *   2 threat        capability, encirclement, conduct, othering, less reassurance; misperception
 *   3 arms          Richardson's reaction with fatigue
 *   4 alliance      demand of the small state, supply of the patron; what is believed of it
 *   5 reassurance   what both offer; trade
 *   6 identity      othering, publics
 *   7 pressure      what force would bring against what it would cost; incidents, war, settlement
 *   8 feedback      grievance, aid, contested territory
 *
 * Every stage reads `now` and writes `next`, so the order of agents is nothing. Equations,
 * sources and the meaning of each constant are in docs/model.md under the stage's name.
 * Algebra only (sim/algebra.h): no libm, no branch on a run's state.
 */
#include "sim/step.h"

/* In the order of the step. */
/* clang-format off */
#include "sim/stages/facts.h"
#include "sim/stages/threat.h"
#include "sim/stages/arms.h"
#include "sim/stages/alliance.h"
#include "sim/stages/reassurance.h"
#include "sim/stages/identity.h"
#include "sim/stages/pressure.h"
#include "sim/stages/feedback.h"
/* clang-format on */

#ifndef SPIRAL_TARGET_CLONES
#define SPIRAL_TARGET_CLONES
#endif

/* In a replay that assimilates, the observed level takes the place of the predicted one. */
static void assimilate(struct spiral_batch *batch, struct spiral_lanes_state *next)
{
    const int rivals = batch->layout.count[SPIRAL_OF_RIVAL];

    for (int q = 0; q < rivals; q++)
        for (int l = 0; l < SPIRAL_LANES; l++) {
            const signed char observed = batch->plan[l]->observed[batch->step * rivals + q];
            if (observed > 0)
                next->hostility[q][l] = observed;
        }
}

/* The step. Compiled twice, for lanes of one plan and for lanes of several: `shared` is a
 * literal where this is called. */
STAGE void take(struct spiral_batch *batch, bool shared)
{
    struct survey seen;
    struct step s;

    s.shared = shared;
    s.batch = batch;
    s.layout = &batch->layout;
    s.k = &batch->constants;
    s.facts = &batch->facts;
    s.shared_k = &batch->shared_constants;
    s.shared_facts = &batch->shared_facts;
    s.now = &batch->states[batch->now];
    s.next = &batch->states[1 - batch->now];
    s.derived = &batch->derived;
    s.survey = &seen;
    facts(&s);
    survey(&s);
    threat(&s);
    arms(&s);
    guarantees(&s);
    alliance(&s);
    reassurance(&s);
    identity(&s);
    pressure(&s);
    feedback(&s);
    if (batch->assimilate)
        assimilate(batch, s.next);
    batch->now = 1 - batch->now;
    batch->step++;
}

/* Once for every instruction set that the compiler was asked for (SPIRAL_TARGET_CLONES); they
 * give the same bits. */
SPIRAL_TARGET_CLONES static void advance(struct spiral_batch *batch)
{
    if (batch->same_plan)
        take(batch, true);
    else
        take(batch, false);
}

void spiral_step(struct spiral_batch *batch) { advance(batch); }
