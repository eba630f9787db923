/* SPDX-License-Identifier: MIT
 *
 * The tables of claims.def, the space, and the arms at its points.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sim/parameter.h"
#include "sim/quantities.h"
#include "tools/claims/claims.h"
#include "tools/stylised/triad.h"

const struct spiral_words spiral_scopes[SPIRAL_SCOPES] = {
#define SPIRAL_SCOPE_ENTRY(name, en, zh) {#name, en, zh},
    SPIRAL_SCOPE_TABLE(SPIRAL_SCOPE_ENTRY)
#undef SPIRAL_SCOPE_ENTRY
};

const struct spiral_words spiral_readings[SPIRAL_READINGS] = {
#define SPIRAL_CLAIM_READING(name, en, zh) {#name, en, zh},
#include "tools/claims/claims.def"
};

const struct spiral_arm spiral_claim_arms[SPIRAL_CLAIM_ARM_COUNT] = {
#define SPIRAL_CLAIM_ARM(title, ...) [SPIRAL_CLAIM_ARM_##title] = {.name = #title, __VA_ARGS__},
#include "tools/claims/claims.def"
};

/* The arms of a claim, by name, and how many. */
#define ARM(name) SPIRAL_CLAIM_ARM_##name
#define ARMS_2(a, b) \
    2, { ARM(a), ARM(b) }
#define ARMS_3(a, b, c) \
    3, { ARM(a), ARM(b), ARM(c) }
#define ARMS_4(a, b, c, d) \
    4, { ARM(a), ARM(b), ARM(c), ARM(d) }
#define ARMS_OF(a, b, c, d, macro, ...) macro
#define ARMS(...) ARMS_OF(__VA_ARGS__, ARMS_4, ARMS_3, ARMS_2, 0)(__VA_ARGS__)
const struct spiral_claim spiral_claims[SPIRAL_CLAIMS] = {
#define SPIRAL_CLAIM(id, reading, scope, contrast, arms, en, zh, source) \
    {#id, \
     SPIRAL_READING_##reading, \
     SPIRAL_SCOPE_##scope, \
     SPIRAL_CONTRAST_##contrast, \
     arms, \
     en, \
     zh, \
     source},
#include "tools/claims/claims.def"
};

const struct spiral_claim *spiral_claim_find(const char *id)
{
    for (size_t c = 0; c < SPIRAL_CLAIMS; c++)
        if (strcmp(spiral_claims[c].id, id) == 0)
            return &spiral_claims[c];
    return NULL;
}

/* --- the space -------------------------------------------------------------------------------- */

static const struct {
    const char *name;
    double low;
    double high;
    bool log;
} facts[] = {
#define SPIRAL_CLAIM_FACT(name, low, high, log) {name, low, high, log},
#include "tools/claims/claims.def"
};

/* From half to twice the default within its bounds, on a logarithmic scale, so that the default is
 * the middle. */
static struct spiral_axis constant_axis(size_t constant)
{
    const struct spiral_field *field = &spiral_constant_fields[constant];
    struct spiral_axis axis = {.low = 0.5 * field->value, .high = 2.0 * field->value, .log = true};

    axis.low = axis.low < field->low ? field->low : axis.low;
    axis.high = axis.high > field->high ? field->high : axis.high;
    snprintf(axis.name, sizeof axis.name, "k.%s", field->name);

    return axis;
}

/* The name of P's parameter that is the twin of one of O's; false where it is not O's. */
static bool twin_name(char twin[SPIRAL_NAME_SIZE], const char *name)
{
    snprintf(twin, SPIRAL_NAME_SIZE, "%s", name);
    for (size_t i = 0; name[i] != '\0'; i++)
        if (name[i] == 'O' && (i == 0 || name[i - 1] == '.' || name[i - 1] == '-') &&
            (name[i + 1] == '.' || name[i + 1] == '-')) {
            twin[i] = 'P';
            return true;
        }

    return false;
}

enum spiral_status spiral_claim_space_fill(struct spiral_claim_space *space,
                                           struct spiral_error *error)
{
    struct spiral_scenario triad;
    enum spiral_status status = spiral_triad_init(&triad);

    memset(space, 0, sizeof *space);
    if (status != SPIRAL_OK)
        return spiral_error_set(error, status, "no memory for a triad");

