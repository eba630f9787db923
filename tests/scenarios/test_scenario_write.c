/* SPDX-License-Identifier: MIT */
/* Scenarios that are written load back as they were, every case and hand-made ones, to the bit;
 * what the format cannot say is refused. */
#include <dirent.h>
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "scenarios/loader/scenario_load.h"
#include "scenarios/loader/scenario_write.h"
#include "scenarios/loader/yaml/numbers.h"
#include "tests/support/build_scenario.h"

static struct spiral_diagnostics diagnostics;
static struct spiral_error error;

static void same_text(const struct spiral_text *a, const struct spiral_text *b)
{
    assert_int_equal(a->count, b->count);
    for (size_t i = 0; i < a->count; i++) {
        assert_string_equal(a->items[i].language, b->items[i].language);
        assert_string_equal(a->items[i].text, b->items[i].text);
    }
}

static void same_string(const char *a, const char *b)
{
    assert_true((a == NULL) == (b == NULL));
    if (a != NULL)
        assert_string_equal(a, b);
}

static void same_numbers(const double *a, const double *b, size_t count)
{
    for (size_t i = 0; i < count; i++)
        assert_true(a[i] == b[i]);
}

static void same_series(const struct spiral_series *a, const struct spiral_series *b)
{
    assert_int_equal(a->count, b->count);
    same_numbers(a->year, b->year, a->count);
    same_numbers(a->value, b->value, a->count);
}

static void same_state(struct spiral_state_facts *a, struct spiral_state_facts *b)
{
    assert_string_equal(a->id, b->id);
    same_text(&a->name, &b->name);
    same_string(a->source, b->source);
    assert_int_equal(a->role, b->role);
    assert_string_equal(a->doctrine_name, b->doctrine_name);
    same_numbers(a->doctrine, b->doctrine, SPIRAL_DOCTRINE_NUMBERS);
    same_series(&a->power, &b->power);
    for (size_t f = 0; f < SPIRAL_STATE_FACTS; f++)
        assert_true(*spiral_state_fact_at(a, f) == *spiral_state_fact_at(b, f));

    assert_int_equal(a->public_count, b->public_count);

    for (size_t m = 0; m < a->public_count; m++) {
        same_text(&a->publics[m].name, &b->publics[m].name);
        same_numbers(&a->publics[m].weight, &b->publics[m].weight, 3);
    }
}

static void same_pair(struct spiral_pair_facts *a, struct spiral_pair_facts *b)
{
    assert_true(a->first == b->first && a->second == b->second);
    same_string(a->source, b->source);
    same_series(&a->interdependence, &b->interdependence);
    for (size_t f = 0; f < SPIRAL_PAIR_FACTS; f++)
        assert_true(*spiral_pair_fact_at(a, f) == *spiral_pair_fact_at(b, f));
    for (size_t f = 0; f < SPIRAL_INITIAL_PAIRS; f++)
        assert_true(*spiral_initial_pair_at(a, f) == *spiral_initial_pair_at(b, f));
    for (size_t f = 0; f < SPIRAL_INITIAL_EACHS; f++)
        same_numbers(spiral_initial_each_at(a, f), spiral_initial_each_at(b, f), 2);
}

static void same_entry(const struct spiral_entry *a, const struct spiral_entry *b)
{
    assert_true(a->date == b->date && a->kind == b->kind && a->actor == b->actor &&
                a->target == b->target && a->weight == b->weight);
    assert_string_equal(a->date_text, b->date_text);
    assert_int_equal(a->move, b->move);
    assert_string_equal(a->doctrine_name, b->doctrine_name);
    if (a->kind == SPIRAL_ENTRY_DOCTRINE)
        same_numbers(a->doctrine, b->doctrine, SPIRAL_DOCTRINE_NUMBERS);
    if (a->kind == SPIRAL_ENTRY_GREED || a->kind == SPIRAL_ENTRY_RESOLVE)
        assert_true(a->value == b->value);
    same_text(&a->caption, &b->caption);
    same_string(a->source, b->source);
}

