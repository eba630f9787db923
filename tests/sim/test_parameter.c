/* SPDX-License-Identifier: MIT */
/* Numbers by name: every kind of name, where it lands, what it refuses and what it suggests
 * instead. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "sim/parameter.h"
#include "tests/support/build_scenario.h"

enum { MAX_NAMES = 1500, NAME_SIZE = 64 };

/* What spiral_parameter_list() told, in its order. */
struct names {
    size_t count;
    struct {
        char name[NAME_SIZE];
        struct spiral_field field;
        double value;
    } item[MAX_NAMES];
};
static struct names names, after;
static struct spiral_constants constants;
static struct spiral_scenario triad;
static struct spiral_error error;

static void keep_parameter(void *context, const char *name, const struct spiral_field *field,
                           double value)
{
    struct names *list = context;
    assert_true(list->count < MAX_NAMES && strlen(name) < NAME_SIZE);
    strcpy(list->item[list->count].name, name);
    list->item[list->count].field = *field;
    list->item[list->count++].value = value;
}

static void list_names(struct names *list, const struct spiral_scenario *scenario)
{
    list->count = 0;
    spiral_parameter_list(scenario, &constants, keep_parameter, list);
}

static int set_up(void **unused)
{
    (void)unused;
    constants = spiral_constants_defaults();
    spiral_test_triad(&triad);
    return 0;
}

static int tear_down(void **unused)
{
    (void)unused;
    spiral_scenario_clear(&triad);
    return 0;
}

static enum spiral_status set_parameter(const char *name, double value)
{
    memset(&error, 0, sizeof error);
    return spiral_parameter_set(&triad, &constants, name, value, &error);
}

static void assert_set(const char *name, double value)
{
    if (set_parameter(name, value) != SPIRAL_OK)
        fail_msg("%s: %s", name, error.message);
}

/* The message of a refusal, after which every number is as before. */
static const char *refusal(const char *name, double value)
{
    list_names(&names, &triad);
    assert_int_equal(set_parameter(name, value), SPIRAL_BAD_INPUT);
    assert_int_equal(error.status, SPIRAL_BAD_INPUT);
    list_names(&after, &triad);
    assert_int_equal(names.count, after.count);
    for (size_t i = 0; i < names.count; i++)
        assert_near(names.item[i].value, after.item[i].value);
    assert_int_equal(spiral_parameter_set(&triad, &constants, name, value, NULL), SPIRAL_BAD_INPUT);

    return error.message;
}

static bool ends_with(const char *name, const char *end)
{
    return strlen(name) >= strlen(end) && strcmp(name + strlen(name) - strlen(end), end) == 0;
}

/* --- listing ---------------------------------------------------------------------------------- */

static void test_constants_alone(void **unused)
{
    (void)unused;
    char expected[NAME_SIZE];

    list_names(&names, NULL);
    assert_int_equal(names.count, SPIRAL_CONSTANTS);

    for (size_t i = 0; i < names.count; i++) {
        snprintf(expected, sizeof expected, "k.%s", spiral_constant_fields[i].name);
        assert_string_equal(names.item[i].name, expected);
        assert_string_equal(names.item[i].field.label_zh, spiral_constant_fields[i].label_zh);
        assert_near(names.item[i].value, spiral_constant_fields[i].value);
    }

    assert_int_equal(spiral_parameter_set(NULL, &constants, "k.encircle", 1.25, &error), SPIRAL_OK);
    assert_near(constants.encircle, 1.25);
    assert_int_equal(spiral_parameter_set(NULL, &constants, "S.greed", 0.5, &error),
                     SPIRAL_BAD_INPUT);
    assert_int_equal(spiral_parameter_set(&triad, NULL, "k.encircle", 0.5, &error),
                     SPIRAL_BAD_INPUT);
    assert_int_equal(spiral_parameter_set(&triad, NULL, "S.greed", 0.5, &error), SPIRAL_OK);
    assert_near(triad.states[TRIAD_SMALL].greed, 0.5);
}

static void test_every_name_once(void **unused)
{
    (void)unused;
    static void (*const builders[])(struct spiral_scenario * scenario) = {spiral_test_dyad,
                                                                          spiral_test_triad,
                                                                          spiral_test_octet};

    for (size_t b = 0; b < sizeof builders / sizeof *builders; b++) {
        struct spiral_scenario scenario;
        builders[b](&scenario);
        list_names(&names, &scenario);

        size_t expected = SPIRAL_CONSTANTS +
                          scenario.state_count * (SPIRAL_STATE_FACTS + 1 + SPIRAL_DOCTRINE_NUMBERS);

        for (size_t p = 0; p < scenario.pair_count; p++)
            expected += (size_t)(SPIRAL_PAIR_FACTS + SPIRAL_INITIAL_PAIRS + SPIRAL_INITIAL_EACHS) +
                        (scenario.pairs[p].interdependence.count > 0 ? 1u : 0u);
        for (size_t e = 0; e < scenario.entry_count; e++)
            expected += scenario.entries[e].kind == SPIRAL_ENTRY_MOVE ? 2u : 1u;

        assert_int_equal(names.count, expected);

        for (size_t i = 0; i < names.count; i++)
            for (size_t j = 0; j < i; j++)
                if (strcmp(names.item[i].name, names.item[j].name) == 0)
                    fail_msg("duplicate %s", names.item[i].name);

        spiral_scenario_clear(&scenario);
    }
}

