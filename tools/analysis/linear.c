/* SPDX-License-Identifier: MIT
 *
 * LAPACKE is loaded when it is first called, and not with the program: OpenBLAS, which many
 * machines have for LAPACK, starts a thread for each processor when it is loaded, and few commands
 * need it.
 */
#include "tools/analysis/linear.h"

#ifdef SPIRAL_LAPACKE_FILE
#include <dlfcn.h>
#include <lapacke.h>
#include <stdatomic.h>
#include <string.h>

/* The library, loaded on the first call; NULL where it cannot be. Threads that meet here load it
 * twice, which the loader counts. It stays until the program ends. */
static void *load_library(void)
{
    static _Atomic(void *) loaded;
    void *library = atomic_load(&loaded);

    if (library == NULL) {
        library = dlopen(SPIRAL_LAPACKE_FILE, RTLD_NOW | RTLD_LOCAL);
        atomic_store(&loaded, library);
    }

    return library;
}

/* Declares `function`, a pointer to LAPACKE's function of that name, NULL where there is none. C
 * has no conversion from an object's address to a function's; POSIX says that the bits are the
 * same. */
#define FIND_FUNCTION(function, name) \
    void *const library = load_library(); \
    void *const symbol = library == NULL ? NULL : dlsym(library, #name); \
    __typeof__(name) *function; \
    memcpy(&function, &symbol, sizeof function)

const char *spiral_linear_missing(void)
{
    static const char cannot_load[] =
        "cannot load " SPIRAL_LAPACKE_FILE
        " (Debian: liblapacke), which regressions need; forecasts (--predictions) need none";

    return load_library() != NULL ? NULL : cannot_load;
}

bool spiral_linear_least_squares(double *a, double *b, size_t rows, size_t columns,
                                 double tolerance, double *singular, size_t *rank)
{
    FIND_FUNCTION(solve, LAPACKE_dgelsd);
    lapack_int found = 0;
    const bool good = solve != NULL && solve(LAPACK_COL_MAJOR, (lapack_int)rows,
                                             (lapack_int)columns, 1, a, (lapack_int)rows, b,
                                             (lapack_int)rows, singular, tolerance, &found) == 0;

    *rank = (size_t)found;
    return good;
}

bool spiral_linear_factor(double *a, size_t order)
{
    FIND_FUNCTION(factor, LAPACKE_dpotrf);

    return factor != NULL &&
           factor(LAPACK_COL_MAJOR, 'L', (lapack_int)order, a, (lapack_int)order) == 0;
}

bool spiral_linear_invert(double *factor, size_t order)
{
    FIND_FUNCTION(invert, LAPACKE_dpotri);

    return invert != NULL &&
           invert(LAPACK_COL_MAJOR, 'L', (lapack_int)order, factor, (lapack_int)order) == 0;
}

bool spiral_linear_solve(const double *factor, size_t order, double *b, size_t columns)
{
    FIND_FUNCTION(solve, LAPACKE_dpotrs);

    return solve != NULL && solve(LAPACK_COL_MAJOR, 'L', (lapack_int)order, (lapack_int)columns,
                                  factor, (lapack_int)order, b, (lapack_int)order) == 0;
}

#else /* a build without LAPACKE */

const char *spiral_linear_missing(void)
{
    return "this program was built without LAPACKE (Debian: liblapacke-dev), which regressions "
           "need; forecasts (--predictions) need none";
}

bool spiral_linear_least_squares(double *a, double *b, size_t rows, size_t columns,
                                 double tolerance, double *singular, size_t *rank)
{
    (void)a;
    (void)b;
    (void)rows;
    (void)columns;
    (void)tolerance;
    (void)singular;
    *rank = 0;
    return false;
}

bool spiral_linear_factor(double *a, size_t order)
{
    (void)a;
    (void)order;
    return false;
}

bool spiral_linear_invert(double *factor, size_t order)
{
    (void)factor;
    (void)order;
    return false;
}

bool spiral_linear_solve(const double *factor, size_t order, double *b, size_t columns)
{
    (void)factor;
    (void)order;
    (void)b;
    (void)columns;
    return false;
}

#endif
