/* SPDX-License-Identifier: MIT
 *
 * The target of scenario files: what loads compiles, and runs.
 */
#ifndef SPIRAL_TEST_FUZZ_SCENARIO_H
#define SPIRAL_TEST_FUZZ_SCENARIO_H

#include "scenarios/loader/scenario_load.h"
#include "sim/step.h"
#include "tests/fuzz/fuzz.h"

enum { FUZZ_STEPS = 3, FUZZ_MAX_COMPILED = 2000 };

static inline void fuzz_run(const struct spiral_plan *plan)
{
    const struct spiral_plan *plans[SPIRAL_LANES];
    uint64_t stream[SPIRAL_LANES];
    struct spiral_batch *batch = spiral_batch_create();

    if (batch == NULL)
        return;

    for (int l = 0; l < SPIRAL_LANES; l++) {
        plans[l] = plan;
        stream[l] = (uint64_t)l;
    }

    spiral_batch_start(batch, plans, 1, stream);
    for (long step = 0; step < FUZZ_STEPS && step < plan->steps; step++) {
        const char *name;
        spiral_step(batch);
        for (int l = 0; l < SPIRAL_LANES; l++)
            fuzz_require(spiral_batch_verify(batch, l, &name));
    }

    spiral_batch_destroy(batch);
}

static inline void fuzz_scenario(const uint8_t *data, size_t size)
{
    static struct spiral_diagnostics diagnostics;
    struct spiral_scenario scenario;
    struct spiral_plan *plan;
    struct spiral_error error = {0};

    spiral_diagnostics_init(&diagnostics);

    const enum spiral_status status =
        spiral_scenario_load_text(&scenario, (const char *)data, size, "input", &diagnostics);

    fuzz_require_diagnostics(status, &diagnostics);

    if (status == SPIRAL_OK &&
        spiral_step_count(scenario.start, scenario.end, scenario.dt) <= FUZZ_MAX_COMPILED) {
        const struct spiral_constants constants = spiral_constants_defaults();
        const struct spiral_plan_options options = spiral_plan_options_defaults();
        const enum spiral_status compiled =
            spiral_plan_create(&plan, &scenario, &constants, &options, &error);

        fuzz_require(compiled != SPIRAL_BAD_INPUT); /* what loads compiles */
        if (compiled == SPIRAL_OK)
            fuzz_run(plan);
        spiral_plan_destroy(plan);
    }

    spiral_scenario_clear(&scenario);
}

#endif
