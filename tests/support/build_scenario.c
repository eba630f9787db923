/* SPDX-License-Identifier: MIT */
#include "tests/support/build_scenario.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void *grown(void *memory, size_t size)
{
    void *room = realloc(memory, size);
    if (room == NULL)
        abort();
    return room;
}

static const double middle_course[SPIRAL_DOCTRINE_NUMBERS] = {0.5, 0.4, 0.5, 0.5,
                                                              0.3, 0.3, 0.5, 0.4};

struct spiral_state_facts *spiral_test_state(struct spiral_scenario *scenario, const char *id,
                                             enum spiral_role role, double power)
{
    struct spiral_state_facts *state = &scenario->states[scenario->state_count++];

    *state = spiral_state_facts_defaults();
    state->arms = -1.0;
    state->resolve = 0.6;
    state->greed = 0.2;
    state->nuclear = 0.0;
    strcpy(state->id, id);
    state->role = role;
    memcpy(state->doctrine, middle_course, sizeof state->doctrine);
    if (role == SPIRAL_SMALL)
        scenario->small = (int)scenario->state_count - 1;
    spiral_test_knot(&state->power, scenario->start, power);

    return state;
}

struct spiral_pair_facts *spiral_test_pair(struct spiral_scenario *scenario, int first, int second)
{
    scenario->pairs = grown(scenario->pairs, (scenario->pair_count + 1) * sizeof *scenario->pairs);
    struct spiral_pair_facts *pair = &scenario->pairs[scenario->pair_count++];

    memset(pair, 0, sizeof *pair);
    pair->first = first;
    pair->second = second;
    pair->reach = -1.0;
    pair->offence = 0.5;
    pair->initial_hostility = 1.0;
    for (int side = 0; side < 2; side++)
        pair->initial_threat[side] = pair->initial_othering[side] = 0.1;

    return pair;
}

void spiral_test_knot(struct spiral_series *series, double year, double value)
{
    series->year = grown(series->year, (series->count + 1) * sizeof(double));
    series->value = grown(series->value, (series->count + 1) * sizeof(double));
    series->year[series->count] = year;
    series->value[series->count++] = value;
}

static struct spiral_entry *append_entry(struct spiral_scenario *scenario, double date, int actor)
{
    scenario->entries =
        grown(scenario->entries, (scenario->entry_count + 1) * sizeof *scenario->entries);
    struct spiral_entry *entry = &scenario->entries[scenario->entry_count++];

    memset(entry, 0, sizeof *entry);
    entry->date = date;
    spiral_date_format(date, entry->date_text);
    entry->actor = actor;
    entry->target = -1;
    entry->weight = 1.0;

    return entry;
}

struct spiral_entry *spiral_test_move(struct spiral_scenario *scenario, double date, int actor,
                                      int target, const char *move)
{
    struct spiral_entry *entry = append_entry(scenario, date, actor);
    entry->kind = SPIRAL_ENTRY_MOVE;
    entry->target = target;
    entry->move = spiral_move_find(move);
    return entry;
}

struct spiral_entry *spiral_test_change(struct spiral_scenario *scenario, double date, int actor,
                                        enum spiral_entry_kind kind, double value)
{
    struct spiral_entry *entry = append_entry(scenario, date, actor);

    entry->kind = kind;
    entry->value = value;
    for (int n = 0; n < SPIRAL_DOCTRINE_NUMBERS; n++)
        entry->doctrine[n] = value;
    return entry;
}

void spiral_test_observe(struct spiral_scenario *scenario, double date, int first, int second,
                         int hostility)
{
    const size_t count = scenario->observation_count++;

    scenario->observations =
        grown(scenario->observations, (count + 1) * sizeof *scenario->observations);

    struct spiral_observation *seen = &scenario->observations[count];

    memset(seen, 0, sizeof *seen);
    seen->date = date;
    spiral_date_format(date, seen->date_text);
    seen->first = first;
    seen->second = second;
    seen->hostility = hostility;
}

/* --- scenarios -------------------------------------------------------------------------------- */

static void begin_scenario(struct spiral_scenario *scenario, const char *name, double start,
                           double end)
{
    *scenario = spiral_scenario_defaults();
    strcpy(scenario->name, name);
    scenario->start = start;
    scenario->end = end;
}

void spiral_test_dyad(struct spiral_scenario *scenario)
{
    begin_scenario(scenario, "dyad", 2000.0, 2010.0);
    spiral_test_state(scenario, "S", SPIRAL_SMALL, 0.1);
    spiral_test_state(scenario, "N", SPIRAL_NEIGHBOUR, 0.3);
    spiral_test_pair(scenario, 0, 1)->proximity = 1.0;
}

