/* SPDX-License-Identifier: MIT */
/* What loads: texts, series, doctrines, dates, files; and the page that describes the format.
 * SPIRAL_UPDATE=1 in the environment writes docs/scenario-format.md anew. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "scenarios/loader/scenario_load.h"
#include "sim/tables.h"

static struct spiral_diagnostics diagnostics;

/* The least file that loads, in three parts: keys of the file stand between head and states,
 * facts of the small state in its braces. */
#define HEAD "spiral: 1\nname: least\nstart: 2000\nend: 2010\n"
#define STATES_OF(small) \
    "states:\n  - {id: A, role: small, " small \
    "}\n  - {id: B, role: neighbour, doctrine: detente, power: 0.1}\n"
#define STATES STATES_OF("doctrine: neutrality, power: 0.01")
#define PAIRS_OF(facts) "pairs:\n  - {between: [A, B]" facts "}\n"
#define PAIRS PAIRS_OF("")

static enum spiral_status load_text(struct spiral_scenario *scenario, const char *text)
{
    spiral_diagnostics_init(&diagnostics);
    return spiral_scenario_load_text(scenario, text, strlen(text), "text", &diagnostics);
}

static struct spiral_scenario loaded(const char *text)
{
    struct spiral_scenario scenario;
    const enum spiral_status status = load_text(&scenario, text);

    spiral_diagnostics_print(&diagnostics, stderr);
    assert_int_equal(status, SPIRAL_OK);
    assert_int_equal(diagnostics.count, 0);
    return scenario;
}

/* The one message that a text is refused with. */
static const char *refusal(const char *text)
{
    struct spiral_scenario scenario;
    assert_int_equal(load_text(&scenario, text), SPIRAL_BAD_INPUT);
    assert_int_equal(diagnostics.count, 1);
    return diagnostics.errors[0].message;
}

static void assert_near(double found, double expected)
{
    assert_true(found - expected < 1e-12 && expected - found < 1e-12);
}

static void assert_text(const struct spiral_text *text, const char *language, const char *expected)
{
    assert_string_equal(spiral_text_get(text, language), expected);
}

/* --- parts ------------------------------------------------------------------------------------ */

static void test_least_file_has_the_defaults(void **unused)
{
    (void)unused;
    struct spiral_scenario scenario = loaded(HEAD STATES PAIRS);
    struct spiral_pair_facts pair = spiral_pair_facts_defaults(0, 1);
    struct spiral_state_facts state = spiral_state_facts_defaults();

    for (size_t f = 0; f < SPIRAL_PAIR_FACTS; f++)
        assert_near(*spiral_pair_fact_at(&scenario.pairs[0], f), *spiral_pair_fact_at(&pair, f));
    for (size_t f = 0; f < SPIRAL_STATE_FACTS; f++)
        assert_near(*spiral_state_fact_at(&scenario.states[0], f),
                    *spiral_state_fact_at(&state, f));

    assert_near(scenario.dt, 1.0 / 12.0);
    assert_int_equal(scenario.title.count, 0);
    assert_int_equal(scenario.entry_count, 0);
    assert_int_equal(scenario.observation_count, 0);
    spiral_scenario_clear(&scenario);
}

static void test_texts(void **unused)
{
    (void)unused;
    struct spiral_scenario scenario =
        loaded(HEAD "title: plain\nsummary: {zh-TW: 案例, fr: cas}\n" STATES PAIRS);

    assert_text(&scenario.title, "en", "plain");
    assert_text(&scenario.title, "zh", "plain");
    assert_text(&scenario.summary, "zh-TW", "案例");
    assert_text(&scenario.summary, "fr", "cas");
    assert_text(&scenario.summary, "en", "案例"); /* the first there is */
    spiral_scenario_clear(&scenario);
    scenario = loaded(HEAD "title: {fr: cas, en: case}\n" STATES PAIRS);
    assert_text(&scenario.title, "zh", "case"); /* English before others */
    assert_text(&scenario.summary, "en", "");
    spiral_scenario_clear(&scenario);
}

