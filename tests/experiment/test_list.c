/* SPDX-License-Identifier: MIT */
/* failing memory */
/* Lists of points: columns in any order, what spreadsheets write, and every mistake with its
 * place. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "tests/support/failing_memory.h"
#include "tools/experiment/experiment.h"

static const struct spiral_axis axes[] = {{.name = "k.encircle", .low = 1.0, .high = 8.0},
                                          {.name = "RUS.greed", .low = 0.0, .high = 1.0},
                                          {.name = "k.noise", .low = 0.0, .high = 2.0}};
enum { AXES = 3 };
static char path[] = "/tmp/spiral-list-XXXXXX";

static enum spiral_status load(const char *text, double **points, size_t *count,
                               struct spiral_error *error)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
    return spiral_list_load(points, count, path, axes, AXES, error);
}

static void assert_points(const char *text, size_t count, const double *expected)
{
    struct spiral_error error;
    double *points;
    size_t read;

    if (load(text, &points, &read, &error) != SPIRAL_OK)
        fail_msg("%s:%d:%d: %s", error.file, error.line, error.column, error.message);
    assert_int_equal(read, count);
    assert_memory_equal(points, expected, count * AXES * sizeof *points);
    free(points);
}

static void columns_stand_in_any_order(void **state)
{
    (void)state;
    static const double expected[] = {1.5, 0.25, 2, 8, 0, 0.125};

    assert_points("k.encircle,RUS.greed,k.noise\n1.5,0.25,2\n8,0,0.125\n", 2, expected);
    assert_points("k.noise,k.encircle,RUS.greed\n2,1.5,0.25\n.125,8,0\n", 2, expected);
}

/* A byte order mark, quotes, spaces, lines that end in CR LF, empty lines, exponents, no end of
 * the last line. */
static void what_spreadsheets_write_is_read(void **state)
{
    (void)state;
    static const double expected[] = {1.5, 0.25, 2, 8, 0, 0.125};

    assert_points("\xEF\xBB\xBF\"k.encircle\", \"RUS.greed\" ,k.noise\r\n\r\n "
                  "15e-1,\t0.25,\"2\"\r\n8,0,1.25E-1",
                  2, expected);
}

/* A table that `spiral export` wrote: other columns are left aside, comments too, and each point
 * counts once, though every scenario and every run has a row of it. */
static void what_export_wrote_is_read(void **state)
{
    (void)state;
    static const double expected[] = {1.5, 0.25, 2, 8, 0, 0.125};

    assert_points(
        "# a comment\nscenario,point,k.encircle,RUS.greed,k.noise,runs,war_mean,war_date_mean\n"
        "a,0,1.5,0.25,2,64,0.5,\na,1,8,0,0.125,64,0.25,2004.5\n"
        "b,0,1.5,0.25,2,64,0.5,\nb,1,8,0,0.125,64,0.25,\n",
        2, expected);
    assert_points("\"scenario\",\"point\",\"replicate\",\"k.encircle\",\"RUS.greed\",\"k.noise\"\n"
                  "a,0,0,1.5,0.25,2\na,0,1,1.5,0.25,2\na,7,0,8,0,0.125\n",
                  2, expected);

    struct spiral_error error;
    double *points;
    size_t read;

    /* without a column `point` an unknown name is a mistake, as a name that only begins so */
    assert_int_equal(load("k.encircle,RUS.greed,k.noise,points\n1,0,1,4\n", &points, &read, &error),
                     SPIRAL_BAD_INPUT);
    assert_non_null(strstr(error.message, "'points' is not an axis"));
    assert_int_equal(load("point,k.encircle,RUS.greed,k.noise\nx,1,0,1\n", &points, &read, &error),
                     SPIRAL_BAD_INPUT);
    assert_non_null(strstr(error.message, "point: 'x' is not a number"));
}

/* More points than the first block of memory has. */
static void long_lists_are_read_whole(void **state)
{
    (void)state;
    enum { POINTS = 1000 };
    static char text[POINTS * 24 + 64];
    static double expected[POINTS * AXES];
    size_t length = (size_t)sprintf(text, "k.encircle,RUS.greed,k.noise\n");

    for (size_t p = 0; p < POINTS; p++) {
        expected[p * AXES] = 1.0 + (double)p / 256.0;
        expected[p * AXES + 2] = 0.5;
        length += (size_t)sprintf(text + length, "%.10g,0,0.5\n", expected[p * AXES]);
    }

    assert_points(text, POINTS, expected);
}

