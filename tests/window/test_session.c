/* SPDX-License-Identifier: MIT */
/* Sessions: the same run as one that is not watched, a past that is exact, a clock, choices of the present and of the whole run, branches. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "render/window/session.h"
#include "sim/step.h"
#include "tests/support/build_scenario.h"

enum { SEED = 7, SMALL = TRIAD_SMALL, NEIGHBOUR = TRIAD_NEIGHBOUR, OFFSHORE = TRIAD_OFFSHORE };
static struct spiral_error error;

static struct spiral_session *session_of(struct spiral_scenario *scenario)
{
    struct spiral_session *session;
    const struct spiral_constants constants = spiral_test_constants();
    assert_int_equal(spiral_session_create(&session, scenario, &constants, NULL, SEED, &error), SPIRAL_OK);
    spiral_scenario_clear(scenario);
    return session;
}

static struct spiral_session *triad(void)
{
    struct spiral_scenario scenario;
    spiral_test_triad(&scenario);
    return session_of(&scenario);
}

static void end_at(struct spiral_session *session) { spiral_session_seek(session, session->plan->steps); }

/* Runs a scenario without a session, and compares every row and the state at the end. */
static void assert_runs_like(struct spiral_session *session, const struct spiral_scenario *scenario, const struct spiral_constants *constants)
{
    static const uint64_t run[SPIRAL_LANES];
    const struct spiral_plan *plans[SPIRAL_LANES];
    struct spiral_plan *plan = spiral_test_plan(scenario, constants, NULL);
    struct spiral_batch *batch = spiral_batch_create();
    spiral_session_row row;
    for (int l = 0; l < SPIRAL_LANES; l++)
        plans[l] = plan;
    spiral_batch_start(batch, plans, session->seed, run);
    end_at(session);
    while (batch->step < batch->steps) {
        spiral_step(batch);
        spiral_quantities(batch, 0, row);
        assert_memory_equal(row, session->rows[batch->step], sizeof row);
    }
    assert_true(spiral_batch_hash(batch, 0) == spiral_session_hash(session));
    spiral_batch_destroy(batch);
    spiral_plan_destroy(plan);
}

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
    assert_int_equal(spiral_session_create(&session, &scenario, &constants, NULL, SEED, &error), SPIRAL_BAD_INPUT);
    assert_null(session);
    assert_non_null(strstr(error.message, "120000"));
    spiral_scenario_clear(&scenario);
}

/* --- the clock ----------------------------------------------------------------------------------------------------------------------------- */

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

static void test_the_clock_stops_at_the_end_and_leaps_no_more_than_a_tenth_of_a_second(void **unused)
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
        const double *now = session->rows[step], *next = session->rows[step + 1];
        assert_near(spiral_session_value(session, SPIRAL_QUANTITY_threat_small, (double)step), now[SPIRAL_QUANTITY_threat_small]);
        assert_near(spiral_session_value(session, SPIRAL_QUANTITY_threat_small, (double)step + 0.25),
                    0.75 * now[SPIRAL_QUANTITY_threat_small] + 0.25 * next[SPIRAL_QUANTITY_threat_small]);
        assert_near(spiral_session_value(session, SPIRAL_QUANTITY_hostility, (double)step + 0.99), now[SPIRAL_QUANTITY_hostility]);
    }
    assert_int_equal(spiral_session_step_at(session, 1990.0), 0);
    assert_int_equal(spiral_session_step_at(session, 2000.0 + 1.0 / 12.0), 121);
    assert_int_equal(spiral_session_step_at(session, 2000.0 + 1.5 / 12.0), 122);
    assert_int_equal(spiral_session_step_at(session, 2100.0), 360);
    spiral_session_destroy(session);
}

/* --- choices ------------------------------------------------------------------------------------------------------------------------------- */

