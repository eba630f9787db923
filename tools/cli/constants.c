/* SPDX-License-Identifier: MIT */
#include "tools/cli/constants.h"

#include <string.h>

#include "tools/cli/command.h"

int spiral_constants_prepare(struct spiral_constant_sets *posterior,
                             struct spiral_constants *constants, const char *choice,
                             struct spiral_scenario *scenario,
                             const struct spiral_option_list *settings)
{
    struct spiral_error error;

    if (spiral_constant_sets_choose(posterior, constants, choice, &error) != SPIRAL_OK)
        return spiral_complain_error(&error);

    const int exit_status = spiral_settings_apply(scenario, constants, settings);

    for (size_t i = 0; i < settings->count && exit_status == SPIRAL_EXIT_OK; i++) {
        char name[SPIRAL_SETTING_NAME] = "";
        const size_t length = strcspn(settings->items[i], "=");

        memcpy(name, settings->items[i], length < sizeof name ? length : sizeof name - 1);
        spiral_constant_sets_follow(posterior, constants, name);
    }

    return exit_status;
}
