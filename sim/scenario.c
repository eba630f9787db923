/* SPDX-License-Identifier: MIT */
#include "sim/scenario.h"

#include <stdlib.h>
#include <string.h>

#include "sim/tables.h"

const char *spiral_text_get(const struct spiral_text *text, const char *language)
{
    const char *const wanted[] = {language, "en", ""};

    for (size_t w = 0; w < sizeof wanted / sizeof *wanted; w++)
        for (size_t i = 0; i < text->count; i++)
            if (strcmp(text->items[i].language, wanted[w]) == 0)
                return text->items[i].text;
    return text->count > 0 ? text->items[0].text : "";
}

bool spiral_series_set_constant(struct spiral_series *series, double value)
{
    series->year = calloc(1, sizeof(double));
    series->value = calloc(1, sizeof(double));
    if (series->year == NULL || series->value == NULL)
        return false;

    series->value[0] = value;
    series->count = 1;

    return true;
}

double spiral_series_at(const struct spiral_series *series, double year)
{
    if (series->count == 0)
        return 0.0;
    if (year <= series->year[0])
        return series->value[0];

    for (size_t i = 1; i < series->count; i++)
        if (year < series->year[i]) {
            const double part =
                (year - series->year[i - 1]) / (series->year[i] - series->year[i - 1]);
            return series->value[i - 1] + part * (series->value[i] - series->value[i - 1]);
        }

    return series->value[series->count - 1];
}

struct spiral_state_facts spiral_state_facts_defaults(void)
{
    struct spiral_state_facts state;

    memset(&state, 0, sizeof state);
    strcpy(state.doctrine_name, "custom");
#define SPIRAL_STATE_FACT(name, number, low, high, en, zh, doc) state.name = number;
#include "sim/facts.def"
    return state;
}

struct spiral_pair_facts spiral_pair_facts_defaults(int first, int second)
{
    struct spiral_pair_facts pair;

    memset(&pair, 0, sizeof pair);
    pair.first = first;
    pair.second = second;
#define SPIRAL_PAIR_FACT(name, number, low, high, en, zh, doc) pair.name = number;
#include "sim/facts.def"
#define SPIRAL_INITIAL_PAIR(name, number, low, high, en, zh, doc) pair.initial_##name = number;
#include "sim/facts.def"
#define SPIRAL_INITIAL_EACH(name, number, low, high, en, zh, doc) \
    pair.initial_##name[0] = pair.initial_##name[1] = number;
#include "sim/facts.def"
    return pair;
}

struct spiral_scenario spiral_scenario_defaults(void)
{
    struct spiral_scenario scenario;

    memset(&scenario, 0, sizeof scenario);
    scenario.dt = 1.0 / 12.0;
    for (int i = 0; i < SPIRAL_MAX_STATES; i++)
        scenario.states[i] = spiral_state_facts_defaults();
    return scenario;
}

/* --- freeing ---------------------------------------------------------------------------------- */

static void text_clear(struct spiral_text *text)
{
    for (size_t i = 0; i < text->count; i++)
        free(text->items[i].text);
    free(text->items);
    *text = (struct spiral_text){.count = 0};
}

static void series_clear(struct spiral_series *series)
{
    free(series->year);
    free(series->value);
    *series = (struct spiral_series){.count = 0};
}

void spiral_scenario_clear(struct spiral_scenario *scenario)
{
    text_clear(&scenario->title);
    text_clear(&scenario->summary);

    for (int i = 0; i < SPIRAL_MAX_STATES; i++) {
        struct spiral_state_facts *state = &scenario->states[i];
        text_clear(&state->name);
        free(state->source);
        series_clear(&state->power);
        for (int m = 0; m < SPIRAL_MAX_PUBLICS; m++)
            text_clear(&state->publics[m].name);
    }

    for (size_t i = 0; i < scenario->pair_count; i++) {
        free(scenario->pairs[i].source);
        series_clear(&scenario->pairs[i].interdependence);
    }

    for (size_t i = 0; i < scenario->entry_count; i++) {
        text_clear(&scenario->entries[i].caption);
        free(scenario->entries[i].source);
    }

    for (size_t i = 0; i < scenario->observation_count; i++)
        free(scenario->observations[i].source);

    free(scenario->pairs);
    free(scenario->entries);
    free(scenario->observations);
    *scenario = spiral_scenario_defaults();
}

/* --- copying: each returns false where there is no memory, leaving what it copied so far owned by
 * the copy --- */

static bool string_copy(char **copy, const char *string)
{
    *copy = string == NULL ? NULL : strdup(string);
    return string == NULL || *copy != NULL;
}

static bool text_copy(struct spiral_text *copy, const struct spiral_text *text)
{
    *copy = (struct spiral_text){.count = 0};
    if (text->count == 0)
        return true;
    copy->items = calloc(text->count, sizeof *copy->items);
    if (copy->items == NULL)
        return false;

    for (; copy->count < text->count; copy->count++) {
        copy->items[copy->count] = text->items[copy->count];
        if (!string_copy(&copy->items[copy->count].text, text->items[copy->count].text))
            return false;
    }

    return true;
}

