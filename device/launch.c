/* SPDX-License-Identifier: MIT */
#include "device/launch.h"

#include <stdlib.h>
#include <string.h>

#include "device/items.h"
#include "device/numbers.h"
#include "sim/algebra.h"

enum {
    MOST_RUNS_OF_CARD = 1 << 17,
    MOST_RUNS_OF_PROCESSOR = 1 << 12,
    FEWEST_RUNS = 64,
    /* work items that sum an outcome; items of a work group; of one on a processor, which has no
     * use for more and would be slow to compile them */
    SUMMING_ITEMS = 256,
    GROUP_OF_CARD = 64,
    GROUP_OF_PROCESSOR = 1,
    LEVELS = 5
};

/* What the device leaves of the runs of a launch; the last ones it adds to, launch by launch. */
enum buffer {
    HASHES,
    OUTCOMES,
    ONSETS,
    LEVELS_BY_STEP,
    LEVELS_BY_YEAR,
    PLACES,
    SUMS,
    STEP_COUNTS,
    YEAR_COUNTS,
    PLACE_COUNTS,
    PLACE_SUMS,
    BUFFERS
};

/* One run through streams, a part of them at a time. */
struct work {
    const struct spiral_launch *launch;
    const struct spiral_opencl *cl;
    struct spiral_collector *collector;
    uint32_t most; /* runs of a part */
    size_t size[BUFFERS];
    cl_mem buffers[BUFFERS];
    cl_int code; /* of the first call that failed, after which none is made */
    const char *failed;
    bool no_memory; /* on this side */
};

/* Makes a call unless one has failed before, and notes which failed. */
#define CALL(work, name, ...) \
    do { \
        if ((work)->code == CL_SUCCESS) { \
            (work)->code = (work)->cl->name(__VA_ARGS__); \
            (work)->failed = #name; \
        } \
    } while (0)

static bool is_of_memory(cl_int code)
{
    return code == CL_MEM_OBJECT_ALLOCATION_FAILURE || code == CL_OUT_OF_RESOURCES ||
           code == CL_OUT_OF_HOST_MEMORY || code == CL_INVALID_BUFFER_SIZE;
}

static enum spiral_status tell_code(cl_int code, const char *call, struct spiral_error *error)
{
    if (is_of_memory(code))
        return spiral_error_set(error, SPIRAL_NO_MEMORY, "the device is out of memory (%s: %d)",
                                call, code);
    return spiral_error_set(error, SPIRAL_IO, "the device failed (%s: %d)", call, code);
}

/* --- what the device is given ----------------------------------------------------------------- */

/* The year of each step, as a tally counts them: the state after a step belongs to the year in
 * which the step began. NULL where there is no memory. */
static int32_t *years_of(const struct spiral_plan *plan)
{
    int32_t *years = malloc((size_t)plan->steps * sizeof *years);
    const int first = (int)(plan->start + 1e-6);

    for (long step = 0; step < plan->steps && years != NULL; step++)
        years[step] = (int)(spiral_plan_date(plan, step) + 1e-6) - first;

    return years;
}

/* A buffer with these bytes in it. */
static cl_mem copy_to_device(struct spiral_launch *launch, void *bytes, size_t size, cl_int *code)
{
    cl_int own = *code;
    cl_mem buffer = NULL;

    if (own == CL_SUCCESS)
        buffer = launch->place->cl->clCreateBuffer(launch->place->context,
                                                   CL_MEM_READ_ONLY | CL_MEM_COPY_HOST_PTR, size,
                                                   bytes, &own);
    *code = own;

    return own == CL_SUCCESS ? buffer : NULL;
}

enum spiral_status spiral_launch_begin(struct spiral_launch *launch,
                                       const struct spiral_device_place *place,
                                       cl_command_queue queue, const struct spiral_program *program,
                                       const struct spiral_plan *plan, uint64_t seed, bool card,
                                       cl_ulong memory, cl_ulong largest,
                                       struct spiral_error *error)
{
    struct spiral_device_numbers numbers;
    cl_int code = CL_SUCCESS;

    *launch = (struct spiral_launch){.place = place,
                                     .queue = queue,
                                     .program = program,
                                     .plan = plan,
                                     .seed = seed,
                                     .card = card,
                                     .memory = memory,
                                     .largest = largest};

