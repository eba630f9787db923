/* SPDX-License-Identifier: MIT */
#include "sim/acts.h"
#include "sim/labels.h"
#include "tools/result/result.h"

/* An interval over the sets of constants; null where there is none. */
static json_t *interval_json(bool known, struct spiral_interval interval)
{
    return known ? json_pack("{s:f, s:f}", "lo", interval.low, "hi", interval.high) : json_null();
}

/* The posterior that runs are spread over; null where they have one set of constants. */
static json_t *posterior_json(const struct spiral_result *result)
{
    char hash[20];

    if (result->posterior == NULL || result->posterior->count == 0)
        return json_null();
    snprintf(hash, sizeof hash, "%016llx",
             (unsigned long long)spiral_constant_sets_hash(result->posterior));

    return json_pack("{s:I, s:s}", "sets", (json_int_t)result->posterior->count, "hash", hash);
}

static json_t *risk_json(struct spiral_risk_line line)
{
    json_t *median = line.median[0] != '\0' ? json_string(line.median) : json_null();
    return json_pack("{s:f, s:f, s:f, s:o, s:o}", "p", line.p, "lo", line.interval.low, "hi",
                     line.interval.high, "constants",
                     interval_json(line.by_constants, line.constants), "median_date", median);
}

/* The end of the i-th calendar year, or of the run where that is earlier: a label that does not
 * depend on the length of a step. */
static void write_year_end(const struct spiral_tally *tally, int i, char date[12])
{
    const double end = tally->start + tally->dt * (double)tally->steps;
    const double next = tally->first_year + i + 1;

    spiral_date_format(next < end ? next : end, date);
}

/* Risk by the end of each calendar year. */
static json_t *risk_by_json(const struct spiral_tally *tally)
{
    json_t *array = json_array();
    const double runs = (double)tally->runs;

    for (int i = 0; i < tally->years; i++) {
        char date[12];
        const long steps = spiral_tally_steps_at_year_end(tally, i);

        struct spiral_interval war = {0.0, 1.0};
        struct spiral_interval force = {0.0, 1.0};
        const bool known = spiral_tally_war_by_constants(tally, i, &war) &&
                           spiral_tally_force_by_constants(tally, i, &force);

        write_year_end(tally, i, date);
        json_array_append_new(array,
                              json_pack("{s:i, s:s, s:f, s:f, s:o, s:o}", "year",
                                        tally->first_year + i, "date", date, "war",
                                        (double)spiral_tally_wars(tally, steps) / runs, "force",
                                        (double)spiral_tally_forces(tally, steps) / runs,
                                        "war_constants", interval_json(known, war),
                                        "force_constants", interval_json(known, force)));
    }

    return array;
}

/* An outcome's mean and standard deviation: of a date over the runs that have one, as a year; null
 * where none has. */
static json_t *outcome_json(const struct spiral_tally *tally, enum spiral_outcome_name outcome)
{
    const bool war = outcome == SPIRAL_OUTCOME_war_date;
    const bool date = war || outcome == SPIRAL_OUTCOME_force_date;
    const uint64_t events =
        war ? spiral_tally_wars(tally, tally->steps) : spiral_tally_forces(tally, tally->steps);

    if (date && events == 0)
        return json_pack("{s:n, s:n}", "mean", "sd");

    return json_pack("{s:f, s:f}", "mean",
                     spiral_tally_mean(tally, outcome) + (date ? tally->start : 0.0), "sd",
                     spiral_tally_deviation(tally, outcome));
}

/* Every outcome over runs. */
static json_t *outcomes_json(const struct spiral_tally *tally)
{
    json_t *object = json_object();

    for (int i = 0; i < SPIRAL_OUTCOMES; i++)
        json_object_set_new(object, spiral_outcome_fields[i].name,
                            outcome_json(tally, (enum spiral_outcome_name)i));
    return object;
}

static json_t *quadrant_json(const struct spiral_tally *tally)
{
    json_t *object = json_object();

    for (int i = 0; i < SPIRAL_QUADRANTS; i++)
        json_object_set_new(
            object, spiral_quadrant_labels[i].name,
            json_real(spiral_tally_mean(tally, (enum spiral_outcome_name)(
                                                   SPIRAL_OUTCOME_in_diversified_balance + i))));
    return object;
}

