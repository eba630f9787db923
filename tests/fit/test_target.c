/* SPDX-License-Identifier: MIT */
/* The model's distance from the record: the scores that `spiral run` tells, whatever the
 * threads, the lanes and the company that a point keeps. */
#include "tests/support/sweeps.h"

#include <math.h>

#include "tools/farm/farm.h"
#include "tools/fit/target.h"

#define EXPERIMENT(cases, replicates) \
    "experiment: test\nscenarios: [" cases "]\nvary:\n  - {name: k.encircle, range: [1, 8], " \
    "scale: log}\n  - {name: k.settle, range: [0.5, 12]}\n" \
    "design: {kind: sobol, points: 8}\nreplicates: " replicates "\nset: {k.press: 0.4}\n"

#define UKRAINE "\"" SPIRAL_SOURCE_DIR "/scenarios/ukraine.yaml\""

static struct spiral_error error;

static void open_target(struct spiral_target *target, struct spiral_experiment *experiment,
                        const char *text, int threads)
{
    load_experiment(experiment, text);
    assert_int_equal(spiral_target_create(target, experiment, threads, &error), SPIRAL_OK);
}

static void close_target(struct spiral_target *target, struct spiral_experiment *experiment)
{
    spiral_target_clear(target);
    spiral_experiment_clear(experiment);
}

/* What `spiral run` scores: an ensemble of one plan, tallied. */
static struct spiral_score score_by_tally(const struct spiral_experiment *experiment, size_t c,
                                          const double *values, uint64_t first, uint64_t runs)
{
    struct spiral_constants constants = spiral_constants_defaults();
    struct spiral_collector collector;
    struct spiral_plan *plan;

    constants.press = 0.4;

    if (values != NULL) {
        constants.encircle = values[0];
        constants.settle = values[1];
    }

    assert_int_equal(spiral_plan_create(&plan, &experiment->cases[c].scenario, &constants,
                                        &experiment->run, &error),
                     SPIRAL_OK);
    assert_int_equal(spiral_collector_init(&collector, plan, false, true), SPIRAL_OK);
    assert_int_equal(spiral_farm_run(plan, experiment->seed, first, runs, 1, &collector, &error),
                     SPIRAL_OK);

    const struct spiral_score score = spiral_score_of(collector.tally, plan);

    spiral_collector_clear(&collector);
    spiral_plan_destroy(plan);

    return score;
}

static void assert_same_score(const struct spiral_score *one, const struct spiral_score *other)
{
    assert_int_equal(one->years, other->years);
    assert_true(one->years > 0);
    assert_true(one->log == other->log && one->brier == other->brier);
    assert_true(one->log_base == other->log_base && one->brier_base == other->brier_base);
}

static const double points[] = {1.0, 0.5, 2.5, 2.4, 8.0, 6.0, 4.0,
                                1.0, 1.7, 3.3, 5.0, 5.0, 3.0, 2.0};
enum { POINTS = 7 };

/* 10 runs at 7 points: batches hold lanes of two points, and the last is not full. To the bit. */
static void test_scores_are_those_of_run(void **state)
{
    (void)state;
    struct spiral_experiment experiment;
    struct spiral_target target;
    struct spiral_score score[POINTS];

    open_target(&target, &experiment, EXPERIMENT("north", "10"), 1);
    assert_int_equal(spiral_target_scores(&target, points, POINTS, score, &error), SPIRAL_OK);

    for (size_t p = 0; p < POINTS; p++) {
        const struct spiral_score expected = score_by_tally(&experiment, 0, &points[2 * p], 0, 10);
        assert_same_score(&score[p], &expected);
    }

    assert_int_equal(
        spiral_target_scores(&target, NULL, 1, score, &error),
        SPIRAL_OK); /* what is given, with what the experiment sets, also after points */
    const struct spiral_score present = score_by_tally(&experiment, 0, NULL, 0, 10);

    assert_same_score(&score[0], &present);
    target.first = 10; /* other streams */
    target.runs = 300;
    assert_int_equal(spiral_target_scores(&target, points, 1, score, &error), SPIRAL_OK);

    const struct spiral_score fresh = score_by_tally(&experiment, 0, points, 10, 300);

    assert_same_score(&score[0], &fresh);
    close_target(&target, &experiment);
}

