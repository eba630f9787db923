/* SPDX-License-Identifier: MIT
 *
 * The reader of CSV tables: what it understands, and what it says of what it does not.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "scenarios/loader/csv.h"

struct row {
    double share;
    double flag;
    double extra;
    char name[6];
};

static const struct spiral_csv_column columns[] = {
    {"name", SPIRAL_CSV_TEXT, SPIRAL_CSV_FILLED, 0.0, 0.0, offsetof(struct row, name), 6},
    {"share", SPIRAL_CSV_NUMBER, SPIRAL_CSV_COLUMN, 0.0, 1.0, offsetof(struct row, share), 8},
    {"is_major", SPIRAL_CSV_WHOLE, SPIRAL_CSV_COLUMN, 0.0, 1.0, offsetof(struct row, flag), 8},
    {"salience", SPIRAL_CSV_NUMBER, SPIRAL_CSV_OPTIONAL, -9.0, 9.0, offsetof(struct row, extra), 8},
};
static const struct spiral_csv_schema schema = {columns, 4, sizeof(struct row)};

static struct spiral_diagnostics diagnostics;
static struct spiral_diagnostics notes;

static enum spiral_status parse(const char *text, struct row **rows, int **lines, size_t *count)
{
    void *read = NULL;

    spiral_diagnostics_init(&diagnostics);
    spiral_diagnostics_init(&notes);
    const enum spiral_status status = spiral_csv_parse(&read, lines, count, &schema, text,
                                                       strlen(text), "t.csv", &diagnostics, &notes);
    *rows = read;
    return status;
}

/* One table that uses all that the format allows. */
static void test_understood(void **state)
{
    (void)state;
    static const char text[] = "\xEF\xBB\xBFother, share ,\"name\",is_major\r\n"
                               "1,.25,\"a,\"\"b\",1\r\n"
                               "\r\n"
                               "2,1e-3,\"x\ny\",0\n"
                               "\"un\"\"used\",,\"NA\",NA";
    struct row *rows;
    int *lines;
    size_t count;

    assert_int_equal(parse(text, &rows, &lines, &count), SPIRAL_OK);
    assert_int_equal(count, 3);
    assert_string_equal(rows[0].name, "a,\"b");
    assert_true(rows[0].share == 0.25 && rows[0].flag == 1.0);
    assert_string_equal(rows[1].name, "x\ny");
    assert_true(rows[1].share == 1e-3 && rows[1].flag == 0.0);

    /* NA is missing where it is bare, and a text where it is in quotes */
    assert_string_equal(rows[2].name, "NA");
    assert_true(isnan(rows[2].share) && isnan(rows[2].flag));

    /* the optional column is absent: all of it is missing */
    assert_true(isnan(rows[0].extra));
    assert_int_equal(lines[0], 2);
    assert_int_equal(lines[1], 4);
    assert_int_equal(lines[2], 6);
    free(rows);
    free(lines);
}

/* Every kind of bad input, with its place and what is said of it. */
static void test_refused(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int line;
        int column;
        const char *says;
    } cases[] = {
        {"", 1, 1, "the table is empty; expected a line of names"},
        {"\n\n", 1, 1, "the table is empty"},
        {"name,share,is_major\n", 0, 0, "no rows below its names"},
        {"name,share\na,1\n", 1, 1, "the column 'is_major' is missing"},
        {"name,share,is_majro\na,1,1\n", 1, 12,
         "unknown column 'is_majro'; did you mean 'is_major', which is missing?"},
        {"name,share,is_major,share\na,1,1,1\n", 1, 21, "duplicate column 'share'"},
        {"name,share,is_major\na,one,1\n", 2, 3, "share: 'one' is not a number"},
        {"name,share,is_major\na,1;5,1\n", 2, 3, "share: '1;5' is not a number"},
        {"name,share,is_major\na,0x1,1\n", 2, 3, "share: '0x1' is not a number"},
        {"name,share,is_major\na,nan,1\n", 2, 3, "share: 'nan' is not a number"},
        {"name,share,is_major\na,1.5,1\n", 2, 3, "share: 1.5 is out of range; expected 0 to 1"},
        {"name,share,is_major\na,1,.5\n", 2, 5, "is_major: '.5' is not a whole number"},
        {"name,share,is_major\na,1,2\n", 2, 5, "is_major: 2 is out of range; expected 0 to 1"},
        {"name,share,is_major\n,1,1\n", 2, 1, "name: nothing here; every row needs one"},
        {"name,share,is_major\nNA,1,1\n", 2, 1, "name: nothing here"},
        {"name,share,is_major\nlonger,1,1\n", 2, 1, "name: 'longer' is longer than 5 bytes"},
        {"name,share,is_major\na,1\n", 2, 1, "2 fields; expected 3, as the first line has"},
        {"name,share,is_major\na,1,1,1\n", 2, 1, "4 fields; expected 3"},
        {"name,share,is_major\n\"a,1,1\nb,1,1\n", 2, 1, "these quotes are not closed"},
        {"name,share,is_major\n\"a\"b,1,1\n", 2, 4, "text after the closing quotes"},
        {"name,share,is_major\na\"b\",1,1\n", 2, 2, "quotes within a field"},
        {"\"name,share\n", 1, 1, "these quotes are not closed"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct row *rows;
        int *lines;
        size_t count;

        assert_int_equal(parse(cases[i].text, &rows, &lines, &count), SPIRAL_BAD_INPUT);
        assert_null(rows);
        assert_null(lines);
        assert_int_equal(count, 0);
        if (diagnostics.count < 1 || strstr(diagnostics.errors[0].message, cases[i].says) == NULL)
            fail_msg("case %zu said: %s", i, diagnostics.errors[0].message);
        assert_int_equal(diagnostics.errors[0].line, cases[i].line);
        assert_int_equal(diagnostics.errors[0].column, cases[i].column);
        assert_string_equal(diagnostics.errors[0].file, "t.csv");
    }
}

