/* SPDX-License-Identifier: MIT
 *
 * Axes of designs for tests.
 */
#ifndef SPIRAL_TEST_AXES_H
#define SPIRAL_TEST_AXES_H

#include <string.h>

#include "tools/design/design.h"

static inline struct spiral_axis range(const char *name, double low, double high)
{
    struct spiral_axis axis = {.low = low, .high = high};
    strcpy(axis.name, name);
    return axis;
}

static inline struct spiral_axis list(const char *name, double *values, size_t count)
{
    struct spiral_axis axis = {.low = values[0],
                               .high = values[count - 1],
                               .count = count,
                               .values = values};

    strcpy(axis.name, name);
    return axis;
}

static inline struct spiral_axis whole(const char *name, double low, double high)
{
    struct spiral_axis axis = range(name, low, high);
    axis.integer = true;
    return axis;
}

#endif
