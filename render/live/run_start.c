/* SPDX-License-Identifier: MIT */
#include "render/live/run_start.h"

#include <stdlib.h>

struct spiral_shared_plan *spiral_shared_plan_create(struct spiral_plan *plan)
{
    struct spiral_shared_plan *shared = malloc(sizeof *shared);

    if (shared == NULL)
        return NULL;
    shared->plan = plan;
    atomic_init(&shared->users, 1);

    return shared;
}

struct spiral_shared_plan *spiral_shared_plan_hold(struct spiral_shared_plan *shared)
{
    atomic_fetch_add(&shared->users, 1);
    return shared;
}

void spiral_shared_plan_release(struct spiral_shared_plan *shared)
{
    if (shared == NULL || atomic_fetch_sub(&shared->users, 1) > 1)
        return;
    spiral_plan_destroy(shared->plan);
    free(shared);
}

struct spiral_run_start spiral_run_start_hold(const struct spiral_run_start *start)
{
    if (start->plan != NULL)
        spiral_shared_plan_hold(start->plan);
    return *start;
}

void spiral_run_start_release(struct spiral_run_start *start)
{
    spiral_shared_plan_release(start->plan);
    start->plan = NULL;
}
