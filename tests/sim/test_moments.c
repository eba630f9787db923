/* SPDX-License-Identifier: MIT */
/* Which moments of a case matter most. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "sim/moments.h"
#include "sim/tables.h"
#include "tests/support/build_scenario.h"

static void add_caption(struct spiral_entry *entry, const char *text)
{
    entry->caption.items = calloc(1, sizeof *entry->caption.items);
    assert_non_null(entry->caption.items);
    memcpy(entry->caption.items[0].language, "en", 3);
    entry->caption.items[0].text = strdup(text);
    assert_non_null(entry->caption.items[0].text);
    entry->caption.count = 1;
}

static void add_move(struct spiral_scenario *scenario, double date, const char *move, double weight,
                     const char *text)
{
    struct spiral_entry *entry = spiral_test_move(scenario, date, 0, 1, move);

    entry->weight = weight;
    if (text != NULL)
        add_caption(entry, text);
}

static const char *caption_of(const struct spiral_scenario *scenario, size_t entry)
{
    return spiral_text_get(&scenario->entries[entry].caption, "en");
}

/* Weights of one move, half of it, and none at all; one without a caption; one after the end. */
static void make_case(struct spiral_scenario *scenario)
{
    spiral_test_dyad(scenario);
    add_move(scenario, 2004.0, "treaty", 1.0, "late");
    add_move(scenario, 2002.0, "treaty", 0.5, "half");
    add_move(scenario, 2001.0, "treaty", 1.0, "early");
    add_move(scenario, 2003.0, "treaty", 2.0, NULL);
    add_move(scenario, 2005.0, "treaty", 0.0, "nothing");
    add_move(scenario, 2009.0, "treaty", 2.0, "beyond");
}

/* The weight is linear in the move's, and a change of doctrine outweighs one of greed. */
static void test_weights(void **unused)
{
    (void)unused;
    struct spiral_scenario scenario;

    make_case(&scenario);

    const double whole = spiral_moment_weight(&scenario.entries[0]);

    assert_true(whole > 0.0);
    assert_near(spiral_moment_weight(&scenario.entries[1]), 0.5 * whole);
    assert_near(spiral_moment_weight(&scenario.entries[3]), 2.0 * whole);
    assert_true(spiral_moment_weight(&(struct spiral_entry){.kind = SPIRAL_ENTRY_DOCTRINE}) >
                spiral_moment_weight(&(struct spiral_entry){.kind = SPIRAL_ENTRY_GREED}));
    spiral_scenario_clear(&scenario);
}

/* The weightiest, in order of date: neither what has no caption nor what lies beyond. */
static void test_the_weightiest_come_in_order_of_date(void **unused)
{
    (void)unused;
    struct spiral_scenario scenario;
    size_t chosen[8];

    make_case(&scenario);

    assert_int_equal(spiral_moments_choose(&scenario, 2008.0, "en", 2, chosen), 2);
    assert_string_equal(caption_of(&scenario, chosen[0]), "early");
    assert_string_equal(caption_of(&scenario, chosen[1]), "late");

    assert_int_equal(spiral_moments_choose(&scenario, 2008.0, "en", 1, chosen), 1);
    assert_string_equal(caption_of(&scenario, chosen[0]),
                        "late"); /* of equals the first in the file */

    assert_int_equal(spiral_moments_choose(&scenario, 2008.0, "en", 8, chosen), 4);
    assert_string_equal(caption_of(&scenario, chosen[0]), "early");
    assert_string_equal(caption_of(&scenario, chosen[1]), "half");
    assert_string_equal(caption_of(&scenario, chosen[2]), "late");
    assert_string_equal(caption_of(&scenario, chosen[3]), "nothing");
    assert_int_equal(spiral_moments_choose(&scenario, 2000.0, "en", 8, chosen), 0);

    assert_int_equal(spiral_moments_choose(&scenario, 2008.0, NULL, 1, chosen), 1);
    assert_float_equal(scenario.entries[chosen[0]].date, 2003.0, 0.0); /* it has no caption */
    spiral_scenario_clear(&scenario);
}

static void assert_near_is(const struct spiral_scenario *scenario, double date, double reach,
                           const char *expected)
{
    const struct spiral_entry *entry =
        spiral_moment_near(scenario, 2000.5, 2004.5, date, reach, "en");

    assert_true((entry != NULL) == (expected != NULL));
    if (entry != NULL)
        assert_string_equal(spiral_text_get(&entry->caption, "en"), expected);
}

/* The nearest within reach and within the years; of one day the weightiest. */
static void test_the_nearest_moment(void **unused)
{
    (void)unused;
    struct spiral_scenario scenario;

    make_case(&scenario);
    assert_near_is(&scenario, 2001.9, 1.0, "half");
    assert_near_is(&scenario, 2001.4, 1.0, "early");
    assert_near_is(&scenario, 2003.1, 0.5, NULL);
    assert_near_is(&scenario, 2004.4, 2.0, "late"); /* "nothing" is nearer, and later than 2004.5 */

    add_move(&scenario, 2002.0, "treaty", 1.5, "heavy");
    add_move(&scenario, 2002.0, "treaty", 1.0, "middling");
    assert_near_is(&scenario, 2001.9, 1.0, "heavy");
    spiral_scenario_clear(&scenario);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_weights),
        cmocka_unit_test(test_the_weightiest_come_in_order_of_date),
        cmocka_unit_test(test_the_nearest_moment),
    };

    return cmocka_run_group_tests_name("sim/moments", tests, NULL, NULL);
}
