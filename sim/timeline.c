/* SPDX-License-Identifier: MIT */
#include "sim/timeline.h"

#include "sim/algebra.h"
#include "sim/model_form.h"

/* The lanes that an event acts on: of one plan, side by side. */
struct lanes {
    int from;
    int to;
};

static void add_change(struct lanes lanes, double variable[], double change, double high)
{
    for (int l = lanes.from; l < lanes.to; l++)
        variable[l] = spiral_clamp(variable[l] + change, 0.0, high);
}

static void set_value(struct lanes lanes, double variable[], double value)
{
    for (int l = lanes.from; l < lanes.to; l++)
        variable[l] = value;
}

static void act_on_patron(struct spiral_batch *batch, struct spiral_lanes_state *state,
                          const struct spiral_event *event, struct lanes lanes)
{
    const struct spiral_move_effect *effect = &event->effect;
    const int k = event->patron;
    double *floor = batch->facts.floor[k];
    double *commitment = state->commitment[k];

    add_change(lanes, commitment, effect->commitment, 1.0);

    for (int l = lanes.from; l < lanes.to; l++) {
        floor[l] = effect->floor < 0.0 ? 0.0 : spiral_unit(spiral_max(floor[l], effect->floor));
        commitment[l] = spiral_max(commitment[l], floor[l]);
    }

    add_change(lanes, state->aspiration[k], effect->aspiration, 1.0);
    add_change(lanes, state->presence[k], effect->presence, 1.0);
    add_change(lanes, state->aid[k], effect->aid, 1.0);
}

static void act_move(struct spiral_batch *batch, struct spiral_lanes_state *state,
                     const struct spiral_event *event, struct lanes lanes)
{
    const struct spiral_move_effect *effect = &event->effect;

    add_change(lanes, state->arms[event->actor], effect->arms, 1.0);
    if (event->patron >= 0)
        act_on_patron(batch, state, event, lanes);
    if (event->tie < 0)
        return;
    add_change(lanes, state->reassurance[event->tie], effect->reassurance, 1.0);
    add_change(lanes, state->interdependence[event->tie], effect->interdependence, 1.0);
    add_change(lanes, state->othering[event->by_actor], effect->othering, 1.0);
    add_change(lanes, state->grievance[event->by_target], effect->grievance,
               SPIRAL_HIGHEST(grievance));
}

static void act_entry(struct spiral_batch *batch, struct spiral_lanes_state *state,
                      const struct spiral_event *event, struct lanes lanes)
{
    switch (event->kind) {
    case SPIRAL_ENTRY_MOVE: act_move(batch, state, event, lanes); break;
    case SPIRAL_ENTRY_DOCTRINE:
        for (int n = 0; n < SPIRAL_DOCTRINE_NUMBERS; n++)
            set_value(lanes, batch->facts.doctrine[event->actor][n], event->doctrine[n]);
        break;
    case SPIRAL_ENTRY_GREED:
        set_value(lanes, batch->facts.greed[event->actor], event->value);
        break;
    case SPIRAL_ENTRY_RESOLVE:
        set_value(lanes, batch->facts.resolve[event->actor], event->value);
        break;
    }
}

void spiral_timeline_act(struct spiral_batch *batch)
{
    struct spiral_lanes_state *state = &batch->states[batch->now];
    /* lanes that go together; the first of them keeps their place in the timeline */
    const int width = batch->same_series ? SPIRAL_LANES : 1;
    long next = batch->steps;

    for (int l = 0; l < SPIRAL_LANES; l += width) {
        const struct spiral_plan *plan = batch->plan[l];
        long event = batch->next_event[l];
        for (; event < plan->event_count && plan->events[event].step <= batch->step; event++)
            act_entry(batch, state, &plan->events[event], (struct lanes){l, l + width});

        batch->next_event[l] = event;
        if (event < plan->event_count && plan->events[event].step < next)
            next = plan->events[event].step;
    }

    batch->next_event_step = next;
}

/* Brings one fact of this step to where the step will read it: `member` is an array of the plan,
 * `at` the place in it. */
#define GIVE(fact, member, at) \
    do { \
        const long place = (at); \
        if (batch->same_series) \
            set_value(all_lanes, batch->facts.fact, batch->plan[0]->member[place]); \
        else \
            for (int l = 0; l < SPIRAL_LANES; l++) \
                batch->facts.fact[l] = batch->plan[l]->member[place]; \
    } while (0)

void spiral_timeline_advance(struct spiral_batch *batch)
{
    const struct lanes all_lanes = {0, SPIRAL_LANES};
    const int *count = batch->layout.count;
    const int rivals = count[SPIRAL_OF_RIVAL];
    const int patrons = count[SPIRAL_OF_PATRON];

    if (batch->step >= batch->next_event_step)
        spiral_timeline_act(batch);
    for (int i = 0; i < count[SPIRAL_OF_STATE]; i++)
        GIVE(power[i], power, batch->step * count[SPIRAL_OF_STATE] + i);
    for (int p = 0; p < count[SPIRAL_OF_PERCEPTION]; p++)
        GIVE(share[p], share, batch->step * count[SPIRAL_OF_PERCEPTION] + p);
    for (int t = 0; t < count[SPIRAL_OF_TIE]; t++)
        GIVE(trade[t], trade, batch->step * count[SPIRAL_OF_TIE] + t);
    for (int q = 0; q < rivals; q++)
        for (int k = 0; k < patrons; k++)
            GIVE(patron_share[q][k], patron_share, (batch->step * rivals + q) * patrons + k);
}
