/* SPDX-License-Identifier: MIT
 *
 * Time for rates and limits; no result depends on it.
 */
#ifndef SPIRAL_FARM_CLOCK_H
#define SPIRAL_FARM_CLOCK_H

/* Seconds of a clock that only moves forward, since an arbitrary start. */
double spiral_clock(void);

#endif
