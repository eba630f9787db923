/* SPDX-License-Identifier: MIT */
/* The step where its numbers can be worked out by hand: one step of two states, stage by stage;
 * the ladder at its ends; assimilation; wars that end or do not. The whole of the equations is
 * compared with an oracle in test_step_oracle.c. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "sim/random.h"
#include "sim/step.h"
#include "tests/support/build_scenario.h"

static struct spiral_scenario scenario;
static struct spiral_constants constants;
static struct spiral_plan *plan;
static struct spiral_batch *batch;

static int set_up(void **unused)
{
    (void)unused;
    spiral_test_dyad(&scenario);
    constants = spiral_test_still();
    return 0;
}

static int tear_down(void **unused)
{
    (void)unused;
    spiral_batch_destroy(batch);
    spiral_plan_destroy(plan);
    spiral_scenario_clear(&scenario);
    batch = NULL;
    plan = NULL;
    return 0;
}

static void begin_run(const struct spiral_plan_options *options)
{
    plan = spiral_test_plan(&scenario, &constants, options);
    batch = spiral_test_batch(plan, 5);
}

static const double dt = 1.0 / 12.0;

/* The dyad: perception 0 is S about N, 1 is N about S. Threat .1, othering .1, arms .4 (S) and
 * .2 (N), reassurance .25. */
static void test_threat_by_hand(void **unused)
{
    (void)unused;
    scenario.states[0].arms = 0.4;
    scenario.states[1].arms = 0.2;
    scenario.pairs[0].initial_reassurance = 0.25;
    scenario.pairs[0].initial_grievance[1] = 0.5;
    constants.capability = constants.othering =
        0.6; /* whatever the fit says: enough for threat to rise */
    constants.conduct = 0.8;
    begin_run(NULL);
    spiral_step(batch);

    const struct spiral_lanes_state *state = spiral_batch_state(batch);
    const double calm = 1.0 - constants.reassure * 0.25;
    const double meaning =
        constants.benign + (1.0 - constants.benign) * 0.1; /* arms of one who is hardly feared */
    const double small =
        (constants.capability * 2.0 * 0.75 * 0.2 * meaning + constants.othering * 0.1) * calm;
    const double near = (constants.capability * 2.0 * 0.25 * 0.4 * meaning +
                         constants.conduct * 0.5 + constants.othering * 0.1) *
                        calm;
    const double rise = dt / (constants.threat_rise + dt);

    assert_true(small / (1.0 + small) > 0.1 && near / (1.0 + near) > 0.1);
    assert_near(state->threat[0][0], 0.1 + rise * (small / (1.0 + small) - 0.1));
    assert_near(state->threat[1][0], 0.1 + rise * (near / (1.0 + near) - 0.1));

    /* what rose, by cause: the share of the way, over 1 + the sum of causes, times damping */
    const double inflow = rise * calm / (1.0 + near);

    assert_near(batch->derived.rise[0][0][SPIRAL_CAUSE_capability][0],
                inflow * constants.capability * 2.0 * 0.25 * 0.4 * meaning);
    assert_near(batch->derived.rise[0][0][SPIRAL_CAUSE_conduct][0],
                inflow * constants.conduct * 0.5);
    assert_near(batch->derived.rise[0][0][SPIRAL_CAUSE_othering][0],
                inflow * constants.othering * 0.1);
    assert_near(batch->derived.rise[0][0][SPIRAL_CAUSE_encirclement][0], 0.0);
    assert_near(batch->derived.rise[0][0][SPIRAL_CAUSE_noise][0], 0.0);
    assert_near(batch->derived.rise[0][1][SPIRAL_CAUSE_conduct][0], 0.0);
}

static void test_threat_falls_slowly(void **unused)
{
    (void)unused;
    constants.capability = constants.othering = 0.0;
    scenario.pairs[0].initial_threat[0] = 0.8;
    begin_run(NULL);
    spiral_step(batch);
    assert_near(spiral_batch_state(batch)->threat[0][1],
                0.8 * (1.0 - dt / (constants.threat_fall + dt)));
    assert_near(batch->derived.rise[0][1][SPIRAL_CAUSE_othering][1], 0.0);
}

/* A threat that is just what its causes make it neither moves nor counts as risen. */
static void test_a_threat_that_stays_has_not_risen(void **unused)
{
    (void)unused;
    begin_run(NULL);

    struct spiral_lanes_state *now = &batch->states[batch->now];

    for (int l = 0; l < SPIRAL_LANES; l++) {
        batch->constants.capability[l] = batch->constants.conduct[l] = 0.0;
        batch->constants.othering[l] = 2.0;
        now->reassurance[0][l] = 0.0;
        for (int p = 0; p < 2; p++)
            now->threat[p][l] = now->othering[p][l] = 0.5; /* 1 / (1 + 1) */
    }

    spiral_step(batch);
    for (int p = 0; p < 2; p++) {
        assert_near(spiral_batch_state(batch)->threat[p][0], 0.5);
        assert_near(batch->derived.rise[0][p][SPIRAL_CAUSE_othering][0], 0.0);
    }
}

