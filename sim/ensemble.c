/* SPDX-License-Identifier: MIT */
#include "sim/ensemble.h"

#include <string.h>

#include "sim/algebra.h"
#include "sim/labels.h"
#include "sim/step.h"

#ifndef SPIRAL_TARGET_CLONES
#define SPIRAL_TARGET_CLONES
#endif

enum spiral_status spiral_collector_init(struct spiral_collector *collector,
                                         const struct spiral_plan *plan, bool fan, bool ladder)
{
    memset(collector, 0, sizeof *collector);
    collector->ladder = ladder;
    enum spiral_status status = spiral_tally_create(&collector->tally, plan);

    if (status == SPIRAL_OK && fan)
        status = spiral_fan_create(&collector->fan, plan);
    return status;
}

enum spiral_status spiral_collector_init_like(struct spiral_collector *collector,
                                              const struct spiral_plan *plan,
                                              const struct spiral_collector *other)
{
    const enum spiral_status status =
        spiral_collector_init(collector, plan, other->fan != NULL, other->ladder);

    if (status == SPIRAL_OK && other->fan != NULL)
        spiral_fan_keep(collector->fan, other->fan->means, other->fan->bands);

    return status;
}

void spiral_collector_clear(struct spiral_collector *collector)
{
    spiral_tally_destroy(collector->tally);
    spiral_fan_destroy(collector->fan);
    memset(collector, 0, sizeof *collector);
}

void spiral_collector_merge(struct spiral_collector *into, const struct spiral_collector *from)
{
    spiral_tally_merge(into->tally, from->tally);
    if (into->fan != NULL && from->fan != NULL)
        spiral_fan_merge(into->fan, from->fan);
    into->hash += from->hash;
}

/* The highest level of each rival pair so far in the present calendar year. */
struct year_watch {
    int year; /* index into the tally's years */
    double highest[SPIRAL_MAX_RIVAL][SPIRAL_LANES];
};

static void close_year(struct spiral_tally *tally, struct year_watch *watch, int live)
{
    for (int q = 0; q < tally->rivals; q++)
        for (int l = 0; l < live; l++) {
            int level = (int)watch->highest[q][l];
            if (level >= 1)
                tally->year_highest[(watch->year * tally->rivals + q) * 5 + level - 1]++;
            watch->highest[q][l] = 0.0;
        }
}

enum { COUNT_BITS = 8 };
_Static_assert(SPIRAL_LANES < 1 << COUNT_BITS && SPIRAL_LEVELS * COUNT_BITS <= 64, "counts fit");

/* Keeps the highest level of each pair, and counts in how many of the first `live` lanes the worst
 * pair is at each level: a byte for each, the lowest for the lowest, so that vectors can add. */
SPIRAL_TARGET_CLONES static uint64_t raise_highest(const spiral_lane hostility[], int rivals,
                                                   int live,
                                                   double highest[SPIRAL_MAX_RIVAL][SPIRAL_LANES])
{
    spiral_lane worst;
    uint64_t packed[SPIRAL_LANES];
    uint64_t sum = 0;

    SPIRAL_EACH_LANE(l)
        worst[l] = 1.0;

    for (int q = 0; q < rivals; q++)
        SPIRAL_EACH_LANE(l) {
            worst[l] = spiral_max(worst[l], hostility[q][l]);
            highest[q][l] = spiral_max(highest[q][l], hostility[q][l]);
        }

    SPIRAL_EACH_LANE(l)
        packed[l] = (uint64_t)1 << ((int)worst[l] - 1) * COUNT_BITS;
    for (int l = live; l < SPIRAL_LANES; l++)
        packed[l] = 0;
    for (int l = 0; l < SPIRAL_LANES; l++)
        sum += packed[l];

    return sum;
}

/* Counts levels after a step: of the worst pair by step, of each pair by calendar year. The
 * state after a step belongs to the year in which the step began, so that December's last step
 * counts for December. */
static void watch_ladder(struct spiral_tally *tally, struct year_watch *watch,
                         const struct spiral_batch *batch, int live)
{
    const struct spiral_lanes_state *state = spiral_batch_state(batch);
    int year = (int)(spiral_plan_date(batch->plan[0], batch->step - 1) + 1e-6) - tally->first_year;

    if (year != watch->year)
        close_year(tally, watch, live);
    watch->year = year;

    const uint64_t packed = raise_highest(state->hostility, tally->rivals, live, watch->highest);

    for (int level = 0; level < SPIRAL_LEVELS; level++)
        tally->ladder[batch->step * SPIRAL_LEVELS + level] += packed >> level * COUNT_BITS & 0xff;

    if (batch->step == batch->steps)
        close_year(tally, watch, live);
}

