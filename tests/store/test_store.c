/* SPDX-License-Identifier: MIT */
/* What may befall a store: it is said in words, nothing that was committed is lost, and nothing
 * half-made is left. */
#include "tests/support/sweeps.h"

#include <signal.h>
#include <sys/resource.h>

static const char small[] = SEVEN_POINTS "replicates: 160\n";
static const char other[] = SEVEN_POINTS "replicates: 160\nseed: 2\n";
static struct spiral_error error;

#define SAYS(text) \
    do { \
        if (strstr(error.message, text) == NULL) \
            fail_msg("said: %s; expected: %s", error.message, text); \
    } while (0)

static void write_file(const char *name, const char *bytes, size_t count)
{
    FILE *file = fopen(at(name), "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, count, file), count);
    assert_int_equal(fclose(file), 0);
}

static void copy(const char *from, const char *to)
{
    char command[600];
    snprintf(command, sizeof command, "cp '%s' '%s'", at(from), at(to));
    assert_int_equal(system(command), 0);
}

static enum spiral_status open_for(const char *name, bool write)
{
    struct spiral_store *store;
    struct spiral_sweep sweep = {.experiment = spiral_experiment_defaults()};
    enum spiral_status status = spiral_store_open(&store, at(name), write, &error);

    if (status == SPIRAL_OK)
        status = spiral_store_load(store, &sweep, &error);
    spiral_sweep_clear(&sweep);
    spiral_store_close(store);

    return status;
}

static bool is_there(const char *name) { return access(at(name), F_OK) == 0; }

static void test_creating(void **state)
{
    (void)state;
    run_whole("whole.db", small, 2);
    assert_false(is_there("whole.db.new"));
    assert_false(is_there("whole.db-wal"));

    char *before = rows_of("whole.db");

    assert_int_equal(begin_shard("whole.db", other, 1, 1, &error), SPIRAL_BAD_INPUT);
    SAYS("--resume");

    char *after = rows_of("whole.db");

    assert_string_equal(before, after);
    free(before);
    free(after);
    assert_int_equal(begin_shard("no/such/folder.db", small, 1, 1, &error), SPIRAL_IO);
    SAYS("cannot be written");
    write_file("file", "", 0);
    assert_int_equal(begin_shard("file/store.db", small, 1, 1, &error), SPIRAL_IO);
    assert_int_equal(begin_shard("eighth.db", small, 8, 8, &error),
                     SPIRAL_BAD_INPUT); /* seven points have no eighth part */
    assert_false(is_there("eighth.db"));
}

static void test_files_that_are_no_stores(void **state)
{
    (void)state;
    static char garbage[5000];

    memset(garbage, 'x', sizeof garbage);
    assert_int_equal(open_for("missing.db", true), SPIRAL_BAD_INPUT);
    SAYS("cannot be read: No such file");
    assert_int_equal(open_for(".", true), SPIRAL_BAD_INPUT);
    SAYS("not a regular file");
    write_file("garbage.db", garbage, sizeof garbage);
    assert_int_equal(open_for("garbage.db", true), SPIRAL_BAD_INPUT);
    SAYS("not an SQLite file");
    write_file("empty.db", garbage, 0);
    assert_int_equal(open_for("empty.db", true), SPIRAL_BAD_INPUT);
    SAYS("is not a store of spiral");
    edit("another.db", "CREATE TABLE cell (a, b)");
    assert_int_equal(open_for("another.db", false), SPIRAL_BAD_INPUT);
    SAYS("is not a store of spiral");
    copy("whole.db", "newer.db");
    edit("newer.db", "PRAGMA user_version = 1000");
    assert_int_equal(open_for("newer.db", true), SPIRAL_BAD_INPUT);
    SAYS("newer spiral");
}

static void test_damage(void **state)
{
    (void)state;
    copy("whole.db", "cut.db");
    assert_int_equal(truncate(at("cut.db"), 20000), 0);
    assert_int_equal(open_for("cut.db", true), SPIRAL_BAD_INPUT);
    SAYS("is damaged");
    copy("whole.db", "scratched.db");

    FILE *file = fopen(at("scratched.db"), "r+b");

    for (long page = 1; page < 12; page++) {
        fseek(file, page * 4096, SEEK_SET);
        fwrite("\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff", 1, 12, file);
    }

    fclose(file);
    assert_int_equal(open_for("scratched.db", true), SPIRAL_BAD_INPUT);
    SAYS("is damaged");
}

static void test_edited_experiments(void **state)
{
    (void)state;
    static const struct {
        const char *sql;
        const char *says;
    } cases[] = {
        {"UPDATE experiment SET text = replace(text, 'seed: 1', 'seed: 2')", "hash"},
        {"UPDATE scenario SET text = replace(text, '0.06', '0.07') WHERE id = 0", "hash"},
        {"UPDATE point SET value = value + 0.001 WHERE point = 4 AND axis = 0", "hash"},
        {"UPDATE experiment SET version = '0.0.1'", "made by spiral 0.0.1"},
        {"DELETE FROM point WHERE point = 4", "points are missing"},
        {"DELETE FROM cell WHERE point = 4", "cells are missing"},
        {"DELETE FROM axis WHERE id = 3", "axes are missing"},
        {"DELETE FROM experiment", "row cannot be read"},
        {"UPDATE experiment SET text = 'experiment: 7'", "is missing"},
        {"DROP TABLE cell", "no such table"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        copy("whole.db", "edited.db");
        edit("edited.db", cases[i].sql);
        assert_true(open_for("edited.db", true) != SPIRAL_OK);
        SAYS(cases[i].says);
    }
}

static void test_two_sweeps_on_one_store(void **state)
{
    (void)state;
    struct spiral_store *store;
    struct spiral_store *second;

    assert_int_equal(begin_shard("busy.db", small, 1, 1, &error), SPIRAL_OK);
    assert_int_equal(spiral_store_open(&store, at("busy.db"), true, &error), SPIRAL_OK);
    assert_int_equal(spiral_store_open(&second, at("busy.db"), true, &error), SPIRAL_BAD_INPUT);
    SAYS("another sweep is writing");
    assert_null(second);
    assert_int_equal(spiral_store_open(&second, at("busy.db"), false, &error),
                     SPIRAL_OK); /* readers may */
    spiral_store_close(second);
    spiral_store_close(store);
    assert_int_equal(go_on("busy.db", 1, 0, &error), SPIRAL_OK);
    assert_same_rows("whole.db", "busy.db");
}

/* A disk that is full: files may not grow beyond what is there. What was committed is there
 * afterwards, and the sweep goes on. */
static void test_full_disk(void **state)
{
    (void)state;
    struct rlimit before;
    struct rlimit tight;

    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(begin_shard("full.db", small, 1, 1, &error), SPIRAL_OK);
    assert_int_equal(go_on("full.db", 1, 5, &error), SPIRAL_STOPPED);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    tight = before;
    tight.rlim_cur = 100000; /* enough for the log to begin */
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &tight), 0);

    const enum spiral_status status = go_on("full.db", 1, 0, &error);

    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    assert_int_equal(status, SPIRAL_IO);
    SAYS("cannot be written");
    SAYS("what was committed is safe");

    const double units = number_of("full.db", "SELECT count(*) FROM work");

    assert_true(units >= 5);
    assert_int_equal(go_on("full.db", 1, 0, &error), SPIRAL_OK);
    assert_same_rows("whole.db", "full.db");
    tight.rlim_cur = 10000;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &tight), 0);

    const enum spiral_status created = begin_shard("none.db", small, 1, 1, &error);

    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    assert_int_equal(created, SPIRAL_IO);
    assert_false(is_there("none.db") || is_there("none.db.new"));
}

