/* SPDX-License-Identifier: MIT
 *
 * Serial numbers: what was calculated in the background is matched by them with what it was
 * calculated for.
 */
#ifndef SPIRAL_LIVE_SERIAL_H
#define SPIRAL_LIVE_SERIAL_H

#include <stdint.h>

/* A number that nothing else in the program has had; never 0. Any thread may call it. */
uint64_t spiral_live_serial(void);

#endif
