/* SPDX-License-Identifier: MIT
 *
 * How fast the step is on the Ukraine case: run-steps a second (all states advanced one step in
 * one run), median of seven measurements in process time, and what observers and a second thread
 * make of it. Timing is reported, never asserted.
 *
 * Usage: bench_step [RUNS]. With a number of runs it prints the process time of the steps alone
 * of so many runs, and of an ensemble with outcomes only, both of one thread: for other benches,
 * that set them beside theirs.
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>

#include "scenarios/loader/scenario_load.h"
#include "sim/step.h"
#include "tools/farm/farm.h"
#include "tools/result/result.h"

enum { REPEATS = 7, RUNS = 16 * 1024 };

static double now(clockid_t clock)
{
    struct timespec time;
    clock_gettime(clock, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

static int ascending(const void *a, const void *b)
{
    const double one = *(const double *)a;
    const double two = *(const double *)b;

    return (one > two) - (one < two);
}

/* What an ensemble collects beside outcomes: nothing, what the text of `spiral run` needs, or the
 * fans of all quantities, as its JSON has them. */
enum collected { OUTCOMES, TEXT, ALL_FANS, KINDS };

/* Seconds of an ensemble; `clock` is the process's for one thread, the wall's for several. */
static double ensemble(const struct spiral_plan *plan, uint64_t runs, int threads,
                       enum collected collected, clockid_t clock)
{
    struct spiral_collector collector;
    struct spiral_error error;

    if (spiral_collector_init(&collector, plan, collected != OUTCOMES, collected != OUTCOMES) !=
        SPIRAL_OK)
        exit(1);
    if (collected == TEXT)
        spiral_fan_keep(collector.fan, SPIRAL_RESULT_MEANS, SPIRAL_RESULT_BANDS);

    const double started = now(clock);

    if (spiral_farm_run(plan, 1, 0, runs, threads, &collector, &error) != SPIRAL_OK)
        exit(1);

    const double seconds = now(clock) - started;

    spiral_collector_clear(&collector);

    return seconds;
}

/* Median seconds of REPEATS ensembles of each kind, in turns. */
static void measure_kinds(const struct spiral_plan *plan, double seconds[KINDS])
{
    double measured[KINDS][REPEATS];

    for (int i = 0; i < REPEATS; i++)
        for (int kind = 0; kind < KINDS; kind++)
            measured[kind][i] =
                ensemble(plan, RUNS, 1, (enum collected)kind, CLOCK_PROCESS_CPUTIME_ID);

    for (int kind = 0; kind < KINDS; kind++) {
        qsort(measured[kind], REPEATS, sizeof *measured[kind], ascending);
        seconds[kind] = measured[kind][REPEATS / 2];
    }
}

/* How many times the work of one thread two do, by the wall clock: the median of REPEATS. */
static double measure_second_thread(const struct spiral_plan *plan)
{
    double gain[REPEATS];

    for (int i = 0; i < REPEATS; i++)
        gain[i] = ensemble(plan, RUNS, 1, OUTCOMES, CLOCK_MONOTONIC) /
                  ensemble(plan, RUNS, 2, OUTCOMES, CLOCK_MONOTONIC);
    qsort(gain, REPEATS, sizeof *gain, ascending);

    return gain[REPEATS / 2];
}

/* Seconds of the steps alone: nothing looks on. */
static double steps_alone(const struct spiral_plan *plan, uint64_t runs)
{
    struct spiral_batch *batch = spiral_batch_create();
    const struct spiral_plan *plans[SPIRAL_LANES];
    uint64_t stream[SPIRAL_LANES];

    if (batch == NULL)
        exit(1);

    const double started = now(CLOCK_PROCESS_CPUTIME_ID);

    for (uint64_t first = 0; first < runs; first += SPIRAL_LANES) {
        for (int l = 0; l < SPIRAL_LANES; l++) {
            plans[l] = plan;
            stream[l] = first + (uint64_t)l;
        }

        spiral_batch_start(batch, plans, 1, stream);
        while (batch->step < batch->steps)
            spiral_step(batch);
    }

    const double seconds = now(CLOCK_PROCESS_CPUTIME_ID) - started;

    spiral_batch_destroy(batch);

    return seconds;
}

int main(int argc, char **argv)
{
    static struct spiral_diagnostics diagnostics;
    struct spiral_scenario scenario;
    struct spiral_error error;
    struct spiral_plan *plan;
    const struct spiral_constants constants = spiral_constants_defaults();
    const struct spiral_plan_options options = spiral_plan_options_defaults();

    spiral_diagnostics_init(&diagnostics);
    if (spiral_scenario_load(&scenario, SPIRAL_SOURCE_DIR "/scenarios/ukraine.yaml",
                             &diagnostics) != SPIRAL_OK ||
        spiral_plan_create(&plan, &scenario, &constants, &options, &error) != SPIRAL_OK)
        return 1;

    if (argc > 1) {
        const uint64_t runs = strtoull(argv[1], NULL, 10);
        printf("%.6f %.6f\n", steps_alone(plan, runs),
               ensemble(plan, runs, 1, OUTCOMES, CLOCK_PROCESS_CPUTIME_ID));
        spiral_plan_destroy(plan);
        spiral_scenario_clear(&scenario);
        return 0;
    }

    double seconds[KINDS];

    measure_kinds(plan, seconds);

    const double gain = measure_second_thread(plan);
    struct rusage usage;

    getrusage(RUSAGE_SELF, &usage);
    printf("lanes %d; AVX-512 %s, AVX2 %s\n", SPIRAL_LANES,
           __builtin_cpu_supports("avx512dq") ? "yes" : "no",
           __builtin_cpu_supports("avx2") ? "yes" : "no");
    printf("outcomes only              %6.2f million run-steps a second of one core\n",
           RUNS * (double)plan->steps / seconds[OUTCOMES] / 1e6);
    printf("as the text of spiral run  %6.2f times the time\n", seconds[TEXT] / seconds[OUTCOMES]);
    printf("with the fans of all       %6.2f times the time\n",
           seconds[ALL_FANS] / seconds[OUTCOMES]);
    printf("two threads over one       %6.2f\n", gain);
    printf("peak memory                %6.1f MiB\n", (double)usage.ru_maxrss / 1024.0);
    spiral_plan_destroy(plan);
    spiral_scenario_clear(&scenario);

    return 0;
}
