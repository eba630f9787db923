/* SPDX-License-Identifier: MIT */
#include "library/case.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "library/arguments.h"
#include "library/descriptions.h"
#include "scenarios/loader/case_file.h"
#include "scenarios/loader/constant_sets.h"
#include "scenarios/loader/scenario_load.h"
#include "sim/branch.h"

static enum spiral_status report_no_memory(struct spiral_error *error)
{
    return spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for a case");
}

/* --- parameters ------------------------------------------------------------------------------- */

static void count_place(void *context, const char *name, const struct spiral_parameter *place)
{
    (void)name;
    (void)place;
    ++*(size_t *)context;
}

static void add_parameter(void *context, const char *name, const struct spiral_parameter *place)
{
    struct spiral_case *scenario = context;
    struct spiral_case_parameter *parameter = &scenario->parameters[scenario->parameter_count++];

    memcpy(parameter->name, name, strlen(name) + 1);
    parameter->place = *place;
    parameter->factor = 1.0;
    parameter->loaded = place->value != NULL ? *place->value : 1.0;
}

/* The walk through the scenario as loaded meets the same series in the same order. */
struct series_walk {
    struct spiral_case *scenario;
    size_t next;
};

static void pair_series(void *context, const char *name, const struct spiral_parameter *place)
{
    struct series_walk *walk = context;
    (void)name;

    if (place->series == NULL)
        return;
    while (walk->scenario->parameters[walk->next].place.series == NULL)
        walk->next++;
    walk->scenario->parameters[walk->next++].given = *place;
}

/* Lists the parameters of a case whose scenarios are filled in. */
static enum spiral_status list_parameters(struct spiral_case *scenario)
{
    struct series_walk walk = {.scenario = scenario};
    size_t count = 0;

    spiral_parameter_each(&scenario->scenario, &scenario->constants, count_place, &count);
    scenario->parameters = calloc(count, sizeof *scenario->parameters);
    if (scenario->parameters == NULL)
        return SPIRAL_NO_MEMORY;

    spiral_parameter_each(&scenario->scenario, &scenario->constants, add_parameter, scenario);
    spiral_parameter_each(&scenario->loaded, &scenario->constants, pair_series, &walk);

    return SPIRAL_OK;
}

size_t spiral_case_parameter_count(const struct spiral_case *scenario)
{
    return scenario->parameter_count;
}

enum spiral_status spiral_case_parameter(const struct spiral_case *scenario, size_t index,
                                         struct spiral_description *description,
                                         struct spiral_error *error)
{
    const enum spiral_status status =
        spiral_check_index("parameter", index, scenario->parameter_count, error);

    if (status != SPIRAL_OK)
        return status;

    const struct spiral_case_parameter *parameter = &scenario->parameters[index];
    *description = spiral_description_of(parameter->place.field);
    description->name = parameter->name;
    description->low = parameter->place.low;
    description->high = parameter->place.high;
    description->value = parameter->loaded;

    return SPIRAL_OK;
}

/* The parameter of this name, of a pair in either order. */
static enum spiral_status find_parameter(const struct spiral_case *scenario, const char *name,
                                         struct spiral_case_parameter **found,
                                         struct spiral_error *error)
{
    struct spiral_parameter place;

    for (size_t i = 0; i < scenario->parameter_count; i++)
        if (strcmp(scenario->parameters[i].name, name) == 0) {
            *found = &scenario->parameters[i];
            return SPIRAL_OK;
        }

    /* the search only reads; what it finds is told apart by where it lies */
    const enum spiral_status status =
        spiral_parameter_find(&place, (struct spiral_scenario *)&scenario->scenario,
                              (struct spiral_constants *)&scenario->constants, name, error);

    for (size_t i = 0; i < scenario->parameter_count && status == SPIRAL_OK; i++)
        if (scenario->parameters[i].place.key == place.key) {
            *found = &scenario->parameters[i];
            return SPIRAL_OK;
        }