/* Each name that is listed can be set to either bound, is listed with that value then, and no
 * other name's value moves. */
static void test_every_name_can_be_set(void **unused)
{
    (void)unused;
    list_names(&names, &triad);

    for (size_t i = 0; i < names.count; i++) {
        const char *name = names.item[i].name;
        if (ends_with(name, ".date") || strcmp(names.item[i].field.name, "scale") == 0)
            continue;

        for (int high = 0; high < 2; high++) {
            const double bound = high ? names.item[i].field.high : names.item[i].field.low;
            assert_set(name, bound);
            list_names(&after, &triad);

            for (size_t j = 0; j < names.count; j++) {
                /* what a scenario leaves out is shown as what it is taken from, and follows it */
                const bool follows = names.item[j].field.value < 0.0;
                if (j == i || !follows)
                    assert_near(after.item[j].value, j == i ? bound : names.item[j].value);
            }
        }

        tear_down(NULL);
        set_up(NULL);
    }
}

/* --- where each kind lands -------------------------------------------------------------------- */

static void test_facts(void **unused)
{
    (void)unused;
    assert_set("k.preponderance", 0.75);
    assert_near(constants.preponderance, 0.75);
    assert_set("N.greed", 0.75);
    assert_near(triad.states[TRIAD_NEIGHBOUR].greed, 0.75);
    assert_set("S-N.ties", 0.25);
    assert_near(triad.pairs[0].ties, 0.25);
    assert_set("N-S.ties", 0.375); /* in either order */
    assert_near(triad.pairs[0].ties, 0.375);
    assert_set("N-O.initial.reassurance", 0.625);
    assert_near(triad.pairs[2].initial_reassurance, 0.625);
    assert_set("O-N.initial.hostility", 3.0);
    assert_near(triad.pairs[2].initial_hostility, 3.0);
}

static void test_the_first_named_about_the_second(void **unused)
{
    (void)unused;
    assert_set("S-N.initial.threat", 0.25);
    assert_set("N-S.initial.threat", 0.75);
    assert_near(triad.pairs[0].initial_threat[0], 0.25);
    assert_near(triad.pairs[0].initial_threat[1], 0.75);
    assert_set("N-O.initial.grievance", 2.0); /* listed as O-N */
    assert_set("O-N.initial.grievance", 3.0);
    assert_near(triad.pairs[2].initial_grievance[0], 3.0);
    assert_near(triad.pairs[2].initial_grievance[1], 2.0);
}

static void test_series_are_scaled(void **unused)
{
    (void)unused;
    struct spiral_scenario before;

    assert_int_equal(spiral_scenario_copy(&before, &triad), SPIRAL_OK);
    assert_set("N.power", 2.0);
    assert_set("N-S.interdependence", 0.5);
    assert_set("O.power", 1.0); /* as given */
    for (size_t i = 0; i < before.states[TRIAD_NEIGHBOUR].power.count; i++)
        assert_near(triad.states[TRIAD_NEIGHBOUR].power.value[i],
                    2.0 * before.states[TRIAD_NEIGHBOUR].power.value[i]);
    for (size_t i = 0; i < before.pairs[0].interdependence.count; i++)
        assert_near(triad.pairs[0].interdependence.value[i],
                    0.5 * before.pairs[0].interdependence.value[i]);
    for (size_t i = 0; i < before.states[TRIAD_OFFSHORE].power.count; i++)
        assert_near(triad.states[TRIAD_OFFSHORE].power.value[i],
                    before.states[TRIAD_OFFSHORE].power.value[i]);

    assert_memory_equal(triad.states[TRIAD_NEIGHBOUR].power.year,
                        before.states[TRIAD_NEIGHBOUR].power.year, 3 * sizeof(double));
    spiral_scenario_clear(&before);
    assert_non_null(strstr(refusal("N.power", 0.0), "N.power is 0; expected 0.01 to 100"));
    assert_non_null(strstr(refusal("O-N.interdependence", 1.0),
                           "unknown name")); /* no knots, nothing to scale */
}

