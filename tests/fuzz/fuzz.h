/* SPDX-License-Identifier: MIT
 *
 * What the targets of the fuzzers share: how a broken promise looks to a fuzzer, what a message
 * must be, and files for readers that take a path.
 */
#ifndef SPIRAL_TEST_FUZZ_H
#define SPIRAL_TEST_FUZZ_H

#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "scenarios/loader/yaml/diagnostics.h"

enum { FUZZ_WORDS = 64 }; /* of a command line, at most */

/* A broken promise ends the process, which a fuzzer reports together with the input. */
static inline void fuzz_require(bool held)
{
    if (!held)
        abort();
}

/* A message is one line of letters: nothing in it moves the cursor of a terminal. */
static inline void fuzz_require_message(const char *message)
{
    fuzz_require(message[0] != '\0');
    for (const char *letter = message; *letter != '\0'; letter++)
        fuzz_require((unsigned char)*letter >= 0x20 && *letter != 0x7f);
}

/* A reader that fails says why, and one that succeeds says nothing. */
static inline void fuzz_require_diagnostics(enum spiral_status status,
                                            const struct spiral_diagnostics *diagnostics)
{
    fuzz_require((status == SPIRAL_OK) == (diagnostics->count == 0));
    for (size_t i = 0; i < diagnostics->count; i++)
        fuzz_require_message(diagnostics->errors[i].message);
}

/* An input is bad or it is not: no disk fails here, and so no reader may say so. */
static inline void fuzz_require_error(enum spiral_status status, const struct spiral_error *error)
{
    fuzz_require(status != SPIRAL_IO);
    if (status != SPIRAL_OK)
        fuzz_require_message(error->message);
}

static char fuzz_folder[64];

static inline void fuzz_remove_folder(void)
{
    char command[sizeof fuzz_folder + 20];

    snprintf(command, sizeof command, "rm -r '%s'", fuzz_folder);
    fuzz_require(system(command) == 0);
}

/* A path in a folder that goes when the process ends; in memory where the system has that, since
 * every input is written once. The path is valid until the next call. */
static inline const char *fuzz_path(const char *name)
{
    static char path[sizeof fuzz_folder + 40];

    if (fuzz_folder[0] == '\0') {
        snprintf(fuzz_folder, sizeof fuzz_folder, "%s/spiral-fuzz-XXXXXX",
                 access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
        fuzz_require(mkdtemp(fuzz_folder) != NULL);
        atexit(fuzz_remove_folder);
    }

    snprintf(path, sizeof path, "%s/%s", fuzz_folder, name);

    return path;
}

/* The path of a file of this name that holds these bytes. */
static inline const char *fuzz_file(const char *name, const uint8_t *data, size_t size)
{
    const char *path = fuzz_path(name);
    FILE *file = fopen(path, "wb");

    fuzz_require(file != NULL);
    fuzz_require(fwrite(data, 1, size, file) == size);
    fuzz_require(fclose(file) == 0);

    return path;
}

/* Sends stdout and stderr to nowhere, and back: what a command prints is not looked at. */
struct fuzz_quiet {
    int out;
    int error;
};

static inline struct fuzz_quiet fuzz_quiet_begin(void)
{
    fflush(stdout);
    fflush(stderr);

    const struct fuzz_quiet quiet = {dup(1), dup(2)};
    const int nowhere = open("/dev/null", O_WRONLY);

    fuzz_require(nowhere >= 0 && dup2(nowhere, 1) == 1 && dup2(nowhere, 2) == 2);
    close(nowhere);

    return quiet;
}

static inline void fuzz_quiet_end(struct fuzz_quiet quiet)
{
    fflush(stdout);
    fflush(stderr);
    fuzz_require(dup2(quiet.out, 1) == 1 && dup2(quiet.error, 2) == 2);
    close(quiet.out);
    close(quiet.error);
}

/* The bytes as a text that ends in a NUL, without one before. The caller frees it. */
static inline char *fuzz_text(const uint8_t *data, size_t size)
{
    char *text = malloc(size + 1);

    fuzz_require(text != NULL);

    for (size_t i = 0; i < size; i++)
        text[i] = data[i] != 0 ? (char)data[i] : ' ';
    text[size] = '\0';

    return text;
}

#endif
