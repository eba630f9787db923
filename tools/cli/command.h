/* SPDX-License-Identifier: MIT
 *
 * What the subcommands of the program share: the table of commands, options by table, loading,
 * output.
 */
#ifndef SPIRAL_CLI_COMMAND_H
#define SPIRAL_CLI_COMMAND_H

#include <stdbool.h>
#include <stdio.h>

#include "sim/tables.h"

/* Exit statuses. */
enum { SPIRAL_EXIT_OK = 0, SPIRAL_EXIT_FAILED = 1, SPIRAL_EXIT_BAD_INPUT = 2 };

/* An option of a command: `argument` is its argument's name for help, NULL for a flag. */
struct spiral_option {
    const char *name;
    const char *argument;
    const char *doc;
};

struct spiral_command {
    const char *name;
    const char *operands; /* for the usage line */
    const char *summary;
    const struct spiral_option *options; /* ended by a NULL name */
    int (*run)(int argc, char **argv); /* argv[0] is the command's name; returns the exit status */
    void (*more)(FILE *out);           /* what help adds at its end; NULL: nothing */
};

/* A program: its commands, and those that other programs beside it carry out. Large libraries
 * (SDL2, Pango, NetCDF) take longer to be loaded than a run takes, so that `spiral` itself goes
 * without them and hands their commands over. */
struct spiral_program {
    const struct spiral_command *const *commands; /* ended by NULL */
    const struct spiral_errand {
        const char *command;
        const char *program;
        const char *summary;
        const char *package; /* what it is built with, for a word where the program is not there */
    } * errands;             /* ended by a NULL command; NULL for none */
};

/* main() of a program: finds the command and runs it. Returns the exit status. */
int spiral_program_main(const struct spiral_program *program, int argc, char **argv);

/* Reads a command's options. `take` gets each option's index in the table and its argument; it
 * returns false, having reported, where the argument is bad. Returns the index of the first
 * operand (operands and options may mix; operands are moved to the end), or -1 after a report,
 * -2 after --help. */
int spiral_options_read(const struct spiral_command *command, int argc, char **argv,
                        bool (*take)(void *context, int option, const char *argument),
                        void *context);

/* Writes a command's usage and options. */
void spiral_command_help(const struct spiral_command *command, FILE *out);

/* Reports on stderr as `spiral: ...`. */
void spiral_report(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* The same of an error, with its place. Returns the exit status that belongs to it. */
int spiral_report_error(const struct spiral_error *error);

/* Each reads an option's argument and reports where it is none: a whole number in [low, high];
 * --runs, --seed, --threads; a number, also as a fraction; a date. */
bool spiral_read_whole(const char *option, const char *text, unsigned long long low,
                       unsigned long long high, unsigned long long *value);
bool spiral_read_runs(const char *text, unsigned long long least, uint64_t *runs);
bool spiral_read_seed(const char *text, uint64_t *seed);
bool spiral_read_threads(const char *text, int *threads);
bool spiral_read_real(const char *option, const char *text, double *value);
bool spiral_option_date(const char *option, const char *text,
                        double *date); /* YYYY, YYYY-MM or YYYY-MM-DD, in years */
/* A length of time: whole numbers of d, h, m and s, each once at most and in this order, as 90m
 * or 1h30m; at least a second, in seconds. Reports. */
bool spiral_read_duration(const char *option, const char *text, double *seconds);
/* Keeps the argument of an option that may be repeated; reports where the list is full. */
bool spiral_keep(const char *option, const char *text, const char **list, size_t *count,
                 size_t most);

/* Applies the argument of a --set, NAME=VALUE, to a scenario (NULL: none) and the constants.
 * Reports and returns the exit status. */
int spiral_setting_apply(struct spiral_scenario *scenario, struct spiral_constants *constants,
                         const char *argument);

/* Loads a scenario by path, or by the name of a case that spiral_case_file() finds. Reports
 * all errors and returns the exit status. The caller clears the scenario. */
int spiral_load(struct spiral_scenario *scenario, const char *path_or_name);

/* Output that is written whole or not at all: to a file beside the target that takes its place
 * at the end, or to stdout for NULL. */
struct spiral_output {
    FILE *file;
    const char *path; /* NULL: stdout */
    char *temporary;
};
bool spiral_output_open(struct spiral_output *output, const char *path); /* reports */
/* Ends the output. A closed pipe is no error. Reports and returns false where something could
 * not be written; the target is then untouched. */
bool spiral_output_close(struct spiral_output *output);
/* Drops what was written. */
void spiral_output_discard(struct spiral_output *output);

#endif
