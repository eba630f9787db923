/* SPDX-License-Identifier: MIT
 *
 * A posterior: sets of constants that the record cannot tell apart. Runs are spread over them: the
 * run of index i has set i modulo their number, whatever batch, thread or process it is in.
 */
#ifndef SPIRAL_CONSTANT_SETS_H
#define SPIRAL_CONSTANT_SETS_H

#include "sim/tables.h"

/* The most sets of a posterior. */
enum { SPIRAL_MOST_SETS = 4096 };

struct spiral_constant_sets {
    size_t count;                  /* 0: none */
    struct spiral_constants *sets; /* [count]; owned */
};

/* Frees the sets; a zeroed posterior is legal. */
void spiral_constant_sets_clear(struct spiral_constant_sets *posterior);

/* Makes a copy, which the caller clears. SPIRAL_NO_MEMORY leaves it empty. */
enum spiral_status spiral_constant_sets_copy(struct spiral_constant_sets *copy,
                                             const struct spiral_constant_sets *original);

/* Gives a constant the same value in every set. */
void spiral_constant_sets_put(struct spiral_constant_sets *posterior, enum spiral_constant constant,
                              double value);

/* A hash of the sets in their order (spiral_constants_hash()): names a posterior in outputs. */
uint64_t spiral_constant_sets_hash(const struct spiral_constant_sets *posterior);

#endif
