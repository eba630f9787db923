/* SPDX-License-Identifier: MIT
 *
 * Running a sweep to its end and, where its experiment has a rule of convergence, on from there.
 */
#ifndef SPIRAL_SPIRAL_SWEEP_CONVERGE_H
#define SPIRAL_SPIRAL_SWEEP_CONVERGE_H

#include "tools/runner/runner.h"

/* Runs all units of a sweep; then, under a rule, adds the next power of two of its points and runs
 * those, until no interval is wider than the rule asks for or the sweep has the rule's points. Says
 * so on stderr, unless it is to be quiet. Which points there are in the end depends on the
 * experiment alone: a sweep that was stopped at any place goes on as if it had not been. Errors are
 * those of spiral_sweep_run(). */
enum spiral_status spiral_sweep_converge(struct spiral_sweep *sweep, struct spiral_store *store,
                                         const char *path,
                                         const struct spiral_sweep_options *options,
                                         struct spiral_error *error);

#endif