static bool series_copy(struct spiral_series *copy, const struct spiral_series *series)
{
    *copy = (struct spiral_series){.count = 0};
    if (series->count == 0)
        return true;

    const size_t size = series->count * sizeof(double);

    copy->year = malloc(size);
    copy->value = malloc(size);
    if (copy->year == NULL || copy->value == NULL)
        return false;
    memcpy(copy->year, series->year, size);
    memcpy(copy->value, series->value, size);
    copy->count = series->count;

    return true;
}

static bool state_copy(struct spiral_state_facts *copy, const struct spiral_state_facts *state)
{
    *copy = *state;
    copy->name = (struct spiral_text){.count = 0};
    copy->source = NULL;
    copy->power = (struct spiral_series){.count = 0};
    for (int m = 0; m < SPIRAL_MAX_PUBLICS; m++)
        copy->publics[m].name = (struct spiral_text){.count = 0};

    bool complete = text_copy(&copy->name, &state->name) &&
                    string_copy(&copy->source, state->source) &&
                    series_copy(&copy->power, &state->power);

    for (size_t m = 0; m < state->public_count && complete; m++)
        complete = text_copy(&copy->publics[m].name, &state->publics[m].name);

    return complete;
}

static bool pairs_copy(struct spiral_scenario *copy, const struct spiral_scenario *scenario)
{
    copy->pairs = calloc(scenario->pair_count + 1, sizeof *copy->pairs);
    if (copy->pairs == NULL)
        return false;

    for (; copy->pair_count < scenario->pair_count; copy->pair_count++) {
        const struct spiral_pair_facts *from = &scenario->pairs[copy->pair_count];
        struct spiral_pair_facts *pair = &copy->pairs[copy->pair_count];
        *pair = *from;
        pair->source = NULL;

        if (!series_copy(&pair->interdependence, &from->interdependence) ||
            !string_copy(&pair->source, from->source)) {
            copy->pair_count++; /* the broken one is freed with the rest */
            return false;
        }
    }

    return true;
}

static bool entries_copy(struct spiral_scenario *copy, const struct spiral_scenario *scenario)
{
    copy->entries = calloc(scenario->entry_count + 1, sizeof *copy->entries);
    if (copy->entries == NULL)
        return false;

    for (; copy->entry_count < scenario->entry_count; copy->entry_count++) {
        const struct spiral_entry *from = &scenario->entries[copy->entry_count];
        struct spiral_entry *entry = &copy->entries[copy->entry_count];
        *entry = *from;
        entry->source = NULL;

        if (!text_copy(&entry->caption, &from->caption) ||
            !string_copy(&entry->source, from->source)) {
            copy->entry_count++;
            return false;
        }
    }

    return true;
}

static bool observations_copy(struct spiral_scenario *copy, const struct spiral_scenario *scenario)
{
    copy->observations = calloc(scenario->observation_count + 1, sizeof *copy->observations);
    if (copy->observations == NULL)
        return false;

    for (; copy->observation_count < scenario->observation_count; copy->observation_count++) {
        const struct spiral_observation *from = &scenario->observations[copy->observation_count];
        struct spiral_observation *observation = &copy->observations[copy->observation_count];
        *observation = *from;
        if (!string_copy(&observation->source, from->source))
            return false;
    }

    return true;
}

enum spiral_status spiral_scenario_copy(struct spiral_scenario *copy,
                                        const struct spiral_scenario *scenario)
{
    *copy = spiral_scenario_defaults();
    memcpy(copy->name, scenario->name, sizeof copy->name);
    copy->start = scenario->start;
    copy->end = scenario->end;
    copy->dt = scenario->dt;
    copy->small = scenario->small;
    copy->state_count = scenario->state_count;

    bool complete =
        text_copy(&copy->title, &scenario->title) && text_copy(&copy->summary, &scenario->summary);

    for (size_t i = 0; i < scenario->state_count && complete; i++)
        complete = state_copy(&copy->states[i], &scenario->states[i]);

    complete = complete && pairs_copy(copy, scenario) && entries_copy(copy, scenario) &&
               observations_copy(copy, scenario);
    if (!complete)
        spiral_scenario_clear(copy);

    return complete ? SPIRAL_OK : SPIRAL_NO_MEMORY;
}

/* --- looking up ------------------------------------------------------------------------------- */

int spiral_scenario_find_state(const struct spiral_scenario *scenario, const char *id)
{
    for (size_t i = 0; i < scenario->state_count; i++)
        if (strcmp(scenario->states[i].id, id) == 0)
            return (int)i;
    return -1;
}

struct spiral_pair_facts *spiral_scenario_find_pair(const struct spiral_scenario *scenario, int i,
                                                    int j)
{
    for (size_t p = 0; p < scenario->pair_count; p++) {
        struct spiral_pair_facts *pair = &scenario->pairs[p];
        if ((pair->first == i && pair->second == j) || (pair->first == j && pair->second == i))
            return pair;
    }

    return NULL;
}
