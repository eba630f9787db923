/* SPDX-License-Identifier: MIT
 *
 * Lanes: a batch advances SPIRAL_LANES runs at once, and every number of a run is an array over
 * lanes. The innermost loop of the step is always over lanes, so that the compiler turns it into
 * vector code; results do not depend on how many lanes there are.
 */
#ifndef SPIRAL_LANES_H
#define SPIRAL_LANES_H

#include <stdint.h>

#ifndef SPIRAL_LANES
#define SPIRAL_LANES 32
#endif

/* Aligned to a line of the cache, which is the widest vector; fewer lanes than fill one, to their
 * own size. */
#define SPIRAL_LANES_ALIGNED __attribute__((aligned(SPIRAL_LANES < 8 ? 8 * SPIRAL_LANES : 64)))

/* One number of every run of a batch. */
typedef double spiral_lane[SPIRAL_LANES] SPIRAL_LANES_ALIGNED;
typedef uint64_t spiral_lane_bits[SPIRAL_LANES] SPIRAL_LANES_ALIGNED;

/* A loop over all lanes, and one over the lanes first <= l < past. */
#define SPIRAL_EACH_LANE(l) SPIRAL_LANES_FROM_TO(l, 0, SPIRAL_LANES)
#define SPIRAL_LANES_FROM_TO(l, first, past) \
    _Pragma("omp simd") for (int l = (first); l < (past); l++)

#endif
