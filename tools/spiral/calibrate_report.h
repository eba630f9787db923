/* SPDX-License-Identifier: MIT
 *
 * What a calibration found, as text, JSON, CSV, and as what other commands take.
 */
#ifndef SPIRAL_SPIRAL_CALIBRATE_REPORT_H
#define SPIRAL_SPIRAL_CALIBRATE_REPORT_H

#include <jansson.h>

#include "tools/fit/calibration.h"

/* Tables: the numbers, then scores by case. */
void spiral_calibration_print(const struct spiral_calibration *calibration,
                              const struct spiral_calibration_result *result, FILE *out);
/* The table of scores, a line a case. */
void spiral_calibration_csv(const struct spiral_calibration *calibration,
                            const struct spiral_calibration_result *result, FILE *out);
/* All of it. The caller drops the reference; NULL where there is no memory. */
json_t *spiral_calibration_json(const struct spiral_calibration *calibration,
                                const struct spiral_calibration_result *result);

/* The numbers found in a fold, as options of spiral run ("--set NAME=VALUE ..."), and as the
 * `set` of an experiment file. */
void spiral_calibration_options(const struct spiral_calibration *calibration,
                                const struct spiral_fit *fit, FILE *out);
void spiral_calibration_yaml(const struct spiral_calibration *calibration,
                             const struct spiral_fit *fit, FILE *out);

#endif
