/* SPDX-License-Identifier: MIT */
#include "tools/farm/farm.h"

#include <stdlib.h>
#ifdef _OPENMP
#include <omp.h>
#endif

#include "tools/farm/interrupt.h"
#include "tools/farm/progress.h"

/* Streams that a thread takes at a time. */
enum { BLOCK = 16 * SPIRAL_LANES };

static const char *progress_label;

void spiral_farm_show_progress(const char *label) { progress_label = label; }

int spiral_farm_threads(int asked)
{
#ifdef _OPENMP
    return asked > 0 ? asked : omp_get_num_procs();
#else
    (void)asked; /* without OpenMP there is one thread */
    return 1;
#endif
}

/* Whether this is the thread that shows progress. */
static bool is_first_thread(void)
{
#ifdef _OPENMP
    return omp_get_thread_num() == 0;
#else
    return true;
#endif
}

/* What the threads work on: one plan, or two in pairs. */
struct job {
    const struct spiral_plan *plans[2];
    int plan_count;
    uint64_t seed;
    uint64_t first;
    uint64_t count;
    uint64_t next;                   /* the first stream that no thread has taken */
    struct spiral_progress progress; /* the first thread's */
};

/* What one thread has collected. */
struct share {
    struct spiral_collector collectors[2];
    struct spiral_pairing pairing;
};

/* Which runs of a block had war and force under one plan. */
struct marks {
    uint64_t first;
    bool war[BLOCK];
    bool force[BLOCK];
};

static void mark_run(void *context, uint64_t stream, const union spiral_outcome *outcome)
{
    struct marks *marks = context;
    marks->war[stream - marks->first] = outcome->war > 0.0;
    marks->force[stream - marks->first] = outcome->force > 0.0;
}

/* Counts the pairs of runs that ended differently. */
static void count_discordant_pairs(struct spiral_pairing *pairing, const struct marks marks[2],
                                   uint64_t count)
{
    for (uint64_t i = 0; i < count; i++) {
        pairing->war_first += marks[0].war[i] && !marks[1].war[i];
        pairing->war_second += marks[1].war[i] && !marks[0].war[i];
        pairing->force_first += marks[0].force[i] && !marks[1].force[i];
        pairing->force_second += marks[1].force[i] && !marks[0].force[i];
    }

    pairing->runs += count;
}

static void run_block(struct spiral_batch *batch, const struct job *job, uint64_t block,
                      struct share *share)
{
    const uint64_t count = job->count - block < BLOCK ? job->count - block : BLOCK;
    struct marks marks[2];

    for (int i = 0; i < job->plan_count; i++) {
        struct spiral_collector *collector = &share->collectors[i];
        if (job->plan_count == 2) {
            marks[i].first = job->first + block;
            collector->each_run = mark_run;
            collector->context = &marks[i];
        }

        spiral_ensemble_run(batch, job->plans[i], job->seed, job->first + block, count, collector);
    }

    if (job->plan_count == 2)
        count_discordant_pairs(&share->pairing, marks, count);
}

/* One thread's work: takes blocks until none is left, and runs them into its share. */
static enum spiral_status run_blocks(struct job *job, struct share *share)
{
    struct spiral_batch *batch = spiral_batch_create();

    if (batch == NULL)
        return SPIRAL_NO_MEMORY;

    while (!spiral_interrupted()) {
        uint64_t block;
#pragma omp atomic capture
        {
            block = job->next;
            job->next += BLOCK;
        }

        if (block >= job->count)
            break;
        run_block(batch, job, block, share);

        if (is_first_thread()) {
            job->progress.runs = block;
            spiral_progress_show(&job->progress);
        }
    }

    spiral_batch_destroy(batch);

    return SPIRAL_OK;
}

