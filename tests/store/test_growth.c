/* SPDX-License-Identifier: MIT */
/* Finished sweeps that are asked for more: they end with the rows of a sweep that was asked for so
 * much at once, whatever interrupts them; and what cannot be asked. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "tests/support/sweeps.h"

static struct spiral_error error;

/* An experiment of a design and so many points, replicates (and what else is said of them). */
static void begin(const char *name, const char *kind, int points, const char *rest)
{
    char text[1000];

    snprintf(text, sizeof text,
             "experiment: test\nscenarios: [north, south]\nvary:\n"
             "  - {name: k.encircle, range: [1, 8]}\n"
             "  - {name: neighbour.greed, range: [0, 1], distribution: beta, shape: [2, 5]}\n"
             "design: {kind: %s, points: %d, seed: 3}\n%s",
             kind, points, rest);
    if (begin_shard(name, text, 1, 1, &error) != SPIRAL_OK)
        fail_msg("%s", error.message);
}

/* Asks a store for more, and runs `limit` units of it (0: all). */
static enum spiral_status grow(const char *name, uint64_t replicates, size_t points, uint64_t limit)
{
    const struct spiral_growth growth = {replicates, points};
    const struct spiral_sweep_options options = {.threads = 2,
                                                 .quiet = true,
                                                 .limit = limit,
                                                 .label = "test"};
    struct spiral_sweep sweep = {.experiment = spiral_experiment_defaults()};
    struct spiral_store *store;
    enum spiral_status status = spiral_store_open(&store, at(name), true, &error);

    if (status == SPIRAL_OK)
        status = spiral_store_load(store, &sweep, &error);
    if (status == SPIRAL_OK)
        status = spiral_store_grow(store, &sweep, &growth, &error);
    if (status == SPIRAL_OK)
        status = spiral_sweep_run(&sweep, store, &options, &error);
    spiral_store_close(store);
    spiral_sweep_clear(&sweep);

    return status;
}

static void run(const char *name) { assert_int_equal(go_on(name, 2, 0, &error), SPIRAL_OK); }

static void remove_both(void)
{
    unlink(at("grown.db"));
    unlink(at("whole.db"));
}

/* More replicates: within a round, beyond it, from one round to another; runs and trajectories that
 * are kept as well. */
static void test_more_replicates(void **unused)
{
    (void)unused;
    static const int steps[][2] = {{4, 8}, {32, 40}, {20, 70}, {64, 96}};

    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        char rest[200];

        for (int which = 0; which < 2; which++) {
            snprintf(rest, sizeof rest,
                     "replicates: %d\nkeep: {outcomes: [war, war_date], runs: true, "
                     "trajectories: 6}\n",
                     steps[i][which]);
            begin(which == 0 ? "grown.db" : "whole.db", "sobol", 5, rest);
        }

        run("grown.db");
        run("whole.db");
        assert_int_equal(grow("grown.db", (uint64_t)steps[i][1], 0, 0), SPIRAL_OK);
        assert_same_rows("grown.db", "whole.db");
        remove_both();
    }
}

/* The next points of a sequence, and replicates with them. */
static void test_next_points(void **unused)
{
    (void)unused;
    static const char *const kinds[] = {"random", "sobol", "saltelli", "morris"};

    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++)
        for (int more = 0; more < 2; more++) {
            begin("grown.db", kinds[k], 4, "replicates: 8\n");
            begin("whole.db", kinds[k], 8, more ? "replicates: 40\n" : "replicates: 8\n");
            run("grown.db");
            run("whole.db");
            assert_int_equal(grow("grown.db", more ? 40 : 0, 8, 0), SPIRAL_OK);
            assert_same_rows("grown.db", "whole.db");
            remove_both();
        }
}

/* It can be interrupted, resumed, and asked for more again. */
static void test_growth_goes_on_after_a_stop(void **unused)
{
    (void)unused;
    begin("grown.db", "sobol", 40, "replicates: 4\n");
    begin("whole.db", "sobol", 80, "replicates: 100\n");
    run("grown.db");
    run("whole.db");
    assert_int_equal(grow("grown.db", 70, 0, 1), SPIRAL_STOPPED);
    assert_int_equal(grow("grown.db", 100, 0, 0), SPIRAL_BAD_INPUT);
    assert_non_null(strstr(error.message, "finish the sweep before it is asked for more"));
    run("grown.db");
    assert_int_equal(grow("grown.db", 100, 80, 3), SPIRAL_STOPPED);
    assert_int_equal(go_on("grown.db", 1, 2, &error), SPIRAL_STOPPED);
    run("grown.db");
    assert_same_rows("grown.db", "whole.db");
    remove_both();
}

