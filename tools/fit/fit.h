/* SPDX-License-Identifier: MIT
 *
 * Calibration: numbers of the model fitted to observed hostility, over several cases at once.
 *
 * What is minimised is the mean over cases of the score of their forecasts (tools/result/score.h):
 * by calendar year and rival, an ensemble's shares of runs by highest level against the highest
 * level observed. Both scores are proper: the true forecast scores best in expectation, so neither
 * too much nor too little confidence pays (Gneiting and Raftery 2007). The log score, the default,
 * is the mean of -ln(probability of what happened): one likelihood per year, as if years were
 * independent given the constants. They are not, least of all where war ends the peace; so years
 * count for less, by a design effect that is estimated from the model's own histories
 * (spiral_target_measure_dependence). The Brier score penalises an event that was thought
 * impossible less heavily. Each case has the same weight, however long it is. Only the observed
 * hostility is fitted, unless the stylised facts are fitted too (stylised.h).
 *
 * All points are run on the same streams (common random numbers), so that the distance is a
 * function of the point alone; scores are reported from other streams.
 *
 * Coordinates. An axis is a range, linear or logarithmic; its coordinate u runs over 0..1 on its
 * scale. Its prior is uniform in u, or a normal about the coordinate of the present value, cut
 * to 0..1, with the deviation `width`. Particles have latent coordinates z, in which the prior
 * is the standard normal: u is the prior's quantile of the normal distribution function of z. A
 * step in z never leaves the range.
 *
 * Two methods share these terms: a local search (search.h) and approximate Bayesian computation
 * (smc.h). Both take any distance; that of the model comes from a target (target.h).
 */
#ifndef SPIRAL_FIT_FIT_H
#define SPIRAL_FIT_FIT_H

#include "tools/experiment/experiment.h"

/* What is fitted. */
struct spiral_fit_space {
    size_t count;                   /* axes, at most SPIRAL_MAX_AXES */
    const struct spiral_axis *axes; /* ranges; not owned */
    double width;                   /* of the prior, in units of the range; 0: uniform */
    const double *centre; /* [axis] of the prior: present coordinates; not owned; NULL: uniform */
};

/* Calculates the distances of `count` points, values[point * axes + axis], from the target: smaller
 * is better. */
typedef enum spiral_status spiral_fit_distance(void *context, const double *values, size_t count,
                                               double *distance, struct spiral_error *error);

/* A fit's problem. */
struct spiral_fit_problem {
    struct spiral_fit_space space;
    spiral_fit_distance *distance;
    void *context;
};

/* Values, [axis], from coordinates 0..1 and from latent ones. */
void spiral_fit_values(const struct spiral_fit_space *space, const double *coordinate,
                       double *value);
void spiral_fit_values_of_latent(const struct spiral_fit_space *space, const double *latent,
                                 double *value);
/* The latent coordinate of a coordinate of the uniform distribution: for designs. */
double spiral_fit_latent(double uniform);

/* -ln of the prior's density at coordinates, but for a constant: 0 where it is uniform. */
double spiral_fit_penalty(const struct spiral_fit_space *space, const double *coordinate);

/* The settings of a fit, by name. */
struct spiral_fit_setting {
    const char *name;
    const char *argument;
    const char *doc;
    double value; /* default and bounds */
    double low;   /* default and bounds */
    double high;  /* default and bounds */
    bool whole;
};
enum {
#define SPIRAL_FIT_SETTING(name, ...) SPIRAL_FIT_##name,
#include "tools/fit/settings.def"
    SPIRAL_FIT_SETTINGS
};
extern const struct spiral_fit_setting spiral_fit_settings[SPIRAL_FIT_SETTINGS];

/* The default axes, as --vary takes them: "k.encircle=0.8:8:log". Ended by NULL. */
extern const char *const spiral_fit_axes[];

#endif
