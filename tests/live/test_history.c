/* SPDX-License-Identifier: MIT */
/* Undo and redo over choices, seeds and branches; doctrines act by act; moves that do nothing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "scenarios/loader/scenario_load.h"
#include "sim/random.h"
#include "tests/live/session_of.h"

static struct spiral_session *ukraine(void)
{
    static struct spiral_diagnostics diagnostics;
    struct spiral_scenario scenario;

    spiral_diagnostics_init(&diagnostics);
    assert_int_equal(spiral_scenario_load(&scenario, SPIRAL_SOURCE_DIR "/scenarios/ukraine.yaml",
                                          &diagnostics),
                     SPIRAL_OK);
    return session_of(&scenario);
}

/* A choice, a seed or a branch by chance, at a date by chance. */
static void choose_anything(struct spiral_session *session, struct spiral_random *random)
{
    static const char *const names[] = {"k.noise", "k.loss", "RUS.greed", "doctrine.UKR.align",
                                        "doctrine.RUS.coerce"};
    const uint32_t kind = spiral_random_next(random) % 8;
    const uint32_t draw = spiral_random_next(random);
    const double share = (double)(draw % 100) / 100.0;

    spiral_session_seek(session, (long)(draw / 128 % 360));
    if (kind < 3)
        assert_int_equal(spiral_session_set(session, names[draw / 100 % 5], 0.5 * share, &error),
                         SPIRAL_OK);
    else if (kind < 5)
        assert_int_equal(spiral_session_set_doctrine(session, session->base.small,
                                                     spiral_doctrines[draw % 6].name, &error),
                         SPIRAL_OK);
    else if (kind < 6)
        assert_int_equal(spiral_session_move(session, 0, 1, SPIRAL_MOVE_treaty, 1.0 + share,
                                             &error),
                         SPIRAL_OK);
    else if (kind < 7)
        spiral_session_restart(session, session->seed + 1 + draw % 5);
    else if (session->branch_count < SPIRAL_SESSION_BRANCHES)
        assert_int_equal(spiral_session_add_branch(session, "kept", NULL, 0, &error), SPIRAL_OK);
    else
        spiral_session_drop_branch(session, draw % SPIRAL_SESSION_BRANCHES);
}

static uint64_t hash_at_end(struct spiral_session *session)
{
    end_at(session);
    return spiral_session_hash(session);
}

static void test_undo_over_twenty_changes_gives_the_first_run(void **unused)
{
    (void)unused;
    enum { CHANGES = 20 };

    for (uint64_t seed = 1; seed <= 3; seed++) {
        struct spiral_random random = spiral_random_seed(seed, 9);
        struct spiral_session *session = ukraine();
        uint64_t hashes[CHANGES + 1];
        size_t branches[CHANGES + 1];

        for (int i = 0; i <= CHANGES; i++) {
            hashes[i] = hash_at_end(session);
            branches[i] = session->branch_count;
            if (i < CHANGES)
                choose_anything(session, &random);
        }

        /* two settings of one number at one date are one change: undo to the first all the same */
        while (session->history.undo_count > 0)
            assert_int_equal(spiral_session_undo(session, &error), SPIRAL_OK);
        assert_true(hash_at_end(session) == hashes[0]);
        assert_int_equal(session->branch_count, branches[0]);
        assert_int_equal(session->choice_count, 0);
        assert_int_equal(session->seed, SEED);

        while (session->history.redo_count > 0)
            assert_int_equal(spiral_session_redo(session, &error), SPIRAL_OK);
        assert_true(hash_at_end(session) == hashes[CHANGES]);
        assert_int_equal(session->branch_count, branches[CHANGES]);
        spiral_session_destroy(session);
    }
}

/* Undo goes one change at a time; a new change ends what could be brought back; a slider that is
 * dragged is one change; the clock stays. */
