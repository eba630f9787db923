/* SPDX-License-Identifier: MIT */
/* Branches: what falls, what stays, and what is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "sim/branch.h"
#include "tests/support/build_scenario.h"

enum { S = TRIAD_SMALL, N = TRIAD_NEIGHBOUR, O = TRIAD_OFFSHORE };

static struct spiral_scenario triad;

static int set_up(void **unused)
{
    (void)unused;
    spiral_test_triad(&triad);
    while (triad.entry_count > 0)
        spiral_edit_drop(&triad, triad.entry_count - 1);

    /* out of order: numbers are by date */
    spiral_test_change(&triad, 2009.0, S, SPIRAL_ENTRY_DOCTRINE, 0.9); /* 2: a turn */
    spiral_test_move(&triad, 2006.0, S, O, "align");                   /* 1 */
    spiral_test_move(&triad, 2011.0, S, N, "treaty");                  /* 3 */
    spiral_test_move(&triad, 2012.0, O, S, "deploy");                  /* 4: needs consent */
    spiral_test_move(&triad, 2013.0, N, S, "sanction");                /* another's own */
    spiral_test_move(&triad, 2000.0, S, O, "align");                   /* before */

    return 0;
}

static int tear_down(void **unused)
{
    (void)unused;
    spiral_scenario_clear(&triad);
    return 0;
}

static struct spiral_branch parse(const char *text)
{
    struct spiral_branch branch;
    struct spiral_error error;

    if (spiral_branch_parse(&branch, text, &triad, &error) != SPIRAL_OK)
        fail_msg("%s", error.message);
    return branch;
}

/* Which acts fall, as "1101", and how many entries the branch has, with all that falls and with the
 * turns alone. */
static void check(const char *text, const char *falls, size_t entries, size_t turned)
{
    const struct spiral_branch branch = parse(text);
    struct spiral_branch_act acts[16];
    struct spiral_scenario branched;
    const size_t count = spiral_branch_acts(&triad, &branch, acts);

    assert_int_equal(count, strlen(falls));
    for (size_t a = 0; a < count; a++)
        assert_int_equal(acts[a].falls, falls[a] == '1');
    assert_true(acts[1].turn && !acts[0].turn);

    assert_int_equal(spiral_branch_apply(&branched, &triad, &branch, false), SPIRAL_OK);
    assert_int_equal(branched.entry_count, entries);
    spiral_scenario_clear(&branched);
    assert_int_equal(spiral_branch_apply(&branched, &triad, &branch, true), SPIRAL_OK);
    assert_int_equal(branched.entry_count, turned);
    spiral_scenario_clear(&branched);
}

/* Six entries, less those that fall, and the new turn. */
static void test_what_falls(void **unused)
{
    (void)unused;
    check("S:limited_balance@2005", "1101", 4, 6);
    check("S:limited_balance@2005:keep", "0000", 7, 7);
    check("S:limited_balance@2005:only 3,2", "0110", 5, 6);
    check("S:limited_balance@2005:only 1", "1000", 6, 7);
}

static void test_what_is_refused(void **unused)
{
    (void)unused;
    static const struct {
        const char *text;
        const char *message;
    } wrong[] = {
        {"S:limited_balance", "is not a branch"},
        {"S:limited_balance@2005:kept", "':kept'"},
        {"S:limited_balance@2005:only ", "is not a rule"},
        {"S:limited_balance@2005:only 1,", "is not a rule"},
        {"S:limited_balance@2005:only 1;2", "is not a rule"},
        {"S:limited_balance@2005:only 5", "unknown act 5"},
        {"S:limited_balance@2005:only 0", "unknown act 0"},
        {"S:limited_balance@2005:only 1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1", "up to 16"},
        {"S:limited_balanse@2005:keep", "did you mean 'limited_balance'"},
    };

    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct spiral_branch branch;
        struct spiral_error error;
        assert_int_equal(spiral_branch_parse(&branch, wrong[i].text, &triad, &error),
                         SPIRAL_BAD_INPUT);
        if (strstr(error.message, wrong[i].message) == NULL)
            fail_msg("%s: %s", wrong[i].text, error.message);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_what_falls, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_what_is_refused, set_up, tear_down),
    };
    return cmocka_run_group_tests_name("sim/branch", tests, NULL, NULL);
}
