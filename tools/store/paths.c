/* SPDX-License-Identifier: MIT */
#include "tools/store/paths.h"

#include <stdlib.h>

#include "tools/store/rows.h"

enum spiral_status spiral_store_paths_read(struct spiral_store_paths *paths,
                                           struct spiral_store *store, size_t scenario,
                                           enum spiral_quantity x, enum spiral_quantity y,
                                           size_t most, struct spiral_error *error)
{
    char sql[400];
    int64_t rows = 0;
    int64_t dates = 0;
    struct spiral_store_rows *reading = NULL;

    *paths = (struct spiral_store_paths){.count = 0};
    snprintf(sql, sizeof sql, "SELECT count(*) FROM trajectory WHERE scenario = %zu", scenario);

    enum spiral_status status = spiral_store_check_rows(store, error);

    if (status == SPIRAL_OK)
        status = spiral_store_count(store, sql, &rows, error);

    snprintf(sql, sizeof sql,
             "SELECT ifnull(max(step) + 1, 0) FROM trajectory WHERE scenario = %zu", scenario);
    if (status == SPIRAL_OK)
        status = spiral_store_count(store, sql, &dates, error);
    if (status != SPIRAL_OK || dates <= 0)
        return status;
    paths->steps = (size_t)dates;
    paths->count = (size_t)(rows / dates) < most ? (size_t)(rows / dates) : most;

    const size_t size = paths->count * paths->steps;

    paths->x = malloc((size + 1) * sizeof *paths->x);
    paths->y = malloc((size + 1) * sizeof *paths->y);
    if (paths->x == NULL || paths->y == NULL)
        return spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for %zu trajectories",
                                paths->count);
    snprintf(sql, sizeof sql,
             "SELECT \"%s\", \"%s\" FROM trajectory WHERE scenario = %zu ORDER BY replicate, "
             "point, step LIMIT %zu",
             spiral_quantity_fields[x].name, spiral_quantity_fields[y].name, scenario, size);
    status = spiral_store_rows_open(&reading, store, sql, error);

    size_t at = 0;

    for (; status == SPIRAL_OK && at < size && spiral_store_rows_next(reading); at++) {
        paths->x[at] = spiral_store_rows_number(reading, 0);
        paths->y[at] = spiral_store_rows_number(reading, 1);
    }

    if (status == SPIRAL_OK)
        status = spiral_store_rows_status(reading, error);
    spiral_store_rows_close(reading);
    paths->count = at / paths->steps;

    return status;
}

void spiral_store_paths_clear(struct spiral_store_paths *paths)
{
    free(paths->x);
    free(paths->y);
    *paths = (struct spiral_store_paths){.count = 0};
}
