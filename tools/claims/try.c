/* SPDX-License-Identifier: MIT
 *
 * Trying claims: threads take points in turn; at each, all arms run the point's own streams.
 */
#include <stdlib.h>
#include <string.h>

#include "sim/ensemble.h"
#include "tools/claims/claims.h"
#include "tools/farm/farm.h"
#include "tools/farm/interrupt.h"
#include "tools/farm/progress.h"

/* --- one thread's work ------------------------------------------------------------------------ */

/* What a thread works with. */
struct workspace {
    struct spiral_batch *batch;
    struct spiral_claim_point point;
    unsigned char *events[SPIRAL_CLAIM_EVENTS]; /* [arm * runs + replicate] */
};

static void workspace_clear(struct workspace *workspace)
{
    spiral_batch_destroy(workspace->batch);
    spiral_claim_point_clear(&workspace->point);
    for (int e = 0; e < SPIRAL_CLAIM_EVENTS; e++)
        free(workspace->events[e]);
}

static enum spiral_status workspace_init(struct workspace *workspace,
                                         const struct spiral_claim_trial *trial,
                                         struct spiral_error *error)
{
    memset(workspace, 0, sizeof *workspace);
    enum spiral_status status = spiral_claim_point_init(&workspace->point, &trial->space, error);

    if (status != SPIRAL_OK)
        return status;
    workspace->batch = spiral_batch_create();

    bool complete = workspace->batch != NULL;

    for (int e = 0; e < SPIRAL_CLAIM_EVENTS; e++) {
        workspace->events[e] = calloc(trial->request.set->arm_count * trial->request.replicates, 1);
        complete = complete && workspace->events[e] != NULL;
    }

    return complete
               ? SPIRAL_OK
               : spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for %llu runs of %zu arms",
                                  (unsigned long long)trial->request.replicates,
                                  trial->request.set->arm_count);
}

/* Runs an arm at the workspace's point on streams from `first` on. */
static enum spiral_status run_arm(struct workspace *workspace,
                                  const struct spiral_claims_request *request, size_t arm,
                                  uint64_t first, struct spiral_error *error)
{
    struct spiral_scenario scenario;
    struct spiral_constants constants;
    struct spiral_plan_options options = spiral_plan_options_defaults();
    struct spiral_plan *plan = NULL;

    options.dt = request->dt;

    enum spiral_status status =
        spiral_arm_build(&scenario, &constants, &request->set->arms[arm], &workspace->point, error);

    if (status == SPIRAL_OK)
        status = spiral_plan_create(&plan, &scenario, &constants, &options, error);
    spiral_scenario_clear(&scenario);

    for (uint64_t r = 0; r < request->replicates && status == SPIRAL_OK; r += SPIRAL_LANES) {
        const int live =
            request->replicates - r < SPIRAL_LANES ? (int)(request->replicates - r) : SPIRAL_LANES;
        const struct spiral_plan *plans[SPIRAL_LANES];
        uint64_t streams[SPIRAL_LANES];
        union spiral_outcome outcomes[SPIRAL_LANES];

        for (int l = 0; l < SPIRAL_LANES; l++) {
            plans[l] = plan;
            streams[l] = first + r + (uint64_t)(l < live ? l : 0);
        }

        spiral_ensemble_run_lanes(workspace->batch, plans, request->seed, streams, live, outcomes);
        for (int l = 0; l < live; l++) {
            const size_t place = arm * request->replicates + r + (uint64_t)l;
            workspace->events[SPIRAL_CLAIM_WAR][place] = outcomes[l].war > 0.0;
            workspace->events[SPIRAL_CLAIM_FORCE][place] = outcomes[l].force > 0.0;
        }
    }

    spiral_plan_destroy(plan);

    return status;
}

/* Records what the arms showed at a point. */
static void record_point(struct spiral_claim_trial *trial, const struct workspace *workspace,
                         size_t p)
{
    const struct spiral_claims_request *request = &trial->request;

    for (size_t c = 0; c < request->claim_count; c++)
        trial->in_scope[c * request->points + p] =
            spiral_claim_in_scope(&workspace->point, request->claims[c].scope);

    for (int e = 0; e < SPIRAL_CLAIM_EVENTS; e++) {
        for (size_t a = 0; a < request->set->arm_count; a++) {
            uint32_t count = 0;
            for (uint64_t r = 0; r < request->replicates && trial->used[a]; r++)
                count += workspace->events[e][a * request->replicates + r];

            trial->events[e][a * request->points + p] = count;
        }

        for (size_t c = 0; c < request->claim_count; c++) {
            const struct spiral_claim *claim = &request->claims[c];
            const unsigned char *events[SPIRAL_CLAIM_ARMS] = {NULL};
            for (int a = 0; a < claim->arm_count; a++)
                events[a] = &workspace->events[e][(size_t)claim->arms[a] * request->replicates];

            trial->effects[e][c * request->points + p] =
                spiral_claim_contrast(claim, events, request->replicates);
        }
    }
}