static void test_a_choice_of_the_present_leaves_the_past_alone(void **unused)
{
    (void)unused;
    struct spiral_session *session = triad(), *untouched = triad();
    end_at(untouched);
    spiral_session_seek(session, 150);
    const uint64_t present = spiral_session_hash(session);
    assert_int_equal(spiral_session_take_course(session, SMALL, "neutrality", &error), SPIRAL_OK);
    assert_int_equal(session->present, 150);
    assert_true(spiral_session_hash(session) == present);
    end_at(session);
    assert_memory_equal(session->rows, untouched->rows, 151 * sizeof *session->rows);
    assert_memory_not_equal(session->rows[152], untouched->rows[152], sizeof *session->rows);
    assert_runs_like(session, &session->scenario, &session->constants);
    spiral_session_seek(session, 150);
    assert_int_equal(spiral_session_undo(session, &error), SPIRAL_OK);
    end_at(session);
    assert_memory_equal(session->rows, untouched->rows, 361 * sizeof *session->rows);
    spiral_session_destroy(session);
    spiral_session_destroy(untouched);
}

static void test_a_choice_of_the_present_acts_in_the_next_step(void **unused)
{
    (void)unused;
    const struct spiral_doctrine *preset;
    struct spiral_session *session = triad();
    for (long step = 0; step < 360; step += 40) {
        spiral_session_seek(session, step);
        assert_int_equal(spiral_session_take_course(session, NEIGHBOUR, step % 80 == 0 ? "assertive" : "detente", &error), SPIRAL_OK);
        spiral_session_doctrine(session, NEIGHBOUR, &preset);
        assert_string_equal(preset->name, step % 80 == 0 ? "assertive" : "detente");
        long acts = -1;
        for (long e = 0; e < session->plan->event_count; e++) {
            const struct spiral_event *event = &session->plan->events[e];
            if (event->kind == SPIRAL_ENTRY_DOCTRINE && event->actor == NEIGHBOUR)
                acts = event->step;
        }
        assert_int_equal(acts, step);
    }
    spiral_session_seek(session, 360);
    assert_int_equal(spiral_session_take_course(session, NEIGHBOUR, "detente", &error), SPIRAL_BAD_INPUT);
    spiral_session_destroy(session);
}

/* Every number that the case names can be set in mid-run; what a session then shows is a run of its scenario and constants from the start. */
struct walk {
    struct spiral_session *session;
    int count;
};

static void set_and_compare(void *context, const char *name, const struct spiral_field *field, double value)
{
    struct walk *walk = context;
    struct spiral_session *session = walk->session;
    double found, wanted = value > field->low + 0.5 * (field->high - field->low) ? 0.9 * value : value + 0.1 * (field->high - value);
    if (value < field->low) /* taken from elsewhere */
        wanted = 0.5 * (field->low + field->high);
    if (strstr(name, ".nuclear") != NULL || strstr(name, "initial.hostility") != NULL)
        wanted = value > field->low ? field->low : field->low + 1.0;
    if (strstr(name, ".date") != NULL)
        wanted = value + 0.4;
    if (strstr(name, ".power") != NULL || strstr(name, ".interdependence") != NULL)
        wanted = 0.8;
    if (walk->count++ % 4 != 0) /* a quarter of some 250 names, a few in every table */
        return;
    spiral_session_seek(session, 120);
    if (spiral_session_set(session, name, wanted, &error) != SPIRAL_OK)
        fail_msg("%s = %g: %s", name, wanted, error.message);
    assert_int_equal(session->choice_count, 1);
    assert_int_equal(session->choices[0].dated, spiral_session_is_dated(name));
    assert_true(spiral_session_get(session, name, &found));
    assert_near(found, wanted);
    assert_runs_like(session, &session->scenario, &session->constants);
    assert_int_equal(spiral_session_undo(session, &error), SPIRAL_OK);
}

static void test_any_number_can_be_set(void **unused)
{
    (void)unused;
    struct walk walk = {.session = triad()};
    end_at(walk.session);
    const uint64_t end = spiral_session_hash(walk.session);
    const struct spiral_scenario base = walk.session->base; /* its names stay while the session changes */
    spiral_names(&base, &walk.session->base_constants, set_and_compare, &walk);
    assert_true(walk.count > 100);
    end_at(walk.session);
    assert_true(spiral_session_hash(walk.session) == end);
    spiral_session_destroy(walk.session);
}

