/* SPDX-License-Identifier: MIT
 *
 * What `spiral robust` and `spiral game` ask of a case: an experiment of one scenario whose points
 * are worlds, and the constants that runs have.
 */
#ifndef SPIRAL_SPIRAL_CHOICE_REQUEST_H
#define SPIRAL_SPIRAL_CHOICE_REQUEST_H

#include "sim/constant_sets.h"
#include "tools/experiment/experiment.h"
#include "tools/spiral/sweep_request.h"

/* Makes the experiment of a scenario. Where the request varies nothing, worlds differ in the
 * neighbour's greed and the patron's resolve and, where `constants` (a choice as --constants takes
 * it) gives no sets, in the constants that a calibration fits. Complains and returns the exit
 * status. The caller clears the experiment and the sets in any case. */
int spiral_choice_experiment(struct spiral_experiment *experiment,
                             struct spiral_constant_sets *sets,
                             const struct spiral_sweep_request *request, const char *constants,
                             char *scenario, const char *command);

#endif
