/* SPDX-License-Identifier: MIT
 *
 * What it costs to spread runs over a posterior: the time of an ensemble over 256 sets of constants
 * over that of the same ensemble under one set, on the Ukraine case, one thread, process time. The
 * two are measured in turn, and the median of seven ratios is told. Timing is reported, never
 * asserted.
 *
 * Usage: bench_posterior [RUNS] (default 16384)
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "parallel/threads.h"
#include "scenarios/loader/scenario_load.h"
#include "sim/random.h"

enum { REPEATS = 7, SETS = 256 };

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

static int ascending(const void *a, const void *b)
{
    const double one = *(const double *)a;
    const double two = *(const double *)b;

    return (one > two) - (one < two);
}

static double time_ensemble(const struct spiral_plan *plan, uint64_t runs, bool watched)
{
    struct spiral_collector collector;
    struct spiral_error error;

    if (spiral_collector_init(&collector, plan, watched, watched) != SPIRAL_OK)
        exit(1);

    const double started = now();

    if (spiral_parallel_run(plan, 1, 0, runs, 1, &collector, NULL, &error) != SPIRAL_OK)
        exit(1);

    const double seconds = now() - started;

    spiral_collector_clear(&collector);

    return seconds;
}

/* Prints the speed under one set and the ratio of the times. */
static void compare(const char *what, const struct spiral_plan *point,
                    const struct spiral_plan *spread, uint64_t runs, bool watched)
{
    double ratio[REPEATS];
    double seconds[REPEATS];

    for (int i = 0; i < REPEATS; i++) {
        seconds[i] = time_ensemble(point, runs, watched);
        ratio[i] = time_ensemble(spread, runs, watched) / seconds[i];
    }

    qsort(ratio, REPEATS, sizeof *ratio, ascending);
    qsort(seconds, REPEATS, sizeof *seconds, ascending);
    printf("%-22s %6.2f million run-steps a second under one set; over the posterior %.2f of the "
           "time\n",
           what, 1e-6 * (double)runs * (double)point->steps / seconds[REPEATS / 2],
           ratio[REPEATS / 2]);
}

/* Sets around the defaults: every constant within a tenth of its range, at random. */
static void fill_sets(struct spiral_constants sets[SETS])
{
    struct spiral_random random = spiral_random_seed(1, 0);

    for (int s = 0; s < SETS; s++) {
        sets[s] = spiral_constants_defaults();
        for (size_t i = 0; i < SPIRAL_CONSTANTS; i++) {
            const struct spiral_field *field = &spiral_constant_fields[i];
            double *value = spiral_constant_at(&sets[s], i);
            const double share = (double)spiral_random_next(&random) / 4294967296.0;

            *value += 0.1 * (share - 0.5) * (field->high - field->low);
            *value = *value < field->low ? field->low : *value > field->high ? field->high : *value;
        }
    }
}

int main(int argc, char **argv)
{
    static struct spiral_diagnostics diagnostics;
    static struct spiral_constants sets[SETS];
    const struct spiral_constant_sets posterior = {SETS, sets};
    const struct spiral_constants constants = spiral_constants_defaults();
    const uint64_t runs = argc > 1 ? strtoull(argv[1], NULL, 10) : 16384;
    struct spiral_plan_options options = spiral_plan_options_defaults();
    struct spiral_scenario scenario;
    struct spiral_plan *point;
    struct spiral_plan *spread;
    struct spiral_error error;

    fill_sets(sets);
    spiral_diagnostics_init(&diagnostics);
    if (spiral_scenario_load(&scenario, SPIRAL_SOURCE_DIR "/scenarios/ukraine.yaml",
                             &diagnostics) != SPIRAL_OK ||
        spiral_plan_create(&point, &scenario, &constants, &options, &error) != SPIRAL_OK)
        return 1;

    options.posterior = &posterior;
    if (spiral_plan_create(&spread, &scenario, &constants, &options, &error) != SPIRAL_OK)
        return 1;

    printf("lanes %d, %d sets, %llu runs\n", SPIRAL_LANES, SETS, (unsigned long long)runs);
    compare("outcomes only", point, spread, runs, false);
    compare("with fan and ladder", point, spread, runs, true);
    spiral_plan_destroy(point);
    spiral_plan_destroy(spread);
    spiral_scenario_clear(&scenario);

    return 0;
}
