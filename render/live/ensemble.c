/* SPDX-License-Identifier: MIT
 *
 * The threads of the live ensemble: one that does the newest job that was asked for, and helpers.
 */
#define _GNU_SOURCE /* SCHED_IDLE */
#include "render/live/ensemble.h"

#include <pthread.h>
#include <sched.h>
#include <stdlib.h>

#include "render/live/background.h"
#include "render/live/ensemble_work.h"

enum { MOST_HELPERS = 3 };

struct spiral_live_fan {
    /* of the window's thread */
    uint64_t asked_revision;
    long asked_present;
    struct spiral_live_result *shown;
    /* of both, under the lock */
    pthread_mutex_t lock;
    pthread_cond_t work;
    pthread_cond_t idle;
    struct spiral_live_job *next;
    struct spiral_live_result *published;
    bool busy;
    bool abandon;
    bool quit;
    /* of the working thread */
    pthread_t thread;
    uint64_t runs;
    struct spiral_batch *batch;
    int helpers;  /* threads that may help it, each with a batch */
    bool hurried; /* whether they do: somebody waits for the present job */
    struct spiral_batch *helper_batch[MOST_HELPERS];
    struct spiral_live_memory memory;
};

/* --- runs on several threads ------------------------------------------------------------------ */

/* Runs that several threads share: each takes the next batch until there are none left, or the work
 * is given up. */
struct shared_runs {
    struct spiral_live_fan *fan;
    const struct spiral_run_start *start;
    uint64_t seed;
    uint64_t wanted;
    bool finish;   /* given up only where the program ends */
    uint64_t next; /* runs that are taken; this and `over` are under the fan's lock */
    bool over;
};

/* A thread beside the working one, and what it collects. */
struct helper {
    struct shared_runs *runs;
    pthread_t thread;
    struct spiral_batch *batch;
    struct spiral_collector collector;
};

/* Takes batches of the shared runs until there are none left. */
static void collect_shared_runs(struct shared_runs *runs, struct spiral_batch *batch,
                                struct spiral_collector *collector)
{
    struct spiral_live_fan *fan = runs->fan;

    for (;;) {
        pthread_mutex_lock(&fan->lock);
        runs->over = runs->over || fan->quit || (fan->abandon && !runs->finish);

        const uint64_t first = runs->next;
        const uint64_t left = runs->over ? 0 : runs->wanted - first;
        const uint64_t count = left < SPIRAL_LANES ? left : SPIRAL_LANES;

        runs->next += count;
        pthread_mutex_unlock(&fan->lock);

        if (count == 0)
            break;
        spiral_live_collect(collector, batch, runs->start, runs->seed, first + 1, count);
    }

    if (collector->fan != NULL)
        spiral_fan_settle(collector->fan);
}

/* Leaves the processor to any thread that wants it, the window's first. Linux has that for single
 * threads; elsewhere all threads are alike. */
static void yield_to_others(void)
{
#ifdef SCHED_IDLE
    pthread_setschedparam(pthread_self(), SCHED_IDLE, &(struct sched_param){0});
#endif
}

static void *run_helper(void *context)
{
    struct helper *helper = context;
    yield_to_others();
    collect_shared_runs(helper->runs, helper->batch, &helper->collector);
    return NULL;
}

/* Starts a helper; false where there is no memory or thread for it. The work is then done without
 * it. */
static bool start_helper(struct helper *helper, struct shared_runs *runs,
                         struct spiral_batch *batch, bool fan)
{
    *helper = (struct helper){.runs = runs, .batch = batch};

    if (batch != NULL &&
        spiral_collector_init(&helper->collector, runs->start->plan->plan, fan, false) ==
            SPIRAL_OK &&
        pthread_create(&helper->thread, NULL, run_helper, helper) == 0)
        return true;
    spiral_collector_clear(&helper->collector);

    return false;
}

/* The runner's collect(): on this thread, and on helpers where somebody waits. */
static bool collect_on_threads(void *context, struct spiral_collector *collector,
                               const struct spiral_run_start *start, uint64_t seed, uint64_t wanted,
                               bool finish)
{
    struct spiral_live_fan *fan = context;
    struct shared_runs runs = {.fan = fan,
                               .start = start,
                               .seed = seed,
                               .wanted = wanted,
                               .finish = finish,
                               .next = collector->tally->runs};
    struct helper helpers[MOST_HELPERS];
    int started = 0;

    while (
        fan->hurried && started < fan->helpers &&
        start_helper(&helpers[started], &runs, fan->helper_batch[started], collector->fan != NULL))
        started++;

    collect_shared_runs(&runs, fan->batch, collector);

    for (int i = 0; i < started; i++) {
        pthread_join(helpers[i].thread, NULL);
        spiral_collector_merge(collector, &helpers[i].collector);
        spiral_collector_clear(&helpers[i].collector);
    }

    return !runs.over;
}

/* --- the working thread ----------------------------------------------------------------------- */

