/* SPDX-License-Identifier: MIT
 *
 * What an observer of outcomes does after a step and at the end, in lanes: for sim/outcome.c and
 * for devices. Inner header of sim: its loops want the flags for vector code.
 */
#ifndef SPIRAL_OUTCOME_LANES_H
#define SPIRAL_OUTCOME_LANES_H

#include <math.h>

#include "sim/algebra.h"
#include "sim/outcome.h"
#include "sim/reliance.h"

/* An observer that has seen nothing. */
static inline void begin_to_watch(struct spiral_outcome_observer *observer)
{
    *observer = (struct spiral_outcome_observer){.from = 0};
    for (int l = 0; l < SPIRAL_LANES; l++)
        observer->worst[l] = observer->highest[l] = 1.0;
}

/* Notes first force and war, a lane at a time: only where the level has risen past what the run
 * had seen. */
static inline void note_onsets(struct spiral_outcome_observer *observer,
                               const struct spiral_batch *batch)
{
    for (int l = 0; l < SPIRAL_LANES; l++) {
        if (observer->worst[l] >= SPIRAL_FORM(level_war) && observer->war_step[l] == 0.0)
            observer->war_step[l] = (double)batch->step;

        if (observer->worst[l] >= SPIRAL_FORM(level_force) && observer->force_step[l] == 0.0)
            observer->force_step[l] = (double)batch->step;
    }
}

static inline __attribute__((always_inline)) void watch_levels(
    struct spiral_outcome_observer *observer, const struct spiral_batch *batch)
{
    const struct spiral_lanes_state *state = spiral_batch_state(batch);
    double news = 0.0;

    SPIRAL_EACH_LANE(l)
        observer->worst[l] = 1.0;
    for (int q = 0; q < SPIRAL_LAYOUT_OF(batch)->count[SPIRAL_OF_RIVAL]; q++)
        SPIRAL_EACH_LANE(l)
            observer->worst[l] = spiral_max(observer->worst[l], state->hostility[q][l]);
    for (int level = 2; level <= 5; level++)
        SPIRAL_EACH_LANE(l)
            observer->at_least[level - 2][l] += observer->worst[l] >= level ? 1.0 : 0.0;
    for (int l = 0; l < SPIRAL_LANES; l++)
        news += observer->worst[l] > observer->highest[l] &&
                        observer->worst[l] >= SPIRAL_FORM(level_force)
                    ? 1.0
                    : 0.0;
    SPIRAL_EACH_LANE(l)
        observer->highest[l] = spiral_max(observer->highest[l], observer->worst[l]);
    if (news > 0.0)
        note_onsets(observer, batch);
}

static inline __attribute__((always_inline)) void watch_pairs(
    struct spiral_outcome_observer *observer, const struct spiral_batch *batch)
{
    const struct spiral_lanes_state *state = spiral_batch_state(batch);
    spiral_lane fear[2] = {{0}};
    spiral_lane arms = {0};

    for (int q = 0; q < SPIRAL_LAYOUT_OF(batch)->count[SPIRAL_OF_RIVAL]; q++) {
        const struct spiral_rival rival = SPIRAL_LAYOUT_OF(batch)->rivals[q];
        SPIRAL_EACH_LANE(l) {
            fear[0][l] = spiral_max(fear[0][l], state->threat[rival.neighbour_about_small][l]);
            fear[1][l] = spiral_max(fear[1][l], state->threat[rival.small_about_neighbour][l]);
            arms[l] = spiral_max(arms[l], state->arms[rival.neighbour][l]);
        }
    }

    for (int side = 0; side < 2; side++)
        SPIRAL_EACH_LANE(l) {
            observer->peak_threat[side][l] =
                spiral_max(observer->peak_threat[side][l], fear[side][l]);
            observer->sum_threat[side][l] += fear[side][l];
        }

    SPIRAL_EACH_LANE(l) {
        observer->sum_arms[0][l] += arms[l];
        observer->sum_arms[1][l] += state->arms[SPIRAL_LAYOUT_OF(batch)->small][l];
    }
}

/* Adds the step just done to the steps under high constraint, and says which lanes were: 1, or
 * 0. */
static inline __attribute__((always_inline)) void watch_constraint(
    struct spiral_outcome_observer *observer, const struct spiral_batch *batch,
    spiral_lane constrained)
{
    if (SPIRAL_ONE_CONSTRAINT(batch)) {
        const double all = SPIRAL_CONSTRAINT_OF(batch, 0) >= SPIRAL_HIGH_CONSTRAINT ? 1.0 : 0.0;
        SPIRAL_EACH_LANE(l)
            constrained[l] = all;
    } else {
        for (int l = 0; l < SPIRAL_LANES; l++)
            constrained[l] = SPIRAL_CONSTRAINT_OF(batch, l) >= SPIRAL_HIGH_CONSTRAINT ? 1.0 : 0.0;
    }

    SPIRAL_EACH_LANE(l)
        observer->constrained[l] += constrained[l];
}

static inline __attribute__((always_inline)) void watch_alliance(
    struct spiral_outcome_observer *observer, const struct spiral_batch *batch)
{
    const struct spiral_lanes_state *state = spiral_batch_state(batch);
    spiral_lane commitment = {0};
    spiral_lane illusion = {0};
    spiral_lane sum;
    spiral_lane squares;
    spiral_lane constrained;

    for (int k = 0; k < SPIRAL_LAYOUT_OF(batch)->count[SPIRAL_OF_PATRON]; k++) {
        if (SPIRAL_LAYOUT_OF(batch)->role[SPIRAL_LAYOUT_OF(batch)->patrons[k]] != SPIRAL_OFFSHORE)
            continue;

        SPIRAL_EACH_LANE(l) {
            commitment[l] = spiral_max(commitment[l], state->commitment[k][l]);
            illusion[l] = spiral_max(illusion[l], batch->derived.believed[k][l] -
                                                      batch->derived.guarantee[k][l]);
        }
    }

