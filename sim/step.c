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
 * Algebra only (sim/number.h): no libm, no branch on a run's state.
 *
 * This file is compiled once for every instruction set (CMakeLists.txt); all give the same bits.
 */
#include "sim/instructions.h"

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
#include "sim/stages/lanes_and_numbers.h"

/* The stages in their order, for the runs of one number. Stage 1 has been there before: it is the
 * timeline's (sim/timeline.c), but for the survey. */
STAGE void take(struct step *s)
{
    survey(s);
    threat(s);
    arms(s);
    guarantees(s);
    alliance(s);
    reassurance(s);
    identity(s);
    pressure(s);
    feedback(s);
}

STAGE void take_lanes(struct spiral_batch *batch, const struct spiral_layout *layout)
{
    for (int lane = 0; lane < SPIRAL_LANES; lane += SPIRAL_NUMBER_RUNS) {
        struct step s;

        load_step(&s, batch, layout, lane);
        take(&s);
        store_step(&s, batch);
    }
}

/* The layout of a small state, a neighbour and an offshore power: what most cases have. Where the
 * compiler knows it, it takes the loops over it apart and keeps the state in registers. */
#define TRIAD(publics) \
    { \
        .count = {3, 4, 2, 2, 1, publics}, .small = 0, \
        .role = {SPIRAL_SMALL, SPIRAL_NEIGHBOUR, SPIRAL_OFFSHORE}, \
        .perceptions = {{0, 1, 0, 0}, {1, 0, 0, 0}, {1, 2, 1, -1}, {2, 1, 1, -1}}, \
        .ties = {{0, 1, 0, 1}, {1, 2, 2, 3}}, .patrons = {1, 2}, \
        .rivals = {{1, 0, 0, 1, 0, {-1, 2}}}, .rival_of = { \
            -1, \
            0, \
            -1 \
        } \
    }
static const struct spiral_layout triad = TRIAD(0);
static const struct spiral_layout triad_with_publics = TRIAD(2);

#ifndef SPIRAL_ADVANCE
#define SPIRAL_ADVANCE spiral_advance_base
#endif

void SPIRAL_ADVANCE(struct spiral_batch *batch)
{
    if (spiral_layout_equal(&batch->layout, &triad_with_publics))
        take_lanes(batch, &triad_with_publics);
    else if (spiral_layout_equal(&batch->layout, &triad))
        take_lanes(batch, &triad);
    else
        take_lanes(batch, &batch->layout);
}
