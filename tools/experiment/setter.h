/* SPDX-License-Identifier: MIT
 *
 * A setter: a scenario and constants of its own, in which an experiment's axes are set in place,
 * point by point, to be compiled into plans. What the experiment sets is set from the start, and
 * the axes' parameters are looked up once.
 */
#ifndef SPIRAL_EXPERIMENT_SETTER_H
#define SPIRAL_EXPERIMENT_SETTER_H

#include "sim/parameter.h"
#include "tools/experiment/experiment.h"

struct spiral_setter {
    struct spiral_scenario scenario; /* the axes are set in it */
    struct spiral_scenario given;    /* stays as it is: series are scaled from it */
    struct spiral_constants constants;
    struct spiral_constants given_constants;

    /* The sets of constants that replicates have: a plan's sets by replicate modulo their number. */
    struct spiral_constant_sets sets;       /* the axes are set in them */
    struct spiral_constant_sets given_sets; /* what the experiment sets alone */

    const struct spiral_axis *axes; /* of the experiment */
    size_t axis_count;
    struct spiral_parameter *places;       /* [axis] */
    struct spiral_parameter *given_places; /* [axis] */
};

/* Makes a setter of a scenario, which it copies. It must not be moved in memory, and the experiment
 * must outlive it. SPIRAL_BAD_INPUT
 * where the scenario lacks a name of the experiment; SPIRAL_NO_MEMORY. The caller clears it in any
 * case. */
enum spiral_status spiral_setter_init(struct spiral_setter *setter,
                                      const struct spiral_experiment *experiment,
                                      const struct spiral_scenario *original,
                                      struct spiral_error *error);
void spiral_setter_clear(struct spiral_setter *setter); /* a zeroed setter is legal */

/* The plan at a point's values, [axis] (NULL: what was given, with what the experiment sets), with
 * the experiment's sets of constants: spiral_plan_of_run(plan, replicate). The caller destroys it. SPIRAL_BAD_INPUT where they break a rule of the scenario. */
enum spiral_status spiral_setter_plan(struct spiral_setter *setter, const double *values,
                                      const struct spiral_plan_options *options,
                                      struct spiral_plan **plan, struct spiral_error *error);

#endif
