/* SPDX-License-Identifier: MIT */
/* What holds for every scenario and every set of constants: ranges, order of agents, symmetry,
 * streams, batches. Seeds are fixed and printed where something fails. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "sim/ensemble.h"
#include "sim/random.h"
#include "sim/step.h"
#include "tests/support/build_scenario.h"

static struct spiral_random generator;

static double between(double low, double high)
{
    return low + (high - low) * spiral_uniform(spiral_random_next(&generator));
}
static int below(int n) { return (int)(spiral_random_next(&generator) % (uint32_t)n); }

/* A number of a range: at either end every fifth time, for there breaches show. */
static double anywhere(const struct spiral_field *field)
{
    const int where = below(10);
    return where == 0 ? field->low : where == 1 ? field->high : between(field->low, field->high);
}

static struct spiral_constants random_constants(void)
{
    struct spiral_constants constants;
    for (size_t i = 0; i < SPIRAL_CONSTANTS; i++)
        *spiral_constant_at(&constants, i) = anywhere(&spiral_constant_fields[i]);
    return constants;
}

static void random_states(struct spiral_scenario *scenario)
{
    const int states = 2 + below(SPIRAL_MAX_STATES - 1);
    const int small = below(states);
    const int neighbour = (small + 1 + below(states - 1)) % states;

    for (int i = 0; i < states; i++) {
        const char id[] = {(char)('A' + i), '\0'};
        const enum spiral_role role = i == small                        ? SPIRAL_SMALL
                                      : i == neighbour || below(3) == 0 ? SPIRAL_NEIGHBOUR
                                                                        : SPIRAL_OFFSHORE;
        struct spiral_state_facts *state =
            spiral_test_state(scenario, id, role, between(1e-6, 1.0));
        spiral_test_knot(&state->power, scenario->start + 6.0,
                         below(4) == 0 ? 1e12 : between(0.001, 1.0));
        for (size_t f = 0; f < SPIRAL_STATE_FACTS; f++)
            *spiral_state_fact_at(state, f) = anywhere(&spiral_state_fact_fields[f]);
        for (int n = 0; n < SPIRAL_DOCTRINE_NUMBERS; n++)
            state->doctrine[n] = anywhere(&spiral_doctrine_fields[n]);
    }

    struct spiral_state_facts *state = &scenario->states[small];

    state->public_count = (size_t)below(SPIRAL_MAX_PUBLICS + 1);

    for (size_t m = 0; m < state->public_count; m++)
        state->publics[m] = (struct spiral_public){.weight = 1.0 / (double)state->public_count,
                                                   .orientation = between(-1.0, 1.0),
                                                   .kin = between(0.0, 1.0)};
}

static void random_pairs(struct spiral_scenario *scenario)
{
    for (int i = 0; i < (int)scenario->state_count; i++)
        for (int j = i + 1; j < (int)scenario->state_count; j++) {
            if (below(8) == 0)
                continue;
            struct spiral_pair_facts *pair = spiral_test_pair(scenario, i, j);
            for (size_t f = 0; f < SPIRAL_PAIR_FACTS; f++)
                *spiral_pair_fact_at(pair, f) = anywhere(&spiral_pair_fact_fields[f]);
            for (size_t f = 0; f < SPIRAL_INITIAL_PAIRS; f++)
                *spiral_initial_pair_at(pair, f) = anywhere(&spiral_initial_pair_fields[f]);

            pair->initial_hostility = 1.0 + below(5);

            for (size_t f = 0; f < SPIRAL_INITIAL_EACHS; f++)
                for (int side = 0; side < 2; side++)
                    spiral_initial_each_at(pair, f)[side] =
                        anywhere(&spiral_initial_each_fields[f]);

            spiral_test_knot(&pair->interdependence, scenario->start, between(0.0, 1.0));
            spiral_test_knot(&pair->interdependence, scenario->end, between(0.0, 1.0));
        }
}

