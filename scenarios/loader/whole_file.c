/* SPDX-License-Identifier: MIT */
#include "scenarios/loader/whole_file.h"

#include <errno.h>
#include <stdbool.h>
#include <string.h>
#include <unistd.h>

static enum spiral_status report_failure(const char *path, struct spiral_error *error)
{
    return spiral_error_set(error, SPIRAL_IO, "%.300s cannot be written: %s", path,
                            strerror(errno));
}

enum spiral_status spiral_whole_file_open(struct spiral_whole_file *output, const char *path,
                                          struct spiral_error *error)
{
    const int length = snprintf(output->part, sizeof output->part, "%s.part", path);

    if (length < 0 || (size_t)length >= sizeof output->part)
        return spiral_error_set(error, SPIRAL_BAD_INPUT, "the path is too long");
    output->path = path;
    output->file = fopen(output->part, "w");
    return output->file == NULL ? report_failure(path, error) : SPIRAL_OK;
}

enum spiral_status spiral_whole_file_close(struct spiral_whole_file *output,
                                           enum spiral_status status, struct spiral_error *error)
{
    const bool written = !ferror(output->file) && fflush(output->file) == 0;

    if (status == SPIRAL_OK && !written)
        status = report_failure(output->path, error);
    if (fclose(output->file) != 0 && status == SPIRAL_OK)
        status = report_failure(output->path, error);
    if (status == SPIRAL_OK && rename(output->part, output->path) != 0)
        status = report_failure(output->path, error);
    if (status != SPIRAL_OK)
        unlink(output->part);

    return status;
}
