/* SPDX-License-Identifier: MIT
 *
 * The stylised facts, measured with the constants as they are. Those listed as holding must
 * hold; the others are reported.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "scenarios/loader/scenario_load.h"
#include "tools/stylised/facts.h"

/* What docs/model.md says holds. */
static const enum spiral_fact_id holding[] = {
    SPIRAL_FACT_S2, SPIRAL_FACT_S3, SPIRAL_FACT_S4,  SPIRAL_FACT_S5,  SPIRAL_FACT_S6,
    SPIRAL_FACT_S8, SPIRAL_FACT_S9, SPIRAL_FACT_S11, SPIRAL_FACT_S13,
};

static bool must_hold(enum spiral_fact_id id)
{
    for (size_t i = 0; i < sizeof holding / sizeof *holding; i++)
        if (holding[i] == id)
            return true;
    return false;
}

static struct spiral_facts_setup setup;

static int load_cases(void **state)
{
    (void)state;
    static struct spiral_diagnostics diagnostics;

    setup.constants = spiral_constants_defaults();
    setup.seed = 1;
    setup.runs = 4000; /* as `spiral facts` */
    setup.threads = 2;

    for (int i = 0; i < SPIRAL_CASES; i++) {
        char path[1024];
        snprintf(path, sizeof path, "%s/scenarios/%s.yaml", SPIRAL_SOURCE_DIR,
                 spiral_case_names[i]);
        spiral_diagnostics_init(&diagnostics);
        if (spiral_scenario_load(&setup.cases[i], path, &diagnostics) != SPIRAL_OK)
            return -1;
    }

    return 0;
}

static int clear_cases(void **state)
{
    (void)state;
    for (int i = 0; i < SPIRAL_CASES; i++)
        spiral_scenario_clear(&setup.cases[i]);
    return 0;
}

static void test_fact(void **state)
{
    const enum spiral_fact_id id = (enum spiral_fact_id)(intptr_t)*state;
    struct spiral_fact fact;
    struct spiral_error error;

    assert_int_equal(spiral_fact_measure(&fact, id, &setup, &error), SPIRAL_OK);
    assert_true(fact.parts > 0);
    for (int i = 0; i < fact.parts; i++)
        print_message("%s: %s %.4f, expected %g to %g\n", fact.id, fact.part[i].name,
                      fact.part[i].figure, fact.part[i].low, fact.part[i].high);

    print_message("%s %s: %s\n", fact.id, fact.holds ? "holds" : "fails", fact.text);
    if (must_hold(id))
        assert_true(fact.holds);
}

static void test_loss_is_zero_exactly_where_a_fact_lies_in_its_bounds(void **state)
{
    (void)state;
    struct spiral_fact fact = {.parts = 2,
                               .part = {{.figure = 0.5, .low = 0.2, .high = 0.8},
                                        {.figure = 3.0, .low = 1.0, .high = 5.0}}};

    assert_true(spiral_fact_loss(&fact) == 0.0);
    fact.part[0].figure = 0.9;
    assert_true(spiral_fact_loss(&fact) > 0.0);
    fact.part[0].figure = 0.5;
    fact.part[1].figure = 7.0;
    assert_true(spiral_fact_loss(&fact) == 4.0);
}

int main(void)
{
#define SPIRAL_FACT_ENTRY(id, text) \
    {.name = #id, .test_func = test_fact, .initial_state = (void *)(intptr_t)SPIRAL_FACT_##id},
    const struct CMUnitTest tests[] = {
        SPIRAL_FACT_TABLE(SPIRAL_FACT_ENTRY)
            cmocka_unit_test(test_loss_is_zero_exactly_where_a_fact_lies_in_its_bounds),
    };
#undef SPIRAL_FACT_ENTRY
    return cmocka_run_group_tests_name("stylised facts", tests, load_cases, clear_cases);
}
