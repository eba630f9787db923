/* SPDX-License-Identifier: MIT */
/* failing memory */
/* A text is whole or there is none, whichever allocation fails. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "scenarios/loader/text_stream.h"
#include "tests/support/failing_memory.h"

enum { LINES = 5000 }; /* a text many times as long as the buffer of a stream */

/* Writes the lines; whether the stream told that all of them are there. */
static bool write_lines(char **text, size_t *length)
{
    FILE *stream = spiral_text_stream_open(text, length);

    for (int i = 0; i < LINES && stream != NULL; i++)
        fprintf(stream, "line %04d\n", i);

    return spiral_text_stream_close(stream, text);
}

static void check_lines(const char *text, size_t length)
{
    assert_int_equal(length, 10 * LINES);
    assert_int_equal(strlen(text), length);

    for (int i = 0; i < LINES; i++) {
        char line[16];
        snprintf(line, sizeof line, "line %04d\n", i);
        assert_memory_equal(text + (size_t)i * 10, line, 10);
    }
}

static void test_whole_text(void **unused)
{
    (void)unused;
    char *text;
    size_t length;

    assert_true(write_lines(&text, &length));
    check_lines(text, length);
    free(text);
}

static void test_empty_text(void **unused)
{
    (void)unused;
    char *text;
    size_t length = 1;

    assert_true(spiral_text_stream_close(spiral_text_stream_open(&text, &length), &text));
    assert_string_equal(text, "");
    assert_int_equal(length, 0);
    free(text);
}

static void test_every_allocation_fails_once(void **unused)
{
    (void)unused;
    long failed = 0;

    for (bool whole = false; !whole; failed++) {
        char *text;
        size_t length;

        spiral_test_memory = (struct spiral_test_memory){.until_failure = failed, .once = true};
        whole = write_lines(&text, &length);

        const bool any_failed = spiral_test_memory.failed;

        spiral_test_memory = (struct spiral_test_memory){.until_failure = -1};
        assert_true(whole == !any_failed);

        if (whole)
            check_lines(text, length);
        else
            assert_null(text);
        free(text);
    }

    assert_true(failed > 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_whole_text),
        cmocka_unit_test(test_empty_text),
        cmocka_unit_test(test_every_allocation_fails_once),
    };

    return cmocka_run_group_tests_name("scenarios/text_stream", tests, NULL, NULL);
}
