/* SPDX-License-Identifier: MIT */
#include "sim/tables.h"

#include <string.h>

#include "sim/hash.h"

const char *const spiral_role_names[SPIRAL_ROLES] = {"small", "neighbour", "offshore"};
const char *const spiral_role_names_zh[SPIRAL_ROLES] = {"小国", "强邻", "域外大国"};

/* --- constants -------------------------------------------------------------------------------- */

const struct spiral_field spiral_constant_fields[SPIRAL_CONSTANTS] = {
#define SPIRAL_CONSTANT(name, unit, value, low, high, en, zh, doc, source) \
    {#name, unit, value, low, high, en, zh, doc, source},
#include "sim/constants.def"
};

struct spiral_constants spiral_constants_defaults(void)
{
    return (struct spiral_constants){
#define SPIRAL_CONSTANT(name, unit, value, low, high, en, zh, doc, source) .name = value,
#include "sim/constants.def"
    };
}

double *spiral_constant_at(struct spiral_constants *constants, size_t i)
{
    double *const at[] = {
#define SPIRAL_CONSTANT(name, unit, value, low, high, en, zh, doc, source) &constants->name,
#include "sim/constants.def"
    };
    return at[i];
}

uint64_t spiral_constants_hash(const struct spiral_constants *constants)
{
    struct spiral_constants copy = *constants;
    uint64_t hash = SPIRAL_HASH_START;

    for (size_t i = 0; i < SPIRAL_CONSTANTS; i++) {
        const char *name = spiral_constant_fields[i].name;
        hash = spiral_hash_bytes(hash, name, strlen(name));
        hash = spiral_hash_number(hash, *spiral_constant_at(&copy, i));
    }

    return hash;
}

/* --- doctrines -------------------------------------------------------------------------------- */

const struct spiral_field spiral_doctrine_fields[SPIRAL_DOCTRINE_NUMBERS] = {
#define SPIRAL_DOCTRINE_NUMBER(name, en, zh, doc) {#name, "1", 0.0, 0.0, 1.0, en, zh, doc, ""},
#include "sim/doctrines.def"
};

const struct spiral_doctrine spiral_doctrines[SPIRAL_DOCTRINES] = {
#define SPIRAL_DOCTRINE(name, en, zh, role, align, empathy, arm, reassure, identity, extend, \
                        caution, coerce, doc) \
    {#name, \
     en, \
     zh, \
     doc, \
     SPIRAL_##role, \
     {align, empathy, arm, reassure, identity, extend, caution, coerce}},
#include "sim/doctrines.def"
};

const struct spiral_doctrine *spiral_doctrine_find(const char *name)
{
    for (size_t i = 0; i < SPIRAL_DOCTRINES; i++)
        if (strcmp(spiral_doctrines[i].name, name) == 0)
            return &spiral_doctrines[i];
    return NULL;
}

/* --- moves ------------------------------------------------------------------------------------ */

const struct spiral_move_effect spiral_moves[SPIRAL_MOVES] = {
#define SPIRAL_MOVE(name, en, zh, consent, direction, commitment, aspiration, floor, presence, \
                    aid, arms, reassurance, trade, othering, grievance, doc) \
    {#name, en,       zh,  doc,  consent,     direction, commitment, aspiration, \
     floor, presence, aid, arms, reassurance, trade,     othering,   grievance},
#include "sim/moves.def"
};

int spiral_move_find(const char *name)
{
    for (int i = 0; i < SPIRAL_MOVES; i++)
        if (strcmp(spiral_moves[i].name, name) == 0)
            return i;
    return -1;
}

/* --- facts ------------------------------------------------------------------------------------ */

const struct spiral_field spiral_state_fact_fields[SPIRAL_STATE_FACTS] = {
#define SPIRAL_STATE_FACT(name, value, low, high, en, zh, doc) \
    {#name, "1", value, low, high, en, zh, doc, ""},
#include "sim/facts.def"
};
const struct spiral_field spiral_pair_fact_fields[SPIRAL_PAIR_FACTS] = {
#define SPIRAL_PAIR_FACT(name, value, low, high, en, zh, doc) \
    {#name, "1", value, low, high, en, zh, doc, ""},
#include "sim/facts.def"
};
const struct spiral_field spiral_initial_pair_fields[SPIRAL_INITIAL_PAIRS] = {
#define SPIRAL_INITIAL_PAIR(name, value, low, high, en, zh, doc) \
    {#name, "1", value, low, high, en, zh, doc, ""},
#include "sim/facts.def"
};
const struct spiral_field spiral_initial_each_fields[SPIRAL_INITIAL_EACHS] = {
#define SPIRAL_INITIAL_EACH(name, value, low, high, en, zh, doc) \
    {#name, "1", value, low, high, en, zh, doc, ""},
#include "sim/facts.def"
};

double *spiral_state_fact_at(struct spiral_state_facts *facts, size_t i)
{
    double *const at[] = {
#define SPIRAL_STATE_FACT(name, value, low, high, en, zh, doc) &facts->name,
#include "sim/facts.def"
    };
    return at[i];
}

double *spiral_pair_fact_at(struct spiral_pair_facts *facts, size_t i)
{
    double *const at[] = {
#define SPIRAL_PAIR_FACT(name, value, low, high, en, zh, doc) &facts->name,
#include "sim/facts.def"
    };
    return at[i];
}

double *spiral_initial_pair_at(struct spiral_pair_facts *facts, size_t i)
{
    double *const at[] = {
#define SPIRAL_INITIAL_PAIR(name, value, low, high, en, zh, doc) &facts->initial_##name,
#include "sim/facts.def"
    };
    return at[i];
}

double *spiral_initial_each_at(struct spiral_pair_facts *facts, size_t i)
{
    double *const at[] = {
#define SPIRAL_INITIAL_EACH(name, value, low, high, en, zh, doc) facts->initial_##name,
#include "sim/facts.def"
    };
    return at[i];
}
