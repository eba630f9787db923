/* SPDX-License-Identifier: MIT */
/* Recipes: a session told in a line is the same session again, to the bit, however it is brought
 * about; and a line that is wrong says what is wrong. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "render/live/recipe.h"
#include "tests/live/session_of.h"

static struct spiral_recipe recipe;

static struct spiral_session *session_at(const char *text)
{
    struct spiral_session *session = triad();

    assert_int_equal(spiral_recipe_read(&recipe, text, &error), SPIRAL_OK);
    snprintf(recipe.scenario, sizeof recipe.scenario, "%s", session->base.name);
    if (spiral_recipe_apply(&recipe, session, &error) != SPIRAL_OK)
        fail_msg("%s: %s", text, error.message);

    return session;
}

/* The recipe of a session. The caller frees it. */
static char *recipe_of(const struct spiral_session *session)
{
    char *text = NULL;
    size_t size;
    FILE *out = open_memstream(&text, &size);

    assert_non_null(out);
    spiral_recipe_write(session, out);
    assert_int_equal(fclose(out), 0);

    return text;
}

/* Choices of every kind, as a recipe of the triad with its own ids. */
static char *all_kinds(const struct spiral_session *session)
{
    static char text[512];
    const char *small = session->base.states[SMALL].id;
    const char *neighbour = session->base.states[NEIGHBOUR].id;
    const char *offshore = session->base.states[OFFSHORE].id;

    snprintf(text, sizeof text,
             "#v1;%s;s=11;at=40;%s=limited_balance@10;%s.greed=0.25@12;k.encircle=0.5;"
             "doctrine.%s.arm=0.75@14;%s~%s:partner*1.5@20;%s~:arm@22",
             session->base.name, small, neighbour, small, offshore, small, neighbour);

    return text;
}

static void a_recipe_says_whether_runs_have_one_set_of_constants(void **state)
{
    struct spiral_constants sets[] = {spiral_constants_defaults(), spiral_constants_defaults()};
    const struct spiral_constant_sets posterior = {.count = 2, .sets = sets};
    struct spiral_plan_options options = spiral_plan_options_defaults();
    struct spiral_session *of_one = triad();
    struct spiral_session *of_two;

    (void)state;
    options.posterior = &posterior;
    assert_int_equal(spiral_session_create(&of_two, &of_one->base, &sets[0], &options, 1, &error),
                     SPIRAL_OK);

    for (int i = 0; i < 2; i++) {
        char *text = recipe_of(i == 0 ? of_one : of_two);
        assert_int_equal(spiral_recipe_read(&recipe, text, &error), SPIRAL_OK);
        assert_int_equal(recipe.point, i == 0);
        free(text);
    }

    spiral_session_destroy(of_one);
    spiral_session_destroy(of_two);
}

static void a_recipe_that_is_written_gives_the_same_bits(void **state)
{
    struct spiral_session *plain = triad();
    struct spiral_session *first = session_at(all_kinds(plain));
    char *text = recipe_of(first);
    struct spiral_session *second = session_at(text);
    char *again = recipe_of(second);

    (void)state;
    assert_int_equal(first->choice_count, 6);
    assert_int_equal(first->present, 40);
    assert_int_equal(first->seed, 11);
    assert_string_equal(text, again);
    assert_true(spiral_session_hash(first) == spiral_session_hash(second));
    assert_memory_equal(first->rows, second->rows, 41 * sizeof *first->rows);
    free(text);
    free(again);
    spiral_session_destroy(plain);
    spiral_session_destroy(first);
    spiral_session_destroy(second);
}

/* The same choices by hand are the recipe's. */
static void a_recipe_is_what_was_chosen_by_hand(void **state)
{
    struct spiral_session *hand = triad();
    struct spiral_session *told = session_at(all_kinds(hand));
    char name[64];

    (void)state;
    spiral_session_restart(hand, 11);
    spiral_session_seek(hand, 10);
    assert_int_equal(spiral_session_set_doctrine(hand, SMALL, "limited_balance", &error), 0);
    spiral_session_seek(hand, 12);
    snprintf(name, sizeof name, "%s.greed", hand->base.states[NEIGHBOUR].id);
    assert_int_equal(spiral_session_set(hand, name, 0.25, &error), 0);
    assert_int_equal(spiral_session_set(hand, "k.encircle", 0.5, &error), 0);
    spiral_session_seek(hand, 14);
    snprintf(name, sizeof name, "doctrine.%s.arm", hand->base.states[SMALL].id);
    assert_int_equal(spiral_session_set(hand, name, 0.75, &error), 0);
    spiral_session_seek(hand, 20);
    assert_int_equal(spiral_session_move(hand, OFFSHORE, SMALL, SPIRAL_MOVE_partner, 1.5, &error),
                     0);
    spiral_session_seek(hand, 22);
    assert_int_equal(spiral_session_move(hand, NEIGHBOUR, -1, SPIRAL_MOVE_arm, 1.0, &error), 0);
    spiral_session_seek(hand, 40);
    assert_true(spiral_session_hash(hand) == spiral_session_hash(told));
    spiral_session_destroy(hand);
    spiral_session_destroy(told);
}

