/* SPDX-License-Identifier: MIT
 *
 * The stylised facts over a posterior: each is measured at every set of constants, and what counts
 * is whether it holds over the middle 90 % of the sets.
 */
#ifndef SPIRAL_STYLISED_SPREAD_H
#define SPIRAL_STYLISED_SPREAD_H

#include "sim/constant_sets.h"
#include "tools/stylised/facts.h"

/* A value of a fact over the sets. */
struct spiral_stylised_range {
    double low;    /* the 5 % point */
    double median; /* the middle */
    double high;   /* the 95 % point */
    size_t inside; /* sets in which the value lies within its bounds */
};

/* A fact over the sets. */
struct spiral_stylised_spread {
    struct spiral_stylised_fact fact; /* of the last set: names and bounds of its values */
    size_t sets;                      /* in which it was measured */
    size_t held;                      /* of them, those in which all its values are in bounds */
    struct spiral_stylised_range ranges[SPIRAL_STYLISED_CRITERIA];
    bool holds; /* the middle 90 % of each value lies within its bounds */
};

/* Measures the facts of the set `which` (bit id; 0: all) at `count` sets of a posterior, evenly
 * spaced (0: at all), with the setup's cases, runs and step. Of other facts `sets` is 0. `label`
 * heads the progress on stderr (NULL: none). SPIRAL_STOPPED after an interrupt; else as
 * spiral_stylised_fact_measure(). */
enum spiral_status spiral_stylised_spread_measure(
    struct spiral_stylised_spread spread[SPIRAL_STYLISED_FACTS],
    const struct spiral_constant_sets *posterior, size_t count, unsigned which,
    const struct spiral_stylised_setup *setup, const char *label, struct spiral_error *error);

#endif
