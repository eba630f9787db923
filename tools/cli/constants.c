/* SPDX-License-Identifier: MIT */
#include "tools/cli/constants.h"

#include <stdlib.h>
#include <string.h>

#include "scenarios/loader/yaml/whole_input.h"
#include "tools/cli/command.h"

/* A table that is not there is bad input, as a scenario is. */
static int exit_status_of(enum spiral_status status)
{
    return status == SPIRAL_IO ? SPIRAL_EXIT_BAD_INPUT : spiral_exit_status(status);
}

int spiral_constants_choose(struct spiral_constant_sets *posterior,
                            struct spiral_constants *constants, const char *choice)
{
    struct spiral_error error = {.status = SPIRAL_OK};

    const enum spiral_status status =
        spiral_constant_sets_choose(posterior, constants, choice, &error);

    if (status == SPIRAL_OK)
        return SPIRAL_EXIT_OK;
    spiral_complain_error(&error);

    return exit_status_of(status);
}

int spiral_constants_choose_text(struct spiral_constants *constants, const char *choice,
                                 char **table)
{
    struct spiral_error error = {.status = SPIRAL_OK};
    struct spiral_constant_sets sets = {.count = 0};
    const char *name = spiral_whole_input_name(choice);
    size_t length = 0;

    *table = NULL;
    *constants = spiral_constants_defaults();
    if (strcmp(choice, "point") == 0)
        return SPIRAL_EXIT_OK;

    enum spiral_status status = spiral_whole_input_read(choice, table, &length, &error);

    if (status != SPIRAL_OK) {
        spiral_complain("%s: %s", name, error.message);
        return exit_status_of(status);
    }

    status = spiral_constant_sets_choose_text(&sets, constants, *table, length, name, &error);

    if (sets.count == 0) { /* one set, or an error */
        free(*table);
        *table = NULL;
    }
    spiral_constant_sets_clear(&sets);

    return status == SPIRAL_OK ? SPIRAL_EXIT_OK : spiral_complain_error(&error);
}

int spiral_constants_apply(struct spiral_constant_sets *posterior,
                           struct spiral_constants *constants, struct spiral_scenario *scenario,
                           const struct spiral_option_list *settings)
{
    const int exit_status = spiral_settings_apply(scenario, constants, settings);

    for (size_t i = 0; i < settings->count && exit_status == SPIRAL_EXIT_OK; i++) {
        char name[SPIRAL_SETTING_NAME] = "";
        const size_t length = strcspn(settings->items[i], "=");

        memcpy(name, settings->items[i], length < sizeof name ? length : sizeof name - 1);
        spiral_constant_sets_follow(posterior, constants, name);
    }

    return exit_status;
}

int spiral_constants_prepare(struct spiral_constant_sets *posterior,
                             struct spiral_constants *constants, const char *choice,
                             struct spiral_scenario *scenario,
                             const struct spiral_option_list *settings)
{
    const int exit_status = spiral_constants_choose(posterior, constants, choice);

    return exit_status == SPIRAL_EXIT_OK
               ? spiral_constants_apply(posterior, constants, scenario, settings)
               : exit_status;
}
