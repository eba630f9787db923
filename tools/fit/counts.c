/* SPDX-License-Identifier: MIT */
#include "tools/fit/counts.h"

#include <stdlib.h>
#include <string.h>

#include "sim/step.h"
#include "sim/tally.h"
#include "tools/farm/farm.h"
#include "tools/farm/interrupt.h"

/* Runs of a task, and entries of a thread's cache of plans. */
enum { TASK_RUNS = 4 * SPIRAL_LANES, PLANS = 2 * SPIRAL_LANES };

/* What a thread works with. A batch spans at most as many points as it has lanes, and these are
 * consecutive, so that the plans that it needs at a time never share an entry of the cache. */
struct spiral_counter_workspace {
    struct spiral_setter *setters; /* [case] */
    struct spiral_batch *batch;
    struct {
        size_t point;
        struct spiral_plan *plan; /* NULL: none */
    } plans[PLANS];
};

/* --- creation --------------------------------------------------------------------------------- */

/* Empties the cache of plans. */
static void drop_plans(struct spiral_counter_workspace *workspace)
{
    for (int i = 0; i < PLANS; i++) {
        spiral_plan_destroy(workspace->plans[i].plan);
        workspace->plans[i].plan = NULL;
    }
}

static enum spiral_status init_workspace(struct spiral_counter_workspace *workspace,
                                         const struct spiral_experiment *experiment,
                                         struct spiral_error *error)
{
    enum spiral_status status = SPIRAL_OK;

    workspace->batch = spiral_batch_create();
    workspace->setters = calloc(experiment->case_count, sizeof *workspace->setters);
    if (workspace->batch == NULL || workspace->setters == NULL)
        return spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory to run %zu cases",
                                experiment->case_count);
    for (size_t c = 0; c < experiment->case_count && status == SPIRAL_OK; c++)
        status = spiral_setter_init(&workspace->setters[c], experiment,
                                    &experiment->cases[c].scenario, error);

    return status;
}

/* Years and rivals of each case, as a tally has them. */
static enum spiral_status measure_cases(struct spiral_counter *counter, struct spiral_error *error)
{
    for (size_t c = 0; c < counter->experiment->case_count; c++) {
        struct spiral_plan *plan;
        struct spiral_tally *tally = NULL;
        enum spiral_status status = spiral_setter_plan(&counter->workspaces[0].setters[c], NULL,
                                                       &counter->experiment->run, &plan, error);

        if (status == SPIRAL_OK && spiral_tally_create(&tally, plan) != SPIRAL_OK)
            status = spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for the years of %s",
                                      counter->experiment->cases[c].scenario.name);

        if (status == SPIRAL_OK) {
            counter->years[c] = tally->years;
            counter->rivals[c] = tally->rivals;
            counter->at[c + 1] = counter->at[c] + 5 * (size_t)(tally->years * tally->rivals);
        }

        spiral_tally_destroy(tally);
        spiral_plan_destroy(plan);
        if (status != SPIRAL_OK)
            return status;
    }

    return SPIRAL_OK;
}

enum spiral_status spiral_counter_create(struct spiral_counter *counter,
                                         const struct spiral_experiment *experiment, int threads,
                                         struct spiral_error *error)
{
    enum spiral_status status = SPIRAL_OK;

    *counter =
        (struct spiral_counter){.experiment = experiment, .threads = spiral_farm_threads(threads)};
    counter->workspaces = calloc((size_t)counter->threads, sizeof *counter->workspaces);
    if (counter->workspaces == NULL)
        return spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for %d threads",
                                counter->threads);
    for (int t = 0; t < counter->threads && status == SPIRAL_OK; t++)
        status = init_workspace(&counter->workspaces[t], experiment, error);

    return status != SPIRAL_OK ? status : measure_cases(counter, error);
}

void spiral_counter_clear(struct spiral_counter *counter)
{
    for (int t = 0; t < counter->threads && counter->workspaces != NULL; t++) {
        struct spiral_counter_workspace *workspace = &counter->workspaces[t];
        for (size_t c = 0; c < counter->experiment->case_count && workspace->setters != NULL; c++)
            spiral_setter_clear(&workspace->setters[c]);
        free(workspace->setters);
        spiral_batch_destroy(workspace->batch);
    }

    free(counter->workspaces);
    *counter = (struct spiral_counter){.threads = 0};
}

