/* SPDX-License-Identifier: MIT
 *
 * What the fuzzer and the corpus test do with a text.
 */
#ifndef FUZZ_SCENARIO_H
#define FUZZ_SCENARIO_H

#include <stdint.h>
#include <stdlib.h>

#include "scenarios/loader/scenario_load.h"
#include "sim/step.h"

enum { FUZZ_STEPS = 3, FUZZ_MAX_COMPILED = 2000 };

/* What a breach of a promise looks like to a fuzzer. */
static inline void fuzz_require(bool held)
{
    if (!held)
        abort();
}

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

/* Loads a text of `size` bytes, and runs a little of what loads; aborts where the loader breaks
 * a promise. */
static inline void fuzz_scenario(const uint8_t *data, size_t size)
{
    static struct spiral_diagnostics diagnostics;
    struct spiral_scenario scenario;
    struct spiral_plan *plan;
    struct spiral_error error = {0};

    spiral_diagnostics_init(&diagnostics);

    const enum spiral_status status =
        spiral_scenario_load_text(&scenario, (const char *)data, size, "input", &diagnostics);

    fuzz_require((status == SPIRAL_OK) == (diagnostics.count == 0));

    for (size_t i = 0; i < diagnostics.count; i++) { /* a message is one line of letters */
        fuzz_require(diagnostics.errors[i].message[0] != '\0');
        for (const char *letter = diagnostics.errors[i].message; *letter != '\0'; letter++)
            fuzz_require((unsigned char)*letter >= 0x20 && *letter != 0x7f);
    }

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
