/* SPDX-License-Identifier: MIT
 *
 * The target of stores. An input is an SQLite file, or else it says what is changed in a small
 * store that the program has made: of a sweep, of claims, or of a calibration. Such an input is a
 * byte that chooses the store, then changes of FUZZ_CHANGE bytes each: one byte of the file, or one
 * cell of one table. Changes of cells reach what lies behind SQLite's own checks: counts, indices
 * and numbers that do not fit each other.
 */
#ifndef SPIRAL_TEST_FUZZ_STORE_H
#define SPIRAL_TEST_FUZZ_STORE_H

#include <math.h>

#include "tests/fuzz/fuzz.h"
#include "tools/findings/findings.h"
#include "tools/spiral/commands.h"
#include "tools/store/claims.h"
#include "tools/store/connection.h"
#include "tools/store/paths.h"
#include "tools/store/posterior.h"
#include "tools/store/read.h"
#ifdef SPIRAL_WITH_EXPORT
#include "tools/export/export.h"
#endif

/* What a change does (its first byte, modulo FUZZ_OPERATIONS). */
enum fuzz_operation { FUZZ_SET_BYTE, FUZZ_SET_CELL, FUZZ_DELETE_ROW, FUZZ_OPERATIONS };

enum {
    FUZZ_BASES = 4,
    FUZZ_CHANGE = 8, /* bytes: operation, three of place, value, three of value */
    FUZZ_MOST_CHANGES = 8,
    FUZZ_MOST_COLUMNS = 400
};

/* --- the stores that are changed -------------------------------------------------------------- */

struct fuzz_column {
    char table[64];
    char update[700]; /* UPDATE of the n-th row's cell: ?1 the value, ?2 n */
    char erase[700];  /* DELETE of the n-th row: ?2 n */
};

struct fuzz_base {
    uint8_t *bytes; /* of the file */
    size_t size;
    size_t column_count;
    struct fuzz_column columns[FUZZ_MOST_COLUMNS];
};

static inline void fuzz_make_store(const struct spiral_command *command, const char *path,
                                   const char *const *words)
{
    char *arguments[FUZZ_WORDS + 1] = {NULL};
    char store[100];
    int count = 0;

    arguments[count++] = (char *)command->name;
    for (size_t i = 0; words[i] != NULL; i++)
        arguments[count++] = (char *)words[i];

    snprintf(store, sizeof store, "--store=%s", path);
    arguments[count++] = store;

    const struct fuzz_quiet quiet = fuzz_quiet_begin();
    const int status = command->run(count, arguments);

    fuzz_quiet_end(quiet);
    fuzz_require(status == SPIRAL_EXIT_OK);
}

/* The cells of a table: rows are counted in the order of its key. */
static inline void fuzz_find_columns(struct fuzz_base *base, sqlite3 *database, const char *table)
{
    char sql[300];
    char key[200] = "";
    sqlite3_stmt *statement;

    snprintf(sql, sizeof sql,
             "SELECT group_concat(name, ', ') FROM pragma_table_info('%s') WHERE pk", table);
    fuzz_require(sqlite3_prepare_v2(database, sql, -1, &statement, NULL) == SQLITE_OK);
    fuzz_require(sqlite3_step(statement) == SQLITE_ROW);
    snprintf(key, sizeof key, "%s",
             sqlite3_column_text(statement, 0) != NULL
                 ? (const char *)sqlite3_column_text(statement, 0)
                 : "rowid");
    sqlite3_finalize(statement);

    snprintf(sql, sizeof sql, "SELECT name FROM pragma_table_info('%s')", table);
    fuzz_require(sqlite3_prepare_v2(database, sql, -1, &statement, NULL) == SQLITE_OK);

    while (sqlite3_step(statement) == SQLITE_ROW && base->column_count < FUZZ_MOST_COLUMNS) {
        struct fuzz_column *column = &base->columns[base->column_count++];
        char row[420];

        snprintf(column->table, sizeof column->table, "%s", table);

        snprintf(row, sizeof row, "(%s) = (SELECT %s FROM \"%s\" LIMIT 1 OFFSET ?2)", key, key,
                 table);
        snprintf(column->update, sizeof column->update, "UPDATE \"%s\" SET \"%s\" = ?1 WHERE %s",
                 table, (const char *)sqlite3_column_text(statement, 0), row);
        snprintf(column->erase, sizeof column->erase, "DELETE FROM \"%s\" WHERE %s", table, row);
    }

    sqlite3_finalize(statement);
}

