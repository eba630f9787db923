/* SPDX-License-Identifier: MIT
 *
 * The one writer of files: a file takes its name when it is complete, whole or not at all.
 *
 * Until then it has a temporary name beside the target. What is not a regular file (a FIFO, a
 * terminal, /dev/null) is never replaced: it is opened and written to. A symbolic link stays a
 * link; the file that it names is replaced.
 */
#ifndef SPIRAL_SCENARIOS_LOADER_WHOLE_FILE_H
#define SPIRAL_SCENARIOS_LOADER_WHOLE_FILE_H

#include <stdio.h>

#include "sim/status.h"

enum { SPIRAL_WHOLE_FILE_PATH = 4096 };

struct spiral_whole_file {
    FILE *file;       /* to write to, between open and close; its descriptor is above 2 */
    const char *path; /* as given, for messages; not owned */
    char target[SPIRAL_WHOLE_FILE_PATH];    /* that is replaced: `path`, with links followed */
    char temporary[SPIRAL_WHOLE_FILE_PATH]; /* empty where the target is written to directly */
};

/* Opens it. `inputs` are the files that the output is made from, ended by NULL (NULL: none): an
 * output that is one of them by device and inode is refused with SPIRAL_BAD_INPUT. SPIRAL_IO where
 * the file cannot be written; nothing is open then. */
enum spiral_status spiral_whole_file_open(struct spiral_whole_file *output, const char *path,
                                          const char *const *inputs, struct spiral_error *error);

/* Whether an output may be written: what spiral_whole_file_open() says of its inputs, for a command
 * that works for long before it writes. */
enum spiral_status spiral_whole_file_check_inputs(const char *path, const char *const *inputs,
                                                  struct spiral_error *error);

/* Ends the file: with SPIRAL_OK it is flushed to the disk and takes its name. With another
 * `status`, or where something was not written, the temporary file is removed and the target is
 * untouched. Returns `status`, or SPIRAL_IO. */
enum spiral_status spiral_whole_file_close(struct spiral_whole_file *output,
                                           enum spiral_status status, struct spiral_error *error);

/* Removes the temporary files of all outputs that are open. For a handler of a signal that ends the
 * program: it calls nothing that a handler may not call. */
void spiral_whole_file_abandon_all(void);

#endif
