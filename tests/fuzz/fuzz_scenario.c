/* SPDX-License-Identifier: MIT */
/* A libFuzzer entry for scenario files: loads a text; what loads is compiled and runs three steps. From the root of the tree:
 *
 *   clang -std=gnu17 -O1 -g -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=all -fopenmp-simd -ffp-contract=off -I. \
 *       tests/fuzz/fuzz_scenario.c scenarios/loader/*.c sim/*.c -lyaml -o /tmp/fuzz_scenario
 *   mkdir -p /tmp/corpus && cp scenarios/*.yaml $(find tests/scenarios -name "*.yaml") /tmp/corpus
 *   /tmp/fuzz_scenario -max_total_time=90 -timeout=10 -max_len=20000 /tmp/corpus
 *
 * tests/fuzz/test_corpus.c runs the same function over the files of the tree. */
#include "tests/fuzz/fuzz_scenario.h"

#include <stdlib.h>
#include <string.h>

#include "scenarios/loader/scenario_load.h"
#include "sim/step.h"

enum { STEPS = 3, MAX_STEPS_COMPILED = 2000 };

/* What a breach of a promise looks like to a fuzzer. */
static void require(bool held)
{
    if (!held)
        abort();
}

static void run(const struct spiral_plan *plan)
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
    for (long step = 0; step < STEPS && step < plan->steps; step++) {
        const char *name;
        spiral_step(batch);
        for (int l = 0; l < SPIRAL_LANES; l++)
            require(spiral_batch_verify(batch, l, &name));
    }
    spiral_batch_destroy(batch);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct spiral_diagnostics diagnostics;
    struct spiral_scenario scenario;
    struct spiral_plan *plan;
    struct spiral_error error = {0};
    spiral_diagnostics_init(&diagnostics);
    const enum spiral_status status = spiral_scenario_load_text(&scenario, (const char *)data, size, "input", &diagnostics);
    require((status == SPIRAL_OK) == (diagnostics.count == 0));
    for (size_t i = 0; i < diagnostics.count; i++) { /* a message is one line of letters */
        require(diagnostics.errors[i].message[0] != '\0');
        for (const char *letter = diagnostics.errors[i].message; *letter != '\0'; letter++)
            require((unsigned char)*letter >= 0x20 && *letter != 0x7f);
    }
    if (status == SPIRAL_OK && spiral_step_count(scenario.start, scenario.end, scenario.dt) <= MAX_STEPS_COMPILED) {
        const struct spiral_constants constants = spiral_constants_defaults();
        const struct spiral_plan_options options = spiral_plan_options_defaults();
        const enum spiral_status compiled = spiral_plan_create(&plan, &scenario, &constants, &options, &error);
        require(compiled != SPIRAL_BAD_INPUT); /* what loads compiles */
        if (compiled == SPIRAL_OK)
            run(plan);
        spiral_plan_destroy(plan);
    }
    spiral_scenario_clear(&scenario);
    return 0;
}
