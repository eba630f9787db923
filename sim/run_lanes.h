/* SPDX-License-Identifier: MIT
 *
 * What runs consist of, in lanes: state, constants, facts, and what a step calculates on its way.
 */
#ifndef SPIRAL_RUN_LANES_H
#define SPIRAL_RUN_LANES_H

#include "sim/lanes.h"
#include "sim/layout.h"

/* The state of the runs: every variable of variables.def. */
struct spiral_lanes_state {
#define SPIRAL_VARIABLE(name, of, low, high, en, zh, doc) spiral_lane name[SPIRAL_MAX_##of];
#include "sim/variables.def"
};

/* Constants as the step wants them: made from struct spiral_constants once a batch, a share of
 * the way a step instead of a time. */
#define SPIRAL_STEP_CONSTANTS(number) \
    number rise_share; /* of threat, as fall_share */ \
    number fall_share; \
    number noise_scale; /* noise * 4 sqrt(dt) */ \
    number arms_share; \
    number commit_rise_share; \
    number commit_fall_share; \
    number aspiration_share; \
    number aid_share; \
    number belief_share; \
    number accustom_share; \
    number resent_share; \
    number reassure_share; \
    number trade_share; \
    number grievance_share; \
    number contest_share; \
    number inverse_reach;   /* 1 / public_reach^2 */ \
    number incident_chance; /* rate * dt, as the next four */ \
    number press_chance; \
    number war_chance; \
    number slip_chance; \
    number settle_chance; \
    number war_share; /* 1 where war is settled like a dispute, 0 where it ends the pair's peace */

/* Facts of the present step, and choices in force: ONE(name, of) one number each, as in
 * variables.def, TWO(name, of, each) a table of them. They depend on the plan alone. */
#define SPIRAL_FACT_TABLE(ONE, TWO) \
    ONE(power, STATE) \
    ONE(share, PERCEPTION) \
    TWO(patron_share, RIVAL, PATRON) \
    ONE(trade, TIE) \
    TWO(doctrine, STATE, DOCTRINE) \
    ONE(greed, STATE) \
    ONE(resolve, STATE) \
    ONE(floor, PATRON) /* of commitment: treaties */

/* Facts that hold for the whole run. */
#define SPIRAL_GIVEN_TABLE(ONE) \
    ONE(near, TIE) \
    ONE(institution, TIE) \
    ONE(offence, TIE) \
    ONE(distinguish, TIE) \
    ONE(border, RIVAL) \
    ONE(stake, RIVAL) \
    ONE(reach, PATRON) \
    ONE(nuclear, STATE) \
    ONE(democracy, STATE) \
    ONE(weight, PUBLIC) \
    ONE(kin, PUBLIC)

enum { SPIRAL_MAX_DOCTRINE = SPIRAL_DOCTRINE_NUMBERS };

/* Constants and facts, one number a lane. */
struct spiral_lanes_constants {
#define SPIRAL_CONSTANT(name, unit, value, low, high, en, zh, doc, source) spiral_lane name;
#include "sim/constants.def"
    SPIRAL_STEP_CONSTANTS(spiral_lane)
};
#define SPIRAL_ONE_FACT(name, of) spiral_lane name[SPIRAL_MAX_##of];
#define SPIRAL_TWO_FACTS(name, of, each) spiral_lane name[SPIRAL_MAX_##of][SPIRAL_MAX_##each];
struct spiral_lanes_facts {
    SPIRAL_FACT_TABLE(SPIRAL_ONE_FACT, SPIRAL_TWO_FACTS)
};
struct spiral_lanes_given {
    SPIRAL_GIVEN_TABLE(SPIRAL_ONE_FACT)
};
#undef SPIRAL_ONE_FACT
#undef SPIRAL_TWO_FACTS

/* What raised threat and arms: the terms of their equations. */
#define SPIRAL_CAUSE_TABLE(X) \
    X(capability, "rival's arms", "对方军备") \
    X(encirclement, "encirclement", "被包围") \
    X(conduct, "conduct", "对方行为") \
    X(othering, "othering", "他者化") \
    X(noise, "misperception", "误判")
enum spiral_cause {
#define SPIRAL_CAUSE_ENTRY(name, en, zh) SPIRAL_CAUSE_##name,
    SPIRAL_CAUSE_TABLE(SPIRAL_CAUSE_ENTRY)
#undef SPIRAL_CAUSE_ENTRY
        SPIRAL_CAUSES
};

/* What the last step calculated on its way, for observers; no step reads it. The first ones are of
 * the step, the sums after them of the run. */
#define SPIRAL_DERIVED(number) \
    number guarantee[SPIRAL_MAX_PATRON]; /* what the patron would really do, 0..1 */ \
    number believed[SPIRAL_MAX_PATRON];  /* what the small state believes it would do, 0..1 */ \
    /* how far the small state has turned from the alignment that the neighbour is used to, 0..1 */ \
    number loss[SPIRAL_MAX_RIVAL]; \
    number limbo[SPIRAL_MAX_RIVAL]; /* commitment that provokes before it protects, 0..1 */ \
    /* what force would bring over what restrains, both sides together, >= 0 */ \
    number pressure[SPIRAL_MAX_RIVAL]; \
    /* the rate of incidents times the step, x for the chance x / (1 + x): by pressure, in all */ \
    number pressed[SPIRAL_MAX_RIVAL]; \
    number incidents[SPIRAL_MAX_RIVAL]; \
    number polarisation; /* weighted spread of the publics, 0..1 */ \
    /* sums over the run of what flowed into rising threat: [0] of the neighbour about the small \
     * state, [1] the other way */ \
    number rise[SPIRAL_MAX_RIVAL][2][SPIRAL_CAUSES]; \
    /* sums over the run of what flowed into rising arms: from threat, and from aid */ \
    number arms_from_threat[SPIRAL_MAX_STATE]; \
    number arms_from_aid;

struct spiral_lanes_derived {
    SPIRAL_DERIVED(spiral_lane)
};

#endif
