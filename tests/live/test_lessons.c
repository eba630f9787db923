/* SPDX-License-Identifier: MIT */
/* The lessons that ship: every step can be set, every reveal is measured and told in both
 * languages; levers do what they say. */
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "render/live/lesson.h"
#include "scenarios/loader/constant_sets.h"
#include "sim/ensemble.h"

static const char folder[] = SPIRAL_SOURCE_DIR "/scenarios/lessons";
static struct spiral_diagnostics diagnostics;
static struct spiral_error error;

static void load(struct spiral_lesson *lesson, const char *name)
{
    char path[512];

    snprintf(path, sizeof path, "%s/%s", folder, name);
    spiral_diagnostics_init(&diagnostics);
    const enum spiral_status status = spiral_lesson_load(lesson, path, &diagnostics);

    spiral_diagnostics_print(&diagnostics, stderr);
    assert_int_equal(status, SPIRAL_OK);
}

static bool in_both_languages(const struct spiral_text *text)
{
    return text->count == 2 && strcmp(text->items[0].language, "en") == 0 &&
           strcmp(text->items[1].language, "zh") == 0 && strlen(text->items[0].text) > 0 &&
           strlen(text->items[1].text) > 0;
}

/* With few runs: not what the answers are, but that there are some, the same every time. */
static void walk_through(const struct spiral_lesson *lesson)
{
    enum { RUNS = 16 };
    struct spiral_session *session = NULL;

    for (size_t s = 0; s < lesson->step_count; s++) {
        const struct spiral_lesson_step *step = &lesson->steps[s];
        struct spiral_lesson_answer answer;
        struct spiral_lesson_answer again;
        assert_true(in_both_languages(&step->text));
        if (spiral_lesson_apply(lesson, s, &session, &error) != SPIRAL_OK)
            fail_msg("step %zu: %s", s, error.message);
        for (size_t c = 0; c < step->choice_count; c++)
            assert_true(in_both_languages(&step->choices[c].text));
        if (step->reveal.count == 0)
            continue;
        assert_true(in_both_languages(&step->reveal) && in_both_languages(&step->question));
        assert_int_equal(spiral_lesson_reveal(lesson, s, RUNS, 3, &answer, &error), SPIRAL_OK);
        assert_int_equal(spiral_lesson_reveal(lesson, s, RUNS, 3, &again, &error), SPIRAL_OK);
        assert_memory_equal(answer.value, again.value, step->measure_count * sizeof *answer.value);

        for (int language = 0; language < 2; language++) {
            char *told = spiral_lesson_tell(step, &answer, language == 0 ? "en" : "zh");
            assert_non_null(told);
            assert_null(strchr(told, '{'));
            assert_non_null(strpbrk(told, "0123456789"));
            free(told);
        }
    }

    spiral_session_destroy(session);
}

static void test_the_lessons_that_ship_can_be_taught(void **unused)
{
    (void)unused;
    int lessons = 0;
    DIR *directory = opendir(folder);

    assert_non_null(directory);

    for (const struct dirent *file; (file = readdir(directory)) != NULL;) {
        struct spiral_lesson lesson;
        if (strstr(file->d_name, ".yaml") == NULL)
            continue;
        load(&lesson, file->d_name);
        assert_true(in_both_languages(&lesson.title) && in_both_languages(&lesson.summary));
        walk_through(&lesson);
        spiral_lesson_clear(&lesson);
        lessons++;
    }

    closedir(directory);
    assert_int_equal(lessons, 3);
}

