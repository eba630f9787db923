/* SPDX-License-Identifier: MIT */
#include "scenarios/loader/whole_file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static enum spiral_status fail_with(const char *path, const char *reason,
                                    struct spiral_error *error)
{
    return spiral_error_set(error, SPIRAL_IO, "%.300s: cannot be written: %s", path, reason);
}

static bool is_same_file(const struct stat *a, const struct stat *b)
{
    return a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

/* The file of an input, of which "-" is standard input. */
static bool stat_input(const char *path, struct stat *input)
{
    return (strcmp(path, "-") == 0 ? fstat(STDIN_FILENO, input) : stat(path, input)) == 0;
}

/* Refuses an output that would replace what it is made from. */
static enum spiral_status refuse_inputs(const char *path, const struct stat *target,
                                        const char *const *inputs, struct spiral_error *error)
{
    struct stat input;

    for (; S_ISREG(target->st_mode) && inputs != NULL && *inputs != NULL; inputs++)
        if (stat_input(*inputs, &input) && is_same_file(target, &input))
            return spiral_error_set(error, SPIRAL_BAD_INPUT,
                                    "%.300s is also an input; the output needs another file", path);

    return SPIRAL_OK;
}

/* A program that was started with its standard streams closed gets their numbers for the next
 * files that it opens; messages to stderr would then end up in the output. */
static int move_above_standard_streams(int descriptor)
{
    if (descriptor < 0 || descriptor > STDERR_FILENO)
        return descriptor;

    const int moved = fcntl(descriptor, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
    const int problem = errno;

    close(descriptor);
    errno = problem;

    return moved;
}

/* The outputs that are open, for spiral_whole_file_abandon_all(): more than the program ever has
 * open at a time. One that finds no place is written all the same. */
enum { MOST_OPEN = 8 };
static struct spiral_whole_file *volatile open_files[MOST_OPEN];

static void note_open(struct spiral_whole_file *output)
{
    for (int i = 0; i < MOST_OPEN; i++)
        if (open_files[i] == NULL) {
            open_files[i] = output;
            return;
        }
}

static void note_closed(const struct spiral_whole_file *output)
{
    for (int i = 0; i < MOST_OPEN; i++)
        if (open_files[i] == output)
            open_files[i] = NULL;
}

void spiral_whole_file_abandon_all(void)
{
    for (int i = 0; i < MOST_OPEN; i++)
        if (open_files[i] != NULL)
            unlink(open_files[i]->temporary);
}

/* Creates a file beside the target under a name that no other process uses. Opening by O_EXCL
 * follows no link that someone put there, and gives the file the mode that the umask allows. */
static int create_temporary(struct spiral_whole_file *output)
{
    const char *slash = strrchr(output->target, '/');
    const int folder = slash != NULL ? (int)(slash - output->target) + 1 : 0;

    for (int attempt = 0; attempt < 10000; attempt++) {
        const int length =
            snprintf(output->temporary, sizeof output->temporary, "%.*s.spiral-%ld-%d.part", folder,
                     output->target, (long)getpid(), attempt);

        if (length < 0 || (size_t)length >= sizeof output->temporary) {
            errno = ENAMETOOLONG;
            return -1;
        }

        /* noted before it exists: its name holds this process's number, so it is no one else's */
        if (attempt == 0)
            note_open(output);

        const int descriptor =
            open(output->temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);

        if (descriptor >= 0 || errno != EEXIST)
            return descriptor;
    }

    return -1;
}

/* Writes the file that is replaced to output->target. Returns false with errno set. */
static bool resolve_target(struct spiral_whole_file *output, bool exists)
{
    char *resolved = exists ? realpath(output->path, NULL) : strdup(output->path);

    if (resolved == NULL)
        return false;

    const bool fits = strlen(resolved) < sizeof output->target;

    if (fits)
        strcpy(output->target, resolved);
    free(resolved);
    errno = ENAMETOOLONG;

    return fits;
}

static int open_for_replacement(struct spiral_whole_file *output, const struct stat *existing)
{
    /* renaming would replace a file that its owner made read-only */
    if (existing != NULL && access(output->path, W_OK) != 0)
        return -1;
    if (!resolve_target(output, existing != NULL))
        return -1;

    const int descriptor = create_temporary(output);

    if (descriptor >= 0 && existing != NULL)
        (void)!fchmod(descriptor, existing->st_mode & 0777);

    return descriptor;
}

/* Opens what is not replaced: a device, a FIFO, and the file that stdout already goes to, of which
 * /dev/stdout is another name. */
static int open_directly(struct spiral_whole_file *output, bool is_standard_output)
{
    return is_standard_output ? fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1)
                              : open(output->path, O_WRONLY | O_NOCTTY | O_CLOEXEC);
}

static bool is_standard_output(const struct stat *target)
{
    struct stat standard_output;
    return S_ISREG(target->st_mode) && fstat(STDOUT_FILENO, &standard_output) == 0 &&
           is_same_file(target, &standard_output);
}

enum spiral_status spiral_whole_file_check_inputs(const char *path, const char *const *inputs,
                                                  struct spiral_error *error)
{
    struct stat target;
    return stat(path, &target) == 0 ? refuse_inputs(path, &target, inputs, error) : SPIRAL_OK;
}

enum spiral_status spiral_whole_file_open(struct spiral_whole_file *output, const char *path,
                                          const char *const *inputs, struct spiral_error *error)
{
    struct stat target;
    struct stat link;
    int descriptor;

    *output = (struct spiral_whole_file){.path = path};

    if (stat(path, &target) == 0) {
        const enum spiral_status status = refuse_inputs(path, &target, inputs, error);

        if (status != SPIRAL_OK)
            return status;
        if (S_ISDIR(target.st_mode))
            return fail_with(path, "it is a folder", error);
        if (S_ISBLK(target.st_mode))
            return fail_with(path, "it is a disk", error);

        const bool is_redirected = is_standard_output(&target);
        descriptor = S_ISREG(target.st_mode) && !is_redirected
                         ? open_for_replacement(output, &target)
                         : open_directly(output, is_redirected);
    } else if (errno != ENOENT)
        return fail_with(path, strerror(errno), error);
    else if (lstat(path, &link) == 0)
        return fail_with(path, "it is a link to a file that does not exist", error);
    else
        descriptor = open_for_replacement(output, NULL);

    descriptor = move_above_standard_streams(descriptor);
    if (descriptor < 0) {
        note_closed(output);
        return fail_with(path, strerror(errno), error);
    }

    output->file = fdopen(descriptor, "w");
    if (output->file != NULL)
        return SPIRAL_OK;

    const enum spiral_status status = fail_with(path, strerror(errno), error);

    close(descriptor);
    if (output->temporary[0] != '\0')
        unlink(output->temporary);
    note_closed(output);

    return status;
}

/* An earlier write has failed, and its reason is lost by now: another one fails alike. */
static const char *reason_of_failed_write(FILE *file)
{
    return write(fileno(file), "\n", 1) < 0 ? strerror(errno) : "not all of it was written";
}

enum spiral_status spiral_whole_file_close(struct spiral_whole_file *output,
                                           enum spiral_status status, struct spiral_error *error)
{
    const bool is_replacement = output->temporary[0] != '\0';

    if (status == SPIRAL_OK && ferror(output->file))
        status = fail_with(output->path, reason_of_failed_write(output->file), error);
    if (status == SPIRAL_OK && fflush(output->file) != 0)
        status = fail_with(output->path, strerror(errno), error);
    if (status == SPIRAL_OK && is_replacement && fsync(fileno(output->file)) != 0)
        status = fail_with(output->path, strerror(errno), error);

    if (fclose(output->file) != 0 && status == SPIRAL_OK)
        status = fail_with(output->path, strerror(errno), error);
    output->file = NULL;

    if (!is_replacement)
        return status;
    if (status == SPIRAL_OK && rename(output->temporary, output->target) != 0)
        status = fail_with(output->path, strerror(errno), error);
    if (status != SPIRAL_OK)
        unlink(output->temporary);
    note_closed(output);

    return status;
}