/* --- batches ---------------------------------------------------------------------------------- */

/* What the threads share. */
struct farm {
    struct spiral_counter *counter;
    const struct spiral_count_request *request;
    uint64_t *count;
    size_t next_case;   /* of the next task */
    uint64_t next_slot; /* a slot is a run: point * runs + replicate */
    int next_workspace;
    enum spiral_status status; /* the first that was not SPIRAL_OK */
    struct spiral_error *error;
};

/* Slots of a case that a thread runs together. */
struct task {
    size_t index; /* of the case */
    uint64_t slot;
    uint64_t count;
};

/* The highest level of each rival so far in the present calendar year. */
struct year_watch {
    int year;
    double highest[SPIRAL_MAX_RIVAL][SPIRAL_LANES];
};

/* Ends a calendar year: adds its highest levels to the counts of the lanes' points. */
static void close_year(struct farm *farm, const struct task *task, struct year_watch *watch,
                       const size_t point[SPIRAL_LANES], int live)
{
    const struct spiral_counter *counter = farm->counter;
    const size_t stride = counter->at[counter->experiment->case_count];
    const int rivals = counter->rivals[task->index];
#pragma omp critical(calibrate_counts)
    for (int q = 0; q < rivals; q++)
        for (int l = 0; l < live; l++) {
            const int level = (int)watch->highest[q][l];
            if (level >= 1)
                farm->count[point[l] * stride + counter->at[task->index] +
                            (size_t)((watch->year * rivals + q) * 5 + level - 1)]++;
        }

    memset(watch->highest, 0, sizeof watch->highest);
}

/* Runs a started batch. The state after a step belongs to the calendar year in which the step
 * began, as in sim/ensemble.c. */
static void run_batch(struct farm *farm, const struct task *task, struct spiral_batch *batch,
                      const size_t point[SPIRAL_LANES], int live)
{
    const int rivals = farm->counter->rivals[task->index];
    const int first_year = (int)(batch->plan[0]->start + 1e-6);
    struct year_watch watch = {0};

    while (batch->step < batch->steps) {
        const int year = (int)(spiral_plan_date(batch->plan[0], batch->step) + 1e-6) - first_year;
        if (year != watch.year)
            close_year(farm, task, &watch, point, live);
        watch.year = year;
        spiral_step(batch);

        const struct spiral_lanes_state *state = spiral_batch_state(batch);

        for (int q = 0; q < rivals; q++)
            for (int l = 0; l < SPIRAL_LANES; l++)
                watch.highest[q][l] = watch.highest[q][l] > state->hostility[q][l]
                                          ? watch.highest[q][l]
                                          : state->hostility[q][l];
    }

    close_year(farm, task, &watch, point, live);
}

/* The plan of a point: from the cache, or made. */
static enum spiral_status find_plan(struct farm *farm, struct spiral_counter_workspace *workspace,
                                    const struct task *task, size_t point,
                                    const struct spiral_plan **plan, struct spiral_error *error)
{
    const struct spiral_experiment *experiment = farm->counter->experiment;
    const double *values = farm->request->values;
    const size_t at = point % PLANS;

    if (workspace->plans[at].plan == NULL || workspace->plans[at].point != point) {
        struct spiral_error problem;
        spiral_plan_destroy(workspace->plans[at].plan);

        const enum spiral_status status =
            spiral_setter_plan(&workspace->setters[task->index],
                               values == NULL ? NULL : &values[point * experiment->axis_count],
                               &experiment->run, &workspace->plans[at].plan, &problem);
        workspace->plans[at].point = point;
        if (status != SPIRAL_OK)
            return spiral_error_set(error, status, "%s at a point of the fit: %s",
                                    experiment->cases[task->index].scenario.name, problem.message);
    }

    *plan = workspace->plans[at].plan;

    return SPIRAL_OK;
}

