/* SPDX-License-Identifier: MIT */
#include "parallel/threads.h"

#include <stdlib.h>

/* Without OpenMP the pragmas below mean nothing, and everything runs on the calling thread. */
#ifdef _OPENMP
#include <omp.h>
#endif

/* A block is what is finished after a request to stop: so many runs, or fewer where each is
 * long. */
enum { BLOCK = 32 * SPIRAL_LANES, BLOCK_STEPS = 1 << 18 };

int spiral_parallel_threads(int asked)
{
#ifdef _OPENMP
    return asked > 0 ? asked : omp_get_max_threads();
#else
    (void)asked;
    return 1;
#endif
}

static int thread_number(void)
{
#ifdef _OPENMP
    return omp_get_thread_num();
#else
    return 0;
#endif
}

/* What a thread works on: one plan, or two in pairs. */
struct job {
    const struct spiral_plan *plans[2];
    int plan_count;
    uint64_t seed;
    uint64_t first;
    uint64_t count;
    uint64_t block;                   /* runs of a block: a multiple of SPIRAL_LANES */
    const struct spiral_watch *watch; /* NULL: none */
    uint64_t next;                    /* shared by the threads */
    int stopped;                      /* shared by the threads */
};

/* What a thread has collected. */
struct collected {
    struct spiral_collector collectors[2];
    struct spiral_pairing pairing;
};

/* Which runs of a block had war and force, under each plan. */
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

static void add_pairs(struct spiral_pairs *into, const struct spiral_pairs *from)
{
    into->runs += from->runs;
    into->war_first += from->war_first;
    into->war_second += from->war_second;
    into->force_first += from->force_first;
    into->force_second += from->force_second;
}

static void count_pairs(struct spiral_pairing *pairing, const struct marks marks[2], uint64_t count)
{
    for (uint64_t i = 0; i < count; i++) {
        const struct spiral_pairs pair = {
            .runs = 1,
            .war_first = marks[0].war[i] && !marks[1].war[i],
            .war_second = marks[1].war[i] && !marks[0].war[i],
            .force_first = marks[0].force[i] && !marks[1].force[i],
            .force_second = marks[1].force[i] && !marks[0].force[i],
        };

        add_pairs(&pairing->all, &pair);
        if (pairing->set_count > 0)
            add_pairs(&pairing->sets[(marks[0].first + i) % pairing->set_count], &pair);
    }
}

/* An empty pairing for plans with so many sets. */
static enum spiral_status init_pairing(struct spiral_pairing *pairing, size_t sets)
{
    *pairing = (struct spiral_pairing){.set_count = sets};
    if (sets > 0)
        pairing->sets = calloc(sets, sizeof *pairing->sets);

    return sets > 0 && pairing->sets == NULL ? SPIRAL_NO_MEMORY : SPIRAL_OK;
}

void spiral_pairing_clear(struct spiral_pairing *pairing)
{
    free(pairing->sets);
    *pairing = (struct spiral_pairing){.set_count = 0};
}

/* The interval over the sets of constants of a difference, of war or of force. */
static bool difference_by_constants(const struct spiral_pairing *pairing, bool of_war,
                                    struct spiral_interval *interval)
{
    struct spiral_set_variance variance = {.lowest = -1.0};

    for (size_t s = 0; s < pairing->set_count; s++) {
        const struct spiral_pairs *set = &pairing->sets[s];
        spiral_set_variance_add(&variance, set->runs, of_war ? set->war_second : set->force_second,
                                of_war ? set->war_first : set->force_first);
    }

    return spiral_constants_interval(&variance, interval);
}

bool spiral_pairing_war_by_constants(const struct spiral_pairing *pairing,
                                     struct spiral_interval *interval)
{
    return difference_by_constants(pairing, true, interval);
}

bool spiral_pairing_force_by_constants(const struct spiral_pairing *pairing,
                                       struct spiral_interval *interval)
{
    return difference_by_constants(pairing, false, interval);
}

