/* SPDX-License-Identifier: MIT */
/* Setting a name to the value that is shown for it changes no bit: every name of every case. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "scenarios/loader/scenario_load.h"
#include "sim/ensemble.h"
#include "sim/parameter.h"
#include "sim/step.h"

static const char *const cases[] = {"ukraine", "finland", "singapore", "georgia",
                                    "baltics", "cuba",    "poland",    "sweden"};

enum { CASES = sizeof cases / sizeof *cases };

/* A case as it is given, and the hash of its runs. */
struct given {
    struct spiral_scenario scenario;
    struct spiral_batch *batch;
    uint64_t hash;
    size_t names;
};

/* The hash of the final states of a batch of runs. */
static uint64_t hash_runs(struct spiral_batch *batch, const struct spiral_scenario *scenario,
                          const struct spiral_constants *constants)
{
    const struct spiral_plan_options options = spiral_plan_options_defaults();
    const struct spiral_plan *plans[SPIRAL_LANES];
    uint64_t stream[SPIRAL_LANES];
    struct spiral_plan *plan;
    struct spiral_error error;
    uint64_t hash = 0;

    if (spiral_plan_create(&plan, scenario, constants, &options, &error) != SPIRAL_OK)
        fail_msg("%s", error.message);

    for (int l = 0; l < SPIRAL_LANES; l++) {
        plans[l] = plan;
        stream[l] = (uint64_t)l;
    }

    spiral_batch_start(batch, plans, 1, stream);
    while (batch->step < batch->steps)
        spiral_step(batch);
    for (int l = 0; l < SPIRAL_LANES; l++)
        hash += spiral_batch_hash(batch, l);
    spiral_plan_destroy(plan);

    return hash;
}

/* Sets one name to a value in a copy of the case, and compares the runs. */
static void set_and_compare(const struct given *given, const char *name, double value)
{
    struct spiral_constants constants = spiral_constants_defaults();
    struct spiral_scenario scenario;
    struct spiral_error error;

    assert_int_equal(spiral_scenario_copy(&scenario, &given->scenario), SPIRAL_OK);
    if (spiral_parameter_set(&scenario, &constants, name, value, &error) != SPIRAL_OK)
        fail_msg("%s: %s", given->scenario.name, error.message);
    if (hash_runs(given->batch, &scenario, &constants) != given->hash)
        fail_msg("%s: %s=%.17g changes the runs", given->scenario.name, name, value);
    spiral_scenario_clear(&scenario);
}

/* The first name to break the rule is told; a name of a doctrine is tried in its other two
 * meanings too. */
static void try_name(void *context, const char *name, const struct spiral_field *field,
                     double value)
{
    struct given *given = context;
    char other[160];
    (void)field;

    given->names++;
    assert_true(value == value); /* not NaN */
    set_and_compare(given, name, value);
    if (strncmp(name, "doctrine.", 9) != 0)
        return;

    snprintf(other, sizeof other, "%s.shift", name);
    set_and_compare(given, other, 0.0);

    struct spiral_parameter all;
    snprintf(other, sizeof other, "%s.all", name);
    assert_int_equal(spiral_parameter_find(&all, &given->scenario, NULL, other, NULL), SPIRAL_OK);
    if (!isnan(spiral_parameter_present(&all)))
        set_and_compare(given, other, spiral_parameter_present(&all));
}

static void test_every_name_of_every_case(void **unused)
{
    (void)unused;
    const struct spiral_constants constants = spiral_constants_defaults();
    struct given given = {.batch = spiral_batch_create()};

    assert_non_null(given.batch);

    for (int c = 0; c < CASES; c++) {
        static struct spiral_diagnostics diagnostics;
        char path[512];

        spiral_diagnostics_init(&diagnostics);
        snprintf(path, sizeof path, "%s/scenarios/%s.yaml", SPIRAL_SOURCE_DIR, cases[c]);
        assert_int_equal(spiral_scenario_load(&given.scenario, path, &diagnostics), SPIRAL_OK);
        given.hash = hash_runs(given.batch, &given.scenario, &constants);
        given.names = 0;
        spiral_parameter_list(&given.scenario, &constants, try_name, &given);
        assert_true(given.names > SPIRAL_CONSTANTS);
        spiral_scenario_clear(&given.scenario);
    }

    spiral_batch_destroy(given.batch);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_name_of_every_case),
    };
    return cmocka_run_group_tests_name("scenarios/no_op", tests, NULL, NULL);
}
