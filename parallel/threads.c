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

static const struct spiral_engine *engine; /* NULL: none */

void spiral_parallel_use(const struct spiral_engine *wanted) { engine = wanted; }

bool spiral_parallel_run_on_engine(const struct spiral_plan *plan, uint64_t seed, uint64_t first,
                                   uint64_t count, struct spiral_collector *collector)
{
    bool run;

#pragma omp critical(parallel_engine)
    run = engine != NULL && engine->run(engine->context, plan, seed, first, count, collector);

    return run;
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

/* Which runs of a block had war and force, under one of the plans. */
struct marks {
    uint64_t first;
    struct mark {
        bool war;
        bool force;
    } * runs; /* of a whole block; owned */
};

static void mark_run(void *context, uint64_t stream, const union spiral_outcome *outcome)
{
    struct marks *marks = context;
    marks->runs[stream - marks->first] = (struct mark){outcome->war > 0.0, outcome->force > 0.0};
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
        const struct mark first = marks[0].runs[i];
        const struct mark second = marks[1].runs[i];
        const struct spiral_pairs pair = {
            .runs = 1,
            .war_first = first.war && !second.war,
            .war_second = second.war && !first.war,
            .force_first = first.force && !second.force,
            .force_second = second.force && !first.force,
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

/* Runs streams of a plan in a batch, or (NULL) on the engine; false where that has not. */
static bool run_streams(struct spiral_batch *batch, const struct job *job, int plan, uint64_t first,
                        uint64_t count, struct spiral_collector *collector)
{
    if (batch == NULL)
        return engine->run(engine->context, job->plans[plan], job->seed, first, count, collector);

    spiral_ensemble_run(batch, job->plans[plan], job->seed, first, count, collector);
    return true;
}

/* Runs the block that begins at a run. `marks` are of both plans where runs are paired. */
static bool run_block(struct spiral_batch *batch, const struct job *job, uint64_t block,
                      struct collected *own, struct marks marks[2])
{
    const uint64_t count = job->count - block < job->block ? job->count - block : job->block;
    bool run = true;

    for (int i = 0; i < job->plan_count && run; i++) {
        struct spiral_collector *collector = &own->collectors[i];
        if (job->plan_count == 2) {
            marks[i].first = job->first + block;
            collector->each_run = mark_run;
            collector->context = &marks[i];
        }

        run = run_streams(batch, job, i, job->first + block, count, collector);
    }

    if (job->plan_count == 2 && run)
        count_pairs(&own->pairing, marks, count);

    return run;
}

/* Marks for the blocks of a job; false where there is no memory. The caller frees them. */
static bool create_marks(const struct job *job, struct marks marks[2])
{
    bool created = true;

    for (int i = 0; i < 2; i++) {
        marks[i].runs = job->plan_count == 2 ? calloc(job->block, sizeof *marks[i].runs) : NULL;
        created = created && (job->plan_count != 2 || marks[i].runs != NULL);
    }

    return created;
}

static void free_marks(struct marks marks[2])
{
    free(marks[0].runs);
    free(marks[1].runs);
}

/* One thread's share: blocks as they come, into its own collectors. */
static enum spiral_status run_blocks(struct job *job, struct collected *own)
{
    struct spiral_batch *batch = spiral_batch_create();
    struct marks marks[2];
    const bool created = create_marks(job, marks) && batch != NULL;

    while (created) {
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
        run_block(batch, job, block, own, marks);

        if (job->watch != NULL && thread_number() == 0 &&
            !job->watch->go_on(job->watch->context, block, job->count)) {
#pragma omp atomic write
            job->stopped = 1;
        }
    }

    free_marks(marks);
    spiral_batch_destroy(batch);

    return created ? SPIRAL_OK : SPIRAL_NO_MEMORY;
}

/* Sets up a thread's collectors like the caller's. */
static enum spiral_status init_collected(struct collected *own, const struct job *job,
                                         struct spiral_collector *const collectors[],
                                         const struct spiral_pairing *pairing)
{
    enum spiral_status status = SPIRAL_OK;

    for (int i = 0; i < job->plan_count && status == SPIRAL_OK; i++)
        status = spiral_collector_init_like(&own->collectors[i], job->plans[i], collectors[i]);

    if (job->plan_count == 1) {
        own->collectors[0].each_run = collectors[0]->each_run;
        own->collectors[0].context = collectors[0]->context;
    }

    if (status == SPIRAL_OK && pairing != NULL)
        status = init_pairing(&own->pairing, job->plans[0]->set_count);

    return status;
}

/* Adds what was collected to the caller's. */
static void merge_collected(const struct collected *own, const struct job *job,
                            struct spiral_collector *const collectors[],
                            struct spiral_pairing *pairing)
{
    for (int i = 0; i < job->plan_count; i++)
        spiral_collector_merge(collectors[i], &own->collectors[i]);

    if (pairing != NULL) {
        add_pairs(&pairing->all, &own->pairing.all);
        for (size_t s = 0; s < pairing->set_count; s++)
            add_pairs(&pairing->sets[s], &own->pairing.sets[s]);
    }
}

static void clear_collected(struct collected *own)
{
    spiral_collector_clear(&own->collectors[0]);
    spiral_collector_clear(&own->collectors[1]);
    spiral_pairing_clear(&own->pairing);
}

/* Sets up a thread's collectors, runs blocks, and adds what was collected to the caller's. */
static enum spiral_status run_and_merge(struct job *job,
                                        struct spiral_collector *const collectors[],
                                        struct spiral_pairing *pairing)
{
    struct collected *own = calloc(1, sizeof *own);
    enum spiral_status status =
        own == NULL ? SPIRAL_NO_MEMORY : init_collected(own, job, collectors, pairing);

    if (status == SPIRAL_OK)
        status = run_blocks(job, own);
#pragma omp critical(parallel_merge)
    if (status == SPIRAL_OK)
        merge_collected(own, job, collectors, pairing);

    if (own != NULL)
        clear_collected(own);
    free(own);

    return status;
}

/* Runs blocks on the engine while it can, each collected whole or not at all, and leaves the
 * rest. */
static enum spiral_status run_on_engine(struct job *job,
                                        struct spiral_collector *const collectors[],
                                        struct spiral_pairing *pairing)
{
    const bool each_run = job->plan_count == 2 || collectors[0]->each_run != NULL;
    struct collected *own = calloc(1, sizeof *own);
    struct marks marks[2];
    bool run = true;

    job->block = each_run ? engine->block_of_each_run : engine->block;

    enum spiral_status status =
        create_marks(job, marks) && own != NULL ? SPIRAL_OK : SPIRAL_NO_MEMORY;

    while (status == SPIRAL_OK && run && job->next < job->count && !job->stopped) {
        const uint64_t block = job->next;

        status = init_collected(own, job, collectors, pairing);
        run = status == SPIRAL_OK && run_block(NULL, job, block, own, marks);

        if (run) {
            merge_collected(own, job, collectors, pairing);
            job->next += job->block;
            if (job->watch != NULL && !job->watch->go_on(job->watch->context, block, job->count))
                job->stopped = 1;
        }

        clear_collected(own);
    }

    free_marks(marks);
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

    if (job->watch != NULL && !job->watch->go_on(job->watch->context, 0, job->count))
        job->stopped = 1;
    if (engine != NULL)
        status = run_on_engine(job, collectors, pairing);

    job->block = runs_of_block(job->plans[0]);

    if (status != SPIRAL_OK || job->next >= job->count) {
        /* an error, or nothing is left */
    } else if (used == 1) {
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
