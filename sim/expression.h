/* SPDX-License-Identifier: MIT
 *
 * Expressions: outcomes of runs in a user's own words, as "war by 2014" or "threat RUS UKR in
 * 2008". An expression is read against a scenario and the dates of its runs, and makes one number
 * of each run.
 *
 *     expression = term, or terms with (loosest first)  or | and | not | < <= > >= | + - | * /
 *     term       = number | ( expression ) | - term | event [period] | outcome
 *                | [function] series [period]
 *     event      = war | force                   at that level at some date of the period
 *     outcome    = a name of outcomes.def        of the whole run; no date
 *     series     = a name of quantities.def, or one of variables.def with its states:
 *                  threat RUS UKR, also threat.RUS.UKR; a role may stand for a state
 *     function   = a name of expressions.def; none is the mean
 *     period     = in DATE | by DATE | since DATE | from DATE to DATE; none is the whole run
 *     DATE       = YYYY or YYYY-MM: all of that year or month
 *
 * The state after a step counts for the date at which the step begins, as in tallies of years.
 */
#ifndef SPIRAL_EXPRESSION_H
#define SPIRAL_EXPRESSION_H

#include "sim/outcome.h"

enum {
    SPIRAL_EXPRESSION_LENGTH = 500, /* letters at most */
    SPIRAL_EXPRESSION_NODES = 128,
    SPIRAL_EXPRESSION_SERIES = 16
};

enum spiral_expression_function {
#define SPIRAL_EXPRESSION_FUNCTION(name, takes, doc) SPIRAL_EXPRESSION_##name,
#include "sim/expressions.def"
    SPIRAL_EXPRESSION_FUNCTIONS
};

/* Name and meaning of each function. */
struct spiral_expression_function_field {
    const char *name;
    const char *doc;
};
extern const struct spiral_expression_function_field
    spiral_expression_functions[SPIRAL_EXPRESSION_FUNCTIONS];

/* What a node does with the values of those before it (postfix order). */
enum spiral_expression_node_kind {
    SPIRAL_NODE_NUMBER,
    SPIRAL_NODE_OUTCOME, /* index: of the table */
    SPIRAL_NODE_SERIES,  /* index: of the expression's series */
    SPIRAL_NODE_NEGATE,
    SPIRAL_NODE_NOT,
    SPIRAL_NODE_ADD,
    SPIRAL_NODE_SUBTRACT,
    SPIRAL_NODE_MULTIPLY,
    SPIRAL_NODE_DIVIDE,
    SPIRAL_NODE_LESS,
    SPIRAL_NODE_AT_MOST,
    SPIRAL_NODE_GREATER,
    SPIRAL_NODE_AT_LEAST,
    SPIRAL_NODE_AND,
    SPIRAL_NODE_OR
};
struct spiral_expression_node {
    enum spiral_expression_node_kind kind;
    int index;
    double number;
};

/* A series under a function: what is watched of a run. */
struct spiral_expression_series {
    enum spiral_expression_function function;
    int quantity; /* of quantities.def; -1: a variable */
    int variable; /* of variables.def */
    int index;    /* of its state, pair or segment */
    long first;   /* the steps of the period, by steps done: first <= step <= last */
    long last;
    double share;                                /* of quantile */
    enum spiral_expression_node_kind comparison; /* of a condition */
    double threshold;                            /* of a condition */
};

/* The dates of the runs. */
struct spiral_run_dates {
    double start; /* years */
    double dt;    /* years */
    long steps;
};

/* An expression that was read. It owns nothing. */
struct spiral_expression {
    bool event;  /* 0 or 1 */
    bool years;  /* a time in years; else without a unit */
    double low;  /* bounds of its values, inclusive, within +-10,000 */
    double high; /* above low */
    double dt;   /* of the runs, years */
    int node_count;
    int series_count;
    struct spiral_expression_node nodes[SPIRAL_EXPRESSION_NODES];
    struct spiral_expression_series series[SPIRAL_EXPRESSION_SERIES];
};

/* Reads an expression. SPIRAL_BAD_INPUT: error->column is the place in the text, from 1, and the
 * message says what was expected there, with the nearest valid name. */
enum spiral_status spiral_expression_parse(struct spiral_expression *expression, const char *text,
                                           const struct spiral_scenario *scenario,
                                           const struct spiral_run_dates *dates,
                                           struct spiral_error *error);

/* What is watched of the runs of a batch for some expressions. */
struct spiral_expression_observer;

/* An observer for `count` expressions of one scenario, which must outlive it. NULL where there is
 * no memory. The caller destroys it (NULL is legal). */
struct spiral_expression_observer *spiral_expression_observer_create(
    const struct spiral_expression *expressions, size_t count);
void spiral_expression_observer_destroy(struct spiral_expression_observer *observer);

/* Makes an observer ready for a batch that has just been started; observes a batch, after each of
 * its steps. */
void spiral_expression_begin(struct spiral_expression_observer *observer);
void spiral_expression_watch(struct spiral_expression_observer *observer,
                             const struct spiral_batch *batch);

/* The value of an expression for the run in lane l, after the last step; `outcome` is that run's.
 * Finite, within the expression's bounds but for rounding. */
double spiral_expression_value(struct spiral_expression_observer *observer, size_t expression,
                               const union spiral_outcome *outcome, int l);

#endif
