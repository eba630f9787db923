/* SPDX-License-Identifier: MIT */
/* Cases of the public interface: errors with their place, parameters, branches. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "include/spiral/spiral.h"

static const char text[] = "spiral: 1\n"
                           "name: small\n"
                           "title: {en: A title, zh: 标题}\n"
                           "start: 2000\n"
                           "end: 2010\n"
                           "states:\n"
                           "  - {id: SML, role: small, doctrine: confront_near, power: 0.01}\n"
                           "  - {id: BIG, role: neighbour, doctrine: assertive, power: 0.08}\n"
                           "  - {id: FAR, role: offshore, doctrine: committed, power: 0.20}\n"
                           "pairs:\n"
                           "  - {between: [SML, BIG], proximity: 1, ties: 0.5}\n"
                           "  - {between: [SML, FAR], reach: 0.5}\n"
                           "timeline:\n"
                           "  - {date: 2004-04, actor: SML, target: FAR, move: aspire}\n"
                           "  - {date: 2006, actor: SML, doctrine: limited_balance}\n";

static spiral_case *load_small(void)
{
    spiral_case *small;
    spiral_error error;

    if (spiral_case_load_text(text, strlen(text), "small.yaml", &small, &error) != SPIRAL_OK)
        fail_msg("%s", error.message);
    return small;
}

static double value_of(const spiral_case *scenario, const char *name)
{
    double value = -1.0;
    spiral_error error;

    if (spiral_case_get(scenario, name, &value, &error) != SPIRAL_OK)
        fail_msg("%s", error.message);
    return value;
}

static void test_version_is_that_of_the_header(void **unused)
{
    (void)unused;
    char version[40];

    snprintf(version, sizeof version, "%d.%d.%d", SPIRAL_VERSION_MAJOR, SPIRAL_VERSION_MINOR,
             SPIRAL_VERSION_PATCH);
    assert_string_equal(spiral_version(), version);
    assert_string_equal(spiral_version(), SPIRAL_VERSION);
    assert_string_equal(spiral_status_name(SPIRAL_BAD_INPUT), "SPIRAL_BAD_INPUT");
    assert_string_equal(spiral_status_name((spiral_status)77), "unknown status");
}

static void test_mistakes_are_reported_with_line_and_column(void **unused)
{
    (void)unused;
    char wrong[sizeof text];
    char line[1000];
    spiral_case *none = (spiral_case *)&line;
    spiral_error error;
    spiral_error errors[2];
    size_t count = 0;

    memcpy(wrong, text, sizeof text);
    memcpy(strstr(wrong, "aspire"), "aspier", 6);
    memcpy(strstr(wrong, "assertive"), "assertife", 9);

    assert_int_equal(spiral_case_load_text(wrong, strlen(wrong), "small.yaml", &none, &error),
                     SPIRAL_BAD_INPUT);
    assert_null(none);
    assert_string_equal(error.file, "small.yaml");
    assert_int_equal(error.line, 8);
    assert_int_equal(error.column, 42);
    assert_string_equal(error.path, "states[1].doctrine");

    const size_t length = spiral_error_text(&error, line, sizeof line);
    assert_string_equal(line, "small.yaml:8:42: states[1].doctrine: unknown doctrine 'assertife'; "
                              "did you mean 'assertive'?");
    assert_int_equal(length, strlen(line));
    assert_int_equal(spiral_error_text(&error, line, 11), length);
    assert_string_equal(line, "small.yaml");

    assert_int_equal(spiral_case_check_text(wrong, strlen(wrong), "small.yaml", errors, 2, &count,
                                            &error),
                     SPIRAL_OK);
    assert_int_equal(count, 2);
    assert_int_equal(errors[1].line, 14);
    assert_int_equal(spiral_case_check_text(wrong, strlen(wrong), "small.yaml", NULL, 0, &count,
                                            NULL),
                     SPIRAL_OK);
    assert_int_equal(count, 2);
    assert_int_equal(spiral_case_check_text(text, strlen(text), "small.yaml", NULL, 0, &count,
                                            NULL),
                     SPIRAL_OK);
    assert_int_equal(count, 0);
}

static void test_a_missing_file_names_the_nearest_case(void **unused)
{
    (void)unused;
    spiral_case *none;
    spiral_error error;

    assert_int_equal(spiral_case_load("ukrain", &none, &error), SPIRAL_IO);
    assert_null(none);
    assert_non_null(strstr(error.message, "did you mean the case 'ukraine'?"));
    assert_int_equal(spiral_case_load("/nowhere/ukraine.yaml", &none, NULL), SPIRAL_IO);
}

static void test_facts_are_read(void **unused)
{
    (void)unused;
    spiral_case *small = load_small();
    spiral_act act;
    char date[12];

    assert_string_equal(spiral_case_name(small), "small");
    assert_string_equal(spiral_case_title(small, "zh"), "标题");
    assert_string_equal(spiral_case_title(small, "fr"), "A title");
    assert_string_equal(spiral_case_summary(small, "en"), "");
    assert_int_equal(spiral_case_state_count(small), 3);
    assert_string_equal(spiral_case_state_id(small, 1), "BIG");
    assert_string_equal(spiral_case_state_role(small, 1), "neighbour");
    assert_null(spiral_case_state_id(small, 3));
    assert_null(spiral_case_state_name(small, 3, "en"));
    assert_null(spiral_case_state_role(small, 3));
    assert_int_equal(spiral_case_rival_count(small), 1);
    assert_int_equal(spiral_case_rival(small, 0), 1);
    assert_int_equal(spiral_case_rival(small, 1), -1);

    assert_int_equal(spiral_case_act_count(small), 2);
    assert_int_equal(spiral_case_act(small, 0, &act, NULL), SPIRAL_OK);
    assert_string_equal(act.kind, "move");
    assert_string_equal(act.name, "aspire");
    assert_string_equal(act.actor, "SML");
    assert_string_equal(act.target, "FAR");
    assert_true(act.value == 1.0);
    spiral_date_text(act.date, date);
    assert_string_equal(date, "2004-04");
    assert_int_equal(spiral_case_act(small, 1, &act, NULL), SPIRAL_OK);
    assert_string_equal(act.kind, "doctrine");
    assert_string_equal(act.name, "limited_balance");
    assert_string_equal(act.target, "");
    assert_int_equal(spiral_case_act(small, 2, &act, NULL), SPIRAL_BAD_INPUT);

    spiral_case_free(small);
    spiral_case_free(NULL);
}

static void test_every_parameter_can_be_read_and_set(void **unused)
{
    (void)unused;
    spiral_case *small = load_small();
    const size_t count = spiral_case_parameter_count(small);
    spiral_description description;
    spiral_error error;

    assert_true(count > 100);

    for (size_t i = 0; i < count; i++) {
        assert_int_equal(spiral_case_parameter(small, i, &description, &error), SPIRAL_OK);
        assert_true(value_of(small, description.name) == description.value);
        if (description.value < description.low) /* taken from elsewhere */
            assert_true(description.value == -1.0);
        assert_true(description.value <= description.high);

        if (spiral_case_set(small, description.name, description.high, &error) != SPIRAL_OK)
            fail_msg("%s", error.message);
        assert_true(value_of(small, description.name) == description.high);
        assert_int_equal(spiral_case_set(small, description.name, description.high + 1.0, &error),
                         SPIRAL_BAD_INPUT);
        assert_true(value_of(small, description.name) == description.high);
        assert_int_equal(spiral_case_set(small, description.name, description.value, &error),
                         SPIRAL_OK);
    }

    assert_int_equal(spiral_case_parameter(small, count, &description, &error), SPIRAL_BAD_INPUT);
    spiral_case_free(small);
}

