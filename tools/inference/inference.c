/* SPDX-License-Identifier: MIT
 *
 * An inference: its memory, and running the model at a set of constants.
 */
#include "tools/inference/inference.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "tools/farm/interrupt.h"
#include "tools/inference/likelihood.h"

/* Chances are kept this far from 0 and 1, so that their logits are finite: a chance of 1 in 5,000 in
 * ten years is next to none. */
static const double least_chance = 2e-4;

/* Runs with the panel's share of wars among its forces that fill up those of a window. */
static const double runs_of_all = 0.5;

struct spiral_inference_settings spiral_inference_defaults(void)
{
    return (struct spiral_inference_settings){
        .runs = 64, .facts = 512, .seed = 1, .dt = 0.25, .training = 35};
}

static size_t events_of(const struct spiral_inference *inference)
{
    return SPIRAL_PANEL_EVENTS * inference->panel->count;
}

/* Puts the outcomes beside the logits, and counts those that are known. War is force, and where
 * there was no force, that there was no war says nothing more. */
static size_t put_observed(struct spiral_inference *inference)
{
    const size_t windows = inference->panel->count;
    size_t known = 0;

    for (size_t w = 0; w < windows; w++) {
        const struct spiral_panel_window *window = &inference->panel->windows[w];
        const double war = spiral_panel_outcome(window, SPIRAL_PANEL_WAR);
        const double force = war > 0.0 ? 1.0 : spiral_panel_outcome(window, SPIRAL_PANEL_FORCE);

        inference->observed[SPIRAL_PANEL_FORCE * windows + w] = force;
        inference->observed[SPIRAL_PANEL_WAR * windows + w] = force > 0.0 ? war : NAN;
        known += isnan(force) ? 0 : 1;
    }
    return known;
}

enum spiral_status spiral_inference_create(struct spiral_inference *inference,
                                           const struct spiral_pair_panel *panel,
                                           const struct spiral_prior *prior,
                                           const struct spiral_constants *constants,
                                           const struct spiral_inference_settings *settings,
                                           struct spiral_error *error)
{
    double places[SPIRAL_SOFT_MOST];
    enum spiral_status status = SPIRAL_OK;

    *inference = (struct spiral_inference){.panel = panel,
                                           .prior = *prior,
                                           .constants = *constants,
                                           .settings = *settings};
    spiral_progress_start(&inference->progress, settings->progress ? "posterior" : NULL);
    inference->observed = calloc(events_of(inference) + 1, sizeof *inference->observed);
    if (inference->observed == NULL)
        return spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for the posterior");
    if (put_observed(inference) == 0)
        return spiral_error_set(error, SPIRAL_BAD_INPUT,
                                "no outcome is known in this table: nothing can be learnt from it");

    /* The reference is within the prior, so that it can be a point of the chain. */
    for (size_t a = 0; a < prior->count; a++) {
        const struct spiral_prior_axis *axis = &prior->axes[a];
        double *value = spiral_constant_at(&inference->constants, axis->constant);
        *value = spiral_prior_value(axis, spiral_prior_coordinate(axis, *value));
    }

    /* Facts are measured once to learn how many places they have. */
    if (settings->facts > 0)
        status = spiral_soft_bounds_create(&inference->bounds, settings->facts, settings->seed,
                                           settings->threads, error);
    if (status == SPIRAL_OK && settings->facts > 0)
        status =
            spiral_soft_bounds_measure(&inference->bounds, &inference->constants, places, error);
    if (status != SPIRAL_OK)
        return status;

    inference->outputs = events_of(inference) + inference->bounds.count;
    inference->scratch = calloc(3 * inference->outputs + 1, sizeof *inference->scratch);
    return inference->scratch != NULL
               ? SPIRAL_OK
               : spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for the posterior");
}

void spiral_inference_clear(struct spiral_inference *inference)
{
    spiral_progress_wipe(&inference->progress);
    spiral_soft_bounds_clear(&inference->bounds);
    spiral_surrogate_clear(&inference->surrogate);
    free(inference->observed);
    free(inference->points);
    free(inference->results);
    free(inference->scratch);
    *inference = (struct spiral_inference){.panel = NULL};
}

/* --- the likelihood --------------------------------------------------------------------------- */

/* log(1 + exp(x)) without overflow. */
static double softplus(double x) { return x > 0.0 ? x + log1p(exp(-x)) : log1p(exp(x)); }

double spiral_likelihood_of(const struct spiral_inference *inference, const double *outputs,
                            const bool *used)
{
    const size_t windows = inference->panel->count;
    double sum = 0.0;

    for (size_t i = 0; i < events_of(inference); i++) {
        const double observed = inference->observed[i];
        if (isnan(observed) || (used != NULL && !used[i % windows]))
            continue;
        sum += observed * outputs[i] - softplus(outputs[i]);
    }
    return sum;
}

double spiral_likelihood_score(const struct spiral_inference *inference, const double *outputs,
                               const bool *used)
{
    const size_t events = events_of(inference);
    double reference[SPIRAL_SOFT_MOST];

    for (size_t i = 0; i < inference->bounds.count; i++)
        reference[i] = (double)inference->results[events + i];
    return spiral_likelihood_of(inference, outputs, used) -
           spiral_soft_bounds_penalty(&inference->bounds, &outputs[events], reference);
}

void spiral_likelihood_results(const struct spiral_inference *inference, size_t set,
                               double *outputs)
{
    for (size_t i = 0; i < inference->outputs; i++)
        outputs[i] = (double)inference->results[set * inference->outputs + i];
}

