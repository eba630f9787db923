/* SPDX-License-Identifier: MIT */
#include "tools/experiment/policy.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "scenarios/loader/yaml/numbers.h"
#include "sim/branch.h"

enum { MOST_WORDS = 5, WORD_SIZE = 64 };

const char *const spiral_policy_part_keys[SPIRAL_POLICY_PARTS] = {
#define SPIRAL_POLICY_PART(key, what) #key,
    SPIRAL_POLICY_PART_TABLE(SPIRAL_POLICY_PART)
#undef SPIRAL_POLICY_PART
};

void spiral_policy_clear(struct spiral_policy *policy)
{
    for (int part = 0; part < SPIRAL_POLICY_PARTS; part++)
        for (size_t i = 0; i < policy->parts[part].count; i++)
            free(policy->parts[part].items[i]);
    memset(policy, 0, sizeof *policy);
}

/* --- words ------------------------------------------------------------------------------------ */

int spiral_policy_state(const struct spiral_scenario *scenario, const char *word)
{
    const int own = spiral_scenario_find_state(scenario, word);

    for (int role = 0; role < SPIRAL_ROLES && own < 0; role++)
        for (size_t i = 0; i < scenario->state_count && strcmp(word, spiral_role_names[role]) == 0;
             i++)
            if ((int)scenario->states[i].role == role)
                return (int)i;

    return own;
}

bool spiral_policy_date(const struct spiral_scenario *scenario, const char *text, double *date)
{
    double years = 0.0;

    if (strncmp(text, "start", 5) != 0)
        return spiral_date_parse(text, date);
    if (text[5] != '\0' && (text[5] != '+' || !spiral_number_parse(text + 6, &years)))
        return false;
    *date = scenario->start + years;

    return years >= 0.0;
}

static enum spiral_status report_state(const struct spiral_scenario *scenario, const char *word,
                                       const char *text, struct spiral_error *error)
{
    const char *id =
        spiral_names_nearest(spiral_names_of(scenario->states, scenario->state_count, id), word);
    const char *role = spiral_names_nearest(spiral_names_in(spiral_role_names, SPIRAL_ROLES), word);
    const char *nearest = id != NULL ? id : role;

    return spiral_error_set(error, SPIRAL_BAD_INPUT,
                            "no state is or has the role '%s' in '%s'%s%s%s", word, text,
                            nearest ? "; did you mean '" : "", nearest ? nearest : "",
                            nearest ? "'?" : "");
}

/* --- acts that are dropped -------------------------------------------------------------------- */

/* The entry that move.2008-04 or move.2008-04#2 names, as parameters do; -1. */
static long find_act(const struct spiral_scenario *scenario, const char *name)
{
    const char *hash = strchr(name, '#');
    uint64_t wanted = 1;

    if (strncmp(name, "move.", 5) != 0 || (hash != NULL && !spiral_whole_parse(hash + 1, &wanted)))
        return -1;

    const size_t length = hash == NULL ? strlen(name + 5) : (size_t)(hash - name) - 5;
    uint64_t rank = 0;

    for (size_t e = 0; e < scenario->entry_count; e++) {
        char month[12];
        spiral_date_format(scenario->entries[e].date, month);
        if (strlen(month) != length || strncmp(month, name + 5, length) != 0)
            continue;
        if (++rank == wanted)
            return (long)e;
    }

    return -1;
}

static enum spiral_status report_act(const struct spiral_scenario *scenario, const char *name,
                                     struct spiral_error *error)
{
    char(*months)[24] = calloc(scenario->entry_count + 1, sizeof *months);

    if (months == NULL)
        return spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for the acts of %s",
                                scenario->name);

    for (size_t e = 0; e < scenario->entry_count; e++) {
        char month[12];
        spiral_date_format(scenario->entries[e].date, month);
        snprintf(months[e], sizeof months[e], "move.%s", month);
    }

    const char *nearest =
        spiral_names_nearest(spiral_names_in(months, scenario->entry_count), name);
    const enum spiral_status status =
        spiral_error_set(error, SPIRAL_BAD_INPUT, "no act '%s' in the timeline of %s%s%s%s", name,
                         scenario->name,
                         nearest ? "; did you mean '"
                                 : "; `spiral params` lists them as move.DATE.weight",
                         nearest ? nearest : "", nearest ? "'?" : "");

    free(months);

    return status;
}

