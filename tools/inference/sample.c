/* SPDX-License-Identifier: MIT
 *
 * Training the surrogate, and the sample.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "tools/design/coordinates.h"
#include "tools/farm/interrupt.h"
#include "tools/inference/chain.h"
#include "tools/inference/likelihood.h"

/* How far the first design steps along each constant, in coordinates. */
static const double design_step = 0.08;

/* How the sets of the training are shared among the rounds. */
static const double round_share[SPIRAL_INFERENCE_ROUNDS] = {0.2, 0.314, 0.486};

/* Steps of a training chain for each of its points, and between two that may become one; steps of a
 * subchain. */
enum { STEPS_PER_POINT = 240, STEPS_BETWEEN = 20, SUBCHAIN = 1000 };

/* Ridges: of the first surrogate, through as many points as it has terms, and of the others. */
static const double ridge_of_first = 1e-6;
static const double ridge_of_others = 1e-4;

static size_t round_points(const struct spiral_inference *inference, int round)
{
    const double sets = (double)(inference->settings.training * inference->prior.count);
    const size_t points = (size_t)(round_share[round] * sets + 0.5);

    return points > 0 ? points : 1;
}

size_t spiral_inference_training(const struct spiral_inference *inference)
{
    size_t sets = 1 + inference->prior.count;

    for (int round = 0; round < SPIRAL_INFERENCE_ROUNDS; round++)
        sets += round_points(inference, round);
    return sets;
}

static enum spiral_status fit_surrogate(struct spiral_inference *inference,
                                        const struct spiral_surrogate_fit *fit,
                                        struct spiral_error *error)
{
    spiral_surrogate_clear(&inference->surrogate);
    return spiral_surrogate_create(&inference->surrogate, inference->points, inference->results,
                                   inference->count, inference->prior.count, inference->outputs,
                                   fit, error);
}

/* --- training --------------------------------------------------------------------------------- */

/* The reference, and a step from it along each constant, towards the middle where it is near the
 * upper end. */
static enum spiral_status run_design(struct spiral_inference *inference, struct spiral_error *error)
{
    const size_t axes = inference->prior.count;
    double reference[SPIRAL_CONSTANTS] = {0.0};
    double u[SPIRAL_CONSTANTS];

    for (size_t a = 0; a < axes; a++) {
        const struct spiral_prior_axis *axis = &inference->prior.axes[a];
        reference[a] = spiral_prior_coordinate(axis, *spiral_constant_at(&inference->constants,
                                                                         axis->constant));
    }
    enum spiral_status status = spiral_likelihood_evaluate(inference, reference, true, error);

    for (size_t a = 0; a < axes && status == SPIRAL_OK; a++) {
        memcpy(u, reference, sizeof u);
        u[a] += u[a] < 0.9 ? design_step : -design_step;
        status = spiral_likelihood_evaluate(inference, u, true, error);
    }
    return status;
}

/* Runs the model at points of a chain's track, evenly spaced after its first tenth, and notes how
 * far the surrogate was off there. */
static enum spiral_status run_track(struct spiral_inference *inference, const double *track,
                                    size_t tracked, struct spiral_inference_round *round,
                                    struct spiral_error *error)
{
    const size_t axes = inference->prior.count;
    const size_t first = tracked / 10;
    double sum = 0.0;
    double square = 0.0;
    enum spiral_status status = SPIRAL_OK;

    for (size_t i = 0; i < round->points && status == SPIRAL_OK; i++) {
        const size_t at = round->points > 1
                              ? first + i * (tracked - 1 - first) / (round->points - 1)
                              : tracked - 1;
        const double *u = &track[at * axes];
        status = spiral_likelihood_evaluate(inference, u, true, error);
        if (status != SPIRAL_OK)
            break;

        double *guess = inference->scratch;
        double *truth = inference->scratch + inference->outputs;
        spiral_surrogate_predict(&inference->surrogate, u, guess);
        spiral_likelihood_results(inference, inference->count - 1, truth);
        const double off = spiral_likelihood_score(inference, truth, NULL) -
                           spiral_likelihood_score(inference, guess, NULL);
        sum += off;
        square += off * off;
    }
    round->difference = sum / (double)round->points;
    round->deviation =
        sqrt(fmax(square / (double)round->points - round->difference * round->difference, 0.0));
    return status;
}

