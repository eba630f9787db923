/* SPDX-License-Identifier: MIT */
/* Whole calibrations: known constants are found again, folds are fits without their case, a
 * store that was broken off goes on as if it had not been. */
#include "sim/parameter.h"
#include "tests/support/sweeps.h"

#include <math.h>

#include "tools/store/posterior.h"

static struct spiral_error error;

#define NUMBERS(first, cases, points, replicates) \
    "experiment: test\nscenarios: [" cases "]\nvary:\n  - {name: " first \
    ", scale: log}\n  - {name: k.settle, range: [0.4, 8], scale: log}\n" \
    "design: {kind: sobol, points: " points "}\nreplicates: " replicates "\n"

#define TWO_NUMBERS(cases, points, replicates) \
    NUMBERS("k.press, range: [0.2, 1]", cases, points, replicates)
/* Of the two, how often incidents come is what levels by year tell best. */
#define INCIDENTS(cases, points, replicates) \
    NUMBERS("k.incident, range: [0.05, 2]", cases, points, replicates)

/* A calibration by a text; histories are invented with .4 of the first number and 3
 * settlements a year. */
static void init(struct spiral_calibration *calibration, const char *text,
                 enum spiral_fit_method method, double histories)
{
    struct spiral_experiment experiment;

    load_experiment(&experiment, text);
    spiral_calibration_init(calibration, &experiment);
    calibration->method = method;
    calibration->settings[SPIRAL_FIT_recover] = histories;
    calibration->settings[SPIRAL_FIT_predictions] = 200;
    calibration->truth[0] = 0.4;
    calibration->truth[1] = 3.0;
}

static void prepare(struct spiral_calibration *calibration, int threads)
{
    if (spiral_calibration_prepare(calibration, threads, true, &error) != SPIRAL_OK)
        fail_msg("%s", error.message);
}

static void run(struct spiral_calibration *calibration, struct spiral_store *store,
                struct spiral_calibration_result *result)
{
    const struct spiral_fit_keeper keeper = spiral_posterior_keeper(store);
    if (spiral_calibration_run(calibration, store != NULL ? &keeper : NULL, result, &error) !=
        SPIRAL_OK)
        fail_msg("%s", error.message);
}

static void finish(struct spiral_calibration *calibration, struct spiral_calibration_result *result)
{
    spiral_calibration_result_clear(result, calibration->experiment.case_count);
    spiral_calibration_clear(calibration);
}

/* --- recovery --------------------------------------------------------------------------------- */

/* From 30 histories of two cases the particles' 95 % interval holds both numbers, and it has
 * learned: it is narrower than the prior's, whose quantiles on a logarithmic axis are known. The
 * search scores within the margin of what the truth scores. */
static void test_known_numbers_are_recovered(void **state)
{
    (void)state;
    struct spiral_calibration calibration;
    struct spiral_calibration_result result;

    init(&calibration, INCIDENTS("north, south", "64", "192"), SPIRAL_FIT_ABC, 30);
    prepare(&calibration, 2);
    run(&calibration, NULL, &result);

    const struct spiral_smc_population *population = &result.folds[0].population;

    for (size_t a = 0; a < 2; a++) {
        assert_true(spiral_smc_quantile(population, a, 0.025) <= calibration.truth[a]);
        assert_true(spiral_smc_quantile(population, a, 0.975) >= calibration.truth[a]);
    }

    const double prior =
        0.95 * log(40.0); /* ln of the ends of the rate's 95 % prior interval, apart */

    assert_true(log(spiral_smc_quantile(population, 0, 0.975) /
                    spiral_smc_quantile(population, 0, 0.025)) < 0.7 * prior);
    finish(&calibration, &result);

    double true_distance;

    init(&calibration, INCIDENTS("north, south", "8", "192"), SPIRAL_FIT_LOCAL, 30);
    calibration.settings[SPIRAL_FIT_starts] = 2;
    calibration.settings[SPIRAL_FIT_evaluations] = 40;
    prepare(&calibration, 2);
    run(&calibration, NULL, &result);
    calibration.target.first = 0; /* the streams that were fitted to */
    calibration.target.runs = 192;
    assert_int_equal(spiral_target_distance(&calibration.target, calibration.truth, 1,
                                            &true_distance, &error),
                     SPIRAL_OK);
    assert_true(result.folds[0].distance <= true_distance);
    assert_true(result.folds[0].distance <= result.folds[0].begun);
    assert_true(true_distance - result.folds[0].distance <
                spiral_smc_margin(2, spiral_target_independent_years(&calibration.target)));
    assert_true(result.cases[0].fitted.log < result.cases[0].fitted.log_base);
    finish(&calibration, &result);
}

