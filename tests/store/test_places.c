/* SPDX-License-Identifier: MIT
 *
 * Stores in odd places: without permission to write, without shared memory, on a disk that fails,
 * under names that SQLite would take for something else. They are read, or the true reason is told.
 */
#define _GNU_SOURCE /* seteuid */
#include <errno.h>
#include <sys/stat.h>

#include "tests/support/sweeps.h"

static const char small[] = SEVEN_POINTS "replicates: 64\n";
static struct spiral_error error;

#define SAYS(text) \
    do { \
        if (strstr(error.message, text) == NULL) \
            fail_msg("said: %s; expected: %s", error.message, text); \
    } while (0)

/* Who may not write: as root, somebody else. */
enum { NOBODY = 65534 };

static void become_nobody(void)
{
    if (geteuid() == 0)
        assert_int_equal(seteuid(NOBODY), 0);
}

static void become_oneself(void)
{
    if (getuid() == 0)
        assert_int_equal(seteuid(0), 0);
}

static enum spiral_status read_store(const char *name)
{
    struct spiral_store *store;
    struct spiral_sweep sweep = {.experiment = spiral_experiment_defaults()};
    enum spiral_status status = spiral_store_open(&store, at(name), false, &error);

    if (status == SPIRAL_OK)
        status = spiral_store_load(store, &sweep, &error);
    spiral_sweep_clear(&sweep);
    spiral_store_close(store);

    return status;
}

static void shell(const char *command)
{
    char line[600];
    snprintf(line, sizeof line, "cd '%s' && %s", folder, command);
    assert_int_equal(system(line), 0);
}

/* A folder `closed` with a store in it, in which nobody can write. */
static void test_no_permission_to_write(void **state)
{
    (void)state;
    shell("chmod 755 . && mkdir closed && cp whole.db closed && chmod 444 closed/whole.db && chmod "
          "555 closed");
    become_nobody();

    const enum spiral_status reading = read_store("closed/whole.db");
    const enum spiral_status writing = go_on("closed/whole.db", 1, 0, &error);

    become_oneself();
    assert_int_equal(reading, SPIRAL_OK);
    assert_int_equal(writing, SPIRAL_IO);
    SAYS("cannot be written: Permission denied");
    become_nobody();

    const enum spiral_status making = begin_shard("closed/new.db", small, 1, 1, &error);

    become_oneself();
    assert_int_equal(making, SPIRAL_IO);
    SAYS("closed/new.db cannot be written: Permission denied");
    shell("chmod 000 closed/whole.db");
    become_nobody();

    const enum spiral_status forbidden = read_store("closed/whole.db");

    become_oneself();
    assert_int_equal(forbidden, SPIRAL_BAD_INPUT);
    SAYS("cannot be read: Permission denied");
}

/* What a sweep that was killed left in its log is part of the store: without permission to play it
 * back, the store is not read as if it was not there. */
static void test_log_that_cannot_be_played_back(void **state)
{
    (void)state;
    struct spiral_store *store;
    struct spiral_sweep sweep = {.experiment = spiral_experiment_defaults()};

    assert_int_equal(begin_shard("killed.db", small, 1, 1, &error), SPIRAL_OK);
    assert_int_equal(spiral_store_open(&store, at("killed.db"), true, &error), SPIRAL_OK);
    assert_int_equal(spiral_store_load(store, &sweep, &error), SPIRAL_OK);
    assert_int_equal(spiral_store_end(store, &sweep, &error), SPIRAL_OK);
    shell("mkdir logged && cp killed.db killed.db-wal logged && chmod 444 logged/* && chmod 555 "
          "logged");
    spiral_sweep_clear(&sweep);
    spiral_store_close(store);
    become_nobody();

    const enum spiral_status reading = read_store("logged/killed.db");

    become_oneself();
    assert_int_equal(reading, SPIRAL_IO);
    SAYS("cannot be read here: a sweep was stopped while it wrote");
}

/* A reader that cannot share memory with the sweep that writes does not read what is half
 * written. */
static void test_reading_beside_a_sweep(void **state)
{
    (void)state;
    struct spiral_store *store;

    shell("mkdir busy && cp whole.db busy && chmod 444 busy/whole.db");
    assert_int_equal(chmod(at("busy/whole.db"), 0644), 0);
    assert_int_equal(spiral_store_open(&store, at("busy/whole.db"), true, &error), SPIRAL_OK);
    shell("rm -f busy/whole.db-shm busy/whole.db-wal && chmod 555 busy");
    become_nobody();

    const enum spiral_status reading = read_store("busy/whole.db");

    become_oneself();
    assert_int_equal(reading, SPIRAL_IO);
    SAYS("a sweep is writing to it");
    spiral_store_close(store);
}

