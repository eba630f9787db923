/* SPDX-License-Identifier: MIT */
#include <math.h>

#include "sim/intervals.h"
#include "tools/sweep/sweep.h"

void spiral_sums_add(struct spiral_sums *sums, const struct spiral_measure *outcome, double value,
                     const struct spiral_run_span *span)
{
    double low = outcome->low;
    double high = outcome->high;

    if (outcome->kind == SPIRAL_MEASURE_date) {
        if (isnan(value))
            return;
        value -= span->start;
        low = 0.0;
        high = span->end - span->start;
    }

    const int64_t units = (int64_t)(value * SPIRAL_TALLY_UNIT + 0.5);
    int bin = (int)((value - low) / (high - low) * SPIRAL_SKETCH_BINS);

    bin = bin < 0 ? 0 : bin >= SPIRAL_SKETCH_BINS ? SPIRAL_SKETCH_BINS - 1 : bin;
    sums->sum += units;
    sums->square += (spiral_wide)units * units;
    sums->count++;
    sums->sketch[bin]++;
}

void spiral_sums_merge(struct spiral_sums *into, const struct spiral_sums *from)
{
    into->sum += from->sum;
    into->square += from->square;
    into->count += from->count;
    for (int bin = 0; bin < SPIRAL_SKETCH_BINS; bin++)
        into->sketch[bin] += from->sketch[bin];
}

double spiral_sums_mean(const struct spiral_sums *sums, const struct spiral_measure *outcome,
                        const struct spiral_run_span *span)
{
    if (sums->count == 0)
        return 0.0;
    return (double)sums->sum / SPIRAL_TALLY_UNIT / (double)sums->count +
           (outcome->kind == SPIRAL_MEASURE_date ? span->start : 0.0);
}

/* With the whole part q of the mean and the remainder r, sum (x - mean)^2 = sum x^2 - 2 q sum x
 * + n q^2 - r^2 / n: all but the last exact. */
double spiral_sums_deviations(const struct spiral_sums *sums)
{
    if (sums->count == 0)
        return 0.0;

    const spiral_wide count = (spiral_wide)sums->count;
    const spiral_wide whole = sums->sum / count;
    const spiral_wide rest = sums->sum % count;
    const spiral_wide about_whole = sums->square - 2 * whole * sums->sum + count * whole * whole;
    const double deviations = (double)about_whole - (double)rest * (double)rest / (double)count;

    return deviations / (SPIRAL_TALLY_UNIT * SPIRAL_TALLY_UNIT);
}

bool spiral_cell_is_done(const struct spiral_experiment *experiment, uint64_t runs,
                         const struct spiral_sums *sums)
{
    if (runs >= spiral_experiment_most_replicates(experiment))
        return true;
    if (experiment->stop.outcome < 0 || runs < experiment->replicates)
        return false;
    const uint64_t events = (uint64_t)(sums->sum / (spiral_wide)SPIRAL_TALLY_UNIT);
    const struct spiral_interval interval = spiral_wilson(events, runs);

    return (interval.high - interval.low) / 2.0 <= experiment->stop.half_width;
}