/* --- folds ------------------------------------------------------------------------------------ */

/* The fold without a case is the fit to the other alone, and the forecast that is scored is of
 * the case that was left out. */
static void test_folds(void **state)
{
    (void)state;
    for (int method = SPIRAL_FIT_LOCAL; method <= SPIRAL_FIT_ABC; method++) {
        struct spiral_calibration both;
        struct spiral_calibration one;
        struct spiral_calibration_result folds;
        struct spiral_calibration_result alone;
        init(&both, TWO_NUMBERS("north, south", "16", "16"), (enum spiral_fit_method)method, 3);
        init(&one, TWO_NUMBERS("south", "16", "16"), (enum spiral_fit_method)method, 3);
        both.leave_one_out = true;
        both.settings[SPIRAL_FIT_starts] = one.settings[SPIRAL_FIT_starts] = 1;
        both.settings[SPIRAL_FIT_evaluations] = one.settings[SPIRAL_FIT_evaluations] = 20;
        both.settings[SPIRAL_FIT_generations] = one.settings[SPIRAL_FIT_generations] =
            1; /* later ones draw from their fold's own stream */
        both.settings[SPIRAL_FIT_margin] = one.settings[SPIRAL_FIT_margin] = 1e-6;
        prepare(&both, 2);
        prepare(&one, 1);
        one.target.dependence = both.target.dependence;
        run(&both, NULL, &folds);
        run(&one, NULL, &alone);
        assert_int_equal(folds.fold_count, 3);
        assert_memory_equal(folds.folds[1].best, alone.folds[0].best, 2 * sizeof(double));
        assert_true(folds.folds[1].distance == alone.folds[0].distance);
        assert_true(folds.folds[1].best[0] != folds.folds[2].best[0] ||
                    folds.folds[1].best[1] != folds.folds[2].best[1]);
        assert_int_equal(folds.cases[1].left_out.years,
                         3 * 5 * 2); /* south: five years, two neighbours */
        assert_true(fabs(folds.mean.left_out.brier -
                         0.5 * (folds.cases[0].left_out.brier + folds.cases[1].left_out.brier)) <
                    1e-12);
        finish(&both, &folds);
        finish(&one, &alone);
    }
}

/* --- the store -------------------------------------------------------------------------------- */

/* Every row of a calibration's store but host and times. The caller frees it. */
static char *posterior_rows(const char *name)
{
    static const char *const queries[] = {
        "SELECT text, hash, version, method, score, leave_one_out, ended IS NULL FROM posterior",
        "SELECT * FROM posterior_setting",
        "SELECT * FROM posterior_scenario",
        "SELECT * FROM posterior_axis",
        "SELECT * FROM posterior_generation",
        "SELECT * FROM posterior_particle",
        "SELECT * FROM posterior_value",
        "SELECT * FROM posterior_sample",
    };

    return rows_by(name, queries, sizeof queries / sizeof *queries);
}

static void make_store(const char *name)
{
    struct spiral_calibration calibration;

    init(&calibration, TWO_NUMBERS("north, south", "24", "16"), SPIRAL_FIT_ABC, 2);
    calibration.leave_one_out = true;
    calibration.settings[SPIRAL_FIT_generations] = 3;
    calibration.settings[SPIRAL_FIT_margin] = 1e-6;
    prepare(&calibration, 1);
    assert_int_equal(spiral_posterior_create(at(name), &calibration, &error), SPIRAL_OK);
    assert_int_equal(spiral_posterior_create(at(name), &calibration, &error), SPIRAL_BAD_INPUT);
    assert_non_null(strstr(error.message, "spiral calibrate --resume"));
    spiral_calibration_clear(&calibration);
}

