/* SPDX-License-Identifier: MIT
 *
 * The program of a device: the kernels, built for one layout. Inner header of device/.
 */
#ifndef SPIRAL_DEVICE_PROGRAM_H
#define SPIRAL_DEVICE_PROGRAM_H

#include "device/opencl.h"
#include "sim/layout.h"

enum spiral_kernel {
    SPIRAL_KERNEL_RUN_ITEMS,
    SPIRAL_KERNEL_SUM_OUTCOMES,
    SPIRAL_KERNEL_COUNT_LEVELS,
    SPIRAL_KERNEL_COUNT_PLACES,
    SPIRAL_KERNELS
};

struct spiral_program {
    struct spiral_layout layout;
    cl_program program;
    cl_kernel kernels[SPIRAL_KERNELS];
};

/* A device that is open, and where its programs run. */
struct spiral_device_place {
    const struct spiral_opencl *cl;
    cl_device_id device;
    cl_context context;
    uint64_t identity; /* a hash of the device and its driver, for the names of kept programs */
};

/* Builds the program for a layout, or takes the one that an earlier process has built and kept in
 * the user's folder for caches. SPIRAL_IO with what the device's compiler said. The caller releases
 * it, also after an error. */
enum spiral_status spiral_program_build(struct spiral_program *program,
                                        const struct spiral_device_place *place,
                                        const struct spiral_layout *layout,
                                        struct spiral_error *error);
void spiral_program_release(struct spiral_program *program, const struct spiral_opencl *cl);

/* The text that makes the kernels' text one for a layout: sizes, and the layout as an initialiser.
 * The caller frees it; NULL where there is no memory. */
char *spiral_program_text_of(const struct spiral_layout *layout);

#endif
