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
        {"sweep north --vary k.encircle=1:8 --until-converged war:0.1 --store a.db",
         "--until-converged: 'war:0.1' is not a rule; expected OUTCOME:HALF_WIDTH:POINTS, as in "
         "war:0.05:4096"},
        {"sweep north --vary k.encircle=1:8 --until-converged wor:0.1:2048 --store a.db",
         "converge.outcome: unknown outcome 'wor'; did you mean 'war'?"},
        {"sweep north --vary k.encircle=1:8 --until-converged war_date:0.1:2048 --store a.db",
         "converge.outcome: 'war_date' is a date, which not every run has"},
        {"sweep north --vary k.encircle=1:8 --until-converged war:0.1:512 --store a.db",
         "converge.points: 512 is out of range; expected 1024 to"},
        {"sweep north --vary k.encircle=1:8 --design latin --points 8 --until-converged "
         "war:0.1:16 --store a.db",
         "converge: a design of kind latin cannot be extended"},
        {"sweep north --until-converged war:0.1:16 --store a.db",
         "converge: nothing varies, so there are no indices"},
        {"sweep north --vary k.encircle=1:8 --points 8 --until-converged war:0.1:16 --shard 1/2 "
         "--store a.db",
         "a sweep that runs until it has converged is run whole"},
        {"sweep north --vary k.encircle=1:8 --outcome early --store a.db",
         "--outcome: 'early' is not an outcome; expected NAME=EXPRESSION"},
        {"sweep north --vary k.encircle=1:8 --outcome 'early=wra by 2005' --store a.db",
         "outcomes.early: unknown name 'wra'; did you mean 'war'?"},
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
    expect("sweep one.yaml --replicates 5 --store two.db", 2,
           "--replicates: the experiment one.yaml already says it; edit the file instead");
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

#define CONVERGING \
    "sweep north --vary k.encircle=1:8 --vary neighbour.greed=0:1 --design saltelli --points 8 " \
    "--replicates 16 --set k.press=0.1 --outcome tension=escalation "

/* A sweep gets the next power of two of its points until the widest interval is as narrow as asked,
 * has then the rows of a sweep of so many points, and has them too when it was stopped on its
 * way. */
static void test_until_converged(void **state)
{
    (void)state;
    char points[20] = "";

    expect(CONVERGING "--until-converged tension:0.2:1024 --store until.db", 0,
           "spiral: 8 base points: of tension, the widest interval is +-");
    assert_non_null(strstr(printed, "; asked for is +-0.2"));
    assert_non_null(strstr(printed, "spiral: 16 base points: of tension"));

    const char *converged = strstr(printed, "converged at ");

    assert_non_null(converged);
    snprintf(points, sizeof points, "%.*s", (int)strcspn(converged + 13, " "), converged + 13);
    assert_true(atoi(points) >= 32 && atoi(points) <= 512);
    assert_non_null(strstr(converged, " base points: of tension, the widest interval is +-0."));
    assert_non_null(strstr(converged, "north)"));

    /* Stopped after every unit of work. */
    assert_int_equal(spiral(CONVERGING "--until-converged tension:0.2:1024 --store broken.db "
                                       "--quiet --limit 1"),
                     1);
    for (int pieces = 0; pieces < 400; pieces++)
        if (spiral("sweep --resume broken.db --quiet --limit 3") == 0)
            break;
    expect("sweep --resume broken.db", 0, "converged at ");
    assert_non_null(strstr(printed, points));
    expect("export until.db --out until.csv && head -1 until.csv", 0, "tension_mean");
    expect("export broken.db --out broken.csv && cmp until.csv broken.csv", 0, "");

    /* What is reached without converging is said, and can be carried on. */
    expect(CONVERGING "--until-converged tension:0.0001:12 --store never.db", 0,
           "spiral: warning: not converged at 12 base points, the most that were allowed");
    assert_non_null(strstr(printed, "`spiral sweep --resume never.db --points 24` adds more"));
    expect("sweep --resume never.db --points 16", 0, "not converged at 16 base points");
}

/* What a sweep and its analysis warn of, in words. */
static void test_warnings(void **state)
{
    (void)state;
    expect("sweep north --vary k.encircle=7:8 --points 8 --replicates 4 --store w1.db", 0,
           "spiral: warning: k.encircle is ");
    assert_non_null(strstr(printed, " in north, outside the range 7 .. 8 that is swept"));
    expect("sweep north --vary k.encircle=1:8 --points 8 --replicates 4 --store w2.db", 0,
           "8 of 8");
    assert_null(strstr(printed, "warning"));

    expect(
        "sweep north --vary k.encircle=1:8 --vary neighbour.greed=0:1 --design saltelli --points "
        "20 --replicates 8 --keep war,force,highest,mean_threat_small --store w3.db",
        0,
        "spiral: warning: 20 is not a power of two, so the points of Sobol' are less even "
        "than they could be; take 16 or 32");

    /* Points of Saltelli's blocks depend on each other. */
    expect("analyse w3.db --outcome mean_threat_small --method prcc", 0,
           "points of a block share coordinates: intervals count a");
    expect("analyse w3.db --outcome mean_threat_small --method pawn", 0,
           "points of a block share coordinates: intervals count a");
    expect("analyse w3.db --outcome mean_threat_small --method smirnov", 0,
           "WARNING: p takes points for");
    expect("analyse w3.db --outcome highest", 0, "WARNING: the outcome is a level, 1 to 5");

    /* Names of doctrines have no order; means do without one. */
    expect("sweep north --vary small.doctrine=neutrality,limited_balance,straddling --vary "
           "k.encircle=1:8 --points 32 --replicates 8 --keep mean_threat_small --store w4.db",
           0, "32 of 32");
    expect("analyse w4.db --method prcc", 0, "WARNING: a factor has names for values");
    expect("analyse w4.db --method smirnov", 0, "WARNING: a factor has names for values");
    assert_int_equal(spiral("analyse w4.db --method means"), 0);
    assert_null(strstr(printed, "WARNING"));
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
        cmocka_unit_test(test_an_experiment_file), cmocka_unit_test(test_until_converged),
        cmocka_unit_test(test_warnings),           cmocka_unit_test(test_interrupt),
        cmocka_unit_test(test_time_limit),
    };

    return cmocka_run_group_tests(tests, make_folder, drop_folder);
}
