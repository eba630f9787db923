/* SPDX-License-Identifier: MIT
 *
 * What the suites of sweeps and stores share: a folder of their own, stores made and run in a
 * line, and a store's rows as text.
 */
#ifndef SPIRAL_TEST_SWEEPS_H
#define SPIRAL_TEST_SWEEPS_H

#include "tests/support/command.h"
#include "tools/runner/runner.h"
#include "tools/store/connection.h"

/* The folder with a list of points in it, as the working directory. */
static inline int make_folder_of_points(void **state)
{
    if (make_folder(state) != 0)
        return -1;
    FILE *list = fopen(at("points.csv"), "w");

    if (list == NULL)
        return -1;
    fputs("k.encircle, neighbour.greed, small-neighbour.ties, neighbour.power\n1, 0.1, 0.5, 1\n8, "
          "0.9, 0.5, 1.5\n8, 0.9, 0.5, 1.5\n4, 0.5, 0, 0.7\n2.5, 1, 1, 1\n"
          "7, 0.25, 0.75, 2\n3, 0, 0.9, 0.5\n",
          list);

    return fclose(list) == 0 && chdir(folder) == 0 ? 0 : -1;
}

/* The beginning of experiments on two cases and the seven points of points.csv; their second and
 * third point are alike. */
#define SEVEN_POINTS \
    "experiment: test\nscenarios: [north, south]\nvary:\n" \
    "  - {name: k.encircle, range: [1, 8]}\n  - {name: neighbour.greed, range: [0, 1]}\n" \
    "  - {name: small-neighbour.ties, range: [0, 1]}\n  - {name: neighbour.power, range: [0.5, " \
    "2]}\n" \
    "design: {kind: list, file: points.csv}\n"

static inline void load_experiment(struct spiral_experiment *experiment, const char *text)
{
    static struct spiral_diagnostics diagnostics;

    spiral_diagnostics_init(&diagnostics);

    if (spiral_experiment_load_text(experiment, text, strlen(text), "text", NULL, &diagnostics) !=
        SPIRAL_OK) {
        spiral_diagnostics_print(&diagnostics, stderr);
        fail_msg("the experiment is not in order");
    }
}

/* Makes the store of a shard of an experiment; nothing is run. */
static inline enum spiral_status begin_shard(const char *name, const char *text, int shard,
                                             int shards, struct spiral_error *error)
{
    struct spiral_experiment experiment;
    struct spiral_sweep sweep;

    load_experiment(&experiment, text);

    enum spiral_status status =
        spiral_sweep_create(&sweep, &experiment, NULL, shard, shards, error);

    if (status == SPIRAL_OK)
        status = spiral_store_create(at(name), &sweep, error);
    spiral_sweep_clear(&sweep);

    return status;
}

/* Runs what a store still wants, or `limit` units of it. */
static inline enum spiral_status go_on(const char *name, int threads, uint64_t limit,
                                       struct spiral_error *error)
{
    const struct spiral_sweep_options options = {.threads = threads,
                                                 .quiet = true,
                                                 .limit = limit,
                                                 .label = "test"};
    struct spiral_sweep sweep = {.experiment = spiral_experiment_defaults()};
    struct spiral_store *store;
    enum spiral_status status = spiral_store_open(&store, at(name), true, error);

    if (status == SPIRAL_OK)
        status = spiral_store_load(store, &sweep, error);
    if (status == SPIRAL_OK)
        status = spiral_sweep_run(&sweep, store, &options, error);
    spiral_store_close(store);
    spiral_sweep_clear(&sweep);

    return status;
}

/* The whole of an experiment in one go. */
static inline void run_whole(const char *name, const char *text, int threads)
{
    struct spiral_error error;
    if (begin_shard(name, text, 1, 1, &error) != SPIRAL_OK ||
        go_on(name, threads, 0, &error) != SPIRAL_OK)
        fail_msg("%s", error.message);
}