static void test_arms_answer_the_present_threat(void **unused)
{
    (void)unused;
    scenario.states[0].arms = 0.4;
    scenario.states[1].arms = 0.9;
    scenario.pairs[0].initial_threat[0] = 0.8;
    begin_run(NULL);
    spiral_step(batch);

    const double share = dt / (constants.arms_time + dt);
    const double small = constants.arms_base + constants.arms_react * 0.5 * 0.8;
    const double near = constants.arms_base + constants.arms_react * 0.5 * 0.1;

    assert_near(spiral_batch_state(batch)->arms[0][2], 0.4 + share * (small - 0.4));
    assert_near(spiral_batch_state(batch)->arms[1][2], 0.9 + share * (near - 0.9));
    assert_near(batch->derived.arms_from_threat[0][2],
                small > 0.4 ? share * constants.arms_react * 0.5 * 0.8 : 0.0);
    assert_near(batch->derived.arms_from_threat[1][2], 0.0); /* falling */
    assert_near(batch->derived.arms_from_aid[2], 0.0);
}

static void test_reassurance_trade_and_feedback(void **unused)
{
    (void)unused;
    scenario.pairs[0].initial_hostility = 3.0;
    scenario.pairs[0].institution = 0.2;
    scenario.pairs[0].contested = 0.5;
    scenario.pairs[0].initial_grievance[0] = 1.0;
    spiral_test_knot(&scenario.pairs[0].interdependence, 2000.0, 0.6);
    scenario.states[1].doctrine[SPIRAL_DOCTRINE_reassure] = 0.3; /* the lesser offer counts */
    begin_run(NULL);
    spiral_step(batch);

    const struct spiral_lanes_state *state = spiral_batch_state(batch);
    const double target = 0.2 + 0.8 * 0.3 * (0.9 * 0.95);

    assert_near(state->reassurance[0][0], dt / (constants.reassure_time + dt) * target);
    assert_near(state->interdependence[0][0],
                0.6 + dt / (constants.trade_time + dt) * (0.6 * 0.5 - 0.6));
    assert_near(state->grievance[0][0],
                1.0 - dt / (constants.grievance_time + dt) + dt * constants.grievance * 0.5);
    assert_near(state->grievance[1][0], dt * constants.grievance * 0.5);
    assert_near(state->contested[0][0],
                0.5 * (1.0 - dt / (constants.contest_time + dt))); /* below use of force */

    const double fed = constants.identity * 0.3 * 0.1 + constants.coercion * 0.5;

    assert_near(state->othering[0][0], 0.1 + dt * (fed * 0.9 * (1.0 + constants.lock_in * 0.1) -
                                                   constants.heal * 0.7 * 0.1 * 0.9));
}

/* The pressure of a state of threat T and greed .2 with this capability against the other's, over a
 * stake, for each unit of cost. */
static double push_of(double stake, double threat, double pretext, double own, double other)
{
    const double motive = 0.8 * threat + 0.2 * constants.prize, force = constants.coerce_base + 0.4;
    return stake * motive * force * (1.0 + constants.pretext * pretext) * own /
           (own + constants.defence * other);
}

/* Without chance in it: the neighbour's pressure against its cost and the small state's, and the
 * incidents that come of them. */
static void test_pressure_by_hand(void **unused)
{
    (void)unused;
    scenario.states[0].arms = scenario.states[1].arms = 0.5;
    scenario.pairs[0].ties = 0.4;
    scenario.pairs[0].contested = 0.3;
    scenario.pairs[0].initial_reassurance = 0.5;
    scenario.pairs[0].initial_threat[1] = 0.6;
    scenario.states[0].nuclear = scenario.states[1].nuclear = 1.0;
    scenario.states[0].democracy = 0.5;
    scenario.states[1].democracy = 0.4;
    constants.incident = 0.5;
    constants.press = 2.0;
    begin_run(NULL);
    spiral_step(batch);

    const double stake = 1.0 + constants.bond * 0.4;
    const double peace = 1.0 + constants.talk * 0.5 + constants.democracy * 0.2;
    const double theirs = push_of(stake, 0.6, 0.3, 0.15, 0.05);
    const double ours = push_of(stake, 0.1, 0.3, 0.05, 0.15);
    const double push = (theirs + ours) / (peace + constants.nuclear);
    const double even = 1.0 - constants.preponderance * 0.25; /* three quarters on one side */

    assert_near(batch->derived.pressure[0][0], push);
    assert_near(batch->derived.pressed[0][0], even * dt * 2.0 * push);
    assert_near(batch->derived.incidents[0][0], even * dt * (0.5 * stake / peace + 2.0 * push));
    assert_near(batch->derived.loss[0][0], 0.0);
    assert_near(batch->derived.limbo[0][0], 0.0);
    assert_near(spiral_batch_state(batch)->accustomed[0][0], 0.5 * 0.6);
}

