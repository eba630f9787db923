/* SPDX-License-Identifier: MIT
 *
 * A batch: SPIRAL_LANES runs side by side, each with its own plan, seed and stream. The plans of
 * a batch share one layout and one number of steps; constants, facts and timelines may differ
 * from lane to lane.
 */
#ifndef SPIRAL_BATCH_H
#define SPIRAL_BATCH_H

#include "sim/run_lanes.h"

#ifdef __OPENCL_C_VERSION__
#include "sim/batch_of_one.h"
#else

#include "sim/plan.h"

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
    struct spiral_lanes_given given;
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

/* The state after the step that is being calculated. */
static inline struct spiral_lanes_state *spiral_batch_next(struct spiral_batch *batch)
{
    return &batch->states[1 - batch->now];
}

/* Parts of a batch, for code that is also compiled for a batch on a device
 * (sim/batch_of_one.h). */
#define SPIRAL_LAYOUT_OF(batch) (&(batch)->layout)
#define SPIRAL_CONSTANTS_OF(batch) (&(batch)->constants)
#define SPIRAL_FACTS_OF(batch) (&(batch)->facts)
#define SPIRAL_GIVEN_OF(batch) (&(batch)->given)
/* Geographic constraint of the last step done, and whether it is that of all lanes. */
#define SPIRAL_CONSTRAINT_OF(batch, l) ((batch)->plan[l]->constraint[(batch)->step - 1])
#define SPIRAL_ONE_CONSTRAINT(batch) ((batch)->same_plan)
/* The date at which a lane has done so many steps. */
#define SPIRAL_DATE_OF(batch, l, steps) spiral_plan_date((batch)->plan[l], (long)(steps))

/* A hash of one lane's state, choices and generator (sim/hash.h); equal runs have equal hashes. */
uint64_t spiral_batch_hash(const struct spiral_batch *batch, int lane);

/* Whether every variable of a lane is a number within the range of variables.def. On a breach
 * *name tells the variable. */
bool spiral_batch_verify(const struct spiral_batch *batch, int lane, const char **name);

#endif

#endif
