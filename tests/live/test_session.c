/* SPDX-License-Identifier: MIT */
/* Sessions: the same run as one that is not watched, a past that is exact, a clock, branches. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "tests/live/session_of.h"

static void test_a_run_without_choices_is_the_run_of_its_seed(void **unused)
{
    (void)unused;
    struct spiral_scenario scenario;
    const struct spiral_constants constants = spiral_test_constants();
    struct spiral_session *session = triad();

    spiral_test_triad(&scenario);
    assert_runs_like(session, &scenario, &constants);
    spiral_scenario_clear(&scenario);
    spiral_session_destroy(session);
}

static void test_going_back_and_forth_is_exact(void **unused)
{
    (void)unused;
    uint64_t hash[361];
    uint32_t place = 1;
    struct spiral_session *session = triad();

    assert_int_equal(session->plan->steps, 360);

    for (long step = 0; step <= 360; step++) {
        spiral_session_seek(session, step);
        hash[step] = spiral_session_hash(session);
    }

    assert_true(hash[0] != hash[1] && hash[100] != hash[101]);
    for (int i = 0; i < 500; i++) {
        place = place * 1664525u + 1013904223u;
        const long step = (long)(place >> 8) % 361;
        spiral_session_seek(session, step);
        assert_true(spiral_session_hash(session) == hash[step]);
    }

    spiral_session_restart(session, SEED + 1);
    end_at(session);
    assert_true(spiral_session_hash(session) != hash[360]);
    spiral_session_restart(session, SEED);
    assert_int_equal(session->present, 0);
    end_at(session);
    assert_true(spiral_session_hash(session) == hash[360]);
    spiral_session_destroy(session);
}

/* A run with more steps than snapshots: what lies between two of them is run again. */
static void test_long_runs_keep_some_snapshots_and_replay_the_rest(void **unused)
{
    (void)unused;
    struct spiral_scenario scenario;

    spiral_test_triad(&scenario);
    scenario.dt = 1.0 / 192.0; /* 5760 steps */

    struct spiral_session *session = session_of(&scenario);
    static const long places[] = {0, 1, 2, 3, 2999, 3000, 3001, 5759, 5760};
    enum { PLACES = sizeof places / sizeof *places };
    uint64_t hash[PLACES];

    assert_int_equal(session->stride, 3);

    for (int i = 0; i < PLACES; i++) {
        spiral_session_seek(session, places[i]);
        hash[i] = spiral_session_hash(session);
    }

    for (int i = PLACES - 1; i >= 0; i--) {
        spiral_session_seek(session, places[i]);
        assert_true(spiral_session_hash(session) == hash[i]);
    }

    spiral_session_destroy(session);
}

static void test_runs_that_are_too_long_are_refused(void **unused)
{
    (void)unused;
    struct spiral_scenario scenario;
    struct spiral_session *session;
    const struct spiral_constants constants = spiral_test_constants();

    spiral_test_triad(&scenario);
    scenario.dt = 1.0 / 4000.0; /* 120000 steps */
    assert_int_equal(spiral_session_create(&session, &scenario, &constants, NULL, SEED, &error),
                     SPIRAL_BAD_INPUT);
    assert_null(session);
    assert_non_null(strstr(error.message, "120000"));
    spiral_scenario_clear(&scenario);
}

/* --- the clock -------------------------------------------------------------------------------- */

static void test_the_clock_counts_years_a_second_whatever_the_frames(void **unused)
{
    (void)unused;
    static const double frames[] = {1.0 / 60.0, 1.0 / 144.0, 0.05};

    for (size_t i = 0; i < sizeof frames / sizeof *frames; i++) {
        struct spiral_session *session = triad();
        const int count = (int)(3.0 / frames[i] + 0.5);
        spiral_session_advance(session, 1.0);
        assert_int_equal(session->present, 0); /* paused */
        spiral_session_set_speed(session, 2.0);
        session->playing = true;
        for (int frame = 0; frame < count; frame++)
            spiral_session_advance(session, frames[i]);

        assert_within(session->time, 72.0, 1e-6); /* 3 seconds, 2 years a second, 12 steps a year */
        assert_int_equal(session->present, 72);
        assert_true(session->computed >= session->present);
        spiral_session_destroy(session);
    }
}

