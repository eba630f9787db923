/* SPDX-License-Identifier: MIT */
#include "tools/experiment/setter.h"

#include <stdlib.h>
#include <string.h>

#include "scenarios/loader/constant_sets.h"

/* Copies a scenario, finds the axes' parameters in it, and sets what the experiment sets. All names
 * are looked up first, because setting a date renames moves. */
static enum spiral_status copy_and_set(struct spiral_scenario *scenario,
                                       struct spiral_constants *constants,
                                       struct spiral_parameter *places,
                                       const struct spiral_experiment *experiment,
                                       const struct spiral_scenario *original,
                                       struct spiral_error *error)
{
    struct spiral_parameter *settings = calloc(experiment->setting_count + 1, sizeof *settings);

    *constants = spiral_constants_defaults();

    enum spiral_status status = spiral_scenario_copy(scenario, original);

    if (status != SPIRAL_OK || settings == NULL) {
        free(settings);
        return spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for a copy of %s",
                                original->name);
    }

    for (size_t a = 0; a < experiment->axis_count && status == SPIRAL_OK; a++)
        status = spiral_experiment_find(&places[a], scenario, constants, experiment->axes[a].name,
                                        error);
    for (size_t s = 0; s < experiment->setting_count && status == SPIRAL_OK; s++)
        status = spiral_experiment_find(&settings[s], scenario, constants,
                                        experiment->settings[s].name, error);
    for (size_t s = 0; s < experiment->setting_count && status == SPIRAL_OK; s++)
        spiral_parameter_put(&settings[s], &settings[s], experiment->settings[s].value);

    free(settings);

    return status;
}

/* Copies the sets that replicates can have, and puts what the experiment sets into each. */
static enum spiral_status copy_sets(struct spiral_constant_sets *copy,
                                    const struct spiral_experiment *experiment,
                                    const struct spiral_constants *constants)
{
    const uint64_t replicates = spiral_experiment_most_replicates(experiment);
    struct spiral_constant_sets used = experiment->sets;

    if (used.count > replicates)
        used.count = (size_t)replicates;

    const enum spiral_status status = spiral_constant_sets_copy(copy, &used);

    for (size_t s = 0; s < experiment->setting_count && status == SPIRAL_OK; s++)
        spiral_constant_sets_follow(copy, constants, experiment->settings[s].name);
    return status;
}

enum spiral_status spiral_setter_init(struct spiral_setter *setter,
                                      const struct spiral_experiment *experiment,
                                      const struct spiral_scenario *original,
                                      struct spiral_error *error)
{
    memset(setter, 0, sizeof *setter);
    setter->scenario = setter->given = spiral_scenario_defaults();
    setter->axes = experiment->axes;
    setter->axis_count = experiment->axis_count;
    setter->places = calloc(experiment->axis_count + 1, sizeof *setter->places);
    setter->given_places = calloc(experiment->axis_count + 1, sizeof *setter->given_places);
    if (setter->places == NULL || setter->given_places == NULL)
        return spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for %zu axes",
                                experiment->axis_count);

    enum spiral_status status = copy_and_set(&setter->scenario, &setter->constants, setter->places,
                                             experiment, original, error);

    if (status == SPIRAL_OK)
        status = copy_and_set(&setter->given, &setter->given_constants, setter->given_places,
                              experiment, original, error);
    if (status != SPIRAL_OK)
        return status;

    status = copy_sets(&setter->sets, experiment, &setter->given_constants);
    if (status == SPIRAL_OK)
        status = copy_sets(&setter->given_sets, experiment, &setter->given_constants);
    return status == SPIRAL_OK
               ? status
               : spiral_error_set(error, status, "no memory for %zu sets of constants",
                                  experiment->sets.count);
}

void spiral_setter_clear(struct spiral_setter *setter)
{
    spiral_scenario_clear(&setter->scenario);
    spiral_scenario_clear(&setter->given);
    spiral_constant_sets_clear(&setter->sets);
    spiral_constant_sets_clear(&setter->given_sets);
    free(setter->places);
    free(setter->given_places);
    memset(setter, 0, sizeof *setter);
}

enum spiral_status spiral_setter_plan(struct spiral_setter *setter, const double *values,
                                      const struct spiral_plan_options *options,
                                      struct spiral_plan **plan, struct spiral_error *error)
{
    struct spiral_plan_options spread = *options;

    if (setter->sets.count > 0)
        spread.posterior = values == NULL ? &setter->given_sets : &setter->sets;
    if (values == NULL)
        return spiral_plan_create(plan, &setter->given, &setter->given_constants, &spread, error);

    for (size_t a = 0; a < setter->axis_count; a++) {
        spiral_parameter_put(&setter->places[a], &setter->given_places[a], values[a]);
        if (setter->sets.count > 0)
            spiral_constant_sets_follow(&setter->sets, &setter->constants, setter->axes[a].name);
    }

    return spiral_plan_create(plan, &setter->scenario, &setter->constants, &spread, error);
}
