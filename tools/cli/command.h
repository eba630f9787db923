/* SPDX-License-Identifier: MIT
 *
 * What the subcommands of the programs share: the table of commands, and the headers for their
 * options, their messages and their output.
 */
#ifndef SPIRAL_CLI_COMMAND_H
#define SPIRAL_CLI_COMMAND_H

#include <stdbool.h>
#include <stdio.h>

#include "scenarios/loader/yaml/diagnostics.h"
#include "sim/tables.h"
#include "tools/cli/options.h"
#include "tools/cli/output.h"
#include "tools/cli/terminal.h"
#include "tools/farm/device.h"

/* The option --device, whose place is the member `device` of a command's request. */
#define SPIRAL_DEVICE_OPTION(request) \
    { \
        "device", "cpu|gpu|auto", SPIRAL_DEVICE_DOC, SPIRAL_OPTION_WORD, \
            .place = SPIRAL_OPTION_ENUM_PLACE(request, device), .words = spiral_farm_device_words \
    }

struct spiral_command {
    const char *name;
    const char *operands; /* for the usage line */
    const char *summary;
    const struct spiral_option *options; /* ended by a NULL name */
    int (*run)(int argc, char **argv); /* argv[0] is the command's name; returns the exit status */
    int (*more)(FILE *out); /* what help adds at its end (NULL: nothing); the exit status */
};

/* A command that another program carries out, which lies beside this one. Large libraries (SDL2,
 * Pango, NetCDF) take longer to load than a run takes, so `spiral` itself does not link them. */
struct spiral_delegated_command {
    const char *name;
    const char *program;
    const char *summary;
    const char *package; /* that the program is built with, for the message that it is missing */
};

struct spiral_program {
    const struct spiral_command *const *commands;     /* ended by NULL */
    const struct spiral_delegated_command *delegated; /* ended by a NULL name; NULL for none */
};

/* main() of a program: finds the command and runs it. Returns the exit status. */
int spiral_program_main(const struct spiral_program *program, int argc, char **argv);

/* Writes a command's usage and options. Complains and returns the exit status. */
int spiral_command_help(const struct spiral_command *command, FILE *out);

/* Applies the argument of a --set, NAME=VALUE, to a scenario (NULL: none) and the constants.
 * Returns the exit status, having complained. */
int spiral_setting_apply(struct spiral_scenario *scenario, struct spiral_constants *constants,
                         const char *argument);
/* The same for all of a list, up to the first that is wrong. */
int spiral_settings_apply(struct spiral_scenario *scenario, struct spiral_constants *constants,
                          const struct spiral_option_list *settings);

/* The text of an input, read once, and the path that `path_or_name` means, of `size` bytes. A store
 * is refused. Reports errors, as spiral_load() does, and returns the exit status. The caller frees
 * *text. */
int spiral_text_load(const char *path_or_name, char *path, size_t size, char **text,
                     size_t *length);

/* Prints what was found wrong with an input on stderr, and returns the exit status that belongs to
 * the status of reading it. */
int spiral_complain_diagnostics(const struct spiral_diagnostics *diagnostics,
                                enum spiral_status status);

/* Loads a scenario by path ("-" is standard input), or by the name of a case that
 * spiral_case_file() finds. Reports all errors and returns the exit status. The caller clears the
 * scenario. */
int spiral_load(struct spiral_scenario *scenario, const char *path_or_name);
/* The same as spiral_load(), with the text, for what a scenario does not hold; *text is NULL where
 * none was read. The caller frees it. */
int spiral_load_with_text(struct spiral_scenario *scenario, const char *path_or_name, char **text);

#endif
