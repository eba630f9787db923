/* SPDX-License-Identifier: MIT
 *
 * Numbers by name: one walk over everything that can be set, in the order of the tables. Setting
 * a number walks to its name; listing the names walks them all; a wrong name is compared with
 * every name of the walk.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "sim/algebra.h"
#include "sim/parameter.h"

enum { NAME_SIZE = 96 };

typedef bool (*walker)(void *context, const char *name,
                       const struct spiral_parameter *parameter); /* false ends the walk */

static const struct spiral_field scale_field = {
    "scale", "1", 1.0, 0.01, 100.0, "scale", "比例", "factor on the whole series, 1 as given", ""};
static const struct spiral_field shift_field = {
    "shift", "1", 0.0, -1.0, 1.0, "shift", "平移", "added to the number in every doctrine", ""};
static const struct spiral_field preset_field = {"doctrine",
                                                 "",
                                                 0.0,
                                                 0.0,
                                                 SPIRAL_DOCTRINES - 1,
                                                 "doctrine",
                                                 "战略",
                                                 "the preset that the state starts with",
                                                 ""};
static const struct spiral_field weight_field = {"weight", "1",      1.0,    0.0,
                                                 2.0,      "weight", "权重", "weight of the move",
                                                 ""};
static const struct spiral_field date_field = {
    "date", "y", 0.0, 0.0, 9999.0, "date", "日期", "date of the entry, in years", ""};

bool spiral_parameter_is_prefix(const char *word)
{
    static const char *const prefixes[] = {"k", "doctrine", "move"};
    for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++)
        if (strcmp(word, prefixes[i]) == 0)
            return true;
    return false;
}

static struct spiral_parameter plain_parameter(const struct spiral_field *field, double *value)
{
    return (struct spiral_parameter){
        .field = field, .value = value, .key = value, .doctrine_of = -1, .doctrine_number = -1};
}

static bool walk_constants(struct spiral_constants *constants, walker walk, void *context)
{
    char name[NAME_SIZE];

    for (size_t i = 0; i < SPIRAL_CONSTANTS; i++) {
        const struct spiral_parameter parameter =
            plain_parameter(&spiral_constant_fields[i], spiral_constant_at(constants, i));
        snprintf(name, sizeof name, "k.%s", parameter.field->name);
        if (!walk(context, name, &parameter))
            return false;
    }

    return true;
}

/* A number of a state's doctrines, in all of them (`scope`). */
static struct spiral_parameter doctrine_parameter(struct spiral_state_facts *state, int i, int n,
                                                  enum spiral_parameter_scope scope)
{
    struct spiral_parameter parameter =
        plain_parameter(scope == SPIRAL_SCOPE_SHIFT ? &shift_field : &spiral_doctrine_fields[n],
                        NULL);

    parameter.key = (const char *)&state->doctrine[n] + scope;
    parameter.scope = scope;
    parameter.doctrine_of = i;
    parameter.doctrine_number = n;

    return parameter;
}

/* The three meanings of a number of a doctrine: at the start, in every doctrine of the state, and
 * a shift of all of them. The last two are found, and listed nowhere. */
static bool walk_doctrine(struct spiral_state_facts *state, int i, bool all_scopes, walker walk,
                          void *context)
{
    char name[NAME_SIZE];

    for (int n = 0; n < SPIRAL_DOCTRINE_NUMBERS; n++) {
        const char *number = spiral_doctrine_fields[n].name;
        struct spiral_parameter parameter =
            plain_parameter(&spiral_doctrine_fields[n], &state->doctrine[n]);

        snprintf(name, sizeof name, "doctrine.%s.%s", state->id, number);
        if (!walk(context, name, &parameter))
            return false;

        for (int scope = SPIRAL_SCOPE_ALL; scope <= SPIRAL_SCOPE_SHIFT && all_scopes; scope++) {
            parameter = doctrine_parameter(state, i, n, (enum spiral_parameter_scope)scope);
            snprintf(name, sizeof name, "doctrine.%s.%s.%s", state->id, number,
                     scope == SPIRAL_SCOPE_ALL ? "all" : "shift");
            if (!walk(context, name, &parameter))
                return false;
        }
    }

    return true;
}

