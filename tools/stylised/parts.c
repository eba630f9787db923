/* SPDX-License-Identifier: MIT */
#include "tools/stylised/parts.h"

#include <math.h>
#include <stdio.h>

#include "sim/ensemble.h"
#include "sim/intervals.h"
#include "tools/farm/farm.h"

const char *const spiral_stylised_case_names[SPIRAL_STYLISED_CASES] = {"ukraine", "finland",
                                                                       "singapore", "georgia",
                                                                       "baltics"};

double spiral_risk_share(struct spiral_risk risk)
{
    return risk.runs > 0 ? (double)risk.events / (double)risk.runs : 0.0;
}

void spiral_stylised_add(struct spiral_stylised_fact *fact, const char *name, double value,
                         double error_low, double error_high, double low, double high)
{
    struct spiral_stylised_criterion *criterion = &fact->criteria[fact->criterion_count++];

    snprintf(criterion->name, sizeof criterion->name, "%s", name);
    criterion->value = value;
    criterion->error_low = error_low;
    criterion->error_high = error_high;
    criterion->low = low;
    criterion->high = high;
    fact->holds = fact->holds && value >= low && value <= high;
}

void spiral_stylised_add_risk(struct spiral_stylised_fact *fact, const char *name,
                              struct spiral_risk risk, double low, double high)
{
    const struct spiral_interval wilson = spiral_wilson(risk.events, risk.runs);
    spiral_stylised_add(fact, name, spiral_risk_share(risk), wilson.low, wilson.high, low, high);
}

void spiral_stylised_add_estimate(struct spiral_stylised_fact *fact, const char *name, double value,
                                  double standard_error, double low, double high)
{
    const double half = 1.96 * standard_error;
    spiral_stylised_add(fact, name, value, value - half, value + half, low, high);
}

/* The variance of a share of runs. */
static double share_variance(struct spiral_risk risk)
{
    const double share = spiral_risk_share(risk);
    return risk.runs > 0 ? share * (1.0 - share) / (double)risk.runs : 0.0;
}

void spiral_stylised_add_difference(struct spiral_stylised_fact *fact, const char *name,
                                    struct spiral_risk first, struct spiral_risk second, double low,
                                    double high)
{
    spiral_stylised_add_estimate(fact, name, spiral_risk_share(first) - spiral_risk_share(second),
                                 sqrt(share_variance(first) + share_variance(second)), low, high);
}

void spiral_stylised_add_ratio(struct spiral_stylised_fact *fact, const char *name,
                               struct spiral_risk first, struct spiral_risk second, double low,
                               double high)
{
    const double share = spiral_risk_share(first);
    const double other = ((double)second.events + 0.5) / ((double)second.runs + 1.0);
    const double ratio = share / other;
    const double events = (double)first.events + 0.5;
    const double error =
        sqrt((1.0 - share) / events + (1.0 - other) / ((double)second.events + 0.5));

    spiral_stylised_add(fact, name, ratio, ratio * exp(-1.96 * error), ratio * exp(1.96 * error),
                        low, high);
}

double spiral_stylised_step(const struct spiral_scenario *scenario,
                            const struct spiral_stylised_setup *setup)
{
    for (int thirds = 3; thirds > 0 && setup->dt > 0.0; thirds--) {
        const double dt = setup->dt * thirds / 3.0;
        const double steps = (scenario->end - scenario->start) / dt;
        if (fabs(steps - floor(steps + 0.5)) < 1e-6)
            return dt;
    }
    return 0.0;
}

enum spiral_status spiral_stylised_run(struct spiral_tally **tally,
                                       const struct spiral_scenario *scenario,
                                       const struct spiral_stylised_setup *setup,
                                       const struct spiral_plan_options *options, uint64_t runs,
                                       bool ladder, struct spiral_error *error)
{
    struct spiral_plan_options stepped = *options;
    struct spiral_plan *plan;
    struct spiral_collector collector;

    *tally = NULL;
    if (stepped.dt <= 0.0)
        stepped.dt = spiral_stylised_step(scenario, setup);

    enum spiral_status status =
        spiral_plan_create(&plan, scenario, &setup->constants, &stepped, error);

    if (status != SPIRAL_OK)
        return status;
    status = spiral_collector_init(&collector, plan, false, ladder);
    if (status == SPIRAL_OK)
        status = spiral_farm_run(plan, setup->seed, 0, runs, setup->threads, &collector, error);

    if (status == SPIRAL_OK) {
        *tally = collector.tally;
        collector.tally = NULL;
    } else if (status == SPIRAL_NO_MEMORY)
        spiral_error_set(error, status, "no memory for the ensemble of %s", scenario->name);
    spiral_collector_clear(&collector);
    spiral_plan_destroy(plan);

    return status;
}

enum spiral_status spiral_stylised_war_risk(struct spiral_risk *risk,
                                            const struct spiral_scenario *scenario,
                                            const struct spiral_stylised_setup *setup,
                                            const struct spiral_plan_options *options,
                                            uint64_t runs, struct spiral_error *error)
{
    struct spiral_tally *tally;
    const enum spiral_status status =
        spiral_stylised_run(&tally, scenario, setup, options, runs, false, error);

    if (status != SPIRAL_OK)
        return status;
    risk->events += spiral_tally_wars(tally, tally->steps);
    risk->runs += tally->runs;
    spiral_tally_destroy(tally);

    return SPIRAL_OK;
}
