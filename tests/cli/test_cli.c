/* SPDX-License-Identifier: MIT
 *
 * The program as its users meet it: what it prints, where, and with which exit status.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <jansson.h>
#include <cmocka.h>

#include "tools/stylised/facts.h"

enum { MOST = 1 << 20 };
static char out[MOST];
static char command[4096];

/* Runs `spiral ARGUMENTS` from the source folder; stdout (and stderr, where the arguments
 * redirect it) goes to `out`. Returns the exit status. */
static int spiral(const char *arguments)
{
    snprintf(command, sizeof command, "cd '%s' && '%s' %s", SPIRAL_SOURCE_DIR, SPIRAL_BINARY,
             arguments);
    FILE *pipe = popen(command, "r");

    assert_non_null(pipe);

    const size_t length = fread(out, 1, MOST - 1, pipe);

    out[length] = '\0';

    const int status = pclose(pipe);

    assert_true(WIFEXITED(status));

    return WEXITSTATUS(status);
}

#define SAYS(text) assert_non_null(strstr(out, text))

static void test_help(void **state)
{
    (void)state;
    static const char *const commands[] = {"run", "compare", "check", "params", "facts"};
    char arguments[64];

    assert_int_equal(spiral("help"), 0);

    for (size_t i = 0; i < 5; i++) {
        SAYS(commands[i]);
        snprintf(arguments, sizeof arguments, "help %s", commands[i]);
        assert_int_equal(spiral(arguments), 0);
        SAYS("usage: spiral");
        SAYS("--help");
        assert_int_equal(spiral("help"), 0);
    }

    assert_int_equal(spiral("--version"), 0);
    SAYS("spiral ");
    assert_int_equal(spiral("2>&1"), 2);
    SAYS("usage:");
}

