/* SPDX-License-Identifier: MIT
 *
 * S2 to S5: the cases as they were, and Ukraine as it was not.
 */
#include <math.h>
#include <stdio.h>

#include "sim/intervals.h"
#include "tools/result/branch.h"
#include "tools/stylised/parts.h"

static enum spiral_status run_case(struct spiral_tally **tally,
                                   const struct spiral_stylised_setup *setup,
                                   enum spiral_stylised_case which, struct spiral_error *error)
{
    const struct spiral_plan_options options = spiral_plan_options_defaults();
    return spiral_stylised_run(tally, &setup->cases[which], setup, &options, setup->runs, true,
                               error);
}

/* Runs at level 4 or 5 in a calendar year. Force lasts months to years, so that the larger of
 * two years counts for both: a lower bound. */
static uint64_t force_in(const struct spiral_tally *tally, int year)
{
    const uint64_t *level = &tally->year_highest[(year - tally->first_year) * tally->rivals * 5];
    return level[3] + level[4];
}

static struct spiral_risk force_within(const struct spiral_tally *tally, int first, int second)
{
    const uint64_t one = force_in(tally, first);
    const uint64_t two = force_in(tally, second);

    return (struct spiral_risk){one > two ? one : two, tally->runs};
}

/* First uses of force a year of peace, from one number of steps to another, where `forces` runs
 * had one by the first. */
static double rate_between(const struct spiral_tally *tally, uint64_t forces, long from, long to)
{
    double years = 0.0;
    double events = 0.0;
    double left = (double)(tally->runs - forces);

    for (long step = from + 1; step <= to; step++) {
        const double now = (double)tally->force_by_step[step];
        years += left * tally->dt;
        events += now;
        left -= now;
    }
    return years > 0.0 ? (events + 0.5) / years : INFINITY;
}

/* How often force comes before a date against how often it does after it, in the same runs. The
 * pair's own later risk is the measure: what any pair has is in the base rates. */
static void add_earlier_rate(struct spiral_stylised_fact *fact, const struct spiral_tally *tally,
                             double date, double high)
{
    const long turn = spiral_tally_steps_at(tally, date);
    const uint64_t before = spiral_tally_forces(tally, turn);
    const double later = rate_between(tally, before, turn, tally->steps);
    const double ratio = rate_between(tally, 0, 0, turn) / later;
    const double error = 1.96 / sqrt((double)before + 1.0);
    char name[48];
    snprintf(name, sizeof name, "rate of force before %.0f over the later", date);
    spiral_stylised_add(fact, name, ratio, ratio * (1.0 - error), ratio * (1.0 + error), 0.0, high);
}

enum spiral_status spiral_stylised_measure_ukraine(struct spiral_stylised_fact *fact,
                                                   const struct spiral_stylised_setup *setup,
                                                   struct spiral_error *error)
{
    struct spiral_tally *tally;
    const enum spiral_status status = run_case(&tally, setup, SPIRAL_STYLISED_UKRAINE, error);

    if (status != SPIRAL_OK)
        return status;
    spiral_stylised_add_risk(fact, "war by 2022-12",
                             (struct spiral_risk){spiral_tally_wars(tally, tally->steps),
                                                  tally->runs},
                             0.5, 0.9);
    spiral_stylised_add_risk(fact, "force in 2014-15", force_within(tally, 2014, 2015), 0.4, 0.8);
    add_earlier_rate(fact, tally, 2013.0, 0.5);
    spiral_tally_destroy(tally);

    return SPIRAL_OK;
}

/* Share of runs at level 2 or above in a calendar year. */
static double tension_in(const struct spiral_tally *tally, int year)
{
    const uint64_t *level = &tally->year_highest[(year - tally->first_year) * tally->rivals * 5];
    return (double)(level[1] + level[2] + level[3] + level[4]) / (double)tally->runs;
}

/* The tension of a year above that of calm ones. The error is that of independent years. */
static void add_tension(struct spiral_stylised_fact *fact, const char *name,
                        const struct spiral_tally *tally, int year)
{
    const double calm[2] = {tension_in(tally, 1957), tension_in(tally, 1970)};
    const double tense = tension_in(tally, year);
    const double variance =
        tense * (1.0 - tense) + 0.25 * calm[0] * (1.0 - calm[0]) + 0.25 * calm[1] * (1.0 - calm[1]);

    spiral_stylised_add_estimate(fact, name, tense - 0.5 * (calm[0] + calm[1]),
                                 sqrt(variance / (double)tally->runs), 0.02, 1.0);
}

