/* SPDX-License-Identifier: MIT
 *
 * The kept trajectories of a store, two quantities of each: paths in a plane.
 */
#ifndef SPIRAL_STORE_PATHS_H
#define SPIRAL_STORE_PATHS_H

#include "sim/quantities.h"
#include "tools/store/store.h"

/* Paths of one scenario, all of the same steps. */
struct spiral_store_paths {
    size_t count;
    size_t steps;
    double *x, *y; /* [path * steps + step]; owned */
};

/* Reads at most `most` of a scenario's kept trajectories, the first replicate of every point before
 * the second. It is not an error if there are none. SPIRAL_BAD_INPUT (a damaged store), SPIRAL_IO,
 * SPIRAL_NO_MEMORY. The caller clears the paths in any case. */
enum spiral_status spiral_store_paths_read(struct spiral_store_paths *paths,
                                           struct spiral_store *store, size_t scenario,
                                           enum spiral_quantity x, enum spiral_quantity y,
                                           size_t most, struct spiral_error *error);
void spiral_store_paths_clear(struct spiral_store_paths *paths);

#endif