    return status != SPIRAL_OK
               ? status
               : spiral_error_set(error, SPIRAL_BAD_INPUT,
                                  "'%s' is not a parameter of a case: set the number at the "
                                  "start, or branch",
                                  name);
}

enum spiral_status spiral_case_get(const struct spiral_case *scenario, const char *name,
                                   double *value, struct spiral_error *error)
{
    struct spiral_case_parameter *parameter;
    const enum spiral_status status = find_parameter(scenario, name, &parameter, error);

    if (status == SPIRAL_OK)
        *value = parameter->place.value != NULL ? *parameter->place.value : parameter->factor;
    return status;
}

enum spiral_status spiral_case_set(struct spiral_case *scenario, const char *name, double value,
                                   struct spiral_error *error)
{
    struct spiral_case_parameter *parameter;
    const enum spiral_status status = find_parameter(scenario, name, &parameter, error);

    if (status != SPIRAL_OK)
        return status;

    const struct spiral_parameter *place = &parameter->place;
    if (!(value >= place->low && value <= place->high) && value != parameter->loaded)
        return spiral_error_set(error, SPIRAL_BAD_INPUT, "%s is %.10g; expected %.10g to %.10g",
                                name, value, place->low, place->high);
    spiral_parameter_put(place, &parameter->given, value);
    parameter->factor = value;
    spiral_constant_sets_follow(&scenario->posterior, &scenario->constants, parameter->name);

    return SPIRAL_OK;
}

enum spiral_status spiral_case_set_constants(struct spiral_case *scenario, const char *choice,
                                             struct spiral_error *error)
{
    struct spiral_constant_sets posterior;
    struct spiral_constants constants;
    const enum spiral_status status =
        spiral_constant_sets_choose(&posterior, &constants, choice, error);

    if (status != SPIRAL_OK)
        return status;

    spiral_constant_sets_clear(&scenario->posterior);
    scenario->posterior = posterior;
    scenario->constants = constants;

    return SPIRAL_OK;
}

size_t spiral_case_constant_set_count(const struct spiral_case *scenario)
{
    return scenario->posterior.count > 0 ? scenario->posterior.count : 1;
}

/* --- loading, copying, freeing ---------------------------------------------------------------- */

static struct spiral_case *create_case(void)
{
    struct spiral_case *scenario = calloc(1, sizeof *scenario);

    if (scenario == NULL)
        return NULL;
    scenario->scenario = spiral_scenario_defaults();
    scenario->loaded = spiral_scenario_defaults();
    scenario->constants = spiral_constants_defaults();
    scenario->options = spiral_plan_options_defaults();
    scenario->options.posterior = &scenario->posterior;

    return scenario;
}

void spiral_case_free(struct spiral_case *scenario)
{
    if (scenario == NULL)
        return;
    spiral_scenario_clear(&scenario->scenario);
    spiral_scenario_clear(&scenario->loaded);
    spiral_constant_sets_clear(&scenario->posterior);
    free(scenario->parameters);
    free(scenario);
}

/* Fills an empty case from a file, or from a text where there is one. */
static enum spiral_status fill_case(struct spiral_case *scenario, const char *text, size_t length,
                                    const char *name, struct spiral_diagnostics *diagnostics,
                                    struct spiral_error *error)
{
    enum spiral_status status;

    spiral_diagnostics_init(diagnostics);
    if (text == NULL)
        status = spiral_scenario_load(&scenario->scenario, name, diagnostics);
    else
        status = spiral_scenario_load_text(&scenario->scenario, text, length, name, diagnostics);

    if (status != SPIRAL_OK) {
        if (error != NULL)
            *error = diagnostics->errors[0];
        return status;
    }

    if (spiral_scenario_copy(&scenario->loaded, &scenario->scenario) != SPIRAL_OK ||
        list_parameters(scenario) != SPIRAL_OK)
        return report_no_memory(error);