    enum spiral_status status = spiral_device_numbers_of(plan, &numbers, error);
    int32_t *years = years_of(plan);

    if (status == SPIRAL_OK && years == NULL)
        status = spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for the years of a plan");

    if (status == SPIRAL_OK) {
        const struct spiral_device_array *arrays[] = {&numbers.constants, &numbers.given,
                                                      &numbers.starts, &numbers.rows,
                                                      &numbers.layers};
        launch->sets = numbers.sets;
        for (size_t b = 0; b < sizeof arrays / sizeof *arrays; b++)
            launch->given[b] =
                copy_to_device(launch, arrays[b]->items, arrays[b]->count * sizeof(double), &code);
        launch->given[SPIRAL_GIVEN_YEARS] =
            copy_to_device(launch, years, (size_t)plan->steps * sizeof *years, &code);
        if (code != CL_SUCCESS)
            status = tell_code(code, "clCreateBuffer", error);
    }

    free(years);
    spiral_device_numbers_clear(&numbers);

    return status;
}

void spiral_launch_end(struct spiral_launch *launch)
{
    for (int b = 0; b < SPIRAL_GIVEN_BUFFERS; b++)
        if (launch->given[b] != NULL)
            launch->place->cl->clReleaseMemObject(launch->given[b]);
}

/* --- buffers ---------------------------------------------------------------------------------- */

static size_t levels_by_year(const struct work *work)
{
    const struct spiral_tally *tally = work->collector->tally;
    return (size_t)(tally->years * tally->rivals);
}

static size_t places_of(const struct work *work)
{
    return (size_t)work->launch->plan->steps * SPIRAL_QUANTITIES;
}

/* The bytes of each buffer where a part has so many runs. What is not collected has one byte, for
 * kernels want an argument. */
static void size_buffers(struct work *work, uint32_t runs)
{
    const bool ladder = work->collector->ladder;
    const bool fan = work->collector->fan != NULL;
    const size_t steps = (size_t)work->launch->plan->steps;

    work->most = runs;
    work->size[HASHES] = runs * sizeof(cl_ulong);
    work->size[OUTCOMES] = runs * sizeof(double) * SPIRAL_OUTCOMES;
    work->size[ONSETS] = runs * sizeof(cl_uint) * 2;
    work->size[LEVELS_BY_STEP] = ladder ? runs * steps : 1;
    work->size[LEVELS_BY_YEAR] = ladder ? runs * levels_by_year(work) : 1;
    work->size[PLACES] = fan ? runs * sizeof(cl_uint) * places_of(work) : 1;
    work->size[SUMS] = sizeof(cl_ulong) * 3 * SUMMING_ITEMS * SPIRAL_OUTCOMES;
    work->size[STEP_COUNTS] = ladder ? steps * LEVELS * sizeof(cl_uint) : 4;
    work->size[YEAR_COUNTS] = ladder ? levels_by_year(work) * LEVELS * sizeof(cl_uint) : 4;
    work->size[PLACE_COUNTS] = fan ? places_of(work) * SPIRAL_FAN_BINS * sizeof(cl_uint) : 4;
    work->size[PLACE_SUMS] = fan ? places_of(work) * sizeof(cl_ulong) : 4;
}

/* Whether the buffers fit into half of the device's memory, and each into what one may have. */
static bool fits(const struct work *work)
{
    cl_ulong all = 0;

    for (int b = 0; b < BUFFERS; b++) {
        if (work->size[b] > work->launch->largest)
            return false;
        all += work->size[b];
    }

    return all <= work->launch->memory / 2;
}

static void create_buffers(struct work *work)
{
    const cl_uint zero = 0;

    for (int b = 0; b < BUFFERS && work->code == CL_SUCCESS; b++) {
        work->buffers[b] = work->cl->clCreateBuffer(work->launch->place->context, CL_MEM_READ_WRITE,
                                                    work->size[b], NULL, &work->code);
        work->failed = "clCreateBuffer";
    }

    /* counts, to which parts add */
    for (int b = STEP_COUNTS; b < BUFFERS; b++)
        CALL(work, clEnqueueFillBuffer, work->launch->queue, work->buffers[b], &zero, sizeof zero,
             0, work->size[b], 0, NULL, NULL);
}

