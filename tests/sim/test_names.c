/* SPDX-License-Identifier: MIT */
/* Names in tables of every form, and the nearest name: distances are counted by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "sim/names.h"

/* --- tables ----------------------------------------------------------------------------------- */

static void assert_names(struct spiral_names names, const char *const *expected, size_t count)
{
    assert_int_equal(names.count, count);

    for (size_t i = 0; i < count; i++) {
        assert_string_equal(spiral_names_at(names, i), expected[i]);
        assert_int_equal(spiral_names_find(names, expected[i]), i);
        assert_ptr_equal(spiral_names_nearest(names, expected[i]), spiral_names_at(names, i));
    }

    assert_int_equal(spiral_names_find(names, "disarm"), -1);
    assert_int_equal(spiral_names_find(names, ""), -1);
    assert_int_equal(spiral_names_find(names, "alig"), -1);
}

static void test_records_that_point_to_their_names(void **unused)
{
    (void)unused;
    static const char *const expected[] = {"align", "deploy", "talk"};
    static const struct {
        double weight;
        const char *name;
        int count;
    } constant[] = {{0.5, "align", 1}, {1.0, "deploy", 2}, {2.0, "talk", 3}};
    struct {
        const char *label;
        char *name;
    } variable[] = {{"one", (char[]){"align"}},
                    {"two", (char[]){"deploy"}},
                    {"3", (char[]){"talk"}}};

    assert_names(spiral_names_of(constant, 3, name), expected, 3);
    assert_names(spiral_names_of(variable, 3, name), expected, 3);
}

static void test_records_that_hold_their_names(void **unused)
{
    (void)unused;
    static const char *const expected[] = {"align", "deploy", "talk"};
    static const struct {
        char first;
        char name[7]; /* as long as the longest needs */
        double weight;
    } held[] = {{'a', "align", 0.5}, {'d', "deploy", 1.0}, {'t', "talk", 2.0}};

    assert_names(spiral_names_of(held, 3, name), expected, 3);
}

static void test_arrays_of_names(void **unused)
{
    (void)unused;
    static const char *const constant[] = {"align", "deploy", "talk"};
    const char *variable[] = {constant[0], constant[1], constant[2], NULL};
    static const char letters[][8] = {"align", "deploy", "talk"};

    assert_names(spiral_names_in(constant, 3), constant, 3);
    assert_names(spiral_names_in(variable, 3), constant, 3);
    assert_names(spiral_names_in(letters, 3), constant, 3);
}

static void test_of_equal_names_the_first_is_found(void **unused)
{
    (void)unused;
    static const char *const names[] = {"arm", "align", "align"};

    assert_int_equal(spiral_names_find(spiral_names_in(names, 3), "align"), 1);
}

static void test_no_names(void **unused)
{
    (void)unused;
    static const char *const *const none = NULL;

    assert_int_equal(spiral_names_find(spiral_names_in(none, 0), "align"), -1);
    assert_null(spiral_names_nearest(spiral_names_in(none, 0), "align"));
}

/* --- the nearest name ------------------------------------------------------------------------- */

struct names {
    size_t count;
    const char *name[4];
};

/* Behind the last name there is NULL: whoever reads on falls. */
static const char *nearest(const char *word, const struct names *names)
{
    assert_true(names->count < sizeof names->name / sizeof *names->name);
    assert_null(names->name[names->count]);
    return spiral_names_nearest(spiral_names_in(names->name, names->count), word);
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
        "ailgn",  /* two neighbours swapped: one mistake, for five letters allow no more */
        "laign",  /* at the start */
        "aling",  /* at the end */
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
        cmocka_unit_test(test_records_that_point_to_their_names),
        cmocka_unit_test(test_records_that_hold_their_names),
        cmocka_unit_test(test_arrays_of_names),
        cmocka_unit_test(test_of_equal_names_the_first_is_found),
        cmocka_unit_test(test_no_names),
        cmocka_unit_test(test_one_mistake_of_each_kind),
        cmocka_unit_test(test_a_third_of_the_longer_word),
        cmocka_unit_test(test_the_nearest_wins_and_then_the_first),
        cmocka_unit_test(test_nothing_is_near),
    };

    return cmocka_run_group_tests_name("sim/names", tests, NULL, NULL);
}
