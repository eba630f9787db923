/* SPDX-License-Identifier: MIT */
#include "tools/runner/progress.h"

#include <stdio.h>
#include <unistd.h>

#include "tools/farm/farm.h"

static const double terminal_pause = 0.2, log_pause = 60.0; /* seconds between lines */

void spiral_progress_begin(struct spiral_progress *progress, const struct spiral_sweep *sweep,
                           const struct spiral_sweep_options *options)
{
    *progress = (struct spiral_progress){.label = options->label,
                                         .quiet = options->quiet,
                                         .terminal = isatty(STDERR_FILENO),
                                         .risk = -1};
    progress->started = progress->shown = spiral_farm_clock();
    spiral_sweep_count(sweep, &progress->runs_before, &progress->most, &progress->cells_done);
    progress->runs = progress->runs_before;
    for (int o = sweep->outcome_count - 1; o >= 0; o--)
        if (sweep->outcomes[o] == SPIRAL_OUTCOME_war || sweep->outcomes[o] == SPIRAL_OUTCOME_force)
            progress->risk = o;
}

static void tell(struct spiral_progress *progress, const struct spiral_sweep *sweep, double time)
{
    const double seconds = time - progress->started + 1e-9;
    const double done = (double)(progress->runs - progress->runs_before);
    char risk[48] = "";
    char left[SPIRAL_TIME_LEFT];

    spiral_farm_time_left(left, (double)(progress->most - progress->runs), done, seconds);

    if (progress->risk >= 0 && progress->counted > 0)
        snprintf(risk, sizeof risk, ", %s %.3f",
                 spiral_outcome_fields[sweep->outcomes[progress->risk]].name,
                 (double)progress->events / (double)progress->counted);
    fprintf(stderr, "%s%s: %zu of %zu cells done, %llu of %s%llu runs, %.0f a second%s%s%s",
            progress->terminal ? "\r" : "", progress->label, progress->cells_done,
            sweep->cell_count, (unsigned long long)progress->runs,
            sweep->experiment.stop.outcome >= 0 ? "at most " : "",
            (unsigned long long)progress->most, done / seconds, left, risk,
            progress->terminal ? " \033[K" : "\n");
}

void spiral_progress_show(struct spiral_progress *progress, const struct spiral_sweep *sweep,
                          struct spiral_unit_result *result)
{
    const double time = spiral_farm_clock();

    progress->runs += result->cells * result->replicates;

    for (uint64_t i = 0; i < result->cells && progress->risk >= 0; i++) {
        const struct spiral_sums *sums =
            &spiral_unit_sums(result)[i * result->outcomes + (uint64_t)progress->risk];
        progress->events += (uint64_t)(sums->sum / (spiral_wide)SPIRAL_TALLY_UNIT);
        progress->counted += sums->count;
    }

    if (progress->quiet ||
        time - progress->shown < (progress->terminal ? terminal_pause : log_pause))
        return;
    progress->shown = time;
    spiral_sweep_count(sweep, &progress->runs, &progress->most, &progress->cells_done);
    tell(progress, sweep, time);
}

void spiral_progress_end(struct spiral_progress *progress, const struct spiral_sweep *sweep)
{
    if (progress->quiet)
        return;
    spiral_sweep_count(sweep, &progress->runs, &progress->most, &progress->cells_done);
    tell(progress, sweep, spiral_farm_clock());
    if (progress->terminal)
        fputc('\n', stderr);
}