static void test_bad_choices_change_nothing(void **unused)
{
    (void)unused;
    struct spiral_session *session = triad();
    spiral_session_seek(session, 60);
    const uint64_t revision = session->revision, present = spiral_session_hash(session);
    assert_int_equal(spiral_session_set(session, "k.encircel", 1.0, &error), SPIRAL_BAD_INPUT);
    assert_non_null(strstr(error.message, "k.encircle"));
    assert_int_equal(spiral_session_set(session, "k.encircle", 1e6, &error), SPIRAL_BAD_INPUT);
    assert_int_equal(spiral_session_set(session, "doctrine.S.align", 1.5, &error), SPIRAL_BAD_INPUT);
    assert_int_equal(spiral_session_set(session, "N.nuclear", 0.5, &error), SPIRAL_BAD_INPUT);
    assert_int_equal(spiral_session_take_course(session, SMALL, "neutralty", &error), SPIRAL_BAD_INPUT);
    assert_non_null(strstr(error.message, "neutrality"));
    assert_int_equal(spiral_session_take_course(session, 8, "neutrality", &error), SPIRAL_BAD_INPUT);
    assert_int_equal(spiral_session_move(session, SMALL, -1, SPIRAL_MOVE_treaty, 1.0, &error), SPIRAL_BAD_INPUT);
    assert_int_equal(spiral_session_move(session, SMALL, NEIGHBOUR, SPIRAL_MOVE_treaty, 3.0, &error), SPIRAL_BAD_INPUT);
    assert_int_equal(spiral_session_move(session, SMALL, SMALL, SPIRAL_MOVE_treaty, 1.0, &error), SPIRAL_BAD_INPUT);
    assert_int_equal(session->choice_count, 0);
    assert_true(session->revision == revision && spiral_session_hash(session) == present);
    spiral_session_destroy(session);
}

static void test_a_dragged_slider_leaves_one_choice(void **unused)
{
    (void)unused;
    double value;
    struct spiral_session *session = triad();
    spiral_session_seek(session, 60);
    const uint64_t before = spiral_session_hash(session);
    for (int i = 1; i <= 10; i++)
        assert_int_equal(spiral_session_set(session, "doctrine.S.align", 0.1 * i, &error), SPIRAL_OK);
    assert_int_equal(session->choice_count, 1);
    assert_true(session->before_id == 1 && session->before.state.step == 60);
    for (int i = 1; i <= 10; i++)
        assert_int_equal(spiral_session_set(session, "k.encircle", 0.1 * i, &error), SPIRAL_OK);
    assert_int_equal(session->choice_count, 2);
    assert_true(session->before_id == 2);
    assert_true(spiral_session_hash(session) != before); /* a constant acts on the whole run */
    assert_int_equal(spiral_session_take_course(session, SMALL, "neutrality", &error), SPIRAL_OK);
    assert_int_equal(session->choice_count, 2); /* the doctrine's numbers of the same day are gone */
    assert_true(spiral_session_get(session, "doctrine.S.align", &value));
    assert_near(value, spiral_doctrine_find("neutrality")->number[SPIRAL_DOCTRINE_align]);
    assert_int_equal(spiral_session_set(session, "doctrine.S.align", 0.33, &error), SPIRAL_OK);
    assert_true(spiral_session_get(session, "doctrine.S.align", &value));
    assert_near(value, 0.33);
    assert_true(spiral_session_get(session, "doctrine.S.reassure", &value));
    assert_near(value, spiral_doctrine_find("neutrality")->number[SPIRAL_DOCTRINE_reassure]);
    assert_int_equal(spiral_session_move(session, SMALL, NEIGHBOUR, SPIRAL_MOVE_treaty, 1.0, &error), SPIRAL_OK);
    assert_int_equal(spiral_session_move(session, SMALL, NEIGHBOUR, SPIRAL_MOVE_treaty, 1.0, &error), SPIRAL_OK);
    assert_int_equal(session->choice_count, 5); /* every move is an act */
    assert_int_equal(spiral_session_forget(session, &error), SPIRAL_OK);
    assert_int_equal(session->choice_count, 0);
    assert_true(spiral_session_hash(session) == before);
    spiral_session_destroy(session);
}

