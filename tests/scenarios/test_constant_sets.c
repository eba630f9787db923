/* SPDX-License-Identifier: MIT */
/* Tables of sets of constants: what loads, and the place and words of every error. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "scenarios/loader/constant_sets.h"

static struct spiral_error error;

static enum spiral_status read_text(struct spiral_constant_sets *sets, const char *text)
{
    memset(&error, 0, sizeof error);

    return spiral_constant_sets_load_text(sets, text, strlen(text), "table.csv", &error);
}

/* The one line that a text is refused with. */
static const char *refusal(const char *text)
{
    static char line[1200];
    struct spiral_constant_sets sets;

    assert_int_equal(read_text(&sets, text), SPIRAL_BAD_INPUT);
    assert_int_equal(sets.count, 0);
    assert_null(sets.sets);
    spiral_error_text(&error, line, sizeof line);

    return line;
}

static void test_columns_and_defaults(void **unused)
{
    (void)unused;
    const struct spiral_constants defaults = spiral_constants_defaults();
    struct spiral_constant_sets sets;

    assert_int_equal(read_text(&sets, "# made by hand\n#\nk.encircle,noise\n0.5,0.1\n0.25,0.2\n"),
                     SPIRAL_OK);
    assert_int_equal(sets.count, 2);

    struct spiral_constants expected = defaults;

    expected.encircle = 0.5;
    expected.noise = 0.1;
    assert_true(spiral_constants_hash(&sets.sets[0]) == spiral_constants_hash(&expected));
    expected.encircle = 0.25;
    expected.noise = 0.2;
    assert_true(spiral_constants_hash(&sets.sets[1]) == spiral_constants_hash(&expected));
    spiral_constant_sets_clear(&sets);
}

static void test_ends_of_lines(void **unused)
{
    (void)unused;
    struct spiral_constant_sets sets;

    assert_int_equal(read_text(&sets, "encircle\r\n0.5\r\n0.75"), SPIRAL_OK);
    assert_int_equal(sets.count, 2);
    assert_true(sets.sets[0].encircle == 0.5 && sets.sets[1].encircle == 0.75);
    spiral_constant_sets_clear(&sets);
}

/* Comments say where a table comes from, at any length. */
static void test_long_comment(void **unused)
{
    (void)unused;
    enum { LENGTH = 100000 };
    char *text = malloc(LENGTH + 40);
    struct spiral_constant_sets sets;

    assert_non_null(text);
    memset(text, '#', LENGTH);
    strcpy(text + LENGTH, "\nencircle\n0.5\n");
    assert_int_equal(read_text(&sets, text), SPIRAL_OK);
    assert_int_equal(sets.count, 1);
    spiral_constant_sets_clear(&sets);
    free(text);
}

static void test_errors_have_places(void **unused)
{
    (void)unused;
    char expected[200];
    const struct spiral_field *field = &spiral_constant_fields[SPIRAL_K_encircle];

    assert_string_equal(refusal("noise,encircel\n"),
                        "table.csv:1:7: unknown constant 'encircel'; did you mean 'encircle'?");
    assert_string_equal(refusal("# note\nnoise,encircle,k.noise\n"),
                        "table.csv:2:16: duplicate column 'k.noise'");
    assert_string_equal(refusal("noise,encircle\n0.1,x\n"),
                        "table.csv:2:5: encircle: 'x' is not a number");
    assert_string_equal(refusal("noise,encircle\n0.1,\n"),
                        "table.csv:2:5: encircle: '' is not a number");
    assert_string_equal(refusal("noise,encircle\n0.1,nan\n"),
                        "table.csv:2:5: encircle: 'nan' is not a number");
    assert_string_equal(refusal("noise,encircle\n0.1,0.5\n0.1\n"),
                        "table.csv:3:1: 1 cells; the header has 2");
    assert_string_equal(refusal("noise,encircle\n0.1,0.5,0.5\n"),
                        "table.csv:2:9: more cells than the header, which has 2");
    assert_string_equal(refusal("noise,encircle\n0.1,0.5\n\n"),
                        "table.csv:3:1: noise: '' is not a number");
    assert_string_equal(refusal("noise\n0.1\n# late\n"),
                        "table.csv:3:1: noise: '# late' is not a number");
    snprintf(expected, sizeof expected, "table.csv:2:1: encircle is %.10g; expected %.10g to %.10g",
             field->high + 1.0, field->low, field->high);

    char text[64];

    snprintf(text, sizeof text, "encircle\n%.10g\n", field->high + 1.0);
    assert_string_equal(refusal(text), expected);
}

