/* SPDX-License-Identifier: MIT
 *
 * The runs of the live ensemble and what they show: no thread here.
 */
#include <stdlib.h>
#include <string.h>

#include "render/live/ensemble_parts.h"
#include "render/live/session_parts.h"
#include "sim/step.h"

struct spiral_live_job *spiral_live_job_create(struct spiral_session *session)
{
    struct spiral_live_job *job = calloc(1, sizeof *job);

    if (job == NULL)
        return NULL;
    job->now = spiral_session_start(session);

    if (session->before.plan != NULL) {
        job->before = session->before;
        job->after = session->after;
        spiral_shared_plan_hold(job->before.plan);
        spiral_shared_plan_hold(job->after.plan);
    }

    job->start =
        (struct spiral_run_start){.plan = spiral_shared_plan_hold(session->shared),
                                  .state = session->snapshots[0],
                                  .war = session->rows[0][SPIRAL_QUANTITY_hostility] >= 5.0,
                                  .force = session->rows[0][SPIRAL_QUANTITY_hostility] >= 4.0};
    job->before_id = session->before_id;
    job->seed = session->seed;
    job->revision = session->revision;
    memcpy(job->row, session->rows[session->present], sizeof job->row);
    clock_gettime(CLOCK_MONOTONIC, &job->asked);

    return job;
}

void spiral_live_job_destroy(struct spiral_live_job *job)
{
    if (job == NULL)
        return;
    spiral_run_start_release(&job->now);
    spiral_run_start_release(&job->before);
    spiral_run_start_release(&job->after);
    spiral_run_start_release(&job->start);
    free(job);
}

/* --- counting --------------------------------------------------------------------------------- */

enum spiral_status spiral_live_count_create(struct spiral_live_count *count,
                                            const struct spiral_run_start *start, bool fan)
{
    const struct spiral_plan *plan = start->plan->plan;
    const size_t places = (size_t)plan->steps + 1;

    *count = (struct spiral_live_count){.war = calloc(places, sizeof *count->war),
                                        .force = calloc(places, sizeof *count->force)};

    enum spiral_status status =
        count->war == NULL || count->force == NULL ? SPIRAL_NO_MEMORY : SPIRAL_OK;

    if (status == SPIRAL_OK && fan)
        status = spiral_fan_create(&count->fan, plan);
    if (status != SPIRAL_OK)
        spiral_live_count_clear(count);

    return status;
}

void spiral_live_count_clear(struct spiral_live_count *count)
{
    free(count->war);
    free(count->force);
    spiral_fan_destroy(count->fan);
    *count = (struct spiral_live_count){.runs = 0};
}

/* The step with which a lane's worst pair first stood at a level, where none is known yet. */
static void watch(const struct spiral_batch *batch, int live, double level,
                  long first[SPIRAL_LANES])
{
    const struct spiral_lanes_state *state = spiral_batch_state(batch);
    for (int q = 0; q < batch->layout.count[SPIRAL_OF_RIVAL]; q++)
        for (int l = 0; l < live; l++)
            if (first[l] < 0 && state->hostility[q][l] >= level)
                first[l] = batch->step;
}

void spiral_live_count_batch(struct spiral_live_count *count, struct spiral_batch *batch,
                             const struct spiral_run_start *start, uint64_t seed, uint64_t first,
                             int live)
{
    uint64_t stream[SPIRAL_LANES];
    long war[SPIRAL_LANES];
    long force[SPIRAL_LANES];

    for (int l = 0; l < SPIRAL_LANES; l++) {
        stream[l] = first + (uint64_t)(l < live ? l : 0);
        war[l] = start->war ? start->state.step : -1;
        force[l] = start->force ? start->state.step : -1;
    }

    spiral_snapshot_resume(&start->state, batch, start->plan->plan, seed, stream);
    while (batch->step < batch->steps) {
        spiral_step(batch);
        watch(batch, live, 5.0, war);
        watch(batch, live, 4.0, force);
        if (count->fan != NULL)
            spiral_fan_watch(count->fan, batch, live);
    }

    for (int l = 0; l < live; l++) {
        if (war[l] >= 0)
            count->war[war[l]]++;
        if (force[l] >= 0)
            count->force[force[l]]++;
    }

    count->runs += (uint64_t)live;
    if (count->fan != NULL)
        count->fan->runs =
            count->runs; /* a fan counts runs by their first step, which these may not have */
}