/* Runs what a store still wants; scores of the first case without it. */
static double go_on_fitting(const char *name, int threads)
{
    struct spiral_calibration calibration;
    struct spiral_calibration_result result;
    struct spiral_store *store;

    assert_int_equal(spiral_store_open(&store, at(name), true, &error), SPIRAL_OK);
    if (spiral_posterior_open(store, &calibration, threads, true, &error) != SPIRAL_OK)
        fail_msg("%s", error.message);
    run(&calibration, store, &result);
    assert_int_equal(spiral_posterior_end(store, &error), SPIRAL_OK);

    const double score = result.cases[0].left_out.log;

    finish(&calibration, &result);
    spiral_store_close(store);

    return score;
}

static void test_resumed_is_unbroken(void **state)
{
    (void)state;
    static const char *const after_kill[] = {
        "fold > 0 OR generation > 0",                /* before the first generation was in */
        "fold > 0 OR generation > 2",                /* within a fold */
        "fold > 1 OR (fold = 1 AND generation > 1)", /* within another */
        "fold > 2",                                  /* all was in, but for the end */
    };

    make_store("unbroken.db");

    const double score = go_on_fitting("unbroken.db", 1);
    char *unbroken = posterior_rows("unbroken.db");

    assert_true(number_of("unbroken.db", "SELECT count(*) FROM posterior_generation") == 9.0);
    assert_true(number_of("unbroken.db", "SELECT count(*) FROM posterior_sample WHERE fold = 2") ==
                12.0);
    assert_true(
        number_of("unbroken.db",
                  "SELECT \"k.press\" FROM posterior_sample WHERE fold = 0 AND particle = 0") >=
        0.2);

    for (size_t i = 0; i < sizeof after_kill / sizeof *after_kill; i++) {
        char command[600];
        char sql[600];
        snprintf(command, sizeof command, "cp '%s' '%s'", at("unbroken.db"), at("broken.db"));
        assert_int_equal(system(command), 0);
        snprintf(sql, sizeof sql,
                 "DELETE FROM posterior_generation WHERE %s; DELETE FROM posterior_particle WHERE "
                 "%s; DELETE FROM posterior_value WHERE %s; "
                 "UPDATE posterior SET ended = NULL",
                 after_kill[i], after_kill[i], after_kill[i]);
        edit("broken.db", sql);
        assert_true(go_on_fitting("broken.db", 2) == score);

        char *rows = posterior_rows("broken.db");
        assert_string_equal(rows, unbroken);
        free(rows);
    }

    free(unbroken);
}

