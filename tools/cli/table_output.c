/* SPDX-License-Identifier: MIT */
#include "tools/cli/table_output.h"

#include <stdlib.h>

#include "tools/cli/command.h"

int spiral_table_output_open(struct spiral_table_output *output, struct spiral_table *table,
                             const char *path, const char *const *inputs, bool comments)
{
    *output = (struct spiral_table_output){.path = path, .comments = comments, .inputs = inputs};

    const int exit_status = spiral_output_open(&output->output, SPIRAL_OUTPUT_DATA, path, inputs);

    if (exit_status != SPIRAL_EXIT_OK)
        return exit_status;

    if (table->no_memory) {
        spiral_complain("out of memory");
        return spiral_output_close(&output->output, SPIRAL_EXIT_FAILED);
    }

    spiral_table_begin(table, output->output.file, comments);

    return SPIRAL_EXIT_OK;
}

/* Opens the file beside the table and writes the metadata, as far as a disk that is full lets
 * it. */
static int write_beside(const struct spiral_table_output *output, const struct spiral_table *table,
                        const char *path, struct spiral_output *beside)
{
    const int exit_status = spiral_output_open(beside, SPIRAL_OUTPUT_DATA, path, output->inputs);

    if (exit_status != SPIRAL_EXIT_OK)
        return exit_status;
    spiral_table_metadata(table, output->path, beside->file);

    return fflush(beside->file) == 0 ? SPIRAL_EXIT_OK : spiral_output_close(beside, SPIRAL_EXIT_OK);
}

int spiral_table_output_close(struct spiral_table_output *output, const struct spiral_table *table,
                              int exit_status)
{
    /* A pipe or a device has nothing beside it. */
    const bool is_file = output->path != NULL && output->output.whole.temporary[0] != '\0';

    if (exit_status != SPIRAL_EXIT_OK || !is_file || output->comments)
        return spiral_output_close(&output->output, exit_status);

    struct spiral_output beside;
    char *path = spiral_table_metadata_path(output->path);

    if (path == NULL) {
        spiral_complain("out of memory");
        return spiral_output_close(&output->output, SPIRAL_EXIT_FAILED);
    }

    /* Both or neither: the table takes its name once there is room for its metadata. */
    exit_status = write_beside(output, table, path, &beside);

    const bool is_written = exit_status == SPIRAL_EXIT_OK;

    exit_status = spiral_output_close(&output->output, exit_status);
    if (is_written)
        exit_status = spiral_output_close(&beside, exit_status);
    free(path);

    return exit_status;
}
