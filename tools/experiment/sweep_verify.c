/* SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include "sim/random.h"
#include "tools/experiment/store.h"

/* Puts `wanted` of the sweep's points, drawn without replacement, first (Fisher and Yates). */
static void draw_points(size_t *points, size_t count, size_t wanted, uint64_t seed)
{
    struct spiral_random random = spiral_random_seed(seed, 0);
    for (size_t i = 0; i < count; i++)
        points[i] = i;
    for (size_t i = 0; i < wanted; i++) {
        const size_t other = i + (size_t)(spiral_uniform(spiral_random_next(&random)) * (double)(count - i));
        const size_t point = points[i];
        points[i] = points[other];
        points[other] = point;
    }
}

/* Runs all replicates that the store has of a cell, and compares. */
static enum spiral_status verify_cell(struct spiral_workspace *workspace, const struct spiral_sweep *sweep, struct spiral_store *store,
                                      size_t cell, struct spiral_error *error)
{
    const struct spiral_unit unit = {.cells = &cell, .cell_count = 1, .first = 0, .count = sweep->cells[cell].runs};
    struct spiral_unit_result *result;
    enum spiral_status status = spiral_unit_run(workspace, &unit, &result, error);
    if (status != SPIRAL_OK)
        return status;
    status = spiral_store_compare(store, sweep, result, error);
    free(result);
    return status;
}

enum spiral_status spiral_sweep_verify(const struct spiral_sweep *sweep, struct spiral_store *store, uint64_t points, uint64_t seed,
                                       size_t *cells, struct spiral_error *error)
{
    const size_t wanted = points < sweep->points ? (size_t)points : sweep->points;
    size_t *drawn = calloc(sweep->points, sizeof *drawn);
    struct spiral_workspace *workspace = NULL;
    enum spiral_status status =
        drawn == NULL ? spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for %zu points", sweep->points) : SPIRAL_OK;
    *cells = 0;
    if (status == SPIRAL_OK)
        status = spiral_workspace_create(&workspace, sweep, error);
    if (status == SPIRAL_OK)
        draw_points(drawn, sweep->points, wanted, seed);
    for (size_t i = 0; i < wanted * sweep->experiment.case_count && status == SPIRAL_OK; i++) {
        const size_t cell = i % sweep->experiment.case_count * sweep->points + drawn[i / sweep->experiment.case_count];
        if (sweep->cells[cell].runs == 0)
            continue;
        status = verify_cell(workspace, sweep, store, cell, error);
        *cells += status == SPIRAL_OK;
    }
    spiral_workspace_destroy(workspace);
    free(drawn);
    return status;
}