/* A round: a chain on the surrogate, sets of its track, a new surrogate. */
static enum spiral_status run_round(struct spiral_inference *inference, int number, double *u,
                                    struct spiral_error *error)
{
    static const struct spiral_surrogate_fit fit = {.squares = true, .ridge = ridge_of_others};
    struct spiral_inference_round *round = &inference->rounds[number];
    const size_t axes = inference->prior.count;
    const size_t points = round->points = round_points(inference, number);
    const size_t steps = points * STEPS_PER_POINT;
    const size_t tracked = steps / STEPS_BETWEEN;
    double *track = calloc(tracked * axes, sizeof *track);
    struct spiral_chain chain = {.factor = NULL};
    size_t accepted = 0;
    enum spiral_status status =
        track != NULL ? spiral_chain_create(&chain, inference, NULL, inference->points,
                                            (uint64_t)number + 1, error)
                      : spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for a chain");

    if (status == SPIRAL_OK)
        status = spiral_chain_move(&chain, u, steps, STEPS_BETWEEN, track, &accepted, error);
    round->acceptance = (double)accepted / (double)steps;
    if (status == SPIRAL_OK)
        status = run_track(inference, track, tracked, round, error);
    if (status == SPIRAL_OK)
        status = fit_surrogate(inference, &fit, error);
    round->residual = inference->surrogate.residual;
    spiral_chain_clear(&chain);
    free(track);
    return status;
}

enum spiral_status spiral_inference_train(struct spiral_inference *inference,
                                          struct spiral_error *error)
{
    const size_t axes = inference->prior.count;
    struct spiral_progress *progress = &inference->progress;
    const struct spiral_surrogate_fit first = {.centre = NULL, .ridge = ridge_of_first};
    double u[SPIRAL_CONSTANTS];

    spiral_progress_begin_phase(progress,
                                spiral_inference_training(inference) * inference->panel->count *
                                    inference->settings.runs,
                                "training");
    progress->items = "sets";
    progress->items_done = 0;
    progress->item_count = spiral_inference_training(inference);
    enum spiral_status status = run_design(inference, error);

    if (status == SPIRAL_OK) {
        struct spiral_surrogate_fit about = first;
        about.centre = inference->points;
        status = fit_surrogate(inference, &about, error);
    }
    for (int round = 0; round < SPIRAL_INFERENCE_ROUNDS && status == SPIRAL_OK; round++) {
        const double *from = &inference->points[(round == 0 ? 0 : inference->count - 1) * axes];
        for (size_t a = 0; a < axes; a++)
            u[a] = fmin(fmax(from[a], 0.01), 0.99);
        status = run_round(inference, round, u, error);
    }
    return status;
}

/* --- the sample ------------------------------------------------------------------------------- */

/* Where a sample's chain is: a point, its evaluation, and by how much its true log likelihood is
 * above the surrogate's. What the facts cost is the surrogate's on both sides: a regression over all
 * the sets of the training knows the place of a fact better than the few runs of one set do, whose
 * noise would hold the chain where it was lucky. */
struct place {
    double u[SPIRAL_CONSTANTS];
    size_t set;
    double above;
};

static double likelihood_above(const struct spiral_inference *inference, const bool *used,
                               const struct place *place)
{
    double *guess = inference->scratch;
    double *truth = inference->scratch + inference->outputs;

    spiral_surrogate_predict(&inference->surrogate, place->u, guess);
    spiral_likelihood_results(inference, place->set, truth);
    return spiral_likelihood_of(inference, truth, used) -
           spiral_likelihood_of(inference, guess, used);
}

/* The best of the sets of the training, by true likelihood and prior. */
static struct place find_best(const struct spiral_inference *inference, const bool *used)
{
    const size_t axes = inference->prior.count;
    const size_t sets = spiral_inference_training(inference);
    struct place best = {.set = 0};
    double highest = -INFINITY;

    for (size_t set = 0; set < sets; set++) {
        const double *u = &inference->points[set * axes];
        spiral_likelihood_results(inference, set, inference->scratch);
        const double score = spiral_likelihood_score(inference, inference->scratch, used) +
                             spiral_prior_log_density(&inference->prior, u);
        if (score > highest) {
            highest = score;
            best.set = set;
        }
    }
    memcpy(best.u, &inference->points[best.set * axes], axes * sizeof *best.u);
    best.above = likelihood_above(inference, used, &best);
    return best;
}