static void test_bad_usage(void **state)
{
    (void)state;
    static const struct {
        const char *arguments, *says;
    } cases[] = {
        {"rum 2>&1", "did you mean 'run'?"},
        {"run 2>&1", "which scenario?"},
        {"run ukraine finland 2>&1", "one scenario at a time"},
        {"run ukraine --rnus 4 2>&1", "did you mean '--runs'?"},
        {"run ukraine --index 5 --runs 8 2>&1", "--index writes one trajectory"},
        {"run ukraine --runs 2>&1", "needs an argument"},
        {"run ukraine --runs none 2>&1", "is not a whole number"},
        {"run ukraine --runs 0 2>&1", "is not a whole number"},
        {"run ukraine --seed -1 2>&1", "is not a whole number"},
        {"run ukraine --dt 2 2>&1", "expected years above 0"},
        {"run ukraine --dt 0.07 2>&1", "not a whole number of steps"},
        {"run ukraine --until 2004-13 2>&1", "is not a date"},
        {"run ukraine --until 1980 2>&1", "after the start"},
        {"run ukraine --until 9999 2>&1", "the run is longer than 2000 years"},
        {"run ukraine --until 3900 --dt 1/1200 2>&1", "steps; expected at most 1000000"},
        {"run ukraine --seed 99999999999999999999 2>&1",
         "--seed: '99999999999999999999' is not a whole number from 0 to 18446744073709551615"},
        {"run ukraine --seed 0x10 2>&1", "is not a whole number"},
        {"run ukraine --dt 0x1p-4 2>&1", "'0x1p-4' is not the length of a step"},
        {"run ukraine --set k.encircle=0x2 2>&1", "--set: '0x2' is not a number"},
        {"run ukraine --set k.encircle=2,5 2>&1", "--set: '2,5' is not a number"},
        {"run ukraine --run 4 2>&1", "unknown option '--run'; did you mean '--runs'?"},
        {"run ukraine --json=1 2>&1", "--json takes no argument"},
        {"run ukraine -r 2>&1", "unknown option '-r'"},
        {"run -- --runs 4 2>&1", "one scenario at a time"},
        {"run scenarios/ukraine.yaml --out scenarios/ukraine.yaml 2>&1", "is also an input"},
        {"run ukraine --json --out scenarios/../scenarios/ukraine.yaml 2>&1", "is also an input"},
        {"run ukraine --set k.encirle=2 2>&1", "did you mean 'k.encircle'?"},
        {"run ukraine --set k.encircle=99 2>&1", "expected 0 to 12"},
        {"run ukraine --set k.encircle 2>&1", "is not NAME=VALUE"},
        {"run ukraine --set RUS.gred=1 2>&1", "did you mean 'RUS.greed'?"},
        {"run ukraine --set k.encircle=nan 2>&1", "is not a number"},
        {"run ukraine --what-if UKR:limited@2004 2>&1", "unknown doctrine 'limited'"},
        {"run ukraine --what-if UKA:limited_balance@2004 2>&1", "did you mean 'UKR'?"},
        {"run ukraine --what-if UKR:limited_balance@2040 2>&1", "outside the run"},
        {"run ukraine --what-if nonsense 2>&1", "STATE:DOCTRINE@DATE"},
        {"run nowhere 2>&1", "a scenario is a YAML file or the name of a case: baltics, cuba, "
                             "finland, georgia, poland, singapore, sweden, ukraine"},
        {"run ukrain 2>&1", "did you mean the case 'ukraine'?"},
        {"run scenarios/lessons/three.yaml 2>&1", "is a lesson; expected a scenario"},
        {"compare 2>&1", "which scenarios?"},
        {"check 2>&1", "which scenario?"},
        {"check tests/scenarios/valid 2>&1", "cannot be read"},
        {"params nothing_like_it 2>&1", "no name matches"},
        {"facts ukraine 2>&1", "is not expected"},
        {"facts --set RUS.greed=1 2>&1", "unknown name"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const int status = spiral(cases[i].arguments);
        if (status != 2 || strstr(out, cases[i].says) == NULL)
            fail_msg("spiral %s: status %d, said: %s", cases[i].arguments, status, out);
    }
}

static void test_trajectory(void **state)
{
    (void)state;
    assert_int_equal(spiral("run ukraine"), 0);

    size_t rows = 0;
    size_t commas = 0;

    for (char *line = strtok(out, "\n"); line != NULL; line = strtok(NULL, "\n")) {
        size_t here = 0;
        for (const char *letter = line; *letter != '\0'; letter++)
            here += *letter == ',';
        if (line[0] == '#')
            continue;
        if (rows++ == 0)
            commas = here;
        assert_int_equal(here, commas);
    }

    assert_int_equal(rows, 1 + 1 + 372); /* the names, the start, the months */
    assert_true(commas > 30);
    assert_int_equal(spiral("run ukraine --assimilate --until 2015-01 | tail -n 1 | cut -d, -f1,5"),
                     0);
    assert_string_equal(out, "2015-01,4\n");
    assert_int_equal(spiral("run ukraine | head -n 1"), 0); /* a closed pipe is not an error */
}

/* The JSON of a run; the caller drops it. */
static json_t *json_of(const char *arguments)
{
    assert_int_equal(spiral(arguments), 0);
    json_t *object = json_loads(out, 0, NULL);

    assert_non_null(object);
    return object;
}

static void test_json_contract(void **state)
{
    (void)state;
    json_t *object =
        json_of("run ukraine --runs 200 --seed 7 --json --what-if UKR:limited_balance@2004-12");
    const char *scenario;
    const char *version;
    const char *hash;
    const char *name;

    json_int_t seed, runs, steps;

    double p;
    double lo;
    double hi;
    double force;
    double brier;
    double brier_base;
    double log;
    double log_base;
    double difference;
    json_t *risk_by;
    json_t *quadrant;

    assert_int_equal(json_unpack(object, "{s:s, s:I, s:I, s:I, s:s, s:s}", "scenario", &scenario,
                                 "seed", &seed, "runs", &runs, "steps", &steps, "version", &version,
                                 "constants_hash", &hash),
                     0);
    assert_string_equal(scenario, "ukraine");
    assert_true(seed == 7 && runs == 200 && steps == 372 && strlen(hash) == 16);
    assert_int_equal(json_unpack(object, "{s:{s:{s:F, s:F, s:F}, s:{s:F}}}", "risk", "war", "p", &p,
                                 "lo", &lo, "hi", &hi, "force", "p", &force),
                     0);
    assert_true(lo <= p && p <= hi && p <= force);
    assert_non_null(
        json_object_get(json_object_get(json_object_get(object, "risk"), "war"), "median_date"));
    assert_int_equal(json_unpack(object, "{s:{s:F, s:F, s:F, s:F}}", "score", "brier", &brier,
                                 "brier_base", &brier_base, "log", &log, "log_base", &log_base),
                     0);
    assert_true(brier >= 0.0 && brier <= 2.0 && log > 0.0 && brier_base > 0.0 && log_base > 0.0);
    assert_int_equal(json_unpack(object, "{s:[{s:s, s:F, s:F, s:F}]}", "what_if", "name", &name,
                                 "war_difference", &difference, "lo", &lo, "hi", &hi),
                     0);
    assert_true(lo <= hi && difference < 0.0);
    risk_by = json_object_get(object, "risk_by");
    assert_int_equal(json_array_size(risk_by), 32);

    double before = 0.0;

    for (size_t i = 0; i < json_array_size(risk_by); i++) {
        const double war = json_number_value(json_object_get(json_array_get(risk_by, i), "war"));
        assert_true(war >= before &&
                    json_is_string(json_object_get(json_array_get(risk_by, i), "date")));
        before = war;
    }

    double sum = 0.0;
    const char *key;
    json_t *share;

    quadrant = json_object_get(object, "quadrant");
    json_object_foreach(quadrant, key, share) sum += json_number_value(share);
    assert_true(json_object_size(quadrant) == 4 && sum > 0.999999 && sum < 1.000001);
    json_decref(object);
}

/* An ensemble of a pair of states that comes to no war. */
static json_t *quiet_ensemble(const char *options)
{
    static const char pair[] = "spiral: 1\nname: pair\nstart: 2000\nend: 2010\nstates:\n"
                               "  - {id: A, role: small, doctrine: straddling, power: 0.01}\n"
                               "  - {id: B, role: neighbour, doctrine: detente, power: 0.1}\n"
                               "pairs:\n  - {between: [A, B], proximity: 1}\n";
    char path[] = "/tmp/spiral-pair-XXXXXX";
    char arguments[200];
    const int descriptor = mkstemp(path);

    assert_true(descriptor >= 0);
    assert_int_equal(write(descriptor, pair, sizeof pair - 1), sizeof pair - 1);
    assert_int_equal(close(descriptor), 0);
    snprintf(arguments, sizeof arguments, "run - --runs 32 --json %s < %s", options, path);
    assert_int_equal(spiral(arguments), 0);
    unlink(path);

    json_t *object = json_loads(out, 0, NULL);

    assert_non_null(object);

    return object;
}

/* An event that did not come has no date: null, neither 0 nor a year; one that came, a year. */
static void test_dates_are_of_events_that_came(void **state)
{
    (void)state;
    json_t *quiet = quiet_ensemble("");
    json_t *none = json_object_get(json_object_get(quiet, "outcomes"), "war_date");

    assert_true(json_number_value(
                    json_object_get(json_object_get(json_object_get(quiet, "outcomes"), "war"),
                                    "mean")) == 0.0);
    assert_true(json_is_null(json_object_get(none, "mean")));
    assert_true(json_is_null(json_object_get(none, "sd")));
    json_decref(quiet);

    assert_int_equal(spiral("run ukraine --runs 64 --json"), 0);

    json_t *loud = json_loads(out, 0, NULL);
    const double date = json_number_value(
        json_object_get(json_object_get(json_object_get(loud, "outcomes"), "force_date"), "mean"));

    assert_true(date > 1991.0 && date < 2023.0);
    json_decref(loud);
}

/* The label of a year is the same with steps of a month, a week and what divides no month. */
static void test_labels_of_years_do_not_depend_on_the_step(void **state)
{
    (void)state;
    static const char *const steps[] = {"--dt 1/12", "--dt 1/52", "--dt 1/7"};
    static const char *const tables[] = {"risk_by", "escalation"};
    json_t *objects[3];

    for (int i = 0; i < 3; i++)
        objects[i] = quiet_ensemble(steps[i]);

    for (int table = 0; table < 2; table++)
        for (size_t year = 0; year < 10; year++)
            for (int i = 0; i < 3; i++) {
                json_t *rows = json_object_get(objects[i], tables[table]);
                char expected[12];

                if (rows == NULL)
                    rows = json_object_get(json_object_get(objects[i], "bands"), tables[table]);
                snprintf(expected, sizeof expected, "%zu-01", 2001 + year);
                assert_int_equal(json_array_size(rows), 10);
                assert_int_equal(json_integer_value(
                                     json_object_get(json_array_get(rows, year), "year")),
                                 2000 + year);
                assert_string_equal(json_string_value(
                                        json_object_get(json_array_get(rows, year), "date")),
                                    expected);
            }

    for (int i = 0; i < 3; i++)
        json_decref(objects[i]);
}

/* Everything that can be named is listed: what is measured, and what sweeps vary, by role too, with
 * values that can be set. */
static void test_what_can_be_named_is_listed(void **state)
{
    (void)state;
    assert_int_equal(spiral("outcomes"), 0);
    SAYS("war_date                     date");
    SAYS("threat_neighbour             quantity");
    SAYS("grievance                    variable");
    assert_int_equal(spiral("outcomes --json 'war*'"), 0);

    json_t *array = json_loads(out, 0, NULL);

    assert_int_equal(json_array_size(array), 2);
    json_decref(array);
    assert_int_equal(spiral("outcomes nothing_of_the_kind 2>&1"), 2);
    SAYS("no name matches");

    assert_int_equal(spiral("params --scenario ukraine neighbour.greed"), 0);
    SAYS("neighbour.greed");
    assert_int_equal(spiral("params --scenario ukraine doctrine.small.align"), 0);
    assert_int_equal(spiral("params --scenario ukraine small-neighbour.ties"), 0);
    assert_int_equal(spiral("params --scenario ukraine UKR.doctrine"), 0);
    SAYS("the preset that the state starts with");

    assert_int_equal(spiral("params --scenario ukraine --json"), 0);
    array = json_loads(out, 0, NULL);
    assert_non_null(array);

    for (size_t i = 0; i < json_array_size(array); i++) {
        const json_t *value = json_object_get(json_array_get(array, i), "value");
        const json_t *low = json_object_get(json_array_get(array, i), "low");

        /* no mark of "as elsewhere" is shown for a value */
        assert_true(low == NULL || json_number_value(value) >= json_number_value(low));
    }

    json_decref(array);
}

/* What `calibrate --best` writes is checked, and fixed in a sweep. */
static void test_a_file_of_constants_is_taken(void **state)
{
    (void)state;
    static const char text[] = "set:\n  k.encircle: 4.5\n  k.noise: 0.125\n";
    char path[] = "/tmp/spiral-best-XXXXXX";
    char arguments[400];
    const int descriptor = mkstemp(path);

    assert_true(descriptor >= 0);
    assert_int_equal(write(descriptor, text, sizeof text - 1), sizeof text - 1);
    assert_int_equal(close(descriptor), 0);

    snprintf(arguments, sizeof arguments, "check %s", path);
    assert_int_equal(spiral(arguments), 0);
    SAYS("valid: constants with the hash");
    snprintf(
        arguments, sizeof arguments,
        "sweep ukraine --until 1993 --vary k.encircle=1:8 --constants %s --points 2 --replicates "
        "1 --quiet --store %s.db",
        path, path);
    assert_int_equal(spiral(arguments), 0);

    /* The axis is left to vary; a build without netCDF has no export. */
    if (access(SPIRAL_BINARY "-export", X_OK) == 0) {
        snprintf(arguments, sizeof arguments, "export %s.db --header-comments", path);
        assert_int_equal(spiral(arguments), 0);
        SAYS("k.encircle");
    }

    snprintf(arguments, sizeof arguments, "sweep --resume %s.db --replicates 2 --quiet", path);
    assert_int_equal(spiral(arguments), 0);
    snprintf(arguments, sizeof arguments, "%s.db", path);
    unlink(arguments);
    unlink(path);
}

static void test_same_bytes(void **state)
{
    (void)state;
    assert_int_equal(spiral("run georgia --runs 500 --json --threads 1 | md5sum"), 0);
    char first[64];

    snprintf(first, sizeof first, "%.60s", out);
    assert_int_equal(spiral("run georgia --runs 500 --json --threads 3 | md5sum"), 0);
    assert_memory_equal(out, first, 32);
    assert_int_equal(spiral("run georgia --runs 500 --json --seed 2 | md5sum"), 0);
    assert_memory_not_equal(out, first, 32);
}

static void test_settings_change_the_run(void **state)
{
    (void)state;
    static const char *const settings[] = {"k.loss=0",
                                           "RUS.greed=0.9",
                                           "RUS.power=0.5",
                                           "UKR-RUS.ties=0.1",
                                           "RUS-UKR.initial.threat=0.6",
                                           "doctrine.UKR.align=0",
                                           "move.2008-04.weight=0",
                                           "UKR-RUS.interdependence=0.1"};

    assert_int_equal(spiral("run ukraine --runs 200 --json | md5sum"), 0);

    char first[64];
    char arguments[200];

    snprintf(first, sizeof first, "%.60s", out);

    for (size_t i = 0; i < sizeof settings / sizeof *settings; i++) {
        snprintf(arguments, sizeof arguments, "run ukraine --runs 200 --json --set %s | md5sum",
                 settings[i]);
        assert_int_equal(spiral(arguments), 0);
        assert_memory_not_equal(out, first, 32);
    }

    json_t *free_running = json_of("run ukraine --runs 500 --free --json");
    double war;

    assert_int_equal(json_unpack(free_running, "{s:{s:{s:F}}}", "risk", "war", "p", &war), 0);
    assert_true(war < 0.2);
    json_decref(free_running);
}

static void test_output_whole_or_not_at_all(void **state)
{
    (void)state;
    char path[] = "/tmp/spiral-test-XXXXXX";
    char arguments[200];

    assert_non_null(mkdtemp(path));
    snprintf(arguments, sizeof arguments, "run ukraine --runs 50 --json --out %s/result.json",
             path);
    assert_int_equal(spiral(arguments), 0);
    assert_string_equal(out, "");
    snprintf(arguments, sizeof arguments, "run nowhere --out %s/none.json 2>&1", path);
    assert_int_equal(spiral(arguments), 2);
    snprintf(arguments, sizeof arguments, "run ukraine --out %s/no/such/folder.csv 2>&1", path);
    assert_int_equal(spiral(arguments), 1);
    SAYS("cannot be written");
    assert_int_equal(spiral("run ukraine 2>&1 >/dev/full"), 1);
    snprintf(command, sizeof command, "ls %s | wc -l; rm -r %s", path, path);

    FILE *pipe = popen(command, "r");

    assert_non_null(fgets(out, 64, pipe));
    pclose(pipe);
    assert_int_equal(atoi(out), 1);
}

/* Every command checks that stdout took what was printed; a reader that has gone is not an
 * error. */
static void test_standard_output(void **state)
{
    (void)state;
    static const char *const commands[] = {"help",
                                           "--version",
                                           "help run",
                                           "params",
                                           "params --json",
                                           "check ukraine",
                                           "compare ukraine --runs 32",
                                           "run ukraine --runs 32",
                                           "run ukraine --runs 32 --json"};
    char arguments[200];

    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
        snprintf(arguments, sizeof arguments, "%s 2>&1 >/dev/full", commands[i]);
        if (spiral(arguments) != 1 || strstr(out, "stdout: cannot be written") == NULL)
            fail_msg("spiral %s to a full device: %s", commands[i], out);
        snprintf(arguments, sizeof arguments, "%s 2>&1 >&-", commands[i]);
        if (spiral(arguments) != 1 || strstr(out, "stdout: cannot be written") == NULL)
            fail_msg("spiral %s to a closed stdout: %s", commands[i], out);
    }

    assert_int_equal(spiral("params --json 2>&1 >/dev/null | cat; '" SPIRAL_BINARY
                            "' params --json 2>&1 | head -n 1"),
                     0);
    assert_null(strstr(out, "spiral:"));
}