static void set_course(struct spiral_state_facts *state,
                       const double doctrine[SPIRAL_DOCTRINE_NUMBERS], double arms, double greed,
                       double nuclear)
{
    memcpy(state->doctrine, doctrine, sizeof state->doctrine);
    state->arms = arms;
    state->greed = greed;
    state->nuclear = nuclear;
}

static void make_triad_states(struct spiral_scenario *scenario)
{
    static const double straddling[] = {0.5, 0.4, 0.4, 0.5, 0.35, 0.0, 0.4, 0.2};
    static const double detente[] = {0.0, 0.6, 0.4, 0.8, 0.2, 0.2, 0.6, 0.2};
    static const double selective[] = {0.0, 0.4, 0.5, 0.5, 0.2, 0.5, 0.6, 0.2};
    struct spiral_state_facts *state = spiral_test_state(scenario, "S", SPIRAL_SMALL, 0.023);

    set_course(state, straddling, 0.2, 0.2, 0.0);
    spiral_test_knot(&state->power, 2000.0, 0.0145);
    spiral_test_knot(&state->power, 2015.0, 0.0066);
    state->public_count = 2;
    state->publics[0] = (struct spiral_public){.weight = 0.52, .orientation = 0.4, .kin = 0.08};
    state->publics[1] = (struct spiral_public){.weight = 0.48, .orientation = -0.4, .kin = 0.53};
    state = spiral_test_state(scenario, "N", SPIRAL_NEIGHBOUR, 0.1);
    set_course(state, detente, 0.44, 0.35, 1.0);
    spiral_test_knot(&state->power, 1995.0, 0.06);
    spiral_test_knot(&state->power, 2020.0, 0.035);
    state = spiral_test_state(scenario, "O", SPIRAL_OFFSHORE, 0.22);
    set_course(state, selective, -1.0, 0.2, 1.0);
    state->resolve = 0.75;
    spiral_test_knot(&state->power, 2020.0, 0.16);
}

static void make_triad_pairs(struct spiral_scenario *scenario)
{
    struct spiral_pair_facts *pair = spiral_test_pair(scenario, TRIAD_SMALL, TRIAD_NEIGHBOUR);

    pair->proximity = pair->ties = 1.0;
    pair->institution = 0.167;
    pair->contested = 0.4;
    pair->initial_reassurance = 0.4;
    pair->initial_commitment = 0.1;
    pair->initial_presence = 0.6;
    spiral_test_knot(&pair->interdependence, 1990.0, 0.8);
    spiral_test_knot(&pair->interdependence, 2020.0, 0.2);
    pair = spiral_test_pair(scenario, TRIAD_SMALL, TRIAD_OFFSHORE);
    pair->ties = 0.15;
    pair->reach = 0.5;
    spiral_test_knot(&pair->interdependence, 1990.0, 0.05);

    /* against the order of the states */
    pair = spiral_test_pair(scenario, TRIAD_OFFSHORE, TRIAD_NEIGHBOUR);
    pair->proximity = pair->reach = 0.7;
    pair->ties = 0.15;
    pair->institution = 0.35;
    pair->initial_reassurance = 0.5;
    pair->initial_threat[0] = 0.7;
    pair->initial_threat[1] = 0.4;
    pair->initial_grievance[0] = 0.5;
}

void spiral_test_triad(struct spiral_scenario *scenario)
{
    static const double confront[] = {0.9, 0.1, 0.8, 0.2, 0.8, 0.0, 0.2, 0.3};
    static const double assertive[] = {0.0, 0.1, 0.8, 0.2, 0.6, 0.4, 0.2, 0.9};

    begin_scenario(scenario, "triad", 1990.0, 2020.0);
    make_triad_states(scenario);
    make_triad_pairs(scenario);
    spiral_test_move(scenario, 1992.25, TRIAD_NEIGHBOUR, TRIAD_SMALL, "rupture")->weight = 0.5;
    spiral_test_move(scenario, 1994.125, TRIAD_SMALL, TRIAD_OFFSHORE, "partner");
    spiral_test_move(scenario, 1997.375, TRIAD_SMALL, TRIAD_NEIGHBOUR, "treaty");
    memcpy(
        spiral_test_change(scenario, 2004.0, TRIAD_NEIGHBOUR, SPIRAL_ENTRY_DOCTRINE, 0.0)->doctrine,
        assertive, sizeof assertive);
    memcpy(spiral_test_change(scenario, 2005.0, TRIAD_SMALL, SPIRAL_ENTRY_DOCTRINE, 0.0)->doctrine,
           confront, sizeof confront);
    spiral_test_move(scenario, 2008.25, TRIAD_SMALL, TRIAD_OFFSHORE, "aspire");
    spiral_test_change(scenario, 2008.5, TRIAD_NEIGHBOUR, SPIRAL_ENTRY_GREED, 0.45);
    spiral_test_move(scenario, 2014.25, TRIAD_NEIGHBOUR, TRIAD_SMALL, "sanction");
    spiral_test_move(scenario, 2014.25, TRIAD_OFFSHORE, TRIAD_SMALL, "aid")->weight = 1.5;
    spiral_test_change(scenario, 2016.0, TRIAD_OFFSHORE, SPIRAL_ENTRY_RESOLVE, 0.8);
    for (int level = 1; level <= 4; level++)
        spiral_test_observe(scenario, 1988.0 + 7.0 * level, TRIAD_NEIGHBOUR, TRIAD_SMALL, level);
}

