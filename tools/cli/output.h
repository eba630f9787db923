/* SPDX-License-Identifier: MIT
 *
 * Where a command's result goes: to a file, whole or not at all, or to stdout.
 */
#ifndef SPIRAL_CLI_OUTPUT_H
#define SPIRAL_CLI_OUTPUT_H

#include <jansson.h>
#include <stdio.h>

#include "scenarios/loader/whole_file.h"

/* Text is for people: wrapped, and safe on a terminal. Data (CSV, JSON) is for programs: it is
 * written byte by byte, and only a terminal gets it made safe. */
enum spiral_output_kind { SPIRAL_OUTPUT_TEXT, SPIRAL_OUTPUT_DATA };

struct spiral_output {
    FILE *file; /* to write to */
    /* own */
    enum spiral_output_kind kind;
    struct spiral_whole_file whole; /* whole.file NULL: stdout */
    char *text;                     /* what was written so far, where it is not written directly */
    size_t size;
};

/* Opens an output on a path, or on stdout for NULL. `inputs`, ended by NULL (NULL: none), are the
 * paths or case names that the output is made from: it may not replace one of them. Returns the
 * exit status, having complained. */
int spiral_output_open(struct spiral_output *output, enum spiral_output_kind kind, const char *path,
                       const char *const *inputs);

/* Writes a JSON value, indented, to an output or stdout, and releases it. Returns the exit status,
 * having complained; whether `out` could be written is asked at its end. */
int spiral_output_json(json_t *value, FILE *out);

/* Refuses an output on a path that would replace one of its inputs, before the work is done.
 * Returns the exit status, having complained. */
int spiral_output_check_inputs(const char *path, const char *const *inputs);

/* Ends the output. With an `exit_status` other than SPIRAL_EXIT_OK, or where something could not
 * be written, a file is dropped and its target is untouched. Returns the exit status, having
 * complained of what was not written. */
int spiral_output_close(struct spiral_output *output, int exit_status);

#endif