/* No line of help or of a table is longer than 80 columns. */
static void test_eighty_columns(void **state)
{
    (void)state;
    static const char *const commands[] = {"help",
                                           "help run",
                                           "help compare",
                                           "help check",
                                           "help params",
                                           "help facts",
                                           "help sweep",
                                           "help verify",
                                           "help analyse",
                                           "help claims",
                                           "help calibrate",
                                           "params --scenario ukraine",
                                           "run ukraine --runs 64",
                                           "run poland --runs 64",
                                           "compare ukraine finland cuba --runs 64",
                                           "facts --runs 64",
                                           "claims --points 4 --replicates 32 --dt 1/2 --quiet"};

    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
        spiral(commands[i]);

        for (const char *line = strtok(out, "\n"); line != NULL; line = strtok(NULL, "\n")) {
            size_t letters = 0;
            for (const char *byte = line; *byte != '\0'; byte++)
                letters += (*byte & 0xc0) != 0x80;
            if (letters > 80)
                fail_msg("spiral %s: a line of %zu columns: %s", commands[i], letters, line);
        }
    }
}

/* A title with escape sequences is shown, not obeyed. */
static void test_foreign_text(void **state)
{
    (void)state;
    assert_int_equal(spiral(
                         "--version >/dev/null; f=$(mktemp --suffix=.yaml) && "
                         "sed 's/^title:.*/title: {en: \"\\\\x1b]0;owned\\\\x07 case\", zh: x}/' "
                         "scenarios/georgia.yaml >$f && '" SPIRAL_BINARY
                         "' run $f --runs 16; rm $f"),
                     0);
    assert_null(strchr(out, '\x1b'));
    SAYS("\\x1b]0;owned\\x07 case");
}

