/* SPDX-License-Identifier: MIT */
/* Files that are written whole or not at all, and what is never replaced. */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "scenarios/loader/whole_file.h"
#include "scenarios/loader/yaml/numbers.h"

static char folder[] = "/tmp/spiral-whole-XXXXXX";

static const char *at(const char *name)
{
    static char paths[4][200];
    static int next;
    char *path = paths[next++ % 4];

    snprintf(path, sizeof paths[0], "%s/%s", folder, name);

    return path;
}

static void make_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");

    assert_non_null(file);
    fputs(text, file);
    assert_int_equal(fclose(file), 0);
}

static void assert_contents(const char *path, const char *expected)
{
    char text[100] = "";
    FILE *file = fopen(path, "r");

    assert_non_null(file);
    text[fread(text, 1, sizeof text - 1, file)] = '\0';
    fclose(file);
    assert_string_equal(text, expected);
}

static int count_files(void)
{
    char command[300];
    int count = -1;

    snprintf(command, sizeof command, "ls -A '%s' | wc -l", folder);
    FILE *pipe = popen(command, "r");

    assert_non_null(pipe);
    assert_int_equal(fscanf(pipe, "%d", &count), 1);
    pclose(pipe);

    return count;
}

/* Writes a text to a path, ending with a status; returns what the two calls return. */
static enum spiral_status write_text(const char *path, const char *text, enum spiral_status ending,
                                     const char *const *inputs)
{
    struct spiral_whole_file output;
    struct spiral_error error;
    const enum spiral_status status = spiral_whole_file_open(&output, path, inputs, &error);

    if (status != SPIRAL_OK)
        return status;
    assert_true(fileno(output.file) > STDERR_FILENO);
    fputs(text, output.file);

    return spiral_whole_file_close(&output, ending, &error);
}

static void test_whole_or_not_at_all(void **state)
{
    (void)state;
    make_file(at("a"), "before");
    assert_int_equal(chmod(at("a"), 0640), 0);
    assert_int_equal(write_text(at("a"), "half", SPIRAL_STOPPED, NULL), SPIRAL_STOPPED);
    assert_contents(at("a"), "before");
    assert_int_equal(write_text(at("a"), "after", SPIRAL_OK, NULL), SPIRAL_OK);
    assert_contents(at("a"), "after");
    assert_int_equal(write_text(at("none"), "half", SPIRAL_STOPPED, NULL), SPIRAL_STOPPED);
    assert_int_equal(count_files(), 1);

    struct stat status;

    assert_int_equal(stat(at("a"), &status), 0);
    assert_int_equal(status.st_mode & 0777, 0640);
}

static void test_links_stay_links(void **state)
{
    (void)state;
    struct stat status;

    assert_int_equal(symlink("a", at("link")), 0);
    assert_int_equal(write_text(at("link"), "through", SPIRAL_OK, NULL), SPIRAL_OK);
    assert_int_equal(lstat(at("link"), &status), 0);
    assert_true(S_ISLNK(status.st_mode));
    assert_contents(at("a"), "through");

    assert_int_equal(symlink("nowhere", at("dangling")), 0);
    assert_int_equal(write_text(at("dangling"), "x", SPIRAL_OK, NULL), SPIRAL_IO);
    assert_int_equal(access(at("nowhere"), F_OK), -1);
}

static void test_pipes_and_devices_are_written_to(void **state)
{
    (void)state;
    struct stat status;
    char text[20] = "";

    assert_int_equal(mkfifo(at("pipe"), 0600), 0);
    const int reader = open(at("pipe"), O_RDONLY | O_NONBLOCK);

    assert_true(reader >= 0);
    assert_int_equal(write_text(at("pipe"), "through", SPIRAL_OK, NULL), SPIRAL_OK);
    assert_int_equal(read(reader, text, sizeof text - 1), 7);
    assert_string_equal(text, "through");
    close(reader);
    assert_int_equal(lstat(at("pipe"), &status), 0);
    assert_true(S_ISFIFO(status.st_mode));

    /* on a machine whose /dev/null is a file already, nothing is written to it */
    assert_int_equal(stat("/dev/null", &status), 0);
    assert_true(S_ISCHR(status.st_mode));
    assert_int_equal(write_text("/dev/null", "x", SPIRAL_OK, NULL), SPIRAL_OK);
    assert_int_equal(write_text("/dev/full", "x", SPIRAL_OK, NULL), SPIRAL_IO);
    assert_int_equal(lstat("/dev/null", &status), 0);
    assert_true(S_ISCHR(status.st_mode));
}