static void test_names_are_found_in_either_order_and_nearest_ones_told(void **unused)
{
    (void)unused;
    spiral_case *small = load_small();
    spiral_error error;

    assert_true(value_of(small, "BIG-SML.ties") == 0.5);
    assert_int_equal(spiral_case_set(small, "BIG-SML.ties", 0.25, NULL), SPIRAL_OK);
    assert_true(value_of(small, "SML-BIG.ties") == 0.25);
    assert_int_equal(spiral_case_set(small, "SML-BIG.tiles", 0.25, &error), SPIRAL_BAD_INPUT);
    assert_string_equal(error.message,
                        "unknown name 'SML-BIG.tiles'; did you mean 'SML-BIG.ties'?");
    spiral_case_free(small);
}

/* A factor is of the series as loaded, however often it is set; and names of moves stay when their
 * dates change. */
static void test_settings_do_not_add_up(void **unused)
{
    (void)unused;
    spiral_case *small = load_small();
    spiral_case *again = load_small();
    double first[14];
    double second[14];

    assert_int_equal(spiral_quantity_count(), 14);
    assert_int_equal(spiral_case_set_step(small, 1.0, NULL), SPIRAL_OK);
    assert_int_equal(spiral_case_set_step(again, 1.0, NULL), SPIRAL_OK);
    assert_int_equal(spiral_case_set_end(small, 2001.0, NULL), SPIRAL_OK);
    assert_int_equal(spiral_case_set_end(again, 2001.0, NULL), SPIRAL_OK);
    assert_int_equal(spiral_case_step_count(small), 1);

    for (int i = 0; i < 5; i++)
        assert_int_equal(spiral_case_set(small, "BIG.power", 3.0, NULL), SPIRAL_OK);
    assert_int_equal(spiral_case_set(again, "BIG.power", 3.0, NULL), SPIRAL_OK);
    assert_int_equal(spiral_case_trajectories(small, 1, 0, 1, first, 14, NULL), SPIRAL_OK);
    assert_int_equal(spiral_case_trajectories(again, 1, 0, 1, second, 14, NULL), SPIRAL_OK);
    assert_memory_equal(first, second, sizeof first);

    assert_int_equal(spiral_case_set(small, "move.2004-04.date", 2005.5, NULL), SPIRAL_OK);
    assert_true(value_of(small, "move.2004-04.date") == 2005.5);
    assert_int_equal(spiral_case_set(small, "move.2004-04.date", 2003.5, NULL), SPIRAL_OK);
    assert_true(value_of(small, "move.2004-04.date") == 2003.5);

    spiral_case_free(again);
    spiral_case_free(small);
}