/* A stop rule's most replicates: cells that are known well enough stay as they are. */
static void test_a_stop_rule_grows_at_its_top(void **unused)
{
    (void)unused;
    static const char rule[] =
        "replicates: 32\nstop: {outcome: force, half_width: 0.09, replicates: %d}\n";
    char rest[200];

    snprintf(rest, sizeof rest, rule, 64);
    begin("grown.db", "sobol", 6, rest);
    snprintf(rest, sizeof rest, rule, 160);
    begin("whole.db", "sobol", 6, rest);
    run("grown.db");
    run("whole.db");
    assert_int_equal(grow("grown.db", 160, 0, 0), SPIRAL_OK);
    assert_same_rows("grown.db", "whole.db");
    remove_both();
}

static void test_what_cannot_be_asked(void **unused)
{
    (void)unused;
    begin("grown.db", "latin", 4, "replicates: 4\n");
    run("grown.db");

    char *before = rows_of("grown.db");

    assert_int_equal(grow("grown.db", 0, 8, 0), SPIRAL_BAD_INPUT);
    assert_non_null(strstr(error.message, "a design of kind latin cannot be extended"));
    assert_int_equal(grow("grown.db", 4, 0, 0), SPIRAL_BAD_INPUT);
    assert_non_null(strstr(error.message, "has 4 replicates"));

    char *after = rows_of("grown.db");

    assert_string_equal(before, after);
    free(before);
    free(after);
    assert_int_equal(grow("grown.db", 5, 0, 0), SPIRAL_OK);
    unlink(at("grown.db"));
}

/* Without an axis there is one point, the scenarios as they are: it is run, kept and grown. */
static void test_a_sweep_without_axes(void **unused)
{
    (void)unused;
    static const char text[] = "experiment: test\nscenarios: [north, south]\nreplicates: %d\n";
    char one[200];
    char other[200];

    snprintf(one, sizeof one, text, 8);
    snprintf(other, sizeof other, text, 16);
    run_whole("grown.db", one, 1);
    run_whole("whole.db", other, 1);
    assert_true(number_of("grown.db", "SELECT count(*) FROM cell") == 2.0);
    assert_int_equal(grow("grown.db", 16, 0, 0), SPIRAL_OK);
    assert_same_rows("grown.db", "whole.db");
    remove_both();
}

/* A doctrine by name: the canonical text has names, the store the presets' numbers in the table. */
static void test_a_doctrine_is_an_axis(void **unused)
{
    (void)unused;
    run_whole("whole.db",
              "experiment: test\nscenarios: [north]\nvary:\n"
              "  - {name: small.doctrine, values: [neutrality, limited_balance], weights: [1, 3]}\n"
              "design: {kind: random, points: 64}\nreplicates: 2\n",
              1);
    assert_true(number_of("whole.db",
                          "SELECT count(*) FROM experiment WHERE instr(text, "
                          "'values: [neutrality, limited_balance], weights: [1, 3]')") == 1.0);
    assert_true(number_of("whole.db", "SELECT count(DISTINCT value) FROM point") == 2.0);

    /* three in four are the second: 48 of 64, give or take four deviations */
    char sql[100];

    snprintf(sql, sizeof sql, "SELECT count(*) FROM point WHERE value = %d",
             (int)(spiral_doctrine_find("limited_balance") - spiral_doctrines));

    const double second = number_of("whole.db", sql);

    assert_true(second > 48.0 - 14.0 && second < 48.0 + 14.0);
    unlink(at("whole.db"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_more_replicates),
        cmocka_unit_test(test_next_points),
        cmocka_unit_test(test_growth_goes_on_after_a_stop),
        cmocka_unit_test(test_a_stop_rule_grows_at_its_top),
        cmocka_unit_test(test_what_cannot_be_asked),
        cmocka_unit_test(test_a_sweep_without_axes),
        cmocka_unit_test(test_a_doctrine_is_an_axis),
    };

    return cmocka_run_group_tests_name("store/growth", tests, make_folder_of_points, drop_folder);
}
