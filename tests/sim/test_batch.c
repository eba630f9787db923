/* SPDX-License-Identifier: MIT */
/* failing memory */
/* Batches: what they start with, their hash, the check of ranges, memory that fails. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "sim/algebra.h"
#include "sim/random.h"
#include "sim/step.h"
#include "tests/support/build_scenario.h"
#include "tests/support/failing_memory.h"

static struct spiral_plan *plan;
static struct spiral_batch *batch;

static int set_up(void **unused)
{
    (void)unused;
    struct spiral_scenario scenario;

    spiral_test_octet(&scenario);
    plan = spiral_test_plan(&scenario, NULL, NULL);
    spiral_scenario_clear(&scenario);
    batch = spiral_test_batch(plan, 99);
    return 0;
}

static int tear_down(void **unused)
{
    (void)unused;
    spiral_batch_destroy(batch);
    spiral_plan_destroy(plan);
    return 0;
}

static void test_memory(void **unused)
{
    (void)unused;
    struct spiral_batch *fresh = spiral_batch_create();

    assert_non_null(fresh);
    assert_int_equal((uintptr_t)fresh % 64, 0);
    for (size_t i = 0; i < sizeof *fresh; i++)
        assert_int_equal(((const unsigned char *)fresh)[i], 0);

    spiral_batch_destroy(fresh);
    spiral_test_memory.until_failure = 0;
    assert_null(spiral_batch_create());
    spiral_test_memory.until_failure = -1;
    spiral_batch_destroy(NULL);
}

static void test_start(void **unused)
{
    (void)unused;
    assert_int_equal(batch->step, 0);
    assert_int_equal(batch->steps, 240);
    assert_true(batch->same_plan);
    assert_true(spiral_batch_state(batch) == &batch->states[0]);

    for (int l = 0; l < SPIRAL_LANES; l++) {
        const struct spiral_random random = spiral_random_seed(99, (uint64_t)l);
        assert_true(batch->random_state[l] == random.state &&
                    batch->random_increment[l] == random.increment);
#define SPIRAL_VARIABLE(name, of, low, high, en, zh, doc) \
    for (int i = 0; i < plan->layout.count[SPIRAL_OF_##of]; i++) \
        assert_near(batch->states[0].name[i][l], plan->initial_##name[i]);
#include "sim/variables.def"
        for (int i = 0; i < 8; i++) {
            assert_near(batch->facts.greed[i][l], plan->greed[i]);
            assert_near(batch->facts.resolve[i][l], plan->resolve[i]);
            assert_near(batch->given.nuclear[i][l], plan->nuclear[i]);
            assert_near(batch->facts.doctrine[i][5][l], plan->doctrine[i][5]);
        }

        for (int k = 0; k < 7; k++) {
            assert_near(batch->given.reach[k][l], plan->reach[k]);
            assert_near(batch->facts.floor[k][l], 0.0);
        }
    }
}

static void test_constants_by_hand(void **unused)
{
    (void)unused;
    const struct spiral_lanes_constants *k = &batch->constants;
    const struct spiral_constants *from = &plan->constants;
    const double dt = 1.0 / 12.0;
    const int l = SPIRAL_LANES - 1;

    assert_near(k->encircle[l], from->encircle);
    assert_near(k->rise_share[l], dt / (from->threat_rise + dt));
    assert_near(k->fall_share[l], dt / (from->threat_fall + dt));
    assert_near(k->noise_scale[l] * k->noise_scale[l], 16.0 * from->noise * from->noise * dt);
    assert_near(k->commit_fall_share[l], dt / (from->commit_fall + dt));
    assert_near(k->contest_share[l], dt / (from->contest_time + dt));
    assert_near(k->inverse_reach[l], 1.0 / (from->public_reach * from->public_reach));
    assert_near(k->resent_share[l], dt / (from->resent + dt));
    assert_near(k->incident_chance[l], from->incident * dt);
    assert_near(k->press_chance[l], from->press * dt);
    assert_near(k->war_chance[l], from->war * dt);
    assert_near(k->slip_chance[l], from->slip * dt);
    assert_near(k->settle_chance[l], from->settle * dt);
    assert_near(k->war_share[l], 0.0);
}

static void test_restart_is_the_same(void **unused)
{
    (void)unused;
    uint64_t stream[SPIRAL_LANES];
    uint64_t hash[SPIRAL_LANES];
    const struct spiral_plan *plans[SPIRAL_LANES];

    for (int step = 0; step < 100; step++)
        spiral_step(batch);

    for (int l = 0; l < SPIRAL_LANES; l++) {
        hash[l] = spiral_batch_hash(batch, l);
        stream[l] = (uint64_t)l;
        plans[l] = plan;
    }

    const struct spiral_lanes_derived derived = batch->derived;

    spiral_step(batch); /* an odd number: the other state is the present one */
    spiral_batch_start(batch, plans, 99, stream);
    for (int step = 0; step < 100; step++)
        spiral_step(batch);
    for (int l = 0; l < SPIRAL_LANES; l++)
        assert_true(spiral_batch_hash(batch, l) == hash[l]);

    assert_memory_equal(&derived, &batch->derived, sizeof derived);
}