    for (size_t c = 0; c < SPIRAL_CONSTANTS; c++) {
        const struct spiral_field *field = &spiral_constant_fields[c];
        struct spiral_axis *axis = &space->axes[space->count];
        *axis = constant_axis(c);
        spiral_axis_label(space->label_en[space->count], field->label_en, axis->name, false);
        spiral_axis_label(space->label_zh[space->count++], field->label_zh, axis->name, true);
    }

    for (size_t f = 0; f < sizeof facts / sizeof *facts && status == SPIRAL_OK; f++) {
        struct spiral_axis *axis = &space->axes[space->count];
        struct spiral_parameter place;
        *axis =
            (struct spiral_axis){.low = facts[f].low, .high = facts[f].high, .log = facts[f].log};
        snprintf(axis->name, sizeof axis->name, "%s", facts[f].name);
        status = spiral_parameter_find(&place, &triad, NULL, axis->name, error);

        if (status == SPIRAL_OK) {
            spiral_axis_label(space->label_en[space->count], place.field->label_en, axis->name,
                              false);
            spiral_axis_label(space->label_zh[space->count], place.field->label_zh, axis->name,
                              true);
        }

        space->count++;
    }

    spiral_scenario_clear(&triad);

    return status;
}

/* --- points ----------------------------------------------------------------------------------- */

/* The parameters that an axis sets: in the constants or the triad, in the tetrad, and there again
 * for the twin; and the same as they were given. */
struct spiral_claim_places {
    struct spiral_scenario given[2];
    size_t count;
    struct {
        int places;
        struct spiral_parameter place[3];
        struct spiral_parameter given[3];
    } axes[SPIRAL_MAX_AXES];
};

static enum spiral_status find_places(struct spiral_claim_point *point,
                                      const struct spiral_claim_space *space,
                                      struct spiral_error *error)
{
    struct spiral_claim_places *places = point->places;
    enum spiral_status status = SPIRAL_OK;

    places->count = space->count;

    for (size_t a = 0; a < space->count && status == SPIRAL_OK; a++) {
        char twin[SPIRAL_NAME_SIZE];
        const char *name = space->axes[a].name;
        const char *names[3] = {name, name, twin};
        const int count = strncmp(name, "k.", 2) == 0 ? 1 : twin_name(twin, name) ? 3 : 2;

        for (int i = 0; i < count && status == SPIRAL_OK; i++) {
            status = spiral_parameter_find(&places->axes[a].place[i], &point->scenarios[i > 0],
                                           &point->constants, names[i], error);
            if (status == SPIRAL_OK)
                status = spiral_parameter_find(&places->axes[a].given[i], &places->given[i > 0],
                                               &point->constants, names[i], error);
        }

        places->axes[a].places = count;
    }

    return status;
}

enum spiral_status spiral_claim_point_init(struct spiral_claim_point *point,
                                           const struct spiral_claim_space *space,
                                           struct spiral_error *error)
{
    memset(point, 0, sizeof *point);
    point->constants = spiral_constants_defaults();
    point->places = calloc(1, sizeof *point->places);

    enum spiral_status status = point->places != NULL ? SPIRAL_OK : SPIRAL_NO_MEMORY;

    for (int i = 0; i < 2; i++) {
        struct spiral_scenario *const both[2] = {&point->scenarios[i],
                                                 point->places != NULL ? &point->places->given[i]
                                                                       : NULL};
        for (int j = 0; j < 2 && status == SPIRAL_OK; j++)
            status = i == 0 ? spiral_triad_init(both[j]) : spiral_tetrad_init(both[j]);
    }

    if (status != SPIRAL_OK)
        return spiral_error_set(error, status, "no memory for a point");

    return find_places(point, space, error);
}

void spiral_claim_point_clear(struct spiral_claim_point *point)
{
    for (int i = 0; i < 2; i++) {
        spiral_scenario_clear(&point->scenarios[i]);
        if (point->places != NULL)
            spiral_scenario_clear(&point->places->given[i]);
    }

    free(point->places);
    point->places = NULL;
}

enum spiral_status spiral_claim_point_put(struct spiral_claim_point *point, const double *values,
                                          struct spiral_error *error)
{
    const struct spiral_claim_places *places = point->places;
    const struct spiral_scenario *triad = &point->scenarios[0];
    struct spiral_plan_options options = spiral_plan_options_defaults();
    struct spiral_plan *plan;

    for (size_t a = 0; a < places->count; a++)
        for (int i = 0; i < places->axes[a].places; i++)
            spiral_parameter_put(&places->axes[a].place[i], &places->axes[a].given[i], values[a]);

    /* Only the constraint at the start is wanted: one step is enough. */
    options.until = triad->start + triad->dt;

