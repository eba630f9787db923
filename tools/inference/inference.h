/* SPDX-License-Identifier: MIT
 *
 * The posterior of the constants, given a panel: sets that the record cannot tell apart.
 *
 * Likelihood. A window has no force, force without war, or war: force is Bernoulli, and so is war
 * where force came. The chances under a set of constants are estimated by the compensator
 * (tools/panel/compensator.h) over a few runs with the same draws for every set, so that the
 * likelihood is a function of the set alone. Prior: prior.h. The stylised facts are soft bounds
 * (soft_bounds.h).
 *
 * A set costs a second or so, and there are dozens of constants. So a surrogate of every window's
 * logit (surrogate.h) is trained where the posterior lies: first about the reference set, from one
 * step along each constant; then in three rounds at points of a chain on the surrogate of the round
 * before. The sample is a Markov chain whose proposals are the ends of long Metropolis subchains on
 * the surrogate, accepted by the true likelihood against the surrogate's (surrogate transition, Liu
 * 2001, section 9.4.3; delayed acceptance, Christen and Fox 2005). It therefore has the posterior of
 * the model, however good the surrogate is: that only decides how many proposals are accepted.
 *
 * Everything follows from the request, the seed included; threads and interrupts decide nothing. An
 * evaluation that a keeper has is not made again, so that an interrupted sample goes on by repeating
 * its steps.
 *
 * J. S. Liu, "Monte Carlo Strategies in Scientific Computing" (2001). J. A. Christen, C. Fox, "Markov
 * chain Monte Carlo using an approximation", Journal of Computational and Graphical Statistics 14
 * (2005), 795-810.
 */
#ifndef SPIRAL_INFERENCE_INFERENCE_H
#define SPIRAL_INFERENCE_INFERENCE_H

#include "tools/farm/progress.h"
#include "tools/inference/prior.h"
#include "tools/inference/soft_bounds.h"
#include "tools/inference/surrogate.h"
#include "tools/panel/forecast.h"

struct spiral_inference_settings {
    uint64_t runs;   /* of each window at a set */
    uint64_t facts;  /* runs of each ensemble of the stylised facts; 0: not held to them */
    uint64_t seed;   /* of the runs and of the chains */
    double dt;       /* years of a step; 0: the scenarios' own */
    size_t training; /* sets of the three rounds together, for each free constant */
    int threads;     /* 0: one a processor */
    bool progress;   /* a line on stderr */
};
struct spiral_inference_settings spiral_inference_defaults(void);

/* Keeps evaluations by their number. Outputs are of the inference. */
struct spiral_inference_keeper {
    void *context;
    /* Reads evaluation `number`; *found is false where it is not there. SPIRAL_BAD_INPUT where it
     * is of another point. */
    enum spiral_status (*load)(void *context, size_t number, const double *point, size_t axes,
                               float *outputs, size_t count, bool *found,
                               struct spiral_error *error);
    enum spiral_status (*save)(void *context, size_t number, const double *point, size_t axes,
                               const float *outputs, size_t count, struct spiral_error *error);
};

/* What a round of training showed. */
enum { SPIRAL_INFERENCE_ROUNDS = 3 };
struct spiral_inference_round {
    size_t points;     /* run in the round */
    double acceptance; /* of the chain on the surrogate */
    double difference; /* true log likelihood less the surrogate's at the round's points: mean */
    double deviation;  /* and standard deviation */
    double residual;   /* root mean square of the surrogate fitted after the round, in logits */
};

struct spiral_inference {
    const struct spiral_pair_panel *panel; /* not owned */
    struct spiral_prior prior;
    struct spiral_constants
        constants; /* the reference: of the constants that are not free, the value */
    struct spiral_inference_settings settings;
    const struct spiral_inference_keeper *keeper; /* not owned; NULL: none */
    struct spiral_soft_bounds bounds;
    size_t outputs;   /* force of each window, war given force of each, then the places of facts */
    double *observed; /* [2 * windows], owned, in the same order: 1, 0, NAN */

    /* Sets at which the model was run; the first is the reference. */
    size_t count;
    size_t room;
    double *points; /* [count * axes], owned: coordinates */
    float *results; /* [count * outputs], owned: logits of the two chances, places of facts */

    struct spiral_surrogate surrogate;
    struct spiral_inference_round rounds[SPIRAL_INFERENCE_ROUNDS];
    struct spiral_progress progress;
    double *scratch; /* [3 * outputs], owned */
};

/* A sample: sets in the order of the chain, the same one again where a proposal was rejected. */
struct spiral_inference_sample {
    size_t count;
    size_t *set;        /* [count], owned: among the inference's points */
    double *likelihood; /* [count], owned: log likelihood of force and war, over the windows used */
    double acceptance;  /* share of proposals */
    double *mean[SPIRAL_PANEL_EVENTS]; /* [windows], owned: mean chance over the sample */
};

/* Prepares an inference. The axes of the prior are at least one. Facts load their cases:
 * SPIRAL_BAD_INPUT where one is missing; SPIRAL_BAD_INPUT without LAPACKE or known outcomes;
 * SPIRAL_NO_MEMORY. The caller clears it in any case. */
enum spiral_status spiral_inference_create(struct spiral_inference *inference,
                                           const struct spiral_pair_panel *panel,
                                           const struct spiral_prior *prior,
                                           const struct spiral_constants *constants,
                                           const struct spiral_inference_settings *settings,
                                           struct spiral_error *error);
void spiral_inference_clear(struct spiral_inference *inference);

/* How many sets the training runs. */
size_t spiral_inference_training(const struct spiral_inference *inference);

/* Trains the surrogate. SPIRAL_STOPPED after an interrupt; what the keeper and the model say. */
enum spiral_status spiral_inference_train(struct spiral_inference *inference,
                                          struct spiral_error *error);

/* Proposals of a chain that are made and not kept before its sample. */
enum { SPIRAL_INFERENCE_BURN_IN = 20 };

/* Samples `count` sets given the windows used[window] (NULL: all). `chain` is a number of its own
 * for each sample that is drawn. The same statuses. The caller clears *sample in any case. */
enum spiral_status spiral_inference_sample(struct spiral_inference_sample *sample,
                                           struct spiral_inference *inference, size_t count,
                                           const bool *used, uint64_t chain, const char *phase,
                                           struct spiral_error *error);
void spiral_inference_sample_clear(struct spiral_inference_sample *sample);

/* The coordinates of a set of a sample. */
const double *spiral_inference_point(const struct spiral_inference *inference,
                                     const struct spiral_inference_sample *sample, size_t i);

/* The log likelihood of force and war at an evaluated set, over the windows used (NULL: all). */
double spiral_inference_likelihood(const struct spiral_inference *inference, size_t set,
                                   const bool *used);

/* How many independent sets a sample is worth for one axis: the count over one plus twice the sum
 * of its autocorrelations, as far as sums of neighbours are positive (Geyer 1992). */
double spiral_inference_effective(const struct spiral_inference *inference,
                                  const struct spiral_inference_sample *sample, size_t axis);

/* The quantile of a sample in an axis, as a value of its constant. */
double spiral_inference_quantile(const struct spiral_inference *inference,
                                 const struct spiral_inference_sample *sample, size_t axis,
                                 double share);

/* The standard deviation of a sample in the coordinates of an axis. */
double spiral_inference_deviation(const struct spiral_inference *inference,
                                  const struct spiral_inference_sample *sample, size_t axis);

#endif
