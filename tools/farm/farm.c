/* SPDX-License-Identifier: MIT */
#include "tools/farm/farm.h"

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
