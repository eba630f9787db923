/* SPDX-License-Identifier: MIT */
/* The step against its oracle (tests/reference) on a scenario of eight states that reaches every
 * place of the equations: three neighbours, four offshore powers, four publics, a timeline of
 * all moves and changes, several sets of constants side by side. Every number of every step of
 * 40 runs, to the bit. The cases stand in tests/scenarios/test_step_oracle_cases.c. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "sim/random.h"
#include "sim/tables.h"
#include "tests/reference/reference_compare.h"

enum { RUNS = 40, STATES = 8, ENTRIES = 160, SETS = 5 };

static struct spiral_random generator;

static double between(double low, double high)
{
    return low + (high - low) * spiral_uniform(spiral_random_next(&generator));
}
static int below(int n) { return (int)(spiral_random_next(&generator) % (uint32_t)n); }

static void *room(size_t count, size_t size)
{
    void *memory = calloc(count, size);
    if (memory == NULL)
        abort();
    return memory;
}

static struct spiral_series two_knots(double low, double high)
{
    struct spiral_series series = {2, room(2, sizeof(double)), room(2, sizeof(double))};

    for (int i = 0; i < 2; i++) {
        series.year[i] = 1990.0 + 12.0 * i;
        series.value[i] = between(low, high);
    }

    return series;
}

static void make_states(struct spiral_scenario *scenario)
{
    /* the small state and its neighbours stand among the others, so that no index can pass for
     * another */
    static const enum spiral_role roles[STATES] = {SPIRAL_OFFSHORE,  SPIRAL_NEIGHBOUR,
                                                   SPIRAL_SMALL,     SPIRAL_OFFSHORE,
                                                   SPIRAL_NEIGHBOUR, SPIRAL_NEIGHBOUR,
                                                   SPIRAL_OFFSHORE,  SPIRAL_OFFSHORE};
    static const double weight[SPIRAL_MAX_PUBLICS] = {0.375, 0.125, 0.25, 0.25};

    scenario->state_count = STATES;
    scenario->small = 2;

    for (int i = 0; i < STATES; i++) {
        struct spiral_state_facts *state = &scenario->states[i];
        *state = spiral_state_facts_defaults();
        state->id[0] = (char)('A' + i);
        state->role = roles[i];
        state->power = two_knots(0.01, 0.2);
        state->arms = i == 3 ? -1.0 : between(0.0, 1.0);
        state->greed = between(0.0, 1.0);
        state->resolve = between(0.0, 1.0);
        state->nuclear = between(0.0, 1.0); /* a share, so that no product with it is lost */
        state->democracy = between(0.0, 1.0);
        for (int n = 0; n < SPIRAL_DOCTRINE_NUMBERS; n++)
            state->doctrine[n] = between(0.0, 1.0);
    }

    struct spiral_state_facts *small = &scenario->states[scenario->small];

    small->public_count = SPIRAL_MAX_PUBLICS;

    for (int m = 0; m < SPIRAL_MAX_PUBLICS; m++) {
        small->publics[m].weight = weight[m];
        small->publics[m].orientation = between(-1.0, 1.0);
        small->publics[m].kin = between(0.0, 1.0);
    }
}

/* All pairs but the last, half of them the other way round. */
static void make_pairs(struct spiral_scenario *scenario)
{
    scenario->pairs = room(STATES * STATES / 2, sizeof *scenario->pairs);
    for (int i = 0; i < STATES; i++)
        for (int j = i + 1; j < STATES; j++) {
            if (i == STATES - 2)
                continue;
            struct spiral_pair_facts *pair = &scenario->pairs[scenario->pair_count++];
            *pair = (i + j) % 2 == 0 ? spiral_pair_facts_defaults(i, j)
                                     : spiral_pair_facts_defaults(j, i);
            for (size_t n = 0; n < SPIRAL_PAIR_FACTS; n++)
                *spiral_pair_fact_at(pair, n) = between(0.0, 1.0);
            for (size_t n = 0; n < SPIRAL_INITIAL_PAIRS; n++)
                *spiral_initial_pair_at(pair, n) = between(0.0, 0.5);
            for (size_t n = 0; n < SPIRAL_INITIAL_EACHS; n++)
                for (int side = 0; side < 2; side++)
                    spiral_initial_each_at(pair, n)[side] = between(0.0, 1.0);

            pair->initial_hostility = 1.0 + below(4);
            pair->interdependence = two_knots(0.0, 1.0);
        }
}

/* All moves several times over, with and without a target, in no order of date; and changes of
 * doctrine, greed and resolve. */
