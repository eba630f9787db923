/* SPDX-License-Identifier: MIT
 *
 * For suites that run the program: a folder of the suite's own, commands in it on the cases of
 * tests/experiment, and what they say.
 */
#ifndef SPIRAL_TEST_COMMAND_H
#define SPIRAL_TEST_COMMAND_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

/* What begins the arguments of a suite of one command, as "analyse "; defined before this header
 * is included. */
#ifndef COMMAND
#define COMMAND ""
#endif

static char folder[] = "/tmp/spiral-suite-XXXXXX", printed[1 << 18];

/* A path in the suite's folder; eight stay valid at a time. */
static inline const char *at(const char *name)
{
    static char paths[8][200];
    static int next;
    char *path = paths[next++ % 8];

    snprintf(path, sizeof paths[0], "%s/%s", folder, name);
    return path;
}

/* Runs `spiral ARGUMENTS` in the folder, with lines so wide that none is wrapped; stdout and stderr
 * go to `printed`. Returns the exit status. */
static inline int spiral(const char *arguments)
{
    char command[4096];

    snprintf(command, sizeof command, "cd '%s' || exit; COLUMNS=1000 '%s' %s%s 2>&1", folder,
             SPIRAL_BINARY, COMMAND, arguments);

    FILE *pipe = popen(command, "r");

    assert_non_null(pipe);
    printed[fread(printed, 1, sizeof printed - 1, pipe)] = '\0';

    const int status = pclose(pipe);

    assert_true(WIFEXITED(status));

    return WEXITSTATUS(status);
}

/* Runs it, and fails where the status is another, or what it says has not got this part. */
static inline void expect(const char *arguments, int status, const char *says)
{
    const int found = spiral(arguments);
    if (found != status || strstr(printed, says) == NULL)
        fail_msg("spiral %s%s: status %d, said: %s", COMMAND, arguments, found, printed);
}

/* Makes a file of the folder with this text. */
static inline void put_text(const char *name, const char *text)
{
    FILE *file = fopen(at(name), "w");

    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

static inline int make_folder(void **state)
{
    (void)state;
    return mkdtemp(folder) != NULL &&
                   setenv("SPIRAL_SCENARIOS", SPIRAL_SOURCE_DIR "/tests/experiment/cases", 1) == 0
               ? 0
               : -1;
}

static inline int drop_folder(void **state)
{
    char command[300];
    (void)state;
    snprintf(command, sizeof command, "rm -r '%s'", folder);
    return chdir("/") == 0 && system(command) == 0 ? 0 : -1;
}

#endif
