/* SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include "scenarios/loader/case_file.h"
#include "scenarios/loader/lesson.h"
#include "scenarios/loader/scenario_load.h"
#include "sim/parameter.h"
#include "tools/cli/command.h"
#include "tools/experiment/experiment.h"
#include "tools/store/store.h"

/* Whether a file is something else that a user may mistake for a scenario; complains. */
static bool is_mistaken_file(const char *path)
{
    if (spiral_store_is(path))
        spiral_complain("%s is a store of an experiment; expected a scenario. `spiral analyse`, "
                        "`export`, `report` and `chart sensitivity` read stores",
                        path);
    else if (spiral_experiment_is(path))
        spiral_complain(
            "%s is an experiment; expected a scenario. `spiral sweep %s --store FILE` runs it",
            path, path);
    else if (spiral_lesson_is(path))
        spiral_complain("%s is a lesson; expected a scenario. `spiral view --lesson %s` opens it",
                        path, path);
    else
        return false;

    return true;
}

int spiral_load(struct spiral_scenario *scenario, const char *path_or_name)
{
    char path[4096];
    char advice[SPIRAL_CASE_ADVICE];
    struct spiral_diagnostics *diagnostics = malloc(sizeof *diagnostics);

    *scenario = spiral_scenario_defaults();

    if (diagnostics == NULL) {
        spiral_complain("out of memory");
        return SPIRAL_EXIT_FAILED;
    }

    spiral_diagnostics_init(diagnostics);
    spiral_case_file(path_or_name, path, sizeof path);

    const enum spiral_status status = is_mistaken_file(path)
                                          ? SPIRAL_BAD_INPUT
                                          : spiral_scenario_load(scenario, path, diagnostics);

    spiral_diagnostics_print(diagnostics, stderr);

    if (status == SPIRAL_IO) {
        spiral_case_advice(path_or_name, advice);
        spiral_complain("%s", advice);
    }

    free(diagnostics);

    return status == SPIRAL_OK          ? SPIRAL_EXIT_OK
           : status == SPIRAL_NO_MEMORY ? SPIRAL_EXIT_FAILED
                                        : SPIRAL_EXIT_BAD_INPUT;
}

int spiral_setting_apply(struct spiral_scenario *scenario, struct spiral_constants *constants,
                         const char *argument)
{
    struct spiral_error error;
    char name[SPIRAL_SETTING_NAME];
    double value;

    if (!spiral_option_setting("set", argument, name, &value))
        return SPIRAL_EXIT_BAD_INPUT;

    return spiral_parameter_set(scenario, constants, name, value, &error) == SPIRAL_OK
               ? SPIRAL_EXIT_OK
               : spiral_complain_error(&error);
}

int spiral_settings_apply(struct spiral_scenario *scenario, struct spiral_constants *constants,
                          const struct spiral_option_list *settings)
{
    int exit_status = SPIRAL_EXIT_OK;
    for (size_t i = 0; i < settings->count && exit_status == SPIRAL_EXIT_OK; i++)
        exit_status = spiral_setting_apply(scenario, constants, settings->items[i]);
    return exit_status;
}
