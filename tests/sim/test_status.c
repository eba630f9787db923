/* SPDX-License-Identifier: MIT */
/* Texts of statuses and filling of errors. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "sim/status.h"

static void test_every_status_has_its_own_text(void **unused)
{
    (void)unused;
    assert_int_equal(SPIRAL_OK, 0);

    for (int status = 0; status < SPIRAL_STATUS_COUNT; status++) {
        const char *text = spiral_status_text((enum spiral_status)status);
        assert_non_null(text);
        assert_true(strlen(text) > 0);
        for (int other = 0; other < status; other++)
            assert_string_not_equal(text, spiral_status_text((enum spiral_status)other));
    }

    assert_string_equal(spiral_status_text(SPIRAL_NO_MEMORY), "out of memory");
}

static void test_no_status_has_a_text_too(void **unused)
{
    (void)unused;
    const int none[] = {SPIRAL_STATUS_COUNT, SPIRAL_STATUS_COUNT + 1, 1 << 20, -1};

    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        enum spiral_status status;
        memcpy(&status, &none[i], sizeof status); /* as memory gone bad would bring it */
        assert_non_null(spiral_status_text(status));
        assert_true(strlen(spiral_status_text(status)) > 0);
    }
}

static void test_error_is_filled_and_its_place_cleared(void **unused)
{
    (void)unused;
    struct spiral_error error;

    memset(&error, 'x', sizeof error);
    assert_int_equal(spiral_error_set(&error, SPIRAL_IO, "%s: %d of %.1f", "power", 3, 0.5),
                     SPIRAL_IO);
    assert_int_equal(error.status, SPIRAL_IO);
    assert_string_equal(error.message, "power: 3 of 0.5");
    assert_string_equal(error.file, "");
    assert_string_equal(error.path, "");
    assert_int_equal(error.line, 0);
    assert_int_equal(error.column, 0);
}

static void test_error_may_be_absent(void **unused)
{
    (void)unused;
    for (int status = 0; status < SPIRAL_STATUS_COUNT; status++)
        assert_int_equal(spiral_error_set(NULL, (enum spiral_status)status, "%d", status), status);
}

static void test_message_is_one_line(void **unused)
{
    (void)unused;
    struct spiral_error error;

    spiral_error_set(&error, SPIRAL_BAD_INPUT, "'%s' is not a name", "a\nb\x1b[2J\x7f\xc3\xa9");
    assert_string_equal(error.message, "'a b [2J \xc3\xa9' is not a name");
}

static void test_long_message_is_cut(void **unused)
{
    (void)unused;
    struct {
        struct spiral_error error;
        char behind[8];
    } room;

    char text[2 * sizeof room.error.message];

    memset(&room, 'x', sizeof room);
    memset(text, 'm', sizeof text);
    text[sizeof text - 1] = '\0';
    spiral_error_set(&room.error, SPIRAL_BAD_INPUT, "%s", text);
    assert_int_equal(strlen(room.error.message), sizeof room.error.message - 1);
    assert_memory_equal(room.error.message, text, sizeof room.error.message - 1);
    assert_memory_equal(room.behind, "xxxxxxxx", sizeof room.behind);
}

static void test_every_status_has_its_name(void **unused)
{
    (void)unused;
    assert_string_equal(spiral_status_name(SPIRAL_OK), "SPIRAL_OK");
    assert_string_equal(spiral_status_name(SPIRAL_BAD_INPUT), "SPIRAL_BAD_INPUT");
    assert_string_equal(spiral_status_name(SPIRAL_STATUS_COUNT), "unknown status");
}

/* A line for people: file, line and column, the path of the key, the message. */
static void assert_text(struct spiral_error *error, const char *expected)
{
    char text[200];
    char cut[4];
    const size_t length = spiral_error_text(error, text, sizeof text);

    assert_string_equal(text, expected);
    assert_int_equal(length, strlen(expected));
    assert_int_equal(spiral_error_text(error, cut, sizeof cut), length);
    assert_memory_equal(cut, expected, sizeof cut - 1);
    assert_int_equal(cut[sizeof cut - 1], '\0');
}

static void test_text_of_an_error(void **unused)
{
    (void)unused;
    struct spiral_error error;

    spiral_error_set(&error, SPIRAL_BAD_INPUT, "too large");
    assert_text(&error, "too large");
    strcpy(error.path, "states[0].greed");
    assert_text(&error, "states[0].greed: too large");
    strcpy(error.file, "case.yaml");
    assert_text(&error, "case.yaml: states[0].greed: too large");
    error.line = 3;
    error.column = 7;
    assert_text(&error, "case.yaml:3:7: states[0].greed: too large");
    error.file[0] = '\0';
    assert_text(&error, "3:7: states[0].greed: too large");

    spiral_error_set(&error, SPIRAL_NO_MEMORY, "%s", "");
    assert_text(&error, "out of memory");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_status_has_its_own_text),
        cmocka_unit_test(test_no_status_has_a_text_too),
        cmocka_unit_test(test_error_is_filled_and_its_place_cleared),
        cmocka_unit_test(test_error_may_be_absent),
        cmocka_unit_test(test_message_is_one_line),
        cmocka_unit_test(test_long_message_is_cut),
        cmocka_unit_test(test_every_status_has_its_name),
        cmocka_unit_test(test_text_of_an_error),
    };

    return cmocka_run_group_tests_name("sim/status", tests, NULL, NULL);
}