/* Any valid scenario of twelve years; the caller clears it. */
static void random_scenario(struct spiral_scenario *scenario)
{
    *scenario = spiral_scenario_defaults();
    strcpy(scenario->name, "random");
    scenario->start = 1990.0;
    scenario->end = 2002.0;
    random_states(scenario);
    random_pairs(scenario);

    const int states = (int)scenario->state_count;

    for (int e = below(60); e > 0; e--) {
        const int actor = below(states);
        const int target = below(states);
        struct spiral_entry *entry = spiral_test_move(scenario, between(1990.0, 2002.0), actor,
                                                      target == actor ? -1 : target, "arm");
        entry->move = below(SPIRAL_MOVES);
        entry->weight = between(0.0, 2.0);
        if (below(6) == 0)
            spiral_test_change(scenario, entry->date, actor, (enum spiral_entry_kind)(1 + below(3)),
                               between(0.0, 1.0));
    }

    for (int o = 0; o < 3; o++)
        spiral_test_observe(scenario, between(1990.0, 2002.0), 0, 1, 1 + below(5));
}

static struct spiral_plan *random_plan(void)
{
    static const double lengths[] = {1.0 / 12.0, 1.0 / 52.0, 0.25, 1.0};
    struct spiral_scenario scenario;
    const struct spiral_constants constants = random_constants();
    struct spiral_plan_options options = {.dt = lengths[below(4)],
                                          .war_ends = below(2) == 0,
                                          .assimilate = below(3) == 0,
                                          .free_running = below(5) == 0};

    random_scenario(&scenario);

    struct spiral_plan *plan = spiral_test_plan(&scenario, &constants, &options);

    spiral_scenario_clear(&scenario);

    return plan;
}

static void check_ranges(const struct spiral_batch *batch, int draw)
{
    for (int l = 0; l < SPIRAL_LANES; l++) {
        const char *name = "";
        bool sound = spiral_batch_verify(batch, l, &name);

        for (int k = 0; k < batch->layout.count[SPIRAL_OF_PATRON] && sound; k++) {
            const double real = batch->derived.guarantee[k][l];
            const double believed = batch->derived.believed[k][l];
            sound = real >= 0.0 && believed >= real && believed <= 1.0 + 1e-12;
            name = "guarantee";
        }

        for (int q = 0; q < batch->layout.count[SPIRAL_OF_RIVAL] && sound; q++) {
            const double level = spiral_batch_state(batch)->hostility[q][l];
            const double pressure = batch->derived.pressure[q][l];
            const double limbo = batch->derived.limbo[q][l];
            const double loss = batch->derived.loss[q][l];
            sound = level == (double)(int)level && pressure >= 0.0 && limbo >= 0.0 &&
                    limbo <= 1.0 && loss >= 0.0 && loss <= 1.0;
            name = "level, pressure, limbo or loss";
        }

        if (!sound)
            fail_msg("draw %d, lane %d, step %ld: %s is out of range", draw, l, batch->step, name);
    }
}

static void test_everything_stays_in_range(void **unused)
{
    (void)unused;
    for (int draw = 0; draw < 300; draw++) {
        generator = spiral_random_seed(1000, (uint64_t)draw);
        struct spiral_plan *plan = random_plan();
        struct spiral_batch *batch = spiral_test_batch(plan, (uint64_t)draw);
        struct spiral_outcome_observer observer;
        spiral_outcome_begin(&observer);
        check_ranges(batch, draw);

        while (batch->step < batch->steps) {
            spiral_step(batch);
            spiral_outcome_watch(&observer, batch);
            check_ranges(batch, draw);
        }

        const union spiral_outcome outcome = spiral_outcome_of(&observer, batch, 0);
        for (int i = 0; i < SPIRAL_OUTCOMES; i++)
            if (!isnan(outcome.value[i]) && /* a date of what did not come */
                !(outcome.value[i] >= spiral_outcome_fields[i].low - 1e-12 &&
                  outcome.value[i] <= spiral_outcome_fields[i].high + 1e-12))
                fail_msg("draw %d: outcome %s is %.17g", draw, spiral_outcome_fields[i].name,
                         outcome.value[i]);

        spiral_batch_destroy(batch);
        spiral_plan_destroy(plan);
    }
}

/* --- order of agents -------------------------------------------------------------------------- */

/* The same case with its states in another order (state i becomes state at[i]) and its pairs in
 * reverse. */
