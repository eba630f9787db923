/* SPDX-License-Identifier: MIT */
/* Choices: of the present and of the whole run, by name, course and move; what replaces what;
 * what is refused; what is taken back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "sim/parameter.h"
#include "tests/live/session_of.h"

static void test_a_choice_of_the_present_leaves_the_past_alone(void **unused)
{
    (void)unused;
    struct spiral_session *session = triad();
    struct spiral_session *untouched = triad();

    end_at(untouched);
    spiral_session_seek(session, 150);

    const uint64_t present = spiral_session_hash(session);

    assert_int_equal(spiral_session_set_doctrine(session, SMALL, "neutrality", &error), SPIRAL_OK);
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
        assert_int_equal(spiral_session_set_doctrine(session, NEIGHBOUR,
                                                     step % 80 == 0 ? "assertive" : "detente",
                                                     &error),
                         SPIRAL_OK);
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
    assert_int_equal(spiral_session_set_doctrine(session, NEIGHBOUR, "detente", &error),
                     SPIRAL_BAD_INPUT);
    spiral_session_destroy(session);
}

/* Every number that the case names can be set in mid-run; what a session then shows is a run of
 * its scenario and constants from the start. */
struct walk {
    struct spiral_session *session;
    int count;
};

static void set_and_compare(void *context, const char *name, const struct spiral_field *field,
                            double value)
{
    struct walk *walk = context;
    struct spiral_session *session = walk->session;
    double found;
    double wanted = value > field->low + 0.5 * (field->high - field->low)
                        ? 0.9 * value
                        : value + 0.1 * (field->high - value);

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
    const struct spiral_scenario base =
        walk.session->base; /* its names stay while the session changes */

    spiral_parameter_list(&base, &walk.session->base_constants, set_and_compare, &walk);
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

    const uint64_t revision = session->revision;
    const uint64_t present = spiral_session_hash(session);

    assert_int_equal(spiral_session_set(session, "k.encircel", 1.0, &error), SPIRAL_BAD_INPUT);
    assert_non_null(strstr(error.message, "k.encircle"));
    assert_int_equal(spiral_session_set(session, "k.encircle", 1e6, &error), SPIRAL_BAD_INPUT);
    assert_int_equal(spiral_session_set(session, "doctrine.S.align", 1.5, &error),
                     SPIRAL_BAD_INPUT);
    assert_int_equal(spiral_session_set(session, "N.nuclear", 0.5, &error), SPIRAL_BAD_INPUT);
    assert_int_equal(spiral_session_set_doctrine(session, SMALL, "neutralty", &error),
                     SPIRAL_BAD_INPUT);
    assert_non_null(strstr(error.message, "neutrality"));
    assert_int_equal(spiral_session_set_doctrine(session, 8, "neutrality", &error),
                     SPIRAL_BAD_INPUT);
    assert_int_equal(spiral_session_move(session, SMALL, -1, SPIRAL_MOVE_treaty, 1.0, &error),
                     SPIRAL_BAD_INPUT);
    assert_int_equal(spiral_session_move(session, SMALL, NEIGHBOUR, SPIRAL_MOVE_treaty, 3.0,
                                         &error),
                     SPIRAL_BAD_INPUT);
    assert_int_equal(spiral_session_move(session, SMALL, SMALL, SPIRAL_MOVE_treaty, 1.0, &error),
                     SPIRAL_BAD_INPUT);
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
        assert_int_equal(spiral_session_set(session, "doctrine.S.align", 0.1 * i, &error),
                         SPIRAL_OK);

    assert_int_equal(session->choice_count, 1);

    const uint64_t before_serial = session->before_serial;

    assert_int_equal(session->before.state.step, 60);
    assert_int_equal(spiral_session_set(session, "doctrine.S.align", 0.5, &error), SPIRAL_OK);
    assert_true(session->before_serial == before_serial);
    for (int i = 1; i <= 10; i++)
        assert_int_equal(spiral_session_set(session, "k.encircle", 0.1 * i, &error), SPIRAL_OK);

    assert_int_equal(session->choice_count, 2);
    assert_true(session->before_serial != before_serial);
    assert_true(spiral_session_hash(session) != before); /* a constant acts on the whole run */
    assert_int_equal(spiral_session_set_doctrine(session, SMALL, "neutrality", &error), SPIRAL_OK);
    assert_int_equal(session->choice_count,
                     2); /* the doctrine's numbers of the same day are gone */
    assert_true(spiral_session_get(session, "doctrine.S.align", &value));
    assert_near(value, spiral_doctrine_find("neutrality")->number[SPIRAL_DOCTRINE_align]);
    assert_int_equal(spiral_session_set(session, "doctrine.S.align", 0.33, &error), SPIRAL_OK);
    assert_true(spiral_session_get(session, "doctrine.S.align", &value));
    assert_near(value, 0.33);
    assert_true(spiral_session_get(session, "doctrine.S.reassure", &value));
    assert_near(value, spiral_doctrine_find("neutrality")->number[SPIRAL_DOCTRINE_reassure]);
    assert_int_equal(spiral_session_move(session, SMALL, NEIGHBOUR, SPIRAL_MOVE_treaty, 1.0,
                                         &error),
                     SPIRAL_OK);
    assert_int_equal(spiral_session_move(session, SMALL, NEIGHBOUR, SPIRAL_MOVE_treaty, 1.0,
                                         &error),
                     SPIRAL_OK);
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
    struct spiral_session *one = triad();
    struct spiral_session *other = triad();

    spiral_session_seek(one, 100);
    assert_int_equal(spiral_session_move(one, SMALL, OFFSHORE, SPIRAL_MOVE_join, 1.0, &error),
                     SPIRAL_OK);
    spiral_session_seek(one, 200);
    assert_int_equal(spiral_session_set(one, "doctrine.S.arm", 0.95, &error), SPIRAL_OK);
    spiral_session_seek(other, 200);
    assert_int_equal(spiral_session_set(other, "doctrine.S.arm", 0.95, &error), SPIRAL_OK);
    spiral_session_seek(other, 100);
    assert_int_equal(spiral_session_move(other, SMALL, OFFSHORE, SPIRAL_MOVE_join, 1.0, &error),
                     SPIRAL_OK);
    end_at(one);
    end_at(other);
    assert_true(spiral_session_hash(one) == spiral_session_hash(other));
    assert_near(one->rows[101][SPIRAL_QUANTITY_commitment],
                1.0); /* membership: the floor of commitment */
    assert_true(one->rows[100][SPIRAL_QUANTITY_commitment] < 0.9);
    spiral_session_destroy(one);
    spiral_session_destroy(other);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_choice_of_the_present_leaves_the_past_alone),
        cmocka_unit_test(test_a_choice_of_the_present_acts_in_the_next_step),
        cmocka_unit_test(test_any_number_can_be_set),
        cmocka_unit_test(test_bad_choices_change_nothing),
        cmocka_unit_test(test_a_dragged_slider_leaves_one_choice),
        cmocka_unit_test(test_choices_act_by_date_whenever_they_were_made),
    };

    return cmocka_run_group_tests_name("window/session_choices", tests, NULL, NULL);
}
