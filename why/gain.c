/* SPDX-License-Identifier: MIT */
#include "why/gain.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "sim/step.h"

/* Perceptions between rivals, two a pair. */
enum { MOST_FEARS = 2 * SPIRAL_MAX_RIVAL, MATRIX = MOST_FEARS * MOST_FEARS };

/* The loop as it is, and with each route closed. */
enum { LOOPS = 1 + SPIRAL_ROUTES };

/* The step of the finite difference. */
static const double nudge = 0.02;

const struct spiral_route_label spiral_route_labels[SPIRAL_ROUTES] = {
#define SPIRAL_ROUTE(name, en, zh, doc) {#name, en, zh, doc},
#include "why/gain.def"
};

/* --- a response ------------------------------------------------------------------------------- */

/* What the workers share. */
struct job {
    const struct spiral_plan *plan;
    uint64_t seed;
    uint64_t runs;
    uint64_t blocks;
    size_t sets; /* of constants, one a block; 0: all blocks have the plan's */
    size_t dates;
    long year;            /* steps */
    int fears;            /* perceptions between rivals */
    int fear[MOST_FEARS]; /* which */
    double *sums;         /* [block][date][loop][MATRIX]: responses, summed over a block's runs */
};

static double *sums_of(const struct job *job, uint64_t block, size_t date, int loop)
{
    return job->sums + ((block * job->dates + date) * LOOPS + (size_t)loop) * MATRIX;
}

/* Batches that a thread works with: copies of the history that go on alone, and from a fear that
 * was raised: with all routes open, and with each closed. */
struct bench {
    struct spiral_batch *alone;
    struct spiral_batch *raised[LOOPS];
};

static void bench_clear(struct bench *bench)
{
    spiral_batch_destroy(bench->alone);
    for (int loop = 0; loop < LOOPS; loop++)
        spiral_batch_destroy(bench->raised[loop]);
}

static enum spiral_status bench_init(struct bench *bench)
{
    bool complete = true;

    memset(bench, 0, sizeof *bench);
    bench->alone = spiral_batch_create();
    complete = bench->alone != NULL;

    for (int loop = 0; loop < LOOPS && complete; loop++) {
        bench->raised[loop] = spiral_batch_create();
        complete = bench->raised[loop] != NULL;
    }

    return complete ? SPIRAL_OK : SPIRAL_NO_MEMORY;
}

/* Gives the carriers of a route the values that they have in the run left alone. */
static void close_route(struct spiral_batch *raised, const struct spiral_batch *alone,
                        enum spiral_route route)
{
    struct spiral_lanes_state *state = &raised->states[raised->now];
    const struct spiral_lanes_state *left = spiral_batch_state(alone);
#define SPIRAL_CARRIER(name, variable) \
    if (route == SPIRAL_ROUTE_##name) \
        memcpy(state->variable, left->variable, sizeof state->variable);
#include "why/gain.def"
}

/* Moves a fear by the step, away from the bound that is nearer. */
static void nudge_fear(struct spiral_batch *batch, int perception, spiral_lane moved)
{
    double *fear = batch->states[batch->now].threat[perception];

    for (int l = 0; l < SPIRAL_LANES; l++) {
        moved[l] = fear[l] < 0.5 ? nudge : -nudge;
        fear[l] += moved[l];
    }
}

/* Adds the responses of the history's first `live` lanes to one fear over the year to come. */
static void add_response(const struct job *job, struct bench *bench,
                         const struct spiral_batch *history, int from, int live, uint64_t block,
                         size_t date)
{
    spiral_lane moved;

    *bench->alone = *history;

    for (int loop = 0; loop < LOOPS; loop++) {
        *bench->raised[loop] = *history;
        nudge_fear(bench->raised[loop], job->fear[from], moved);
    }

    for (long step = 0; step < job->year; step++) {
        spiral_step(bench->alone);
        for (int loop = 0; loop < LOOPS; loop++) {
            spiral_step(bench->raised[loop]);
            if (loop > 0)
                close_route(bench->raised[loop], bench->alone, (enum spiral_route)(loop - 1));
        }
    }

    for (int loop = 0; loop < LOOPS; loop++)
        for (int to = 0; to < job->fears; to++) {
            const double *left = spiral_batch_state(bench->alone)->threat[job->fear[to]];
            const double *now = spiral_batch_state(bench->raised[loop])->threat[job->fear[to]];
            double *sum = &sums_of(job, block, date, loop)[to * job->fears + from];
            for (int l = 0; l < live; l++)
                *sum += (now[l] - left[l]) / moved[l];
        }
}

/* One block of runs, a batch wide, over all dates. */
static enum spiral_status run_block(void *context, struct spiral_batch *history, uint64_t block)
{
    const struct job *job = context;
    const struct spiral_plan *plans[SPIRAL_LANES];
    const uint64_t first = block * SPIRAL_LANES;
    const int live = job->runs - first < SPIRAL_LANES ? (int)(job->runs - first) : SPIRAL_LANES;
    uint64_t stream[SPIRAL_LANES];
    struct bench bench;
    const enum spiral_status status = bench_init(&bench);

