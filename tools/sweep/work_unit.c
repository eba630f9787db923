/* SPDX-License-Identifier: MIT
 *
 * A unit of work: plans for its cells, made from scenarios whose parameters are set in place, and
 * batches whose lanes are filled across the cells.
 */
#include <stdlib.h>
#include <string.h>

#include "sim/step.h"
#include "tools/experiment/setter.h"
#include "tools/sweep/sweep.h"

/* A batch spans at most as many cells as it has lanes, and these are consecutive, so that the plans
 * that it needs at a time never share an entry of the cache. */
enum { PLANS = 2 * SPIRAL_LANES };

struct spiral_workspace {
    const struct spiral_sweep *sweep;
    struct spiral_setter *setters; /* [scenario]; owned */
    struct spiral_batch *batch;
    struct spiral_expression_observer **observers; /* [scenario], of its own outcomes; owned */
    struct {
        size_t cell;
        struct spiral_plan *plan; /* NULL: none */
    } plans[PLANS];
};

/* --- the result's parts ----------------------------------------------------------------------- */

/* Rounds up to a multiple of 16, to which sums must be aligned. */
static uint64_t padded(uint64_t bytes) { return (bytes + 15) / 16 * 16; }

static uint64_t sums_offset(const struct spiral_work_result *result)
{
    return padded(sizeof *result) + padded(result->cells * sizeof(uint64_t));
}

static uint64_t runs_offset(const struct spiral_work_result *result)
{
    return sums_offset(result) + result->cells * result->outcomes * sizeof(struct spiral_sums);
}

static uint64_t trajectories_offset(const struct spiral_work_result *result)
{
    return runs_offset(result) + padded(result->runs_kept * result->cells * result->replicates *
                                        result->outcomes * sizeof(double));
}

static uint64_t result_size(const struct spiral_work_result *result)
{
    return trajectories_offset(result) + padded(result->cells * result->trajectories *
                                                result->dates * SPIRAL_QUANTITIES * sizeof(double));
}

uint64_t *spiral_work_cells(struct spiral_work_result *result)
{
    return (uint64_t *)(void *)((char *)result + padded(sizeof *result));
}

struct spiral_sums *spiral_work_sums(struct spiral_work_result *result)
{
    return (struct spiral_sums *)(void *)((char *)result + sums_offset(result));
}

double *spiral_work_runs(struct spiral_work_result *result)
{
    return (double *)(void *)((char *)result + runs_offset(result));
}

double *spiral_work_trajectories(struct spiral_work_result *result)
{
    return (double *)(void *)((char *)result + trajectories_offset(result));
}

static struct spiral_work_result *create_result(const struct spiral_sweep *sweep,
                                                const struct spiral_work_unit *unit)
{
    const uint64_t wanted = sweep->experiment.trajectories;
    struct spiral_work_result result = {
        .round = unit->round,
        .unit = unit->number,
        .cells = unit->cell_count,
        .replicates = unit->count,
        .first = unit->first,
        .outcomes = (uint64_t)sweep->outcome_count,
        .runs_kept = sweep->experiment.keep_runs,
        .trajectories = wanted <= unit->first                ? 0
                        : wanted - unit->first < unit->count ? wanted - unit->first
                                                             : unit->count,
        .dates = (uint64_t)sweep->spans[spiral_cell_case(sweep, unit->cells[0])].steps + 1,
    };

    result.size = result_size(&result);

    struct spiral_work_result *block = aligned_alloc(16, result.size);

    if (block == NULL)
        return NULL;
    memset(block, 0, result.size);
    *block = result;
    for (size_t i = 0; i < unit->cell_count; i++)
        spiral_work_cells(block)[i] = unit->cells[i];

    return block;
}

/* --- plans ------------------------------------------------------------------------------------ */

enum spiral_status spiral_workspace_create(struct spiral_workspace **out,
                                           const struct spiral_sweep *sweep,
                                           struct spiral_error *error)
{
    const struct spiral_experiment *experiment = &sweep->experiment;
    struct spiral_workspace *workspace = calloc(1, sizeof *workspace);
    enum spiral_status status = SPIRAL_OK;

    *out = workspace;

