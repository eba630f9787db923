/* SPDX-License-Identifier: MIT */
/* The rules of a scenario: each is broken once, and its message says what is wrong; bounds
 * themselves are legal. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "sim/validate.h"
#include "tests/support/build_scenario.h"

#define NAN_NUMBER __builtin_nan("")
#define INFINITE __builtin_inf()

/* Edits of the triad: entries[3] changes a doctrine, entries[6] greed, the others are moves. */
#define EDIT(name, change) \
    static void name(struct spiral_scenario *scenario) { change; }

EDIT(no_state, scenario->state_count = 0)
EDIT(one_state, scenario->state_count = 1)
EDIT(nine_states, scenario->state_count = SPIRAL_MAX_STATES + 1)
EDIT(no_small, scenario->states[0].role = SPIRAL_OFFSHORE)
EDIT(two_small, scenario->states[2].role = SPIRAL_SMALL)
EDIT(no_neighbour, scenario->states[1].role = SPIRAL_OFFSHORE)
EDIT(other_protagonist, scenario->small = 1)
EDIT(negative_protagonist, scenario->small = -1)
EDIT(protagonist_outside, scenario->small = 3)
EDIT(zero_dt, scenario->dt = 0.0)
EDIT(negative_dt, scenario->dt = -1.0)
EDIT(long_dt, scenario->dt = 1.5)
EDIT(nan_dt, scenario->dt = NAN_NUMBER)
EDIT(part_of_a_step, scenario->dt = 0.7)
EDIT(end_before_start, scenario->end = 1980.0)
EDIT(end_at_start, scenario->end = scenario->start)
EDIT(nan_end, scenario->end = NAN_NUMBER)
EDIT(infinite_end, scenario->end = INFINITE)
EDIT(no_power, scenario->states[1].power.count = 0)
EDIT(zero_power, scenario->states[1].power.value[1] = 0.0)
EDIT(nan_power, scenario->states[1].power.value[0] = NAN_NUMBER)
EDIT(infinite_power, scenario->states[1].power.value[0] = INFINITE)
EDIT(same_year, scenario->states[1].power.year[1] = scenario->states[1].power.year[0])
EDIT(falling_years, scenario->states[1].power.year[2] = 1950.0)
EDIT(nan_year, scenario->states[1].power.year[1] = NAN_NUMBER)
EDIT(doctrine_above, scenario->states[2].doctrine[SPIRAL_DOCTRINE_caution] = 1.01)
EDIT(doctrine_nan, scenario->states[2].doctrine[0] = NAN_NUMBER)
EDIT(publics_of_neighbour, scenario->states[1].public_count = 1)
EDIT(five_publics, scenario->states[0].public_count = SPIRAL_MAX_PUBLICS + 1)
EDIT(public_weights, scenario->states[0].publics[0].weight += 2e-6)
EDIT(public_weight_below,
     (scenario->states[0].publics[0].weight = -0.1, scenario->states[0].publics[1].weight = 1.1))
