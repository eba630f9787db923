/* SPDX-License-Identifier: MIT
 *
 * What the formats of `spiral export` share: the available tables, and the columns of a store.
 */
#ifndef SPIRAL_EXPORT_EXPORT_H
#define SPIRAL_EXPORT_EXPORT_H

#include <stdio.h>

#include "tables/table.h"
#include "tools/experiment/measure.h"
#include "tools/store/rows.h"

enum spiral_export_what { SPIRAL_EXPORT_POINTS, SPIRAL_EXPORT_RUNS, SPIRAL_EXPORT_TRAJECTORIES };

/* An axis or an outcome of the store. */
struct spiral_export_column {
    char name[SPIRAL_NAME_SIZE];
    char unit[32];
    char label[200];
    enum spiral_measure_kind kind; /* of an outcome */
    char words[600];               /* of an axis whose values are codes of names: these, by comma */
    double low;
    double high;
};

/* A scenario of the store. */
struct spiral_export_scenario {
    char name[64];
    char *text;   /* its file; owned */
    double start; /* years */
    double end;
};

/* What is known of a store before its rows are read. */
struct spiral_export {
    struct spiral_store *store;
    enum spiral_export_what what;
    size_t axis_count;
    size_t outcome_count;
    size_t scenario_count;
    struct spiral_export_column *axes;
    struct spiral_export_column *outcomes;
    struct spiral_export_scenario *scenarios;
    size_t point_count;
    double *value;              /* [point * axes + axis] */
    uint64_t replicates, steps; /* of runs, of trajectories: 1 + the largest there is */
    char name[64];              /* of the experiment */
    char version[32];           /* of the program that made the store */
    char design[32];
    char hash[40];           /* of experiment, scenarios and constants */
    char constants_hash[40]; /* of the constants alone */
    uint64_t seed;           /* of the runs */
    char *text;              /* of the experiment; owned */
    char *constants;         /* as a JSON object; owned */
};

/* Reads it; the caller clears it, also after an error. SPIRAL_BAD_INPUT where the store does not
 * hold what is wanted. */
enum spiral_status spiral_export_read(struct spiral_export *export, struct spiral_store *store,
                                      enum spiral_export_what what, struct spiral_error *error);
void spiral_export_clear(struct spiral_export *export);

/* The name that a value of an axis stands for, into `word`: whether the axis has names. */
bool spiral_export_word(const struct spiral_export_column *axis, double value, char word[64]);

/* What a point has of an outcome: its mean over runs with the standard deviation, the standard
 * error and, of an event, Wilson's 95 % interval. NAN where there is none. */
struct spiral_export_summary {
    double count;
    double mean;
    double deviation;
    double error;
    double low;
    double high;
};
struct spiral_export_summary spiral_export_summarise(enum spiral_measure_kind kind, double count,
                                                     double mean, double m2);

/* A tidy table: its origin and columns, which the caller clears; then its rows, after
 * spiral_table_begin(). */
void spiral_export_describe(const struct spiral_export *export, struct spiral_table *table);
enum spiral_status spiral_export_csv(const struct spiral_export *export, struct spiral_table *table,
                                     struct spiral_error *error);

/* NetCDF-4 with the dimensions scenario, point, replicate and time and their coordinates, names and
 * units after the CF conventions. The file is made in memory: HDF5 does not survive a full disk. */
enum spiral_status spiral_export_netcdf(const struct spiral_export *export, FILE *out,
                                        struct spiral_error *error);

#endif
