/* SPDX-License-Identifier: MIT */
#include "sim/fan.h"

#include <stdlib.h>
#include <string.h>

#include "sim/algebra.h"

#ifndef SPIRAL_TARGET_CLONES
#define SPIRAL_TARGET_CLONES
#endif

enum { NO_BIN = 255, WAYS = 4 };
_Static_assert(SPIRAL_FAN_BUFFER % SPIRAL_LANES == 0, "whole batches");
static const double sum_unit = 1048576.0;

enum spiral_status spiral_fan_create(struct spiral_fan **fan_out, const struct spiral_plan *plan)
{
    struct spiral_fan *fan = calloc(1, sizeof *fan);

    *fan_out = NULL;
    if (fan == NULL)
        return SPIRAL_NO_MEMORY;
    fan->steps = plan->steps;

    size_t places = (size_t)plan->steps * SPIRAL_QUANTITIES;

    fan->count = calloc(places * SPIRAL_FAN_BINS, sizeof *fan->count);
    fan->sum = calloc(places, sizeof *fan->sum);
    fan->buffer = malloc(places * sizeof *fan->buffer);

    if (fan->count == NULL || fan->sum == NULL || fan->buffer == NULL) {
        spiral_fan_destroy(fan);
        return SPIRAL_NO_MEMORY;
    }

    memset(fan->buffer, NO_BIN, places * sizeof *fan->buffer);
    *fan_out = fan;

    return SPIRAL_OK;
}

void spiral_fan_destroy(struct spiral_fan *fan)
{
    if (fan == NULL)
        return;
    free(fan->count);
    free(fan->sum);
    free(fan->buffer);
    free(fan);
}

/* Buffers the bins of a quantity in the first `live` lanes, and returns the sum of its places on the
 * scale. Inlined where low and span are literals: most divisions then are by powers of 2. */
static inline __attribute__((always_inline)) uint32_t place_lanes(
    const double quantity[SPIRAL_LANES], double low, double span, int live,
    uint8_t buffered[SPIRAL_LANES])
{
    int32_t sum = 0;

    _Pragma("omp simd reduction(+ : sum)") for (int l = 0; l < SPIRAL_LANES; l++)
    {
        const double share = spiral_unit((quantity[l] - low) / span);
        const int32_t bin = (int32_t)(share * (SPIRAL_FAN_BINS - 1) + 0.5);
        const int32_t part = (int32_t)(share * sum_unit + 0.5);

        buffered[l] = (uint8_t)(l < live ? bin : NO_BIN);
        sum += l < live ? part : 0;
    }

    return (uint32_t)sum;
}

SPIRAL_TARGET_CLONES static void place_quantities(spiral_lane quantity[SPIRAL_QUANTITIES], int live,
                                                  int column, uint8_t (*buffer)[SPIRAL_FAN_BUFFER],
                                                  uint64_t sum[SPIRAL_QUANTITIES])
{
#define SPIRAL_QUANTITY(name, low, high, en, zh, doc) \
    sum[SPIRAL_QUANTITY_##name] += \
        place_lanes(quantity[SPIRAL_QUANTITY_##name], low, (double)(high) - (double)(low), live, \
                    buffer[SPIRAL_QUANTITY_##name] + column);
#include "sim/quantities.def"
}

/* The buffer's column for the first lane of the batch; a step that does not follow the last one
 * belongs to another batch, whose runs are counted. */
static int column_of(struct spiral_fan *fan, long step, int live)
{
    if (fan->watched == 0 || step <= fan->watched)
        fan->runs += (uint64_t)live;
    if (fan->watched == 0 || step < fan->from)
        fan->from = step;

    if (step <= fan->watched) {
        fan->column += SPIRAL_LANES;
        if (fan->column == SPIRAL_FAN_BUFFER)
            spiral_fan_settle(fan);
    }

    fan->watched = step;

    return fan->column;
}

void spiral_fan_watch(struct spiral_fan *fan, const struct spiral_batch *batch, int live)
{
    const size_t place = (size_t)(batch->step - 1) * SPIRAL_QUANTITIES;
    const int column = column_of(fan, batch->step, live);
    spiral_lane quantity[SPIRAL_QUANTITIES];

    spiral_quantities_of_lanes(batch, quantity);
    place_quantities(quantity, live, column, &fan->buffer[place], &fan->sum[place]);
}

/* Adds the buffered bins of one quantity and date to its histogram. Runs lie close together, so
 * neighbours count in different rows: one need not wait for the other. */
SPIRAL_TARGET_CLONES static void count_bins(const uint8_t *buffered, int columns,
                                            uint32_t count[SPIRAL_FAN_BINS])
{
    uint16_t ways[WAYS][NO_BIN + 1] = {{0}};

    for (int l = 0; l < columns; l += WAYS)
        for (int w = 0; w < WAYS; w++)
            ways[w][buffered[l + w]]++;
    for (int bin = 0; bin < SPIRAL_FAN_BINS; bin++)
        count[bin] += (uint16_t)(ways[0][bin] + ways[1][bin] + ways[2][bin] + ways[3][bin]);
}

void spiral_fan_settle(struct spiral_fan *fan)
{
    const int columns =
        fan->column < SPIRAL_FAN_BUFFER ? fan->column + SPIRAL_LANES : SPIRAL_FAN_BUFFER;

    if (fan->watched == 0)
        return;

    for (size_t i = (size_t)(fan->from - 1) * SPIRAL_QUANTITIES;
         i < (size_t)fan->steps * SPIRAL_QUANTITIES; i++) {
        count_bins(fan->buffer[i], columns, fan->count + i * SPIRAL_FAN_BINS);
        memset(fan->buffer[i], NO_BIN, (size_t)columns);
    }

    fan->column = 0;
    fan->watched = 0;
}

void spiral_fan_merge(struct spiral_fan *into, const struct spiral_fan *from)
{
    const size_t places = (size_t)into->steps * SPIRAL_QUANTITIES;

    into->runs += from->runs;
    for (size_t i = 0; i < places; i++)
        into->sum[i] += from->sum[i];
    for (size_t i = 0; i < places * SPIRAL_FAN_BINS; i++)
        into->count[i] += from->count[i];
}

double spiral_fan_mean(const struct spiral_fan *fan, long step, enum spiral_quantity quantity)
{
    const struct spiral_field *field = &spiral_quantity_fields[quantity];

    if (fan->runs == 0)
        return field->low;
    double part = (double)fan->sum[(size_t)step * SPIRAL_QUANTITIES + quantity] / sum_unit /
                  (double)fan->runs;

    return field->low + part * (field->high - field->low);
}

void spiral_fan_quantiles(const struct spiral_fan *fan, long step, enum spiral_quantity quantity,
                          const double *shares, int wanted, double *values)
{
    const struct spiral_field *field = &spiral_quantity_fields[quantity];
    const uint32_t *count =
        fan->count + ((size_t)step * SPIRAL_QUANTITIES + quantity) * SPIRAL_FAN_BINS;
    uint64_t sum = count[0];
    int bin = 0;

    for (int i = 0; i < wanted; i++) {
        const double runs = shares[i] * (double)fan->runs;
        while (bin < SPIRAL_FAN_BINS - 1 && ((double)sum < runs || sum == 0))
            sum += count[++bin];

        values[i] = field->low + (field->high - field->low) * bin / (SPIRAL_FAN_BINS - 1);
    }
}

double spiral_fan_quantile(const struct spiral_fan *fan, long step, enum spiral_quantity quantity,
                           double share)
{
    double value;
    spiral_fan_quantiles(fan, step, quantity, &share, 1, &value);
    return value;
}
