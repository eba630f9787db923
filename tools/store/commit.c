/* SPDX-License-Identifier: MIT
 *
 * Adding a unit's result to a store.
 */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "tools/store/connection.h"

/* A statement that reads or changes (its SQL), or that adds a row (its verb and its table). */
static const struct {
    const char *sql;
    const char *verb;
    const char *table;
} statements[SPIRAL_STORE_STATEMENTS] = {
    [SPIRAL_STORE_GET] = {.sql = "SELECT count, sum, square, sketch, mean, m2 FROM result WHERE "
                                 "scenario = ?1 AND point = ?2 AND outcome = ?3"},
    [SPIRAL_STORE_PUT] = {.verb = "REPLACE", .table = "result"},
    [SPIRAL_STORE_CELL] = {.verb = "REPLACE", .table = "cell"},
    [SPIRAL_STORE_RUN] = {.verb = "INSERT", .table = "run"},
    [SPIRAL_STORE_TRAJECTORY] = {.verb = "INSERT", .table = "trajectory"},
    [SPIRAL_STORE_WORK] = {.verb = "INSERT", .table = "work"},
};

enum spiral_status spiral_store_prepare_all(struct spiral_store *store, struct spiral_error *error)
{
    enum spiral_status status = SPIRAL_OK;

    for (int i = 0; i < SPIRAL_STORE_STATEMENTS && status == SPIRAL_OK; i++) {
        sqlite3_stmt **statement = &store->statements[i];
        if (*statement != NULL)
            continue;
        status = statements[i].sql != NULL
                     ? spiral_store_prepare(store, statements[i].sql, statement, error)
                     : spiral_store_prepare_row(store, statements[i].verb, statements[i].table,
                                                statement, error);
    }

    return status;
}

void spiral_store_bind_cell(sqlite3_stmt *statement, const struct spiral_sweep *sweep, size_t cell)
{
    sqlite3_bind_int64(statement, 1, (sqlite3_int64)spiral_cell_case(sweep, cell));
    sqlite3_bind_int64(statement, 2, (sqlite3_int64)spiral_cell_point(sweep, cell));
}

/* --- sums ------------------------------------------------------------------------------------- */

enum spiral_status spiral_store_sums(struct spiral_store *store, const struct spiral_sweep *sweep,
                                     size_t cell, int outcome, struct spiral_sums *sums,
                                     double moments[2], struct spiral_error *error)
{
    sqlite3_stmt *statement = store->statements[SPIRAL_STORE_GET];
    enum spiral_status status = SPIRAL_OK;

    *sums = (struct spiral_sums){.count = 0};
    spiral_store_bind_cell(statement, sweep, cell);
    sqlite3_bind_int(statement, 3, outcome);

    const int code = sqlite3_step(statement);

    if (code == SQLITE_ROW) {
        const unsigned char *sketch = sqlite3_column_blob(statement, 3);
        const bool whole =
            sketch != NULL && sqlite3_column_bytes(statement, 3) == 4 * SPIRAL_SKETCH_BINS;
        sums->count = (uint64_t)sqlite3_column_int64(statement, 0);
        if (!whole ||
            !spiral_wide_read((const char *)sqlite3_column_text(statement, 1), &sums->sum) ||
            !spiral_wide_read((const char *)sqlite3_column_text(statement, 2), &sums->square))
            status = spiral_error_set(error, SPIRAL_BAD_INPUT,
                                      "%s is damaged: a result cannot be read", store->path);
        else
            spiral_sketch_read(sums->sketch, sketch);
        for (int i = 0; i < 2 && moments != NULL; i++)
            moments[i] = sqlite3_column_double(statement, 4 + i);
    } else if (code != SQLITE_DONE)
        status = spiral_store_failed(store, error);
    sqlite3_reset(statement);

    return status;
}

static enum spiral_status put_sums(struct spiral_store *store, const struct spiral_sweep *sweep,
                                   size_t cell, int outcome, const struct spiral_sums *sums,
                                   struct spiral_error *error)
{
    sqlite3_stmt *statement = store->statements[SPIRAL_STORE_PUT];
    unsigned char sketch[4 * SPIRAL_SKETCH_BINS];
    char sum[33];
    char square[33];

