/* SPDX-License-Identifier: MIT
 *
 * Memory that fails when a test wants it to. A suite whose second line is "failing memory" is
 * linked so that its own and the project's calls of malloc, calloc, realloc, strdup and
 * aligned_alloc come here; those of shared libraries do not.
 */
#ifndef SPIRAL_TEST_FAILING_MEMORY_H
#define SPIRAL_TEST_FAILING_MEMORY_H

#include <stdbool.h>
#include <stddef.h>

struct spiral_test_memory {
    /* allocations that still succeed; those after them fail. -1, as at the beginning: none does */
    long until_failure;
    bool once;        /* whether one allocation fails, and not all from it on */
    bool failed;      /* whether any did */
    long allocations; /* tried so far */
};
extern struct spiral_test_memory spiral_test_memory;

/* Counts an allocation, and tells whether it is to fail; errno is ENOMEM then. For allocators
 * that a suite defines itself. */
bool spiral_test_memory_fails(void);

/* The C library's own. */
void *__real_malloc(size_t size);
void *__real_realloc(void *memory, size_t size);
char *__real_strdup(const char *string);

#endif
