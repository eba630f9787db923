/* SPDX-License-Identifier: MIT */
/* spiral calibrate as its users meet it. */
#include <math.h>
#include <stdbool.h>

#include <jansson.h>

#include "tests/support/command.h"

static bool is_there(const char *name)
{
    char path[300];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return access(path, F_OK) == 0;
}

#define TWO " --vary k.press=0.2:1:log --vary k.settle=0.4:8:log"
#define LOCAL \
    "calibrate north" TWO \
    " --runs 32 --points 8 --starts 2 --evaluations 15 --predictions 64 --quiet"
#define ABC \
    "calibrate north" TWO \
    " --method abc --runs 16 --points 40 --generations 3 --margin 1e-6 --predictions 64 --quiet"

static void test_bad_usage(void **state)
{
    (void)state;
    static const struct {
        const char *arguments;
        const char *says;
    } cases[] = {
        {"calibrate", "which scenarios?"},
        {"calibrate nroth", "scenarios[0]: nroth: cannot be read"},
        {"calibrate north --vary k.perss=0.2:1",
         "vary[0].name: north: unknown name 'k.perss'; did you mean 'k.press'?"},
        {"calibrate north --vary k.press=0.2:70", "vary[0].range"},
        {"calibrate north --vary k.press=0.3,0.4", "k.press: a fit goes over ranges"},
        {"calibrate north --vary k.press", "'k.press' is not an axis"},
        {"calibrate north" TWO " --set k.press=0.5", "that another name already sets or varies"},
        {"calibrate north --methd abc", "unknown option '--methd'; did you mean '--method'?"},
        {"calibrate north --method mcmc", "--method: 'mcmc' is neither local nor abc"},
        {"calibrate north --score crps", "--score: 'crps' is neither log nor brier"},
        {"calibrate north --kept 1.5", "--kept: 1.5 is not between 0.1 and 0.9"},
        {"calibrate north --starts 0", "--starts: '0' is not a whole number from 1"},
        {"calibrate north --runs none", "replicates: 'none' is not a whole number"},
        {"calibrate north --method abc", "--store FILE"},
        {"calibrate north --store a.db", "a local search needs no store"},
        {"calibrate north --json --csv", "not both"},
        {"calibrate north --method abc --store a.db --facts 1", "facts go with the method local"},
        {"calibrate south" TWO, "south has no observed hostility"},
        {"calibrate north --leave-one-out" TWO, "two cases or more"},
        {"calibrate north south --vary neighbour.greed=0:1 --recover 2",
         "--truth neighbour.greed=VALUE"},
        {"calibrate north" TWO " --truth k.press=0.5", "give --recover H too"},
        {"calibrate north" TWO " --recover 1 --truth k.perss=0.5", "did you mean 'k.press'?"},
        {"calibrate north" TWO " --recover 1 --truth k.press=0.1",
         "not within the range of k.press, 0.2 to 1"},
        {"calibrate --resume missing.db", "missing.db cannot be read"},
        {"calibrate --resume a.db --runs 64", "the store a.db says what to fit"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        expect(cases[i].arguments, 2, cases[i].says);

    assert_false(is_there("a.db"));
    expect("help calibrate", 0, "--vary k.encircle=");
}

/* The text, the JSON, the CSV and the file of the best point tell the same numbers, whatever the
 * threads. */
static void test_local(void **state)
{
    (void)state;
    static char before[sizeof printed];
    char set[300];

    json_error_t problem;
    expect(LOCAL " --threads 1", 0,
           "2 parameters fitted to the record of 1 case by local search, log score");
    strcpy(before, printed);
    expect(LOCAL " --threads 2 --best best.yaml", 0, "k.settle");
    assert_string_equal(printed, before);
    expect(LOCAL " --json", 0, "\"fits\"");

    json_t *report = json_loads(printed, 0, &problem);

    assert_non_null(report);

    json_t *number = json_array_get(
        json_object_get(json_array_get(json_object_get(report, "fits"), 0), "numbers"), 0);

    assert_string_equal(json_string_value(json_object_get(number, "name")), "k.press");
    snprintf(set, sizeof set, "--set k.press=%.15g --set k.settle=",
             json_real_value(json_object_get(number, "best")));
    assert_non_null(strstr(before, set));

    const json_t *score = json_array_get(json_object_get(report, "scores"), 0);
    const double fitted = json_real_value(json_object_get(json_object_get(score, "log"), "fitted"));

    json_decref(report);
    expect(LOCAL " --csv --out scores.csv", 0, "");
    expect("--version > /dev/null; cat scores.csv", 0,
           "case,years,log_present,log_fitted,log_left_out,log_base,brier_present");
    expect("--version > /dev/null; cat scores.csv-metadata.json", 0, "mean Brier score per year");
    expect("--version > /dev/null; cat scores.csv", 0, "north,");

    double present;
    double found;

    assert_int_equal(sscanf(strstr(printed, "north,"), "north,10,%lf,%lf,,", &present, &found), 2);
    assert_true(found == fitted && present > 0.0);
    expect("--version > /dev/null; cat best.yaml", 0, "set:\n  k.press: ");
    expect("--version > /dev/null; (cat best.yaml; echo 'experiment: again\nscenarios: "
           "[north]\nvary: [{name: k.encircle, range: [1, "
           "2]}]\ndesign: {kind: sobol, points: "
           "1}\nreplicates: 1') > again.yaml",
           0, "");
    expect("sweep again.yaml --store again.db --quiet", 0,
           ""); /* an experiment takes it as it is */
}

/* A calibration of two cases, each left out once; histories are the model's. */
static void test_leave_one_out(void **state)
{
    (void)state;
    expect("calibrate north south" TWO
           " --recover 3 --truth k.press=0.4 --leave-one-out --runs 16 --points 4 --starts 1 "
           "--evaluations 8 --predictions 32 --quiet",
           0, "Without: each case is forecast with values fitted without it.");
    assert_non_null(strstr(printed, "true"));
    assert_non_null(strstr(printed, "invented histories of 2 cases"));
    assert_non_null(strstr(printed, "without"));
}

static void test_particles(void **state)
{
    (void)state;
    static char report[sizeof printed];

    expect(ABC " --store a.db", 0, "generation 3: tolerance");
    assert_non_null(strstr(printed, "97.5 %"));
    strcpy(report, printed);
    expect("calibrate --resume a.db --quiet --threads 1", 0,
           "generation 3"); /* it is done: the same report again */
    assert_string_equal(printed, report);
    expect(ABC " --store a.db", 2, "`spiral calibrate --resume a.db` continues it");
    expect("calibrate --resume a.db --quiet --json", 0, "\"interval\"");
    expect("sweep north --vary k.press=0.2:1 --points 2 --replicates 1 --quiet --store sweep.db", 0,
           "");
    expect("calibrate --resume sweep.db --quiet", 2, "sweep.db holds no calibration");
}

/* Waits until the process $pid has worked for so many hundredths of a second, however busy the
 * machine is, and interrupts it. */
#define INTERRUPT_AFTER(work) \
    "while [ $(cut -d' ' -f14 /proc/$pid/stat) -lt " work " ]; do sleep 0.02; done; " \
    "kill -INT $pid; wait $pid"

/* An interrupt ends what is in flight, and says how to go on or what was found. */
static void test_interrupt(void **state)
{
    (void)state;
    expect("calibrate north" TWO
           " --method abc --runs 2000 --points 4000 --store long.db --quiet 2>&1 & pid=$!; "
           "while [ ! -s long.db ]; do sleep 0.05; done; " INTERRUPT_AFTER("30"),
           1, "stopped on request");
    assert_non_null(strstr(printed, "`spiral calibrate --resume long.db` continues from there"));

    /* A slow build has nothing to tell of yet: the search is given more work until it has. */
    for (int work = 100; work <= 6400; work *= 2) {
        char command[400];

        snprintf(command, sizeof command,
                 "calibrate north --runs 200 --points 16 --starts 16 --evaluations 100000 --quiet "
                 "2>&1 & pid=$!; while [ $(cut -d' ' -f14 /proc/$pid/stat) -lt %d ]; do sleep "
                 "0.02; done; kill -INT $pid; wait $pid",
                 work);
        expect(command, 1, "stopped on request");
        if (strstr(printed, "the best so far"))
            break;
    }
    assert_non_null(strstr(printed, "the best so far"));
    assert_non_null(strstr(printed, "--set k.encircle="));
}

/* What a fit is warned of, in words: an end of its range, a range without the present value, a
 * score that the base rate beats. */
static void test_warnings(void **state)
{
    (void)state;
    expect(
        "calibrate north --vary k.incident=0.9:1 --set neighbour.greed=1 --set k.press=1 --runs 32 "
        "--points 4 --starts 1 --evaluations 12 --predictions 64 --quiet --out bound.txt && tr -s "
        "' \\n' ' ' < bound.txt",
        0, "0.9 to 1; the fit ends on a bound; the range leaves out the present value");
    assert_null(strstr(printed, "worse than the base rate"));
    expect(
        "calibrate north --vary k.incident=1.9:2 --set neighbour.greed=1 --runs 32 --points 4 "
        "--starts 1 --evaluations 12 --predictions 64 --quiet --out base.txt && tr -s ' \\n' ' ' < "
        "base.txt",
        0, "worse than the base rate");
}

/* A time limit ends a calibration in the middle of its first generation. What was evaluated is in
 * the store, and is not evaluated again: short jobs get on, and end with what one job makes. */
static void test_time_limits(void **state)
{
    (void)state;
    static const char fit[] = "calibrate north" TWO " --method abc --runs 1000 --points 40 "
                              "--generations 2 --predictions 32 --quiet --csv --threads 1";
    static char whole[sizeof printed];
    char arguments[600];
    int jobs = 0;
    int status = 1;

    snprintf(arguments, sizeof arguments, "%s --store at-once.db", fit);
    expect(arguments, 0, "");
    strcpy(whole, printed);
    snprintf(arguments, sizeof arguments, "%s --store by-jobs.db --time-limit 1s", fit);

    for (; status == 1 && jobs < 200; jobs++) {
        status = spiral(arguments);
        if (status == 1 && strstr(printed, "stopped at the time limit") == NULL)
            fail_msg("said: %s", printed);
        if (access(at("by-jobs.db"), F_OK) == 0) /* not yet on a busy machine: begun again */
            strcpy(arguments,
                   "calibrate --resume by-jobs.db --time-limit 1s --quiet --csv --threads 1");
    }

    assert_int_equal(status, 0);
    assert_string_equal(printed, whole);
    expect("calibrate north" TWO " --runs 200 --points 16 --starts 16 --evaluations 100000 --quiet "
           "--time-limit 1s",
           1, "stopped at the time limit");
    assert_non_null(strstr(printed, "the best so far"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_warnings),  cmocka_unit_test(test_bad_usage),
        cmocka_unit_test(test_local),     cmocka_unit_test(test_leave_one_out),
        cmocka_unit_test(test_particles), cmocka_unit_test(test_time_limits),
        cmocka_unit_test(test_interrupt),
    };

    return cmocka_run_group_tests(tests, make_folder, drop_folder);
}