    if (workspace != NULL) {
        workspace->sweep = sweep;
        workspace->batch = spiral_batch_create();
        workspace->setters = calloc(experiment->case_count, sizeof *workspace->setters);
        workspace->observers = calloc(experiment->case_count, sizeof *workspace->observers);
    }

    if (workspace == NULL || workspace->batch == NULL || workspace->setters == NULL ||
        workspace->observers == NULL)
        status = spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory to run %s", experiment->name);
    for (size_t c = 0; c < experiment->case_count && status == SPIRAL_OK; c++)
        status = spiral_setter_init(&workspace->setters[c], experiment,
                                    &experiment->cases[c].scenario, error);

    for (size_t c = 0; c < experiment->case_count && status == SPIRAL_OK; c++) {
        workspace->observers[c] =
            spiral_expression_observer_create(&sweep->expressions[c * experiment->own_count],
                                              experiment->own_count);
        if (workspace->observers[c] == NULL)
            status = spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for the outcomes of %s",
                                      experiment->name);
    }

    if (status != SPIRAL_OK) {
        spiral_workspace_destroy(workspace);
        *out = NULL;
    }

    return status;
}

/* Empties the cache of plans. */
static void drop_plans(struct spiral_workspace *workspace)
{
    for (int i = 0; i < PLANS; i++) {
        spiral_plan_destroy(workspace->plans[i].plan);
        workspace->plans[i].plan = NULL;
    }
}

void spiral_workspace_destroy(struct spiral_workspace *workspace)
{
    if (workspace == NULL)
        return;
    drop_plans(workspace);
    for (size_t c = 0; c < workspace->sweep->experiment.case_count && workspace->setters != NULL;
         c++)
        spiral_setter_clear(&workspace->setters[c]);
    for (size_t c = 0; c < workspace->sweep->experiment.case_count && workspace->observers != NULL;
         c++)
        spiral_expression_observer_destroy(workspace->observers[c]);
    free(workspace->setters);
    free(workspace->observers);
    spiral_batch_destroy(workspace->batch);
    free(workspace);
}

/* The plan of a cell, the i-th of its unit: from the cache, or made. */
static enum spiral_status find_plan(struct spiral_workspace *workspace, size_t i, size_t cell,
                                    const struct spiral_plan **plan, struct spiral_error *error)
{
    const struct spiral_sweep *sweep = workspace->sweep;
    const struct spiral_design *design = sweep->design;
    const size_t at = i % PLANS;
    const size_t point = spiral_cell_point(sweep, cell);

    if (workspace->plans[at].plan == NULL || workspace->plans[at].cell != cell) {
        struct spiral_setter *setter = &workspace->setters[spiral_cell_case(sweep, cell)];
        struct spiral_error problem;
        spiral_plan_destroy(workspace->plans[at].plan);

        const enum spiral_status status =
            spiral_setter_plan(setter, &design->value[point * design->axes], &sweep->experiment.run,
                               &workspace->plans[at].plan, &problem);
        workspace->plans[at].cell = cell;
        if (status != SPIRAL_OK)
            return spiral_error_set(error, status, "%s at point %zu: %s",
                                    sweep->experiment.cases[spiral_cell_case(sweep, cell)].name,
                                    point, problem.message);
    }

    *plan = workspace->plans[at].plan;

    return SPIRAL_OK;
}

/* --- batches ---------------------------------------------------------------------------------- */

/* What the lanes of a batch run. */
struct lanes {
    int live;                         /* the first ones; the rest is padding */
    size_t cell[SPIRAL_LANES];        /* index in the unit */
    uint64_t replicate[SPIRAL_LANES]; /* counted from the unit's first */
};

/* Keeps the quantities at the start or after a step, of the lanes whose trajectories are kept. */
static void keep_trajectories(struct spiral_work_result *result, const struct spiral_batch *batch,
                              const struct lanes *lanes)
{
    double *trajectories = spiral_work_trajectories(result);

    for (int l = 0; l < lanes->live; l++)
        if (lanes->replicate[l] < result->trajectories) {
            const uint64_t which = lanes->cell[l] * result->trajectories + lanes->replicate[l];
            double *start = &trajectories[which * result->dates * SPIRAL_QUANTITIES];

            spiral_quantities(batch, l, start + batch->step * SPIRAL_QUANTITIES);
            if (batch->step == 1)
                spiral_quantities_complete_start(start, start + SPIRAL_QUANTITIES);
        }
}

