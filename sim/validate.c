/* SPDX-License-Identifier: MIT */
#include "sim/validate.h"

#include <string.h>

#include "sim/parameter.h"

/* A number in its field's bounds; -1 is legal where it is the default (taken from elsewhere).
 * Unordered numbers are not. */
static bool in_bounds(const struct spiral_field *field, double value)
{
    return (value >= field->low && value <= field->high) ||
           (field->value < 0.0 && value == field->value);
}

static enum spiral_status out_of_bounds(struct spiral_error *error, const char *where,
                                        const struct spiral_field *field, double value)
{
    return spiral_error_set(error, SPIRAL_BAD_INPUT, "%s: %s is %.6g; expected %.6g to %.6g", where,
                            field->name, value, field->low, field->high);
}

static enum spiral_status check_publics(const struct spiral_state_facts *state,
                                        struct spiral_error *error)
{
    double weight = 0.0;

    if (state->public_count > SPIRAL_MAX_PUBLICS)
        return spiral_error_set(error, SPIRAL_BAD_INPUT, "%s: more than %d publics", state->id,
                                SPIRAL_MAX_PUBLICS);
    if (state->public_count > 0 && state->role != SPIRAL_SMALL)
        return spiral_error_set(error, SPIRAL_BAD_INPUT, "%s: only the small state has publics",
                                state->id);

    for (size_t m = 0; m < state->public_count; m++) {
        const struct spiral_public *segment = &state->publics[m];
        if (!(segment->weight >= 0.0 && segment->weight <= 1.0 && segment->kin >= 0.0 &&
              segment->kin <= 1.0 && segment->orientation >= -1.0 && segment->orientation <= 1.0))
            return spiral_error_set(
                error, SPIRAL_BAD_INPUT,
                "%s: public %zu: weight and kin are 0 to 1, orientation -1 to 1", state->id, m);
        weight += segment->weight;
    }

    if (state->public_count > 0 && !(weight > 1.0 - 1e-6 && weight < 1.0 + 1e-6))
        return spiral_error_set(error, SPIRAL_BAD_INPUT,
                                "%s: the weights of the publics sum to %.6g; expected 1", state->id,
                                weight);

    return SPIRAL_OK;
}

static enum spiral_status check_doctrine(const double doctrine[SPIRAL_DOCTRINE_NUMBERS],
                                         const char *where, struct spiral_error *error)
{
    for (size_t n = 0; n < SPIRAL_DOCTRINE_NUMBERS; n++)
        if (!in_bounds(&spiral_doctrine_fields[n], doctrine[n]))
            return out_of_bounds(error, where, &spiral_doctrine_fields[n], doctrine[n]);
    return SPIRAL_OK;
}

static enum spiral_status check_series(const struct spiral_series *series, double low, double high,
                                       const char *where, const char *name,
                                       struct spiral_error *error)
{
    for (size_t i = 0; i < series->count; i++) {
        if (!(series->value[i] >= low && series->value[i] <= high))
            return spiral_error_set(error, SPIRAL_BAD_INPUT, "%s: %s is %.6g; expected %s to %.6g",
                                    where, name, series->value[i], low > 0.0 ? "above 0" : "0",
                                    high);
        if (i > 0 && !(series->year[i] > series->year[i - 1]))
            return spiral_error_set(error, SPIRAL_BAD_INPUT, "%s: the years of %s do not ascend",
                                    where, name);
    }

    return SPIRAL_OK;
}

static enum spiral_status check_state(const struct spiral_state_facts *state,
                                      struct spiral_error *error)
{
    struct spiral_state_facts copy = *state;

    if (spiral_parameter_is_prefix(state->id))
        return spiral_error_set(error, SPIRAL_BAD_INPUT,
                                "no state can be called '%s': names of numbers begin so",
                                state->id);

    for (size_t i = 0; i < SPIRAL_STATE_FACTS; i++)
        if (!in_bounds(&spiral_state_fact_fields[i], *spiral_state_fact_at(&copy, i)))
            return out_of_bounds(error, state->id, &spiral_state_fact_fields[i],
                                 *spiral_state_fact_at(&copy, i));
    if (state->power.count == 0)
        return spiral_error_set(error, SPIRAL_BAD_INPUT, "%s: power is missing", state->id);

