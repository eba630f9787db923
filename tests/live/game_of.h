/* SPDX-License-Identifier: MIT
 *
 * Games of three seats for the suites, on the triad and on Ukraine. Include it after cmocka.h.
 */
#ifndef SPIRAL_TEST_GAME_OF_H
#define SPIRAL_TEST_GAME_OF_H

#include <stdlib.h>
#include <string.h>

#include "render/live/play_file.h"
#include "tests/live/session_of.h"

static inline struct spiral_play_setup setup_of(int rounds)
{
    struct spiral_play_setup setup = spiral_play_setup_defaults();

    setup.seed = SEED;
    setup.from_given = true;
    setup.from = 1996.0;
    setup.rounds = rounds;

    return setup;
}

static inline struct spiral_game *game_with(const struct spiral_play_setup *setup)
{
    struct spiral_game *game;
    struct spiral_scenario scenario;
    const struct spiral_constants constants = spiral_test_constants();

    spiral_test_triad(&scenario);
    if (spiral_game_create(&game, &scenario, &constants, setup, &error) != SPIRAL_OK)
        fail_msg("%s", error.message);
    spiral_scenario_clear(&scenario);

    return game;
}

static inline struct spiral_game *game_of(int rounds)
{
    const struct spiral_play_setup setup = setup_of(rounds);
    return game_with(&setup);
}

/* The present turn: a sentence, a course by its name (NULL: kept), a move by its name (NULL:
 * none) towards a state. */
static inline void choose(struct spiral_game *game, const char *intention, const char *course,
                          const char *move, int target)
{
    struct spiral_play_turn turn = spiral_game_blank(game);

    strcpy(turn.intention, intention);
    if (course != NULL)
        turn.course = (int)(spiral_doctrine_find(course) - spiral_doctrines);
    if (move != NULL)
        turn.moves[turn.move_count++] = (struct spiral_play_act){spiral_move_find(move), target};
    if (game->phase == SPIRAL_PLAY_NEWS)
        spiral_game_go_on(game);
    turn.round = game->round + 1;
    turn.seat = spiral_game_state(game);
    if (spiral_game_decide(game, &turn, &error) != SPIRAL_OK)
        fail_msg("%s", error.message);
}

/* Everybody keeps the course and does nothing, until a seat (index) of a round is to choose. */
static inline void pass_until(struct spiral_game *game, int round, size_t seat)
{
    while (game->round < round || game->seat < seat || game->phase == SPIRAL_PLAY_NEWS) {
        if (game->phase == SPIRAL_PLAY_NEWS && game->round + 1 > round)
            break;
        if (game->phase == SPIRAL_PLAY_NEWS) {
            spiral_game_go_on(game);
            continue;
        }
        choose(game, "", NULL, NULL, -1);
    }
}

/* A game in which everybody does something in every round. */
static inline void play_all(struct spiral_game *game, int rounds)
{
    static const char *const small[] = {"limited_balance", NULL, "confront_near"};
    static const char *const neighbour[] = {NULL, "assertive", "detente"};
    static const char *const patron[] = {"committed", NULL, "aloof"};

    for (int round = game->round; round < rounds; round++) {
        choose(game, "talk, and wait", small[round % 3], round % 2 == 0 ? "dialogue" : "arm",
               round % 2 == 0 ? NEIGHBOUR : -1);
        choose(game, "be feared", neighbour[round % 3], round % 2 == 0 ? "sanction" : "trade",
               SMALL);
        choose(game, "help without being drawn in", patron[round % 3],
               round % 2 == 0 ? "aid" : "exercise", round % 2 == 0 ? SMALL : NEIGHBOUR);
    }

    if (game->phase == SPIRAL_PLAY_NEWS)
        spiral_game_go_on(game);
}

/* Changes everything of a run that a seat may not see: what others perceive and have, what a
 * patron would do, what the model keeps for itself. */
static inline void scramble(struct spiral_game *game, int seat)
{
    const struct spiral_layout *layout = &game->session->plan->layout;
    const size_t believed = offsetof(struct spiral_lanes_derived, believed) / sizeof(spiral_lane);

    for (long step = 0; step <= game->session->plan->steps; step++) {
        struct spiral_snapshot *at = &game->session->snapshots[step];
        const struct spiral_snapshot kept = *at;

        for (size_t b = 0; b < sizeof *at; b++)
            ((unsigned char *)at)[b] ^= 0x2a;

        /* the ladder is public, and a seat's perceptions, arms and pledges are its own */
        memcpy(at->hostility, kept.hostility, sizeof at->hostility);
        at->arms[seat] = kept.arms[seat];
        for (int p = 0; p < layout->count[SPIRAL_OF_PERCEPTION]; p++)
            if (layout->perceptions[p].of == seat)
                at->threat[p] = kept.threat[p];
        for (int k = 0; k < layout->count[SPIRAL_OF_PATRON]; k++) {
            if (seat != layout->small && layout->patrons[k] != seat)
                continue;
            at->commitment[k] = kept.commitment[k];
            if (seat == layout->small)
                at->derived[believed + (size_t)k] = kept.derived[believed + (size_t)k];
        }
    }

    for (size_t i = 0; i < game->base.state_count; i++) {
        if ((int)i == seat)
            continue;
        game->base.states[i].greed = game->scenario.states[i].greed = 0.987;
        game->base.states[i].resolve = game->scenario.states[i].resolve = 0.123;
        for (int n = 0; n < SPIRAL_DOCTRINE_NUMBERS; n++)
            game->scenario.states[i].doctrine[n] = 0.456;
    }

    for (size_t e = 0; e < game->scenario.entry_count; e++) {
        struct spiral_entry *entry = &game->scenario.entries[e];
        if (entry->actor != seat && entry->kind != SPIRAL_ENTRY_MOVE) {
            entry->value = 0.77;
            strcpy(entry->doctrine_name, "aloof");
            for (int n = 0; n < SPIRAL_DOCTRINE_NUMBERS; n++)
                entry->doctrine[n] = 0.321;
        }
    }

    for (size_t t = 0; t < game->turn_count; t++)
        if (game->turns[t].seat != seat) {
            strcpy(game->turns[t].intention, "SECRET");
            game->turns[t].course = -1;
            game->turns[t].move_count = 0;
        }
    for (size_t o = 0; o < game->offer_count; o++)
        if (game->offers[o].actor != seat && game->offers[o].target != seat)
            game->offers[o].move = SPIRAL_MOVE_join;
}

static inline char *told(const struct spiral_game *game, const char *language)
{
    char *text = spiral_play_tell(game, language);
    assert_non_null(text);
    return text;
}

#endif
