/* SPDX-License-Identifier: MIT */
#include "tools/stylised/triad.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool add_state(struct spiral_scenario *scenario, const char *id, enum spiral_role role,
                      double power, double greed, double nuclear, const char *doctrine)
{
    struct spiral_state_facts *state = &scenario->states[scenario->state_count++];
    const struct spiral_doctrine *preset = spiral_doctrine_find(doctrine);

    snprintf(state->id, sizeof state->id, "%s", id);
    snprintf(state->doctrine_name, sizeof state->doctrine_name, "%s", doctrine);
    memcpy(state->doctrine, preset->number, sizeof preset->number);
    state->role = role;
    state->greed = greed;
    state->nuclear = nuclear;
    state->resolve = role == SPIRAL_OFFSHORE ? 0.75 : 0.6;
    state->arms = 0.25;

    return spiral_series_set_constant(&state->power, power);
}

static bool add_pair(struct spiral_scenario *scenario, int first, int second, double reassurance,
                     double threat)
{
    struct spiral_pair_facts *pair = &scenario->pairs[scenario->pair_count++];

    *pair = spiral_pair_facts_defaults(first, second);
    pair->reach = 0.5;
    pair->institution = 0.15;
    pair->initial_reassurance = reassurance;
    pair->initial_threat[0] = pair->initial_threat[1] = threat;
    return spiral_series_set_constant(&pair->interdependence, 0.2);
}

static enum spiral_status build_scenario(struct spiral_scenario *scenario, bool second_patron)
{
    *scenario = spiral_scenario_defaults();
    snprintf(scenario->name, sizeof scenario->name, second_patron ? "tetrad" : "triad");
    scenario->start = 2000.0;
    scenario->end = 2030.0;
    scenario->pairs = calloc(8, sizeof *scenario->pairs);

    bool complete = scenario->pairs != NULL;

    complete = complete && add_state(scenario, "S", SPIRAL_SMALL, 0.008, 0.1, 0.0, "straddling");
    complete = complete && add_state(scenario, "N", SPIRAL_NEIGHBOUR, 0.05, 0.1, 1.0, "status_quo");
    complete = complete && add_state(scenario, "O", SPIRAL_OFFSHORE, 0.2, 0.1, 1.0, "selective");
    if (complete && second_patron)
        complete = add_state(scenario, "P", SPIRAL_OFFSHORE, 0.2, 0.1, 1.0, "selective");
    complete = complete && add_pair(scenario, 0, 1, 0.3, 0.15);
    complete = complete && add_pair(scenario, 0, 2, 0.3, 0.1) && add_pair(scenario, 1, 2, 0.3, 0.2);
    if (complete && second_patron)
        complete = add_pair(scenario, 0, 3, 0.3, 0.1) && add_pair(scenario, 1, 3, 0.3, 0.2);

    if (!complete) {
        spiral_scenario_clear(scenario);
        return SPIRAL_NO_MEMORY;
    }

    scenario->pairs[0].proximity = 0.9;
    scenario->pairs[0].ties = 0.7;
    scenario->pairs[0].reach = -1.0;
    scenario->pairs[0].contested = 0.2;

    return SPIRAL_OK;
}

enum spiral_status spiral_triad_init(struct spiral_scenario *triad)
{
    return build_scenario(triad, false);
}
enum spiral_status spiral_tetrad_init(struct spiral_scenario *tetrad)
{
    return build_scenario(tetrad, true);
}

/* --- the timeline ----------------------------------------------------------------------------- */

/* A new entry at the end of the timeline. */
static struct spiral_entry *add_entry(struct spiral_scenario *scenario, double date, int actor,
                                      int target)
{
    struct spiral_entry *entries =
        realloc(scenario->entries, (scenario->entry_count + 1) * sizeof *entries);

    if (entries == NULL)
        return NULL;
    scenario->entries = entries;

    struct spiral_entry *entry = &entries[scenario->entry_count++];

    *entry = (struct spiral_entry){.date = date, .actor = actor, .target = target, .weight = 1.0};
    spiral_date_format(date, entry->date_text);

    return entry;
}

enum spiral_status spiral_triad_move(struct spiral_scenario *scenario, double date, int actor,
                                     int target, enum spiral_move move, double weight)
{
    struct spiral_entry *entry = add_entry(scenario, date, actor, target);

    if (entry == NULL)
        return SPIRAL_NO_MEMORY;
    entry->kind = SPIRAL_ENTRY_MOVE;
    entry->move = (int)move;
    entry->weight = weight;
    return SPIRAL_OK;
}

enum spiral_status spiral_triad_turn(struct spiral_scenario *scenario, double date, int actor,
                                     const double doctrine[SPIRAL_DOCTRINE_NUMBERS])
{
    struct spiral_entry *entry = add_entry(scenario, date, actor, -1);

    if (entry == NULL)
        return SPIRAL_NO_MEMORY;
    entry->kind = SPIRAL_ENTRY_DOCTRINE;
    memcpy(entry->doctrine, doctrine, sizeof entry->doctrine);
    return SPIRAL_OK;
}

/* --- doctrines -------------------------------------------------------------------------------- */

const double *spiral_triad_doctrine(const char *name)
{
    static const struct {
        const char *name;
        double number[SPIRAL_DOCTRINE_NUMBERS];
    } doctrines[] = {
#define SPIRAL_TRIAD_DOCTRINE(name, align, empathy, arm, reassure, identity, extend, caution, \
                              coerce, doc) \
    {#name, {align, empathy, arm, reassure, identity, extend, caution, coerce}},
#include "tools/stylised/triad.def"
    };
    for (size_t i = 0; i < sizeof doctrines / sizeof *doctrines; i++)
        if (strcmp(doctrines[i].name, name) == 0)
            return doctrines[i].number;

    const struct spiral_doctrine *preset = spiral_doctrine_find(name);

    return preset != NULL ? preset->number : NULL;
}