static void test_threads_do_not_matter(void **state)
{
    (void)state;
    struct spiral_experiment experiment;
    struct spiral_target target;
    double distance[3][POINTS];

    for (int threads = 1; threads <= 3; threads++) {
        open_target(&target, &experiment, EXPERIMENT(UKRAINE ", north", "40"), threads);
        assert_int_equal(spiral_target_distance(&target, points, POINTS, distance[threads - 1],
                                                &error),
                         SPIRAL_OK);
        close_target(&target, &experiment);
    }

    assert_memory_equal(distance[0], distance[1], sizeof distance[0]);
    assert_memory_equal(distance[0], distance[2], sizeof distance[0]);
    for (size_t p = 1; p < POINTS; p++)
        assert_true(distance[0][p] != distance[0][0]);
}

/* The distance is the mean over cases that are in use, each as much as another; other cases are
 * not run. */
static void test_distance_is_the_mean_over_cases(void **state)
{
    (void)state;
    struct spiral_experiment experiment;
    struct spiral_target target;
    struct spiral_score score[2];
    double both;
    double one;

    open_target(&target, &experiment, EXPERIMENT(UKRAINE ", north", "16"), 2);
    assert_int_equal(spiral_target_scores(&target, points, 1, score, &error), SPIRAL_OK);
    assert_int_equal(spiral_target_distance(&target, points, 1, &both, &error), SPIRAL_OK);
    assert_true(both == (score[0].log + score[1].log) / 2.0);
    assert_int_equal(spiral_target_years(&target), (size_t)(score[0].years + score[1].years));
    target.used[0] = false;
    target.score = SPIRAL_FIT_BRIER;
    assert_int_equal(spiral_target_distance(&target, points, 1, &one, &error), SPIRAL_OK);
    assert_true(one == score[1].brier);
    assert_int_equal(spiral_target_years(&target), (size_t)score[1].years);
    assert_int_equal(spiral_target_scores(&target, points, 1, score, &error), SPIRAL_OK);
    assert_int_equal(score[0].years, 0);
    close_target(&target, &experiment);
}

/* A mixture's forecast is the shares of all runs together, each point's from the streams after
 * those of the point before: by hand from the counts of each. */
static void test_mixture(void **state)
{
    (void)state;
    struct spiral_experiment experiment;
    struct spiral_target target;
    struct spiral_score mixed;
    struct spiral_score expected = {0};
    uint64_t *count[2];

    open_target(&target, &experiment, EXPERIMENT("north", "20"), 1);
    assert_int_equal(spiral_target_mixture(&target, points, 2, &mixed, &error), SPIRAL_OK);

    for (uint64_t p = 0; p < 2; p++) {
        const struct spiral_count_request request = {&points[2 * p], 1,  target.used,
                                                     20 * p,         20, false};
        assert_int_equal(spiral_count(&count[p], &target.counter, &request, &error), SPIRAL_OK);
    }

    for (size_t i = 0; i < target.records[0].rival_years; i++) {
        uint64_t sum[5];
        for (size_t level = 0; level < 5; level++)
            sum[level] = count[0][i * 5 + level] + count[1][i * 5 + level];

        assert_int_equal(sum[0] + sum[1] + sum[2] + sum[3] + sum[4], 40);
        if (target.records[0].level[i] > 0)
            spiral_score_add(&expected, sum, 40, target.records[0].level[i]);
    }

    spiral_score_close(&expected);
    assert_same_score(&mixed, &expected);
    free(count[0]);
    free(count[1]);
    close_target(&target, &experiment);
}

