/* SPDX-License-Identifier: MIT */
#include "tools/spiral/panel_posterior.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "scenarios/loader/text_stream.h"
#include "tools/cli/command.h"
#include "tools/inference/report.h"
#include "tools/store/inference.h"

/* Samples that are forecasts alone need fewer sets: so large a part of the whole. */
static const double part_of_time = 0.25;
static const double part_of_fold = 0.15;

/* The chains of the samples, each with random numbers of its own. */
enum { CHAIN_ALL, CHAIN_TIME, CHAIN_FOLDS };

/* --- preparing -------------------------------------------------------------------------------- */

static enum spiral_status make_prior(struct spiral_prior *prior,
                                     const struct spiral_option_list *vary,
                                     struct spiral_error *error)
{
    enum spiral_status status = SPIRAL_OK;

    *prior = (struct spiral_prior){.count = 0};
    if (vary->count == 0)
        spiral_prior_of_table(prior);
    for (size_t i = 0; i < vary->count && status == SPIRAL_OK; i++)
        status = spiral_prior_add(prior, vary->items[i], error);
    return status;
}

/* The request as a text, which the caller frees; NULL: no memory. */
static char *describe(const struct spiral_inference *inference, size_t samples)
{
    char *text = NULL;
    size_t length = 0;
    FILE *memory = spiral_text_stream_open(&text, &length);

    if (memory == NULL)
        return NULL;
    spiral_inference_describe(inference, samples, memory);
    spiral_text_stream_close(memory, &text);
    return text;
}

static enum spiral_status open_store(struct spiral_store **store,
                                     const struct spiral_posterior_request *request,
                                     const struct spiral_inference *inference,
                                     struct spiral_error *error)
{
    char *text = describe(inference, request->samples);
    const enum spiral_status status =
        text != NULL ? spiral_inference_store_open(store, request->store, text, error)
                     : spiral_error_set(error, SPIRAL_NO_MEMORY, "out of memory");

    free(text);
    return status;
}

static bool allocate_means(struct spiral_posterior_outcome *outcome, size_t windows)
{
    bool good = true;

    for (int split = 0; split < SPIRAL_SPLITS; split++)
        for (int event = 0; event < SPIRAL_PANEL_EVENTS; event++) {
            outcome->mean[split][event] = calloc(windows + 1, sizeof(double));
            good = good && outcome->mean[split][event] != NULL;
        }
    return good;
}

/* --- samples ---------------------------------------------------------------------------------- */

/* How many sets a part of the sample has. */
static size_t part_of(const struct spiral_posterior_request *request, double part)
{
    const size_t sets = (size_t)(part * (double)request->samples + 0.5);

    return sets > 0 ? sets : 1;
}

/* Samples given the windows used, and puts its chances into a split: of all windows, or of those
 * that were not used. */
static enum spiral_status sample_part(struct spiral_posterior_outcome *outcome,
                                      enum spiral_panel_split split, const bool *used, size_t count,
                                      uint64_t chain, const char *phase, struct spiral_error *error)
{
    const size_t windows = outcome->inference.panel->count;
    struct spiral_inference_sample sample;
    const enum spiral_status status =
        spiral_inference_sample(&sample, &outcome->inference, count > 0 ? count : 1, used, chain,
                                phase, error);

    for (int event = 0; event < SPIRAL_PANEL_EVENTS && status == SPIRAL_OK; event++)
        for (size_t w = 0; w < windows; w++)
            if (!used[w])
                outcome->mean[split][event][w] = sample.mean[event][w];
    spiral_inference_sample_clear(&sample);
    return status;
}

/* The forecasts out of sample: a fold's from the other folds, late windows' from early ones. */
static enum spiral_status sample_splits(struct spiral_posterior_outcome *outcome,
                                        const struct spiral_posterior_request *request,
                                        struct spiral_error *error)
{
    const struct spiral_pair_panel *panel = outcome->inference.panel;
    bool *used = calloc(panel->count + 1, sizeof *used);
    enum spiral_status status = SPIRAL_OK;
    char phase[40];

    if (used == NULL)
        return spiral_error_set(error, SPIRAL_NO_MEMORY, "out of memory");
    for (size_t w = 0; w < panel->count; w++)
        used[w] = panel->windows[w].end <= request->year;
    status = sample_part(outcome, SPIRAL_SPLIT_TIME, used, part_of(request, part_of_time),
                         CHAIN_TIME, "by time", error);