/* A file system without shared memory: a store is made, run, stopped, resumed and read there, also
 * one that comes from elsewhere. */
static void test_no_shared_memory(void **state)
{
    (void)state;
    sqlite3_vfs *usual = sqlite3_vfs_find(NULL);

    shell("cp whole.db elsewhere.db && cp whole.db read.db");
    assert_int_equal(sqlite3_vfs_register(sqlite3_vfs_find("unix-dotfile"), 1), SQLITE_OK);
    assert_int_equal(read_store("read.db"), SPIRAL_OK);
    assert_int_equal(go_on("elsewhere.db", 1, 0, &error), SPIRAL_OK);
    assert_int_equal(begin_shard("plain.db", small, 1, 1, &error), SPIRAL_OK);
    assert_int_equal(go_on("plain.db", 1, 3, &error), SPIRAL_STOPPED);
    assert_int_equal(go_on("plain.db", 1, 0, &error), SPIRAL_OK);
    assert_int_equal(read_store("plain.db"), SPIRAL_OK);
    assert_int_equal(sqlite3_vfs_register(usual, 1), SQLITE_OK);
    assert_same_rows("whole.db", "plain.db");
    assert_same_rows("whole.db", "elsewhere.db");
}

/* --- a disk that fails ------------------------------------------------------------------------ */

static int reads_left;

static ssize_t failing_pread(int file, void *bytes, size_t count, off_t place)
{
    if (reads_left > 0) {
        reads_left--;
        return pread(file, bytes, count, place);
    }

    errno = EIO;
    return -1;
}

static ssize_t failing_pwrite(int file, const void *bytes, size_t count, off_t place)
{
    (void)file, (void)bytes, (void)count, (void)place;
    errno = EIO;
    return -1;
}

typedef sqlite3_syscall_ptr call;

static void set_calls(const char *one, const char *other, call function)
{
    sqlite3_vfs *vfs = sqlite3_vfs_find(NULL);

    vfs->xSetSystemCall(vfs, one, function);
    vfs->xSetSystemCall(vfs, other, function);
}

/* Wherever reading fails, the disk is named, and never damage or success. */
static void test_failing_disk(void **state)
{
    (void)state;
    int failed = 0;

    for (int reads = 0; reads < 60; reads++) {
        reads_left = reads;
        set_calls("pread", "pread64", (call)failing_pread);

        const enum spiral_status status = read_store("whole.db");

        set_calls("pread", "pread64", NULL);
        if (status == SPIRAL_OK)
            break;
        failed++;
        SAYS("cannot be read: Input/output error");
    }

    assert_true(failed > 3);
    shell("cp whole.db written.db");
    tamper("written.db", "UPDATE experiment SET ended = NULL");
    set_calls("pwrite", "pwrite64", (call)failing_pwrite);

    const enum spiral_status status = go_on("written.db", 1, 0, &error);

    set_calls("pwrite", "pwrite64", NULL);
    assert_int_equal(status, SPIRAL_IO);
    SAYS("Input/output error");
}

/* --- names ------------------------------------------------------------------------------------ */

static void test_names(void **state)
{
    (void)state;
    static const char *const names[] = {"file:y.db", ":memory:", "file:z.db?mode=memory", "a%20b?#",
                                        "-x.db"};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct spiral_experiment experiment;
        struct spiral_sweep sweep;
        struct spiral_store *store;

        load_experiment(&experiment, small);
        assert_int_equal(spiral_sweep_create(&sweep, &experiment, NULL, 1, 1, &error), SPIRAL_OK);
        assert_int_equal(spiral_store_create(names[i], &sweep, &error), SPIRAL_OK);
        assert_int_equal(access(names[i], F_OK), 0);
        assert_int_equal(spiral_store_open(&store, names[i], true, &error), SPIRAL_OK);
        spiral_store_close(store);
        assert_int_equal(spiral_store_open(&store, names[i], false, &error), SPIRAL_OK);
        spiral_store_close(store);
        spiral_sweep_clear(&sweep);
    }
}

static int make_whole(void **state)
{
    if (make_folder_of_points(state) != 0)
        return -1;
    run_whole("whole.db", small, 1);

    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_no_permission_to_write),
        cmocka_unit_test(test_log_that_cannot_be_played_back),
        cmocka_unit_test(test_reading_beside_a_sweep),
        cmocka_unit_test(test_no_shared_memory),
        cmocka_unit_test(test_failing_disk),
        cmocka_unit_test(test_names),
    };

    return cmocka_run_group_tests(tests, make_whole, drop_folder);
}
