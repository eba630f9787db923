/* SPDX-License-Identifier: MIT
 *
 * What policies bring, point by point: outcomes that are made of those of several policies.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "sim/names.h"
#include "tools/findings/findings.h"

/* Outcomes of which less is better: those whose policies can be ranked. */
static const char *const evils[] = {"war",       "force",     "highest",  "time_at_2",
                                    "time_at_3", "time_at_4", "time_at_5"};

static bool is_evil(const char *outcome)
{
    return spiral_names_find(spiral_names_in(evils, sizeof evils / sizeof *evils), outcome) >= 0;
}

static bool is_date(const char *outcome)
{
    const char *end = strstr(outcome, "_date");
    return end != NULL && end[5] == '\0';
}

/* The length of the scenario's name in SCENARIO/POLICY. */
static size_t scenario_length(const struct spiral_store_scenario *row)
{
    return strcspn(row->name, "/");
}

const char *spiral_policy_of(const struct spiral_store_scenario *row)
{
    const size_t length = scenario_length(row);
    return row->name[length] == '/' ? row->name + length + 1 : "";
}

size_t spiral_policy_count(const struct spiral_store_figures *figures)
{
    const struct spiral_store_scenario *first = &figures->scenarios[0];
    const size_t length = scenario_length(first);
    size_t count = 0;

    if (figures->scenario_count == 0 || first->name[length] != '/')
        return 0;
    while (count < figures->scenario_count &&
           strncmp(figures->scenarios[count].name, first->name, length + 1) == 0)
        count++;

    return figures->scenario_count % count == 0 ? count : 0;
}

/* The labels of what is made of an outcome, in both languages. */
static void write_labels(struct spiral_store_outcome *made, const struct spiral_store_outcome *from,
                         const char *suffix, const char *en, const char *zh)
{
    *made = *from;
    snprintf(made->name, sizeof made->name, "%.80s.%s", from->name, suffix);
    snprintf(made->label_en, sizeof made->label_en, "%.120s: %s", from->label_en, en);
    snprintf(made->label_zh, sizeof made->label_zh, "%.120s：%s", from->label_zh, zh);
}

/* Arrays of the outcomes of a store and those that are made of them. */
struct wider {
    size_t count;
    struct spiral_store_outcome *outcomes;
    double *mean;
    double *m2;
    uint64_t *runs;
};

static bool allocate_wider(struct wider *wider, const struct spiral_store_figures *figures)
{
    const size_t most = 4 * figures->outcome_count;
    const size_t series = figures->scenario_count * figures->points * most;

    *wider = (struct wider){.outcomes = calloc(most, sizeof *wider->outcomes),
                            .mean = malloc(series * sizeof *wider->mean),
                            .m2 = malloc(series * sizeof *wider->m2),
                            .runs = calloc(series, sizeof *wider->runs)};

    return wider->outcomes != NULL && wider->mean != NULL && wider->m2 != NULL &&
           wider->runs != NULL;
}

static void free_wider(struct wider *wider)
{
    free(wider->outcomes);
    free(wider->mean);
    free(wider->m2);
    free(wider->runs);
}

/* The least mean of an outcome over the policies of a scenario at a point, and how many have it;
 * NAN where one of them has none. */
static double least_mean(const struct spiral_store_figures *figures, size_t first, size_t policies,
                         size_t outcome, size_t point, size_t *ties)
{
    double least = INFINITY;

    *ties = 0;

    for (size_t p = 0; p < policies; p++) {
        const double mean = figures->mean[spiral_store_series(figures, first + p, outcome) + point];
        if (isnan(mean))
            return NAN;
        *ties = mean < least ? 1 : *ties + (mean == least);
        least = fmin(least, mean);
    }

    return least;
}

/* The names of what is made of an outcome, in this order. */
static void name_outcomes(struct wider *wider, const struct spiral_store_figures *figures,
                          const char *baseline)
{
    char en[64];
    char zh[64];

    memcpy(wider->outcomes, figures->outcomes, figures->outcome_count * sizeof *figures->outcomes);
    wider->count = figures->outcome_count;
    snprintf(en, sizeof en, "effect against %s", baseline);
    snprintf(zh, sizeof zh, "相对 %s 的效应", baseline);

    for (size_t o = 0; o < figures->outcome_count; o++) {
        const struct spiral_store_outcome *from = &figures->outcomes[o];
        const double span = from->high - from->low;
        if (is_date(from->name))
            continue;

        struct spiral_store_outcome *made = &wider->outcomes[wider->count++];
        write_labels(made, from, "effect", en, zh);
        made->low = -span;
        made->high = span;
        if (!is_evil(from->name))
            continue;

        made = &wider->outcomes[wider->count++];
        write_labels(made, from, "regret", "regret", "后悔值");
        made->low = 0.0;
        made->high = span;
        made = &wider->outcomes[wider->count++];
        write_labels(made, from, "best", "whether the policy is best", "该政策是否最优");
        strcpy(made->unit, "1");
        made->low = 0.0;
        made->high = 1.0;
    }
}

