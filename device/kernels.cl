/* SPDX-License-Identifier: MIT
 *
 * The kernels: OpenCL C 1.2 with double precision. A work item takes one run through all its steps;
 * others count and sum what the runs left. The model is that of sim/: the stages, the observers and
 * the hash are the headers that the processor's code is made of.
 *
 * Before this text comes that of the layout which a program is for (device/program.c).
 */
#pragma OPENCL EXTENSION cl_khr_fp64 : enable
#pragma OPENCL FP_CONTRACT OFF

#define SPIRAL_LANES 1

#include "device/items.h"
#include "sim/batch_hash.h"
#include "sim/fan_places.h"
#include "sim/outcome_lanes.h"
#include "sim/quantity_lanes.h"
#include "sim/stages/all.h"
#include "sim/tally_units.h"

/* What holds in one step of every run: facts, choices in force, observed levels (0: none), and the
 * layers of changes that the timeline's entries make at its beginning. */
struct step_row {
    struct spiral_lanes_facts facts;
    double constraint;
    double observed[SPIRAL_MAX_RIVAL];
    long first_layer;
    long past_layer;
};

/* A change of each number of the state, which most numbers survive as they are. */
struct layer {
    struct spiral_lanes_state change;
    struct spiral_lanes_state least;
    struct spiral_lanes_state most;
};

