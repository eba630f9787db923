/* SPDX-License-Identifier: MIT */
#include "tools/store/rows.h"

#include <math.h>
#include <stdlib.h>

#include "tools/store/connection.h"

struct spiral_store_rows {
    struct spiral_store *store;
    sqlite3_stmt *statement;
    int last; /* result code of the last step */
};

enum spiral_status spiral_store_rows_open(struct spiral_store_rows **rows,
                                          struct spiral_store *store, const char *sql,
                                          struct spiral_error *error)
{
    *rows = calloc(1, sizeof **rows);
    if (*rows == NULL)
        return spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory to read the store");
    (*rows)->store = store;

    const enum spiral_status status = spiral_store_prepare(store, sql, &(*rows)->statement, error);

    if (status != SPIRAL_OK) {
        spiral_store_rows_close(*rows);
        *rows = NULL;
    }

    return status;
}

void spiral_store_rows_close(struct spiral_store_rows *rows)
{
    if (rows == NULL)
        return;
    sqlite3_finalize(rows->statement);
    free(rows);
}

bool spiral_store_rows_next(struct spiral_store_rows *rows)
{
    rows->last = sqlite3_step(rows->statement);
    return rows->last == SQLITE_ROW;
}

enum spiral_status spiral_store_rows_status(const struct spiral_store_rows *rows,
                                            struct spiral_error *error)
{
    return rows->last == SQLITE_DONE || rows->last == SQLITE_ROW
               ? SPIRAL_OK
               : spiral_store_failed(rows->store, error);
}

double spiral_store_rows_number(const struct spiral_store_rows *rows, int i)
{
    return sqlite3_column_double(rows->statement, i);
}

double spiral_store_rows_value(const struct spiral_store_rows *rows, int i)
{
    return sqlite3_column_type(rows->statement, i) == SQLITE_NULL
               ? NAN
               : spiral_store_rows_number(rows, i);
}

int64_t spiral_store_rows_whole(const struct spiral_store_rows *rows, int i)
{
    return sqlite3_column_int64(rows->statement, i);
}

const char *spiral_store_rows_text(const struct spiral_store_rows *rows, int i)
{
    const char *text = (const char *)sqlite3_column_text(rows->statement, i);
    return text != NULL ? text : "";
}

bool spiral_store_rows_index(const struct spiral_store_rows *rows, int i, size_t limit,
                             size_t *index)
{
    const int64_t number = spiral_store_rows_whole(rows, i);
    const bool fits = sqlite3_column_type(rows->statement, i) == SQLITE_INTEGER && number >= 0 &&
                      (uint64_t)number < limit;

    *index = fits ? (size_t)number : 0;

    return fits;
}

bool spiral_store_rows_finite(const struct spiral_store_rows *rows, int i, double *number)
{
    const int type = sqlite3_column_type(rows->statement, i);

    *number = spiral_store_rows_number(rows, i);

    return (type == SQLITE_FLOAT || type == SQLITE_INTEGER) && isfinite(*number);
}

enum spiral_status spiral_store_rows_read(struct spiral_store *store, const char *sql,
                                          const char *what, spiral_store_row_reader *read_row,
                                          void *context, struct spiral_error *error)
{
    struct spiral_store_rows *rows;
    enum spiral_status status = spiral_store_rows_open(&rows, store, sql, error);
    bool fits = true;

    if (status != SPIRAL_OK)
        return status;

    while (fits && spiral_store_rows_next(rows))
        fits = read_row(context, rows);

    status = spiral_store_rows_status(rows, error);
    spiral_store_rows_close(rows);

    return status == SPIRAL_OK && !fits ? spiral_store_damaged(store, what, error) : status;
}

enum spiral_status spiral_store_damaged(const struct spiral_store *store, const char *what,
                                        struct spiral_error *error)
{
    return spiral_error_set(error, SPIRAL_BAD_INPUT, "%s is damaged: %s", store->path, what);
}

enum spiral_status spiral_store_count(struct spiral_store *store, const char *sql, int64_t *count,
                                      struct spiral_error *error)
{
    return spiral_store_number(store, sql, count, error);
}
