/* SPDX-License-Identifier: MIT
 *
 * The tables of constants, doctrines, moves and facts as data: what the .def files declare, for
 * every reader.
 */
#ifndef SPIRAL_TABLES_H
#define SPIRAL_TABLES_H

#include <stddef.h>
#include <stdint.h>

#include "sim/names.h"
#include "sim/scenario.h"

/* One named number: its name, meaning and range. All strings are static. */
struct spiral_field {
    const char *name;
    const char *unit;
    double value; /* the default */
    double low;   /* bounds, inclusive */
    double high;
    const char *label_en;
    const char *label_zh;
    const char *doc;
    const char *source; /* "" where the table has none */
};

/* --- constants -------------------------------------------------------------------------------- */

/* The model's constants, the same for every case. */
struct spiral_constants {
#define SPIRAL_CONSTANT(name, unit, value, low, high, en, zh, doc, source) double name;
#include "sim/constants.def"
};

enum spiral_constant {
#define SPIRAL_CONSTANT(name, unit, value, low, high, en, zh, doc, source) SPIRAL_K_##name,
#include "sim/constants.def"
    SPIRAL_CONSTANTS
};

extern const struct spiral_field spiral_constant_fields[SPIRAL_CONSTANTS];

/* Every constant at its table's default. */
struct spiral_constants spiral_constants_defaults(void);

/* The i-th constant of the table, for readers and writers by index. */
double *spiral_constant_at(struct spiral_constants *constants, size_t i);

/* A hash of the names and the values in table order (sim/hash.h): names a set of constants in
 * outputs. */
uint64_t spiral_constants_hash(const struct spiral_constants *constants);

/* --- doctrines -------------------------------------------------------------------------------- */

_Static_assert((int)SPIRAL_DOCTRINE_NUMBER_COUNT == (int)SPIRAL_DOCTRINE_NUMBERS,
               "a doctrine is eight numbers");

/* A preset of the eight numbers. */
struct spiral_doctrine {
    const char *name;
    const char *label_en;
    const char *label_zh;
    const char *doc;
    enum spiral_role role; /* the role that it is usual for; others may take it */
    double number[SPIRAL_DOCTRINE_NUMBERS];
};

enum spiral_doctrine_preset {
#define SPIRAL_DOCTRINE(name, en, zh, role, align, empathy, arm, reassure, identity, extend, \
                        caution, coerce, doc) \
    SPIRAL_PRESET_##name,
#include "sim/doctrines.def"
    SPIRAL_DOCTRINES
};

extern const struct spiral_field spiral_doctrine_fields[SPIRAL_DOCTRINE_NUMBERS]; /* all 0..1 */
extern const struct spiral_doctrine spiral_doctrines[SPIRAL_DOCTRINES];
/* The preset of this name, or NULL. */
const struct spiral_doctrine *spiral_doctrine_find(const char *name);

/* --- moves ------------------------------------------------------------------------------------ */

enum spiral_move {
#define SPIRAL_MOVE(name, en, zh, consent, direction, commitment, aspiration, floor, presence, \
                    aid, arms, reassurance, trade, othering, grievance, doc) \
    SPIRAL_MOVE_##name,
#include "sim/moves.def"
    SPIRAL_MOVES
};

/* What a move of weight 1 does: see moves.def. */
struct spiral_move_effect {
    const char *name;
    const char *label_en;
    const char *label_zh;
    const char *doc;
    bool consent;  /* needs the small state's consent */
    int direction; /* 1 alignment or confrontation, -1 distance or conciliation */
    double commitment;
    double aspiration;
    double floor;
    double presence;
    double aid;
    double arms;
    double reassurance;
    double interdependence;
    double othering;
    double grievance;
};

extern const struct spiral_move_effect spiral_moves[SPIRAL_MOVES];
/* The index of the move of this name, or -1. */
int spiral_move_find(const char *name);

/* --- facts ------------------------------------------------------------------------------------ */

enum {
#define SPIRAL_STATE_FACT(name, value, low, high, en, zh, doc) SPIRAL_STATE_FACT_##name,
#include "sim/facts.def"
    SPIRAL_STATE_FACTS
};
enum {
#define SPIRAL_PAIR_FACT(name, value, low, high, en, zh, doc) SPIRAL_PAIR_FACT_##name,
#include "sim/facts.def"
    SPIRAL_PAIR_FACTS
};
enum {
#define SPIRAL_INITIAL_PAIR(name, value, low, high, en, zh, doc) SPIRAL_INITIAL_PAIR_##name,
#include "sim/facts.def"
    SPIRAL_INITIAL_PAIRS
};
enum {
#define SPIRAL_INITIAL_EACH(name, value, low, high, en, zh, doc) SPIRAL_INITIAL_EACH_##name,
#include "sim/facts.def"
    SPIRAL_INITIAL_EACHS
};

extern const struct spiral_field spiral_state_fact_fields[SPIRAL_STATE_FACTS];
extern const struct spiral_field spiral_pair_fact_fields[SPIRAL_PAIR_FACTS];
extern const struct spiral_field spiral_initial_pair_fields[SPIRAL_INITIAL_PAIRS];
extern const struct spiral_field spiral_initial_each_fields[SPIRAL_INITIAL_EACHS];

/* The i-th fact of a table in a state or a pair (initial_each: the first of its two numbers). */
double *spiral_state_fact_at(struct spiral_state_facts *facts, size_t i);
double *spiral_pair_fact_at(struct spiral_pair_facts *facts, size_t i);
double *spiral_initial_pair_at(struct spiral_pair_facts *facts, size_t i);
double *spiral_initial_each_at(struct spiral_pair_facts *facts, size_t i);

/* The names of the roles: "small", "neighbour", "offshore"; and in Chinese. */
extern const char *const spiral_role_names[SPIRAL_ROLES];
extern const char *const spiral_role_names_zh[SPIRAL_ROLES];

#endif