static void make_timeline(struct spiral_scenario *scenario)
{
    scenario->entry_count = ENTRIES;
    scenario->entries = room(ENTRIES, sizeof *scenario->entries);

    for (int e = 0; e < ENTRIES; e++) {
        struct spiral_entry *entry = &scenario->entries[e];
        entry->date = scenario->start +
                      below(4 * 12 * 20) / 48.0; /* quarters of a month: on and between the steps */
        entry->actor = below(3) == 0 ? scenario->small : below(STATES);
        entry->target =
            entry->actor != scenario->small && below(2) == 0 ? scenario->small : below(STATES);
        if (entry->target == entry->actor)
            entry->target = -1;
        entry->move = e % SPIRAL_MOVES;
        entry->weight = between(0.0, 2.0);

        if (e % 8 == 0) {
            static const enum spiral_entry_kind kinds[] = {SPIRAL_ENTRY_DOCTRINE,
                                                           SPIRAL_ENTRY_GREED,
                                                           SPIRAL_ENTRY_RESOLVE};
            entry->kind = kinds[e / 8 % 3];
            entry->value = between(0.0, 1.0);
            for (int n = 0; n < SPIRAL_DOCTRINE_NUMBERS; n++)
                entry->doctrine[n] = between(0.0, 1.0);
        }
    }
}

static void make_observations(struct spiral_scenario *scenario)
{
    scenario->observation_count = 12;
    scenario->observations = room(scenario->observation_count, sizeof *scenario->observations);

    for (size_t o = 0; o < scenario->observation_count; o++) {
        struct spiral_observation *seen = &scenario->observations[o];
        seen->date = scenario->start + 5.0 + (double)o;
        seen->first = o % 2 == 0 ? scenario->small : 4;
        seen->second = o % 2 == 0 ? 1 : scenario->small;
        seen->hostility = 1 + below(5);
    }
}

/* Random constants of each one's range: nothing is special about the defaults. The last set is
 * the defaults. */
static struct spiral_constants make_constants(int set)
{
    struct spiral_constants constants = spiral_constants_defaults();

    for (size_t i = 0; i < SPIRAL_CONSTANTS && set < SETS - 1; i++) {
        const struct spiral_field *field = &spiral_constant_fields[i];
        *spiral_constant_at(&constants, i) =
            between(field->low, field->value + 0.5 * (field->high - field->value));
    }

    return constants;
}

/* Compares runs of a scenario made from `seed`, each lane under another set of constants; `sets`
 * of them. */
static void check_runs(uint64_t seed, int sets, const struct spiral_plan_options *options)
{
    struct spiral_plan *plans[SETS] = {NULL};
    struct spiral_scenario scenario = spiral_scenario_defaults();
    struct spiral_error error = {0};

    generator = spiral_random_seed(seed, 1);
    strcpy(scenario.name, "eight");
    scenario.start = 1990.0;
    scenario.end = 2010.0;
    make_states(&scenario);
    make_pairs(&scenario);
    make_timeline(&scenario);
    make_observations(&scenario);

    for (int set = 0; set < sets; set++) {
        const struct spiral_constants constants = make_constants(set);
        const enum spiral_status status =
            spiral_plan_create(&plans[set], &scenario, &constants, options, &error);
        if (status != SPIRAL_OK)
            print_error("%s\n", error.message);
        assert_int_equal(status, SPIRAL_OK);
    }

    spiral_scenario_clear(&scenario);
    const unsigned long differences =
        reference_compare((const struct spiral_plan *const *)plans, sets, seed, RUNS);

    for (int set = 0; set < sets; set++)
        spiral_plan_destroy(plans[set]);

    assert_int_equal(differences, 0);
}

static void test_eight_states(void **unused)
{
    (void)unused;
    const struct spiral_plan_options options = spiral_plan_options_defaults();

    for (uint64_t seed = 1; seed <= 4; seed++)
        check_runs(seed, 1, &options);
}

static void test_lanes_with_their_own_constants(void **unused)
{
    (void)unused;
    const struct spiral_plan_options options = spiral_plan_options_defaults();

    for (uint64_t seed = 11; seed <= 14; seed++)
        check_runs(seed, SETS, &options);
}

static void test_replay_that_assimilates(void **unused)
{
    (void)unused;
    struct spiral_plan_options options = spiral_plan_options_defaults();

    options.assimilate = options.war_ends = true;
    check_runs(21, SETS, &options);
}

static void test_wars_that_end(void **unused)
{
    (void)unused;
    struct spiral_plan_options options = spiral_plan_options_defaults();

    options.war_ends = true;
    options.dt = 0.25; /* coarse, so that chances are large */
    check_runs(31, SETS, &options);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_eight_states),
        cmocka_unit_test(test_lanes_with_their_own_constants),
        cmocka_unit_test(test_replay_that_assimilates),
        cmocka_unit_test(test_wars_that_end),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
