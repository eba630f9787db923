/* SPDX-License-Identifier: MIT
 *
 * The numbers of model_form.def by name, and the bounds of the state variables. They are functions
 * rather than objects, so that every compiler of the step sees a literal.
 */
#ifndef SPIRAL_MODEL_FORM_H
#define SPIRAL_MODEL_FORM_H

/* A number that is part of an equation's form, as SPIRAL_FORM(level_force). */
#define SPIRAL_FORM(name) spiral_form_##name()

#define SPIRAL_FORM_NUMBER(name, value, doc, source) \
    static inline double spiral_form_##name(void) { return value; }
#include "sim/model_form.def"

/* The least and the largest value of a state variable, as SPIRAL_HIGHEST(grievance). */
#define SPIRAL_LOWEST(name) spiral_lowest_##name()
#define SPIRAL_HIGHEST(name) spiral_highest_##name()

#define SPIRAL_VARIABLE(name, of, low, high, en, zh, doc) \
    static inline double spiral_lowest_##name(void) { return low; } \
    static inline double spiral_highest_##name(void) { return high; }
#include "sim/variables.def"

#endif