static void test_copies_are_apart(void **unused)
{
    (void)unused;
    spiral_case *small = load_small();
    spiral_case *copy;

    assert_int_equal(spiral_case_set(small, "FAR.power", 2.0, NULL), SPIRAL_OK);
    assert_int_equal(spiral_case_set(small, "move.2004-04.date", 2005.5, NULL), SPIRAL_OK);
    assert_int_equal(spiral_case_copy(small, &copy, NULL), SPIRAL_OK);
    assert_true(value_of(copy, "FAR.power") == 2.0);
    assert_true(value_of(copy, "move.2004-04.date") == 2005.5);
    assert_int_equal(spiral_case_set(copy, "k.encircle", 0.5, NULL), SPIRAL_OK);
    assert_true(value_of(small, "k.encircle") != 0.5);
    spiral_case_free(small);
    assert_true(value_of(copy, "k.encircle") == 0.5);
    spiral_case_free(copy);
}

static void test_a_branch_drops_what_runs_against_it(void **unused)
{
    (void)unused;
    spiral_case *small = load_small();
    spiral_case *branch;
    spiral_act act;
    spiral_error error;

    assert_int_equal(spiral_case_set(small, "FAR.power", 2.0, NULL), SPIRAL_OK);
    assert_int_equal(spiral_case_branch(small, "SML:neutrality@2002", &branch, &error), SPIRAL_OK);
    assert_true(value_of(branch, "FAR.power") == 2.0);
    assert_int_equal(spiral_case_act_count(branch), 1);
    assert_int_equal(spiral_case_act(branch, 0, &act, NULL), SPIRAL_OK);
    assert_string_equal(act.name, "neutrality");
    assert_int_equal(spiral_case_act_count(small), 2);
    spiral_case_free(branch);

    static const struct {
        const char *what_if;
        const char *says;
    } wrong[] = {
        {"SML", "'SML' is not a branch; expected STATE:DOCTRINE@DATE"},
        {"SML:neutrality", "is not a branch"},
        {":neutrality@2002", "is not a branch"},
        {"SML:@2002", "is not a branch"},
        {"SML:neutrality@", "is not a branch"},
        {"SML:neutrality@2002-01-01-01", "is not a branch"},
        {"A_NAME_THAT_IS_TOO_LONG:neutrality@2002", "is not a branch"},
        {"SMAL:neutrality@2002", "unknown state 'SMAL' in 'SMAL:neutrality@2002'; did you mean "
                                 "'SML'?"},
        {"SML:neutralty@2002", "did you mean 'neutrality'?"},
        {"SML:neutrality@soon", "'soon' in 'SML:neutrality@soon' is not a date"},
        {"SML:neutrality@2010", "lies outside the run; expected from 2000-01 to before 2010-01"},
    };

    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        assert_int_equal(spiral_case_branch(small, wrong[i].what_if, &branch, &error),
                         SPIRAL_BAD_INPUT);
        assert_null(branch);
        if (strstr(error.message, wrong[i].says) == NULL)
            fail_msg("%s: %s", wrong[i].what_if, error.message);
    }

    spiral_case_free(small);
}

