/* SPDX-License-Identifier: MIT */
/* Outcomes of trajectories made by hand: dates, shares of time, means and peaks, quadrants
 * and causes. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "sim/outcome.h"
#include "tests/support/build_scenario.h"

static struct spiral_scenario scenario;
static struct spiral_plan *plan;
static struct spiral_batch *batch;
static struct spiral_outcome_observer observer;

static int set_up(void **unused)
{
    (void)unused;
    spiral_test_triad(&scenario);
    plan = spiral_test_plan(&scenario, NULL, NULL);
    batch = spiral_test_batch(plan, 1);
    spiral_outcome_begin(&observer);
    return 0;
}

static int tear_down(void **unused)
{
    (void)unused;
    spiral_batch_destroy(batch);
    spiral_plan_destroy(plan);
    spiral_scenario_clear(&scenario);
    return 0;
}

/* Does as if a step had led from the present state to itself with this level of hostility in
 * lane 0. */
static struct spiral_lanes_state *pretend(double hostility)
{
    batch->states[1 - batch->now] = batch->states[batch->now];
    batch->now = 1 - batch->now;
    batch->step++;
    struct spiral_lanes_state *state = &batch->states[batch->now];

    state->hostility[0][0] = hostility;
    return state;
}

static void test_levels_and_dates(void **unused)
{
    (void)unused;
    static const double levels[] = {1, 2, 3, 4, 4, 3, 5, 5, 1, 4, 5, 2}; /* a year */

    for (size_t i = 0; i < sizeof levels / sizeof *levels; i++) {
        pretend(levels[i]);
        spiral_outcome_watch(&observer, batch);
    }

    const union spiral_outcome run = spiral_outcome_of(&observer, batch, 0);
    const union spiral_outcome quiet = spiral_outcome_of(&observer, batch, 1);

    assert_near(run.war, 1.0);
    assert_near(run.war_date, 1990.0 + 7.0 / 12.0);
    assert_near(run.force, 1.0);
    assert_near(run.force_date, 1990.0 + 4.0 / 12.0);
    assert_near(run.highest, 5.0);
    assert_near(run.time_at_1, 2.0 / 12.0);
    assert_near(run.time_at_2, 2.0 / 12.0);
    assert_near(run.time_at_3, 2.0 / 12.0);
    assert_near(run.time_at_4, 3.0 / 12.0);
    assert_near(run.time_at_5, 3.0 / 12.0);
    assert_near(quiet.war + quiet.force, 0.0);
    assert_true(isnan(quiet.war_date) && isnan(quiet.force_date)); /* never 0 or -1 */
    assert_near(quiet.highest, 1.0);
    assert_near(quiet.time_at_1, 1.0);
}

/* From peace to war at once: force and war on one date. */
static void test_war_at_once(void **unused)
{
    (void)unused;
    pretend(5.0);
    spiral_outcome_watch(&observer, batch);
    const union spiral_outcome run = spiral_outcome_of(&observer, batch, 0);

    assert_near(run.war_date, 1990.0 + 1.0 / 12.0);
    assert_near(run.force_date, 1990.0 + 1.0 / 12.0);
    assert_near(run.time_at_5, 1.0);
}

static void test_means_and_peaks(void **unused)
{
    (void)unused;
    const struct spiral_rival *rival = &plan->layout.rivals[0];
    static const double numbers[] = {0.2, 0.8, 0.5, 0.1};

    for (int i = 0; i < 4; i++) {
        struct spiral_lanes_state *state = pretend(1.0);
        state->threat[rival->neighbour_about_small][0] = numbers[i];
        state->threat[rival->small_about_neighbour][0] = 0.5 * numbers[i];
        state->arms[TRIAD_NEIGHBOUR][0] = numbers[3 - i];
        state->arms[TRIAD_SMALL][0] = 0.25;
        state->commitment[0][0] = 0.9; /* the neighbour's: does not count */
        state->commitment[1][0] = numbers[i];
        batch->derived.believed[1][0] = 0.6;
        batch->derived.guarantee[1][0] = 0.1 * i;
        batch->derived.believed[0][0] = 1.0;
        spiral_outcome_watch(&observer, batch);
    }

    const union spiral_outcome run = spiral_outcome_of(&observer, batch, 0);

    assert_near(run.peak_threat_neighbour, 0.8);
    assert_near(run.mean_threat_neighbour, 0.4);
    assert_near(run.peak_threat_small, 0.4);
    assert_near(run.mean_threat_small, 0.2);
    assert_near(run.mean_arms_neighbour, 0.4);
    assert_near(run.mean_arms_small, 0.25);
    assert_near(run.mean_commitment, 0.4);
    assert_near(run.mean_illusion, 0.6 - 0.15);
}