/* One proposal: the end of a subchain. Whether it was accepted. */
static enum spiral_status propose(struct spiral_inference *inference, struct spiral_chain *chain,
                                  struct place *place, bool *accepted, struct spiral_error *error)
{
    struct place next = *place;
    size_t moved;
    enum spiral_status status = spiral_chain_move(chain, next.u, SUBCHAIN, 0, NULL, &moved, error);
    const double threshold = log(1.0 - spiral_design_uniform(&chain->random));

    if (status == SPIRAL_OK)
        status = spiral_likelihood_evaluate(inference, next.u, false, error);
    if (status != SPIRAL_OK)
        return status;
    next.set = inference->count - 1;
    next.above = likelihood_above(inference, chain->used, &next);
    *accepted = threshold < next.above - place->above;
    if (*accepted)
        *place = next;
    return SPIRAL_OK;
}

static void keep_place(struct spiral_inference_sample *sample,
                       const struct spiral_inference *inference, const bool *used,
                       const struct place *place, size_t wanted)
{
    const size_t windows = inference->panel->count;

    const double *logits = inference->scratch;

    spiral_likelihood_results(inference, place->set, inference->scratch);
    for (size_t w = 0; w < windows; w++) {
        const double force = 1.0 / (1.0 + exp(-logits[SPIRAL_PANEL_FORCE * windows + w]));
        const double war = force / (1.0 + exp(-logits[SPIRAL_PANEL_WAR * windows + w]));
        sample->mean[SPIRAL_PANEL_FORCE][w] += force / (double)wanted;
        sample->mean[SPIRAL_PANEL_WAR][w] += war / (double)wanted;
    }
    sample->likelihood[sample->count] = spiral_likelihood_of(inference, inference->scratch, used);
    sample->set[sample->count++] = place->set;
}

enum spiral_status spiral_inference_sample(struct spiral_inference_sample *sample,
                                           struct spiral_inference *inference, size_t count,
                                           const bool *used, uint64_t chain_number,
                                           const char *phase, struct spiral_error *error)
{
    const size_t windows = inference->panel->count;
    const size_t tries = count + SPIRAL_INFERENCE_BURN_IN;
    struct place place = find_best(inference, used);
    struct spiral_chain chain = {.factor = NULL};
    size_t accepted = 0;

    *sample = (struct spiral_inference_sample){.set = calloc(count + 1, sizeof *sample->set),
                                               .likelihood =
                                                   calloc(count + 1, sizeof *sample->likelihood)};
    bool good = sample->set != NULL && sample->likelihood != NULL;
    for (int event = 0; event < SPIRAL_PANEL_EVENTS; event++) {
        sample->mean[event] = calloc(windows + 1, sizeof *sample->mean[event]);
        good = good && sample->mean[event] != NULL;
    }
    enum spiral_status status =
        good ? spiral_chain_create(&chain, inference, used, place.u,
                                   SPIRAL_INFERENCE_ROUNDS + 1 + chain_number, error)
             : spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for a sample of %zu", count);

    spiral_progress_begin_phase(&inference->progress, tries * windows * inference->settings.runs,
                                "%s", phase);
    inference->progress.items_done = 0;
    inference->progress.item_count = tries;
    for (size_t t = 0; t < tries && status == SPIRAL_OK; t++) {
        bool moved = false;
        status = propose(inference, &chain, &place, &moved, error);
        accepted += moved ? 1 : 0;
        if (status == SPIRAL_OK && t >= SPIRAL_INFERENCE_BURN_IN)
            keep_place(sample, inference, used, &place, count);
        snprintf(inference->progress.note, sizeof inference->progress.note, "%.0f %% accepted",
                 100.0 * (double)accepted / (double)(t + 1));
    }
    sample->acceptance = (double)accepted / (double)tries;
    spiral_chain_clear(&chain);
    return status;
}

void spiral_inference_sample_clear(struct spiral_inference_sample *sample)
{
    free(sample->set);
    free(sample->likelihood);
    for (int event = 0; event < SPIRAL_PANEL_EVENTS; event++)
        free(sample->mean[event]);
    *sample = (struct spiral_inference_sample){.count = 0};
}
