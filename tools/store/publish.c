/* SPDX-License-Identifier: MIT
 *
 * New stores: made under a name of their own beside the place, and given their name when they are
 * complete, unless something has it by then.
 */
#define _GNU_SOURCE /* renameat2 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tools/store/connection.h"

/* Names that are tried, in case that others lie there. */
enum { MOST_NAMES = 1000 };

enum spiral_status spiral_store_beside(const char *path, char **beside, struct spiral_error *error)
{
    const size_t size = strlen(path) + 64;

    *beside = malloc(size);
    if (*beside == NULL)
        return spiral_error_set(error, SPIRAL_NO_MEMORY, "out of memory");

    for (int i = 0; i < MOST_NAMES; i++) {
        snprintf(*beside, size, "%s.new-%ld-%d", path, (long)getpid(), i);

        const int file = open(*beside, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0666);

        if (file >= 0) {
            close(file);
            return SPIRAL_OK;
        }

        if (errno != EEXIST)
            break;
    }

    const int reason = errno;

    free(*beside);
    *beside = NULL;

    return spiral_error_set(error, SPIRAL_IO, "%s cannot be written: %s", path, strerror(reason));
}

/* Renames unless the new name is taken: -1 and errno EEXIST. */
static int rename_to_free_name(const char *from, const char *to)
{
    if (renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0)
        return 0;
    if (errno != EINVAL && errno != ENOSYS && errno != ENOTSUP)
        return -1;

    /* The file system does not know this way: a second name, then without the first. */
    if (link(from, to) == 0)
        return unlink(from);
    if (errno == EEXIST)
        return -1;

    /* Nor that: an empty file takes the name, and may then be replaced, as it is our own. */
    const int file = open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);

    if (file < 0)
        return -1;
    close(file);
    if (rename(from, to) == 0)
        return 0;

    const int reason = errno;

    unlink(to);
    errno = reason;

    return -1;
}

/* Makes the new name outlast a loss of power. A file system that cannot is none the worse. */
static void sync_folder_of(const char *path)
{
    char *folder = strdup(path);
    char *slash = folder != NULL ? strrchr(folder, '/') : NULL;

    if (slash != NULL)
        slash[slash == folder] = '\0';

    const int file = open(slash != NULL ? folder : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);

    if (file >= 0) {
        (void)!fsync(file);
        close(file);
    }

    free(folder);
}

enum spiral_status spiral_store_publish(const char *beside, const char *path, const char *hint,
                                        struct spiral_error *error)
{
    if (rename_to_free_name(beside, path) == 0) {
        sync_folder_of(path);
        return SPIRAL_OK;
    }

    return errno == EEXIST
               ? spiral_error_set(error, SPIRAL_BAD_INPUT, "%s exists already; %s", path, hint)
               : spiral_error_set(error, SPIRAL_IO, "%s cannot be written: %s", path,
                                  strerror(errno));
}

enum spiral_status spiral_store_fill(const char *path, const char *beside,
                                     spiral_store_filler *fill, const void *context,
                                     struct spiral_error *error)
{
    char identity[100];
    struct spiral_store *store = spiral_store_allocate(path);

    if (store == NULL)
        return spiral_error_set(error, SPIRAL_NO_MEMORY, "out of memory");
    store->write = true;
    snprintf(identity, sizeof identity,
             "BEGIN IMMEDIATE; PRAGMA application_id = %d; PRAGMA user_version = %d",
             SPIRAL_STORE_APPLICATION, SPIRAL_STORE_VERSION);

    enum spiral_status status = spiral_store_connect(store, beside, SQLITE_OPEN_READWRITE, error);

    if (status == SPIRAL_OK)
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
    char hint[400];
    char *beside = NULL;

    snprintf(hint, sizeof hint, "`spiral %s --resume %.300s` continues it", command, path);

    /* Asked first, so that the work of making it is not done in vain. */
    if (lstat(path, &file) == 0)
        return spiral_error_set(error, SPIRAL_BAD_INPUT, "%s exists already; %s", path, hint);

    enum spiral_status status = spiral_store_beside(path, &beside, error);

    if (status != SPIRAL_OK)
        return status;
    status = spiral_store_fill(path, beside, fill, context, error);
    if (status == SPIRAL_OK)
        status = spiral_store_publish(beside, path, hint, error);
    if (status != SPIRAL_OK)
        unlink(beside);
    free(beside);

    return status;
}