/* The rows that queries give, as text. The caller frees it. */
static inline char *rows_by(const char *name, const char *const *queries, size_t count)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    sqlite3 *database;

    assert_int_equal(sqlite3_open_v2(at(name), &database, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);

    for (size_t i = 0; i < count; i++) {
        sqlite3_stmt *statement;
        assert_int_equal(sqlite3_prepare_v2(database, queries[i], -1, &statement, NULL), SQLITE_OK);

        while (sqlite3_step(statement) == SQLITE_ROW) {
            for (int column = 0; column < sqlite3_column_count(statement); column++) {
                if (sqlite3_column_type(statement, column) == SQLITE_FLOAT)
                    fprintf(out, "%a|", sqlite3_column_double(statement, column));
                else
                    fprintf(out, "%s|", (const char *)sqlite3_column_text(statement, column));
            }

            fputc('\n', out);
        }

        sqlite3_finalize(statement);
    }

    sqlite3_close(database);
    fclose(out);

    return text;
}

/* Every row of a store but host and times, as text. The caller frees it. */
static inline char *rows_of(const char *name)
{
    static const char *const queries[] = {
        ("SELECT name, text, hash, version, constants, constants_hash, design, base, second_order, "
         "shard, shards, ended IS NULL FROM experiment"),
        "SELECT * FROM scenario ORDER BY id",
        "SELECT * FROM axis ORDER BY id",
        "SELECT * FROM point",
        "SELECT * FROM outcome ORDER BY id",
        "SELECT * FROM cell",
        "SELECT scenario, point, outcome, count, mean, m2, sum, square, hex(sketch) FROM result",
        "SELECT * FROM run",
        "SELECT * FROM trajectory",
        "SELECT * FROM work",
    };

    return rows_by(name, queries, sizeof queries / sizeof *queries);
}

static inline void assert_same_rows(const char *one, const char *other)
{
    char *rows = rows_of(one);
    char *others = rows_of(other);

    if (strcmp(rows, others) != 0) {
        size_t place = 0;
        while (rows[place] == others[place])
            place++;

        place = place > 100 ? place - 100 : 0;
        fail_msg("%s and %s differ:\n%.300s\n---\n%.300s", one, other, rows + place,
                 others + place);
    }

    free(rows);
    free(others);
}

/* Runs SQL on a store, as somebody who edits it would: checksums stay as they were. */
static inline void tamper(const char *name, const char *sql)
{
    sqlite3 *database;
    assert_int_equal(sqlite3_open(at(name), &database), SQLITE_OK);
    assert_int_equal(sqlite3_exec(database, sql, NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_close(database), SQLITE_OK);
}

/* Renews all checksums of a store, as a program that makes stores would. */
static inline void seal(const char *name)
{
    static const char list[] = "SELECT name FROM sqlite_master WHERE type = 'table'";
    struct spiral_store *store = spiral_store_allocate(at(name));
    struct spiral_error error;
    sqlite3_stmt *statement = NULL;

    assert_non_null(store);

    enum spiral_status status =
        spiral_store_connect(store, at(name), SQLITE_OPEN_READWRITE, &error);

    if (status == SPIRAL_OK)
        status = spiral_store_prepare(store, list, &statement, &error);
    while (spiral_store_next(store, statement, &status, &error))
        status = spiral_store_seal(store, (const char *)sqlite3_column_text(statement, 0), &error);

    sqlite3_finalize(statement);
    if (status != SPIRAL_OK)
        fail_msg("%s", error.message);
    spiral_store_close(store);
}

/* Runs SQL on a store, as a program that makes wrong stores would: their checksums are right. */
static inline void edit(const char *name, const char *sql)
{
    tamper(name, sql);
    seal(name);
}

/* One number from a store. */
static inline double number_of(const char *name, const char *sql)
{
    sqlite3 *database;
    sqlite3_stmt *statement;

    assert_int_equal(sqlite3_open_v2(at(name), &database, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(database, sql, -1, &statement, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);

    const double number = sqlite3_column_double(statement, 0);

    sqlite3_finalize(statement);
    sqlite3_close(database);

    return number;
}

#endif