static void every_mistake_has_its_place(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int line;
        int column;
        const char *message;
    } cases[] = {
        {"", 0, 0, "the file is empty; expected a line of the axes' names"},
        {"\n \n", 2, 0, "the file is empty; expected a line of the axes' names"},
        {"k.encircle,RUS.greed,k.noise\n", 1, 0, "no points follow the line of names"},
        {"k.encircle, RUS.gred,k.noise\n1,1,1\n", 1, 13,
         "'RUS.gred' is not an axis of the experiment; did you mean 'RUS.greed'?"},
        {"k.encircle,\"k.noisy\",k.noise\n", 1, 13,
         "'k.noisy' is not an axis of the experiment; did you mean 'k.noise'?"},
        {"\xEF\xBB\xBFgreedy\n", 1, 4, "'greedy' is not an axis of the experiment"},
        {"k.encircle,RUS.greed,k.encircle\n", 1, 22, "duplicate axis 'k.encircle'"},
        {"k.encircle,k.noise\n1,1\n", 1, 0, "the axis 'RUS.greed' has no column"},
        {"k.encircle,RUS.greed,k.noise,\n", 1, 30, "'' is not an axis of the experiment"},
        {"k.encircle,RUS.greed,k.noise\n1,0.5,1\n1,half,1\n", 3, 3,
         "RUS.greed: 'half' is not a number"},
        {"k.encircle,RUS.greed,k.noise\n1,0.5,\n", 2, 7, "k.noise: '' is not a number"},
        {"k.encircle,RUS.greed,k.noise\nnan,0.5,1\n", 2, 1, "k.encircle: 'nan' is not a number"},
        {"k.encircle,RUS.greed,k.noise\n1,0x1,1\n", 2, 3, "RUS.greed: '0x1' is not a number"},
        {"k.noise,k.encircle,RUS.greed\n1,  9,1\n", 2, 5, "k.encircle is 9; expected 1 to 8"},
        {"k.encircle,RUS.greed,k.noise\n1,0.5\n", 2, 0,
         "2 numbers; expected one for each of the 3 axes"},
        {"k.encircle,RUS.greed,k.noise\n1,0.5,1,4\n", 2, 9, "more numbers than the 3 axes"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct spiral_error error;
        double *points;
        size_t count;
        assert_int_equal(load(cases[i].text, &points, &count, &error), SPIRAL_BAD_INPUT);
        assert_null(points);
        assert_int_equal(count, 0);
        assert_string_equal(error.file, path);
        assert_string_equal(error.message, cases[i].message);
        if (error.line != cases[i].line || error.column != cases[i].column)
            fail_msg("%d:%d: %s; expected at %d:%d", error.line, error.column, error.message,
                     cases[i].line, cases[i].column);
    }
}

static void what_cannot_be_read_is_told(void **state)
{
    (void)state;
    struct spiral_error error;
    double *points;
    size_t count;

    assert_int_equal(spiral_list_load(&points, &count, "/nowhere/points.csv", axes, AXES, &error),
                     SPIRAL_IO);
    assert_string_equal(error.message, "cannot be read: No such file or directory");
    assert_int_equal(spiral_list_load(&points, &count, "/tmp", axes, AXES, &error), SPIRAL_IO);
    assert_string_equal(error.message, "cannot be read: Is a directory");
    spiral_test_memory.until_failure = 0;
    assert_int_equal(load("k.encircle,RUS.greed,k.noise\n1,0.5,1\n", &points, &count, &error),
                     SPIRAL_NO_MEMORY);
    spiral_test_memory.until_failure = -1;
    assert_null(points);
}

static int set_up(void **state)
{
    (void)state;
    const int descriptor = mkstemp(path);

    return descriptor < 0 ? -1 : close(descriptor);
}

static int tear_down(void **state)
{
    (void)state;
    return unlink(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(columns_stand_in_any_order),
        cmocka_unit_test(what_spreadsheets_write_is_read),
        cmocka_unit_test(what_export_wrote_is_read),
        cmocka_unit_test(long_lists_are_read_whole),
        cmocka_unit_test(every_mistake_has_its_place),
        cmocka_unit_test(what_cannot_be_read_is_told),
    };

    return cmocka_run_group_tests_name("experiment/list", tests, set_up, tear_down);
}
