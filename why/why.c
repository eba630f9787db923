/* SPDX-License-Identifier: MIT */
#include "why/why.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "why/shapley.h"

static const double z = 1.959963984540054; /* the normal's 97.5 % point */

const struct spiral_why_outcome_label spiral_why_outcome_labels[SPIRAL_WHY_OUTCOMES] = {
#define SPIRAL_WHY_OUTCOME(name, en, zh, level) {#name, en, zh},
    SPIRAL_WHY_OUTCOME_TABLE(SPIRAL_WHY_OUTCOME)
#undef SPIRAL_WHY_OUTCOME
};

void spiral_why_clear(struct spiral_why *why)
{
    for (int o = 0; o < SPIRAL_WHY_OUTCOMES; o++) {
        free(why->accounts[o].acts);
        free(why->accounts[o].order);
    }

    free(why->acts);
    memset(why, 0, sizeof *why);
}

/* Sums of the runs of each set of constants: how far the sets lie apart. */
struct by_set {
    size_t sets; /* 0: there is one set */
    struct set_sum {
        double runs;
        double sum;
        double square;
    } * sums; /* [sets], owned */
};

static enum spiral_status by_set_init(struct by_set *by_set, const struct spiral_why *why,
                                      struct spiral_error *error)
{
    const struct spiral_constant_sets *posterior = why->given.options->posterior;

    by_set->sets = posterior != NULL ? posterior->count : 0;
    by_set->sums = calloc(by_set->sets + 1, sizeof *by_set->sums);

    return by_set->sums != NULL
               ? SPIRAL_OK
               : spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for %zu sets of constants",
                                  by_set->sets);
}

static void by_set_begin(struct by_set *by_set)
{
    memset(by_set->sums, 0, (by_set->sets + 1) * sizeof *by_set->sums);
}

static void by_set_add(struct by_set *by_set, uint64_t run, double value)
{
    struct set_sum *sum = &by_set->sums[by_set->sets > 0 ? run % by_set->sets : 0];

    sum->runs += 1.0;
    sum->sum += value;
    sum->square += value * value;
}

/* Gives a value its interval over the sets. `lowest`: of a share 0, of a difference -1. */
static void by_set_end(const struct by_set *by_set, double lowest, struct spiral_why_value *value)
{
    struct spiral_set_variance variance = {.lowest = lowest};

    for (size_t set = 0; set < by_set->sets; set++)
        spiral_set_variance_add_values(&variance, by_set->sums[set].runs, by_set->sums[set].sum,
                                       by_set->sums[set].square);
    value->by_constants = spiral_constants_interval(&variance, &value->constants);
}

static uint64_t count_events(const unsigned char *marks, uint64_t runs, int outcome)
{
    uint64_t events = 0;
    for (uint64_t run = 0; run < runs; run++)
        events += marks[run] >> outcome & 1u;
    return events;
}

/* The share of runs with an outcome. */
static struct spiral_why_value share_of(struct by_set *by_set, const unsigned char *marks,
                                        uint64_t runs, int outcome)
{
    const uint64_t events = count_events(marks, runs, outcome);
    struct spiral_why_value share = {.value = runs > 0 ? (double)events / (double)runs : NAN,
                                     .interval = spiral_wilson(events, runs)};

    by_set_begin(by_set);
    for (uint64_t run = 0; run < runs; run++)
        by_set_add(by_set, run, marks[run] >> outcome & 1u);
    by_set_end(by_set, 0.0, &share);

    return share;
}

/* Of the runs with an outcome, the share that has none in the variant. */
static struct spiral_why_value but_for_of(struct by_set *by_set, const unsigned char *with,
                                          const unsigned char *without, uint64_t runs, int outcome)
{
    uint64_t events = 0;
    uint64_t gone = 0;

    by_set_begin(by_set);
    for (uint64_t run = 0; run < runs; run++)
        if ((with[run] >> outcome & 1u) != 0) {
            const unsigned none = 1u - (without[run] >> outcome & 1u);
            events++;
            gone += none;
            by_set_add(by_set, run, none);
        }

    struct spiral_why_value share = {.value = events > 0 ? (double)gone / (double)events : NAN,
                                     .interval = spiral_wilson(gone, events)};
    by_set_end(by_set, 0.0, &share);

    return share;
}

