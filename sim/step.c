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

/* --- between lanes and numbers ---------------------------------------------------------------- */

STAGE void load_state(struct step *s)
{
    const struct spiral_lanes_state *from = &s->batch->states[s->batch->now];
#define SPIRAL_VARIABLE(name, of, low, high, en, zh, doc) \
    EACH(i, of) \
        s->now.name[i] = number_load(&from->name[i][s->lane]);
#include "sim/variables.def"
}

STAGE void store_state(const struct step *s, struct spiral_lanes_state *to)
{
#define SPIRAL_VARIABLE(name, of, low, high, en, zh, doc) \
    EACH(i, of) \
        number_store(&to->name[i][s->lane], s->next.name[i]);
#include "sim/variables.def"
}

/* Sums over the run. */
STAGE void load_sums(struct step *s)
{
    const struct spiral_lanes_derived *from = &s->batch->derived;

    EACH(q, RIVAL)
        for (int side = 0; side < 2; side++)
            for (int cause = 0; cause < SPIRAL_CAUSES; cause++)
                s->derived.rise[q][side][cause] = number_load(&from->rise[q][side][cause][s->lane]);

    EACH(i, STATE)
        s->derived.arms_from_threat[i] = number_load(&from->arms_from_threat[i][s->lane]);
    s->derived.arms_from_aid = number_load(&from->arms_from_aid[s->lane]);
}

STAGE void store_derived(const struct step *s, struct spiral_lanes_derived *to)
{
    EACH(k, PATRON) {
        number_store(&to->guarantee[k][s->lane], s->derived.guarantee[k]);
        number_store(&to->believed[k][s->lane], s->derived.believed[k]);
    }

    EACH(q, RIVAL) {
        number_store(&to->loss[q][s->lane], s->derived.loss[q]);
        number_store(&to->limbo[q][s->lane], s->derived.limbo[q]);
        number_store(&to->pressure[q][s->lane], s->derived.pressure[q]);
        number_store(&to->pressed[q][s->lane], s->derived.pressed[q]);
        number_store(&to->incidents[q][s->lane], s->derived.incidents[q]);

        for (int side = 0; side < 2; side++)
            for (int cause = 0; cause < SPIRAL_CAUSES; cause++)
                number_store(&to->rise[q][side][cause][s->lane], s->derived.rise[q][side][cause]);
    }

    EACH(i, STATE)
        number_store(&to->arms_from_threat[i][s->lane], s->derived.arms_from_threat[i]);
    number_store(&to->arms_from_aid[s->lane], s->derived.arms_from_aid);
    number_store(&to->polarisation[s->lane], s->derived.polarisation);
}

/* --- the step --------------------------------------------------------------------------------- */

/* The stages in their order, for the runs of one number. */
STAGE void take(struct spiral_batch *batch, const struct spiral_layout *layout, int lane)
{
    struct step s;

    s.batch = batch;
    s.layout = layout;
    s.lane = lane;
    s.dt = batch->dt;
    s.random_state = number_load_bits(&batch->random_state[lane]);
    s.random_increment = number_load_bits(&batch->random_increment[lane]);
    load_state(&s);
    load_sums(&s);

    survey(&s);
    threat(&s);
    arms(&s);
    guarantees(&s);
    alliance(&s);
    reassurance(&s);
    identity(&s);
    pressure(&s);
    feedback(&s);

    store_state(&s, &batch->states[1 - batch->now]);
    store_derived(&s, &batch->derived);
    number_store_bits(&batch->random_state[lane], s.random_state);
}

static void advance(struct spiral_batch *batch)
{
    for (int lane = 0; lane < SPIRAL_LANES; lane += SPIRAL_NUMBER_RUNS)
        take(batch, &batch->layout, lane);
}

void spiral_step(struct spiral_batch *batch)
{
    spiral_timeline_advance(batch);
    advance(batch);
    if (batch->assimilate)
        assimilate(batch, &batch->states[1 - batch->now]);
    batch->now = 1 - batch->now;
    batch->step++;
}
