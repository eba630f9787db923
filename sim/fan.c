/* SPDX-License-Identifier: MIT */
#include "sim/fan.h"

#include <stdlib.h>
#include <string.h>

#include "sim/fan_places.h"

#ifndef SPIRAL_TARGET_CLONES
#define SPIRAL_TARGET_CLONES
#endif

enum { NO_BIN = 255, WAYS = 4 };
_Static_assert(SPIRAL_FAN_BUFFER % SPIRAL_LANES == 0, "whole batches");

enum spiral_status spiral_fan_create(struct spiral_fan **fan_out, const struct spiral_plan *plan)
{
    struct spiral_fan *fan = calloc(1, sizeof *fan);

    *fan_out = NULL;
    if (fan == NULL)
        return SPIRAL_NO_MEMORY;
    fan->steps = plan->steps;
    spiral_fan_keep(fan, SPIRAL_ALL_QUANTITIES, SPIRAL_ALL_QUANTITIES);

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

void spiral_fan_keep(struct spiral_fan *fan, uint32_t means, uint32_t bands)
{
    fan->means = means;
    fan->bands = bands;
    fan->band_count = 0;

    for (int q = 0; q < SPIRAL_QUANTITIES; q++)
        fan->band_count += spiral_quantity_in(bands, q);
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

/* Buffers the bins of a quantity in the first `live` lanes (`buffered` NULL: they are not kept),
 * and returns the sum of its places on the scale. Inlined where low and span are literals: most
 * divisions then are by powers of 2. A loop for each width of number, because a compiler takes the
 * vectors of the narrowest for all. */
static inline __attribute__((always_inline)) uint32_t place_lanes(
    const double quantity[SPIRAL_LANES], double low, double span, int live, uint8_t *buffered)
{
    spiral_lane share;
    int32_t bin[SPIRAL_LANES];
    int32_t part[SPIRAL_LANES];
    uint32_t sum = 0;

    SPIRAL_EACH_LANE(l)
        share[l] = spiral_unit((quantity[l] - low) / span);

    SPIRAL_EACH_LANE(l)
        part[l] = part_of_share(share[l]);
    for (int l = live; l < SPIRAL_LANES; l++)
        part[l] = 0;
    for (int l = 0; l < SPIRAL_LANES; l++)
        sum += (uint32_t)part[l];

    if (buffered == NULL)
        return sum;

    SPIRAL_EACH_LANE(l)
        bin[l] = bin_of_share(share[l]);
    for (int l = live; l < SPIRAL_LANES; l++)
        bin[l] = NO_BIN;
    for (int l = 0; l < SPIRAL_LANES; l++)
        buffered[l] = (uint8_t)bin[l];

    return sum;
}

/* Buffers the bins of the quantities that have bands, side by side. */
SPIRAL_TARGET_CLONES static void place_quantities(spiral_lane quantity[SPIRAL_QUANTITIES],
                                                  uint32_t means, uint32_t bands, int live,
                                                  uint8_t (*buffered)[SPIRAL_LANES],
                                                  uint64_t sum[SPIRAL_QUANTITIES])
{
#define SPIRAL_QUANTITY(name, low, high, en, zh, doc) \
    if (spiral_quantity_in(means, SPIRAL_QUANTITY_##name)) { \
        const bool banded = spiral_quantity_in(bands, SPIRAL_QUANTITY_##name); \
        sum[SPIRAL_QUANTITY_##name] += \
            place_lanes(quantity[SPIRAL_QUANTITY_##name], low, (double)(high) - (double)(low), \
                        live, banded ? *buffered : NULL); \
        buffered += banded; \
    }
#include "sim/quantities.def"
}

/* Where the bins of a batch are buffered, by its column: [step * band_count + number]. */
static uint8_t (*buffer_of(const struct spiral_fan *fan, int column))[SPIRAL_LANES]
{
    const size_t places = (size_t)fan->steps * (size_t)fan->band_count;

    return (uint8_t(*)[SPIRAL_LANES])((uint8_t *)fan->buffer + (size_t)column * places);
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
    const size_t step = (size_t)batch->step - 1;
    const int column = column_of(fan, batch->step, live);
    spiral_lane quantity[SPIRAL_QUANTITIES];

    spiral_quantities_of_lanes(batch, fan->means, quantity);
    place_quantities(quantity, fan->means, fan->bands, live,
                     &buffer_of(fan, column)[step * (size_t)fan->band_count],
                     &fan->sum[step * SPIRAL_QUANTITIES]);
}

/* Adds the buffered bins of one quantity and date to its histogram. Runs lie close together, so
 * neighbours count in different rows: one need not wait for the other. */
SPIRAL_TARGET_CLONES static void count_bins(uint8_t *first, size_t to_next_batch, int batches,
                                            uint32_t count[SPIRAL_FAN_BINS])
{
    uint16_t ways[WAYS][NO_BIN + 1] = {{0}};

    for (int batch = 0; batch < batches; batch++) {
        uint8_t *buffered = first + (size_t)batch * to_next_batch;

        for (int l = 0; l < SPIRAL_LANES; l++)
            ways[l % WAYS][buffered[l]]++;
        memset(buffered, NO_BIN, SPIRAL_LANES);
    }

    for (int bin = 0; bin < SPIRAL_FAN_BINS; bin++)
        count[bin] += (uint16_t)(ways[0][bin] + ways[1][bin] + ways[2][bin] + ways[3][bin]);
}

void spiral_fan_settle(struct spiral_fan *fan)
{
    const size_t bands = (size_t)fan->band_count;
    const size_t to_next_batch = (size_t)fan->steps * bands * SPIRAL_LANES;
    const int batches = fan->column < SPIRAL_FAN_BUFFER ? fan->column / SPIRAL_LANES + 1
                                                        : SPIRAL_FAN_BUFFER / SPIRAL_LANES;

    if (fan->watched == 0)
        return;

    for (size_t step = (size_t)fan->from - 1; step < (size_t)fan->steps; step++) {
        uint8_t(*buffered)[SPIRAL_LANES] = &buffer_of(fan, 0)[step * bands];
        uint32_t *count = &fan->count[step * SPIRAL_QUANTITIES * SPIRAL_FAN_BINS];

        for (int q = 0; q < SPIRAL_QUANTITIES; q++)
            if (spiral_quantity_in(fan->bands, q))
                count_bins(*buffered++, to_next_batch, batches, count + q * SPIRAL_FAN_BINS);
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
    double part = (double)fan->sum[(size_t)step * SPIRAL_QUANTITIES + quantity] / SPIRAL_FAN_UNIT /
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