/* Advances a started batch to its end under the eyes of an outcome observer and a collector
 * (NULL for none). */
static void run_batch(struct spiral_batch *batch, int live,
                      struct spiral_outcome_observer *observer, struct spiral_collector *collector)
{
    struct year_watch watch = {0};

    spiral_outcome_begin(observer);
    observer->from = batch->step;

    while (batch->step < batch->steps) {
        spiral_step(batch);
        spiral_outcome_watch(observer, batch);
        if (collector == NULL)
            continue;
        if (collector->fan != NULL)
            spiral_fan_watch(collector->fan, batch, live);
        if (collector->ladder)
            watch_ladder(collector->tally, &watch, batch, live);
    }
}

/* What came before the snapshot, which the observer did not see. */
static void add_earlier_onsets(union spiral_outcome *outcome, const struct spiral_plan *plan,
                               const struct spiral_ensemble_start *start)
{
    const double date = spiral_plan_date(plan, start->snapshot->step);

    if (start->war) {
        outcome->war = 1.0;
        outcome->war_date = date;
    }

    if (start->force) {
        outcome->force = 1.0;
        outcome->force_date = date;
    }
}

/* Runs streams [first, first + count) from a snapshot, or from the start of the plan (NULL). */
static void run_streams(struct spiral_batch *batch, const struct spiral_plan *plan,
                        const struct spiral_ensemble_start *start, uint64_t seed, uint64_t first,
                        uint64_t count, struct spiral_collector *collector)
{
    const struct spiral_plan *plans[SPIRAL_LANES];
    uint64_t stream[SPIRAL_LANES];
    struct spiral_outcome_observer observer;

    for (uint64_t done = 0; done < count; done += SPIRAL_LANES) {
        const int live = count - done < SPIRAL_LANES ? (int)(count - done) : SPIRAL_LANES;
        for (int l = 0; l < SPIRAL_LANES; l++) {
            stream[l] = first + done + (uint64_t)(l < live ? l : 0);
            plans[l] = spiral_plan_of_run(plan, stream[l]);
        }

        if (start == NULL)
            spiral_batch_start(batch, plans, seed, stream);
        else
            spiral_snapshot_resume(start->snapshot, batch, plan, seed, stream);
        run_batch(batch, live, &observer, collector);

        for (int l = 0; l < live; l++) {
            union spiral_outcome outcome = spiral_outcome_of(&observer, batch, l);
            if (start != NULL)
                add_earlier_onsets(&outcome, plan, start);
            spiral_tally_add(collector->tally, stream[l], &outcome);
            collector->hash += spiral_batch_hash(batch, l);
            if (collector->each_run != NULL)
                collector->each_run(collector->context, stream[l], &outcome);
        }
    }
}

void spiral_ensemble_run(struct spiral_batch *batch, const struct spiral_plan *plan, uint64_t seed,
                         uint64_t first, uint64_t count, struct spiral_collector *collector)
{
    run_streams(batch, plan, NULL, seed, first, count, collector);
    if (collector->fan != NULL)
        spiral_fan_settle(collector->fan);
}

void spiral_ensemble_run_from(struct spiral_batch *batch, const struct spiral_plan *plan,
                              const struct spiral_ensemble_start *start, uint64_t seed,
                              uint64_t first, uint64_t count, struct spiral_collector *collector)
{
    run_streams(batch, plan, start, seed, first, count, collector);
}

void spiral_ensemble_run_lanes(struct spiral_batch *batch,
                               const struct spiral_plan *const plan[SPIRAL_LANES], uint64_t seed,
                               const uint64_t stream[SPIRAL_LANES], int live,
                               union spiral_outcome outcomes[SPIRAL_LANES])
{
    struct spiral_outcome_observer observer;
    spiral_batch_start(batch, plan, seed, stream);
    run_batch(batch, live, &observer, NULL);
    for (int l = 0; l < live; l++)
        outcomes[l] = spiral_outcome_of(&observer, batch, l);
}
