/* SPDX-License-Identifier: MIT */
#include "sim/branch.h"

#include <string.h>

#include "sim/names.h"

/* Copies the characters from `text` to `end`; false where there are none, or they do not fit. */
static bool copy_part(char *part, size_t size, const char *text, const char *end)
{
    const size_t length = end == NULL ? 0 : (size_t)(end - text);

    if (length == 0 || length >= size)
        return false;
    memcpy(part, text, length);
    part[length] = '\0';

    return true;
}

static enum spiral_status report_unknown(struct spiral_error *error, const char *what,
                                         const char *name, const char *text,
                                         struct spiral_names names)
{
    const char *nearest = spiral_names_nearest(names, name);

    return spiral_error_set(error, SPIRAL_BAD_INPUT, "unknown %s '%s' in '%s'%s%s%s", what, name,
                            text, nearest ? "; did you mean '" : "", nearest ? nearest : "",
                            nearest ? "'?" : "");
}

enum spiral_status spiral_branch_parse(struct spiral_branch *branch, const char *text,
                                       const struct spiral_scenario *scenario,
                                       struct spiral_error *error)
{
    const char *colon = strchr(text, ':');
    const char *sign = colon == NULL ? NULL : strchr(colon, '@');
    char state[SPIRAL_ID_SIZE];
    char date[12];

    if (!copy_part(state, sizeof state, text, colon) ||
        !copy_part(branch->doctrine, sizeof branch->doctrine, colon + 1, sign) ||
        !copy_part(date, sizeof date, sign + 1, strchr(sign, '\0')))
        return spiral_error_set(
            error, SPIRAL_BAD_INPUT,
            "'%s' is not a branch; expected STATE:DOCTRINE@DATE, as in UKR:limited_balance@2004-12",
            text);

    branch->state = spiral_scenario_find_state(scenario, state);
    if (branch->state < 0)
        return report_unknown(error, "state", state, text,
                              spiral_names_of(scenario->states, scenario->state_count, id));
    if (spiral_doctrine_find(branch->doctrine) == NULL)
        return report_unknown(error, "doctrine", branch->doctrine, text,
                              spiral_names_of(spiral_doctrines, SPIRAL_DOCTRINES, name));

    if (!spiral_date_parse(date, &branch->date))
        return spiral_error_set(error, SPIRAL_BAD_INPUT,
                                "'%s' in '%s' is not a date; expected YYYY, YYYY-MM or YYYY-MM-DD",
                                date, text);

    if (branch->date < scenario->start - 1e-9 || branch->date >= scenario->end) {
        char first[12];
        char last[12];
        spiral_date_format(scenario->start, first);
        spiral_date_format(scenario->end, last);
        return spiral_error_set(error, SPIRAL_BAD_INPUT,
                                "'%s' in '%s' lies outside the run; expected from %s to before %s",
                                date, text, first, last);
    }

    return SPIRAL_OK;
}

enum spiral_status spiral_branch_apply(struct spiral_scenario *branched,
                                       const struct spiral_scenario *scenario,
                                       const struct spiral_branch *branch)
{
    const enum spiral_status status = spiral_scenario_copy(branched, scenario);

    if (status != SPIRAL_OK)
        return status;
    if (spiral_edit_doctrine(branched, branch->state, spiral_doctrine_find(branch->doctrine),
                             branch->date, NULL) != NULL)
        return SPIRAL_OK;
    spiral_scenario_clear(branched);

    return SPIRAL_NO_MEMORY;
}