/* Fills the series of one policy of a scenario: of the store, then what is made of it. */
static void fill_policy(struct wider *wider, const struct spiral_store_figures *figures,
                        size_t scenario, size_t first, size_t policies, size_t baseline)
{
    const size_t points = figures->points;
    const size_t from = spiral_store_series(figures, scenario, 0);
    const size_t to = scenario * wider->count * points;
    const size_t own = figures->outcome_count * points;
    size_t made = figures->outcome_count;

    memcpy(wider->mean + to, figures->mean + from, own * sizeof *wider->mean);
    memcpy(wider->m2 + to, figures->m2 + from, own * sizeof *wider->m2);
    memcpy(wider->runs + to, figures->count + from, own * sizeof *wider->runs);

    for (size_t o = 0; o < figures->outcome_count; o++) {
        const char *name = figures->outcomes[o].name;
        const bool evil = is_evil(name);
        if (is_date(name))
            continue;

        for (size_t p = 0; p < points; p++) {
            const size_t at = from + o * points + p;
            const size_t effect = to + made * points + p;
            const double base =
                figures->mean[spiral_store_series(figures, first + baseline, o) + p];
            size_t ties;
            const double least = least_mean(figures, first, policies, o, p, &ties);

            for (size_t m = 0; m < (evil ? 3u : 1u); m++) {
                wider->runs[effect + m * points] = figures->count[at];
                wider->m2[effect + m * points] =
                    NAN; /* runs are paired: the store has no sum of it */
            }

            wider->mean[effect] = figures->mean[at] - base;
            if (!evil)
                continue;
            wider->mean[effect + points] = figures->mean[at] - least;
            wider->mean[effect + 2 * points] = isnan(least)                 ? NAN
                                               : figures->mean[at] == least ? 1.0 / (double)ties
                                                                            : 0.0;
        }

        made += evil ? 3 : 1;
    }
}

enum spiral_status spiral_policies_derive(struct spiral_store_figures *figures,
                                          const char *baseline, struct spiral_error *error)
{
    const size_t policies = spiral_policy_count(figures);
    size_t base = 0;
    struct wider wider;

    if (policies == 0 && baseline == NULL)
        return SPIRAL_OK;

    if (policies == 0)
        return spiral_error_set(error, SPIRAL_BAD_INPUT,
                                "the store has no policies, so that none can be the baseline");

    while (base < policies && baseline != NULL &&
           strcmp(spiral_policy_of(&figures->scenarios[base]), baseline) != 0)
        base++;

    if (base == policies)
        return spiral_error_set(error, SPIRAL_BAD_INPUT,
                                "unknown policy '%s'; the first of %zu is '%s'", baseline, policies,
                                spiral_policy_of(&figures->scenarios[0]));

    if (!allocate_wider(&wider, figures)) {
        free_wider(&wider);
        return spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for what policies bring");
    }

    name_outcomes(&wider, figures, spiral_policy_of(&figures->scenarios[base]));
    for (size_t s = 0; s < figures->scenario_count; s++)
        fill_policy(&wider, figures, s, s - s % policies, policies, base);

    free(figures->outcomes);
    free(figures->mean);
    free(figures->m2);
    free(figures->count);
    figures->outcome_count = wider.count;
    figures->outcomes = wider.outcomes;
    figures->mean = wider.mean;
    figures->m2 = wider.m2;
    figures->count = wider.runs;

    return SPIRAL_OK;
}

/* --- the table -------------------------------------------------------------------------------- */