static void release_buffers(struct work *work)
{
    for (int b = 0; b < BUFFERS; b++)
        if (work->buffers[b] != NULL)
            work->cl->clReleaseMemObject(work->buffers[b]);

    memset(work->buffers, 0, sizeof work->buffers);
}

static void read_buffer(struct work *work, enum buffer buffer, void *bytes, size_t size)
{
    CALL(work, clEnqueueReadBuffer, work->launch->queue, work->buffers[buffer], CL_TRUE, 0, size,
         bytes, 0, NULL, NULL);
}

/* --- kernels ---------------------------------------------------------------------------------- */

/* The arguments of a kernel, one after the other. */
struct arguments {
    struct work *work;
    cl_kernel kernel;
    cl_uint count;
};

static void add_argument(struct arguments *arguments, size_t size, const void *value)
{
    CALL(arguments->work, clSetKernelArg, arguments->kernel, arguments->count, size, value);
    arguments->count++;
}

static void add_buffer(struct arguments *arguments, enum buffer buffer)
{
    add_argument(arguments, sizeof(cl_mem), &arguments->work->buffers[buffer]);
}

static void enqueue(struct arguments *arguments, cl_uint dimensions, const size_t *global,
                    const size_t *local)
{
    CALL(arguments->work, clEnqueueNDRangeKernel, arguments->work->launch->queue, arguments->kernel,
         dimensions, NULL, global, local, 0, NULL, NULL);
}

static struct arguments arguments_of(struct work *work, enum spiral_kernel kernel)
{
    return (struct arguments){work, work->launch->program->kernels[kernel], 0};
}

static void run_items(struct work *work, uint64_t first, cl_uint count)
{
    const struct spiral_launch *launch = work->launch;
    struct arguments arguments = arguments_of(work, SPIRAL_KERNEL_RUN_ITEMS);
    const cl_ulong seed = launch->seed;
    const cl_uint sets = (cl_uint)launch->sets;
    const cl_uint steps = (cl_uint)launch->plan->steps;
    const cl_int with_levels = work->collector->ladder;
    const cl_int with_places = work->collector->fan != NULL;
    const size_t local = launch->card ? GROUP_OF_CARD : GROUP_OF_PROCESSOR;
    const size_t global = (count + local - 1) / local * local;

    for (int b = 0; b < SPIRAL_GIVEN_BUFFERS; b++)
        add_argument(&arguments, sizeof(cl_mem), &launch->given[b]);
    add_argument(&arguments, sizeof seed, &seed);
    add_argument(&arguments, sizeof first, &first);
    add_argument(&arguments, sizeof count, &count);
    add_argument(&arguments, sizeof sets, &sets);
    add_argument(&arguments, sizeof steps, &steps);
    add_argument(&arguments, sizeof(double), &launch->plan->start);
    add_argument(&arguments, sizeof(double), &launch->plan->dt);
    add_buffer(&arguments, HASHES);
    add_buffer(&arguments, OUTCOMES);
    add_buffer(&arguments, ONSETS);
    add_argument(&arguments, sizeof with_levels, &with_levels);
    add_buffer(&arguments, LEVELS_BY_STEP);
    add_buffer(&arguments, LEVELS_BY_YEAR);
    add_argument(&arguments, sizeof with_places, &with_places);
    add_buffer(&arguments, PLACES);
    enqueue(&arguments, 1, &global, &local);
}

static void sum_outcomes(struct work *work, cl_uint count)
{
    struct arguments arguments = arguments_of(work, SPIRAL_KERNEL_SUM_OUTCOMES);
    const size_t global[2] = {SUMMING_ITEMS, SPIRAL_OUTCOMES};
    const size_t local[2] = {work->launch->card ? GROUP_OF_CARD : GROUP_OF_PROCESSOR, 1};

    add_buffer(&arguments, OUTCOMES);
    add_argument(&arguments, sizeof count, &count);
    add_argument(&arguments, sizeof(double), &work->launch->plan->start);
    add_buffer(&arguments, SUMS);
    enqueue(&arguments, 2, global, local);
}

