/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE /* memrchr */
#include <errno.h>
#include <locale.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "sim/scenario.h"
#include "tools/cli/command.h"

#ifndef SPIRAL_PROGRAM_DIRECTORY
#define SPIRAL_PROGRAM_DIRECTORY "/usr/local/libexec/spiral"
#endif

enum { MOST_NAMES = 100 };

static size_t command_count(const struct spiral_program *program)
{
    size_t count = 0;
    while (program->commands[count] != NULL)
        count++;
    return count;
}

static size_t errand_count(const struct spiral_program *program)
{
    size_t count = 0;
    while (program->errands != NULL && program->errands[count].command != NULL)
        count++;
    return count;
}

static const struct spiral_command *find_command(const struct spiral_program *program,
                                                 const char *name)
{
    for (size_t i = 0; program->commands[i] != NULL; i++)
        if (strcmp(program->commands[i]->name, name) == 0)
            return program->commands[i];
    return NULL;
}

static const struct spiral_errand *find_errand(const struct spiral_program *program,
                                               const char *name)
{
    for (size_t i = 0; i < errand_count(program); i++)
        if (strcmp(program->errands[i].command, name) == 0)
            return &program->errands[i];
    return NULL;
}

static int report_unknown(const struct spiral_program *program, const char *name)
{
    const size_t commands = command_count(program);
    const size_t errands = errand_count(program);
    const char *names[MOST_NAMES];
    size_t count = 0;

    for (size_t i = 0; i < commands && count < MOST_NAMES; i++)
        names[count++] = program->commands[i]->name;
    for (size_t i = 0; i < errands && count < MOST_NAMES; i++)
        names[count++] = program->errands[i].command;

    const char *nearest = spiral_names_nearest(spiral_names_in(names, count), name);

    spiral_report(nearest != NULL ? "unknown command '%s'; did you mean '%s'?"
                                  : "unknown command '%s'; `spiral help` lists the commands",
                  name, nearest);
    return SPIRAL_EXIT_BAD_INPUT;
}

/* Becomes the program of an errand: from beside this one (a build), else from where it is
 * installed. Returns only where that fails. */
static int hand_over(const struct spiral_errand *errand, char **argv)
{
    char path[4096];
    const ssize_t length = readlink("/proc/self/exe", path, sizeof path - 64);
    char *slash = length > 0 ? memrchr(path, '/', (size_t)length) : NULL;

    if (slash != NULL) {
        strcpy(slash + 1, errand->program);
        execv(path, argv);
        strcpy(slash + 1, "../libexec/spiral/");
        strcat(slash, errand->program);
        execv(path, argv);
    }

    snprintf(path, sizeof path, "%s/%s", SPIRAL_PROGRAM_DIRECTORY, errand->program);
    execv(path, argv);
    spiral_report("%s: the program %s is not there (%s); it is built where %s is installed",
                  errand->command, errand->program, strerror(errno), errand->package);

    return SPIRAL_EXIT_FAILED;
}

static void overview(const struct spiral_program *program, FILE *out)
{
    fputs("usage: spiral COMMAND [OPTION]... [OPERAND]...\n\n"
          "Simulates security-dilemma spirals: a small state, a strong neighbour and an offshore "
          "power.\n\ncommands:\n",
          out);
    for (size_t i = 0; program->commands[i] != NULL; i++)
        fprintf(out, "  %-9s %s\n", program->commands[i]->name, program->commands[i]->summary);
    for (size_t i = 0; i < errand_count(program); i++)
        fprintf(out, "  %-9s %s\n", program->errands[i].command, program->errands[i].summary);

    fputs("  help      what a command does and takes: spiral help COMMAND\n\n"
          "try: spiral run ukraine --runs 4000\n",
          out);
}

static int help(const struct spiral_program *program, int argc, char **argv)
{
    if (argc < 3) {
        overview(program, stdout);
        return SPIRAL_EXIT_OK;
    }

    const struct spiral_command *command = find_command(program, argv[2]);
    const struct spiral_errand *errand = find_errand(program, argv[2]);

    if (command != NULL)
        spiral_command_help(command, stdout);
    else if (errand != NULL)
        return hand_over(errand, argv);
    else
        return report_unknown(program, argv[2]);

    return SPIRAL_EXIT_OK;
}

int spiral_program_main(const struct spiral_program *program, int argc, char **argv)
{
    setlocale(LC_CTYPE, ""); /* texts as the terminal has them; numbers stay in the C locale */
    signal(SIGPIPE, SIG_IGN);

    if (argc < 2) {
        overview(program, stderr);
        return SPIRAL_EXIT_BAD_INPUT;
    }

    if (strcmp(argv[1], "--version") == 0) {
        puts("spiral " SPIRAL_VERSION);
        return SPIRAL_EXIT_OK;
    }

    if (strcmp(argv[1], "help") == 0 || strcmp(argv[1], "--help") == 0 ||
        strcmp(argv[1], "-h") == 0)
        return help(program, argc, argv);
    const struct spiral_command *command = find_command(program, argv[1]);
    const struct spiral_errand *errand = find_errand(program, argv[1]);

    if (command == NULL)
        return errand != NULL ? hand_over(errand, argv) : report_unknown(program, argv[1]);

    return command->run(argc - 1, argv + 1);
}
