/* SPDX-License-Identifier: MIT */
#include "tools/farm/farm.h"

#include <signal.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

static volatile sig_atomic_t interrupted;
static const char *progress_label;

static void interrupt(int signal_number)
{
    (void)signal_number;
    interrupted = 1;
}

void spiral_farm_catch_interrupts(void)
{
    struct sigaction action = {.sa_handler = interrupt, .sa_flags = (int)SA_RESETHAND};
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
}

void spiral_farm_show_progress(const char *label)
{
    progress_label = isatty(STDERR_FILENO) ? label : NULL;
}

bool spiral_farm_interrupted(void) { return interrupted != 0; }

int spiral_farm_threads(int asked) { return spiral_parallel_threads(asked); }

double spiral_farm_clock(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

void spiral_farm_time_left(char text[SPIRAL_TIME_LEFT], double rest, double done, double seconds)
{
    static const struct {
        double seconds, most;
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
            snprintf(text, SPIRAL_TIME_LEFT, ", %.*f %s left", units[u].digits,
                     left / units[u].seconds, units[u].name);
            return;
        }
}

/* What is shown of an ensemble that runs. */
struct progress {
    double started;
    double shown;
};

/* One line on the terminal, at most five times a second: runs, rate, time left. */
static void show_progress(struct progress *progress, uint64_t done, uint64_t count)
{
    const double time = spiral_farm_clock();

    if (progress_label == NULL || time - progress->shown < 0.2)
        return;

    const double seconds = time - progress->started + 1e-9;
    char left[SPIRAL_TIME_LEFT];

    progress->shown = time;
    spiral_farm_time_left(left, (double)(count - done), (double)done, seconds);
    fprintf(stderr, "\r%s: %llu of %llu runs, %.0f a second%s \033[K", progress_label,
            (unsigned long long)done, (unsigned long long)count, (double)done / seconds, left);
}

static bool go_on(void *context, uint64_t done, uint64_t count)
{
    if (done > 0)
        show_progress(context, done, count);
    return !interrupted;
}

static struct progress begin_progress(void)
{
    const double now = spiral_farm_clock();
    return (struct progress){.started = now, .shown = now};
}

static void clear_progress(void)
{
    if (progress_label != NULL)
        fputs("\r\033[K", stderr);
}

enum spiral_status spiral_farm_run(const struct spiral_plan *plan, uint64_t seed, uint64_t first,
                                   uint64_t count, int threads, struct spiral_collector *collector,
                                   struct spiral_error *error)
{
    struct progress progress = begin_progress();
    const struct spiral_watch watch = {go_on, &progress};
    const enum spiral_status status =
        spiral_parallel_run(plan, seed, first, count, threads, collector, &watch, error);

    clear_progress();

    return status;
}

enum spiral_status spiral_farm_run_paired(const struct spiral_plan *const plans[2], uint64_t seed,
                                          uint64_t count, int threads,
                                          struct spiral_collector *const collectors[2],
                                          struct spiral_pairing *pairing,
                                          struct spiral_error *error)
{
    struct progress progress = begin_progress();
    const struct spiral_watch watch = {go_on, &progress};
    const enum spiral_status status =
        spiral_parallel_run_paired(plans, seed, count, threads, collectors, pairing, &watch, error);

    clear_progress();

    return status;
}
