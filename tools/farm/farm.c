/* SPDX-License-Identifier: MIT */
#include "tools/farm/farm.h"

#include "tools/farm/device.h"
#include "tools/farm/interrupt.h"
#include "tools/farm/progress.h"

static const char *progress_label;

void spiral_farm_show_progress(const char *label) { progress_label = label; }

int spiral_farm_threads(int asked) { return spiral_parallel_threads(asked); }

/* Shows progress after each block of the calling thread; false after an interrupt. */
static bool show_and_go_on(void *context, uint64_t done, uint64_t count)
{
    struct spiral_progress *progress = context;

    progress->runs = done;
    progress->most_runs = count;
    if (done > 0)
        spiral_progress_show(progress);

    return !spiral_interrupted();
}

enum spiral_status spiral_farm_run(const struct spiral_plan *plan, uint64_t seed, uint64_t first,
                                   uint64_t count, int threads, struct spiral_collector *collector,
                                   struct spiral_error *error)
{
    struct spiral_progress progress;
    const struct spiral_watch watch = {show_and_go_on, &progress};

    spiral_progress_start(&progress, progress_label);
    const enum spiral_status status =
        spiral_parallel_run(plan, seed, first, count, threads, collector, &watch, error);
    spiral_progress_wipe(&progress);

    return status;
}

enum spiral_status spiral_farm_run_paired(const struct spiral_plan *const plans[2], uint64_t seed,
                                          uint64_t count, int threads,
                                          struct spiral_collector *const collectors[2],
                                          struct spiral_pairing *pairing,
                                          struct spiral_error *error)
{
    struct spiral_progress progress;
    const struct spiral_watch watch = {show_and_go_on, &progress};

    spiral_progress_start(&progress, progress_label);
    const enum spiral_status status =
        spiral_parallel_run_paired(plans, seed, count, threads, collectors, pairing, &watch, error);
    spiral_progress_wipe(&progress);

    return status;
}

/* The progress of parts, which have a number of runs each. */
struct parts_progress {
    struct spiral_progress progress;
    uint64_t runs;
};

static bool show_parts_and_go_on(void *context, uint64_t done, uint64_t count)
{
    struct parts_progress *parts = context;

    parts->progress.runs = done * parts->runs;
    parts->progress.most_runs = count * parts->runs;
    spiral_progress_show(&parts->progress);

    return !spiral_interrupted();
}

enum spiral_status spiral_farm_run_parts(const struct spiral_part *part, uint64_t count,
                                         uint64_t runs, int threads, struct spiral_error *error)
{
    struct parts_progress parts = {.runs = runs};
    const struct spiral_watch watch = {show_parts_and_go_on, &parts};

    spiral_progress_start(&parts.progress, progress_label);
    const enum spiral_status status =
        spiral_parallel_run_parts(part, count, threads, &watch, error);
    spiral_progress_wipe(&parts.progress);

    return status;
}

static enum spiral_status run_on_farm(const struct spiral_workers *workers,
                                      const struct spiral_part *part, uint64_t count, uint64_t runs,
                                      struct spiral_error *error)
{
    return spiral_farm_run_parts(part, count, runs, workers->threads, error);
}

struct spiral_workers spiral_farm_workers(int threads)
{
    return (struct spiral_workers){.run = run_on_farm,
                                   .run_plan = spiral_farm_run_on_device,
                                   .threads = threads};
}
