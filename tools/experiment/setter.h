/* SPDX-License-Identifier: MIT
 *
 * A bench: a scenario and constants on which an experiment's axes are set in place, point by
 * point, and compiled into plans. What the experiment sets is in, and the axes' places are found
 * once.
 */
#ifndef SPIRAL_EXPERIMENT_SETTER_H
#define SPIRAL_EXPERIMENT_SETTER_H

#include "sim/parameter.h"
#include "tools/experiment/experiment.h"

struct spiral_setter {
    struct spiral_scenario scenario,
        given; /* `given` stays as it is: scales of series are taken from it */
    struct spiral_constants constants;
    struct spiral_constants given_constants;
    size_t axis_count;
    struct spiral_parameter *places;       /* [axis] */
    struct spiral_parameter *given_places; /* [axis] */
};

/* Makes a bench of a scenario, which it copies; it must stay where it is then. SPIRAL_BAD_INPUT
 * where the scenario lacks a name of the experiment; SPIRAL_NO_MEMORY. The bench is to be
 * cleared in any case. */
enum spiral_status spiral_setter_init(struct spiral_setter *bench,
                                      const struct spiral_experiment *experiment,
                                      const struct spiral_scenario *original,
                                      struct spiral_error *error);
void spiral_setter_clear(struct spiral_setter *bench); /* a zeroed bench is legal */

/* The plan at a point's values, [axis] (NULL: what was given, with what the experiment sets).
 * The caller destroys it. SPIRAL_BAD_INPUT where they break a rule of the scenario. */
enum spiral_status spiral_setter_plan(struct spiral_setter *bench, const double *values,
                                      const struct spiral_plan_options *options,
                                      struct spiral_plan **plan, struct spiral_error *error);

#endif