    return spiral_case_set_constants(scenario, NULL, error);
}

static enum spiral_status load_case(const char *text, size_t length, const char *name,
                                    struct spiral_case **loaded, struct spiral_error *error)
{
    struct spiral_case *scenario = create_case();
    struct spiral_diagnostics *diagnostics = malloc(sizeof *diagnostics);
    enum spiral_status status;

    if (scenario == NULL || diagnostics == NULL)
        status = report_no_memory(error);
    else
        status = fill_case(scenario, text, length, name, diagnostics, error);

    free(diagnostics);

    if (status != SPIRAL_OK) {
        spiral_case_free(scenario);
        scenario = NULL;
    }
    *loaded = scenario;

    return status;
}

enum spiral_status spiral_case_load(const char *path_or_name, struct spiral_case **loaded,
                                    struct spiral_error *error)
{
    char path[4096];
    char advice[SPIRAL_CASE_ADVICE];

    spiral_case_file(path_or_name, path, sizeof path);

    const enum spiral_status status = load_case(NULL, 0, path, loaded, error);

    if (status == SPIRAL_IO && error != NULL && strchr(path_or_name, '/') == NULL) {
        spiral_case_advice(path_or_name, advice);
        const size_t length = strlen(error->message);
        snprintf(error->message + length, sizeof error->message - length, "; %s", advice);
    }

    return status;
}

size_t spiral_case_names(char (*names)[64], size_t capacity)
{
    return spiral_case_list(names, capacity);
}

enum spiral_status spiral_case_load_text(const char *text, size_t length, const char *name,
                                         struct spiral_case **loaded, struct spiral_error *error)
{
    return load_case(text, length, name, loaded, error);
}

enum spiral_status spiral_case_check_text(const char *text, size_t length, const char *name,
                                          struct spiral_error *errors, size_t capacity,
                                          size_t *count, struct spiral_error *error)
{
    struct spiral_diagnostics *diagnostics = malloc(sizeof *diagnostics);
    struct spiral_scenario scenario;

    *count = 0;
    if (diagnostics == NULL)
        return report_no_memory(error);

    spiral_diagnostics_init(diagnostics);
    const enum spiral_status status =
        spiral_scenario_load_text(&scenario, text, length, name, diagnostics);
    spiral_scenario_clear(&scenario);

    if (status != SPIRAL_NO_MEMORY) {
        *count = diagnostics->count + diagnostics->dropped;
        for (size_t i = 0; i < capacity && i < diagnostics->count; i++)
            errors[i] = diagnostics->errors[i];
    }

    free(diagnostics);

    return status == SPIRAL_NO_MEMORY ? report_no_memory(error) : SPIRAL_OK;
}

/* A case with this scenario and the rest of another. Takes the scenario over, also on failure. */
static enum spiral_status derive_case(const struct spiral_case *original,
                                      struct spiral_scenario *scenario,
                                      struct spiral_case **derived, struct spiral_error *error)
{
    struct spiral_case *copy = create_case();

    *derived = NULL;

    if (copy == NULL) {
        spiral_scenario_clear(scenario);
        return report_no_memory(error);
    }

    copy->scenario = *scenario;
    copy->constants = original->constants;
    copy->options = original->options;
    copy->options.posterior = &copy->posterior;

    if (spiral_constant_sets_copy(&copy->posterior, &original->posterior) != SPIRAL_OK ||
        spiral_scenario_copy(&copy->loaded, &original->loaded) != SPIRAL_OK ||
        list_parameters(copy) != SPIRAL_OK) {
        spiral_case_free(copy);
        return report_no_memory(error);
    }

    *derived = copy;

    return SPIRAL_OK;
}

/* What was set before is also known of a copy: constants, facts and doctrines come in the same
 * order in both; acts may differ. */
