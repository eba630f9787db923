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

/* A number of 0 to 2^31 without its decimals. Vectors of WebAssembly turn numbers into whole ones
 * slowly, so that there it is read from the fraction of 2^52 plus it: exact. */
static inline int32_t whole_of(double x)
{
#ifdef __wasm_simd128__
    const double shifted = __builtin_trunc(x) + 0x1p52;
    uint64_t bits;

    __builtin_memcpy(&bits, &shifted, sizeof bits);

    return (int32_t)bits;
#else
    return (int32_t)x;
#endif
}

/* The bin and the whole units of a share of the scale, 0..1. */
static inline int32_t bin_of_share(double share)
{
    return whole_of(share * (SPIRAL_FAN_BINS - 1) + 0.5);
}

static inline int32_t part_of_share(double share)
{
    return whole_of(share * SPIRAL_FAN_UNIT + 0.5);
}

#endif