double spiral_inference_likelihood(const struct spiral_inference *inference, size_t set,
                                   const bool *used)
{
    spiral_likelihood_results(inference, set, inference->scratch);
    return spiral_likelihood_of(inference, inference->scratch, used);
}

/* --- evaluations ------------------------------------------------------------------------------ */

static enum spiral_status make_room(struct spiral_inference *inference, struct spiral_error *error)
{
    if (inference->count < inference->room)
        return SPIRAL_OK;
    const size_t room = inference->room > 0 ? 2 * inference->room : 64;
    double *points =
        realloc(inference->points, room * inference->prior.count * sizeof *inference->points);
    if (points != NULL)
        inference->points = points;
    float *results =
        realloc(inference->results, room * inference->outputs * sizeof *inference->results);
    if (results != NULL)
        inference->results = results;
    if (points == NULL || results == NULL)
        return spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for %zu sets of constants",
                                room);
    inference->room = room;
    return SPIRAL_OK;
}

static float logit_of(double chance)
{
    const double inside = fmin(fmax(chance, least_chance), 1.0 - least_chance);

    return (float)log(inside / (1.0 - inside));
}

/* Puts the logits of force in each window, and of war where force came. A window's few runs may
 * hardly reach force: its share of war is that of its own runs and of `runs_of_all` more that have
 * the share of the whole panel. */
static void put_logits(const struct spiral_panel_counts *counts, float *outputs)
{
    const double *force = counts->estimate[SPIRAL_PANEL_FORCE];
    const double *war = counts->estimate[SPIRAL_PANEL_WAR];
    const double runs = (double)counts->runs;
    double forces = 0.0;
    double wars = 0.0;

    for (size_t w = 0; w < counts->windows; w++) {
        forces += force[w];
        wars += war[w];
    }
    const double of_all = forces > 0.0 ? wars / forces : 0.0;

    for (size_t w = 0; w < counts->windows; w++) {
        const double share =
            (war[w] * runs + of_all * runs_of_all) / (force[w] * runs + runs_of_all);
        outputs[SPIRAL_PANEL_FORCE * counts->windows + w] = logit_of(force[w]);
        outputs[SPIRAL_PANEL_WAR * counts->windows + w] = logit_of(share);
    }
}

/* Runs the panel and the facts at a point. */
static enum spiral_status run_model(struct spiral_inference *inference, const double *u,
                                    bool measure_facts, float *outputs, struct spiral_error *error)
{
    const size_t windows = inference->panel->count;
    const struct spiral_inference_settings *settings = &inference->settings;
    struct spiral_constants constants = inference->constants;
    struct spiral_panel_counts counts = {.windows = 0};
    double places[SPIRAL_SOFT_MOST];

    spiral_prior_put(&inference->prior, u, &constants);
    const struct spiral_panel_run run = {.runs = settings->runs,
                                         .seed = settings->seed,
                                         .threads = settings->threads,
                                         .constants = &constants,
                                         .estimator = SPIRAL_PANEL_COMPENSATOR,
                                         .dt = settings->dt};
    enum spiral_status status = spiral_panel_forecast(&counts, inference->panel, &run, error);

    if (status == SPIRAL_OK)
        put_logits(&counts, outputs);
    spiral_panel_counts_clear(&counts);

    if (status == SPIRAL_OK && settings->facts > 0 && measure_facts)
        status = spiral_soft_bounds_measure(&inference->bounds, &constants, places, error);
    else if (status == SPIRAL_OK && settings->facts > 0) {
        spiral_surrogate_predict(&inference->surrogate, u, inference->scratch);
        memcpy(places, &inference->scratch[SPIRAL_PANEL_EVENTS * windows],
               inference->bounds.count * sizeof *places);
    }
    for (size_t i = 0; i < inference->bounds.count && status == SPIRAL_OK; i++)
        outputs[SPIRAL_PANEL_EVENTS * windows + i] = (float)places[i];
    return status;
}

enum spiral_status spiral_likelihood_evaluate(struct spiral_inference *inference, const double *u,
                                              bool measure_facts, struct spiral_error *error)
{
    const struct spiral_inference_keeper *keeper = inference->keeper;
    const size_t axes = inference->prior.count;
    enum spiral_status status = make_room(inference, error);
    bool found = false;

    if (status != SPIRAL_OK)
        return status;
    float *outputs = &inference->results[inference->count * inference->outputs];
    if (keeper != NULL)
        status = keeper->load(keeper->context, inference->count, u, axes, outputs,
                              inference->outputs, &found, error);
    if (status == SPIRAL_OK && !found) {
        status = spiral_interrupted() ? spiral_error_set(error, SPIRAL_STOPPED, "stopped %s",
                                                         spiral_interrupt_reason())
                                      : run_model(inference, u, measure_facts, outputs, error);
        if (status == SPIRAL_OK && keeper != NULL)
            status = keeper->save(keeper->context, inference->count, u, axes, outputs,
                                  inference->outputs, error);
    }
    if (status != SPIRAL_OK)
        return status;

    memcpy(&inference->points[inference->count * axes], u, axes * sizeof *u);
    inference->count++;

    const uint64_t runs = inference->settings.runs * inference->panel->count;
    inference->progress.items_done++;
    inference->progress.runs += runs;
    inference->progress.runs_before += found ? runs : 0;
    spiral_progress_show(&inference->progress);
    return SPIRAL_OK;
}
