/* SPDX-License-Identifier: MIT
 *
 * The line of progress: its counts, its rate and its time left.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "tools/farm/progress.h"

/* The time left is rounded to about two digits, and absent where no rate is known. */
static void test_time_left(void **unused)
{
    (void)unused;
    static const struct {
        double rest;
        double done;
        double seconds;
        const char *says;
    } cases[] = {
        {1000, 0, 5, ""},
        {0, 10, 5, ", 0 s left"},
        {990, 10, 1, ", 99 s left"},
        {1000, 10, 1, ", 2 min left"},
        {5400, 1, 1, ", 90 min left"},
        {9000, 1, 1, ", 2.5 h left"},
        {5, 1, 86400, ", 5.0 days left"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[SPIRAL_TIME_LEFT_SIZE];

        spiral_progress_time_left(text, cases[i].rest, cases[i].done, cases[i].seconds);
        assert_string_equal(text, cases[i].says);
    }
}

/* What `leave` writes to stderr for a progress, where stderr is a file. */
static void read_last_line(struct spiral_progress *progress, char *line, size_t size)
{
    FILE *file = tmpfile();
    const int saved = dup(STDERR_FILENO);

    assert_non_null(file);
    fflush(stderr);
    dup2(fileno(file), STDERR_FILENO);
    progress->terminal = false;
    spiral_progress_leave(progress);
    fflush(stderr);
    dup2(saved, STDERR_FILENO);
    close(saved);

    rewind(file);
    const size_t length = fread(line, 1, size - 1, file);
    line[length] = '\0';
    fclose(file);
}

static void test_line_has_all_parts(void **unused)
{
    (void)unused;
    struct spiral_progress progress;
    char line[400];

    spiral_progress_start(&progress, "one");
    spiral_progress_begin_phase(&progress, 600, "fold %d", 3);
    progress.items = "cells";
    progress.items_done = 2;
    progress.item_count = 6;
    progress.runs = 200;
    progress.bounded = true;
    snprintf(progress.note, sizeof progress.note, "war 0.125");
    read_last_line(&progress, line, sizeof line);

    assert_ptr_equal(strstr(line, "one: fold 3: 2 of 6 cells done, 200 of at most 600 runs, "),
                     line);
    assert_non_null(strstr(line, " a second, "));
    assert_non_null(strstr(line, " left, war 0.125\n"));
}

static void test_line_without_a_known_end_has_no_time_left(void **unused)
{
    (void)unused;
    struct spiral_progress progress;
    char line[400];

    spiral_progress_start(&progress, "two");
    progress.runs = 7;
    read_last_line(&progress, line, sizeof line);

    assert_ptr_equal(strstr(line, "two: 7 runs, "), line);
    assert_null(strstr(line, "left"));
}

static void test_no_label_shows_nothing(void **unused)
{
    (void)unused;
    struct spiral_progress progress;
    char line[400];

    spiral_progress_start(&progress, NULL);
    read_last_line(&progress, line, sizeof line);

    assert_false(spiral_progress_is_due(&progress));
    assert_string_equal(line, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_time_left),
        cmocka_unit_test(test_line_has_all_parts),
        cmocka_unit_test(test_line_without_a_known_end_has_no_time_left),
        cmocka_unit_test(test_no_label_shows_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
