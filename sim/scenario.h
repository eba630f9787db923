/* SPDX-License-Identifier: MIT
 *
 * A scenario: facts and choices of one case as plain data. A loader fills it, a program edits it
 * by name, and spiral_plan_create() compiles it. Constants are not part of it: they are the
 * same for every case.
 */
#ifndef SPIRAL_SCENARIO_H
#define SPIRAL_SCENARIO_H

#include <stdbool.h>
#include <stddef.h>

#include "sim/dates.h"
#include "sim/sizes.h"
#include "sim/status.h"

/* A text in several languages. `count` 0 is an absent text. A plain string has the language "".
 * Strings are owned. */
struct spiral_text {
    size_t count;
    struct spiral_translation {
        char language[8];
        char *text;
    } * items;
};

/* The text in `language`, else in English, else as a plain string, else the first there is, else
 * "". Owned by the text. */
const char *spiral_text_get(const struct spiral_text *text, const char *language);

/* A number in time: linear between knots, flat outside. Years ascend strictly. One knot is a
 * constant. Owned arrays. */
struct spiral_series {
    size_t count;
    double *year;
    double *value;
};

/* Makes an empty series constant. False without memory. */
bool spiral_series_set_constant(struct spiral_series *series, double value);

/* The value of a series at a date (years). 0 where it has no knots. */
double spiral_series_at(const struct spiral_series *series, double year);

/* A segment of the small state's public. Weights of a state's segments sum to 1 (within 1e-6). */
struct spiral_public {
    struct spiral_text name;
    double weight;      /* 0..1, share of the people */
    double orientation; /* -1 towards the neighbour .. +1 towards the offshore power */
    double kin;         /* 0..1, kinship with the neighbour */
};

/* A state. */
struct spiral_state_facts {
    char id[SPIRAL_ID_SIZE];
    struct spiral_text name;
    char *source; /* owned, may be NULL */
    enum spiral_role role;
    char doctrine_name[32];                   /* the preset it started from, or "custom" */
    double doctrine[SPIRAL_DOCTRINE_NUMBERS]; /* 0..1 each, order of doctrines.def */
    struct spiral_series power;               /* share of world capability, > 0 */
#define SPIRAL_STATE_FACT(name, value, low, high, en, zh, doc) double name;
#include "sim/facts.def"
    size_t public_count; /* 0..SPIRAL_MAX_PUBLICS; only the small state has publics */
    struct spiral_public publics[SPIRAL_MAX_PUBLICS];
};

/* An unordered pair of states. */
struct spiral_pair_facts {
    int first;                            /* indices into states, in the order of the file: */
    int second;                           /* first < second is not required */
    char *source;                         /* owned, may be NULL */
    struct spiral_series interdependence; /* 0..1; no knots means 0 */
#define SPIRAL_PAIR_FACT(name, value, low, high, en, zh, doc) double name;
#include "sim/facts.def"
#define SPIRAL_INITIAL_PAIR(name, value, low, high, en, zh, doc) double initial_##name;
#include "sim/facts.def"
    /* [0] the first state about the second, [1] the second about the first */
#define SPIRAL_INITIAL_EACH(name, value, low, high, en, zh, doc) double initial_##name[2];
#include "sim/facts.def"
};

/* A dated act: a move, or a change of doctrine, greed or resolve. */
enum spiral_entry_kind {
    SPIRAL_ENTRY_MOVE,
    SPIRAL_ENTRY_DOCTRINE,
    SPIRAL_ENTRY_GREED,
    SPIRAL_ENTRY_RESOLVE
};

struct spiral_entry {
    double date;        /* years, see spiral_date_parse */
    char date_text[12]; /* as written */
    enum spiral_entry_kind kind;
    int actor;              /* index into states */
    int target;             /* index into states, or -1 for changes and moves without a target */
    int move;               /* enum spiral_move, for SPIRAL_ENTRY_MOVE */
    double weight;          /* 0..2, default 1 */
    char doctrine_name[32]; /* for SPIRAL_ENTRY_DOCTRINE */
    double doctrine[SPIRAL_DOCTRINE_NUMBERS];
    double value; /* new greed or resolve, 0..1 */
    struct spiral_text caption;
    char *source; /* owned, may be NULL */
};

/* What was observed between two rivals: holds until the pair's next entry. Compared with a run,
 * never its input. */
struct spiral_observation {
    double date;
    char date_text[12];
    int first;     /* indices into states */
    int second;    /* indices into states */
    int hostility; /* 1..5; 0: unknown from here on */
    char *source;  /* owned, may be NULL */
};

/* All that is known of a case. */
struct spiral_scenario {
    char name[64]; /* [a-z0-9_-]+ */
    struct spiral_text title;
    struct spiral_text summary;
    double start;       /* years */
    double end;         /* years; the first instant that is not simulated */
    double dt;          /* years, default 1/12 */
    int small;          /* index of the protagonist */
    size_t state_count; /* 2..SPIRAL_MAX_STATES */
    struct spiral_state_facts states[SPIRAL_MAX_STATES];
    size_t pair_count;
    struct spiral_pair_facts *pairs; /* owned */
    size_t entry_count;
    struct spiral_entry *entries; /* owned, in file order; equal dates act in this order */
    size_t observation_count;
    struct spiral_observation *observations; /* owned */
};

/* Defaults of a state, a pair, a scenario: every fact at its table's default, no text, no
 * entries. */
struct spiral_state_facts spiral_state_facts_defaults(void);
struct spiral_pair_facts spiral_pair_facts_defaults(int first, int second);
struct spiral_scenario spiral_scenario_defaults(void);

/* Frees what the scenario owns and makes it the defaults again. Legal on a defaulted scenario. */
void spiral_scenario_clear(struct spiral_scenario *scenario);

/* A deep copy into *copy (which need not be initialised). SPIRAL_NO_MEMORY leaves *copy cleared. */
enum spiral_status spiral_scenario_copy(struct spiral_scenario *copy,
                                        const struct spiral_scenario *scenario);

/* The index of the state with this id, or -1. */
int spiral_scenario_find_state(const struct spiral_scenario *scenario, const char *id);

/* The pair of i and j in either order, or NULL where the scenario does not list it. */
struct spiral_pair_facts *spiral_scenario_find_pair(const struct spiral_scenario *scenario, int i,
                                                    int j);

#endif
