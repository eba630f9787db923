/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tools/store/connection.h"

/* --- SQL statements --------------------------------------------------------------------------- */

enum spiral_status spiral_store_failed(const struct spiral_store *store, struct spiral_error *error)
{
    const int code = sqlite3_errcode(store->database);

    switch (code & 0xff) {
    case SQLITE_NOMEM:
        return spiral_error_set(error, SPIRAL_NO_MEMORY, "%s: out of memory", store->path);
    case SQLITE_NOTADB:
        return spiral_error_set(error, SPIRAL_BAD_INPUT,
                                "%s is not a store: it is not an SQLite file", store->path);
    case SQLITE_CORRUPT:
        return spiral_error_set(error, SPIRAL_BAD_INPUT, "%s is damaged: %s", store->path,
                                sqlite3_errmsg(store->database));
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return spiral_error_set(error, SPIRAL_IO, "%s is locked: another program is writing to it",
                                store->path);
    case SQLITE_ERROR:
        if (strncmp(sqlite3_errmsg(store->database), "no such table", 13) == 0)
            return spiral_error_set(error, SPIRAL_BAD_INPUT, "%s is another kind of store: %s",
                                    store->path, sqlite3_errmsg(store->database));
        return spiral_error_set(error, SPIRAL_IO, "%s: %s", store->path,
                                sqlite3_errmsg(store->database));
    case SQLITE_FULL:
        return spiral_error_set(error, SPIRAL_IO, "%s cannot be written: the disk is full",
                                store->path);
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
    case SQLITE_IOERR: {
        const int reason = sqlite3_system_errno(store->database);
        return spiral_error_set(error, SPIRAL_IO, "%s cannot be written: %s", store->path,
                                reason != 0 ? strerror(reason) : sqlite3_errmsg(store->database));
    }
    default:
        return spiral_error_set(error, SPIRAL_IO, "%s: %s", store->path,
                                sqlite3_errmsg(store->database));
    }
}

enum spiral_status spiral_store_do(const struct spiral_store *store, const char *sql,
                                   struct spiral_error *error)
{
    return sqlite3_exec(store->database, sql, NULL, NULL, NULL) == SQLITE_OK
               ? SPIRAL_OK
               : spiral_store_failed(store, error);
}

enum spiral_status spiral_store_prepare(const struct spiral_store *store, const char *sql,
                                        sqlite3_stmt **statement, struct spiral_error *error)
{
    return sqlite3_prepare_v2(store->database, sql, -1, statement, NULL) == SQLITE_OK
               ? SPIRAL_OK
               : spiral_store_failed(store, error);
}

enum spiral_status spiral_store_step(const struct spiral_store *store, sqlite3_stmt *statement,
                                     struct spiral_error *error)
{
    const int code = sqlite3_step(statement);
    const enum spiral_status status =
        code == SQLITE_DONE ? SPIRAL_OK : spiral_store_failed(store, error);

    sqlite3_reset(statement);
    return status;
}

enum spiral_status spiral_store_number(const struct spiral_store *store, const char *sql,
                                       int64_t *number, struct spiral_error *error)
{
    sqlite3_stmt *statement = NULL;
    enum spiral_status status = spiral_store_prepare(store, sql, &statement, error);

    if (status == SPIRAL_OK && sqlite3_step(statement) == SQLITE_ROW)
        *number = sqlite3_column_int64(statement, 0);
    else if (status == SPIRAL_OK)
        status = spiral_store_failed(store, error);
    sqlite3_finalize(statement);

    return status;
}

enum spiral_status spiral_store_insert(const struct spiral_store *store, sqlite3_stmt *statement,
                                       struct spiral_error *error, const char *types, ...)
{
    va_list arguments;
    va_start(arguments, types);

    for (int i = 0; types[i] != '\0'; i++) {
        if (types[i] == 'i')
            sqlite3_bind_int64(statement, i + 1, va_arg(arguments, int64_t));
        else if (types[i] == 'd')
            sqlite3_bind_double(statement, i + 1, va_arg(arguments, double));
        else
            sqlite3_bind_text(statement, i + 1, va_arg(arguments, const char *), -1,
                              SQLITE_TRANSIENT);
    }

    va_end(arguments);

    return spiral_store_step(store, statement, error);
}

/* --- numbers ---------------------------------------------------------------------------------- */

void spiral_wide_write(spiral_wide value, char text[33])
{
    __extension__ typedef unsigned __int128 bits;
    const bits all = (bits)value;

    snprintf(text, 33, "%016llx%016llx", (unsigned long long)(all >> 64),
             (unsigned long long)(all & UINT64_MAX));
}

