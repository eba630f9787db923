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
 * Every stage reads `now` and writes `next`, so the order of agents does not affect the result.
 * Equations, sources and the meaning of each constant are in docs/model.md under the stage's name.
 * Algebra only (sim/number.h): no libm, no branch on a run's state.
 *
 * This file is compiled once for every instruction set (CMakeLists.txt); all give the same bits.
 */
#include "sim/instructions.h"
#include "sim/known_layouts.h"
#include "sim/stages/all.h"

STAGE void take_lanes(struct spiral_batch *batch, const struct spiral_layout *layout)
{
    for (int lane = 0; lane < SPIRAL_LANES; lane += SPIRAL_NUMBER_RUNS) {
        struct numbers numbers;
        struct step s = {.numbers = &numbers};

        load_step(&s, batch, layout, lane);
        take(&s);
        store_step(&s, batch);
    }
}

#ifndef SPIRAL_ANY_LAYOUT /* small code that knows no layout */
/* A function for each layout that is known: where one call is made of several, none is known. */
__attribute__((noinline)) static void take_triad(struct spiral_batch *batch)
{
    take_lanes(batch, &spiral_triad);
}

__attribute__((noinline)) static void take_triad_with_publics(struct spiral_batch *batch)
{
    take_lanes(batch, &spiral_triad_with_publics);
}
#endif

#ifndef SPIRAL_ADVANCE
#define SPIRAL_ADVANCE spiral_advance_base
#endif

void SPIRAL_ADVANCE(struct spiral_batch *batch)
{
#ifdef SPIRAL_ANY_LAYOUT
    take_lanes(batch, &batch->layout);
#else
    switch (batch->known_layout) {
    case SPIRAL_TRIAD: take_triad(batch); break;
    case SPIRAL_TRIAD_WITH_PUBLICS: take_triad_with_publics(batch); break;
    case SPIRAL_OTHER_LAYOUT: take_lanes(batch, &batch->layout); break;
    }
#endif
}
