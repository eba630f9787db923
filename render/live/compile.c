/* SPDX-License-Identifier: MIT
 *
 * The scenario that a session runs: the case with the choices of the log, in the order in which
 * they act.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "render/live/session_parts.h"
#include "scenarios/loader/constant_sets.h"
#include "scenarios/loader/scenario_write.h"
#include "sim/hash.h"
#include "sim/parameter.h"

uint64_t spiral_session_act_key(const struct spiral_entry *entry)
{
    char what[80];
    const int length = snprintf(what, sizeof what, "%d %d %d %d ", (int)entry->kind, entry->actor,
                                entry->target, entry->move);
    uint64_t hash = spiral_hash_bytes(SPIRAL_HASH_START, what, (size_t)length);

    hash = spiral_hash_bytes(hash, entry->date_text, strlen(entry->date_text));
    return spiral_hash_bytes(hash, entry->doctrine_name, strlen(entry->doctrine_name));
}

/* Adds a caption in two languages, and where the entry comes from. False where there is no memory;
 * the entry owns what was added. */
static bool add_caption(struct spiral_entry *entry, const struct spiral_choice *choice)
{
    const char *const languages[] = {"en", "zh"};
    const char *const texts[] = {choice->text_en, choice->text_zh};

    entry->source = strdup("chosen in the live view");
    entry->caption.items = calloc(2, sizeof *entry->caption.items);
    if (entry->source == NULL || entry->caption.items == NULL)
        return false;

    for (size_t i = 0; i < 2; i++) {
        struct spiral_translation *item = &entry->caption.items[i];
        memcpy(item->language, languages[i], 3);
        item->text = strdup(texts[i]);
        if (item->text == NULL)
            return false;
        entry->caption.count++;
    }

    return true;
}

static struct spiral_entry *apply_number(struct spiral_scenario *scenario,
                                         const struct spiral_choice *choice, double date)
{
    const char *what = strrchr(choice->name, '.') + 1;

    if (strncmp(choice->name, "doctrine.", 9) != 0)
        return spiral_edit_motive(scenario,
                                  strcmp(what, "greed") == 0 ? SPIRAL_ENTRY_GREED
                                                             : SPIRAL_ENTRY_RESOLVE,
                                  choice->actor, choice->value, date, choice->date_text);

    int number = 0;

    while (strcmp(spiral_doctrine_fields[number].name, what) != 0)
        number++;

    return spiral_edit_doctrine_number(scenario, choice->actor, (enum spiral_doctrine_number)number,
                                       choice->value, date, choice->date_text);
}

/* Whether an act is kept or dropped against the rule. */
static bool is_exception(const struct spiral_choice *choice, const struct spiral_entry *entry)
{
    const uint64_t key = choice->exception_count > 0 ? spiral_session_act_key(entry) : 0;

    for (size_t i = 0; i < choice->exception_count; i++)
        if (choice->exceptions[i] == key)
            return true;
    return false;
}

/* Another doctrine: what falls with the old course is dropped, but for the exceptions. */
static struct spiral_entry *apply_doctrine(struct spiral_scenario *scenario,
                                           const struct spiral_choice *choice, double date)
{
    const int state = choice->actor;

    for (size_t e = scenario->entry_count; e-- > 0;) {
        const struct spiral_entry *entry = &scenario->entries[e];

        if (spiral_edit_falls(scenario, entry, state, choice->doctrine, date) !=
            is_exception(choice, entry))
            spiral_edit_drop(scenario, e);
    }

    return spiral_edit_turn(scenario, state, choice->doctrine, date, choice->date_text);
}

/* Adds a dated choice to the timeline; false where there is no memory. */
static bool apply_dated(struct spiral_scenario *scenario, const struct spiral_choice *choice)
{
    struct spiral_entry *entry;
    double date = scenario->start;

    spiral_date_parse(choice->date_text, &date);

    if (choice->kind == SPIRAL_CHOICE_NUMBER) {
        entry = apply_number(scenario, choice, date);
    } else if (choice->kind == SPIRAL_CHOICE_DOCTRINE) {
        entry = apply_doctrine(scenario, choice, date);
    } else {
        entry =
            spiral_edit_append(scenario, SPIRAL_ENTRY_MOVE, choice->actor, date, choice->date_text);
        if (entry != NULL) {
            entry->target = choice->target;
            entry->move = choice->move;
            entry->weight = choice->value;
        }
    }

    return entry != NULL && add_caption(entry, choice);
}