/* The bands of a quantity at the end of each calendar year. */
static json_t *band_json(const struct spiral_result *result, enum spiral_quantity quantity)
{
    json_t *array = json_array();

    for (int i = 0; i < result->tally->years; i++) {
        const long step = spiral_tally_steps_at_year_end(result->tally, i) - 1;
        if (step < 0)
            continue;

        char date[12];
        write_year_end(result->tally, i, date);

        json_t *row = json_pack("{s:i, s:s, s:f}", "year", result->tally->first_year + i, "date",
                                date, "mean", spiral_fan_mean(result->fan, step, quantity));
        static const struct {
            const char *name;
            double share;
        } quantiles[] = {{"q05", .05}, {"q25", .25}, {"q50", .5}, {"q75", .75}, {"q95", .95}};

        for (size_t q = 0; q < sizeof quantiles / sizeof *quantiles; q++)
            json_object_set_new(row, quantiles[q].name,
                                json_real(spiral_fan_quantile(result->fan, step, quantity,
                                                              quantiles[q].share)));

        json_array_append_new(array, row);
    }

    return array;
}

/* The later acts that a branch could drop, by date. */
static json_t *branch_acts_json(const struct spiral_scenario *scenario,
                                const struct spiral_branch_effect *effect)
{
    json_t *array = json_array();

    for (size_t a = 0; a < effect->act_count; a++) {
        const struct spiral_branch_act *act = &effect->acts[a];
        char text[SPIRAL_ACT_TEXT];
        spiral_act_text(scenario, act->entry, text);
        json_array_append_new(array,
                              json_pack("{s:I, s:s, s:s, s:b}", "number", (json_int_t)(a + 1),
                                        "date", scenario->entries[act->entry].date_text, "act",
                                        text, "falls", act->falls));
    }

    return array;
}

/* A part of a branch's effect. */
static json_t *branch_part_json(const struct spiral_branch_part *part)
{
    return json_pack("{s:f, s:f, s:f, s:f, s:f, s:f}", "war_difference", part->war, "lo",
                     part->war_interval.low, "hi", part->war_interval.high, "force_difference",
                     part->force, "force_lo", part->force_interval.low, "force_hi",
                     part->force_interval.high);
}

static json_t *branches_json(const struct spiral_result *result)
{
    json_t *array = json_array();

    for (size_t i = 0; i < result->branch_count; i++) {
        const struct spiral_branch_effect *effect = &result->branches[i].effect;
        json_array_append_new(
            array,
            json_pack("{s:s, s:f, s:f, s:f, s:f, s:f, s:f, s:o, s:o, s:o, s:o, s:o, s:o}", "name",
                      result->branches[i].name, "war_difference", effect->difference, "lo",
                      effect->interval.low, "hi", effect->interval.high, "force_difference",
                      effect->force_difference, "force_lo", effect->force_interval.low, "force_hi",
                      effect->force_interval.high, "war",
                      risk_json(spiral_result_war(effect->branched)), "acts",
                      branch_acts_json(result->scenario, effect), "course",
                      branch_part_json(&effect->course), "moves",
                      effect->fallen > 0 ? branch_part_json(&effect->moves) : json_null(),
                      "constants", interval_json(effect->by_constants, effect->constants_interval),
                      "force_constants",
                      interval_json(effect->by_constants, effect->force_constants_interval)));
    }

    return array;
}

json_t *spiral_result_json(const struct spiral_result *result)
{
    const struct spiral_score *score = &result->score;
    char hash[20];
    char runs_hash[20];

    snprintf(hash, sizeof hash, "%016llx",
             (unsigned long long)spiral_constants_hash(&result->plan->constants));
    snprintf(runs_hash, sizeof runs_hash, "%016llx", (unsigned long long)result->hash);

    json_t *scored = score->years == 0
                         ? json_null()
                         : json_pack("{s:f, s:f, s:f, s:f, s:i}", "brier", score->brier,
                                     "brier_base", score->brier_base, "log", score->log, "log_base",
                                     score->log_base, "years", score->years);
    json_t *bands = json_object();

    for (int i = 0; i < SPIRAL_QUANTITIES; i++)
        json_object_set_new(bands, spiral_quantity_fields[i].name,
                            band_json(result, (enum spiral_quantity)i));

    return json_pack(
        "{s:s, s:I, s:I, s:I, s:f, s:{s:o, s:o}, s:o, s:o, s:o, s:o, s:o, s:o, s:s, s:s, s:s, s:o}",
        "scenario", result->scenario->name, "seed", (json_int_t)result->seed, "runs",
        (json_int_t)result->tally->runs, "steps", (json_int_t)result->tally->steps, "dt",
        result->plan->dt, "risk", "war", risk_json(spiral_result_war(result->tally)), "force",
        risk_json(spiral_result_force(result->tally)), "risk_by", risk_by_json(result->tally),
        "quadrant", quadrant_json(result->tally), "outcomes", outcomes_json(result->tally), "bands",
        bands, "score", scored, "what_if", branches_json(result), "version", SPIRAL_VERSION,
        "constants_hash", hash, "runs_hash", runs_hash, "posterior", posterior_json(result));
}
