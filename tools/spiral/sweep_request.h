/* SPDX-License-Identifier: MIT
 *
 * An experiment said by options: they are written as an experiment file, which is read like any
 * other.
 */
#ifndef SPIRAL_SPIRAL_SWEEP_REQUEST_H
#define SPIRAL_SPIRAL_SWEEP_REQUEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

enum { SPIRAL_MAX_SAID = 256 };

/* What the options of `spiral sweep` and `spiral calibrate` say of an experiment. NULL: not
 * said. */
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
    const char *keep;
    const char *trajectories;
    bool second_order;
    bool independent;
    bool free_running;
    bool assimilate;
    bool war_ends;
    bool runs;
    const char *vary[SPIRAL_MAX_SAID];
    const char *set[SPIRAL_MAX_SAID];
    size_t vary_count;
    size_t set_count;
};

/* Whether the options say anything of the experiment. */
bool spiral_sweep_request_given(const struct spiral_sweep_request *request);

/* Writes the file. Reports and returns false where an option has not the form that it should
 * have; what its parts mean is for the loader. */
bool spiral_sweep_request_write(const struct spiral_sweep_request *request, char *const *scenarios,
                                size_t scenario_count, FILE *out);

#endif
