/* SPDX-License-Identifier: MIT
 *
 * Ensembles over threads as the programs run them: with progress on stderr (tools/farm/progress.h),
 * and stopped by an interrupt (tools/farm/interrupt.h).
 */
#ifndef SPIRAL_FARM_FARM_H
#define SPIRAL_FARM_FARM_H

#include "parallel/threads.h"

/* Runs streams [first, first + count) of a plan on `threads` threads (0: one a processor) into
 * `collector`, whose each_run is called in order of streams only where threads is 1.
 * SPIRAL_NO_MEMORY, or SPIRAL_STOPPED after an interrupt: what was finished is in the collector. */
enum spiral_status spiral_farm_run(const struct spiral_plan *plan, uint64_t seed, uint64_t first,
                                   uint64_t count, int threads, struct spiral_collector *collector,
                                   struct spiral_error *error);

/* Runs streams [0, count) of two plans in pairs: the same stream, so the same draws, under both.
 * Collects each as spiral_farm_run() does. */
enum spiral_status spiral_farm_run_paired(const struct spiral_plan *const plans[2], uint64_t seed,
                                          uint64_t count, int threads,
                                          struct spiral_collector *const collectors[2],
                                          struct spiral_pairing *pairing,
                                          struct spiral_error *error);

/* Runs the parts of a larger piece of work, of `runs` runs each for the progress line. Statuses
 * are as of spiral_parallel_run_parts(). */
enum spiral_status spiral_farm_run_parts(const struct spiral_part *part, uint64_t count,
                                         uint64_t runs, int threads, struct spiral_error *error);

/* The farm as workers: spiral_farm_run_parts() on so many threads, and the device that was chosen
 * (tools/farm/device.h). */
struct spiral_workers spiral_farm_workers(int threads);

/* The number of threads that runs use: those asked for, or for 0 what OMP_NUM_THREADS
 * says, else one a processor. 1 where the
 * program was built without OpenMP. */
int spiral_farm_threads(int asked);

/* Shows progress on stderr while a farm runs (tools/farm/progress.h). NULL, the default: none. */
void spiral_farm_show_progress(const char *label);

#endif
