/* SPDX-License-Identifier: MIT
 *
 * OpenCL 1.2 as far as it is used here. The library is opened when a program runs, and what it
 * offers is declared here: nothing of OpenCL is needed to build, and its interface is fixed by a
 * standard that only adds to it. Names are those of the standard.
 */
#ifndef SPIRAL_DEVICE_OPENCL_H
#define SPIRAL_DEVICE_OPENCL_H

#include <stddef.h>
#include <stdint.h>

#include "sim/status.h"

typedef int32_t cl_int;
typedef uint32_t cl_uint;
typedef uint64_t cl_ulong;
typedef struct cl_platform *cl_platform_id;
typedef struct cl_device *cl_device_id;
typedef struct cl_context_of *cl_context;
typedef struct cl_queue_of *cl_command_queue;
typedef struct cl_program_of *cl_program;
typedef struct cl_kernel_of *cl_kernel;
typedef struct cl_memory_of *cl_mem;
typedef struct cl_event_of *cl_event;

enum {
    CL_SUCCESS = 0,
    CL_MEM_OBJECT_ALLOCATION_FAILURE = -4,
    CL_OUT_OF_RESOURCES = -5,
    CL_OUT_OF_HOST_MEMORY = -6,
    CL_INVALID_BUFFER_SIZE = -61,

    CL_DEVICE_TYPE_CPU = 1 << 1,
    CL_DEVICE_TYPE_GPU = 1 << 2,

    CL_PLATFORM_VERSION = 0x0901,
    CL_DEVICE_TYPE = 0x1000,
    CL_DEVICE_MAX_MEM_ALLOC_SIZE = 0x1010,
    CL_DEVICE_GLOBAL_MEM_SIZE = 0x101F,
    CL_DEVICE_ENDIAN_LITTLE = 0x1026,
    CL_DEVICE_AVAILABLE = 0x1027,
    CL_DEVICE_COMPILER_AVAILABLE = 0x1028,
    CL_DEVICE_NAME = 0x102B,
    CL_DRIVER_VERSION = 0x102D,
    CL_DEVICE_EXTENSIONS = 0x1030,
    CL_PROGRAM_BINARY_SIZES = 0x1165,
    CL_PROGRAM_BINARIES = 0x1166,
    CL_PROGRAM_BUILD_LOG = 0x1183,

    CL_MEM_READ_WRITE = 1,
    CL_MEM_READ_ONLY = 4,
    CL_MEM_COPY_HOST_PTR = 1 << 5,

    CL_FALSE = 0,
    CL_TRUE = 1
};
#define CL_DEVICE_TYPE_ALL UINT64_C(0xFFFFFFFF)

/* SPIRAL_OPENCL_FUNCTION(result, name, arguments) */
/* clang-format off */
#define SPIRAL_OPENCL_FUNCTIONS(X) \
    X(cl_int, clGetPlatformIDs, (cl_uint, cl_platform_id *, cl_uint *)) \
    X(cl_int, clGetPlatformInfo, (cl_platform_id, cl_uint, size_t, void *, size_t *)) \
    X(cl_int, clGetDeviceIDs, (cl_platform_id, cl_ulong, cl_uint, cl_device_id *, cl_uint *)) \
    X(cl_int, clGetDeviceInfo, (cl_device_id, cl_uint, size_t, void *, size_t *)) \
    X(cl_context, clCreateContext, (const intptr_t *, cl_uint, const cl_device_id *, \
        void (*)(const char *, const void *, size_t, void *), void *, cl_int *)) \
    X(cl_int, clReleaseContext, (cl_context)) \
    X(cl_command_queue, clCreateCommandQueue, (cl_context, cl_device_id, cl_ulong, cl_int *)) \
    X(cl_int, clReleaseCommandQueue, (cl_command_queue)) \
    X(cl_program, clCreateProgramWithSource, \
        (cl_context, cl_uint, const char **, const size_t *, cl_int *)) \
    X(cl_program, clCreateProgramWithBinary, (cl_context, cl_uint, const cl_device_id *, \
        const size_t *, const unsigned char **, cl_int *, cl_int *)) \
    X(cl_int, clBuildProgram, (cl_program, cl_uint, const cl_device_id *, const char *, \
        void (*)(cl_program, void *), void *)) \
    X(cl_int, clGetProgramInfo, (cl_program, cl_uint, size_t, void *, size_t *)) \
    X(cl_int, clGetProgramBuildInfo, \
        (cl_program, cl_device_id, cl_uint, size_t, void *, size_t *)) \
    X(cl_int, clReleaseProgram, (cl_program)) \
    X(cl_kernel, clCreateKernel, (cl_program, const char *, cl_int *)) \
    X(cl_int, clReleaseKernel, (cl_kernel)) \
    X(cl_int, clSetKernelArg, (cl_kernel, cl_uint, size_t, const void *)) \
    X(cl_mem, clCreateBuffer, (cl_context, cl_ulong, size_t, void *, cl_int *)) \
    X(cl_int, clReleaseMemObject, (cl_mem)) \
    X(cl_int, clEnqueueReadBuffer, (cl_command_queue, cl_mem, cl_uint, size_t, size_t, void *, \
        cl_uint, const cl_event *, cl_event *)) \
    X(cl_int, clEnqueueFillBuffer, (cl_command_queue, cl_mem, const void *, size_t, size_t, \
        size_t, cl_uint, const cl_event *, cl_event *)) \
    X(cl_int, clEnqueueNDRangeKernel, (cl_command_queue, cl_kernel, cl_uint, const size_t *, \
        const size_t *, const size_t *, cl_uint, const cl_event *, cl_event *)) \
    X(cl_int, clFinish, (cl_command_queue))
/* clang-format on */

/* The functions of the library, by their names. */
struct spiral_opencl {
#define SPIRAL_OPENCL_FUNCTION(result, name, arguments) result(*name) arguments;
    SPIRAL_OPENCL_FUNCTIONS(SPIRAL_OPENCL_FUNCTION)
#undef SPIRAL_OPENCL_FUNCTION
};

/* The library, opened once for the process, or NULL with an error (SPIRAL_IO) where there is none,
 * or one that is older than 1.2. */
const struct spiral_opencl *spiral_opencl_open(struct spiral_error *error);

#endif
