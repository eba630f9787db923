/* SPDX-License-Identifier: MIT
 *
 * Branches: what if a state had followed another doctrine from a date on? What falls away with its
 * own course is described in sim/edit.h.
 */
#ifndef SPIRAL_BRANCH_H
#define SPIRAL_BRANCH_H

#include "sim/edit.h"

struct spiral_branch {
    int state;         /* index into the scenario's states */
    char doctrine[32]; /* name of a preset */
    double date;       /* years */
};

/* Reads 'UKR:limited_balance@2004-12' against a scenario. SPIRAL_BAD_INPUT says what was
 * expected, with the nearest valid name. */
enum spiral_status spiral_branch_parse(struct spiral_branch *branch, const char *text,
                                       const struct spiral_scenario *scenario,
                                       struct spiral_error *error);

/* A copy of the scenario on the branch's course. The caller clears it. */
enum spiral_status spiral_branch_apply(struct spiral_scenario *branched,
                                       const struct spiral_scenario *scenario,
                                       const struct spiral_branch *branch);

#endif
