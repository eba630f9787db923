/* SPDX-License-Identifier: MIT
 *
 * Sobol' sequences in base 2 with the direction numbers of Joe and Kuo (2008), and Owen's
 * scrambling of them.
 */
#ifndef SPIRAL_DESIGN_SOBOL_SEQUENCE_H
#define SPIRAL_DESIGN_SOBOL_SEQUENCE_H

#include <stdint.h>

enum { SPIRAL_SOBOL_DIMENSIONS = 512 };

/* The direction numbers of a dimension (from 0), for 32 bits: bit i of the point's Gray code
 * turns on direction[i]. */
void spiral_sobol_directions(int dimension, uint32_t direction[32]);

/* Coordinate `index` (from 0) of the sequence in Gray code order, as a 32-bit fraction. Index 0
 * is the origin: scrambling moves it, so that no point need be left out. */
uint32_t spiral_sobol_fraction(const uint32_t direction[32], uint32_t index);

/* Owen's nested uniform scrambling (Owen 1998) by a hash, as Burley (2020, "Practical Hash-based
 * Owen Scrambling") does it: every half of every elementary interval is swapped or not by the
 * bits above it and the seed. Keeps the net property of the sequence. */
uint32_t spiral_sobol_scramble(uint32_t fraction, uint32_t seed);

#endif
