/* SPDX-License-Identifier: MIT
 *
 * The stages of a step after the first, compiled for one instruction set each. Inner header of sim.
 */
#ifndef SPIRAL_INSTRUCTIONS_H
#define SPIRAL_INSTRUCTIONS_H

#include "sim/batch.h"

/* Each calculates the next state of every lane. Only for processors that have the instructions. */
void spiral_advance_base(struct spiral_batch *batch);
void spiral_advance_avx2(struct spiral_batch *batch);
void spiral_advance_avx512(struct spiral_batch *batch);

#endif
