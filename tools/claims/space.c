/* SPDX-License-Identifier: MIT
 *
 * The space of a set of claims, and the arms at its points.
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

/* --- the space -------------------------------------------------------------------------------- */

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
                                           const struct spiral_claim_set *set,
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

    for (size_t f = 0; f < set->fact_count && status == SPIRAL_OK; f++) {
        struct spiral_axis *axis = &space->axes[space->count];
        struct spiral_parameter place;
        *axis = (struct spiral_axis){.low = set->facts[f].low,
                                     .high = set->facts[f].high,
                                     .log = set->facts[f].log};
        snprintf(axis->name, sizeof axis->name, "%s", set->facts[f].name);
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
                                         const struct spiral_arm *arm, struct spiral_error *error)
{
    enum spiral_status status = SPIRAL_OK;

    for (int patron = 0; patron < 2 && status == SPIRAL_OK; patron++)
        if (arm->held[patron] > 0.0)
            status = spiral_triad_move(scenario, scenario->start, SPIRAL_TRIAD_O + patron,
                                       SPIRAL_TRIAD_S, SPIRAL_MOVE_join, arm->held[patron]);

    if (status != SPIRAL_OK)
        return spiral_error_set(error, status, "no memory for arm %s", arm->name);

    status = spiral_policy_apply(scenario, &arm->acts, error);
    if (arm->turn != NULL && status == SPIRAL_OK &&
        spiral_triad_turn(scenario, arm->turn_date, SPIRAL_TRIAD_S,
                          spiral_triad_doctrine(arm->turn)) != SPIRAL_OK)
        status = spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for arm %s", arm->name);

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
    status = build_timeline(scenario, arm, error);

    for (size_t i = 0; i < arm->acts.setting_count && status == SPIRAL_OK; i++) {
        const struct spiral_setting *setting = &arm->acts.settings[i];

        /* A factor applies to the series as it was given, not as the point has it. */
        struct spiral_parameter place;
        struct spiral_parameter given;
        status = spiral_parameter_find(&place, scenario, constants, setting->name, error);
        if (status == SPIRAL_OK)
            status = spiral_parameter_find(&given, &point->places->given[arm->patrons == 2],
                                           constants, setting->name, error);

        if (status == SPIRAL_OK && !(setting->value >= place.low && setting->value <= place.high))
            status =
                spiral_error_set(error, SPIRAL_BAD_INPUT, "arm %s: %s is %g; expected %g to %g",
                                 arm->name, setting->name, setting->value, place.low, place.high);
        if (status == SPIRAL_OK)
            spiral_parameter_put(&place, &given, setting->value);
    }

    return status;
}
