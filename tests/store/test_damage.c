/* SPDX-License-Identifier: MIT
 *
 * Stores that were changed, by hand or by a disk, and stores that a program made wrong: every
 * reader refuses them in words. And descriptors: closed standard streams never lend their numbers
 * to a store.
 */
#include <sys/stat.h>

#include "tests/support/sweeps.h"
#include "tools/store/posterior.h"
#include "tools/store/read.h"
#include "tools/store/rows.h"

static const char small[] =
    SEVEN_POINTS "replicates: 32\nkeep: {outcomes: [war, highest], runs: true, trajectories: 1}\n";
static struct spiral_error error;

#define SAYS(text) \
    do { \
        if (strstr(error.message, text) == NULL) \
            fail_msg("said: %s; expected: %s", error.message, text); \
    } while (0)

static void copy(const char *from, const char *to)
{
    char command[600];
    snprintf(command, sizeof command, "cp '%s' '%s'", at(from), at(to));
    assert_int_equal(system(command), 0);
}

/* A value of each table that carries results is changed: whoever opens the store is told. */
static void test_changed_values(void **state)
{
    (void)state;
    static const struct {
        const char *store, *sql, *table;
    } changes[] = {
        {"whole.db", "UPDATE result SET mean = mean + 0.001 WHERE point = 4 AND outcome = 1",
         "result"},
        {"whole.db", "UPDATE result SET m2 = m2 + 1 WHERE point = 2", "result"},
        {"whole.db", "UPDATE run SET value = 1 - value WHERE point = 1 AND replicate = 3", "run"},
        {"whole.db", "UPDATE trajectory SET date = date + 1 WHERE step = 2", "trajectory"},
        {"whole.db", "UPDATE cell SET runs = 64 WHERE point = 0", "cell"},
        {"whole.db", "UPDATE point SET coordinate = 0.5 WHERE point = 3", "point"},
        {"whole.db", "UPDATE axis SET label_en = 'another'", "axis"},
        {"whole.db", "UPDATE work SET round = 7", "work"},
        {"claims.db", "UPDATE claim_point SET effect = 0.5 WHERE point = 3", "claim_point"},
        {"claims.db", "UPDATE claim_risk SET runs = 1", "claim_risk"},
        {"claims.db", "UPDATE claim_summary SET holds = 3", "claim_summary"},
        {"fitted.db", "UPDATE posterior_value SET value = 1 WHERE particle = 2", "posterior_value"},
        {"fitted.db", "UPDATE posterior_particle SET weight = 2", "posterior_particle"},
    };

    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        char says[100];
        struct spiral_store *store;

        copy(changes[i].store, "changed.db");
        tamper("changed.db", changes[i].sql);
        snprintf(says, sizeof says, "is damaged: a row of the table %s was changed",
                 changes[i].table);

        for (int write = 0; write < 2; write++) {
            assert_int_equal(spiral_store_open(&store, at("changed.db"), write, &error),
                             SPIRAL_BAD_INPUT);
            SAYS(says);
        }
    }

    copy("whole.db", "changed.db");
    tamper("changed.db", changes[0].sql);
    expect("analyse changed.db --method means", 2, "a row of the table result was changed");
    expect("verify changed.db", 2, "a row of the table result was changed");
    expect("sweep --resume changed.db", 2, "a row of the table result was changed");
}

/* What is noted beside the results may change. */
static void test_ends_are_sealed(void **state)
{
    (void)state;
    expect("sweep --resume whole.db --quiet", 0, "");
    expect("verify whole.db --points 7", 0, "14 cells run again, every value the same");
}

