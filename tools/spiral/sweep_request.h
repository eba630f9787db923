/* SPDX-License-Identifier: MIT
 *
 * An experiment said by options: they are written as an experiment file, which is read like any other.
 */
#ifndef SPIRAL_SPIRAL_SWEEP_REQUEST_H
#define SPIRAL_SPIRAL_SWEEP_REQUEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

enum { SPIRAL_MAX_SAID = 256 };

/* What the options of `spiral sweep` and `spiral calibrate` say of an experiment. NULL: not said. */
struct spiral_sweep_request {
    const char *name; /* of the experiment; NULL: sweep */
    const char *design, *points, *levels, *list, *replicates, *seed, *until, *dt, *stop, *keep, *trajectories;
    bool second_order, independent, free_running, assimilate, war_ends, runs;
    const char *vary[SPIRAL_MAX_SAID], *set[SPIRAL_MAX_SAID];
    size_t vary_count, set_count;
};

/* Whether the options say anything of the experiment. */
bool spiral_sweep_request_given(const struct spiral_sweep_request *request);

/* Writes the file. Reports and returns false where an option has not the form that it should have; what its parts mean is for the loader. */
bool spiral_sweep_request_write(const struct spiral_sweep_request *request, char *const *scenarios, size_t scenario_count, FILE *out);

#endif
