/* SPDX-License-Identifier: MIT */
#include "tools/cli/output.h"

#include <stdbool.h>
#include <stdlib.h>
#include <unistd.h>

#include "scenarios/loader/case_file.h"
#include "scenarios/loader/text_stream.h"
#include "scenarios/loader/yaml/foreign_text.h"
#include "tools/cli/terminal.h"
#include "tools/json/json_text.h"

enum { MOST_INPUTS = 64, PATH_SIZE = SPIRAL_WHOLE_FILE_PATH };

/* The paths of inputs where some are the names of cases; they hold until the next call. */
static const char *const *find_inputs(const char *const *inputs)
{
    static char paths[MOST_INPUTS][PATH_SIZE];
    static const char *found[MOST_INPUTS + 1];
    size_t count = 0;

    for (; count < MOST_INPUTS && inputs != NULL && inputs[count] != NULL; count++) {
        spiral_case_file(inputs[count], paths[count], PATH_SIZE);
        found[count] = paths[count];
    }

    found[count] = NULL;

    return found;
}

int spiral_output_check_inputs(const char *path, const char *const *inputs)
{
    struct spiral_error error;

    return spiral_whole_file_check_inputs(path, find_inputs(inputs), &error) == SPIRAL_OK
               ? SPIRAL_EXIT_OK
               : spiral_complain_error(&error);
}

static int open_whole_file(struct spiral_output *output, const char *path,
                           const char *const *inputs)
{
    struct spiral_error error;

    return spiral_whole_file_open(&output->whole, path, find_inputs(inputs), &error) == SPIRAL_OK
               ? SPIRAL_EXIT_OK
               : spiral_complain_error(&error);
}

int spiral_output_open(struct spiral_output *output, enum spiral_output_kind kind, const char *path,
                       const char *const *inputs)
{
    *output = (struct spiral_output){.kind = kind, .file = stdout};

    if (path != NULL) {
        const int exit_status = open_whole_file(output, path, inputs);
        if (exit_status != SPIRAL_EXIT_OK)
            return exit_status;
        output->file = output->whole.file;
    }

    if (kind == SPIRAL_OUTPUT_DATA && (path != NULL || !isatty(STDOUT_FILENO)))
        return SPIRAL_EXIT_OK;

    output->file = spiral_text_stream_open(&output->text, &output->size);
    if (output->file != NULL)
        return SPIRAL_EXIT_OK;
    spiral_complain("out of memory");

    return spiral_output_close(output, SPIRAL_EXIT_FAILED);
}

/* Prints what was kept so far to the file or to stdout. */
static int print_text(struct spiral_output *output, int exit_status)
{
    const bool is_complete = spiral_text_stream_close(output->file, &output->text);
    FILE *out = output->whole.file != NULL ? output->whole.file : stdout;

    if (exit_status == SPIRAL_EXIT_OK && !is_complete) {
        spiral_complain("out of memory");
        exit_status = SPIRAL_EXIT_FAILED;
    }

    /* a file has the same lines whatever the terminal */
    if (exit_status == SPIRAL_EXIT_OK && output->kind == SPIRAL_OUTPUT_TEXT)
        spiral_text_print(output->text, out == stdout ? spiral_terminal_columns() : SPIRAL_COLUMNS,
                          out);
    else if (exit_status == SPIRAL_EXIT_OK)
        spiral_foreign_text_print(output->text, out);
    free(output->text);

    return exit_status;
}

int spiral_output_close(struct spiral_output *output, int exit_status)
{
    struct spiral_error error;

    if (output->file != NULL && output->file != stdout && output->file != output->whole.file)
        exit_status = print_text(output, exit_status);
    if (output->whole.file == NULL)
        return exit_status; /* the end of the program tells whether stdout was written */

    const enum spiral_status status =
        spiral_whole_file_close(&output->whole,
                                exit_status == SPIRAL_EXIT_OK ? SPIRAL_OK : SPIRAL_STOPPED, &error);

    return status == SPIRAL_OK             ? SPIRAL_EXIT_OK
           : exit_status != SPIRAL_EXIT_OK ? exit_status
                                           : spiral_complain_error(&error);
}

int spiral_output_json(json_t *value, FILE *out)
{
    struct spiral_error error;

    return spiral_json_write(value, out, &error) == SPIRAL_OK ? SPIRAL_EXIT_OK
                                                              : spiral_complain_error(&error);
}
