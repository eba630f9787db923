/* SPDX-License-Identifier: MIT */
#include "tools/fit/smc.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "tools/design/coordinates.h"

/* Added to the kernel's variances, in units of the prior's: a population that has shrunk to
 * fewer dimensions still moves in all. */
static const double least_variance = 1e-8;

/* The kernel: a normal distribution about each kept particle. */
struct kernel {
    size_t axes;
    double *lower;      /* Cholesky's triangle of its covariance, [row * axes + column] */
    double *whitened;   /* [particle * axes + axis]: kept particles in units of the kernel */
    double determinant; /* of the triangle */
};

/* --- memory ----------------------------------------------------------------------------------- */

size_t spiral_smc_count(const struct spiral_smc_settings *settings)
{
    const size_t count = (size_t)(settings->kept * (double)settings->particles + 0.5);
    return count < 1 ? 1 : count;
}

enum spiral_status spiral_smc_init(struct spiral_smc_population *population,
                                   const struct spiral_smc_settings *settings, size_t axes,
                                   struct spiral_error *error)
{
    const size_t particles = settings->particles;

    *population = (struct spiral_smc_population){.count = spiral_smc_count(settings), .axes = axes};
    population->latent = calloc(particles * axes, sizeof *population->latent);
    population->value = calloc(particles * axes, sizeof *population->value);
    population->weight = calloc(particles, sizeof *population->weight);
    population->distance = calloc(particles, sizeof *population->distance);
    if (population->latent == NULL || population->value == NULL || population->weight == NULL ||
        population->distance == NULL)
        return spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for %zu particles", particles);

    return SPIRAL_OK;
}

void spiral_smc_clear(struct spiral_smc_population *population)
{
    free(population->latent);
    free(population->value);
    free(population->weight);
    free(population->distance);
    *population = (struct spiral_smc_population){.count = 0};
}

double spiral_smc_margin(size_t axes, double years)
{
    const double d = (double)axes;
    const double part = 2.0 / (9.0 * d);

    return d * pow(1.0 - part + 1.6448536269514722 * sqrt(part), 3.0) / (2.0 * years);
}

/* --- the kernel ------------------------------------------------------------------------------- */

/* Twice the weighted covariance of the kept particles' latent coordinates. */
static void calculate_covariance(const struct spiral_smc_population *population, double *matrix)
{
    const size_t axes = population->axes;
    double sum = 0.0;
    double mean[SPIRAL_MAX_AXES] = {0.0};

    memset(matrix, 0, axes * axes * sizeof *matrix);
    for (size_t p = 0; p < population->count; p++)
        sum += population->weight[p];
    for (size_t p = 0; p < population->count; p++)
        for (size_t a = 0; a < axes; a++)
            mean[a] += population->weight[p] / sum * population->latent[p * axes + a];

    for (size_t p = 0; p < population->count; p++)
        for (size_t a = 0; a < axes; a++)
            for (size_t b = 0; b <= a; b++)
                matrix[a * axes + b] += 2.0 * population->weight[p] / sum *
                                        (population->latent[p * axes + a] - mean[a]) *
                                        (population->latent[p * axes + b] - mean[b]);
    for (size_t a = 0; a < axes; a++)
        matrix[a * axes + a] += least_variance;
}

/* The lower triangle in place of a symmetric matrix. A pivot that rounding made too small
 * becomes the least. */
static void factorise_matrix(double *matrix, size_t axes)
{
    for (size_t i = 0; i < axes; i++)
        for (size_t j = 0; j <= i; j++) {
            double sum = matrix[i * axes + j];
            for (size_t k = 0; k < j; k++)
                sum -= matrix[i * axes + k] * matrix[j * axes + k];
            matrix[i * axes + j] = i == j ? sqrt(sum > least_variance ? sum : least_variance)
                                          : sum / matrix[j * axes + j];
        }
}

/* A position in units of the kernel: solves lower * out = place. */
static void whiten_position(const struct kernel *kernel, const double *place, double *out)
{
    for (size_t i = 0; i < kernel->axes; i++) {
        double sum = place[i];
        for (size_t k = 0; k < i; k++)
            sum -= kernel->lower[i * kernel->axes + k] * out[k];
        out[i] = sum / kernel->lower[i * kernel->axes + i];
    }
}

static void kernel_clear(struct kernel *kernel)
{
    free(kernel->lower);
    free(kernel->whitened);
}

