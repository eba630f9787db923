/* SPDX-License-Identifier: MIT */
/* spiral panel as its users meet it, on synthetic panels. */
#include <math.h>
#include <stdbool.h>

#include <jansson.h>

#include "tests/support/command.h"

static bool is_there(const char *name) { return access(at(name), F_OK) == 0; }

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

static void test_bad_usage(void **state)
{
    (void)state;
    static const struct {
        const char *arguments;
        const char *says;
    } cases[] = {
        {"panel", "which table? usage: spiral panel FILE"},
        {"panel a.csv b.csv", "one table at a time"},
        {"panel a.csv --synthetic 3", "needs no other"},
        {"panel missing.csv", "missing.csv: cannot be read: No such file"},
        {"panel a.csv --runs 0", "--runs"},
        {"panel a.csv --rnus 5", "did you mean '--runs'?"},
        {"panel --synthetic 5 --outcomes logti", "logti"},
        {"panel --synthetic 5 --set k.encirle=2", "did you mean 'k.encircle'?"},
        {"panel --synthetic 5 --constants nowhere.yaml", "nowhere.yaml"},
        {"panel --synthetic 0", "--synthetic"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        expect(cases[i].arguments, 2, cases[i].says);
    expect("help panel", 0, "--predictions FILE");
    expect("help", 0, "forecast a table of pair-windows");
}

/* The template is what the reader asks for, and says what each column is. */
static void test_template(void **state)
{
    (void)state;
    expect("panel --template --out own.csv", 0, "");
    expect("panel own.csv", 2, "the table has no rows below its names");
    expect("panel --columns", 0, "\nforce,0/1,column may be absent,");
    assert_non_null(strstr(printed, "column,unit,cells,meaning\nwindow,text,all filled,"));
}

/* The report, the same for any number of threads; the JSON, with the same numbers. */
static void test_report(void **state)
{
    (void)state;
    char before[sizeof printed];
    char auc[32];

    expect("panel --synthetic 60 --seed 3 --outcomes logit --out p.csv", 0, "");
    expect("panel p.csv --runs 64 --resamples 40 --threads 1 --predictions one.csv", 0,
           "p.csv: 240 windows of 60 pairs; 64 runs a window, seed 1");
    strcpy(before, printed);
    assert_non_null(strstr(printed, "rivalry logit"));
    assert_non_null(strstr(printed, "windows quiet at the start"));
    assert_non_null(strstr(printed, "year by year: 2400 years of windows of 60 pairs"));
    expect("panel p.csv --runs 64 --resamples 40 --threads 2 --predictions two.csv", 0, "");
    assert_string_equal(printed, before);

    char *one = contents("one.csv");
    char *two = contents("two.csv");
    assert_string_equal(one, two);
    assert_non_null(strstr(one, "window,dyad,start,end,runs,force,war\n1001-1002-1950,1001-1002,"));
    free(one);
    free(two);

    /* What the columns are is beside the file. */
    one = contents("one.csv-metadata.json");
    assert_non_null(strstr(one, "forecasts of the windows of a panel"));
    assert_non_null(strstr(one, "chance of war within the window"));
    assert_non_null(strstr(one, "\"panel\": \"p.csv\""));
    free(one);

    expect("panel p.csv --runs 64 --resamples 40 --json --out r.json", 0, "");
    char *text = contents("r.json");
    json_t *report = json_loads(text, 0, NULL);
    assert_non_null(report);
    const json_t *table = json_array_get(json_object_get(report, "tables"), 0);
    assert_string_equal(json_string_value(json_object_get(table, "event")), "force");
    assert_int_equal(json_integer_value(json_object_get(table, "windows")), 240);
    const json_t *rivalry = json_object_get(json_object_get(table, "scores"), "rivalry");
    const json_t *area = json_object_get(rivalry, "auc");
    snprintf(auc, sizeof auc, "%.3f", json_real_value(json_object_get(area, "value")));
    assert_non_null(strstr(before, auc + 1));
    assert_int_equal(json_array_size(json_object_get(report, "windows")), 240);
    json_decref(report);
    free(text);
}

/* A table whose outcomes are not known is forecast, and not scored. */
static void test_sealed(void **state)
{
    (void)state;
    expect("panel --synthetic 4 --outcomes logit --out known.csv", 0, "");
    char *known = contents("known.csv");
    FILE *sealed = fopen(at("sealed.csv"), "w");
    int force = -1;
    int war = -1;
    int hosts = -1;

    for (char *line = strtok(known, "\n"); line != NULL; line = strtok(NULL, "\n")) {
        int column = 0;
        for (char *field = line, *end; field != NULL; field = end, column++) {
            end = strchr(field, ',');
            if (end != NULL)
                *end++ = '\0';
            force = strcmp(field, "force") == 0 ? column : force;
            war = strcmp(field, "war") == 0 ? column : war;
            hosts = strcmp(field, "hosts") == 0 ? column : hosts;
            const bool outcome = column == force || column == war || column == hosts;
            const bool name = field[0] >= 'a' && field[0] <= 'z';
            fprintf(sealed, "%s%s", column > 0 ? "," : "", outcome && !name ? "" : field);
        }
        fputc('\n', sealed);
    }
    fclose(sealed);
    free(known);

    expect("panel sealed.csv --runs 32 --predictions sealed_out.csv", 0,
           "force: no outcome is known in this table, so nothing is scored");
    expect("panel known.csv --runs 32 --resamples 0 --predictions known_out.csv", 0,
           "force within");
    char *one = contents("sealed_out.csv");
    char *other = contents("known_out.csv");
    assert_string_equal(one, other);
    free(one);
    free(other);
}

/* Bad tables are told with line and column, and leave nothing behind. */
static void test_bad_table(void **state)
{
    (void)state;
    FILE *file = fopen(at("bad.csv"), "w");

    fputs("window,dyad,start\na,b,1950\n", file);
    fclose(file);
    expect("panel bad.csv --predictions never.csv", 2,
           "bad.csv:1:1: the column 'small' is missing");
    assert_false(is_there("never.csv"));
}

/* Constants and facts that are left out change forecasts; the benchmarks keep all facts. */
static void test_settings(void **state)
{
    (void)state;
    char before[sizeof printed];
    FILE *file = fopen(at("set.yaml"), "w");

    fputs("set:\n  k.press: 0.2\n", file);
    fclose(file);
    expect("panel --synthetic 30 --out m.csv", 0, "");
    expect("panel m.csv --runs 64 --resamples 0", 0, "simulator");
    strcpy(before, printed);
    expect("panel m.csv --runs 64 --resamples 0 --constants set.yaml", 0, "simulator");
    assert_string_not_equal(printed, before);
    strcpy(before, printed);
    expect("panel m.csv --runs 64 --resamples 0 --constants point --set k.press=0.2", 0,
           "simulator");
    assert_string_equal(printed, before);

    expect("panel m.csv --runs 64 --resamples 0 --set k.press=0.2 --without contiguty", 2,
           "did you mean 'contiguity'?");
    expect("panel m.csv --runs 64 --resamples 0 --set k.press=0.2 --without rivalry_tss", 0, "");
    const char *line = strstr(printed, "  rivalry logit");
    const char *same = strstr(before, "  rivalry logit");
    assert_non_null(line);
    assert_int_equal(strncmp(line, same, 60), 0);
    assert_string_not_equal(printed, before);
}

/* A window's scenario runs as a case of its own. */
static void test_written_scenarios(void **state)
{
    (void)state;
    expect("panel --synthetic 2 --out w.csv", 0, "");
    expect("panel w.csv --runs 32 --resamples 0 --write cases", 0, "");
    assert_true(is_there("cases/1003-1004-1980.yaml"));
    expect("check cases/1001-1002-1950.yaml", 0, "");
    expect("run cases/1001-1002-1950.yaml --runs 32", 0, "war");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_bad_usage),
        cmocka_unit_test(test_template),
        cmocka_unit_test(test_report),
        cmocka_unit_test(test_sealed),
        cmocka_unit_test(test_bad_table),
        cmocka_unit_test(test_settings),
        cmocka_unit_test(test_written_scenarios),
    };
    return cmocka_run_group_tests(tests, make_folder, drop_folder);
}
