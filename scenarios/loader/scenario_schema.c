/* SPDX-License-Identifier: MIT */
#include "scenarios/loader/readers.h"

static const char *const mapping_names[SPIRAL_MAPPINGS] = {
    "the file", "a state",          "a public",       "a pair",
    "initial",  "a timeline entry", "an observation", "a doctrine",
};

const struct spiral_schema_key spiral_scenario_keys[SPIRAL_KEYS] = {
#define SPIRAL_KEY(mapping, key, kind, required, doc) \
    {SPIRAL_MAPPING_##mapping, #key, kind, doc, required},
#include "scenarios/loader/fields.def"
#define SPIRAL_STATE_FACT(name, value, low, high, en, zh, doc) \
    {SPIRAL_MAPPING_STATE, #name, #low " to " #high, doc, 0},
#include "sim/facts.def"
#define SPIRAL_PAIR_FACT(name, value, low, high, en, zh, doc) \
    {SPIRAL_MAPPING_PAIR, #name, #low " to " #high, doc, 0},
#include "sim/facts.def"
#define SPIRAL_INITIAL_PAIR(name, value, low, high, en, zh, doc) \
    {SPIRAL_MAPPING_INITIAL, #name, #low " to " #high, doc, 0},
#include "sim/facts.def"
#define SPIRAL_INITIAL_EACH(name, value, low, high, en, zh, doc) \
    {SPIRAL_MAPPING_INITIAL, #name, "[" #low " to " #high ", " #low " to " #high "]", \
     doc ": first about second, second about first", 0},
#include "sim/facts.def"
#define SPIRAL_DOCTRINE_NUMBER(name, en, zh, doc) \
    {SPIRAL_MAPPING_DOCTRINE, #name, "0 to 1", doc, 0},
#include "sim/doctrines.def"
};

const struct spiral_schema spiral_scenario_schema = {mapping_names, spiral_scenario_keys,
                                                     SPIRAL_KEYS};
