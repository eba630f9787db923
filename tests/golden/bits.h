/* SPDX-License-Identifier: MIT
 *
 * The golden hashes: the sum over 1000 runs of the hash of a run's last state, for two scenarios
 * and a set of constants made by hand (tests/support). They move with the equations, the moves'
 * effects and the order of draws, and with nothing else: no case, preset or default stands in
 * them. Where a change of the model is meant to move them, run tools/matrix, put in the
 * new numbers, and say so in CHANGELOG.md under "Changes results".
 */
#ifndef SPIRAL_TEST_GOLDEN_BITS_H
#define SPIRAL_TEST_GOLDEN_BITS_H

#include "sim/ensemble.h"
#include "tests/support/build_scenario.h"

enum { GOLDEN_RUNS = 1000, GOLDEN_SEED = 20220224 };
#define GOLDEN_TRIAD UINT64_C(0x085ff43cbcf7c0e9)
#define GOLDEN_OCTET UINT64_C(0xfab33bdf67f4a8a8)

/* The plan of the triad or of the octet under those constants; the caller destroys it. */
static inline struct spiral_plan *golden_plan(void (*build)(struct spiral_scenario *scenario))
{
    const struct spiral_constants constants = spiral_test_constants();
    struct spiral_scenario scenario;

    build(&scenario);
    struct spiral_plan *plan = spiral_test_plan(&scenario, &constants, NULL);

    spiral_scenario_clear(&scenario);
    return plan;
}

#endif
