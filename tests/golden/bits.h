/* SPDX-License-Identifier: MIT
 *
 * The golden hashes: the sum over 1000 runs of the hash of a run's last state, for two scenarios made by hand (tests/support) and the
 * constants below. They move with the equations, the moves' effects and the order of draws, and with nothing else: no case, preset or default
 * stands in them. Where a change of the model is meant to move them, run tests/golden/bits.sh, put in the new numbers, and say so in
 * CHANGELOG.md under "Changes results".
 */
#ifndef SPIRAL_TEST_GOLDEN_BITS_H
#define SPIRAL_TEST_GOLDEN_BITS_H

#include "sim/ensemble.h"
#include "tests/support/build_scenario.h"

enum { GOLDEN_RUNS = 1000, GOLDEN_SEED = 20220224 };
#define GOLDEN_TRIAD UINT64_C(0x1ebd1c9a15761af5)
#define GOLDEN_OCTET UINT64_C(0xe4ad43398313963e)

/* A constant that the model has and this list has not is 0. */
static inline struct spiral_constants golden_constants(void)
{
    return (struct spiral_constants){
        .capability = 0.6, .encircle = 2.5, .declared = 0.6, .foresight = 1.0, .conduct = 0.8,
        .othering = 0.6, .reassure = 0.6, .threat_rise = 0.5, .threat_fall = 3.0, .noise = 0.3,
        .arms_base = 0.15, .arms_react = 0.8, .arms_time = 2.0, .aid_arms = 0.3, .demand_base = 0.2,
        .demand_threat = 1.5, .empathy = 1.0, .supply_base = 0.4, .supply_threat = 1.0, .entrapment = 0.8,
        .commit_rise = 3.0, .commit_fall = 8.0, .aspiration_time = 10.0, .disown = 4.0, .aid_time = 4.0,
        .aid_rise = 0.3, .belief_base = 0.35, .belief_time = 2.0, .tripwire = 0.6, .reassure_time = 2.0,
        .trade_time = 3.0, .identity = 0.08, .coercion = 0.3, .lock_in = 1.0, .heal = 0.05,
        .public_rate = 0.3, .public_reach = 1.0, .rally = 0.5, .window = 3.0, .loss = 2.0,
        .accustom = 4.0, .prize = 0.5, .defence = 1.5, .pretext = 2.0, .coerce_base = 0.3,
        .rung = 0.15, .rung_growth = 1.4, .trade = 0.8, .talk = 0.8, .nuclear = 4.0,
        .rate_up = 2.0, .incident = 0.5, .rate_down = 1.5, .grievance = 1.0, .grievance_time = 8.0,
        .indignation = 0.4, .contest = 0.3, .contest_time = 25.0,
    };
}

/* The plan of the triad or of the octet under those constants; the caller destroys it. */
static inline struct spiral_plan *golden_plan(void (*build)(struct spiral_scenario *scenario))
{
    const struct spiral_constants constants = golden_constants();
    struct spiral_scenario scenario;
    build(&scenario);
    struct spiral_plan *plan = spiral_test_plan(&scenario, &constants, NULL);
    spiral_scenario_clear(&scenario);
    return plan;
}

#endif
