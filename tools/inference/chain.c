/* SPDX-License-Identifier: MIT */
#include "tools/inference/chain.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "tools/analysis/linear.h"
#include "tools/design/coordinates.h"
#include "tools/farm/interrupt.h"
#include "tools/inference/likelihood.h"

/* Steps are this, over the root of the number of axes, of the posterior's own width: short enough
 * that about half of them are accepted where the surrogate bends. */
static const double scale_of_steps = 1.8;

/* The information of the windows used about u, and the prior's: by column, both triangles. Force,
 * and war where force came, are Bernoulli, with logits that the surrogate's slopes move. */
static void put_information(double *information, const struct spiral_inference *inference,
                            const bool *used, const double *u, double *outputs, double *slopes)
{
    const size_t axes = inference->prior.count;
    const size_t windows = inference->panel->count;
    const double of_prior = 1.0 / (spiral_prior_deviation * spiral_prior_deviation);

    spiral_surrogate_predict(&inference->surrogate, u, outputs);
    for (size_t a = 0; a < axes; a++)
        spiral_surrogate_slope(&inference->surrogate, u, a, &slopes[a * inference->outputs]);

    for (size_t a = 0; a < axes; a++)
        for (size_t b = 0; b <= a; b++) {
            const double *one = &slopes[a * inference->outputs];
            const double *other = &slopes[b * inference->outputs];
            double sum = a == b ? of_prior : 0.0;
            for (size_t i = 0; i < SPIRAL_PANEL_EVENTS * windows; i++) {
                const double chance = 1.0 / (1.0 + exp(-outputs[i]));
                if (!isnan(inference->observed[i]) && (used == NULL || used[i % windows]))
                    sum += chance * (1.0 - chance) * one[i] * other[i];
            }
            information[a * axes + b] = information[b * axes + a] = sum;
        }
}

enum spiral_status spiral_chain_create(struct spiral_chain *chain,
                                       const struct spiral_inference *inference, const bool *used,
                                       const double *u, uint64_t stream, struct spiral_error *error)
{
    const size_t axes = inference->prior.count;
    double *slopes = calloc(axes * inference->outputs + 1, sizeof *slopes);
    enum spiral_status status = SPIRAL_OK;

    *chain = (struct spiral_chain){.inference = inference,
                                   .used = used,
                                   .factor = calloc(axes * axes, sizeof *chain->factor),
                                   .scale = scale_of_steps / sqrt((double)axes),
                                   .random = spiral_random_seed(inference->settings.seed, stream)};
    if (slopes == NULL || chain->factor == NULL)
        status = spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for a chain");
    else {
        put_information(chain->factor, inference, used, u, inference->scratch, slopes);
        if (!spiral_linear_factor(chain->factor, axes))
            status = spiral_error_set(error, SPIRAL_BAD_INPUT,
                                      "the information of the panel cannot be factored");
    }
    free(slopes);
    return status;
}

void spiral_chain_clear(struct spiral_chain *chain)
{
    free(chain->factor);
    chain->factor = NULL;
}

/* A normal step whose covariance is the inverse of the information L L': L'^-1 z. */
static void draw_step(struct spiral_chain *chain, double *step)
{
    const size_t axes = chain->inference->prior.count;

    for (size_t a = 0; a < axes; a++)
        step[a] = spiral_prior_normal(&chain->random);
    for (size_t a = axes; a-- > 0;) {
        for (size_t b = a + 1; b < axes; b++)
            step[a] -= chain->factor[a * axes + b] * step[b]; /* L[b][a], by column */
        step[a] /= chain->factor[a * axes + a];
    }
}

/* The log posterior of the surrogate. */
static double log_posterior(const struct spiral_chain *chain, const double *u)
{
    const struct spiral_inference *inference = chain->inference;

    spiral_surrogate_predict(&inference->surrogate, u, inference->scratch);
    return spiral_likelihood_score(inference, inference->scratch, chain->used) +
           spiral_prior_log_density(&inference->prior, u);
}

enum spiral_status spiral_chain_move(struct spiral_chain *chain, double *u, size_t steps,
                                     size_t every, double *track, size_t *accepted,
                                     struct spiral_error *error)
{
    const size_t axes = chain->inference->prior.count;
    double here = log_posterior(chain, u);
    double step[SPIRAL_CONSTANTS];
    double next[SPIRAL_CONSTANTS];

    *accepted = 0;
    for (size_t k = 0; k < steps; k++) {
        bool inside = true;

        if (k % 256 == 0 && spiral_interrupted())
            return spiral_error_set(error, SPIRAL_STOPPED, "stopped %s", spiral_interrupt_reason());
        draw_step(chain, step);
        for (size_t a = 0; a < axes; a++) {
            next[a] = u[a] + chain->scale * step[a];
            inside = inside && next[a] >= 0.0 && next[a] <= 1.0;
        }

        const double threshold = log(1.0 - spiral_design_uniform(&chain->random));
        const double there = inside ? log_posterior(chain, next) : -INFINITY;
        if (threshold < there - here) {
            memcpy(u, next, axes * sizeof *u);
            here = there;
            (*accepted)++;
        }
        if (every > 0 && k % every == 0)
            memcpy(&track[k / every * axes], u, axes * sizeof *u);
    }
    return SPIRAL_OK;
}
