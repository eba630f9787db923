/* SPDX-License-Identifier: MIT */
#include "sim/timeline.h"

#include "sim/algebra.h"
#include "sim/model_form.h"

/* The lanes that an event acts on: of one plan, side by side. */
struct lanes {
    int from;
    int to;
};

static void set_value(struct lanes lanes, double variable[], double value)
{
    for (int l = lanes.from; l < lanes.to; l++)
        variable[l] = value;
}

double spiral_event_floor(const struct spiral_event *event, double floor)
{
    const double effect = event->effect.floor;
    return effect < 0.0 ? 0.0 : spiral_unit(spiral_max(floor, effect));
}

int spiral_event_changes(const struct spiral_event *event, double floor,
                         struct spiral_change changes[SPIRAL_MOST_CHANGES])
{
    const struct spiral_move_effect *effect = &event->effect;
    int count = 0;

    if (event->kind != SPIRAL_ENTRY_MOVE)
        return 0;

#define CHANGE(variable, index, least) \
    changes[count++] = (struct spiral_change){SPIRAL_VARIABLE_##variable, index, effect->variable, \
                                              least, SPIRAL_HIGHEST(variable)}
    CHANGE(arms, event->actor, 0.0);

    if (event->patron >= 0) {
        CHANGE(commitment, event->patron, floor);
        CHANGE(aspiration, event->patron, 0.0);
        CHANGE(presence, event->patron, 0.0);
        CHANGE(aid, event->patron, 0.0);
    }

    if (event->tie >= 0) {
        CHANGE(reassurance, event->tie, 0.0);
        CHANGE(interdependence, event->tie, 0.0);
        CHANGE(othering, event->by_actor, 0.0);
        CHANGE(grievance, event->by_target, 0.0);
    }
#undef CHANGE

    return count;
}

/* The lanes of the index-th number of a variable. */
static double *lanes_of(struct spiral_lanes_state *state, enum spiral_variable variable, int index)
{
    spiral_lane *const first[SPIRAL_VARIABLES] = {
#define SPIRAL_VARIABLE(name, of, low, high, en, zh, doc) state->name,
#include "sim/variables.def"
    };

    return first[variable][index];
}

static void act_move(struct spiral_batch *batch, struct spiral_lanes_state *state,
                     const struct spiral_event *event, struct lanes lanes)
{
    struct spiral_change changes[SPIRAL_MOST_CHANGES];
    double floor = 0.0;

    /* Floors are the timeline's, and so are the same in lanes that go together. */
    if (event->patron >= 0) {
        floor = spiral_event_floor(event, batch->facts.floor[event->patron][lanes.from]);
        set_value(lanes, batch->facts.floor[event->patron], floor);
    }

    const int count = spiral_event_changes(event, floor, changes);

    for (int c = 0; c < count; c++) {
        const struct spiral_change *change = &changes[c];
        double *variable = lanes_of(state, change->variable, change->index);
        for (int l = lanes.from; l < lanes.to; l++)
            variable[l] = spiral_changed(variable[l], change->change, change->least, change->most);
    }
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
