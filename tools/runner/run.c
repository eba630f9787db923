/* SPDX-License-Identifier: MIT
 *
 * Running a sweep: threads take units of work in turn, each with a workspace of its own, and commit
 * their results one at a time. Over an MPI job, rank 0 does so for all.
 */
#include <stdlib.h>

#include "tools/farm/clock.h"
#include "tools/farm/farm.h"
#include "tools/farm/interrupt.h"
#include "tools/farm/progress.h"
#include "tools/runner/ranks.h"
#include "tools/runner/runner.h"

/* What the threads share. */
struct farm {
    struct spiral_sweep *sweep;
    struct spiral_store *store;
    const struct spiral_sweep_options *options;
    struct spiral_schedule schedule; /* being worked on */
    bool *committed;                 /* [unit] of the schedule: is in the store */
    uint64_t next;                   /* unit that the next thread looks at */
    uint64_t begun;                  /* units */
    const char *over;                /* why no more are begun; NULL: more are */
    enum spiral_status status;       /* the first that was not SPIRAL_OK */
    struct spiral_error *error;
    double started; /* spiral_clock() */
    struct spiral_progress progress;
    int risk;         /* shown with the progress: index among the outcomes kept; -1: none */
    uint64_t events;  /* of that risk, in the runs of this process */
    uint64_t counted; /* those runs */
};

/* --- progress --------------------------------------------------------------------------------- */

static void start_progress(struct farm *farm)
{
    const struct spiral_sweep *sweep = farm->sweep;
    struct spiral_progress *progress = &farm->progress;

    spiral_progress_start(progress, farm->options->quiet ? NULL : farm->options->label);
    progress->items = "cells";
    progress->item_count = sweep->cell_count;
    progress->bounded = sweep->experiment.stop.outcome >= 0;
    spiral_sweep_count(sweep, &progress->runs, &progress->most_runs, &progress->items_done);
    progress->runs_before = progress->runs;
    farm->started = progress->started;

    /* War where it is kept, else force. */
    farm->risk = -1;
    for (int o = sweep->outcome_count - 1; o >= 0; o--)
        if (sweep->outcomes[o] == SPIRAL_OUTCOME_war || sweep->outcomes[o] == SPIRAL_OUTCOME_force)
            farm->risk = o;
}

static void update_progress(struct farm *farm)
{
    struct spiral_progress *progress = &farm->progress;

    spiral_sweep_count(farm->sweep, &progress->runs, &progress->most_runs, &progress->items_done);

    if (farm->counted > 0)
        snprintf(progress->note, sizeof progress->note, "%s %.3f",
                 farm->sweep->measures[farm->risk].name,
                 (double)farm->events / (double)farm->counted);
}

/* Counts the events of a result that was committed, and shows the progress where it is time. */
static void note_result(struct farm *farm, struct spiral_work_result *result)
{
    for (uint64_t i = 0; i < result->cells && farm->risk >= 0; i++) {
        const struct spiral_sums *sums =
            &spiral_work_sums(result)[i * result->outcomes + (uint64_t)farm->risk];

        farm->events += (uint64_t)(sums->sum / (spiral_wide)SPIRAL_TALLY_UNIT);
        farm->counted += sums->count;
    }

    if (spiral_progress_is_due(&farm->progress)) {
        update_progress(farm);
        spiral_progress_show(&farm->progress);
    }
}

/* --- units ------------------------------------------------------------------------------------ */

static bool is_out_of_time(const struct farm *farm)
{
    return farm->options->seconds > 0.0 && spiral_clock() - farm->started >= farm->options->seconds;
}

/* Whether no further unit is to be begun. Notes the reason, where it is not a failure. */
static bool is_over(struct farm *farm)
{
    if (farm->over == NULL) {
        if (spiral_interrupted())
            farm->over = "on request";
        else if (farm->options->limit > 0 && farm->begun >= farm->options->limit)
            farm->over = "at the limit";
        else if (is_out_of_time(farm))
            farm->over = "at the time limit";
    }

    return farm->status != SPIRAL_OK || farm->over != NULL;
}

/* The next unit that is not in the store. False where there is none, or none is to be begun. */
static bool take_unit(struct farm *farm, struct spiral_work_unit *unit)
{
    const uint64_t count = farm->schedule.unit_count * farm->schedule.round_count;
    bool taken = false;
#pragma omp critical(sweep)
    {
        while (farm->next < count && farm->committed[farm->next])
            farm->next++;

        taken = farm->next < count && !is_over(farm);
        farm->begun += taken;
        if (taken)
            *unit = spiral_schedule_unit(farm->sweep, &farm->schedule, farm->next++);
    }

    return taken;
}

/* Notes a failure, if it is the first. */
static void note_failure(struct farm *farm, enum spiral_status status,
                         const struct spiral_error *error)
{
    if (farm->status != SPIRAL_OK)
        return;
    farm->status = status;
    if (farm->error != NULL)
        *farm->error = *error;
}

/* Adds a unit's result to the store, unless another thread has failed. */
static enum spiral_status commit_result(struct farm *farm, struct spiral_work_result *result,
                                        struct spiral_error *error)
{
    if (farm->status != SPIRAL_OK)
        return SPIRAL_OK;

    const enum spiral_status status = spiral_store_commit(farm->store, farm->sweep, result, error);

    note_result(farm, result);

    return status;
}

