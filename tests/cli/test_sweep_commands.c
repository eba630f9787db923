/* SPDX-License-Identifier: MIT */
/* spiral sweep, merge and verify as their users meet them. */
#include <time.h>

#include "tests/support/command.h"

#define SWEEP \
    "sweep north south --vary k.encircle=1:8 --vary neighbour.greed=0:1 --design random --points " \
    "12 --replicates 24"

static void test_bad_usage(void **state)
{
    (void)state;
    static const struct {
        const char *arguments, *says;
    } cases[] = {
        {"sweep", "which scenarios"},
        {"sweep north --vary k.encircle=1:8", "--store FILE"},
        {"sweep north --vary k.encircle --store a.db", "'k.encircle' is not an axis"},
        {"sweep north --vary k.encirle=1:8 --store a.db",
         "vary[0].name: north: unknown name 'k.encirle'; did you mean 'k.encircle'?"},
        {"sweep north --vary k.encircle=8:1 --store a.db", "vary[0].range: the range ends"},
        {"sweep north --vary k.encircle=1:8:lag --store a.db",
         "--vary: 'lag' in 'k.encircle=1:8:lag' is neither a scale, a number of steps nor a "
         "distribution; expected log, int, a whole number, normal:MEAN:DEVIATION, "},
        {"sweep north --vary k.encircle=1:8 --design sobel --store a.db",
         "design.kind: unknown design 'sobel'; did you mean 'sobol'?"},
        {"sweep north --vary k.encircle=1:8 --replicates none --store a.db",
         "replicates: 'none' is not a whole number"},
        {"sweep north --vary k.encircle=1:8 --stop war --store a.db",
         "OUTCOME:HALF_WIDTH:REPLICATES"},
        {"sweep north --vary k.encircle=1:8 --keep wor --store a.db",
         "keep.outcomes[0]: unknown outcome 'wor'; did you mean 'war'?"},
        {"sweep north --vary k.encircle=1:8 --set k.noise --store a.db", "is not NAME=VALUE"},
        {"sweep north --vary k.encircle=1:8 --shard 3/2 --store a.db",
         "--shard: '3/2' is not a part"},
        {"sweep nowhere --vary k.encircle=1:8 --store a.db", "nowhere: cannot be read"},
        {"sweep nowhere.yaml --store a.db", "nowhere.yaml: cannot be read"},
        {"sweep --resume a.db --seed 4", "--resume goes with only --threads"},
        {"sweep --resume a.db", "cannot be read: No such file"},
        {"sweep --resume a.db --time-limit 90",
         "--time-limit: '90' is not a length of time; expected "
         "whole numbers of d, h, m and s, as 90m"},
        {"sweep --resume a.db --time-limit 1.5h", "'1.5h' is not a length of time"},
        {"sweep --resume a.db --time-limit 1m1h", "'1m1h' is not a length of time"},
        {"sweep --resume a.db --time-limit 0s", "'0s' is not a length of time"},
        {"sweep --resume a.db --time-limit 1d2h3m4s", "cannot be read: No such file"},
        {"merge out.db", "which stores?"},
        {"merge out.db a.db", "cannot be read: No such file"},
        {"verify", "which store?"},
        {"verify a.db", "cannot be read: No such file"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        expect(cases[i].arguments, 2, cases[i].says);

    expect("--version; test -z \"$(ls -A)\"", 0, "spiral"); /* nothing is left behind */
}

static void test_a_sweep_and_its_shards(void **state)
{
    (void)state;
    expect(SWEEP " --store whole.db", 0, "24 of 24 cells done, 576 of 576 runs");
    expect(SWEEP " --store whole.db", 2, "`spiral sweep --resume whole.db` continues it");
    expect(SWEEP " --store first.db --shard 1/2 --limit 1 --quiet", 1,
           "`spiral sweep --resume first.db` continues from there");
    expect("merge all.db first.db", 2, "first.db is shard 1 of 2, but stores are given: 1");
    expect("merge all.db whole.db first.db", 2,
           "whole.db is a whole experiment, not a shard of one");
    assert_int_equal(spiral("sweep --resume first.db --quiet --threads 1"), 0);
    assert_string_equal(printed, "");
    assert_int_equal(spiral(SWEEP " --store second.db --shard 2/2 --quiet"), 0);
    assert_int_equal(spiral("merge all.db first.db second.db"), 0);
    expect("verify all.db --points 3", 0, "6 cells run again, every value the same");
    expect("verify whole.db --points 100 --seed 9", 0, "24 cells run again");
}

static void test_an_experiment_file(void **state)
{
    (void)state;
    char path[200];

    snprintf(path, sizeof path, "%s/one.yaml", folder);

    FILE *file = fopen(path, "w");

    assert_non_null(file);
    fputs("experiment: one\nscenarios: [north]\nvary: [{name: k.encircle, range: [1, 8]}]\ndesign: "
          "{kind: random, points: 5}\nreplicates: 8\n",
          file);
    fclose(file);
    expect("check one.yaml", 0,
           "one.yaml: valid: an experiment of 1 scenario at 5 points, 40 runs");
    expect("run one.yaml", 2,
           "one.yaml is an experiment; expected a scenario. `spiral sweep one.yaml --store FILE` "
           "runs it");
    expect("sweep one.yaml --replicates 5 --store one.db", 2,
           "--replicates: the experiment one.yaml already says it");
    expect("sweep one.yaml --store one.db", 0, "one: 5 of 5 cells done, 40 of 40 runs");
    expect("run one.db", 2, "one.db is a store of an experiment; expected a scenario");
    expect("--version; sed s/encircle/encirle/ one.yaml > two.yaml", 0, "spiral");
    expect(
        "check two.yaml", 2,
        "two.yaml:3:15: vary[0].name: north: unknown name 'k.encirle'; did you mean 'k.encircle'?");
}

/* Waits until the process $pid has worked for so many hundredths of a second, however busy the
 * machine is, and interrupts it. */
#define INTERRUPT_AFTER(work) \
    "while [ $(cut -d' ' -f14 /proc/$pid/stat) -lt " work " ]; do sleep 0.02; done; " \
    "kill -INT $pid; wait $pid"

/* An interrupt ends the sweep after what is in flight, and says how to go on. */
static void test_interrupt(void **state)
{
    (void)state;
    expect(
        SWEEP
        " --replicates 200000 --store long.db --quiet --threads 2 2>&1 & pid=$!; " INTERRUPT_AFTER(
            "30"),
        1, "stopped on request after");
    assert_non_null(strstr(printed, "`spiral sweep --resume long.db` continues from there"));
    expect("sweep --resume long.db --quiet --limit 2", 1, "stopped at the limit");
    expect("verify long.db --points 1", 0, "every value the same");
}

/* A time limit ends a sweep likewise, not before its time, and leaves one that ends before
 * alone. */
static void test_time_limit(void **state)
{
    (void)state;
    const time_t begun = time(NULL);

    expect(SWEEP " --replicates 4000000 --store timed.db --quiet --time-limit 1s", 1,
           "stopped at the time limit after");
    assert_non_null(strstr(printed, "`spiral sweep --resume timed.db` continues from there"));
    assert_true(time(NULL) - begun >= 1 && time(NULL) - begun < 30);
    expect("sweep --resume timed.db --quiet --limit 1 --time-limit 1h", 1,
           "stopped at the limit after");
    expect(SWEEP " --store ended.db --quiet --time-limit 1h", 0, "");
    expect("verify timed.db --points 1", 0, "every value the same");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_bad_usage),          cmocka_unit_test(test_a_sweep_and_its_shards),
        cmocka_unit_test(test_an_experiment_file), cmocka_unit_test(test_interrupt),
        cmocka_unit_test(test_time_limit),
    };

    return cmocka_run_group_tests(tests, make_folder, drop_folder);
}
