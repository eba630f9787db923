/* SPDX-License-Identifier: MIT
 *
 * A panel's report as text and as JSON.
 */
#ifndef SPIRAL_PANEL_REPORT_H
#define SPIRAL_PANEL_REPORT_H

#include <jansson.h>
#include <stdio.h>

#include "tools/panel/evaluate.h"

/* What was done, and what came of it. */
struct spiral_panel_result {
    const struct spiral_pair_panel *panel;
    const struct spiral_panel_run *run;
    const struct spiral_panel_counts *counts;
    const struct spiral_panel_report *report;
    const char *table; /* the file's name */
    const char *note;  /* what else there is to say of the forecasts; NULL: nothing */
    double seconds;    /* that the runs took */
};

/* Tables of scores, of reliability and of years; where no outcome is known, a word of it. */
void spiral_panel_print(const struct spiral_panel_result *result, FILE *out);

/* All of it, with a line a window. The caller drops the reference; NULL where there is no memory.
 */
json_t *spiral_panel_json(const struct spiral_panel_result *result);

/* Reads a file of forecasts, as `spiral panel --predictions` writes it, by the name of each window:
 * chances[event][window of the panel]. Columns `window`, `force` and `war` are enough. *floor is
 * what the chances are to be kept within, of the column `runs` or else .0005. SPIRAL_BAD_INPUT
 * where a window is missing or there more than once. The caller frees the arrays, NULL after an
 * error. */
enum spiral_status spiral_panel_read_predictions(double *chances[SPIRAL_PANEL_EVENTS],
                                                 double *floor,
                                                 const struct spiral_pair_panel *panel,
                                                 const char *path,
                                                 struct spiral_diagnostics *diagnostics);

#endif
