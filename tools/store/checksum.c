/* SPDX-License-Identifier: MIT
 *
 * The checksum that every row of a store carries: FNV-1a over the values of its other columns. It
 * finds what a disk, a copy or a hand has changed; it does not protect against a forger.
 */
#include <stdlib.h>
#include <string.h>

#include "sim/hash.h"
#include "tools/store/connection.h"

/* SQL has the function under this name. */
#define FUNCTION "spiral_row_checksum"

/* `hash` with a value added: its type, then its bits. */
static uint64_t hash_value(uint64_t hash, sqlite3_value *value)
{
    const int type = sqlite3_value_type(value);

    hash = spiral_hash_bits(hash, (uint64_t)type);

    switch (type) {
    case SQLITE_INTEGER: return spiral_hash_bits(hash, (uint64_t)sqlite3_value_int64(value));
    /* A file keeps no sign of zero. */
    case SQLITE_FLOAT: return spiral_hash_number(hash, sqlite3_value_double(value) + 0.0);
    case SQLITE_NULL: return hash;
    default: {
        const void *bytes = sqlite3_value_blob(value);
        const size_t count = (size_t)sqlite3_value_bytes(value);
        hash = spiral_hash_bits(hash, count);
        return bytes != NULL ? spiral_hash_bytes(hash, bytes, count) : hash;
    }
    }
}

static void sum_row(sqlite3_context *context, int count, sqlite3_value **values)
{
    uint64_t hash = SPIRAL_HASH_START;

    for (int i = 0; i < count; i++)
        hash = hash_value(hash, values[i]);

    sqlite3_result_int64(context, (sqlite3_int64)hash);
}

enum spiral_status spiral_store_checksum_register(const struct spiral_store *store,
                                                  struct spiral_error *error)
{
    return sqlite3_create_function(store->database, FUNCTION, -1,
                                   SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY, NULL,
                                   sum_row, NULL, NULL) == SQLITE_OK
               ? SPIRAL_OK
               : spiral_store_failed(store, error);
}

/* The call of the function over the columns of a table, as SQL. "" where the table carries no
 * checksums. The caller frees it with sqlite3_free(). */
static enum spiral_status write_call(const struct spiral_store *store, const char *table,
                                     char **call, struct spiral_error *error)
{
    sqlite3_stmt *statement = NULL;
    sqlite3_str *text = sqlite3_str_new(store->database);
    bool carried = false;
    bool first = true;
    enum spiral_status status =
        spiral_store_prepare(store, "SELECT name FROM pragma_table_info(?1) ORDER BY cid",
                             &statement, error);

    if (status == SPIRAL_OK)
        sqlite3_bind_text(statement, 1, table, -1, SQLITE_STATIC);

    while (spiral_store_next(store, statement, &status, error)) {
        const char *name = (const char *)sqlite3_column_text(statement, 0);
        const bool sum = name != NULL && strcmp(name, "checksum") == 0;
        carried = carried || sum;
        if (name != NULL && !sum) {
            sqlite3_str_appendf(text, "%s\"%w\"", first ? FUNCTION "(" : ", ", name);
            first = false;
        }
    }

    sqlite3_finalize(statement);
    sqlite3_str_appendall(text, ")");
    if (!carried || first)
        sqlite3_str_reset(text);
    *call = sqlite3_str_finish(text);

    if (status == SPIRAL_OK && *call == NULL) {
        *call = sqlite3_mprintf("");
        if (*call == NULL)
            status = spiral_error_set(error, SPIRAL_NO_MEMORY, "%s: out of memory", store->path);
    }

    return status;
}

enum spiral_status spiral_store_prepare_row(const struct spiral_store *store, const char *verb,
                                            const char *table, sqlite3_stmt **statement,
                                            struct spiral_error *error)
{
    char *count_query = sqlite3_mprintf("SELECT count(*) FROM pragma_table_info(%Q)", table);
    int64_t columns = 0;
    enum spiral_status status =
        count_query != NULL
            ? spiral_store_number(store, count_query, &columns, error)
            : spiral_error_set(error, SPIRAL_NO_MEMORY, "%s: out of memory", store->path);

    sqlite3_free(count_query);
    if (status != SPIRAL_OK)
        return status;

    /* The last column is the checksum of those before it. */
    sqlite3_str *sql = sqlite3_str_new(store->database);
    sqlite3_str_appendf(sql, "%s INTO \"%w\" VALUES (", verb, table);
    for (int64_t i = 1; i < columns; i++)
        sqlite3_str_appendf(sql, "?%lld, ", (long long)i);
    sqlite3_str_appendall(sql, FUNCTION "(");
    for (int64_t i = 1; i < columns; i++)
        sqlite3_str_appendf(sql, "%s?%lld", i > 1 ? ", " : "", (long long)i);
    sqlite3_str_appendall(sql, "))");

    char *text = sqlite3_str_finish(sql);

    status = text != NULL
                 ? spiral_store_prepare(store, text, statement, error)
                 : spiral_error_set(error, SPIRAL_NO_MEMORY, "%s: out of memory", store->path);
    sqlite3_free(text);

    return status;
}

enum spiral_status spiral_store_seal(const struct spiral_store *store, const char *table,
                                     struct spiral_error *error)
{
    char *call = NULL;
    enum spiral_status status = write_call(store, table, &call, error);

    if (status == SPIRAL_OK && *call != '\0') {
        char *sql = sqlite3_mprintf("UPDATE \"%w\" SET checksum = %s", table, call);
        status = sql != NULL
                     ? spiral_store_do(store, sql, error)
                     : spiral_error_set(error, SPIRAL_NO_MEMORY, "%s: out of memory", store->path);
        sqlite3_free(sql);
    }

    sqlite3_free(call);

    return status;
}

/* Compares the checksums of a table with its rows. */
static enum spiral_status check_table(const struct spiral_store *store, const char *table,
                                      struct spiral_error *error)
{
    char *call = NULL;
    int64_t changed = 0;
    enum spiral_status status = write_call(store, table, &call, error);

    if (status == SPIRAL_OK && *call != '\0') {
        char *sql = sqlite3_mprintf("SELECT EXISTS (SELECT 1 FROM \"%w\" WHERE checksum IS NOT %s)",
                                    table, call);
        status = sql != NULL
                     ? spiral_store_number(store, sql, &changed, error)
                     : spiral_error_set(error, SPIRAL_NO_MEMORY, "%s: out of memory", store->path);
        sqlite3_free(sql);
    }

    sqlite3_free(call);
    if (status == SPIRAL_OK && changed != 0)
        status = spiral_error_set(error, SPIRAL_BAD_INPUT,
                                  "%s is damaged: a row of the table %s was changed (its checksum "
                                  "is another)",
                                  store->path, table);

    return status;
}

enum spiral_status spiral_store_checksums_check(const struct spiral_store *store,
                                                struct spiral_error *error)
{
    sqlite3_stmt *statement = NULL;
    enum spiral_status status =
        spiral_store_prepare(store,
                             "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT "
                             "LIKE 'sqlite\\_%' ESCAPE '\\'",
                             &statement, error);

    while (spiral_store_next(store, statement, &status, error)) {
        const char *table = (const char *)sqlite3_column_text(statement, 0);
        if (table != NULL)
            status = check_table(store, table, error);
    }

    sqlite3_finalize(statement);

    return status;
}