/* All errors of a table are told at once; a NUL ends no table in silence. */
static void test_all_errors(void **state)
{
    (void)state;
    static const char nul[] = "name,share,is_major\na,1,1\0b,1,1\n";
    struct row *rows;
    void *read;
    int *lines;
    size_t count;

    assert_int_equal(parse("name,share,is_major\na,x,3\nb,1,1\n,y,1\n", &rows, &lines, &count),
                     SPIRAL_BAD_INPUT);
    assert_int_equal(diagnostics.count, 4);

    spiral_diagnostics_init(&diagnostics);
    assert_int_equal(spiral_csv_parse(&read, NULL, &count, &schema, nul, sizeof nul - 1, "t.csv",
                                      &diagnostics, NULL),
                     SPIRAL_BAD_INPUT);
    assert_non_null(strstr(diagnostics.errors[0].message, "a NUL byte"));

    spiral_diagnostics_init(&diagnostics);
    assert_int_equal(spiral_csv_read(&read, NULL, &count, &schema, "/nowhere/t.csv", &diagnostics,
                                     NULL),
                     SPIRAL_IO);
    assert_non_null(strstr(diagnostics.errors[0].message, "No such file"));
}

/* An optional column that seems to be misspelled is ignored, but not in silence. */
static void test_noted(void **state)
{
    (void)state;
    struct row *rows;
    int *lines;
    size_t count;

    assert_int_equal(parse("name,share,is_major,saliense\na,1,1,4\n", &rows, &lines, &count),
                     SPIRAL_OK);
    assert_int_equal(notes.count, 1);
    assert_non_null(strstr(notes.errors[0].message, "'saliense' is not known and ignored"));
    assert_int_equal(notes.errors[0].column, 21);
    free(rows);
    free(lines);
}

/* What is written is read back as it was. */
static void test_written(void **state)
{
    (void)state;
    static const char *const names[] = {"plain", "a,b", "\"q\"", "l\nm", "NA", " pad"};
    static const double shares[] = {0.1, 1.0 / 3.0, 1e-300, 0.0, 1.0, 0.123456789012345678};
    char *text = NULL;
    size_t length = 0;
    struct row *rows;
    int *lines;
    size_t count;
    FILE *out = open_memstream(&text, &length);

    assert_non_null(out);
    fputs("name,share,is_major\n", out);
    for (size_t i = 0; i < 6; i++) {
        spiral_csv_write_text(names[i], out);
        fputc(',', out);
        spiral_csv_write_number(shares[i], out);
        fputc(',', out);
        spiral_csv_write_number(i == 0 ? 1.0 : NAN, out);
        fputc('\n', out);
    }
    fclose(out);

    assert_int_equal(parse(text, &rows, &lines, &count), SPIRAL_OK);
    assert_int_equal(count, 6);
    for (size_t i = 0; i < 6; i++) {
        assert_string_equal(rows[i].name, names[i]);
        assert_true(rows[i].share == shares[i]);
        assert_true(i == 0 ? rows[i].flag == 1.0 : isnan(rows[i].flag));
    }
    free(rows);
    free(lines);
    free(text);
}

/* Whole numbers are written as a reader of years and counts expects them. */
static void test_whole_numbers(void **state)
{
    (void)state;
    char *text = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&text, &length);

    assert_non_null(out);
    spiral_csv_write_number(1950.0, out);
    fputc(',', out);
    spiral_csv_write_number(-10.0, out);
    fputc(',', out);
    spiral_csv_write_number(1e15, out);
    fputc(',', out);
    spiral_csv_write_number(0.5, out);
    fclose(out);
    assert_string_equal(text, "1950,-10,1e+15,0.5");
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_whole_numbers), cmocka_unit_test(test_understood),
        cmocka_unit_test(test_refused),       cmocka_unit_test(test_all_errors),
        cmocka_unit_test(test_noted),         cmocka_unit_test(test_written),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
