/* SPDX-License-Identifier: MIT
 *
 * Prints the plan of a scenario as one JSON object: layout, constants, facts by step, initial
 * values and events, each number with all its digits. It is what the peers of tests/bench/peers
 * run, so that no number of the model is written down again.
 *
 * Usage: bench_plan SCENARIO.yaml
 */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

#include "scenarios/loader/scenario_load.h"
#include "sim/plan.h"

/* An object that grows member by member; jansson reports a lack of memory at the end, when a
 * member is NULL. */
static void put(json_t *object, const char *name, json_t *value)
{
    if (json_object_set_new(object, name, value) != 0)
        abort();
}

static json_t *numbers(const double *number, long count)
{
    json_t *array = json_array();
    for (long i = 0; i < count; i++)
        if (json_array_append_new(array, json_real(number[i])) != 0)
            abort();
    return array;
}

static json_t *rows(const double *number, long count, long width)
{
    json_t *array = json_array();
    for (long i = 0; i < count; i++)
        if (json_array_append_new(array, numbers(number + i * width, width)) != 0)
            abort();
    return array;
}

/* One integer member of each of `count` structs that begin at `first`, `stride` bytes apart. */
static json_t *column(const int *first, int count, size_t stride)
{
    json_t *array = json_array();

    for (int i = 0; i < count; i++)
        if (json_array_append_new(array, json_integer(*(
                                             const int *)(const void *)((const char *)first +
                                                                        (size_t)i * stride))) != 0)
            abort();
    return array;
}

#define COLUMN(object, name, structs, member, count) \
    put(object, name, column(&(structs)[0].member, count, sizeof *(structs)))

static json_t *layout_of(const struct spiral_plan *plan, const struct spiral_scenario *scenario)
{
    const struct spiral_layout *layout = &plan->layout;
    const int *count = layout->count;
    json_t *object = json_object();
    json_t *states = json_array();
    json_t *roles = json_array();
    json_t *about = json_array();

    for (int i = 0; i < count[SPIRAL_OF_STATE]; i++) {
        json_array_append_new(states, json_string(scenario->states[i].id));
        json_array_append_new(roles, json_integer(layout->role[i]));
    }

    put(object, "states", states);
    put(object, "role", roles);
    put(object, "small", json_integer(layout->small));
    COLUMN(object, "perception_of", layout->perceptions, of, count[SPIRAL_OF_PERCEPTION]);
    COLUMN(object, "perception_about", layout->perceptions, about, count[SPIRAL_OF_PERCEPTION]);
    COLUMN(object, "perception_tie", layout->perceptions, tie, count[SPIRAL_OF_PERCEPTION]);
    COLUMN(object, "perception_rival", layout->perceptions, rival, count[SPIRAL_OF_PERCEPTION]);
    COLUMN(object, "tie_one", layout->ties, one, count[SPIRAL_OF_TIE]);
    COLUMN(object, "tie_two", layout->ties, two, count[SPIRAL_OF_TIE]);
    COLUMN(object, "tie_one_about_two", layout->ties, one_about_two, count[SPIRAL_OF_TIE]);
    COLUMN(object, "tie_two_about_one", layout->ties, two_about_one, count[SPIRAL_OF_TIE]);
    put(object, "patron_state",
        column(layout->patrons, count[SPIRAL_OF_PATRON], sizeof *layout->patrons));
    COLUMN(object, "rival_state", layout->rivals, neighbour, count[SPIRAL_OF_RIVAL]);
    COLUMN(object, "rival_tie", layout->rivals, tie, count[SPIRAL_OF_RIVAL]);
    COLUMN(object, "rival_felt", layout->rivals, small_about_neighbour, count[SPIRAL_OF_RIVAL]);
    COLUMN(object, "rival_caused", layout->rivals, neighbour_about_small, count[SPIRAL_OF_RIVAL]);
    COLUMN(object, "rival_patron", layout->rivals, patron, count[SPIRAL_OF_RIVAL]);
    for (int q = 0; q < count[SPIRAL_OF_RIVAL]; q++)
        json_array_append_new(about, column(layout->rivals[q].about_patron, count[SPIRAL_OF_PATRON],
                                            sizeof(int)));

    put(object, "rival_about_patron", about);
    put(object, "rival_of", column(layout->rival_of, count[SPIRAL_OF_STATE], sizeof(int)));

    return object;
}