static void run_block(struct spiral_batch *batch, const struct job *job, uint64_t block,
                      struct collected *own)
{
    const uint64_t count = job->count - block < job->block ? job->count - block : job->block;
    struct marks marks[2];

    for (int i = 0; i < job->plan_count; i++) {
        struct spiral_collector *collector = &own->collectors[i];
        if (job->plan_count == 2) {
            marks[i].first = job->first + block;
            collector->each_run = mark_run;
            collector->context = &marks[i];
        }

        spiral_ensemble_run(batch, job->plans[i], job->seed, job->first + block, count, collector);
    }

    if (job->plan_count == 2)
        count_pairs(&own->pairing, marks, count);
}

/* One thread's share: blocks as they come, into its own collectors. */
static enum spiral_status run_blocks(struct job *job, struct collected *own)
{
    struct spiral_batch *batch = spiral_batch_create();

    if (batch == NULL)
        return SPIRAL_NO_MEMORY;

    for (;;) {
        uint64_t block;
        int stopped;

#pragma omp atomic read
        stopped = job->stopped;
        if (stopped)
            break;
#pragma omp atomic capture
        {
            block = job->next;
            job->next += job->block;
        }

        if (block >= job->count)
            break;
        run_block(batch, job, block, own);

        if (job->watch != NULL && thread_number() == 0 &&
            !job->watch->go_on(job->watch->context, block, job->count)) {
#pragma omp atomic write
            job->stopped = 1;
        }
    }

    spiral_batch_destroy(batch);

    return SPIRAL_OK;
}

/* Sets up a thread's collectors like the caller's, runs blocks, and adds what was collected to the
 * caller's. */
static enum spiral_status run_and_merge(struct job *job,
                                        struct spiral_collector *const collectors[],
                                        struct spiral_pairing *pairing)
{
    struct collected *own = calloc(1, sizeof *own);
    enum spiral_status status = own == NULL ? SPIRAL_NO_MEMORY : SPIRAL_OK;

    for (int i = 0; i < job->plan_count && status == SPIRAL_OK; i++)
        status = spiral_collector_init(&own->collectors[i], job->plans[i],
                                       collectors[i]->fan != NULL, collectors[i]->ladder);

    for (int i = 0; i < job->plan_count && status == SPIRAL_OK && job->plan_count == 1; i++) {
        own->collectors[i].each_run = collectors[i]->each_run;
        own->collectors[i].context = collectors[i]->context;
    }

    if (status == SPIRAL_OK && pairing != NULL)
        status = init_pairing(&own->pairing, job->plans[0]->set_count);
    if (status == SPIRAL_OK)
        status = run_blocks(job, own);
#pragma omp critical(parallel_merge)
    if (status == SPIRAL_OK) {
        for (int i = 0; i < job->plan_count; i++)
            spiral_collector_merge(collectors[i], &own->collectors[i]);

        if (pairing != NULL) {
            add_pairs(&pairing->all, &own->pairing.all);
            for (size_t s = 0; s < pairing->set_count; s++)
                add_pairs(&pairing->sets[s], &own->pairing.sets[s]);
        }
    }

    for (int i = 0; i < job->plan_count && own != NULL; i++)
        spiral_collector_clear(&own->collectors[i]);

    if (own != NULL)
        spiral_pairing_clear(&own->pairing);
    free(own);

    return status;
}

/* The runs of a block of this plan. How runs are cut into blocks does not affect what is
 * collected: lanes are always filled alike. */
static uint64_t runs_of_block(const struct spiral_plan *plan)
{
    const uint64_t batches = BLOCK_STEPS / (uint64_t)plan->steps;
    const uint64_t most = BLOCK / SPIRAL_LANES;

    return SPIRAL_LANES * (batches < 1 ? 1 : batches > most ? most : batches);
}

static enum spiral_status run_job(struct job *job, int threads,
                                  struct spiral_collector *const collectors[],
                                  struct spiral_pairing *pairing, struct spiral_error *error)
{
    const int used = spiral_parallel_threads(threads);
    enum spiral_status status = SPIRAL_OK;

    job->block = runs_of_block(job->plans[0]);

