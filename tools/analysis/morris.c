/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <stdlib.h>

#include "tools/analysis/statistics.h"

struct effects {
    const double *effect; /* [trajectory * factors + factor] */
    size_t factors;
};

/* values: mu, mu*, sigma of each factor in turn. */
static void effect_moments(const void *context, const size_t *pick, size_t count, double *values)
{
    const struct effects *effects = context;

    for (size_t f = 0; f < effects->factors; f++) {
        double sum = 0.0;
        double absolute = 0.0;
        double squares = 0.0;

        for (size_t i = 0; i < count; i++) {
            const double effect = effects->effect[pick[i] * effects->factors + f];
            sum += effect;
            absolute += fabs(effect);
        }

        const double mu = sum / (double)count;
        for (size_t i = 0; i < count; i++) {
            const double deviation = effects->effect[pick[i] * effects->factors + f] - mu;
            squares += deviation * deviation;
        }

        values[3 * f] = mu;
        values[3 * f + 1] = absolute / (double)count;
        values[3 * f + 2] = sqrt(squares / (double)(count - 1));
    }
}

/* The factor in which two neighbouring points differ, or `factors` where it is not one. */
static size_t find_changed_factor(const double *from, const double *to, size_t factors)
{
    size_t found = factors;

    for (size_t f = 0; f < factors; f++) {
        if (from[f] == to[f])
            continue;
        if (found < factors)
            return factors;
        found = f;
    }

    return found;
}

/* Fills effect[trajectory * factors + factor]; each factor must change once. */
static enum spiral_status find_effects(double *effect, const double *x, const double *y,
                                       size_t trajectories, size_t factors,
                                       struct spiral_error *error)
{
    for (size_t t = 0; t < trajectories; t++) {
        double *row = &effect[t * factors];
        for (size_t f = 0; f < factors; f++)
            row[f] = NAN;

        for (size_t step = 0; step < factors; step++) {
            const size_t p = t * (factors + 1) + step;
            const double *from = &x[p * factors];
            const double *to = from + factors;
            const size_t f = find_changed_factor(from, to, factors);

            if (f == factors || !isnan(row[f]))
                return spiral_error_set(error, SPIRAL_BAD_INPUT,
                                        "trajectory %zu does not change each factor once, one "
                                        "after the other: points %zu and %zu",
                                        t, p, p + 1);
            row[f] = (y[p + 1] - y[p]) / (to[f] - from[f]);
        }
    }

    return SPIRAL_OK;
}

enum spiral_status spiral_analysis_morris(struct spiral_elementary_effect *effects, const double *x,
                                          const double *y, size_t trajectories, size_t factors,
                                          const struct spiral_resampling *resampling,
                                          struct spiral_error *error)
{
    if (trajectories < 2)
        return spiral_error_set(error, SPIRAL_BAD_INPUT,
                                "elementary effects need at least 2 trajectories, not %zu",
                                trajectories);

    enum spiral_status status =
        spiral_outcomes_check(y, trajectories * (factors + 1), false, error);

    if (status != SPIRAL_OK)
        return status;

    double *effect = malloc(trajectories * factors * sizeof *effect);
    struct spiral_estimate *estimates = malloc(3 * factors * sizeof *estimates);
    const struct effects context = {.effect = effect, .factors = factors};

    if (effect == NULL || estimates == NULL)
        status = spiral_error_set(error, SPIRAL_NO_MEMORY,
                                  "no memory for the effects of %zu trajectories", trajectories);
    if (status == SPIRAL_OK)
        status = find_effects(effect, x, y, trajectories, factors, error);
    if (status == SPIRAL_OK)
        status = spiral_bootstrap(estimates, 3 * factors, effect_moments, &context, trajectories,
                                  resampling, error);
    for (size_t f = 0; f < factors && status == SPIRAL_OK; f++)
        effects[f] = (struct spiral_elementary_effect){estimates[3 * f], estimates[3 * f + 1],
                                                       estimates[3 * f + 2]};

    free(effect);
    free(estimates);

    return status;
}