static void test_other_commands(void **state)
{
    (void)state;
    assert_int_equal(spiral("check ukraine finland singapore georgia baltics cuba poland sweden"),
                     0);
    SAYS("cuba: valid");
    SAYS("sweden: valid");
    assert_int_equal(spiral("check --quiet ukraine"), 0);
    assert_string_equal(out, "");

    json_t *table = json_of("compare ukraine singapore --runs 100 --json");

    assert_int_equal(json_array_size(table), 2);
    assert_non_null(json_object_get(json_array_get(table, 0), "peace_years"));
    json_decref(table);
    assert_int_equal(spiral("compare ukraine singapore --runs 100"), 0);
    SAYS("constraint");

    json_t *names = json_of("params k.enc --json --scenario ukraine");

    assert_int_equal(json_array_size(names), 1);
    json_decref(names);
    assert_int_equal(spiral("params 'UKR-RUS.*' --scenario ukraine"), 0);
    SAYS("UKR-RUS.ties");
    assert_int_equal(spiral("run finland --runs 200"), 0);
    SAYS("by the end of the year");
    SAYS("escalation index");
    SAYS("against the record");
    assert_int_equal(spiral("run finland --runs 100 --war-ends --threads 2"), 0);
}

static void test_facts(void **state)
{
    (void)state;
    const char *id;
    const char *verdict;
    int hold;
    json_t *facts;
    json_t *object = json_of("facts --runs 64 --threads 2 --set k.loss=5 --json");

    assert_int_equal(json_unpack(object, "{s:i, s:o}", "hold", &hold, "facts", &facts), 0);
    assert_int_equal(json_array_size(facts), SPIRAL_STYLISED_FACTS);

    for (size_t i = 0; i < SPIRAL_STYLISED_FACTS; i++) {
        assert_int_equal(json_unpack(json_array_get(facts, i), "{s:s, s:s}", "id", &id, "verdict",
                                     &verdict),
                         0);
        assert_true(strcmp(verdict, "holds") == 0 || strcmp(verdict, "fails") == 0 ||
                    i == SPIRAL_STYLISED_S18);
    }

    assert_string_equal(id, "S18");
    assert_string_equal(verdict, "not measured");
    assert_true(hold >= 0 && hold <= SPIRAL_STYLISED_FACTS);
    json_decref(object);
    assert_int_equal(spiral("facts --runs 64 --seed 3"), 0);
    SAYS("of 17 facts hold");
    assert_int_equal(spiral("run ukraine --runs 100 --what-if UKR:limited_balance@2004-12 "
                            "--what-if UKR:bandwagon@2014"),
                     0);
    SAYS("what if UKR:bandwagon@2014: war");
}

