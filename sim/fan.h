/* SPDX-License-Identifier: MIT
 *
 * A fan: mean and quantiles of the headline quantities at every date, over an ensemble, in memory that does not grow with the number of
 * runs: a histogram of SPIRAL_FAN_BINS bins a quantity and date. A quantile is right to half a bin's width. Integer counts: merging is
 * exact in any order.
 */
#ifndef SPIRAL_FAN_H
#define SPIRAL_FAN_H

#include "sim/derived.h"

enum { SPIRAL_FAN_BINS = 200 };

struct spiral_fan {
    long steps;
    uint32_t *count; /* [(step * SPIRAL_QUANTITIES + quantity) * SPIRAL_FAN_BINS + bin], step = steps done less 1 */
    uint64_t *sum;   /* [step * SPIRAL_QUANTITIES + quantity]: fixed point, units of 2^-20 of the quantity's span */
    uint64_t runs;
};

enum spiral_status spiral_fan_create(struct spiral_fan **fan, const struct spiral_plan *plan);
void spiral_fan_destroy(struct spiral_fan *fan); /* NULL is legal */
/* Adds the first `live` lanes of a batch after a step. */
void spiral_fan_watch(struct spiral_fan *fan, const struct spiral_batch *batch, int live);
void spiral_fan_merge(struct spiral_fan *into, const struct spiral_fan *from);

/* Mean and quantile (share 0..1) after `step` + 1 steps, in the quantity's own unit. */
double spiral_fan_mean(const struct spiral_fan *fan, long step, enum spiral_quantity quantity);
double spiral_fan_quantile(const struct spiral_fan *fan, long step, enum spiral_quantity quantity, double share);

#endif
