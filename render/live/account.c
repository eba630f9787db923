/* SPDX-License-Identifier: MIT
 *
 * The threads of the live account: one that does the newest job that was asked for, and helpers
 * that take parts of it.
 */
#include "render/live/account.h"

#include <pthread.h>
#include <stdlib.h>

#include "render/live/background.h"
#include "render/live/session_parts.h"

enum { MOST_HELPERS = 3 };

/* A session's case at one moment, copied: the session may go on meanwhile. */
struct job {
    struct spiral_scenario scenario;
    struct spiral_constants constants;
    struct spiral_constant_sets sets; /* with what was chosen; none where runs are not spread */
    struct spiral_plan_options options;
    uint64_t seed;
    uint64_t revision;
};

/* A result, with the case that it refers to. */
struct owned_result {
    struct spiral_live_account_result shown; /* first: a pointer to it is one to the whole */
    struct job job;
};

struct spiral_live_account {
    struct spiral_live_account_runs runs;
    int helpers;
    pthread_t thread;
    /* of the window's thread */
    uint64_t asked_revision; /* 0: nothing */
    struct owned_result *shown;
    /* of both, under the lock */
    pthread_mutex_t lock;
    pthread_cond_t work;
    pthread_cond_t idle;
    struct job *next;
    struct owned_result *published;
    uint64_t done; /* runs, of `count` */
    uint64_t count;
    bool busy;
    bool abandon;
    bool quit;
};

struct spiral_live_account_runs spiral_live_account_runs(void)
{
    return (struct spiral_live_account_runs){.whole = SPIRAL_WHY_RUNS,
                                             .whole_subset = SPIRAL_WHY_SUBSET_RUNS,
                                             .first = SPIRAL_WHY_RUNS / 8,
                                             .first_subset = SPIRAL_WHY_SUBSET_RUNS / 8,
                                             .gain = SPIRAL_WHY_RUNS,
                                             .first_gain = SPIRAL_WHY_RUNS / 8};
}

/* --- jobs and results ------------------------------------------------------------------------- */

static void job_clear(struct job *job)
{
    spiral_scenario_clear(&job->scenario);
    spiral_constant_sets_clear(&job->sets);
}

static void job_destroy(struct job *job)
{
    if (job != NULL)
        job_clear(job);
    free(job);
}

/* Copies a case; false, and nothing is left, where there is no memory. */
static bool job_fill(struct job *job, const struct spiral_scenario *scenario,
                     const struct spiral_constant_sets *sets)
{
    if (spiral_constant_sets_copy(&job->sets, sets) != SPIRAL_OK)
        return false;
    if (spiral_scenario_copy(&job->scenario, scenario) == SPIRAL_OK)
        return true;
    spiral_constant_sets_clear(&job->sets);

    return false;
}

/* The case as it is chosen in a session. NULL where there is no memory. */
static struct job *job_create(const struct spiral_session *session)
{
    struct job *job = calloc(1, sizeof *job);
    struct spiral_constant_sets sets;
    bool filled = false;

    if (job == NULL)
        return NULL;
    if (spiral_session_constant_sets(&sets, session, session->choices, session->choice_count,
                                     &session->constants) == SPIRAL_OK) {
        filled = job_fill(job, &session->scenario, &sets);
        spiral_constant_sets_clear(&sets);
    }

    if (!filled) {
        free(job);
        return NULL;
    }

    job->constants = session->constants;
    job->options = session->options;
    job->options.posterior = NULL; /* its own sets, where it is run */
    job->seed = session->seed;
    job->revision = session->revision;

    return job;
}

static void result_destroy(struct owned_result *result)
{
    if (result == NULL)
        return;
    spiral_why_clear(&result->shown.why);
    spiral_gains_clear(&result->shown.gains);
    job_clear(&result->job);
    free(result);
}

/* An empty result of a job. NULL where there is no memory. */
static struct owned_result *result_create(const struct job *job)
{
    struct owned_result *result = calloc(1, sizeof *result);

    if (result == NULL)
        return NULL;
    result->job = *job;
    if (!job_fill(&result->job, &job->scenario, &job->sets)) {
        free(result);
        return NULL;
    }

    result->job.options.posterior = result->job.sets.count > 0 ? &result->job.sets : NULL;
    result->shown.number = spiral_live_serial();
    result->shown.revision = job->revision;

    return result;
}

/* The case of a result, as the account takes it. */
static struct spiral_why_case case_of(const struct owned_result *result)
{
    return (struct spiral_why_case){&result->job.scenario, &result->job.constants,
                                    &result->job.options, result->job.seed};
}

/* --- parts on several threads ----------------------------------------------------------------- */