static void count_levels(struct work *work, enum buffer levels, enum buffer counts, size_t places,
                         cl_uint count)
{
    struct arguments arguments = arguments_of(work, SPIRAL_KERNEL_COUNT_LEVELS);
    const size_t local = GROUP_OF_CARD;
    const size_t global = places * local;

    add_buffer(&arguments, levels);
    add_argument(&arguments, sizeof count, &count);
    add_buffer(&arguments, counts);
    enqueue(&arguments, 1, &global, &local);
}

static void count_places(struct work *work, cl_uint count)
{
    struct arguments arguments = arguments_of(work, SPIRAL_KERNEL_COUNT_PLACES);
    const size_t local = GROUP_OF_CARD;
    const size_t global = places_of(work) * local;

    add_buffer(&arguments, PLACES);
    add_argument(&arguments, sizeof count, &count);
    add_buffer(&arguments, PLACE_COUNTS);
    add_buffer(&arguments, PLACE_SUMS);
    add_argument(&arguments, local * sizeof(cl_ulong), NULL);
    enqueue(&arguments, 1, &global, &local);
}

/* --- what the device left --------------------------------------------------------------------- */

/* Room for a buffer's bytes; NULL, and noted, where there is none. */
static void *room_for(struct work *work, size_t size)
{
    void *room = malloc(size);

    work->no_memory = work->no_memory || room == NULL;
    if (room == NULL && work->code == CL_SUCCESS)
        work->code = CL_OUT_OF_HOST_MEMORY;

    return room;
}

static void add_sums(struct work *work)
{
    struct spiral_tally *tally = work->collector->tally;
    cl_ulong(*sums)[SUMMING_ITEMS][3] = room_for(work, work->size[SUMS]);

    if (sums != NULL)
        read_buffer(work, SUMS, sums, work->size[SUMS]);

    for (int i = 0; i < SPIRAL_OUTCOMES && work->code == CL_SUCCESS; i++)
        for (int item = 0; item < SUMMING_ITEMS; item++) {
            tally->sum[i] += (spiral_wide)sums[i][item][0];
            tally->square[i] += ((spiral_wide)sums[i][item][2] << 64) | sums[i][item][1];
        }

    free(sums);
}

/* Counts onsets run by run, and adds the hashes. */
static void add_runs(struct work *work, uint64_t first, cl_uint count)
{
    cl_uint *onsets = room_for(work, work->size[ONSETS]);
    cl_ulong *hashes = room_for(work, work->size[HASHES]);

    if (onsets != NULL && hashes != NULL) {
        read_buffer(work, ONSETS, onsets, count * sizeof *onsets * 2);
        read_buffer(work, HASHES, hashes, count * sizeof *hashes);
    }

    for (cl_uint item = 0; item < count && work->code == CL_SUCCESS; item++) {
        const uint64_t run = first + run_of_item(item, count, (uint32_t)work->launch->sets);
        const long war = (long)onsets[item];
        const long force = (long)onsets[count + item];

        spiral_tally_add_onsets(work->collector->tally, run, war > 0 ? war : -1,
                                force > 0 ? force : -1);
        work->collector->hash += hashes[item];
    }

    free(onsets);
    free(hashes);
}

static void tell_runs(struct work *work, uint64_t first, cl_uint count)
{
    const struct spiral_launch *launch = work->launch;

    if (launch->each_run == NULL)
        return;

    double *values = room_for(work, work->size[OUTCOMES]);

    if (values != NULL)
        read_buffer(work, OUTCOMES, values, count * sizeof *values * SPIRAL_OUTCOMES);

    for (cl_uint item = 0; item < count && work->code == CL_SUCCESS; item++) {
        union spiral_outcome outcome;

        for (size_t i = 0; i < SPIRAL_OUTCOMES; i++)
            outcome.value[i] = values[i * count + item];
        launch->each_run(launch->context, first + run_of_item(item, count, (uint32_t)launch->sets),
                         &outcome);
    }

    free(values);
}

/* Adds the counts of a buffer to those of a collector. */
static void add_counts(struct work *work, enum buffer buffer, uint64_t *counts)
{
    cl_uint *read = room_for(work, work->size[buffer]);

    if (read != NULL)
        read_buffer(work, buffer, read, work->size[buffer]);
    for (size_t i = 0; i < work->size[buffer] / sizeof *read && work->code == CL_SUCCESS; i++)
        counts[i] += read[i];
    free(read);
}