/* A later choice stays where an earlier one is made after it, and acts on what that left. */
static void test_choices_act_by_date_whenever_they_were_made(void **unused)
{
    (void)unused;
    struct spiral_session *one = triad(), *other = triad();
    spiral_session_seek(one, 100);
    assert_int_equal(spiral_session_move(one, SMALL, OFFSHORE, SPIRAL_MOVE_join, 1.0, &error), SPIRAL_OK);
    spiral_session_seek(one, 200);
    assert_int_equal(spiral_session_set(one, "doctrine.S.arm", 0.95, &error), SPIRAL_OK);
    spiral_session_seek(other, 200);
    assert_int_equal(spiral_session_set(other, "doctrine.S.arm", 0.95, &error), SPIRAL_OK);
    spiral_session_seek(other, 100);
    assert_int_equal(spiral_session_move(other, SMALL, OFFSHORE, SPIRAL_MOVE_join, 1.0, &error), SPIRAL_OK);
    end_at(one);
    end_at(other);
    assert_true(spiral_session_hash(one) == spiral_session_hash(other));
    assert_near(one->rows[101][SPIRAL_QUANTITY_commitment], 1.0); /* membership: the floor of commitment */
    assert_true(one->rows[100][SPIRAL_QUANTITY_commitment] < 0.9);
    spiral_session_destroy(one);
    spiral_session_destroy(other);
}

/* --- branches ------------------------------------------------------------------------------------------------------------------------------ */

static void test_a_branch_keeps_what_was(void **unused)
{
    (void)unused;
    struct spiral_session *session = triad(), *untouched = triad();
    end_at(untouched);
    spiral_session_seek(session, 100);
    assert_int_equal(spiral_session_branch(session, "history", &error), SPIRAL_OK);
    assert_int_equal(session->present, 100);
    assert_int_equal(spiral_session_take_course(session, SMALL, "confront_near", &error), SPIRAL_OK);
    end_at(session);
    assert_string_equal(session->ghosts[0].name, "history");
    assert_int_equal(session->ghosts[0].present, 100);
    assert_memory_equal(session->ghosts[0].rows, untouched->rows, 361 * sizeof *session->rows);
    assert_memory_not_equal(session->ghosts[0].rows[360], session->rows[360], sizeof *session->rows);
    for (int i = 1; i < SPIRAL_SESSION_GHOSTS; i++)
        assert_int_equal(spiral_session_branch(session, "一二三四五六七八九十一二三四五六七八九十一二三", &error), SPIRAL_OK);
    assert_int_equal(strlen(session->ghosts[1].name), 63); /* 21 letters of three bytes */
    assert_int_equal(spiral_session_branch(session, "fifth", &error), SPIRAL_BAD_INPUT);
    spiral_session_drop_ghost(session, 0);
    assert_int_equal(session->ghost_count, 3);
    assert_int_equal(spiral_session_branch(session, "fifth", &error), SPIRAL_OK);
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
        cmocka_unit_test(test_the_clock_stops_at_the_end_and_leaps_no_more_than_a_tenth_of_a_second),
        cmocka_unit_test(test_between_steps_curves_are_linear_and_hostility_holds),
        cmocka_unit_test(test_a_choice_of_the_present_leaves_the_past_alone),
        cmocka_unit_test(test_a_choice_of_the_present_acts_in_the_next_step),
        cmocka_unit_test(test_any_number_can_be_set),
        cmocka_unit_test(test_bad_choices_change_nothing),
        cmocka_unit_test(test_a_dragged_slider_leaves_one_choice),
        cmocka_unit_test(test_choices_act_by_date_whenever_they_were_made),
        cmocka_unit_test(test_a_branch_keeps_what_was),
    };
    return cmocka_run_group_tests_name("window/session", tests, NULL, NULL);
}
