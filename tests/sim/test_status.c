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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_status_has_its_own_text),
        cmocka_unit_test(test_no_status_has_a_text_too),
        cmocka_unit_test(test_error_is_filled_and_its_place_cleared),
        cmocka_unit_test(test_error_may_be_absent),
        cmocka_unit_test(test_long_message_is_cut),
    };

    return cmocka_run_group_tests_name("sim/status", tests, NULL, NULL);
}
