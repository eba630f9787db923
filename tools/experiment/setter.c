/* SPDX-License-Identifier: MIT */
#include "tools/experiment/setter.h"

#include <stdlib.h>
#include <string.h>

/* Copies a scenario, finds the axes' places in it, and sets what the experiment sets. All names
 * are found first: a date that is set renames moves. */
static enum spiral_status set_up(struct spiral_scenario *scenario,
                                 struct spiral_constants *constants,
                                 struct spiral_parameter *places,
                                 const struct spiral_experiment *experiment,
                                 const struct spiral_scenario *original, struct spiral_error *error)
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

enum spiral_status spiral_setter_init(struct spiral_setter *bench,
                                      const struct spiral_experiment *experiment,
                                      const struct spiral_scenario *original,
                                      struct spiral_error *error)
{
    memset(bench, 0, sizeof *bench);
    bench->scenario = bench->given = spiral_scenario_defaults();
    bench->axis_count = experiment->axis_count;
    bench->places = calloc(experiment->axis_count + 1, sizeof *bench->places);
    bench->given_places = calloc(experiment->axis_count + 1, sizeof *bench->given_places);
    if (bench->places == NULL || bench->given_places == NULL)
        return spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for %zu axes",
                                experiment->axis_count);

    const enum spiral_status status =
        set_up(&bench->scenario, &bench->constants, bench->places, experiment, original, error);

    return status != SPIRAL_OK ? status
                               : set_up(&bench->given, &bench->given_constants, bench->given_places,
                                        experiment, original, error);
}

void spiral_setter_clear(struct spiral_setter *bench)
{
    spiral_scenario_clear(&bench->scenario);
    spiral_scenario_clear(&bench->given);
    free(bench->places);
    free(bench->given_places);
    memset(bench, 0, sizeof *bench);
}

enum spiral_status spiral_setter_plan(struct spiral_setter *bench, const double *values,
                                      const struct spiral_plan_options *options,
                                      struct spiral_plan **plan, struct spiral_error *error)
{
    if (values == NULL)
        return spiral_plan_create(plan, &bench->given, &bench->given_constants, options, error);
    for (size_t a = 0; a < bench->axis_count; a++)
        spiral_parameter_put(&bench->places[a], &bench->given_places[a], values[a]);
    return spiral_plan_create(plan, &bench->scenario, &bench->constants, options, error);
}
