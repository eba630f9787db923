/* SPDX-License-Identifier: MIT */
/* Texts of statuses, filling of errors, and the nearest name: distances are counted by hand. */
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

/* --- the nearest name ------------------------------------------------------------------------- */

struct names {
    size_t count;
    const char *name[4];
};

static const char *name_at(const void *context, size_t i)
{
    const struct names *names = context;
    assert_in_range(i, 0, names->count - 1);
    return names->name[i];
}

static const char *nearest(const char *word, const struct names *names)
{
    return spiral_nearest_name(word, names->count, name_at, names);
}

static void test_one_mistake_of_each_kind(void **unused)
{
    (void)unused;
    static const struct names names = {3, {"renounce", "align", "deploy"}};
    static const char *const meant[] = {
        "align",  /* none */
        "alin",   /* a letter left out */
        "lign",   /* the first */
        "allign", /* a letter too many */
        "aligns", /* at the end */
        "alibn",  /* another letter */
        "ailgn", /* two neighbours swapped: one mistake, and more than one would be too many for five letters */
        "laign", /* at the start */
        "aling", /* at the end */
    };

    for (size_t i = 0; i < sizeof meant / sizeof *meant; i++)
        assert_string_equal(nearest(meant[i], &names), "align");
}

static void test_a_third_of_the_longer_word(void **unused)
{
    (void)unused;
    static const struct names nine = {1, {"guarantee"}};
    static const struct names six = {1, {"deploy"}};
    static const struct names five = {1, {"align"}};
    static const struct names two = {1, {"up"}};
    static const struct names one = {1, {"k"}};

    assert_non_null(nearest("guaranxyz", &nine)); /* 3 of 9 */
    assert_null(nearest("guarawxyz", &nine));     /* 4 of 9 */
    assert_non_null(nearest("deplxx", &six));     /* 2 of 6 */
    assert_null(nearest("depxxx", &six));         /* 3 of 6 */
    assert_non_null(nearest("deplo", &six));
    assert_non_null(nearest("alixn", &five));  /* 1 of 5 */
    assert_null(nearest("alixx", &five));      /* 2 of 5 */
    assert_non_null(nearest("alixgx", &five)); /* 2 of 6: the longer word counts */
    assert_non_null(nearest("ux", &two));      /* at least one mistake is allowed */
    assert_null(nearest("xx", &two));
    assert_non_null(nearest("", &one));
    assert_non_null(nearest("x", &one));
    assert_null(nearest("", &two));
}

static void test_the_nearest_wins_and_then_the_first(void **unused)
{
    (void)unused;
    static const struct names apart = {3, {"talks", "trades", "trade"}};
    static const struct names alike = {3, {"xxxx", "bark", "park"}};

    assert_string_equal(nearest("trad", &apart), "trade");
    assert_string_equal(nearest("tradess", &apart), "trades");
    assert_string_equal(nearest("trade", &apart),
                        "trade"); /* an exact name, after one that is near */
    assert_string_equal(nearest("dark", &alike), "bark");
    assert_string_equal(nearest("parks", &alike), "park");
    assert_ptr_equal(nearest("dark", &alike), alike.name[1]); /* the name itself, no copy */
}

static void test_nothing_is_near(void **unused)
{
    (void)unused;
    static const struct names none = {0, {NULL}};
    static const struct names some = {2, {"align", ""}};
    char long_word[1001];

    memset(long_word, 'a', sizeof long_word - 1);
    long_word[sizeof long_word - 1] = '\0';
    assert_null(nearest("align", &none));
    assert_null(nearest("provoke", &some));
    assert_null(nearest(long_word, &some));

    const struct names long_name = {2, {long_word, "align"}};

    assert_string_equal(nearest("alig", &long_name), "align");

    for (size_t length = 60; length < 70; length++) { /* about the longest word that is compared */
        char word[80];
        char name[80];
        memset(word, 'a', length);
        word[length] = '\0';
        memset(name, 'b', length);
        name[length] = '\0';

        const struct names other = {1, {name}};
        assert_null(nearest(word, &other));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_status_has_its_own_text),
        cmocka_unit_test(test_no_status_has_a_text_too),
        cmocka_unit_test(test_error_is_filled_and_its_place_cleared),
        cmocka_unit_test(test_error_may_be_absent),
        cmocka_unit_test(test_long_message_is_cut),
        cmocka_unit_test(test_one_mistake_of_each_kind),
        cmocka_unit_test(test_a_third_of_the_longer_word),
        cmocka_unit_test(test_the_nearest_wins_and_then_the_first),
        cmocka_unit_test(test_nothing_is_near),
    };

    return cmocka_run_group_tests_name("sim/status", tests, NULL, NULL);
}
