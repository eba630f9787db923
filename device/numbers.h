/* SPDX-License-Identifier: MIT
 *
 * The numbers of a plan as a device wants them: for each set of constants, for each step, and for
 * each layer of changes of the timeline, in the order of the structures of device/kernels.cl, whose
 * arrays have the sizes of the plan's layout.
 */
#ifndef SPIRAL_DEVICE_NUMBERS_H
#define SPIRAL_DEVICE_NUMBERS_H

#include "sim/batch.h"

/* How many of each thing a device's arrays have place for: as the layout has, but at least one. */
struct spiral_device_sizes {
    int STATE;
    int PERCEPTION;
    int TIE;
    int PATRON;
    int RIVAL;
    int PUBLIC;
    int DOCTRINE;
};

struct spiral_device_sizes spiral_device_sizes_of(const struct spiral_layout *layout);

/* A growing array of numbers of 64 bits. */
struct spiral_device_array {
    double *items;
    size_t count;
    size_t capacity;
    bool incomplete; /* there was no memory for all */
};

struct spiral_device_numbers {
    size_t sets; /* of constants: 1 where runs are not spread */
    struct spiral_device_array constants;
    struct spiral_device_array given;
    struct spiral_device_array starts;
    struct spiral_device_array rows;
    struct spiral_device_array layers;
};

/* The numbers of a plan. SPIRAL_NO_MEMORY, or SPIRAL_IO for a plan whose sets of constants differ in
 * what a device takes to be shared. The caller clears them, also after an error. */
enum spiral_status spiral_device_numbers_of(const struct spiral_plan *plan,
                                            struct spiral_device_numbers *numbers,
                                            struct spiral_error *error);
void spiral_device_numbers_clear(struct spiral_device_numbers *numbers);

#endif