static json_t *constants_of(const struct spiral_plan *plan)
{
    json_t *object = json_object();
#define SPIRAL_CONSTANT(name, unit, value, low, high, en, zh, doc, source) \
    put(object, #name, json_real(plan->constants.name));
#include "sim/constants.def"
    return object;
}

static json_t *facts_of(const struct spiral_plan *plan)
{
    const int *count = plan->layout.count;
    const int states = count[SPIRAL_OF_STATE];
    const int rivals = count[SPIRAL_OF_RIVAL];
    const int patrons = count[SPIRAL_OF_PATRON];
    const int ties = count[SPIRAL_OF_TIE];
    json_t *object = json_object();

    put(object, "nuclear", numbers(plan->nuclear, states));
    put(object, "democracy", numbers(plan->democracy, states));
    put(object, "near", numbers(plan->near, ties));
    put(object, "institution", numbers(plan->institution, ties));
    put(object, "offence", numbers(plan->offence, ties));
    put(object, "distinguish", numbers(plan->distinguish, ties));
    put(object, "border", numbers(plan->border, rivals));
    put(object, "stake", numbers(plan->stake, rivals));
    put(object, "reach", numbers(plan->reach, patrons));
    put(object, "weight", numbers(plan->weight, count[SPIRAL_OF_PUBLIC]));
    put(object, "kin", numbers(plan->kin, count[SPIRAL_OF_PUBLIC]));
    put(object, "power", rows(plan->power, plan->steps, states));
    put(object, "share", rows(plan->share, plan->steps, count[SPIRAL_OF_PERCEPTION]));
    put(object, "patron_share",
        rows(plan->patron_share, plan->steps * rivals, patrons)); /* a row a step and rival */
    put(object, "trade", rows(plan->trade, plan->steps, ties));

    return object;
}

/* The choices that the states start with. */
static json_t *choices_of(const struct spiral_plan *plan)
{
    const int states = plan->layout.count[SPIRAL_OF_STATE];
    json_t *object = json_object();

    put(object, "doctrine", rows(plan->doctrine[0], states, SPIRAL_DOCTRINE_NUMBERS));
    put(object, "greed", numbers(plan->greed, states));
    put(object, "resolve", numbers(plan->resolve, states));
    return object;
}

static json_t *initial_of(const struct spiral_plan *plan)
{
    json_t *object = json_object();
#define SPIRAL_VARIABLE(name, of, low, high, en, zh, doc) \
    put(object, #name, numbers(plan->initial_##name, plan->layout.count[SPIRAL_OF_##of]));
#include "sim/variables.def"
    return object;
}

static json_t *event_of(const struct spiral_event *event)
{
    const struct spiral_move_effect *effect = &event->effect;
    const double change[] = {effect->commitment,  effect->aspiration,
                             effect->floor,       effect->presence,
                             effect->aid,         effect->arms,
                             effect->reassurance, effect->interdependence,
                             effect->othering,    effect->grievance};
    json_t *object = json_object();

    put(object, "step", json_integer(event->step));
    put(object, "kind", json_integer(event->kind));
    put(object, "actor", json_integer(event->actor));
    put(object, "patron", json_integer(event->patron));
    put(object, "tie", json_integer(event->tie));
    put(object, "by_actor", json_integer(event->by_actor));
    put(object, "by_target", json_integer(event->by_target));
    put(object, "effect", numbers(change, sizeof change / sizeof *change));
    put(object, "doctrine", numbers(event->doctrine, SPIRAL_DOCTRINE_NUMBERS));
    put(object, "value", json_real(event->value));

    return object;
}

static json_t *plan_of(const struct spiral_plan *plan, const struct spiral_scenario *scenario)
{
    json_t *object = json_object();
    json_t *events = json_array();

    put(object, "steps", json_integer(plan->steps));
    put(object, "dt", json_real(plan->dt));
    put(object, "war_ends", json_boolean(plan->war_ends));
    put(object, "layout", layout_of(plan, scenario));
    put(object, "constants", constants_of(plan));
    put(object, "facts", facts_of(plan));
    put(object, "choices", choices_of(plan));
    put(object, "initial", initial_of(plan));
    for (long e = 0; e < plan->event_count; e++)
        json_array_append_new(events, event_of(&plan->events[e]));

    put(object, "events", events);

    return object;
}

int main(int argc, char **argv)
{
    static struct spiral_diagnostics diagnostics;
    struct spiral_scenario scenario;
    struct spiral_error error;
    struct spiral_plan *plan;
    const struct spiral_constants constants = spiral_constants_defaults();
    const struct spiral_plan_options options = spiral_plan_options_defaults();

    spiral_diagnostics_init(&diagnostics);

    if (argc != 2 || spiral_scenario_load(&scenario, argv[1], &diagnostics) != SPIRAL_OK) {
        fputs("usage: bench_plan SCENARIO.yaml, which must be valid (spiral check says what is "
              "wrong)\n",
              stderr);
        return 2;
    }

    if (spiral_plan_create(&plan, &scenario, &constants, &options, &error) != SPIRAL_OK)
        return 1;
    json_t *object = plan_of(plan, &scenario);
    const bool written =
        json_dumpf(object, stdout, JSON_REAL_PRECISION(17)) == 0 && fflush(stdout) == 0;

    json_decref(object);
    spiral_plan_destroy(plan);
    spiral_scenario_clear(&scenario);

    return written ? 0 : 1;
}
