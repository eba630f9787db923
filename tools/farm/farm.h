/* SPDX-License-Identifier: MIT
 *
 * Ensembles over threads as the programs run them: with progress on the terminal, and ended by an
 * interrupt.
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

/* Makes Ctrl-C and SIGTERM end a running farm cleanly: blocks in flight finish, the rest is
 * left. */
void spiral_farm_catch_interrupts(void);

/* Whether such an interrupt has come. */
bool spiral_farm_interrupted(void);

/* The number of threads that is meant: those asked for, or for 0 one a processor. */
int spiral_farm_threads(int asked);

/* Seconds of a clock that only goes forward. */
double spiral_farm_clock(void);

/* How long the rest of a work will take, as ", 40 s left" or ", 2.5 h left"; "" where nothing is
 * done yet, so that nobody knows. */
enum { SPIRAL_TIME_LEFT = 40 };
void spiral_farm_time_left(char text[SPIRAL_TIME_LEFT], double rest, double done, double seconds);

/* Shows progress on stderr while a farm runs, where stderr is a terminal (off by default). */
void spiral_farm_show_progress(const char *label);

#endif