static void test_levers_are_set(void **unused)
{
    (void)unused;
    struct spiral_lesson lesson;
    struct spiral_session *session = NULL;
    const struct spiral_doctrine *preset;
    double value;

    load(&lesson, "spiral.yaml");
    assert_int_equal(spiral_lesson_apply(&lesson, 0, &session, &error), SPIRAL_OK);
    assert_true(session->playing && session->present == 0 && session->speed == 2.0 &&
                session->seed == 1);
    assert_int_equal(spiral_lesson_apply(&lesson, 1, &session, &error), SPIRAL_OK);
    assert_true(spiral_session_get(session, "RUS.greed", &value) && value == 0.0);

    /* its two settings are one choice: before them Russia was as greedy as the case has it */
    assert_int_equal(session->choice_count, 2);
    assert_true(session->before.plan != session->after.plan);
    assert_true(session->before.state.greed[spiral_scenario_find_state(&session->base, "RUS")] >
                0.0);
    assert_int_equal(spiral_lesson_apply(&lesson, 4, &session, &error), SPIRAL_OK);
    assert_int_equal(session->choice_count, 1);
    assert_int_equal(session->present, spiral_session_step_at(session, 2004.0 + 11.0 / 12.0));
    spiral_session_doctrine(session, session->base.small, &preset);
    assert_string_equal(preset->name, "limited_balance");
    spiral_session_destroy(session);
    spiral_lesson_clear(&lesson);
    load(&lesson, "commitment.yaml");
    session = NULL;
    assert_int_equal(spiral_lesson_apply(&lesson, 4, &session, &error),
                     SPIRAL_OK); /* two moves of April 2008 */
    assert_int_equal(session->choice_count, 2);
    assert_int_equal(session->choices[1].kind, SPIRAL_CHOICE_MOVE);
    assert_int_equal(session->choices[1].move, SPIRAL_MOVE_deploy);
    assert_string_equal(session->base.states[session->choices[1].target].id, "UKR");
    assert_int_equal(session->choices[1].step,
                     spiral_session_step_at(session, 2008.0 + 3.0 / 12.0));
    spiral_session_destroy(session);
    spiral_lesson_clear(&lesson);
    load(&lesson, "three.yaml");
    session = NULL;

    for (size_t s = 0; s < 3; s++) {
        static const char *const names[] = {"finland", "singapore", "ukraine"};
        assert_int_equal(spiral_lesson_apply(&lesson, s, &session, &error), SPIRAL_OK);
        assert_string_equal(session->base.name, names[s]);
    }

    spiral_session_destroy(session);
    spiral_lesson_clear(&lesson);
}

/* A measure with a move is the ensemble of the scenario with the entry that a session would make
 * of it. */
static void test_moves_are_measured(void **unused)
{
    (void)unused;
    enum { RUNS = 64, SEED = 9 };
    struct spiral_lesson lesson;
    struct spiral_lesson_answer answer;
    struct spiral_session *session;
    struct spiral_collector collector;
    const struct spiral_constants constants = spiral_constants_defaults();
    struct spiral_batch *batch = spiral_batch_create();

    load(&lesson, "commitment.yaml");
    assert_int_equal(spiral_lesson_reveal(&lesson, 4, RUNS, SEED, &answer, &error), SPIRAL_OK);
    assert_int_equal(spiral_session_create(&session, &lesson.scenarios[0], &constants, NULL, SEED,
                                           &error),
                     SPIRAL_OK);

    const struct spiral_scenario *base = &session->base;

    spiral_session_seek(session, spiral_session_step_at(session, 2008.0 + 3.0 / 12.0));
    assert_int_equal(spiral_session_move(session, spiral_scenario_find_state(base, "UKR"),
                                         spiral_scenario_find_state(base, "NATO"),
                                         SPIRAL_MOVE_renounce, 1.0, &error),
                     SPIRAL_OK);
    assert_int_equal(spiral_collector_init(&collector, session->plan, false, false), SPIRAL_OK);
    spiral_ensemble_run(batch, session->plan, SEED, 0, RUNS, &collector);
    assert_true(answer.value[2] == spiral_tally_mean(collector.tally, SPIRAL_OUTCOME_war));
    spiral_collector_clear(&collector);
    spiral_batch_destroy(batch);
    spiral_session_destroy(session);
    spiral_lesson_clear(&lesson);
}

/* A measure is the mean over the ensemble of its case; a difference is one of two; an answer
 * holds where its bounds say. */
static void test_reveals_are_ensembles(void **unused)
{
    (void)unused;
    enum { RUNS = 64, SEED = 9 };
    struct spiral_lesson lesson;
    struct spiral_lesson_answer answer;
    struct spiral_collector collector;
    struct spiral_plan *plan;
    const struct spiral_constants constants = spiral_constants_defaults();
    const struct spiral_plan_options options = spiral_plan_options_defaults();

    load(&lesson, "spiral.yaml");
    assert_int_equal(spiral_plan_create(&plan, &lesson.scenarios[0], &constants, &options, &error),
                     SPIRAL_OK);
    assert_int_equal(spiral_collector_init(&collector, plan, false, false), SPIRAL_OK);

    struct spiral_batch *batch = spiral_batch_create();

    spiral_ensemble_run(batch, plan, SEED, 0, RUNS, &collector);
    assert_int_equal(spiral_lesson_reveal(&lesson, 4, RUNS, SEED, &answer, &error), SPIRAL_OK);
    assert_true(answer.value[0] == spiral_tally_mean(collector.tally, SPIRAL_OUTCOME_war));
    assert_true(answer.value[2] == answer.value[1] - answer.value[0]);

    const struct spiral_lesson_step *step = &lesson.steps[4];
    int held = 0;

    for (size_t c = 0; c < step->choice_count; c++) {
        assert_int_equal(answer.holds[c], answer.value[2] >= step->choices[c].from &&
                                              answer.value[2] < step->choices[c].to);
        held += answer.holds[c];
    }

    assert_int_equal(held, 1); /* the four answers of this question share the line out */
    char expected[40];
    char *told = spiral_lesson_tell(step, &answer, "en");

    spiral_lesson_write_value(&step->measures[2], answer.value[2], expected);
    assert_null(strchr(expected, '%')); /* a difference of shares is in points */
    assert_non_null(strstr(told, expected));
    free(told);
    spiral_batch_destroy(batch);
    spiral_collector_clear(&collector);
    spiral_plan_destroy(plan);
    spiral_lesson_clear(&lesson);
}

