/* SPDX-License-Identifier: MIT
 *
 * What a branch changes: it and the baseline run in pairs, on the same random numbers.
 */
#ifndef SPIRAL_RESULT_BRANCH_H
#define SPIRAL_RESULT_BRANCH_H

#include "sim/branch.h"
#include "sim/intervals.h"
#include "tools/farm/farm.h"

/* What a branch changes, over paired runs. */
struct spiral_branch_effect {
    struct spiral_tally *baseline;                  /* owned */
    struct spiral_tally *branched;                  /* owned */
    struct spiral_fan *baseline_fan, *branched_fan; /* owned; NULL unless asked for */
    double difference;               /* risk of war on the branch less that of the baseline */
    struct spiral_interval interval; /* its 95 % interval */
    double force_difference;
    struct spiral_interval force_interval;
    /* The change in two parts that add up: by the course alone, where all moves stay, and by what
     * the moves that fell add to it. */
    size_t act_count;               /* later acts that the branch could drop */
    struct spiral_branch_act *acts; /* [act_count], by date, owned */
    size_t fallen;                  /* of them, moves that fell; 0: the course is all */
    struct spiral_branch_part {
        double war;
        struct spiral_interval war_interval;
        double force;
        struct spiral_interval force_interval;
    } course, moves;
    /* where runs are spread over a posterior: the 90 % intervals of the differences over its sets
     * of constants */
    bool by_constants;
    struct spiral_interval constants_interval;
    struct spiral_interval force_constants_interval;
};

/* Runs baseline and branch in pairs. The caller clears the effect, also after an error. */
enum spiral_status spiral_branch_compare(struct spiral_branch_effect *effect,
                                         const struct spiral_scenario *scenario,
                                         const struct spiral_branch *branch,
                                         const struct spiral_constants *constants,
                                         const struct spiral_plan_options *options, uint64_t seed,
                                         uint64_t runs, int threads, bool fans,
                                         struct spiral_error *error);
void spiral_branch_effect_clear(struct spiral_branch_effect *effect);

#endif
