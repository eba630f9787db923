/* SPDX-License-Identifier: MIT
 *
 * The state variables of variables.def as data, for observers that write or list them all.
 */
#ifndef SPIRAL_VARIABLES_H
#define SPIRAL_VARIABLES_H

#include "sim/batch.h"

enum spiral_variable {
#define SPIRAL_VARIABLE(name, of, low, high, en, zh, doc) SPIRAL_VARIABLE_##name,
#include "sim/variables.def"
    SPIRAL_VARIABLES
};

extern const struct spiral_field spiral_variable_fields[SPIRAL_VARIABLES];
extern const enum spiral_dimension spiral_variable_dimensions[SPIRAL_VARIABLES];

/* Writes what the i-th thing of a dimension is called, by the ids of its states: "UKR" a state,
 * "UKR.RUS" a perception, "UKR-RUS" a pair, "UKR.public1" a segment of the public. */
void spiral_variable_label(const struct spiral_scenario *scenario,
                           const struct spiral_layout *layout, enum spiral_dimension of, int i,
                           char text[48]);

/* Writes the variables of a lane in the order of the table, and of the things that each counts:
 * the sum of the layout's counts over spiral_variable_dimensions. */
void spiral_variables_of(const struct spiral_batch *batch, int lane, double *values);

#endif