/* Parts that threads share: each takes the next one until there are none left, one fails, or the
 * work is given up. */
struct shared_parts {
    struct spiral_live_account *account;
    const struct spiral_part *part;
    uint64_t count;
    uint64_t runs; /* of a part */
    /* under the account's lock */
    uint64_t next;
    enum spiral_status status;
};

/* Takes a part, after the one that was done (if any); false where there is none to be done. */
static bool take_part(struct shared_parts *parts, bool was_done, enum spiral_status done,
                      uint64_t *number)
{
    struct spiral_live_account *account = parts->account;

    pthread_mutex_lock(&account->lock);

    if (was_done)
        account->done += parts->runs;
    if (parts->status == SPIRAL_OK)
        parts->status = done;
    if (parts->status == SPIRAL_OK && (account->quit || account->abandon))
        parts->status = SPIRAL_STOPPED;

    const bool taken = parts->status == SPIRAL_OK && parts->next < parts->count;

    if (taken)
        *number = parts->next++;
    pthread_mutex_unlock(&account->lock);

    return taken;
}

static void *run_shared_parts(void *context)
{
    struct shared_parts *parts = context;
    struct spiral_batch *batch = spiral_batch_create();
    enum spiral_status status = batch != NULL ? SPIRAL_OK : SPIRAL_NO_MEMORY;
    bool was_done = false;
    uint64_t number;

    while (take_part(parts, was_done, status, &number)) {
        status = parts->part->run(parts->part->context, batch, number);
        was_done = true;
    }

    spiral_batch_destroy(batch);

    return NULL;
}

static void *help_with_parts(void *context)
{
    spiral_background_step_back();
    return run_shared_parts(context);
}

/* The workers' run(): on this thread, and on helpers. */
static enum spiral_status run_on_threads(const struct spiral_workers *workers,
                                         const struct spiral_part *part, uint64_t count,
                                         uint64_t runs, struct spiral_error *error)
{
    struct spiral_live_account *account = workers->context;
    struct shared_parts parts = {.account = account, .part = part, .count = count, .runs = runs};
    pthread_t helpers[MOST_HELPERS];
    int started = 0;

    while (started < account->helpers &&
           pthread_create(&helpers[started], NULL, help_with_parts, &parts) == 0)
        started++;

    run_shared_parts(&parts);
    for (int i = 0; i < started; i++)
        pthread_join(helpers[i], NULL);

    return parts.status == SPIRAL_OK
               ? SPIRAL_OK
               : spiral_error_set(error, parts.status,
                                  parts.status == SPIRAL_STOPPED ? "given up"
                                                                 : "no memory for an account");
}

/* --- the working thread ----------------------------------------------------------------------- */

/* The window takes it with spiral_live_account_latest(). */
static void publish(struct spiral_live_account *account, struct owned_result *result)
{
    pthread_mutex_lock(&account->lock);
    struct owned_result *unseen = account->published;
    account->published = result;
    pthread_mutex_unlock(&account->lock);

    result_destroy(unseen);
}

/* One account of a job, with its gain. False where the work was given up or
 * failed, which is then told. */
static bool make_account(struct spiral_live_account *account, const struct job *job, bool whole)
{
    const struct spiral_workers workers = {.run = run_on_threads, .context = account};
    const struct spiral_why_options options = {.runs = whole ? account->runs.whole
                                                             : account->runs.first,
                                               .subset_runs = whole ? account->runs.whole_subset
                                                                    : account->runs.first_subset,
                                               .workers = workers};
    struct owned_result *result = result_create(job);

    if (result == NULL)
        return false;

    const struct spiral_why_case given = case_of(result);
    struct spiral_live_account_result *shown = &result->shown;
    enum spiral_status status = spiral_why_run(&shown->why, &given, &options, &shown->error);

    if (status == SPIRAL_OK)
        status = spiral_gains_measure(&shown->gains, &given,
                                      whole ? account->runs.gain : account->runs.first_gain,
                                      &workers, &shown->error);

    if (status == SPIRAL_STOPPED) {
        result_destroy(result);
        return false;
    }

    shown->failed = status != SPIRAL_OK;
    shown->complete = whole || shown->failed;
    publish(account, result);

    return status == SPIRAL_OK;
}

/* How many runs the two accounts of a job are, by the case's acts. */
static uint64_t count_runs(const struct spiral_live_account_runs *runs, const struct job *job)
{
    const uint64_t variants = 1 + SPIRAL_MECHANISMS + job->scenario.entry_count;

    return variants * (runs->first + runs->whole) +
           SPIRAL_MECHANISM_SETS * (runs->first_subset + runs->whole_subset) + runs->first_gain +
           runs->gain;
}