    /* Over a posterior the runs of a block are the first that have the block's set. */
    const size_t all_sets = job->plan->set_count;
    const uint64_t set = job->sets > 0 ? block * all_sets / job->sets : 0;

    for (int l = 0; l < SPIRAL_LANES; l++) {
        stream[l] = job->sets > 0 ? set + (uint64_t)l * all_sets : first + (uint64_t)l;
        plans[l] = spiral_plan_of_run(job->plan, stream[l]);
    }

    if (status == SPIRAL_OK) {
        spiral_batch_start(history, plans, job->seed, stream);

        for (size_t date = 0; date < job->dates; date++) {
            for (int from = 0; from < job->fears; from++)
                add_response(job, &bench, history, from, live, block, date);
            for (long step = 0; step < job->year; step++)
                spiral_step(history);
        }
    }

    bench_clear(&bench);

    return status;
}

/* --- gains ------------------------------------------------------------------------------------ */

/* By repeated squaring: the norm of the matrix's 2^n-th power has the spectral radius to that power
 * as its leading factor (Gelfand 1941). */
double spiral_spectral_radius(const double *matrix, int size)
{
    enum { SQUARINGS = 40 };
    double power[MATRIX];
    double square[MATRIX];
    double logarithm = 0.0;
    double share = 1.0; /* 1 / 2^n */

    memcpy(power, matrix, (size_t)(size * size) * sizeof *power);

    for (int n = 0; n <= SQUARINGS; n++) {
        double largest = 0.0;

        for (int i = 0; i < size * size; i++)
            largest = fmax(largest, fabs(power[i]));
        if (largest == 0.0)
            return 0.0;
        logarithm += share * log(largest);

        for (int i = 0; i < size * size; i++)
            power[i] /= largest;
        for (int row = 0; row < size; row++)
            for (int column = 0; column < size; column++) {
                square[row * size + column] = 0.0;
                for (int k = 0; k < size; k++)
                    square[row * size + column] += power[row * size + k] * power[k * size + column];
            }

        memcpy(power, square, (size_t)(size * size) * sizeof *power);
        share *= 0.5;
    }

    return exp(logarithm);
}

/* The largest response that goes around a rival pair: fears 2q and 2q + 1 are its two sides. */
static double around_of(const double *response, int fears)
{
    double largest = 0.0;

    for (int q = 0; 2 * q + 1 < fears; q++) {
        const double there = response[(2 * q + 1) * fears + 2 * q];
        const double back = response[2 * q * fears + 2 * q + 1];
        largest = fmax(largest, sqrt(fmax(there * back, 0.0)));
    }

    return largest;
}

/* The gains of the sets at a date, for their distribution. */
struct own_gains {
    double *gain;   /* [sets] */
    double *around; /* [sets] */
};

static int compare_numbers(const void *a, const void *b)
{
    const double one = *(const double *)a;
    const double other = *(const double *)b;
    return (one > other) - (one < other);
}

/* The point of sorted numbers below which a share of them lies, linear between neighbours. */
static double point_of(const double *sorted, size_t count, double share)
{
    const double place = share * (double)(count - 1);
    const size_t below = (size_t)place;
    const size_t above = below + 1 < count ? below + 1 : below;

    return sorted[below] + (place - (double)below) * (sorted[above] - sorted[below]);
}

/* How the sets' own gains lie at a date. */
static void spread_sets(const struct job *job, size_t date, const struct own_gains *own,
                        struct spiral_gain *gain)
{
    size_t above = 0;

    for (size_t set = 0; set < job->sets; set++) {
        double mean[MATRIX];
        for (int i = 0; i < job->fears * job->fears; i++)
            mean[i] = sums_of(job, set, date, 0)[i] / SPIRAL_LANES;
        own->gain[set] = spiral_spectral_radius(mean, job->fears);
        own->around[set] = around_of(mean, job->fears);
        above += own->gain[set] > 1.0;
    }

