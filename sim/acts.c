/* SPDX-License-Identifier: MIT */
#include "sim/acts.h"

#include <stdio.h>

#include "sim/tables.h"

static const char *id_of(const struct spiral_scenario *scenario, int state)
{
    return scenario->states[state].id;
}

void spiral_act_text(const struct spiral_scenario *scenario, size_t entry,
                     char text[SPIRAL_ACT_TEXT])
{
    const struct spiral_entry *act = &scenario->entries[entry];
    const char *actor = id_of(scenario, act->actor);

    switch (act->kind) {
    case SPIRAL_ENTRY_DOCTRINE:
        snprintf(text, SPIRAL_ACT_TEXT, "%s turns to %s", actor, act->doctrine_name);
        break;
    case SPIRAL_ENTRY_GREED:
        snprintf(text, SPIRAL_ACT_TEXT, "%s: greed %.2f", actor, act->value);
        break;
    case SPIRAL_ENTRY_RESOLVE:
        snprintf(text, SPIRAL_ACT_TEXT, "%s: resolve %.2f", actor, act->value);
        break;
    default:
        snprintf(text, SPIRAL_ACT_TEXT, "%s: %s%s%s", actor, spiral_moves[act->move].name,
                 act->target >= 0 ? ", " : "",
                 act->target >= 0 ? id_of(scenario, act->target) : "");
    }
}