/* Makes a share whose collectors collect what the caller's do. */
static enum spiral_status init_share(struct share *share, const struct job *job,
                                     struct spiral_collector *const collectors[])
{
    for (int i = 0; i < job->plan_count; i++) {
        const enum spiral_status status =
            spiral_collector_init(&share->collectors[i], job->plans[i], collectors[i]->fan != NULL,
                                  collectors[i]->ladder);
        if (status != SPIRAL_OK)
            return status;
    }

    /* Of pairs, each_run marks the blocks' runs instead. */
    if (job->plan_count == 1) {
        share->collectors[0].each_run = collectors[0]->each_run;
        share->collectors[0].context = collectors[0]->context;
    }

    return SPIRAL_OK;
}

/* Adds a share to what the caller collects. Integers throughout: the order does not matter. */
static void merge_share(const struct share *share, int plan_count,
                        struct spiral_collector *const collectors[], struct spiral_pairing *pairing)
{
    for (int i = 0; i < plan_count; i++)
        spiral_collector_merge(collectors[i], &share->collectors[i]);

    if (pairing == NULL)
        return;
    pairing->runs += share->pairing.runs;
    pairing->war_first += share->pairing.war_first;
    pairing->war_second += share->pairing.war_second;
    pairing->force_first += share->pairing.force_first;
    pairing->force_second += share->pairing.force_second;
}

static enum spiral_status run_thread(struct job *job, struct spiral_collector *const collectors[],
                                     struct spiral_pairing *pairing)
{
    struct share *share = calloc(1, sizeof *share);

    if (share == NULL)
        return SPIRAL_NO_MEMORY;

    enum spiral_status status = init_share(share, job, collectors);

    if (status == SPIRAL_OK)
        status = run_blocks(job, share);
#pragma omp critical(share)
    if (status == SPIRAL_OK)
        merge_share(share, job->plan_count, collectors, pairing);

    for (int i = 0; i < job->plan_count; i++)
        spiral_collector_clear(&share->collectors[i]);

    free(share);

    return status;
}

static enum spiral_status run_job(struct job *job, int threads,
                                  struct spiral_collector *const collectors[],
                                  struct spiral_pairing *pairing, struct spiral_error *error)
{
    enum spiral_status status = SPIRAL_OK;
    const int asked = spiral_farm_threads(threads);

    spiral_progress_start(&job->progress, progress_label);
    job->progress.most_runs = job->count;

    if (asked == 1) {
        status = run_thread(job, collectors, pairing);
    } else {
#pragma omp parallel num_threads(asked)
        {
            const enum spiral_status own = run_thread(job, collectors, pairing);
#pragma omp critical(outcome)
            if (own != SPIRAL_OK)
                status = own;
        }
    }

    spiral_progress_wipe(&job->progress);

    if (status == SPIRAL_NO_MEMORY)
        return spiral_error_set(error, status, "no memory for %d threads", asked);
    if (spiral_interrupted())
        return spiral_error_set(error, SPIRAL_STOPPED, "stopped on request after %llu runs",
                                (unsigned long long)collectors[0]->tally->runs);

    return status;
}

enum spiral_status spiral_farm_run(const struct spiral_plan *plan, uint64_t seed, uint64_t first,
                                   uint64_t count, int threads, struct spiral_collector *collector,
                                   struct spiral_error *error)
{
    struct job job = {
        .plans = {plan}, .plan_count = 1, .seed = seed, .first = first, .count = count};
    return run_job(&job, threads, &collector, NULL, error);
}

enum spiral_status spiral_farm_run_paired(const struct spiral_plan *const plans[2], uint64_t seed,
                                          uint64_t count, int threads,
                                          struct spiral_collector *const collectors[2],
                                          struct spiral_pairing *pairing,
                                          struct spiral_error *error)
{
    struct job job = {.plans = {plans[0], plans[1]}, .plan_count = 2, .seed = seed, .count = count};
    *pairing = (struct spiral_pairing){.runs = 0};
    return run_job(&job, threads, collectors, pairing, error);
}
