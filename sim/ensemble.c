/* SPDX-License-Identifier: MIT */
#include "sim/ensemble.h"

#include <string.h>

#include "sim/algebra.h"
#include "sim/step.h"

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

    for (int l = 0; l < live; l++) {
        double worst = 1.0;
        for (int q = 0; q < tally->rivals; q++) {
            worst = spiral_max(worst, state->hostility[q][l]);
            watch->highest[q][l] = spiral_max(watch->highest[q][l], state->hostility[q][l]);
        }

        tally->ladder[batch->step * 5 + (int)worst - 1]++;
    }

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
