/* SPDX-License-Identifier: MIT
 *
 * Intervals of shares and differences.
 */
#ifndef SPIRAL_INTERVALS_H
#define SPIRAL_INTERVALS_H

#include <stdint.h>

/* low <= high. */
struct spiral_interval {
    double low;
    double high;
};

/* The 95 % Wilson score interval of a share of `events` in `runs` (Wilson 1927); 0..1 where
 * there are no runs. */
struct spiral_interval spiral_wilson(uint64_t events, uint64_t runs);

/* The 95 % interval of the difference of two shares measured on the same runs (paired):
 * `only_first` runs had the event in the first alone, `only_second` in the second alone. Agresti
 * and Min's adjusted Wald interval for matched pairs (2005): half an event added to each cell. */
struct spiral_interval spiral_paired_difference(uint64_t only_first, uint64_t only_second,
                                                uint64_t runs);

#endif
