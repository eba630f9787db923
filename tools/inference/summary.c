/* SPDX-License-Identifier: MIT
 *
 * What a sample says of each constant.
 */
#include <math.h>
#include <stdlib.h>

#include "tools/inference/inference.h"

const double *spiral_inference_point(const struct spiral_inference *inference,
                                     const struct spiral_inference_sample *sample, size_t i)
{
    return &inference->points[sample->set[i] * inference->prior.count];
}

static double coordinate(const struct spiral_inference *inference,
                         const struct spiral_inference_sample *sample, size_t axis, size_t i)
{
    return spiral_inference_point(inference, sample, i)[axis];
}

static double mean_of(const struct spiral_inference *inference,
                      const struct spiral_inference_sample *sample, size_t axis)
{
    double sum = 0.0;

    for (size_t i = 0; i < sample->count; i++)
        sum += coordinate(inference, sample, axis, i);
    return sum / (double)sample->count;
}

/* The autocovariance of the chain at a lag. */
static double covariance(const struct spiral_inference *inference,
                         const struct spiral_inference_sample *sample, size_t axis, double mean,
                         size_t lag)
{
    double sum = 0.0;

    for (size_t i = 0; i + lag < sample->count; i++)
        sum += (coordinate(inference, sample, axis, i) - mean) *
               (coordinate(inference, sample, axis, i + lag) - mean);
    return sum / (double)sample->count;
}

double spiral_inference_deviation(const struct spiral_inference *inference,
                                  const struct spiral_inference_sample *sample, size_t axis)
{
    return sqrt(covariance(inference, sample, axis, mean_of(inference, sample, axis), 0));
}

double spiral_inference_effective(const struct spiral_inference *inference,
                                  const struct spiral_inference_sample *sample, size_t axis)
{
    const double mean = mean_of(inference, sample, axis);
    const double variance = covariance(inference, sample, axis, mean, 0);
    double sum = 0.0;

    if (variance <= 0.0)
        return 1.0;
    for (size_t lag = 0; lag + 1 < sample->count; lag += 2) {
        const double pair = covariance(inference, sample, axis, mean, lag) +
                            covariance(inference, sample, axis, mean, lag + 1);
        if (pair <= 0.0)
            break;
        sum += pair / variance;
    }
    return fmin((double)sample->count / fmax(2.0 * sum - 1.0, 1e-9), (double)sample->count);
}

static int compare_numbers(const void *a, const void *b)
{
    const double one = *(const double *)a;
    const double other = *(const double *)b;

    return (one > other) - (one < other);
}

double spiral_inference_quantile(const struct spiral_inference *inference,
                                 const struct spiral_inference_sample *sample, size_t axis,
                                 double share)
{
    double *sorted = calloc(sample->count + 1, sizeof *sorted);

    if (sorted == NULL || sample->count == 0) {
        free(sorted);
        return NAN;
    }
    for (size_t i = 0; i < sample->count; i++)
        sorted[i] = coordinate(inference, sample, axis, i);
    qsort(sorted, sample->count, sizeof *sorted, compare_numbers);

    const double at = share * (double)(sample->count - 1);
    const size_t below = (size_t)at;
    const size_t above = below + 1 < sample->count ? below + 1 : below;
    const double u = sorted[below] + (at - (double)below) * (sorted[above] - sorted[below]);
    free(sorted);
    return spiral_prior_value(&inference->prior.axes[axis], u);
}
