/* SPDX-License-Identifier: MIT */
/* The state variables as data: what each is called, and their values in the order of the table. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "sim/step.h"
#include "sim/variables.h"
#include "tests/support/build_scenario.h"

static void test_labels(void **unused)
{
    (void)unused;
    static const struct {
        enum spiral_dimension of;
        const char *first;
    } expected[] = {{SPIRAL_OF_STATE, "S"},
                    {SPIRAL_OF_PATRON, "S-N"},
                    {SPIRAL_OF_RIVAL, "S-N"},
                    {SPIRAL_OF_PUBLIC, "S.public1"}};
    struct spiral_scenario scenario;
    char text[48];
    char other[48];

    spiral_test_triad(&scenario);

    struct spiral_plan *plan = spiral_test_plan(&scenario, NULL, NULL);

    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        spiral_variable_label(&scenario, &plan->layout, expected[i].of, 0, text);
        assert_string_equal(text, expected[i].first);
    }

    /* A perception is of one about another, a tie between the two. */
    for (int i = 0; i < plan->layout.count[SPIRAL_OF_PERCEPTION]; i++) {
        spiral_variable_label(&scenario, &plan->layout, SPIRAL_OF_PERCEPTION, i, text);
        assert_int_equal(strlen(text), 3);
        assert_int_equal(text[1], '.');
        assert_int_not_equal(text[0], text[2]);
    }

    for (int i = 0; i < plan->layout.count[SPIRAL_OF_TIE]; i++) {
        spiral_variable_label(&scenario, &plan->layout, SPIRAL_OF_TIE, i, text);
        assert_int_equal(text[1], '-');
        for (int j = 0; j < i; j++) {
            spiral_variable_label(&scenario, &plan->layout, SPIRAL_OF_TIE, j, other);
            assert_string_not_equal(text, other);
        }
    }

    spiral_plan_destroy(plan);
    spiral_scenario_clear(&scenario);
}

/* Every value lies in its variable's range, and the first are the arms of the states. */
static void test_values(void **unused)
{
    (void)unused;
    static double values[4096];
    struct spiral_scenario scenario;

    spiral_test_octet(&scenario);

    struct spiral_plan *plan = spiral_test_plan(&scenario, NULL, NULL);
    struct spiral_batch *batch = spiral_test_batch(plan, 3);
    size_t at = 0;

    for (int step = 0; step < 30; step++)
        spiral_step(batch);
    spiral_variables_of(batch, 1, values);

    for (int i = 0; i < plan->layout.count[SPIRAL_OF_STATE]; i++)
        assert_true(values[i] == spiral_batch_state(batch)->arms[i][1]);

    for (int v = 0; v < SPIRAL_VARIABLES; v++)
        for (int i = 0; i < plan->layout.count[spiral_variable_dimensions[v]]; i++, at++)
            if (!(values[at] >= spiral_variable_fields[v].low &&
                  values[at] <= spiral_variable_fields[v].high))
                fail_msg("%s is %g", spiral_variable_fields[v].name, values[at]);

    assert_in_range(at, 50, sizeof values / sizeof *values);
    spiral_batch_destroy(batch);
    spiral_plan_destroy(plan);
    spiral_scenario_clear(&scenario);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_labels),
        cmocka_unit_test(test_values),
    };

    return cmocka_run_group_tests_name("sim/variables", tests, NULL, NULL);
}
