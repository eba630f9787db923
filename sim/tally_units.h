/* SPDX-License-Identifier: MIT
 *
 * How an outcome of one run enters a tally's sums: for sim/tally.c and for devices. Inner header of
 * sim.
 */
#ifndef SPIRAL_TALLY_UNITS_H
#define SPIRAL_TALLY_UNITS_H

#include "sim/algebra.h"
#include "sim/outcome.h"

/* Fixed point of the sums: units of 2^-32. */
#define SPIRAL_TALLY_UNIT 4294967296.0

/* A run without the event has no date, and does not count. */
static inline bool counts_in_sum(double value) { return value == value; }

/* The units of an outcome: dates count from the start. */
static inline int64_t units_in_sum(int outcome, double value, double start)
{
    const bool date = outcome == SPIRAL_OUTCOME_war_date || outcome == SPIRAL_OUTCOME_force_date;

    return spiral_fixed_point(date ? value - start : value, SPIRAL_TALLY_UNIT);
}

#endif
