/* SPDX-License-Identifier: MIT */
#include "tools/spiral/choice_request.h"

#include <stdlib.h>
#include <string.h>

#include "tools/cli/constants.h"
#include "tools/fit/fit.h"
#include "tools/spiral/commands.h"

/* What worlds differ in where nothing is said. */
static void vary_by_default(struct spiral_option_list *vary, const struct spiral_scenario *scenario,
                            bool constants)
{
    bool patron = false;

    for (size_t i = 0; i < scenario->state_count; i++)
        patron = patron || scenario->states[i].role == SPIRAL_OFFSHORE;

    vary->items[vary->count++] = "neighbour.greed=0:1";
    if (patron)
        vary->items[vary->count++] = "offshore.resolve=0:1";
    for (size_t i = 0; spiral_fit_axes[i] != NULL && constants; i++)
        vary->items[vary->count++] = spiral_fit_axes[i];
}

int spiral_choice_experiment(struct spiral_experiment *experiment,
                             struct spiral_constant_sets *sets,
                             const struct spiral_sweep_request *request, const char *constants,
                             char *scenario, const char *command)
{
    struct spiral_sweep_request complete = *request; /* worlds have their sets by themselves */
    struct spiral_constants point = spiral_constants_defaults();
    struct spiral_scenario loaded;
    char *text = NULL;

    complete.sets = "point";
    *experiment = spiral_experiment_defaults();

    int exit_status = spiral_load_with_text(&loaded, scenario, &text);

    if (exit_status == SPIRAL_EXIT_OK)
        exit_status = spiral_constants_choose(sets, &point, constants);

    /* One set from a file holds in all worlds, but for what --set and --vary name. */
    const bool is_file = constants != NULL && strcmp(constants, "point") != 0;

    complete.constants = &point;
    if (exit_status == SPIRAL_EXIT_OK && complete.vary.count == 0)
        vary_by_default(&complete.vary, &loaded, sets->count == 0 && !is_file);
    spiral_scenario_clear(&loaded);

    if (exit_status == SPIRAL_EXIT_OK) {
        const struct spiral_experiment_given given = {.case_count = 1, .case_texts = &text};

        exit_status =
            spiral_sweep_request_load(experiment, &complete, &scenario, 1, &given, command);
    }

    free(text);

    return exit_status;
}
