/* SPDX-License-Identifier: MIT */
/* failing memory */
/* The public interface while the n-th allocation fails, for n = 1, 2, ... until all succeed:
 * SPIRAL_NO_MEMORY, no handle, and, under a leak sanitizer, nothing lost. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "include/spiral/spiral.h"
#include "tests/support/failing_memory.h"

static const char text[] =
    "spiral: 1\nname: small\nstart: 2000\nend: 2001\nstates:\n"
    "  - {id: SML, role: small, doctrine: confront_near, power: 0.01, name: {en: S, zh: 小}}\n"
    "  - {id: BIG, role: neighbour, doctrine: assertive, power: 0.08}\n"
    "pairs: [{between: [SML, BIG], proximity: 1, interdependence: {2000: 0.1, 2001: 0.2}}]\n"
    "timeline: [{date: 2000-04, actor: SML, move: arm, source: s}]\n";

/* What is made from what; freed in the opposite order. */
struct handles {
    spiral_case *scenario;
    spiral_case *branch;
    spiral_case *copy;
    spiral_simulation *simulation;
    spiral_simulation *second;
    spiral_simulation *turned;
    spiral_ensemble *ensemble;
};

static spiral_status make_all(struct handles *handles, spiral_error *error)
{
    static const char *const what_if[] = {"SML:neutrality@2000-06"};
    double values[14 * 12];
    spiral_ensemble_options options;
    spiral_status status =
        spiral_case_load_text(text, sizeof text - 1, "text", &handles->scenario, error);

    spiral_ensemble_options_init(&options);
    options.runs = 4;
    options.threads = 1;
    options.what_if = what_if;
    options.what_if_count = 1;

    if (status == SPIRAL_OK)
        status = spiral_case_copy(handles->scenario, &handles->copy, error);
    if (status == SPIRAL_OK)
        status = spiral_case_branch(handles->scenario, what_if[0], &handles->branch, error);
    if (status == SPIRAL_OK)
        status = spiral_simulation_create(handles->scenario, 1, 0, &handles->simulation, error);
    if (status == SPIRAL_OK)
        status = spiral_simulation_copy(handles->simulation, &handles->second, error);
    if (status == SPIRAL_OK)
        status =
            spiral_simulation_branch(handles->simulation, handles->branch, &handles->turned, error);
    if (status == SPIRAL_OK)
        status = spiral_case_trajectories(handles->scenario, 1, 0, 1, values, 14 * 12, error);
    if (status == SPIRAL_OK)
        status = spiral_ensemble_create(handles->scenario, &options, &handles->ensemble, error);

    return status;
}

static void free_all(struct handles *handles)
{
    spiral_ensemble_free(handles->ensemble);
    spiral_simulation_free(handles->turned);
    spiral_simulation_free(handles->second);
    spiral_simulation_free(handles->simulation);
    spiral_case_free(handles->branch);
    spiral_case_free(handles->copy);
    spiral_case_free(handles->scenario);
}

/* Fails the n-th allocation, alone or with all after it, for every n. */
static void fail_each(bool once)
{
    spiral_test_memory.once = once;
    spiral_test_memory.failed = true;

    for (long n = 1; spiral_test_memory.failed; n++) {
        struct handles handles = {.scenario = NULL};
        spiral_error error = {.status = SPIRAL_OK};

        spiral_test_memory.failed = false;
        spiral_test_memory.until_failure = n - 1;
        const spiral_status status = make_all(&handles, &error);
        spiral_test_memory.until_failure = -1;

        if (status != (spiral_test_memory.failed ? SPIRAL_NO_MEMORY : SPIRAL_OK) ||
            error.status != status || (status != SPIRAL_OK && error.message[0] == '\0'))
            fail_msg("allocation %ld fails: %s: %s", n, spiral_status_name(status), error.message);
        assert_true((handles.ensemble != NULL) == (status == SPIRAL_OK));
        free_all(&handles);
    }
}

static void test_every_allocation_is_checked(void **unused)
{
    (void)unused;
    fail_each(false);
}

static void test_one_failure_is_enough(void **unused)
{
    (void)unused;
    fail_each(true);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_allocation_is_checked),
        cmocka_unit_test(test_one_failure_is_enough),
    };

    return cmocka_run_group_tests_name("library/memory", tests, NULL, NULL);
}