static void test_stores_that_do_not_fit(void **state)
{
    (void)state;
    static const struct {
        const char *sql;
        const char *says;
    } cases[] = {
        {"UPDATE posterior SET text = replace(text, 'seed: 1', 'seed: 2')", "hash"},
        {"UPDATE posterior_scenario SET text = replace(text, '0.06', '0.07') WHERE id = 0", "hash"},
        {"UPDATE posterior_setting SET value = 0.25 WHERE name = 'kept'", "hash"},
        {"UPDATE posterior_axis SET truth = 0.41 WHERE id = 0", "hash"},
        {"UPDATE posterior SET version = '0.0.1'", "made by spiral 0.0.1"},
        {"DELETE FROM posterior_setting WHERE name = 'kept'", "settings are missing"},
        {"DELETE FROM posterior", "row cannot be read"},
        {"DROP TABLE posterior", "holds no calibration"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct spiral_calibration calibration;
        struct spiral_store *store;
        char command[600];
        snprintf(command, sizeof command, "cp '%s' '%s'", at("unbroken.db"), at("edited.db"));
        assert_int_equal(system(command), 0);
        edit("edited.db", cases[i].sql);
        assert_int_equal(spiral_store_open(&store, at("edited.db"), true, &error), SPIRAL_OK);
        assert_int_equal(spiral_posterior_open(store, &calibration, 1, true, &error),
                         SPIRAL_BAD_INPUT);
        if (strstr(error.message, cases[i].says) == NULL)
            fail_msg("said: %s; expected: %s", error.message, cases[i].says);
        spiral_calibration_clear(&calibration);
        spiral_store_close(store);
    }

    edit("unbroken.db",
         "DELETE FROM posterior_particle WHERE fold = 2 AND generation = 3 AND particle = 4");
    struct spiral_calibration calibration;
    struct spiral_calibration_result result;
    struct spiral_store *store;

    assert_int_equal(spiral_store_open(&store, at("unbroken.db"), true, &error), SPIRAL_OK);
    assert_int_equal(spiral_posterior_open(store, &calibration, 1, true, &error), SPIRAL_OK);

    const struct spiral_fit_keeper keeper = spiral_posterior_keeper(store);

    assert_int_equal(spiral_calibration_run(&calibration, &keeper, &result, &error),
                     SPIRAL_BAD_INPUT);
    assert_non_null(strstr(error.message, "particles are missing"));
    finish(&calibration, &result);
    spiral_store_close(store);
}

/* --- what cannot be fitted -------------------------------------------------------------------- */

static void test_refused(void **state)
{
    (void)state;
#define HEAD "experiment: test\nscenarios: [north]\nvary:\n  - "
#define TAIL "\ndesign: {kind: sobol, points: 8}\n"
    static const struct {
        const char *text;
        bool leave_one_out;
        double prior;
        const char *says;
    } cases[] = {
        {HEAD "{name: k.press, values: [0.3, 0.5]}" TAIL, false, 0,
         "k.press: a fit goes over ranges"},
        {HEAD "{name: NBR.greed, range: [0, 1], integer: true}" TAIL, false, 0,
         "NBR.greed: a fit goes over ranges"},
        {HEAD "{name: k.press, range: [0.3, 0.5]}\ndesign: {kind: random, points: 8}\n", false, 0,
         "not with the design random"},
        {HEAD "{name: k.press, range: [0.3, 0.5]}\ndesign: {kind: sobol, points: 7}\n", false, 0,
         "7 particles; expected at least 8"},
        {HEAD "{name: k.press, range: [0.3, 0.5]}" TAIL, true, 0, "two cases or more"},
        {HEAD "{name: k.press, range: [0.3, 0.5]}" TAIL "run: {assimilate: true}\n", false, 0,
         "nothing to fit"},
        {"experiment: test\nscenarios: [north, south]\nvary:\n  - {name: neighbour.greed, range: "
         "[0, 1]}" TAIL,
         false, 0.2, "differs between the cases"},
        {"experiment: test\nscenarios: [north, south]\nvary:\n  - {name: k.press, range: [0.3, "
         "0.5]}" TAIL,
         false, 0, "south has no observed hostility"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct spiral_experiment experiment;
        struct spiral_calibration calibration;
        load_experiment(&experiment, cases[i].text);
        spiral_calibration_init(&calibration, &experiment);
        calibration.method = SPIRAL_FIT_ABC;
        calibration.leave_one_out = cases[i].leave_one_out;
        calibration.settings[SPIRAL_FIT_prior] = cases[i].prior;
        assert_int_equal(spiral_calibration_prepare(&calibration, 1, true, &error),
                         SPIRAL_BAD_INPUT);
        if (strstr(error.message, cases[i].says) == NULL)
            fail_msg("said: %s; expected: %s", error.message, cases[i].says);
        spiral_calibration_clear(&calibration);
    }
}

/* The axes for where none are said are constants within their bounds, and hold the defaults. */
static void test_default_axes(void **state)
{
    (void)state;
    struct spiral_constants constants = spiral_constants_defaults();

    for (size_t a = 0; spiral_fit_axes[a] != NULL; a++) {
        char name[SPIRAL_NAME_SIZE];
        double low;
        double high;
        struct spiral_parameter place;
        assert_int_equal(sscanf(spiral_fit_axes[a], "%95[^=]=%lf:%lf", name, &low, &high), 3);
        assert_int_equal(spiral_parameter_find(&place, NULL, &constants, name, &error), SPIRAL_OK);
        assert_true(low >= place.low && high <= place.high && low < high);
        assert_true(*place.value >= low && *place.value <= high);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_known_numbers_are_recovered),
        cmocka_unit_test(test_folds),
        cmocka_unit_test(test_resumed_is_unbroken),
        cmocka_unit_test(test_stores_that_do_not_fit),
        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_default_axes),
    };

    return cmocka_run_group_tests(tests, make_folder_of_points, drop_folder);
}