/* A series of the points that all policies of a scenario have; NULL where there is no memory. */
static double *gather_series(const struct spiral_store_figures *figures, size_t scenario,
                             size_t outcome, size_t first, size_t policies, size_t of,
                             size_t *count)
{
    double *series = malloc((figures->points + 1) * sizeof *series);

    *count = 0;

    for (size_t p = 0; p < figures->points && series != NULL; p++) {
        size_t ties;
        if (!isnan(least_mean(figures, first, policies, of, p, &ties)))
            series[(*count)++] = figures->mean[spiral_store_series(figures, scenario, outcome) + p];
    }

    return series;
}

/* Adds the row of a policy. */
static enum spiral_status add_policy(struct spiral_findings *findings,
                                     struct spiral_finding_table *table,
                                     const struct spiral_store_figures *figures,
                                     const struct spiral_analyse_request *request, size_t scenario,
                                     size_t effect, struct spiral_error *error)
{
    const size_t policies = spiral_policy_count(figures);
    const size_t first = scenario - scenario % policies;
    const size_t outcomes[4] = {request->outcome, effect, effect + 1, effect + 2};
    struct spiral_finding *row = spiral_findings_row(findings, table);
    enum spiral_status status = SPIRAL_OK;
    const size_t parts = table->measure_count > 2 ? 4 : 2;

    snprintf(row->factor, sizeof row->factor, "%s",
             spiral_policy_of(&figures->scenarios[scenario]));

    for (size_t m = 0; m < parts && status == SPIRAL_OK; m++) {
        size_t count;
        double *series = gather_series(figures, scenario, outcomes[m], first, policies,
                                       request->outcome, &count);
        status = series != NULL
                     ? spiral_analysis_mean(&row->measures[m], series, count, &request->resampling,
                                            error)
                     : spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for a policy");

        /* The worst of the regrets is beside their mean. */
        for (size_t p = 0; p < count && m == 2 && status == SPIRAL_OK; p++)
            row->measures[4].value = p == 0 ? series[0] : fmax(row->measures[4].value, series[p]);
        for (size_t p = 0, low = 0; p < count && m == 0 && parts == 4 && status == SPIRAL_OK; p++) {
            low += series[p] <= request->threshold;
            row->measures[5].value = (double)low / (double)count;
        }
        free(series);
    }

    row->size = -row->measures[0].value;

    return status;
}

enum spiral_status spiral_policies_analyse(struct spiral_findings *findings,
                                           const struct spiral_store_figures *figures,
                                           const struct spiral_analyse_request *request,
                                           struct spiral_error *error)
{
    static const char *const measures[] = {"mean", "effect",       "regret",
                                           "best", "worst_regret", "satisficing"};
    const size_t policies = spiral_policy_count(figures);
    const char *name = figures->outcomes[request->outcome].name;
    struct spiral_finding_table heading = {.scenario =
                                               figures->scenarios[request->scenario].scenario,
                                           .outcome = name,
                                           .method = "policies",
                                           .part = "means over points and against the baseline"};
    char wanted[SPIRAL_NAME_SIZE + 8];
    size_t effect = 0;

    snprintf(wanted, sizeof wanted, "%s.effect", name);
    while (effect < figures->outcome_count && strcmp(figures->outcomes[effect].name, wanted) != 0)
        effect++;

    if (policies == 0 || effect == figures->outcome_count)
        return spiral_error_set(error, SPIRAL_BAD_INPUT,
                                policies == 0 ? "the store has no policies; `policies:` of an "
                                                "experiment, or `spiral sweep --policy`, makes them"
                                              : "no effect is made of the outcome '%s'",
                                name);

    /* One table for all policies of a scenario, where its first one is asked for. */
    if (request->scenario % policies != 0)
        return SPIRAL_OK;

    const bool evil = is_evil(name);

    heading.measure_count = !evil ? 2 : isnan(request->threshold) ? 5 : 6;
    for (size_t m = 0; m < heading.measure_count; m++)
        heading.measures[m] = measures[m];

    struct spiral_finding_table *table = spiral_findings_table(findings, &heading);
    enum spiral_status status = SPIRAL_OK;

    spiral_findings_note(table,
                         "%zu points; effect: the mean less that of the baseline, on the same "
                         "draws%s",
                         figures->points,
                         evil ? "; regret: the mean less that of the best policy at the point; "
                                "best: the share of points at which no policy has less"
                              : "");
    if (heading.measure_count == 6)
        spiral_findings_note(table, "; satisficing: the share of points with at most %g",
                             request->threshold);

    for (size_t p = 0; p < policies && status == SPIRAL_OK; p++)
        status =
            add_policy(findings, table, figures, request, request->scenario + p, effect, error);

    return status;
}
