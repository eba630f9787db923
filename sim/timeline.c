/* SPDX-License-Identifier: MIT
 *
 * Stage 1, the part that is not lanes: the entries of the timeline act, a lane at a time, on the state that the step is about to read.
 */
#include "sim/algebra.h"
#include "sim/batch.h"

static void add(double *variable, double change, double high)
{
    *variable = spiral_clamp(*variable + change, 0.0, high);
}

static void act_on_patron(struct spiral_batch *batch, struct spiral_lanes_state *state, const struct spiral_event *event, int l)
{
    const struct spiral_move_effect *effect = &event->effect;
    const int k = event->patron;
    double *floor = &batch->facts.floor[k][l];
    *floor = effect->floor < 0.0 ? 0.0 : spiral_unit(spiral_max(*floor, effect->floor));
    add(&state->commitment[k][l], effect->commitment, 1.0);
    state->commitment[k][l] = spiral_max(state->commitment[k][l], *floor);
    add(&state->aspiration[k][l], effect->aspiration, 1.0);
    add(&state->presence[k][l], effect->presence, 1.0);
    add(&state->aid[k][l], effect->aid, 1.0);
}

static void move(struct spiral_batch *batch, struct spiral_lanes_state *state, const struct spiral_event *event, int l)
{
    const struct spiral_move_effect *effect = &event->effect;
    add(&state->arms[event->actor][l], effect->arms, 1.0);
    if (event->patron >= 0)
        act_on_patron(batch, state, event, l);
    if (event->tie < 0)
        return;
    add(&state->reassurance[event->tie][l], effect->reassurance, 1.0);
    add(&state->interdependence[event->tie][l], effect->interdependence, 1.0);
    add(&state->othering[event->by_actor][l], effect->othering, 1.0);
    add(&state->grievance[event->by_target][l], effect->grievance, 5.0);
}

static void act(struct spiral_batch *batch, struct spiral_lanes_state *state, const struct spiral_event *event, int l)
{
    switch (event->kind) {
    case SPIRAL_ENTRY_MOVE:
        move(batch, state, event, l);
        break;
    case SPIRAL_ENTRY_DOCTRINE:
        for (int n = 0; n < SPIRAL_DOCTRINE_NUMBERS; n++)
            batch->facts.doctrine[event->actor][n][l] = event->doctrine[n];
        break;
    case SPIRAL_ENTRY_GREED:
        batch->facts.greed[event->actor][l] = event->value;
        break;
    case SPIRAL_ENTRY_RESOLVE:
        batch->facts.resolve[event->actor][l] = event->value;
        break;
    }
}

void spiral_timeline_act(struct spiral_batch *batch)
{
    struct spiral_lanes_state *state = &batch->states[batch->now];
    long next = batch->steps;
    for (int l = 0; l < SPIRAL_LANES; l++) {
        const struct spiral_plan *plan = batch->plan[l];
        long event = batch->next_event[l];
        for (; event < plan->event_count && plan->events[event].step <= batch->step; event++)
            act(batch, state, &plan->events[event], l);
        batch->next_event[l] = event;
        if (event < plan->event_count && plan->events[event].step < next)
            next = plan->events[event].step;
    }
    batch->next_event_step = next;
}