static void copy_settings(struct spiral_case *copy, const struct spiral_case *original,
                          bool same_acts)
{
    for (size_t i = 0; i < copy->parameter_count && i < original->parameter_count; i++) {
        struct spiral_case_parameter *parameter = &copy->parameters[i];
        const bool of_act = strncmp(original->parameters[i].name, "move.", 5) == 0;

        if (of_act && !same_acts)
            break;
        memcpy(parameter->name, original->parameters[i].name, sizeof parameter->name);
        parameter->loaded = original->parameters[i].loaded;
        parameter->factor = original->parameters[i].factor;
    }
}

enum spiral_status spiral_case_copy(const struct spiral_case *original, struct spiral_case **copy,
                                    struct spiral_error *error)
{
    struct spiral_scenario scenario;

    *copy = NULL;
    if (spiral_scenario_copy(&scenario, &original->scenario) != SPIRAL_OK)
        return report_no_memory(error);

    const enum spiral_status status = derive_case(original, &scenario, copy, error);

    if (status == SPIRAL_OK)
        copy_settings(*copy, original, true);

    return status;
}

enum spiral_status spiral_case_branch(const struct spiral_case *original, const char *what_if,
                                      struct spiral_case **branch, struct spiral_error *error)
{
    struct spiral_branch parsed;
    struct spiral_scenario scenario;
    enum spiral_status status = spiral_branch_parse(&parsed, what_if, &original->scenario, error);

    *branch = NULL;
    if (status != SPIRAL_OK)
        return status;
    if (spiral_branch_apply(&scenario, &original->scenario, &parsed, false) != SPIRAL_OK)
        return report_no_memory(error);

    status = derive_case(original, &scenario, branch, error);
    if (status == SPIRAL_OK)
        copy_settings(*branch, original, false);

    return status;
}

/* --- reading ---------------------------------------------------------------------------------- */

const char *spiral_case_name(const struct spiral_case *scenario) { return scenario->scenario.name; }

const char *spiral_case_title(const struct spiral_case *scenario, const char *language)
{
    return spiral_text_get(&scenario->scenario.title, language);
}

const char *spiral_case_summary(const struct spiral_case *scenario, const char *language)
{
    return spiral_text_get(&scenario->scenario.summary, language);
}

size_t spiral_case_state_count(const struct spiral_case *scenario)
{
    return scenario->scenario.state_count;
}

const char *spiral_case_state_id(const struct spiral_case *scenario, size_t state)
{
    return state < scenario->scenario.state_count ? scenario->scenario.states[state].id : NULL;
}

const char *spiral_case_state_name(const struct spiral_case *scenario, size_t state,
                                   const char *language)
{
    return state < scenario->scenario.state_count
               ? spiral_text_get(&scenario->scenario.states[state].name, language)
               : NULL;
}

const char *spiral_case_state_role(const struct spiral_case *scenario, size_t state)
{
    return state < scenario->scenario.state_count
               ? spiral_role_names[scenario->scenario.states[state].role]
               : NULL;
}

size_t spiral_case_rival_count(const struct spiral_case *scenario)
{
    size_t count = 0;
    for (size_t i = 0; i < scenario->scenario.state_count; i++)
        count += scenario->scenario.states[i].role == SPIRAL_NEIGHBOUR;
    return count;
}

int spiral_case_rival(const struct spiral_case *scenario, size_t rival)
{
    for (size_t i = 0; i < scenario->scenario.state_count; i++)
        if (scenario->scenario.states[i].role == SPIRAL_NEIGHBOUR && rival-- == 0)
            return (int)i;
    return -1;
}

size_t spiral_case_act_count(const struct spiral_case *scenario)
{
    return scenario->scenario.entry_count;
}