/* Jervis's two variables: who has the advantage, and whether arms for defence look like it. */
static void test_offence_and_postures(void **unused)
{
    scenario.states[0].arms = scenario.states[1].arms = 0.5;
    scenario.pairs[0].initial_threat[1] = 0.6;
    scenario.pairs[0].offence = 1.0;
    begin_run(NULL);
    spiral_step(batch);

    /* no arms hold an attacker back */
    const double theirs = 0.8 * 0.6 + 0.2 * constants.prize;
    const double ours = 0.8 * 0.1 + 0.2 * constants.prize;
    assert_near(batch->derived.pressure[0][0], (theirs + ours) * (constants.coerce_base + 0.4));
    tear_down(unused);

    /* armed, and plainly not to attack */
    set_up(unused);
    scenario.pairs[0].initial_threat[1] = 0.0;
    scenario.pairs[0].initial_othering[1] = 0.0;
    scenario.pairs[0].distinguish = 1.0;
    scenario.states[0].doctrine[SPIRAL_DOCTRINE_coerce] = 0.0;
    begin_run(NULL);
    spiral_step(batch);
    const int seen = batch->layout.rivals[0].neighbour_about_small;
    assert_near(spiral_batch_state(batch)->threat[seen][0], 0.0);
}

/* A small state that turns from its course: what the neighbour loses weighs with gain as with
 * fear, by the same factor whatever its motives. */
static void test_urgency_weighs_with_gain_as_with_fear(void **unused)
{
    static const double greed[] = {0.0, 0.35, 1.0};

    for (size_t i = 0; i < sizeof greed / sizeof *greed; i++) {
        scenario.states[0].arms = scenario.states[1].arms = 0.5;
        scenario.pairs[0].initial_threat[1] = 0.6;
        scenario.states[1].greed = greed[i];
        begin_run(NULL);
        batch->states[batch->now].accustomed[0][1] =
            0.1; /* of a course of .3: lane 1 has lost .2, lane 0 nothing */
        spiral_step(batch);

        const double stake = 1.0 + constants.bond * scenario.pairs[0].ties;
        const double motive = (1.0 - greed[i]) * 0.6 + greed[i] * constants.prize;
        const double will = stake * motive * (constants.coerce_base + 0.4);
        const double odds = 0.15 / (0.15 + constants.defence * 0.05);
        const double own = push_of(stake, 0.1, 0.0, 0.05, 0.15);
        assert_near(batch->derived.loss[0][1], 0.2);
        assert_near(batch->derived.pressure[0][0], will * odds + own);
        assert_near(batch->derived.pressure[0][1],
                    will * odds * (1.0 + constants.loss * 0.2) + own);
        tear_down(unused);
        set_up(unused);
    }
}

/* A course that turns away is got used to slowly, one that turns back soon. */
static void test_losses_are_resented_longer_than_gains_are_enjoyed(void **unused)
{
    (void)unused;
    begin_run(NULL);
    batch->states[batch->now].accustomed[0][1] = 0.1;
    batch->states[batch->now].accustomed[0][2] = 0.9;
    spiral_step(batch);
    assert_near(spiral_batch_state(batch)->accustomed[0][1],
                0.1 + dt / (constants.resent + dt) * 0.2);
    assert_near(spiral_batch_state(batch)->accustomed[0][2],
                0.9 - dt / (constants.accustom + dt) * 0.6);
}

