/* SPDX-License-Identifier: MIT */
/* Prints the hashes of tests/golden/bits.h: of the triad and of the octet, first as they are and
 * then as they should be. Exits 1 where they differ. tools/matrix builds it in many
 * ways. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "tests/golden/bits.h"

static uint64_t hash_of(void (*build)(struct spiral_scenario *scenario))
{
    struct spiral_plan *plan = golden_plan(build);
    struct spiral_batch *batch = spiral_batch_create();
    struct spiral_collector collector;

    if (batch == NULL || spiral_collector_init(&collector, plan, false, false) != SPIRAL_OK)
        abort();
    spiral_ensemble_run(batch, plan, GOLDEN_SEED, 0, GOLDEN_RUNS, &collector);

    const uint64_t hash = collector.hash;

    spiral_collector_clear(&collector);
    spiral_batch_destroy(batch);
    spiral_plan_destroy(plan);

    return hash;
}

int main(void)
{
    const uint64_t triad = hash_of(spiral_test_triad);
    const uint64_t octet = hash_of(spiral_test_octet);

    printf("%016" PRIx64 " %016" PRIx64 " golden %016" PRIx64 " %016" PRIx64 "\n", triad, octet,
           GOLDEN_TRIAD, GOLDEN_OCTET);
    return triad == GOLDEN_TRIAD && octet == GOLDEN_OCTET ? 0 : 1;
}
