/* SPDX-License-Identifier: MIT
 *
 * Approximate Bayesian computation by sequential Monte Carlo: a population of weighted particles
 * whose distances fall generation by generation.
 *
 * The form is that of Lenormand, Jabot and Deffuant (2013), which needs no tolerances given
 * beforehand and wastes no run. The first generation is N particles from the prior, of which the
 * share `kept` with the least distances stays; the largest of these distances is the tolerance.
 * Every further generation draws as many new particles as are missing to N: each from a kept one
 * by weight, moved by a normal kernel of twice the population's weighted covariance (Beaumont et
 * al. 2009; Filippi et al. 2013), weighted by prior over the mixture of kernels that it may have
 * come from; again the best share of all stays and sets the tolerance. It ends where all that
 * stay are within a margin of the least distance, and keeps everything within it then; or where
 * too few of the new are within the last tolerance, so that more generations would cost much and
 * tell little; or after a number of generations.
 *
 * What the particles are a sample of: the prior, given that the distance is within the last
 * tolerance. Where the distance is a score of forecasts that is the set of numbers that do about
 * as well as the best, weighed by the prior (Beven and Binley 1992), not the posterior of a
 * likelihood: intervals are as wide as the margin makes them. spiral_smc_margin() is that of a
 * likelihood's 95 % region.
 *
 * Particles move in latent coordinates (fit.h), in which the prior is the standard normal.
 * Every generation draws from a stream of its own, so that a stored population continues
 * as if it had not been stopped.
 *
 * M. A. Beaumont, J.-M. Cornuet, J.-M. Marin, C. P. Robert, "Adaptive approximate Bayesian
 * computation", Biometrika 96 (2009), 983-990. K. Beven, A. Binley, "The future of distributed
 * models", Hydrological Processes 6 (1992), 279-298. S. Filippi, C. P. Barnes, J. Cornebise, M.
 * P. H. Stumpf, "On optimality of kernels for approximate Bayesian computation using sequential
 * Monte Carlo", Statistical Applications in Genetics and Molecular Biology 12 (2013), 87-107. M.
 * Lenormand, F. Jabot, G. Deffuant, "Adaptive approximate Bayesian computation for complex
 * models", Computational Statistics 28 (2013), 2777-2796.
 */
#ifndef SPIRAL_FIT_SMC_H
#define SPIRAL_FIT_SMC_H

#include "tools/fit/fit.h"

/* Where the distances of a generation are kept while it is being evaluated, so that it goes on
 * where it was stopped. What is proposed follows from the population before: the distances are
 * enough. */
struct spiral_smc_record {
    void *context;
    size_t block; /* particles between two calls of `keep`; at least 1 */

    /* Reads the distances that are known of the generation that follows `generation`: of *known of
     * its `count` new particles, the first ones. */
    enum spiral_status (*recall)(void *context, size_t generation, size_t count, double *distance,
                                 size_t *known, struct spiral_error *error);

    /* Keeps `count` more of them, from new particle `first` on. */
    enum spiral_status (*keep)(void *context, size_t generation, size_t first, size_t count,
                               const double *distance, struct spiral_error *error);
};

struct spiral_smc_settings {
    size_t particles;   /* N */
    double kept;        /* share that a generation keeps, above 0, below 1 */
    size_t generations; /* at most */
    double
        acceptance;  /* ends where a smaller share of new particles is within the last tolerance */
    double margin;   /* ends where the tolerance is within this of the least distance; >= 0 */
    uint64_t seed;   /* of the draws */
    uint64_t stream; /* a generation draws from stream + generation */
    const struct spiral_smc_record *record; /* NULL: a generation is evaluated in one go */
};

/* A population after its generation; `generation` 0 is none yet. */
struct spiral_smc_population {
    size_t count; /* particles that are kept */
    size_t axes;
    size_t generation;
    double *latent; /* [particle * axes + axis]; room for N particles, the kept ones first */
    double *value;  /* the same, as values */
    double *weight; /* [particle], above 0: prior over proposal, on one scale for all generations */
    double *distance;   /* [particle], ascending */
    double tolerance;   /* the last of the distances */
    double acceptance;  /* share of new particles within the tolerance before; 1 of the first */
    size_t evaluations; /* of all generations */
};

/* How many particles a generation keeps at least. */
size_t spiral_smc_count(const struct spiral_smc_settings *settings);

/* The margin of a distance that is -ln of a likelihood a year: that of the 95 % region of its
 * `axes` numbers, a 95 % quantile of chi-squared (by Wilson and Hilferty 1931) over twice the
 * years. Years count as independent observations. */
double spiral_smc_margin(size_t axes, double years);

enum spiral_status spiral_smc_init(struct spiral_smc_population *population,
                                   const struct spiral_smc_settings *settings, size_t axes,
                                   struct spiral_error *error);
void spiral_smc_clear(struct spiral_smc_population *population); /* a zeroed population is legal */

/* The next generation. `first` are coordinates of the uniform distribution for the first one, [N
 * * axes]: a design's. SPIRAL_NO_MEMORY, or what the distance or the record returns; the population
 * is then as it was. */
enum spiral_status spiral_smc_advance(struct spiral_smc_population *population,
                                      const struct spiral_smc_settings *settings,
                                      const struct spiral_fit_problem *problem, const double *first,
                                      struct spiral_error *error);

/* Whether no further generation is wanted. */
bool spiral_smc_finished(const struct spiral_smc_population *population,
                         const struct spiral_smc_settings *settings);

/* The effective number of particles (Kish): square of the sum of weights over the sum of
 * squares. */
double spiral_smc_effective(const struct spiral_smc_population *population);

/* An axis' weighted mean, standard deviation and quantile (0..1; the least value at which the
 * share of weights is reached). */
double spiral_smc_mean(const struct spiral_smc_population *population, size_t axis);
double spiral_smc_deviation(const struct spiral_smc_population *population, size_t axis);
double spiral_smc_quantile(const struct spiral_smc_population *population, size_t axis,
                           double share);

/* A sample of equal weights (systematic, from the middle of each share): drawn[0 .. size - 1]
 * are particles, ascending. */
void spiral_smc_resample(const struct spiral_smc_population *population, size_t size,
                         size_t *drawn);

#endif