/* A device counts all quantities. */
static void leave_out_quantities(struct spiral_fan *fan)
{
    const size_t places = (size_t)fan->steps * SPIRAL_QUANTITIES;

    for (size_t i = 0; i < places; i++) {
        const int q = (int)(i % SPIRAL_QUANTITIES);

        if (!spiral_quantity_in(fan->bands, q))
            memset(fan->count + i * SPIRAL_FAN_BINS, 0, SPIRAL_FAN_BINS * sizeof *fan->count);
        if (!spiral_quantity_in(fan->means, q))
            fan->sum[i] = 0;
    }
}

/* What all parts together have counted. */
static void add_all_counts(struct work *work, uint64_t count)
{
    struct spiral_tally *tally = work->collector->tally;
    struct spiral_fan *fan = work->collector->fan;

    /* A tally's ladder is by the number of steps done. */
    if (work->collector->ladder) {
        add_counts(work, STEP_COUNTS, tally->ladder + LEVELS);
        add_counts(work, YEAR_COUNTS, tally->year_highest);
    }

    if (fan != NULL) {
        read_buffer(work, PLACE_COUNTS, fan->count, work->size[PLACE_COUNTS]);
        read_buffer(work, PLACE_SUMS, fan->sum, work->size[PLACE_SUMS]);
        leave_out_quantities(fan);
        fan->runs += count;
    }
}

/* --- running ---------------------------------------------------------------------------------- */

static void run_part(struct work *work, uint64_t first, cl_uint count)
{
    const cl_uint zero = 0;

    /* A year that no step belongs to has no level. */
    if (work->collector->ladder)
        CALL(work, clEnqueueFillBuffer, work->launch->queue, work->buffers[LEVELS_BY_YEAR], &zero,
             1, 0, work->size[LEVELS_BY_YEAR], 0, NULL, NULL);

    run_items(work, first, count);
    sum_outcomes(work, count);

    if (work->collector->ladder) {
        count_levels(work, LEVELS_BY_STEP, STEP_COUNTS, (size_t)work->launch->plan->steps, count);
        count_levels(work, LEVELS_BY_YEAR, YEAR_COUNTS, levels_by_year(work), count);
    }

    if (work->collector->fan != NULL)
        count_places(work, count);

    CALL(work, clFinish, work->launch->queue);
    add_sums(work);
    add_runs(work, first, count);
    tell_runs(work, first, count);
}

/* Runs all streams, `most` at a time. */
static void run_parts(struct work *work, uint64_t first, uint64_t count)
{
    create_buffers(work);

    for (uint64_t done = 0; done < count && work->code == CL_SUCCESS; done += work->most) {
        const uint64_t left = count - done;
        run_part(work, first + done, left < work->most ? (cl_uint)left : work->most);
    }

    if (work->code == CL_SUCCESS)
        add_all_counts(work, count);
    release_buffers(work);
}

/* An empty collector like one that holds what was left half done. */
static enum spiral_status empty_collector(struct spiral_collector *collector,
                                          const struct spiral_plan *plan)
{
    struct spiral_collector half_done = *collector;
    const enum spiral_status status = spiral_collector_init_like(collector, plan, &half_done);

    spiral_collector_clear(&half_done);

    return status;
}

enum spiral_status spiral_launch_run(struct spiral_launch *launch, uint64_t first, uint64_t count,
                                     struct spiral_collector *collector, struct spiral_error *error)
{
    const uint32_t most = launch->card ? MOST_RUNS_OF_CARD : MOST_RUNS_OF_PROCESSOR;
    struct work work = {.launch = launch, .cl = launch->place->cl, .collector = collector};

    size_buffers(&work, count < most ? (uint32_t)count : most);
    while (!fits(&work) && work.most > FEWEST_RUNS)
        size_buffers(&work, work.most / 2);

    run_parts(&work, first, count);

    /* A device may have less memory left than it says: with fewer runs at a time it may do. */
    while (is_of_memory(work.code) && !work.no_memory && work.most > FEWEST_RUNS) {
        if (empty_collector(collector, launch->plan) != SPIRAL_OK)
            return spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for an ensemble");
        work.code = CL_SUCCESS;
        size_buffers(&work, work.most / 2);
        run_parts(&work, first, count);
    }

    return work.code == CL_SUCCESS ? SPIRAL_OK : tell_code(work.code, work.failed, error);
}