bool spiral_wide_read(const char *text, spiral_wide *value)
{
    __extension__ typedef unsigned __int128 bits;
    bits all = 0;
    if (text == NULL || strlen(text) != 32 || strspn(text, "0123456789abcdef") != 32)
        return false;
    for (const char *digit = text; *digit != '\0'; digit++)
        all = all << 4 | (bits)(unsigned)(*digit <= '9' ? *digit - '0' : *digit - 'a' + 10);
    *value = (spiral_wide)all;

    return true;
}

void spiral_sketch_write(const uint32_t sketch[SPIRAL_SKETCH_BINS],
                         unsigned char bytes[4 * SPIRAL_SKETCH_BINS])
{
    for (int i = 0; i < 4 * SPIRAL_SKETCH_BINS; i++)
        bytes[i] = (unsigned char)(sketch[i / 4] >> 8 * (i % 4) & 0xff);
}

void spiral_sketch_read(uint32_t sketch[SPIRAL_SKETCH_BINS],
                        const unsigned char bytes[4 * SPIRAL_SKETCH_BINS])
{
    for (int bin = 0; bin < SPIRAL_SKETCH_BINS; bin++)
        sketch[bin] = (uint32_t)bytes[4 * bin] | (uint32_t)bytes[4 * bin + 1] << 8 |
                      (uint32_t)bytes[4 * bin + 2] << 16 | (uint32_t)bytes[4 * bin + 3] << 24;
}

/* --- opening ---------------------------------------------------------------------------------- */

void spiral_store_close(struct spiral_store *store)
{
    if (store == NULL)
        return;
    for (int i = 0; i < SPIRAL_STORE_STATEMENTS; i++)
        sqlite3_finalize(store->statements[i]);

    sqlite3_close(store->database);

    /* After SQLite's own descriptor: closing any releases all locks that the process has on it. */
    if (store->lock >= 0)
        close(store->lock);
    free(store->path);
    free(store);
}

static struct spiral_store *allocate_store(const char *path)
{
    struct spiral_store *store = calloc(1, sizeof *store);

    if (store == NULL)
        return NULL;
    store->lock = -1;
    store->path = strdup(path);

    if (store->path == NULL) {
        free(store);
        return NULL;
    }

    return store;
}

/* Keeps other sweeps out until the store is closed or the process ends, however it ends. */
static enum spiral_status lock_store(struct spiral_store *store, struct spiral_error *error)
{
    store->lock = open(store->path, O_RDWR | O_CLOEXEC);
    if (store->lock < 0)
        return spiral_error_set(error, SPIRAL_IO, "%s cannot be written: %s", store->path,
                                strerror(errno));
    if (flock(store->lock, LOCK_EX | LOCK_NB) != 0)
        return spiral_error_set(error, SPIRAL_BAD_INPUT,
                                "%s is in use: another sweep is writing to it", store->path);

    return SPIRAL_OK;
}

/* Checks that the file is an undamaged store of a version that this program knows. */
static enum spiral_status check_store(struct spiral_store *store, struct spiral_error *error)
{
    int64_t application = 0;
    int64_t version = 0;
    sqlite3_stmt *statement = NULL;
    enum spiral_status status =
        spiral_store_number(store, "PRAGMA application_id", &application, error);

    if (status == SPIRAL_OK)
        status = spiral_store_number(store, "PRAGMA user_version", &version, error);
    if (status != SPIRAL_OK)
        return status;

    if (application != SPIRAL_STORE_APPLICATION)
        return spiral_error_set(error, SPIRAL_BAD_INPUT, "%s is not a store of spiral",
                                store->path);

    if (version > SPIRAL_STORE_VERSION)
        return spiral_error_set(
            error, SPIRAL_BAD_INPUT,
            "%s was made by a newer spiral (version %lld of the tables; this program knows %d)",
            store->path, (long long)version, SPIRAL_STORE_VERSION);

    status = spiral_store_prepare(store, "PRAGMA quick_check(1)", &statement, error);

    if (status == SPIRAL_OK && sqlite3_step(statement) == SQLITE_ROW) {
        const char *finding = (const char *)sqlite3_column_text(statement, 0);
        if (finding == NULL || strcmp(finding, "ok") != 0)
            status = spiral_error_set(error, SPIRAL_BAD_INPUT, "%s is damaged: %s", store->path,
                                      finding == NULL ? "it cannot be read" : finding);
    } else if (status == SPIRAL_OK)
        status = spiral_store_failed(store, error);
    sqlite3_finalize(statement);

    return status;
}

bool spiral_store_is(const char *path)
{
    static const char format[] = "SQLite format 3"; /* with its NUL */
    char start[sizeof format];
    FILE *file = fopen(path, "rb");
    const bool matches = file != NULL && fread(start, 1, sizeof start, file) == sizeof start &&
                         memcmp(start, format, sizeof start) == 0;

    if (file != NULL)
        fclose(file);

    return matches;
}