    spiral_wide_write(sums->sum, sum);
    spiral_wide_write(sums->square, square);
    spiral_sketch_write(sums->sketch, sketch);
    spiral_store_bind_cell(statement, sweep, cell);
    sqlite3_bind_int(statement, 3, outcome);
    sqlite3_bind_int64(statement, 4, (sqlite3_int64)sums->count);
    sqlite3_bind_double(statement, 5,
                        spiral_sums_mean(sums, &sweep->measures[outcome],
                                         &sweep->spans[spiral_cell_case(sweep, cell)]));
    sqlite3_bind_double(statement, 6, spiral_sums_deviations(sums));
    sqlite3_bind_text(statement, 7, sum, 32, SQLITE_STATIC);
    sqlite3_bind_text(statement, 8, square, 32, SQLITE_STATIC);
    sqlite3_bind_blob(statement, 9, sketch, sizeof sketch, SQLITE_STATIC);

    return spiral_store_step(store, statement, error);
}

enum spiral_status spiral_store_put_cell(struct spiral_store *store,
                                         const struct spiral_sweep *sweep, size_t cell,
                                         const struct spiral_cell *now, struct spiral_error *error)
{
    sqlite3_stmt *statement = store->statements[SPIRAL_STORE_CELL];

    spiral_store_bind_cell(statement, sweep, cell);
    sqlite3_bind_int64(statement, 3, now->runs);
    sqlite3_bind_int(statement, 4, now->done);
    sqlite3_bind_int64(statement, 5, now->base);

    return spiral_store_step(store, statement, error);
}

/* Adds the result's i-th cell to its row; *after becomes the cell with it. */
static enum spiral_status add_cell(struct spiral_store *store, const struct spiral_sweep *sweep,
                                   struct spiral_work_result *result, uint64_t i,
                                   struct spiral_cell *after, struct spiral_error *error)
{
    const size_t cell = spiral_work_cells(result)[i];
    const struct spiral_sums *added = spiral_work_sums(result) + i * result->outcomes;
    struct spiral_sums risk = {.count = 0};
    enum spiral_status status = SPIRAL_OK;

    for (int o = 0; o < sweep->outcome_count && status == SPIRAL_OK; o++) {
        struct spiral_sums sums;
        status = spiral_store_sums(store, sweep, cell, o, &sums, NULL, error);
        if (status != SPIRAL_OK)
            return status;
        spiral_sums_merge(&sums, &added[o]);
        if (sweep->outcomes[o] == sweep->experiment.stop.outcome)
            risk = sums;
        status = put_sums(store, sweep, cell, o, &sums, error);
    }

    after->base = sweep->cells[cell].base;
    after->runs = sweep->cells[cell].runs + (uint32_t)result->replicates;
    after->done = spiral_cell_is_done(&sweep->experiment, after->runs, &risk);

    return status != SPIRAL_OK ? status : spiral_store_put_cell(store, sweep, cell, after, error);
}

/* --- runs and trajectories -------------------------------------------------------------------- */

static enum spiral_status add_runs(struct spiral_store *store, const struct spiral_sweep *sweep,
                                   struct spiral_work_result *result, uint64_t i,
                                   struct spiral_error *error)
{
    sqlite3_stmt *statement = store->statements[SPIRAL_STORE_RUN];
    const double *values = spiral_work_runs(result) + i * result->replicates * result->outcomes;
    enum spiral_status status = SPIRAL_OK;

    spiral_store_bind_cell(statement, sweep, spiral_work_cells(result)[i]);

    for (uint64_t n = 0; n < result->replicates * result->outcomes && status == SPIRAL_OK; n++) {
        sqlite3_bind_int64(statement, 3, (sqlite3_int64)(result->first + n / result->outcomes));
        sqlite3_bind_int64(statement, 4, (sqlite3_int64)(n % result->outcomes));
        sqlite3_bind_double(statement, 5, values[n]);
        status = spiral_store_step(store, statement, error);
    }

    return status;
}

