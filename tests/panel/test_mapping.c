/* SPDX-License-Identifier: MIT
 *
 * From a row of a panel to a scenario: every rule where it shows, what is missing, and rows that
 * are no scenario.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "sim/tables.h"
#include "tools/panel/mapping.h"

static void assert_near(double a, double b) { assert_true(fabs(a - b) < 1e-12); }

/* A row of which nothing is known but what every row has. */
static struct spiral_panel_window bare_row(void)
{
    struct spiral_panel_window row;
    memset(&row, 0, sizeof row);
#define SPIRAL_PANEL_TEXT(name, need, size, doc)
#define SPIRAL_PANEL_NUMBER(name, need, unit, doc) row.name = NAN;
#include "tools/panel/columns.def"
    strcpy(row.window, "375-365-1950");
    row.start = 1950.0;
    row.end = 1960.0;
    row.years = 10.0;
    row.cinc_small = 0.001;
    row.cinc_neighbour = 0.17;
    row.contiguity = 1.0;
    return row;
}

static struct spiral_scenario scenario_of(const struct spiral_panel_window *row)
{
    struct spiral_scenario scenario;
    struct spiral_error error;
    assert_int_equal(spiral_panel_scenario(row, &scenario, &error), SPIRAL_OK);
    return scenario;
}

static void test_a_bare_row(void **state)
{
    (void)state;
    const struct spiral_panel_window row = bare_row();
    struct spiral_scenario scenario = scenario_of(&row);

    assert_string_equal(scenario.name, "375-365-1950");
    assert_near(scenario.start, 1950.0);
    assert_near(scenario.end, 1960.0);
    assert_int_equal(scenario.state_count, 2);
    assert_string_equal(scenario.states[0].id, "SMALL");
    assert_string_equal(scenario.states[0].doctrine_name, "straddling");
    assert_string_equal(scenario.states[1].doctrine_name, "status_quo");
    assert_near(scenario.states[0].arms, 0.2);
    assert_near(scenario.pairs[0].proximity, 0.87);
    assert_near(scenario.pairs[0].contested, 0.0);
    assert_near(scenario.pairs[0].initial_threat[0], 0.1);
    assert_near(scenario.pairs[0].initial_othering[1], 0.1);
    assert_near(scenario.pairs[0].initial_hostility, 1.0);
    spiral_scenario_clear(&scenario);
}

/* Rivalry is how two states see each other; what they did is threat, grievance and course. */
static void test_rivals_and_their_record(void **state)
{
    (void)state;
    struct spiral_panel_window row = bare_row();
    row.rivalry_td = 1.0;
    struct spiral_scenario rivals = scenario_of(&row);
    assert_near(rivals.pairs[0].initial_othering[0], 0.8);
    assert_near(rivals.pairs[0].contested, 0.0);
    assert_string_equal(rivals.states[1].doctrine_name, "status_quo");
    spiral_scenario_clear(&rivals);

    row.rivalry_td = 0.0;
    row.disputes10 = 2.0;
    row.force10 = 1.0;
    row.sum_small10 = 2.0;
    row.sum_neighbour10 = 5.0;
    row.deaths_small10 = 1.0;
    row.ongoing_host = 4.0;
    struct spiral_scenario record = scenario_of(&row);
    assert_near(record.pairs[0].initial_threat[0], 0.35);
    assert_near(record.pairs[0].initial_threat[1], 0.2);
    assert_near(record.pairs[0].initial_grievance[0], 0.5);
    assert_near(record.pairs[0].initial_grievance[1], 0.0);
    assert_near(record.pairs[0].contested, 0.4);
    assert_near(record.pairs[0].initial_hostility, 4.0);
    assert_string_equal(record.states[1].doctrine_name, "assertive");
    spiral_scenario_clear(&record);
}

/* Groups with a pact, and rivals of the neighbour; none that has no power in the row. */
static void test_groups_of_powers(void **state)
{
    (void)state;
    struct spiral_panel_window row = bare_row();
    strcpy(row.west_pact, "defence");
    row.west_cinc = 0.3;
    row.west_nuclear = 1.0;
    row.west_km = 2000.0;
    row.us_troops_small = 500.0;
    row.china_rival = 1.0;
    row.china_cinc = 0.1;
    strcpy(row.russia_pact, "consultation"); /* the neighbour is Russia: no power of its own */
    struct spiral_scenario scenario = scenario_of(&row);

    assert_int_equal(scenario.state_count, 4);
    assert_string_equal(scenario.states[2].id, "WEST");
    assert_string_equal(scenario.states[2].doctrine_name, "committed");
    assert_near(scenario.states[2].nuclear, 1.0);
    assert_string_equal(scenario.states[3].id, "CHINA");
    assert_string_equal(scenario.states[3].doctrine_name, "aloof");
    const struct spiral_pair_facts *pledge = spiral_scenario_find_pair(&scenario, 0, 2);
    assert_near(pledge->initial_commitment, 1.0);
    assert_near(pledge->initial_presence, 0.3);
    assert_near(pledge->reach, 0.4);
    assert_near(spiral_scenario_find_pair(&scenario, 1, 3)->initial_othering[0], 0.8);
    spiral_scenario_clear(&scenario);
}

static void test_nearness_without_a_border(void **state)
{
    (void)state;
    static const double classes[] = {0.25, 0.87, 0.70, 0.60, 0.40, 0.25};
    struct spiral_panel_window row = bare_row();
    row.min_distance_km = 0.0;

    for (int class = 0; class <= 5; class ++) {
        row.contiguity = class;
        struct spiral_scenario scenario = scenario_of(&row);
        assert_near(scenario.pairs[0].proximity, classes[class]);
        spiral_scenario_clear(&scenario);
    }

    row.contiguity = 0.0;
    row.min_distance_km = 400.0;
    struct spiral_scenario far = scenario_of(&row);
    assert_near(far.pairs[0].proximity, 0.125);
    spiral_scenario_clear(&far);
}

static void test_rows_that_are_no_scenario(void **state)
{
    (void)state;
    struct spiral_panel_window row = bare_row();
    struct spiral_scenario scenario;
    struct spiral_error error;

    row.cinc_small = NAN;
    assert_int_equal(spiral_panel_scenario(&row, &scenario, &error), SPIRAL_BAD_INPUT);
    assert_non_null(strstr(error.message, "cinc_small"));
    row = bare_row();
    row.end = row.start;
    assert_int_equal(spiral_panel_scenario(&row, &scenario, &error), SPIRAL_BAD_INPUT);
    assert_non_null(strstr(error.message, "after the start"));
    row = bare_row();
    row.contiguity = 6.0;
    assert_int_equal(spiral_panel_scenario(&row, &scenario, &error), SPIRAL_BAD_INPUT);
    assert_non_null(strstr(error.message, "0 to 5"));
    assert_int_equal(scenario.state_count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_bare_row),
        cmocka_unit_test(test_rivals_and_their_record),
        cmocka_unit_test(test_groups_of_powers),
        cmocka_unit_test(test_nearness_without_a_border),
        cmocka_unit_test(test_rows_that_are_no_scenario),
    };
    return cmocka_run_group_tests_name("panel mapping", tests, NULL, NULL);
}
