/* SPDX-License-Identifier: MIT */
/* The reader of texts: files, pipes, standard input; endless, missing and odd ones. */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "scenarios/loader/whole_input.h"

static struct spiral_error error;

/* A descriptor from which another process's bytes can be read: `count` letters, in small pieces,
 * so that a single read() never gets all. */
static int open_slow_pipe(size_t count, pid_t *child)
{
    int ends[2];

    assert_int_equal(pipe(ends), 0);
    *child = fork();
    assert_true(*child >= 0);

    if (*child == 0) {
        close(ends[0]);
        for (size_t i = 0; i < count; i++)
            if (write(ends[1], i % 1000 == 999 ? "\n" : "x", 1) != 1)
                _exit(1);
        _exit(0);
    }

    close(ends[1]);

    return ends[0];
}

static void assert_pipe_is_read(const char *path, int descriptor, pid_t child, size_t count)
{
    char *text;
    size_t length;
    int status;

    assert_int_equal(spiral_whole_input_read(path, &text, &length, &error), SPIRAL_OK);
    assert_int_equal(length, count);
    assert_int_equal(strlen(text), count);
    free(text);
    close(descriptor);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
}

static void test_a_pipe_is_read_to_its_end(void **unused)
{
    (void)unused;
    enum { COUNT = 100001 };
    char path[32];
    pid_t child;
    const int descriptor = open_slow_pipe(COUNT, &child);

    snprintf(path, sizeof path, "/dev/fd/%d", descriptor);
    assert_pipe_is_read(path, descriptor, child, COUNT);
}

static void test_a_dash_is_standard_input(void **unused)
{
    (void)unused;
    enum { COUNT = 12345 };
    const int kept = dup(STDIN_FILENO);
    pid_t child;
    const int descriptor = open_slow_pipe(COUNT, &child);

    assert_int_equal(dup2(descriptor, STDIN_FILENO), STDIN_FILENO);
    assert_pipe_is_read("-", descriptor, child, COUNT);
    if (kept >= 0)
        dup2(kept, STDIN_FILENO);
    assert_string_equal(spiral_whole_input_name("-"), "standard input");
    assert_string_equal(spiral_whole_input_name("-x"), "-x");
}

static void assert_is_refused(const char *path, enum spiral_status status, const char *message)
{
    char *text;
    size_t length;

    assert_int_equal(spiral_whole_input_read(path, &text, &length, &error), status);
    assert_non_null(strstr(error.message, message));
    assert_null(text);
}

static void test_what_cannot_be_read_is_refused(void **unused)
{
    (void)unused;
    assert_is_refused("/dev/zero", SPIRAL_BAD_INPUT, "is larger than 16 MiB");
    assert_is_refused("/nowhere/at/all", SPIRAL_IO, "No such file");
    assert_is_refused("/tmp", SPIRAL_IO, "Is a directory");
}

static void test_keys_are_found_at_the_beginnings_of_lines(void **unused)
{
    (void)unused;
    assert_true(spiral_whole_input_has_key("lesson: 1", "lesson"));
    assert_true(spiral_whole_input_has_key("# any\nlesson:\n", "lesson"));
    assert_false(spiral_whole_input_has_key("", "lesson"));
    assert_false(spiral_whole_input_has_key("a\n lesson: 1\nlessons: 1\nx lesson: 1\n", "lesson"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_pipe_is_read_to_its_end),
        cmocka_unit_test(test_a_dash_is_standard_input),
        cmocka_unit_test(test_what_cannot_be_read_is_refused),
        cmocka_unit_test(test_keys_are_found_at_the_beginnings_of_lines),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
