/* SPDX-License-Identifier: MIT */
/* Ensembles of the public interface: equal to the model's own, whatever the threads. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "parallel/threads.h"
#include "scenarios/loader/scenario_load.h"
#include "sim/branch.h"
#include "sim/intervals.h"

enum { RUNS = 1500, WAR = SPIRAL_OUTCOME_war, BRANCHES = 2 };

static const char ukraine[] = SPIRAL_SOURCE_DIR "/scenarios/ukraine.yaml";
static const char what_if[] = "UKR:limited_balance@2004-12";

/* The public ensemble, and the same from the model's own functions. */
static spiral_case *scenario;
static spiral_ensemble *ensemble;
static struct spiral_collector expected[BRANCHES];
static struct spiral_pairing pairing;
static struct spiral_plan *plans[BRANCHES];

static spiral_ensemble_options usual_options(void)
{
    static const char *const branches[] = {what_if};
    spiral_ensemble_options options;

    spiral_ensemble_options_init(&options);
    options.runs = RUNS;
    options.seed = 3;
    options.threads = 2;
    options.what_if = branches;
    options.what_if_count = 1;

    return options;
}

static int run_both(void **unused)
{
    (void)unused;
    static struct spiral_diagnostics diagnostics;
    const spiral_ensemble_options options = usual_options();
    const struct spiral_constants constants = spiral_constants_defaults();
    const struct spiral_plan_options plan_options = spiral_plan_options_defaults();
    struct spiral_scenario inner[BRANCHES];
    struct spiral_branch branch;
    struct spiral_error error;

    spiral_diagnostics_init(&diagnostics);
    if (spiral_case_load(ukraine, &scenario, &error) != SPIRAL_OK ||
        spiral_case_set_constants(scenario, "point", &error) != SPIRAL_OK ||
        spiral_ensemble_create(scenario, &options, &ensemble, &error) != SPIRAL_OK ||
        spiral_scenario_load(&inner[0], ukraine, &diagnostics) != SPIRAL_OK ||
        spiral_branch_parse(&branch, what_if, &inner[0], &error) != SPIRAL_OK ||
        spiral_branch_apply(&inner[1], &inner[0], &branch, false) != SPIRAL_OK)
        return -1;

    for (int i = 0; i < BRANCHES; i++) {
        if (spiral_plan_create(&plans[i], &inner[i], &constants, &plan_options, &error) !=
                SPIRAL_OK ||
            spiral_collector_init(&expected[i], plans[i], true, true) != SPIRAL_OK)
            return -1;
        spiral_scenario_clear(&inner[i]);
    }

    const struct spiral_plan *const both[] = {plans[0], plans[1]};
    struct spiral_collector *const into[] = {&expected[0], &expected[1]};

    return spiral_parallel_run_paired(both, 3, RUNS, 1, into, &pairing, NULL, &error) == SPIRAL_OK
               ? 0
               : -1;
}

static int free_both(void **unused)
{
    (void)unused;
    spiral_ensemble_free(ensemble);
    spiral_ensemble_free(NULL);
    spiral_case_free(scenario);

    for (int i = 0; i < BRANCHES; i++) {
        spiral_collector_clear(&expected[i]);
        spiral_plan_destroy(plans[i]);
    }

    return 0;
}

static void test_branches_have_the_bits_of_the_model(void **unused)
{
    (void)unused;
    assert_int_equal(spiral_ensemble_branch_count(ensemble), 2);
    assert_string_equal(spiral_ensemble_what_if(ensemble, 0), "");
    assert_string_equal(spiral_ensemble_what_if(ensemble, 1), what_if);
    assert_null(spiral_ensemble_what_if(ensemble, 2));

    for (size_t i = 0; i < BRANCHES; i++) {
        assert_int_equal(spiral_ensemble_runs(ensemble, i), RUNS);
        assert_true(spiral_ensemble_hash(ensemble, i) == expected[i].hash);
    }

    assert_true(spiral_ensemble_hash(ensemble, 0) != spiral_ensemble_hash(ensemble, 1));
}