/* A number in [low, high) that depends on n alone and has no pattern: multiples of the golden
 * ratio. */
static double scattered(int n, double low, double high)
{
    const double turns = 0.6180339887498949 * (double)(n + 1);
    return low + (high - low) * (turns - (double)(int)turns);
}

static void make_octet_states(struct spiral_scenario *scenario)
{
    static const enum spiral_role roles[] = {SPIRAL_OFFSHORE, SPIRAL_NEIGHBOUR, SPIRAL_SMALL,
                                             SPIRAL_OFFSHORE, SPIRAL_NEIGHBOUR, SPIRAL_NEIGHBOUR,
                                             SPIRAL_OFFSHORE, SPIRAL_OFFSHORE};

    for (int i = 0; i < SPIRAL_MAX_STATES; i++) {
        const char id[] = {(char)('A' + i), '\0'};
        struct spiral_state_facts *state =
            spiral_test_state(scenario, id, roles[i], scattered(i, 0.01, 0.2));
        spiral_test_knot(&state->power, 2003.0, scattered(i + 8, 0.01, 0.2));
        state->arms = i == 3 ? -1.0 : scattered(i, 0.1, 0.5);
        state->greed = scattered(i + 1, 0.1, 0.6);
        state->resolve = scattered(i + 2, 0.4, 0.9);
        state->nuclear = i % 3 == 0 ? 1.0 : 0.0;
        for (int n = 0; n < SPIRAL_DOCTRINE_NUMBERS; n++)
            state->doctrine[n] = scattered(8 * i + n, 0.0, 1.0);
    }

    struct spiral_state_facts *small = &scenario->states[scenario->small];

    small->public_count = 2;
    small->publics[0] = (struct spiral_public){.weight = 0.625, .orientation = 0.3, .kin = 0.1};
    small->publics[1] = (struct spiral_public){.weight = 0.375, .orientation = -0.5, .kin = 0.7};
}

static void make_octet_pairs(struct spiral_scenario *scenario)
{
    int n = 0;

    for (int i = 0; i < SPIRAL_MAX_STATES; i++)
        for (int j = i + 1; j < SPIRAL_MAX_STATES; j++, n++) {
            struct spiral_pair_facts *pair =
                n % 2 == 0 ? spiral_test_pair(scenario, i, j) : spiral_test_pair(scenario, j, i);
            for (int f = 0; f < (int)SPIRAL_PAIR_FACTS; f++)
                *spiral_pair_fact_at(pair, (size_t)f) = scattered(5 * n + f, 0.0, 0.8);
            if (n % 5 == 0)
                pair->reach = -1.0;
            pair->initial_reassurance = scattered(n, 0.0, 0.5);
            pair->initial_commitment = scattered(n + 1, 0.0, 0.4);
            pair->initial_aspiration = scattered(n + 2, 0.0, 0.4);
            pair->initial_hostility = n % 4 == 0 ? 2.0 : 1.0;
            pair->initial_threat[0] = scattered(n, 0.0, 0.6);
            pair->initial_threat[1] = scattered(n + 3, 0.0, 0.6);
            pair->initial_grievance[n % 2] = scattered(n, 0.0, 1.0);
            spiral_test_knot(&pair->interdependence, 1990.0, scattered(n, 0.0, 1.0));
            spiral_test_knot(&pair->interdependence, 2010.0, scattered(n + 4, 0.0, 1.0));
        }
}

