/* SPDX-License-Identifier: MIT
 *
 * Runs of one plan on a device: what the device is given, what it leaves, and how much of it there
 * is room for at a time. Inner header of device/.
 */
#ifndef SPIRAL_DEVICE_LAUNCH_H
#define SPIRAL_DEVICE_LAUNCH_H

#include "device/program.h"
#include "sim/ensemble.h"

/* What the device is given of a plan. */
enum spiral_given_buffer {
    SPIRAL_GIVEN_CONSTANTS,
    SPIRAL_GIVEN_FACTS,
    SPIRAL_GIVEN_STARTS,
    SPIRAL_GIVEN_ROWS,
    SPIRAL_GIVEN_LAYERS,
    SPIRAL_GIVEN_YEARS,
    SPIRAL_GIVEN_BUFFERS
};

struct spiral_launch {
    const struct spiral_device_place *place;
    cl_command_queue queue;
    const struct spiral_program *program;
    const struct spiral_plan *plan;
    uint64_t seed;
    bool card;
    cl_ulong memory;  /* bytes of all buffers together */
    cl_ulong largest; /* bytes of one buffer */
    size_t sets;
    cl_mem given[SPIRAL_GIVEN_BUFFERS];
    /* called for each run in no particular order; NULL for none */
    void (*each_run)(void *context, uint64_t stream, const union spiral_outcome *outcome);
    void *context;
};

/* Brings a plan to the device. The caller ends the launch, also after an error. */
enum spiral_status spiral_launch_begin(struct spiral_launch *launch,
                                       const struct spiral_device_place *place,
                                       cl_command_queue queue, const struct spiral_program *program,
                                       const struct spiral_plan *plan, uint64_t seed, bool card,
                                       cl_ulong memory, cl_ulong largest,
                                       struct spiral_error *error);
void spiral_launch_end(struct spiral_launch *launch);

/* Runs streams [first, first + count) into an empty collector. After an error the collector holds
 * nothing of use. */
enum spiral_status spiral_launch_run(struct spiral_launch *launch, uint64_t first, uint64_t count,
                                     struct spiral_collector *collector,
                                     struct spiral_error *error);

#endif
