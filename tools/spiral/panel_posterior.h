/* SPDX-License-Identifier: MIT
 *
 * The part of `spiral panel` that fits constants to the table.
 */
#ifndef SPIRAL_SPIRAL_PANEL_POSTERIOR_H
#define SPIRAL_SPIRAL_PANEL_POSTERIOR_H

#include "tools/cli/options.h"
#include "tools/inference/inference.h"
#include "tools/panel/benchmark.h"

/* What the options ask for. */
struct spiral_posterior_request {
    const char *sets_file; /* --posterior; NULL: nothing is fitted */
    const char *store;     /* NULL: none */
    struct spiral_option_list vary;
    struct spiral_inference_settings settings;
    size_t samples;
    size_t sets;
    double year; /* of the split by time */
    bool folds;  /* forecast out of sample too, by pair and by time */
    const char *const *inputs;
};

/* What comes of it: the sample given all windows, and the mean chances of each split. Without
 * folds these are of the same sample, which has seen the windows. */
struct spiral_posterior_outcome {
    struct spiral_inference inference;
    struct spiral_inference_sample all;
    double *mean[SPIRAL_SPLITS][SPIRAL_PANEL_EVENTS]; /* [window], owned */
    size_t sets;                                      /* that a mean is of, at least */
};

/* Fits constants to a panel, `constants` being the reference, and writes the sets. Complains and
 * returns the exit status. The caller clears *outcome in any case. */
int spiral_posterior_fit(struct spiral_posterior_outcome *outcome,
                         const struct spiral_posterior_request *request,
                         const struct spiral_pair_panel *panel,
                         const struct spiral_constants *constants);
void spiral_posterior_outcome_clear(struct spiral_posterior_outcome *outcome);

#endif
