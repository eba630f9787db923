/* SPDX-License-Identifier: MIT */
/* What-if branches: what is one, what is said of what is none, and the scenario that follows it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "sim/branch.h"
#include "tests/support/build_scenario.h"

static struct spiral_scenario scenario;
static struct spiral_branch branch;
static struct spiral_error error;

static int make_triad(void **unused)
{
    (void)unused;
    spiral_test_triad(&scenario);
    return 0;
}

static int clear_triad(void **unused)
{
    (void)unused;
    spiral_scenario_clear(&scenario);
    return 0;
}

static void test_parts(void **unused)
{
    (void)unused;
    assert_int_equal(spiral_branch_parse(&branch, "S:limited_balance@2004-12", &scenario, &error),
                     SPIRAL_OK);
    assert_int_equal(branch.state, TRIAD_SMALL);
    assert_string_equal(branch.doctrine, "limited_balance");
    assert_true(branch.date == 2004.0 + 11.0 / 12.0);

    /* The first instant of the run is in it, the end is not. */
    assert_int_equal(spiral_branch_parse(&branch, "N:limited_balance@1990", &scenario, &error),
                     SPIRAL_OK);
    assert_int_equal(branch.state, TRIAD_NEIGHBOUR);
    assert_int_equal(spiral_branch_parse(&branch, "N:limited_balance@2020", &scenario, &error),
                     SPIRAL_BAD_INPUT);
}

static void test_refusals(void **unused)
{
    static const struct {
        const char *text;
        const char *says;
    } cases[] = {
        {"", "'' is not a branch; expected STATE:DOCTRINE@DATE"},
        {"S", "is not a branch"},
        {"S:limited_balance", "is not a branch"},
        {"S@2004", "is not a branch"},
        {":limited_balance@2004", "is not a branch"},
        {"S:@2004", "is not a branch"},
        {"S:limited_balance@", "is not a branch"},
        {"a_state_with_a_very_very_long_name:limited_balance@2004", "is not a branch"},
        {"S:a_doctrine_with_a_very_very_long_name@2004", "is not a branch"},
        {"S:limited_balance@2004-12-001",
         "'2004-12-001' in 'S:limited_balance@2004-12-001' is not"},
        {"S:limited_balance@2004-12-00001", "is not a branch"},
        {"T:limited_balance@2004", "unknown state 'T'"},
        {"S:limited_balence@2004", "did you mean 'limited_balance'?"},
        {"S:zzzzzzzzzzzzzzzzzzzz@2004", "unknown doctrine 'zzzzzzzzzzzzzzzzzzzz'"},
        {"S:limited_balance@2004-13", "'2004-13' in 'S:limited_balance@2004-13' is not a date"},
        {"S:limited_balance@1989-12", "lies outside the run; expected from 1990-01 to before"},
        {"S:limited_balance@2999", "lies outside the run"},
    };
    (void)unused;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (spiral_branch_parse(&branch, cases[i].text, &scenario, &error) != SPIRAL_BAD_INPUT ||
            strstr(error.message, cases[i].says) == NULL)
            fail_msg("%s: %s", cases[i].text, error.message);
}

static void test_course(void **unused)
{
    (void)unused;
    struct spiral_scenario branched;
    bool found = false;

    assert_int_equal(spiral_branch_parse(&branch, "S:limited_balance@2004-12", &scenario, &error),
                     SPIRAL_OK);
    assert_int_equal(spiral_branch_apply(&branched, &scenario, &branch), SPIRAL_OK);

    for (size_t i = 0; i < branched.entry_count; i++) {
        const struct spiral_entry *entry = &branched.entries[i];
        const bool of_small = entry->kind == SPIRAL_ENTRY_DOCTRINE && entry->actor == TRIAD_SMALL;

        found = found || (of_small && entry->date == branch.date);
        assert_false(of_small && entry->date > branch.date);
    }

    assert_true(found);
    spiral_scenario_clear(&branched);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_parts),
        cmocka_unit_test(test_refusals),
        cmocka_unit_test(test_course),
    };

    return cmocka_run_group_tests_name("sim/branch", tests, make_triad, clear_triad);
}
