/* SPDX-License-Identifier: MIT
 *
 * The thread of the live ensemble: one job at a time, the newest that was asked for.
 */
#define _GNU_SOURCE /* SCHED_IDLE */
#include "render/live/ensemble.h"

#include <pthread.h>
#include <sched.h>
#include <stdlib.h>
#include <unistd.h>

#include "render/live/ensemble_parts.h"

enum { HANDS = 3 };

/* The risks of a start, kept because many jobs ask for the same ones. */
struct kept_risk {
    bool known;
    uint64_t key;
    double war;
    double force;
};

/* The risk of the whole run, from its start, likewise: the plan and the seed are known by the
 * revision. */
struct kept_whole {
    uint64_t revision;
    double *war, *force; /* [steps + 1], owned; NULL: not counted yet */
};

struct spiral_live_fan {
    /* of the window's thread */
    uint64_t asked_revision;
    long asked_present;
    struct spiral_live_result *shown;
    /* of both, under the lock */
    pthread_mutex_t lock;
    pthread_cond_t work, idle;
    struct spiral_live_job *next;
    struct spiral_live_result *published;
    bool busy;
    bool abandon;
    bool quit;
    /* of the working thread */
    pthread_t thread;
    uint64_t runs;
    struct spiral_batch *batch;
    int hands;    /* threads that may help it, each with a batch */
    bool hurried; /* somebody waits for the present job: they shall */
    struct spiral_batch *hand_batch[HANDS];
    struct kept_risk before;
    struct kept_risk after;
    struct kept_whole whole;
};

/* --- counting --------------------------------------------------------------------------------- */

/* Runs that several threads count together: each takes the next batch until there is none, or
 * the work is given up. */
struct crew {
    struct spiral_live_fan *fan;
    const struct spiral_run_start *start;
    uint64_t seed;
    uint64_t wanted;
    bool coarse;   /* always finished, but where the program ends */
    uint64_t next; /* runs that are taken; this and `over` under the fan's lock */
    bool over;
};

/* A thread beside the working one, and what it counts. */
struct hand {
    struct crew *crew;
    pthread_t thread;
    struct spiral_batch *batch;
    struct spiral_live_count count;
};

static void count_with(struct crew *crew, struct spiral_batch *batch,
                       struct spiral_live_count *count)
{
    struct spiral_live_fan *fan = crew->fan;

    for (;;) {
        pthread_mutex_lock(&fan->lock);
        crew->over = crew->over || fan->quit || (fan->abandon && !crew->coarse);

        const uint64_t first = crew->next;
        const uint64_t left = crew->wanted - first;
        const int live = crew->over ? 0 : left < SPIRAL_LANES ? (int)left : SPIRAL_LANES;
        crew->next += (uint64_t)live;
        pthread_mutex_unlock(&fan->lock);
        if (live == 0)
            break;
        spiral_live_count_batch(count, batch, crew->start, crew->seed, first + 1, live);
    }

    if (count->fan != NULL)
        spiral_fan_settle(count->fan);
}

/* Leaves the processor to any thread that wants it, the window's first. Linux has that for each
 * thread; elsewhere all are alike. */
static void stand_back(void)
{
#ifdef SCHED_IDLE
    pthread_setschedparam(pthread_self(), SCHED_IDLE, &(struct sched_param){0});
#endif
}

static void *lend_hand(void *context)
{
    struct hand *hand = context;
    stand_back();
    count_with(hand->crew, hand->batch, &hand->count);
    return NULL;
}

/* How many threads are worth their while beside the working one, at most HANDS. */
static int useful_hands(void)
{
    const long processors = sysconf(_SC_NPROCESSORS_ONLN);
    return processors > HANDS ? HANDS : processors > 1 ? (int)processors - 1 : 0;
}

/* Starts a thread of a crew; false where there is no memory or thread for it, and it goes
 * without. */
static bool hire(struct hand *hand, struct crew *crew, struct spiral_batch *batch, bool fan)
{
    *hand = (struct hand){.crew = crew, .batch = batch};
    if (batch == NULL || spiral_live_count_create(&hand->count, crew->start, fan) != SPIRAL_OK)
        return false;
    if (pthread_create(&hand->thread, NULL, lend_hand, hand) == 0)
        return true;
    spiral_live_count_clear(&hand->count);
    return false;
}

/* Counts runs up to `wanted`; false where the work was given up. */
static bool count_to(struct spiral_live_fan *fan, struct spiral_live_count *count,
                     const struct spiral_run_start *start, uint64_t seed, uint64_t wanted,
                     bool coarse)
{
    struct crew crew = {.fan = fan,
                        .start = start,
                        .seed = seed,
                        .wanted = wanted,
                        .coarse = coarse,
                        .next = count->runs};
    struct hand hands[HANDS];
    int hired = 0;

    while (fan->hurried && hired < fan->hands &&
           hire(&hands[hired], &crew, fan->hand_batch[hired], count->fan != NULL))
        hired++;

    count_with(&crew, fan->batch, count);

    for (int i = 0; i < hired; i++) {
        pthread_join(hands[i].thread, NULL);
        spiral_live_count_merge(count, &hands[i].count, start);
        spiral_live_count_clear(&hands[i].count);
    }

    return !crew.over;
}

/* --- the working thread ----------------------------------------------------------------------- */

static void publish(struct spiral_live_fan *fan, struct spiral_live_result *result)
{
    if (result == NULL)
        return;
    pthread_mutex_lock(&fan->lock);
    struct spiral_live_result *unseen = fan->published;

    fan->published = result;
    pthread_mutex_unlock(&fan->lock);
    spiral_live_result_destroy(unseen);
}

