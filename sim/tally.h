/* SPDX-License-Identifier: MIT
 *
 * A tally: the outcomes of many runs, counted and summed. All its numbers are integers (sums are
 * kept in fixed point), so adding runs and merging tallies give the same bits in any order:
 * how they are spread over batches, threads and machines does not matter.
 */
#ifndef SPIRAL_TALLY_H
#define SPIRAL_TALLY_H

#include "sim/intervals.h"
#include "sim/outcome.h"
#include "sim/tally_units.h"

/* Wide enough for any number of runs' squares. */
__extension__ typedef __int128 spiral_wide;

/* All counts are of runs. */
struct spiral_tally {
    uint64_t runs;
    /* sums over runs of each outcome (dates: years after the start, over the runs that have one)
     * and of its square */
    spiral_wide sum[SPIRAL_OUTCOMES];
    spiral_wide square[SPIRAL_OUTCOMES];
    long steps;
    double start;
    double dt;
    /* [steps + 1]: runs whose first war, or first force, came with this number of steps done */
    uint64_t *war_by_step;
    uint64_t *force_by_step;
    /* predicted hostility: [steps done * 5 + level - 1] runs at this level of the worst pair,
     * from 1 step done on */
    uint64_t *ladder;
    /* [year * rivals * 5 ...]: runs whose highest level in this calendar year, with this rival,
     * was level */
    int first_year;
    int years;
    int rivals;
    uint64_t *year_highest;
    /* by set of constants, where runs are spread over a posterior (sets > 0): the runs, and those
     * whose first war, or first force, came in this calendar year, [set * years + year] */
    size_t sets;
    uint64_t *set_runs;
    uint64_t *set_wars;
    uint64_t *set_forces;
};

/* An empty tally for runs of this plan. *tally is NULL after SPIRAL_NO_MEMORY. The caller destroys
 * it. */
enum spiral_status spiral_tally_create(struct spiral_tally **tally, const struct spiral_plan *plan);

/* Frees a tally; NULL is legal. */
void spiral_tally_destroy(struct spiral_tally *tally);

/* Adds the outcomes of one run; `run` is its index, which tells its set of constants. */
void spiral_tally_add(struct spiral_tally *tally, uint64_t run,
                      const union spiral_outcome *outcome);

/* Counts one run by the steps that it had done at its first war and at its first force, -1
 * for none: a part of spiral_tally_add(), for who sums the outcomes itself. */
void spiral_tally_add_onsets(struct spiral_tally *tally, uint64_t run, long war, long force);

/* Adds all of `from` to `into`; both must come from plans of the same steps and sets. */
void spiral_tally_merge(struct spiral_tally *into, const struct spiral_tally *from);

/* The mean and the standard deviation (of the population of runs) of an outcome, 0 where there
 * are no runs. */
double spiral_tally_mean(const struct spiral_tally *tally, enum spiral_outcome_name outcome);
double spiral_tally_deviation(const struct spiral_tally *tally, enum spiral_outcome_name outcome);

/* Steps done at a date, to the nearest, within 0 .. steps; and at the first instant after the
 * i-th calendar year of the run. */
long spiral_tally_steps_at(const struct spiral_tally *tally, double date);
long spiral_tally_steps_at_year_end(const struct spiral_tally *tally, int year);

/* Runs with war (force) within the first `steps` steps. */
uint64_t spiral_tally_wars(const struct spiral_tally *tally, long steps);
uint64_t spiral_tally_forces(const struct spiral_tally *tally, long steps);

/* The 90 % interval of the risk of war (force) by the end of the i-th calendar year over the sets of
 * constants: spiral_constants_interval(). False where runs are not spread over a posterior, or
 * have too few runs a set to tell. */
bool spiral_tally_war_by_constants(const struct spiral_tally *tally, int year,
                                   struct spiral_interval *interval);
bool spiral_tally_force_by_constants(const struct spiral_tally *tally, int year,
                                     struct spiral_interval *interval);

/* The first step count by which a share of those runs that have war (force) at all had it, or -1
 * where none has: .5 for the median. */
long spiral_tally_war_quantile(const struct spiral_tally *tally, double share);
long spiral_tally_force_quantile(const struct spiral_tally *tally, double share);

#endif
