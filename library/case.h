/* SPDX-License-Identifier: MIT */
#ifndef SPIRAL_LIBRARY_CASE_H
#define SPIRAL_LIBRARY_CASE_H

#include "sim/parameter.h"
#include "sim/plan.h"

/* A parameter under the name that it had when the case was loaded. */
struct spiral_case_parameter {
    char name[96];
    struct spiral_parameter place; /* in the case's own scenario and constants */
    struct spiral_parameter
        given;     /* of a series: in the scenario as loaded, from which it is scaled */
    double loaded; /* the value as loaded; 1 for a series */
    double factor; /* of a series: the present one */
};

/* What the public header calls a case. Its parameters point into it. */
struct spiral_case {
    struct spiral_scenario scenario;
    struct spiral_scenario loaded;
    struct spiral_constants constants;
    struct spiral_constant_sets posterior;
    struct spiral_plan_options options; /* points at the posterior */
    size_t parameter_count;
    struct spiral_case_parameter *parameters;
};

/* Compiles the case as it is now. *plan is NULL after an error; the caller destroys it. */
enum spiral_status spiral_case_plan(const struct spiral_case *scenario, struct spiral_plan **plan,
                                    struct spiral_error *error);

#endif