static void change_state(struct spiral_lanes_state *state, __global const struct layer *layer)
{
#define SPIRAL_VARIABLE(name, of, low, high, en, zh, doc) \
    for (int i = 0; i < SPIRAL_MAX_##of; i++) \
        state->name[i][0] = spiral_changed(state->name[i][0], layer->change.name[i][0], \
                                           layer->least.name[i][0], layer->most.name[i][0]);
#include "sim/variables.def"
}

static void take_step(struct spiral_batch *batch, __global const struct step_row *row,
                      __global const struct layer *layers)
{
    struct numbers numbers;
    struct step s;

    s.numbers = &numbers;
    batch->facts = &row->facts;
    for (long i = row->first_layer; i < row->past_layer; i++)
        change_state(&batch->state, &layers[i]);

    load_step(&s, batch, &spiral_layout_built_for, 0);
    take(&s);
    store_step(&s, batch);

    for (int q = 0; q < spiral_layout_built_for.count[SPIRAL_OF_RIVAL]; q++)
        batch->state.hostility[q][0] =
            spiral_imposed(batch->state.hostility[q][0], row->observed[q]);

    batch->constraint = row->constraint;
    batch->step++;
}

/* Where the quantities after a step lie on their scales: the bin, and above it the units of the
 * sum. */
static void note_places(const struct spiral_batch *batch, __global uint *places, uint count)
{
    spiral_lane quantity[SPIRAL_QUANTITIES];

    survey_lanes(batch, SPIRAL_ALL_QUANTITIES, 0, 1, quantity);
#define SPIRAL_QUANTITY(name, low, high, en, zh, doc) \
    { \
        const double share = spiral_unit((quantity[SPIRAL_QUANTITY_##name][0] - (double)(low)) / \
                                         ((double)(high) - (double)(low))); \
        places[(ulong)SPIRAL_QUANTITY_##name * count] = \
            (uint)bin_of_share(share) | (uint)part_of_share(share) << 8; \
    }
#include "sim/quantities.def"
}

/* Runs `count` runs of a plan. What is noted of them lies run by run: [outcome][run],
 * [step][run], [year][rival][run], [step][quantity][run]; `onsets` are the steps done at the first
 * war and the first force, 0 for none. */
__kernel void run_items(__global const struct spiral_lanes_constants *constants,
                        __global const struct spiral_lanes_given *given,
                        __global const struct spiral_lanes_state *starts,
                        __global const struct step_row *rows, __global const struct layer *layers,
                        __global const int *years, ulong seed, ulong first, uint count, uint sets,
                        uint steps, double start, double dt, __global ulong *hashes,
                        __global double *outcomes, __global uint *onsets, int with_levels,
                        __global uchar *levels, __global uchar *year_levels, int with_places,
                        __global uint *places)
{
    const uint item = (uint)get_global_id(0);
    const int rivals = spiral_layout_built_for.count[SPIRAL_OF_RIVAL];

    if (item >= count)
        return;

    const ulong run = first + run_of_item(item, count, sets);
    const uint set = (uint)(run % sets);
    const struct spiral_random random = spiral_random_seed(seed, run);
    struct spiral_batch batch;
    struct spiral_outcome_observer observer;
    struct spiral_lanes_derived none = {{{0.0}}};
    double highest[SPIRAL_MAX_RIVAL];

    batch.constants = &constants[set];
    batch.given = &given[set];
    batch.step = 0;
    batch.start = start;
    batch.dt = dt;
    batch.random_state[0] = random.state;
    batch.random_increment[0] = random.increment;
    batch.state = starts[set];
    batch.derived = none;
    begin_to_watch(&observer);
    for (int q = 0; q < SPIRAL_MAX_RIVAL; q++)
        highest[q] = 0.0;

    for (uint step = 0; step < steps; step++) {
        take_step(&batch, &rows[step], layers);
        watch_step(&observer, &batch);

        if (with_levels) {
            const bool closes = step + 1 == steps || years[step + 1] != years[step];

            levels[(ulong)step * count + item] = (uchar)observer.worst[0];
            for (int q = 0; q < rivals; q++) {
                highest[q] = spiral_max(highest[q], batch.state.hostility[q][0]);
                if (closes) {
                    year_levels[(ulong)(years[step] * rivals + q) * count + item] =
                        (uchar)highest[q];
                    highest[q] = 0.0;
                }
            }
        }

        if (with_places)
            note_places(&batch, places + (ulong)step * SPIRAL_QUANTITIES * count + item, count);
    }

    double value[SPIRAL_OUTCOMES];

    sum_run_up(&observer, &batch, 0, value);
    for (int i = 0; i < SPIRAL_OUTCOMES; i++)
        outcomes[(ulong)i * count + item] = value[i];

    hashes[item] = hash_lane(&batch, 0);
    onsets[item] = (uint)observer.war_step[0];
    onsets[count + item] = (uint)observer.force_step[0];
}

/* Sums an outcome and its square (of 128 bits, the lower first) over a part of the runs: item i of n
 * takes each n-th run from the i-th on. */
__kernel void sum_outcomes(__global const double *outcomes, uint count, double start,
                           __global ulong *sums)
{
    const uint part = (uint)get_global_id(0);
    const uint parts = (uint)get_global_size(0);
    const int outcome = (int)get_global_id(1);
    __global ulong *own = sums + ((ulong)outcome * parts + part) * 3;
    ulong sum = 0;
    ulong low = 0;
    ulong high = 0;

    for (uint item = part; item < count; item += parts) {
        const double value = outcomes[(ulong)outcome * count + item];

        if (counts_in_sum(value)) {
            const ulong units = (ulong)units_in_sum(outcome, value, start);
            const ulong square = units * units;

            sum += units;
            low += square;
            high += mul_hi(units, units) + (low < square ? 1 : 0);
        }
    }

    own[0] = sum;
    own[1] = low;
    own[2] = high;
}

/* Adds to the counts of levels 1 to 5 at a place, which a work group has for itself. */
__kernel void count_levels(__global const uchar *levels, uint count, __global uint *counts)
{
    __local uint sums[5];
    const uint item = (uint)get_local_id(0);
    const uint items = (uint)get_local_size(0);
    const ulong place = get_group_id(0);

    for (uint level = item; level < 5; level += items)
        sums[level] = 0;
    barrier(CLK_LOCAL_MEM_FENCE);

    for (uint run = item; run < count; run += items) {
        const uint level = levels[place * count + run];
        if (level > 0)
            atomic_inc(&sums[level - 1]);
    }
    barrier(CLK_LOCAL_MEM_FENCE);

    for (uint level = item; level < 5; level += items)
        counts[place * 5 + level] += sums[level];
}

/* Adds to the histogram and the sum of a quantity at a step, which a work group has for itself. */
__kernel void count_places(__global const uint *places, uint count, __global uint *counts,
                           __global ulong *sums, __local ulong *parts)
{
    __local uint bins[SPIRAL_FAN_BINS];
    const uint item = (uint)get_local_id(0);
    const uint items = (uint)get_local_size(0);
    const ulong place = get_group_id(0);
    ulong sum = 0;

    for (uint bin = item; bin < SPIRAL_FAN_BINS; bin += items)
        bins[bin] = 0;
    barrier(CLK_LOCAL_MEM_FENCE);

    for (uint run = item; run < count; run += items) {
        const uint noted = places[place * count + run];
        atomic_inc(&bins[noted & 0xff]);
        sum += noted >> 8;
    }

    parts[item] = sum;
    barrier(CLK_LOCAL_MEM_FENCE);

    for (uint bin = item; bin < SPIRAL_FAN_BINS; bin += items)
        counts[place * SPIRAL_FAN_BINS + bin] += bins[bin];

    if (item == 0) {
        for (uint i = 1; i < items; i++)
            sum += parts[i];
        sums[place] += sum;
    }
}