enum spiral_status spiral_stylised_measure_quiet_cases(struct spiral_stylised_fact *fact,
                                                       const struct spiral_stylised_setup *setup,
                                                       struct spiral_error *error)
{
    struct spiral_tally *tally;
    enum spiral_status status = run_case(&tally, setup, SPIRAL_STYLISED_FINLAND, error);

    if (status != SPIRAL_OK)
        return status;
    spiral_stylised_add_risk(
        fact, "Finland: war 1948-2021",
        (struct spiral_risk){spiral_tally_wars(tally, spiral_tally_steps_at(tally, 2022.0)),
                             tally->runs},
        0.0, 0.05);

    add_tension(fact, "Finland: tension 1958-59 over calm", tally, 1959);
    add_tension(fact, "Finland: tension 1961-62 over calm", tally, 1962);
    spiral_tally_destroy(tally);
    status = run_case(&tally, setup, SPIRAL_STYLISED_SINGAPORE, error);
    if (status != SPIRAL_OK)
        return status;
    spiral_stylised_add_risk(fact, "Singapore: war",
                             (struct spiral_risk){spiral_tally_wars(tally, tally->steps),
                                                  tally->runs},
                             0.0, 0.02);
    spiral_tally_destroy(tally);

    return SPIRAL_OK;
}

enum spiral_status spiral_stylised_measure_georgia_baltics(
    struct spiral_stylised_fact *fact, const struct spiral_stylised_setup *setup,
    struct spiral_error *error)
{
    struct spiral_tally *tally;
    enum spiral_status status = run_case(&tally, setup, SPIRAL_STYLISED_GEORGIA, error);

    if (status != SPIRAL_OK)
        return status;
    spiral_stylised_add_risk(
        fact, "Georgia: force by 2009",
        (struct spiral_risk){spiral_tally_forces(tally, spiral_tally_steps_at(tally, 2010.0)),
                             tally->runs},
        0.6, 1.0);
    spiral_tally_destroy(tally);
    status = run_case(&tally, setup, SPIRAL_STYLISED_BALTICS, error);
    if (status != SPIRAL_OK)
        return status;
    spiral_stylised_add_risk(fact, "Baltic states: war",
                             (struct spiral_risk){spiral_tally_wars(tally, tally->steps),
                                                  tally->runs},
                             0.0, 0.05);
    spiral_tally_destroy(tally);

    return SPIRAL_OK;
}

/* The fall of the risk of war by a branch to limited balance at a date, over paired runs. */
static enum spiral_status branch_effect(const struct spiral_stylised_setup *setup, double date,
                                        struct spiral_branch_effect *effect,
                                        struct spiral_error *error)
{
    const struct spiral_scenario *ukraine = &setup->cases[SPIRAL_STYLISED_UKRAINE];
    struct spiral_branch branch = {.state = ukraine->small, .date = date};

    snprintf(branch.doctrine, sizeof branch.doctrine, "limited_balance");
    struct spiral_plan_options options = spiral_plan_options_defaults();
    options.dt = spiral_stylised_step(ukraine, setup);

    return spiral_branch_compare(effect, ukraine, &branch, &setup->constants, &options, setup->seed,
                                 setup->runs / 2, setup->threads, false, error);
}

enum spiral_status spiral_stylised_measure_counterfactual(struct spiral_stylised_fact *fact,
                                                          const struct spiral_stylised_setup *setup,
                                                          struct spiral_error *error)
{
    static const double dates[] = {1994.0, 2004.0, 2010.0, 2014.0};
    double earlier = -1.0;
    double earlier_half = 0.0;

    for (size_t i = 0; i < sizeof dates / sizeof *dates; i++) {
        struct spiral_branch_effect effect;
        char name[40];
        const enum spiral_status status = branch_effect(setup, dates[i], &effect, error);
        if (status != SPIRAL_OK)
            return status;

        const double difference = effect.difference;
        const struct spiral_interval interval = effect.interval;
        spiral_branch_effect_clear(&effect);
        snprintf(name, sizeof name, "change of risk, from %.0f", dates[i]);
        spiral_stylised_add(fact, name, difference, interval.low, interval.high, -1.0, -0.0001);
        fact->holds = fact->holds && interval.high < 0.0;

        if (i > 0) {
            snprintf(name, sizeof name, "%.0f against %.0f", dates[i], dates[i - 1]);
            const double half =
                hypot(earlier_half, 0.5 * (interval.high - interval.low)); /* as if independent */
            spiral_stylised_add(fact, name, difference - earlier, difference - earlier - half,
                                difference - earlier + half, -0.01, 2.0);
        }

        earlier = difference;
        earlier_half = 0.5 * (interval.high - interval.low);
    }

    return SPIRAL_OK;
}