static void test_bad_ways_of_running_are_refused(void **unused)
{
    (void)unused;
    spiral_case *small = load_small();
    spiral_simulation *none;
    spiral_error error;

    assert_int_equal(spiral_case_set_modes(small, 8, &error), SPIRAL_BAD_INPUT);
    assert_int_equal(spiral_case_set_modes(small, SPIRAL_FREE_RUNNING | SPIRAL_ASSIMILATE, &error),
                     SPIRAL_OK);
    assert_int_equal(spiral_case_set_step(small, 1.5, &error), SPIRAL_BAD_INPUT);
    assert_int_equal(spiral_case_set_step(small, -0.1, &error), SPIRAL_BAD_INPUT);
    assert_int_equal(spiral_case_set_end(small, 1999.0, &error), SPIRAL_BAD_INPUT);
    assert_true(spiral_case_end(small) == 2010.0);
    assert_true(spiral_case_start(small) == 2000.0);
    assert_int_equal(spiral_case_step_count(small), 120);

    assert_int_equal(spiral_case_set_step(small, 0.7, &error), SPIRAL_OK);
    assert_int_equal(spiral_case_step_count(small), 0);
    assert_int_equal(spiral_simulation_create(small, 1, 0, &none, &error), SPIRAL_BAD_INPUT);
    assert_null(none);
    assert_non_null(strstr(error.message, "whole number of steps"));
    spiral_case_free(small);
}

static void test_tables_are_described(void **unused)
{
    (void)unused;
    spiral_description description;
    spiral_error error;
    double year;

    for (size_t i = 0; i < spiral_outcome_count(); i++) {
        assert_int_equal(spiral_outcome_describe(i, &description, &error), SPIRAL_OK);
        assert_int_equal(spiral_outcome_index(description.name), i);
        assert_true(description.doc[0] != '\0' && description.label_zh[0] != '\0');
    }

    for (size_t i = 0; i < spiral_quantity_count(); i++) {
        assert_int_equal(spiral_quantity_describe(i, &description, &error), SPIRAL_OK);
        assert_int_equal(spiral_quantity_index(description.name), i);
        assert_true(description.high > description.low);
    }

    assert_int_equal(spiral_outcome_describe(spiral_outcome_count(), &description, &error),
                     SPIRAL_BAD_INPUT);
    assert_int_equal(spiral_quantity_describe(spiral_quantity_count(), &description, &error),
                     SPIRAL_BAD_INPUT);
    assert_int_equal(spiral_outcome_index("peace"), -1);
    assert_string_equal(spiral_level_name(1), "none");
    assert_string_equal(spiral_level_name(5), "war");
    assert_null(spiral_level_name(0));
    assert_null(spiral_level_name(6));
    assert_int_equal(spiral_date_read("2004-07", &year, &error), SPIRAL_OK);
    assert_true(year == 2004.5);
    assert_int_equal(spiral_date_read("July", &year, &error), SPIRAL_BAD_INPUT);
}

static void test_cases_are_listed(void **unused)
{
    (void)unused;
    char names[20][64];
    const size_t count = spiral_case_names(names, 20);
    spiral_case *loaded;

    assert_in_range(count, 8, 20);
    assert_int_equal(spiral_case_names(NULL, 0), count);

    for (size_t i = 0; i < count; i++) {
        assert_true(i == 0 || strcmp(names[i - 1], names[i]) < 0);
        assert_int_equal(spiral_case_load(names[i], &loaded, NULL), SPIRAL_OK);
        assert_string_equal(spiral_case_name(loaded), names[i]);
        spiral_case_free(loaded);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_version_is_that_of_the_header),
        cmocka_unit_test(test_mistakes_are_reported_with_line_and_column),
        cmocka_unit_test(test_a_missing_file_names_the_nearest_case),
        cmocka_unit_test(test_cases_are_listed),
        cmocka_unit_test(test_facts_are_read),
        cmocka_unit_test(test_every_parameter_can_be_read_and_set),
        cmocka_unit_test(test_names_are_found_in_either_order_and_nearest_ones_told),
        cmocka_unit_test(test_settings_do_not_add_up),
        cmocka_unit_test(test_copies_are_apart),
        cmocka_unit_test(test_a_branch_drops_what_runs_against_it),
        cmocka_unit_test(test_bad_ways_of_running_are_refused),
        cmocka_unit_test(test_tables_are_described),
    };

    setenv("SPIRAL_SCENARIOS", SPIRAL_SOURCE_DIR "/scenarios", 1);
    return cmocka_run_group_tests_name("library/case", tests, NULL, NULL);
}
