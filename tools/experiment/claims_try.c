/* SPDX-License-Identifier: MIT
 *
 * Trying claims: threads take points as they come; at each all arms run the point's own streams.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "sim/ensemble.h"
#include "tools/experiment/claims.h"
#include "tools/farm.h"

const char *const spiral_claim_event_names[SPIRAL_CLAIM_EVENTS] = {"war", "force"};

/* --- effects ----------------------------------------------------------------------------------------------------------------------- */

struct spiral_claim_effect spiral_claim_effect_of(uint64_t count, int64_t sum, uint64_t squares, double limit)
{
    static const double z = 1.959963984540054; /* the normal's 97.5 % point */
    if (count == 0)
        return (struct spiral_claim_effect){0.0, -limit, limit, SPIRAL_UNDECIDED, false};
    const double n = (double)count + 2.0, mean = (double)sum / n; /* two more: half an event of +1 and -1, and one of 0 */
    const double half = z * sqrt(((double)squares + 1.0 - n * mean * mean)) / n;
    struct spiral_claim_effect effect = {(double)sum / (double)count, mean - half, mean + half, SPIRAL_UNDECIDED, false};
    effect.verdict = effect.low > 0.0 ? SPIRAL_HOLDS : effect.high < 0.0 ? SPIRAL_REVERSED : SPIRAL_UNDECIDED;
    return effect;
}

/* The effect of w[0] a + w[1] b + w[2] c + w[3] d over replicates. */
static struct spiral_claim_effect weigh(const unsigned char *const events[SPIRAL_CLAIM_ARMS], const int weights[SPIRAL_CLAIM_ARMS], uint64_t replicates, double limit)
{
    int64_t sum = 0;
    uint64_t squares = 0;
    for (uint64_t r = 0; r < replicates; r++) {
        int one = 0;
        for (int a = 0; a < SPIRAL_CLAIM_ARMS; a++)
            one += weights[a] != 0 ? weights[a] * (int)events[a][r] : 0;
        sum += one;
        squares += (uint64_t)(one * one);
    }
    return spiral_claim_effect_of(replicates, sum, squares, limit);
}

/* Whether hardly any run came to the event, whatever the arm. */
static bool is_quiet(const struct spiral_claim *claim, const unsigned char *const events[SPIRAL_CLAIM_ARMS], uint64_t replicates)
{
    uint64_t most = 0;
    for (int a = 0; a < claim->arm_count; a++) {
        uint64_t count = 0;
        for (uint64_t r = 0; r < replicates; r++)
            count += events[a][r];
        most = count > most ? count : most;
    }
    return (double)most < SPIRAL_QUIET * (double)replicates;
}

/* The effect, without a word on quiet. */
static struct spiral_claim_effect contrast(const struct spiral_claim *claim, const unsigned char *const events[SPIRAL_CLAIM_ARMS], uint64_t replicates)
{
    if (claim->contrast == SPIRAL_CONTRAST_interaction)
        return weigh(events, (const int[SPIRAL_CLAIM_ARMS]){1, -1, -1, 1}, replicates, 2.0);
    struct spiral_claim_effect least = {0.0, 0.0, 0.0, SPIRAL_HOLDS, false};
    for (int other = 1; other < claim->arm_count; other++) {
        int weights[SPIRAL_CLAIM_ARMS] = {1};
        weights[other] = -1;
        const struct spiral_claim_effect effect = weigh(events, weights, replicates, 1.0);
        const enum spiral_verdict verdict = effect.verdict < least.verdict ? effect.verdict : least.verdict;
        if (other == 1 || effect.effect < least.effect)
            least = effect;
        least.verdict = verdict;
    }
    return least;
}

struct spiral_claim_effect spiral_claim_contrast(const struct spiral_claim *claim, const unsigned char *const events[SPIRAL_CLAIM_ARMS], uint64_t replicates)
{
    struct spiral_claim_effect effect = contrast(claim, events, replicates);
    effect.quiet = is_quiet(claim, events, replicates);
    return effect;
}

/* --- one thread's work ------------------------------------------------------------------------------------------------------------- */

/* What a thread works with. */
struct workspace {
    struct spiral_batch *batch;
    struct spiral_claim_point point;
    unsigned char *events[SPIRAL_CLAIM_EVENTS]; /* [arm * runs + replicate] */
};

static void workspace_clear(struct workspace *workspace)
{
    spiral_batch_destroy(workspace->batch);
    spiral_claim_point_clear(&workspace->point);
    for (int e = 0; e < SPIRAL_CLAIM_EVENTS; e++)
        free(workspace->events[e]);
}

