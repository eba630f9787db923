/* SPDX-License-Identifier: MIT
 *
 * A fan: mean and quantiles of the headline quantities at every date, over an ensemble, in
 * memory that does not grow with the number of runs: a histogram of SPIRAL_FAN_BINS bins a
 * quantity and date. A quantile is right to half a bin's width. Integer counts: merging is exact
 * in any order.
 *
 * The histograms of all dates together are larger than a processor's near cache, and a batch
 * passes all of them. So the bins of SPIRAL_FAN_STAGE runs are first noted, and then counted one
 * histogram at a time: see spiral_fan_settle().
 */
#ifndef SPIRAL_FAN_H
#define SPIRAL_FAN_H

#include "sim/derived.h"

enum { SPIRAL_FAN_BINS = 200, SPIRAL_FAN_STAGE = 8 * SPIRAL_LANES };

struct spiral_fan {
    long steps;
    uint32_t *
        count; /* [(step * SPIRAL_QUANTITIES + quantity) * SPIRAL_FAN_BINS + bin], step = steps done less 1 */
    uint64_t *
        sum; /* [step * SPIRAL_QUANTITIES + quantity]: fixed point, units of 2^-20 of the quantity's span */
    uint64_t runs;
    uint8_t (*stage)
        [SPIRAL_FAN_STAGE]; /* [step * SPIRAL_QUANTITIES + quantity]: bins not counted yet; SPIRAL_FAN_BINS or more: none */
    int column; /* of the first lane of the batch that is watched */
    long watched,
        from; /* the step of it that was watched last, the first of all in the stage; 0: no batch yet */
};

enum spiral_status spiral_fan_create(struct spiral_fan **fan, const struct spiral_plan *plan);
void spiral_fan_destroy(struct spiral_fan *fan); /* NULL is legal */
/* Adds the first `live` lanes of a batch after a step, one batch after the other. */
void spiral_fan_watch(struct spiral_fan *fan, const struct spiral_batch *batch, int live);
/* Counts what was watched: after the last batch, before quantiles are read or the fan is merged. */
void spiral_fan_settle(struct spiral_fan *fan);
void spiral_fan_merge(struct spiral_fan *into, const struct spiral_fan *from);

/* Mean and quantile (share 0..1) after `step` + 1 steps, in the quantity's own unit. */
double spiral_fan_mean(const struct spiral_fan *fan, long step, enum spiral_quantity quantity);
double spiral_fan_quantile(const struct spiral_fan *fan, long step, enum spiral_quantity quantity,
                           double share);
/* Several quantiles at once, their shares in rising order: values[wanted]. */
void spiral_fan_quantiles(const struct spiral_fan *fan, long step, enum spiral_quantity quantity,
                          const double *shares, int wanted, double *values);

#endif
