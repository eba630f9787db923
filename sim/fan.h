/* SPDX-License-Identifier: MIT
 *
 * A fan: mean and quantiles of the headline quantities at every date, over an ensemble, in
 * memory that does not grow with the number of runs: a histogram of SPIRAL_FAN_BINS bins a
 * quantity and date. A quantile is right to half a bin's width. Integer counts: merging is exact
 * in any order.
 *
 * The histograms of all dates together are larger than a processor's near cache, and a batch
 * passes all of them. So the bins of SPIRAL_FAN_BUFFER runs are first noted, and then counted one
 * histogram at a time: see spiral_fan_settle().
 */
#ifndef SPIRAL_FAN_H
#define SPIRAL_FAN_H

#include "sim/fan_places.h"
#include "sim/quantities.h"

/* The buffer is so large that few passes go over the histograms: a multiple of SPIRAL_LANES. */
enum { SPIRAL_FAN_BUFFER = 512 };

/* A step's index is the number of steps done, less 1. */
struct spiral_fan {
    long steps;
    uint32_t means; /* the set of quantities whose means are kept */
    uint32_t bands; /* the set whose histograms are kept too */
    int band_count;
    uint64_t runs;
    uint32_t *count; /* [(step * SPIRAL_QUANTITIES + quantity) * SPIRAL_FAN_BINS + bin] */
    /* [step * SPIRAL_QUANTITIES + quantity]: fixed point, units of 2^-20 of the quantity's span */
    uint64_t *sum;
    /* bins that are not counted yet: [batch][step * band_count + number of the band][lane], in so
     * many bytes; SPIRAL_FAN_BINS or more: none */
    uint8_t (*buffer)[SPIRAL_FAN_BUFFER];
    int column;   /* of the first lane of the batch that is watched */
    long watched; /* the step of this batch that was watched last; 0: no batch yet */
    long from;    /* the first step of any batch in the buffer */
};

/* An empty fan of all quantities for runs of this plan. *fan is NULL after SPIRAL_NO_MEMORY. The
 * caller destroys it. */
enum spiral_status spiral_fan_create(struct spiral_fan **fan, const struct spiral_plan *plan);
/* Keeps less, which takes less time: the means of one set of quantities, and the histograms, of
 * which quantiles are read, of a set of these. To be called before the first run. What is left out
 * may not be read. */
void spiral_fan_keep(struct spiral_fan *fan, uint32_t means, uint32_t bands);
/* Frees a fan; NULL is legal. */
void spiral_fan_destroy(struct spiral_fan *fan);

/* Adds the first `live` lanes of a batch. To be called after each step of a batch, and for one
 * batch after the other. */
void spiral_fan_watch(struct spiral_fan *fan, const struct spiral_batch *batch, int live);

/* Counts what is still in the buffer. To be called after the last batch, before quantiles are read
 * or the fan is merged. */
void spiral_fan_settle(struct spiral_fan *fan);

/* Adds all runs of `from` to `into`; both must be settled, of plans with the same steps, and keep
 * the same. */
void spiral_fan_merge(struct spiral_fan *into, const struct spiral_fan *from);

/* Mean and quantile (share 0..1) after `step` + 1 steps, in the quantity's own unit. */
double spiral_fan_mean(const struct spiral_fan *fan, long step, enum spiral_quantity quantity);
double spiral_fan_quantile(const struct spiral_fan *fan, long step, enum spiral_quantity quantity,
                           double share);

/* Several quantiles together: shares[wanted], in rising order, give values[wanted]. */
void spiral_fan_quantiles(const struct spiral_fan *fan, long step, enum spiral_quantity quantity,
                          const double *shares, int wanted, double *values);

#endif
