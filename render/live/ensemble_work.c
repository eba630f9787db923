/* SPDX-License-Identifier: MIT */
#include "render/live/ensemble_work.h"

#include <stdlib.h>
#include <string.h>

#include "render/live/serial.h"

struct spiral_live_job *spiral_live_job_create(struct spiral_session *session)
{
    struct spiral_live_job *job = calloc(1, sizeof *job);

    if (job == NULL)
        return NULL;
    job->now = spiral_session_start(session);

    if (session->before.plan != NULL) {
        job->before = spiral_run_start_hold(&session->before);
        job->after = spiral_run_start_hold(&session->after);
    }

    job->start =
        (struct spiral_run_start){.plan = spiral_shared_plan_hold(session->shared),
                                  .state = session->snapshots[0],
                                  .war = session->rows[0][SPIRAL_QUANTITY_hostility] >= 5.0,
                                  .force = session->rows[0][SPIRAL_QUANTITY_hostility] >= 4.0};
    job->before_serial = session->before_serial;
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

void spiral_live_collect(struct spiral_collector *collector, struct spiral_batch *batch,
                         const struct spiral_run_start *start, uint64_t seed, uint64_t first,
                         uint64_t count)
{
    const struct spiral_ensemble_start from = {.snapshot = &start->state,
                                               .war = start->war,
                                               .force = start->force};
    spiral_ensemble_run_from(batch, start->plan->plan, &from, seed, first, count, collector);
}

/* The shares of runs with war and with force by the end. */
static struct spiral_live_risk risk_by_end(const struct spiral_tally *tally, uint64_t key)
{
    const double runs = (double)tally->runs;

