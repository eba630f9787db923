/* SPDX-License-Identifier: MIT */
#include "sim/intervals.h"

#include <math.h>

static const double z = 1.959963984540054; /* the normal's 97.5 % point */

struct spiral_interval spiral_wilson(uint64_t events, uint64_t runs)
{
    if (runs == 0)
        return (struct spiral_interval){0.0, 1.0};
    const double n = (double)runs;
    const double p = (double)events / n;
    const double centre = (p + z * z / (2.0 * n)) / (1.0 + z * z / n);
    const double half = z / (1.0 + z * z / n) * sqrt(p * (1.0 - p) / n + z * z / (4.0 * n * n));

    return (struct spiral_interval){events == 0 ? 0.0 : centre - half,
                                    events == runs ? 1.0 : centre + half};
}

struct spiral_interval spiral_paired_difference(uint64_t only_first, uint64_t only_second,
                                                uint64_t runs)
{
    if (runs == 0)
        return (struct spiral_interval){-1.0, 1.0};
    const double first = (double)only_first + 0.5;
    const double second = (double)only_second + 0.5;
    const double n = (double)runs + 2.0;
    const double difference = (first - second) / n;
    const double half = z * sqrt(first + second - (first - second) * (first - second) / n) / n;

    return (struct spiral_interval){difference - half, difference + half};
}