static void *work_on_jobs(void *context)
{
    struct spiral_live_account *account = context;

    spiral_background_step_back();
    pthread_mutex_lock(&account->lock);

    while (!account->quit) {
        struct job *job = account->next;

        if (job == NULL) {
            account->busy = false;
            pthread_cond_broadcast(&account->idle);
            pthread_cond_wait(&account->work, &account->lock);
            continue;
        }

        account->next = NULL;
        account->abandon = false;
        account->done = 0;
        account->count = count_runs(&account->runs, job);
        pthread_mutex_unlock(&account->lock);

        if (make_account(account, job, false))
            make_account(account, job, true);
        job_destroy(job);

        pthread_mutex_lock(&account->lock);
    }

    pthread_mutex_unlock(&account->lock);

    return NULL;
}

/* --- the window's thread ---------------------------------------------------------------------- */

enum spiral_status spiral_live_account_create(struct spiral_live_account **out,
                                              const struct spiral_live_account_runs *runs,
                                              struct spiral_error *error)
{
    struct spiral_live_account *account = calloc(1, sizeof *account);

    *out = NULL;
    if (account == NULL)
        return spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for the account");
    account->runs = *runs;
    account->helpers = spiral_background_helpers(MOST_HELPERS);
    pthread_mutex_init(&account->lock, NULL);
    pthread_cond_init(&account->work, NULL);
    pthread_cond_init(&account->idle, NULL);

    if (pthread_create(&account->thread, NULL, work_on_jobs, account) == 0) {
        *out = account;
        return SPIRAL_OK;
    }

    pthread_mutex_destroy(&account->lock);
    pthread_cond_destroy(&account->work);
    pthread_cond_destroy(&account->idle);
    free(account);

    return spiral_error_set(error, SPIRAL_NO_MEMORY, "no thread for the account");
}

void spiral_live_account_destroy(struct spiral_live_account *account)
{
    if (account == NULL)
        return;
    pthread_mutex_lock(&account->lock);
    account->quit = true;
    pthread_cond_signal(&account->work);
    pthread_mutex_unlock(&account->lock);
    pthread_join(account->thread, NULL);
    pthread_mutex_destroy(&account->lock);
    pthread_cond_destroy(&account->work);
    pthread_cond_destroy(&account->idle);
    job_destroy(account->next);
    result_destroy(account->published);
    result_destroy(account->shown);
    free(account);
}

/* Replaces what is to be done next; what is under way is given up. */
static void ask(struct spiral_live_account *account, struct job *job)
{
    pthread_mutex_lock(&account->lock);

    struct job *unseen = account->next;

    account->next = job;
    account->abandon = true;
    account->done = 0;
    if (job != NULL) {
        account->busy = true;
        pthread_cond_signal(&account->work);
    }
    pthread_mutex_unlock(&account->lock);
    job_destroy(unseen);
}

void spiral_live_account_follow(struct spiral_live_account *account,
                                const struct spiral_session *session)
{
    struct job *job;

    if (account->asked_revision == session->revision || (job = job_create(session)) == NULL)
        return;
    ask(account, job);
    account->asked_revision = session->revision;
}

/* Takes what was published since the last call. */
static void take_published(struct spiral_live_account *account)
{
    pthread_mutex_lock(&account->lock);
    struct owned_result *fresh = account->published;

    account->published = NULL;
    pthread_mutex_unlock(&account->lock);

    if (fresh != NULL) {
        result_destroy(account->shown);
        account->shown = fresh;
    }
}

void spiral_live_account_rest(struct spiral_live_account *account)
{
    if (account->asked_revision == 0)
        return;
    take_published(account);

    const struct owned_result *shown = account->shown;

    if (shown != NULL && shown->shown.complete && shown->shown.revision == account->asked_revision)
        return;
    ask(account, NULL);
    account->asked_revision = 0;
}

const struct spiral_live_account_result *spiral_live_account_latest(
    struct spiral_live_account *account, const struct spiral_session *session)
{
    take_published(account);

    const struct owned_result *shown = account->shown;

    return shown != NULL && shown->shown.revision == session->revision ? &shown->shown : NULL;
}

double spiral_live_account_progress(struct spiral_live_account *account)
{
    pthread_mutex_lock(&account->lock);
    const double share = account->count > 0 ? (double)account->done / (double)account->count : 0.0;
    pthread_mutex_unlock(&account->lock);

    return share < 1.0 ? share : 1.0;
}

void spiral_live_account_wait(struct spiral_live_account *account)
{
    pthread_mutex_lock(&account->lock);
    while (account->busy)
        pthread_cond_wait(&account->idle, &account->lock);
    pthread_mutex_unlock(&account->lock);
}