/* Stores with right checksums and wrong rows: indices beyond their lists, numbers beyond reason. */
static void test_wrong_rows(void **state)
{
    (void)state;
    static const char *const sweeps[] = {
        "UPDATE point SET point = 4611686018427387903 WHERE point = 6",
        "UPDATE cell SET point = 4611686018427387903 WHERE point = 6",
        "UPDATE cell SET point = 7 WHERE point = 6",
        "UPDATE cell SET scenario = -1 WHERE scenario = 1",
        "UPDATE result SET outcome = 2 WHERE outcome = 1",
        "UPDATE result SET mean = 9e999 WHERE point = 3",
        "UPDATE result SET mean = 'many' WHERE point = 3",
        "UPDATE run SET point = 4611686018427387903 WHERE point = 6",
        "UPDATE run SET replicate = 4611686018427387903 WHERE replicate = 31",
        "UPDATE trajectory SET step = 4611686018427387903 WHERE step = 2",
        "UPDATE trajectory SET scenario = 9 WHERE scenario = 1",
        "UPDATE scenario SET id = 4611686018427387903 WHERE id = 1",
        "UPDATE outcome SET id = 9 WHERE id = 1",
        "UPDATE axis SET id = -5 WHERE id = 1",
    };

    for (size_t i = 0; i < sizeof sweeps / sizeof *sweeps; i++) {
        struct spiral_store *store;

        copy("whole.db", "wrong.db");
        edit("wrong.db", sweeps[i]);
        assert_int_equal(spiral_store_open(&store, at("wrong.db"), false, &error), SPIRAL_OK);
        assert_int_equal(spiral_store_check_rows(store, &error), SPIRAL_BAD_INPUT);
        SAYS("is damaged: ");
        spiral_store_close(store);
    }

    static const char *const posteriors[] = {
        "UPDATE posterior_value SET value = 1e308 WHERE particle = 3",
        "UPDATE posterior_value SET value = 9e999 WHERE particle = 3",
        "UPDATE posterior_particle SET weight = -1 WHERE particle = 3",
        "UPDATE posterior_particle SET distance = 'far' WHERE particle = 3",
        "UPDATE posterior_generation SET particles = 4611686018427387903",
        "UPDATE posterior_axis SET low = -9e999",
    };

    for (size_t i = 0; i < sizeof posteriors / sizeof *posteriors; i++) {
        struct spiral_posterior_sample sample;

        copy("fitted.db", "wrong.db");
        edit("wrong.db", posteriors[i]);
        assert_int_equal(spiral_posterior_read(&sample, at("wrong.db"), &error), SPIRAL_BAD_INPUT);
        SAYS("is damaged: ");
        spiral_posterior_sample_clear(&sample);
    }
}

/* A store of the tables' first version is told from one that is damaged. */
static void test_older_version(void **state)
{
    (void)state;
    copy("whole.db", "older.db");
    tamper("older.db", "PRAGMA user_version = 1");
    expect("analyse older.db", 2, "was made by an older spiral (version 1 of the tables");
}

/* Runs a command whose standard streams are closed. Returns its status. */
static int close_and_run(const char *arguments)
{
    char command[1000];

    snprintf(command, sizeof command, "cd '%s' && '%s' %s", folder, SPIRAL_BINARY, arguments);
    const int status = system(command);

    assert_true(WIFEXITED(status));

    return WEXITSTATUS(status);
}

static void test_closed_streams(void **state)
{
    (void)state;
    static const char *const closings[] = {"2>&-", ">&-", "<&-", ">&- 2>&-", "<&- >&- 2>&-"};
    char arguments[300];
    char *before = rows_of("whole.db");

    for (size_t i = 0; i < sizeof closings / sizeof *closings; i++) {
        const bool mute = strstr(closings[i], ">&-") != NULL && strncmp(closings[i], "2>", 2) != 0;

        snprintf(arguments, sizeof arguments, "sweep --resume whole.db %s", closings[i]);
        assert_int_equal(close_and_run(arguments), 0);

        /* What a closed stdout loses is not passed over in silence. */
        snprintf(arguments, sizeof arguments, "claims --resume claims.db %s %s",
                 mute ? "" : ">/dev/null", closings[i]);
        assert_int_equal(close_and_run(arguments), mute ? 1 : 0);
        snprintf(arguments, sizeof arguments, "calibrate --resume fitted.db %s %s",
                 mute ? "" : ">/dev/null", closings[i]);
        assert_int_equal(close_and_run(arguments), mute ? 1 : 0);
        snprintf(arguments, sizeof arguments,
                 "claims --claims guarantee --points 4 --replicates 32 --dt 0.5 --store new-%zu.db "
                 "%s %s",
                 i, mute ? "" : ">/dev/null", closings[i]);
        assert_int_equal(close_and_run(arguments), mute ? 1 : 0);
        snprintf(arguments, sizeof arguments, "claims new-%zu.db", i);
        expect(arguments, 0, "guarantee");
    }

    char *after = rows_of("whole.db");

    assert_string_equal(before, after);
    free(before);
    free(after);
    expect("claims claims.db", 0, "guarantee");
    expect("calibrate --resume fitted.db --quiet", 0, "north");
}

static int make_stores(void **state)
{
    if (make_folder_of_points(state) != 0)
        return -1;
    run_whole("whole.db", small, 1);
    expect("claims --claims guarantee --points 8 --replicates 32 --dt 0.5 --quiet --store "
           "claims.db",
           0, "guarantee");
    expect("calibrate north --vary k.rung=0.2:1:log --vary k.rate_down=0.4:8:log --method abc "
           "--points 20 --runs 32 --predictions 32 --generations 2 --quiet --store fitted.db",
           0, "north");

    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_changed_values), cmocka_unit_test(test_ends_are_sealed),
        cmocka_unit_test(test_wrong_rows),     cmocka_unit_test(test_older_version),
        cmocka_unit_test(test_closed_streams),
    };

    return cmocka_run_group_tests(tests, make_stores, drop_folder);
}
