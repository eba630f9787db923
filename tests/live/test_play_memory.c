/* SPDX-License-Identifier: MIT */
/* failing memory */
/* Games where memory is lacking: each step says so and leaves the game as it was. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <unistd.h>

#include <cmocka.h>

#include "tests/live/game_of.h"
#include "tests/support/failing_memory.h"

/* Lets every allocation fail once, until `step` succeeds. Returns how often it failed. */
static int fail_until_it_works(bool (*step)(void *context), void *context)
{
    for (long n = 0; n < 100000; n++) {
        spiral_test_memory.until_failure = n;
        spiral_test_memory.once = true;
        spiral_test_memory.failed = false;

        const bool worked = step(context);
        const bool failed = spiral_test_memory.failed;

        spiral_test_memory.until_failure = -1;
        if (!failed) {
            assert_true(worked);
            return (int)n;
        }
    }

    fail_msg("it never works");
    return 0;
}

struct creation {
    struct spiral_scenario scenario;
    struct spiral_game *game;
};

static bool create(void *context)
{
    struct creation *creation = context;
    const struct spiral_constants constants = spiral_test_constants();
    struct spiral_play_setup setup = setup_of(3);
    struct spiral_translation texts = {"", "a ship"};
    struct spiral_play_event item = {.date = 1996.5, .text = {1, &texts}, .move_count = 1};

    item.moves[0] = (struct spiral_lesson_move){NEIGHBOUR, SMALL, SPIRAL_MOVE_exercise, 1.0};
    strcpy(item.date_text, "1996-07");
    setup.events = (struct spiral_play_events){1, &item};

    const enum spiral_status status =
        spiral_game_create(&creation->game, &creation->scenario, &constants, &setup, &error);

    if (status != SPIRAL_OK) {
        assert_null(creation->game);
        assert_int_equal(status, SPIRAL_NO_MEMORY);
    }

    return status == SPIRAL_OK;
}

static void test_a_game_is_created_whole_or_not_at_all(void **unused)
{
    (void)unused;
    struct creation creation = {.game = NULL};

    spiral_test_triad(&creation.scenario);
    assert_in_range(fail_until_it_works(create, &creation), 10, 100000);
    spiral_scenario_clear(&creation.scenario);
    spiral_game_destroy(creation.game);
}

/* The last turn of a round, with an answer, a course and moves. */
static bool decide(void *context)
{
    struct spiral_game *game = context;
    struct spiral_play_turn turn = spiral_game_blank(game);
    const uint64_t before = spiral_game_hash(game);
    const size_t turns = game->turn_count;
    const size_t entries = game->scenario.entry_count;
    const size_t offers = game->offer_count;

    turn.course = (int)(spiral_doctrine_find("committed") - spiral_doctrines);
    turn.move_count = 2;
    turn.moves[0] = (struct spiral_play_act){SPIRAL_MOVE_aid, SMALL};
    turn.moves[1] = (struct spiral_play_act){SPIRAL_MOVE_dialogue, NEIGHBOUR};
    turn.accept_count = 1;
    turn.accepts[0] = (struct spiral_play_answer){SMALL, SPIRAL_MOVE_partner};

    const enum spiral_status status = spiral_game_decide(game, &turn, &error);

    if (status != SPIRAL_OK) {
        assert_int_equal(status, SPIRAL_NO_MEMORY);
        assert_int_equal(game->turn_count, turns);
        assert_int_equal(game->scenario.entry_count, entries);
        assert_int_equal(game->offer_count, offers);
        assert_int_equal(game->offers[offers - 1].reply, SPIRAL_PLAY_OPEN);
        assert_true(spiral_game_hash(game) == before);
    }

    return status == SPIRAL_OK;
}

static void test_a_round_runs_whole_or_not_at_all(void **unused)
{
    (void)unused;
    struct spiral_game *game = game_of(3);

    choose(game, "", NULL, "partner", OFFSHORE);
    pass_until(game, 1, 2);
    assert_in_range(fail_until_it_works(decide, game), 5, 100000);
    assert_int_equal(game->phase, SPIRAL_PLAY_NEWS);
    assert_int_equal(game->offers[game->offer_count - 1].move, SPIRAL_MOVE_aid);

    /* the game that was interrupted is the one that was not */
    struct spiral_game *smooth = game_of(3);

    choose(smooth, "", NULL, "partner", OFFSHORE);
    pass_until(smooth, 1, 2);
    assert_true(decide(smooth));
    assert_true(spiral_game_hash(smooth) == spiral_game_hash(game));
    spiral_game_destroy(smooth);
    spiral_game_destroy(game);
}

static bool look(void *context)
{
    struct spiral_play_sight sight;
    const bool worked = spiral_play_sight_of(context, NEIGHBOUR, &sight) == SPIRAL_OK;

    assert_true(worked || sight.count == 0);
    spiral_play_sight_clear(&sight);
    return worked;
}

static bool save(void *context)
{
    char path[] = "/tmp/spiral-play-memory";
    const bool worked = spiral_game_save(context, "triad", path, &error) == SPIRAL_OK;

    /* the writer of files tells it as the system does */
    assert_true(worked || error.status == SPIRAL_NO_MEMORY || error.status == SPIRAL_IO);
    assert_true(worked || access(path, F_OK) != 0);
    remove(path);
    return worked;
}

static void test_looking_and_saving_fail_cleanly(void **unused)
{
    (void)unused;
    struct spiral_game *game = game_of(2);

    play_all(game, 1);
    assert_in_range(fail_until_it_works(look, game), 3, 1000);
    assert_in_range(fail_until_it_works(save, game), 1, 1000);
    spiral_game_destroy(game);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_game_is_created_whole_or_not_at_all),
        cmocka_unit_test(test_a_round_runs_whole_or_not_at_all),
        cmocka_unit_test(test_looking_and_saving_fail_cleanly),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
