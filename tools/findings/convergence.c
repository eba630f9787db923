/* SPDX-License-Identifier: MIT
 *
 * How certain an analysis is, and how it came to be so: of a sequence of points, every beginning is
 * a sample by itself.
 */
#include <math.h>
#include <string.h>

#include "tools/findings/findings.h"

enum spiral_analyse_method spiral_analyse_usual(enum spiral_design_kind design)
{
    return design == SPIRAL_DESIGN_saltelli ? SPIRAL_ANALYSE_sobol
           : design == SPIRAL_DESIGN_morris ? SPIRAL_ANALYSE_morris
                                            : SPIRAL_ANALYSE_prcc;
}

size_t spiral_analyse_indices(enum spiral_analyse_method method)
{
    return method == SPIRAL_ANALYSE_sobol ? 2 : 1;
}

enum spiral_status spiral_analyse_first(struct spiral_findings *findings,
                                        const struct spiral_store_figures *figures,
                                        const struct spiral_analyse_request *request, size_t base,
                                        struct spiral_error *error)
{
    const size_t series = spiral_store_series(figures, request->scenario, request->outcome);
    struct spiral_analyse_request asked = *request;
    struct spiral_store_figures first = *figures; /* borrows all that it points at */

    /* One scenario and one outcome: their numbers lie one after another, as for fewer points. */
    first.points = base * spiral_store_block(figures);
    first.base = base;
    first.scenario_count = 1;
    first.outcome_count = 1;
    first.scenarios = figures->scenarios + request->scenario;
    first.outcomes = figures->outcomes + request->outcome;
    first.runs = figures->runs + request->scenario * figures->points;
    first.done = figures->done + request->scenario * figures->points;
    first.mean = figures->mean + series;
    first.m2 = figures->m2 + series;
    first.count = figures->count + series;
    asked.scenario = 0;
    asked.outcome = 0;

    return spiral_analyse(findings, &first, &asked, error);
}

/* Takes the intervals of a table's indices into account. */
static void widen(struct spiral_widest *widest, const struct spiral_finding_table *table,
                  size_t indices)
{
    for (size_t i = 0; i < table->count; i++)
        for (size_t m = 0; m < indices; m++) {
            const struct spiral_finding *row = &table->rows[i];
            const struct spiral_interval interval = row->measures[m].interval;
            const double width = (interval.high - interval.low) / 2.0;

            if (!isnan(width) && width <= widest->half_width)
                continue;
            widest->half_width = isnan(width) ? INFINITY : width;
            widest->index = table->measures[m];
            widest->scenario = table->scenario;
            snprintf(widest->factor, sizeof widest->factor, "%s", row->factor);
        }
}

enum spiral_status spiral_widest_interval(struct spiral_widest *widest,
                                          const struct spiral_store_figures *figures,
                                          const char *outcome, struct spiral_error *error)
{
    struct spiral_analyse_request request = {.method = spiral_analyse_usual(figures->design),
                                             .resampling = {.resamples = 1000, .seed = 1},
                                             .threshold = NAN};
    enum spiral_status status = SPIRAL_OK;

    *widest = (struct spiral_widest){.half_width = 0.0};
    while (request.outcome < figures->outcome_count &&
           strcmp(figures->outcomes[request.outcome].name, outcome) != 0)
        request.outcome++;
    if (request.outcome == figures->outcome_count)
        return spiral_error_set(error, SPIRAL_BAD_INPUT, "the store keeps no outcome '%s'",
                                outcome);

    for (; request.scenario < figures->scenario_count && status == SPIRAL_OK; request.scenario++) {
        struct spiral_findings findings = {.count = 0};

        status = spiral_analyse(&findings, figures, &request, error);
        if (status == SPIRAL_OK && findings.tables[0].count == 0)
            widest->half_width = INFINITY; /* the outcome does not vary, or points are too few */
        else if (status == SPIRAL_OK)
            widen(widest, &findings.tables[0], spiral_analyse_indices(request.method));
        if (widest->scenario != NULL)
            widest->scenario = figures->scenarios[request.scenario].name;
        spiral_findings_clear(&findings);
    }

    return status;
}