static enum spiral_status workspace_init(struct workspace *workspace, const struct spiral_claim_trial *trial, struct spiral_error *error)
{
    memset(workspace, 0, sizeof *workspace);
    enum spiral_status status = spiral_claim_point_init(&workspace->point, &trial->space, error);
    if (status != SPIRAL_OK)
        return status;
    workspace->batch = spiral_batch_create();
    bool complete = workspace->batch != NULL;
    for (int e = 0; e < SPIRAL_CLAIM_EVENTS; e++) {
        workspace->events[e] = calloc(trial->request.arm_count * trial->request.runs, 1);
        complete = complete && workspace->events[e] != NULL;
    }
    return complete ? SPIRAL_OK : spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for %llu runs of %zu arms", (unsigned long long)trial->request.runs, trial->request.arm_count);
}

/* Runs an arm at the workspace's point on streams from `first` on. */
static enum spiral_status run_arm(struct workspace *workspace, const struct spiral_claims_request *request, size_t arm, uint64_t first, struct spiral_error *error)
{
    struct spiral_scenario scenario;
    struct spiral_constants constants;
    struct spiral_plan_options options = spiral_plan_options_defaults();
    struct spiral_plan *plan = NULL;
    options.dt = request->dt;
    enum spiral_status status = spiral_arm_build(&scenario, &constants, &request->arms[arm], &workspace->point, error);
    if (status == SPIRAL_OK)
        status = spiral_plan_create(&plan, &scenario, &constants, &options, error);
    spiral_scenario_clear(&scenario);
    for (uint64_t r = 0; r < request->runs && status == SPIRAL_OK; r += SPIRAL_LANES) {
        const int live = request->runs - r < SPIRAL_LANES ? (int)(request->runs - r) : SPIRAL_LANES;
        const struct spiral_plan *plans[SPIRAL_LANES];
        uint64_t streams[SPIRAL_LANES];
        union spiral_outcome outcomes[SPIRAL_LANES];
        for (int l = 0; l < SPIRAL_LANES; l++) {
            plans[l] = plan;
            streams[l] = first + r + (uint64_t)(l < live ? l : 0);
        }
        spiral_ensemble_run_lanes(workspace->batch, plans, request->seed, streams, live, outcomes);
        for (int l = 0; l < live; l++) {
            const size_t place = arm * request->runs + r + (uint64_t)l;
            workspace->events[SPIRAL_CLAIM_WAR][place] = outcomes[l].war > 0.0;
            workspace->events[SPIRAL_CLAIM_FORCE][place] = outcomes[l].force > 0.0;
        }
    }
    spiral_plan_destroy(plan);
    return status;
}

/* Puts down what the arms showed at a point. */
static void note_point(struct spiral_claim_trial *trial, const struct workspace *workspace, size_t p)
{
    const struct spiral_claims_request *request = &trial->request;
    trial->constraint[p] = workspace->point.constraint;
    for (size_t c = 0; c < request->claim_count; c++)
        trial->in_scope[c * request->points + p] = spiral_claim_in_scope(&workspace->point, request->claims[c].scope);
    for (int e = 0; e < SPIRAL_CLAIM_EVENTS; e++) {
        for (size_t a = 0; a < request->arm_count; a++)
            for (uint64_t r = 0; r < request->runs && trial->used[a]; r++)
                trial->events[e][a * request->points + p] += workspace->events[e][a * request->runs + r];
        for (size_t c = 0; c < request->claim_count; c++) {
            const struct spiral_claim *claim = &request->claims[c];
            const unsigned char *events[SPIRAL_CLAIM_ARMS] = {NULL};
            for (int a = 0; a < claim->arm_count; a++)
                events[a] = &workspace->events[e][(size_t)claim->arms[a] * request->runs];
            trial->effects[e][c * request->points + p] = spiral_claim_contrast(claim, events, request->runs);
        }
    }
}

static enum spiral_status try_point(struct spiral_claim_trial *trial, struct workspace *workspace, size_t p, struct spiral_error *error)
{
    const struct spiral_claims_request *request = &trial->request;
    enum spiral_status status = spiral_claim_point_put(&workspace->point, &trial->design->value[p * trial->design->axes], error);
    for (size_t a = 0; a < request->arm_count && status == SPIRAL_OK; a++)
        if (trial->used[a])
            status = run_arm(workspace, request, a, (uint64_t)p * request->runs, error);
    if (status == SPIRAL_OK)
        note_point(trial, workspace, p);
    return status;
}

/* --- the farm ---------------------------------------------------------------------------------------------------------------------- */

/* What threads share. */
struct farm {
    struct spiral_claim_trial *trial;
    size_t next, done, arms;
    double started, shown;
    bool terminal;
    enum spiral_status status;
    struct spiral_error error;
};