static enum spiral_status kernel_init(struct kernel *kernel,
                                      const struct spiral_smc_population *population,
                                      struct spiral_error *error)
{
    const size_t axes = population->axes;

    *kernel = (struct kernel){.axes = axes, .determinant = 1.0};
    kernel->lower = malloc(axes * axes * sizeof *kernel->lower);
    kernel->whitened = malloc(population->count * axes * sizeof *kernel->whitened);

    if (kernel->lower == NULL || kernel->whitened == NULL) {
        kernel_clear(kernel);
        return spiral_error_set(error, SPIRAL_NO_MEMORY,
                                "no memory for the kernel of %zu particles", population->count);
    }

    calculate_covariance(population, kernel->lower);
    factorise_matrix(kernel->lower, axes);
    for (size_t a = 0; a < axes; a++)
        kernel->determinant *= kernel->lower[a * axes + a];
    for (size_t p = 0; p < population->count; p++)
        whiten_position(kernel, &population->latent[p * axes], &kernel->whitened[p * axes]);

    return SPIRAL_OK;
}

/* The weight of a new particle: the prior's density over that of the kernels' mixture. */
static double weigh_particle(const struct kernel *kernel,
                             const struct spiral_smc_population *population, const double *latent)
{
    const size_t axes = kernel->axes;
    double place[SPIRAL_MAX_AXES];
    double prior = 0.0;
    double sum = 0.0;
    double mixture = 0.0;

    whiten_position(kernel, latent, place);
    for (size_t a = 0; a < axes; a++)
        prior -= 0.5 * latent[a] * latent[a];

    for (size_t p = 0; p < population->count; p++) {
        double square = 0.0;
        for (size_t a = 0; a < axes; a++)
            square += (place[a] - kernel->whitened[p * axes + a]) *
                      (place[a] - kernel->whitened[p * axes + a]);

        mixture += population->weight[p] * exp(-0.5 * square);
        sum += population->weight[p];
    }

    return exp(prior) * kernel->determinant * sum / mixture;
}

/* Draws a new particle from the mixture. */
static void draw_particle(const struct kernel *kernel,
                          const struct spiral_smc_population *population,
                          struct spiral_random *random, double *latent)
{
    const size_t axes = kernel->axes;
    double sum = 0.0;
    double noise[SPIRAL_MAX_AXES];

    for (size_t p = 0; p < population->count; p++)
        sum += population->weight[p];

    /* A kept particle is drawn in proportion to its weight, then moved by the kernel's noise. */
    double share = spiral_design_uniform(random) * sum;
    size_t from = 0;

    while (from + 1 < population->count && share >= population->weight[from])
        share -= population->weight[from++];

    for (size_t a = 0; a < axes; a++)
        noise[a] = spiral_normal_quantile(spiral_design_uniform(random) + 0x1p-54);

    for (size_t a = 0; a < axes; a++) {
        latent[a] = population->latent[from * axes + a];
        for (size_t k = 0; k <= a; k++)
            latent[a] += kernel->lower[a * axes + k] * noise[k];
    }
}

/* --- generations ------------------------------------------------------------------------------ */

/* New particles, from `from` on, in the places behind the kept ones. */
static enum spiral_status propose_particles(struct spiral_smc_population *population,
                                            const struct spiral_smc_settings *settings, size_t from,
                                            const double *first, struct spiral_error *error)
{
    const size_t axes = population->axes;

    /* The first generation is a sample of the prior, all of one weight. */
    if (population->generation == 0) {
        for (size_t i = 0; i < settings->particles * axes; i++)
            population->latent[i] = spiral_fit_latent(first[i]);
        for (size_t p = 0; p < settings->particles; p++)
            population->weight[p] = 1.0;

        return SPIRAL_OK;
    }

    struct kernel kernel;
    struct spiral_random random =
        spiral_random_seed(settings->seed, settings->stream + population->generation + 1);
    const enum spiral_status status = kernel_init(&kernel, population, error);

    for (size_t p = from; p < settings->particles && status == SPIRAL_OK; p++) {
        draw_particle(&kernel, population, &random, &population->latent[p * axes]);
        population->weight[p] = weigh_particle(&kernel, population, &population->latent[p * axes]);
    }

    if (status == SPIRAL_OK)
        kernel_clear(&kernel);

    return status;
}

/* A particle's rank. */
struct rank {
    double distance;
    size_t particle;
};

static int compare_ranks(const void *one, const void *other)
{
    const struct rank *a = one;
    const struct rank *b = other;

    if (a->distance != b->distance)
        return a->distance < b->distance ? -1 : 1;
    return a->particle < b->particle ? -1 : a->particle > b->particle;
}

