/* SPDX-License-Identifier: MIT
 *
 * A batch: SPIRAL_LANES runs side by side, each with its own plan, seed and stream. The plans of
 * a batch share one layout and one number of steps; constants, facts and timelines may differ
 * from lane to lane.
 */
#ifndef SPIRAL_BATCH_H
#define SPIRAL_BATCH_H

#include "sim/lanes.h"
#include "sim/plan.h"

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

/* Facts of the present step, and choices in force. */
#define SPIRAL_STEP_FACTS(number) \
    number power[SPIRAL_MAX_STATE]; \
    number share[SPIRAL_MAX_PERCEPTION]; \
    number patron_share[SPIRAL_MAX_RIVAL][SPIRAL_MAX_PATRON]; \
    number trade[SPIRAL_MAX_TIE]; \
    number near[SPIRAL_MAX_TIE]; \
    number institution[SPIRAL_MAX_TIE]; \
    number offence[SPIRAL_MAX_TIE]; \
    number distinguish[SPIRAL_MAX_TIE]; \
    number border[SPIRAL_MAX_RIVAL]; \
    number stake[SPIRAL_MAX_RIVAL]; \
    number reach[SPIRAL_MAX_PATRON]; \
    number nuclear[SPIRAL_MAX_STATE]; \
    number democracy[SPIRAL_MAX_STATE]; \
    number weight[SPIRAL_MAX_PUBLIC]; \
    number kin[SPIRAL_MAX_PUBLIC]; \
    number doctrine[SPIRAL_MAX_STATE][SPIRAL_DOCTRINE_NUMBERS]; \
    number greed[SPIRAL_MAX_STATE]; \
    number resolve[SPIRAL_MAX_STATE]; \
    number floor[SPIRAL_MAX_PATRON]; /* of commitment: treaties */

/* Constants and facts, one number a lane. */
struct spiral_lanes_constants {
#define SPIRAL_CONSTANT(name, unit, value, low, high, en, zh, doc, source) spiral_lane name;
#include "sim/constants.def"
    SPIRAL_STEP_CONSTANTS(spiral_lane)
};
struct spiral_lanes_facts {
    SPIRAL_STEP_FACTS(spiral_lane)
};

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
    /* how far the small state has turned from the course that the neighbour is used to, 0..1 */ \
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

/* Which of the layouts that the step was compiled for a batch has (sim/known_layouts.h). */
enum spiral_known_layout { SPIRAL_OTHER_LAYOUT, SPIRAL_TRIAD, SPIRAL_TRIAD_WITH_PUBLICS };

/* The runs of a batch and what they share. */
struct spiral_batch {
    const struct spiral_plan *plan[SPIRAL_LANES]; /* not owned */
    struct spiral_layout layout;
    enum spiral_known_layout known_layout;
    long step; /* number of steps done */
    long steps;
    double dt;
    bool same_plan;   /* all lanes share one plan */
    bool same_series; /* all lanes' plans share what they have by step, and the timeline */
    bool assimilate;
    long next_event[SPIRAL_LANES]; /* of each lane's plan; lane 0's alone where all share it */
    long next_event_step;          /* the earliest step at which any lane has an event */
    spiral_lane_bits random_state;
    spiral_lane_bits random_increment;
    int now; /* which of the two states is the present one */
    struct spiral_lanes_constants constants;
    struct spiral_lanes_facts facts;
    struct spiral_lanes_state states[2];
    struct spiral_lanes_derived derived;
};

/* Starts a batch: lane l runs plan[l] with this seed and stream[l] (its run index). Plans must
 * share a layout, steps and dt. A batch is large (about 150 kB); allocate it with
 * spiral_batch_create(). */
void spiral_batch_start(struct spiral_batch *batch,
                        const struct spiral_plan *const plan[SPIRAL_LANES], uint64_t seed,
                        const uint64_t stream[SPIRAL_LANES]);

/* A zeroed batch, aligned for vectors, or NULL where there is no memory. The caller destroys it. */
struct spiral_batch *spiral_batch_create(void);
/* Frees a batch; NULL is legal. */
void spiral_batch_destroy(struct spiral_batch *batch);

/* The present state, after the last step done. */
static inline const struct spiral_lanes_state *spiral_batch_state(const struct spiral_batch *batch)
{
    return &batch->states[batch->now];
}

/* A hash of one lane's state, choices and generator (sim/hash.h); equal runs have equal hashes. */
uint64_t spiral_batch_hash(const struct spiral_batch *batch, int lane);

/* Whether every variable of a lane is a number within the range of variables.def. On a breach
 * *name tells the variable. */
bool spiral_batch_verify(const struct spiral_batch *batch, int lane, const char **name);

#endif