void spiral_test_octet(struct spiral_scenario *scenario)
{
    begin_scenario(scenario, "octet", 1990.0, 2010.0);
    make_octet_states(scenario);
    make_octet_pairs(scenario);

    for (int e = 0; e < 10; e++) {
        const int other = e % 2 == 0 ? 3 + e % 5 : e % 3 == 0 ? 0 : 1;
        const bool by_small = e % 3 != 1;
        struct spiral_entry *entry =
            spiral_test_move(scenario, scattered(e, 1990.0, 2010.0), by_small ? 2 : other,
                             by_small ? other : 2, "arm");
        entry->move = 2 * e;
        entry->weight = scattered(e + 1, 0.25, 1.75);
    }

    spiral_test_change(scenario, 1995.5, 4, SPIRAL_ENTRY_DOCTRINE, 0.625);
    spiral_test_change(scenario, 1997.5, 5, SPIRAL_ENTRY_GREED, 0.75);
    spiral_test_change(scenario, 1999.5, 6, SPIRAL_ENTRY_RESOLVE, 0.25);

    static const int neighbours[] = {1, 4, 5};

    for (int year = 0; year < 18; year++) {
        const int neighbour = neighbours[year % 3];
        spiral_test_observe(scenario, 1990.5 + year, year % 2 == 0 ? 2 : neighbour,
                            year % 2 == 0 ? neighbour : 2, 1 + year * 7 % 5);
    }
}

/* --- ways to a plan and a batch --------------------------------------------------------------- */

struct spiral_plan *spiral_test_plan(const struct spiral_scenario *scenario,
                                     const struct spiral_constants *constants,
                                     const struct spiral_plan_options *options)
{
    const struct spiral_constants usual_constants = spiral_test_constants();
    const struct spiral_plan_options usual_options = spiral_plan_options_defaults();
    struct spiral_plan *plan;
    struct spiral_error error = {0};

    if (spiral_plan_create(&plan, scenario, constants != NULL ? constants : &usual_constants,
                           options != NULL ? options : &usual_options, &error) != SPIRAL_OK) {
        fprintf(stderr, "%s: %s\n", scenario->name, error.message);
        abort();
    }

    return plan;
}

struct spiral_batch *spiral_test_batch(const struct spiral_plan *plan, uint64_t seed)
{
    const struct spiral_plan *plans[SPIRAL_LANES];
    uint64_t stream[SPIRAL_LANES];
    struct spiral_batch *batch = spiral_batch_create();

    if (batch == NULL)
        abort();

    for (int l = 0; l < SPIRAL_LANES; l++) {
        plans[l] = plan;
        stream[l] = (uint64_t)l;
    }

    spiral_batch_start(batch, plans, seed, stream);

    return batch;
}

struct spiral_constants spiral_test_constants(void)
{
    return (struct spiral_constants){
        .capability = 0.6,
        .encircle = 2.5,
        .declared = 0.6,
        .foresight = 1.0,
        .conduct = 0.8,
        .othering = 0.6,
        .benign = 0.4,
        .reassure = 0.6,
        .threat_rise = 0.5,
        .threat_fall = 3.0,
        .noise = 0.3,
        .arms_base = 0.15,
        .arms_react = 0.8,
        .arms_time = 2.0,
        .aid_arms = 0.3,
        .demand_base = 0.2,
        .demand_threat = 1.5,
        .empathy = 1.0,
        .supply_base = 0.4,
        .supply_threat = 1.0,
        .entrapment = 0.8,
        .commit_rise = 3.0,
        .commit_fall = 8.0,
        .aspiration_time = 10.0,
        .disown = 4.0,
        .aid_time = 4.0,
        .aid_rise = 0.3,
        .belief_base = 0.35,
        .belief_time = 2.0,
        .tripwire = 0.6,
        .reassure_time = 2.0,
        .trade_time = 3.0,
        .identity = 0.08,
        .coercion = 0.3,
        .lock_in = 1.0,
        .heal = 0.05,
        .public_rate = 0.3,
        .public_reach = 1.0,
        .rally = 0.5,
        .window = 3.0,
        .loss = 2.0,
        .accustom = 4.0,
        .resent = 8.0,
        .prize = 0.5,
        .bond = 0.8,
        .preponderance = 0.3,
        .defence = 1.5,
        .pretext = 2.0,
        .coerce_base = 0.3,
        .trade = 0.8,
        .talk = 0.8,
        .nuclear = 4.0,
        .democracy = 1.5,
        .incident = 0.5,
        .press = 2.0,
        .force = 0.4,
        .display = 0.3,
        .war = 2.0,
        .slip = 0.1,
        .settle = 1.5,
        .grievance = 1.0,
        .grievance_time = 8.0,
        .indignation = 0.4,
        .contest = 0.3,
        .contest_time = 25.0,
    };
}

struct spiral_constants spiral_test_still(void)
{
    struct spiral_constants constants = spiral_test_constants();
    constants.noise = constants.incident = constants.press = constants.war = constants.slip =
        constants.settle = 0.0;
    return constants;
}

bool spiral_test_near(double a, double b)
{
    const double apart = a < b ? b - a : a - b;
    if (apart <= 1e-12)
        return true;
    fprintf(stderr, "%.17g is not %.17g\n", a, b);
    return false;
}
