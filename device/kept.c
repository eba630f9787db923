/* SPDX-License-Identifier: MIT */
#include "device/kept.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sim/hash.h"

enum { PATH_SIZE = 1024 };

/* A file is the hash of its bytes, and the bytes. One of more than this is not ours. */
static const size_t most_bytes = (size_t)1 << 28;

/* Writes the folder for caches; false where there is none, or its name is too long. */
static bool folder_of(char path[PATH_SIZE])
{
    const char *cache = getenv("XDG_CACHE_HOME");
    const char *home = getenv("HOME");
    int length = -1;

    /* The standard has a relative path ignored. */
    if (cache != NULL && cache[0] == '/')
        length = snprintf(path, PATH_SIZE, "%s", cache);
    else if (home != NULL && home[0] == '/')
        length = snprintf(path, PATH_SIZE, "%s/.cache", home);

    return length > 0 && length < PATH_SIZE - 64;
}

static bool path_of(uint64_t name, char path[PATH_SIZE])
{
    char folder[PATH_SIZE];

    return folder_of(folder) && snprintf(path, PATH_SIZE, "%.*s/spiral/%016" PRIx64 ".kernel",
                                         PATH_SIZE - 64, folder, name) < PATH_SIZE;
}

static void make_folders(void)
{
    char folder[PATH_SIZE];
    char own[PATH_SIZE + 8];

    if (!folder_of(folder))
        return;

    snprintf(own, sizeof own, "%s/spiral", folder);
    mkdir(folder, 0700);
    mkdir(own, 0700);
}

/* The bytes of a file that has so many after the hash, if it is they. */
static unsigned char *read_bytes(FILE *file, size_t length)
{
    uint64_t hash;
    unsigned char *bytes = malloc(length);

    if (bytes != NULL && fread(&hash, sizeof hash, 1, file) == 1 &&
        fread(bytes, 1, length, file) == length &&
        hash == spiral_hash_bytes(SPIRAL_HASH_START, bytes, length))
        return bytes;

    free(bytes);

    return NULL;
}

unsigned char *spiral_kept_read(uint64_t name, size_t *length)
{
    char path[PATH_SIZE];
    unsigned char *bytes = NULL;
    struct stat status;

    *length = 0;
    FILE *file = path_of(name, path) ? fopen(path, "rb") : NULL;

    if (file == NULL)
        return NULL;

    if (fstat(fileno(file), &status) == 0 && (size_t)status.st_size > sizeof(uint64_t) &&
        (size_t)status.st_size <= most_bytes) {
        *length = (size_t)status.st_size - sizeof(uint64_t);
        bytes = read_bytes(file, *length);
    }

    fclose(file);

    return bytes;
}

void spiral_kept_write(uint64_t name, const unsigned char *bytes, size_t length)
{
    char path[PATH_SIZE];
    char unfinished[PATH_SIZE + 8];
    const uint64_t hash = spiral_hash_bytes(SPIRAL_HASH_START, bytes, length);

    if (!path_of(name, path) || length > most_bytes)
        return;

    /* Whole or not at all: another process may read the file at any time. */
    make_folders();
    snprintf(unfinished, sizeof unfinished, "%s.XXXXXX", path);

    const int descriptor = mkstemp(unfinished);
    FILE *file = descriptor < 0 ? NULL : fdopen(descriptor, "wb");

    if (file == NULL) {
        if (descriptor >= 0) {
            close(descriptor);
            unlink(unfinished);
        }
        return;
    }

    bool written = fwrite(&hash, sizeof hash, 1, file) == 1;

    written = fwrite(bytes, 1, length, file) == length && written;
    written = fclose(file) == 0 && written;
    if (!written || rename(unfinished, path) != 0)
        unlink(unfinished);
}
