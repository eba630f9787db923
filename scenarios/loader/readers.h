/* SPDX-License-Identifier: MIT
 *
 * The readers of the parts of a scenario file. Inner header of the loader. Each fills what it
 * can and reports the rest.
 */
#ifndef SPIRAL_SCENARIOS_LOADER_READERS_H
#define SPIRAL_SCENARIOS_LOADER_READERS_H

#include "scenarios/loader/yaml/values.h"

/* The mappings of a scenario file. */
enum spiral_mapping {
    SPIRAL_MAPPING_FILE,
    SPIRAL_MAPPING_STATE,
    SPIRAL_MAPPING_PUBLIC,
    SPIRAL_MAPPING_PAIR,
    SPIRAL_MAPPING_INITIAL,
    SPIRAL_MAPPING_ENTRY,
    SPIRAL_MAPPING_OBSERVED,
    SPIRAL_MAPPING_DOCTRINE,
    SPIRAL_MAPPINGS
};

/* Every key of a scenario file: those of fields.def, then the facts of sim/facts.def, each under
 * its mapping. */
enum spiral_key {
#define SPIRAL_KEY(mapping, key, kind, required, doc) SPIRAL_KEY_##mapping##_##key,
#include "scenarios/loader/fields.def"
#define SPIRAL_STATE_FACT(name, value, low, high, en, zh, doc) SPIRAL_KEY_STATE_##name,
#include "sim/facts.def"
#define SPIRAL_PAIR_FACT(name, value, low, high, en, zh, doc) SPIRAL_KEY_PAIR_##name,
#include "sim/facts.def"
#define SPIRAL_INITIAL_PAIR(name, value, low, high, en, zh, doc) SPIRAL_KEY_INITIAL_##name,
#include "sim/facts.def"
#define SPIRAL_INITIAL_EACH(name, value, low, high, en, zh, doc) SPIRAL_KEY_INITIAL_##name,
#include "sim/facts.def"
#define SPIRAL_DOCTRINE_NUMBER(name, en, zh, doc) SPIRAL_KEY_DOCTRINE_##name,
#include "sim/doctrines.def"
    SPIRAL_KEYS
};

_Static_assert((int)SPIRAL_KEYS <= (int)SPIRAL_MAX_KEYS, "the keys of a schema");
extern const struct spiral_schema_key spiral_scenario_keys[SPIRAL_KEYS];
extern const struct spiral_schema spiral_scenario_schema;

/* read_states.c */
void spiral_read_states(struct spiral_reader *reader, const yaml_node_t *node,
                        struct spiral_scenario *scenario);
/* Reads a doctrine: a preset's name, eight numbers, or a preset and changes. */
bool spiral_read_doctrine(struct spiral_reader *reader, const yaml_node_t *node,
                          const struct spiral_path *path, double doctrine[SPIRAL_DOCTRINE_NUMBERS],
                          char name[32]);
/* The index of the state that a scalar names, or -1 (reported). */
int spiral_read_state_name(struct spiral_reader *reader, const yaml_node_t *node,
                           const struct spiral_path *path, const struct spiral_scenario *scenario);

/* read_pairs.c: after the states */
void spiral_read_pairs(struct spiral_reader *reader, const yaml_node_t *node,
                       struct spiral_scenario *scenario);
/* Reads `between: [A, B]`; false where it names no two states. */
bool spiral_read_between(struct spiral_reader *reader, const yaml_node_t *node,
                         const struct spiral_path *path, const struct spiral_scenario *scenario,
                         int *first, int *second);

/* read_timeline.c: after the states and pairs */
void spiral_read_timeline(struct spiral_reader *reader, const yaml_node_t *node,
                          struct spiral_scenario *scenario);
void spiral_read_observed(struct spiral_reader *reader, const yaml_node_t *node,
                          struct spiral_scenario *scenario);

#endif
