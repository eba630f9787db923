/* SPDX-License-Identifier: MIT
 *
 * The store of a posterior from a panel: what went in comes out, and a store is of one request.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <sqlite3.h>
#include <cmocka.h>

#include "tools/store/inference.h"

static const char request[] = "version: 1\nruns: 64\nseed: 1\n";
static char folder[] = "/tmp/spiral-inference-XXXXXX";
static char path[100];

static int make_folder(void **state)
{
    (void)state;
    if (mkdtemp(folder) == NULL)
        return -1;
    snprintf(path, sizeof path, "%s/s.db", folder);
    return 0;
}

static int drop_folder(void **state)
{
    (void)state;
    return rmdir(folder);
}

/* Runs SQL on the file itself. */
static void change(const char *sql)
{
    sqlite3 *database;

    assert_int_equal(sqlite3_open(path, &database), SQLITE_OK);
    assert_int_equal(sqlite3_exec(database, sql, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(database);
}

static struct spiral_store *open_store(void)
{
    struct spiral_store *store = NULL;
    assert_int_equal(spiral_inference_store_open(&store, path, request, NULL), SPIRAL_OK);
    return store;
}

/* Sets come back to the bit, in a store that was closed in between; others are not there. */
static void test_kept(void **state)
{
    (void)state;
    const double point[] = {0.1, 1.0 / 3.0};
    const float outputs[] = {-1.5f, 2e-7f, 3.25f};
    float read[3] = {0.0f};
    bool found = false;
    struct spiral_store *store = open_store();
    struct spiral_inference_keeper keeper = spiral_inference_store_keeper(store);

    assert_int_equal(keeper.load(keeper.context, 0, point, 2, read, 3, &found, NULL), SPIRAL_OK);
    assert_false(found);
    assert_int_equal(keeper.save(keeper.context, 0, point, 2, outputs, 3, NULL), SPIRAL_OK);
    spiral_store_close(store);

    store = open_store();
    keeper = spiral_inference_store_keeper(store);
    assert_int_equal(keeper.load(keeper.context, 0, point, 2, read, 3, &found, NULL), SPIRAL_OK);
    assert_true(found);
    assert_memory_equal(read, outputs, sizeof outputs);
    assert_int_equal(keeper.load(keeper.context, 1, point, 2, read, 3, &found, NULL), SPIRAL_OK);
    assert_false(found);
    assert_int_equal(spiral_inference_store_end(store, NULL), SPIRAL_OK);
    spiral_store_close(store);
    unlink(path);
}

/* A set that is not the one that comes next, or has another number of outputs, is refused. */
static void test_other_set(void **state)
{
    (void)state;
    const double point[] = {0.1, 0.2};
    const double other[] = {0.1, 0.2000000000000001};
    const float outputs[] = {1.0f, 2.0f};
    float read[3];
    bool found;
    struct spiral_error error;
    struct spiral_store *store = open_store();
    const struct spiral_inference_keeper keeper = spiral_inference_store_keeper(store);

    assert_int_equal(keeper.save(keeper.context, 0, point, 2, outputs, 2, NULL), SPIRAL_OK);
    assert_int_equal(keeper.load(keeper.context, 0, other, 2, read, 2, &found, &error),
                     SPIRAL_BAD_INPUT);
    assert_non_null(strstr(error.message, "its set 0 is not the one that comes next"));
    assert_int_equal(keeper.load(keeper.context, 0, point, 2, read, 3, &found, &error),
                     SPIRAL_BAD_INPUT);
    assert_non_null(strstr(error.message, "is damaged"));
    spiral_store_close(store);
    unlink(path);
}

/* Another request is refused, with the line that differs; so is a file that is something else, and
 * one whose rows were changed. */
static void test_refused(void **state)
{
    (void)state;
    const double point = 0.5;
    const float output = 1.0f;
    struct spiral_error error;
    struct spiral_store *store = open_store();
    const struct spiral_inference_keeper keeper = spiral_inference_store_keeper(store);

    assert_int_equal(keeper.save(keeper.context, 0, &point, 1, &output, 1, NULL), SPIRAL_OK);
    spiral_store_close(store);
    assert_int_equal(spiral_inference_store_open(&store, path, "version: 1\nruns: 32\nseed: 1\n",
                                                 &error),
                     SPIRAL_BAD_INPUT);
    assert_non_null(strstr(error.message, "it has 'runs: 64', this is 'runs: 32'"));
    spiral_store_close(store);
    assert_int_equal(spiral_inference_store_open(&store, path, "version: 1\nruns: 64\n", &error),
                     SPIRAL_BAD_INPUT);
    assert_non_null(strstr(error.message, "it has 'seed: 1', this is ''"));
    spiral_store_close(store);

    change("UPDATE inference_set SET outputs = x'00000000'");
    assert_int_equal(spiral_inference_store_open(&store, path, request, &error), SPIRAL_BAD_INPUT);
    spiral_store_close(store);
    change("DROP TABLE inference");
    assert_int_equal(spiral_inference_store_open(&store, path, request, &error), SPIRAL_BAD_INPUT);
    spiral_store_close(store);
    unlink(path);

    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs("not a store\n", file);
    fclose(file);
    assert_int_equal(spiral_inference_store_open(&store, path, request, &error), SPIRAL_BAD_INPUT);
    spiral_store_close(store);
    unlink(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_kept),
        cmocka_unit_test(test_other_set),
        cmocka_unit_test(test_refused),
    };

    return cmocka_run_group_tests(tests, make_folder, drop_folder);
}