/* Compares the case with a variant, run by run. */
static struct spiral_why_effect compare_marks(struct by_set *by_set, const unsigned char *with,
                                              const unsigned char *without, uint64_t runs,
                                              int outcome)
{
    struct spiral_why_effect effect = {.gone = 0};

    by_set_begin(by_set);
    for (uint64_t run = 0; run < runs; run++) {
        const unsigned had = with[run] >> outcome & 1u;
        const unsigned has = without[run] >> outcome & 1u;
        effect.gone += had & ~has & 1u;
        effect.added += has & ~had & 1u;
        by_set_add(by_set, run, (double)had - (double)has);
    }

    effect.risk.value = ((double)effect.gone - (double)effect.added) / (double)runs;
    effect.risk.interval = spiral_paired_difference(effect.gone, effect.added, runs);
    by_set_end(by_set, -1.0, &effect.risk);
    effect.but_for = but_for_of(by_set, with, without, runs, outcome);

    return effect;
}

/* --- but for ---------------------------------------------------------------------------------- */

/* The case itself, the case without each mechanism, without each act: in this order. */
static struct spiral_why_variant *list_variants(const struct spiral_why *why, size_t count)
{
    struct spiral_why_variant *variants = malloc(count * sizeof *variants);
    size_t v = 0;

    if (variants == NULL)
        return NULL;
    variants[v++] = (struct spiral_why_variant){0, -1};
    for (int m = 0; m < SPIRAL_MECHANISMS; m++)
        variants[v++] = (struct spiral_why_variant){1u << m, -1};
    for (size_t a = 0; a < why->act_count; a++)
        variants[v++] = (struct spiral_why_variant){0, (long)why->acts[a]};

    return variants;
}

static enum spiral_status account_effects(struct spiral_why *why, struct spiral_error *error)
{
    const uint64_t runs = why->options.runs;
    const size_t count = 1 + SPIRAL_MECHANISMS + why->act_count;
    struct spiral_why_variant *variants = list_variants(why, count);
    unsigned char *marks = malloc(count * runs);
    struct by_set by_set;
    enum spiral_status status = by_set_init(&by_set, why, error);

    if (variants == NULL || marks == NULL)
        status = spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for %llu runs",
                                  (unsigned long long)runs);
    if (status == SPIRAL_OK)
        status = spiral_why_mark(&why->given, variants, count, runs, &why->options.workers, marks,
                                 error);

    for (int o = 0; o < SPIRAL_WHY_OUTCOMES && status == SPIRAL_OK; o++) {
        struct spiral_why_account *account = &why->accounts[o];
        account->events = count_events(marks, runs, o);
        account->risk = share_of(&by_set, marks, runs, o);
        for (size_t m = 0; m < SPIRAL_MECHANISMS; m++)
            account->mechanisms[m] = compare_marks(&by_set, marks, marks + (1 + m) * runs, runs, o);
        for (size_t a = 0; a < why->act_count; a++)
            account->acts[a] =
                compare_marks(&by_set, marks, marks + (1 + SPIRAL_MECHANISMS + a) * runs, runs, o);
    }

    free(variants);
    free(marks);
    free(by_set.sums);

    return status;
}

/* --- Shapley shares --------------------------------------------------------------------------- */

/* A share is linear in the runs: it is the mean over runs of the run's own shares, so that its
 * standard error is that of a mean, and paired over all sets of mechanisms. */
struct moments {
    double sum;
    double squares;
};

static void add_moment(struct moments *moments, double value)
{
    moments->sum += value;
    moments->squares += value * value;
}

static struct spiral_why_value mean_of(const struct moments *moments, uint64_t runs)
{
    const double n = (double)runs;
    const double mean = moments->sum / n;
    const double variance = runs > 1 ? (moments->squares - n * mean * mean) / (n - 1.0) : NAN;
    const double half = z * sqrt(fmax(variance, 0.0) / n);

    return (struct spiral_why_value){.value = mean, .interval = {mean - half, mean + half}};
}

/* The runs' own shares, [run * SPIRAL_MECHANISMS + mechanism]. The marks of the sets of mechanisms
 * are by what is off; the game's value is by what is on. */
static void share_runs(const unsigned char *marks, uint64_t runs, int outcome, double *own)
{
    const unsigned all = SPIRAL_MECHANISM_SETS - 1;
    double value[SPIRAL_MECHANISM_SETS];

    for (uint64_t run = 0; run < runs; run++) {
        for (unsigned on = 0; on <= all; on++)
            value[on] = marks[(all & ~on) * runs + run] >> outcome & 1u;
        spiral_shapley(SPIRAL_MECHANISMS, value, &own[run * SPIRAL_MECHANISMS]);
    }
}

