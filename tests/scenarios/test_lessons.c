/* SPDX-License-Identifier: MIT */
/* Lesson files that are wrong: every mistake is named with its place, all at once, and nothing
 * loads half. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "scenarios/loader/lesson.h"

static struct spiral_diagnostics diagnostics;
static char folder[] = "/tmp/spiral_lessons_XXXXXX", path[64];

static int set_up(void **unused)
{
    (void)unused;
    if (mkdtemp(folder) == NULL)
        return -1;
    snprintf(path, sizeof path, "%s/lesson.yaml", folder);
    return 0;
}

static int tear_down(void **unused)
{
    (void)unused;
    unlink(path);
    return rmdir(folder);
}

/* Loads a lesson on Ukraine whose steps are given; what is said of it comes back, without the
 * file's name. */
static char *messages_of(const char *steps)
{
    struct spiral_lesson lesson;
    char *text = NULL;
    size_t size = 0;
    FILE *file = fopen(path, "w");

    assert_non_null(file);
    fprintf(file,
            "lesson: 1\ntitle: {en: Test}\nscenarios: [%s/scenarios/ukraine.yaml]\nsteps:\n%s",
            SPIRAL_SOURCE_DIR, steps);
    fclose(file);
    spiral_diagnostics_init(&diagnostics);

    const enum spiral_status status = spiral_lesson_load(&lesson, path, &diagnostics);

    assert_int_equal(status, diagnostics.count == 0 ? SPIRAL_OK : SPIRAL_BAD_INPUT);
    assert_int_equal(lesson.step_count > 0, status == SPIRAL_OK);
    spiral_lesson_clear(&lesson);
    for (size_t i = 0; i < diagnostics.count; i++)
        diagnostics.errors[i].file[0] = '\0';

    FILE *out = open_memstream(&text, &size);

    assert_non_null(out);
    spiral_diagnostics_print(&diagnostics, out);
    fclose(out);

    return text;
}

static void assert_says(const char *steps, const char *expected)
{
    char *said = messages_of(steps);
    if (strcmp(said, expected) != 0)
        fail_msg("%s\nexpected:\n%sfound:\n%s", steps, expected, said);
    free(said);
}

static void test_a_lesson_in_order(void **unused)
{
    (void)unused;
    assert_says("  - text: {en: Look., zh: 看。}\n"
                "    levers: {restart: true, seed: 3, date: 2004-12, set: {k.noise: 0.1, "
                "doctrine.UKR.align: 0.2}, doctrines: {RUS: detente},\n"
                "      moves: [{move: treaty, actor: UKR, target: RUS, weight: 0.5}, {move: arm, "
                "actor: UKR}], speed: 2, play: true}\n"
                "    question: {text: Which?, choices: [{text: this, measure: b, from: 0}, {text: "
                "that, measure: b, to: 0}]}\n"
                "    reveal: {text: 'It is {a}, so {b}.', measures: [{name: a, outcome: force}, "
                "{name: c, set: {k.noise: 0}}, {name: b, of: c, less: a, as: number}]}\n",
                "");
}

static void test_names_that_are_unknown(void **unused)
{
    (void)unused;
    assert_says("  - text: x\n    levrs: {play: true}\n",
                "6:5: steps[0]: unknown key 'levrs'; did you mean 'levers'?\n");
    assert_says("  - text: x\n    levers: {case: ukrain}\n",
                "6:20: steps[0].levers.case: unknown case 'ukrain'; did you mean 'ukraine'?\n");
    assert_says(
        "  - text: x\n    levers: {set: {k.encircel: 1}}\n",
        "6:20: steps[0].levers.set: unknown name 'k.encircel'; did you mean 'k.encircle'?\n");
    assert_says("  - text: x\n    levers: {doctrines: {UKR: neutralty}}\n",
                "6:31: steps[0].levers.doctrines.UKR: unknown doctrine 'neutralty'; did you mean "
                "'neutrality'?\n");
    assert_says("  - text: x\n    levers: {doctrines: {UKE: neutrality}}\n",
                "6:26: steps[0].levers.doctrines: unknown state 'UKE'; did you mean 'UKR'?\n");
    assert_says(
        "  - text: x\n    levers: {moves: [{move: trety, actor: UKR, target: RUZ}]}\n",
        "6:29: steps[0].levers.moves[0].move: unknown move 'trety'; did you mean 'treaty'?\n"
        "6:56: steps[0].levers.moves[0].target: unknown state 'RUZ'; did you mean 'RUS'?\n");
    assert_says("  - text: x\n    reveal: {text: x, measures: [{name: a, outcome: forse}]}\n",
                "6:53: steps[0].reveal.measures[0].outcome: unknown outcome 'forse'; did you mean "
                "'force'?\n");
    assert_says("  - text: x\n    reveal: {text: 'so {risq}', measures: [{name: risk}]}\n",
                "6:20: steps[0].reveal.text.text: unknown measure 'risq'; did you mean 'risk'?\n");
    assert_says("  - text: x\n    show: [indx, risk]\n",
                "6:12: steps[0].show[0]: unknown panel 'indx'; did you mean 'index'?\n");
    assert_says("  - text: x\n    reveal: {text: x, measures: [{name: risk}], also: [{text: 'so "
                "{risq}', measure: rsk}]}\n",
                "6:63: steps[0].reveal.also[0].text.text: unknown measure 'risq'; did you mean "
                "'risk'?\n"
                "6:85: steps[0].reveal.also[0].measure: unknown measure 'rsk'; did you mean "
                "'risk'?\n");
    assert_says("  - text: x\n    reveal: {text: x, measures: [{name: first, less: second}, {name: "
                "second}]}\n",
                "6:54: steps[0].reveal.measures[0].less: unknown measure 'second'; there is "
                "none before it\n");
}