    qsort(own->gain, job->sets, sizeof *own->gain, compare_numbers);
    qsort(own->around, job->sets, sizeof *own->around, compare_numbers);
    gain->low = point_of(own->gain, job->sets, 0.05);
    gain->median = point_of(own->gain, job->sets, 0.5);
    gain->high = point_of(own->gain, job->sets, 0.95);
    gain->around_low = point_of(own->around, job->sets, 0.05);
    gain->around_high = point_of(own->around, job->sets, 0.95);
    gain->above = (double)above / (double)job->sets;
}

/* The mean responses at a date, from the blocks in their order, so that threads do not matter. */
static void add_up(const struct job *job, size_t date, const struct own_gains *own,
                   struct spiral_gain *gain)
{
    for (int loop = 0; loop < LOOPS; loop++) {
        double mean[MATRIX] = {0.0};
        for (uint64_t block = 0; block < job->blocks; block++)
            for (int i = 0; i < job->fears * job->fears; i++)
                mean[i] += sums_of(job, block, date, loop)[i] / (double)job->runs;

        const double radius = spiral_spectral_radius(mean, job->fears);
        if (loop > 0) {
            gain->without[loop - 1] = radius;
        } else {
            gain->gain = radius;
            gain->around = around_of(mean, job->fears);
        }
    }

    gain->low = gain->median = gain->high = gain->gain;
    gain->around_low = gain->around_high = gain->around;
    gain->above = gain->gain > 1.0 ? 1.0 : 0.0;
    if (job->sets > 0)
        spread_sets(job, date, own, gain);
}

static void list_fears(struct job *job)
{
    const struct spiral_layout *layout = &job->plan->layout;

    for (int q = 0; q < layout->count[SPIRAL_OF_RIVAL]; q++) {
        job->fear[job->fears++] = layout->rivals[q].small_about_neighbour;
        job->fear[job->fears++] = layout->rivals[q].neighbour_about_small;
    }

    job->year = (long)(1.0 / job->plan->dt + 0.5);
    job->dates = (size_t)(job->plan->steps / job->year);
}

/* How many sets there are runs for, and the blocks. */
static void share_out(struct job *job, uint64_t runs)
{
    const uint64_t blocks = (runs + SPIRAL_LANES - 1) / SPIRAL_LANES;
    const size_t sets = job->plan->set_count;

    job->sets = blocks < sets ? (size_t)blocks : sets;
    job->blocks = sets > 0 ? job->sets : blocks;
    job->runs = sets > 0 ? job->sets * SPIRAL_LANES : runs;
}

enum spiral_status spiral_gains_measure(struct spiral_gains *gains,
                                        const struct spiral_why_case *given, uint64_t runs,
                                        const struct spiral_workers *workers,
                                        struct spiral_error *error)
{
    struct job job = {.seed = given->seed};
    struct own_gains own = {.gain = NULL};
    const struct spiral_part part = {run_block, &job};
    struct spiral_plan *plan;

    memset(gains, 0, sizeof *gains);
    enum spiral_status status =
        spiral_plan_create(&plan, given->scenario, given->constants, given->options, error);

    job.plan = plan;

    if (status == SPIRAL_OK) {
        list_fears(&job);
        share_out(&job, runs);
        job.sums = calloc(job.blocks * job.dates * LOOPS * MATRIX + 1, sizeof *job.sums);
        own.gain = calloc(job.sets + 1, sizeof *own.gain);
        own.around = calloc(job.sets + 1, sizeof *own.around);
        gains->at = calloc(job.dates + 1, sizeof *gains->at);
        gains->sets = job.sets > 0 ? job.sets : 1;
        gains->runs = job.runs;
        if (job.sums == NULL || gains->at == NULL || own.gain == NULL || own.around == NULL)
            status = spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for %llu runs",
                                      (unsigned long long)runs);
    }

    if (status == SPIRAL_OK)
        status = workers->run(workers, &part, job.blocks, SPIRAL_LANES, error);

    for (size_t date = 0; date < job.dates && status == SPIRAL_OK; date++) {
        gains->at[date].date = spiral_plan_date(plan, (long)date * job.year);
        add_up(&job, date, &own, &gains->at[date]);
        gains->count = date + 1;
    }

    free(job.sums);
    free(own.gain);
    free(own.around);
    spiral_plan_destroy(plan);

    return status;
}

void spiral_gains_clear(struct spiral_gains *gains)
{
    free(gains->at);
    memset(gains, 0, sizeof *gains);
}
