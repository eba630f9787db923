/* SPDX-License-Identifier: MIT
 *
 * An experiment: scenarios, what varies over them, how many replicates are run, and what is kept.
 * It is loaded from a YAML file (fields.def lists the keys) and checked against its scenarios. It
 * can be written as canonical text: loading that with the same scenarios gives the same experiment.
 */
#ifndef SPIRAL_EXPERIMENT_EXPERIMENT_H
#define SPIRAL_EXPERIMENT_EXPERIMENT_H

#include <stdio.h>

#include "scenarios/loader/yaml/diagnostics.h"
#include "sim/constant_sets.h"
#include "sim/expression.h"
#include "sim/parameter.h"
#include "tools/experiment/measure.h"
#include "tools/experiment/policy.h"

enum {
    SPIRAL_MAX_SCENARIOS = 64,
    SPIRAL_MAX_CASES = 256, /* scenarios times policies */
    SPIRAL_MAX_GROUPS = 64,
    SPIRAL_GROUP_NAME_SIZE = 32
};

/* A scenario of the experiment, under one of its policies where it has any. */
enum { SPIRAL_CASE_NAME_SIZE = 64 + 1 + SPIRAL_POLICY_NAME_SIZE };
struct spiral_experiment_case {
    char *given; /* as the experiment names it: a case or a path */
    char *text;  /* of its file; ends in a NUL */
    size_t length;
    char name[SPIRAL_CASE_NAME_SIZE]; /* of the scenario; with policies SCENARIO/POLICY */
    struct spiral_scenario scenario;  /* as the policy changes it */
};

/* Axes that move together; an axis names its group by index + 1. */
struct spiral_axis_group {
    char name[SPIRAL_GROUP_NAME_SIZE];
    double correlation;
};

/* An outcome of the experiment's own (sim/expression.h). */
enum { SPIRAL_MAX_OWN_OUTCOMES = 32, SPIRAL_OWN_NAME_SIZE = 32 };
struct spiral_own_outcome {
    char name[SPIRAL_OWN_NAME_SIZE]; /* [a-z][a-z0-9_]*, none of the table's */
    char *expression;                /* owned */
    char *label_en;                  /* NULL: the expression; owned */
    char *label_zh;                  /* NULL: the English one; owned */
};

/* Sequential stopping: a cell that has the experiment's replicates gets further rounds until the
 * Wilson interval of the risk is narrow enough (tools/sweep/sweep.h). */
struct spiral_stop_rule {
    int outcome;         /* war or force; -1: no rule */
    double half_width;   /* 0.0001..0.5 */
    uint64_t replicates; /* at most */
};

/* Growing until an analysis is certain enough: the sweep gets the next power of two of its points
 * until no interval of an index of the outcome is wider (tools/findings/findings.h). */
enum { SPIRAL_OUTCOME_NAME_SIZE = 64 };
struct spiral_converge_rule {
    char outcome[SPIRAL_OUTCOME_NAME_SIZE]; /* that is kept; "": no rule */
    double half_width;                      /* of the 95 % interval; above 0 */
    size_t points;                          /* of the design, at most */
};

struct spiral_experiment {
    char name[64];       /* [a-z0-9_-]+ */
    size_t case_count;   /* scenarios, times policies where there are any */
    size_t policy_count; /* 0: none; scenarios are run as they are */
    size_t axis_count;
    size_t group_count;
    size_t setting_count;
    struct spiral_experiment_case *cases; /* owned; of one scenario after another, by policy */
    struct spiral_policy *policies;       /* owned */
    struct spiral_axis *axes;             /* owned, with their values */
    struct spiral_setting *settings;      /* owned, in the file's order */
    struct spiral_axis_group groups[SPIRAL_MAX_GROUPS];
    struct spiral_design_request design; /* its list is owned */
    char *list_file;                     /* owned; NULL unless the design is a list */

    /* Replicate r of every cell has set r modulo their number; an axis or a setting of a constant
     * holds in every set. */
    char *constants;                  /* "posterior" or a path; NULL: one set; owned */
    char *sets_text;                  /* of the table; ends in a NUL; NULL: one set; owned */
    struct spiral_constant_sets sets; /* of the table */

    uint64_t replicates;
    uint64_t seed;
    bool independent;
    struct spiral_plan_options run;
    char until[12]; /* run.until as written, or "" */
    struct spiral_stop_rule stop;
    struct spiral_converge_rule converge;
    bool kept[SPIRAL_OUTCOMES];
    size_t own_count;
    struct spiral_own_outcome *own; /* in the file's order; owned */
    bool keep_runs;
    uint64_t trajectories;
};

