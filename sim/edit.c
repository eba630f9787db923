/* SPDX-License-Identifier: MIT */
#include "sim/edit.h"

#include <stdlib.h>
#include <string.h>

/* Dates within this of each other are one: entries of a date come from one text, but sums of
 * steps are rounded. */
static const double same_date = 1e-9;

static void text_clear(struct spiral_text *text)
{
    for (size_t i = 0; i < text->count; i++)
        free(text->items[i].text);
    free(text->items);
}

struct spiral_entry *spiral_edit_append(struct spiral_scenario *scenario,
                                        enum spiral_entry_kind kind, int actor, double date,
                                        const char *date_text)
{
    struct spiral_entry *entries =
        realloc(scenario->entries, (scenario->entry_count + 1) * sizeof *entries);

    if (entries == NULL)
        return NULL;
    scenario->entries = entries;

    struct spiral_entry *entry = &entries[scenario->entry_count++];

    *entry = (struct spiral_entry){
        .date = date, .kind = kind, .actor = actor, .target = -1, .weight = 1.0};
    if (date_text == NULL)
        spiral_date_format(date, entry->date_text);
    else
        strncat(entry->date_text, date_text, sizeof entry->date_text - 1);

    return entry;
}

/* Whether a state that takes this doctrine from this date on drops an entry. */
static bool is_dropped(const struct spiral_scenario *scenario, const struct spiral_entry *entry,
                       int state, const double *doctrine, double date)
{
    const bool is_move = entry->kind == SPIRAL_ENTRY_MOVE;

    if (entry->date < date - same_date)
        return false;

    if (entry->actor == state)
        return is_move ? spiral_moves[entry->move].direction ==
                             (doctrine[SPIRAL_DOCTRINE_reassure] >= 0.5 ? 1 : -1)
                       : entry->kind == SPIRAL_ENTRY_DOCTRINE;

    const bool needs_consent =
        is_move && entry->target == state && spiral_moves[entry->move].consent;

    return state == scenario->small && needs_consent && doctrine[SPIRAL_DOCTRINE_align] < 0.5;
}

struct spiral_entry *spiral_edit_doctrine(struct spiral_scenario *scenario, int state,
                                          const struct spiral_doctrine *doctrine, double date,
                                          const char *date_text)
{
    size_t kept = 0;

    for (size_t e = 0; e < scenario->entry_count; e++) {
        struct spiral_entry *entry = &scenario->entries[e];
        if (!is_dropped(scenario, entry, state, doctrine->number, date)) {
            scenario->entries[kept++] = *entry;
            continue;
        }

        text_clear(&entry->caption);
        free(entry->source);
    }

    scenario->entry_count = kept;
    struct spiral_entry *change =
        spiral_edit_append(scenario, SPIRAL_ENTRY_DOCTRINE, state, date, date_text);

    if (change == NULL)
        return NULL;
    strncat(change->doctrine_name, doctrine->name, sizeof change->doctrine_name - 1);
    memcpy(change->doctrine, doctrine->number, sizeof change->doctrine);

    return change;
}

const struct spiral_entry *spiral_edit_last_change(const struct spiral_scenario *scenario,
                                                   enum spiral_entry_kind kind, int state,
                                                   double date)
{
    const struct spiral_entry *last = NULL;

    for (size_t e = 0; e < scenario->entry_count; e++) {
        const struct spiral_entry *entry = &scenario->entries[e];
        if (entry->kind == kind && entry->actor == state && entry->date <= date + same_date &&
            (last == NULL || entry->date >= last->date))
            last = entry;
    }

    return last;
}

const struct spiral_entry *spiral_edit_next_change(const struct spiral_scenario *scenario,
                                                   enum spiral_entry_kind kind, int state,
                                                   double date)
{
    const struct spiral_entry *next = NULL;

    for (size_t e = 0; e < scenario->entry_count; e++) {
        const struct spiral_entry *entry = &scenario->entries[e];
        if (entry->kind == kind && entry->actor == state && entry->date > date + same_date &&
            (next == NULL || entry->date < next->date))
            next = entry;
    }

    return next;
}

const double *spiral_edit_doctrine_at(const struct spiral_scenario *scenario, int state,
                                      double date)
{
    const struct spiral_entry *change =
        spiral_edit_last_change(scenario, SPIRAL_ENTRY_DOCTRINE, state, date);
    return change == NULL ? scenario->states[state].doctrine : change->doctrine;
}

struct spiral_entry *spiral_edit_doctrine_number(struct spiral_scenario *scenario, int state,
                                                 enum spiral_doctrine_number number, double value,
                                                 double date, const char *date_text)
{
    double doctrine[SPIRAL_DOCTRINE_NUMBERS];

    memcpy(doctrine, spiral_edit_doctrine_at(scenario, state, date), sizeof doctrine);

    struct spiral_entry *change =
        spiral_edit_append(scenario, SPIRAL_ENTRY_DOCTRINE, state, date, date_text);

    if (change == NULL)
        return NULL;
    strcpy(change->doctrine_name, "custom");
    memcpy(change->doctrine, doctrine, sizeof doctrine);
    change->doctrine[number] = value;

    return change;
}

struct spiral_entry *spiral_edit_motive(struct spiral_scenario *scenario,
                                        enum spiral_entry_kind kind, int state, double value,
                                        double date, const char *date_text)
{
    struct spiral_entry *change = spiral_edit_append(scenario, kind, state, date, date_text);

    if (change != NULL)
        change->value = value;

    return change;
}
