/* SPDX-License-Identifier: MIT */
/* Intervals of shares and of paired differences, against values from the papers' formulas. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "sim/intervals.h"

static void assert_within(double value, double expected)
{
    if (!(value > expected - 1e-6 && value < expected + 1e-6))
        fail_msg("%.9f is not %.9f", value, expected);
}

/* Expected values: binom.test-like tables of Wilson's score interval (R: prop.test without
 * correction). */
static void test_wilson(void **unused)
{
    (void)unused;
    const struct spiral_interval half = spiral_wilson(5, 10);
    const struct spiral_interval few = spiral_wilson(1, 10);
    const struct spiral_interval none = spiral_wilson(0, 10);
    const struct spiral_interval all = spiral_wilson(10, 10);

    assert_within(half.low, 0.236593);
    assert_within(half.high, 0.763407);
    assert_within(few.low, 0.017876);
    assert_within(few.high, 0.404150);
    assert_true(none.low == 0.0);
    assert_within(none.high, 0.277533);
    assert_within(all.low, 0.722467);
    assert_true(all.high == 1.0);
}

static void test_no_runs(void **unused)
{
    (void)unused;
    const struct spiral_interval share = spiral_wilson(0, 0);
    const struct spiral_interval difference = spiral_paired_difference(0, 0, 0);

    assert_true(share.low == 0.0 && share.high == 1.0);
    assert_true(difference.low == -1.0 && difference.high == 1.0);
}

/* Half an event is added to each cell: 12.5 and 3.5 of 102. */
static void test_paired_difference(void **unused)
{
    (void)unused;
    const struct spiral_interval one = spiral_paired_difference(12, 3, 100);
    const struct spiral_interval other = spiral_paired_difference(3, 12, 100);
    const struct spiral_interval none = spiral_paired_difference(0, 0, 100);

    assert_within(0.5 * (one.low + one.high), 9.0 / 102.0);
    assert_within(one.high - one.low, 0.149859);
    assert_within(other.low, -one.high);
    assert_within(other.high, -one.low);
    assert_true(none.low < 0.0 && none.high > 0.0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_wilson),
        cmocka_unit_test(test_no_runs),
        cmocka_unit_test(test_paired_difference),
    };

    return cmocka_run_group_tests_name("sim/intervals", tests, NULL, NULL);
}