static void test_series(void **unused)
{
    (void)unused;
    struct spiral_scenario scenario =
        loaded(HEAD STATES_OF("doctrine: aloof, power: {2010: 0.4, 2000: 0.2, 2005-07: 0.1}")
                   PAIRS_OF(", interdependence: {2000: 1, 2010: 0}"));
    const struct spiral_series *power = &scenario.states[0].power;

    assert_near(power->year[0], 2000.0);
    assert_near(power->year[1], 2005.5);
    assert_near(power->year[2], 2010.0);
    assert_near(spiral_series_at(power, 1990.0), 0.2);
    assert_near(spiral_series_at(power, 2002.75), 0.15);
    assert_near(spiral_series_at(power, 2005.5), 0.1);
    assert_near(spiral_series_at(power, 2007.75), 0.25);
    assert_near(spiral_series_at(power, 2030.0), 0.4);
    assert_near(spiral_series_at(&scenario.pairs[0].interdependence, 2002.5), 0.75);
    spiral_scenario_clear(&scenario);
}

static void test_doctrines(void **unused)
{
    (void)unused;
    struct spiral_scenario scenario =
        loaded(HEAD STATES_OF("power: 1, doctrine: {coerce: .8, align: .1, empathy: .2, arm: .3, "
                              "reassure: .4, identity: .5, extend: .6, caution: .7}") PAIRS);

    for (int n = 0; n < SPIRAL_DOCTRINE_NUMBERS; n++)
        assert_near(scenario.states[0].doctrine[n], (n + 1) / 10.0);

    assert_string_equal(scenario.states[0].doctrine_name, "custom");
    spiral_scenario_clear(&scenario);
    scenario =
        loaded(HEAD STATES_OF("power: 1, doctrine: {align: 0.33, preset: neutrality}") PAIRS);
    assert_near(scenario.states[0].doctrine[SPIRAL_DOCTRINE_align], 0.33);
    assert_near(scenario.states[0].doctrine[SPIRAL_DOCTRINE_empathy],
                spiral_doctrines[SPIRAL_PRESET_neutrality].number[SPIRAL_DOCTRINE_empathy]);
    assert_string_equal(scenario.states[0].doctrine_name, "neutrality");
    spiral_scenario_clear(&scenario);

    for (int d = 0; d < SPIRAL_DOCTRINES; d++) {
        char text[512];
        snprintf(text, sizeof text, HEAD STATES_OF("power: 1, doctrine: %s") PAIRS,
                 spiral_doctrines[d].name);
        scenario = loaded(text);
        assert_memory_equal(scenario.states[0].doctrine, spiral_doctrines[d].number,
                            sizeof scenario.states[0].doctrine);
        spiral_scenario_clear(&scenario);
    }
}

static void test_dates_and_steps(void **unused)
{
    (void)unused;

    /* a day is its share of its month: 28/29 of one February to 27/28 of the next are 9743/9744
     * of a year */
    struct spiral_scenario scenario = loaded(
        "spiral: 1\nname: least\nstart: 2000-02-29\nend: 2001-02-28\ndt: 1/9744\n" STATES PAIRS
        "timeline: [{date: 2000-12-31, actor: A, move: arm}]\n");

    assert_int_equal(spiral_step_count(scenario.start, scenario.end, scenario.dt), 9743);
    assert_near(scenario.start, 2000.0 + (1.0 + 28.0 / 29.0) / 12.0);
    assert_near(scenario.end, 2001.0 + (1.0 + 27.0 / 28.0) / 12.0);
    spiral_scenario_clear(&scenario);
}