static inline void fuzz_read_base(struct fuzz_base *base, const char *path)
{
    sqlite3 *database;
    sqlite3_stmt *statement;
    FILE *file;

    /* All of the store in one file, with no journal beside it. */
    fuzz_require(sqlite3_open(path, &database) == SQLITE_OK);
    fuzz_require(sqlite3_exec(database, "PRAGMA journal_mode = DELETE", NULL, NULL, NULL) ==
                 SQLITE_OK);

    fuzz_require(sqlite3_prepare_v2(database,
                                    "SELECT name FROM sqlite_schema WHERE type = 'table' AND name "
                                    "NOT LIKE 'sqlite%' ORDER BY name",
                                    -1, &statement, NULL) == SQLITE_OK);
    while (sqlite3_step(statement) == SQLITE_ROW)
        fuzz_find_columns(base, database, (const char *)sqlite3_column_text(statement, 0));
    sqlite3_finalize(statement);
    fuzz_require(sqlite3_close(database) == SQLITE_OK);

    file = fopen(path, "rb");
    fuzz_require(file != NULL && fseek(file, 0, SEEK_END) == 0);
    base->size = (size_t)ftell(file);
    base->bytes = malloc(base->size);
    rewind(file);
    fuzz_require(base->bytes != NULL);
    fuzz_require(fread(base->bytes, 1, base->size, file) == base->size);
    fclose(file);
}

static inline const struct fuzz_base *fuzz_store_base(size_t i)
{
    static struct fuzz_base bases[FUZZ_BASES];
    static const struct {
        const struct spiral_command *command;
        const char *words[20];
    } recipes[FUZZ_BASES] = {
        {&spiral_command_sweep,
         {"north", "--vary=k.encircle=1:8", "--vary=neighbour.greed=0:1", "--design=saltelli",
          "--points=2", "--replicates=2", "--keep=all", "--runs", "--trajectories=1", "--dt=1/2",
          "--quiet", "--threads=1"}},
        {&spiral_command_sweep,
         {"north", "south", "--vary=k.encircle=1,2,4", "--vary=neighbour.greed=0:1:3",
          "--design=grid", "--replicates=4", "--dt=1/2", "--quiet", "--threads=1"}},
        {&spiral_command_claims,
         {"--claims=limited_balance,guarantee", "--points=3", "--replicates=8", "--dt=0.5",
          "--quiet", "--threads=1"}},
        {&spiral_command_calibrate,
         {"north", "--vary=k.encircle=1:8", "--vary=k.conduct=0.1:1", "--method=abc", "--runs=8",
          "--points=12", "--generations=2", "--margin=1e-6", "--predictions=16", "--quiet",
          "--threads=1"}},
    };
    char name[] = "base0";
    struct fuzz_base *base = &bases[i];

    if (base->bytes == NULL) {
        name[4] = (char)('0' + i);
        setenv("SPIRAL_SCENARIOS", SPIRAL_SOURCE_DIR "/tests/experiment/cases", 0);

        char *path = strdup(fuzz_path(name));

        fuzz_require(path != NULL);
        fuzz_make_store(recipes[i].command, path, recipes[i].words);
        fuzz_read_base(base, path);
        free(path);
    }

    return base;
}

/* --- changes ---------------------------------------------------------------------------------- */

/* A value of a cell: what counts, indices and numbers go wrong with. */
static inline void fuzz_bind_value(sqlite3_stmt *statement, const uint8_t value[4])
{
    static const int64_t wholes[] = {
        0, 1, -1, INT64_MAX, INT64_MIN, INT32_MAX, 4611686018427387903};
    static const double reals[] = {0.5, -0.5, 1e308, -1e308, 1e-308, INFINITY, 9007199254740993.0};
    static const char *const texts[] = {"", "north", "k.encircle", "\x1b[2J", "1e999", "war"};

    switch (value[0] % 6) {
    case 0: sqlite3_bind_int64(statement, 1, wholes[value[1] % 7]); break;
    case 1: sqlite3_bind_double(statement, 1, reals[value[1] % 7]); break;
    case 2: sqlite3_bind_text(statement, 1, texts[value[1] % 6], -1, SQLITE_STATIC); break;
    case 3: sqlite3_bind_null(statement, 1); break;
    case 4: sqlite3_bind_zeroblob(statement, 1, value[1] * 32); break;
    case 5: sqlite3_bind_int64(statement, 1, value[1] * 65536 + value[2] * 256 + value[3]); break;
    }
}

/* Changes a cell, and renews the checksums of its table, since a checksum does not protect against
 * those who know how it is made. Whether SQLite takes the change does not matter: a constraint or
 * damage may refuse it. */
