/* SPDX-License-Identifier: MIT */
#include "tools/experiment/experiment.h"

#include <stdlib.h>
#include <string.h>

struct spiral_experiment spiral_experiment_defaults(void)
{
    struct spiral_experiment experiment;

    memset(&experiment, 0, sizeof experiment);
    experiment.replicates = 64;
    experiment.seed = 1;
    experiment.run = spiral_plan_options_defaults();
    experiment.stop.outcome = -1;
    experiment.kept[SPIRAL_OUTCOME_war] = experiment.kept[SPIRAL_OUTCOME_force] =
        experiment.kept[SPIRAL_OUTCOME_highest] = true;

    return experiment;
}

void spiral_experiment_clear(struct spiral_experiment *experiment)
{
    for (size_t c = 0; c < experiment->case_count; c++) {
        free(experiment->cases[c].given);
        free(experiment->cases[c].text);
        spiral_scenario_clear(&experiment->cases[c].scenario);
    }

    for (size_t a = 0; a < experiment->axis_count; a++) {
        free(experiment->axes[a].values);
        free(experiment->axes[a].weights);
    }
    for (size_t p = 0; p < experiment->policy_count; p++)
        spiral_policy_clear(&experiment->policies[p]);

    for (size_t o = 0; o < experiment->own_count; o++) {
        free(experiment->own[o].expression);
        free(experiment->own[o].label_en);
        free(experiment->own[o].label_zh);
    }

    free(experiment->own);
    free(experiment->cases);
    free(experiment->policies);
    free(experiment->axes);
    free(experiment->settings);
    free((double *)experiment->design.list);
    free(experiment->list_file);
    free(experiment->constants);
    free(experiment->sets_text);
    spiral_constant_sets_clear(&experiment->sets);
    *experiment = spiral_experiment_defaults();
}

uint64_t spiral_experiment_most_replicates(const struct spiral_experiment *experiment)
{
    return experiment->stop.outcome >= 0 ? experiment->stop.replicates : experiment->replicates;
}

/* The end of the state's name or role that begins at `text`. */
static const char *end_of_state(const char *text) { return text + strcspn(text, ".-"); }

/* Appends to `resolved` the state that [from, to) names: an id as it is, a role as the first
 * state that has it. */
static enum spiral_status append_state(const struct spiral_scenario *scenario, const char *name,
                                       const char *from, const char *to, char *resolved,
                                       struct spiral_error *error)
{
    char word[SPIRAL_NAME_SIZE];

    snprintf(word, sizeof word, "%.*s", (int)(to - from), from);

    const char *id = word;

    for (int r = 0; r < SPIRAL_ROLES && spiral_scenario_find_state(scenario, word) < 0; r++) {
        if (strcmp(word, spiral_role_names[r]) != 0)
            continue;
        id = NULL;
        for (size_t i = scenario->state_count; i-- > 0;)
            if ((int)scenario->states[i].role == r)
                id = scenario->states[i].id;

        if (id == NULL)
            return spiral_error_set(error, SPIRAL_BAD_INPUT,
                                    "'%s' has no meaning here: no state has the role %s", name,
                                    word);
        break;
    }

    const size_t length = strlen(resolved);

    snprintf(resolved + length, SPIRAL_NAME_SIZE - length, "%s", id);

    return SPIRAL_OK;
}

enum spiral_status spiral_experiment_resolve(const struct spiral_scenario *scenario,
                                             const char *name, char resolved[SPIRAL_NAME_SIZE],
                                             struct spiral_error *error)
{
    const char *from = name;

    resolved[0] = '\0';

    if (strncmp(name, "k.", 2) == 0 || strncmp(name, "move.", 5) == 0) {
        snprintf(resolved, SPIRAL_NAME_SIZE, "%s", name);
        return SPIRAL_OK;
    }

    if (strncmp(name, "doctrine.", 9) == 0) {
        strcpy(resolved, "doctrine.");
        from += 9;
    }

    const char *to = end_of_state(from);
    enum spiral_status status = append_state(scenario, name, from, to, resolved, error);

    if (status == SPIRAL_OK && *to == '-') {
        strncat(resolved, "-", SPIRAL_NAME_SIZE - 1 - strlen(resolved));
        from = to + 1;
        to = end_of_state(from);
        status = append_state(scenario, name, from, to, resolved, error);
    }

    strncat(resolved, to, SPIRAL_NAME_SIZE - 1 - strlen(resolved));

    return status;
}

enum spiral_status spiral_experiment_find(struct spiral_parameter *place,
                                          struct spiral_scenario *scenario,
                                          struct spiral_constants *constants, const char *name,
                                          struct spiral_error *error)
{
    char resolved[SPIRAL_NAME_SIZE];
    const enum spiral_status status = spiral_experiment_resolve(scenario, name, resolved, error);

    if (status != SPIRAL_OK)
        return status;

    return spiral_parameter_find(place, scenario, constants, resolved, error);
}

enum spiral_status spiral_experiment_title(const struct spiral_experiment *experiment,
                                           const struct spiral_axis *axis,
                                           struct spiral_axis_title *title,
                                           struct spiral_error *error)
{
    struct spiral_constants constants = spiral_constants_defaults();
    struct spiral_parameter place;
    const enum spiral_status status = spiral_experiment_find(&place, &experiment->cases[0].scenario,
                                                             &constants, axis->name, error);

    if (status == SPIRAL_OK) {
        title->unit = place.field->unit;
        spiral_axis_label(title->en, place.field->label_en, axis->name, false);
        spiral_axis_label(title->zh, place.field->label_zh, axis->name, true);
    }

    return status;
}
