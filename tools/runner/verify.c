/* SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include "sim/random.h"
#include "tools/runner/runner.h"

/* Puts `wanted` of the sweep's points, drawn without replacement, first (Fisher and Yates). */
static void draw_points(size_t *points, size_t count, size_t wanted, uint64_t seed)
{
    struct spiral_random random = spiral_random_seed(seed, 0);

    for (size_t i = 0; i < count; i++)
        points[i] = i;

    for (size_t i = 0; i < wanted; i++) {
        const size_t other =
            i + (size_t)(spiral_uniform(spiral_random_next(&random)) * (double)(count - i));
        const size_t point = points[i];
        points[i] = points[other];
        points[other] = point;
    }
}

/* Whether the store has a cell's replicates of a round and not all of those before it: of a
 * sweep that was broken off while several units were worked on. Under a stop rule (one round at
 * a time) there are none. */
static bool has_gap(const struct spiral_round *round, const bool *committed, size_t cell)
{
    size_t unit = 0;

    while (unit < round->units && round->live[round->first[unit + 1] - 1] < cell)
        unit++;

    bool missing = false;

    for (uint64_t r = 0; r < round->rounds && round->rounds > 1 && unit < round->units; r++) {
        if (missing && committed[r * round->units + unit])
            return true;
        missing = missing || !committed[r * round->units + unit];
    }

    return false;
}

/* Runs all replicates that the store has of a cell, and compares. */
static enum spiral_status verify_cell(struct spiral_workspace *workspace,
                                      const struct spiral_sweep *sweep, struct spiral_store *store,
                                      size_t cell, struct spiral_error *error)
{
    const struct spiral_unit unit = {.cells = &cell,
                                     .cell_count = 1,
                                     .first = 0,
                                     .count = sweep->cells[cell].runs};
    struct spiral_unit_result *result;
    enum spiral_status status = spiral_unit_run(workspace, &unit, &result, error);

    if (status != SPIRAL_OK)
        return status;
    status = spiral_store_compare(store, sweep, result, error);
    free(result);

    return status;
}

/* Verifies the cells of the points drawn. */
static enum spiral_status verify_points(const struct spiral_sweep *sweep,
                                        struct spiral_store *store,
                                        const struct spiral_round *round, const bool *committed,
                                        const size_t *drawn, size_t count,
                                        struct spiral_verified *verified,
                                        struct spiral_error *error)
{
    struct spiral_workspace *workspace;
    enum spiral_status status = spiral_workspace_create(&workspace, sweep, error);

    for (size_t i = 0; i < count * sweep->experiment.case_count && status == SPIRAL_OK; i++) {
        const size_t cell = i % sweep->experiment.case_count * sweep->points +
                            drawn[i / sweep->experiment.case_count];
        if (sweep->cells[cell].runs == 0)
            continue;

        const bool gap = has_gap(round, committed, cell);
        if (!gap)
            status = verify_cell(workspace, sweep, store, cell, error);
        verified->with_gaps += gap;
        verified->cells += !gap && status == SPIRAL_OK;
    }

    spiral_workspace_destroy(workspace);

    return status;
}

enum spiral_status spiral_sweep_verify(const struct spiral_sweep *sweep, struct spiral_store *store,
                                       uint64_t points, uint64_t seed,
                                       struct spiral_verified *verified, struct spiral_error *error)
{
    const size_t wanted = points < sweep->points ? (size_t)points : sweep->points;
    struct spiral_round round = {.units = 0};

    *verified = (struct spiral_verified){0, 0};

    size_t *drawn = calloc(sweep->points, sizeof *drawn);
    enum spiral_status status =
        drawn == NULL ? SPIRAL_NO_MEMORY : spiral_round_create(&round, sweep, 0);
    bool *committed = calloc(round.units * round.rounds + 1, sizeof *committed);

    if (status != SPIRAL_OK || committed == NULL)
        status =
            spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for %zu points", sweep->points);
    if (status == SPIRAL_OK)
        status = spiral_store_units(store, &round, committed, error);

    if (status == SPIRAL_OK) {
        draw_points(drawn, sweep->points, wanted, seed);
        status = verify_points(sweep, store, &round, committed, drawn, wanted, verified, error);
    }

    spiral_round_clear(&round);
    free(committed);
    free(drawn);

    return status;
}