/* What the model makes is scored best, in expectation, by the forecast of what made it (Gneiting
 * and Raftery 2007): with 400 histories the truth scores better than constants far from it, by
 * both scores. */
static void test_truth_scores_best(void **state)
{
    (void)state;
    struct spiral_experiment experiment;
    struct spiral_target target;
    const double truth[] = {2.5, 1.8, 2.5, 0.5, 2.5, 8.0};
    struct spiral_score score[6];

    open_target(&target, &experiment, EXPERIMENT("north, south", "2000"), 2);
    assert_int_equal(spiral_target_check(&target, &error), SPIRAL_BAD_INPUT);
    assert_non_null(strstr(error.message, "south has no observed hostility"));
    assert_int_equal(spiral_target_invent(&target, truth, 400, &error), SPIRAL_OK);
    assert_int_equal(spiral_target_check(&target, &error), SPIRAL_OK);
    assert_int_equal(spiral_target_scores(&target, truth, 3, score, &error), SPIRAL_OK);
    assert_int_equal(score[0].years, 400 * 10);
    assert_int_equal(score[1].years, 400 * 5 * 2); /* two neighbours */

    for (size_t i = 2; i < 6; i++) {
        assert_true(score[i].log > score[i % 2].log);
        assert_true(score[i].brier > score[i % 2].brier);
    }

    close_target(&target, &experiment);
}

/* War ends the peace: years after it are alike, and a history counts for less than its years.
 * Where hostility comes and goes within months, years are as good as independent. */
static void test_dependence(void **state)
{
    (void)state;
    static const char restless[] =
        "experiment: test\nscenarios: [north]\nvary:\n  - {name: k.encircle, range: [1, "
        "8]}\ndesign: {kind: sobol, points: 8}\n"
        "set: {k.press: 0.05, k.incident: 0.4, k.settle: 12}\nrun: {war_ends: true}\n";
    struct spiral_experiment experiment;
    struct spiral_target target;

    open_target(&target, &experiment, EXPERIMENT(UKRAINE, "16"), 2);
    assert_int_equal(spiral_target_measure_dependence(&target, &error), SPIRAL_OK);
    assert_true(target.dependence > 1.5 &&
                target.dependence < (double)spiral_target_years(&target));
    assert_true(spiral_target_independent_years(&target) * target.dependence ==
                (double)spiral_target_years(&target));
    close_target(&target, &experiment);
    open_target(&target, &experiment, restless, 2);
    assert_int_equal(spiral_target_measure_dependence(&target, &error), SPIRAL_OK);
    assert_true(target.dependence < 1.2);
    close_target(&target, &experiment);
}

/* A point where a case breaks one of its rules: entries whose dates leave the run. */
static void test_bad_points_are_named(void **state)
{
    (void)state;
    static const char text[] = "experiment: test\nscenarios: [north]\nvary:\n  - {name: "
                               "move.2003-05.date, range: [2001, 2009]}\ndesign: "
                               "{kind: sobol, points: 8}\n"
                               "run: {until: 2010}\n";
    struct spiral_experiment experiment;
    struct spiral_target target;
    double distance[2];

    open_target(&target, &experiment, text, 2);
    assert_int_equal(spiral_target_distance(&target, (const double[]){2002.0, 2012.0}, 2, distance,
                                            &error),
                     SPIRAL_BAD_INPUT);
    assert_non_null(strstr(error.message, "north at a point of the fit"));
    close_target(&target, &experiment);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_scores_are_those_of_run),
        cmocka_unit_test(test_threads_do_not_matter),
        cmocka_unit_test(test_distance_is_the_mean_over_cases),
        cmocka_unit_test(test_mixture),
        cmocka_unit_test(test_truth_scores_best),
        cmocka_unit_test(test_dependence),
        cmocka_unit_test(test_bad_points_are_named),
    };

    return cmocka_run_group_tests(tests, make_folder_of_points, drop_folder);
}
