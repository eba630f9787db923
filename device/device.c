/* SPDX-License-Identifier: MIT */
#include "device/device.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "device/launch.h"
#include "sim/hash.h"

/* Programs of so many layouts stay loaded; of more, the oldest gives way. */
enum { PROGRAMS = 4, MOST_PLATFORMS = 16, MOST_DEVICES = 16 };

/* Runs that are compared with the processor's before a call's own. */
enum { COMPARED_RUNS = 16 };

struct spiral_device {
    struct spiral_device_place place;
    cl_command_queue queue;
    bool card;
    cl_ulong memory;  /* bytes of all buffers together */
    cl_ulong largest; /* bytes of one buffer */
    char name[128];
    struct spiral_program programs[PROGRAMS];
    int next_program; /* the one that gives way */
};

/* --- opening ---------------------------------------------------------------------------------- */

/* A text about a device, cut to the size; "" where there is none. */
static void read_text(const struct spiral_opencl *cl, cl_device_id device, cl_uint what, char *text,
                      size_t size)
{
    if (cl->clGetDeviceInfo(device, what, size - 1, text, NULL) != CL_SUCCESS)
        text[0] = '\0';
    text[size - 1] = '\0';
}

static cl_ulong read_whole(const struct spiral_opencl *cl, cl_device_id device, cl_uint what,
                           size_t size)
{
    cl_ulong whole = 0; /* of 32 bits, the lower half: machines with OpenCL are little-endian */

    return cl->clGetDeviceInfo(device, what, size, &whole, NULL) == CL_SUCCESS ? whole : 0;
}

/* Whether a device can run the kernels: there, of the processor's byte order, with a compiler and
 * double precision. */
static bool is_capable(const struct spiral_opencl *cl, cl_device_id device)
{
    char extensions[8192];

    read_text(cl, device, CL_DEVICE_EXTENSIONS, extensions, sizeof extensions);

    return read_whole(cl, device, CL_DEVICE_AVAILABLE, sizeof(cl_uint)) != 0 &&
           read_whole(cl, device, CL_DEVICE_COMPILER_AVAILABLE, sizeof(cl_uint)) != 0 &&
           read_whole(cl, device, CL_DEVICE_ENDIAN_LITTLE, sizeof(cl_uint)) != 0 &&
           strstr(extensions, "cl_khr_fp64") != NULL;
}

/* What was found while looking for a device. */
struct search {
    cl_device_id chosen;
    bool card;   /* the chosen one is */
    int seen;    /* devices that are of the kind that will do */
    bool failed; /* a platform could not tell */
};

static void look_at_platform(const struct spiral_opencl *cl, cl_platform_id platform,
                             enum spiral_device_wish wish, struct search *search)
{
    cl_device_id devices[MOST_DEVICES];
    cl_uint count = 0;

    if (cl->clGetDeviceIDs(platform, CL_DEVICE_TYPE_ALL, MOST_DEVICES, devices, &count) !=
        CL_SUCCESS)
        return;

    for (cl_uint d = 0; d < count && d < MOST_DEVICES; d++) {
        const bool card = (read_whole(cl, devices[d], CL_DEVICE_TYPE, sizeof(cl_ulong)) &
                           (cl_ulong)CL_DEVICE_TYPE_GPU) != 0;

        if (wish == SPIRAL_DEVICE_CARD && !card)
            continue;
        search->seen++;
        if (is_capable(cl, devices[d]) && (search->chosen == NULL || (card && !search->card))) {
            search->chosen = devices[d];
            search->card = card;
        }
    }
}

static enum spiral_status find_device(const struct spiral_opencl *cl, enum spiral_device_wish wish,
                                      struct search *search, struct spiral_error *error)
{
    cl_platform_id platforms[MOST_PLATFORMS];
    cl_uint count = 0;

    *search = (struct search){.chosen = NULL};
    if (cl->clGetPlatformIDs(MOST_PLATFORMS, platforms, &count) != CL_SUCCESS)
        count = 0;
    for (cl_uint p = 0; p < count && p < MOST_PLATFORMS; p++)
        look_at_platform(cl, platforms[p], wish, search);

    if (search->chosen != NULL)
        return SPIRAL_OK;
    if (search->seen > 0)
        return spiral_error_set(error, SPIRAL_IO,
                                "no OpenCL device calculates in double precision");
    return spiral_error_set(error, SPIRAL_IO,
                            wish == SPIRAL_DEVICE_CARD ? "there is no graphics card with OpenCL"
                                                       : "there is no OpenCL device");
}