static void permute(struct spiral_scenario *permuted, const struct spiral_scenario *scenario,
                    const int at[])
{
    struct spiral_scenario copy;

    assert_int_equal(spiral_scenario_copy(permuted, scenario), SPIRAL_OK);
    copy = *permuted;
    for (size_t i = 0; i < scenario->state_count; i++)
        permuted->states[at[i]] = copy.states[i];

    permuted->small = at[scenario->small];

    for (size_t p = 0; p < scenario->pair_count / 2; p++) {
        const struct spiral_pair_facts last = permuted->pairs[scenario->pair_count - 1 - p];
        permuted->pairs[scenario->pair_count - 1 - p] = permuted->pairs[p];
        permuted->pairs[p] = last;
    }

    for (size_t p = 0; p < scenario->pair_count; p++) {
        permuted->pairs[p].first = at[permuted->pairs[p].first];
        permuted->pairs[p].second = at[permuted->pairs[p].second];
    }

    for (size_t e = 0; e < scenario->entry_count; e++) {
        struct spiral_entry *entry = &permuted->entries[e];
        entry->actor = at[entry->actor];
        entry->target = entry->target < 0 ? -1 : at[entry->target];
    }

    for (size_t o = 0; o < scenario->observation_count; o++) {
        permuted->observations[o].first = at[permuted->observations[o].first];
        permuted->observations[o].second = at[permuted->observations[o].second];
    }
}

static bool close_to(double a, double b) { return a - b < 1e-9 && b - a < 1e-9; }

/* Whether two batches are in the same state but for the names; on a difference *name tells what
 * differs. */
