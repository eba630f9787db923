/* SPDX-License-Identifier: MIT
 *
 * The farm of a sweep: threads take units as they come, each in a workspace of its own, and
 * commit them one at a time.
 */
#include <stdlib.h>

#include "tools/farm/farm.h"
#include "tools/runner/progress.h"
#include "tools/runner/ranks.h"
#include "tools/runner/runner.h"

/* What the threads share. */
struct farm {
    struct spiral_sweep *sweep;
    struct spiral_store *store;
    const struct spiral_sweep_options *options;
    struct spiral_progress progress;
    struct spiral_round
        round;        /* being worked on, with those after it where there is no stop rule */
    bool *committed;  /* [unit] of the round */
    uint64_t next;    /* unit that the next thread looks at */
    uint64_t begun;   /* units */
    const char *over; /* why no more are begun; NULL: they are */
    enum spiral_status status; /* the first that went wrong */
    struct spiral_error *error;
};

static bool out_of_time(const struct farm *farm)
{
    return farm->options->seconds > 0.0 &&
           spiral_farm_clock() - farm->progress.started >= farm->options->seconds;
}

/* Whether no further unit is to be begun; notes for what reason, where it is not a failure. */
static bool is_over(struct farm *farm)
{
    if (farm->over == NULL)
        farm->over = spiral_farm_interrupted() ? "on request"
                     : farm->options->limit > 0 && farm->begun >= farm->options->limit
                         ? "at the limit"
                     : out_of_time(farm) ? "at the time limit"
                                         : NULL;
    return farm->status != SPIRAL_OK || farm->over != NULL;
}

/* The next unit that is not in the store; false where there is none, or none is to be begun. */
static bool take(struct farm *farm, struct spiral_unit *unit)
{
    const uint64_t count = farm->round.units * farm->round.rounds;
    bool taken = false;
#pragma omp critical(sweep)
    {
        while (farm->next < count && farm->committed[farm->next])
            farm->next++;

        taken = farm->next < count && !is_over(farm);
        farm->begun += taken;
        if (taken)
            *unit = spiral_round_unit(farm->sweep, &farm->round, farm->next++);
    }

    return taken;
}

/* Notes what went wrong, if nothing did before. */
static void note_failure(struct farm *farm, enum spiral_status status,
                         const struct spiral_error *error)
{
    if (farm->status != SPIRAL_OK)
        return;
    farm->status = status;
    if (farm->error != NULL)
        *farm->error = *error;
}

/* Adds a unit's result to the store. */
static enum spiral_status commit(struct farm *farm, struct spiral_unit_result *result,
                                 struct spiral_error *error)
{
    const enum spiral_status status =
        farm->status == SPIRAL_OK ? spiral_store_commit(farm->store, farm->sweep, result, error)
                                  : SPIRAL_OK;
    spiral_progress_show(&farm->progress, farm->sweep, result);
    return status;
}

/* One thread's work, until no unit is left. */
static void work(struct farm *farm)
{
    struct spiral_workspace *workspace;
    struct spiral_error error;
    struct spiral_unit unit;
    enum spiral_status status = spiral_workspace_create(&workspace, farm->sweep, &error);

    while (status == SPIRAL_OK && take(farm, &unit)) {
        struct spiral_unit_result *result;
        status = spiral_unit_run(workspace, &unit, &result, &error);
        if (status != SPIRAL_OK)
            break;
#pragma omp critical(sweep)
        status = commit(farm, result, &error);
        free(result);
    }
#pragma omp critical(sweep)
    if (status != SPIRAL_OK)
        note_failure(farm, status, &error);
    spiral_workspace_destroy(workspace);
}

/* Work over the processes of an MPI job: each other rank has two units in hand; while none
 * reports, this one runs a unit itself. */
