/* SPDX-License-Identifier: MIT
 *
 * A batch on a device: one run, in one lane. The device's compiler keeps it in registers. What
 * does not change within a step lies in the device's memory, where many runs read it together.
 * Inner header of sim, in place of the batch of sim/batch.h.
 */
#ifndef SPIRAL_BATCH_OF_ONE_H
#define SPIRAL_BATCH_OF_ONE_H

/* The layout that the program was built for. */
__constant const struct spiral_layout spiral_layout_built_for = SPIRAL_LAYOUT;

struct spiral_batch {
    __global const struct spiral_lanes_constants *constants;
    __global const struct spiral_lanes_given *given;
    __global const struct spiral_lanes_facts *facts; /* of the present step */
    double constraint;                               /* of the last step done */
    long step;
    double start;
    double dt;
    spiral_lane_bits random_state;
    spiral_lane_bits random_increment;
    struct spiral_lanes_state state;
    struct spiral_lanes_derived derived;
};

#define SPIRAL_LAYOUT_OF(batch) (&spiral_layout_built_for)
#define SPIRAL_CONSTANTS_OF(batch) ((batch)->constants)
#define SPIRAL_FACTS_OF(batch) ((batch)->facts)
#define SPIRAL_GIVEN_OF(batch) ((batch)->given)
#define SPIRAL_CONSTRAINT_OF(batch, l) ((batch)->constraint)
#define SPIRAL_ONE_CONSTRAINT(batch) true
#define SPIRAL_DATE_OF(batch, l, steps) ((batch)->start + (batch)->dt * (steps))

static inline const struct spiral_lanes_state *spiral_batch_state(const struct spiral_batch *batch)
{
    return &batch->state;
}

/* A step holds the present state in numbers of its own, so that the next may take its place. */
static inline struct spiral_lanes_state *spiral_batch_next(struct spiral_batch *batch)
{
    return &batch->state;
}

#endif