    if (job->watch != NULL && !job->watch->go_on(job->watch->context, 0, job->count))
        job->stopped = 1;

    if (used == 1) {
        status = run_and_merge(job, collectors, pairing);
    } else {
#pragma omp parallel num_threads(used)
        {
            const enum spiral_status own = run_and_merge(job, collectors, pairing);
#pragma omp critical(parallel_status)
            if (own != SPIRAL_OK)
                status = own;
        }
    }

    if (status == SPIRAL_NO_MEMORY)
        return spiral_error_set(error, status, "no memory for %d threads", used);
    if (job->stopped)
        return spiral_error_set(error, SPIRAL_STOPPED, "stopped on request after %llu runs",
                                (unsigned long long)collectors[0]->tally->runs);

    return status;
}

enum spiral_status spiral_parallel_run(const struct spiral_plan *plan, uint64_t seed,
                                       uint64_t first, uint64_t count, int threads,
                                       struct spiral_collector *collector,
                                       const struct spiral_watch *watch, struct spiral_error *error)
{
    struct job job = {.plans = {plan},
                      .plan_count = 1,
                      .seed = seed,
                      .first = first,
                      .count = count,
                      .watch = watch};
    return run_job(&job, threads, &collector, NULL, error);
}

enum spiral_status spiral_parallel_run_paired(const struct spiral_plan *const plans[2],
                                              uint64_t seed, uint64_t count, int threads,
                                              struct spiral_collector *const collectors[2],
                                              struct spiral_pairing *pairing,
                                              const struct spiral_watch *watch,
                                              struct spiral_error *error)
{
    struct job job = {.plans = {plans[0], plans[1]},
                      .plan_count = 2,
                      .seed = seed,
                      .count = count,
                      .watch = watch};

    if (init_pairing(pairing, plans[0]->set_count) != SPIRAL_OK)
        return spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for %zu sets of constants",
                                plans[0]->set_count);

    return run_job(&job, threads, collectors, pairing, error);
}

/* The parts of a piece of work and which of them is next. */
struct parts {
    const struct spiral_part *part;
    uint64_t count;
    const struct spiral_watch *watch; /* NULL: none */
    uint64_t next;                    /* shared by the threads */
    int stopped;                      /* shared by the threads */
};

/* One thread's share of the parts. */
static enum spiral_status run_parts(struct parts *parts)
{
    struct spiral_batch *batch = spiral_batch_create();
    enum spiral_status status = batch == NULL ? SPIRAL_NO_MEMORY : SPIRAL_OK;

    while (status == SPIRAL_OK) {
        uint64_t number;
        int stopped;

#pragma omp atomic read
        stopped = parts->stopped;
        if (stopped)
            break;
#pragma omp atomic capture
        number = parts->next++;

        if (number >= parts->count)
            break;
        status = parts->part->run(parts->part->context, batch, number);

        if (parts->watch != NULL && thread_number() == 0 &&
            !parts->watch->go_on(parts->watch->context, number + 1, parts->count))
            status = SPIRAL_STOPPED;
    }

    if (status != SPIRAL_OK) {
#pragma omp atomic write
        parts->stopped = 1;
    }

    spiral_batch_destroy(batch);

    return status;
}

enum spiral_status spiral_parallel_run_parts(const struct spiral_part *part, uint64_t count,
                                             int threads, const struct spiral_watch *watch,
                                             struct spiral_error *error)
{
    const int used = spiral_parallel_threads(threads);
    struct parts parts = {.part = part, .count = count, .watch = watch};
    enum spiral_status status = SPIRAL_OK;

    if (used == 1) {
        status = run_parts(&parts);
    } else {
#pragma omp parallel num_threads(used)
        {
            const enum spiral_status own = run_parts(&parts);
#pragma omp critical(parallel_status)
            if (own != SPIRAL_OK)
                status = own;
        }
    }

    if (status == SPIRAL_NO_MEMORY)
        return spiral_error_set(error, status, "no memory for %d threads", used);
    if (status == SPIRAL_STOPPED)
        return spiral_error_set(error, status, "stopped on request");

    return status;
}