static void test_alliance_by_hand(void **unused)
{
    (void)unused;
    spiral_test_state(&scenario, "O", SPIRAL_OFFSHORE, 0.6);

    struct spiral_pair_facts *pair = spiral_test_pair(&scenario, 0, 2);

    pair->initial_commitment = 0.5;
    pair->initial_aspiration = 0.8;
    pair->initial_presence = 0.2;
    pair->initial_aid = 0.4;
    begin_run(NULL);
    spiral_step(batch);

    const struct spiral_lanes_state *state = spiral_batch_state(batch);
    const double real = 0.6 * (0.0625 + constants.tripwire * 0.2 * 0.5);
    const double hoped = constants.belief_base + (1.0 - constants.belief_base) * 0.5;

    assert_near(batch->derived.guarantee[1][0], real);
    assert_near(batch->derived.believed[1][0], hoped > real ? hoped : real);

    const double demand = 0.5 * (constants.demand_base + constants.demand_threat * 0.1 * hoped) -
                          constants.empathy * 0.4 * 0.1;
    const double supply =
        0.3 * (constants.supply_base +
               constants.supply_threat * 0.1); /* its own threat of the neighbour */
    const double both = demand < supply ? demand : supply;
    const double disowned = constants.disown * 0.4 * 0.5;

    assert_true(both > 0.0 && both < 0.5);

    const double fall = dt / (constants.commit_fall + dt) * (1.0 + disowned);

    assert_near(state->commitment[1][0], 0.5 + (fall < 1.0 ? fall : 1.0) * (both - 0.5));
    assert_near(state->aspiration[1][0],
                0.8 * (1.0 - dt / (constants.aspiration_time + dt) * (1.0 + disowned)));
    assert_near(state->presence[1][0], 0.2);
    assert_near(state->aid[1][0], 0.4 * (1.0 - dt / (constants.aid_time + dt)));
    assert_near(state->credulity[1][0], 1.0);
    assert_near(batch->derived.limbo[0][0], 0.5 * (1.0 - real / 0.6));

    /* encirclement flows into the neighbour's threat of the small state: pledge, forces,
     * declared aim and prospect of both courses */
    assert_true(batch->derived.rise[0][0][SPIRAL_CAUSE_encirclement][0] > 0.0);
    assert_near(batch->derived.rise[0][1][SPIRAL_CAUSE_encirclement][0], 0.0);
}

static void assert_all_at(double level)
{
    for (int l = 0; l < SPIRAL_LANES; l++)
        assert_near(spiral_batch_state(batch)->hostility[0][l], level);
}

/* Overwhelming rates: an incident has its level at once, whatever was before, and war takes a use
 * of force first. */
static void test_incidents_at_their_level(void **unused)
{
    (void)unused;
    begin_run(NULL); /* no rate: nothing moves */
    for (int step = 0; step < 60; step++)
        spiral_step(batch);
    assert_all_at(1.0);

    static const struct {
        double force;
        double display;
        double level;
    } kinds[] = {{0.0, 0.0, 2.0}, {0.0, 1.0, 3.0}, {1.0, 0.0, 4.0}};

    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        for (int l = 0; l < SPIRAL_LANES; l++) {
            batch->constants.incident_chance[l] = batch->constants.war_chance[l] = 1e18;
            batch->constants.force[l] = kinds[i].force;
            batch->constants.display[l] = kinds[i].display;
        }

        spiral_step(batch);
        assert_all_at(kinds[i].level);
    }
    spiral_step(batch);
    assert_all_at(5.0);
    spiral_step(batch);
    assert_all_at(5.0);
}

/* States of the generator from which it draws 0 and one half. */
static const uint64_t draws_zero = 0;
static const uint64_t draws_half = UINT64_C(1) << 58 | UINT64_C(1) << 40;

/* The level of hostility after a step from `level` in which the pair's draw comes from a state; the
 * step draws for the two perceptions before. The rates are those of the batch. */
static double level_after(double level, uint64_t state)
{
    struct spiral_lanes_state *now = &batch->states[batch->now];

    for (int l = 0; l < SPIRAL_LANES; l++) {
        struct spiral_random random = {state, batch->random_increment[l]};
        spiral_random_advance(&random, UINT64_MAX - 1); /* two draws back */
        batch->random_state[l] = random.state;
        now->hostility[0][l] = level;
    }

    spiral_step(batch);
    assert_all_at(spiral_batch_state(batch)->hostility[0][0]);

    return spiral_batch_state(batch)->hostility[0][0];
}

static void set_chances(double incident, double force, double display, double settle)
{
    for (int l = 0; l < SPIRAL_LANES; l++) {
        batch->constants.incident_chance[l] = incident;
        batch->constants.force[l] = force;
        batch->constants.display[l] = display;
        batch->constants.settle_chance[l] = settle;
    }
}

/* A draw on the threshold itself: what has no chance does not come even by the draw 0, and what
 * has a chance of one half comes by the draw that leaves one half. */
