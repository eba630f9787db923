/* SPDX-License-Identifier: MIT */
/* Single runs of the public interface: the same bits as the model's own, copies, branches. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "scenarios/loader/scenario_load.h"
#include "sim/ensemble.h"
#include "sim/outcome.h"
#include "sim/step.h"
#include "sim/variables.h"

static const char ukraine[] = SPIRAL_SOURCE_DIR "/scenarios/ukraine.yaml";

static spiral_case *load_case(const char *path)
{
    spiral_case *scenario;
    spiral_error error;

    if (spiral_case_load(path, &scenario, &error) != SPIRAL_OK)
        fail_msg("%s", error.message);
    return scenario;
}

static spiral_simulation *start(const spiral_case *scenario, uint64_t seed, uint64_t run)
{
    spiral_simulation *simulation;
    spiral_error error;

    if (spiral_simulation_create(scenario, seed, run, &simulation, &error) != SPIRAL_OK)
        fail_msg("%s", error.message);
    return simulation;
}

/* A batch of the model's own, all lanes with streams of their own. */
static struct spiral_batch *start_batch(const char *path, struct spiral_plan **plan, uint64_t seed)
{
    static struct spiral_diagnostics diagnostics;
    const struct spiral_constants constants = spiral_constants_defaults();
    const struct spiral_plan_options options = spiral_plan_options_defaults();
    const struct spiral_plan *plans[SPIRAL_LANES];
    uint64_t stream[SPIRAL_LANES];
    struct spiral_scenario scenario;
    struct spiral_batch *batch = spiral_batch_create();

    assert_non_null(batch);
    spiral_diagnostics_init(&diagnostics);
    assert_int_equal(spiral_scenario_load(&scenario, path, &diagnostics), SPIRAL_OK);
    assert_int_equal(spiral_plan_create(plan, &scenario, &constants, &options, NULL), SPIRAL_OK);

    for (int l = 0; l < SPIRAL_LANES; l++) {
        plans[l] = *plan;
        stream[l] = (uint64_t)l;
    }

    spiral_batch_start(batch, plans, seed, stream);
    spiral_scenario_clear(&scenario);

    return batch;
}

static void test_a_run_has_the_bits_of_the_model(void **unused)
{
    (void)unused;
    struct spiral_plan *plan;
    struct spiral_batch *batch = start_batch(ukraine, &plan, 42);
    struct spiral_outcome_observer observer;
    spiral_case *scenario = load_case(ukraine);
    spiral_simulation *simulation = start(scenario, 42, 7);
    const size_t variables = spiral_simulation_variable_count(simulation);
    double *values = malloc(2 * variables * sizeof *values);
    double quantities[2][SPIRAL_QUANTITIES];

    assert_non_null(values);
    spiral_case_free(scenario); /* the run does not need it any more */
    assert_int_equal(spiral_simulation_step_count(simulation), plan->steps);
    assert_int_equal(spiral_simulation_observed(simulation, 0), 0);
    spiral_outcome_begin(&observer);

    while (batch->step < batch->steps) {
        spiral_step(batch);
        spiral_outcome_watch(&observer, batch);
        assert_int_equal(spiral_simulation_advance(simulation, 1), 1);

        spiral_quantities(batch, 7, quantities[0]);
        assert_int_equal(spiral_simulation_quantities(simulation, quantities[1], SPIRAL_QUANTITIES,
                                                      NULL),
                         SPIRAL_OK);
        assert_memory_equal(quantities[0], quantities[1], sizeof quantities[0]);

        spiral_variables_of(batch, 7, values);
        assert_int_equal(spiral_simulation_variables(simulation, values + variables, variables,
                                                     NULL),
                         SPIRAL_OK);
        assert_memory_equal(values, values + variables, variables * sizeof *values);

        assert_true(spiral_simulation_hash(simulation) == spiral_batch_hash(batch, 7));
        assert_true(spiral_simulation_date(simulation) == spiral_plan_date(plan, batch->step));
        assert_int_equal(spiral_simulation_hostility(simulation, 0),
                         (int)spiral_batch_state(batch)->hostility[0][7]);
        assert_int_equal(spiral_simulation_observed(simulation, 0),
                         plan->observed[(batch->step - 1) * plan->layout.count[SPIRAL_OF_RIVAL]]);
    }

    assert_int_equal(spiral_simulation_advance(simulation, 1), 0);

    const union spiral_outcome expected = spiral_outcome_of(&observer, batch, 7);
    double outcomes[SPIRAL_OUTCOMES];

    assert_int_equal(spiral_simulation_outcomes(simulation, outcomes, SPIRAL_OUTCOMES, NULL),
                     SPIRAL_OK);
    assert_memory_equal(outcomes, expected.value, sizeof outcomes);

    free(values);
    spiral_simulation_free(simulation);
    spiral_batch_destroy(batch);
    spiral_plan_destroy(plan);
}

