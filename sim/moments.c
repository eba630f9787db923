/* SPDX-License-Identifier: MIT */
#include "sim/moments.h"

#include <math.h>

#include "sim/tables.h"

double spiral_moment_weight(const struct spiral_entry *entry)
{
    if (entry->kind != SPIRAL_ENTRY_MOVE)
        return entry->kind == SPIRAL_ENTRY_DOCTRINE ? 1.0 : 0.5;

    const struct spiral_move_effect *effect = &spiral_moves[entry->move];

    return entry->weight *
           (fabs(effect->commitment) + fabs(effect->aspiration) + fabs(effect->floor) +
            fabs(effect->presence) + fabs(effect->aid) + fabs(effect->arms) +
            fabs(effect->reassurance) + fabs(effect->othering) + fabs(effect->grievance));
}

/* Whether an entry has a caption, where a language asks for one. */
static bool has_caption(const struct spiral_entry *entry, const char *language)
{
    return language == NULL || spiral_text_get(&entry->caption, language)[0] != '\0';
}

/* Whether an entry comes after another in the order of dates; of one date, as in the file. */
static bool comes_after(const struct spiral_scenario *scenario, size_t entry, size_t other)
{
    const double date = scenario->entries[entry].date;
    const double other_date = scenario->entries[other].date;

    return date > other_date || (date == other_date && entry > other);
}

static void sort_by_date(const struct spiral_scenario *scenario, size_t *chosen, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        const size_t entry = chosen[i];
        size_t position = i;

        for (; position > 0 && comes_after(scenario, chosen[position - 1], entry); position--)
            chosen[position] = chosen[position - 1];

        chosen[position] = entry;
    }
}

size_t spiral_moments_choose(const struct spiral_scenario *scenario, double before,
                             const char *language, size_t most, size_t *chosen)
{
    size_t count = 0;

    /* kept in order of weight while they are chosen; of equals the first stays */
    for (size_t e = 0; e < scenario->entry_count; e++) {
        const struct spiral_entry *entry = &scenario->entries[e];
        const double weight = spiral_moment_weight(entry);
        size_t position = count;

        if (entry->date >= before || !has_caption(entry, language))
            continue;
        while (position > 0 &&
               spiral_moment_weight(&scenario->entries[chosen[position - 1]]) < weight)
            position--;
        if (position == most)
            continue;

        count = count < most ? count + 1 : most;
        for (size_t i = count - 1; i > position; i--)
            chosen[i] = chosen[i - 1];
        chosen[position] = e;
    }

    sort_by_date(scenario, chosen, count);

    return count;
}

const struct spiral_entry *spiral_moment_near(const struct spiral_scenario *scenario, double from,
                                              double until, double date, double reach,
                                              const char *language)
{
    const struct spiral_entry *nearest = NULL;

    for (size_t e = 0; e < scenario->entry_count; e++) {
        const struct spiral_entry *entry = &scenario->entries[e];
        const double distance = fabs(entry->date - date);

        if (entry->date < from || entry->date > until || distance > reach ||
            !has_caption(entry, language))
            continue;

        const double least = nearest != NULL ? fabs(nearest->date - date) : INFINITY;

        if (distance < least ||
            (distance == least && spiral_moment_weight(entry) >= spiral_moment_weight(nearest)))
            nearest = entry;
    }

    return nearest;
}