enum spiral_status spiral_store_open(struct spiral_store **out, const char *path, bool write,
                                     struct spiral_error *error)
{
    struct stat file;

    *out = NULL;
    if (stat(path, &file) != 0)
        return spiral_error_set(error, SPIRAL_BAD_INPUT, "%s cannot be read: %s", path,
                                strerror(errno));
    if (!S_ISREG(file.st_mode))
        return spiral_error_set(error, SPIRAL_BAD_INPUT,
                                "%s is not a store: it is not a regular file", path);

    struct spiral_store *store = allocate_store(path);

    if (store == NULL)
        return spiral_error_set(error, SPIRAL_NO_MEMORY, "out of memory");

    enum spiral_status status = write ? lock_store(store, error) : SPIRAL_OK;

    /* The last reader removes SQLite's files beside the store, if it is allowed to write. */
    const int access_flags =
        write || access(path, W_OK) == 0 ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY;

    if (status == SPIRAL_OK &&
        sqlite3_open_v2(path, &store->database, access_flags, NULL) != SQLITE_OK)
        status = spiral_store_failed(store, error);

    if (status == SPIRAL_OK) {
        sqlite3_extended_result_codes(store->database, 1);
        sqlite3_busy_timeout(store->database, 10000);
        status = check_store(store, error);
    }

    if (status == SPIRAL_OK)
        status = spiral_store_do(store,
                                 write ? "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL"
                                       : "PRAGMA query_only = 1",
                                 error);

    if (status != SPIRAL_OK) {
        spiral_store_close(store);
        return status;
    }

    *out = store;

    return SPIRAL_OK;
}

/* --- creating --------------------------------------------------------------------------------- */

/* Makes the file under another name: it gets its own when it is complete. */
static enum spiral_status create_beside(const char *path, const char *beside,
                                        spiral_store_filler *fill, const void *context,
                                        struct spiral_error *error)
{
    char identity[100];
    struct spiral_store *store = allocate_store(path);

    if (store == NULL)
        return spiral_error_set(error, SPIRAL_NO_MEMORY, "out of memory");
    unlink(beside);
    snprintf(identity, sizeof identity,
             "BEGIN IMMEDIATE; PRAGMA application_id = %d; PRAGMA user_version = %d",
             SPIRAL_STORE_APPLICATION, SPIRAL_STORE_VERSION);

    enum spiral_status status = SPIRAL_OK;

    if (sqlite3_open_v2(beside, &store->database, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE,
                        NULL) != SQLITE_OK)
        status = spiral_store_failed(store, error);
    else
        status = spiral_store_do(store, identity, error);

    if (status == SPIRAL_OK)
        status = fill(store, context, error);
    if (status == SPIRAL_OK)
        status = spiral_store_do(store, "COMMIT", error);
    spiral_store_close(store);

    return status;
}

enum spiral_status spiral_store_make(const char *path, const char *command,
                                     spiral_store_filler *fill, const void *context,
                                     struct spiral_error *error)
{
    struct stat file;

    if (stat(path, &file) == 0)
        return spiral_error_set(error, SPIRAL_BAD_INPUT,
                                "%s exists already; `spiral %s --resume %s` continues it", path,
                                command, path);

    char *beside = malloc(strlen(path) + 8);

    if (beside == NULL)
        return spiral_error_set(error, SPIRAL_NO_MEMORY, "out of memory");
    strcat(strcpy(beside, path), ".new");

    enum spiral_status status = create_beside(path, beside, fill, context, error);

    if (status == SPIRAL_OK && rename(beside, path) != 0)
        status =
            spiral_error_set(error, SPIRAL_IO, "%s cannot be written: %s", path, strerror(errno));
    if (status != SPIRAL_OK)
        unlink(beside);
    free(beside);

    return status;
}

enum spiral_status spiral_store_make_view(const struct spiral_store *store,
                                          const struct spiral_experiment *experiment,
                                          const char *head, const char *value, const char *tail,
                                          struct spiral_error *error)
{
    char *sql = NULL;
    size_t length = 0;
    FILE *memory = open_memstream(&sql, &length);
    enum spiral_status status = SPIRAL_NO_MEMORY;

    if (memory == NULL)
        return spiral_error_set(error, status, "no memory for a view");
    fprintf(memory, "CREATE VIEW %s", head);

    for (size_t a = 0; a < experiment->axis_count; a++) {
        char *column = sqlite3_mprintf("\"%w\"", experiment->axes[a].name);
        fprintf(memory, ", (SELECT value FROM %s AND axis = %zu) AS %s", value, a,
                column != NULL ? column : "axis");
        sqlite3_free(column);
    }

    fputs(tail, memory);
    if (fclose(memory) == 0)
        status = spiral_store_do(store, sql, error);
    else
        spiral_error_set(error, status, "no memory for a view");
    free(sql);

    return status;
}
