/* SPDX-License-Identifier: MIT */
/* The step against its oracle (tests/reference) on the cases: every number of every step of 40
 * runs, to the bit. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

#include "scenarios/loader/scenario_load.h"
#include "sim/tables.h"
#include "tests/reference/reference_compare.h"

enum { RUNS = 40 };

static void check_case(const char *name, const struct spiral_plan_options *options)
{
    static struct spiral_diagnostics diagnostics;
    struct spiral_scenario scenario;
    struct spiral_plan *plan;
    struct spiral_error error = {0};
    char path[512];
    const struct spiral_constants constants = spiral_constants_defaults();

    snprintf(path, sizeof path, "%s/scenarios/%s.yaml", SPIRAL_SOURCE_DIR, name);
    spiral_diagnostics_init(&diagnostics);

    const enum spiral_status loaded = spiral_scenario_load(&scenario, path, &diagnostics);

    spiral_diagnostics_print(&diagnostics, stderr);
    assert_int_equal(loaded, SPIRAL_OK);

    const enum spiral_status compiled =
        spiral_plan_create(&plan, &scenario, &constants, options, &error);

    spiral_scenario_clear(&scenario);
    if (compiled != SPIRAL_OK)
        spiral_error_print(&error, stderr);
    assert_int_equal(compiled, SPIRAL_OK);

    const struct spiral_plan *const plans[] = {plan};
    const unsigned long differences = reference_compare(plans, 1, 20260101, RUNS);

    spiral_plan_destroy(plan);
    assert_int_equal(differences, 0);
}

static void check_study(const char *name)
{
    const struct spiral_plan_options options = spiral_plan_options_defaults();
    check_case(name, &options);
}

static void test_ukraine(void **unused)
{
    (void)unused;
    check_study("ukraine");
}

static void test_finland(void **unused)
{
    (void)unused;
    check_study("finland");
}

static void test_georgia(void **unused)
{
    (void)unused;
    check_study("georgia");
}

static void test_baltics(void **unused)
{
    (void)unused;
    check_study("baltics");
}

static void test_poland(void **unused)
{
    (void)unused;
    check_study("poland");
}

static void test_sweden(void **unused)
{
    (void)unused;
    check_study("sweden");
}

static void test_replay_that_assimilates(void **unused)
{
    (void)unused;
    struct spiral_plan_options options = spiral_plan_options_defaults();

    options.war_ends = options.assimilate = true;
    check_case("ukraine", &options);
    check_case("georgia", &options);
}

static void test_free_running_in_half_months(void **unused)
{
    (void)unused;
    struct spiral_plan_options options = spiral_plan_options_defaults();

    options.free_running = true;
    options.dt = 1.0 / 24.0;
    check_case("ukraine", &options);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ukraine),
        cmocka_unit_test(test_finland),
        cmocka_unit_test(test_georgia),
        cmocka_unit_test(test_baltics),
        cmocka_unit_test(test_poland),
        cmocka_unit_test(test_sweden),
        cmocka_unit_test(test_replay_that_assimilates),
        cmocka_unit_test(test_free_running_in_half_months),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
