/* SPDX-License-Identifier: MIT
 *
 * Reading inputs from files. A program without files has a function of its own in place of these.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "scenarios/loader/yaml/whole_input.h"

bool spiral_whole_input_exists(const char *path) { return access(path, F_OK) == 0; }

static bool is_standard_input(const char *path) { return strcmp(path, "-") == 0; }

static enum spiral_status fail_with_errno(struct spiral_error *error)
{
    return spiral_error_set(error, SPIRAL_IO, "cannot be read: %s", strerror(errno));
}

/* Makes room for at least one more byte and the NUL: twice as much as before, up to the bound. */
static bool grow_text(char **text, size_t *size, size_t most)
{
    const size_t wanted = *size == 0 ? 16384 : 2 * *size;
    const size_t larger = wanted < most + 2 ? wanted : most + 2;
    char *moved = realloc(*text, larger);

    if (moved == NULL)
        return false;
    *text = moved;
    *size = larger;

    return true;
}

/* Reads to the end, or to the first byte beyond the bound. */
static enum spiral_status read_descriptor(int descriptor, size_t most, char **text, size_t *length,
                                          struct spiral_error *error)
{
    size_t size = 0;
    ssize_t count = 1;

    while (count != 0) {
        if (*length + 1 >= size && !grow_text(text, &size, most))
            return spiral_error_set(error, SPIRAL_NO_MEMORY, "out of memory");

        count = read(descriptor, *text + *length, size - *length - 1);
        if (count < 0 && errno != EINTR)
            return fail_with_errno(error);

        *length += count > 0 ? (size_t)count : 0;
        if (*length > most)
            return spiral_error_set(error, SPIRAL_BAD_INPUT, "is larger than %zu MiB", most >> 20);
    }

    (*text)[*length] = '\0';

    return SPIRAL_OK;
}

enum spiral_status spiral_whole_input_read(const char *path, char **text, size_t *length,
                                           struct spiral_error *error)
{
    return spiral_whole_input_read_most(path, SPIRAL_WHOLE_INPUT_MOST, text, length, error);
}

enum spiral_status spiral_whole_input_read_most(const char *path, size_t most, char **text,
                                                size_t *length, struct spiral_error *error)
{
    const int descriptor =
        is_standard_input(path) ? STDIN_FILENO : open(path, O_RDONLY | O_NOCTTY | O_CLOEXEC);

    *text = NULL;
    *length = 0;
    if (descriptor < 0)
        return fail_with_errno(error);

    const enum spiral_status status = read_descriptor(descriptor, most, text, length, error);

    if (descriptor != STDIN_FILENO)
        close(descriptor);
    if (status != SPIRAL_OK) {
        free(*text);
        *text = NULL;
        *length = 0;
    }

    return status;
}