    enum spiral_status status = check_series(&state->power, 1e-12, 1e12, state->id, "power", error);

    if (status == SPIRAL_OK)
        status = check_doctrine(state->doctrine, state->id, error);

    return status == SPIRAL_OK ? check_publics(state, error) : status;
}

static enum spiral_status check_pair(const struct spiral_scenario *scenario, size_t p,
                                     struct spiral_error *error)
{
    struct spiral_pair_facts pair = scenario->pairs[p];
    const int states = (int)scenario->state_count;

    if (pair.first < 0 || pair.second < 0 || pair.first >= states || pair.second >= states ||
        pair.first == pair.second)
        return spiral_error_set(error, SPIRAL_BAD_INPUT,
                                "pair %zu is not between two of the states", p);
    if (spiral_scenario_find_pair(scenario, pair.first, pair.second) != &scenario->pairs[p])
        return spiral_error_set(error, SPIRAL_BAD_INPUT, "pair %zu is listed twice", p);

    char where[2 * SPIRAL_ID_SIZE + 1] = "";

    strcat(strcat(strcat(where, scenario->states[pair.first].id), "-"),
           scenario->states[pair.second].id);

    for (size_t i = 0; i < SPIRAL_PAIR_FACTS; i++)
        if (!in_bounds(&spiral_pair_fact_fields[i], *spiral_pair_fact_at(&pair, i)))
            return out_of_bounds(error, where, &spiral_pair_fact_fields[i],
                                 *spiral_pair_fact_at(&pair, i));

    for (size_t i = 0; i < SPIRAL_INITIAL_PAIRS; i++)
        if (!in_bounds(&spiral_initial_pair_fields[i], *spiral_initial_pair_at(&pair, i)))
            return out_of_bounds(error, where, &spiral_initial_pair_fields[i],
                                 *spiral_initial_pair_at(&pair, i));

    for (size_t i = 0; i < SPIRAL_INITIAL_EACHS; i++)
        for (int side = 0; side < 2; side++)
            if (!in_bounds(&spiral_initial_each_fields[i], spiral_initial_each_at(&pair, i)[side]))
                return out_of_bounds(error, where, &spiral_initial_each_fields[i],
                                     spiral_initial_each_at(&pair, i)[side]);
    if (pair.initial_hostility != (double)(int)pair.initial_hostility)
        return spiral_error_set(error, SPIRAL_BAD_INPUT,
                                "%s: initial hostility is a whole number, 1 to 5", where);

    return check_series(&pair.interdependence, 0.0, 1.0, where, "interdependence", error);
}

/* The end itself is legal: an act of that date never comes to pass. Unordered dates are not. */
static bool in_run(const struct spiral_scenario *scenario, double date)
{
    return date >= scenario->start - 1e-9 && date <= scenario->end + 1e-9;
}

static enum spiral_status check_entry(const struct spiral_scenario *scenario,
                                      const struct spiral_entry *entry, struct spiral_error *error)
{
    const int states = (int)scenario->state_count;

    if (!in_run(scenario, entry->date))
        return spiral_error_set(error, SPIRAL_BAD_INPUT, "an entry of %s lies outside the run",
                                entry->date_text);

    if (entry->actor < 0 || entry->actor >= states || entry->target < -1 ||
        entry->target >= states || entry->actor == entry->target)
        return spiral_error_set(error, SPIRAL_BAD_INPUT,
                                "an entry of %s names no state, or one state twice",
                                entry->date_text);
    if (entry->kind == SPIRAL_ENTRY_DOCTRINE)
        return check_doctrine(entry->doctrine, entry->date_text, error);

    if (entry->kind == SPIRAL_ENTRY_MOVE) {
        if (entry->move < 0 || entry->move >= SPIRAL_MOVES)
            return spiral_error_set(error, SPIRAL_BAD_INPUT,
                                    "an entry of %s has no move of the catalogue",
                                    entry->date_text);

        if (!(entry->weight >= 0.0 && entry->weight <= 2.0))
            return spiral_error_set(error, SPIRAL_BAD_INPUT,
                                    "an entry of %s has weight %.6g; expected 0 to 2",
                                    entry->date_text, entry->weight);
    } else if (!(entry->value >= 0.0 && entry->value <= 1.0))
        return spiral_error_set(error, SPIRAL_BAD_INPUT,
                                "an entry of %s sets %.6g; expected 0 to 1", entry->date_text,
                                entry->value);

    return SPIRAL_OK;
}