/* All names are looked up before the first act falls, because that renumbers the others. */
static enum spiral_status drop_acts(struct spiral_scenario *scenario,
                                    const struct spiral_policy_list *names,
                                    struct spiral_error *error)
{
    bool *dropped = calloc(scenario->entry_count + 1, sizeof *dropped);
    enum spiral_status status =
        dropped != NULL ? SPIRAL_OK
                        : spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for a policy");

    for (size_t i = 0; i < names->count && status == SPIRAL_OK; i++) {
        const long entry = find_act(scenario, names->items[i]);
        if (entry >= 0)
            dropped[entry] = true;
        else
            status = report_act(scenario, names->items[i], error);
    }

    for (size_t e = scenario->entry_count; e-- > 0 && status == SPIRAL_OK;)
        if (dropped[e])
            spiral_edit_drop(scenario, e);

    free(dropped);

    return status;
}

/* --- branches --------------------------------------------------------------------------------- */

/* The branch with its state's id and a date of the calendar, which spiral_branch_parse() reads.
 * `start` may lie within a month, so that the first whole month is written, and *date set. */
static enum spiral_status write_branch(const struct spiral_scenario *scenario, const char *text,
                                       char written[256], double *date, struct spiral_error *error)
{
    const char *colon = strchr(text, ':');
    const char *sign = colon == NULL ? NULL : strchr(colon, '@');
    char state[WORD_SIZE];
    char when[WORD_SIZE];

    *date = -1.0;
    snprintf(written, 256, "%s", text);
    if (sign == NULL || colon - text >= WORD_SIZE)
        return SPIRAL_OK;

    snprintf(state, sizeof state, "%.*s", (int)(colon - text), text);
    snprintf(when, sizeof when, "%.*s", (int)strcspn(sign + 1, ":"), sign + 1);

    const int found = spiral_policy_state(scenario, state);

    if (found < 0)
        return report_state(scenario, state, text, error);

    const char *rule = sign + 1 + strcspn(sign + 1, ":");
    char month[12];

    if (strncmp(when, "start", 5) == 0) {
        if (!spiral_policy_date(scenario, when, date))
            return spiral_error_set(error, SPIRAL_BAD_INPUT,
                                    "'%s' in '%s' is not a date; expected YYYY, YYYY-MM, "
                                    "YYYY-MM-DD, start or start+YEARS",
                                    when, text);
        spiral_date_format(*date, month);

        double first;
        if (spiral_date_parse(month, &first) && first < scenario->start)
            spiral_date_format(*date + 1.0 / 12.0, month);
        snprintf(when, sizeof when, "%s", month);
    }

    snprintf(written, 256, "%s%.*s@%s%s", scenario->states[found].id, (int)(sign - colon), colon,
             when, rule);

    return SPIRAL_OK;
}

static enum spiral_status fall_branch(struct spiral_scenario *scenario, const char *text,
                                      struct spiral_error *error)
{
    struct spiral_branch branch;
    struct spiral_scenario branched;
    char written[256];
    double date;
    enum spiral_status status = write_branch(scenario, text, written, &date, error);

    if (status == SPIRAL_OK)
        status = spiral_branch_parse(&branch, written, scenario, error);
    if (status != SPIRAL_OK)
        return status;
    if (date >= 0.0)
        branch.date = date;

    if (spiral_branch_apply(&branched, scenario, &branch, false) != SPIRAL_OK)
        return spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for the branch '%s'", text);
    spiral_scenario_clear(scenario);
    *scenario = branched;

    return SPIRAL_OK;
}

/* --- moves ------------------------------------------------------------------------------------ */