static inline void fuzz_change_cell(const struct fuzz_base *base, struct spiral_store *store,
                                    const uint8_t change[FUZZ_CHANGE])
{
    const struct fuzz_column *column =
        &base->columns[(size_t)(change[1] * 256 + change[2]) % base->column_count];
    const bool set = change[0] % FUZZ_OPERATIONS == FUZZ_SET_CELL;
    struct spiral_error error;
    sqlite3_stmt *statement;

    if (sqlite3_prepare_v2(store->database, set ? column->update : column->erase, -1, &statement,
                           NULL) != SQLITE_OK)
        return;
    if (set)
        fuzz_bind_value(statement, change + 4);
    sqlite3_bind_int(statement, 2, change[3]);
    if (sqlite3_step(statement) == SQLITE_DONE && sqlite3_changes(store->database) > 0)
        spiral_store_seal(store, column->table, &error);
    sqlite3_finalize(statement);
}

/* A connection to a store that is about to be changed; no journal is kept of what the next input
 * throws away. */
static inline struct spiral_store *fuzz_open_to_change(const char *path)
{
    struct spiral_store *store = spiral_store_allocate(path);
    struct spiral_error error;

    fuzz_require(store != NULL);
    if (spiral_store_connect(store, path, SQLITE_OPEN_READWRITE, &error) == SPIRAL_OK)
        sqlite3_exec(store->database,
                     "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA "
                     "ignore_check_constraints = ON; BEGIN",
                     NULL, NULL, NULL);

    return store;
}

/* The path of a file with the store that an input means. */
static inline const char *fuzz_changed_store(const uint8_t *data, size_t size)
{
    static uint8_t *bytes;
    struct spiral_store *store = NULL;

    if (size == 0 || memcmp(data, "SQLite format 3", size < 15 ? size : 15) == 0)
        return fuzz_file("input", data, size);

    const struct fuzz_base *base = fuzz_store_base(data[0] % FUZZ_BASES);
    const size_t said = (size - 1) / FUZZ_CHANGE;
    const size_t count = said < FUZZ_MOST_CHANGES ? said : FUZZ_MOST_CHANGES;

    bytes = realloc(bytes, base->size);
    fuzz_require(bytes != NULL);
    memcpy(bytes, base->bytes, base->size);

    for (size_t i = 0; i < count; i++) {
        const uint8_t *change = data + 1 + i * FUZZ_CHANGE;
        const size_t place = (size_t)change[1] * 65536 + (size_t)change[2] * 256 + change[3];

        if (change[0] % FUZZ_OPERATIONS == FUZZ_SET_BYTE)
            bytes[place % base->size] = change[4];
    }

    const char *path = fuzz_file("input", bytes, base->size);

    for (size_t i = 0; i < count; i++) {
        const uint8_t *change = data + 1 + i * FUZZ_CHANGE;

        if (change[0] % FUZZ_OPERATIONS == FUZZ_SET_BYTE)
            continue;
        if (store == NULL)
            store = fuzz_open_to_change(path);
        fuzz_change_cell(base, store, change);
    }

    if (store != NULL)
        sqlite3_exec(store->database, "COMMIT", NULL, NULL, NULL);
    spiral_store_close(store);

    return path;
}

/* --- readers ---------------------------------------------------------------------------------- */

/* A reader that fails says why. The message may hold a text of the store as it is: what prints a
 * message makes it safe for a terminal. SQLite calls some damage a failure of the disk, so
 * SPIRAL_IO is no fault. */
static inline void fuzz_require_read(enum spiral_status status, const struct spiral_error *error)
{
    fuzz_require(status == SPIRAL_OK || error->message[0] != '\0');
}

/* One method of analysis, which the input decides: all of them would take most of the time. */
static inline void fuzz_analyse(const struct spiral_store_figures *figures, unsigned decision)
{
    const struct spiral_analyse_request request = {.method = (enum spiral_analyse_method)(
                                                       decision % SPIRAL_ANALYSE_METHODS),
                                                   .resampling = {.resamples = 4},
                                                   .threshold = NAN};
    struct spiral_findings findings = {.count = 0};
    struct spiral_error error = {0};
    char *text = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&text, &length);

    fuzz_require(out != NULL);
    if (figures->outcome_count > 0)
        fuzz_require_read(spiral_analyse(&findings, figures, &request, &error), &error);

    spiral_findings_text(&findings, 80, out);

    struct spiral_table table;

    spiral_table_init(&table, "findings");
    spiral_findings_columns(&table);
    spiral_table_begin(&table, out, true);
    spiral_findings_csv(&findings, &table);
    spiral_table_metadata(&table, "findings.csv", out);
    spiral_table_clear(&table);
    fuzz_require_read(spiral_findings_json(&findings, out, &error), &error);
    fclose(out);
    free(text);
    spiral_findings_clear(&findings);
}

