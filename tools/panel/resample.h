/* SPDX-License-Identifier: MIT
 *
 * The bootstrap over dyads: pairs are drawn with all of their rows, because the windows of a pair
 * are not independent of one another (Field and Welsh 2007).
 */
#ifndef SPIRAL_PANEL_RESAMPLE_H
#define SPIRAL_PANEL_RESAMPLE_H

#include "tools/analysis/analysis.h"

/* Works `values` out under a weight a row: how often the row's dyad was drawn. A value that is not
 * defined is NAN. Weights that are NULL are 1 each. Called by several threads at once. */
typedef void spiral_panel_statistic(const void *context, const double *weights, double *values);

/* What is resampled. */
struct spiral_panel_resampling {
    const size_t *dyad; /* [rows]; any numbers */
    size_t rows;
    size_t resamples; /* 0: no intervals */
    uint64_t seed;
    int threads; /* 0: one a processor; decides nothing but time */
};

/* The statistic with each row once, and its 95 % percentile intervals over resamples; NAN where
 * more than a twentieth of the resamples do not define it. SPIRAL_NO_MEMORY; SPIRAL_STOPPED after
 * an interrupt. */
enum spiral_status spiral_panel_resample(struct spiral_estimate *estimates, size_t values,
                                         spiral_panel_statistic *statistic, const void *context,
                                         const struct spiral_panel_resampling *resampling,
                                         struct spiral_error *error);

#endif
