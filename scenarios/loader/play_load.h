/* SPDX-License-Identifier: MIT
 *
 * Games that are played by sides, as files: saved games, scripts, and a facilitator's events. They
 * are YAML and are checked like scenarios: every error at once, with its place and the nearest
 * valid name. play_fields.def lists the keys of each map. */
#ifndef SPIRAL_SCENARIOS_LOADER_PLAY_LOAD_H
#define SPIRAL_SCENARIOS_LOADER_PLAY_LOAD_H

#include "scenarios/loader/lesson.h"

enum {
    SPIRAL_PLAY_ROUNDS = 60,     /* of a game, at most */
    SPIRAL_PLAY_MOVES = 3,       /* of a seat in a round, at most */
    SPIRAL_PLAY_OFFERS = 16,     /* that lie before a seat in a round, at most */
    SPIRAL_PLAY_EVENTS = 200,    /* of a file */
    SPIRAL_PLAY_SETTINGS = 16,   /* of a game */
    SPIRAL_PLAY_INTENTION = 600, /* bytes of an intention, with its NUL */
    SPIRAL_PLAY_CASE = 4096      /* bytes of the name or path of a case, with its NUL */
};

/* How a state without a seat plays: play_policies.def. */
enum spiral_play_policy {
#define SPIRAL_PLAY_POLICY(name, en, zh, doc) SPIRAL_POLICY_##name,
#include "scenarios/loader/play_policies.def"
    SPIRAL_POLICIES
};

/* Static strings. */
struct spiral_play_policy_label {
    const char *name;
    const char *en;
    const char *zh;
    const char *doc;
};
extern const struct spiral_play_policy_label spiral_play_policies[SPIRAL_POLICIES];

/* An event of the facilitator's. */
struct spiral_play_event {
    double date; /* years */
    char date_text[12];
    struct spiral_text text; /* owned */
    bool everybody;
    bool to[SPIRAL_MAX_STATES]; /* who reads it, where not everybody */
    size_t move_count;
    struct spiral_lesson_move moves[SPIRAL_LESSON_MOVES];
};

/* A list of them, by date. */
struct spiral_play_events {
    size_t count;
    struct spiral_play_event *items; /* [count], owned */
};
void spiral_play_events_clear(struct spiral_play_events *events);
/* A deep copy into *copy, which need not be initialised; SPIRAL_NO_MEMORY leaves it empty. */
enum spiral_status spiral_play_events_copy(struct spiral_play_events *copy,
                                           const struct spiral_play_events *events);

/* What a seat chose in a round. */
struct spiral_play_turn {
    int line; /* of the file, for errors; 0: none */
    int column;
    int round; /* from 1 on */
    int seat;  /* a state */
    char intention[SPIRAL_PLAY_INTENTION];
    int course; /* enum spiral_doctrine_preset; -1: kept */
    size_t move_count;
    struct spiral_play_act {
        int move;   /* enum spiral_move */
        int target; /* a state, or -1 */
    } moves[SPIRAL_PLAY_MOVES];
    size_t accept_count;
    struct spiral_play_answer {
        int from; /* the state that proposed it */
        int move;
    } accepts[SPIRAL_PLAY_OFFERS];
};

/* How a game is set up. */
struct spiral_play_setup {
    uint64_t seed;
    bool from_given;
    double from;       /* years; where it is given */
    int years;         /* of a round: 1 or 2 */
    int rounds;        /* 0: as many as fit */
    size_t seat_count; /* 0: one of each role */
    int seats[SPIRAL_MAX_STATES];
    int policy[SPIRAL_MAX_STATES]; /* enum spiral_play_policy, of each state */
    size_t setting_count;
    struct spiral_lesson_setting settings[SPIRAL_PLAY_SETTINGS];
    bool war_ends;
    struct spiral_play_events events; /* owned */
};
/* Seed 1, rounds of two years, everybody as in history. */
struct spiral_play_setup spiral_play_setup_defaults(void);

/* A game file. */
struct spiral_play_game_file {
    char case_name[SPIRAL_PLAY_CASE]; /* a name, or a path as seen from the working directory */
    struct spiral_scenario scenario;  /* owned: the case, without the settings */
    struct spiral_play_setup setup;   /* its events are owned */
    size_t turn_count;
    struct spiral_play_turn *turns; /* [turn_count], owned */
    char state[17];                 /* "" where the file has none */
};

/* Loads a game with its case, from a text of `length` bytes that is ended by a NUL. `path` names
 * it in errors, and its folder is where the case's file is looked for. Statuses are as of
 * spiral_scenario_load(); after an error *game is empty. The caller clears it. */
enum spiral_status spiral_play_load_text(struct spiral_play_game_file *game, const char *text,
                                         size_t length, const char *path,
                                         struct spiral_diagnostics *diagnostics);
void spiral_play_game_file_clear(struct spiral_play_game_file *game); /* legal on an empty one */

/* Loads events for a scenario, whose name must be that of the file's case. NULL: for the case
 * that the file names. Likewise. */
enum spiral_status spiral_play_events_load_text(struct spiral_play_events *events,
                                                const struct spiral_scenario *scenario,
                                                const char *text, size_t length, const char *path,
                                                struct spiral_diagnostics *diagnostics);

/* Whether a text is meant as a game, or as events: a line of it begins with the key. */
bool spiral_play_is_game(const char *text);
bool spiral_play_is_events(const char *text);

/* Writes base64 (RFC 4648) of a text: NULL where there is no memory; the caller frees it. And back:
 * NULL where it is not base64 of a text without NULs, or there is no memory. */
char *spiral_play_seal(const char *text);
char *spiral_play_unseal(const char *sealed);

/* Writes a turn's intention, course, moves and answers as a YAML map in one line, as `sealed` holds
 * it. NULL where there is no memory; the caller frees it. */
char *spiral_play_turn_text(const struct spiral_scenario *scenario,
                            const struct spiral_play_turn *turn);

/* Writes a whole game, which loads back to an equal one. The case is named as `case_name`. `state`
 * may be "". SPIRAL_NO_MEMORY, SPIRAL_IO. */
enum spiral_status spiral_play_write(const struct spiral_scenario *scenario, const char *case_name,
                                     const struct spiral_play_setup *setup,
                                     const struct spiral_play_turn *turns, size_t turn_count,
                                     const char *state, FILE *out, struct spiral_error *error);

#endif
