/* SPDX-License-Identifier: MIT
 *
 * Opening a store: by the one process that writes to it, or to read. Readers need no permission to
 * write, neither to the file nor to its folder.
 */
#define _GNU_SOURCE /* flock, faccessat */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tools/store/connection.h"

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

struct spiral_store *spiral_store_allocate(const char *path)
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

char *spiral_store_file_name(const char *path)
{
    return sqlite3_mprintf(path[0] == '/' ? "%s" : "./%s", path);
}

/* Sets up the connection that sqlite3_open_v2() made, or reports the code that it returned. */
static enum spiral_status finish_connecting(struct spiral_store *store, int code,
                                            struct spiral_error *error)
{
    if (store->database == NULL)
        return spiral_error_set(error, SPIRAL_NO_MEMORY, "%s: out of memory", store->path);
    if (code != SQLITE_OK)
        return spiral_store_failed(store, error);

    /* A file of others is not to run anything here but what this program asks for. */
    sqlite3_extended_result_codes(store->database, 1);
    sqlite3_busy_timeout(store->database, 10000);
    sqlite3_db_config(store->database, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(store->database, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    sqlite3_db_config(store->database, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);

    return spiral_store_checksum_register(store, error);
}

enum spiral_status spiral_store_connect(struct spiral_store *store, const char *path, int flags,
                                        struct spiral_error *error)
{
    char *name = spiral_store_file_name(path);

    if (name == NULL)
        return spiral_error_set(error, SPIRAL_NO_MEMORY, "out of memory");

    const int code = sqlite3_open_v2(name, &store->database, flags, NULL);

    sqlite3_free(name);
    return finish_connecting(store, code, error);
}

static void disconnect(struct spiral_store *store)
{
    sqlite3_close(store->database);
    store->database = NULL;
}

/* --- writing ---------------------------------------------------------------------------------- */

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

/* Whether SQLite could not share memory with other processes, which its write-ahead log needs. */
static bool lacks_shared_memory(const struct spiral_store *store)
{
    const int code = sqlite3_extended_errcode(store->database);

    switch (code) {
    case SQLITE_IOERR_SHMOPEN:
    case SQLITE_IOERR_SHMSIZE:
    case SQLITE_IOERR_SHMLOCK:
    case SQLITE_IOERR_SHMMAP: return true;
    default: return (code & 0xff) == SQLITE_CANTOPEN || (code & 0xff) == SQLITE_PROTOCOL;
    }
}

/* Whether the store can be read, as far as the first page. */
static enum spiral_status try_reading(const struct spiral_store *store, struct spiral_error *error)
{
    int64_t number = 0;

    return spiral_store_number(store, "PRAGMA schema_version", &number, error);
}

/* Opens to write: with a write-ahead log, so that readers are never in the way; or, where the file
 * system has no shared memory, with a journal that readers wait for. */
static enum spiral_status connect_to_write(struct spiral_store *store, struct spiral_error *error)
{
    store->write = true;

    enum spiral_status status = lock_store(store, error);

    if (status == SPIRAL_OK)
        status = spiral_store_connect(store, store->path, SQLITE_OPEN_READWRITE, error);
    if (status != SPIRAL_OK)
        return status;

    status = try_reading(store, error);

    if (status == SPIRAL_OK) {
        status =
            spiral_store_do(store, "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL", error);
        if (status == SPIRAL_OK)
            status = try_reading(store, error);
    }

    if (status == SPIRAL_OK || !lacks_shared_memory(store))
        return status;

    /* An exclusive log needs no shared memory, and can be turned into a journal. */
    disconnect(store);
    status = spiral_store_connect(store, store->path, SQLITE_OPEN_READWRITE, error);
    if (status == SPIRAL_OK)
        status = spiral_store_do(store,
                                 "PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = DELETE; "
                                 "PRAGMA locking_mode = NORMAL; PRAGMA synchronous = FULL",
                                 error);

    return status == SPIRAL_OK ? try_reading(store, error) : status;
}

/* --- reading ---------------------------------------------------------------------------------- */

/* The size of a file beside the store, 0 where there is none. */
static off_t size_beside(const struct spiral_store *store, const char *suffix)
{
    struct stat file;
    char *name = sqlite3_mprintf("%s%s", store->path, suffix);
    const off_t size = name != NULL && stat(name, &file) == 0 ? file.st_size : 0;

    sqlite3_free(name);

    return size;
}

/* A path as an SQLite URI of a file that does not change. The caller frees it with
 * sqlite3_free(). */
static char *write_immutable_name(const char *path)
{
    sqlite3_str *name = sqlite3_str_new(NULL);

    sqlite3_str_appendall(name, path[0] == '/' ? "file:" : "file:./");
    for (; *path != '\0'; path++)
        sqlite3_str_appendf(name, strchr("%?#", *path) != NULL ? "%%%02X" : "%c",
                            (unsigned char)*path);
    sqlite3_str_appendall(name, "?immutable=1");

    return sqlite3_str_finish(name);
}

/* Opens a store where SQLite can make none of the files that it needs beside it: as one that nobody
 * changes. The lock makes that true, as long as no sweep is at work already. */
static enum spiral_status connect_immutable(struct spiral_store *store, struct spiral_error *error)
{
    store->lock = open(store->path, O_RDONLY | O_CLOEXEC);
    if (store->lock < 0)
        return spiral_error_set(error, SPIRAL_IO, "%s cannot be read: %s", store->path,
                                strerror(errno));

    if (flock(store->lock, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK)
        return spiral_error_set(error, SPIRAL_IO,
                                "%s cannot be read now: a sweep is writing to it, and reading with "
                                "it needs permission to write to the folder",
                                store->path);

    if (size_beside(store, "-wal") > 0 || size_beside(store, "-journal") > 0)
        return spiral_error_set(error, SPIRAL_IO,
                                "%s cannot be read here: a sweep was stopped while it wrote, and "
                                "its log beside the store has to be played back; copy both to a "
                                "folder with permission to write, and read the copy",
                                store->path);

    char *name = write_immutable_name(store->path);

    if (name == NULL)
        return spiral_error_set(error, SPIRAL_NO_MEMORY, "out of memory");

    const int code =
        sqlite3_open_v2(name, &store->database, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, NULL);

    sqlite3_free(name);
    return finish_connecting(store, code, error);
}

/* The folder that a path's file lies in, as a text to be freed. */
static char *folder_of(const char *path)
{
    const char *slash = strrchr(path, '/');

    if (slash == NULL)
        return strdup(".");
    return strndup(path, slash == path ? 1 : (size_t)(slash - path));
}

/* Whether the process may use a file so (R_OK, W_OK). */
static bool is_allowed(const char *path, int use)
{
    return faccessat(AT_FDCWD, path, use, AT_EACCESS) == 0;
}

static enum spiral_status connect_to_read(struct spiral_store *store, struct spiral_error *error)
{
    char *folder = folder_of(store->path);
    const bool writable =
        folder != NULL && is_allowed(folder, W_OK) && is_allowed(store->path, W_OK);

    free(folder);
    if (!is_allowed(store->path, R_OK))
        return spiral_error_set(error, SPIRAL_BAD_INPUT, "%s cannot be read: %s", store->path,
                                strerror(errno));

    /* The last reader removes SQLite's files beside the store, if it is allowed to write. */
    enum spiral_status status =
        spiral_store_connect(store, store->path,
                             writable ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY, error);

    if (status == SPIRAL_OK)
        status = try_reading(store, error);

    const bool apart = status != SPIRAL_OK && store->database != NULL &&
                       (lacks_shared_memory(store) ||
                        (sqlite3_errcode(store->database) & 0xff) == SQLITE_READONLY);

    if (apart) {
        disconnect(store);
        status = connect_immutable(store, error);
    }

    return status == SPIRAL_OK ? spiral_store_do(store, "PRAGMA query_only = 1", error) : status;
}

/* --- checking --------------------------------------------------------------------------------- */

/* The reason in a finding of SQLite's check: the disk where a page could not be read, and else what
 * is damaged. */
static enum spiral_status report_finding(const struct spiral_store *store, const char *finding,
                                         struct spiral_error *error)
{
    static const char unread[] = "unable to get the page. error code=";
    const char *place = strstr(finding, unread);
    const int code = place != NULL ? atoi(place + strlen(unread)) : SQLITE_OK;
    const int reason = spiral_store_disk_reason(store);

    if ((code & 0xff) == SQLITE_IOERR || reason != 0)
        return spiral_error_set(error, SPIRAL_IO, "%s cannot be read: %s", store->path,
                                reason != 0 ? strerror(reason) : sqlite3_errstr(code));

    return (code & 0xff) == SQLITE_NOMEM
               ? spiral_error_set(error, SPIRAL_NO_MEMORY, "%s: out of memory", store->path)
               : spiral_error_set(error, SPIRAL_BAD_INPUT, "%s is damaged: %s", store->path,
                                  finding);
}

static enum spiral_status check_pages(const struct spiral_store *store, struct spiral_error *error)
{
    sqlite3_stmt *statement = NULL;
    enum spiral_status status =
        spiral_store_prepare(store, "PRAGMA quick_check(1)", &statement, error);

    if (spiral_store_next(store, statement, &status, error)) {
        const char *finding = (const char *)sqlite3_column_text(statement, 0);
        if (finding == NULL || strcmp(finding, "ok") != 0)
            status = report_finding(store, finding == NULL ? "it cannot be read" : finding, error);
    }

    sqlite3_finalize(statement);

    return status;
}

/* Checks that the file is an undamaged store of a version that this program knows. */
static enum spiral_status check_store(struct spiral_store *store, struct spiral_error *error)
{
    int64_t application = 0;
    int64_t version = 0;
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

    if (version < SPIRAL_STORE_VERSION)
        return spiral_error_set(
            error, SPIRAL_BAD_INPUT,
            "%s was made by an older spiral (version %lld of the tables, which have no checksums; "
            "this program reads %d): read it with the program that made it, or make it again",
            store->path, (long long)version, SPIRAL_STORE_VERSION);

    status = check_pages(store, error);

    return status == SPIRAL_OK ? spiral_store_checksums_check(store, error) : status;
}

bool spiral_store_is(const char *path)
{
    static const char format[] = "SQLite format 3"; /* with its NUL */
    char start[sizeof format];
    struct stat kind;

    /* What is read from a pipe here would be missing later. */
    if (stat(path, &kind) != 0 || !S_ISREG(kind.st_mode))
        return false;

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

    struct spiral_store *store = spiral_store_allocate(path);

    if (store == NULL)
        return spiral_error_set(error, SPIRAL_NO_MEMORY, "out of memory");

    enum spiral_status status =
        write ? connect_to_write(store, error) : connect_to_read(store, error);

    if (status == SPIRAL_OK)
        status = check_store(store, error);

    if (status != SPIRAL_OK) {
        spiral_store_close(store);
        return status;
    }

    *out = store;

    return SPIRAL_OK;
}
