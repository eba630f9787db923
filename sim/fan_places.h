/* SPDX-License-Identifier: MIT
 *
 * Where a quantity lies on its scale, as a fan counts it: for sim/fan.c and for devices. Inner
 * header of sim.
 */
#ifndef SPIRAL_FAN_PLACES_H
#define SPIRAL_FAN_PLACES_H

#include <stdint.h>

#include "sim/algebra.h"

/* How many bins a scale has, and how many units a sum's fixed point. */
enum { SPIRAL_FAN_BINS = 200 };
#define SPIRAL_FAN_UNIT 1048576.0

/* The bin and the whole units of a share of the scale, 0..1. */
static inline int32_t bin_of_share(double share)
{
    return (int32_t)(share * (SPIRAL_FAN_BINS - 1) + 0.5);
}

static inline int32_t part_of_share(double share)
{
    return (int32_t)(share * SPIRAL_FAN_UNIT + 0.5);
}

#endif
