/* SPDX-License-Identifier: MIT
 *
 * How runs end under variants of a case: the same runs, with the same draws, without a set of
 * mechanisms or without a dated act.
 */
#ifndef SPIRAL_WHY_MARKS_H
#define SPIRAL_WHY_MARKS_H

#include "parallel/threads.h"
#include "why/mechanisms.h"

/* The two outcomes that are explained. */
#define SPIRAL_WHY_OUTCOME_TABLE(X) \
    X(war, "war", "战争", 5) \
    X(force, "force", "动武", 4)
enum spiral_why_outcome {
#define SPIRAL_WHY_OUTCOME(name, en, zh, level) SPIRAL_WHY_##name,
    SPIRAL_WHY_OUTCOME_TABLE(SPIRAL_WHY_OUTCOME)
#undef SPIRAL_WHY_OUTCOME
        SPIRAL_WHY_OUTCOMES
};

/* A case as it is to be explained: borrowed. Where the options have a posterior, runs are spread
 * over its sets, and a mechanism is switched off in every set. */
struct spiral_why_case {
    const struct spiral_scenario *scenario;
    const struct spiral_constants *constants;
    const struct spiral_plan_options *options;
    uint64_t seed;
};

/* A variant: what is missing from the case. */
struct spiral_why_variant {
    unsigned off; /* a set of mechanisms */
    long dropped; /* the index of an entry of the timeline; -1: none */
};

/* The plan of a variant. SPIRAL_NO_MEMORY, or as spiral_plan_create(). The caller destroys it. */
enum spiral_status spiral_why_plan(struct spiral_plan **plan, const struct spiral_why_case *given,
                                   struct spiral_why_variant variant, struct spiral_error *error);

/* Has the workers run streams [0, runs) of every variant, a part each.
 * marks [variant * runs + run]: bit o is set where the run had outcome o. SPIRAL_STOPPED where
 * the workers were stopped. The marks do not depend on who works. */
enum spiral_status spiral_why_mark(const struct spiral_why_case *given,
                                   const struct spiral_why_variant *variants, size_t count,
                                   uint64_t runs, const struct spiral_workers *workers,
                                   unsigned char *marks, struct spiral_error *error);

#endif
