/* SPDX-License-Identifier: MIT
 *
 * Where a command's table goes: CSV to stdout or to a file, and beside a file what its columns
 * mean and where it comes from (tables/table.h).
 */
#ifndef SPIRAL_CLI_TABLE_OUTPUT_H
#define SPIRAL_CLI_TABLE_OUTPUT_H

#include "tables/table.h"
#include "tools/cli/output.h"

/* The help of the option --header-comments. */
#define SPIRAL_HEADER_COMMENTS_DOC \
    "CSV: put units and origin in lines that start with #, at the top (default: in the file " \
    "OUT-metadata.json beside --out)"

struct spiral_table_output {
    struct spiral_output output;
    const char *path; /* NULL: stdout */
    bool comments;
    const char *const *inputs;
};

/* Opens the output of a table that has its columns, and begins it. With `comments` its origin is in
 * the CSV, else in a file beside it. Path and inputs are as in spiral_output_open(). Returns the
 * exit status, having complained. */
int spiral_table_output_open(struct spiral_table_output *output, struct spiral_table *table,
                             const char *path, const char *const *inputs, bool comments);

/* Ends it as spiral_output_close() does; then writes the file beside it. */
int spiral_table_output_close(struct spiral_table_output *output, const struct spiral_table *table,
                              int exit_status);

#endif
