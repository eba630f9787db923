/* SPDX-License-Identifier: MIT */
/* Equal states mirror each other; no lever shifts a draw; a run is the same in a batch, alone
 * and in a copy of its batch. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "sim/step.h"
#include "tests/support/build_scenario.h"

enum { STEPS = 120 };

/* --- symmetry: without noise and without incidents -------------------------------------------- */

static void test_two_equal_states(void **unused)
{
    (void)unused;
    static const double levels[] = {1.0, 3.0, 5.0};

    for (int i = 0; i < 3; i++) {
        struct spiral_scenario scenario;
        const struct spiral_constants constants = spiral_test_still();
        spiral_test_dyad(&scenario);
        scenario.states[0].power.value[0] = scenario.states[1].power.value[0] = 0.2;
        scenario.pairs[0].initial_threat[0] = scenario.pairs[0].initial_threat[1] = 0.4;
        scenario.pairs[0].initial_hostility = levels[i];
        scenario.pairs[0].contested = 0.2;

        struct spiral_plan *plan = spiral_test_plan(&scenario, &constants, NULL);
        struct spiral_batch *batch = spiral_test_batch(plan, 1);

        for (int step = 0; step < STEPS; step++) {
            spiral_step(batch);
            const struct spiral_lanes_state *state = spiral_batch_state(batch);
            assert_memory_equal(state->threat[0], state->threat[1], sizeof state->threat[0]);
            assert_memory_equal(state->grievance[0], state->grievance[1],
                                sizeof state->grievance[0]);
            assert_memory_equal(state->othering[0], state->othering[1], sizeof state->othering[0]);
            assert_memory_equal(state->arms[0], state->arms[1], sizeof state->arms[0]);
            assert_true(state->threat[0][0] > 0.0);
        }

        spiral_batch_destroy(batch);
        spiral_plan_destroy(plan);
        spiral_scenario_clear(&scenario);
    }
}

/* A small state between two equal neighbours, with an offshore patron that leans to neither. */
static void make_between(struct spiral_scenario *scenario)
{
    spiral_test_dyad(scenario);
    spiral_test_state(scenario, "M", SPIRAL_NEIGHBOUR, 0.3);
    spiral_test_state(scenario, "O", SPIRAL_OFFSHORE, 0.5);

    for (int i = 0; i < 4; i++)
        for (int j = i + 1; j < 4; j++) {
            if (i == 0 && j == 1)
                continue; /* there is */
            spiral_test_pair(scenario, i, j);
        }
    for (size_t p = 0; p < scenario->pair_count; p++)
        scenario->pairs[p].proximity = scenario->pairs[p].second == 3 ? 0.2 : 0.8;

    spiral_scenario_find_pair(scenario, 0, 3)->initial_commitment = 0.3;
    spiral_scenario_find_pair(scenario, 0, 1)->initial_hostility = 3.0;
    spiral_scenario_find_pair(scenario, 0, 2)->initial_hostility = 3.0;
    spiral_test_move(scenario, 2003.0, 0, 3, "aspire");
}

