/* SPDX-License-Identifier: MIT */
#include "tools/experiment/setter.h"

#include <stdlib.h>
#include <string.h>

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

enum spiral_status spiral_setter_init(struct spiral_setter *setter,
                                      const struct spiral_experiment *experiment,
                                      const struct spiral_scenario *original,
                                      struct spiral_error *error)
{
    memset(setter, 0, sizeof *setter);
    setter->scenario = setter->given = spiral_scenario_defaults();
    setter->axis_count = experiment->axis_count;
    setter->places = calloc(experiment->axis_count + 1, sizeof *setter->places);
    setter->given_places = calloc(experiment->axis_count + 1, sizeof *setter->given_places);
    if (setter->places == NULL || setter->given_places == NULL)
        return spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for %zu axes",
                                experiment->axis_count);

    const enum spiral_status status = copy_and_set(&setter->scenario, &setter->constants,
                                                   setter->places, experiment, original, error);

    if (status != SPIRAL_OK)
        return status;

    return copy_and_set(&setter->given, &setter->given_constants, setter->given_places, experiment,
                        original, error);
}

void spiral_setter_clear(struct spiral_setter *setter)
{
    spiral_scenario_clear(&setter->scenario);
    spiral_scenario_clear(&setter->given);
    free(setter->places);
    free(setter->given_places);
    memset(setter, 0, sizeof *setter);
}

enum spiral_status spiral_setter_plan(struct spiral_setter *setter, const double *values,
                                      const struct spiral_plan_options *options,
                                      struct spiral_plan **plan, struct spiral_error *error)
{
    if (values == NULL)
        return spiral_plan_create(plan, &setter->given, &setter->given_constants, options, error);
    for (size_t a = 0; a < setter->axis_count; a++)
        spiral_parameter_put(&setter->places[a], &setter->given_places[a], values[a]);
    return spiral_plan_create(plan, &setter->scenario, &setter->constants, options, error);
}