static void account_shares(struct spiral_why_account *account, struct by_set *by_set,
                           const unsigned char *marks, const double *own, uint64_t runs,
                           int outcome)
{
    const unsigned all = SPIRAL_MECHANISM_SETS - 1;

    for (size_t m = 0; m < SPIRAL_MECHANISMS; m++) {
        struct moments share = {0.0, 0.0};

        by_set_begin(by_set);
        for (uint64_t run = 0; run < runs; run++) {
            add_moment(&share, own[run * SPIRAL_MECHANISMS + m]);
            by_set_add(by_set, run, own[run * SPIRAL_MECHANISMS + m]);
        }
        account->shares[m] = mean_of(&share, runs);
        by_set_end(by_set, -1.0, &account->shares[m]);
    }

    account->all = share_of(by_set, marks, runs, outcome);
    account->chance = share_of(by_set, marks + all * runs, runs, outcome);
}

static enum spiral_status account_sets(struct spiral_why *why, struct spiral_error *error)
{
    const uint64_t runs = why->options.subset_runs;
    struct spiral_why_variant variants[SPIRAL_MECHANISM_SETS];
    unsigned char *marks = malloc(SPIRAL_MECHANISM_SETS * runs);
    double *own = malloc(SPIRAL_MECHANISMS * runs * sizeof *own);
    struct by_set by_set;
    enum spiral_status status = by_set_init(&by_set, why, error);

    if (marks == NULL || own == NULL)
        status = spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for %llu runs",
                                  (unsigned long long)runs);

    for (unsigned off = 0; off < SPIRAL_MECHANISM_SETS; off++)
        variants[off] = (struct spiral_why_variant){off, -1};

    if (status == SPIRAL_OK)
        status = spiral_why_mark(&why->given, variants, SPIRAL_MECHANISM_SETS, runs,
                                 &why->options.workers, marks, error);

    for (int o = 0; o < SPIRAL_WHY_OUTCOMES && status == SPIRAL_OK; o++) {
        share_runs(marks, runs, o, own);
        account_shares(&why->accounts[o], &by_set, marks, own, runs, o);
    }

    free(marks);
    free(own);
    free(by_set.sums);

    return status;
}

/* --- acts ------------------------------------------------------------------------------------- */

/* Whether act `one` comes before `other`: by the size of its effect, then by date. */
static bool comes_before(const struct spiral_why_account *account, size_t one, size_t other)
{
    const double first = fabs(account->acts[one].risk.value);
    const double second = fabs(account->acts[other].risk.value);

    return first > second || (first == second && one < other);
}

/* An insertion sort: timelines are short. */
static void order_acts(struct spiral_why_account *account, size_t count)
{
    for (size_t a = 0; a < count; a++) {
        size_t at = a;
        for (; at > 0 && comes_before(account, a, account->order[at - 1]); at--)
            account->order[at] = account->order[at - 1];
        account->order[at] = a;
    }
}

/* The entries that act within the run, as its plan has them: in order of date. */
static enum spiral_status list_acts(struct spiral_why *why, struct spiral_error *error)
{
    struct spiral_plan *plan;
    const enum spiral_status status =
        spiral_plan_create(&plan, why->given.scenario, why->given.constants, why->given.options,
                           error);

    if (status != SPIRAL_OK)
        return status;

    const size_t count = (size_t)plan->event_count;
    bool complete = true;

    why->acts = malloc((count + 1) * sizeof *why->acts);
    complete = why->acts != NULL;
    for (size_t a = 0; a < count && complete; a++)
        why->acts[a] = (size_t)plan->events[a].entry;
    why->act_count = complete ? count : 0;

    for (int o = 0; o < SPIRAL_WHY_OUTCOMES && complete; o++) {
        why->accounts[o].acts = calloc(count + 1, sizeof *why->accounts[o].acts);
        why->accounts[o].order = calloc(count + 1, sizeof *why->accounts[o].order);
        complete = why->accounts[o].acts != NULL && why->accounts[o].order != NULL;
    }

    spiral_plan_destroy(plan);

    return complete ? SPIRAL_OK
                    : spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for %zu acts", count);
}

enum spiral_status spiral_why_run(struct spiral_why *why, const struct spiral_why_case *given,
                                  const struct spiral_why_options *options,
                                  struct spiral_error *error)
{
    memset(why, 0, sizeof *why);
    why->given = *given;
    why->options = *options;

    enum spiral_status status = list_acts(why, error);

    if (status == SPIRAL_OK)
        status = account_effects(why, error);
    if (status == SPIRAL_OK && options->subset_runs > 0)
        status = account_sets(why, error);
    for (int o = 0; o < SPIRAL_WHY_OUTCOMES && status == SPIRAL_OK; o++)
        order_acts(&why->accounts[o], why->act_count);

    return status;
}