static void make_shard(const char *name, const char *text, int shard, int shards, bool finished)
{
    assert_int_equal(begin_shard(name, text, shard, shards, &error), SPIRAL_OK);
    assert_int_equal(go_on(name, 1, finished ? 0 : 2, &error),
                     finished ? SPIRAL_OK : SPIRAL_STOPPED);
}

static enum spiral_status merge(const char *one, const char *two)
{
    const char *paths[2] = {at(one), two != NULL ? at(two) : NULL};
    const enum spiral_status status =
        spiral_store_merge(at("merged.db"), paths, two != NULL ? 2 : 1, &error);

    assert_false(status != SPIRAL_OK && (is_there("merged.db") || is_there("merged.db.part")));
    return status;
}

static void test_merging(void **state)
{
    (void)state;
    make_shard("first.db", small, 1, 2, true);
    make_shard("second.db", small, 2, 2, true);
    make_shard("stranger.db", other, 2, 2, true);
    make_shard("unfinished.db", small, 2, 2, false);
    assert_int_equal(merge("first.db", NULL), SPIRAL_BAD_INPUT);
    SAYS("shard 1 of 2, but stores are given: 1");
    assert_int_equal(merge("first.db", "first.db"), SPIRAL_BAD_INPUT);
    SAYS("duplicate shard");
    assert_int_equal(merge("first.db", "stranger.db"), SPIRAL_BAD_INPUT);
    SAYS("another experiment");
    assert_int_equal(merge("first.db", "unfinished.db"), SPIRAL_BAD_INPUT);
    SAYS("not finished");
    assert_int_equal(merge("first.db", "garbage.db"), SPIRAL_BAD_INPUT);
    SAYS("not an SQLite file");
    assert_int_equal(merge("second.db", "first.db"), SPIRAL_OK);
    assert_same_rows("whole.db", "merged.db");

    const char *const paths[2] = {at("first.db"), at("second.db")};

    assert_int_equal(spiral_store_merge(at("merged.db"), paths, 2, &error), SPIRAL_BAD_INPUT);
    SAYS("exists already");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_creating), /* makes whole.db, which those below copy */
        cmocka_unit_test(test_files_that_are_no_stores),
        cmocka_unit_test(test_damage),
        cmocka_unit_test(test_edited_experiments),
        cmocka_unit_test(test_two_sweeps_on_one_store),
        cmocka_unit_test(test_full_disk),
        cmocka_unit_test(test_merging),
    };

    return cmocka_run_group_tests(tests, make_folder_of_points, drop_folder);
}
