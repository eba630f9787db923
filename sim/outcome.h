/* SPDX-License-Identifier: MIT
 *
 * The outcomes of runs: an observer that watches a batch step by step and, at the end, sums each
 * lane's run up in the numbers of outcomes.def.
 */
#ifndef SPIRAL_OUTCOME_H
#define SPIRAL_OUTCOME_H

#include "sim/batch.h"
#include "sim/derived.h"

enum spiral_outcome_name {
#define SPIRAL_OUTCOME(name, unit, low, high, en, zh, doc) SPIRAL_OUTCOME_##name,
#include "sim/outcomes.def"
    SPIRAL_OUTCOMES
};
extern const struct spiral_field spiral_outcome_fields[SPIRAL_OUTCOMES];

/* A run's outcomes, in the table's order, also by name. */
union spiral_outcome {
    double value[SPIRAL_OUTCOMES];
    struct {
#define SPIRAL_OUTCOME(name, unit, low, high, en, zh, doc) double name;
#include "sim/outcomes.def"
    };
};

/* Why a run came to force, judged from hidden motives and the terms of the pressure at that
 * moment. */
#define SPIRAL_DIAGNOSIS_TABLE(X) \
    X(none, "no force", "未动武", "force was not used") \
    X(spiral, "spiral", "螺旋", \
      "both security-seekers by their hidden greed, moved by perceived threat (Jervis)") \
    X(deterrence_failure, "deterrence failure", "威慑失败", \
      "a side was greedy (.5 or more), or gain was the neighbour's larger motive, and met " \
      "weakness") \
    X(window, "window", "预防窗口", \
      "a closing window was the largest term: limbo, or a turn away, before a commitment could " \
      "protect (Fearon)") \
    X(chance, "chance", "偶然", "pressure brought less than half of the incidents")
enum spiral_diagnosis {
#define SPIRAL_DIAGNOSIS_ENTRY(name, en, zh, doc) SPIRAL_DIAGNOSIS_##name,
    SPIRAL_DIAGNOSIS_TABLE(SPIRAL_DIAGNOSIS_ENTRY)
#undef SPIRAL_DIAGNOSIS_ENTRY
        SPIRAL_DIAGNOSES
};

/* What the observer keeps between steps. */
struct spiral_outcome_observer {
    spiral_lane worst;                         /* hostility of the worst pair after the last step */
    spiral_lane highest, war_step, force_step; /* steps done when first reached, or 0 */
    spiral_lane at_least[4];                   /* steps at level 2, 3, 4, 5 or above */
    spiral_lane peak_threat[2], sum_threat[2], sum_arms[2]; /* [0] neighbour, [1] small state */
    spiral_lane sum_commitment;
    spiral_lane sum_illusion;
    spiral_lane constrained, dependent,
        both; /* steps under high constraint, with high dependence, with both: the quadrants */
    spiral_lane diagnosis;
};

/* Called once a batch is started; then after every step; then for each lane at the end. */
void spiral_outcome_begin(struct spiral_outcome_observer *observer);
void spiral_outcome_watch(struct spiral_outcome_observer *observer,
                          const struct spiral_batch *batch);
union spiral_outcome spiral_outcome_of(const struct spiral_outcome_observer *observer,
                                       const struct spiral_batch *batch, int l);

#endif