static void test_step_lengths(void **unused)
{
    (void)unused;
    static const struct {
        const char *text;
        double dt;
    } steps[] = {{"1/12", 1.0 / 12.0}, {"1/24", 1.0 / 24.0}, {"0.25", 0.25}, {"1", 1.0},
                 {"5/10", 0.5},        {"\"1/4\"", 0.25},    {"+1e-1", 0.1}};

    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        char text[512];
        snprintf(text, sizeof text, HEAD "dt: %s\n" STATES PAIRS, steps[i].text);

        struct spiral_scenario scenario = loaded(text);
        assert_near(scenario.dt, steps[i].dt);
        spiral_scenario_clear(&scenario);
    }
}

static void test_changes_of_greed_and_resolve(void **unused)
{
    (void)unused;
    struct spiral_scenario scenario =
        loaded(HEAD STATES PAIRS
               "timeline:\n  - {date: 2005, actor: B, greed: 0.7}\n  - {date: 2001, actor: A, "
               "resolve: 0.1}\n  - {date: 2001, actor: A, target: B, move: arm, weight: 2}\n");

    assert_int_equal(scenario.entries[0].kind, SPIRAL_ENTRY_GREED);
    assert_near(scenario.entries[0].value, 0.7);
    assert_int_equal(scenario.entries[1].kind, SPIRAL_ENTRY_RESOLVE); /* the file's order is kept */
    assert_near(scenario.entries[1].value, 0.1);
    assert_int_equal(scenario.entries[2].target, 1);
    assert_near(scenario.entries[2].weight, 2.0);
    spiral_scenario_clear(&scenario);
}

static void test_an_alias_stands_for_what_it_names(void **unused)
{
    (void)unused;
    struct spiral_scenario scenario = loaded(
        HEAD STATES_OF("doctrine: &d {preset: aloof, align: 0.3}, power: &p 0.5") PAIRS
        "timeline: [{date: 2001, actor: B, doctrine: *d}, {date: 2002, actor: B, greed: *p}]\n");

    assert_near(scenario.entries[0].doctrine[SPIRAL_DOCTRINE_align], 0.3);
    assert_near(scenario.entries[1].value, 0.5);
    spiral_scenario_clear(&scenario);
}

static void test_nearest_names(void **unused)
{
    (void)unused;
    assert_string_equal(refusal(HEAD STATES_OF("doctrine: nuetrality, power: 1") PAIRS),
                        "unknown doctrine 'nuetrality'; did you mean 'neutrality'?");
    assert_string_equal(refusal(HEAD STATES PAIRS "timelnie: []\n"),
                        "unknown key 'timelnie'; did you mean 'timeline'?");
    assert_string_equal(refusal(HEAD STATES PAIRS
                                "timeline: [{date: 2001, actor: A, target: B, move: sanctoin}]\n"),
                        "unknown move 'sanctoin'; did you mean 'sanction'?");
    assert_string_equal(refusal(HEAD STATES PAIRS
                                "timeline: [{date: 2001, actor: Xyz, move: arm}]\n"),
                        "unknown state 'Xyz'; known are A, B");
}

/* --- files ------------------------------------------------------------------------------------ */

static void check_unreadable(const char *path)
{
    struct spiral_scenario scenario;

    spiral_diagnostics_init(&diagnostics);
    assert_int_equal(spiral_scenario_load(&scenario, path, &diagnostics), SPIRAL_IO);
    assert_int_equal(diagnostics.count, 1);
    assert_int_equal(diagnostics.errors[0].status, SPIRAL_IO);
    assert_string_equal(diagnostics.errors[0].file, path);
    assert_int_equal(diagnostics.errors[0].line, 0);
    assert_non_null(strstr(diagnostics.errors[0].message, "cannot be read: "));
    assert_int_equal(scenario.state_count, 0);
    spiral_scenario_clear(&scenario);
}

static void test_files_that_cannot_be_read(void **unused)
{
    (void)unused;
    check_unreadable("/nowhere/at/all.yaml");
    check_unreadable(SPIRAL_SOURCE_DIR "/scenarios");
}