static void test_changes_are_undone_one_by_one(void **unused)
{
    (void)unused;
    struct spiral_session *session = ukraine();
    double value;

    spiral_session_seek(session, 100);
    for (int i = 1; i <= 5; i++)
        assert_int_equal(spiral_session_set(session, "RUS.greed", 0.1 * i, &error), SPIRAL_OK);
    assert_int_equal(session->history.undo_count, 1);
    assert_int_equal(spiral_session_set(session, "k.noise", 0.1, &error), SPIRAL_OK);
    assert_int_equal(spiral_session_undo(session, &error), SPIRAL_OK);
    assert_true(spiral_session_get(session, "RUS.greed", &value) && value == 0.5);
    assert_int_equal(session->present, 100);
    assert_int_equal(spiral_session_undo(session, &error), SPIRAL_OK);
    assert_true(spiral_session_get(session, "RUS.greed", &value) && value == 0.1);
    assert_int_equal(spiral_session_undo(session, &error), SPIRAL_OK); /* nothing is left */
    assert_int_equal(spiral_session_redo(session, &error), SPIRAL_OK);
    assert_int_equal(session->choice_count, 1);
    assert_int_equal(spiral_session_set(session, "k.loss", 1.0, &error), SPIRAL_OK);
    assert_int_equal(session->history.redo_count, 0);
    spiral_session_destroy(session);
}

/* --- doctrines, act by act -------------------------------------------------------------------- */

/* Left as the rule has it, the course is that of spiral_session_set_doctrine(); an act that is kept
 * by hand is in the run, one that is dropped by hand is not. */
static void test_acts_fall_as_they_are_ticked(void **unused)
{
    (void)unused;
    struct spiral_session *plain = ukraine();
    struct spiral_session *ticked = ukraine();
    struct spiral_session_turn turn;

    spiral_session_seek(plain, 156);
    spiral_session_seek(ticked, 156);
    assert_int_equal(spiral_session_set_doctrine(plain, plain->base.small, "limited_balance",
                                                 &error),
                     SPIRAL_OK);
    assert_int_equal(spiral_session_turn_begin(&turn, ticked, ticked->base.small, "limited_balance",
                                               &error),
                     SPIRAL_OK);
    assert_int_equal(ticked->choice_count, 0);
    assert_true(turn.count > 4);
    assert_int_equal(spiral_session_turn_take(&turn, ticked, &error), SPIRAL_OK);
    assert_true(hash_at_end(ticked) == hash_at_end(plain));
    spiral_session_turn_clear(&turn);

    /* again at the same date: the acts are those of history, and all are kept */
    spiral_session_seek(ticked, 156);
    assert_int_equal(spiral_session_turn_begin(&turn, ticked, ticked->base.small, "limited_balance",
                                               &error),
                     SPIRAL_OK);
    for (size_t a = 0; a < turn.count; a++)
        turn.acts[a].falls = false;
    assert_int_equal(spiral_session_turn_take(&turn, ticked, &error), SPIRAL_OK);
    assert_int_equal(ticked->choice_count, 1);
    assert_int_equal(ticked->scenario.entry_count, ticked->base.entry_count + 1);
    assert_true(hash_at_end(ticked) != hash_at_end(plain));
    assert_runs_like(ticked, &ticked->scenario, &ticked->constants);

    /* and all are dropped */
    spiral_session_seek(ticked, 156);
    for (size_t a = 0; a < turn.count; a++)
        turn.acts[a].falls = true;
    assert_int_equal(spiral_session_turn_take(&turn, ticked, &error), SPIRAL_OK);
    assert_int_equal(ticked->scenario.entry_count, ticked->base.entry_count + 1 - turn.count);
    spiral_session_turn_clear(&turn);

    assert_int_equal(spiral_session_turn_begin(&turn, ticked, ticked->base.small, "limitd", &error),
                     SPIRAL_BAD_INPUT);
    spiral_session_turn_clear(&turn);
    spiral_session_destroy(plain);
    spiral_session_destroy(ticked);
}

