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
    free(effect->acts);
    memset(effect, 0, sizeof *effect);
}

static struct spiral_branch_part part_of(const struct spiral_pairs *pairs)
{
    struct spiral_branch_part part;

    part.war_interval =
        measure_difference(pairs->war_first, pairs->war_second, pairs->runs, &part.war);
    part.force_interval =
        measure_difference(pairs->force_first, pairs->force_second, pairs->runs, &part.force);

    return part;
}

/* Lists what the branch could drop and drops. */
static enum spiral_status list_acts(struct spiral_branch_effect *effect,
                                    const struct spiral_scenario *scenario,
                                    const struct spiral_branch *branch)
{
    effect->acts = malloc((scenario->entry_count + 1) * sizeof *effect->acts);
    if (effect->acts == NULL)
        return SPIRAL_NO_MEMORY;

    effect->act_count = spiral_branch_acts(scenario, branch, effect->acts);
    for (size_t a = 0; a < effect->act_count; a++)
        effect->fallen += effect->acts[a].falls && !effect->acts[a].turn;

    return SPIRAL_OK;
}

/* How an ensemble of two plans in pairs is run. */
struct pair_request {
    uint64_t seed;
    uint64_t runs;
    int threads;
};

/* The paired change from one plan to another, without what else the runs show. */
static enum spiral_status measure_part(struct spiral_branch_part *part,
                                       const struct spiral_plan *from, const struct spiral_plan *to,
                                       const struct pair_request *request,
                                       struct spiral_error *error)
{
    const struct spiral_plan *const plans[2] = {from, to};
    struct spiral_collector collectors[2] = {{.tally = NULL}, {.tally = NULL}};
    struct spiral_pairing pairing = {.set_count = 0};
    enum spiral_status status = SPIRAL_OK;

    for (int i = 0; i < 2 && status == SPIRAL_OK; i++) {
        status = spiral_collector_init(&collectors[i], plans[i], false, false);
        if (status != SPIRAL_OK)
            spiral_error_set(error, status, "no memory for a branch");
    }

    if (status == SPIRAL_OK) {
        struct spiral_collector *const into[2] = {&collectors[0], &collectors[1]};
        status = spiral_farm_run_paired(plans, request->seed, request->runs, request->threads, into,
                                        &pairing, error);
    }

    if (status == SPIRAL_OK)
        *part = part_of(&pairing.all);
    spiral_pairing_clear(&pairing);
    for (int i = 0; i < 2; i++)
        spiral_collector_clear(&collectors[i]);

    return status;
}

/* The two parts of a branch's effect: from the baseline to the course alone, and from there to the
 * branch. */
static enum spiral_status measure_parts(struct spiral_branch_effect *effect,
                                        const struct spiral_plan *baseline,
                                        const struct spiral_plan *course,
                                        const struct spiral_plan *branched,
                                        const struct pair_request *request,
                                        struct spiral_error *error)
{
    enum spiral_status status = measure_part(&effect->course, baseline, course, request, error);

    if (status == SPIRAL_OK)
        status = measure_part(&effect->moves, course, branched, request, error);

    return status;
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
    struct spiral_plan *course = NULL; /* the branch without the fall of any move */
    struct spiral_collector collectors[2] = {{.tally = NULL}, {.tally = NULL}};
    struct spiral_pairing pairing = {.set_count = 0};
    struct spiral_scenario branched;
    struct spiral_scenario turned = spiral_scenario_defaults();

    memset(effect, 0, sizeof *effect);

    enum spiral_status status = spiral_branch_apply(&branched, scenario, branch, false);

    if (status == SPIRAL_OK)
        status = spiral_branch_apply(&turned, scenario, branch, true);
    if (status == SPIRAL_OK)
        status = list_acts(effect, scenario, branch);

    if (status != SPIRAL_OK) {
        spiral_scenario_clear(&branched);
        spiral_scenario_clear(&turned);
        return spiral_error_set(error, status, "no memory for a branch of %s", scenario->name);
    }

    status = spiral_plan_create(&plans[0], scenario, constants, options, error);
    if (status == SPIRAL_OK)
        status = spiral_plan_create(&plans[1], &branched, constants, options, error);
    if (status == SPIRAL_OK)
        status = spiral_plan_create(&course, &turned, constants, options, error);

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
        effect->course = part_of(&pairing.all);
    }

    if (status == SPIRAL_OK && effect->fallen > 0) {
        const struct pair_request request = {seed, runs, threads};
        status = measure_parts(effect, plans[0], course, plans[1], &request, error);
    }

    for (int i = 0; i < 2; i++) {
        spiral_collector_clear(&collectors[i]);
        spiral_plan_destroy(plans[i]);
    }

    spiral_plan_destroy(course);
    spiral_pairing_clear(&pairing);
    spiral_scenario_clear(&branched);
    spiral_scenario_clear(&turned);

    return status;
}
