/* SPDX-License-Identifier: MIT
 *
 * The target of what-if branches, as 'UKR:limited_balance@2004-12': what is read can be applied,
 * and the branch compiles.
 */
#ifndef SPIRAL_TEST_FUZZ_BRANCH_H
#define SPIRAL_TEST_FUZZ_BRANCH_H

#include "scenarios/loader/scenario_load.h"
#include "sim/branch.h"
#include "sim/plan.h"
#include "tests/fuzz/fuzz.h"

static inline const struct spiral_scenario *fuzz_branched_case(void)
{
    static struct spiral_diagnostics diagnostics;
    static struct spiral_scenario scenario;

    if (scenario.state_count == 0) {
        spiral_diagnostics_init(&diagnostics);
        fuzz_require(spiral_scenario_load(&scenario, SPIRAL_SOURCE_DIR "/scenarios/ukraine.yaml",
                                          &diagnostics) == SPIRAL_OK);
    }

    return &scenario;
}

static inline void fuzz_branch(const uint8_t *data, size_t size)
{
    const struct spiral_scenario *scenario = fuzz_branched_case();
    const struct spiral_constants constants = spiral_constants_defaults();
    const struct spiral_plan_options options = spiral_plan_options_defaults();
    struct spiral_branch branch;
    struct spiral_error error = {0};
    char *text = fuzz_text(data, size);
    enum spiral_status status = spiral_branch_parse(&branch, text, scenario, &error);

    fuzz_require_error(status, &error);

    if (status == SPIRAL_OK) {
        struct spiral_scenario branched;
        struct spiral_plan *plan = NULL;

        status = spiral_branch_apply(&branched, scenario, &branch);
        if (status == SPIRAL_OK)
            status = spiral_plan_create(&plan, &branched, &constants, &options, &error);
        fuzz_require(status == SPIRAL_OK || status == SPIRAL_NO_MEMORY);

        spiral_plan_destroy(plan);
        spiral_scenario_clear(&branched);
    }

    free(text);
}

#endif