static void assert_same(struct spiral_scenario *a, struct spiral_scenario *b)
{
    assert_string_equal(a->name, b->name);
    same_text(&a->title, &b->title);
    same_text(&a->summary, &b->summary);
    assert_true(a->start == b->start && a->end == b->end && a->dt == b->dt && a->small == b->small);
    assert_int_equal(a->state_count, b->state_count);
    for (size_t i = 0; i < a->state_count; i++)
        same_state(&a->states[i], &b->states[i]);

    assert_int_equal(a->pair_count, b->pair_count);
    for (size_t p = 0; p < a->pair_count; p++)
        same_pair(&a->pairs[p], &b->pairs[p]);

    assert_int_equal(a->entry_count, b->entry_count);
    for (size_t e = 0; e < a->entry_count; e++)
        same_entry(&a->entries[e], &b->entries[e]);

    assert_int_equal(a->observation_count, b->observation_count);

    for (size_t o = 0; o < a->observation_count; o++) {
        const struct spiral_observation *one = &a->observations[o];
        const struct spiral_observation *other = &b->observations[o];
        assert_true(one->date == other->date && one->first == other->first &&
                    one->second == other->second && one->hostility == other->hostility);
        assert_string_equal(one->date_text, other->date_text);
        same_string(one->source, other->source);
    }
}

/* Writes, loads and compares; then writes what was loaded: the same bytes again. Clears the
 * scenario. */
static void assert_round_trip(struct spiral_scenario *scenario)
{
    char *bytes[2];
    size_t sizes[2];
    struct spiral_scenario loaded;

    for (int turn = 0; turn < 2; turn++) {
        FILE *out = open_memstream(&bytes[turn], &sizes[turn]);
        const enum spiral_status status =
            spiral_scenario_write(turn == 0 ? scenario : &loaded, out, &error);
        fclose(out);
        if (status != SPIRAL_OK)
            fail_msg("%s: %s", scenario->name, error.message);
        if (turn > 0)
            break;
        spiral_diagnostics_init(&diagnostics);

        if (spiral_scenario_load_text(&loaded, bytes[0], sizes[0], "written", &diagnostics) !=
            SPIRAL_OK) {
            spiral_diagnostics_print(&diagnostics, stderr);
            fail_msg("%s does not load", scenario->name);
        }

        assert_same(scenario, &loaded);
    }

    assert_int_equal(sizes[0], sizes[1]);
    assert_memory_equal(bytes[0], bytes[1], sizes[0]);
    free(bytes[0]);
    free(bytes[1]);
    spiral_scenario_clear(&loaded);
    spiral_scenario_clear(scenario);
}

static void test_every_case_comes_back(void **unused)
{
    (void)unused;
    static const char *const folders[] = {SPIRAL_SOURCE_DIR "/scenarios",
                                          SPIRAL_SOURCE_DIR "/tests/scenarios/valid"};
    int cases = 0;

    for (size_t f = 0; f < 2; f++) {
        DIR *directory = opendir(folders[f]);
        assert_non_null(directory);

        for (const struct dirent *file; (file = readdir(directory)) != NULL;) {
            char path[512];
            struct spiral_scenario scenario;
            const size_t length = strlen(file->d_name);
            if (length < 5 || strcmp(file->d_name + length - 5, ".yaml") != 0)
                continue;
            snprintf(path, sizeof path, "%s/%s", folders[f], file->d_name);
            spiral_diagnostics_init(&diagnostics);
            assert_int_equal(spiral_scenario_load(&scenario, path, &diagnostics), SPIRAL_OK);
            assert_round_trip(&scenario);
            cases++;
        }

        closedir(directory);
    }

    assert_true(cases >= 7);
}

/* Moves the entries and observations of a scenario that is made by hand to days of the calendar,
 * and names doctrines as a file does. */
static void settle(struct spiral_scenario *scenario)
{
    for (size_t e = 0; e < scenario->entry_count; e++) {
        struct spiral_entry *entry = &scenario->entries[e];
        spiral_date_write(entry->date, entry->date_text);
        assert_true(spiral_date_parse(entry->date_text, &entry->date));
        if (entry->kind == SPIRAL_ENTRY_DOCTRINE)
            strcpy(entry->doctrine_name, "custom");
    }

    for (size_t o = 0; o < scenario->observation_count; o++) {
        struct spiral_observation *seen = &scenario->observations[o];
        spiral_date_write(seen->date, seen->date_text);
        assert_true(spiral_date_parse(seen->date_text, &seen->date));
    }
}

static char *copy_text(const char *text)
{
    char *string = strdup(text);
    assert_non_null(string);
    return string;
}

/* Texts that YAML would take for something else, numbers of seventeen digits, changed presets,
 * changes of greed and resolve. */