static void test_values_that_do_not_fit(void **unused)
{
    (void)unused;
    assert_says("  - text: x\n    levers: {date: 2030-01, speed: 100}\n",
                "6:20: steps[0].levers.date: the date lies outside the run of ukraine; expected "
                "from 1991-12 on and before 2022-12\n"
                "6:36: steps[0].levers.speed: 100 is out of range; expected 0.25 to 64\n");
    assert_says("  - text: x\n    levers: {set: {k.noise: 7}}\n",
                "6:20: steps[0].levers.set: k.noise is 7; expected 0 to 0.6\n");
    assert_says("  - text: x\n    levers: {moves: [{move: treaty, actor: UKR}]}\n",
                "6:22: steps[0].levers.moves[0]: the move 'treaty' needs a target\n");
    assert_says(
        "  - text: x\n    levers: {moves: [{move: treaty, actor: UKR, target: UKR, weight: 3}]}\n",
        "6:22: steps[0].levers.moves[0]: UKR and UKR are not a pair of ukraine\n"
        "6:70: steps[0].levers.moves[0].weight: 3 is out of range; expected 0 to 2\n");
    assert_says("  - text: x\n    question: {text: x, choices: [{text: only}]}\n",
                "6:34: steps[0].question.choices: 1 answers; expected 2 to 6\n");
    assert_says("  - text: x\n    question: {text: x, choices: [{text: a, from: 1}, {text: b}]}\n",
                "6:35: steps[0].question.choices[0]: from and to need a measure that they bound\n");
    assert_says("  - text: x\n    reveal: {text: x, measures: [{name: a}, {name: b, of: a, "
                "outcome: war}]}\n",
                "6:71: steps[0].reveal.measures[1]: 'outcome' belongs to an ensemble, and this "
                "measure is of another\n");
    assert_says("  - levers: {play: true}\n",
                "5:5: steps[0]: the key 'text' is missing: what the step tells\n");
}

static void test_cases_that_cannot_be_read(void **unused)
{
    (void)unused;
    struct spiral_lesson lesson;
    FILE *file = fopen(path, "w");

    assert_non_null(file);
    fputs("lesson: 2\ntitle: x\nscenarios: [nowhere.yaml]\nsteps: [{text: x, levers: {doctrines: "
          "{ANY: neutrality}}}]\n",
          file);
    fclose(file);
    spiral_diagnostics_init(&diagnostics);
    assert_int_equal(spiral_lesson_load(&lesson, path, &diagnostics), SPIRAL_BAD_INPUT);
    assert_int_equal(diagnostics.count, 2); /* and nothing of the state, which nobody can know */
    assert_non_null(strstr(diagnostics.errors[0].message, "version '2'"));
    assert_non_null(strstr(diagnostics.errors[1].message, "nowhere.yaml"));
    assert_int_equal(lesson.step_count, 0);
    spiral_diagnostics_init(&diagnostics);
    assert_int_equal(spiral_lesson_load(&lesson, "/nowhere/lesson.yaml", &diagnostics), SPIRAL_IO);
    assert_false(spiral_lesson_is(""));
    assert_false(spiral_lesson_is("spiral: 1\nname: lesson\ntitle: \"a\n lesson: 1\"\n"));
    assert_true(spiral_lesson_is("# a comment\ntitle: x\nlesson: 1\n"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_lesson_in_order),
        cmocka_unit_test(test_names_that_are_unknown),
        cmocka_unit_test(test_values_that_do_not_fit),
        cmocka_unit_test(test_cases_that_cannot_be_read),
    };

    return cmocka_run_group_tests_name("scenarios/lessons", tests, set_up, tear_down);
}