static void test_variables_have_names(void **unused)
{
    (void)unused;
    spiral_case *scenario = load_case(ukraine);
    spiral_simulation *simulation = start(scenario, 1, 0);
    const size_t count = spiral_simulation_variable_count(simulation);
    double *values = calloc(count, sizeof *values);
    spiral_description description;

    assert_non_null(values);
    spiral_simulation_advance(simulation, 100);
    assert_int_equal(spiral_simulation_variables(simulation, values, count, NULL), SPIRAL_OK);

    for (size_t i = 0; i < count; i++) {
        assert_int_equal(spiral_simulation_variable(simulation, i, &description, NULL), SPIRAL_OK);
        assert_int_equal(spiral_simulation_variable_index(simulation, description.name), i);
        assert_true(description.low <= values[i] && values[i] <= description.high);
    }

    assert_true(spiral_simulation_variable_index(simulation, "threat.UKR.RUS") >= 0);
    assert_true(spiral_simulation_variable_index(simulation, "hostility.UKR-RUS") >= 0);
    assert_int_equal(spiral_simulation_variable_index(simulation, "threat"), -1);
    assert_int_equal(spiral_simulation_variable(simulation, count, &description, NULL),
                     SPIRAL_BAD_INPUT);

    free(values);
    spiral_simulation_free(simulation);
    spiral_case_free(scenario);
}

static void test_bad_arguments_are_refused(void **unused)
{
    (void)unused;
    spiral_case *scenario = load_case(ukraine);
    spiral_simulation *simulation = start(scenario, 1, 0);
    double values[SPIRAL_OUTCOMES];
    spiral_error error;

    assert_int_equal(spiral_simulation_quantities(simulation, values, 3, &error), SPIRAL_BAD_INPUT);
    assert_string_equal(error.message, "the array of quantities has 3 elements; expected 14");
    assert_int_equal(spiral_simulation_variables(simulation, values, 3, &error), SPIRAL_BAD_INPUT);
    assert_int_equal(spiral_simulation_outcomes(simulation, values, 3, &error), SPIRAL_BAD_INPUT);
    assert_int_equal(spiral_simulation_outcomes(simulation, values, SPIRAL_OUTCOMES, &error),
                     SPIRAL_BAD_INPUT);
    assert_non_null(strstr(error.message, "it has outcomes at its end"));
    assert_int_equal(spiral_simulation_hostility(simulation, 9), -1);
    assert_int_equal(spiral_simulation_observed(simulation, 9), -1);
    assert_int_equal(spiral_case_trajectories(scenario, 1, 0, 1, values, 5, &error),
                     SPIRAL_BAD_INPUT);
    assert_int_equal(spiral_case_trajectories(scenario, 1, 0, UINT64_MAX, values, 5, &error),
                     SPIRAL_BAD_INPUT);

    spiral_simulation_free(simulation);
    spiral_simulation_free(NULL);
    spiral_case_free(scenario);
}

/* A copy goes on as the original does; with other numbers it goes another way, and the original is
 * not affected. */
static void test_copies_go_on_alike_until_they_draw_anew(void **unused)
{
    (void)unused;
    spiral_case *scenario = load_case(ukraine);
    spiral_simulation *whole = start(scenario, 5, 3);
    spiral_simulation *part = start(scenario, 5, 3);
    spiral_simulation *copy;
    spiral_simulation *other;
    double outcomes[2][SPIRAL_OUTCOMES];

    spiral_simulation_advance(whole, 10000);
    assert_int_equal(spiral_simulation_advance(part, 150), 150);
    assert_int_equal(spiral_simulation_copy(part, &copy, NULL), SPIRAL_OK);
    assert_int_equal(spiral_simulation_copy(part, &other, NULL), SPIRAL_OK);
    spiral_simulation_free(part);

    spiral_simulation_redraw(other, 5, 4);
    spiral_simulation_advance(other, 10000);
    spiral_simulation_advance(copy, 10000);

    assert_true(spiral_simulation_hash(copy) == spiral_simulation_hash(whole));
    assert_true(spiral_simulation_hash(other) != spiral_simulation_hash(whole));
    spiral_simulation_outcomes(copy, outcomes[0], SPIRAL_OUTCOMES, NULL);
    spiral_simulation_outcomes(whole, outcomes[1], SPIRAL_OUTCOMES, NULL);
    assert_memory_equal(outcomes[0], outcomes[1], sizeof outcomes[0]);

    spiral_simulation_free(other);
    spiral_simulation_free(copy);
    spiral_simulation_free(whole);
    spiral_case_free(scenario);
}

