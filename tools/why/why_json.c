/* SPDX-License-Identifier: MIT */
#include <math.h>

#include "sim/acts.h"
#include "tools/why/why_text.h"

/* The interval over the sets of constants; null where there is none. */
static json_t *constants_json(const struct spiral_why_value *value)
{
    return value->by_constants
               ? json_pack("{s:f, s:f}", "lo", value->constants.low, "hi", value->constants.high)
               : json_null();
}

static json_t *value_json(struct spiral_why_value value)
{
    if (isnan(value.value))
        return json_null();
    return json_pack("{s:f, s:f, s:f, s:o}", "value", value.value, "lo", value.interval.low, "hi",
                     value.interval.high, "constants", constants_json(&value));
}

static json_t *effect_json(const struct spiral_why_effect *effect)
{
    return json_pack("{s:I, s:I, s:o, s:o}", "gone", (json_int_t)effect->gone, "added",
                     (json_int_t)effect->added, "but_for", value_json(effect->but_for), "change",
                     value_json(effect->risk));
}

static json_t *mechanisms_json(const struct spiral_why_account *account, bool shares)
{
    json_t *array = json_array();

    for (int m = 0; m < SPIRAL_MECHANISMS; m++) {
        json_t *row = effect_json(&account->mechanisms[m]);
        json_object_set_new(row, "mechanism", json_string(spiral_mechanism_labels[m].name));
        json_object_set_new(row, "shapley", shares ? value_json(account->shares[m]) : json_null());
        json_array_append_new(array, row);
    }

    return array;
}

static json_t *acts_json(const struct spiral_why *why, const struct spiral_why_account *account)
{
    json_t *array = json_array();

    for (size_t a = 0; a < why->act_count; a++) {
        const struct spiral_scenario *scenario = why->given.scenario;
        char text[SPIRAL_ACT_TEXT];
        json_t *row = effect_json(&account->acts[a]);
        spiral_act_text(scenario, why->acts[a], text);
        json_object_set_new(row, "date", json_string(scenario->entries[why->acts[a]].date_text));
        json_object_set_new(row, "act", json_string(text));
        json_array_append_new(array, row);
    }

    return array;
}

static json_t *account_json(const struct spiral_why *why, int outcome)
{
    const struct spiral_why_account *account = &why->accounts[outcome];
    const bool shares = why->options.subset_runs > 0;

    return json_pack("{s:s, s:I, s:o, s:o, s:o, s:o, s:o}", "outcome",
                     spiral_why_outcome_labels[outcome].name, "events", (json_int_t)account->events,
                     "risk", value_json(account->risk), "all",
                     shares ? value_json(account->all) : json_null(), "chance",
                     shares ? value_json(account->chance) : json_null(), "mechanisms",
                     mechanisms_json(account, shares), "acts", acts_json(why, account));
}

/* The posterior that runs are spread over; null where they have one set of constants. */
static json_t *posterior_json(const struct spiral_constant_sets *posterior)
{
    char hash[20];

    if (posterior == NULL || posterior->count == 0)
        return json_null();
    snprintf(hash, sizeof hash, "%016llx",
             (unsigned long long)spiral_constant_sets_hash(posterior));

    return json_pack("{s:I, s:s}", "sets", (json_int_t)posterior->count, "hash", hash);
}

json_t *spiral_why_json(const struct spiral_why *why)
{
    json_t *accounts = json_array();

    for (int o = 0; o < SPIRAL_WHY_OUTCOMES; o++)
        json_array_append_new(accounts, account_json(why, o));

    return json_pack("{s:s, s:I, s:I, s:I, s:o, s:o}", "scenario", why->given.scenario->name,
                     "seed", (json_int_t)why->given.seed, "runs", (json_int_t)why->options.runs,
                     "subset_runs", (json_int_t)why->options.subset_runs, "posterior",
                     posterior_json(why->given.options->posterior), "accounts", accounts);
}
