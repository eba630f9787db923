/* SPDX-License-Identifier: MIT */
#include "device/opencl.h"

#include <dlfcn.h>
#include <string.h>

static const char *const names[] = {"libOpenCL.so.1", "libOpenCL.so"};

const struct spiral_opencl *spiral_opencl_open(struct spiral_error *error)
{
    static struct spiral_opencl functions;
    static void *library;

    /* It stays open: drivers do not all survive being closed. */
    for (size_t i = 0; i < sizeof names / sizeof *names && library == NULL; i++)
        library = dlopen(names[i], RTLD_NOW | RTLD_LOCAL);

    if (library == NULL) {
        spiral_error_set(error, SPIRAL_IO, "there is no OpenCL (%s)", names[0]);
        return NULL;
    }

    /* POSIX lets dlsym() return functions as data. */
#define SPIRAL_OPENCL_FUNCTION(result, name, arguments) \
    { \
        void *const symbol = dlsym(library, #name); \
        if (symbol == NULL) { \
            spiral_error_set(error, SPIRAL_IO, "OpenCL is older than 1.2: it has no %s()", #name); \
            return NULL; \
        } \
        memcpy(&functions.name, &symbol, sizeof symbol); \
    }
    SPIRAL_OPENCL_FUNCTIONS(SPIRAL_OPENCL_FUNCTION)
#undef SPIRAL_OPENCL_FUNCTION

    return &functions;
}