/* One line on the terminal, at most five times a second. */
static void show(struct farm *farm)
{
    const struct spiral_claims_request *request = &farm->trial->request;
    const double time = spiral_farm_clock(), seconds = time - farm->started + 1e-9;
    if (!farm->terminal || time - farm->shown < 0.2)
        return;
    const double rate = (double)farm->done / seconds;
    farm->shown = time;
    fprintf(stderr, "\r%s: %zu of %zu points, %.0f runs a second, %.0f s left \033[K", request->label, farm->done, request->points,
            rate * (double)farm->arms * (double)request->runs, (double)(request->points - farm->done) / (rate + 1e-9));
}

static bool take(struct farm *farm, size_t *point)
{
    bool taken;
#pragma omp critical(claims)
    {
        taken = farm->next < farm->trial->request.points && farm->status == SPIRAL_OK && !spiral_farm_interrupted();
        *point = farm->next;
        farm->next += taken;
    }
    return taken;
}

static void work(struct farm *farm)
{
    struct workspace workspace;
    struct spiral_error error;
    size_t point;
    enum spiral_status status = workspace_init(&workspace, farm->trial, &error);
    while (status == SPIRAL_OK && take(farm, &point)) {
        status = try_point(farm->trial, &workspace, point, &error);
#pragma omp critical(claims)
        {
            farm->done += status == SPIRAL_OK;
            show(farm);
        }
    }
#pragma omp critical(claims)
    if (status != SPIRAL_OK && farm->status == SPIRAL_OK) {
        farm->status = status;
        farm->error = error;
    }
    workspace_clear(&workspace);
}

static enum spiral_status run_farm(struct spiral_claim_trial *trial, struct spiral_error *error)
{
    struct farm farm = {.trial = trial, .started = spiral_farm_clock(), .terminal = trial->request.label != NULL && isatty(STDERR_FILENO)};
    for (size_t a = 0; a < trial->request.arm_count; a++)
        farm.arms += trial->used[a];
    const int threads = spiral_farm_threads(trial->request.threads);
    if (threads == 1)
        work(&farm);
    else {
#pragma omp parallel num_threads(threads)
        work(&farm);
    }
    if (farm.terminal)
        fputs("\r\033[K", stderr);
    if (farm.status != SPIRAL_OK && error != NULL)
        *error = farm.error;
    if (farm.status == SPIRAL_OK && farm.done < trial->request.points)
        return spiral_error_set(error, SPIRAL_STOPPED, "stopped on request after %zu of %zu points", farm.done, trial->request.points);
    return farm.status;
}

/* --- the trial --------------------------------------------------------------------------------------------------------------------- */

static enum spiral_status allocate(struct spiral_claim_trial *trial)
{
    const struct spiral_claims_request *request = &trial->request;
    const size_t points = request->points;
    trial->used = calloc(request->arm_count, sizeof *trial->used);
    trial->in_scope = calloc(request->claim_count * points, sizeof *trial->in_scope);
    trial->constraint = calloc(points, sizeof *trial->constraint);
    bool complete = trial->used != NULL && trial->in_scope != NULL && trial->constraint != NULL;
    for (int e = 0; e < SPIRAL_CLAIM_EVENTS; e++) {
        trial->events[e] = calloc(request->arm_count * points, sizeof *trial->events[e]);
        trial->effects[e] = calloc(request->claim_count * points, sizeof *trial->effects[e]);
        complete = complete && trial->events[e] != NULL && trial->effects[e] != NULL;
    }
    for (size_t c = 0; c < request->claim_count && complete; c++)
        for (int a = 0; a < request->claims[c].arm_count; a++)
            trial->used[request->claims[c].arms[a]] = true;
    return complete ? SPIRAL_OK : SPIRAL_NO_MEMORY;
}

enum spiral_status spiral_claims_try(struct spiral_claim_trial *trial, const struct spiral_claims_request *request, struct spiral_error *error)
{
    memset(trial, 0, sizeof *trial);
    trial->request = *request;
    const struct spiral_design_request design = {.kind = SPIRAL_DESIGN_sobol, .points = request->points, .seed = request->seed};
    enum spiral_status status = spiral_claim_space_fill(&trial->space, error);
    if (status == SPIRAL_OK)
        status = spiral_design_create(&trial->design, trial->space.axes, trial->space.count, &design, error);
    if (status == SPIRAL_OK && allocate(trial) != SPIRAL_OK)
        status = spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for %zu points of %zu claims", request->points, request->claim_count);
    return status == SPIRAL_OK ? run_farm(trial, error) : status;
}

void spiral_claim_trial_clear(struct spiral_claim_trial *trial)
{
    spiral_design_destroy(trial->design);
    free(trial->used);
    free(trial->in_scope);
    free(trial->constraint);
    for (int e = 0; e < SPIRAL_CLAIM_EVENTS; e++) {
        free(trial->events[e]);
        free(trial->effects[e]);
    }
    memset(trial, 0, sizeof *trial);
}