/* Reads what is to be known of the chosen device, and makes its context and its queue. */
static enum spiral_status open_chosen(struct spiral_device *device, struct spiral_error *error)
{
    const struct spiral_opencl *cl = device->place.cl;
    const cl_device_id id = device->place.device;
    char driver[128];
    cl_int code;

    read_text(cl, id, CL_DEVICE_NAME, device->name, sizeof device->name);
    read_text(cl, id, CL_DRIVER_VERSION, driver, sizeof driver);
    device->place.identity =
        spiral_hash_bytes(spiral_hash_bytes(SPIRAL_HASH_START, device->name, strlen(device->name)),
                          driver, strlen(driver));
    device->memory = read_whole(cl, id, CL_DEVICE_GLOBAL_MEM_SIZE, sizeof(cl_ulong));
    device->largest = read_whole(cl, id, CL_DEVICE_MAX_MEM_ALLOC_SIZE, sizeof(cl_ulong));

    device->place.context = cl->clCreateContext(NULL, 1, &id, NULL, NULL, &code);
    if (code == CL_SUCCESS)
        device->queue = cl->clCreateCommandQueue(device->place.context, id, 0, &code);
    if (code != CL_SUCCESS)
        return spiral_error_set(error, SPIRAL_IO, "%s cannot be opened (OpenCL error %d)",
                                device->name, code);

    return SPIRAL_OK;
}

enum spiral_status spiral_device_open(struct spiral_device **opened, enum spiral_device_wish wish,
                                      struct spiral_error *error)
{
    const struct spiral_opencl *cl = spiral_opencl_open(error);
    struct search search;

    *opened = NULL;
    if (cl == NULL)
        return SPIRAL_IO;

    enum spiral_status status = find_device(cl, wish, &search, error);

    if (status != SPIRAL_OK)
        return status;

    struct spiral_device *device = calloc(1, sizeof *device);

    if (device == NULL)
        return spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for a device");
    device->place.cl = cl;
    device->place.device = search.chosen;
    device->card = search.card;

    status = open_chosen(device, error);
    if (status == SPIRAL_OK)
        *opened = device;
    else
        spiral_device_close(device);

    return status;
}

void spiral_device_close(struct spiral_device *device)
{
    if (device == NULL)
        return;

    for (int p = 0; p < PROGRAMS; p++)
        spiral_program_release(&device->programs[p], device->place.cl);

    if (device->queue != NULL)
        device->place.cl->clReleaseCommandQueue(device->queue);
    if (device->place.context != NULL)
        device->place.cl->clReleaseContext(device->place.context);
    free(device);
}

const char *spiral_device_name(const struct spiral_device *device) { return device->name; }

uint64_t spiral_device_block(const struct spiral_device *device, bool each_run)
{
    if (!device->card)
        return UINT64_C(1) << 12;
    return UINT64_C(1) << (each_run ? 16 : 20);
}

/* --- running ---------------------------------------------------------------------------------- */

/* The program for a layout, built where no earlier plan had it. */
static enum spiral_status find_program(struct spiral_device *device,
                                       const struct spiral_layout *layout,
                                       const struct spiral_program **found,
                                       struct spiral_error *error)
{
    for (int p = 0; p < PROGRAMS; p++)
        if (device->programs[p].program != NULL &&
            spiral_layout_equal(&device->programs[p].layout, layout)) {
            *found = &device->programs[p];
            return SPIRAL_OK;
        }

    struct spiral_program *program = &device->programs[device->next_program];

    device->next_program = (device->next_program + 1) % PROGRAMS;
    spiral_program_release(program, device->place.cl);

    const enum spiral_status status = spiral_program_build(program, &device->place, layout, error);

    if (status != SPIRAL_OK)
        spiral_program_release(program, device->place.cl);
    *found = program;

    return status;
}

/* The outcomes of every run, in the order of streams. */
struct kept_outcomes {
    uint64_t first;
    union spiral_outcome *runs; /* NULL: not asked for */
};

static void keep_outcome(void *context, uint64_t stream, const union spiral_outcome *outcome)
{
    struct kept_outcomes *kept = context;
    kept->runs[stream - kept->first] = *outcome;
}

