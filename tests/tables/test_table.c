/* SPDX-License-Identifier: MIT */
/* Tables: fields after RFC 4180, what is missing, numbers that read back to the bit, metadata. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tables/model_columns.h"

static struct spiral_table table;
static FILE *out;
static char *text;
static size_t length;

static void begin(bool comments)
{
    out = open_memstream(&text, &length);
    assert_non_null(out);
    spiral_table_begin(&table, out, comments);
}

static const char *end(void)
{
    assert_int_equal(fclose(out), 0);
    return text;
}

static int set_up(void **unused)
{
    (void)unused;
    spiral_table_init(&table, "a table, \"of\" two rows");
    spiral_table_say(&table, "scenario", "ukraine");
    spiral_table_say(&table, "lines", "one\ntwo");
    spiral_table_say_whole(&table, "seed", UINT64_MAX);
    spiral_table_say_hash(&table, "constants", 0xab);
    spiral_table_column(&table, SPIRAL_COLUMN_WORDS, "name", "", "who", NAN, NAN);
    spiral_table_column(&table, SPIRAL_COLUMN_WHOLE, "count", "1", "how many", 0.0, NAN);
    spiral_table_column(&table, SPIRAL_COLUMN_NUMBER, "UKR-RUS.ties", "1", "kin, \"ties\"", 0.0,
                        1.0);

    return 0;
}

static int tear_down(void **unused)
{
    (void)unused;
    spiral_table_clear(&table);
    free(text);
    text = NULL;

    return 0;
}

static void test_one_line_of_names_then_rows(void **unused)
{
    (void)unused;
    begin(false);
    spiral_table_text(&table, "plain");
    spiral_table_whole(&table, -7);
    spiral_table_number(&table, 0.1);
    spiral_table_text(&table, "with, \"quotes\"\nand lines");
    spiral_table_whole(&table, INT64_MAX);
    spiral_table_number(&table, 1.0 / 3.0);
    assert_string_equal(end(), "name,count,UKR-RUS.ties\n"
                               "plain,-7,0.1\n"
                               "\"with, \"\"quotes\"\"\nand lines\",9223372036854775807,"
                               "0.3333333333333333\n");
}

/* Missing is empty: never 0, never -1, never a word that makes a column a text. */
static void test_what_is_missing_is_empty(void **unused)
{
    (void)unused;
    begin(false);
    spiral_table_missing(&table);
    spiral_table_missing(&table);
    spiral_table_number(&table, NAN);
    spiral_table_text(&table, "");
    spiral_table_digits(&table, -INFINITY, 9);
    spiral_table_number(&table, INFINITY);
    assert_string_equal(end(), "name,count,UKR-RUS.ties\n,,\n,,\n");
}

static void test_numbers_read_back_to_the_bit(void **unused)
{
    (void)unused;
    static const double numbers[] = {0.1, 1e-300, 5e-324, 1.7976931348623157e308, 1.0 / 3.0, -0.0};

    begin(false);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        spiral_table_text(&table, "x");
        spiral_table_missing(&table);
        spiral_table_number(&table, numbers[i]);
    }

    const char *line = strchr(end(), '\n') + 1;

    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        const double read = strtod(line + strlen("x,,"), NULL);
        assert_memory_equal(&read, &numbers[i], sizeof read);
        line = strchr(line, '\n') + 1;
    }
}

/* The facts and the units where they were before; a text of several lines would end the comment. */
static void test_comments_are_there_on_demand(void **unused)
{
    (void)unused;
    begin(true);
    const char *all = end();

    assert_memory_equal(all, "# ", 2);
    assert_non_null(strstr(all, "version " SPIRAL_VERSION ", scenario ukraine, seed "
                                "18446744073709551615, constants 00000000000000ab\n"));
    assert_null(strstr(all, "two\n"));
    assert_non_null(strstr(all, "\n# units: count [1] UKR-RUS.ties [1]\nname,count,"));
}

static void test_metadata_tells_units_ranges_and_origin(void **unused)
{
    (void)unused;
    out = open_memstream(&text, &length);
    spiral_table_metadata(&table, "some/folder/out.csv", out);
    const char *all = end();

    assert_non_null(strstr(all, "\"url\": \"out.csv\""));
    assert_non_null(strstr(all, "\"dc:title\": \"a table, \\\"of\\\" two rows\""));
    assert_non_null(strstr(all, "{\"name\": \"UKR%2DRUS.ties\", \"titles\": \"UKR-RUS.ties\", "
                                "\"datatype\": {\"base\": \"double\", \"minimum\": 0, "
                                "\"maximum\": 1}, \"schema:unitText\": \"1\""));
    assert_non_null(strstr(all, "\"lines\": \"one\\ntwo\""));
    assert_non_null(strstr(all, "\"seed\": 18446744073709551615"));
    assert_non_null(strstr(all, "\"version\": \"" SPIRAL_VERSION "\""));

    char *beside = spiral_table_metadata_path("some/out.csv");

    assert_string_equal(beside, "some/out.csv-metadata.json");
    free(beside);
}

/* A month is the same whatever the step; two steps of one month differ in `year`. */
static void test_dates_do_not_depend_on_the_step(void **unused)
{
    (void)unused;
    spiral_table_clear(&table);
    spiral_table_init(&table, "dates");
    spiral_table_dates(&table, 2000.0, 2001.0, 24);
    begin(false);
    spiral_table_date(&table, 2000.0, 0);
    spiral_table_date(&table, 2000.0 + 1.0 / 24.0, 1);
    spiral_table_date(&table, 2000.0 + 2.0 / 24.0, 2);
    spiral_table_date(&table, 2001.0 - 1e-9, 24);
    assert_string_equal(end(), "date,step,year\n2000-01,0,2000\n2000-01,1,2000.0416666666667\n"
                               "2000-02,2,2000.0833333333333\n2001-01,24,2000.999999999\n");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(test_one_line_of_names_then_rows),
        TEST(test_what_is_missing_is_empty),
        TEST(test_numbers_read_back_to_the_bit),
        TEST(test_comments_are_there_on_demand),
        TEST(test_metadata_tells_units_ranges_and_origin),
        TEST(test_dates_do_not_depend_on_the_step),
    };
#undef TEST

    return cmocka_run_group_tests_name("tables/table", tests, NULL, NULL);
}