EDIT(public_nan, scenario->states[0].publics[0].weight = NAN_NUMBER)
EDIT(public_orientation, scenario->states[0].publics[1].orientation = -1.01)
EDIT(public_kin, scenario->states[0].publics[1].kin = 1.01)
EDIT(pair_of_one, scenario->pairs[0].second = scenario->pairs[0].first)
EDIT(pair_outside, scenario->pairs[0].second = 3)
EDIT(pair_negative, scenario->pairs[0].first = -1)
EDIT(pair_twice, (scenario->pairs[2].first = 1, scenario->pairs[2].second = 0))
EDIT(half_hostility, scenario->pairs[0].initial_hostility = 2.5)
EDIT(trade_above, scenario->pairs[0].interdependence.value[1] = 1.01)
EDIT(trade_below, scenario->pairs[0].interdependence.value[1] = -0.01)
EDIT(trade_years, scenario->pairs[0].interdependence.year[1] = 1990.0)
EDIT(entry_before, scenario->entries[0].date = 1989.99)
EDIT(entry_after, scenario->entries[0].date = 2020.01)
EDIT(entry_nan, scenario->entries[0].date = NAN_NUMBER)
EDIT(entry_actor, scenario->entries[0].actor = 3)
EDIT(entry_no_actor, scenario->entries[0].actor = -1)
EDIT(entry_target, scenario->entries[0].target = 3)
EDIT(entry_negative_target, scenario->entries[0].target = -2)
EDIT(entry_self, scenario->entries[0].target = scenario->entries[0].actor)
EDIT(entry_no_move, scenario->entries[0].move = -1)
EDIT(entry_move_outside, scenario->entries[0].move = SPIRAL_MOVES)
EDIT(entry_weight, scenario->entries[0].weight = 2.01)
EDIT(entry_weight_below, scenario->entries[0].weight = -0.01)
EDIT(entry_weight_nan, scenario->entries[0].weight = NAN_NUMBER)
EDIT(entry_doctrine, scenario->entries[3].doctrine[SPIRAL_DOCTRINE_empathy] = -0.01)
EDIT(entry_greed, scenario->entries[6].value = 1.01)
EDIT(entry_greed_nan, scenario->entries[6].value = NAN_NUMBER)
EDIT(seen_level, scenario->observations[1].hostility = 6)
EDIT(seen_no_level, scenario->observations[1].hostility = -1)
EDIT(seen_self, scenario->observations[1].first = scenario->observations[1].second)
EDIT(seen_outside, scenario->observations[1].second = 3)
EDIT(seen_before, scenario->observations[1].date = 1989.99)
EDIT(seen_after, scenario->observations[1].date = 2020.01)
EDIT(seen_nan, scenario->observations[1].date = NAN_NUMBER)

static const struct {
    void (*edit)(struct spiral_scenario *scenario);
    const char *said; /* part of the message */
} breaches[] = {
    {no_state, "0 states; expected 2 to 8"},
    {one_state, "1 states; expected 2 to 8"},
    {nine_states, "9 states; expected 2 to 8"},
    {no_small, "exactly one"},
    {two_small, "2 states have the role small"},
    {no_neighbour, "neighbour"},
    {other_protagonist, "protagonist"},
    {negative_protagonist, "protagonist"},
    {protagonist_outside, "protagonist"},
    {zero_dt, "dt is 0"},
    {negative_dt, "dt is -1"},
    {long_dt, "dt is 1.5"},
    {nan_dt, "dt"},
    {part_of_a_step, "whole number of steps"},
    {end_before_start, "whole number of steps"},
    {end_at_start, "whole number of steps"},
    {nan_end, "whole number of steps"},
    {infinite_end, "whole number of steps"},
    {no_power, "N: power is missing"},
    {zero_power, "N: power is 0; expected above 0"},
    {nan_power, "N: power"},
    {infinite_power, "N: power"},
    {same_year, "N: the years of power"},
    {falling_years, "N: the years of power"},
    {nan_year, "N: the years of power"},
    {doctrine_above, "O: caution is 1.01; expected 0 to 1"},
    {doctrine_nan, "O: align"},
    {publics_of_neighbour, "N: only the small state has publics"},
    {five_publics, "S: more than 4 publics"},
    {public_weights, "S: the weights of the publics sum to 1"},
    {public_weight_below, "S: public 0"},
    {public_nan, "S: public 0"},
    {public_orientation, "S: public 1"},
    {public_kin, "S: public 1"},
    {pair_of_one, "pair 0"},
    {pair_outside, "pair 0"},
    {pair_negative, "pair 0"},
    {pair_twice, "pair 2 is listed twice"},
    {half_hostility, "S-N: initial hostility is a whole number"},
    {trade_above, "S-N: interdependence is 1.01; expected 0 to 1"},
    {trade_below, "S-N: interdependence is -0.01"},
    {trade_years, "S-N: the years of interdependence"},
    {entry_before, "1992-04 lies outside the run"},
    {entry_after, "1992-04 lies outside the run"},
    {entry_nan, "outside the run"},
    {entry_actor, "1992-04"},
    {entry_no_actor, "1992-04"},
    {entry_target, "1992-04"},
    {entry_negative_target, "1992-04"},
    {entry_self, "one state twice"},
    {entry_no_move, "no move"},
    {entry_move_outside, "no move"},
    {entry_weight, "weight 2.01; expected 0 to 2"},
    {entry_weight_below, "weight -0.01; expected 0 to 2"},
    {entry_weight_nan, "weight"},
    {entry_doctrine, "2004-01: empathy is -0.01; expected 0 to 1"},
    {entry_greed, "2008-07 sets 1.01; expected 0 to 1"},
    {entry_greed_nan, "2008-07"},
    {seen_level, "2002-01 has level 6; expected 1 to 5"},
    {seen_no_level, "2002-01 has level -1"},
    {seen_self, "2002-01"},
    {seen_outside, "2002-01"},
    {seen_before, "2002-01 lies outside the run"},
    {seen_after, "2002-01 lies outside the run"},
    {seen_nan, "outside the run"},
};

