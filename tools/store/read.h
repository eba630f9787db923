/* SPDX-License-Identifier: MIT
 *
 * The contents of a store as arrays, for analysis, charts and reports. Reading needs neither the
 * version of the program nor the scenarios that made the store, and does not disturb a sweep that
 * is writing to it.
 */
#ifndef SPIRAL_STORE_READ_H
#define SPIRAL_STORE_READ_H

#include "tools/design/design.h"
#include "tools/experiment/measure.h"

/* An axis, an outcome, and a scenario. */
struct spiral_store_axis {
    char name[SPIRAL_NAME_SIZE];
    char unit[32];
    char label_en[200];
    char label_zh[200];
    double low;
    double high;
    bool log;
    bool nominal; /* the values are codes of names */
    size_t factor;
};
struct spiral_store_outcome {
    char name[SPIRAL_NAME_SIZE];
    char unit[32];
    enum spiral_measure_kind kind;
    char label_en[200];
    char label_zh[200];
    double low;
    double high;
};
struct spiral_store_scenario {
    char name[100];     /* with policies SCENARIO/POLICY */
    char scenario[100]; /* its name without the policy */
    double start;       /* years */
    double end;         /* years */
};

/* The numbers of a store. Sizes are checked against one another: every point has every axis,
 * saltelli and morris have whole blocks. */
struct spiral_store_figures {
    char name[64];           /* of the experiment */
    char *text;              /* its canonical text; owned */
    char version[32];        /* of the program that made it */
    char hash[40];           /* of experiment, scenarios and constants */
    char constants_hash[40]; /* of the constants alone */
    enum spiral_design_kind design;
    size_t base; /* base points of saltelli, trajectories of morris, else points */
    bool second_order;
    size_t shard;  /* 1, 1: a whole */
    size_t shards; /* 1, 1: a whole */
    size_t points;
    size_t axis_count;
    size_t factors;
    size_t scenario_count;
    size_t outcome_count;
    struct spiral_store_axis *axes;
    struct spiral_store_scenario *scenarios;
    struct spiral_store_outcome *outcomes;
    double *value;      /* [point * axis_count + axis] */
    double *coordinate; /* [point * factors + factor], 0..1 */
    uint64_t *runs; /* [scenario * points + point]; 0 where there is no cell (another shard's) */
    bool *done;     /* the same: whether the cell wants no more runs */
    size_t cells;
    size_t cells_done;
    double *mean;    /* spiral_store_series(): NAN where no run counts */
    double *m2;      /* the same: sum of squared deviations from the mean */
    uint64_t *count; /* the same: runs that count, of a date those that have one */
};

/* Where a scenario's outcome begins in mean, m2 and count: an element a point. */
static inline size_t spiral_store_series(const struct spiral_store_figures *figures,
                                         size_t scenario, size_t outcome)
{
    return (scenario * figures->outcome_count + outcome) * figures->points;
}

/* Rows of a block: the points that a base point of saltelli or a trajectory of morris has, else
 * 1. */
size_t spiral_store_block(const struct spiral_store_figures *figures);

/* Reads a store. SPIRAL_BAD_INPUT: there is none, it is not a store, is of a newer program, or
 * damaged; SPIRAL_IO, SPIRAL_NO_MEMORY. The caller clears the figures in any case. */
enum spiral_status spiral_store_read(struct spiral_store_figures *figures, const char *path,
                                     struct spiral_error *error);
void spiral_store_figures_clear(struct spiral_store_figures *figures);

#endif