/* The risks of a start, counted or remembered; false where the work was given up. */
static bool measure(struct spiral_live_fan *fan, struct kept_risk *risk,
                    const struct spiral_run_start *start, uint64_t seed, uint64_t key)
{
    struct spiral_live_count count;

    if (risk->known && risk->key == key)
        return true;
    if (spiral_live_count_create(&count, start, false) != SPIRAL_OK)
        return false;

    const bool done = count_to(fan, &count, start, seed, fan->runs, false);

    if (done)
        *risk =
            (struct kept_risk){.known = true,
                               .key = key,
                               .war = spiral_live_count_share(count.war, start, count.runs),
                               .force = spiral_live_count_share(count.force, start, count.runs)};
    spiral_live_count_clear(&count);

    return done;
}

/* Whether the risks before and after the last choice of a job are known. */
static bool is_compared(const struct spiral_live_fan *fan, const struct spiral_live_job *job)
{
    return job->before.plan != NULL && fan->before.known && fan->before.key == job->before_id &&
           fan->after.known && fan->after.key == job->revision;
}

/* Publishes what was counted so far, with what is known of the whole run and of the risks before
 * and after. */
static void tell(struct spiral_live_fan *fan, const struct spiral_live_job *job,
                 const struct spiral_live_count *count, bool complete)
{
    struct spiral_live_result *result = spiral_live_result_create(job, count, complete);

    if (result == NULL)
        return;
    if (fan->whole.war != NULL)
        spiral_live_result_add_whole(result, fan->whole.war, fan->whole.force);
    result->compared = is_compared(fan, job);

    if (result->compared) {
        result->war_before = fan->before.war;
        result->force_before = fan->before.force;
        result->war_after = fan->after.war;
        result->force_after = fan->after.force;
    }

    publish(fan, result);
}

/* Works the risks before and after the last choice out; false where they were known, or the work
 * was given up. `count` is of the present. */
static bool compare(struct spiral_live_fan *fan, const struct spiral_live_job *job,
                    const struct spiral_live_count *count)
{
    if (job->before.plan == NULL || is_compared(fan, job))
        return false;

    if (job->after.state.step == job->now.state.step)
        fan->after =
            (struct kept_risk){.known = true,
                               .key = job->revision,
                               .war = spiral_live_count_share(count->war, &job->now, count->runs),
                               .force =
                                   spiral_live_count_share(count->force, &job->now, count->runs)};

    return measure(fan, &fan->before, &job->before, job->seed, job->before_id) &&
           measure(fan, &fan->after, &job->after, job->seed, job->revision);
}

/* Keeps the curves of the whole run; false where there is no memory. */
static bool keep_whole(struct spiral_live_fan *fan, const struct spiral_live_job *job,
                       const struct spiral_live_count *count)
{
    double *war = spiral_live_count_curve(count->war, &job->start, count->runs);
    double *force = spiral_live_count_curve(count->force, &job->start, count->runs);

    if (war == NULL || force == NULL) {
        free(war);
        free(force);
        return false;
    }

    free(fan->whole.war);
    free(fan->whole.force);
    fan->whole = (struct kept_whole){.revision = job->revision, .war = war, .force = force};

    return true;
}

/* Counts the runs from the start, where those of this plan and seed are not counted yet
 * (`present`: the runs from the present, which may be the same); false where they were or the
 * work was given up. */
static bool count_whole(struct spiral_live_fan *fan, const struct spiral_live_job *job,
                        const struct spiral_live_count *present)
{
    struct spiral_live_count count;

    if (fan->whole.war != NULL && fan->whole.revision == job->revision)
        return false;
    if (job->now.state.step == job->start.state.step)
        return keep_whole(fan, job, present);
    if (spiral_live_count_create(&count, &job->start, false) != SPIRAL_OK)
        return false;

    const bool done = count_to(fan, &count, &job->start, job->seed, fan->runs, false) &&
                      keep_whole(fan, job, &count);

    spiral_live_count_clear(&count);

    return done;
}

static void work_on(struct spiral_live_fan *fan, const struct spiral_live_job *job)
{
    struct spiral_live_count count;

    fan->hurried = job->coarse;

    const uint64_t coarse = fan->runs < SPIRAL_COARSE_RUNS ? fan->runs : SPIRAL_COARSE_RUNS;

    if (spiral_live_count_create(&count, &job->now, true) != SPIRAL_OK)
        return;

    bool done = count_to(fan, &count, &job->now, job->seed, coarse, true);

    if (done && coarse < fan->runs) {
        if (job->coarse)
            tell(fan, job, &count, false);
        done = count_to(fan, &count, &job->now, job->seed, fan->runs, false);
    }

    if (done) {
        tell(fan, job, &count, true);
        if (compare(fan, job, &count))
            tell(fan, job, &count, true);
        if (count_whole(fan, job, &count))
            tell(fan, job, &count, true);
    }

    spiral_live_count_clear(&count);
}

static void *work(void *context)
{
    struct spiral_live_fan *fan = context;

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
        work_on(fan, job);
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
    for (int i = 0; i < HANDS; i++)
        spiral_batch_destroy(fan->hand_batch[i]);
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
    fan->hands = useful_hands();
    for (int i = 0; i < fan->hands; i++)
        fan->hand_batch[i] = spiral_batch_create();

    pthread_mutex_init(&fan->lock, NULL);
    pthread_cond_init(&fan->work, NULL);
    pthread_cond_init(&fan->idle, NULL);

    if (fan->batch != NULL && pthread_create(&fan->thread, NULL, work, fan) == 0) {
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
    free(fan->whole.war);
    free(fan->whole.force);
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