static void run_batch(struct spiral_workspace *workspace, struct spiral_work_result *result,
                      const struct lanes *lanes)
{
    const struct spiral_sweep *sweep = workspace->sweep;
    struct spiral_batch *batch = workspace->batch;
    struct spiral_outcome_observer observer;
    const size_t scenario = spiral_cell_case(sweep, spiral_work_cells(result)[0]);
    const struct spiral_run_span *span = &sweep->spans[scenario];
    struct spiral_expression_observer *own = workspace->observers[scenario];
    struct spiral_sums *sums = spiral_work_sums(result);
    double *runs = spiral_work_runs(result);

    spiral_outcome_begin(&observer);
    spiral_expression_begin(own);
    if (result->trajectories > 0)
        keep_trajectories(result, batch, lanes);

    while (batch->step < batch->steps) {
        spiral_step(batch);
        spiral_outcome_watch(&observer, batch);
        spiral_expression_watch(own, batch);
        if (result->trajectories > 0)
            keep_trajectories(result, batch, lanes);
    }

    for (int l = 0; l < lanes->live; l++) {
        const union spiral_outcome outcome = spiral_outcome_of(&observer, batch, l);
        for (int o = 0; o < sweep->outcome_count; o++) {
            const int which = sweep->outcomes[o];
            const double value =
                which < SPIRAL_OUTCOMES
                    ? outcome.value[which]
                    : spiral_expression_value(own, (size_t)(which - SPIRAL_OUTCOMES), &outcome, l);
            spiral_sums_add(&sums[lanes->cell[l] * result->outcomes + (uint64_t)o],
                            &sweep->measures[o], value, span);

            if (result->runs_kept)
                runs[(lanes->cell[l] * result->replicates + lanes->replicate[l]) *
                         result->outcomes +
                     (uint64_t)o] = value;
        }
    }
}

enum spiral_status spiral_work_unit_run(struct spiral_workspace *workspace,
                                        const struct spiral_work_unit *unit,
                                        struct spiral_work_result **out, struct spiral_error *error)
{
    const struct spiral_sweep *sweep = workspace->sweep;
    const uint64_t slots = unit->cell_count * unit->count; /* runs: cell * count + replicate */
    struct spiral_work_result *result = create_result(sweep, unit);
    enum spiral_status status = SPIRAL_OK;

    *out = result;
    if (result == NULL)
        return spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for the results of %zu cells",
                                unit->cell_count);

    for (uint64_t slot = 0; slot < slots && status == SPIRAL_OK; slot += SPIRAL_LANES) {
        const struct spiral_plan *plans[SPIRAL_LANES];
        uint64_t streams[SPIRAL_LANES];
        struct lanes lanes = {.live = SPIRAL_LANES};

        if (slots - slot < SPIRAL_LANES)
            lanes.live = (int)(slots - slot);

        for (int l = 0; l < SPIRAL_LANES && status == SPIRAL_OK; l++) {
            /* Lanes beyond the end of the unit repeat the batch's first. */
            const uint64_t here = l < lanes.live ? slot + (uint64_t)l : slot;

            lanes.cell[l] = here / unit->count;
            lanes.replicate[l] = here % unit->count;

            const size_t cell = unit->cells[lanes.cell[l]];
            streams[l] = spiral_replicate_stream(sweep, spiral_cell_point(sweep, cell),
                                                 unit->first + lanes.replicate[l]);
            status = find_plan(workspace, lanes.cell[l], cell, &plans[l], error);
            if (status == SPIRAL_OK)
                plans[l] = spiral_plan_of_run(plans[l], unit->first + lanes.replicate[l]);
        }

        if (status == SPIRAL_OK) {
            spiral_batch_start(workspace->batch, plans, sweep->experiment.seed, streams);
            run_batch(workspace, result, &lanes);
        }
    }

    drop_plans(workspace);
    if (status != SPIRAL_OK) {
        free(result);
        *out = NULL;
    }

    return status;
}
