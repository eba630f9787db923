/* SPDX-License-Identifier: MIT
 *
 * Ensembles on a device of OpenCL: a graphics card, or any other that calculates in double
 * precision. What is collected is the same to the bit as on the processor (docs/device.md).
 */
#ifndef SPIRAL_DEVICE_DEVICE_H
#define SPIRAL_DEVICE_DEVICE_H

#include "sim/ensemble.h"

struct spiral_device;

/* Which devices will do. */
enum spiral_device_wish {
    SPIRAL_DEVICE_CARD, /* graphics cards alone */
    SPIRAL_DEVICE_ANY   /* a card where there is one, else any */
};

/* Opens the first device that will do. *device is NULL after an error: SPIRAL_IO (no OpenCL, no such
 * device, none with double precision) or SPIRAL_NO_MEMORY. The caller closes it. */
enum spiral_status spiral_device_open(struct spiral_device **device, enum spiral_device_wish wish,
                                      struct spiral_error *error);

/* Closes a device; NULL is legal. */
void spiral_device_close(struct spiral_device *device);

/* Its name, as its driver tells it; owned by the device. */
const char *spiral_device_name(const struct spiral_device *device);

/* How many runs one call of spiral_device_run() should have, so that it keeps the device busy and
 * still ends soon; fewer where the outcomes of each run are asked for. */
uint64_t spiral_device_block(const struct spiral_device *device, bool each_run);

/* Runs streams [first, first + count) of a plan, at most 2^31 - 1, into the collector, as
 * spiral_ensemble_run() does: each_run is called in the order of streams. The first of the runs are
 * run on the processor too. An error leaves the collector as it was, and tells why these runs have to
 * be run elsewhere: SPIRAL_NO_MEMORY, or SPIRAL_IO (the device is lost, or gives other bits). */
enum spiral_status spiral_device_run(struct spiral_device *device, const struct spiral_plan *plan,
                                     uint64_t seed, uint64_t first, uint64_t count,
                                     struct spiral_collector *collector,
                                     struct spiral_error *error);

#endif