static void test_summaries_are_those_of_the_tally(void **unused)
{
    (void)unused;
    spiral_sample_mean mean;

    for (size_t b = 0; b < BRANCHES; b++)
        for (size_t o = 0; o < spiral_outcome_count(); o++) {
            const struct spiral_tally *tally = expected[b].tally;
            const bool date = o == SPIRAL_OUTCOME_war_date || o == SPIRAL_OUTCOME_force_date;
            const double shift = date ? tally->start : 0.0;

            assert_int_equal(spiral_ensemble_outcome(ensemble, b, o, &mean, NULL), SPIRAL_OK);
            assert_true(mean.mean == spiral_tally_mean(tally, (enum spiral_outcome_name)o) + shift);
            assert_true(mean.deviation ==
                        spiral_tally_deviation(tally, (enum spiral_outcome_name)o));
            assert_true(mean.low <= mean.mean && mean.mean <= mean.high);
            assert_true(date ? mean.runs < RUNS : mean.runs == RUNS);
        }

    const struct spiral_interval wilson =
        spiral_wilson(spiral_tally_wars(expected[0].tally, expected[0].tally->steps), RUNS);

    assert_int_equal(spiral_ensemble_outcome(ensemble, 0, WAR, &mean, NULL), SPIRAL_OK);
    assert_true(mean.low == wilson.low && mean.high == wilson.high);
}

static void test_differences_are_paired(void **unused)
{
    (void)unused;
    static double values[BRANCHES][RUNS];
    const struct spiral_interval interval =
        spiral_paired_difference(pairing.all.war_second, pairing.all.war_first, RUNS);
    const size_t arms = SPIRAL_OUTCOME_mean_arms_small;
    spiral_sample_mean mean;
    double sum = 0.0;

    assert_int_equal(spiral_ensemble_difference(ensemble, 1, WAR, &mean, NULL), SPIRAL_OK);
    assert_true(mean.low == interval.low && mean.high == interval.high);
    assert_true(fabs(mean.mean - ((double)pairing.all.war_second - (double)pairing.all.war_first) /
                                     RUNS) < 1e-15);

    assert_int_equal(spiral_ensemble_difference(ensemble, 0, WAR, &mean, NULL), SPIRAL_OK);
    assert_true(mean.mean == 0.0 && mean.deviation == 0.0);

    for (size_t b = 0; b < BRANCHES; b++)
        assert_int_equal(spiral_ensemble_outcomes(ensemble, b, arms, values[b], RUNS, NULL),
                         SPIRAL_OK);
    for (int run = 0; run < RUNS; run++)
        sum += values[1][run] - values[0][run];

    assert_int_equal(spiral_ensemble_difference(ensemble, 1, arms, &mean, NULL), SPIRAL_OK);
    assert_true(fabs(mean.mean - sum / RUNS) < 1e-12);
    assert_true(mean.low < mean.mean && mean.mean < mean.high);

    /* dates: of the runs that have one in both */
    double shift = 0.0;
    unsigned both = 0;

    for (size_t b = 0; b < BRANCHES; b++)
        spiral_ensemble_outcomes(ensemble, b, SPIRAL_OUTCOME_force_date, values[b], RUNS, NULL);

    for (int run = 0; run < RUNS; run++)
        if (values[0][run] > 0.0 && values[1][run] > 0.0) {
            both++;
            shift += values[1][run] - values[0][run];
        }

    assert_int_equal(spiral_ensemble_difference(ensemble, 1, SPIRAL_OUTCOME_force_date, &mean,
                                                NULL),
                     SPIRAL_OK);
    assert_int_equal(mean.runs, both);
    assert_true(fabs(mean.mean - shift / both) < 1e-9);
}