    for (int fold = 0; fold < SPIRAL_PANEL_FOLDS && status == SPIRAL_OK; fold++) {
        for (size_t w = 0; w < panel->count; w++)
            used[w] = spiral_panel_fold(panel->windows[w].dyad) != fold;
        snprintf(phase, sizeof phase, "fold %d of %d", fold + 1, SPIRAL_PANEL_FOLDS);
        status = sample_part(outcome, SPIRAL_SPLIT_PAIRS, used, part_of(request, part_of_fold),
                             (uint64_t)(CHAIN_FOLDS + fold), phase, error);
    }
    free(used);
    return status;
}

static enum spiral_status fit(struct spiral_posterior_outcome *outcome,
                              const struct spiral_posterior_request *request,
                              struct spiral_error *error)
{
    const size_t windows = outcome->inference.panel->count;
    enum spiral_status status = spiral_inference_train(&outcome->inference, error);

    if (status == SPIRAL_OK)
        status = spiral_inference_sample(&outcome->all, &outcome->inference, request->samples, NULL,
                                         CHAIN_ALL, "sample", error);
    for (int split = 0; split < SPIRAL_SPLITS && status == SPIRAL_OK; split++)
        for (int event = 0; event < SPIRAL_PANEL_EVENTS; event++)
            memcpy(outcome->mean[split][event], outcome->all.mean[event], windows * sizeof(double));
    outcome->sets = request->folds ? part_of(request, part_of_fold) : request->samples;
    if (status == SPIRAL_OK && request->folds)
        status = sample_splits(outcome, request, error);
    spiral_progress_wipe(&outcome->inference.progress);
    return status;
}

static int write_sets(const struct spiral_posterior_outcome *outcome,
                      const struct spiral_posterior_request *request)
{
    struct spiral_output output;
    const size_t sets = request->sets < outcome->all.count ? request->sets : outcome->all.count;
    const int exit_status =
        spiral_output_open(&output, SPIRAL_OUTPUT_DATA, request->sets_file, request->inputs);

    if (exit_status != SPIRAL_EXIT_OK)
        return exit_status;
    spiral_inference_write_sets(&outcome->inference, &outcome->all, sets, output.file);
    return spiral_output_close(&output, SPIRAL_EXIT_OK);
}

int spiral_posterior_fit(struct spiral_posterior_outcome *outcome,
                         const struct spiral_posterior_request *request,
                         const struct spiral_pair_panel *panel,
                         const struct spiral_constants *constants)
{
    struct spiral_inference_keeper keeper;
    struct spiral_store *store = NULL;
    struct spiral_prior prior;
    struct spiral_error error;
    enum spiral_status status = make_prior(&prior, &request->vary, &error);

    if (status == SPIRAL_OK)
        status = spiral_inference_create(&outcome->inference, panel, &prior, constants,
                                         &request->settings, &error);
    if (status == SPIRAL_OK && !allocate_means(outcome, panel->count))
        status = spiral_error_set(&error, SPIRAL_NO_MEMORY, "out of memory");
    if (status == SPIRAL_OK && request->store != NULL) {
        status = open_store(&store, request, &outcome->inference, &error);
        keeper = spiral_inference_store_keeper(store);
        outcome->inference.keeper = &keeper;
    }
    if (status == SPIRAL_OK)
        status = fit(outcome, request, &error);
    if (status == SPIRAL_OK && store != NULL)
        status = spiral_inference_store_end(store, &error);
    outcome->inference.keeper = NULL;
    spiral_store_close(store);

    if (status == SPIRAL_OK)
        return write_sets(outcome, request);
    const int exit_status = spiral_complain_error(&error);
    if (status == SPIRAL_STOPPED) {
        if (request->store != NULL)
            spiral_complain("the same command continues from the %zu sets in %s",
                            outcome->inference.count, request->store);
        else
            spiral_complain("nothing is kept without --store FILE");
    }
    return exit_status;
}

void spiral_posterior_outcome_clear(struct spiral_posterior_outcome *outcome)
{
    spiral_inference_sample_clear(&outcome->all);
    if (outcome->inference.panel != NULL)
        spiral_inference_clear(&outcome->inference);
    for (int split = 0; split < SPIRAL_SPLITS; split++)
        for (int event = 0; event < SPIRAL_PANEL_EVENTS; event++)
            free(outcome->mean[split][event]);
}
