/* SPDX-License-Identifier: MIT */
#include "sim/branch.h"

#include <stdlib.h>
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

/* Reads the numbers of ':only 2,5'; false where they are none or too many. */
static bool parse_numbers(struct spiral_branch *branch, const char *text)
{
    for (;;) {
        size_t number = 0;

        if (*text < '0' || *text > '9' || branch->number_count == SPIRAL_BRANCH_MOST_NUMBERS)
            return false;
        for (; *text >= '0' && *text <= '9' && number < 100000; text++)
            number = 10 * number + (size_t)(*text - '0');
        branch->numbers[branch->number_count++] = number;

        if (*text == '\0')
            return true;
        if (*text++ != ',')
            return false;
    }
}

/* Reads what follows the date, NULL for nothing: ':keep' or ':only 2,5'. */
static enum spiral_status parse_rule(struct spiral_branch *branch, const char *rule,
                                     const char *text, struct spiral_error *error)
{
    branch->rule = SPIRAL_BRANCH_COURSE;
    branch->number_count = 0;
    if (rule == NULL)
        return SPIRAL_OK;

    if (strcmp(rule, ":keep") == 0) {
        branch->rule = SPIRAL_BRANCH_KEEP;
        return SPIRAL_OK;
    }

    branch->rule = SPIRAL_BRANCH_ONLY;
    if (strncmp(rule, ":only ", 6) == 0 && parse_numbers(branch, rule + 6))
        return SPIRAL_OK;

    return spiral_error_set(error, SPIRAL_BAD_INPUT,
                            "'%s' in '%s' is not a rule; expected ':keep', or ':only' and up to "
                            "%d numbers of acts, as in ':only 2,5'",
                            rule, text, SPIRAL_BRANCH_MOST_NUMBERS);
}

/* The numbers of ':only' are of acts that there are. */
static enum spiral_status check_numbers(const struct spiral_branch *branch, const char *text,
                                        const struct spiral_scenario *scenario,
                                        struct spiral_error *error)
{
    struct spiral_branch_act *acts = malloc((scenario->entry_count + 1) * sizeof *acts);

    if (acts == NULL)
        return spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for a branch of %s",
                                scenario->name);

    const size_t count = spiral_branch_acts(scenario, branch, acts);
    enum spiral_status status = SPIRAL_OK;

    for (size_t i = 0; i < branch->number_count && status == SPIRAL_OK; i++)
        if (branch->numbers[i] < 1 || branch->numbers[i] > count)
            status = spiral_error_set(error, SPIRAL_BAD_INPUT,
                                      "unknown act %zu in '%s'; there are %zu, from 1",
                                      branch->numbers[i], text, count);

    free(acts);

    return status;
}

enum spiral_status spiral_branch_parse(struct spiral_branch *branch, const char *text,
                                       const struct spiral_scenario *scenario,
                                       struct spiral_error *error)
{
    const char *colon = strchr(text, ':');
    const char *sign = colon == NULL ? NULL : strchr(colon, '@');
    const char *rule = sign == NULL ? NULL : strchr(sign, ':');
    const char *end = rule != NULL ? rule : text + strlen(text);
    char state[SPIRAL_ID_SIZE];
    char date[12];

    if (!copy_part(state, sizeof state, text, colon) ||
        !copy_part(branch->doctrine, sizeof branch->doctrine, colon + 1, sign) ||
        !copy_part(date, sizeof date, sign + 1, end))
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

    const enum spiral_status status = parse_rule(branch, rule, text, error);

    return status == SPIRAL_OK ? check_numbers(branch, text, scenario, error) : status;
}

/* Whether an act may be dropped by a branch at all. */
static bool is_open(const struct spiral_scenario *scenario, const struct spiral_branch *branch,
                    const struct spiral_entry *entry)
{
    const bool needs_consent = entry->kind == SPIRAL_ENTRY_MOVE && entry->target == branch->state &&
                               branch->state == scenario->small &&
                               spiral_moves[entry->move].consent;

    return entry->date >= branch->date - 1e-9 && (entry->actor == branch->state || needs_consent);
}

static bool is_chosen(const struct spiral_branch *branch, size_t number)
{
    for (size_t i = 0; i < branch->number_count; i++)
        if (branch->numbers[i] == number)
            return true;
    return false;
}

size_t spiral_branch_acts(const struct spiral_scenario *scenario,
                          const struct spiral_branch *branch, struct spiral_branch_act *acts)
{
    const struct spiral_doctrine *doctrine = spiral_doctrine_find(branch->doctrine);
    size_t count = 0;

    /* A stable insertion sort by date: equal dates keep the order of the file. */
    for (size_t e = 0; e < scenario->entry_count; e++) {
        const struct spiral_entry *entry = &scenario->entries[e];
        size_t at = count;
        if (!is_open(scenario, branch, entry))
            continue;

        for (; at > 0 && scenario->entries[acts[at - 1].entry].date > entry->date; at--)
            acts[at] = acts[at - 1];

        acts[at] =
            (struct spiral_branch_act){.entry = e,
                                       .turn = entry->kind == SPIRAL_ENTRY_DOCTRINE,
                                       .falls = spiral_edit_falls(scenario, entry, branch->state,
                                                                  doctrine, branch->date)};
        count++;
    }

    for (size_t a = 0; a < count && branch->rule != SPIRAL_BRANCH_COURSE; a++)
        acts[a].falls = branch->rule == SPIRAL_BRANCH_ONLY && is_chosen(branch, a + 1);

    return count;
}

/* Whether the entry is among the acts that are to go. */
static bool is_dropped(const struct spiral_branch_act *acts, size_t count, size_t entry,
                       bool keep_moves)
{
    for (size_t a = 0; a < count; a++)
        if (acts[a].entry == entry)
            return acts[a].falls && (acts[a].turn || !keep_moves);
    return false;
}

enum spiral_status spiral_branch_apply(struct spiral_scenario *branched,
                                       const struct spiral_scenario *scenario,
                                       const struct spiral_branch *branch, bool keep_moves)
{
    enum spiral_status status = spiral_scenario_copy(branched, scenario);

    if (status != SPIRAL_OK)
        return status;

    struct spiral_branch_act *acts = malloc((scenario->entry_count + 1) * sizeof *acts);

    status = acts == NULL ? SPIRAL_NO_MEMORY : SPIRAL_OK;

    if (status == SPIRAL_OK) {
        const size_t count = spiral_branch_acts(scenario, branch, acts);
        for (size_t e = scenario->entry_count; e-- > 0;)
            if (is_dropped(acts, count, e, keep_moves))
                spiral_edit_drop(branched, e);
        if (spiral_edit_turn(branched, branch->state, spiral_doctrine_find(branch->doctrine),
                             branch->date, NULL) == NULL)
            status = SPIRAL_NO_MEMORY;
    }

    free(acts);
    if (status != SPIRAL_OK)
        spiral_scenario_clear(branched);

    return status;
}