static void test_single_runs_are_those_of_the_ensemble(void **unused)
{
    (void)unused;
    static double wars[RUNS];
    double outcomes[SPIRAL_OUTCOMES];
    double sum = 0.0;

    assert_int_equal(spiral_ensemble_outcomes(ensemble, 0, WAR, wars, RUNS, NULL), SPIRAL_OK);

    for (uint64_t run = 0; run < RUNS; run += 501) {
        spiral_simulation *simulation;
        assert_int_equal(spiral_simulation_create(scenario, 3, run, &simulation, NULL), SPIRAL_OK);
        spiral_simulation_advance(simulation, 100000);
        assert_int_equal(spiral_simulation_outcomes(simulation, outcomes, SPIRAL_OUTCOMES, NULL),
                         SPIRAL_OK);
        assert_true(outcomes[WAR] == wars[run]);
        spiral_simulation_free(simulation);
    }

    const double *rows = spiral_ensemble_values(ensemble, 0);

    assert_non_null(rows);
    assert_null(spiral_ensemble_values(ensemble, BRANCHES));

    for (int run = 0; run < RUNS; run++) {
        assert_true(rows[run * SPIRAL_OUTCOMES + WAR] == wars[run]);
        sum += wars[run];
    }

    assert_true(sum == (double)spiral_tally_wars(expected[0].tally, expected[0].tally->steps));
}

static void test_fans_and_counts_are_those_of_the_collector(void **unused)
{
    (void)unused;
    const double shares[] = {0.05, 0.5, 0.95};
    const struct spiral_tally *tally = expected[1].tally;
    const size_t steps = spiral_ensemble_step_count(ensemble);
    const size_t years = spiral_ensemble_year_count(ensemble);
    double *values = malloc(3 * steps * sizeof *values);
    uint64_t *counts = malloc(5 * steps * sizeof *counts);

    assert_non_null(values);
    assert_non_null(counts);
    assert_int_equal(steps, tally->steps);
    assert_int_equal(years, tally->years);
    assert_int_equal(spiral_ensemble_first_year(ensemble), tally->first_year);
    assert_int_equal(spiral_ensemble_dates(ensemble, values, steps, NULL), SPIRAL_OK);
    for (size_t step = 0; step < steps; step++)
        assert_true(values[step] == spiral_plan_date(plans[0], (long)step + 1));

    for (size_t q = 0; q < spiral_quantity_count(); q++) {
        const enum spiral_quantity quantity = (enum spiral_quantity)q;
        assert_int_equal(spiral_ensemble_fan(ensemble, 1, q, shares, 3, values, 3 * steps, NULL),
                         SPIRAL_OK);
        for (size_t i = 0; i < 3 * steps; i++)
            assert_true(values[i] == spiral_fan_quantile(expected[1].fan, (long)(i / 3), quantity,
                                                         shares[i % 3]));

        assert_int_equal(spiral_ensemble_mean(ensemble, 1, q, values, steps, NULL), SPIRAL_OK);
        for (size_t step = 0; step < steps; step++)
            assert_true(values[step] == spiral_fan_mean(expected[1].fan, (long)step, quantity));
    }

    for (int level = 4; level <= 5; level++) {
        assert_int_equal(spiral_ensemble_reached(ensemble, 1, level, counts, steps, NULL),
                         SPIRAL_OK);
        for (size_t step = 0; step < steps; step++)
            assert_int_equal(counts[step], level == 5 ? spiral_tally_wars(tally, (long)step + 1)
                                                      : spiral_tally_forces(tally, (long)step + 1));
    }

    assert_int_equal(spiral_ensemble_levels(ensemble, 1, counts, 5 * steps, NULL), SPIRAL_OK);
    for (size_t step = 0; step < steps; step++) {
        uint64_t sum = 0;
        for (size_t level = 0; level < 5; level++) {
            assert_int_equal(counts[5 * step + level], tally->ladder[5 * (step + 1) + level]);
            sum += counts[5 * step + level];
        }
        assert_int_equal(sum, RUNS);
    }

    assert_int_equal(spiral_ensemble_years(ensemble, 1, 0, counts, 5 * years, NULL), SPIRAL_OK);
    assert_memory_equal(counts, tally->year_highest, 5 * years * sizeof *counts);

    free(counts);
    free(values);
}