    spiral_reliance_sums(batch, 0, SPIRAL_LANES, sum, squares);
    watch_constraint(observer, batch, constrained);
    SPIRAL_EACH_LANE(l) {
        observer->sum_commitment[l] += commitment[l];
        observer->sum_illusion[l] += illusion[l];

        const double depends =
            squares[l] >= SPIRAL_HIGH_DEPENDENCE * sum[l] && sum[l] > 0.0 ? 1.0 : 0.0;
        observer->dependent[l] += depends;
        observer->both[l] += constrained[l] * depends;
    }
}

static inline __attribute__((always_inline)) void watch_step(
    struct spiral_outcome_observer *observer, const struct spiral_batch *batch)
{
    watch_levels(observer, batch);
    watch_pairs(observer, batch);
    watch_alliance(observer, batch);
}

/* Shares of the causes of one side's rise in threat, summed over the rivals. */
static inline void share_causes(const struct spiral_batch *batch, int side, int l,
                                double share[SPIRAL_CAUSES])
{
    double total = 0.0;

    for (int cause = 0; cause < SPIRAL_CAUSES; cause++) {
        share[cause] = 0.0;
        for (int q = 0; q < SPIRAL_LAYOUT_OF(batch)->count[SPIRAL_OF_RIVAL]; q++)
            share[cause] += batch->derived.rise[q][side][cause][l];

        share[cause] =
            spiral_max(share[cause],
                       0.0); /* misperception is net, and may have lowered threat in all */
        total += share[cause];
    }

    for (int cause = 0; cause < SPIRAL_CAUSES; cause++)
        share[cause] = total > 0.0 ? share[cause] / total : 0.0;
}

/* Steps in each quadrant. All are counts, so that sums and differences are exact. */
static inline void count_quadrants(const struct spiral_outcome_observer *observer, double steps,
                                   int l, double count[SPIRAL_QUADRANTS])
{
    const double constrained = observer->constrained[l];
    const double dependent = observer->dependent[l];
    const double both = observer->both[l];

    count[SPIRAL_QUADRANT_trap] = both;
    count[SPIRAL_QUADRANT_limited_balance] = constrained - both;
    count[SPIRAL_QUADRANT_controllable_risk] = dependent - both;
    count[SPIRAL_QUADRANT_diversified_balance] = steps - constrained - dependent + both;
}

/* The outcomes of the run in lane l. */
static inline void sum_run_up(const struct spiral_outcome_observer *observer,
                              const struct spiral_batch *batch, int l,
                              double value[SPIRAL_OUTCOMES])
{
    const long watched = batch->step - observer->from;
    const double steps = watched > 0 ? (double)watched : 1.0; /* of none, every mean is 0 */

    value[SPIRAL_OUTCOME_war] = observer->war_step[l] > 0.0 ? 1.0 : 0.0;
    value[SPIRAL_OUTCOME_force] = observer->force_step[l] > 0.0 ? 1.0 : 0.0;
    value[SPIRAL_OUTCOME_war_date] =
        value[SPIRAL_OUTCOME_war] > 0.0 ? SPIRAL_DATE_OF(batch, l, observer->war_step[l]) : NAN;
    value[SPIRAL_OUTCOME_force_date] =
        value[SPIRAL_OUTCOME_force] > 0.0 ? SPIRAL_DATE_OF(batch, l, observer->force_step[l]) : NAN;
    value[SPIRAL_OUTCOME_highest] = observer->highest[l];

    double above = steps;

    for (int level = 1; level <= 5; level++) {
        double next = level < 5 ? observer->at_least[level - 1][l] : 0.0;
        value[SPIRAL_OUTCOME_time_at_1 + level - 1] = (above - next) / steps;
        above = next;
    }

    value[SPIRAL_OUTCOME_peak_threat_neighbour] = observer->peak_threat[0][l];
    value[SPIRAL_OUTCOME_mean_threat_neighbour] = observer->sum_threat[0][l] / steps;
    value[SPIRAL_OUTCOME_peak_threat_small] = observer->peak_threat[1][l];
    value[SPIRAL_OUTCOME_mean_threat_small] = observer->sum_threat[1][l] / steps;
    value[SPIRAL_OUTCOME_mean_arms_neighbour] = observer->sum_arms[0][l] / steps;
    value[SPIRAL_OUTCOME_mean_arms_small] = observer->sum_arms[1][l] / steps;
    value[SPIRAL_OUTCOME_mean_commitment] = observer->sum_commitment[l] / steps;
    value[SPIRAL_OUTCOME_mean_illusion] = observer->sum_illusion[l] / steps;

    double in_quadrant[SPIRAL_QUADRANTS];

    count_quadrants(observer, steps, l, in_quadrant);
    for (int quadrant = 0; quadrant < SPIRAL_QUADRANTS; quadrant++)
        value[SPIRAL_OUTCOME_in_diversified_balance + quadrant] = in_quadrant[quadrant] / steps;

    share_causes(batch, 0, l, &value[SPIRAL_OUTCOME_neighbour_by_capability]);
    share_causes(batch, 1, l, &value[SPIRAL_OUTCOME_small_by_capability]);

    const double from_threat = batch->derived.arms_from_threat[SPIRAL_LAYOUT_OF(batch)->small][l];
    const double from_aid = batch->derived.arms_from_aid[l];

    value[SPIRAL_OUTCOME_arms_by_aid] = from_aid > 0.0 ? from_aid / (from_aid + from_threat) : 0.0;
}

#endif