static enum spiral_status try_point(struct spiral_claim_trial *trial, struct workspace *workspace,
                                    size_t p, struct spiral_error *error)
{
    const struct spiral_claims_request *request = &trial->request;
    enum spiral_status status =
        spiral_claim_point_put(&workspace->point, &trial->design->value[p * trial->design->axes],
                               error);

    for (size_t a = 0; a < request->set->arm_count && status == SPIRAL_OK; a++)
        if (trial->used[a])
            status = run_arm(workspace, request, a, (uint64_t)p * request->replicates, error);
    if (status == SPIRAL_OK)
        record_point(trial, workspace, p);

    return status;
}

/* --- the farm --------------------------------------------------------------------------------- */

/* What threads share. */
struct farm {
    struct spiral_claim_trial *trial;
    const struct spiral_claims_options *options;
    size_t next;   /* point that the next thread looks at */
    size_t taken;  /* points */
    uint64_t runs; /* of a point: all arms that are used */
    struct spiral_progress progress;
    enum spiral_status status; /* the first that was not SPIRAL_OK */
    struct spiral_error error;
};

static void start_progress(struct farm *farm)
{
    const struct spiral_claim_trial *trial = farm->trial;
    struct spiral_progress *progress = &farm->progress;

    for (size_t a = 0; a < trial->request.set->arm_count; a++)
        farm->runs += trial->used[a] ? trial->request.replicates : 0;

    spiral_progress_start(progress, farm->options->label);
    progress->items = "points";
    progress->item_count = trial->request.points;
    progress->runs = progress->runs_before = farm->runs * trial->points_done;
    progress->most_runs = farm->runs * trial->request.points;
}

static void note_progress(struct farm *farm)
{
    farm->progress.items_done = farm->trial->points_done;
    farm->progress.runs = farm->runs * farm->trial->points_done;
    spiral_progress_show(&farm->progress);
}

/* The next point that is not done. False where there is none, or none is to be begun. */
static bool take_point(struct farm *farm, size_t *point)
{
    const struct spiral_claim_trial *trial = farm->trial;
    const size_t limit = farm->options->limit;
    bool taken = false;
#pragma omp critical(claims)
    if (farm->status == SPIRAL_OK && !spiral_interrupted() && (limit == 0 || farm->taken < limit)) {
        while (farm->next < trial->request.points && trial->done[farm->next])
            farm->next++;

        taken = farm->next < trial->request.points;
        *point = farm->next;
        farm->next += taken;
        farm->taken += taken;
    }

    return taken;
}

/* Keeps a point that was tried, or notes the failure. */
static void finish_point(struct farm *farm, size_t point, enum spiral_status status,
                         const struct spiral_error *error)
{
    struct spiral_claim_trial *trial = farm->trial;
#pragma omp critical(claims)
    {
        struct spiral_error own;
        if (status == SPIRAL_OK && farm->options->keep != NULL) {
            status = farm->options->keep(farm->options->context, trial, point, &own);
            error = &own;
        }

        if (status == SPIRAL_OK) {
            trial->done[point] = true;
            trial->points_done++;
            note_progress(farm);
        } else if (farm->status == SPIRAL_OK) {
            farm->status = status;
            farm->error = *error;
        }
    }
}

/* One thread's work, until no point is left. */
static void try_points(struct farm *farm)
{
    struct workspace workspace;
    struct spiral_error error;
    size_t point;
    enum spiral_status status = workspace_init(&workspace, farm->trial, &error);

    if (status != SPIRAL_OK)
#pragma omp critical(claims)
    {
        farm->status = status;
        farm->error = error;
    }

    while (status == SPIRAL_OK && take_point(farm, &point)) {
        status = try_point(farm->trial, &workspace, point, &error);
        finish_point(farm, point, status, &error);
    }

    workspace_clear(&workspace);
}

enum spiral_status spiral_claims_try(struct spiral_claim_trial *trial,
                                     const struct spiral_claims_options *options,
                                     struct spiral_error *error)
{
    struct farm farm = {.trial = trial, .options = options};

    start_progress(&farm);

    const int threads = spiral_farm_threads(options->threads);

    if (threads == 1)
        try_points(&farm);
    else {
#pragma omp parallel num_threads(threads)
        try_points(&farm);
    }

    spiral_progress_wipe(&farm.progress);

    if (farm.status != SPIRAL_OK && error != NULL)
        *error = farm.error;
    if (farm.status == SPIRAL_OK && trial->points_done < trial->request.points)
        return spiral_error_set(error, SPIRAL_STOPPED, "stopped %s after %zu of %zu points",
                                spiral_interrupt_reason(), trial->points_done,
                                trial->request.points);

    return farm.status;
}