/* Whether two collectors of the same runs hold the same bits. */
static bool same_collected(const struct spiral_collector *a, const struct spiral_collector *b)
{
    const struct spiral_tally *x = a->tally;
    const struct spiral_tally *y = b->tally;
    const size_t steps = (size_t)x->steps;
    bool same = a->hash == b->hash && x->runs == y->runs &&
                memcmp(x->sum, y->sum, sizeof x->sum) == 0 &&
                memcmp(x->square, y->square, sizeof x->square) == 0 &&
                memcmp(x->war_by_step, y->war_by_step, (steps + 1) * sizeof(uint64_t)) == 0 &&
                memcmp(x->force_by_step, y->force_by_step, (steps + 1) * sizeof(uint64_t)) == 0 &&
                memcmp(x->ladder, y->ladder, (steps + 1) * 5 * sizeof(uint64_t)) == 0 &&
                memcmp(x->year_highest, y->year_highest,
                       (size_t)(x->years * x->rivals) * 5 * sizeof(uint64_t)) == 0;

    if (same && a->fan != NULL) {
        const size_t places = steps * SPIRAL_QUANTITIES;
        same = memcmp(a->fan->sum, b->fan->sum, places * sizeof *a->fan->sum) == 0 &&
               memcmp(a->fan->count, b->fan->count,
                      places * SPIRAL_FAN_BINS * sizeof *a->fan->count) == 0;
    }

    return same;
}

/* Runs streams into a fresh collector like `wanted`: on the device, or on the processor (launch
 * NULL). */
static enum spiral_status run_like(struct spiral_collector *fresh,
                                   const struct spiral_collector *wanted,
                                   struct spiral_launch *launch, uint64_t first, uint64_t count,
                                   struct spiral_error *error)
{
    const struct spiral_plan *plan = launch->plan;

    if (spiral_collector_init_like(fresh, plan, wanted) != SPIRAL_OK)
        return spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for an ensemble");

    return spiral_launch_run(launch, first, count, fresh, error);
}

/* Runs the first runs here and there, and compares what was collected. */
static enum spiral_status compare_with_processor(const struct spiral_device *device,
                                                 struct spiral_launch *launch, uint64_t first,
                                                 uint64_t count,
                                                 const struct spiral_collector *wanted,
                                                 struct spiral_error *error)
{
    const uint64_t compared = count < COMPARED_RUNS ? count : COMPARED_RUNS;
    struct spiral_collector there;
    struct spiral_collector here = {.tally = NULL};
    struct spiral_batch *batch = spiral_batch_create();
    enum spiral_status status = run_like(&there, wanted, launch, first, compared, error);

    if (status == SPIRAL_OK &&
        (batch == NULL || spiral_collector_init_like(&here, launch->plan, wanted) != SPIRAL_OK))
        status = spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for an ensemble");

    if (status == SPIRAL_OK) {
        spiral_ensemble_run(batch, launch->plan, launch->seed, first, compared, &here);
        if (!same_collected(&there, &here))
            status = spiral_error_set(error, SPIRAL_IO, "%s gives other bits than the processor",
                                      device->name);
    }

    spiral_collector_clear(&there);
    spiral_collector_clear(&here);
    spiral_batch_destroy(batch);

    return status;
}

enum spiral_status spiral_device_run(struct spiral_device *device, const struct spiral_plan *plan,
                                     uint64_t seed, uint64_t first, uint64_t count,
                                     struct spiral_collector *collector, struct spiral_error *error)
{
    const struct spiral_program *program;
    struct spiral_launch launch;
    struct spiral_collector collected = {.tally = NULL};
    struct kept_outcomes kept = {.first = first};
    enum spiral_status status = find_program(device, &plan->layout, &program, error);

    if (status != SPIRAL_OK)
        return status;

    status = spiral_launch_begin(&launch, &device->place, device->queue, program, plan, seed,
                                 device->card, device->memory, device->largest, error);
    if (status == SPIRAL_OK)
        status = compare_with_processor(device, &launch, first, count, collector, error);

    if (status == SPIRAL_OK && collector->each_run != NULL) {
        kept.runs = malloc(count * sizeof *kept.runs);
        if (kept.runs == NULL)
            status = spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for the outcomes");
        launch.each_run = keep_outcome;
        launch.context = &kept;
    }

    if (status == SPIRAL_OK)
        status = run_like(&collected, collector, &launch, first, count, error);

    /* All of it, or nothing. */
    if (status == SPIRAL_OK) {
        spiral_collector_merge(collector, &collected);
        for (uint64_t i = 0; i < count && kept.runs != NULL; i++)
            collector->each_run(collector->context, first + i, &kept.runs[i]);
    }

    free(kept.runs);
    spiral_collector_clear(&collected);
    spiral_launch_end(&launch);

    return status;
}