static void test_inputs_are_not_replaced(void **state)
{
    (void)state;
    const char *const inputs[] = {"/dev/full", at("a"), NULL};

    make_file(at("a"), "input");
    assert_int_equal(write_text(at("a"), "x", SPIRAL_OK, inputs), SPIRAL_BAD_INPUT);
    assert_int_equal(write_text(at("link"), "x", SPIRAL_OK, inputs), SPIRAL_BAD_INPUT);
    assert_int_equal(link(at("a"), at("hard")), 0);
    assert_int_equal(write_text(at("hard"), "x", SPIRAL_OK, inputs), SPIRAL_BAD_INPUT);
    /* a device may be input and output: it is opened, and is full */
    assert_int_equal(write_text("/dev/full", "x", SPIRAL_OK, inputs), SPIRAL_IO);
    assert_contents(at("a"), "input");
}

static void test_refused(void **state)
{
    (void)state;
    assert_int_equal(write_text(folder, "x", SPIRAL_OK, NULL), SPIRAL_IO);
    assert_int_equal(write_text(at("no/such/folder"), "x", SPIRAL_OK, NULL), SPIRAL_IO);
    assert_int_equal(write_text(at("a/b"), "x", SPIRAL_OK, NULL), SPIRAL_IO);
}

/* With stdout closed, the lowest free descriptor is that of stdout. */
static void test_standard_descriptors_stay_free(void **state)
{
    (void)state;
    const int saved = dup(STDOUT_FILENO);

    fflush(stdout);
    close(STDOUT_FILENO);

    const enum spiral_status status = write_text(at("above"), "x", SPIRAL_OK, NULL);

    dup2(saved, STDOUT_FILENO);
    close(saved);
    assert_int_equal(status, SPIRAL_OK);
    assert_contents(at("above"), "x");
}

static void test_numbers(void **state)
{
    (void)state;
    static const char *const no_numbers[] = {"",    "0x10", "1e", "inf", "nan",   " 1",  "1 ",
                                             "1,5", "1/2",  "+",  ".",   "1e999", "--1", "1.5.2"};
    static const char *const no_wholes[] = {
        "", "-1", "+1", "1.0", "0x1", " 1", "18446744073709551616", "99999999999999999999"};
    static const char *const no_fractions[] = {"1/0", "1/", "/2", "1/2/3", "0/0", "0x1/2"};
    double number = 7.0;
    uint64_t whole = 7;

    for (size_t i = 0; i < sizeof no_numbers / sizeof *no_numbers; i++)
        assert_false(spiral_number_parse(no_numbers[i], &number));
    for (size_t i = 0; i < sizeof no_fractions / sizeof *no_fractions; i++)
        assert_false(spiral_fraction_parse(no_fractions[i], &number));
    for (size_t i = 0; i < sizeof no_wholes / sizeof *no_wholes; i++)
        assert_false(spiral_whole_parse(no_wholes[i], &whole));
    assert_true(number == 7.0 && whole == 7);

    assert_true(spiral_fraction_parse("1/24", &number) && number == 1.0 / 24.0);
    assert_true(spiral_fraction_parse("-2.5e-1", &number) && number == -0.25);
    assert_true(spiral_whole_parse("18446744073709551615", &whole) && whole == UINT64_MAX);
}

static int make_folder(void **state)
{
    (void)state;
    return mkdtemp(folder) != NULL ? 0 : -1;
}

static int drop_folder(void **state)
{
    char command[100];

    (void)state;
    snprintf(command, sizeof command, "rm -r '%s'", folder);

    return system(command) == 0 ? 0 : -1;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_whole_or_not_at_all),
        cmocka_unit_test(test_links_stay_links),
        cmocka_unit_test(test_pipes_and_devices_are_written_to),
        cmocka_unit_test(test_inputs_are_not_replaced),
        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_standard_descriptors_stay_free),
        cmocka_unit_test(test_numbers),
    };

    return cmocka_run_group_tests(tests, make_folder, drop_folder);
}
