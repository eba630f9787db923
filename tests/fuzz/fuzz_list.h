/* SPDX-License-Identifier: MIT
 *
 * The target of lists of points: every number that is read lies within its axis.
 */
#ifndef SPIRAL_TEST_FUZZ_LIST_H
#define SPIRAL_TEST_FUZZ_LIST_H

#include "tests/fuzz/fuzz.h"
#include "tools/experiment/experiment.h"

static inline void fuzz_list(const uint8_t *data, size_t size)
{
    static const struct spiral_axis axes[] = {
        {.name = "k.encircle", .low = 1.0, .high = 8.0},
        {.name = "neighbour.greed", .low = 0.0, .high = 1.0},
        {.name = "small-neighbour.ties", .low = 0.0, .high = 1.0},
        {.name = "neighbour.power", .low = 0.5, .high = 2.0},
    };
    enum { AXES = sizeof axes / sizeof *axes };
    struct spiral_error error = {0};
    double *list = NULL;
    size_t points = 0;
    const enum spiral_status status =
        spiral_list_load(&list, &points, fuzz_file("input", data, size), axes, AXES, &error);

    fuzz_require_error(status, &error);
    fuzz_require((status == SPIRAL_OK) == (points > 0));

    for (size_t i = 0; i < points * AXES; i++)
        fuzz_require(list[i] >= axes[i % AXES].low && list[i] <= axes[i % AXES].high);

    free(list);
}

#endif