static void test_each_breach_is_told(void **unused)
{
    (void)unused;
    for (size_t i = 0; i < sizeof breaches / sizeof *breaches; i++) {
        struct spiral_scenario scenario;
        struct spiral_error error = {0};
        spiral_test_triad(&scenario);
        breaches[i].edit(&scenario);

        const enum spiral_status status = spiral_scenario_validate(&scenario, &error);
        if (status != SPIRAL_BAD_INPUT || error.status != status ||
            strstr(error.message, breaches[i].said) == NULL)
            fail_msg("%zu: '%s' is not in '%s'", i, breaches[i].said, error.message);
        assert_int_equal(spiral_scenario_validate(&scenario, NULL), SPIRAL_BAD_INPUT);
        spiral_scenario_clear(&scenario);
    }
}

EDIT(nothing, (void)scenario)
EDIT(no_pairs, scenario->pair_count = 0)
EDIT(no_publics, scenario->states[0].public_count = 0)
EDIT(weights_nearly_one, scenario->states[0].publics[0].weight += 5e-7)
EDIT(public_bounds,
     (scenario->states[0].publics[0].orientation = -1.0, scenario->states[0].publics[0].kin = 1.0))
EDIT(entry_at_start, scenario->entries[0].date = 1990.0)
EDIT(entry_at_end, scenario->entries[0].date = 2020.0)
EDIT(seen_at_start, scenario->observations[0].date = 1990.0)
EDIT(weight_zero, scenario->entries[0].weight = 0.0)
EDIT(weight_two, scenario->entries[0].weight = 2.0)
EDIT(no_target, scenario->entries[0].target = -1)
EDIT(greed_bounds, (scenario->entries[6].value = 0.0, scenario->entries[9].value = 1.0))
EDIT(highest_hostility, scenario->pairs[0].initial_hostility = 5.0)
EDIT(steps_of_years, scenario->dt = 1.0)
EDIT(one_step, (scenario->dt = 1.0, scenario->start = 2019.0, scenario->entry_count = 0,
                scenario->observation_count = 0))
EDIT(two_neighbours, scenario->states[2].role = SPIRAL_NEIGHBOUR)

static void test_what_is_legal(void **unused)
{
    (void)unused;
    static void (*const edits[])(struct spiral_scenario * scenario) = {
        nothing,      no_publics,        weights_nearly_one, public_bounds,  entry_at_start,
        entry_at_end, seen_at_start,     weight_zero,        weight_two,     no_target,
        greed_bounds, highest_hostility, steps_of_years,     two_neighbours,
    };

    for (size_t i = 0; i < sizeof edits / sizeof *edits; i++) {
        struct spiral_scenario scenario;
        struct spiral_error error = {0};
        spiral_test_triad(&scenario);
        edits[i](&scenario);
        if (spiral_scenario_validate(&scenario, &error) != SPIRAL_OK)
            fail_msg("%zu: %s", i, error.message);
        spiral_scenario_clear(&scenario);
    }
}

/* As above, where clearing needs the counts that the edit takes away. */
static void test_little_is_legal(void **unused)
{
    (void)unused;
    static void (*const edits[])(struct spiral_scenario * scenario) = {no_pairs, one_step};
    struct spiral_scenario scenario;

    spiral_test_triad(&scenario);

    const struct spiral_scenario whole = scenario;

    for (size_t i = 0; i < sizeof edits / sizeof *edits; i++) {
        edits[i](&scenario);
        assert_int_equal(spiral_scenario_validate(&scenario, NULL), SPIRAL_OK);
        scenario = whole;
    }

    spiral_scenario_clear(&scenario);
}

