/* SPDX-License-Identifier: MIT
 *
 * Outcomes of a caller's own, by expression.
 */
#include <stdio.h>
#include <stdlib.h>

#include "library/arguments.h"
#include "library/case.h"
#include "sim/expression.h"
#include "sim/step.h"

enum { MOST_EXPRESSIONS = 1000 };

static enum spiral_status read_expressions(struct spiral_expression *read,
                                           const char *const *expressions, size_t count,
                                           const struct spiral_scenario *scenario,
                                           const struct spiral_plan *plan,
                                           struct spiral_error *error)
{
    const struct spiral_run_dates dates = {plan->start, plan->dt, plan->steps};

    for (size_t e = 0; e < count; e++) {
        const enum spiral_status status =
            spiral_expression_parse(&read[e], expressions[e], scenario, &dates, error);
        if (status == SPIRAL_OK)
            continue;
        if (error != NULL) {
            snprintf(error->path, sizeof error->path, "%s", expressions[e]);
            error->line = 1;
        }
        return status;
    }

    return SPIRAL_OK;
}

/* Runs a batch that was started to its end; writes what its first `live` lanes give. */
static void measure_batch(struct spiral_batch *batch, struct spiral_expression_observer *own,
                          size_t expressions, int live, double *values)
{
    struct spiral_outcome_observer observer;

    spiral_outcome_begin(&observer);
    spiral_expression_begin(own);

    while (batch->step < batch->steps) {
        spiral_step(batch);
        spiral_outcome_watch(&observer, batch);
        spiral_expression_watch(own, batch);
    }

    for (int l = 0; l < live; l++) {
        const union spiral_outcome outcome = spiral_outcome_of(&observer, batch, l);

        for (size_t e = 0; e < expressions; e++)
            values[(size_t)l * expressions + e] = spiral_expression_value(own, e, &outcome, l);
    }
}

static void measure_runs(struct spiral_batch *batch, const struct spiral_plan *plan,
                         struct spiral_expression_observer *own, size_t expressions, uint64_t seed,
                         uint64_t first, uint64_t runs, double *values)
{
    for (uint64_t done = 0; done < runs; done += SPIRAL_LANES) {
        const int live = runs - done < SPIRAL_LANES ? (int)(runs - done) : SPIRAL_LANES;
        const struct spiral_plan *plans[SPIRAL_LANES];
        uint64_t stream[SPIRAL_LANES];

        for (int l = 0; l < SPIRAL_LANES; l++) {
            stream[l] = first + done + (uint64_t)(l < live ? l : 0);
            plans[l] = spiral_plan_of_run(plan, stream[l]);
        }

        spiral_batch_start(batch, plans, seed, stream);
        measure_batch(batch, own, expressions, live, values + (size_t)done * expressions);
    }
}

enum spiral_status spiral_case_measure(const struct spiral_case *scenario,
                                       const char *const *expressions, size_t expression_count,
                                       uint64_t seed, uint64_t first, uint64_t runs, double *values,
                                       size_t count, struct spiral_error *error)
{
    struct spiral_plan *plan = NULL;

    if (expression_count < 1 || expression_count > MOST_EXPRESSIONS)
        return spiral_error_set(error, SPIRAL_BAD_INPUT, "%zu expressions; expected 1 to %d",
                                expression_count, MOST_EXPRESSIONS);
    if (runs > SIZE_MAX / sizeof(double) / expression_count)
        return spiral_error_set(error, SPIRAL_BAD_INPUT, "too many runs for one array");

    struct spiral_expression *read = calloc(expression_count, sizeof *read);
    struct spiral_batch *batch = spiral_batch_create();
    struct spiral_expression_observer *own = NULL;
    enum spiral_status status =
        read == NULL || batch == NULL
            ? spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for an ensemble")
            : spiral_case_plan(scenario, &plan, error);

    if (status == SPIRAL_OK)
        status =
            read_expressions(read, expressions, expression_count, &scenario->scenario, plan, error);
    if (status == SPIRAL_OK)
        status = spiral_check_length("values", count, (size_t)runs * expression_count, error);

    if (status == SPIRAL_OK) {
        own = spiral_expression_observer_create(read, expression_count);
        if (own == NULL)
            status = spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for an ensemble");
        else
            measure_runs(batch, plan, own, expression_count, seed, first, runs, values);
    }

    spiral_expression_observer_destroy(own);
    spiral_plan_destroy(plan);
    spiral_batch_destroy(batch);
    free(read);

    return status;
}
