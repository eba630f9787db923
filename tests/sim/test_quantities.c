/* SPDX-License-Identifier: MIT */
/* The quantities of all lanes at once are those of each lane, to the bit: with several
 * neighbours and patrons, and with none offshore. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "sim/derived.h"
#include "sim/step.h"
#include "tests/support/build_scenario.h"

static void compare(struct spiral_scenario *scenario)
{
    struct spiral_plan *plan = spiral_test_plan(scenario, NULL, NULL);
    struct spiral_batch *batch = spiral_test_batch(plan, 5);
    spiral_lane all[SPIRAL_QUANTITIES];
    double one[SPIRAL_QUANTITIES];

    for (;;) {
        spiral_quantities_of_lanes(batch, all);
        for (int l = 0; l < SPIRAL_LANES; l++) {
            spiral_quantities(batch, l, one);
            for (int i = 0; i < SPIRAL_QUANTITIES; i++)
                assert_true(one[i] == all[i][l]);
        }

        if (batch->step == batch->steps)
            break;
        spiral_step(batch);
    }

    spiral_batch_destroy(batch);
    spiral_plan_destroy(plan);
    spiral_scenario_clear(scenario);
}

static void test_lanes_are_as_one_by_one(void **unused)
{
    (void)unused;
    struct spiral_scenario scenario;

    spiral_test_triad(&scenario);
    compare(&scenario);
    spiral_test_octet(&scenario);
    compare(&scenario);
    spiral_test_dyad(&scenario);
    compare(&scenario);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_lanes_are_as_one_by_one)};
    return cmocka_run_group_tests_name("sim/quantities", tests, NULL, NULL);
}
