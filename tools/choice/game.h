/* SPDX-License-Identifier: MIT
 *
 * Strategic choice: doctrines as the strategies of the small state, its neighbour and its patron.
 * Payoffs are means over runs, so that the game is an empirical one (Wellman 2006). docs/choice.md
 * defines security, gain and cost.
 */
#ifndef SPIRAL_CHOICE_GAME_H
#define SPIRAL_CHOICE_GAME_H

#include <jansson.h>
#include <stdio.h>

#include "sim/constant_sets.h"
#include "sim/plan.h"
#include "tables/table.h"
#include "tools/choice/equilibrium.h"

/* The players, each the first state of its role. */
#define SPIRAL_PLAYER_TABLE(X) \
    X(small, SMALL, "small state", "小国") \
    X(neighbour, NEIGHBOUR, "neighbour", "强邻") \
    X(patron, OFFSHORE, "patron", "域外大国")
enum spiral_player {
#define SPIRAL_PLAYER_ENTRY(name, role, en, zh) SPIRAL_PLAYER_##name,
    SPIRAL_PLAYER_TABLE(SPIRAL_PLAYER_ENTRY)
#undef SPIRAL_PLAYER_ENTRY
        SPIRAL_PLAYERS
};
struct spiral_player_label {
    const char *name;
    enum spiral_role role;
    const char *en;
    const char *zh;
};
extern const struct spiral_player_label spiral_player_labels[SPIRAL_PLAYERS];

enum { SPIRAL_MOST_GREEDS = 21 };

struct spiral_game_request {
    size_t players; /* 2: the small state and its neighbour; 3: and its patron */
    uint64_t runs;  /* of every profile, at least 2 */
    uint64_t seed;
    uint64_t resamples;
    double weights[3]; /* of security, gain and cost */
    double lambda;     /* precision of the logit equilibrium */
    double from;       /* years; 0: the start: when the doctrines begin */
    size_t greed_count;
    double greed[SPIRAL_MOST_GREEDS]; /* of the neighbour, ascending */
    struct spiral_plan_options plan;
    int threads;
    const char *label; /* shows progress on stderr under this name; NULL: none */
};

struct spiral_game_request spiral_game_defaults(void);

/* The game at one value of the neighbour's greed. */
struct spiral_game_at {
    double greed;
    struct spiral_normal_form form;
    double *payoff;     /* [profile * players + player], means; owned */
    double *parts;      /* [(profile * players + player) * 3 + part]: security, gain, cost; owned */
    double *risk;       /* [profile]: share of runs with war; owned */
    double *support;    /* [profile]: share of resamples in which it is a pure equilibrium; owned */
    size_t mixed_count; /* two players: all equilibria; three: 0 */
    struct spiral_mix mixed[SPIRAL_MOST_EQUILIBRIA];
    struct spiral_mix logit;
    double reached; /* the precision of `logit` */
};

struct spiral_game {
    const struct spiral_scenario *scenario; /* not owned */
    struct spiral_game_request request;
    int states[SPIRAL_PLAYERS];
    size_t strategies[SPIRAL_PLAYERS];
    const struct spiral_doctrine *doctrines[SPIRAL_PLAYERS][SPIRAL_MOST_STRATEGIES];
    size_t count;
    struct spiral_game_at *at; /* [count]: by greed; owned */
};

/* Plays. `sets` (empty: none) are spread over the runs. SPIRAL_BAD_INPUT where the scenario lacks a
 * player, SPIRAL_NO_MEMORY, SPIRAL_STOPPED. The caller clears the game, also after an error. */
enum spiral_status spiral_game_play(struct spiral_game *game,
                                    const struct spiral_scenario *scenario,
                                    const struct spiral_constants *constants,
                                    const struct spiral_constant_sets *sets,
                                    const struct spiral_game_request *request,
                                    struct spiral_error *error);
void spiral_game_clear(struct spiral_game *game);

/* Text, one JSON object. As a table: its columns and its origin (the caller clears it), then a row
 * per greed, profile and player. */
void spiral_game_print(const struct spiral_game *game, bool chinese, FILE *out);
void spiral_game_describe(struct spiral_table *table, const struct spiral_game *game);
void spiral_game_csv(const struct spiral_game *game, struct spiral_table *table);
json_t *spiral_game_json(const struct spiral_game *game);

#endif
