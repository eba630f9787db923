/* SPDX-License-Identifier: MIT */
/* spiral facts as its users meet it: single facts, a panel, a table of sets, margins. */
#include <math.h>
#include <stdbool.h>

#include "tests/support/command_json.h"
#include "tools/stylised/facts.h"

/* The only fact of a result. */
static json_t *only_fact(const json_t *object)
{
    json_t *facts = json_object_get(object, "facts");
    assert_int_equal(json_array_size(facts), 1);
    return json_array_get(facts, 0);
}

static double number(const json_t *object, const char *name)
{
    const json_t *found = json_object_get(object, name);
    assert_true(json_is_number(found));
    return json_number_value(found);
}

static bool says(const json_t *object, const char *name, const char *text)
{
    const char *found = json_string_value(json_object_get(object, name));
    return found != NULL && strcmp(found, text) == 0;
}

static void test_bad_usage(void **state)
{
    (void)state;
    expect("facts --fact S99", 2, "S99");
    expect("facts --sets 8", 2, "--sets goes with --constants");
    expect("facts --forecasts p.csv", 2, "--forecasts goes with --panel");
    expect("facts --constants none.csv", 2, "none.csv");
    expect("facts --panel none.csv", 2, "none.csv");
    expect("facts ukraine", 2, "their own cases");
}

/* A margin is the distance from the nearest bound that can be missed, in standard errors. */
static void test_margins(void **state)
{
    (void)state;
    const double half = 1.959963984540054; /* of an interval whose standard error is 1 */
    struct spiral_stylised_criterion of = {
        .value = 5.0, .error_low = 5.0 - half, .error_high = 5.0 + half, .low = 3.0, .high = 9.0};

    assert_true(fabs(spiral_stylised_margin(&of) - 2.0) < 1e-12);
    of.high = 4.5;
    assert_true(fabs(spiral_stylised_margin(&of) + 0.5) < 1e-12);
    of.low = 0.0; /* which nothing can miss */
    of.high = 1e9;
    assert_true(isnan(spiral_stylised_margin(&of)));
    of.low = 3.0;
    of.error_low = of.error_high = of.value; /* exact */
    assert_true(isnan(spiral_stylised_margin(&of)));
}

/* A race comes now and then, and what comes after one is measured over the pairs' years. */
static void test_races(void **state)
{
    (void)state;
    json_t *object = json_of("facts --fact S17 --runs 200 --dt 1/4 --json");
    json_t *figures = json_object_get(only_fact(object), "figures");

    assert_int_equal(json_array_size(figures), 4);
    const double share = number(json_array_get(figures, 0), "figure");
    const double after = number(json_array_get(figures, 1), "figure");
    const double others = number(json_array_get(figures, 2), "figure");
    const json_t *raised = json_array_get(figures, 3);

    assert_true(share > 0.0 && share < 0.5);
    assert_true(fabs(number(raised, "figure") - (after - others)) < 1e-12);
    assert_true(number(raised, "lo") < number(raised, "figure"));
    assert_true(number(raised, "figure") < number(raised, "hi"));
    json_decref(object);

    /* arms that do not answer threat never race */
    object = json_of("facts --fact S17 --runs 200 --dt 1/4 --set k.arms_react=0 --json");
    assert_true(says(only_fact(object), "verdict", "fails"));
    figures = json_object_get(only_fact(object), "figures");
    assert_true(number(json_array_get(figures, 0), "figure") == 0.0);
    json_decref(object);
}

/* A panel whose outcomes come from the model is told by it; forecasts from a file take the place of
 * the constants' own. */
static void test_panel(void **state)
{
    (void)state;
    expect("panel --synthetic 60 --dt 1/4 --seed 4 --out m.csv", 0, "");
    expect("panel m.csv --runs 64 --dt 1/4 --resamples 0 --constants point --predictions p.csv", 0,
           "");

    json_t *own = json_of("facts --fact S18 --panel m.csv --runs 128 --dt 1/4 --json");
    json_t *given =
        json_of("facts --fact S18 --panel m.csv --forecasts p.csv --runs 128 --dt 1/4 --json");
    const json_t *own_figures = json_object_get(only_fact(own), "figures");
    const json_t *given_figures = json_object_get(only_fact(given), "figures");

    assert_int_equal(json_array_size(own_figures), 3);
    assert_int_equal(json_array_size(given_figures), 3);

    /* two estimates of the same chances rank the windows almost alike */
    const double difference = number(json_array_get(own_figures, 1), "figure") -
                              number(json_array_get(given_figures, 1), "figure");
    assert_true(fabs(difference) > 0.0 && fabs(difference) < 0.1);
    assert_true(number(json_array_get(own_figures, 1), "figure") > 0.5);
    json_decref(own);
    json_decref(given);

    put_text("wrong.csv", "window,force,war\nnone,0.1,0.0\n");
    expect("facts --fact S18 --panel m.csv --forecasts wrong.csv", 2, "wrong.csv");
}

/* Each set is measured by itself: one fact, two sets that are far apart. */
static void test_sets(void **state)
{
    (void)state;
    put_text("two.csv", "k.arms_react,k.identity\n0,0.01\n1.7,0.028\n");

    json_t *both = json_of("facts --fact S17 --runs 200 --constants two.csv --json --quiet");
    const json_t *fact = only_fact(both);
    const json_t *raised = json_array_get(json_object_get(fact, "figures"), 3);
    json_t *second = json_of("facts --fact S17 --runs 200 --dt 1/4 --json");
    const json_t *alone = json_array_get(json_object_get(only_fact(second), "figures"), 3);

    assert_int_equal((int)number(both, "sets"), 2);
    assert_true(number(fact, "share_of_sets") == 0.5);
    assert_true(says(fact, "verdict", "fails"));
    assert_true(number(raised, "inside") == 0.5);

    /* of two values the middle is the mean: one is that of the second set, the other is negative */
    const double first = 2.0 * number(raised, "median") - number(alone, "figure");
    assert_true(first < 0.0);
    assert_true(fabs(number(raised, "p95") - (0.05 * first + 0.95 * number(alone, "figure"))) <
                1e-12);
    json_decref(both);
    json_decref(second);

    expect("facts --fact S11 --fact S9 --runs 64 --constants two.csv --sets 2 --quiet", 0,
           "of 2 facts hold over the middle 90 % of 2 sets of constants");
}

/* The facts are measured on the cases that are shipped. */
static int set_up(void **state)
{
    const int made = make_folder(state);
    return setenv("SPIRAL_SCENARIOS", SPIRAL_SOURCE_DIR "/scenarios", 1) == 0 ? made : -1;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_bad_usage), cmocka_unit_test(test_margins),
        cmocka_unit_test(test_races),     cmocka_unit_test(test_panel),
        cmocka_unit_test(test_sets),
    };
    return cmocka_run_group_tests(tests, set_up, drop_folder);
}
