/* SPDX-License-Identifier: MIT
 *
 * Options of a command line, as rows of a table. A row says everything about its option: its name
 * and its argument, what help says of it, how the argument is read, and where in the command's
 * request the value goes. One reader fills the request; help is printed from the same rows.
 */
#ifndef SPIRAL_CLI_OPTIONS_H
#define SPIRAL_CLI_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "sim/names.h"

enum spiral_option_kind {
    SPIRAL_OPTION_FLAG,  /* bool: becomes true; the only kind without an argument */
    SPIRAL_OPTION_TEXT,  /* const char *: the argument as it is */
    SPIRAL_OPTION_LIST,  /* struct spiral_option_list: may be repeated, `most` times (0: any) */
    SPIRAL_OPTION_WHOLE, /* uint64_t from `least` to `most` */
    SPIRAL_OPTION_SIZE,  /* size_t, the same */
    SPIRAL_OPTION_INT,   /* int, the same */
    SPIRAL_OPTION_WHOLE_REAL, /* double, the same */
    SPIRAL_OPTION_REAL,       /* double from `low` to `high`: a decimal number or a fraction */
    SPIRAL_OPTION_STEP,       /* double: the length of a step, years above 0 and at most 1 */
    SPIRAL_OPTION_DATE,       /* double, in years: YYYY, YYYY-MM or YYYY-MM-DD */
    SPIRAL_OPTION_DURATION,   /* double, in seconds: whole numbers of d, h, m and s, as 1h30m */
    SPIRAL_OPTION_WORD,       /* int or enum: the index of the argument in `words` */
    SPIRAL_OPTION_PARSED      /* by `parse` */
};

enum { SPIRAL_OPTION_MOST = 256 }; /* arguments of a list */

/* The arguments of an option that may be repeated. They are the program's own, not copies. */
struct spiral_option_list {
    size_t count;
    const char *items[SPIRAL_OPTION_MOST];
};

struct spiral_option {
    const char *name;     /* without the dashes; it must be given in full */
    const char *argument; /* its name in help, which tells its unit; NULL for a flag */
    const char *doc;      /* what it does, its unit and its default, for help */
    enum spiral_option_kind kind;
    size_t place; /* of the value in the request: SPIRAL_OPTION_PLACE() */
    uint64_t least;
    uint64_t most;
    double low;
    double high;
    const char *const *words; /* ended by NULL, or `most` of them */
    /* Reads an argument into the place; complains and returns false where it is wrong. */
    bool (*parse)(const struct spiral_option *option, const char *argument, void *place);
    /* The place of a const char * that gets the option's name when it is given; 0: none (such a
     * member is never the first of a request). Commands use it for options that something else,
     * such as a store, may have decided already. */
    size_t mark;
};

/* clang-format off */
/* The place of a request's member. Does not compile where the member has another type. */
#define SPIRAL_OPTION_PLACE(type, request, member) \
    _Generic(((request *)NULL)->member, type: offsetof(request, member))
/* The same of an enum, whose type is int or unsigned as the compiler likes. */
#define SPIRAL_OPTION_ENUM_PLACE(request, member) \
    _Generic(((request *)NULL)->member, \
        int: offsetof(request, member), \
        unsigned: offsetof(request, member))
/* clang-format on */

/* Bounds that several commands share. */
#define SPIRAL_MOST_RUNS UINT64_C(1000000000000)
enum { SPIRAL_MOST_THREADS = 1024 };

struct spiral_command;

/* Reads a command's options into its request, which the caller has filled with the defaults.
 * Operands and options may mix, "--" ends the options; the operands are moved to the end of argv.
 * Returns the index of the first one, or a negative number: SPIRAL_OPTIONS_BAD after a complaint,
 * SPIRAL_OPTIONS_HELP after --help, SPIRAL_OPTIONS_FAILED after a help that failed. */
enum { SPIRAL_OPTIONS_BAD = -1, SPIRAL_OPTIONS_HELP = -2, SPIRAL_OPTIONS_FAILED = -3 };
int spiral_options_read(const struct spiral_command *command, int argc, char **argv, void *request);

/* The exit status of a command whose options were not read: `first` is negative. */
int spiral_options_exit_status(int first);

/* Writes a command's options, a list with the range of each. */
void spiral_options_help(const struct spiral_option *options, FILE *out);

/* For parsers. The index of an argument among names; complains, naming the nearest, and returns -1
 * where there is none. `what` says what is named ("theme"). */
int spiral_option_choose(const struct spiral_option *option, const char *what, const char *argument,
                         struct spiral_names names);

/* Splits NAME=VALUE and reads the value, a number. Complains of `option` and returns false. */
enum { SPIRAL_SETTING_NAME = 96 };
bool spiral_option_setting(const char *option, const char *argument, char name[SPIRAL_SETTING_NAME],
                           double *value);

#endif