static void test_awkward_values_come_back(void **unused)
{
    (void)unused;
    static const char *const awkward[] = {
        "",
        " leading and trailing ",
        "a: b",
        "# none",
        "- x",
        "\"quoted\" 'twice'",
        "true",
        "1.5",
        "~",
        "{x}",
        "[y]",
        "多行\n文本\n",
        "tab\tand bell\a",
        "null",
        "%d",
        "@",
        "a\\b",
        "x #y",
        ("very long text that has to be folded somewhere, because it is much longer than the width "
         "of a line, which is a hundred and forty letters, and has  two spaces")};

    for (size_t i = 0; i < sizeof awkward / sizeof *awkward; i++) {
        struct spiral_scenario scenario;
        spiral_test_octet(&scenario);
        settle(&scenario);
        scenario.states[0].source = copy_text(awkward[i]);
        scenario.title.items = calloc(2, sizeof *scenario.title.items);
        assert_non_null(scenario.title.items);

        for (; scenario.title.count < 2; scenario.title.count++) {
            strcpy(scenario.title.items[scenario.title.count].language,
                   scenario.title.count == 0 ? "no" : "zh-TW");
            scenario.title.items[scenario.title.count].text = copy_text(awkward[i]);
        }

        scenario.states[1].greed = 1.0 / 3.0;
        scenario.states[1].resolve = 0.1 + 0.2;
        scenario.pairs[0].initial_grievance[1] = 4.9e-300;
        strcpy(scenario.states[0].doctrine_name, "neutrality");
        memcpy(scenario.states[0].doctrine, spiral_doctrine_find("neutrality")->number,
               sizeof scenario.states[0].doctrine);
        scenario.states[0].doctrine[i % SPIRAL_DOCTRINE_NUMBERS] = 0.123456789012345;
        assert_round_trip(&scenario);
    }
}

static void test_what_the_format_cannot_say_is_refused(void **unused)
{
    (void)unused;
    struct spiral_scenario scenario;
    FILE *out = fopen("/dev/null", "w");

    assert_non_null(out);
    spiral_test_triad(&scenario);
    settle(&scenario);
    scenario.states[1].nuclear = 0.5;
    assert_int_equal(spiral_scenario_write(&scenario, out, &error), SPIRAL_BAD_INPUT);
    assert_non_null(strstr(error.message, "nuclear"));
    scenario.states[1].nuclear = 1.0;
    scenario.entries[0].date += 1e-4;
    assert_int_equal(spiral_scenario_write(&scenario, out, &error), SPIRAL_BAD_INPUT);
    assert_non_null(strstr(error.message, "no day"));
    fclose(out);
    out = fopen("/dev/full", "w");

    if (out != NULL) {
        settle(&scenario);
        setvbuf(out, NULL, _IONBF, 0);
        assert_int_equal(spiral_scenario_write(&scenario, out, &error), SPIRAL_IO);
        fclose(out);
    }

    spiral_scenario_clear(&scenario);
}

/* Every day of sixty years is found again from its number of years, and in its shortest form. */
static void test_dates_are_found_again(void **unused)
{
    (void)unused;
    char text[32];
    char found[12];
    double date;

    for (int year = 1970; year < 2030; year++)
        for (int month = 1; month <= 12; month++)
            for (int day = 1; day <= 31; day++) {
                snprintf(text, sizeof text, "%04d-%02d-%02d", year, month, day);
                if (!spiral_date_parse(text, &date))
                    continue;
                text[day > 1 ? 10 : month > 1 ? 7 : 4] = '\0';
                assert_true(spiral_date_write(date, found));
                assert_string_equal(found, text);
                assert_false(spiral_date_write(date + 1e-5, found));
            }
}

static void test_numbers_are_short_and_exact(void **unused)
{
    (void)unused;
    static const struct {
        double number;
        const char *text;
    } cases[] = {{0.1, "0.1"},
                 {0.1 + 0.2, "0.30000000000000004"},
                 {1.0 / 3.0, "0.3333333333333333"},
                 {5.0, "5"},
                 {-1.0, "-1"},
                 {0.0, "0"},
                 {1e-300, "1e-300"}};

    char text[32];

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        spiral_number_write(cases[i].number, text);
        assert_string_equal(text, cases[i].text);
    }

    if (setlocale(LC_NUMERIC, "de_DE.UTF-8") != NULL) {
        spiral_number_write(0.25, text);
        assert_string_equal(text, "0.25");
        setlocale(LC_NUMERIC, "C");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_case_comes_back),
        cmocka_unit_test(test_awkward_values_come_back),
        cmocka_unit_test(test_what_the_format_cannot_say_is_refused),
        cmocka_unit_test(test_dates_are_found_again),
        cmocka_unit_test(test_numbers_are_short_and_exact),
    };

    return cmocka_run_group_tests_name("scenarios/scenario_write", tests, NULL, NULL);
}
