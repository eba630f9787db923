/* SPDX-License-Identifier: MIT
 *
 * What the formats of `spiral export` share: the tables that can be had, and the columns of a
 * store.
 */
#ifndef SPIRAL_EXPORT_EXPORT_H
#define SPIRAL_EXPORT_EXPORT_H

#include <stdio.h>

#include "tools/store/rows.h"

enum spiral_export_what { SPIRAL_EXPORT_POINTS, SPIRAL_EXPORT_RUNS, SPIRAL_EXPORT_TRAJECTORIES };

/* An axis or an outcome of the store. */
struct spiral_export_column {
    char name[SPIRAL_NAME_SIZE];
    char unit[32];
    char label[200];
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
    char (*scenarios)[100]; /* with policies SCENARIO/POLICY */
    size_t point_count;
    double *value;              /* [point * axes + axis] */
    uint64_t replicates, steps; /* of runs, of trajectories: 1 + the largest there is */
    char text_hash[64];
    char *text; /* of the experiment */
};

/* Reads it; the caller clears it, also after an error. SPIRAL_BAD_INPUT where the store does not
 * hold what is wanted. */
enum spiral_status spiral_export_read(struct spiral_export *export, struct spiral_store *store,
                                      enum spiral_export_what what, struct spiral_error *error);
void spiral_export_clear(struct spiral_export *export);

/* Tidy CSV, units in a comment line at the head. */
enum spiral_status spiral_export_csv(const struct spiral_export *export, FILE *out,
                                     struct spiral_error *error);

/* NetCDF-4 with dimensions scenario, point, replicate, time, names and units after the CF
 * conventions. The file is made in memory: HDF5 does not survive a full disk. */
enum spiral_status spiral_export_netcdf(const struct spiral_export *export, FILE *out,
                                        struct spiral_error *error);

#endif