static enum spiral_status check_roles(const struct spiral_scenario *scenario,
                                      struct spiral_error *error)
{
    int small = 0;
    int neighbours = 0;

    if (scenario->state_count < 2 || scenario->state_count > SPIRAL_MAX_STATES)
        return spiral_error_set(error, SPIRAL_BAD_INPUT, "%zu states; expected 2 to %d",
                                scenario->state_count, SPIRAL_MAX_STATES);

    for (size_t i = 0; i < scenario->state_count; i++) {
        small += scenario->states[i].role == SPIRAL_SMALL;
        neighbours += scenario->states[i].role == SPIRAL_NEIGHBOUR;
    }

    if (small != 1)
        return spiral_error_set(error, SPIRAL_BAD_INPUT,
                                "%d states have the role small; expected exactly one", small);
    if (neighbours < 1)
        return spiral_error_set(error, SPIRAL_BAD_INPUT,
                                "no state has the role neighbour; expected one or more");
    if (scenario->small < 0 || scenario->small >= (int)scenario->state_count ||
        scenario->states[scenario->small].role != SPIRAL_SMALL)
        return spiral_error_set(error, SPIRAL_BAD_INPUT, "the protagonist is not the small state");

    return SPIRAL_OK;
}

static enum spiral_status check_observation(const struct spiral_scenario *scenario,
                                            const struct spiral_observation *seen,
                                            struct spiral_error *error)
{
    const int states = (int)scenario->state_count;

    if (seen->first < 0 || seen->second < 0 || seen->first >= states || seen->second >= states ||
        seen->first == seen->second)
        return spiral_error_set(error, SPIRAL_BAD_INPUT,
                                "the observation of %s is not between two of the states",
                                seen->date_text);
    if (!in_run(scenario, seen->date))
        return spiral_error_set(error, SPIRAL_BAD_INPUT,
                                "the observation of %s lies outside the run", seen->date_text);

    if (seen->hostility < 0 || seen->hostility > 5)
        return spiral_error_set(error, SPIRAL_BAD_INPUT,
                                "the observation of %s has level %d; expected 1 to 5, or 0: unknown",
                                seen->date_text, seen->hostility);

    return SPIRAL_OK;
}

enum spiral_status spiral_scenario_validate(const struct spiral_scenario *scenario,
                                            struct spiral_error *error)
{
    enum spiral_status status = check_roles(scenario, error);

    if (status == SPIRAL_OK && !(scenario->dt > 0.0 && scenario->dt <= 1.0))
        status = spiral_error_set(error, SPIRAL_BAD_INPUT,
                                  "dt is %.6g years; expected above 0, at most 1", scenario->dt);

    if (status == SPIRAL_OK && spiral_step_count(scenario->start, scenario->end, scenario->dt) < 1)
        status = spiral_error_set(error, SPIRAL_BAD_INPUT,
                                  "start to end is not a whole number of steps of %.6g years",
                                  scenario->dt);
    for (size_t i = 0; i < scenario->state_count && status == SPIRAL_OK; i++)
        status = check_state(&scenario->states[i], error);
    for (size_t p = 0; p < scenario->pair_count && status == SPIRAL_OK; p++)
        status = check_pair(scenario, p, error);
    for (size_t e = 0; e < scenario->entry_count && status == SPIRAL_OK; e++)
        status = check_entry(scenario, &scenario->entries[e], error);
    for (size_t o = 0; o < scenario->observation_count && status == SPIRAL_OK; o++)
        status = check_observation(scenario, &scenario->observations[o], error);

    return status;
}
