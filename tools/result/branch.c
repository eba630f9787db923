/* SPDX-License-Identifier: MIT */
#include "tools/result/branch.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The change of a risk from the runs that have the event on one side only, and its interval. */
static struct spiral_interval measure_difference(uint64_t only_baseline, uint64_t only_branch,
                                                 uint64_t runs, double *difference)
{
    *difference = runs > 0 ? ((double)only_branch - (double)only_baseline) / (double)runs : 0.0;
    return spiral_paired_difference(only_branch, only_baseline, runs);
}

void spiral_branch_effect_clear(struct spiral_branch_effect *effect)
{
    spiral_tally_destroy(effect->baseline);
    spiral_tally_destroy(effect->branched);
    spiral_fan_destroy(effect->baseline_fan);
    spiral_fan_destroy(effect->branched_fan);
    memset(effect, 0, sizeof *effect);
}

enum spiral_status spiral_branch_compare(struct spiral_branch_effect *effect,
                                         const struct spiral_scenario *scenario,
                                         const struct spiral_branch *branch,
                                         const struct spiral_constants *constants,
                                         const struct spiral_plan_options *options, uint64_t seed,
                                         uint64_t runs, int threads, bool fans,
                                         struct spiral_error *error)
{
    struct spiral_plan *plans[2] = {NULL, NULL};
    struct spiral_collector collectors[2] = {{.tally = NULL}, {.tally = NULL}};
    struct spiral_pairing pairing = {.set_count = 0};
    struct spiral_scenario branched;

    memset(effect, 0, sizeof *effect);

    enum spiral_status status = spiral_branch_apply(&branched, scenario, branch);

    if (status != SPIRAL_OK)
        return spiral_error_set(error, status, "no memory for a branch of %s", scenario->name);
    status = spiral_plan_create(&plans[0], scenario, constants, options, error);
    if (status == SPIRAL_OK)
        status = spiral_plan_create(&plans[1], &branched, constants, options, error);

    for (int i = 0; i < 2 && status == SPIRAL_OK; i++) {
        status = spiral_collector_init(&collectors[i], plans[i], fans, true);
        if (status != SPIRAL_OK)
            spiral_error_set(error, status, "no memory for a branch of %s", scenario->name);
    }

    if (status == SPIRAL_OK) {
        const struct spiral_plan *const both[2] = {plans[0], plans[1]};
        struct spiral_collector *const into[2] = {&collectors[0], &collectors[1]};
        status = spiral_farm_run_paired(both, seed, runs, threads, into, &pairing, error);
    }

    /* The tallies and fans pass to the effect; the collectors must not free them below. */
    if (status == SPIRAL_OK) {
        effect->interval = measure_difference(pairing.all.war_first, pairing.all.war_second,
                                              pairing.all.runs, &effect->difference);
        effect->force_interval =
            measure_difference(pairing.all.force_first, pairing.all.force_second, pairing.all.runs,
                               &effect->force_difference);
        effect->by_constants =
            spiral_pairing_war_by_constants(&pairing, &effect->constants_interval) &&
            spiral_pairing_force_by_constants(&pairing, &effect->force_constants_interval);
        effect->baseline = collectors[0].tally;
        effect->branched = collectors[1].tally;
        effect->baseline_fan = collectors[0].fan;
        effect->branched_fan = collectors[1].fan;
        collectors[0].tally = collectors[1].tally = NULL;
        collectors[0].fan = collectors[1].fan = NULL;
    }

    for (int i = 0; i < 2; i++) {
        spiral_collector_clear(&collectors[i]);
        spiral_plan_destroy(plans[i]);
    }

    spiral_pairing_clear(&pairing);
    spiral_scenario_clear(&branched);

    return status;
}