void spiral_live_count_merge(struct spiral_live_count *into, const struct spiral_live_count *from,
                             const struct spiral_run_start *start)
{
    for (long step = start->state.step; step <= start->plan->plan->steps; step++) {
        into->war[step] += from->war[step];
        into->force[step] += from->force[step];
    }

    into->runs += from->runs;
    if (into->fan != NULL)
        spiral_fan_merge(into->fan, from->fan);
}

double spiral_live_count_share(const uint64_t *first, const struct spiral_run_start *start,
                               uint64_t runs)
{
    uint64_t sum = 0;
    for (long step = start->state.step; step <= start->plan->plan->steps; step++)
        sum += first[step];
    return runs > 0 ? (double)sum / (double)runs : 0.0;
}

double *spiral_live_count_curve(const uint64_t *first, const struct spiral_run_start *start,
                                uint64_t runs)
{
    const long steps = start->plan->plan->steps;
    uint64_t sum = 0;
    double *share = calloc((size_t)steps + 1, sizeof *share);

    for (long step = start->state.step; share != NULL && step <= steps; step++) {
        sum += first[step];
        share[step] = runs > 0 ? (double)sum / (double)runs : 0.0;
    }

    return share;
}

/* --- results ---------------------------------------------------------------------------------- */

/* Mean and quantiles of all quantities after a step. */
static void read_bands(const struct spiral_fan *fan, long step,
                       double band[SPIRAL_QUANTITIES][SPIRAL_BANDS])
{
    static const double shares[] = {0.05, 0.25, 0.5, 0.75, 0.95};

    for (int i = 0; i < SPIRAL_QUANTITIES; i++) {
        band[i][SPIRAL_BAND_MEAN] = spiral_fan_mean(fan, step - 1, (enum spiral_quantity)i);
        spiral_fan_quantiles(fan, step - 1, (enum spiral_quantity)i, shares,
                             SPIRAL_BANDS - SPIRAL_BAND_05, &band[i][SPIRAL_BAND_05]);
    }
}

struct spiral_live_result *spiral_live_result_create(const struct spiral_live_job *job,
                                                     const struct spiral_live_count *count,
                                                     bool complete)
{
    const long from = job->now.state.step, steps = job->now.plan->plan->steps;
    const size_t places = (size_t)steps + 1;
    struct timespec now;
    struct spiral_live_result *result = calloc(1, sizeof *result);

    if (result == NULL)
        return NULL;
    *result = (struct spiral_live_result){.number = spiral_session_new_number(),
                                          .revision = job->revision,
                                          .from = from,
                                          .steps = steps,
                                          .runs = count->runs,
                                          .complete = complete};
    result->band = calloc(places, sizeof *result->band);
    result->war = spiral_live_count_curve(count->war, &job->now, count->runs);
    result->force = spiral_live_count_curve(count->force, &job->now, count->runs);

    if (result->band == NULL || result->war == NULL || result->force == NULL) {
        spiral_live_result_destroy(result);
        return NULL;
    }

    for (int i = 0; i < SPIRAL_QUANTITIES; i++)
        for (int b = 0; b < SPIRAL_BANDS; b++)
            result->band[from][i][b] = job->row[i];
    for (long step = from + 1; step <= steps; step++)
        read_bands(count->fan, step, result->band[step]);

    clock_gettime(CLOCK_MONOTONIC, &now);
    result->seconds = (double)(now.tv_sec - job->asked.tv_sec) +
                      1e-9 * (double)(now.tv_nsec - job->asked.tv_nsec);

    return result;
}

void spiral_live_result_add_whole(struct spiral_live_result *result, const double *war,
                                  const double *force)
{
    const size_t size = ((size_t)result->steps + 1) * sizeof *war;
    double *both[2] = {malloc(size), malloc(size)};

    if (both[0] == NULL || both[1] == NULL) {
        free(both[0]);
        free(both[1]);
        return;
    }

    result->whole_war = memcpy(both[0], war, size);
    result->whole_force = memcpy(both[1], force, size);
}

void spiral_live_result_destroy(struct spiral_live_result *result)
{
    if (result == NULL)
        return;
    free(result->band);
    free(result->war);
    free(result->force);
    free(result->whole_war);
    free(result->whole_force);
    free(result);
}
