/* SPDX-License-Identifier: MIT */
/* Answers: chosen, locked, judged and written down. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "render/live/predictions.h"

static struct spiral_error error;

/* Two answers of which one must hold, one for neither, and sentences by what was measured. */
static const char text[] =
    "lesson: 1\n"
    "title: {en: Test, zh: 测试}\n"
    "scenarios: [" SPIRAL_SOURCE_DIR "/scenarios/ukraine.yaml]\n"
    "steps:\n"
    "  - text: Look.\n"
    "    show: [index, fear]\n"
    "  - text: Ask.\n"
    "    highlight: [fear]\n"
    "    question:\n"
    "      text: {en: \"Is it \\\"so\\\"?\", zh: 是吗？}\n"
    "      choices:\n"
    "        - {text: below none, measure: risk, to: 0}\n"
    "        - {text: above all, measure: risk, from: 1.5}\n"
    "        - {text: neither, otherwise: true}\n"
    "    reveal:\n"
    "      text: {en: 'It is {risk}, {change} points.', zh: '为 {risk}，{change} 个百分点。'}\n"
    "      measures:\n"
    "        - {name: risk}\n"
    "        - {name: calm, set: {k.press: 0, k.incident: 0}}\n"
    "        - {name: change, of: calm, less: risk}\n"
    "      also:\n"
    "        - {measure: risk, to: 0, text: {en: 'Never told.', zh: 从不。}}\n"
    "        - {measure: calm, to: 0.5, text: {en: 'Calm: {calm}.', zh: '平静：{calm}。'}}\n"
    "  - text: End.\n"
    "    show: [actors, plane]\n";

static void load_text(struct spiral_lesson *lesson)
{
    static struct spiral_diagnostics diagnostics;

    spiral_diagnostics_init(&diagnostics);
    const enum spiral_status status =
        spiral_lesson_load_text(lesson, text, strlen(text), "test.yaml", &diagnostics);

    spiral_diagnostics_print(&diagnostics, stderr);
    assert_int_equal(status, SPIRAL_OK);
}

static void test_an_answer_is_locked_once(void **unused)
{
    (void)unused;
    struct spiral_lesson lesson;
    struct spiral_predictions predictions;

    load_text(&lesson);
    assert_int_equal(spiral_predictions_create(&predictions, &lesson, &error), SPIRAL_OK);
    spiral_predictions_put(&predictions, &lesson, 0, 1.0); /* asks nothing */
    assert_false(spiral_predictions_are_open(&predictions));
    spiral_predictions_put(&predictions, &lesson, 1, 10.0);
    assert_true(spiral_predictions_are_open(&predictions));
    assert_false(spiral_predictions_lock(&predictions, 1, 11.0, 0)); /* nothing is chosen */
    assert_int_equal(spiral_predictions_reveal(&predictions, &lesson, 1, 16, 1, &error),
                     SPIRAL_BAD_INPUT);
    spiral_predictions_choose(&predictions, 1, 0);
    spiral_predictions_choose(&predictions, 1, 2);
    spiral_predictions_put(&predictions, &lesson, 1, 20.0); /* seen again: the time runs on */
    assert_true(spiral_predictions_lock(&predictions, 1, 52.0, 0));
    assert_false(spiral_predictions_are_open(&predictions));
    spiral_predictions_choose(&predictions, 1, 1);
    assert_int_equal(predictions.items[1].chosen, 2);
    assert_false(spiral_predictions_lock(&predictions, 1, 60.0, 0));
    assert_true(predictions.items[1].seconds == 42.0);
    spiral_predictions_clear(&predictions);
    spiral_lesson_clear(&lesson);
}

/* `otherwise` has its mark; differences are in points, without a per cent sign; sentences are told
 * where their measure lies in their range. */
static void test_answers_are_judged_and_written_down(void **unused)
{
    (void)unused;
    struct spiral_lesson lesson;
    struct spiral_predictions predictions;
    char path[] = "/tmp/spiral-answers-XXXXXX";
    char written[2048] = "";
    char expected[256];
    char risk[40];

    load_text(&lesson);
    assert_int_equal(spiral_predictions_create(&predictions, &lesson, &error), SPIRAL_OK);
    spiral_predictions_put(&predictions, &lesson, 1, 0.0);
    spiral_predictions_choose(&predictions, 1, 2);
    assert_true(spiral_predictions_lock(&predictions, 1, 7.0, 86400));
    assert_int_equal(spiral_predictions_reveal(&predictions, &lesson, 1, 32, 1, &error), SPIRAL_OK);

    const struct spiral_lesson_step *step = &lesson.steps[1];
    const struct spiral_lesson_answer *answer = &predictions.items[1].answer;

    assert_true(!answer->holds[0] && !answer->holds[1] && answer->holds[2]);
    assert_string_equal(spiral_prediction_truth(&predictions.items[1], step, "en"), "neither");

    char *told = spiral_lesson_tell(step, answer, "en");

    spiral_lesson_write_value(&step->measures[0], answer->value[0], risk);
    snprintf(expected, sizeof expected,
             "It is %s [%.0f–%.0f], −%.0f points. Calm: 0 %% [0–%.0f]. In brackets: the 95 %% "
             "interval of the sample of runs.",
             risk, 100.0 * answer->risk[0].sampling.low, 100.0 * answer->risk[0].sampling.high,
             100.0 * answer->value[0], 100.0 * answer->risk[1].sampling.high);
    assert_true(answer->value[1] == 0.0 && answer->value[0] > 0.1);
    assert_string_equal(told, expected);
    free(told);

    close(mkstemp(path));
    assert_int_equal(spiral_predictions_export(&predictions, &lesson, "en", path, &error),
                     SPIRAL_OK);

    FILE *file = fopen(path, "r");

    assert_true(fread(written, 1, sizeof written - 1, file) > 0);
    fclose(file);
    unlink(path);
    snprintf(expected, sizeof expected,
             "\n1970-01-02T00:00:00Z,\"Test\",2,\"Is it \"\"so\"\"?\",3,\"neither\",7,yes,3,"
             "\"risk = %s; calm = 0 %%; change = −",
             risk);
    assert_non_null(strstr(written, expected));
    spiral_predictions_clear(&predictions);
    spiral_lesson_clear(&lesson);
}

static void test_panels_are_shown_from_a_step_on(void **unused)
{
    (void)unused;
    struct spiral_lesson lesson;

    load_text(&lesson);
    assert_int_equal(spiral_lesson_shown(&lesson, 0),
                     1u << SPIRAL_SHOW_index | 1u << SPIRAL_SHOW_fear);
    assert_int_equal(spiral_lesson_shown(&lesson, 1), spiral_lesson_shown(&lesson, 0));
    assert_int_equal(spiral_lesson_shown(&lesson, 2),
                     1u << SPIRAL_SHOW_actors | 1u << SPIRAL_SHOW_plane);
    assert_int_equal(lesson.steps[0].highlighted, 0);
    assert_int_equal(lesson.steps[1].highlighted, 1u << SPIRAL_SHOW_fear);
    lesson.steps[0].shows =
        false; /* where none was named all are there but those in place of others */
    assert_int_equal(spiral_lesson_shown(&lesson, 0),
                     ((1u << SPIRAL_LESSON_PANELS) - 1) &
                         ~(1u << SPIRAL_SHOW_actors | 1u << SPIRAL_SHOW_why));
    spiral_lesson_clear(&lesson);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_an_answer_is_locked_once),
        cmocka_unit_test(test_answers_are_judged_and_written_down),
        cmocka_unit_test(test_panels_are_shown_from_a_step_on),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
