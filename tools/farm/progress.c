/* SPDX-License-Identifier: MIT */
#include "tools/farm/progress.h"

#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

#include "tools/farm/clock.h"

/* Seconds between lines. */
static const double terminal_pause = 0.2;
static const double log_pause = 60.0;

void spiral_progress_time_left(char text[SPIRAL_TIME_LEFT_SIZE], double rest, double done,
                               double seconds)
{
    /* The first unit in which the number stays small. */
    static const struct {
        double seconds;
        double most; /* seconds */
        const char *name;
        int digits;
    } units[] = {{1.0, 100.0, "s", 0},
                 {60.0, 100.0 * 60.0, "min", 0},
                 {3600.0, 48.0 * 3600.0, "h", 1},
                 {86400.0, 1e300, "days", 1}};
    const double left = done > 0.0 ? seconds * rest / done : -1.0;

    text[0] = '\0';

    for (size_t u = 0; u < sizeof units / sizeof *units && left >= 0.0; u++)
        if (left < units[u].most) {
            snprintf(text, SPIRAL_TIME_LEFT_SIZE, ", %.*f %s left", units[u].digits,
                     left / units[u].seconds, units[u].name);
            return;
        }
}

void spiral_progress_start(struct spiral_progress *progress, const char *label)
{
    *progress = (struct spiral_progress){.label = label, .terminal = isatty(STDERR_FILENO)};
    progress->started = progress->shown = spiral_clock();
}

void spiral_progress_begin_phase(struct spiral_progress *progress, uint64_t most_runs,
                                 const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(progress->phase, sizeof progress->phase, format, arguments);
    va_end(arguments);

    progress->started = spiral_clock();
    progress->runs = progress->runs_before = 0;
    progress->most_runs = most_runs;
}

static void write_line(struct spiral_progress *progress)
{
    const double time = spiral_clock();
    const double seconds = time - progress->started + 1e-9; /* never 0 */
    const double done = (double)(progress->runs - progress->runs_before);
    const bool known = progress->most_runs >= progress->runs && progress->most_runs > 0;
    char left[SPIRAL_TIME_LEFT_SIZE] = "";

    fprintf(stderr, "%s%s: ", progress->terminal ? "\r" : "", progress->label);
    if (progress->phase[0] != '\0')
        fprintf(stderr, "%s: ", progress->phase);
    if (progress->items != NULL)
        fprintf(stderr, "%zu of %zu %s done, ", progress->items_done, progress->item_count,
                progress->items);

    fprintf(stderr, "%llu", (unsigned long long)progress->runs);
    if (known) {
        fprintf(stderr, " of %s%llu", progress->bounded ? "at most " : "",
                (unsigned long long)progress->most_runs);
        spiral_progress_time_left(left, (double)(progress->most_runs - progress->runs), done,
                                  seconds);
    }

    fprintf(stderr, " runs, %.0f a second%s%s%s%s", done / seconds, left,
            progress->note[0] != '\0' ? ", " : "", progress->note,
            progress->terminal ? " \033[K" : "\n");
    progress->shown = time;
}

bool spiral_progress_is_due(const struct spiral_progress *progress)
{
    return progress->label != NULL &&
           spiral_clock() - progress->shown >= (progress->terminal ? terminal_pause : log_pause);
}

void spiral_progress_show(struct spiral_progress *progress)
{
    if (spiral_progress_is_due(progress))
        write_line(progress);
}

void spiral_progress_wipe(struct spiral_progress *progress)
{
    if (progress->label != NULL && progress->terminal)
        fputs("\r\033[K", stderr);
}

void spiral_progress_leave(struct spiral_progress *progress)
{
    if (progress->label == NULL)
        return;
    write_line(progress);
    if (progress->terminal)
        fputc('\n', stderr);
}