static void test_bad_arguments_are_refused(void **unused)
{
    (void)unused;
    const double falling[] = {0.5, 0.1};
    double values[10];
    uint64_t counts[10];
    spiral_sample_mean mean;
    spiral_ensemble_options options = usual_options();
    spiral_ensemble *none = ensemble;
    spiral_error error;

    assert_int_equal(spiral_ensemble_outcome(ensemble, 2, WAR, &mean, &error), SPIRAL_BAD_INPUT);
    assert_string_equal(error.message, "unknown branch 2; there are 2, from 0");
    assert_int_equal(spiral_ensemble_outcome(ensemble, 0, 99, &mean, &error), SPIRAL_BAD_INPUT);
    assert_int_equal(spiral_ensemble_difference(ensemble, 9, WAR, &mean, &error), SPIRAL_BAD_INPUT);
    assert_int_equal(spiral_ensemble_outcomes(ensemble, 0, WAR, values, 10, &error),
                     SPIRAL_BAD_INPUT);
    assert_int_equal(spiral_ensemble_dates(ensemble, values, 10, &error), SPIRAL_BAD_INPUT);
    assert_int_equal(spiral_ensemble_fan(ensemble, 0, 0, falling, 2, values, 10, &error),
                     SPIRAL_BAD_INPUT);
    assert_int_equal(spiral_ensemble_fan(ensemble, 0, 99, falling, 2, values, 10, &error),
                     SPIRAL_BAD_INPUT);
    assert_int_equal(spiral_ensemble_mean(ensemble, 0, 0, values, 10, &error), SPIRAL_BAD_INPUT);
    assert_int_equal(spiral_ensemble_reached(ensemble, 0, 3, counts, 10, &error), SPIRAL_BAD_INPUT);
    assert_int_equal(spiral_ensemble_levels(ensemble, 0, counts, 10, &error), SPIRAL_BAD_INPUT);
    assert_int_equal(spiral_ensemble_years(ensemble, 0, 5, counts, 10, &error), SPIRAL_BAD_INPUT);

    options.runs = 0;
    assert_int_equal(spiral_ensemble_create(scenario, &options, &none, &error), SPIRAL_BAD_INPUT);
    assert_null(none);
    options = usual_options();
    options.threads = -1;
    assert_int_equal(spiral_ensemble_create(scenario, &options, &none, &error), SPIRAL_BAD_INPUT);

    const char *const wrong[] = {"UKR:neutral@2004"};
    options = usual_options();
    options.what_if = wrong;
    options.runs = 32;
    assert_int_equal(spiral_ensemble_create(scenario, &options, &none, &error), SPIRAL_BAD_INPUT);
    assert_null(none);
    assert_non_null(strstr(error.message, "did you mean 'neutrality'?"));
}

static void test_what_is_not_kept_is_said(void **unused)
{
    (void)unused;
    spiral_ensemble_options options = usual_options();
    spiral_ensemble *lean;
    spiral_sample_mean mean;
    double values[32];
    const double median = 0.5;
    spiral_error error;

    options.runs = 32;
    options.outcomes = options.fans = 0;
    assert_int_equal(spiral_ensemble_create(scenario, &options, &lean, NULL), SPIRAL_OK);
    assert_int_equal(spiral_ensemble_outcomes(lean, 0, WAR, values, 32, &error), SPIRAL_BAD_INPUT);
    assert_non_null(strstr(error.message, "`outcomes`"));
    assert_int_equal(spiral_ensemble_fan(lean, 0, 0, &median, 1, values, 32, &error),
                     SPIRAL_BAD_INPUT);
    assert_non_null(strstr(error.message, "`fans`"));
    assert_int_equal(spiral_ensemble_difference(lean, 1, WAR, &mean, NULL), SPIRAL_OK);
    assert_int_equal(spiral_ensemble_difference(lean, 1, SPIRAL_OUTCOME_mean_commitment, &mean,
                                                NULL),
                     SPIRAL_BAD_INPUT);
    spiral_ensemble_free(lean);
}

