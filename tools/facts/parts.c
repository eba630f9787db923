/* SPDX-License-Identifier: MIT */
#include "tools/facts/parts.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sim/ensemble.h"
#include "tools/farm.h"
#include "sim/intervals.h"

const char *const spiral_case_names[SPIRAL_CASES] = {"ukraine", "finland", "singapore", "georgia", "baltics"};

double spiral_risk_share(struct spiral_risk risk)
{
    return risk.runs > 0 ? (double)risk.events / (double)risk.runs : 0.0;
}

void spiral_fact_add(struct spiral_fact *fact, const char *name, double figure, double error_low, double error_high, double low, double high)
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

void spiral_fact_add_risk(struct spiral_fact *fact, const char *name, struct spiral_risk risk, double low, double high)
{
    const struct spiral_interval wilson = spiral_wilson(risk.events, risk.runs);
    spiral_fact_add(fact, name, spiral_risk_share(risk), wilson.low, wilson.high, low, high);
}

enum spiral_status spiral_fact_run(struct spiral_tally **tally, const struct spiral_scenario *scenario, const struct spiral_facts_setup *setup,
                                   const struct spiral_plan_options *options, uint64_t runs, bool ladder, struct spiral_error *error)
{
    struct spiral_plan *plan;
    struct spiral_collector collector;
    *tally = NULL;
    enum spiral_status status = spiral_plan_create(&plan, scenario, &setup->constants, options, error);
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

enum spiral_status spiral_fact_war(struct spiral_risk *risk, const struct spiral_scenario *scenario, const struct spiral_facts_setup *setup,
                                   const struct spiral_plan_options *options, uint64_t runs, struct spiral_error *error)
{
    struct spiral_tally *tally;
    const enum spiral_status status = spiral_fact_run(&tally, scenario, setup, options, runs, false, error);
    if (status != SPIRAL_OK)
        return status;
    risk->events += spiral_tally_wars(tally, tally->steps);
    risk->runs += tally->runs;
    spiral_tally_destroy(tally);
    return SPIRAL_OK;
}

/* --- the stylised triad --------------------------------------------------------------------------------------------- */

static bool constant_series(struct spiral_series *series, double value)
{
    series->year = calloc(1, sizeof(double));
    series->value = calloc(1, sizeof(double));
    if (series->year == NULL || series->value == NULL)
        return false;
    series->value[0] = value;
    series->count = 1;
    return true;
}

static bool triad_state(struct spiral_scenario *scenario, const char *id, enum spiral_role role, double power, double greed, double nuclear,
                        const char *doctrine)
{
    struct spiral_state_facts *state = &scenario->states[scenario->state_count++];
    const struct spiral_doctrine *preset = spiral_doctrine_find(doctrine);
    snprintf(state->id, sizeof state->id, "%s", id);
    snprintf(state->doctrine_name, sizeof state->doctrine_name, "%s", doctrine);
    memcpy(state->doctrine, preset->number, sizeof preset->number);
    state->role = role;
    state->greed = greed;
    state->nuclear = nuclear;
    state->resolve = role == SPIRAL_OFFSHORE ? 0.75 : 0.6;
    state->arms = 0.25;
    return constant_series(&state->power, power);
}

static bool triad_pair(struct spiral_scenario *scenario, int first, int second, double reassurance, double threat)
{
    struct spiral_pair_facts *pair = &scenario->pairs[scenario->pair_count++];
    *pair = spiral_pair_facts_defaults(first, second);
    pair->reach = 0.5;
    pair->institution = 0.15;
    pair->initial_reassurance = reassurance;
    pair->initial_threat[0] = pair->initial_threat[1] = threat;
    return constant_series(&pair->interdependence, 0.2);
}

static enum spiral_status build(struct spiral_scenario *scenario, bool second_patron)
{
    *scenario = spiral_scenario_defaults();
    snprintf(scenario->name, sizeof scenario->name, second_patron ? "tetrad" : "triad");
    scenario->start = 2000.0;
    scenario->end = 2030.0;
    scenario->pairs = calloc(8, sizeof *scenario->pairs);
    scenario->entries = calloc(64, sizeof *scenario->entries);
    bool complete = scenario->pairs != NULL && scenario->entries != NULL;
    complete = complete && triad_state(scenario, "S", SPIRAL_SMALL, 0.008, 0.2, 0.0, "straddling");
    complete = complete && triad_state(scenario, "N", SPIRAL_NEIGHBOUR, 0.05, 0.35, 1.0, "status_quo");
    complete = complete && triad_state(scenario, "O", SPIRAL_OFFSHORE, 0.2, 0.2, 1.0, "selective");
    if (complete && second_patron)
        complete = triad_state(scenario, "P", SPIRAL_OFFSHORE, 0.2, 0.2, 1.0, "selective");
    complete = complete && triad_pair(scenario, 0, 1, 0.3, 0.15);
    complete = complete && triad_pair(scenario, 0, 2, 0.3, 0.1) && triad_pair(scenario, 1, 2, 0.3, 0.2);
    if (complete && second_patron)
        complete = triad_pair(scenario, 0, 3, 0.3, 0.1) && triad_pair(scenario, 1, 3, 0.3, 0.2);
    if (!complete) {
        spiral_scenario_clear(scenario);
        return SPIRAL_NO_MEMORY;
    }
    scenario->pairs[0].proximity = 0.9;
    scenario->pairs[0].ties = 0.7;
    scenario->pairs[0].reach = -1.0;
    scenario->pairs[0].contested = 0.2;
    return SPIRAL_OK;
}

enum spiral_status spiral_triad_init(struct spiral_scenario *triad) { return build(triad, false); }
enum spiral_status spiral_tetrad_init(struct spiral_scenario *tetrad) { return build(tetrad, true); }

enum spiral_status spiral_fact_set(struct spiral_scenario *scenario, const char *name, double value, struct spiral_error *error)
{
    return spiral_set(scenario, NULL, name, value, error);
}

/* A new entry at the end of the timeline; the builders give room for 64. A scenario from a file grows by one. */
static struct spiral_entry *new_entry(struct spiral_scenario *scenario, double date, int actor, int target)
{
    struct spiral_entry *entries = realloc(scenario->entries, (scenario->entry_count + 1) * sizeof *entries);
    if (entries == NULL)
        return NULL;
    scenario->entries = entries;
    struct spiral_entry *entry = &entries[scenario->entry_count++];
    *entry = (struct spiral_entry){.date = date, .actor = actor, .target = target, .weight = 1.0};
    spiral_date_format(date, entry->date_text);
    return entry;
}

enum spiral_status spiral_fact_move(struct spiral_scenario *scenario, double date, int actor, int target, enum spiral_move move, double weight)
{
    struct spiral_entry *entry = new_entry(scenario, date, actor, target);
    if (entry == NULL)
        return SPIRAL_NO_MEMORY;
    entry->kind = SPIRAL_ENTRY_MOVE;
    entry->move = (int)move;
    entry->weight = weight;
    return SPIRAL_OK;
}

enum spiral_status spiral_fact_doctrine(struct spiral_scenario *scenario, double date, int actor, const double doctrine[SPIRAL_DOCTRINE_NUMBERS])
{
    struct spiral_entry *entry = new_entry(scenario, date, actor, -1);
    if (entry == NULL)
        return SPIRAL_NO_MEMORY;
    entry->kind = SPIRAL_ENTRY_DOCTRINE;
    memcpy(entry->doctrine, doctrine, sizeof entry->doctrine);
    return SPIRAL_OK;
}

/* --- measuring and judging ------------------------------------------------------------------------------------------- */

enum spiral_status spiral_fact_measure(struct spiral_fact *fact, enum spiral_fact_id id, const struct spiral_facts_setup *setup, struct spiral_error *error)
{
    static const struct { const char *id, *text; } facts[SPIRAL_FACTS] = {
#define SPIRAL_FACT_ENTRY(name, words) [SPIRAL_FACT_##name] = {.id = #name, .text = words},
        SPIRAL_FACT_TABLE(SPIRAL_FACT_ENTRY)
#undef SPIRAL_FACT_ENTRY
    };
    static const spiral_measure measures[SPIRAL_FACTS] = {
        spiral_measure_quadrants, spiral_measure_ukraine, spiral_measure_quiet_cases, spiral_measure_georgia_baltics, spiral_measure_counterfactual,
        spiral_measure_limbo, spiral_measure_rival, spiral_measure_diversified, spiral_measure_identity, spiral_measure_illusion,
        spiral_measure_richardson, spiral_measure_base_rates, spiral_measure_convergence,
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
        double out = part->figure < part->low ? part->low - part->figure : part->figure > part->high ? part->figure - part->high : 0.0;
        if (share && out > 0.0)
            out = fabs(logit(part->figure) - logit(part->figure < part->low ? part->low : part->high));
        loss += out * out;
    }
    return loss;
}
