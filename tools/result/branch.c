/* SPDX-License-Identifier: MIT */
#include "tools/result/branch.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum spiral_status spiral_branch_parse(struct spiral_branch *branch, const char *text,
                                       const struct spiral_scenario *scenario,
                                       struct spiral_error *error)
{
    char state[SPIRAL_ID_SIZE];
    char date[12];
    int end = 0;

    if (sscanf(text, "%15[^:]:%31[^@]@%11s%n", state, branch->doctrine, date, &end) != 3 ||
        text[end] != '\0')
        return spiral_error_set(
            error, SPIRAL_BAD_INPUT,
            "'%s' is no branch; expected STATE:DOCTRINE@DATE, as in UKR:limited_balance@2004-12",
            text);
    branch->state = spiral_scenario_find_state(scenario, state);

    if (branch->state < 0) {
        const char *nearest =
            spiral_names_nearest(spiral_names_of(scenario->states, scenario->state_count, id),
                                 state);
        return spiral_error_set(error, SPIRAL_BAD_INPUT, "unknown state '%s' in '%s'%s%s%s", state,
                                text, nearest ? "; did you mean '" : "", nearest ? nearest : "",
                                nearest ? "'?" : "");
    }

    if (spiral_doctrine_find(branch->doctrine) == NULL) {
        const char *nearest =
            spiral_names_nearest(spiral_names_of(spiral_doctrines, SPIRAL_DOCTRINES, name),
                                 branch->doctrine);
        return spiral_error_set(error, SPIRAL_BAD_INPUT, "unknown doctrine '%s' in '%s'%s%s%s",
                                branch->doctrine, text, nearest ? "; did you mean '" : "",
                                nearest ? nearest : "", nearest ? "'?" : "");
    }

    if (!spiral_date_parse(date, &branch->date))
        return spiral_error_set(error, SPIRAL_BAD_INPUT,
                                "'%s' in '%s' is no date; expected YYYY, YYYY-MM or YYYY-MM-DD",
                                date, text);

    if (branch->date < scenario->start - 1e-9 || branch->date >= scenario->end) {
        char first[12];
        char last[12];
        spiral_date_format(scenario->start, first);
        spiral_date_format(scenario->end, last);
        return spiral_error_set(error, SPIRAL_BAD_INPUT,
                                "'%s' in '%s' lies outside the run; expected from %s to before %s",
                                date, text, first, last);
    }

    return SPIRAL_OK;
}

enum spiral_status spiral_branch_apply(struct spiral_scenario *branched,
                                       const struct spiral_scenario *scenario,
                                       const struct spiral_branch *branch)
{
    const enum spiral_status status = spiral_scenario_copy(branched, scenario);

    if (status != SPIRAL_OK)
        return status;
    if (spiral_course_take(branched, branch->state, spiral_doctrine_find(branch->doctrine),
                           branch->date, NULL) != NULL)
        return SPIRAL_OK;
    spiral_scenario_clear(branched);

    return SPIRAL_NO_MEMORY;
}

static struct spiral_interval measure(uint64_t only_baseline, uint64_t only_branch, uint64_t runs,
                                      double *difference)
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
    struct spiral_pairing pairing;
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

    if (status == SPIRAL_OK) {
        effect->interval =
            measure(pairing.war_first, pairing.war_second, pairing.runs, &effect->difference);
        effect->force_interval = measure(pairing.force_first, pairing.force_second, pairing.runs,
                                         &effect->force_difference);
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

    spiral_scenario_clear(&branched);

    return status;
}