/* Over a posterior a risk is told with two intervals, those of its ensemble, and a difference with
 * none; without one there is the interval of the sample alone. */
static void test_a_risk_is_told_with_its_intervals(void **unused)
{
    (void)unused;
    enum { RUNS = 1000, SEED = 1 };
    struct spiral_lesson lesson;
    struct spiral_lesson_answer answer;
    struct spiral_constant_sets posterior;
    struct spiral_collector collector;
    struct spiral_plan *plan;
    struct spiral_interval interval;
    const struct spiral_constants constants = spiral_constants_defaults();
    struct spiral_plan_options options = spiral_plan_options_defaults();
    struct spiral_batch *batch = spiral_batch_create();

    assert_int_equal(spiral_constant_sets_load(&posterior,
                                               SPIRAL_SOURCE_DIR "/scenarios/posterior.csv",
                                               &error),
                     SPIRAL_OK);
    load(&lesson, "spiral.yaml");
    lesson.posterior = &posterior;
    options.posterior = &posterior;
    assert_int_equal(spiral_plan_create(&plan, &lesson.scenarios[0], &constants, &options, &error),
                     SPIRAL_OK);
    assert_int_equal(spiral_collector_init(&collector, plan, false, false), SPIRAL_OK);
    spiral_ensemble_run(batch, plan, SEED, 0, RUNS, &collector);
    assert_int_equal(spiral_lesson_reveal(&lesson, 1, RUNS, SEED, &answer, &error), SPIRAL_OK);

    const struct spiral_tally *tally = collector.tally;
    const struct spiral_lesson_risk *risk = &answer.risk[0];

    assert_true(answer.value[0] == spiral_tally_mean(tally, SPIRAL_OUTCOME_war));
    interval = spiral_wilson(spiral_tally_wars(tally, tally->steps), RUNS);
    assert_true(risk->told && risk->sampling.low == interval.low &&
                risk->sampling.high == interval.high);
    assert_true(spiral_tally_war_by_constants(tally, tally->years - 1, &interval));
    assert_true(risk->by_constants && risk->constants.low == interval.low &&
                risk->constants.high == interval.high);
    assert_false(answer.risk[4].told); /* a change, in points */

    char expected[80];
    char *told = spiral_lesson_tell(&lesson.steps[1], &answer, "en");

    snprintf(expected, sizeof expected, "war comes in %.0f %% [%.0f–%.0f; %.0f–%.0f].",
             100.0 * answer.value[0], 100.0 * risk->sampling.low, 100.0 * risk->sampling.high,
             100.0 * interval.low, 100.0 * interval.high);
    if (strstr(told, expected) == NULL)
        fail_msg("'%s' is not in: %s", expected, told);
    assert_non_null(strstr(told, "over what the constants may be"));
    free(told);

    lesson.posterior = NULL;
    assert_int_equal(spiral_lesson_reveal(&lesson, 1, 64, SEED, &answer, &error), SPIRAL_OK);
    assert_true(answer.risk[0].told && !answer.risk[0].by_constants);
    told = spiral_lesson_tell(&lesson.steps[1], &answer, "en");
    assert_null(strstr(told, "constants"));
    assert_non_null(strstr(told, "In brackets"));
    free(told);
    spiral_batch_destroy(batch);
    spiral_collector_clear(&collector);
    spiral_plan_destroy(plan);
    spiral_constant_sets_clear(&posterior);
    spiral_lesson_clear(&lesson);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_lessons_that_ship_can_be_taught),
        cmocka_unit_test(test_levers_are_set),
        cmocka_unit_test(test_reveals_are_ensembles),
        cmocka_unit_test(test_moves_are_measured),
        cmocka_unit_test(test_a_risk_is_told_with_its_intervals),
    };

    return cmocka_run_group_tests_name("window/session_lessons", tests, NULL, NULL);
}