/* The runner's publish(): the window takes it with spiral_live_fan_latest(). */
static void publish_to_window(void *context, struct spiral_live_result *result)
{
    struct spiral_live_fan *fan = context;

    pthread_mutex_lock(&fan->lock);
    struct spiral_live_result *unseen = fan->published;
    fan->published = result;
    pthread_mutex_unlock(&fan->lock);

    spiral_live_result_destroy(unseen);
}

static void *work_on_jobs(void *context)
{
    struct spiral_live_fan *fan = context;
    const struct spiral_live_runner runner = {.context = fan,
                                              .collect = collect_on_threads,
                                              .publish = publish_to_window};

    pthread_mutex_lock(&fan->lock);

    while (!fan->quit) {
        struct spiral_live_job *job = fan->next;

        if (job == NULL) {
            fan->busy = false;
            pthread_cond_broadcast(&fan->idle);
            pthread_cond_wait(&fan->work, &fan->lock);
            continue;
        }

        fan->next = NULL;
        fan->busy = true;
        fan->abandon = false;
        pthread_mutex_unlock(&fan->lock);

        fan->hurried = job->coarse;
        spiral_live_work(job, fan->runs, &fan->memory, &runner);
        spiral_live_job_destroy(job);

        pthread_mutex_lock(&fan->lock);
    }

    pthread_mutex_unlock(&fan->lock);

    return NULL;
}

/* --- the window's thread ---------------------------------------------------------------------- */

static void destroy_batches(struct spiral_live_fan *fan)
{
    spiral_batch_destroy(fan->batch);
    for (int i = 0; i < MOST_HELPERS; i++)
        spiral_batch_destroy(fan->helper_batch[i]);
}

enum spiral_status spiral_live_fan_create(struct spiral_live_fan **out, uint64_t runs,
                                          struct spiral_error *error)
{
    *out = NULL;
    struct spiral_live_fan *fan = calloc(1, sizeof *fan);

    if (fan == NULL)
        return spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for the ensemble");
    fan->runs = runs;
    fan->asked_present = -1;
    fan->batch = spiral_batch_create();
    fan->helpers = spiral_background_helpers(MOST_HELPERS);
    for (int i = 0; i < fan->helpers; i++)
        fan->helper_batch[i] = spiral_batch_create();

    pthread_mutex_init(&fan->lock, NULL);
    pthread_cond_init(&fan->work, NULL);
    pthread_cond_init(&fan->idle, NULL);

    if (fan->batch != NULL && pthread_create(&fan->thread, NULL, work_on_jobs, fan) == 0) {
        *out = fan;
        return SPIRAL_OK;
    }

    pthread_mutex_destroy(&fan->lock);
    pthread_cond_destroy(&fan->work);
    pthread_cond_destroy(&fan->idle);
    destroy_batches(fan);
    free(fan);

    return spiral_error_set(error, SPIRAL_NO_MEMORY, "no thread for the ensemble");
}

void spiral_live_fan_destroy(struct spiral_live_fan *fan)
{
    if (fan == NULL)
        return;
    pthread_mutex_lock(&fan->lock);
    fan->quit = true;
    pthread_cond_signal(&fan->work);
    pthread_mutex_unlock(&fan->lock);
    pthread_join(fan->thread, NULL);
    pthread_mutex_destroy(&fan->lock);
    pthread_cond_destroy(&fan->work);
    pthread_cond_destroy(&fan->idle);
    spiral_live_job_destroy(fan->next);
    spiral_live_result_destroy(fan->published);
    spiral_live_result_destroy(fan->shown);
    destroy_batches(fan);
    spiral_live_memory_clear(&fan->memory);
    free(fan);
}

void spiral_live_fan_follow(struct spiral_live_fan *fan, struct spiral_session *session)
{
    if (fan->asked_present == session->present && fan->asked_revision == session->revision)
        return;

    struct spiral_live_job *job = spiral_live_job_create(session);

    if (job == NULL)
        return;
    pthread_mutex_lock(&fan->lock);

    struct spiral_live_job *unseen = fan->next;

    job->coarse = !session->playing || fan->asked_revision != session->revision ||
                  (unseen != NULL && unseen->coarse);
    fan->next = job;
    fan->abandon = !session->playing || fan->asked_revision != session->revision;
    fan->busy = true;
    pthread_cond_signal(&fan->work);
    pthread_mutex_unlock(&fan->lock);
    spiral_live_job_destroy(unseen);
    fan->asked_present = session->present;
    fan->asked_revision = session->revision;
}

const struct spiral_live_result *spiral_live_fan_latest(struct spiral_live_fan *fan)
{
    pthread_mutex_lock(&fan->lock);
    struct spiral_live_result *fresh = fan->published;

    fan->published = NULL;
    pthread_mutex_unlock(&fan->lock);

    if (fresh != NULL) {
        spiral_live_result_destroy(fan->shown);
        fan->shown = fresh;
    }

    return fan->shown;
}

void spiral_live_fan_wait(struct spiral_live_fan *fan)
{
    pthread_mutex_lock(&fan->lock);
    while (fan->busy)
        pthread_cond_wait(&fan->idle, &fan->lock);
    pthread_mutex_unlock(&fan->lock);
}