/* A run that turns off at a date ends as a run of the branched case from the beginning does: before
 * the date the two are the same. */
static void test_a_branch_in_the_middle_is_the_branch_from_the_start(void **unused)
{
    (void)unused;
    spiral_case *scenario = load_case(ukraine);
    spiral_case *branched;
    spiral_case *longer;
    spiral_simulation *simulation = start(scenario, 2, 11);
    spiral_simulation *turned;
    spiral_error error;

    assert_int_equal(spiral_case_branch(scenario, "UKR:limited_balance@2004-12", &branched, &error),
                     SPIRAL_OK);
    spiral_simulation *from_start = start(branched, 2, 11);

    while (spiral_simulation_date(simulation) < 2004.5)
        spiral_simulation_advance(simulation, 1);
    assert_int_equal(spiral_simulation_branch(simulation, branched, &turned, &error), SPIRAL_OK);
    spiral_simulation_advance(turned, 10000);
    spiral_simulation_advance(from_start, 10000);
    spiral_simulation_advance(simulation, 10000);
    assert_true(spiral_simulation_hash(turned) == spiral_simulation_hash(from_start));
    assert_true(spiral_simulation_hash(turned) != spiral_simulation_hash(simulation));

    assert_int_equal(spiral_case_copy(scenario, &longer, NULL), SPIRAL_OK);
    assert_int_equal(spiral_case_set_end(longer, 2030.0, NULL), SPIRAL_OK);
    spiral_simulation_free(turned);
    assert_int_equal(spiral_simulation_branch(simulation, longer, &turned, &error),
                     SPIRAL_BAD_INPUT);
    assert_null(turned);
    spiral_case_free(longer);

    longer = load_case(SPIRAL_SOURCE_DIR "/scenarios/finland.yaml");
    assert_int_equal(spiral_simulation_branch(simulation, longer, &turned, &error),
                     SPIRAL_BAD_INPUT);

    spiral_case_free(longer);
    spiral_simulation_free(from_start);
    spiral_simulation_free(simulation);
    spiral_case_free(branched);
    spiral_case_free(scenario);
}

static void test_trajectories_are_those_of_the_runs(void **unused)
{
    (void)unused;
    enum { RUNS = 35 };
    spiral_case *scenario = load_case(ukraine);
    const size_t steps = spiral_case_step_count(scenario);
    const size_t count = RUNS * steps * SPIRAL_QUANTITIES;
    double *values = malloc(count * sizeof *values);
    double quantities[SPIRAL_QUANTITIES];

    assert_non_null(values);
    assert_int_equal(spiral_case_trajectories(scenario, 9, 100, RUNS, values, count, NULL),
                     SPIRAL_OK);

    for (size_t run = 0; run < RUNS; run += 17) {
        spiral_simulation *simulation = start(scenario, 9, 100 + run);

        for (size_t step = 0; step < steps; step++) {
            spiral_simulation_advance(simulation, 1);
            spiral_simulation_quantities(simulation, quantities, SPIRAL_QUANTITIES, NULL);
            assert_memory_equal(quantities, values + (run * steps + step) * SPIRAL_QUANTITIES,
                                sizeof quantities);
        }

        spiral_simulation_free(simulation);
    }

    free(values);
    spiral_case_free(scenario);
}

/* A history is the start, of which a step derives some after it, and the trajectory. */
static void test_histories_begin_at_the_start(void **unused)
{
    (void)unused;
    enum { RUNS = 33, BYTES = SPIRAL_QUANTITIES * sizeof(double) };
    spiral_case *scenario = load_case(ukraine);
    const size_t steps = spiral_case_step_count(scenario);
    const size_t rows = 1 + steps;
    double *trajectories = malloc(RUNS * steps * BYTES);
    double *histories = malloc(RUNS * rows * BYTES);
    const size_t guarantee = (size_t)spiral_quantity_index("guarantee");
    double start_values[SPIRAL_QUANTITIES];

    assert_non_null(trajectories);
    assert_non_null(histories);
    assert_int_equal(spiral_case_trajectories(scenario, 9, 5, RUNS, trajectories,
                                              RUNS * steps * SPIRAL_QUANTITIES, NULL),
                     SPIRAL_OK);
    assert_int_equal(spiral_case_histories(scenario, 9, 5, RUNS, histories,
                                           RUNS * rows * SPIRAL_QUANTITIES, NULL),
                     SPIRAL_OK);

    for (size_t run = 0; run < RUNS; run++) {
        const double *history = histories + run * rows * SPIRAL_QUANTITIES;
        spiral_simulation *simulation = start(scenario, 9, 5 + run);

        assert_memory_equal(history + SPIRAL_QUANTITIES,
                            trajectories + run * steps * SPIRAL_QUANTITIES, steps * BYTES);
        spiral_simulation_quantities(simulation, start_values, SPIRAL_QUANTITIES, NULL);
        assert_memory_equal(history, start_values, guarantee * sizeof(double));
        assert_true(history[guarantee] == history[SPIRAL_QUANTITIES + guarantee]);
        spiral_simulation_free(simulation);
    }

    assert_int_equal(spiral_case_histories(scenario, 9, 5, 1, histories, 5, NULL),
                     SPIRAL_BAD_INPUT);

    free(trajectories);
    free(histories);
    spiral_case_free(scenario);
}

