/* SPDX-License-Identifier: MIT
 *
 * Stage 1, the part that is not lanes: the entries of the timeline act, plan by plan, on the state
 * that the step is about to read.
 */
#ifndef SPIRAL_TIMELINE_H
#define SPIRAL_TIMELINE_H

#include "sim/batch.h"

/* Lets the events of the present step of every lane act, and finds the next step that has any
 * (batch->next_event_step). */
void spiral_timeline_act(struct spiral_batch *batch);

/* Stage 1 of a step: the facts at its date, after the timeline's entries acted. */
void spiral_timeline_advance(struct spiral_batch *batch);

#endif