/* Divides STATE:MOVE:TARGET@DATE*WEIGHT into its words; the last two of the first three may be
 * missing. */
static bool divide_move(const char *text, char words[MOST_WORDS][WORD_SIZE])
{
    static const char signs[MOST_WORDS] = {'\0', ':', ':', '@', '*'};
    int word = 0;
    size_t length = 0;

    memset(words, 0, MOST_WORDS * sizeof *words);

    for (; *text != '\0'; text++) {
        int next = word + 1;
        while (next < MOST_WORDS && signs[next] != *text)
            next++;

        if (next < MOST_WORDS) {
            word = next;
            length = 0;
        } else if (length + 1 < WORD_SIZE) {
            words[word][length++] = *text;
        } else {
            return false;
        }
    }

    return words[0][0] != '\0' && words[1][0] != '\0' && words[3][0] != '\0';
}

static enum spiral_status add_move(struct spiral_scenario *scenario, const char *text,
                                   struct spiral_error *error)
{
    char words[MOST_WORDS][WORD_SIZE];
    double date;
    double weight = 1.0;

    if (!divide_move(text, words))
        return spiral_error_set(error, SPIRAL_BAD_INPUT,
                                "'%s' is not a move; expected STATE:MOVE:TARGET@DATE and perhaps "
                                "*WEIGHT, as in offshore:guarantee:small@2004-06*0.5",
                                text);

    const int actor = spiral_policy_state(scenario, words[0]);
    const int target = words[2][0] == '\0' ? -1 : spiral_policy_state(scenario, words[2]);

    if (actor < 0 || (target < 0 && words[2][0] != '\0'))
        return report_state(scenario, actor < 0 ? words[0] : words[2], text, error);

    const struct spiral_names moves = spiral_names_of(spiral_moves, SPIRAL_MOVES, name);
    const int move = spiral_names_find(moves, words[1]);

    if (move < 0) {
        const char *nearest = spiral_names_nearest(moves, words[1]);
        return spiral_error_set(error, SPIRAL_BAD_INPUT, "unknown move '%s' in '%s'%s%s%s",
                                words[1], text, nearest ? "; did you mean '" : "",
                                nearest ? nearest : "", nearest ? "'?" : "");
    }

    if (!spiral_policy_date(scenario, words[3], &date) || date < scenario->start - 1e-9 ||
        date >= scenario->end)
        return spiral_error_set(error, SPIRAL_BAD_INPUT,
                                "'%s' in '%s' is not a date of the run; expected YYYY, YYYY-MM, "
                                "YYYY-MM-DD, start or start+YEARS",
                                words[3], text);
    if (words[4][0] != '\0' &&
        (!spiral_number_parse(words[4], &weight) || !(weight >= 0.0 && weight <= 2.0)))
        return spiral_error_set(error, SPIRAL_BAD_INPUT,
                                "'%s' in '%s' is not a weight; expected a number of 0 to 2",
                                words[4], text);

    struct spiral_entry *entry = spiral_edit_append(scenario, SPIRAL_ENTRY_MOVE, actor, date, NULL);

    if (entry == NULL)
        return spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for the move '%s'", text);
    entry->target = target;
    entry->move = move;
    entry->weight = weight;

    return SPIRAL_OK;
}

enum spiral_status spiral_policy_apply(struct spiral_scenario *scenario,
                                       const struct spiral_policy *policy,
                                       struct spiral_error *error)
{
    const struct spiral_policy_list *branches = &policy->parts[SPIRAL_POLICY_branches];
    const struct spiral_policy_list *moves = &policy->parts[SPIRAL_POLICY_moves];
    enum spiral_status status = drop_acts(scenario, &policy->parts[SPIRAL_POLICY_drop], error);

    for (size_t i = 0; i < branches->count && status == SPIRAL_OK; i++)
        status = fall_branch(scenario, branches->items[i], error);
    for (size_t i = 0; i < moves->count && status == SPIRAL_OK; i++)
        status = add_move(scenario, moves->items[i], error);

    return status;
}