static void test_doctrine_at_the_start_and_later(void **unused)
{
    (void)unused;
    const double before = triad.entries[3].doctrine[SPIRAL_DOCTRINE_align];
    const double later = triad.entries[4].doctrine[SPIRAL_DOCTRINE_align];

    assert_set("doctrine.S.align", 0.125);
    assert_near(triad.states[TRIAD_SMALL].doctrine[SPIRAL_DOCTRINE_align], 0.125);
    assert_near(triad.entries[4].doctrine[SPIRAL_DOCTRINE_align], later); /* S's change of 2005 */
    assert_set("doctrine.S.align.all", 0.25);
    assert_near(triad.states[TRIAD_SMALL].doctrine[SPIRAL_DOCTRINE_align], 0.25);
    assert_near(triad.entries[4].doctrine[SPIRAL_DOCTRINE_align], 0.25);
    assert_set("doctrine.S.align", 0.125);
    assert_set("doctrine.S.align.shift", -0.2);
    assert_near(triad.states[TRIAD_SMALL].doctrine[SPIRAL_DOCTRINE_align], 0.0); /* within 0..1 */
    assert_near(triad.entries[4].doctrine[SPIRAL_DOCTRINE_align], 0.05);
    assert_near(triad.entries[4].doctrine[SPIRAL_DOCTRINE_empathy],
                0.1); /* its other numbers stay */
    assert_near(triad.entries[3].doctrine[SPIRAL_DOCTRINE_align], before); /* N's change of 2004 */
    assert_near(triad.entries[6].doctrine[SPIRAL_DOCTRINE_align],
                0.45); /* a change of greed has no doctrine */
}

static void test_entries_of_a_month(void **unused)
{
    (void)unused;
    assert_set("move.2014-04.weight", 0.25);
    assert_set("move.2014-04#2.weight", 0.75);
    assert_near(triad.entries[7].weight, 0.25);
    assert_near(triad.entries[8].weight, 0.75);
    assert_set("move.2014-04#2.date", 2015.5);
    assert_near(triad.entries[8].date, 2015.5);
    assert_near(triad.entries[7].date, 2014.25);
    assert_set("move.2004-01.date", 2003.0); /* changes have a date too, but no weight */
    assert_near(triad.entries[3].date, 2003.0);
    assert_non_null(strstr(refusal("move.2008-07.weight", 1.0), "unknown name"));
    assert_non_null(strstr(refusal("move.2014-04#1.weight", 1.0), "unknown name"));
    assert_non_null(strstr(refusal("move.2014-04#3.weight", 1.0), "unknown name"));
    triad.entries[8].date = 2014.3; /* later in the same month */
    triad.entries[0].date = 2014.32;
    assert_set("move.2014-04.weight",
               1.25); /* the first of the month in the file's order, not by date */
    assert_near(triad.entries[0].weight, 1.25);
    assert_set("move.2014-04#3.weight", 1.5);
    assert_near(triad.entries[8].weight, 1.5);
}

/* --- refusals --------------------------------------------------------------------------------- */

static void test_out_of_range_states_the_range(void **unused)
{
    (void)unused;
    assert_string_equal(refusal("N.greed", 1.5), "N.greed is 1.5; expected 0 to 1");

    /* "taken from elsewhere" is not a number to set, not even where it is so */
    assert_string_equal(refusal("S.arms", -1.0), "S.arms is -1; expected 0 to 1");
    triad.states[0].arms = -1.0;
    triad.pairs[0].reach = -1.0;
    assert_string_equal(refusal("S.arms", -1.0), "S.arms is -1; expected 0 to 1");
    assert_string_equal(refusal("S-N.reach", -1.0), "S-N.reach is -1; expected 0 to 1");
    assert_string_equal(refusal("N-S.initial.hostility", 0.5),
                        "N-S.initial.hostility is 0.5; expected 1 to 5");
    assert_string_equal(refusal("doctrine.O.extend", -0.25),
                        "doctrine.O.extend is -0.25; expected 0 to 1");
    assert_string_equal(refusal("move.2008-04.weight", 2.5),
                        "move.2008-04.weight is 2.5; expected 0 to 2");
    assert_string_equal(refusal("move.2008-04.date", 1989.5),
                        "move.2008-04.date is 1989.5; expected 1990 to 2020");
    assert_string_equal(refusal("move.2008-04.date", 2020.5),
                        "move.2008-04.date is 2020.5; expected 1990 to 2020");
    assert_non_null(strstr(refusal("N.greed", __builtin_nan("")), "expected 0 to 1"));
    assert_non_null(strstr(refusal("N.greed", __builtin_inf()), "expected 0 to 1"));
    list_names(&names, &triad);

    const size_t count = names.count;

    for (size_t i = 0; i < count; i++) { /* for every name, its own bounds */
        if (ends_with(names.item[i].name, ".date"))
            continue;
        char name[NAME_SIZE];
        char range[64];
        strcpy(name, names.item[i].name);
        snprintf(range, sizeof range, "expected %.10g to %.10g", names.item[i].field.low,
                 names.item[i].field.high);
        assert_int_equal(set_parameter(name, names.item[i].field.high + 0.5), SPIRAL_BAD_INPUT);
        assert_non_null(strstr(error.message, range));
        assert_int_equal(set_parameter(name, names.item[i].field.low - 0.5), SPIRAL_BAD_INPUT);
    }
}

