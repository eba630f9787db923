/* SPDX-License-Identifier: MIT
 *
 * A policy of an experiment: what states do differently, under a name. Every scenario of the
 * experiment is run under every policy at every point, on the same streams, so that what two
 * policies bring can be compared point by point.
 */
#ifndef SPIRAL_EXPERIMENT_POLICY_H
#define SPIRAL_EXPERIMENT_POLICY_H

#include "sim/parameter.h"
#include "tools/design/design.h"

enum {
    SPIRAL_MOST_POLICIES = 16,
    SPIRAL_POLICY_NAME_SIZE = 32,
    SPIRAL_POLICY_MOST_PARTS = 32 /* of a kind, in one policy */
};

/* A number that is fixed. */
struct spiral_setting {
    char name[SPIRAL_NAME_SIZE];
    double value;
};

/* The parts of a policy that are texts. SPIRAL_POLICY_PART(key, what one is) */
#define SPIRAL_POLICY_PART_TABLE(X) \
    X(drop, "an act, as in move.2008-04") \
    X(branches, "a branch, STATE:DOCTRINE@DATE") \
    X(moves, "a move, STATE:MOVE:TARGET@DATE")
enum spiral_policy_part {
#define SPIRAL_POLICY_PART(key, what) SPIRAL_POLICY_##key,
    SPIRAL_POLICY_PART_TABLE(SPIRAL_POLICY_PART)
#undef SPIRAL_POLICY_PART
        SPIRAL_POLICY_PARTS
};
extern const char *const spiral_policy_part_keys[SPIRAL_POLICY_PARTS];

/* Texts of one kind, in the file's order. */
struct spiral_policy_list {
    size_t count;
    char *items[SPIRAL_POLICY_MOST_PARTS]; /* owned */
};

/* A policy without parts changes nothing. */
struct spiral_policy {
    char name[SPIRAL_POLICY_NAME_SIZE]; /* [a-z0-9_-]+ */
    struct spiral_policy_list parts[SPIRAL_POLICY_PARTS];
    size_t setting_count;
    struct spiral_setting settings[SPIRAL_POLICY_MOST_PARTS]; /* facts, never constants */
};

void spiral_policy_clear(struct spiral_policy *policy); /* a zeroed one is legal */

/* Changes a scenario as the policy says: drops acts, then lets the branches fall in their order,
 * then adds moves. Settings are left to the caller. A state is named by its id or its role; a date
 * is a date, or `start` or `start+N`, N years after the start of the scenario. SPIRAL_BAD_INPUT
 * names the part that is wrong, with the nearest valid name; SPIRAL_NO_MEMORY. After an error the
 * scenario is valid, and may be changed in part. */
enum spiral_status spiral_policy_apply(struct spiral_scenario *scenario,
                                       const struct spiral_policy *policy,
                                       struct spiral_error *error);

/* Reads a date of a policy. False where the text is not one, or has no meaning in the scenario. */
bool spiral_policy_date(const struct spiral_scenario *scenario, const char *text, double *date);

/* The index of the state that has this id or, where none has, the first with this role; -1. */
int spiral_policy_state(const struct spiral_scenario *scenario, const char *word);

#endif