static void work_over_ranks(struct farm *farm)
{
    struct spiral_workspace *workspace;
    struct spiral_unit_result *result;
    struct spiral_error error;
    struct spiral_unit unit;
    size_t away = 0;
    bool own = true; /* whether there is still a unit to run here */
    enum spiral_status status = spiral_workspace_create(&workspace, farm->sweep, &error);

    for (int rank = 1;
         rank < 2 * spiral_ranks_count() - 1 && status == SPIRAL_OK && take(farm, &unit);
         rank++, away++)
        spiral_ranks_give((rank - 1) % (spiral_ranks_count() - 1) + 1, &unit);

    while (away > 0 || (own && status == SPIRAL_OK)) {
        int rank;
        if (away > 0 && spiral_ranks_take(!own || status != SPIRAL_OK, &rank, &result, &error)) {
            away--;
            const enum spiral_status given =
                result != NULL ? commit(farm, result, &error) : error.status;
            status = status != SPIRAL_OK ? status : given;

            if (status == SPIRAL_OK && take(farm, &unit)) {
                spiral_ranks_give(rank, &unit);
                away++;
            }
        } else if ((own = status == SPIRAL_OK && take(farm, &unit))) {
            status = spiral_unit_run(workspace, &unit, &result, &error);
            status = status != SPIRAL_OK ? status : commit(farm, result, &error);
        } else
            continue;
        if (status != SPIRAL_OK)
            note_failure(farm, status, &error);
        free(result);
        result = NULL;
    }

    spiral_workspace_destroy(workspace);
}

/* Runs a round, with those after it where there is no stop rule. */
static enum spiral_status run_round(struct farm *farm)
{
    const int threads = spiral_farm_threads(farm->options->threads);

    farm->committed = calloc(farm->round.units * farm->round.rounds + 1, sizeof *farm->committed);
    if (farm->committed == NULL)
        return spiral_error_set(farm->error, SPIRAL_NO_MEMORY, "no memory for %zu units",
                                farm->round.units);

    enum spiral_status status =
        spiral_store_units(farm->store, &farm->round, farm->committed, farm->error);

    farm->next = 0;
    if (status == SPIRAL_OK && spiral_ranks_count() > 1)
        work_over_ranks(farm);
    else if (status == SPIRAL_OK && threads == 1)
        work(farm);
    else if (status == SPIRAL_OK) {
#pragma omp parallel num_threads(threads)
        work(farm);
    }
    free(farm->committed);

    return status != SPIRAL_OK ? status : farm->status;
}

enum spiral_status spiral_sweep_run(struct spiral_sweep *sweep, struct spiral_store *store,
                                    const struct spiral_sweep_options *options,
                                    struct spiral_error *error)
{
    struct farm farm = {.sweep = sweep, .store = store, .options = options, .error = error};
    uint64_t number = 0;
    uint64_t rounds = 0;
    enum spiral_status status =
        spiral_ranks_count() > 1 ? spiral_ranks_share(sweep, error) : SPIRAL_OK;

    if (status != SPIRAL_OK)
        return status;
    spiral_progress_begin(&farm.progress, sweep, options);

    do {
        status = spiral_round_create(&farm.round, sweep, number);
        rounds = farm.round.live_count > 0 ? farm.round.rounds : 0;
        number += rounds;
        if (status != SPIRAL_OK)
            spiral_error_set(error, status, "no memory for the cells of a round");
        else if (rounds > 0)
            status = run_round(&farm);
        spiral_round_clear(&farm.round);
    } while (status == SPIRAL_OK && rounds > 0 && !is_over(&farm));
    spiral_progress_end(&farm.progress, sweep);
    uint64_t runs;
    uint64_t most;
    size_t done;

    spiral_sweep_count(sweep, &runs, &most, &done);
    if (status == SPIRAL_OK && done == sweep->cell_count)
        return spiral_store_end(store, error);

    if (status == SPIRAL_OK)
        status = spiral_error_set(error, SPIRAL_STOPPED, "stopped %s after %llu of %s%llu runs",
                                  farm.over != NULL ? farm.over : "early", (unsigned long long)runs,
                                  sweep->experiment.stop.outcome >= 0 ? "at most " : "",
                                  (unsigned long long)most);

    return status;
}