static bool walk_state(struct spiral_scenario *scenario, int i, bool all_scopes, walker walk,
                       void *context)
{
    struct spiral_state_facts *state = &scenario->states[i];
    char name[NAME_SIZE];

    for (size_t f = 0; f < SPIRAL_STATE_FACTS; f++) {
        const struct spiral_parameter parameter =
            plain_parameter(&spiral_state_fact_fields[f], spiral_state_fact_at(state, f));
        snprintf(name, sizeof name, "%s.%s", state->id, parameter.field->name);
        if (!walk(context, name, &parameter))
            return false;
    }

    struct spiral_parameter parameter = plain_parameter(&scale_field, NULL);

    parameter.key = parameter.series = &state->power;
    snprintf(name, sizeof name, "%s.power", state->id);
    if (!walk(context, name, &parameter))
        return false;

    if (all_scopes) {
        parameter = plain_parameter(&preset_field, NULL);
        parameter.key = (const char *)state->doctrine + SPIRAL_SCOPE_PRESET;
        parameter.scope = SPIRAL_SCOPE_PRESET;
        parameter.doctrine_of = i;
        snprintf(name, sizeof name, "%s.doctrine", state->id);
        if (!walk(context, name, &parameter))
            return false;
    }

    return walk_doctrine(state, i, all_scopes, walk, context);
}

/* A pair's numbers under the name first-second, or, reversed, second-first: then of two values
 * the second comes first. */
static bool walk_pair(struct spiral_scenario *scenario, struct spiral_pair_facts *pair,
                      bool reversed, walker walk, void *context)
{
    const char *one = scenario->states[reversed ? pair->second : pair->first].id;
    const char *two = scenario->states[reversed ? pair->first : pair->second].id;
    char name[NAME_SIZE];

    for (size_t f = 0; f < SPIRAL_PAIR_FACTS; f++) {
        const struct spiral_parameter parameter =
            plain_parameter(&spiral_pair_fact_fields[f], spiral_pair_fact_at(pair, f));
        snprintf(name, sizeof name, "%s-%s.%s", one, two, parameter.field->name);
        if (!walk(context, name, &parameter))
            return false;
    }

    struct spiral_parameter parameter = plain_parameter(&scale_field, NULL);

    parameter.key = parameter.series = &pair->interdependence;
    snprintf(name, sizeof name, "%s-%s.interdependence", one, two);
    if (pair->interdependence.count > 0 && !walk(context, name, &parameter))
        return false;

    for (size_t f = 0; f < SPIRAL_INITIAL_PAIRS; f++) {
        parameter =
            plain_parameter(&spiral_initial_pair_fields[f], spiral_initial_pair_at(pair, f));
        snprintf(name, sizeof name, "%s-%s.initial.%s", one, two, parameter.field->name);
        if (!walk(context, name, &parameter))
            return false;
    }

    for (size_t f = 0; f < SPIRAL_INITIAL_EACHS; f++) {
        parameter = plain_parameter(&spiral_initial_each_fields[f],
                                    spiral_initial_each_at(pair, f) + (reversed ? 1 : 0));
        snprintf(name, sizeof name, "%s-%s.initial.%s", one, two, parameter.field->name);
        if (!walk(context, name, &parameter))
            return false;
    }

    return true;
}

/* The month of an entry, and its number among the entries of that month, from 1, in the order of
 * the file. */
static int rank_of(const struct spiral_scenario *scenario, size_t e, char month[12])
{
    char other_month[12];
    int rank = 1;

    spiral_date_format(scenario->entries[e].date, month);

    for (size_t other = 0; other < e; other++) {
        spiral_date_format(scenario->entries[other].date, other_month);
        rank += strcmp(other_month, month) == 0;
    }

    return rank;
}

static bool walk_entries(struct spiral_scenario *scenario, walker walk, void *context)
{
    char name[NAME_SIZE];
    char rank[16];
    char month[12];

    for (size_t e = 0; e < scenario->entry_count; e++) {
        struct spiral_entry *entry = &scenario->entries[e];
        const int number = rank_of(scenario, e, month);
        rank[0] = '\0';
        if (number > 1)
            snprintf(rank, sizeof rank, "#%d", number);

        struct spiral_parameter parameter = plain_parameter(&weight_field, &entry->weight);
        snprintf(name, sizeof name, "move.%s%s.weight", month, rank);
        if (entry->kind == SPIRAL_ENTRY_MOVE && !walk(context, name, &parameter))
            return false;
        parameter = plain_parameter(&date_field, &entry->date);
        parameter.date = true;
        snprintf(name, sizeof name, "move.%s%s.date", month, rank);
        if (!walk(context, name, &parameter))
            return false;
    }

    return true;
}

/* Walks all; `all_names` gives each pair under either order of its states, and the numbers of
 * doctrines in their three meanings. */
static void walk_all(struct spiral_scenario *scenario, struct spiral_constants *constants,
                     bool all_names, walker walk, void *context)
{
    bool on = constants == NULL || walk_constants(constants, walk, context);

    if (scenario == NULL)
        return;
    for (int i = 0; i < (int)scenario->state_count && on; i++)
        on = walk_state(scenario, i, all_names, walk, context);
    for (size_t p = 0; p < scenario->pair_count && on; p++)
        on = walk_pair(scenario, &scenario->pairs[p], false, walk, context) &&
             (!all_names || walk_pair(scenario, &scenario->pairs[p], true, walk, context));
    if (on)
        walk_entries(scenario, walk, context);
}

