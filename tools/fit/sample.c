/* SPDX-License-Identifier: MIT
 *
 * Statistics of weighted particles.
 */
#include <math.h>

#include "tools/fit/smc.h"

static double sum_of_weights(const struct spiral_smc_population *population)
{
    double sum = 0.0;
    for (size_t p = 0; p < population->count; p++)
        sum += population->weight[p];
    return sum;
}

double spiral_smc_effective(const struct spiral_smc_population *population)
{
    double sum = 0.0;
    double squares = 0.0;

    for (size_t p = 0; p < population->count; p++) {
        sum += population->weight[p];
        squares += population->weight[p] * population->weight[p];
    }

    return squares > 0.0 ? sum * sum / squares : 0.0;
}

double spiral_smc_mean(const struct spiral_smc_population *population, size_t axis)
{
    const double all = sum_of_weights(population);
    double sum = 0.0;

    for (size_t p = 0; p < population->count; p++)
        sum += population->weight[p] / all * population->value[p * population->axes + axis];
    return sum;
}

double spiral_smc_deviation(const struct spiral_smc_population *population, size_t axis)
{
    const double all = sum_of_weights(population);
    const double mean = spiral_smc_mean(population, axis);
    double sum = 0.0;

    for (size_t p = 0; p < population->count; p++)
        sum += population->weight[p] / all *
               pow(population->value[p * population->axes + axis] - mean, 2.0);
    return sqrt(sum);
}

/* The share of weights at or below a value. */
static double share_below(const struct spiral_smc_population *population, size_t axis, double value)
{
    double sum = 0.0;
    for (size_t p = 0; p < population->count; p++)
        sum +=
            population->value[p * population->axes + axis] <= value ? population->weight[p] : 0.0;
    return sum;
}

double spiral_smc_quantile(const struct spiral_smc_population *population, size_t axis,
                           double share)
{
    const double wanted = share * sum_of_weights(population) * (1.0 - 1e-12);
    double found = INFINITY;

    for (size_t p = 0; p < population->count; p++) {
        const double value = population->value[p * population->axes + axis];
        if (value < found && share_below(population, axis, value) >= wanted)
            found = value;
    }

    return found;
}

void spiral_smc_resample(const struct spiral_smc_population *population, size_t size, size_t *drawn)
{
    const double step = sum_of_weights(population) / (double)size;
    double below = population->weight[0]; /* weights up to the present particle */
    size_t particle = 0;

    for (size_t i = 0; i < size; i++) {
        while (((double)i + 0.5) * step >= below && particle + 1 < population->count)
            below += population->weight[++particle];
        drawn[i] = particle;
    }
}
