/* SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include "sim/random.h"
#include "tools/runner/runner.h"

/* Draws `wanted` of `count` points without replacement (Fisher and Yates) into points[0 ..
 * wanted). */
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

/* Whether the store has a cell's replicates of a round but not all of those before it, as after a
 * sweep that was stopped while several units were being run. Under a stop rule, with one round at
 * a time, that cannot happen. */
static bool has_gap(const struct spiral_schedule *schedule, const bool *committed, size_t cell)
{
    const size_t units = schedule->unit_count;
    size_t unit = 0; /* that the cell is in */

    if (schedule->round_count <= 1)
        return false;

    while (unit < units && schedule->cells[schedule->first[unit + 1] - 1] < cell)
        unit++;

    bool missing = false;

    for (uint64_t r = 0; r < schedule->round_count && unit < units; r++) {
        if (missing && committed[r * units + unit])
            return true;
        missing = missing || !committed[r * units + unit];
    }

    return false;
}

/* Runs all replicates that the store has of a cell again, and compares. */
static enum spiral_status verify_cell(struct spiral_workspace *workspace,
                                      const struct spiral_sweep *sweep, struct spiral_store *store,
                                      size_t cell, struct spiral_error *error)
{
    const struct spiral_work_unit unit = {.cells = &cell,
                                          .cell_count = 1,
                                          .first = 0,
                                          .count = sweep->cells[cell].runs};
    struct spiral_work_result *result;
    enum spiral_status status = spiral_work_unit_run(workspace, &unit, &result, error);

    if (status != SPIRAL_OK)
        return status;
    status = spiral_store_compare(store, sweep, result, error);
    free(result);

    return status;
}

/* Verifies the cells of the points that were drawn, in every scenario. */
static enum spiral_status verify_points(const struct spiral_sweep *sweep,
                                        struct spiral_store *store,
                                        const struct spiral_schedule *schedule,
                                        const bool *committed, const size_t *drawn, size_t count,
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

        const bool gap = has_gap(schedule, committed, cell);
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
    struct spiral_schedule schedule = {.unit_count = 0};

    *verified = (struct spiral_verified){0, 0};

    size_t *drawn = calloc(sweep->points, sizeof *drawn);
    enum spiral_status status =
        drawn == NULL ? SPIRAL_NO_MEMORY : spiral_schedule_create(&schedule, sweep, 0);
    bool *committed = calloc(schedule.unit_count * schedule.round_count + 1, sizeof *committed);

    if (status != SPIRAL_OK || committed == NULL)
        status =
            spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for %zu points", sweep->points);
    if (status == SPIRAL_OK)
        status = spiral_store_committed_units(store, &schedule, committed, error);

    if (status == SPIRAL_OK) {
        draw_points(drawn, sweep->points, wanted, seed);
        status = verify_points(sweep, store, &schedule, committed, drawn, wanted, verified, error);
    }

    spiral_schedule_clear(&schedule);
    free(committed);
    free(drawn);

    return status;
}