static void test_two_equal_neighbours(void **unused)
{
    (void)unused;
    struct spiral_scenario scenario;
    const struct spiral_constants constants = spiral_test_still();

    make_between(&scenario);

    struct spiral_plan *plan = spiral_test_plan(&scenario, &constants, NULL);
    struct spiral_batch *batch = spiral_test_batch(plan, 1);
    const struct spiral_rival *one = &plan->layout.rivals[0];
    const struct spiral_rival *two = &plan->layout.rivals[1];

    for (int step = 0; step < STEPS; step++) {
        spiral_step(batch);
        const struct spiral_lanes_state *state = spiral_batch_state(batch);
        const size_t size = sizeof(spiral_lane);
        assert_memory_equal(state->threat[one->neighbour_about_small],
                            state->threat[two->neighbour_about_small], size);
        assert_memory_equal(state->threat[one->small_about_neighbour],
                            state->threat[two->small_about_neighbour], size);
        assert_memory_equal(state->grievance[one->small_about_neighbour],
                            state->grievance[two->small_about_neighbour], size);
        assert_memory_equal(state->arms[one->neighbour], state->arms[two->neighbour], size);
        assert_memory_equal(state->reassurance[one->tie], state->reassurance[two->tie], size);
        assert_memory_equal(state->accustomed[0], state->accustomed[1], size);
        assert_memory_equal(batch->derived.pressure[0], batch->derived.pressure[1], size);
        assert_memory_equal(batch->derived.limbo[0], batch->derived.limbo[1], size);
    }

    assert_true(batch->derived.rise[0][0][SPIRAL_CAUSE_encirclement][0] > 0.0);
    spiral_batch_destroy(batch);
    spiral_plan_destroy(plan);
    spiral_scenario_clear(&scenario);
}

/* --- streams ---------------------------------------------------------------------------------- */

/* Two plans of the octet, as different as plans of one layout can be. */
static void make_two(struct spiral_plan *plans[2])
{
    struct spiral_scenario scenario;
    struct spiral_constants constants = spiral_test_constants();

    spiral_test_octet(&scenario);
    plans[0] = spiral_test_plan(&scenario, &constants, NULL);
    for (size_t i = 0; i < SPIRAL_CONSTANTS; i++)
        *spiral_constant_at(&constants, i) *= i % 2 == 0 ? 0.5 : 1.25;
    for (int n = 0; n < SPIRAL_DOCTRINE_NUMBERS; n++)
        scenario.states[scenario.small].doctrine[n] = n % 2;

    scenario.states[4].greed = 1.0;
    scenario.pairs[3].proximity = 0.0;

    const struct spiral_plan_options options = {.free_running = true, .war_ends = true};

    plans[1] = spiral_test_plan(&scenario, &constants, &options);
    spiral_scenario_clear(&scenario);
}

static void test_no_lever_shifts_a_draw(void **unused)
{
    (void)unused;
    struct spiral_plan *plans[2];

    make_two(plans);

    struct spiral_batch *one = spiral_test_batch(plans[0], 9);
    struct spiral_batch *two = spiral_test_batch(plans[1], 9);

    for (int step = 0; step < STEPS; step++) {
        spiral_step(one);
        spiral_step(two);
        assert_memory_equal(one->random_state, two->random_state, sizeof one->random_state);
        assert_memory_equal(one->random_increment, two->random_increment,
                            sizeof one->random_increment);
    }

    for (int l = 0; l < SPIRAL_LANES; l++)
        assert_true(spiral_batch_hash(one, l) != spiral_batch_hash(two, l));

    spiral_batch_destroy(one);
    spiral_batch_destroy(two);
    spiral_plan_destroy(plans[0]);
    spiral_plan_destroy(plans[1]);
}

/* Equal streams give equal runs, others others; so do seeds. */
static void test_streams_and_seeds(void **unused)
{
    (void)unused;
    struct spiral_plan *plans[2];
    const struct spiral_plan *same[SPIRAL_LANES];
    uint64_t stream[SPIRAL_LANES];

    make_two(plans);

    struct spiral_batch *one = spiral_test_batch(plans[0], 9);
    struct spiral_batch *two = spiral_test_batch(plans[0], 10);

    for (int l = 0; l < SPIRAL_LANES; l++) {
        same[l] = plans[0];
        stream[l] = (uint64_t)(l / 2);
    }

    spiral_batch_start(one, same, 9, stream);
    for (int step = 0; step < STEPS; step++) {
        spiral_step(one);
        spiral_step(two);
    }

    for (int l = 0; l < SPIRAL_LANES; l += 2) {
        assert_true(spiral_batch_hash(one, l) == spiral_batch_hash(one, l + 1));
        assert_true(l == 0 || spiral_batch_hash(one, l) != spiral_batch_hash(one, l - 1));
        assert_true(spiral_batch_hash(one, l) != spiral_batch_hash(two, l / 2));
    }

    spiral_batch_destroy(one);
    spiral_batch_destroy(two);
    spiral_plan_destroy(plans[0]);
    spiral_plan_destroy(plans[1]);
}

