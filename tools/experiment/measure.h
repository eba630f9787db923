/* SPDX-License-Identifier: MIT
 *
 * What is measured of a run: the outcomes of the table, and those of an experiment's own.
 */
#ifndef SPIRAL_EXPERIMENT_MEASURE_H
#define SPIRAL_EXPERIMENT_MEASURE_H

#include "sim/outcome.h"

/* What the numbers of an outcome are: a share of runs may be taken of an event (0 or 1) alone, a
 * date is of the runs that have one, a level is a class of hostility (1..5). */
#define SPIRAL_MEASURE_TABLE(X) X(number) X(event) X(date) X(level)
enum spiral_measure_kind {
#define SPIRAL_MEASURE_ENTRY(name) SPIRAL_MEASURE_##name,
    SPIRAL_MEASURE_TABLE(SPIRAL_MEASURE_ENTRY)
#undef SPIRAL_MEASURE_ENTRY
        SPIRAL_MEASURE_KINDS
};
extern const char *const spiral_measure_kinds[SPIRAL_MEASURE_KINDS];

/* The kind of an outcome of the table. */
enum spiral_measure_kind spiral_outcome_kind(enum spiral_outcome_name outcome);

/* An outcome, wherever it comes from. The strings are those of the table or of the experiment. */
struct spiral_measure {
    const char *name;
    const char *unit;
    enum spiral_measure_kind kind;
    double low; /* bounds, inclusive */
    double high;
    const char *label_en;
    const char *label_zh;
};

/* The same of an outcome of the table. */
struct spiral_measure spiral_outcome_measure(enum spiral_outcome_name outcome);

#endif
