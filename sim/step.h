/* SPDX-License-Identifier: MIT */
#ifndef SPIRAL_STEP_H
#define SPIRAL_STEP_H

#include "sim/batch.h"
#include "sim/timeline.h"

/* Advances every run of a batch by one step: the eight stages of docs/model.md in their order,
 * all reading the state at the step's start. The batch must have steps left. Each step draws,
 * from each lane's stream, one 32-bit number a perception (misperception, in the layout's order)
 * and then one a rival pair (what happens between them), whatever its state. */
void spiral_step(struct spiral_batch *batch);

#endif
