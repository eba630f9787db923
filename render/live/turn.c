/* SPDX-License-Identifier: MIT
 *
 * A change of doctrine, act by act: which later acts fall with the old course, and which stay.
 */
#include <stdlib.h>
#include <string.h>

#include "render/live/session_parts.h"

/* The scenario as it would be without the choice, into the turn. */
static enum spiral_status compile_without(struct spiral_session_turn *turn,
                                          const struct spiral_session *session,
                                          const struct spiral_choice *choice,
                                          struct spiral_error *error)
{
    struct spiral_choice *kept = malloc((session->choice_count + 1) * sizeof *kept);
    struct spiral_constants constants;
    struct spiral_shared_plan *plan = NULL;

    if (kept == NULL)
        return spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for a choice");

    const size_t count = spiral_session_kept_choices(session, choice, kept);
    const enum spiral_status status =
        spiral_session_compile(session, kept, count, &turn->scenario, &constants, &plan, error);

    spiral_shared_plan_release(plan);
    free(kept);

    return status;
}

/* The branch that the choice is. */
static struct spiral_branch branch_of(const struct spiral_choice *choice)
{
    struct spiral_branch branch = {.state = choice->actor, .rule = SPIRAL_BRANCH_COURSE};

    strncat(branch.doctrine, choice->doctrine->name, sizeof branch.doctrine - 1);
    spiral_date_parse(choice->date_text, &branch.date);

    return branch;
}

enum spiral_status spiral_session_turn_begin(struct spiral_session_turn *turn,
                                             const struct spiral_session *session, int state,
                                             const char *doctrine, struct spiral_error *error)
{
    struct spiral_choice choice;

    *turn = (struct spiral_session_turn){.scenario = spiral_scenario_defaults()};

    enum spiral_status status =
        spiral_session_doctrine_choice(session, state, doctrine, &choice, error);

    if (status == SPIRAL_OK)
        status = compile_without(turn, session, &choice, error);
    if (status != SPIRAL_OK)
        return status;

    const struct spiral_branch branch = branch_of(&choice);

    turn->state = state;
    turn->doctrine = choice.doctrine;
    turn->acts = calloc(turn->scenario.entry_count + 1, sizeof *turn->acts);
    if (turn->acts == NULL)
        return spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for the acts");
    turn->count = spiral_branch_acts(&turn->scenario, &branch, turn->acts);

    return SPIRAL_OK;
}

enum spiral_status spiral_session_turn_take(const struct spiral_session_turn *turn,
                                            struct spiral_session *session,
                                            struct spiral_error *error)
{
    struct spiral_choice choice;
    uint64_t exceptions[SPIRAL_CHOICE_EXCEPTIONS];
    size_t count = 0;
    const enum spiral_status status =
        spiral_session_doctrine_choice(session, turn->state, turn->doctrine->name, &choice, error);

    if (status != SPIRAL_OK)
        return status;

    const struct spiral_branch branch = branch_of(&choice);

    for (size_t a = 0; a < turn->count; a++) {
        const struct spiral_entry *entry = &turn->scenario.entries[turn->acts[a].entry];

        if (turn->acts[a].falls ==
            spiral_edit_falls(&turn->scenario, entry, turn->state, turn->doctrine, branch.date))
            continue;
        if (count == SPIRAL_CHOICE_EXCEPTIONS)
            return spiral_error_set(error, SPIRAL_BAD_INPUT,
                                    "more than %d acts differ from the rule",
                                    SPIRAL_CHOICE_EXCEPTIONS);
        exceptions[count++] = spiral_session_act_key(entry);
    }

    return spiral_session_set_doctrine_but(session, turn->state, turn->doctrine->name, exceptions,
                                           count, error);
}

void spiral_session_turn_clear(struct spiral_session_turn *turn)
{
    spiral_scenario_clear(&turn->scenario);
    free(turn->acts);
    *turn = (struct spiral_session_turn){.scenario = spiral_scenario_defaults()};
}
