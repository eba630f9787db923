/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE /* memrchr */
#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "scenarios/loader/whole_file.h"
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

static size_t delegated_count(const struct spiral_program *program)
{
    size_t count = 0;
    while (program->delegated != NULL && program->delegated[count].name != NULL)
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

static const struct spiral_delegated_command *find_delegated(const struct spiral_program *program,
                                                             const char *name)
{
    for (size_t i = 0; i < delegated_count(program); i++)
        if (strcmp(program->delegated[i].name, name) == 0)
            return &program->delegated[i];
    return NULL;
}

static int complain_unknown(const struct spiral_program *program, const char *name)
{
    const size_t commands = command_count(program);
    const size_t delegated = delegated_count(program);
    const char *names[MOST_NAMES];
    size_t count = 0;

    for (size_t i = 0; i < commands && count < MOST_NAMES; i++)
        names[count++] = program->commands[i]->name;
    for (size_t i = 0; i < delegated && count < MOST_NAMES; i++)
        names[count++] = program->delegated[i].name;

    const char *nearest = spiral_names_nearest(spiral_names_in(names, count), name);

    spiral_complain(nearest != NULL ? "unknown command '%s'; did you mean '%s'?"
                                    : "unknown command '%s'; `spiral help` lists the commands",
                    name, nearest);
    return SPIRAL_EXIT_BAD_INPUT;
}

/* Replaces this process by the program of a delegated command: the one beside this program (a
 * build), else the installed one. Returns only where that fails. */
static int run_delegated(const struct spiral_delegated_command *delegated, char **argv)
{
    char path[4096];
    const ssize_t length = readlink("/proc/self/exe", path, sizeof path - 64);
    char *slash = length > 0 ? memrchr(path, '/', (size_t)length) : NULL;

    if (slash != NULL) {
        strcpy(slash + 1, delegated->program);
        execv(path, argv);
        strcpy(slash + 1, "../libexec/spiral/");
        strcat(slash, delegated->program);
        execv(path, argv);
    }

    snprintf(path, sizeof path, "%s/%s", SPIRAL_PROGRAM_DIRECTORY, delegated->program);
    execv(path, argv);
    spiral_complain("%s: the program %s is missing (%s); it is built where %s is installed",
                    delegated->name, delegated->program, strerror(errno), delegated->package);

    return SPIRAL_EXIT_FAILED;
}

static void print_overview(const struct spiral_program *program, FILE *out)
{
    const int columns = spiral_terminal_columns();

    fputs("usage: spiral COMMAND [OPTION]... [OPERAND]...\n\n", out);
    spiral_text_wrap("Simulates security-dilemma spirals: a small state, a strong neighbour and an "
                     "offshore power.",
                     0, 0, columns, out);

    fputs("\ncommands:\n", out);
    for (size_t i = 0; program->commands[i] != NULL; i++)
        spiral_text_entry(program->commands[i]->name, program->commands[i]->summary, out);
    for (size_t i = 0; i < delegated_count(program); i++)
        spiral_text_entry(program->delegated[i].name, program->delegated[i].summary, out);
    spiral_text_entry("help", "show what a command does, and its options: spiral help COMMAND",
                      out);

    fputs("\ntry: spiral run ukraine --runs 4000\n", out);
}

static int print_help(const struct spiral_program *program, int argc, char **argv)
{
    if (argc < 3 || strcmp(argv[2], "help") == 0) {
        print_overview(program, stdout);
        return SPIRAL_EXIT_OK;
    }

    const struct spiral_command *command = find_command(program, argv[2]);
    const struct spiral_delegated_command *delegated = find_delegated(program, argv[2]);

    if (command != NULL)
        return spiral_command_help(command, stdout);

    return delegated != NULL ? run_delegated(delegated, argv) : complain_unknown(program, argv[2]);
}

/* A closed standard stream would lend its number to the next file that is opened. Each gets a
 * /dev/null that cannot be used in the stream's direction, so that reading and writing still
 * fail. */
static void fill_closed_streams(void)
{
    for (int descriptor = STDIN_FILENO; descriptor <= STDERR_FILENO; descriptor++)
        if (fcntl(descriptor, F_GETFD) < 0 && errno == EBADF)
            (void)!open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY);
}

/* Ends the process by the signal that came, without leaving a file that is half written. */
static void end_by_signal(int signal_number)
{
    spiral_whole_file_abandon_all();
    signal(signal_number, SIG_DFL);
    raise(signal_number);
}

/* What was started to ignore a signal, as by nohup, goes on to ignore it. */
static void clean_up_on_signals(void)
{
    static const int signals[] = {SIGINT, SIGTERM, SIGHUP};
    const struct sigaction action = {.sa_handler = end_by_signal};
    struct sigaction before;

    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++)
        if (sigaction(signals[i], NULL, &before) == 0 && before.sa_handler == SIG_DFL)
            sigaction(signals[i], &action, NULL);
}

static int run_program(const struct spiral_program *program, int argc, char **argv)
{
    if (argc < 2) {
        print_overview(program, stderr);
        return SPIRAL_EXIT_BAD_INPUT;
    }

    if (strcmp(argv[1], "--version") == 0) {
        puts("spiral " SPIRAL_VERSION);
        return SPIRAL_EXIT_OK;
    }

    if (strcmp(argv[1], "help") == 0 || strcmp(argv[1], "--help") == 0 ||
        strcmp(argv[1], "-h") == 0)
        return print_help(program, argc, argv);

    const struct spiral_command *command = find_command(program, argv[1]);
    const struct spiral_delegated_command *delegated = find_delegated(program, argv[1]);

    if (command != NULL)
        return command->run(argc - 1, argv + 1);

    return delegated != NULL ? run_delegated(delegated, argv) : complain_unknown(program, argv[1]);
}

int spiral_program_main(const struct spiral_program *program, int argc, char **argv)
{
    fill_closed_streams();
    setlocale(LC_CTYPE, ""); /* texts as the terminal has them; numbers stay in the C locale */
    signal(SIGPIPE, SIG_IGN);
    clean_up_on_signals();

    return spiral_stdout_close(run_program(program, argc, argv));
}