static void test_the_clock_stops_at_the_end_and_leaps_no_more_than_a_tenth_of_a_second(
    void **unused)
{
    (void)unused;
    struct spiral_session *session = triad();

    spiral_session_set_speed(session, 1000.0);
    assert_near(session->speed, SPIRAL_FASTEST);
    session->playing = true;
    spiral_session_advance(session, 100.0);
    assert_within(session->time, 64.0 * 0.1 * 12.0, 1e-9);
    for (int i = 0; i < 10; i++)
        spiral_session_advance(session, 0.1);

    assert_int_equal(session->present, 360);
    assert_false(session->playing);
    spiral_session_set_speed(session, 0.0);
    assert_near(session->speed, SPIRAL_SLOWEST);
    spiral_session_destroy(session);
}

static void test_between_steps_curves_are_linear_and_hostility_holds(void **unused)
{
    (void)unused;
    struct spiral_session *session = triad();

    spiral_session_seek(session, 200);

    for (long step = 0; step < 200; step++) {
        const double *now = session->rows[step];
        const double *next = session->rows[step + 1];
        assert_near(spiral_session_value(session, SPIRAL_QUANTITY_threat_small, (double)step),
                    now[SPIRAL_QUANTITY_threat_small]);
        assert_near(spiral_session_value(session, SPIRAL_QUANTITY_threat_small,
                                         (double)step + 0.25),
                    0.75 * now[SPIRAL_QUANTITY_threat_small] +
                        0.25 * next[SPIRAL_QUANTITY_threat_small]);
        assert_near(spiral_session_value(session, SPIRAL_QUANTITY_hostility, (double)step + 0.99),
                    now[SPIRAL_QUANTITY_hostility]);
    }

    assert_int_equal(spiral_session_step_at(session, 1990.0), 0);
    assert_int_equal(spiral_session_step_at(session, 2000.0 + 1.0 / 12.0), 121);
    assert_int_equal(spiral_session_step_at(session, 2000.0 + 1.5 / 12.0), 122);
    assert_int_equal(spiral_session_step_at(session, 2100.0), 360);
    spiral_session_destroy(session);
}

/* --- branches --------------------------------------------------------------------------------- */

static void test_a_branch_keeps_what_was(void **unused)
{
    (void)unused;
    struct spiral_session *session = triad();
    struct spiral_session *untouched = triad();

    end_at(untouched);
    spiral_session_seek(session, 100);
    assert_int_equal(spiral_session_add_branch(session, "history", NULL, 0, &error), SPIRAL_OK);
    assert_int_equal(session->present, 100);
    assert_int_equal(spiral_session_set_doctrine(session, SMALL, "confront_near", &error),
                     SPIRAL_OK);
    end_at(session);
    assert_string_equal(session->branches[0].name, "history");
    assert_int_equal(session->branches[0].present, 100);
    assert_memory_equal(session->branches[0].rows, untouched->rows, 361 * sizeof *session->rows);
    assert_memory_not_equal(session->branches[0].rows[360], session->rows[360],
                            sizeof *session->rows);

    for (int i = 1; i < SPIRAL_SESSION_BRANCHES; i++)
        assert_int_equal(spiral_session_add_branch(session,
                                                   "一二三四五六七八九十一二三四五六七八九十一二三",
                                                   NULL, 0, &error),
                         SPIRAL_OK);

    assert_int_equal(strlen(session->branches[1].name), 63); /* 21 letters of three bytes */
    assert_int_equal(spiral_session_add_branch(session, "fifth", NULL, 0, &error),
                     SPIRAL_BAD_INPUT);
    spiral_session_drop_branch(session, 0);
    assert_int_equal(session->branch_count, 3);
    assert_int_equal(spiral_session_add_branch(session, "fifth", NULL, 0, &error), SPIRAL_OK);
    spiral_session_destroy(session);
    spiral_session_destroy(untouched);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_run_without_choices_is_the_run_of_its_seed),
        cmocka_unit_test(test_going_back_and_forth_is_exact),
        cmocka_unit_test(test_long_runs_keep_some_snapshots_and_replay_the_rest),
        cmocka_unit_test(test_runs_that_are_too_long_are_refused),
        cmocka_unit_test(test_the_clock_counts_years_a_second_whatever_the_frames),
        cmocka_unit_test(
            test_the_clock_stops_at_the_end_and_leaps_no_more_than_a_tenth_of_a_second),
        cmocka_unit_test(test_between_steps_curves_are_linear_and_hostility_holds),
        cmocka_unit_test(test_a_branch_keeps_what_was),
    };

    return cmocka_run_group_tests_name("window/session", tests, NULL, NULL);
}
