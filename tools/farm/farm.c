/* SPDX-License-Identifier: MIT */
#include "tools/farm/farm.h"

#include <omp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

enum { BLOCK = 16 * SPIRAL_LANES };

static volatile sig_atomic_t interrupted;
static const char *progress_label;

static void interrupt(int signal_number)
{
    (void)signal_number;
    interrupted = 1;
}

void spiral_farm_catch_interrupts(void)
{
    struct sigaction action = {.sa_handler = interrupt, .sa_flags = (int)SA_RESETHAND};
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
}

void spiral_farm_show_progress(const char *label)
{
    progress_label = isatty(STDERR_FILENO) ? label : NULL;
}

bool spiral_farm_interrupted(void) { return interrupted != 0; }

int spiral_farm_threads(int asked) { return asked > 0 ? asked : omp_get_num_procs(); }

double spiral_farm_clock(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

void spiral_farm_time_left(char text[SPIRAL_TIME_LEFT], double rest, double done, double seconds)
{
    static const struct {
        double seconds, most;
        const char *name;
        int digits;
    } units[] = {{1.0, 100.0, "s", 0},
                 {60.0, 100.0 * 60.0, "min", 0},
                 {3600.0, 48.0 * 3600.0, "h", 1},
                 {86400.0, 1e300, "days", 1}};
    const double left = done > 0.0 ? seconds * rest / done : -1.0;

    text[0] = '\0';

    for (size_t u = 0; u < sizeof units / sizeof *units && left >= 0.0; u++)
        if (left < units[u].most) {
            snprintf(text, SPIRAL_TIME_LEFT, ", %.*f %s left", units[u].digits,
                     left / units[u].seconds, units[u].name);
            return;
        }
}

/* One line on the terminal, at most five times a second: runs, rate, time left. */
static void show(uint64_t done, uint64_t count, double started, double *shown)
{
    const double time = spiral_farm_clock();

    if (progress_label == NULL || time - *shown < 0.2)
        return;

    const double seconds = time - started + 1e-9;
    char left[SPIRAL_TIME_LEFT];

    *shown = time;
    spiral_farm_time_left(left, (double)(count - done), (double)done, seconds);
    fprintf(stderr, "\r%s: %llu of %llu runs, %.0f a second%s \033[K", progress_label,
            (unsigned long long)done, (unsigned long long)count, (double)done / seconds, left);
}

/* What a thread works on: one plan, or two in pairs. */
struct job {
    const struct spiral_plan *plans[2];
    int plan_count;
    uint64_t seed;
    uint64_t first;
    uint64_t count;
    uint64_t next; /* shared by the threads */
    double started;
};

/* What a thread brings home. */
struct harvest {
    struct spiral_collector collectors[2];
    struct spiral_pairing pairing;
};

/* Which runs of a block had war and force, under each plan. */
struct marks {
    uint64_t first;
    bool war[BLOCK];
    bool force[BLOCK];
};

static void mark(void *context, uint64_t stream, const union spiral_outcome *outcome)
{
    struct marks *marks = context;
    marks->war[stream - marks->first] = outcome->war > 0.0;
    marks->force[stream - marks->first] = outcome->force > 0.0;
}

static void pair_up(struct spiral_pairing *pairing, const struct marks marks[2], uint64_t count)
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
                      struct harvest *harvest)
{
    const uint64_t count = job->count - block < BLOCK ? job->count - block : BLOCK;
    struct marks marks[2];

    for (int i = 0; i < job->plan_count; i++) {
        struct spiral_collector *collector = &harvest->collectors[i];
        if (job->plan_count == 2) {
            marks[i].first = job->first + block;
            collector->each_run = mark;
            collector->context = &marks[i];
        }

        spiral_ensemble_run(batch, job->plans[i], job->seed, job->first + block, count, collector);
    }

    if (job->plan_count == 2)
        pair_up(&harvest->pairing, marks, count);
}

/* One thread's share: blocks as they come, into its own harvest. */
static enum spiral_status work(struct job *job, struct harvest *harvest)
{
    struct spiral_batch *batch = spiral_batch_create();
    double shown = job->started;

    if (batch == NULL)
        return SPIRAL_NO_MEMORY;

    while (!interrupted) {
        uint64_t block;
#pragma omp atomic capture
        {
            block = job->next;
            job->next += BLOCK;
        }

        if (block >= job->count)
            break;
        run_block(batch, job, block, harvest);
        if (omp_get_thread_num() == 0)
            show(block, job->count, job->started, &shown);
    }

    spiral_batch_destroy(batch);

    return SPIRAL_OK;
}

/* Sets up a thread's harvest like the caller's collectors, works, and brings home under a lock. */
static enum spiral_status work_and_merge(struct job *job,
                                         struct spiral_collector *const collectors[],
                                         struct spiral_pairing *pairing)
{
    struct harvest *harvest = calloc(1, sizeof *harvest);
    enum spiral_status status = harvest == NULL ? SPIRAL_NO_MEMORY : SPIRAL_OK;

    for (int i = 0; i < job->plan_count && status == SPIRAL_OK; i++)
        status = spiral_collector_init(&harvest->collectors[i], job->plans[i],
                                       collectors[i]->fan != NULL, collectors[i]->ladder);

    for (int i = 0; i < job->plan_count && status == SPIRAL_OK && job->plan_count == 1; i++) {
        harvest->collectors[i].each_run = collectors[i]->each_run;
        harvest->collectors[i].context = collectors[i]->context;
    }

    if (status == SPIRAL_OK)
        status = work(job, harvest);
#pragma omp critical
    if (status == SPIRAL_OK) {
        for (int i = 0; i < job->plan_count; i++)
            spiral_collector_merge(collectors[i], &harvest->collectors[i]);

        if (pairing != NULL) {
            pairing->runs += harvest->pairing.runs;
            pairing->war_first += harvest->pairing.war_first;
            pairing->war_second += harvest->pairing.war_second;
            pairing->force_first += harvest->pairing.force_first;
            pairing->force_second += harvest->pairing.force_second;
        }
    }

    for (int i = 0; i < job->plan_count && harvest != NULL; i++)
        spiral_collector_clear(&harvest->collectors[i]);

    free(harvest);

    return status;
}

static enum spiral_status run_job(struct job *job, int threads,
                                  struct spiral_collector *const collectors[],
                                  struct spiral_pairing *pairing, struct spiral_error *error)
{
    enum spiral_status status = SPIRAL_OK;
    const int asked = spiral_farm_threads(threads);

    job->started = spiral_farm_clock();

    if (asked == 1) {
        status = work_and_merge(job, collectors, pairing);
    } else {
#pragma omp parallel num_threads(asked)
        {
            const enum spiral_status own = work_and_merge(job, collectors, pairing);
#pragma omp critical(outcome)
            if (own != SPIRAL_OK)
                status = own;
        }
    }

    if (progress_label != NULL)
        fputs("\r\033[K", stderr);
    if (status == SPIRAL_NO_MEMORY)
        return spiral_error_set(error, status, "no memory for %d threads", asked);
    if (interrupted)
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
