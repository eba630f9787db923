/* SPDX-License-Identifier: MIT
 *
 * The hash of a lane: for sim/batch.c and for devices. Inner header of sim.
 */
#ifndef SPIRAL_BATCH_HASH_H
#define SPIRAL_BATCH_HASH_H

#include "sim/batch.h"
#include "sim/hash.h"

static inline uint64_t hash_lane(const struct spiral_batch *batch, int lane)
{
    const struct spiral_lanes_state *state = spiral_batch_state(batch);
    uint64_t hash = SPIRAL_HASH_START;
#define SPIRAL_VARIABLE(name, of, low, high, en, zh, doc) \
    for (int i = 0; i < SPIRAL_LAYOUT_OF(batch)->count[SPIRAL_OF_##of]; i++) \
        hash = spiral_hash_number(hash, state->name[i][lane]);
#include "sim/variables.def"
    for (int i = 0; i < SPIRAL_LAYOUT_OF(batch)->count[SPIRAL_OF_STATE]; i++) {
        hash = spiral_hash_number(hash, SPIRAL_FACTS_OF(batch)->greed[i][lane]);
        hash = spiral_hash_number(hash, SPIRAL_FACTS_OF(batch)->resolve[i][lane]);
        for (int n = 0; n < SPIRAL_DOCTRINE_NUMBERS; n++)
            hash = spiral_hash_number(hash, SPIRAL_FACTS_OF(batch)->doctrine[i][n][lane]);
    }

    for (int k = 0; k < SPIRAL_LAYOUT_OF(batch)->count[SPIRAL_OF_PATRON]; k++)
        hash = spiral_hash_number(hash, SPIRAL_FACTS_OF(batch)->floor[k][lane]);

    return spiral_hash_bits(spiral_hash_bits(hash, batch->random_state[lane]),
                            batch->random_increment[lane]);
}

#endif
