/* SPDX-License-Identifier: MIT
 *
 * S17: arms races and force, counted in the model's runs as the record is counted: a pair is in an
 * arms race where the arms of both have grown by 8 % or more in each of three years in succession
 * (Gibler, Rider and Hutchison 2005; Sample 1997).
 */
#include <math.h>
#include <stdlib.h>

#include "sim/step.h"
#include "tools/farm/farm.h"
#include "tools/stylised/parts.h"

/* Years of growth that make a race; years in which force is looked for after one. */
enum { RACE_YEARS = 3, OUTLOOK = 5, MOST_YEARS = 40 };
static const double least_growth = 0.08;

/* Two security seekers, between calm and fear: three offers of reassurance by three advantages of
 * offence, as in S15, armed as far as they fear each other. Whether a pair comes to an arms race is
 * then left to the run. */
enum { PAIRS = 9 };
static const double all_reassure[] = {0.2, 0.5, 0.8};
static const double all_offence[] = {0.1, 0.5, 0.9};
static const double identity = 0.6;
static const double fear = 0.2;

/* What a run's years show: those that end in a race and those that do not, of the years without
 * force, and how many of either have force within the outlook. */
struct years {
    double races;
    double forces_after_races;
    double others;
    double forces_after_others;
};

/* What the threads share. */
struct job {
    struct spiral_plan *plans[PAIRS];
    uint64_t seed;
    uint64_t runs;       /* of each pair */
    uint64_t parts;      /* of each pair: a batch each */
    struct years *years; /* [pair * runs + run] */
};

/* A run as it is seen once a year. */
struct history {
    double arms[2][MOST_YEARS + 1];
    bool forced[MOST_YEARS + 1]; /* at the moment */
    bool force[MOST_YEARS + 1];  /* at some time in the year that ends here */
};

static bool ends_race(const struct history *history, int year)
{
    bool race = year >= RACE_YEARS;

    for (int back = 0; back < RACE_YEARS && race; back++)
        for (int side = 0; side < 2; side++) {
            const double before = history->arms[side][year - back - 1];
            race = race && history->arms[side][year - back] >= (1.0 + least_growth) * before;
        }

    return race;
}

static struct years count_years(const struct history *history, int years)
{
    struct years count = {.races = 0.0};

    for (int year = RACE_YEARS; year + OUTLOOK <= years; year++) {
        bool force = false;

        if (history->forced[year])
            continue;
        for (int ahead = 1; ahead <= OUTLOOK; ahead++)
            force = force || history->force[year + ahead];

        if (ends_race(history, year)) {
            count.races += 1.0;
            count.forces_after_races += force;
        } else {
            count.others += 1.0;
            count.forces_after_others += force;
        }
    }

    return count;
}

/* Runs a batch of a pair's runs from year to year. */
static enum spiral_status run_part(void *context, struct spiral_batch *batch, uint64_t part)
{
    const struct job *job = context;
    const size_t pair = (size_t)(part / job->parts);
    const uint64_t first = part % job->parts * SPIRAL_LANES;
    const struct spiral_plan *plan = job->plans[pair];
    const long steps_of_year = (long)(1.0 / plan->dt + 0.5);
    const long all_years = plan->steps / steps_of_year;
    const int years = all_years < MOST_YEARS ? (int)all_years : MOST_YEARS;
    const struct spiral_plan *plans[SPIRAL_LANES];
    uint64_t stream[SPIRAL_LANES];
    struct history *history = calloc(SPIRAL_LANES, sizeof *history);

    if (history == NULL)
        return SPIRAL_NO_MEMORY;

    for (int l = 0; l < SPIRAL_LANES; l++) {
        plans[l] = plan;
        stream[l] = first + (uint64_t)l;
    }

    spiral_batch_start(batch, plans, job->seed, stream);
    for (int year = 0; year <= years; year++) {
        for (long step = 0; step < steps_of_year && year > 0; step++) {
            spiral_step(batch);
            for (int l = 0; l < SPIRAL_LANES; l++)
                if (spiral_batch_state(batch)->hostility[0][l] >= 4.0)
                    history[l].force[year] = true;
        }

        for (int l = 0; l < SPIRAL_LANES; l++) {
            const struct spiral_lanes_state *state = spiral_batch_state(batch);
            history[l].arms[0][year] = state->arms[SPIRAL_TRIAD_S][l];
            history[l].arms[1][year] = state->arms[SPIRAL_TRIAD_N][l];
            history[l].forced[year] = state->hostility[0][l] >= 4.0;
        }
    }