/* --- setting ---------------------------------------------------------------------------------- */

struct search {
    const char *name;
    bool found;
    struct spiral_parameter parameter;
};

static bool match_name(void *context, const char *name, const struct spiral_parameter *parameter)
{
    struct search *search = context;
    search->found = strcmp(name, search->name) == 0;
    if (search->found)
        search->parameter = *parameter;
    return !search->found;
}

struct nearness {
    const char *name;
    char nearest[NAME_SIZE];
};

/* Whether one name is nearer to the wrong one than the other, and near enough. */
static bool is_nearer(const char *wrong, const char *one, const char *other)
{
    const char *const names[] = {other, one}; /* of equally near ones the first is taken */
    return spiral_names_nearest(spiral_names_in(names, 2), wrong) == one;
}

static size_t common_beginning(const char *one, const char *other)
{
    size_t length = 0;
    while (one[length] != '\0' && one[length] == other[length])
        length++;
    return length;
}

/* Keeps the name that is nearest to the wrong one; of equally near ones that with the longest
 * common beginning, then the first. */
static bool keep_nearest(void *context, const char *name, const struct spiral_parameter *parameter)
{
    struct nearness *nearness = context;
    const char *wrong = nearness->name;
    const char *kept = nearness->nearest;

    (void)parameter;

    const bool first = kept[0] == '\0' && is_nearer(wrong, name, name);
    const bool alike = kept[0] != '\0' && !is_nearer(wrong, kept, name) &&
                       common_beginning(wrong, name) > common_beginning(wrong, kept);

    if (first || (kept[0] != '\0' && is_nearer(wrong, name, kept)) || alike)
        memcpy(nearness->nearest, name, strlen(name) + 1);

    return true;
}

/* A date may be any of the run's. */
static void set_bounds(struct spiral_parameter *parameter, struct spiral_scenario *scenario)
{
    parameter->scenario = scenario;
    parameter->low = parameter->date ? scenario->start : parameter->field->low;
    parameter->high = parameter->date ? scenario->end : parameter->field->high;
}

enum spiral_status spiral_parameter_find(struct spiral_parameter *parameter,
                                         struct spiral_scenario *scenario,
                                         struct spiral_constants *constants, const char *name,
                                         struct spiral_error *error)
{
    struct search search = {.name = name};

    walk_all(scenario, constants, true, match_name, &search);

    if (!search.found) {
        struct nearness nearness = {.name = name};
        walk_all(scenario, constants, true, keep_nearest, &nearness);

        if (nearness.nearest[0] != '\0')
            return spiral_error_set(error, SPIRAL_BAD_INPUT,
                                    "unknown name '%s'; did you mean '%s'?", name,
                                    nearness.nearest);
        return spiral_error_set(error, SPIRAL_BAD_INPUT,
                                "unknown name '%s'; `spiral params` lists the names", name);
    }

    *parameter = search.parameter;
    set_bounds(parameter, scenario);

    return SPIRAL_OK;
}

/* The number that a parameter is of, in the state's doctrine at the start (`entry` at the count
 * of entries) or in one of its changes; NULL where the entry is no change of its doctrine. */
static double *number_in(const struct spiral_parameter *parameter, size_t entry)
{
    struct spiral_scenario *scenario = parameter->scenario;

    if (entry == scenario->entry_count)
        return &scenario->states[parameter->doctrine_of].doctrine[parameter->doctrine_number];

    struct spiral_entry *change = &scenario->entries[entry];

    return change->kind == SPIRAL_ENTRY_DOCTRINE && change->actor == parameter->doctrine_of
               ? &change->doctrine[parameter->doctrine_number]
               : NULL;
}

/* The index of the preset that a state starts with; NaN where its numbers are of none. */
static double present_preset(const struct spiral_parameter *parameter)
{
    const double *own = parameter->scenario->states[parameter->doctrine_of].doctrine;

    for (int preset = 0; preset < SPIRAL_DOCTRINES; preset++)
        if (memcmp(own, spiral_doctrines[preset].number, sizeof spiral_doctrines->number) == 0)
            return preset;

    return NAN;
}

double spiral_parameter_present(const struct spiral_parameter *parameter)
{
    if (parameter->value != NULL)
        return *parameter->value;
    if (parameter->scope == SPIRAL_SCOPE_PRESET)
        return present_preset(parameter);
    if (parameter->scope != SPIRAL_SCOPE_ALL)
        return parameter->field->value;

    const double start = *number_in(parameter, parameter->scenario->entry_count);

    for (size_t e = 0; e < parameter->scenario->entry_count; e++) {
        const double *number = number_in(parameter, e);
        if (number != NULL && *number != start)
            return NAN;
    }

    return start;
}