static void test_the_nearest_name_is_suggested(void **unused)
{
    (void)unused;
    static const struct {
        const char *wrong;
        const char *meant;
    } cases[] = {
        {"k.encirle", "k.encircle"},
        {"k.tade",
         "k.trade"}, /* one mistake; k.talk shares more of its beginning, and is two away */
        {"K.encircle", "k.encircle"},
        {"N.gred", "N.greed"},
        {"S-N.tise", "S-N.ties"},
        {"N-S.tise", "N-S.ties"}, /* in the order that was asked for */
        {"S-N.initial.theat", "S-N.initial.threat"},
        {"doctrine.S.aling", "doctrine.S.align"},
        {"doctrine.N.coerse", "doctrine.N.coerce"},
        {"move.2014-04.wieght", "move.2014-04.weight"},
        {"move.2014-04#2.weigth", "move.2014-04#2.weight"},
        {"move.2008-4.weight", "move.2008-04.weight"},
    };

    char expected[160];

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        snprintf(expected, sizeof expected, "unknown name '%s'; did you mean '%s'?", cases[i].wrong,
                 cases[i].meant);
        assert_string_equal(refusal(cases[i].wrong, 0.5), expected);
    }
}

/* A letter of each name left out: what is suggested can be set, and no other listed name is
 * nearer. */
static void test_no_name_is_nearer_than_the_suggestion(void **unused)
{
    (void)unused;
    list_names(&names, &triad);

    for (size_t i = 0; i < names.count; i++)
        for (size_t left_out = 0; left_out < strlen(names.item[i].name); left_out++) {
            char wrong[NAME_SIZE];
            char suggested[NAME_SIZE] = "";
            strcpy(wrong, names.item[i].name);
            memmove(wrong + left_out, wrong + left_out + 1, strlen(wrong + left_out));
            if (set_parameter(wrong, -1e9) != SPIRAL_BAD_INPUT ||
                strstr(error.message, "unknown name") == NULL)
                continue; /* another name by chance */

            const char *hint = strstr(error.message, "did you mean '");
            if (hint == NULL || sscanf(hint, "did you mean '%63[^']", suggested) != 1)
                fail_msg("%s: %s", wrong, error.message);

            const struct spiral_names listed = spiral_names_of(names.item, names.count, name);
            const char *two[] = {suggested, spiral_names_nearest(listed, wrong)};
            if (spiral_names_nearest(spiral_names_in(two, 2), wrong) != two[0])
                fail_msg("%s: suggested %s, but %s is nearer", wrong, two[0], two[1]);
            assert_int_equal(set_parameter(suggested, -1e9), SPIRAL_BAD_INPUT);
            assert_non_null(strstr(error.message, "expected"));
        }
}

static void test_nothing_is_near(void **unused)
{
    (void)unused;
    char long_name[2000];

    memset(long_name, 'k', sizeof long_name - 1);
    long_name[sizeof long_name - 1] = '\0';

    static const char *const wrong[] = {"", ".", "provocation", "k.", "%s%n", "S", "S-N", "move."};

    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_non_null(strstr(refusal(wrong[i], 0.5), "unknown name"));
    assert_non_null(strstr(refusal("provocation", 0.5), "'provocation'"));
    assert_null(strstr(refusal("provocation", 0.5), "did you mean"));
    assert_non_null(strstr(refusal(long_name, 0.5), "unknown name"));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(test_constants_alone),
        TEST(test_every_name_once),
        TEST(test_every_name_can_be_set),
        TEST(test_facts),
        TEST(test_the_first_named_about_the_second),
        TEST(test_series_are_scaled),
        TEST(test_doctrine_at_the_start_and_later),
        TEST(test_entries_of_a_month),
        TEST(test_out_of_range_states_the_range),
        TEST(test_the_nearest_name_is_suggested),
        TEST(test_no_name_is_nearer_than_the_suggestion),
        TEST(test_nothing_is_near),
    };

    return cmocka_run_group_tests_name("sim/parameter", tests, NULL, NULL);
}
