/* SPDX-License-Identifier: MIT */
/* Text on a terminal: it fits the width, and what comes from files is shown, not obeyed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "scenarios/loader/yaml/foreign_text.h"
#include "tools/cli/terminal.h"

/* What a printer prints; the caller frees it. */
static char *printed_by(void (*print)(const char *text, int columns, FILE *out), const char *text,
                        int columns)
{
    char *bytes = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&bytes, &size);

    assert_non_null(out);
    print(text, columns, out);
    fclose(out);

    return bytes;
}

static void print_foreign(const char *text, int columns, FILE *out)
{
    (void)columns;
    spiral_foreign_text_print(text, out);
}

static void test_controls_are_shown(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        const char *printed;
    } cases[] = {
        {"plain, 中文, é\n\t.", "plain, 中文, é\n\t."},
        {"\x1b]0;title\x07", "\\x1b]0;title\\x07"},
        {"a\rb\bc\x7f", "a\\x0db\\x08c\\x7f"},
        {"\xc2\x9b"
         "31m",
         "\\x9b31m"}, /* the control sequence introducer of Latin-1 */
        {"\xe2\x80\xae"
         "txt",
         "\\u202etxt"},               /* right-to-left override */
        {"\xff\xc3(", "\\xff\\xc3("}, /* not UTF-8 */
        {"\xc0\x9b", "\\xc0\\x9b"},   /* an overlong form */
        {"\xed\xa0\x80", "\\xed\\xa0\\x80"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *printed = printed_by(print_foreign, cases[i].text, 0);
        assert_string_equal(printed, cases[i].printed);
        free(printed);
    }
}

static void test_columns_of_letters(void **state)
{
    (void)state;
    static const struct {
        const char *letter;
        int columns;
    } cases[] = {{"a", 1}, {"é", 1}, {"中", 2}, {"，", 2}, {"\xcc\x81", 0}, {"\x1b", 4}};

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(spiral_foreign_letter(cases[i].letter).columns, cases[i].columns);
}

static void test_lines_are_wrapped_at_words(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        const char *printed;
    } cases[] = {
        {"short\n", "short\n"},
        {"\n\n", "\n\n"},
        {"one two three four five\n", "one two three four\n    five\n"},
        {"  one two three four five\n", "  one two three four\n      five\n"},
        {"a table   with columns\n", "a table   with\n    columns\n"},
        {"internationalisations of it\n", "internationalisations\n    of it\n"},
        {"强势邻国的威胁认知自一九九四年，上升\n", "强势邻国的威胁认知自\n    一九九四年，上升\n"},
        {"强势邻国的威胁认知自己，上升\n", "强势邻国的威胁认知自\n    己，上升\n"},
        {"--set k.encircle=1 --set k.loss=2\n", "--set k.encircle=1 --set k.loss=2\n"},
        {"trailing spaces here                 \n", "trailing spaces here\n"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *printed = printed_by(spiral_text_print, cases[i].text, 20);
        assert_string_equal(printed, cases[i].printed);
        free(printed);
    }
}

static void test_width(void **state)
{
    (void)state;
    setenv("COLUMNS", "132", 1);
    assert_int_equal(spiral_terminal_columns(), 132);
    setenv("COLUMNS", "nonsense", 1);
    assert_int_equal(spiral_terminal_columns(), SPIRAL_COLUMNS);
    setenv("COLUMNS", "3", 1);
    assert_int_equal(spiral_terminal_columns(), 40);
    unsetenv("COLUMNS");
    assert_int_equal(spiral_terminal_columns(), SPIRAL_COLUMNS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_controls_are_shown),
        cmocka_unit_test(test_columns_of_letters),
        cmocka_unit_test(test_lines_are_wrapped_at_words),
        cmocka_unit_test(test_width),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
