/* SPDX-License-Identifier: MIT
 *
 * A file that takes its name when it is complete: whole or not at all.
 */
#ifndef SPIRAL_SCENARIOS_LOADER_WHOLE_FILE_H
#define SPIRAL_SCENARIOS_LOADER_WHOLE_FILE_H

#include <stdio.h>

#include "sim/status.h"

struct spiral_whole_file {
    FILE *file;       /* to write to, between open and close */
    char part[4096];  /* its name until then */
    const char *path; /* not owned */
};

/* SPIRAL_IO where it cannot be written; nothing is open then. */
enum spiral_status spiral_whole_file_open(struct spiral_whole_file *output, const char *path,
                                          struct spiral_error *error);
/* Ends the file. With a `status` other than SPIRAL_OK, or where something was not written,
 * nothing is left on the disk; returns that status. */
enum spiral_status spiral_whole_file_close(struct spiral_whole_file *output,
                                           enum spiral_status status, struct spiral_error *error);

#endif