static enum spiral_status run_task(struct farm *farm, struct spiral_counter_workspace *workspace,
                                   const struct task *task, struct spiral_error *error)
{
    const struct spiral_count_request *request = farm->request;
    enum spiral_status status = SPIRAL_OK;

    for (uint64_t done = 0; done < task->count && status == SPIRAL_OK; done += SPIRAL_LANES) {
        const struct spiral_plan *plans[SPIRAL_LANES];
        uint64_t streams[SPIRAL_LANES];
        size_t point[SPIRAL_LANES];
        const int live =
            task->count - done < SPIRAL_LANES ? (int)(task->count - done) : SPIRAL_LANES;

        for (int l = 0; l < SPIRAL_LANES && status == SPIRAL_OK; l++) {
            /* Lanes beyond the end of the task repeat the batch's first. */
            const uint64_t slot = task->slot + done + (uint64_t)(l < live ? l : 0);

            point[l] = (size_t)(slot / request->runs);
            streams[l] = request->first + (request->independent ? slot : slot % request->runs);
            status = find_plan(farm, workspace, task, point[l], &plans[l], error);
        }

        if (status == SPIRAL_OK) {
            spiral_batch_start(workspace->batch, plans, farm->counter->experiment->seed, streams);
            run_batch(farm, task, workspace->batch, point, live);
        }
    }

    drop_plans(workspace);

    return status;
}

/* --- threads ---------------------------------------------------------------------------------- */

/* The next task. False where there is none, or none is to be begun. */
static bool take_task(struct farm *farm, struct task *task)
{
    const struct spiral_count_request *request = farm->request;
    const uint64_t slots = request->points * request->runs;
    bool taken = false;
#pragma omp critical(calibrate_tasks)
    {
        while (farm->next_case < farm->counter->experiment->case_count &&
               (!request->used[farm->next_case] || farm->next_slot >= slots)) {
            farm->next_case++;
            farm->next_slot = 0;
        }

        taken = farm->next_case < farm->counter->experiment->case_count &&
                farm->status == SPIRAL_OK && !spiral_interrupted();
        if (taken) {
            const uint64_t left = slots - farm->next_slot;
            *task = (struct task){farm->next_case, farm->next_slot,
                                  left < TASK_RUNS ? left : TASK_RUNS};
            farm->next_slot += task->count;
        }
    }

    return taken;
}

/* One thread's work, until no task is left. */
static void run_tasks(struct farm *farm)
{
    struct spiral_counter_workspace *workspace = NULL;
    struct task task;
#pragma omp critical(calibrate_tasks)
    workspace = &farm->counter->workspaces[farm->next_workspace++];
    while (take_task(farm, &task)) {
        struct spiral_error error;
        const enum spiral_status status = run_task(farm, workspace, &task, &error);
#pragma omp critical(calibrate_tasks)
        {
            if (status != SPIRAL_OK && farm->status == SPIRAL_OK) {
                farm->status = status;
                *farm->error = error;
            }

            if (farm->counter->progress != NULL) {
                farm->counter->progress->runs += task.count;
                spiral_progress_show(farm->counter->progress);
            }
        }
    }
}

enum spiral_status spiral_count(uint64_t **count, struct spiral_counter *counter,
                                const struct spiral_count_request *request,
                                struct spiral_error *error)
{
    const size_t stride = counter->at[counter->experiment->case_count];
    struct spiral_error first = {.status = SPIRAL_OK};
    struct farm farm = {.counter = counter, .request = request, .error = &first};

    *count = farm.count = calloc(request->points, stride * sizeof *farm.count);
    if (farm.count == NULL)
        return spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for the years of %zu points",
                                request->points);
    if (counter->threads == 1)
        run_tasks(&farm);
    else {
#pragma omp parallel num_threads(counter->threads)
        run_tasks(&farm);
    }

    if (farm.status == SPIRAL_OK && spiral_interrupted())
        farm.status =
            spiral_error_set(&first, SPIRAL_STOPPED, "stopped %s", spiral_interrupt_reason());
    if (farm.status == SPIRAL_OK)
        return SPIRAL_OK;
    free(*count);
    *count = NULL;
    if (error != NULL)
        *error = first;

    return farm.status;
}