/* A session that had other choices, or fewer, is brought to the same run. */
static void what_was_chosen_before_leaves_no_trace(void **state)
{
    static const char *const earlier[] = {"", ";k.encircle=0.7", ";k.encircle=0.5",
                                          ";k.noise=0.1;k.encircle=0.7",
                                          ";k.encircle=0.5;k.noise=0.3;k.loss=2"};
    struct spiral_session *wanted = session_at("v1;triad;at=30;k.encircle=0.5;k.noise=0.1");
    char text[200];

    (void)state;

    for (size_t i = 0; i < sizeof earlier / sizeof *earlier; i++) {
        snprintf(text, sizeof text, "v1;triad;s=3;at=50%s", earlier[i]);
        struct spiral_session *session = session_at(text);

        assert_int_equal(spiral_recipe_read(&recipe, "v1;triad;at=30;k.encircle=0.5;k.noise=0.1",
                                            &error),
                         SPIRAL_OK);
        snprintf(recipe.scenario, sizeof recipe.scenario, "%s", session->base.name);
        assert_int_equal(spiral_recipe_apply(&recipe, session, &error), SPIRAL_OK);
        assert_int_equal(session->choice_count, 2);
        assert_true(spiral_session_hash(session) == spiral_session_hash(wanted));
        spiral_session_destroy(session);
    }

    spiral_session_destroy(wanted);
}

static void a_wrong_recipe_says_what_is_wrong(void **state)
{
    static const struct {
        const char *text;
        const char *part;
    } wrong[] = {{"ukraine", "no recipe"},
                 {"#v2;ukraine", "no recipe"},
                 {"#v1;", "names no case"},
                 {"#v1;triad;s=x", "'s=x'"},
                 {"#v1;triad;at=-1", "'at=-1'"},
                 {"#v1;triad;at=100001", "'at=100001'"},
                 {"#v1;triad;constants=all", "'constants=all'"},
                 {"#v1;triad;k.encircle=much", "'k.encircle=much'"},
                 {"#v1;triad;k.encircle=1@3", "'k.encircle=1@3'"},
                 {"#v1;triad;RUS.greed=1", "'RUS.greed=1'"},
                 {"#v1;triad;UKR=limited_balance", "'UKR=limited_balance'"},
                 {"#v1;triad;UKR=limited_balance@1x", "'UKR=limited_balance@1x'"},
                 {"#v1;triad;UKR~NATO:partner", "'UKR~NATO:partner'"},
                 {"#v1;triad;UKR~NATO@3", "'UKR~NATO@3'"},
                 {"#v1;triad;~NATO:partner@3", "'~NATO:partner@3'"},
                 {"#v1;triad;UKR~NATO:partner*x@3", "'UKR~NATO:partner*x@3'"},
                 {"#v1;triad;nothing", "'nothing'"}};

    (void)state;

    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        assert_int_equal(spiral_recipe_read(&recipe, wrong[i].text, &error), SPIRAL_BAD_INPUT);
        if (strstr(error.message, wrong[i].part) == NULL)
            fail_msg("%s: %s", wrong[i].text, error.message);
    }
}

static void what_the_case_does_not_have_is_refused(void **state)
{
    static const char *const wrong[] = {"v1;triad;XXX=limited_balance@3", "v1;triad;k.nosuch=1",
                                        "v1;triad;XXX~:arm@3", "v1;triad;at=99999",
                                        "v1;triad;XXX.greed=0.5@3"};
    struct spiral_session *session = triad();
    const uint64_t hash = spiral_session_hash(session);

    (void)state;

    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        assert_int_equal(spiral_recipe_read(&recipe, wrong[i], &error), SPIRAL_OK);
        snprintf(recipe.scenario, sizeof recipe.scenario, "%s", session->base.name);
        assert_int_equal(spiral_recipe_apply(&recipe, session, &error), SPIRAL_BAD_INPUT);
    }

    assert_int_equal(spiral_recipe_read(&recipe, "v1;elsewhere", &error), SPIRAL_OK);
    assert_int_equal(spiral_recipe_apply(&recipe, session, &error), SPIRAL_BAD_INPUT);
    spiral_session_restart(session, SEED);
    assert_true(spiral_session_hash(session) == hash);
    spiral_session_destroy(session);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_recipe_that_is_written_gives_the_same_bits),
        cmocka_unit_test(a_recipe_says_whether_runs_have_one_set_of_constants),
        cmocka_unit_test(a_recipe_is_what_was_chosen_by_hand),
        cmocka_unit_test(what_was_chosen_before_leaves_no_trace),
        cmocka_unit_test(a_wrong_recipe_says_what_is_wrong),
        cmocka_unit_test(what_the_case_does_not_have_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