/* Expressions say of each run what its outcomes and its trajectory say. */
static void test_outcomes_of_ones_own(void **unused)
{
    (void)unused;
    enum { RUNS = 21, OWN = 4 };
    static const char *const expressions[OWN] = {"war", "peak_threat_small - mean_threat_small",
                                                 "last escalation", "force by 1992"};
    spiral_case *scenario = load_case(ukraine);
    const size_t steps = spiral_case_step_count(scenario);
    const size_t index = (size_t)spiral_quantity_index("escalation");
    double *trajectories = malloc(RUNS * steps * SPIRAL_QUANTITIES * sizeof *trajectories);
    double values[RUNS * OWN];
    double outcomes[SPIRAL_OUTCOMES];
    spiral_error error;

    assert_non_null(trajectories);
    assert_int_equal(spiral_case_measure(scenario, expressions, OWN, 9, 5, RUNS, values, RUNS * OWN,
                                         &error),
                     SPIRAL_OK);
    assert_int_equal(spiral_case_trajectories(scenario, 9, 5, RUNS, trajectories,
                                              RUNS * steps * SPIRAL_QUANTITIES, NULL),
                     SPIRAL_OK);

    for (size_t run = 0; run < RUNS; run++) {
        spiral_simulation *simulation = start(scenario, 9, 5 + run);

        assert_int_equal(spiral_simulation_advance(simulation, steps), steps);
        assert_int_equal(spiral_simulation_outcomes(simulation, outcomes, SPIRAL_OUTCOMES, NULL),
                         SPIRAL_OK);
        spiral_simulation_free(simulation);
        assert_true(values[run * OWN] == outcomes[SPIRAL_OUTCOME_war]);
        assert_true(values[run * OWN + 1] == outcomes[SPIRAL_OUTCOME_peak_threat_small] -
                                                 outcomes[SPIRAL_OUTCOME_mean_threat_small]);
        assert_true(values[run * OWN + 2] ==
                    trajectories[((run + 1) * steps - 1) * SPIRAL_QUANTITIES + index]);
        assert_true(values[run * OWN + 3] == 0.0 || outcomes[SPIRAL_OUTCOME_force] == 1.0);
    }

    static const char *const wrong[] = {"war", "escalatoin in 2008"};

    assert_int_equal(spiral_case_measure(scenario, wrong, 2, 9, 5, 1, values, 2, &error),
                     SPIRAL_BAD_INPUT);
    assert_non_null(strstr(error.message, "unknown name 'escalatoin'; did you mean 'escalation'?"));
    assert_string_equal(error.path, wrong[1]);
    assert_true(error.line == 1 && error.column == 1);
    assert_int_equal(spiral_case_measure(scenario, wrong, 1, 9, 5, 3, values, 2, NULL),
                     SPIRAL_BAD_INPUT);
    assert_int_equal(spiral_case_measure(scenario, wrong, 0, 9, 5, 3, values, 0, NULL),
                     SPIRAL_BAD_INPUT);
    free(trajectories);
    spiral_case_free(scenario);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_run_has_the_bits_of_the_model),
        cmocka_unit_test(test_variables_have_names),
        cmocka_unit_test(test_bad_arguments_are_refused),
        cmocka_unit_test(test_copies_go_on_alike_until_they_draw_anew),
        cmocka_unit_test(test_a_branch_in_the_middle_is_the_branch_from_the_start),
        cmocka_unit_test(test_trajectories_are_those_of_the_runs),
        cmocka_unit_test(test_histories_begin_at_the_start),
        cmocka_unit_test(test_outcomes_of_ones_own),
    };

    return cmocka_run_group_tests_name("library/simulation", tests, NULL, NULL);
}