static inline void fuzz_read_figures(const char *path, unsigned decision)
{
    struct spiral_store_figures figures = {.points = 0};
    struct spiral_error error = {0};
    const enum spiral_status status = spiral_store_read(&figures, path, &error);

    fuzz_require_read(status, &error);

    /* Every number is read, so that a sanitizer sees the arrays that a count has not filled. */
    if (status == SPIRAL_OK) {
        double sum = 0.0;

        for (size_t i = 0; i < figures.points * figures.axis_count; i++)
            sum += figures.value[i];
        for (size_t i = 0; i < figures.points * figures.factors; i++)
            sum += figures.coordinate[i];
        for (size_t i = 0; i < figures.points * figures.scenario_count * figures.outcome_count; i++)
            sum += figures.mean[i] + figures.m2[i] + (double)figures.count[i];
        fuzz_require(sum == sum || sum != sum);
        fuzz_analyse(&figures, decision);
    }

    spiral_store_figures_clear(&figures);
}

static inline void fuzz_read_sweep(struct spiral_store *store)
{
    struct spiral_sweep sweep = {.experiment = spiral_experiment_defaults()};
    struct spiral_schedule schedule = {.cell_count = 0};
    struct spiral_error error = {0};
    const enum spiral_status status = spiral_store_load(store, &sweep, &error);

    fuzz_require_read(status, &error);

    if (status == SPIRAL_OK && spiral_schedule_create(&schedule, &sweep, 0) == SPIRAL_OK) {
        bool *committed = calloc(schedule.unit_count * schedule.round_count + 1, sizeof *committed);

        fuzz_require(committed != NULL);
        fuzz_require_read(spiral_store_committed_units(store, &schedule, committed, &error),
                          &error);
        free(committed);
    }

    spiral_schedule_clear(&schedule);
    spiral_sweep_clear(&sweep);
}

static inline void fuzz_read_others(struct spiral_store *store)
{
    struct spiral_claim_trial trial = {.points_done = 0};
    struct spiral_store_paths paths = {.count = 0};
    struct spiral_error error = {0};

    fuzz_require_read(spiral_store_claims_load(store, &trial, &error), &error);
    spiral_claim_trial_clear(&trial);

    fuzz_require_read(spiral_store_paths_read(&paths, store, 0, SPIRAL_QUANTITY_escalation,
                                              SPIRAL_QUANTITY_hostility, 100, &error),
                      &error);
    spiral_store_paths_clear(&paths);

#ifdef SPIRAL_WITH_EXPORT
    for (int what = SPIRAL_EXPORT_POINTS; what <= SPIRAL_EXPORT_TRAJECTORIES; what++) {
        struct spiral_export export = {.store = NULL};
        char *text = NULL;
        size_t length = 0;
        enum spiral_status status =
            spiral_export_read(&export, store, (enum spiral_export_what)what, &error);
        FILE *out = open_memstream(&text, &length);

        fuzz_require(out != NULL);

        if (status == SPIRAL_OK) {
            struct spiral_table table;

            spiral_export_describe(&export, &table);
            spiral_table_begin(&table, out, true);
            status = spiral_export_csv(&export, &table, &error);
            spiral_table_metadata(&table, "table.csv", out);
            spiral_table_clear(&table);
        }

        fuzz_require_read(status, &error);
        fclose(out);
        free(text);
        spiral_export_clear(&export);
    }
#endif
}

static inline void fuzz_read_posterior(const char *path)
{
    struct spiral_posterior_sample sample = {.count = 0};
    struct spiral_error error = {0};
    const enum spiral_status status = spiral_posterior_read(&sample, path, &error);

    fuzz_require_read(status, &error);

    for (size_t i = 0; status == SPIRAL_OK && i < sample.count * sample.axis_count; i++) {
        const struct spiral_posterior_axis *axis = &sample.axes[i % sample.axis_count];
        const double rounding = 1e-9 * (axis->high - axis->low);
        fuzz_require(sample.value[i] >= axis->low - rounding &&
                     sample.value[i] <= axis->high + rounding);
    }

    spiral_posterior_sample_clear(&sample);
}

static inline void fuzz_store(const uint8_t *data, size_t size)
{
    char *path = strdup(fuzz_changed_store(data, size));
    unsigned decision = 0;
    struct spiral_store *store = NULL;
    struct spiral_error error = {0};

    for (size_t i = 0; i < size; i++)
        decision += data[i];

    fuzz_require(path != NULL);
    fuzz_read_figures(path, decision);
    fuzz_read_posterior(path);

    const enum spiral_status status = spiral_store_open(&store, path, false, &error);

    fuzz_require_read(status, &error);

    if (status == SPIRAL_OK) {
        fuzz_read_sweep(store);
        fuzz_read_others(store);
    }

    spiral_store_close(store);
    free(path);
}

#endif
