/* SPDX-License-Identifier: MIT
 *
 * What a calibration found, as text, JSON, CSV, and as what other commands take.
 */
#ifndef SPIRAL_SPIRAL_CALIBRATE_REPORT_H
#define SPIRAL_SPIRAL_CALIBRATE_REPORT_H

#include <jansson.h>

#include "tables/table.h"
#include "tools/fit/calibration.h"

/* Tables: the numbers, then scores by case. */
void spiral_calibration_print(const struct spiral_calibration *calibration,
                              const struct spiral_calibration_result *result, FILE *out);
/* The table of scores, one row per case: what it is, which the caller clears, and its rows. */
void spiral_calibration_columns(const struct spiral_calibration *calibration,
                                struct spiral_table *table);
void spiral_calibration_csv(const struct spiral_calibration *calibration,
                            const struct spiral_calibration_result *result,
                            struct spiral_table *table);
/* All of it. The caller drops the reference; NULL where there is no memory. */
json_t *spiral_calibration_json(const struct spiral_calibration *calibration,
                                const struct spiral_calibration_result *result);

/* The numbers found in a fold, as options of spiral run ("--set NAME=VALUE ..."), and as the
 * `set` of an experiment file. */
void spiral_calibration_options(const struct spiral_calibration *calibration,
                                const struct spiral_fit *fit, FILE *out);
void spiral_calibration_yaml(const struct spiral_calibration *calibration,
                             const struct spiral_fit *fit, FILE *out);

/* A sample of a fold's particles with equal weights as a table of sets of constants, for
 * --constants, with lines that say where it comes from. All axes are constants
 * (spiral_calibration_other_name()). SPIRAL_NO_MEMORY. */
enum { SPIRAL_CALIBRATION_SETS = 256 };
enum spiral_status spiral_calibration_sets(const struct spiral_calibration *calibration,
                                           const struct spiral_fit *fit, FILE *out);
/* The first axis or setting that is not a constant; NULL where all are. */
const char *spiral_calibration_other_name(const struct spiral_calibration *calibration);

#endif
