/* SPDX-License-Identifier: MIT */
#include "tools/stylised/parts.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sim/ensemble.h"
#include "sim/intervals.h"
#include "tools/farm/farm.h"

const char *const spiral_case_names[SPIRAL_CASES] = {"ukraine", "finland", "singapore", "georgia",
                                                     "baltics"};

double spiral_risk_share(struct spiral_risk risk)
{
    return risk.runs > 0 ? (double)risk.events / (double)risk.runs : 0.0;
}

void spiral_fact_add(struct spiral_fact *fact, const char *name, double figure, double error_low,
                     double error_high, double low, double high)
{
    struct spiral_fact_part *part = &fact->part[fact->parts++];

    snprintf(part->name, sizeof part->name, "%s", name);
    part->figure = figure;
    part->error_low = error_low;
    part->error_high = error_high;
    part->low = low;
    part->high = high;
    fact->holds = fact->holds && figure >= low && figure <= high;
}

void spiral_fact_add_risk(struct spiral_fact *fact, const char *name, struct spiral_risk risk,
                          double low, double high)
{
    const struct spiral_interval wilson = spiral_wilson(risk.events, risk.runs);
    spiral_fact_add(fact, name, spiral_risk_share(risk), wilson.low, wilson.high, low, high);
}

enum spiral_status spiral_fact_run(struct spiral_tally **tally,
                                   const struct spiral_scenario *scenario,
                                   const struct spiral_facts_setup *setup,
                                   const struct spiral_plan_options *options, uint64_t runs,
                                   bool ladder, struct spiral_error *error)
{
    struct spiral_plan *plan;
    struct spiral_collector collector;

    *tally = NULL;

    enum spiral_status status =
        spiral_plan_create(&plan, scenario, &setup->constants, options, error);

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

enum spiral_status spiral_fact_war(struct spiral_risk *risk, const struct spiral_scenario *scenario,
                                   const struct spiral_facts_setup *setup,
                                   const struct spiral_plan_options *options, uint64_t runs,
                                   struct spiral_error *error)
{
    struct spiral_tally *tally;
    const enum spiral_status status =
        spiral_fact_run(&tally, scenario, setup, options, runs, false, error);

    if (status != SPIRAL_OK)
        return status;
    risk->events += spiral_tally_wars(tally, tally->steps);
    risk->runs += tally->runs;
    spiral_tally_destroy(tally);

    return SPIRAL_OK;
}

/* --- measuring and judging -------------------------------------------------------------------- */

enum spiral_status spiral_fact_measure(struct spiral_fact *fact, enum spiral_fact_id id,
                                       const struct spiral_facts_setup *setup,
                                       struct spiral_error *error)
{
    static const struct {
        const char *id, *text;
    } facts[SPIRAL_FACTS] = {
#define SPIRAL_FACT_ENTRY(name, words) [SPIRAL_FACT_##name] = {.id = #name, .text = words},
        SPIRAL_FACT_TABLE(SPIRAL_FACT_ENTRY)
#undef SPIRAL_FACT_ENTRY
    };
    static const spiral_measure measures[SPIRAL_FACTS] = {
        spiral_measure_quadrants,       spiral_measure_ukraine,        spiral_measure_quiet_cases,
        spiral_measure_georgia_baltics, spiral_measure_counterfactual, spiral_measure_limbo,
        spiral_measure_rival,           spiral_measure_diversified,    spiral_measure_identity,
        spiral_measure_illusion,        spiral_measure_richardson,     spiral_measure_base_rates,
        spiral_measure_convergence,     spiral_measure_worlds,         spiral_measure_seekers,
        spiral_measure_reference,
    };

    memset(fact, 0, sizeof *fact);
    fact->id = facts[id].id;
    fact->text = facts[id].text;
    fact->holds = true;

    return measures[id](fact, setup, error);
}

static double logit(double p)
{
    const double inside = p < 0.0005 ? 0.0005 : p > 0.9995 ? 0.9995 : p;
    return log(inside / (1.0 - inside));
}

double spiral_fact_loss(const struct spiral_fact *fact)
{
    double loss = 0.0;

    for (int i = 0; i < fact->parts; i++) {
        const struct spiral_fact_part *part = &fact->part[i];
        const bool share = part->low >= 0.0 && part->high <= 1.0;
        double out = part->figure < part->low    ? part->low - part->figure
                     : part->figure > part->high ? part->figure - part->high
                                                 : 0.0;

        if (share && out > 0.0)
            out = fabs(logit(part->figure) -
                       logit(part->figure < part->low ? part->low : part->high));
        loss += out * out;
    }

    return loss;
}