static void test_draws_on_a_threshold(void **unused)
{
    (void)unused;
    const struct spiral_random random = {draws_half, 1};
    struct spiral_random copy = random;

    assert_near(spiral_uniform(spiral_random_next(&copy)), 0.5);
    begin_run(NULL);

    set_chances(0.0, 0.45, 0.3, 0.0);
    assert_near(level_after(1.0, draws_zero), 1.0);
    set_chances(1.0, 0.0, 0.0, 0.0);
    assert_near(level_after(1.0, draws_zero), 2.0);
    set_chances(1.0, 0.0, 1.0, 0.0);
    assert_near(level_after(1.0, draws_zero), 3.0);
    set_chances(1.0, 1.0, 0.0, 0.0);
    assert_near(level_after(1.0, draws_zero), 4.0);

    /* war comes of force alone, at its own rate: here 0 */
    set_chances(0.0, 0.0, 0.0, 0.0);
    assert_near(level_after(4.0, draws_zero), 4.0);

    set_chances(0.0, 0.0, 0.0, 1.0); /* settled with a chance of 1 / (1 + 1) */
    assert_near(level_after(4.0, draws_half), 1.0);
    set_chances(0.0, 0.0, 0.0, 0.999);
    assert_near(level_after(4.0, draws_half), 4.0);
}

/* War is settled like any dispute, or stays: by the plan's option alone. */
static void check_war(bool war_ends, double last)
{
    struct spiral_plan_options options = spiral_plan_options_defaults();

    options.war_ends = war_ends;
    constants.settle = 1e18;
    scenario.pairs[0].initial_hostility = 5.0;
    begin_run(&options);

    for (int step = 0; step < 10; step++)
        spiral_step(batch);

    assert_all_at(last);
}

static void test_war_absorbs(void **unused)
{
    (void)unused;
    check_war(false, 5.0);
}

static void test_war_ends(void **unused)
{
    (void)unused;
    check_war(true, 1.0);
}

/* Force is settled whether wars end or not. */
static void test_force_ends(void **unused)
{
    (void)unused;
    constants.settle = 1e18;
    scenario.pairs[0].initial_hostility = 4.0;
    begin_run(NULL);
    spiral_step(batch);
    assert_near(spiral_batch_state(batch)->hostility[0][0], 1.0);
}

static void test_assimilation_imposes_the_observed(void **unused)
{
    (void)unused;
    struct spiral_plan_options options = spiral_plan_options_defaults();

    options.assimilate = true;
    constants.incident = 5.0; /* the free run would go its own way */
    constants.press = constants.settle = 6.0;
    spiral_test_observe(&scenario, 2001.0, 0, 1, 4);
    spiral_test_observe(&scenario, 2002.0, 0, 1, 2);
    begin_run(&options);

    int apart = 0;

    for (int step = 0; step < 120; step++) {
        spiral_step(batch);
        for (int l = 0; l < SPIRAL_LANES && step >= 11; l++)
            assert_near(spiral_batch_state(batch)->hostility[0][l], step < 23 ? 4.0 : 2.0);
        for (int l = 1; l < SPIRAL_LANES && step < 11; l++)
            apart += spiral_batch_state(batch)->hostility[0][l] !=
                     spiral_batch_state(batch)->hostility[0][0];
    }

    assert_true(apart > 0); /* before the first observation runs are free */
    assert_true(spiral_batch_state(batch)->contested[0][0] >
                0.0); /* what was imposed has its effects */
}

static void test_draws_of_a_step(void **unused)
{
    (void)unused;
    begin_run(NULL);

    struct spiral_random expected = spiral_random_seed(5, 3);

    for (int step = 0; step < 4; step++)
        spiral_step(batch);
    spiral_random_advance(&expected, 4 * 3); /* a draw a perception and a draw a rival pair */
    assert_true(batch->random_state[3] == expected.state);
    assert_int_equal(batch->step, 4);
    assert_int_equal(batch->now, 0);
}

#define UNIT(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        UNIT(test_threat_by_hand),
        UNIT(test_threat_falls_slowly),
        UNIT(test_a_threat_that_stays_has_not_risen),
        UNIT(test_arms_answer_the_present_threat),
        UNIT(test_reassurance_trade_and_feedback),
        UNIT(test_pressure_by_hand),
        UNIT(test_offence_and_postures),
        UNIT(test_urgency_weighs_with_gain_as_with_fear),
        UNIT(test_losses_are_resented_longer_than_gains_are_enjoyed),
        UNIT(test_alliance_by_hand),
        UNIT(test_incidents_at_their_level),
        UNIT(test_draws_on_a_threshold),
        UNIT(test_war_absorbs),
        UNIT(test_war_ends),
        UNIT(test_force_ends),
        UNIT(test_assimilation_imposes_the_observed),
        UNIT(test_draws_of_a_step),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
