/* SPDX-License-Identifier: MIT */
#include "tools/store/inference.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "sim/hash.h"
#include "tools/store/connection.h"
#include "tools/store/rows.h"
#include "tools/store/schema.h"

/* --- a new store ------------------------------------------------------------------------------ */

static enum spiral_status fill_store(const struct spiral_store *store, const void *context,
                                     struct spiral_error *error)
{
    const char *text = context;
    char hash[17];
    char host[256] = "";
    char started[32];
    sqlite3_stmt *statement = NULL;
    const time_t now = time(NULL);
    struct tm utc;

    snprintf(hash, sizeof hash, "%016llx",
             (unsigned long long)spiral_hash_bytes(SPIRAL_HASH_START, text, strlen(text)));
    strftime(started, sizeof started, "%Y-%m-%dT%H:%M:%SZ", gmtime_r(&now, &utc));
    gethostname(host, sizeof host - 1);

    enum spiral_status status = spiral_store_do(store, spiral_store_inference_tables, error);
    if (status == SPIRAL_OK)
        status = spiral_store_prepare_row(store, "INSERT", "inference", &statement, error);
    if (status == SPIRAL_OK)
        status = spiral_store_insert(store, statement, error, "sssss", text, hash, SPIRAL_VERSION,
                                     host, started);
    sqlite3_finalize(statement);
    return status;
}

/* --- an old one ------------------------------------------------------------------------------- */

/* Finds the first line in which two texts differ; copies those lines. */
static void find_difference(const char *one, const char *other, char ours[120], char theirs[120])
{
    const char *line = one;
    const char *match = other;

    while (*line != '\0' && *match != '\0') {
        const size_t length = strcspn(line, "\n");
        if (length != strcspn(match, "\n") || strncmp(line, match, length) != 0)
            break;
        line += length + (line[length] != '\0' ? 1 : 0);
        match += length + (match[length] != '\0' ? 1 : 0);
    }
    snprintf(ours, 120, "%.*s", (int)strcspn(line, "\n"), line);
    snprintf(theirs, 120, "%.*s", (int)strcspn(match, "\n"), match);
}

static enum spiral_status check_request(struct spiral_store *store, const char *text,
                                        struct spiral_error *error)
{
    struct spiral_store_rows *rows = NULL;
    int64_t there = 0;
    enum spiral_status status =
        spiral_store_count(store, "SELECT count(*) FROM sqlite_master WHERE name = 'inference'",
                           &there, error);

    if (status == SPIRAL_OK && there == 0)
        return spiral_error_set(error, SPIRAL_BAD_INPUT, "%s holds no posterior from a panel",
                                store->path);
    if (status == SPIRAL_OK)
        status = spiral_store_rows_open(&rows, store, "SELECT text FROM inference", error);
    if (status == SPIRAL_OK && !spiral_store_rows_next(rows))
        status = spiral_store_damaged(store, "the request is missing", error);
    if (status == SPIRAL_OK && strcmp(spiral_store_rows_text(rows, 0), text) != 0) {
        char ours[120];
        char theirs[120];
        find_difference(text, spiral_store_rows_text(rows, 0), ours, theirs);
        status = spiral_error_set(error, SPIRAL_BAD_INPUT,
                                  "%s is of another request: it has '%s', this is '%s'",
                                  store->path, theirs, ours);
    }
    spiral_store_rows_close(rows);
    return status;
}

enum spiral_status spiral_inference_store_open(struct spiral_store **store, const char *path,
                                               const char *text, struct spiral_error *error)
{
    const bool there = access(path, F_OK) == 0;
    enum spiral_status status =
        there ? SPIRAL_OK : spiral_store_make(path, "panel", fill_store, text, error);

    *store = NULL;
    if (status == SPIRAL_OK)
        status = spiral_store_open(store, path, true, error);
    return status == SPIRAL_OK && there ? check_request(*store, text, error) : status;
}

/* --- evaluations ------------------------------------------------------------------------------ */

/* Numbers as bytes, little-endian, in a block that sqlite3_free() frees. */
static unsigned char *pack_doubles(const double *numbers, size_t count)
{
    unsigned char *bytes = sqlite3_malloc64(8 * count + 1);

    for (size_t i = 0; i < count && bytes != NULL; i++) {
        uint64_t bits;
        memcpy(&bits, &numbers[i], sizeof bits);
        for (size_t b = 0; b < 8; b++)
            bytes[8 * i + b] = (unsigned char)(bits >> (8 * b));
    }
    return bytes;
}