static void test_quadrants(void **unused)
{
    (void)unused;
    static const struct {
        double constraint, commitment;
    } known[] = {{0.9, 0.6}, {0.9, 0.1}, {0.9, 0.0},  {0.7, 0.5},
                 {0.5, 0.6}, {0.5, 0.0}, {0.69, 0.1}, {0.6, 0.9}};

    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        struct spiral_lanes_state *state = pretend(1.0);
        plan->constraint[i] = known[i].constraint;

        for (int l = 0; l < SPIRAL_LANES; l++) {
            state->commitment[1][l] = known[i].commitment;
            state->aspiration[1][l] = state->presence[1][l] = state->aid[1][l] = 0.0;
        }

        spiral_outcome_watch(&observer, batch);
    }

    for (int l = 0; l < SPIRAL_LANES; l++) {
        const union spiral_outcome run = spiral_outcome_of(&observer, batch, l);
        assert_near(run.in_trap, 2.0 / 8.0);
        assert_near(run.in_limited_balance, 2.0 / 8.0);
        assert_near(run.in_controllable_risk, 2.0 / 8.0);
        assert_near(run.in_diversified_balance, 2.0 / 8.0);
    }
}

static void test_causes(void **unused)
{
    (void)unused;
    pretend(1.0);
    spiral_outcome_watch(&observer, batch);
    for (int cause = 0; cause < SPIRAL_CAUSES; cause++)
        batch->derived.rise[0][0][cause][0] = 0.1 * (cause + 1);

    batch->derived.arms_from_threat[TRIAD_SMALL][0] = 0.3;
    batch->derived.arms_from_aid[0] = 0.1;

    const union spiral_outcome run = spiral_outcome_of(&observer, batch, 0);
    const union spiral_outcome quiet = spiral_outcome_of(&observer, batch, 1);

    assert_near(run.neighbour_by_capability, 0.1 / 1.5);
    assert_near(run.neighbour_by_encirclement, 0.2 / 1.5);
    assert_near(run.neighbour_by_conduct, 0.3 / 1.5);
    assert_near(run.neighbour_by_othering, 0.4 / 1.5);
    assert_near(run.neighbour_by_noise, 0.5 / 1.5);
    assert_near(run.small_by_capability + run.small_by_noise, 0.0); /* nothing rose: no shares */
    assert_near(run.arms_by_aid, 0.25);
    assert_near(quiet.arms_by_aid, 0.0);
}

/* A run that begins at war is noted at its first step, with force and war. */
static void test_war_from_the_start(void **unused)
{
    (void)unused;
    batch->states[0].hostility[0][0] = 5.0;
    pretend(5.0);
    spiral_outcome_watch(&observer, batch);

    const union spiral_outcome run = spiral_outcome_of(&observer, batch, 0);

    assert_near(run.force_date, 1990.0 + 1.0 / 12.0);
    assert_near(run.war_date, 1990.0 + 1.0 / 12.0);
}

/* Of several neighbours the worst at each date. */
static void test_the_worst_of_three(void **unused)
{
    (void)unused;
    struct spiral_scenario eight;

    spiral_test_octet(&eight);

    struct spiral_plan *plan_of_eight = spiral_test_plan(&eight, NULL, NULL);
    struct spiral_batch *other = spiral_test_batch(plan_of_eight, 1);

    spiral_outcome_begin(&observer);

    static const double levels[4][3] = {{1, 2, 1}, {3, 1, 1}, {1, 1, 4}, {2, 2, 2}};

    for (int i = 0; i < 4; i++) {
        other->now = 1 - other->now;
        other->step++;
        for (int q = 0; q < 3; q++)
            other->states[other->now].hostility[q][0] = levels[i][q];

        spiral_outcome_watch(&observer, other);
    }

    const union spiral_outcome run = spiral_outcome_of(&observer, other, 0);

    assert_near(run.time_at_1, 0.0);
    assert_near(run.time_at_2, 0.5);
    assert_near(run.time_at_3, 0.25);
    assert_near(run.time_at_4, 0.25);
    assert_near(run.force_date, 1990.25);
    assert_near(run.war, 0.0);
    spiral_batch_destroy(other);
    spiral_plan_destroy(plan_of_eight);
    spiral_scenario_clear(&eight);
}

#define UNIT(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        UNIT(test_levels_and_dates),   UNIT(test_war_at_once), UNIT(test_means_and_peaks),
        UNIT(test_quadrants),          UNIT(test_causes),      UNIT(test_war_from_the_start),
        UNIT(test_the_worst_of_three),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