    return (struct spiral_live_risk){.known = true,
                                     .key = key,
                                     .war = (double)spiral_tally_wars(tally, tally->steps) / runs,
                                     .force =
                                         (double)spiral_tally_forces(tally, tally->steps) / runs};
}

/* The share of runs within so many steps of those in `by_step`, [steps + 1]. NULL where there is no
 * memory; the caller frees it. */
static double *risk_curve(const struct spiral_tally *tally, const uint64_t *by_step)
{
    uint64_t sum = 0;
    double *share = calloc((size_t)tally->steps + 1, sizeof *share);

    for (long step = 0; share != NULL && step <= tally->steps; step++) {
        sum += by_step[step];
        share[step] = tally->runs > 0 ? (double)sum / (double)tally->runs : 0.0;
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
                                                     const struct spiral_collector *collector,
                                                     bool complete)
{
    const struct spiral_tally *tally = collector->tally;
    const long from = job->now.state.step;
    struct timespec now;
    struct spiral_live_result *result = calloc(1, sizeof *result);

    if (result == NULL)
        return NULL;
    *result = (struct spiral_live_result){.number = spiral_live_serial(),
                                          .revision = job->revision,
                                          .from = from,
                                          .steps = tally->steps,
                                          .runs = tally->runs,
                                          .complete = complete};
    result->by_constants =
        spiral_tally_war_by_constants(tally, tally->years - 1, &result->war_by_constants);
    result->band = calloc((size_t)tally->steps + 1, sizeof *result->band);
    result->war = risk_curve(tally, tally->war_by_step);
    result->force = risk_curve(tally, tally->force_by_step);

    if (result->band == NULL || result->war == NULL || result->force == NULL) {
        spiral_live_result_destroy(result);
        return NULL;
    }

    /* all runs are still one in the present */
    for (int i = 0; i < SPIRAL_QUANTITIES; i++)
        for (int b = 0; b < SPIRAL_BANDS; b++)
            result->band[from][i][b] = job->row[i];
    for (long step = from + 1; step <= tally->steps; step++)
        read_bands(collector->fan, step, result->band[step]);

    clock_gettime(CLOCK_MONOTONIC, &now);
    result->seconds = (double)(now.tv_sec - job->asked.tv_sec) +
                      1e-9 * (double)(now.tv_nsec - job->asked.tv_nsec);

    return result;
}

/* Gives a result copies of the curves of the whole run; does nothing where there is no memory. */
static void add_whole(struct spiral_live_result *result, const double *war, const double *force)
{
    const size_t size = ((size_t)result->steps + 1) * sizeof *war;
    double *war_copy = malloc(size);
    double *force_copy = malloc(size);

    if (war_copy == NULL || force_copy == NULL) {
        free(war_copy);
        free(force_copy);
        return;
    }

    result->whole_war = memcpy(war_copy, war, size);
    result->whole_force = memcpy(force_copy, force, size);
}

/* --- memory ----------------------------------------------------------------------------------- */

void spiral_live_memory_clear(struct spiral_live_memory *memory)
{
    free(memory->whole_war);
    free(memory->whole_force);
    *memory = (struct spiral_live_memory){.whole_war = NULL};
}

/* --- the order of the work -------------------------------------------------------------------- */

/* A job while it is done. */
struct work {
    const struct spiral_live_job *job;
    uint64_t runs;
    struct spiral_live_memory *memory;
    const struct spiral_live_runner *runner;
    struct spiral_collector present; /* the runs from the present */
};

static bool collect_runs(const struct work *work, struct spiral_collector *collector,
                         const struct spiral_run_start *start, uint64_t wanted, bool finish)
{
    return work->runner->collect(work->runner->context, collector, start, work->job->seed, wanted,
                                 finish);
}

/* Whether the risks before and after the last choice of the job are known. */
static bool is_compared(const struct work *work)
{
    const struct spiral_live_job *job = work->job;
    const struct spiral_live_memory *memory = work->memory;

    return job->before.plan != NULL && memory->before.known &&
           memory->before.key == job->before_serial && memory->after.known &&
           memory->after.key == job->revision;
}

/* Publishes the runs from the present, with what is known of the whole run and of the risks before
 * and after. */
static void publish_result(const struct work *work, bool complete)
{
    const struct spiral_live_memory *memory = work->memory;
    struct spiral_live_result *result =
        spiral_live_result_create(work->job, &work->present, complete);

    if (result == NULL)
        return;
    if (memory->whole_war != NULL)
        add_whole(result, memory->whole_war, memory->whole_force);
    result->compared = is_compared(work);

    if (result->compared) {
        result->war_before = memory->before.war;
        result->force_before = memory->before.force;
        result->war_after = memory->after.war;
        result->force_after = memory->after.force;
    }

    work->runner->publish(work->runner->context, result);
}

/* Calculates the risks of a start, unless they are remembered; false where the work was given
 * up. */
static bool measure_risk(const struct work *work, const struct spiral_run_start *start,
                         uint64_t key, struct spiral_live_risk *risk)
{
    struct spiral_collector collector;
    bool done = false;

    if (risk->known && risk->key == key)
        return true;

    if (spiral_collector_init(&collector, start->plan->plan, false, false) == SPIRAL_OK)
        done = collect_runs(work, &collector, start, work->runs, false);
    if (done)
        *risk = risk_by_end(collector.tally, key);
    spiral_collector_clear(&collector);

    return done;
}

/* Calculates the risks before and after the last choice; false where they were known, or the work
 * was given up. */
static bool compare_choices(const struct work *work)
{
    const struct spiral_live_job *job = work->job;

    if (job->before.plan == NULL || is_compared(work))
        return false;

    /* the runs after the choice are those from the present, where it was made just now */
    if (job->after.state.step == job->now.state.step)
        work->memory->after = risk_by_end(work->present.tally, job->revision);

    return measure_risk(work, &job->before, job->before_serial, &work->memory->before) &&
           measure_risk(work, &job->after, job->revision, &work->memory->after);
}

/* Remembers the curves of the whole run; false where there is no memory. */
static bool remember_whole(const struct work *work, const struct spiral_tally *tally)
{
    struct spiral_live_memory *memory = work->memory;
    double *war = risk_curve(tally, tally->war_by_step);
    double *force = risk_curve(tally, tally->force_by_step);

    if (war == NULL || force == NULL) {
        free(war);
        free(force);
        return false;
    }

    free(memory->whole_war);
    free(memory->whole_force);
    memory->whole_revision = work->job->revision;
    memory->whole_war = war;
    memory->whole_force = force;

    return true;
}

/* Counts the runs from the start, unless those of this plan and seed are counted already; false
 * where they were, or the work was given up. */
static bool count_whole(const struct work *work)
{
    const struct spiral_live_job *job = work->job;
    struct spiral_collector collector;
    bool done = false;

    if (work->memory->whole_war != NULL && work->memory->whole_revision == job->revision)
        return false;
    if (job->now.state.step == job->start.state.step)
        return remember_whole(work, work->present.tally);

    if (spiral_collector_init(&collector, job->start.plan->plan, false, false) == SPIRAL_OK)
        done = collect_runs(work, &collector, &job->start, work->runs, false) &&
               remember_whole(work, collector.tally);
    spiral_collector_clear(&collector);

    return done;
}

void spiral_live_work(const struct spiral_live_job *job, uint64_t runs,
                      struct spiral_live_memory *memory, const struct spiral_live_runner *runner)
{
    const uint64_t coarse = runs < SPIRAL_COARSE_RUNS ? runs : SPIRAL_COARSE_RUNS;
    struct work work = {.job = job, .runs = runs, .memory = memory, .runner = runner};

    if (spiral_collector_init(&work.present, job->now.plan->plan, true, false) != SPIRAL_OK ||
        !collect_runs(&work, &work.present, &job->now, coarse, true))
        goto out;

    if (coarse < runs) {
        if (job->coarse)
            publish_result(&work, false);
        if (!collect_runs(&work, &work.present, &job->now, runs, false))
            goto out;
    }

    publish_result(&work, true);
    if (compare_choices(&work))
        publish_result(&work, true);
    if (count_whole(&work))
        publish_result(&work, true);

out:
    spiral_collector_clear(&work.present);
}
