/* SPDX-License-Identifier: MIT
 *
 * Branches: what if a state had followed another doctrine from a date on? Which of its later acts
 * fall away with its own course is described in sim/edit.h, and may be chosen.
 */
#ifndef SPIRAL_BRANCH_H
#define SPIRAL_BRANCH_H

#include "sim/edit.h"

/* Which later acts fall. */
enum spiral_branch_rule {
    SPIRAL_BRANCH_COURSE, /* those that spiral_edit_falls() names */
    SPIRAL_BRANCH_KEEP,   /* none: the state's later turns and acts stay */
    SPIRAL_BRANCH_ONLY    /* those whose numbers are given */
};

enum { SPIRAL_BRANCH_MOST_NUMBERS = 16 };

struct spiral_branch {
    int state;         /* index into the scenario's states */
    char doctrine[32]; /* name of a preset */
    double date;       /* years */
    enum spiral_branch_rule rule;
    size_t number_count;                        /* of SPIRAL_BRANCH_ONLY */
    size_t numbers[SPIRAL_BRANCH_MOST_NUMBERS]; /* as spiral_branch_acts() counts, from 1 */
};

/* Reads 'UKR:limited_balance@2004-12' against a scenario; ':keep' may follow, or ':only 2,5'.
 * SPIRAL_BAD_INPUT says what was expected, with the nearest valid name. */
enum spiral_status spiral_branch_parse(struct spiral_branch *branch, const char *text,
                                       const struct spiral_scenario *scenario,
                                       struct spiral_error *error);

/* A later act that a branch may drop: one of the state's own, or one of another that needs the
 * consent of the small state where that is the state. */
struct spiral_branch_act {
    size_t entry; /* index into the scenario's entries */
    bool turn;    /* a change of the state's doctrine, and part of its course */
    bool falls;
};

/* Lists those acts in order of date: acts [entry_count of the scenario]. Returns how many there
 * are; their numbers are 1, 2, ... in this order. */
size_t spiral_branch_acts(const struct spiral_scenario *scenario,
                          const struct spiral_branch *branch, struct spiral_branch_act *acts);

/* A copy of the scenario on the branch's course. With `keep_moves` the turns that fall are
 * dropped and the moves stay: the course alone. The caller clears the copy. */
enum spiral_status spiral_branch_apply(struct spiral_scenario *branched,
                                       const struct spiral_scenario *scenario,
                                       const struct spiral_branch *branch, bool keep_moves);

#endif