    const enum spiral_status status =
        spiral_plan_create(&plan, triad, &point->constants, &options, error);

    if (status != SPIRAL_OK)
        return status;
    point->constraint = plan->constraint[0];
    point->greed = triad->states[SPIRAL_TRIAD_N].greed;
    spiral_plan_destroy(plan);

    return SPIRAL_OK;
}

bool spiral_claim_in_scope(const struct spiral_claim_point *point, enum spiral_scope scope)
{
    switch (scope) {
    case SPIRAL_SCOPE_strong: return point->constraint >= SPIRAL_HIGH_CONSTRAINT;
    case SPIRAL_SCOPE_greedy: return point->greed >= 0.5;
    case SPIRAL_SCOPE_secure: return point->greed < 0.5;
    default: return true;
    }
}

/* --- arms ------------------------------------------------------------------------------------- */

/* Adds the treaties, the moves and the turn of an arm. */
static enum spiral_status build_timeline(struct spiral_scenario *scenario,
                                         const struct spiral_arm *arm)
{
    enum spiral_status status = SPIRAL_OK;

    for (int patron = 0; patron < 2 && status == SPIRAL_OK; patron++)
        if (arm->held[patron] > 0.0)
            status = spiral_triad_move(scenario, scenario->start, SPIRAL_TRIAD_O + patron,
                                       SPIRAL_TRIAD_S, SPIRAL_MOVE_join, arm->held[patron]);

    for (int m = 0; m < SPIRAL_ARM_MOVES && arm->moves[m].weight > 0.0 && status == SPIRAL_OK; m++)
        status = spiral_triad_move(scenario, arm->moves[m].date, arm->moves[m].actor,
                                   arm->moves[m].target, arm->moves[m].move, arm->moves[m].weight);
    if (arm->turn != NULL && status == SPIRAL_OK)
        status = spiral_triad_turn(scenario, arm->turn_date, SPIRAL_TRIAD_S,
                                   spiral_triad_doctrine(arm->turn));

    return status;
}

enum spiral_status spiral_arm_build(struct spiral_scenario *scenario,
                                    struct spiral_constants *constants,
                                    const struct spiral_arm *arm,
                                    const struct spiral_claim_point *point,
                                    struct spiral_error *error)
{
    *scenario = spiral_scenario_defaults();
    *constants = point->constants;
    if (spiral_triad_doctrine(arm->doctrine) == NULL ||
        (arm->turn != NULL && spiral_triad_doctrine(arm->turn) == NULL))
        return spiral_error_set(error, SPIRAL_BAD_INPUT, "arm %s: unknown doctrine '%s'", arm->name,
                                spiral_triad_doctrine(arm->doctrine) == NULL ? arm->doctrine
                                                                             : arm->turn);

    enum spiral_status status =
        spiral_scenario_copy(scenario, &point->scenarios[arm->patrons == 2]);

    if (status != SPIRAL_OK)
        return spiral_error_set(error, status, "no memory for arm %s", arm->name);

    struct spiral_state_facts *small = &scenario->states[SPIRAL_TRIAD_S];

    memcpy(small->doctrine, spiral_triad_doctrine(arm->doctrine), sizeof small->doctrine);
    snprintf(small->doctrine_name, sizeof small->doctrine_name, "%s", arm->doctrine);
    if (build_timeline(scenario, arm) != SPIRAL_OK)
        return spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for arm %s", arm->name);

    for (int i = 0; i < SPIRAL_ARM_SETS && arm->sets[i].name != NULL && status == SPIRAL_OK; i++) {
        /* A factor applies to the series as it was given, not as the point has it. */
        struct spiral_parameter place;
        struct spiral_parameter given;
        status = spiral_parameter_find(&place, scenario, constants, arm->sets[i].name, error);
        if (status == SPIRAL_OK)
            status = spiral_parameter_find(&given, &point->places->given[arm->patrons == 2],
                                           constants, arm->sets[i].name, error);

        if (status == SPIRAL_OK &&
            !(arm->sets[i].value >= place.low && arm->sets[i].value <= place.high))
            status = spiral_error_set(error, SPIRAL_BAD_INPUT,
                                      "arm %s: %s is %g; expected %g to %g", arm->name,
                                      arm->sets[i].name, arm->sets[i].value, place.low, place.high);
        if (status == SPIRAL_OK)
            spiral_parameter_put(&place, &given, arm->sets[i].value);
    }

    return status;
}
