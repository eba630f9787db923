/* SPDX-License-Identifier: MIT
 *
 * How much of its autonomy the small state keeps: free of dependence, of foreign forces on its
 * soil, and of concessions to its neighbour. docs/choice.md defines it.
 */
#ifndef SPIRAL_CHOICE_AUTONOMY_H
#define SPIRAL_CHOICE_AUTONOMY_H

#include "sim/outcome.h"

/* Autonomy of the small state in lane l, 0..1: (1 - dependence) (1 - presence) (1 - concession).
 * Dependence is on all other states, the neighbour too; presence is the largest of any state's; a
 * concession is what the doctrine in force yields: empathy x reassurance x (1 - armament). */
double spiral_autonomy(const struct spiral_batch *batch, int l);

/* What runs of a batch are worth to the three objectives of a course. */
#define SPIRAL_OBJECTIVE_TABLE(X) \
    X(war, "war", "战争", "risk of war", "战争风险") \
    X(force, "force", "动武", "risk of force", "动武风险") \
    X(autonomy, "autonomy lost", "自主性损失", "autonomy lost", "自主性损失")
enum spiral_objective {
#define SPIRAL_OBJECTIVE_ENTRY(name, en, zh, long_en, long_zh) SPIRAL_OBJECTIVE_##name,
    SPIRAL_OBJECTIVE_TABLE(SPIRAL_OBJECTIVE_ENTRY)
#undef SPIRAL_OBJECTIVE_ENTRY
        SPIRAL_OBJECTIVES
};
struct spiral_objective_label {
    const char *name;
    const char *en;
    const char *zh;
    const char *long_en;
    const char *long_zh;
};
extern const struct spiral_objective_label spiral_objective_labels[SPIRAL_OBJECTIVES];

/* Runs a batch that was started, and writes the objectives of each lane's run: whether war came,
 * whether force did, and the mean of the autonomy lost (1 - autonomy) over the steps until war or
 * the end. `path` (NULL: none) gets the same after each step: [step * SPIRAL_OBJECTIVES +
 * objective] is increased by the sum over the first `live` lanes. */
void spiral_objectives_run(struct spiral_batch *batch, int live,
                           double value[SPIRAL_LANES][SPIRAL_OBJECTIVES], double *path);

#endif