    for (uint64_t l = 0; l < SPIRAL_LANES && first + l < job->runs; l++)
        job->years[pair * job->runs + first + l] = count_years(&history[l], years);
    free(history);

    return SPIRAL_OK;
}

static enum spiral_status make_plan(struct spiral_plan **plan, int pair,
                                    const struct spiral_stylised_setup *setup,
                                    struct spiral_error *error)
{
    struct spiral_plan_options options = spiral_plan_options_defaults();
    const struct spiral_constants *k = &setup->constants;
    const struct spiral_seekers seekers = {.reassure = all_reassure[pair / 3],
                                           .identity = identity,
                                           .offence = all_offence[pair % 3],
                                           .fear = fear,
                                           .arms = fmin(k->arms_base + 0.8 * k->arms_react * fear,
                                                        1.0)};
    struct spiral_scenario scenario;
    enum spiral_status status = spiral_seekers_init(&scenario, &seekers);

    if (status != SPIRAL_OK)
        return status;

    /* war is settled like any dispute: a pair has years after it */
    options.war_ends = true;
    options.dt = spiral_stylised_step(&scenario, setup);
    status = spiral_plan_create(plan, &scenario, k, &options, error);
    spiral_scenario_clear(&scenario);

    return status;
}

/* Adds up the runs. The years of a run are not independent of each other, so that the error of the
 * difference is that of a sum over runs, each with all of its years. */
static void add_criteria(struct spiral_stylised_fact *fact, const struct years *years, size_t runs)
{
    struct years sum = {.races = 0.0};
    double squares = 0.0;

    for (size_t run = 0; run < runs; run++) {
        sum.races += years[run].races;
        sum.forces_after_races += years[run].forces_after_races;
        sum.others += years[run].others;
        sum.forces_after_others += years[run].forces_after_others;
    }

    const double seen = sum.races + sum.others;
    const double after_races = sum.races > 0.0 ? sum.forces_after_races / sum.races : 0.0;
    const double after_others = sum.others > 0.0 ? sum.forces_after_others / sum.others : 0.0;

    for (size_t run = 0; run < runs && sum.races > 0.0 && sum.others > 0.0; run++) {
        const double own =
            (years[run].forces_after_races - after_races * years[run].races) / sum.races -
            (years[run].forces_after_others - after_others * years[run].others) / sum.others;
        squares += own * own;
    }

    const double share = seen > 0.0 ? sum.races / seen : 0.0;
    spiral_stylised_add(fact, "years that end an arms race, share", share, share, share, 0.0, 1.0);
    spiral_stylised_add(fact, "force within five years of a race", after_races, after_races,
                        after_races, 0.0, 1.0);
    spiral_stylised_add(fact, "force within five years of others", after_others, after_others,
                        after_others, 0.0, 1.0);
    spiral_stylised_add_estimate(fact, "raised by the race", after_races - after_others,
                                 sqrt(squares), 0.01, 1.0);
}

enum spiral_status spiral_stylised_measure_races(struct spiral_stylised_fact *fact,
                                                 const struct spiral_stylised_setup *setup,
                                                 struct spiral_error *error)
{
    struct job job = {.seed = setup->seed, .runs = setup->runs};
    const struct spiral_part part = {run_part, &job};
    enum spiral_status status = SPIRAL_OK;

    job.parts = (job.runs + SPIRAL_LANES - 1) / SPIRAL_LANES;
    job.years = calloc(PAIRS * job.runs + 1, sizeof *job.years);
    if (job.years == NULL)
        status = spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for the runs of S17");
    for (int pair = 0; pair < PAIRS && status == SPIRAL_OK; pair++)
        status = make_plan(&job.plans[pair], pair, setup, error);

    if (status == SPIRAL_OK)
        status =
            spiral_farm_run_parts(&part, PAIRS * job.parts, SPIRAL_LANES, setup->threads, error);
    if (status == SPIRAL_OK)
        add_criteria(fact, job.years, PAIRS * job.runs);

    for (int pair = 0; pair < PAIRS; pair++)
        spiral_plan_destroy(job.plans[pair]);
    free(job.years);

    return status;
}
