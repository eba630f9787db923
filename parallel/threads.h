/* SPDX-License-Identifier: MIT
 *
 * Ensembles over threads. What is collected is the same to the bit for any number of threads.
 */
#ifndef SPIRAL_PARALLEL_THREADS_H
#define SPIRAL_PARALLEL_THREADS_H

#include "sim/ensemble.h"

/* Called before the first run, and by the calling thread after each of its blocks of runs, with the
 * number of runs that were begun before. False stops: blocks that were begun are finished. */
struct spiral_watch {
    bool (*go_on)(void *context, uint64_t done, uint64_t count);
    void *context;
};

/* Runs streams [first, first + count) of a plan on `threads` threads (0: one a processor) into
 * `collector`, whose each_run is called by the thread that ran the run: in the order of streams
 * only where threads is 1. SPIRAL_NO_MEMORY, or SPIRAL_STOPPED: the collector then has the first
 * runs, all those that were begun. `watch` may be NULL. */
enum spiral_status spiral_parallel_run(const struct spiral_plan *plan, uint64_t seed,
                                       uint64_t first, uint64_t count, int threads,
                                       struct spiral_collector *collector,
                                       const struct spiral_watch *watch,
                                       struct spiral_error *error);

/* Something that runs ensembles in place of the processor's threads. */
struct spiral_engine {
    /* Runs streams [first, first + count) of a plan into a collector as spiral_ensemble_run() does.
     * False leaves the collector as it was: these runs, and all after them, are then the
     * threads'. */
    bool (*run)(void *context, const struct spiral_plan *plan, uint64_t seed, uint64_t first,
                uint64_t count, struct spiral_collector *collector);
    void *context;
    /* how many runs it is given at a time: in general, and where each run is asked for */
    uint64_t block;
    uint64_t block_of_each_run;
};

/* Gives all later ensembles of the process to an engine; NULL, the default: to threads. Not while
 * runs are under way. The engine is the caller's. */
void spiral_parallel_use(const struct spiral_engine *engine);

/* Runs streams [first, first + count) of a plan on the engine, where there is one, into a collector
 * as spiral_ensemble_run() does: for a part of a larger piece of work. One thread does so at a
 * time, and the others wait. False leaves the collector as it was: there is no engine, or it has
 * failed, and these runs are the caller's. */
bool spiral_parallel_run_on_engine(const struct spiral_plan *plan, uint64_t seed, uint64_t first,
                                   uint64_t count, struct spiral_collector *collector);

/* How paired runs of two plans ended: runs with war (force) under one plan alone. */
struct spiral_pairs {
    uint64_t runs;
    uint64_t war_first;
    uint64_t war_second;
    uint64_t force_first;
    uint64_t force_second;
};

/* The same of all runs, and by set of constants where the plans spread runs over a posterior. */
struct spiral_pairing {
    struct spiral_pairs all;
    size_t set_count;          /* 0: not spread */
    struct spiral_pairs *sets; /* [set_count]; owned */
};

/* Frees a pairing; a zeroed one is legal. */
void spiral_pairing_clear(struct spiral_pairing *pairing);

/* The 90 % interval of the difference of the risks of war (force), second less first, over the sets
 * of constants. False where the runs do not tell: spiral_constants_interval(). */
bool spiral_pairing_war_by_constants(const struct spiral_pairing *pairing,
                                     struct spiral_interval *interval);
bool spiral_pairing_force_by_constants(const struct spiral_pairing *pairing,
                                       struct spiral_interval *interval);

/* Runs streams [0, count) of two plans in pairs: the same stream, so the same draws, under both.
 * Collects each as spiral_parallel_run() does, without each_run. The plans have the same number of
 * sets of constants. The caller clears the pairing, also after an error. */
enum spiral_status spiral_parallel_run_paired(const struct spiral_plan *const plans[2],
                                              uint64_t seed, uint64_t count, int threads,
                                              struct spiral_collector *const collectors[2],
                                              struct spiral_pairing *pairing,
                                              const struct spiral_watch *watch,
                                              struct spiral_error *error);

/* A part of a larger piece of work: what the parts write must not overlap. `batch` is the
 * thread's own. */
struct spiral_part {
    enum spiral_status (*run)(void *context, struct spiral_batch *batch, uint64_t part);
    void *context;
};

/* Runs parts 0 .. count - 1, as threads become free. `watch` (NULL: none) is asked after each of
 * the calling thread's parts. Returns the status of a part that failed, where one did; the parts
 * that were not begun by then are left out. Else SPIRAL_NO_MEMORY or SPIRAL_STOPPED. */
enum spiral_status spiral_parallel_run_parts(const struct spiral_part *part, uint64_t count,
                                             int threads, const struct spiral_watch *watch,
                                             struct spiral_error *error);

/* Who runs parts: a program's farm, a window's own threads, or one part after the other. */
struct spiral_workers {
    /* Runs parts 0 .. count - 1, each of `runs` runs for a line of progress. Statuses are as of
     * spiral_parallel_run_parts(). */
    enum spiral_status (*run)(const struct spiral_workers *workers, const struct spiral_part *part,
                              uint64_t count, uint64_t runs, struct spiral_error *error);
    /* Runs streams [first, first + count) of a plan on a device, where there is one, into a
     * collector. False leaves the collector as it was. NULL: there is no device. */
    bool (*run_plan)(const struct spiral_plan *plan, uint64_t seed, uint64_t first, uint64_t count,
                     struct spiral_collector *collector);
    int threads; /* 0: one a processor */
    void *context;
};

/* The number of threads that is meant: those asked for, or for 0 what OMP_NUM_THREADS says, else
 * one a processor; 1 in a build without OpenMP. */
int spiral_parallel_threads(int asked);

#endif
