/* SPDX-License-Identifier: MIT */
#include "tools/farm/device.h"

#include <stdio.h>

#include "device/device.h"
#include "parallel/threads.h"

const char *const spiral_farm_device_words[] = {"cpu", "gpu", "auto", NULL};

static void tell_fallback(const struct spiral_error *error)
{
    fprintf(stderr, "spiral: %s; running on the processor\n", error->message);
}

/* The device stays open until the program ends. After its first failure it is not asked again. */
static bool run_on_device(void *context, const struct spiral_plan *plan, uint64_t seed,
                          uint64_t first, uint64_t count, struct spiral_collector *collector)
{
    struct spiral_device *device = context;
    struct spiral_error error;

    if (spiral_device_run(device, plan, seed, first, count, collector, &error) == SPIRAL_OK)
        return true;

    tell_fallback(&error);
    spiral_parallel_use(NULL);

    return false;
}

void spiral_farm_use_device(enum spiral_farm_device wished)
{
    static struct spiral_engine engine;
    static struct spiral_device *device;
    struct spiral_error error;

    if (wished == SPIRAL_FARM_CPU) {
        spiral_parallel_use(NULL);
        return;
    }

    if (device == NULL &&
        spiral_device_open(&device,
                           wished == SPIRAL_FARM_AUTO ? SPIRAL_DEVICE_CARD : SPIRAL_DEVICE_ANY,
                           &error) != SPIRAL_OK) {
        tell_fallback(&error);
        return;
    }

    engine = (struct spiral_engine){.run = run_on_device,
                                    .context = device,
                                    .block = spiral_device_block(device, false),
                                    .block_of_each_run = spiral_device_block(device, true)};
    spiral_parallel_use(&engine);
}

bool spiral_farm_run_on_device(const struct spiral_plan *plan, uint64_t seed, uint64_t first,
                               uint64_t count, struct spiral_collector *collector)
{
    return spiral_parallel_run_on_engine(plan, seed, first, count, collector);
}
