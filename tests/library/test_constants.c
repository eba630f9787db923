/* SPDX-License-Identifier: MIT */
/* Cases over sets of constants through the public header: single runs are those of the ensemble,
 * intervals those of its collectors, and what is set is set in every set. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "include/spiral/spiral.h"

enum { RUNS = 600, SETS = 6 };

static char table[64];
static spiral_case *scenario;
static size_t war, force;

static int set_up(void **unused)
{
    (void)unused;
    snprintf(table, sizeof table, "/tmp/spiral-library-sets-%ld.csv", (long)getpid());

    FILE *file = fopen(table, "w");

    if (file == NULL)
        return -1;
    fputs("# to try\nk.encircle,k.incident\n", file);
    for (int s = 0; s < SETS; s++)
        fprintf(file, "%d,%.2f\n", 1 + s, 0.1 + 0.2 * s);
    fclose(file);
    war = (size_t)spiral_outcome_index("war");
    force = (size_t)spiral_outcome_index("force");

    return spiral_case_load(SPIRAL_SOURCE_DIR "/scenarios/ukraine.yaml", &scenario, NULL) ==
                       SPIRAL_OK &&
                   spiral_case_set_constants(scenario, table, NULL) == SPIRAL_OK
               ? 0
               : -1;
}

static int tear_down(void **unused)
{
    (void)unused;
    spiral_case_free(scenario);
    return unlink(table);
}

static void test_choices(void **unused)
{
    (void)unused;
    spiral_case *copy;
    spiral_error error;

    assert_int_equal(spiral_case_constant_set_count(scenario), SETS);
    assert_int_equal(spiral_case_copy(scenario, &copy, NULL), SPIRAL_OK);
    assert_int_equal(spiral_case_constant_set_count(copy), SETS);
    assert_int_equal(spiral_case_set_constants(copy, "point", &error), SPIRAL_OK);
    assert_int_equal(spiral_case_constant_set_count(copy), 1);
    assert_int_equal(spiral_case_set_constants(copy, "/nowhere/sets.csv", &error), SPIRAL_IO);
    assert_int_equal(spiral_case_constant_set_count(copy), 1);
    spiral_case_free(copy);
}

/* A simulation is run i of the ensemble, its set of constants included; so are trajectories and
 * what goes on from a copy or a branch. */
static void test_runs_are_those_of_the_ensemble(void **unused)
{
    (void)unused;
    spiral_ensemble_options options;
    spiral_ensemble *ensemble;
    uint64_t sum = 0;

    spiral_ensemble_options_init(&options);
    options.runs = 3 * SETS;
    options.first = 4;
    assert_int_equal(spiral_ensemble_create(scenario, &options, &ensemble, NULL), SPIRAL_OK);

    for (uint64_t run = 4; run < 4 + 3 * SETS; run++) {
        spiral_simulation *simulation;
        spiral_simulation *branch;
        assert_int_equal(spiral_simulation_create(scenario, 1, run, &simulation, NULL), SPIRAL_OK);
        spiral_simulation_advance(simulation, 100);
        assert_int_equal(spiral_simulation_branch(simulation, scenario, &branch, NULL), SPIRAL_OK);
        spiral_simulation_advance(simulation, 100000);
        spiral_simulation_advance(branch, 100000);
        assert_true(spiral_simulation_hash(branch) == spiral_simulation_hash(simulation));
        sum += spiral_simulation_hash(simulation);
        spiral_simulation_free(simulation);
        spiral_simulation_free(branch);
    }

    assert_true(sum == spiral_ensemble_hash(ensemble, 0));
    spiral_ensemble_free(ensemble);
}

