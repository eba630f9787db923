/* SPDX-License-Identifier: MIT
 *
 * Where a program's ensembles run: the option --device.
 */
#ifndef SPIRAL_FARM_DEVICE_H
#define SPIRAL_FARM_DEVICE_H

#include <stdbool.h>

#include "sim/ensemble.h"

enum spiral_farm_device {
    SPIRAL_FARM_CPU, /* on the processor's threads: the default */
    SPIRAL_FARM_GPU, /* on a graphics card, or another device of OpenCL where there is no card */
    SPIRAL_FARM_AUTO /* on a graphics card where there is one */
};

/* The words of the option, in this order, ended by NULL; and what help says of it. */
extern const char *const spiral_farm_device_words[];
#define SPIRAL_DEVICE_DOC \
    "where ensembles run: 'gpu' is a graphics card or another device of OpenCL, 'auto' a card " \
    "where there is one (default: cpu); it does not affect the results"

/* Gives all later ensembles to the device that is wished for. Where there is none, and where it
 * fails later, the ensembles run on the processor and stderr has a line that says why. */
void spiral_farm_use_device(enum spiral_farm_device wished);

/* Runs an ensemble of a part (farm.h) on that device: spiral_parallel_run_on_engine(). */
bool spiral_farm_run_on_device(const struct spiral_plan *plan, uint64_t seed, uint64_t first,
                               uint64_t count, struct spiral_collector *collector);

#endif