/* --- batches ---------------------------------------------------------------------------------- */

/* After every step, a lane among sixteen different runs is what it is among sixteen equal ones. */
static void test_a_run_in_a_batch_is_a_run_alone(void **unused)
{
    (void)unused;
    struct spiral_plan *plans[2];

    make_two(plans);

    struct spiral_batch *mixed = spiral_test_batch(plans[0], 4);
    struct spiral_batch *alone = spiral_test_batch(plans[0], 4);
    const struct spiral_plan *lanes[SPIRAL_LANES];
    const struct spiral_plan *equal[SPIRAL_LANES];
    uint64_t stream[SPIRAL_LANES];
    uint64_t one[SPIRAL_LANES];
    uint64_t hash[STEPS];
    const int watched = SPIRAL_LANES - 2;

    for (int l = 0; l < SPIRAL_LANES; l++) {
        lanes[l] = plans[l % 3 == 0];
        stream[l] = (uint64_t)(1000 - 7 * l);
    }

    spiral_batch_start(mixed, lanes, 4, stream);
    assert_false(mixed->same_plan);

    for (int step = 0; step < STEPS; step++) {
        spiral_step(mixed);
        hash[step] = spiral_batch_hash(mixed, watched);
    }

    for (int l = 0; l < SPIRAL_LANES; l++) {
        equal[l] = lanes[watched];
        one[l] = stream[watched];
    }

    spiral_batch_start(alone, equal, 4, one);
    for (int step = 0; step < STEPS; step++) {
        spiral_step(alone);
        for (int l = 0; l < SPIRAL_LANES; l++)
            assert_true(spiral_batch_hash(alone, l) == hash[step]);
    }

    spiral_batch_destroy(mixed);
    spiral_batch_destroy(alone);
    spiral_plan_destroy(plans[0]);
    spiral_plan_destroy(plans[1]);
}

/* Copied at steps before, at and after entries: the copy goes on as the original does, and its
 * derived numbers with it. */
static void test_a_copy_goes_on_identically(void **unused)
{
    (void)unused;
    struct spiral_plan *plans[2];

    make_two(plans);

    for (int at = 0; at < STEPS; at += 7) {
        struct spiral_batch *batch = spiral_test_batch(plans[0], 6);
        struct spiral_batch *copy = spiral_batch_create();
        assert_non_null(copy);
        for (int step = 0; step < at; step++)
            spiral_step(batch);

        *copy = *batch;
        for (int step = at; step < STEPS; step++)
            spiral_step(batch);
        for (int l = 0; l < SPIRAL_LANES; l++)
            assert_true(spiral_batch_hash(copy, l) !=
                        spiral_batch_hash(batch, l)); /* the copy stood still */
        for (int step = at; step < STEPS; step++)
            spiral_step(copy);
        for (int l = 0; l < SPIRAL_LANES; l++)
            assert_true(spiral_batch_hash(copy, l) == spiral_batch_hash(batch, l));

        assert_memory_equal(&copy->derived, &batch->derived, sizeof copy->derived);
        assert_int_equal(copy->next_event_step, batch->next_event_step);
        spiral_batch_destroy(batch);
        spiral_batch_destroy(copy);
    }

    spiral_plan_destroy(plans[0]);
    spiral_plan_destroy(plans[1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_two_equal_states),
        cmocka_unit_test(test_two_equal_neighbours),
        cmocka_unit_test(test_no_lever_shifts_a_draw),
        cmocka_unit_test(test_streams_and_seeds),
        cmocka_unit_test(test_a_run_in_a_batch_is_a_run_alone),
        cmocka_unit_test(test_a_copy_goes_on_identically),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
