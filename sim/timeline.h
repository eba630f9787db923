/* SPDX-License-Identifier: MIT
 *
 * Stage 1, the part that is not lanes: the entries of the timeline act, plan by plan, on the state
 * that the step is about to read.
 */
#ifndef SPIRAL_TIMELINE_H
#define SPIRAL_TIMELINE_H

#include "sim/variables.h"

/* What a move does to one number of the state: adds to it, and leaves it within bounds. */
struct spiral_change {
    enum spiral_variable variable;
    int index; /* of the number among those of the variable */
    double change;
    double least;
    double most;
};

enum { SPIRAL_MOST_CHANGES = 9 };

/* The floor of commitment to the patron of an event that has one, once the event has acted, from
 * the floor before. */
double spiral_event_floor(const struct spiral_event *event, double floor);

/* What an event does to the state, in any order: each number is changed once. `floor` is that of
 * the event's patron once the event has acted; without a patron it is not read. Returns how many
 * changes there are. */
int spiral_event_changes(const struct spiral_event *event, double floor,
                         struct spiral_change changes[SPIRAL_MOST_CHANGES]);

/* Lets the events of the present step of every lane act, and finds the next step that has any
 * (batch->next_event_step). */
void spiral_timeline_act(struct spiral_batch *batch);

/* Stage 1 of a step: the facts at its date, after the timeline's entries acted. */
void spiral_timeline_advance(struct spiral_batch *batch);

#endif
