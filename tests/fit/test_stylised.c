/* SPDX-License-Identifier: MIT */
/* Calibrations held to the stylised facts: what is minimised, where it begins, and what does not
 * go with it. */
#include "tests/support/sweeps.h"

#include <math.h>

#include "tools/fit/calibration.h"

static struct spiral_error error;

#define TWO_NUMBERS(cases, points, replicates) \
    "experiment: test\nscenarios: [" cases \
    "]\nvary:\n  - {name: k.press, range: [0.2, 1], scale: log}\n  - {name: k.settle, range: " \
    "[0.4, 8], scale: log}\n" \
    "design: {kind: sobol, points: " points "}\nreplicates: " replicates "\n"

static void init(struct spiral_calibration *calibration, const char *text,
                 enum spiral_fit_method method)
{
    struct spiral_experiment experiment;

    load_experiment(&experiment, text);
    spiral_calibration_init(calibration, &experiment);
    calibration->method = method;
    calibration->settings[SPIRAL_FIT_facts] = 0.5;
    calibration->settings[SPIRAL_FIT_predictions] = 64;
}

/* Puts the cases of the facts where cases are looked for first. */
static void offer_cases(void)
{
    if (access("scenarios", F_OK) != 0)
        assert_int_equal(symlink(SPIRAL_SOURCE_DIR "/scenarios", "scenarios"), 0);
}

/* The distance is the target's, and beside it the weight times what the facts are away from
 * holding, which is nothing of S13. */
static void test_held_to_the_facts(void **state)
{
    (void)state;
    struct spiral_calibration calibration;
    struct spiral_calibration_result result;
    static const double values[] = {0.4, 3.0};
    double free;
    double held;

    offer_cases();
    init(&calibration, TWO_NUMBERS("north", "1", "64"), SPIRAL_FIT_LOCAL);
    calibration.settings[SPIRAL_FIT_starts] = 1;
    calibration.settings[SPIRAL_FIT_evaluations] = 2;
    assert_int_equal(spiral_calibration_prepare(&calibration, 2, true, &error), SPIRAL_OK);
    assert_int_equal(spiral_target_distance(&calibration.target, values, 1, &free, &error),
                     SPIRAL_OK);
    assert_int_equal(spiral_fit_stylised_distance(&calibration.facts, values, 1, &held, &error),
                     SPIRAL_OK);

    struct spiral_stylised_setup setup = calibration.facts.setup;
    double loss = 0.0;

    setup.constants.press = values[0];
    setup.constants.settle = values[1];

    for (int id = 0; id < SPIRAL_STYLISED_S13; id++) {
        struct spiral_stylised_fact fact;
        assert_int_equal(spiral_stylised_fact_measure(&fact, (enum spiral_stylised_fact_id)id,
                                                      &setup, &error),
                         SPIRAL_OK);
        loss += spiral_stylised_fact_loss(&fact);
    }

    assert_true(loss > 0.0 && fabs(held - (free + 0.5 * loss)) < 1e-9);
    assert_int_equal(spiral_calibration_run(&calibration, NULL, &result, &error), SPIRAL_OK);
    assert_true(result.folds[0].distance <= result.folds[0].begun);
    assert_int_equal(spiral_fit_stylised_distance(&calibration.facts, calibration.present, 1, &held,
                                                  &error),
                     SPIRAL_OK);
    assert_true(fabs(result.folds[0].begun - held) <
                1e-6); /* the search begins at the present numbers, by this distance */
    spiral_calibration_result_clear(&result, 1);
    spiral_calibration_clear(&calibration);
}

static void test_refused_with_the_facts(void **state)
{
    (void)state;
#define WITH(vary, runs, more) \
    "experiment: test\nscenarios: [north, south]\nvary:\n  - {name: " vary \
    "}\ndesign: {kind: sobol, points: 8}\nreplicates: " runs "\n" more
    static const struct {
        const char *text;
        enum spiral_fit_method method;
        bool leave_one_out;
        double histories;
        const char *says;
    } cases[] = {
        {WITH("k.press, range: [0.3, 0.5]", "64", ""), SPIRAL_FIT_ABC, false, 2,
         "facts go with the method local"},
        {WITH("k.press, range: [0.3, 0.5]", "64", ""), SPIRAL_FIT_LOCAL, true, 0,
         "with a case left out"},
        {WITH("k.press, range: [0.3, 0.5]", "64", ""), SPIRAL_FIT_LOCAL, false, 2,
         "with invented histories"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct spiral_calibration calibration;
        init(&calibration, cases[i].text, cases[i].method);
        calibration.settings[SPIRAL_FIT_recover] = cases[i].histories;
        calibration.leave_one_out = cases[i].leave_one_out;
        assert_int_equal(spiral_calibration_prepare(&calibration, 1, true, &error),
                         SPIRAL_BAD_INPUT);
        if (strstr(error.message, cases[i].says) == NULL)
            fail_msg("said: %s; expected: %s", error.message, cases[i].says);
        spiral_calibration_clear(&calibration);
    }

    static const struct {
        const char *text;
        const char *says;
    } constants[] = {
        {WITH("k.press, range: [0.3, 0.5]", "63", ""),
         "63 runs of each case; facts take 64 at least"},
        {WITH("neighbour.greed, range: [0, 1]", "64", ""), "neighbour.greed is fitted"},
        {WITH("k.press, range: [0.3, 0.5]", "64", "set: {neighbour.greed: 0.5}\n"),
         "neighbour.greed is set"},
    };
    for (size_t i = 0; i < sizeof constants / sizeof *constants; i++) {
        struct spiral_experiment experiment;
        struct spiral_target target;
        struct spiral_fit_stylised facts;
        load_experiment(&experiment, constants[i].text);
        assert_int_equal(spiral_target_create(&target, &experiment, 1, &error), SPIRAL_OK);
        assert_int_equal(spiral_fit_stylised_create(&facts, &target, 1.0, 1, &error),
                         SPIRAL_BAD_INPUT);
        if (strstr(error.message, constants[i].says) == NULL)
            fail_msg("said: %s; expected: %s", error.message, constants[i].says);
        spiral_fit_stylised_clear(&facts);
        spiral_target_clear(&target);
        spiral_experiment_clear(&experiment);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_held_to_the_facts),
        cmocka_unit_test(test_refused_with_the_facts),
    };
    return cmocka_run_group_tests(tests, make_folder_of_points, drop_folder);
}
