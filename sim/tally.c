/* SPDX-License-Identifier: MIT */
#include "sim/tally.h"

#include <stdlib.h>

#include "sim/algebra.h"

/* Counts by set of constants; false where there is no memory. */
static bool create_sets(struct spiral_tally *tally, size_t sets)
{
    tally->sets = sets;
    if (sets == 0)
        return true;

    tally->set_runs = calloc(sets, sizeof(uint64_t));
    tally->set_wars = calloc(sets * (size_t)tally->years, sizeof(uint64_t));
    tally->set_forces = calloc(sets * (size_t)tally->years, sizeof(uint64_t));

    return tally->set_runs != NULL && tally->set_wars != NULL && tally->set_forces != NULL;
}

enum spiral_status spiral_tally_create(struct spiral_tally **tally_out,
                                       const struct spiral_plan *plan)
{
    struct spiral_tally *tally = calloc(1, sizeof *tally);

    *tally_out = NULL;
    if (tally == NULL)
        return SPIRAL_NO_MEMORY;
    tally->steps = plan->steps;
    tally->start = plan->start;
    tally->dt = plan->dt;
    tally->rivals = plan->layout.count[SPIRAL_OF_RIVAL];
    tally->first_year = (int)(plan->start + 1e-6);
    tally->years = (int)(spiral_plan_date(plan, plan->steps) - 1e-6) - tally->first_year + 1;

    size_t steps = (size_t)plan->steps + 1;

    tally->war_by_step = calloc(steps, sizeof(uint64_t));
    tally->force_by_step = calloc(steps, sizeof(uint64_t));
    tally->ladder = calloc(steps * 5, sizeof(uint64_t));
    tally->year_highest = calloc((size_t)(tally->years * tally->rivals) * 5, sizeof(uint64_t));

    if (tally->war_by_step == NULL || tally->force_by_step == NULL || tally->ladder == NULL ||
        tally->year_highest == NULL || !create_sets(tally, plan->set_count)) {
        spiral_tally_destroy(tally);
        return SPIRAL_NO_MEMORY;
    }

    *tally_out = tally;

    return SPIRAL_OK;
}

void spiral_tally_destroy(struct spiral_tally *tally)
{
    if (tally == NULL)
        return;
    free(tally->war_by_step);
    free(tally->force_by_step);
    free(tally->ladder);
    free(tally->year_highest);
    free(tally->set_runs);
    free(tally->set_wars);
    free(tally->set_forces);
    free(tally);
}

long spiral_tally_steps_at(const struct spiral_tally *tally, double date)
{
    const long steps = (long)((date - tally->start) / tally->dt + 0.5);
    return steps < 0 ? 0 : steps > tally->steps ? tally->steps : steps;
}

long spiral_tally_steps_at_year_end(const struct spiral_tally *tally, int year)
{
    return spiral_tally_steps_at(tally, tally->first_year + year + 1);
}

/* The calendar year, by index, at whose end this number of steps has been done. */
static size_t year_of_steps(const struct spiral_tally *tally, long steps)
{
    int year = 0;
    while (year < tally->years - 1 && spiral_tally_steps_at_year_end(tally, year) < steps)
        year++;
    return (size_t)year;
}

/* Counts a run that had its first war (force) after this number of steps. */
static void count_onset(const struct spiral_tally *tally, uint64_t run, long steps,
                        uint64_t *by_step, uint64_t *by_set)
{
    by_step[steps]++;
    if (tally->sets > 0)
        by_set[run % tally->sets * (size_t)tally->years + year_of_steps(tally, steps)]++;
}

void spiral_tally_add_onsets(struct spiral_tally *tally, uint64_t run, long war, long force)
{
    tally->runs++;
    if (tally->sets > 0)
        tally->set_runs[run % tally->sets]++;
    if (war >= 0)
        count_onset(tally, run, war, tally->war_by_step, tally->set_wars);
    if (force >= 0)
        count_onset(tally, run, force, tally->force_by_step, tally->set_forces);
}

void spiral_tally_add(struct spiral_tally *tally, uint64_t run, const union spiral_outcome *outcome)
{
    spiral_tally_add_onsets(
        tally, run, outcome->war > 0.0 ? spiral_tally_steps_at(tally, outcome->war_date) : -1,
        outcome->force > 0.0 ? spiral_tally_steps_at(tally, outcome->force_date) : -1);

    for (int i = 0; i < SPIRAL_OUTCOMES; i++) {
        const double value = outcome->value[i];

        if (!counts_in_sum(value))
            continue;

        const int64_t units = units_in_sum(i, value, tally->start);
        tally->sum[i] += units;
        tally->square[i] += (spiral_wide)units * units;
    }
}

