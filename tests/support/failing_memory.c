/* SPDX-License-Identifier: MIT */
#include "tests/support/failing_memory.h"

#include <errno.h>

void *__real_calloc(size_t count, size_t size);
void *__real_aligned_alloc(size_t alignment, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *memory, size_t size);
char *__wrap_strdup(const char *string);
void *__wrap_aligned_alloc(size_t alignment, size_t size);

struct spiral_test_memory spiral_test_memory = {.until_failure = -1};

bool spiral_test_memory_fails(void)
{
    struct spiral_test_memory *memory = &spiral_test_memory;

    memory->allocations++;

    if (memory->until_failure != 0) {
        memory->until_failure -= memory->until_failure > 0;
        return false;
    }

    memory->failed = true;
    memory->until_failure = memory->once ? -1 : 0;
    errno = ENOMEM;

    return true;
}

void *__wrap_malloc(size_t size) { return spiral_test_memory_fails() ? NULL : __real_malloc(size); }
void *__wrap_calloc(size_t count, size_t size)
{
    return spiral_test_memory_fails() ? NULL : __real_calloc(count, size);
}
void *__wrap_realloc(void *memory, size_t size)
{
    return spiral_test_memory_fails() ? NULL : __real_realloc(memory, size);
}
char *__wrap_strdup(const char *string)
{
    return spiral_test_memory_fails() ? NULL : __real_strdup(string);
}
void *__wrap_aligned_alloc(size_t alignment, size_t size)
{
    return spiral_test_memory_fails() ? NULL : __real_aligned_alloc(alignment, size);
}