/* Sets or shifts a number in every doctrine of its state. */
static void put_in_doctrines(const struct spiral_parameter *parameter,
                             const struct spiral_parameter *given, double value)
{
    for (size_t e = 0; e <= parameter->scenario->entry_count; e++) {
        double *number = number_in(parameter, e);
        if (number != NULL)
            *number = parameter->scope == SPIRAL_SCOPE_SHIFT
                          ? spiral_unit(*number_in(given, e) + value)
                          : value;
    }
}

void spiral_parameter_put(const struct spiral_parameter *parameter,
                          const struct spiral_parameter *given, double value)
{
    if (parameter->series != NULL) {
        for (size_t i = 0; i < parameter->series->count; i++)
            parameter->series->value[i] = given->series->value[i] * value;

        return;
    }

    if (parameter->scope == SPIRAL_SCOPE_PRESET)
        memcpy(parameter->scenario->states[parameter->doctrine_of].doctrine,
               spiral_doctrines[(int)value].number, sizeof spiral_doctrines->number);
    else if (parameter->scope != SPIRAL_SCOPE_ONE)
        put_in_doctrines(parameter, given, value);
    else
        *parameter->value = value;
}

enum spiral_status spiral_parameter_set(struct spiral_scenario *scenario,
                                        struct spiral_constants *constants, const char *name,
                                        double value, struct spiral_error *error)
{
    struct spiral_parameter parameter;
    const enum spiral_status status =
        spiral_parameter_find(&parameter, scenario, constants, name, error);

    if (status != SPIRAL_OK)
        return status;
    if (!(value >= parameter.low && value <= parameter.high))
        return spiral_error_set(error, SPIRAL_BAD_INPUT, "%s is %.10g; expected %.10g to %.10g",
                                name, value, parameter.low, parameter.high);
    spiral_parameter_put(&parameter, &parameter, value);

    return SPIRAL_OK;
}

/* --- listing ---------------------------------------------------------------------------------- */

struct listing {
    struct spiral_scenario *scenario;
    const struct spiral_constants *constants;
    void (*visit)(void *context, const char *name, const struct spiral_field *field, double value);
    void *context;
};

/* The value in force of a fact whose own says that it is taken from elsewhere. */
static double value_in_force(const struct listing *listing,
                             const struct spiral_parameter *parameter)
{
    struct spiral_scenario *scenario = listing->scenario;

    if (parameter->field == &spiral_state_fact_fields[SPIRAL_STATE_FACT_arms])
        return listing->constants != NULL ? listing->constants->arms_base
                                          : spiral_constants_defaults().arms_base;
    for (size_t p = 0; scenario != NULL && p < scenario->pair_count; p++)
        if (&scenario->pairs[p].reach == parameter->value)
            return scenario->pairs[p].proximity;

    return *parameter->value;
}

static bool list_parameter(void *context, const char *name,
                           const struct spiral_parameter *parameter)
{
    const struct listing *listing = context;
    const bool is_elsewhere = parameter->value != NULL && *parameter->value < 0.0 &&
                              parameter->field->value < 0.0 && parameter->field->low >= 0.0;

    listing->visit(listing->context, name, parameter->field,
                   is_elsewhere ? value_in_force(listing, parameter)
                                : spiral_parameter_present(parameter));
    return true;
}

void spiral_parameter_list(const struct spiral_scenario *scenario,
                           const struct spiral_constants *constants,
                           void (*visit)(void *context, const char *name,
                                         const struct spiral_field *field, double value),
                           void *context)
{
    struct listing listing = {.visit = visit,
                              .context = context,
                              .scenario = (struct spiral_scenario *)scenario,
                              .constants = constants};

    /* the walk hands out parameters to write to, and the listing only reads them */
    walk_all((struct spiral_scenario *)scenario, (struct spiral_constants *)constants, false,
             list_parameter, &listing);
}

struct visitor {
    void (*visit)(void *context, const char *name, const struct spiral_parameter *parameter);
    void *context;
    struct spiral_scenario *scenario;
};

static bool visit_parameter(void *context, const char *name, const struct spiral_parameter *place)
{
    const struct visitor *visitor = context;
    struct spiral_parameter found = *place;

    set_bounds(&found, visitor->scenario);
    visitor->visit(visitor->context, name, &found);
    return true;
}

void spiral_parameter_each(struct spiral_scenario *scenario, struct spiral_constants *constants,
                           void (*visit)(void *context, const char *name,
                                         const struct spiral_parameter *parameter),
                           void *context)
{
    struct visitor visitor = {.visit = visit, .context = context, .scenario = scenario};
    walk_all(scenario, constants, false, visit_parameter, &visitor);
}