/* The program is interrupted when it has worked for .2 s of processor time, which is well into its
 * runs, with threads or without. */
static void test_interrupt(void **state)
{
    (void)state;
    assert_int_equal(spiral("run ukraine --runs 100000000 --threads 2 2>&1 & pid=$!; "
                            "while [ $(cut -d ' ' -f 14 /proc/$pid/stat) -lt 20 ]; do "
                            "sleep 0.01; done; kill -INT $pid; wait $pid"),
                     1);
    SAYS("stopped on request");
    SAYS("by the end of the year");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_help),
        cmocka_unit_test(test_bad_usage),
        cmocka_unit_test(test_trajectory),
        cmocka_unit_test(test_json_contract),
        cmocka_unit_test(test_dates_are_of_events_that_came),
        cmocka_unit_test(test_labels_of_years_do_not_depend_on_the_step),
        cmocka_unit_test(test_what_can_be_named_is_listed),
        cmocka_unit_test(test_a_file_of_constants_is_taken),
        cmocka_unit_test(test_same_bytes),
        cmocka_unit_test(test_settings_change_the_run),
        cmocka_unit_test(test_other_commands),
        cmocka_unit_test(test_output_whole_or_not_at_all),
        cmocka_unit_test(test_interrupt),
        cmocka_unit_test(test_facts),
        cmocka_unit_test(test_standard_output),
        cmocka_unit_test(test_eighty_columns),
        cmocka_unit_test(test_foreign_text),
    };

    return cmocka_run_group_tests_name("command line", tests, NULL, NULL);
}