/* --- moves ------------------------------------------------------------------------------------ */

/* The state of the run after the step that follows. */
static uint64_t hash_after_next_step(struct spiral_session *session)
{
    const long present = session->present;

    spiral_session_seek(session, present + 1);
    const uint64_t hash = spiral_session_hash(session);
    spiral_session_seek(session, present);

    return hash;
}

/* A move is called useless exactly where making it changes nothing in the step that it acts in. */
static void test_moves_that_do_nothing_are_known(void **unused)
{
    (void)unused;
    struct spiral_session *session = ukraine();
    const int states = (int)session->base.state_count;
    int useless = 0;

    for (long step = 0; step <= 240; step += 80) {
        spiral_session_seek(session, step);
        const uint64_t without = hash_after_next_step(session);

        for (int actor = 0; actor < states; actor++)
            for (int target = -1; target < states; target++)
                for (int move = 0; move < SPIRAL_MOVES; move++) {
                    const enum spiral_move_use use =
                        spiral_session_move_use(session, actor, target, move);
                    const bool is_made =
                        actor != target &&
                        spiral_session_move(session, actor, target, move, 1.0, &error) == SPIRAL_OK;

                    if (!is_made) {
                        assert_int_not_equal(use, actor == target ? -1 : SPIRAL_MOVE_USEFUL);
                        continue;
                    }

                    const bool changes = hash_after_next_step(session) != without;

                    if (changes != (use == SPIRAL_MOVE_USEFUL))
                        fail_msg("step %ld: %s of %d towards %d: use %d, changes %d", step,
                                 spiral_moves[move].name, actor, target, (int)use, (int)changes);
                    useless += !changes;
                    assert_int_equal(spiral_session_undo(session, &error), SPIRAL_OK);
                }
    }

    assert_true(useless > 10);
    end_at(session);
    assert_int_equal(spiral_session_move_use(session, 0, 1, SPIRAL_MOVE_treaty),
                     SPIRAL_MOVE_AT_END);
    spiral_session_destroy(session);
}

/* --- pins ------------------------------------------------------------------------------------- */

static void test_a_touched_number_is_pinned_until_it_is_released(void **unused)
{
    (void)unused;
    struct spiral_session *session = ukraine();
    const uint64_t first = hash_at_end(session);

    spiral_session_seek(session, 60);
    assert_null(spiral_session_pin(session, "RUS.greed"));
    assert_int_equal(spiral_session_set(session, "RUS.greed", 0.9, &error), SPIRAL_OK);
    assert_int_equal(spiral_session_set(session, "k.loss", 1.0, &error), SPIRAL_OK);
    assert_true(spiral_session_pin(session, "RUS.greed")->value == 0.9);
    assert_non_null(spiral_session_pin(session, "k.loss"));
    spiral_session_seek(session, 30); /* before it acts */
    assert_null(spiral_session_pin(session, "RUS.greed"));
    spiral_session_seek(session, 90);
    assert_int_equal(spiral_session_release(session, "RUS.greed", &error), SPIRAL_OK);
    assert_null(spiral_session_pin(session, "RUS.greed"));
    assert_int_equal(spiral_session_release(session, "k.loss", &error), SPIRAL_OK);
    assert_int_equal(session->choice_count, 0);
    assert_true(hash_at_end(session) == first);
    assert_int_equal(spiral_session_undo(session, &error), SPIRAL_OK);
    assert_int_equal(session->choice_count, 1);
    spiral_session_destroy(session);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_undo_over_twenty_changes_gives_the_first_run),
        cmocka_unit_test(test_changes_are_undone_one_by_one),
        cmocka_unit_test(test_acts_fall_as_they_are_ticked),
        cmocka_unit_test(test_moves_that_do_nothing_are_known),
        cmocka_unit_test(test_a_touched_number_is_pinned_until_it_is_released),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
