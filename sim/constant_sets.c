/* SPDX-License-Identifier: MIT */
#include "sim/constant_sets.h"

#include <stdlib.h>
#include <string.h>

#include "sim/hash.h"

void spiral_constant_sets_clear(struct spiral_constant_sets *posterior)
{
    free(posterior->sets);
    *posterior = (struct spiral_constant_sets){.count = 0};
}

enum spiral_status spiral_constant_sets_copy(struct spiral_constant_sets *copy,
                                             const struct spiral_constant_sets *original)
{
    *copy = (struct spiral_constant_sets){.count = 0};
    if (original->count == 0)
        return SPIRAL_OK;

    copy->sets = malloc(original->count * sizeof *copy->sets);
    if (copy->sets == NULL)
        return SPIRAL_NO_MEMORY;

    memcpy(copy->sets, original->sets, original->count * sizeof *copy->sets);
    copy->count = original->count;

    return SPIRAL_OK;
}

void spiral_constant_sets_put(struct spiral_constant_sets *posterior, enum spiral_constant constant,
                              double value)
{
    for (size_t s = 0; s < posterior->count; s++)
        *spiral_constant_at(&posterior->sets[s], constant) = value;
}

uint64_t spiral_constant_sets_hash(const struct spiral_constant_sets *posterior)
{
    uint64_t hash = SPIRAL_HASH_START;
    for (size_t s = 0; s < posterior->count; s++)
        hash = spiral_hash_bits(hash, spiral_constants_hash(&posterior->sets[s]));
    return hash;
}