/* Rounds dates that were set as a number of years to the nearest day: the format knows only
 * days. */
static void round_dates(struct spiral_scenario *scenario)
{
    for (size_t e = 0; e < scenario->entry_count; e++) {
        struct spiral_entry *entry = &scenario->entries[e];
        double date;
        if (spiral_date_parse(entry->date_text, &date) && date == entry->date)
            continue;
        spiral_date_write(entry->date, entry->date_text);
        spiral_date_parse(entry->date_text, &entry->date);
    }
}

/* Adds the dated choices by date; those of one date in the order in which they were made. False
 * where there is no memory. */
static bool apply_all_dated(struct spiral_scenario *scenario, const struct spiral_choice *choices,
                            size_t count)
{
    long step = -1;

    for (;;) {
        long next = -1;
        for (size_t i = 0; i < count; i++) {
            if (!choices[i].dated)
                continue;
            if (choices[i].step == step && !apply_dated(scenario, &choices[i]))
                return false;
            if (choices[i].step > step && (next < 0 || choices[i].step < next))
                next = choices[i].step;
        }

        if (next < 0)
            return true;
        step = next;
    }
}

enum spiral_status spiral_session_constant_sets(struct spiral_constant_sets *sets,
                                                const struct spiral_session *session,
                                                const struct spiral_choice *choices, size_t count,
                                                const struct spiral_constants *constants)
{
    enum spiral_status status = SPIRAL_OK;

    *sets = (struct spiral_constant_sets){.count = 0};
    if (session->options.posterior != NULL)
        status = spiral_constant_sets_copy(sets, session->options.posterior);
    for (size_t i = 0; i < count && status == SPIRAL_OK; i++)
        if (!choices[i].dated)
            spiral_constant_sets_follow(sets, constants, choices[i].name);

    return status;
}

/* A plan over the sets of constants of the choices. */
static enum spiral_status create_plan(struct spiral_plan **plan,
                                      const struct spiral_session *session,
                                      const struct spiral_choice *choices, size_t count,
                                      const struct spiral_scenario *scenario,
                                      const struct spiral_constants *constants,
                                      struct spiral_error *error)
{
    struct spiral_plan_options options = session->options;
    struct spiral_constant_sets sets;
    enum spiral_status status =
        spiral_session_constant_sets(&sets, session, choices, count, constants);

    if (status != SPIRAL_OK)
        return spiral_error_set(error, status, "no memory for a plan");

    options.posterior = &sets;
    status = spiral_plan_create(plan, scenario, constants, &options, error);
    spiral_constant_sets_clear(&sets);

    return status;
}

enum spiral_status spiral_session_compile(const struct spiral_session *session,
                                          const struct spiral_choice *choices, size_t count,
                                          struct spiral_scenario *scenario,
                                          struct spiral_constants *constants,
                                          struct spiral_shared_plan **shared,
                                          struct spiral_error *error)
{
    struct spiral_plan *plan = NULL;

    *shared = NULL;
    *constants = session->base_constants;

    enum spiral_status status = spiral_scenario_copy(scenario, &session->base);

    if (status != SPIRAL_OK)
        return spiral_error_set(error, status, "no memory for a session");
    for (size_t i = 0; i < count && status == SPIRAL_OK; i++)
        if (!choices[i].dated)
            status =
                spiral_parameter_set(scenario, constants, choices[i].name, choices[i].value, error);

    round_dates(scenario);
    if (status == SPIRAL_OK && !apply_all_dated(scenario, choices, count))
        status = spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for the choices");
    if (status == SPIRAL_OK)
        status = create_plan(&plan, session, choices, count, scenario, constants, error);

    if (status == SPIRAL_OK) {
        *shared = spiral_shared_plan_create(plan);
        if (*shared == NULL)
            status = spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for a plan");
    }

    if (status != SPIRAL_OK) {
        spiral_plan_destroy(plan);
        spiral_scenario_clear(scenario);
    }

    return status;
}
