/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "scenarios/loader/text_stream.h"
#include "tools/store/connection.h"

/* --- SQL statements --------------------------------------------------------------------------- */

int spiral_store_disk_reason(const struct spiral_store *store)
{
    int reason = 0;

    sqlite3_file_control(store->database, "main", SQLITE_FCNTL_LAST_ERRNO, &reason);

    return reason == EIO || reason == ENXIO ? reason : 0;
}

/* Whether SQLite failed in reading, whatever the store is opened for. */
static bool failed_in_reading(const struct spiral_store *store, int code)
{
    switch (code) {
    case SQLITE_IOERR_READ:
    case SQLITE_IOERR_SHORT_READ:
    case SQLITE_IOERR_CORRUPTFS: return true;
    default: return !store->write;
    }
}

enum spiral_status spiral_store_failed(const struct spiral_store *store, struct spiral_error *error)
{
    const int code = sqlite3_extended_errcode(store->database);
    const char *message = sqlite3_errmsg(store->database);
    const char *verb = failed_in_reading(store, code) ? "read" : "written";

    switch (code & 0xff) {
    case SQLITE_NOMEM:
        return spiral_error_set(error, SPIRAL_NO_MEMORY, "%s: out of memory", store->path);
    case SQLITE_NOTADB:
        return spiral_error_set(error, SPIRAL_BAD_INPUT,
                                "%s is not a store: it is not an SQLite file", store->path);

    /* What the program asks for is right for every store that it has made. */
    case SQLITE_ERROR:
        if (strncmp(message, "no such table", 13) == 0)
            return spiral_error_set(error, SPIRAL_BAD_INPUT, "%s is another kind of store: %s",
                                    store->path, message);
        /* fall through */
    case SQLITE_CORRUPT:
        if (spiral_store_disk_reason(store) != 0)
            return spiral_error_set(error, SPIRAL_IO, "%s cannot be read: %s", store->path,
                                    strerror(spiral_store_disk_reason(store)));
        /* fall through */
    case SQLITE_CONSTRAINT:
    case SQLITE_MISMATCH:
    case SQLITE_TOOBIG:
        return spiral_error_set(error, SPIRAL_BAD_INPUT, "%s is damaged: %s", store->path, message);

    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return spiral_error_set(error, SPIRAL_IO, "%s is locked: another program is writing to it",
                                store->path);
    case SQLITE_FULL:
        return spiral_error_set(error, SPIRAL_IO, "%s cannot be written: the disk is full",
                                store->path);
    case SQLITE_CANTOPEN:
    case SQLITE_IOERR: {
        const int reason = sqlite3_system_errno(store->database);
        return spiral_error_set(error, SPIRAL_IO, "%s cannot be %s: %s", store->path, verb,
                                reason != 0 ? strerror(reason) : sqlite3_errstr(code));
    }
    case SQLITE_READONLY:
        return spiral_error_set(error, SPIRAL_IO,
                                "%s cannot be written: the file or its folder is read-only",
                                store->path);
    default:
        return spiral_error_set(error, SPIRAL_IO, "%s cannot be %s: %s", store->path, verb,
                                message);
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

bool spiral_store_next(const struct spiral_store *store, sqlite3_stmt *statement,
                       enum spiral_status *status, struct spiral_error *error)
{
    if (*status != SPIRAL_OK)
        return false;

    const int code = sqlite3_step(statement);

    if (code != SQLITE_ROW && code != SQLITE_DONE)
        *status = spiral_store_failed(store, error);

    return code == SQLITE_ROW;
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

/* --- views ------------------------------------------------------------------------------------ */

enum spiral_status spiral_store_make_view(const struct spiral_store *store,
                                          const struct spiral_experiment *experiment,
                                          const char *head, const char *value, const char *tail,
                                          struct spiral_error *error)
{
    char *sql = NULL;
    size_t length = 0;
    FILE *memory = spiral_text_stream_open(&sql, &length);
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
    if (spiral_text_stream_close(memory, &sql))
        status = spiral_store_do(store, sql, error);
    else
        spiral_error_set(error, status, "no memory for a view");
    free(sql);

    return status;
}