static void test_empty_tables(void **unused)
{
    (void)unused;
    assert_non_null(strstr(refusal("#\n"), "table.csv:1:1: no set of constants"));
    assert_non_null(strstr(refusal("noise\n"), "table.csv:1:1: no set of constants"));
    assert_non_null(strstr(refusal("\n"), "unknown constant ''"));
}

static void test_too_many_sets(void **unused)
{
    (void)unused;
    const size_t rows = SPIRAL_MOST_SETS + 1;
    char *text = malloc(16 + 4 * rows);
    char expected[80];

    assert_non_null(text);
    strcpy(text, "noise\n");
    for (size_t row = 0; row < rows; row++)
        strcpy(text + 6 + 4 * row, "0.1\n");
    snprintf(expected, sizeof expected, "table.csv:%zu:1: more than %d sets of constants", rows + 1,
             SPIRAL_MOST_SETS);
    assert_string_equal(refusal(text), expected);
    free(text);
}

/* Writes a file in the folder of temporary files. */
static void write_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");

    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

static void test_choices(void **unused)
{
    (void)unused;
    const struct spiral_constants defaults = spiral_constants_defaults();
    struct spiral_constants constants = {.noise = 9.0};
    struct spiral_constant_sets sets;
    char path[64];

    snprintf(path, sizeof path, "/tmp/spiral-constant-sets-%ld.csv", (long)getpid());
    assert_int_equal(spiral_constant_sets_choose(&sets, &constants, "point", &error), SPIRAL_OK);
    assert_int_equal(sets.count, 0);
    assert_true(spiral_constants_hash(&constants) == spiral_constants_hash(&defaults));

    /* one row is one set */
    write_file(path, "encircle\n0.5\n");
    assert_int_equal(spiral_constant_sets_choose(&sets, &constants, path, &error), SPIRAL_OK);
    assert_int_equal(sets.count, 0);
    assert_true(constants.encircle == 0.5 && constants.noise == defaults.noise);

    write_file(path, "encircle\n0.5\n0.75\n");
    assert_int_equal(spiral_constant_sets_choose(&sets, &constants, path, &error), SPIRAL_OK);
    assert_int_equal(sets.count, 2);
    assert_true(spiral_constants_hash(&constants) == spiral_constants_hash(&defaults));

    /* what is set is set in all of them; other parameters and unknown names do nothing */
    constants.encircle = 0.125;
    spiral_constant_sets_follow(&sets, &constants, "RUS.greed");
    spiral_constant_sets_follow(&sets, &constants, "k.nothing");
    assert_true(sets.sets[1].encircle == 0.75);
    spiral_constant_sets_follow(&sets, &constants, "k.encircle");
    assert_true(sets.sets[0].encircle == 0.125 && sets.sets[1].encircle == 0.125);
    spiral_constant_sets_clear(&sets);
    assert_int_equal(unlink(path), 0);

    assert_int_equal(spiral_constant_sets_choose(&sets, &constants, path, &error), SPIRAL_IO);
    assert_int_equal(sets.count, 0);
}

/* A folder of cases that is named by SPIRAL_SCENARIOS may bring its own posterior. */
static void test_shipped(void **unused)
{
    (void)unused;
    char folder[64];
    char path[100];
    struct spiral_constant_sets sets;

    snprintf(folder, sizeof folder, "/tmp/spiral-shipped-XXXXXX");
    assert_non_null(mkdtemp(folder));
    assert_int_equal(chdir(folder), 0); /* where there is no folder `scenarios` */
    snprintf(path, sizeof path, "%s/posterior.csv", folder);
    write_file(path, "encircle\n0.5\n0.75\n1\n");
    assert_int_equal(setenv("SPIRAL_SCENARIOS", folder, 1), 0);
    assert_int_equal(spiral_constant_sets_load_shipped(&sets, &error), SPIRAL_OK);
    assert_int_equal(sets.count, 3);
    spiral_constant_sets_clear(&sets);
    write_file(path, "encircle\nx\n");
    assert_int_equal(spiral_constant_sets_load_shipped(&sets, &error), SPIRAL_BAD_INPUT);
    assert_string_equal(error.file, path);
    assert_int_equal(unlink(path), 0);
    assert_int_equal(rmdir(folder), 0);
    assert_int_equal(unsetenv("SPIRAL_SCENARIOS"), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_columns_and_defaults),
        cmocka_unit_test(test_ends_of_lines),
        cmocka_unit_test(test_long_comment),
        cmocka_unit_test(test_errors_have_places),
        cmocka_unit_test(test_empty_tables),
        cmocka_unit_test(test_too_many_sets),
        cmocka_unit_test(test_choices),
        cmocka_unit_test(test_shipped),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
