/* SPDX-License-Identifier: MIT */
#include <locale.h>
#include <signal.h>
#include <string.h>

#include "tools/spiral/command.h"

static const struct spiral_command *const commands[] = {
#define SPIRAL_COMMAND_ENTRY(name) &spiral_command_##name,
    SPIRAL_COMMAND_TABLE(SPIRAL_COMMAND_ENTRY)
#undef SPIRAL_COMMAND_ENTRY
};
enum { COMMANDS = sizeof commands / sizeof *commands };

static const char *command_at(const void *context, size_t i)
{
    (void)context;
    return commands[i]->name;
}

static const struct spiral_command *find(const char *name)
{
    for (size_t i = 0; i < COMMANDS; i++)
        if (strcmp(commands[i]->name, name) == 0)
            return commands[i];
    const char *nearest = spiral_nearest_name(name, COMMANDS, command_at, NULL);
    spiral_report(nearest != NULL ? "unknown command '%s'; did you mean '%s'?" : "unknown command '%s'; `spiral help` lists the commands", name, nearest);
    return NULL;
}

static void overview(FILE *out)
{
    fputs("usage: spiral COMMAND [OPTION]... [OPERAND]...\n\n"
          "Simulates security-dilemma spirals: a small state, a strong neighbour and an offshore power.\n\ncommands:\n", out);
    for (size_t i = 0; i < COMMANDS; i++)
        fprintf(out, "  %-9s %s\n", commands[i]->name, commands[i]->summary);
    fputs("  help      what a command does and takes: spiral help COMMAND\n\n"
          "try: spiral run ukraine --runs 4000\n", out);
}

static int help(int argc, char **argv)
{
    if (argc < 2) {
        overview(stdout);
        return SPIRAL_EXIT_OK;
    }
    const struct spiral_command *command = find(argv[1]);
    if (command == NULL)
        return SPIRAL_EXIT_BAD_INPUT;
    spiral_command_help(command, stdout);
    return SPIRAL_EXIT_OK;
}

int main(int argc, char **argv)
{
    setlocale(LC_CTYPE, ""); /* texts as the terminal has them; numbers stay in the C locale */
    signal(SIGPIPE, SIG_IGN);
    if (argc < 2) {
        overview(stderr);
        return SPIRAL_EXIT_BAD_INPUT;
    }
    if (strcmp(argv[1], "--version") == 0) {
        puts("spiral " SPIRAL_VERSION);
        return SPIRAL_EXIT_OK;
    }
    if (strcmp(argv[1], "help") == 0 || strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0)
        return help(argc - 1, argv + 1);
    const struct spiral_command *command = find(argv[1]);
    return command == NULL ? SPIRAL_EXIT_BAD_INPUT : command->run(argc - 1, argv + 1);
}
