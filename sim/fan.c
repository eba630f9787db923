/* SPDX-License-Identifier: MIT */
#include "sim/fan.h"

#include <stdlib.h>

#include "sim/algebra.h"

#ifndef SPIRAL_TARGET_CLONES
#define SPIRAL_TARGET_CLONES
#endif

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
    if (fan->count == NULL || fan->sum == NULL) {
        spiral_fan_destroy(fan);
        return SPIRAL_NO_MEMORY;
    }
    *fan_out = fan;
    return SPIRAL_OK;
}

void spiral_fan_destroy(struct spiral_fan *fan)
{
    if (fan == NULL)
        return;
    free(fan->count);
    free(fan->sum);
    free(fan);
}

/* The bin of every lane's quantity, and its place on the scale in units of the sum. */
SPIRAL_TARGET_CLONES static void place_lanes(const double quantity[SPIRAL_LANES], double low, double span, int32_t bin[SPIRAL_LANES],
                                             int32_t part[SPIRAL_LANES])
{
    SPIRAL_EACH_LANE(l) {
        const double share = spiral_unit((quantity[l] - low) / span);
        bin[l] = (int32_t)(share * (SPIRAL_FAN_BINS - 1) + 0.5);
        part[l] = (int32_t)(share * sum_unit + 0.5);
    }
}

void spiral_fan_watch(struct spiral_fan *fan, const struct spiral_batch *batch, int live)
{
    const size_t place = (size_t)(batch->step - 1) * SPIRAL_QUANTITIES;
    spiral_lane quantity[SPIRAL_QUANTITIES];
    int32_t bin[SPIRAL_LANES], part[SPIRAL_LANES];
    spiral_quantities_of_lanes(batch, quantity);
    for (int i = 0; i < SPIRAL_QUANTITIES; i++) {
        const struct spiral_field *field = &spiral_quantity_fields[i];
        uint32_t *count = fan->count + (place + (size_t)i) * SPIRAL_FAN_BINS;
        uint64_t sum = 0;
        place_lanes(quantity[i], field->low, field->high - field->low, bin, part);
        for (int l = 0; l < live; l++) {
            count[bin[l]]++;
            sum += (uint64_t)part[l];
        }
        fan->sum[place + (size_t)i] += sum;
    }
    if (batch->step == 1)
        fan->runs += (uint64_t)live;
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
    double part = (double)fan->sum[(size_t)step * SPIRAL_QUANTITIES + quantity] / sum_unit / (double)fan->runs;
    return field->low + part * (field->high - field->low);
}

double spiral_fan_quantile(const struct spiral_fan *fan, long step, enum spiral_quantity quantity, double share)
{
    const struct spiral_field *field = &spiral_quantity_fields[quantity];
    const uint32_t *count = fan->count + ((size_t)step * SPIRAL_QUANTITIES + quantity) * SPIRAL_FAN_BINS;
    const double wanted = share * (double)fan->runs;
    uint64_t sum = 0;
    int bin = 0;
    for (; bin < SPIRAL_FAN_BINS - 1; bin++) {
        sum += count[bin];
        if ((double)sum >= wanted && sum > 0)
            break;
    }
    return field->low + (field->high - field->low) * bin / (SPIRAL_FAN_BINS - 1);
}