void spiral_tally_merge(struct spiral_tally *into, const struct spiral_tally *from)
{
    into->runs += from->runs;

    for (int i = 0; i < SPIRAL_OUTCOMES; i++) {
        into->sum[i] += from->sum[i];
        into->square[i] += from->square[i];
    }

    for (long step = 0; step <= into->steps; step++) {
        into->war_by_step[step] += from->war_by_step[step];
        into->force_by_step[step] += from->force_by_step[step];
    }

    for (long i = 0; i < (into->steps + 1) * 5; i++)
        into->ladder[i] += from->ladder[i];
    for (int i = 0; i < into->years * into->rivals * 5; i++)
        into->year_highest[i] += from->year_highest[i];
    for (size_t s = 0; s < into->sets; s++)
        into->set_runs[s] += from->set_runs[s];

    for (size_t i = 0; i < into->sets * (size_t)into->years; i++) {
        into->set_wars[i] += from->set_wars[i];
        into->set_forces[i] += from->set_forces[i];
    }
}

/* Of the runs that count for an outcome: those that have a date, for the dates; all, for the
 * rest. */
static double runs_counted(const struct spiral_tally *tally, enum spiral_outcome_name outcome)
{
    if (outcome == SPIRAL_OUTCOME_war_date)
        return (double)spiral_tally_wars(tally, tally->steps);
    if (outcome == SPIRAL_OUTCOME_force_date)
        return (double)spiral_tally_forces(tally, tally->steps);
    return (double)tally->runs;
}

double spiral_tally_mean(const struct spiral_tally *tally, enum spiral_outcome_name outcome)
{
    double runs = runs_counted(tally, outcome);
    return runs > 0.0 ? (double)tally->sum[outcome] / SPIRAL_TALLY_UNIT / runs : 0.0;
}

double spiral_tally_deviation(const struct spiral_tally *tally, enum spiral_outcome_name outcome)
{
    double runs = runs_counted(tally, outcome);

    if (runs <= 0.0)
        return 0.0;
    double mean = (double)tally->sum[outcome] / SPIRAL_TALLY_UNIT / runs;
    double square = (double)tally->square[outcome] / (SPIRAL_TALLY_UNIT * SPIRAL_TALLY_UNIT) / runs;
    double variance = square - mean * mean;

    return variance > 0.0 ? __builtin_sqrt(variance) : 0.0;
}

static uint64_t sum_to(const uint64_t *by_step, long steps)
{
    uint64_t sum = 0;
    for (long step = 0; step <= steps; step++)
        sum += by_step[step];
    return sum;
}

uint64_t spiral_tally_wars(const struct spiral_tally *tally, long steps)
{
    return sum_to(tally->war_by_step, steps);
}
uint64_t spiral_tally_forces(const struct spiral_tally *tally, long steps)
{
    return sum_to(tally->force_by_step, steps);
}

static bool find_by_constants(const struct spiral_tally *tally, const uint64_t *by_year, int year,
                              struct spiral_interval *interval)
{
    struct spiral_set_variance variance = {.lowest = 0.0};

    for (size_t s = 0; s < tally->sets; s++) {
        uint64_t events = 0;
        for (int i = 0; i <= year; i++)
            events += by_year[s * (size_t)tally->years + (size_t)i];

        spiral_set_variance_add(&variance, tally->set_runs[s], events, 0);
    }

    return spiral_constants_interval(&variance, interval);
}

bool spiral_tally_war_by_constants(const struct spiral_tally *tally, int year,
                                   struct spiral_interval *interval)
{
    return find_by_constants(tally, tally->set_wars, year, interval);
}

bool spiral_tally_force_by_constants(const struct spiral_tally *tally, int year,
                                     struct spiral_interval *interval)
{
    return find_by_constants(tally, tally->set_forces, year, interval);
}

static long quantile_of_steps(const uint64_t *by_step, long steps, double share)
{
    const double total = (double)sum_to(by_step, steps);
    uint64_t sum = 0;

    if (total <= 0.0)
        return -1;

    for (long step = 0; step <= steps; step++) {
        sum += by_step[step];
        if ((double)sum >= share * total)
            return step;
    }

    return steps;
}

long spiral_tally_war_quantile(const struct spiral_tally *tally, double share)
{
    return quantile_of_steps(tally->war_by_step, tally->steps, share);
}
long spiral_tally_force_quantile(const struct spiral_tally *tally, double share)
{
    return quantile_of_steps(tally->force_by_step, tally->steps, share);
}