struct spiral_experiment spiral_experiment_defaults(void);
/* Frees what the experiment owns and makes it the defaults again. */
void spiral_experiment_clear(struct spiral_experiment *experiment);

/* The cases of one scenario: the policies, or one. The first case of each scenario c is c times
 * this. */
static inline size_t spiral_experiment_policies(const struct spiral_experiment *experiment)
{
    return experiment->policy_count > 0 ? experiment->policy_count : 1;
}

/* The dates of the runs of a case. */
struct spiral_run_dates spiral_experiment_dates(const struct spiral_experiment *experiment,
                                                const struct spiral_experiment_case *one);

/* Reads an own outcome against a case. SPIRAL_BAD_INPUT with the place in the expression. */
enum spiral_status spiral_experiment_own_expression(const struct spiral_experiment *experiment,
                                                    size_t own,
                                                    const struct spiral_experiment_case *one,
                                                    struct spiral_expression *expression,
                                                    struct spiral_error *error);

/* What is measured by an own outcome: its bounds are those of the case where they are widest.
 * `expressions` are as read against each case, in the cases' order, `stride` apart. */
struct spiral_measure spiral_experiment_own_measure(const struct spiral_experiment *experiment,
                                                    size_t own,
                                                    const struct spiral_expression *expressions,
                                                    size_t stride);

/* The most replicates that a cell can have. */
uint64_t spiral_experiment_most_replicates(const struct spiral_experiment *experiment);

/* What is known of an experiment besides its text: a store has all of it, and no file is read;
 * a command has what it has read already, so that pipes are read once. */
struct spiral_experiment_given {
    bool is_all;       /* nothing comes from files, and a list stays unread */
    size_t case_count; /* of the first cases, in the experiment's order */
    char *const *case_texts;
    const char *sets_text; /* of the table; NULL: one set of constants, or what the text says */
};

/* Loads an experiment with its scenarios from a file. Scenarios and lists are found as from the
 * shell: from the working directory. On any error *experiment is the defaults and *diagnostics
 * holds all that was found, sorted by place. SPIRAL_BAD_INPUT, SPIRAL_IO, SPIRAL_NO_MEMORY. The
 * caller clears it. */
enum spiral_status spiral_experiment_load(struct spiral_experiment *experiment, const char *path,
                                          struct spiral_diagnostics *diagnostics);
/* The same from a text; errors use `name` as the file's name. What is `given` (NULL: nothing) is
 * not read from files. */
enum spiral_status spiral_experiment_load_text(struct spiral_experiment *experiment,
                                               const char *text, size_t length, const char *name,
                                               const struct spiral_experiment_given *given,
                                               struct spiral_diagnostics *diagnostics);

/* Whether a text looks like an experiment: one of its lines begins with the key `experiment:`. */
bool spiral_experiment_is(const char *text);

/* Writes the canonical text: every key that is not at its default, in one order, numbers with
 * all their digits. */
void spiral_experiment_write(const struct spiral_experiment *experiment, FILE *out);

/* The name that a scenario has for `name`: roles (small, neighbour, offshore) become the first
 * state that has them, unless a state has that id. SPIRAL_BAD_INPUT where there is no such
 * state. */
enum spiral_status spiral_experiment_resolve(const struct spiral_scenario *scenario,
                                             const char *name, char resolved[SPIRAL_NAME_SIZE],
                                             struct spiral_error *error);

/* Finds a name of the experiment in a scenario and its constants. SPIRAL_BAD_INPUT. */
enum spiral_status spiral_experiment_find(struct spiral_parameter *place,
                                          struct spiral_scenario *scenario,
                                          struct spiral_constants *constants, const char *name,
                                          struct spiral_error *error);

/* The unit and the labels of an axis for tables and charts, as in the first scenario: "greed
 * (RUS)". SPIRAL_BAD_INPUT. */
struct spiral_axis_title {
    const char *unit;
    char en[SPIRAL_AXIS_LABEL_SIZE];
    char zh[SPIRAL_AXIS_LABEL_SIZE];
};
enum spiral_status spiral_experiment_title(const struct spiral_experiment *experiment,
                                           const struct spiral_axis *axis,
                                           struct spiral_axis_title *title,
                                           struct spiral_error *error);

/* Reads the points of a list from a CSV file: a line with the axes' names in any order, then a line
 * for each point. The caller frees *list ([point * axes + axis]). SPIRAL_BAD_INPUT with the place,
 * SPIRAL_IO, SPIRAL_NO_MEMORY. */
enum spiral_status spiral_list_load(double **list, size_t *points, const char *path,
                                    const struct spiral_axis *axes, size_t axis_count,
                                    struct spiral_error *error);

#endif
