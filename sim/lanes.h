/* SPDX-License-Identifier: MIT
 *
 * Lanes: a batch advances SPIRAL_LANES runs at once, and every number of a run is an array over
 * lanes. The step goes over them a vector at a time (sim/number.h), observers in loops that the
 * compiler turns into vector code; results do not depend on how many lanes there are. Sixteen,
 * with constants of their own, fit into a processor's nearest cache.
 */
#ifndef SPIRAL_LANES_H
#define SPIRAL_LANES_H

#include <stdint.h>

#ifndef SPIRAL_LANES
#define SPIRAL_LANES 16
#endif

/* Lanes begin at a cache line, so that no vector lies across two. (A number of lanes that is no
 * multiple of eight is for tests.) A struct that holds lanes is allocated with this alignment. */
enum { SPIRAL_LANE_ALIGNMENT = SPIRAL_LANES % 8 == 0 ? 64 : 8 };

/* One number of every run of a batch. */
typedef double spiral_lane[SPIRAL_LANES] __attribute__((aligned(SPIRAL_LANE_ALIGNMENT)));
typedef uint64_t spiral_lane_bits[SPIRAL_LANES] __attribute__((aligned(SPIRAL_LANE_ALIGNMENT)));

/* A loop over all lanes, and one over the lanes first <= l < past. */
#define SPIRAL_EACH_LANE(l) SPIRAL_LANES_FROM_TO(l, 0, SPIRAL_LANES)
#ifdef __OPENCL_C_VERSION__
#define SPIRAL_LANES_FROM_TO(l, first, past) for (int l = (first); l < (past); l++)
#else
#define SPIRAL_LANES_FROM_TO(l, first, past) \
    _Pragma("omp simd") for (int l = (first); l < (past); l++)
#endif

#endif