/* Puts the particles into the order of their distances; of equal ones those that came first stay
 * first. */
static enum spiral_status sort_particles(struct spiral_smc_population *population,
                                         const struct spiral_smc_settings *settings,
                                         struct spiral_error *error)
{
    const size_t particles = settings->particles;
    const size_t axes = population->axes;
    struct rank *ranks = malloc(particles * sizeof *ranks);
    struct spiral_smc_population sorted = {.count = 0};
    enum spiral_status status = spiral_smc_init(&sorted, settings, axes, error);

    if (status != SPIRAL_OK || ranks == NULL) {
        free(ranks);
        spiral_smc_clear(&sorted);
        return spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for %zu particles", particles);
    }

    for (size_t p = 0; p < particles; p++)
        ranks[p] = (struct rank){population->distance[p], p};

    qsort(ranks, particles, sizeof *ranks, compare_ranks);

    for (size_t p = 0; p < particles; p++) {
        const size_t from = ranks[p].particle;
        memcpy(&sorted.latent[p * axes], &population->latent[from * axes],
               axes * sizeof *sorted.latent);
        memcpy(&sorted.value[p * axes], &population->value[from * axes],
               axes * sizeof *sorted.value);
        sorted.weight[p] = population->weight[from];
        sorted.distance[p] = population->distance[from];
    }

    free(ranks);

    sorted.generation = population->generation;
    sorted.acceptance = population->acceptance;
    sorted.evaluations = population->evaluations;
    spiral_smc_clear(population);
    *population = sorted;

    /* Particles within the margin of the best are as good as it: all of them are kept. */
    while (population->count < particles &&
           population->distance[population->count] <= population->distance[0] + settings->margin)
        population->count++;

    population->tolerance = population->distance[population->count - 1];

    return SPIRAL_OK;
}

/* The distances of `fresh` particles with these values, but for those that the record has. */
static enum spiral_status evaluate_particles(const struct spiral_smc_settings *settings,
                                             const struct spiral_fit_problem *problem,
                                             size_t generation, const double *values, size_t fresh,
                                             double *distance, struct spiral_error *error)
{
    const struct spiral_smc_record *record = settings->record;
    size_t done = 0;

    if (record == NULL)
        return problem->distance(problem->context, values, fresh, distance, error);

    enum spiral_status status =
        record->recall(record->context, generation, fresh, distance, &done, error);

    while (status == SPIRAL_OK && done < fresh) {
        const size_t count = fresh - done < record->block ? fresh - done : record->block;
        status = problem->distance(problem->context, &values[done * problem->space.count], count,
                                   &distance[done], error);
        if (status == SPIRAL_OK)
            status = record->keep(record->context, generation, done, count, &distance[done], error);
        done += count;
    }

    return status;
}

enum spiral_status spiral_smc_advance(struct spiral_smc_population *population,
                                      const struct spiral_smc_settings *settings,
                                      const struct spiral_fit_problem *problem, const double *first,
                                      struct spiral_error *error)
{
    const size_t from = population->generation == 0 ? 0 : population->count;
    const size_t axes = population->axes;
    const size_t fresh = settings->particles - from;
    size_t accepted = 0;
    enum spiral_status status = propose_particles(population, settings, from, first, error);

    if (status != SPIRAL_OK)
        return status;
    for (size_t p = from; p < settings->particles; p++)
        spiral_fit_values_of_latent(&problem->space, &population->latent[p * axes],
                                    &population->value[p * axes]);

    status = evaluate_particles(settings, problem, population->generation,
                                &population->value[from * axes], fresh, &population->distance[from],
                                error);
    if (status != SPIRAL_OK)
        return status;
    for (size_t p = from; p < settings->particles; p++)
        accepted += population->generation == 0 || population->distance[p] < population->tolerance;

    status = sort_particles(population, settings, error);
    if (status != SPIRAL_OK)
        return status;
    population->acceptance = (double)accepted / (double)fresh;
    population->evaluations += fresh;
    population->generation++;

    return SPIRAL_OK;
}

bool spiral_smc_finished(const struct spiral_smc_population *population,
                         const struct spiral_smc_settings *settings)
{
    return population->generation > 0 &&
           (population->generation >= settings->generations ||
            population->acceptance < settings->acceptance ||
            population->tolerance <= population->distance[0] + settings->margin);
}