static void test_builders_are_legal(void **unused)
{
    (void)unused;
    static void (*const builders[])(struct spiral_scenario * scenario) = {spiral_test_triad,
                                                                          spiral_test_octet,
                                                                          spiral_test_dyad};

    for (size_t i = 0; i < sizeof builders / sizeof *builders; i++) {
        struct spiral_scenario scenario;
        struct spiral_error error = {0};
        builders[i](&scenario);
        if (spiral_scenario_validate(&scenario, &error) != SPIRAL_OK)
            fail_msg("%s: %s", scenario.name, error.message);
        spiral_scenario_clear(&scenario);
    }

    const struct spiral_scenario defaults = spiral_scenario_defaults();

    assert_int_equal(spiral_scenario_validate(&defaults, NULL), SPIRAL_BAD_INPUT);
}

/* --- bounds of the tables --------------------------------------------------------------------- */

/* Puts numbers in and around the field's bounds at *place; -1 is legal where it is the default,
 * and nowhere else below the bounds. */
static void check_bounds(const struct spiral_scenario *scenario, const char *where,
                         const struct spiral_field *field, double *place)
{
    const struct {
        double value;
        bool legal;
    } cases[] = {{field->low, true},          {field->high, true},
                 {field->value, true},        {field->low - 0.25, false},
                 {field->high + 0.25, false}, {-1.0, field->value < 0.0},
                 {NAN_NUMBER, false},         {INFINITE, false},
                 {-INFINITE, false}};
    const double before = *place;
    char range[64];

    snprintf(range, sizeof range, "expected %.6g to %.6g", field->low, field->high);

    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
        struct spiral_error error = {0};
        *place = cases[c].value;

        const enum spiral_status status = spiral_scenario_validate(scenario, &error);
        const bool told = strstr(error.message, where) != NULL &&
                          strstr(error.message, field->name) != NULL &&
                          strstr(error.message, range) != NULL;
        if (status != (cases[c].legal ? SPIRAL_OK : SPIRAL_BAD_INPUT) || (!cases[c].legal && !told))
            fail_msg("%s %s %g: '%s'", where, field->name, cases[c].value, error.message);
    }

    *place = before;
}

static void test_bounds_of_the_tables(void **unused)
{
    (void)unused;
    struct spiral_scenario scenario;

    spiral_test_triad(&scenario);
    for (size_t f = 0; f < SPIRAL_STATE_FACTS; f++)
        check_bounds(&scenario, "N: ", &spiral_state_fact_fields[f],
                     spiral_state_fact_at(&scenario.states[TRIAD_NEIGHBOUR], f));
    for (size_t n = 0; n < SPIRAL_DOCTRINE_NUMBERS; n++)
        check_bounds(&scenario, "N: ", &spiral_doctrine_fields[n],
                     &scenario.states[TRIAD_NEIGHBOUR].doctrine[n]);

    struct spiral_pair_facts *pair = &scenario.pairs[2];

    for (size_t f = 0; f < SPIRAL_PAIR_FACTS; f++)
        check_bounds(&scenario, "O-N: ", &spiral_pair_fact_fields[f], spiral_pair_fact_at(pair, f));
    for (size_t f = 0; f < SPIRAL_INITIAL_PAIRS; f++)
        check_bounds(&scenario, "O-N: ", &spiral_initial_pair_fields[f],
                     spiral_initial_pair_at(pair, f));

    for (size_t f = 0; f < SPIRAL_INITIAL_EACHS; f++)
        for (int side = 0; side < 2; side++)
            check_bounds(&scenario, "O-N: ", &spiral_initial_each_fields[f],
                         spiral_initial_each_at(pair, f) + side);

    spiral_scenario_clear(&scenario);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_breach_is_told),  cmocka_unit_test(test_what_is_legal),
        cmocka_unit_test(test_little_is_legal),      cmocka_unit_test(test_builders_are_legal),
        cmocka_unit_test(test_bounds_of_the_tables),
    };

    return cmocka_run_group_tests_name("sim/validate", tests, NULL, NULL);
}
