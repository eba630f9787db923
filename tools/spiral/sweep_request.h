/* SPDX-License-Identifier: MIT
 *
 * An experiment given by options: they are written as an experiment file, which is read like any
 * other.
 */
#ifndef SPIRAL_SPIRAL_SWEEP_REQUEST_H
#define SPIRAL_SPIRAL_SWEEP_REQUEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "sim/tables.h"
#include "tools/cli/options.h"
#include "tools/experiment/experiment.h"

/* What the options of `spiral sweep` and `spiral calibrate` say of an experiment. NULL: not
 * given. */
struct spiral_sweep_request {
    const char *name; /* of the experiment; NULL: sweep */
    const char *design;
    const char *points;
    const char *levels;
    const char *list;
    const char *replicates;
    const char *seed;
    const char *until;
    const char *dt;
    const char *stop;
    const char *converge;
    const char *keep;
    const char *trajectories;
    bool second_order;
    bool independent;
    bool free_running;
    bool assimilate;
    bool war_ends;
    bool runs;
    struct spiral_option_list vary;
    struct spiral_option_list set;
    const struct spiral_constants *constants; /* fixed where they are not the defaults */
    const char *sets; /* what runs are spread over: a table of sets, or point; NULL: posterior */
    struct spiral_option_list policy;
    struct spiral_option_list outcome;
};

/* Reads the experiment that the options say. Options have no lines: errors name the key's path
 * instead. What is `given` (NULL: nothing) is not read from files. Complains, as `spiral: COMMAND`,
 * and returns the exit status. The caller clears the experiment where it is SPIRAL_EXIT_OK. */
int spiral_sweep_request_load(struct spiral_experiment *experiment,
                              const struct spiral_sweep_request *request, char *const *scenarios,
                              size_t scenario_count, const struct spiral_experiment_given *given,
                              const char *command);

/* Writes the file. Complains and returns false where an option has not the form that it should
 * have; the loader checks what its parts mean. */
bool spiral_sweep_request_write(const struct spiral_sweep_request *request, char *const *scenarios,
                                size_t scenario_count, FILE *out);

#endif
