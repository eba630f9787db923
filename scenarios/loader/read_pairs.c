/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "scenarios/loader/readers.h"

bool spiral_read_between(struct spiral_reader *reader, const yaml_node_t *node,
                         const struct spiral_path *path, const struct spiral_scenario *scenario,
                         int *first, int *second)
{
    const struct spiral_path here = {.up = path, .key = "between"};
    const int count = spiral_read_sequence(reader, node, &here, "two states: [A, B]");

    if (count < 0)
        return false;

    if (count != 2) {
        spiral_reader_error(reader, node, &here, "%d entries; expected two states: [A, B]", count);
        return false;
    }

    *first = spiral_read_state_name(reader, spiral_sequence_at(reader, node, 0), &here, scenario);
    *second = spiral_read_state_name(reader, spiral_sequence_at(reader, node, 1), &here, scenario);

    if (*first >= 0 && *first == *second) {
        spiral_reader_error(reader, node, &here, "a pair is between two different states");
        return false;
    }

    return *first >= 0 && *second >= 0;
}

/* Two numbers: first about second, second about first. */
static void read_each(struct spiral_reader *reader, const yaml_node_t *node,
                      const struct spiral_path *path, const struct spiral_field *field,
                      double value[2])
{
    if (node == NULL)
        return;
    const struct spiral_path here = {.up = path, .key = field->name};
    const int count = spiral_read_sequence(reader, node, &here,
                                           "two numbers: [first about second, second about first]");

    if (count < 0)
        return;

    if (count != 2) {
        spiral_reader_error(reader, node, &here,
                            "%d numbers; expected two: first about second, second about first",
                            count);
        return;
    }

    for (int side = 0; side < 2; side++)
        spiral_read_number(reader, spiral_sequence_at(reader, node, side), &here, field->low,
                           field->high, &value[side]);
}

static void read_initial(struct spiral_reader *reader, const yaml_node_t *node,
                         const struct spiral_path *path, struct spiral_pair_facts *pair)
{
    const struct spiral_path here = {.up = path, .key = "initial"};
    const yaml_node_t *values[SPIRAL_KEYS];

    if (!spiral_read_mapping(reader, node, &here, SPIRAL_MAPPING_INITIAL, values))
        return;

    for (int f = 0; f < SPIRAL_INITIAL_PAIRS; f++) {
        const struct spiral_field *field = &spiral_initial_pair_fields[f];
        const struct spiral_path field_path = {.up = &here, .key = field->name};
        spiral_read_number(reader, values[SPIRAL_KEY_INITIAL_reassurance + f], &field_path,
                           field->low, field->high, spiral_initial_pair_at(pair, (size_t)f));
    }

    const yaml_node_t *hostility = values[SPIRAL_KEY_INITIAL_hostility];

    if (hostility != NULL && pair->initial_hostility != (double)(int)pair->initial_hostility) {
        const struct spiral_path field_path = {.up = &here, .key = "hostility"};
        spiral_reader_error(reader, hostility, &field_path,
                            "%.6g lies between two levels; expected a whole number, 1 to 5",
                            pair->initial_hostility);
    }

    for (int f = 0; f < SPIRAL_INITIAL_EACHS; f++)
        read_each(reader, values[SPIRAL_KEY_INITIAL_threat + f], &here,
                  &spiral_initial_each_fields[f], spiral_initial_each_at(pair, (size_t)f));
}

/* Reads a pair; false where its states cannot be known. */
static bool read_pair(struct spiral_reader *reader, const yaml_node_t *node,
                      const struct spiral_path *path, struct spiral_scenario *scenario)
{
    const yaml_node_t *values[SPIRAL_KEYS];
    int first;
    int second;

    if (!spiral_read_mapping(reader, node, path, SPIRAL_MAPPING_PAIR, values))
        return false;

    struct spiral_pair_facts *pair = &scenario->pairs[scenario->pair_count];
    const bool named = spiral_read_between(reader, values[SPIRAL_KEY_PAIR_between], path, scenario,
                                           &first, &second);
    const struct spiral_path between = {.up = path, .key = "between"};

    if (named && spiral_scenario_find_pair(scenario, first, second) != NULL)
        spiral_reader_error(reader, values[SPIRAL_KEY_PAIR_between], &between,
                            "duplicate pair %s-%s", scenario->states[first].id,
                            scenario->states[second].id);
    *pair = spiral_pair_facts_defaults(named ? first : -1, named ? second : -1);
    scenario->pair_count++;

    for (int f = 0; f < SPIRAL_PAIR_FACTS; f++) {
        const struct spiral_field *field = &spiral_pair_fact_fields[f];
        const struct spiral_path here = {.up = path, .key = field->name};
        spiral_read_number(reader, values[SPIRAL_KEY_PAIR_proximity + f], &here, field->low,
                           field->high, spiral_pair_fact_at(pair, (size_t)f));
    }

    const struct spiral_path trade = {.up = path, .key = "interdependence"};
    const struct spiral_path source = {.up = path, .key = "source"};

    spiral_read_series(reader, values[SPIRAL_KEY_PAIR_interdependence], &trade, 0.0, 1.0,
                       &pair->interdependence);
    spiral_read_string(reader, values[SPIRAL_KEY_PAIR_source], &source, &pair->source);
    if (values[SPIRAL_KEY_PAIR_initial] != NULL)
        read_initial(reader, values[SPIRAL_KEY_PAIR_initial], path, pair);

    return named;
}

void spiral_read_pairs(struct spiral_reader *reader, const yaml_node_t *node,
                       struct spiral_scenario *scenario)
{
    const struct spiral_path path = {.key = "pairs"};
    const int count = spiral_read_sequence(reader, node, &path, "pairs");

    if (count < 0)
        return;

    if (count > SPIRAL_MAX_STATES * (SPIRAL_MAX_STATES - 1) / 2) {
        spiral_reader_error(reader, node, &path, "%d pairs; there are at most %d", count,
                            SPIRAL_MAX_STATES * (SPIRAL_MAX_STATES - 1) / 2);
        return;
    }

    scenario->pairs = calloc((size_t)count + 1, sizeof *scenario->pairs);
    if (scenario->pairs == NULL) {
        reader->out_of_memory = true;
        return;
    }

    reader->pairs_known = true;
    for (int i = 0; i < count; i++) {
        const struct spiral_path here = {.up = &path, .index = i};
        const bool known = read_pair(reader, spiral_sequence_at(reader, node, i), &here, scenario);
        reader->pairs_known = reader->pairs_known && known;
    }

    for (size_t i = 0; i < scenario->state_count && reader->pairs_known && scenario->small >= 0;
         i++)
        if (scenario->states[i].role == SPIRAL_NEIGHBOUR &&
            spiral_scenario_find_pair(scenario, (int)i, scenario->small) == NULL)
            spiral_reader_error(reader, node, &path,
                                "the pair of the small state %s and its neighbour %s is missing",
                                scenario->states[scenario->small].id, scenario->states[i].id);
}