static void test_intervals(void **unused)
{
    (void)unused;
    const char *const what_if[] = {"UKR:limited_balance@2004-12"};
    spiral_ensemble_options options;
    spiral_ensemble *ensemble;
    spiral_sample_mean mean;
    spiral_error error;
    double low = 7.0;
    double high = 7.0;

    spiral_ensemble_options_init(&options);
    options.runs = RUNS;
    options.first = 1;
    options.what_if = what_if;
    options.what_if_count = 1;
    assert_int_equal(spiral_ensemble_create(scenario, &options, &ensemble, NULL), SPIRAL_OK);

    /* sets so far apart differ by more than chance: the interval is wider than Wilson's */
    assert_int_equal(spiral_ensemble_outcome(ensemble, 0, war, &mean, NULL), SPIRAL_OK);
    assert_int_equal(spiral_ensemble_outcome_by_constants(ensemble, 0, war, &low, &high, NULL),
                     SPIRAL_OK);
    assert_true(0.0 <= low && low < mean.low && mean.high < high && high <= 1.0);
    assert_int_equal(spiral_ensemble_difference(ensemble, 1, war, &mean, NULL), SPIRAL_OK);
    assert_int_equal(spiral_ensemble_difference_by_constants(ensemble, 1, war, &low, &high, NULL),
                     SPIRAL_OK);
    assert_true(-1.0 <= low && low <= mean.mean && mean.mean <= high && high <= 1.0);

    /* the baseline against itself: no difference in any set */
    assert_int_equal(spiral_ensemble_difference_by_constants(ensemble, 0, force, &low, &high, NULL),
                     SPIRAL_OK);
    assert_true(low == 0.0 && high == 0.0);

    assert_int_equal(spiral_ensemble_outcome_by_constants(ensemble, 0,
                                                          (size_t)spiral_outcome_index("war_date"),
                                                          &low, &high, &error),
                     SPIRAL_BAD_INPUT);
    assert_non_null(strstr(error.message, "'war_date'"));
    assert_int_equal(spiral_ensemble_outcome_by_constants(ensemble, 2, war, &low, &high, &error),
                     SPIRAL_BAD_INPUT);
    spiral_ensemble_free(ensemble);
}

/* A constant that is set has its value in every set. With both set there is one set in all but
 * name. */
static void test_set_holds_in_every_set(void **unused)
{
    (void)unused;
    spiral_case *same;
    spiral_case *point;
    spiral_ensemble *spread;
    spiral_ensemble *one;
    spiral_ensemble_options options;
    double low = 7.0;
    double high = 7.0;
    spiral_error error;

    spiral_ensemble_options_init(&options);
    options.runs = 100;
    assert_int_equal(spiral_case_copy(scenario, &same, NULL), SPIRAL_OK);
    assert_int_equal(spiral_case_copy(scenario, &point, NULL), SPIRAL_OK);
    assert_int_equal(spiral_case_set_constants(point, "point", NULL), SPIRAL_OK);

    for (int i = 0; i < 2; i++) {
        assert_int_equal(spiral_case_set(i == 0 ? same : point, "k.encircle", 3.0, NULL),
                         SPIRAL_OK);
        assert_int_equal(spiral_case_set(i == 0 ? same : point, "k.incident", 0.5, NULL),
                         SPIRAL_OK);
    }

    assert_int_equal(spiral_ensemble_create(same, &options, &spread, NULL), SPIRAL_OK);
    assert_int_equal(spiral_ensemble_create(point, &options, &one, NULL), SPIRAL_OK);
    assert_true(spiral_ensemble_hash(spread, 0) == spiral_ensemble_hash(one, 0));
    assert_int_equal(spiral_ensemble_outcome_by_constants(one, 0, war, &low, &high, &error),
                     SPIRAL_BAD_INPUT);
    assert_true(low == 7.0 && high == 7.0);
    spiral_ensemble_free(spread);
    spiral_ensemble_free(one);
    spiral_case_free(same);
    spiral_case_free(point);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_choices),
        cmocka_unit_test(test_runs_are_those_of_the_ensemble),
        cmocka_unit_test(test_intervals),
        cmocka_unit_test(test_set_holds_in_every_set),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