static bool same_but_for_names(const struct spiral_batch *a, const struct spiral_batch *b,
                               const int at[], const char **name)
{
    const struct spiral_lanes_state *one = spiral_batch_state(a);
    const struct spiral_lanes_state *two = spiral_batch_state(b);
    const struct spiral_layout *from = &a->layout;
    const struct spiral_layout *to = &b->layout;
    int place[SPIRAL_DIMENSIONS][SPIRAL_MAX_PERCEPTION];

    for (int i = 0; i < from->count[SPIRAL_OF_STATE]; i++)
        place[SPIRAL_OF_STATE][i] = at[i];
    for (int p = 0; p < from->count[SPIRAL_OF_PERCEPTION]; p++)
        place[SPIRAL_OF_PERCEPTION][p] = spiral_layout_perception(to, at[from->perceptions[p].of],
                                                                  at[from->perceptions[p].about]);
    for (int t = 0; t < from->count[SPIRAL_OF_TIE]; t++)
        place[SPIRAL_OF_TIE][t] =
            spiral_layout_tie(to, at[from->ties[t].one], at[from->ties[t].two]);
    for (int k = 0; k < from->count[SPIRAL_OF_PATRON]; k++)
        place[SPIRAL_OF_PATRON][k] = spiral_layout_patron(to, at[from->patrons[k]]);
    for (int q = 0; q < from->count[SPIRAL_OF_RIVAL]; q++)
        place[SPIRAL_OF_RIVAL][q] = spiral_layout_rival(to, at[from->rivals[q].neighbour]);
    for (int m = 0; m < from->count[SPIRAL_OF_PUBLIC]; m++)
        place[SPIRAL_OF_PUBLIC][m] = m;
#define SPIRAL_VARIABLE(variable, of, low, high, en, zh, doc) \
    for (int i = 0; i < from->count[SPIRAL_OF_##of]; i++) \
        for (int l = 0; l < SPIRAL_LANES; l++) \
            if (!close_to(one->variable[i][l], two->variable[place[SPIRAL_OF_##of][i]][l])) { \
                *name = #variable; \
                return false; \
            }
#include "sim/variables.def"
    return true;
}

static void check_order(const struct spiral_scenario *scenario,
                        const struct spiral_constants *constants, const int at[], int draw)
{
    const struct spiral_plan_options options = {.assimilate = true};
    struct spiral_scenario permuted;

    permute(&permuted, scenario, at);

    struct spiral_plan *plan = spiral_test_plan(scenario, constants, &options);
    struct spiral_plan *other = spiral_test_plan(&permuted, constants, &options);
    struct spiral_batch *one = spiral_test_batch(plan, 1);
    struct spiral_batch *two = spiral_test_batch(other, 1);
    const char *name = "";

    for (long step = 0; step < plan->steps; step++) {
        if (!same_but_for_names(one, two, at, &name))
            fail_msg("draw %d, step %ld: %s depends on the order of states", draw, step, name);
        spiral_step(one);
        spiral_step(two);
    }

    spiral_batch_destroy(one);
    spiral_batch_destroy(two);
    spiral_plan_destroy(plan);
    spiral_plan_destroy(other);
    spiral_scenario_clear(&permuted);
}

static void shuffle(int at[], int states)
{
    for (int i = 0; i < states; i++) {
        const int j = below(i + 1);
        at[i] = at[j];
        at[j] = i;
    }
}

/* Without chance, but with levels that an assimilation imposes: the same trajectories under
 * other names. */
static void test_order_of_agents_is_nothing(void **unused)
{
    (void)unused;
    for (int draw = 0; draw < 60; draw++) {
        struct spiral_scenario scenario;
        int at[SPIRAL_MAX_STATES];
        generator = spiral_random_seed(2000, (uint64_t)draw);
        if (draw % 2 == 0)
            spiral_test_octet(&scenario);
        else
            random_scenario(&scenario);

        struct spiral_constants constants = draw < 2 ? spiral_test_constants() : random_constants();
        constants.noise = constants.incident = constants.press = constants.war = constants.slip =
            constants.settle = 0.0;
        shuffle(at, (int)scenario.state_count);
        check_order(&scenario, &constants, at, draw);
        spiral_scenario_clear(&scenario);
    }
}

/* With one neighbour the draws of incidents are the same in any order, so that whole
 * trajectories are, wars and all. */
static void test_order_of_agents_with_hostility(void **unused)
{
    (void)unused;
    static const int orders[][3] = {{0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};
    struct spiral_scenario scenario;
    struct spiral_constants constants = spiral_test_constants();

    constants.noise = 0.0;
    spiral_test_triad(&scenario);
    scenario.observation_count = 0; /* nothing to assimilate: they keep no memory of their own */
    for (int i = 0; i < 5; i++)
        check_order(&scenario, &constants, orders[i], i);
    spiral_scenario_clear(&scenario);
}

/* With chance: risks are equal within five standard errors. */
static void test_order_of_agents_with_noise(void **unused)
{
    (void)unused;
    enum { RUNS = 1500 };
    static const int at[] = {3, 6, 0, 7, 1, 2, 4, 5};
    struct spiral_scenario scenarios[2];
    struct spiral_constants constants = spiral_test_constants();
    struct spiral_batch *batch = spiral_batch_create();
    double force[2];
    double war[2];

    assert_non_null(batch);
    constants.noise = 0.4;
    constants.incident = 0.02;
    constants.press = 0.5;
    constants.war = 4.0;
    spiral_test_octet(&scenarios[0]);
    permute(&scenarios[1], &scenarios[0], at);

    for (int i = 0; i < 2; i++) {
        struct spiral_plan *plan = spiral_test_plan(&scenarios[i], &constants, NULL);
        struct spiral_collector collector;
        assert_int_equal(spiral_collector_init(&collector, plan, false, false), SPIRAL_OK);
        spiral_ensemble_run(batch, plan, 77, 0, RUNS, &collector);
        force[i] = spiral_tally_mean(collector.tally, SPIRAL_OUTCOME_force);
        war[i] = spiral_tally_mean(collector.tally, SPIRAL_OUTCOME_war);
        spiral_collector_clear(&collector);
        spiral_plan_destroy(plan);
        spiral_scenario_clear(&scenarios[i]);
    }

    const double risks[2][2] = {{force[0], force[1]}, {war[0], war[1]}};

    for (int i = 0; i < 2; i++) {
        const double mean = 0.5 * (risks[i][0] + risks[i][1]);
        const double apart = risks[i][0] - risks[i][1];
        assert_true(apart * apart <= 25.0 * 2.0 * mean * (1.0 - mean) / RUNS);
    }

    assert_true(war[0] > 0.01 && force[0] < 1.0 - 1e-9); /* there is something to compare */
    spiral_batch_destroy(batch);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_everything_stays_in_range),
        cmocka_unit_test(test_order_of_agents_is_nothing),
        cmocka_unit_test(test_order_of_agents_with_hostility),
        cmocka_unit_test(test_order_of_agents_with_noise),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
