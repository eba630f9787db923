/* SPDX-License-Identifier: MIT
 *
 * A library to be preloaded: the n-th allocation of the process fails, with n from the environment
 * variable SPIRAL_FAIL_ALLOCATION (none without it; "always" after a "+": that one and all later
 * ones). With SPIRAL_COUNT_ALLOCATIONS=FILE the number of allocations is written there at the end.
 * tools/faults drives it. Allocations before main() are not counted: they are the loader's.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static atomic_long allocation_count;
static long failing_allocation = -1; /* from 1; -1: none */
static bool all_later_ones_fail;
static atomic_bool main_has_begun;

/* glibc's own functions, which take the place of dlsym(): that allocates itself. */
extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *block, size_t size);
extern void *__libc_memalign(size_t alignment, size_t size);

/* Whether the present allocation is the one that fails. */
static bool allocation_fails(void)
{
    if (!atomic_load(&main_has_begun))
        return false;

    const long number = atomic_fetch_add(&allocation_count, 1) + 1;
    const bool fails =
        failing_allocation > 0 &&
        (all_later_ones_fail ? number >= failing_allocation : number == failing_allocation);
    if (fails)
        errno = ENOMEM;
    return fails;
}

void *malloc(size_t size) { return allocation_fails() ? NULL : __libc_malloc(size); }

void *calloc(size_t count, size_t size)
{
    return allocation_fails() ? NULL : __libc_calloc(count, size);
}

void *realloc(void *block, size_t size)
{
    return allocation_fails() ? NULL : __libc_realloc(block, size);
}

void *aligned_alloc(size_t alignment, size_t size)
{
    return allocation_fails() ? NULL : __libc_memalign(alignment, size);
}

static void write_count(void)
{
    const char *path = getenv("SPIRAL_COUNT_ALLOCATIONS");
    char text[32];
    if (path == NULL)
        return;

    const int file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    if (file < 0)
        return;
    const int length = snprintf(text, sizeof text, "%ld\n", atomic_load(&allocation_count));
    if (write(file, text, (size_t)length) != length)
        _exit(99);
    close(file);
}

__attribute__((constructor)) static void begin_counting(void)
{
    const char *number = getenv("SPIRAL_FAIL_ALLOCATION");
    if (number != NULL) {
        failing_allocation = strtol(number, NULL, 10);
        all_later_ones_fail = strchr(number, '+') != NULL;
    }
    atexit(write_count);
    atomic_store(&main_has_begun, true);
}