static unsigned char *pack_floats(const float *numbers, size_t count)
{
    unsigned char *bytes = sqlite3_malloc64(4 * count + 1);

    for (size_t i = 0; i < count && bytes != NULL; i++) {
        uint32_t bits;
        memcpy(&bits, &numbers[i], sizeof bits);
        for (size_t b = 0; b < 4; b++)
            bytes[4 * i + b] = (unsigned char)(bits >> (8 * b));
    }
    return bytes;
}

static void unpack_floats(float *numbers, size_t count, const unsigned char *bytes)
{
    for (size_t i = 0; i < count; i++) {
        uint32_t bits = 0;
        for (size_t b = 0; b < 4; b++)
            bits |= (uint32_t)bytes[4 * i + b] << (8 * b);
        memcpy(&numbers[i], &bits, sizeof bits);
    }
}

/* Whether a column holds these bytes. */
static bool has_bytes(sqlite3_stmt *statement, int column, const unsigned char *bytes, size_t size)
{
    return sqlite3_column_type(statement, column) == SQLITE_BLOB &&
           (size_t)sqlite3_column_bytes(statement, column) == size &&
           memcmp(sqlite3_column_blob(statement, column), bytes, size) == 0;
}

/* The keeper's `load`. */
static enum spiral_status load_set(void *context, size_t number, const double *point, size_t axes,
                                   float *outputs, size_t count, bool *found,
                                   struct spiral_error *error)
{
    struct spiral_store *store = context;
    sqlite3_stmt *statement = NULL;
    unsigned char *bytes = pack_doubles(point, axes);
    enum spiral_status status =
        bytes != NULL
            ? spiral_store_prepare(store,
                                   "SELECT point, outputs FROM inference_set WHERE number = ?1",
                                   &statement, error)
            : spiral_error_set(error, SPIRAL_NO_MEMORY, "%s: out of memory", store->path);

    *found = false;
    if (status == SPIRAL_OK) {
        sqlite3_bind_int64(statement, 1, (sqlite3_int64)number);
        *found = spiral_store_next(store, statement, &status, error);
    }
    if (*found && !has_bytes(statement, 0, bytes, 8 * axes))
        status = spiral_error_set(
            error, SPIRAL_BAD_INPUT,
            "%s: its set %zu is not the one that comes next here. A store is continued with the "
            "program, the LAPACK library and the kind of processor that began it",
            store->path, number);
    else if (*found && (sqlite3_column_type(statement, 1) != SQLITE_BLOB ||
                        (size_t)sqlite3_column_bytes(statement, 1) != 4 * count))
        status = spiral_store_damaged(store, "the outputs of a set cannot be read", error);
    else if (*found)
        unpack_floats(outputs, count, sqlite3_column_blob(statement, 1));

    sqlite3_finalize(statement);
    sqlite3_free(bytes);
    return status;
}

/* The keeper's `save`. */
static enum spiral_status save_set(void *context, size_t number, const double *point, size_t axes,
                                   const float *outputs, size_t count, struct spiral_error *error)
{
    struct spiral_store *store = context;
    sqlite3_stmt *statement = NULL;
    unsigned char *of_point = pack_doubles(point, axes);
    unsigned char *of_outputs = pack_floats(outputs, count);
    enum spiral_status status =
        of_point != NULL && of_outputs != NULL
            ? spiral_store_prepare_row(store, "INSERT", "inference_set", &statement, error)
            : spiral_error_set(error, SPIRAL_NO_MEMORY, "%s: out of memory", store->path);

    if (status == SPIRAL_OK) {
        sqlite3_bind_int64(statement, 1, (sqlite3_int64)number);
        sqlite3_bind_blob(statement, 2, of_point, (int)(8 * axes), SQLITE_STATIC);
        sqlite3_bind_blob(statement, 3, of_outputs, (int)(4 * count), SQLITE_STATIC);
        status = spiral_store_step(store, statement, error);
    }
    sqlite3_finalize(statement);
    sqlite3_free(of_point);
    sqlite3_free(of_outputs);
    return status;
}

struct spiral_inference_keeper spiral_inference_store_keeper(struct spiral_store *store)
{
    return (struct spiral_inference_keeper){.context = store, .load = load_set, .save = save_set};
}

enum spiral_status spiral_inference_store_end(struct spiral_store *store,
                                              struct spiral_error *error)
{
    return spiral_store_update(
        store,
        "UPDATE inference SET ended = strftime('%Y-%m-%dT%H:%M:%SZ', 'now') WHERE ended IS NULL",
        "inference", error);
}
