/* SPDX-License-Identifier: MIT
 *
 * Small scenarios made by hand, so that no edit of a case, of a preset of doctrines or of a
 * default moves a test; and short ways to a plan and a batch.
 * All of them end the program where there is no memory or a scenario is bad.
 */
#ifndef SPIRAL_TEST_BUILD_SCENARIO_H
#define SPIRAL_TEST_BUILD_SCENARIO_H

#include "sim/batch.h"

/* States of the triad. */
enum { TRIAD_SMALL, TRIAD_NEIGHBOUR, TRIAD_OFFSHORE };

/* S, N and O, 1990 to 2020 by months: facts like those of Ukraine, Russia and NATO, two publics,
 * ten entries. The caller clears it. */
void spiral_test_triad(struct spiral_scenario *scenario);

/* Eight states, 1990 to 2010 by months, with three neighbours, four offshore powers, two
 * publics, all pairs, a dozen entries and the small state in the midst (index 2). The caller
 * clears it. */
void spiral_test_octet(struct spiral_scenario *scenario);

/* S and N alone, 2000 to 2010 by months: proximity 1, powers .1 and .3, no entries and no
 * publics. The caller clears it. */
void spiral_test_dyad(struct spiral_scenario *scenario);

/* Appends a state (with a constant power and the doctrine of a middle course), a pair, a knot of
 * a series. Each returns what it appended. */
struct spiral_state_facts *spiral_test_state(struct spiral_scenario *scenario, const char *id,
                                             enum spiral_role role, double power);
struct spiral_pair_facts *spiral_test_pair(struct spiral_scenario *scenario, int first, int second);
void spiral_test_knot(struct spiral_series *series, double year, double value);

/* Appends entries of the timeline: a move of weight 1 (target -1: none), a change of greed or
 * resolve, a change of doctrine (all eight numbers alike); and an observation. */
struct spiral_entry *spiral_test_move(struct spiral_scenario *scenario, double date, int actor,
                                      int target, const char *move);
struct spiral_entry *spiral_test_change(struct spiral_scenario *scenario, double date, int actor,
                                        enum spiral_entry_kind kind, double value);
void spiral_test_observe(struct spiral_scenario *scenario, double date, int first, int second,
                         int hostility);

/* The plan of a scenario; NULL for spiral_test_constants() and for the default options. The
 * caller destroys it. */
struct spiral_plan *spiral_test_plan(const struct spiral_scenario *scenario,
                                     const struct spiral_constants *constants,
                                     const struct spiral_plan_options *options);

/* A new batch of this plan with streams 0, 1, 2, ... The caller destroys it. */
struct spiral_batch *spiral_test_batch(const struct spiral_plan *plan, uint64_t seed);

/* A set of constants of its own, near an early fit: no refitting moves it. A constant that the
 * model has and the set has not is 0. */
struct spiral_constants spiral_test_constants(void);

/* The same without chance: no misperception, no incidents, no step up or down the ladder. */
struct spiral_constants spiral_test_still(void);

/* Whether two numbers are equal within 1e-12; tells of them on stderr where not. */
bool spiral_test_near(double a, double b);
#define assert_near(a, b) assert_true(spiral_test_near((a), (b)))
/* Within a distance that the test derives. */
#define assert_within(a, b, distance) \
    assert_true(((a) - (b) <= (distance)) && ((b) - (a) <= (distance)))

#endif
