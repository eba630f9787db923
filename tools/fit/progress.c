/* SPDX-License-Identifier: MIT */
#include "tools/fit/progress.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

#include "tools/farm/farm.h"

static const double terminal_pause = 0.2, log_pause = 60.0; /* seconds between lines */

static void tell(struct spiral_fit_progress *progress, double time)
{
    const double seconds = time - progress->started + 1e-9;
    const double rate = (double)progress->runs / seconds;
    char left[SPIRAL_TIME_LEFT] = "";
    char best[48] = "";

    if (progress->most > progress->runs)
        spiral_farm_time_left(left, (double)(progress->most - progress->runs),
                              (double)progress->runs, seconds);
    if (!isnan(progress->best))
        snprintf(best, sizeof best, ", best %.4f", progress->best);
    fprintf(stderr, "%scalibrate: %s: %llu runs, %.0f a second%s%s%s%s",
            progress->terminal ? "\r" : "", progress->phase, (unsigned long long)progress->runs,
            rate, left, left[0] != '\0' ? " in it at most" : "", best,
            progress->terminal ? " \033[K" : "\n");
    progress->shown = time;
}

void spiral_fit_progress_begin(struct spiral_fit_progress *progress, bool quiet)
{
    *progress = (struct spiral_fit_progress){.quiet = quiet,
                                             .terminal = isatty(STDERR_FILENO),
                                             .best = NAN};
    progress->shown = spiral_farm_clock();
}

void spiral_fit_progress_phase(struct spiral_fit_progress *progress, uint64_t most,
                               const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(progress->phase, sizeof progress->phase, format, arguments);
    va_end(arguments);
    progress->started = spiral_farm_clock();
    progress->runs = 0;
    progress->most = most;
}

void spiral_fit_progress_add(struct spiral_fit_progress *progress, uint64_t runs)
{
    const double time = spiral_farm_clock();
    progress->runs += runs;
    if (!progress->quiet &&
        time - progress->shown >= (progress->terminal ? terminal_pause : log_pause))
        tell(progress, time);
}

void spiral_fit_progress_end(struct spiral_fit_progress *progress)
{
    if (!progress->quiet && progress->terminal && progress->runs > 0)
        fputs("\r\033[K", stderr);
}
