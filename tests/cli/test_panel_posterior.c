/* SPDX-License-Identifier: MIT */
/* spiral panel --posterior as its users meet it, on a small synthetic panel. */
#include <math.h>
#include <stdbool.h>

#include <jansson.h>

#include "tests/support/command.h"

#define FIT \
    "panel m.csv --quiet --vary k.press --vary k.war --facts 0 --runs 16 --training 6 --samples " \
    "40 "

/* The contents of a file of the suite's folder; the caller frees them. */
static char *contents(const char *name)
{
    FILE *file = fopen(at(name), "r");
    char *text = calloc(1, 1 << 20);

    assert_non_null(file);
    assert_non_null(text);
    text[fread(text, 1, (1 << 20) - 1, file)] = '\0';
    fclose(file);
    return text;
}

static size_t count_lines(const char *text)
{
    size_t lines = 0;

    for (; *text != '\0'; text++)
        lines += *text == '\n' ? 1 : 0;
    return lines;
}

static void test_bad_usage(void **state)
{
    (void)state;
    static const struct {
        const char *arguments;
        const char *says;
    } cases[] = {
        {"panel m.csv --vary k.press", "--vary goes with --posterior FILE"},
        {"panel m.csv --folds", "--folds goes with --posterior FILE"},
        {"panel m.csv --posterior p.csv --vary k.pres", "did you mean 'k.press'?"},
        {"panel m.csv --posterior p.csv --vary k.press=3:1", "not a range"},
        {"panel m.csv --posterior p.csv --samples 1", "--samples"},
        {"panel m.csv --estimate count", "is neither counts nor compensator"},
    };

    expect("panel --synthetic 6 --dt 1/4 --seed 4 --out m.csv", 0, "");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        expect(cases[i].arguments, 2, cases[i].says);
    expect("help panel", 0, "--posterior FILE");
}

/* The sets are a table that --constants takes; the report has a line for each constant, and says
 * what the forecasts have seen. */
static void test_sets(void **state)
{
    (void)state;
    expect(FIT "--resamples 0 --posterior p.csv --sets 20", 0, "posterior of 2 constants: 16 runs");
    assert_non_null(strstr(printed, "\n  k.press "));
    assert_non_null(strstr(printed, "\n  k.war "));
    assert_non_null(strstr(printed, "sets that were fitted to these windows"));
    assert_non_null(strstr(printed, "  rivalry logit"));

    char *sets = contents("p.csv");
    assert_non_null(strstr(sets, "\nk.press,k.war\n"));
    assert_int_equal(sets[0], '#');
    assert_int_equal(count_lines(strstr(sets, "\nk.press")), 1 + 1 + 20);
    free(sets);
    expect("panel m.csv --runs 40 --resamples 0 --constants p.csv", 0, "20 sets of constants");
    expect(FIT "--posterior q.csv --constants p.csv", 2, "--posterior takes one set of constants");
}

/* Folds forecast every window from others, in both splits; JSON has all of it. */
static void test_folds(void **state)
{
    (void)state;
    expect(FIT "--resamples 0 --posterior f.csv --folds --json --predictions o.csv", 0, "");
    json_t *all = json_loads(printed, 0, NULL);
    assert_non_null(all);
    const json_t *posterior = json_object_get(all, "posterior");
    assert_int_equal(json_array_size(json_object_get(posterior, "constants")), 2);
    assert_non_null(
        strstr(json_string_value(json_object_get(all, "note")), "without the windows forecast"));

    size_t index;
    json_t *one;
    json_array_foreach(json_object_get(posterior, "constants"), index, one)
    {
        const double low = json_number_value(json_object_get(one, "p5"));
        const double middle = json_number_value(json_object_get(one, "median"));
        const double high = json_number_value(json_object_get(one, "p95"));
        assert_true(json_number_value(json_object_get(one, "low")) <= low && low < middle &&
                    middle < high && high <= json_number_value(json_object_get(one, "high")));
    }
    json_decref(all);

    char *rows = contents("o.csv");
    assert_int_equal(count_lines(rows), 1 + 24);
    free(rows);
}

/* A store holds what was run: a second time nothing is run again, and the sets are the same as
 * without one. A store of another request is not continued. A limit that passes leaves what the
 * same command continues. */
static void test_store(void **state)
{
    (void)state;
    expect(FIT "--resamples 0 --posterior a.csv", 0, "");
    expect(FIT "--resamples 0 --posterior b.csv --store s.db --threads 2", 0, "");
    expect(FIT "--resamples 0 --posterior c.csv --store s.db", 0, "");
    char *without = contents("a.csv");
    char *first = contents("b.csv");
    char *second = contents("c.csv");
    assert_string_equal(without, first);
    assert_string_equal(without, second);
    free(first);
    free(second);
    expect(FIT "--seed 2 --posterior d.csv --store s.db", 2, "it has 'seed: 1', this is 'seed: 2'");
    expect("analyse s.db", 2, "s.db");

    /* however far the first got */
    if (spiral(FIT "--resamples 0 --posterior e.csv --store t.db --time-limit 1s") != 0)
        assert_non_null(strstr(printed, "stopped"));
    expect(FIT "--resamples 0 --posterior e.csv --store t.db", 0, "");
    char *third = contents("e.csv");
    assert_string_equal(without, third);
    free(third);
    free(without);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_bad_usage),
        cmocka_unit_test(test_sets),
        cmocka_unit_test(test_folds),
        cmocka_unit_test(test_store),
    };
    return cmocka_run_group_tests(tests, make_folder, drop_folder);
}