static void test_hash_sees_every_number(void **unused)
{
    (void)unused;
    const int l = 2;
    const uint64_t before = spiral_batch_hash(batch, l);
    struct spiral_lanes_state *state = &batch->states[0];
    double *const seen[] = {
        &state->arms[7][l],        &state->threat[35][l],       &state->reassurance[17][l],
        &state->commitment[6][l],  &state->hostility[2][l],     &state->orientation[1][l],
        &batch->facts.greed[7][l], &batch->facts.resolve[0][l], &batch->facts.doctrine[7][7][l],
        &batch->facts.floor[6][l]};

    for (size_t i = 0; i < sizeof seen / sizeof *seen; i++) {
        const double old = *seen[i];
        *seen[i] += 0x1p-40;
        assert_true(spiral_batch_hash(batch, l) != before);
        *seen[i] = old;
    }

    batch->random_state[l]++;
    assert_true(spiral_batch_hash(batch, l) != before);
    batch->random_state[l]--;
    batch->random_increment[l] += 2;
    assert_true(spiral_batch_hash(batch, l) != before);
    batch->random_increment[l] -= 2;
    state->arms[0][l + 1] = 0.9;       /* another lane's */
    batch->states[1].arms[0][l] = 0.9; /* not the present state */
    assert_true(spiral_batch_hash(batch, l) == before);
}

static void test_verify_finds_each_breach(void **unused)
{
    (void)unused;
    const char *name = NULL;
    struct spiral_lanes_state *state = &batch->states[0];
    const double not_a_number = 0.0 * (1e308 * 10.0);

    assert_true(spiral_batch_verify(batch, 0, &name));
    assert_string_equal(name, "");
#define SPIRAL_VARIABLE(variable, of, low, high, en, zh, doc) \
    { \
        const double wrong[] = {(low)-1e-9, (high) + 1e-9, not_a_number}; \
        const int last = plan->layout.count[SPIRAL_OF_##of] - 1; \
        const double right = state->variable[last][5]; \
        for (int i = 0; i < 3; i++) { \
            state->variable[last][5] = wrong[i]; \
            assert_false(spiral_batch_verify(batch, 5, &name)); \
            assert_string_equal(name, #variable); \
            assert_true(spiral_batch_verify(batch, 4, &name)); \
        } \
        state->variable[last][5] = right; \
    }
#include "sim/variables.def"
    assert_true(spiral_batch_verify(batch, 5, &name));
}

static void test_algebra(void **unused)
{
    (void)unused;
    assert_near(spiral_min(1.0, 2.0), 1.0);
    assert_near(spiral_max(1.0, 2.0), 2.0);
    assert_near(spiral_unit(-0.5), 0.0);
    assert_near(spiral_unit(1.5), 1.0);
    assert_near(spiral_unit(0.25), 0.25);
    assert_near(spiral_clamp(-3.0, -1.0, 1.0), -1.0);
    assert_near(spiral_saturate(3.0), 0.75);
    assert_near(spiral_step_share(0.25, 0.75), 0.25);
}

#define UNIT(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        UNIT(test_memory),
        UNIT(test_start),
        UNIT(test_constants_by_hand),
        UNIT(test_restart_is_the_same),
        UNIT(test_hash_sees_every_number),
        UNIT(test_verify_finds_each_breach),
        UNIT(test_algebra),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