/* One thread's work, until no unit is left. */
static void run_units(struct farm *farm)
{
    struct spiral_workspace *workspace;
    struct spiral_error error;
    struct spiral_work_unit unit;
    enum spiral_status status = spiral_workspace_create(&workspace, farm->sweep, &error);

    while (status == SPIRAL_OK && take_unit(farm, &unit)) {
        struct spiral_work_result *result;

        status = spiral_work_unit_run(workspace, &unit, &result, &error);
        if (status != SPIRAL_OK)
            break;
#pragma omp critical(sweep)
        status = commit_result(farm, result, &error);
        free(result);
    }
#pragma omp critical(sweep)
    if (status != SPIRAL_OK)
        note_failure(farm, status, &error);

    spiral_workspace_destroy(workspace);
}

/* Rank 0's work in an MPI job. Every other rank has two units waiting, so that it never waits
 * itself; while none has a result, this rank runs a unit too. */
static void run_units_over_ranks(struct farm *farm)
{
    const int others = spiral_ranks_count() - 1;
    struct spiral_workspace *workspace;
    struct spiral_work_result *result;
    struct spiral_error error;
    struct spiral_work_unit unit;
    size_t away = 0; /* units sent, whose results have not come */
    bool own = true; /* whether a unit may be left to run here */
    enum spiral_status status = spiral_workspace_create(&workspace, farm->sweep, &error);

    for (int i = 0; i < 2 * others && status == SPIRAL_OK && take_unit(farm, &unit); i++, away++)
        spiral_ranks_send_unit(i % others + 1, &unit);

    /* After a failure no unit is sent, but results that are due are still received. */
    while (away > 0 || (own && status == SPIRAL_OK)) {
        const bool wait = !own || status != SPIRAL_OK;
        int rank;

        if (away > 0 && spiral_ranks_receive_result(wait, &rank, &result, &error)) {
            away--;

            const enum spiral_status received =
                result != NULL ? commit_result(farm, result, &error) : error.status;

            status = status != SPIRAL_OK ? status : received;

            if (status == SPIRAL_OK && take_unit(farm, &unit)) {
                spiral_ranks_send_unit(rank, &unit);
                away++;
            }
        } else {
            own = status == SPIRAL_OK && take_unit(farm, &unit);
            if (!own)
                continue;

            status = spiral_work_unit_run(workspace, &unit, &result, &error);
            if (status == SPIRAL_OK)
                status = commit_result(farm, result, &error);
        }

        if (status != SPIRAL_OK)
            note_failure(farm, status, &error);
        free(result);
        result = NULL;
    }

    spiral_workspace_destroy(workspace);
}

/* --- the sweep -------------------------------------------------------------------------------- */

/* Runs the units of the schedule that are not in the store. */
static enum spiral_status run_schedule(struct farm *farm)
{
    const struct spiral_schedule *schedule = &farm->schedule;
    const int threads = spiral_farm_threads(farm->options->threads);

    farm->committed =
        calloc(schedule->unit_count * schedule->round_count + 1, sizeof *farm->committed);
    if (farm->committed == NULL)
        return spiral_error_set(farm->error, SPIRAL_NO_MEMORY, "no memory for %zu units",
                                schedule->unit_count);

    const enum spiral_status status =
        spiral_store_committed_units(farm->store, schedule, farm->committed, farm->error);

    farm->next = 0;

    if (status == SPIRAL_OK && spiral_ranks_count() > 1)
        run_units_over_ranks(farm);
    else if (status == SPIRAL_OK && threads == 1)
        run_units(farm);
    else if (status == SPIRAL_OK) {
#pragma omp parallel num_threads(threads)
        run_units(farm);
    }

    free(farm->committed);

    return status != SPIRAL_OK ? status : farm->status;
}

/* Runs round after round, until all cells are done or no more units are to be begun. */
static enum spiral_status run_rounds(struct farm *farm)
{
    uint64_t round = 0;

    for (;;) {
        enum spiral_status status = spiral_schedule_create(&farm->schedule, farm->sweep, round);

        if (status != SPIRAL_OK)
            return spiral_error_set(farm->error, status, "no memory for the cells of a round");

        const uint64_t rounds = farm->schedule.round_count;

        /* A round without cells may come before others: cells that grow begin in later ones. */
        if (farm->schedule.cell_count > 0)
            status = run_schedule(farm);
        spiral_schedule_clear(&farm->schedule);

        if (status != SPIRAL_OK || rounds == 0 || is_over(farm))
            return status;
        round += rounds;
    }
}

enum spiral_status spiral_sweep_run(struct spiral_sweep *sweep, struct spiral_store *store,
                                    const struct spiral_sweep_options *options,
                                    struct spiral_error *error)
{
    struct farm farm = {.sweep = sweep, .store = store, .options = options, .error = error};
    enum spiral_status status =
        spiral_ranks_count() > 1 ? spiral_ranks_share_sweep(sweep, error) : SPIRAL_OK;

    if (status != SPIRAL_OK)
        return status;

    start_progress(&farm);
    status = run_rounds(&farm);
    update_progress(&farm);
    spiral_progress_leave(&farm.progress);

    if (status != SPIRAL_OK)
        return status;
    if (farm.progress.items_done == sweep->cell_count)
        return spiral_store_end(store, sweep, error);

    return spiral_error_set(error, SPIRAL_STOPPED, "stopped %s after %llu of %s%llu runs",
                            farm.over != NULL ? farm.over : "early",
                            (unsigned long long)farm.progress.runs,
                            farm.progress.bounded ? "at most " : "",
                            (unsigned long long)farm.progress.most_runs);
}