/* Runs [a, b) and [b, c) are those of [a, c), and threads do not affect the result. */
static void test_blocks_and_threads_do_not_affect_the_result(void **unused)
{
    (void)unused;
    spiral_ensemble_options options = usual_options();
    spiral_ensemble *part;
    uint64_t hash = 0;

    options.what_if_count = 0;
    options.outcomes = options.fans = 0;

    for (int half = 0; half < 2; half++) {
        options.first = half == 0 ? 0 : 700;
        options.runs = half == 0 ? 700 : RUNS - 700;
        options.threads = 1 + 2 * half;
        assert_int_equal(spiral_ensemble_create(scenario, &options, &part, NULL), SPIRAL_OK);
        hash += spiral_ensemble_hash(part, 0);
        spiral_ensemble_free(part);
    }

    assert_true(hash == spiral_ensemble_hash(ensemble, 0));
}

struct seen {
    uint64_t stop_at;
    uint64_t last;
    uint64_t all;
};

static int watch_progress(void *context, uint64_t done, uint64_t all)
{
    struct seen *seen = context;

    seen->last = done;
    seen->all = all;
    return done >= seen->stop_at;
}

static void test_progress_can_stop_an_ensemble(void **unused)
{
    (void)unused;
    spiral_ensemble_options options = usual_options();
    struct seen seen = {.stop_at = 512};
    spiral_ensemble *part;
    spiral_sample_mean mean;
    spiral_error error;

    options.threads = 1;
    options.progress = watch_progress;
    options.context = &seen;
    assert_int_equal(spiral_ensemble_create(scenario, &options, &part, &error), SPIRAL_STOPPED);
    assert_int_equal(seen.all, 2 * RUNS);
    assert_in_range(spiral_ensemble_runs(part, 0), 512, RUNS - 1);
    assert_int_equal(spiral_ensemble_runs(part, 1), 0);
    assert_null(spiral_ensemble_what_if(part, 1));
    assert_int_equal(spiral_ensemble_outcome(part, 0, WAR, &mean, NULL), SPIRAL_OK);
    assert_int_equal(mean.runs, spiral_ensemble_runs(part, 0));
    assert_int_equal(spiral_ensemble_outcome(part, 1, WAR, &mean, &error), SPIRAL_BAD_INPUT);
    assert_non_null(strstr(error.message, "was stopped"));
    spiral_ensemble_free(part);

    seen = (struct seen){.stop_at = 0};
    assert_int_equal(spiral_ensemble_create(scenario, &options, &part, &error), SPIRAL_STOPPED);
    assert_int_equal(spiral_ensemble_runs(part, 0), 0);
    assert_int_equal(spiral_ensemble_outcome(part, 0, WAR, &mean, NULL), SPIRAL_OK);
    assert_true(mean.low == 0.0 && mean.high == 1.0);
    spiral_ensemble_free(part);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_branches_have_the_bits_of_the_model),
        cmocka_unit_test(test_summaries_are_those_of_the_tally),
        cmocka_unit_test(test_differences_are_paired),
        cmocka_unit_test(test_single_runs_are_those_of_the_ensemble),
        cmocka_unit_test(test_fans_and_counts_are_those_of_the_collector),
        cmocka_unit_test(test_bad_arguments_are_refused),
        cmocka_unit_test(test_what_is_not_kept_is_said),
        cmocka_unit_test(test_blocks_and_threads_do_not_affect_the_result),
        cmocka_unit_test(test_progress_can_stop_an_ensemble),
    };

    return cmocka_run_group_tests_name("library/ensemble", tests, run_both, free_both);
}