enum spiral_status spiral_case_act(const struct spiral_case *scenario, size_t index,
                                   struct spiral_act *act, struct spiral_error *error)
{
    static const char *const kinds[] = {[SPIRAL_ENTRY_MOVE] = "move",
                                        [SPIRAL_ENTRY_DOCTRINE] = "doctrine",
                                        [SPIRAL_ENTRY_GREED] = "greed",
                                        [SPIRAL_ENTRY_RESOLVE] = "resolve"};
    const enum spiral_status status =
        spiral_check_index("act", index, scenario->scenario.entry_count, error);

    if (status != SPIRAL_OK)
        return status;

    const struct spiral_entry *entry = &scenario->scenario.entries[index];
    *act = (struct spiral_act){.date = entry->date,
                               .kind = kinds[entry->kind],
                               .name = kinds[entry->kind],
                               .actor = scenario->scenario.states[entry->actor].id,
                               .target = entry->target >= 0
                                             ? scenario->scenario.states[entry->target].id
                                             : "",
                               .value = entry->value,
                               .caption_en = spiral_text_get(&entry->caption, "en"),
                               .caption_zh = spiral_text_get(&entry->caption, "zh"),
                               .source = entry->source != NULL ? entry->source : ""};

    if (entry->kind == SPIRAL_ENTRY_MOVE) {
        act->name = spiral_moves[entry->move].name;
        act->value = entry->weight;
    } else if (entry->kind == SPIRAL_ENTRY_DOCTRINE) {
        act->name = entry->doctrine_name;
        act->value = 0.0;
    }

    return SPIRAL_OK;
}

/* --- how it is run ---------------------------------------------------------------------------- */

enum spiral_status spiral_case_set_modes(struct spiral_case *scenario, unsigned modes,
                                         struct spiral_error *error)
{
    if ((modes & ~(unsigned)(SPIRAL_FREE_RUNNING | SPIRAL_WAR_ENDS | SPIRAL_ASSIMILATE)) != 0)
        return spiral_error_set(error, SPIRAL_BAD_INPUT, "unknown mode in %#x", modes);
    scenario->options.free_running = (modes & SPIRAL_FREE_RUNNING) != 0;
    scenario->options.war_ends = (modes & SPIRAL_WAR_ENDS) != 0;
    scenario->options.assimilate = (modes & SPIRAL_ASSIMILATE) != 0;

    return SPIRAL_OK;
}

enum spiral_status spiral_case_set_step(struct spiral_case *scenario, double years,
                                        struct spiral_error *error)
{
    if (!(years >= 0.0 && years <= 1.0))
        return spiral_error_set(error, SPIRAL_BAD_INPUT,
                                "a step of %.10g years; expected more than 0, at most 1", years);
    scenario->options.dt = years;

    return SPIRAL_OK;
}

enum spiral_status spiral_case_set_end(struct spiral_case *scenario, double date,
                                       struct spiral_error *error)
{
    if (date != 0.0 && !(date > scenario->scenario.start && date < 1e5))
        return spiral_error_set(error, SPIRAL_BAD_INPUT,
                                "the end %.10g is not after the start, %.10g", date,
                                scenario->scenario.start);
    scenario->options.until = date;

    return SPIRAL_OK;
}

double spiral_case_start(const struct spiral_case *scenario) { return scenario->scenario.start; }

double spiral_case_end(const struct spiral_case *scenario)
{
    return scenario->options.until > 0.0 ? scenario->options.until : scenario->scenario.end;
}

size_t spiral_case_step_count(const struct spiral_case *scenario)
{
    const double dt = scenario->options.dt > 0.0 ? scenario->options.dt : scenario->scenario.dt;
    const long steps = spiral_step_count(scenario->scenario.start, spiral_case_end(scenario), dt);

    return steps > 0 ? (size_t)steps : 0;
}

enum spiral_status spiral_case_plan(const struct spiral_case *scenario, struct spiral_plan **plan,
                                    struct spiral_error *error)
{
    return spiral_plan_create(plan, &scenario->scenario, &scenario->constants, &scenario->options,
                              error);
}
