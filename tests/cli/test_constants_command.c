/* SPDX-License-Identifier: MIT */
/* --constants as its users meet it: two intervals in words and in JSON, a shipped posterior, and
 * what the summary says of a forecast that the record contradicts. */
#include <stdbool.h>

#include <sys/stat.h>

#include "tests/support/command_json.h"

#define CASES SPIRAL_SOURCE_DIR "/scenarios/"
#define UKRAINE "run " CASES "ukraine.yaml --runs 400 "

static const char wide[] = "# to try\nk.encircle,k.incident\n1,0.1\n3,0.3\n6,0.6\n9,0.9\n";

static double number_at(const json_t *object, const char *one, const char *two, const char *three)
{
    const json_t *found = json_object_get(json_object_get(object, one), two);
    return json_number_value(three != NULL ? json_object_get(found, three) : found);
}

static void test_bad_tables(void **state)
{
    (void)state;
    put_text("bad.csv", "k.encircel\n1\n");
    expect(UKRAINE "--constants bad.csv", 2,
           "bad.csv:1:1: unknown constant 'k.encircel'; did you mean 'encircle'?");
    expect("compare " CASES "ukraine.yaml --constants bad.csv", 2, "bad.csv:1:1:");
    if (access(SPIRAL_BINARY "-draw", X_OK) == 0) {
        expect("chart timeline " CASES "ukraine.yaml --constants bad.csv --out a.svg", 2,
               "bad.csv:1:1:");
        expect("report " CASES "ukraine.yaml --constants bad.csv --out a.html", 2, "bad.csv:1:1:");
    }

    expect(UKRAINE "--constants none.csv", 2, "none.csv: cannot be read");
}

static void test_two_intervals(void **state)
{
    (void)state;
    put_text("wide.csv", wide);
    expect(UKRAINE "--constants wide.csv --what-if UKR:limited_balance@2004-12", 0,
           "over 4 sets of constants");
    assert_non_null(strstr(printed, ": chance 0."));
    assert_non_null(strstr(printed, "; what the constants may be 0."));
    assert_non_null(strstr(printed, "what the constants may be: war, change"));
    assert_non_null(strstr(printed, "under nine in ten of their sets"));

    json_t *spread = json_of(UKRAINE "--constants wide.csv --json");
    json_t *risk = json_object_get(spread, "risk");

    assert_int_equal(json_integer_value(
                         json_object_get(json_object_get(spread, "posterior"), "sets")),
                     4);

    const json_t *constants = json_object_get(json_object_get(risk, "war"), "constants");
    const double low = json_number_value(json_object_get(constants, "lo"));
    const double high = json_number_value(json_object_get(constants, "hi"));

    assert_true(0.0 <= low && low < number_at(risk, "war", "lo", NULL));
    assert_true(number_at(risk, "war", "hi", NULL) < high && high <= 1.0);
    json_decref(spread);
}

/* The table does not depend on the threads; "point", and a table with one row, are one set. */
static void test_same_results(void **state)
{
    (void)state;
    char one[sizeof printed];

    put_text("wide.csv", wide);
    assert_int_equal(spiral(UKRAINE "--constants wide.csv --json --threads 1"), 0);
    memcpy(one, printed, sizeof one);
    assert_int_equal(spiral(UKRAINE "--constants wide.csv --json --threads 3"), 0);
    assert_string_equal(one, printed);

    put_text("one.csv", "k.encircle\n3\n");
    assert_int_equal(spiral(UKRAINE "--constants one.csv --json"), 0);
    memcpy(one, printed, sizeof one);
    assert_int_equal(spiral(UKRAINE "--constants point --set k.encircle=3 --json"), 0);
    assert_string_equal(one, printed);
    assert_null(strstr(printed, "\"sets\""));

    /* what is set is set in every set */
    put_text("two.csv", "k.encircle\n3\n5\n");
    assert_int_equal(spiral("run " CASES "ukraine.yaml --constants two.csv --set k.encircle=2 "
                            "--out two.out"),
                     0);
    assert_int_equal(spiral("run " CASES "ukraine.yaml --constants point --set k.encircle=2 --out "
                            "point.out"),
                     0);

    char command[300];

    snprintf(command, sizeof command, "cmp '%s' '%s'", at("two.out"), at("point.out"));
    assert_int_equal(system(command), 0);
}

/* A posterior beside the cases is the default. */
static void test_shipped_posterior(void **state)
{
    (void)state;
    char cases[300];

    snprintf(cases, sizeof cases, "%s/cases", folder);
    assert_int_equal(mkdir(cases, 0777), 0);
    put_text("cases/posterior.csv", wide);
    assert_int_equal(setenv("SPIRAL_SCENARIOS", cases, 1), 0);
    expect(UKRAINE, 0, "over 4 sets of constants");
    expect("compare " CASES "ukraine.yaml --runs 100", 0, "what the constants may be");
    assert_int_equal(spiral(UKRAINE "--constants point"), 0);
    assert_null(strstr(printed, "sets of constants"));
    put_text("cases/posterior.csv", "k.encircle\nmuch\n");
    expect(UKRAINE, 2, "posterior.csv:2:1: encircle: 'much' is not a number");
}

/* Force was used around Cuba. Under constants that know no force there is hardly any: the summary
 * says that the record contradicts the forecast. */
static void test_contradiction(void **state)
{
    (void)state;
    expect("run " CASES "cuba.yaml --runs 200 --constants point --set k.force=0", 0,
           "The record contradicts this: it has force in ");
    assert_non_null(strstr(printed, "where the model has force very unlikely"));
    assert_non_null(strstr(printed, "worse than"));
    put_text("quiet.csv", "k.force\n0\n0\n0\n");
    expect("run " CASES "cuba.yaml --runs 200 --constants quiet.csv", 0,
           "under nine in ten of its sets of constants too");
}

/* A sample of a fit becomes a table that the other commands take. */
static void test_sets_of_a_fit(void **state)
{
    (void)state;
    assert_int_equal(setenv("SPIRAL_SCENARIOS", SPIRAL_SOURCE_DIR "/tests/experiment/cases", 1), 0);
#define FIT \
    "calibrate north --vary k.press=0.2:1:log --vary k.settle=0.4:8:log --method abc --runs 16 " \
    "--points 40 --generations 2 --margin 1e-6 --predictions 64 --quiet --store fit.db"
    expect(FIT " --sets sets.csv", 0, "k.press");
    expect("run north --runs 1024 --constants sets.csv", 0, "over 256 sets of constants");

    char command[300];

    snprintf(command, sizeof command, "grep -q '^# .*calibrate --method abc' '%s'", at("sets.csv"));
    assert_int_equal(system(command), 0);

    /* again from the store */
    expect("calibrate --resume fit.db --sets again.csv --quiet", 0, "k.press");
    snprintf(command, sizeof command, "cmp '%s' '%s'", at("sets.csv"), at("again.csv"));
    assert_int_equal(system(command), 0);
    expect("calibrate north --vary k.press=0.2:1 --runs 16 --points 8 --sets no.csv", 2,
           "--sets needs a sample");
    expect("calibrate north --vary neighbour.greed=0:1 --method abc --store b.db --sets no.csv", 2,
           "'neighbour.greed' is not a constant");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_bad_tables),    cmocka_unit_test(test_two_intervals),
        cmocka_unit_test(test_same_results),  cmocka_unit_test(test_shipped_posterior),
        cmocka_unit_test(test_contradiction), cmocka_unit_test(test_sets_of_a_fit),
    };

    return cmocka_run_group_tests(tests, make_folder, drop_folder);
}