static enum spiral_status add_trajectories(struct spiral_store *store,
                                           const struct spiral_sweep *sweep,
                                           struct spiral_work_result *result, uint64_t i,
                                           struct spiral_error *error)
{
    sqlite3_stmt *statement = store->statements[SPIRAL_STORE_TRAJECTORY];
    const size_t cell = spiral_work_cells(result)[i];
    const struct spiral_run_span *span = &sweep->spans[spiral_cell_case(sweep, cell)];
    const double *values = spiral_work_trajectories(result) +
                           i * result->trajectories * result->dates * SPIRAL_QUANTITIES;
    enum spiral_status status = SPIRAL_OK;

    spiral_store_bind_cell(statement, sweep, cell);

    for (uint64_t n = 0; n < result->trajectories * result->dates && status == SPIRAL_OK; n++) {
        const uint64_t step = n % result->dates;
        sqlite3_bind_int64(statement, 3, (sqlite3_int64)(result->first + n / result->dates));
        sqlite3_bind_int64(statement, 4, (sqlite3_int64)step);
        sqlite3_bind_double(statement, 5, span->start + span->dt * (double)step);
        for (int q = 0; q < SPIRAL_QUANTITIES; q++)
            sqlite3_bind_double(statement, 6 + q, values[n * SPIRAL_QUANTITIES + (uint64_t)q]);

        status = spiral_store_step(store, statement, error);
    }

    return status;
}

/* --- units of work ---------------------------------------------------------------------------- */

static enum spiral_status add_result(struct spiral_store *store, const struct spiral_sweep *sweep,
                                     struct spiral_work_result *result, struct spiral_cell *after,
                                     struct spiral_error *error)
{
    enum spiral_status status = spiral_store_do(store, "BEGIN IMMEDIATE", error);

    for (uint64_t i = 0; i < result->cells && status == SPIRAL_OK; i++) {
        status = add_cell(store, sweep, result, i, &after[i], error);
        if (status == SPIRAL_OK && result->runs_kept)
            status = add_runs(store, sweep, result, i, error);
        if (status == SPIRAL_OK && result->trajectories > 0)
            status = add_trajectories(store, sweep, result, i, error);
    }

    if (status != SPIRAL_OK)
        return status;
    sqlite3_bind_int64(store->statements[SPIRAL_STORE_WORK], 1, (sqlite3_int64)result->round);
    sqlite3_bind_int64(store->statements[SPIRAL_STORE_WORK], 2, (sqlite3_int64)result->unit);
    status = spiral_store_step(store, store->statements[SPIRAL_STORE_WORK], error);

    return status != SPIRAL_OK ? status : spiral_store_do(store, "COMMIT", error);
}

enum spiral_status spiral_store_commit(struct spiral_store *store, struct spiral_sweep *sweep,
                                       struct spiral_work_result *result,
                                       struct spiral_error *error)
{
    struct spiral_cell *after = calloc(result->cells, sizeof *after);

    if (after == NULL)
        return spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for a commit");

    enum spiral_status status = spiral_store_prepare_all(store, error);

    if (status == SPIRAL_OK)
        status = add_result(store, sweep, result, after, error);
    for (uint64_t i = 0; i < result->cells && status == SPIRAL_OK; i++)
        sweep->cells[spiral_work_cells(result)[i]] = after[i];
    if (status == SPIRAL_IO && error != NULL)
        strncat(error->message, "; what was committed is safe",
                sizeof error->message - 1 - strlen(error->message));
    if (status != SPIRAL_OK && sqlite3_get_autocommit(store->database) == 0)
        sqlite3_exec(store->database, "ROLLBACK", NULL, NULL, NULL);
    free(after);

    return status;
}

enum spiral_status spiral_store_end(struct spiral_store *store, struct spiral_sweep *sweep,
                                    struct spiral_error *error)
{
    const enum spiral_status status = spiral_store_forget_growth(store, sweep, error);

    if (status != SPIRAL_OK)
        return status;

    char update[100];
    char ended[32];
    const time_t now = time(NULL);
    struct tm utc;

    strftime(ended, sizeof ended, "%Y-%m-%dT%H:%M:%SZ", gmtime_r(&now, &utc));
    snprintf(update, sizeof update, "UPDATE experiment SET ended = '%s' WHERE ended IS NULL",
             ended);

    return spiral_store_update(store, update, "experiment", error);
}