/* A file of 16 MiB of comments after a scenario is read, one of a byte more is not. */
static void test_largest_file(void **unused)
{
    (void)unused;
    enum { LARGEST = 16 << 20 };
    static const char text[] = HEAD STATES PAIRS;
    char path[] = "/tmp/spiral-test-XXXXXX";
    const int descriptor = mkstemp(path);

    assert_true(descriptor >= 0);

    FILE *file = fdopen(descriptor, "w");

    assert_non_null(file);
    fputs(text, file);
    for (size_t i = sizeof text - 1; i < LARGEST; i++)
        fputc(i % 80 == 0 || i == sizeof text - 1 ? '\n' : '#', file);

    fflush(file);

    struct spiral_scenario scenario;

    spiral_diagnostics_init(&diagnostics);
    assert_int_equal(spiral_scenario_load(&scenario, path, &diagnostics), SPIRAL_OK);
    spiral_scenario_clear(&scenario);
    fputc('\n', file);
    assert_int_equal(fclose(file), 0);
    assert_int_equal(spiral_scenario_load(&scenario, path, &diagnostics), SPIRAL_BAD_INPUT);
    assert_string_equal(diagnostics.errors[0].message, "is larger than 16 MiB");
    spiral_scenario_clear(&scenario);
    unlink(path);
}

/* --- the page --------------------------------------------------------------------------------- */

static __attribute__((noinline)) char *described(void)
{
    char *text = NULL;
    size_t size = 0;
    FILE *memory = open_memstream(&text, &size);

    assert_non_null(memory);
    spiral_scenario_describe(memory);
    assert_int_equal(fclose(memory), 0);
    return text;
}

static void test_page_is_up_to_date(void **unused)
{
    (void)unused;
    const char *path = SPIRAL_SOURCE_DIR "/docs/scenario-format.md";
    const char *update = getenv("SPIRAL_UPDATE");
    char *text = described();
    const size_t length = strlen(text);

    if (update != NULL && strcmp(update, "1") == 0) {
        FILE *out = fopen(path, "w");
        assert_non_null(out);
        assert_int_equal(fwrite(text, 1, length, out), length);
        assert_int_equal(fclose(out), 0);
    }

    FILE *file = fopen(path, "r");

    assert_non_null(file);

    char *page = calloc(length + 2, 1);

    assert_non_null(page);

    const size_t read = fread(page, 1, length + 1, file);

    fclose(file);
    if (read != length || memcmp(page, text, length) != 0)
        fail_msg("docs/scenario-format.md is out of date: run this test with SPIRAL_UPDATE=1");
    free(page);
    free(text);
}

static void test_example_of_the_page_loads(void **unused)
{
    (void)unused;
    char *text = described();
    char *begin = strstr(text, "```yaml\n");

    assert_non_null(begin);
    begin += strlen("```yaml\n");

    char *end = strstr(begin, "```");

    assert_non_null(end);
    *end = '\0';

    struct spiral_scenario scenario = loaded(begin);

    assert_string_equal(scenario.name, "border");
    spiral_scenario_clear(&scenario);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_least_file_has_the_defaults),
        cmocka_unit_test(test_texts),
        cmocka_unit_test(test_series),
        cmocka_unit_test(test_doctrines),
        cmocka_unit_test(test_dates_and_steps),
        cmocka_unit_test(test_step_lengths),
        cmocka_unit_test(test_changes_of_greed_and_resolve),
        cmocka_unit_test(test_an_alias_stands_for_what_it_names),
        cmocka_unit_test(test_nearest_names),
        cmocka_unit_test(test_files_that_cannot_be_read),
        cmocka_unit_test(test_largest_file),
        cmocka_unit_test(test_page_is_up_to_date),
        cmocka_unit_test(test_example_of_the_page_loads),
    };

    return cmocka_run_group_tests_name("scenarios/loader", tests, NULL, NULL);
}
