/* SPDX-License-Identifier: MIT
 *
 * Why runs of a case come to war and to force, by intervention: on the same draws, mechanisms are
 * switched off and dated acts are left out, and the runs are compared one by one.
 */
#ifndef SPIRAL_WHY_WHY_H
#define SPIRAL_WHY_WHY_H

#include "sim/intervals.h"
#include "why/marks.h"

/* As many runs as are usual. */
enum { SPIRAL_WHY_RUNS = 2048, SPIRAL_WHY_SUBSET_RUNS = 512 };

/* How many runs are made, and by whom. */
struct spiral_why_options {
    uint64_t runs;        /* of the case, without each mechanism, without each act; at least 1 */
    uint64_t subset_runs; /* with each of the sets of mechanisms; 0: no Shapley shares */
    struct spiral_workers workers;
};

/* A number with its intervals. */
struct spiral_why_value {
    double value;
    struct spiral_interval interval; /* 95 %, of chance */
    /* where runs are spread over sets of constants, and there are two or more of each: the 90 %
     * interval of the sets' own numbers (spiral_constants_interval()) */
    bool by_constants;
    struct spiral_interval constants;
};

/* What one intervention changes in one outcome, over paired runs. */
struct spiral_why_effect {
    uint64_t gone;                   /* runs with the outcome that have none without X */
    uint64_t added;                  /* runs without it that have one without X */
    struct spiral_why_value but_for; /* gone as a share of the runs with the outcome; value NaN:
                                      * there are none */
    struct spiral_why_value risk;    /* risk with X less risk without it */
};

/* The account of one outcome. */
struct spiral_why_account {
    uint64_t events; /* runs with the outcome, of `runs` */
    struct spiral_why_value risk;
    struct spiral_why_effect mechanisms[SPIRAL_MECHANISMS];
    /* of the runs with each set of mechanisms; absent (0) where subset_runs is 0 */
    struct spiral_why_value all;                       /* risk with all mechanisms */
    struct spiral_why_value chance;                    /* risk with none */
    struct spiral_why_value shares[SPIRAL_MECHANISMS]; /* sum to all less chance */
    struct spiral_why_effect *acts;                    /* [act_count], owned */
    size_t *order; /* [act_count]: acts by the size of their effect on the risk, owned */
};

struct spiral_why {
    struct spiral_why_case given;
    struct spiral_why_options options;
    size_t act_count;
    size_t *acts; /* [act_count]: entries of the scenario that act within the run, owned */
    struct spiral_why_account accounts[SPIRAL_WHY_OUTCOMES];
};

/* Runs and accounts. SPIRAL_BAD_INPUT where the case has no plan, SPIRAL_NO_MEMORY, or
 * SPIRAL_STOPPED where the workers were stopped. The caller clears the account, also after an
 * error; what `given` points to must outlive it. */
enum spiral_status spiral_why_run(struct spiral_why *why, const struct spiral_why_case *given,
                                  const struct spiral_why_options *options,
                                  struct spiral_error *error);
void spiral_why_clear(struct spiral_why *why);

/* The name of an outcome in files, and in English and Chinese. */
struct spiral_why_outcome_label {
    const char *name;
    const char *en;
    const char *zh;
};
extern const struct spiral_why_outcome_label spiral_why_outcome_labels[SPIRAL_WHY_OUTCOMES];

#endif
