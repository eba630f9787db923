/* SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include "render/figure/timeline.h"
#include "sim/step.h"
#include "tools/draw/chart.h"

enum { SINGLES = SPIRAL_LANES < 12 ? SPIRAL_LANES : 12 };

/* The quantity in the first runs of the ensemble, [run * steps + step]; NULL where there is no
 * memory. */
static double *single_runs(const struct spiral_plan *plan, uint64_t seed,
                           enum spiral_quantity quantity)
{
    const struct spiral_plan *plans[SPIRAL_LANES];
    uint64_t streams[SPIRAL_LANES];
    double values[SPIRAL_QUANTITIES];
    struct spiral_batch *batch = spiral_batch_create();
    double *single = malloc(SINGLES * (size_t)plan->steps * sizeof *single);

    for (uint64_t l = 0; l < SPIRAL_LANES; l++) {
        plans[l] = spiral_plan_of_run(plan, l);
        streams[l] = l;
    }

    if (batch != NULL && single != NULL) {
        spiral_batch_start(batch, plans, seed, streams);
        for (size_t step = 0; step < (size_t)plan->steps; step++) {
            spiral_step(batch);
            for (int run = 0; run < SINGLES; run++) {
                spiral_quantities(batch, run, values);
                single[(size_t)run * (size_t)plan->steps + step] = values[quantity];
            }
        }
    } else {
        free(single);
        single = NULL;
    }

    spiral_batch_destroy(batch);

    return single;
}

static int draw_result(const struct spiral_chart_request *request,
                       const struct spiral_chart_case *loaded,
                       const struct spiral_collector *collector)
{
    struct spiral_chart_output output;
    double *single =
        single_runs(loaded->plan, request->seed, (enum spiral_quantity)request->quantity);

    if (!spiral_chart_open(&output, request)) {
        free(single);
        return SPIRAL_EXIT_FAILED;
    }

    const struct spiral_timeline_figure figure = {.scenario = &loaded->scenario,
                                                  .plan = loaded->plan,
                                                  .tally = collector->tally,
                                                  .fan = collector->fan,
                                                  .quantity =
                                                      (enum spiral_quantity)request->quantity,
                                                  .singles = single,
                                                  .single_count = SINGLES,
                                                  .seed = request->seed,
                                                  .language = request->language};
    const enum spiral_status status =
        single == NULL ? SPIRAL_NO_MEMORY : spiral_timeline_draw(output.page, &figure);

    free(single);

    return spiral_chart_close(&output, request, status);
}

static int draw_chart(const struct spiral_chart_request *request)
{
    struct spiral_chart_case loaded;
    struct spiral_collector collector = {.tally = NULL};
    int exit_status = spiral_chart_case_load(&loaded, request, request->operands[0]);

    if (exit_status == SPIRAL_EXIT_OK)
        exit_status = spiral_chart_ensemble(&collector, request, loaded.plan);
    if (exit_status == SPIRAL_EXIT_OK)
        exit_status = draw_result(request, &loaded, &collector);
    spiral_collector_clear(&collector);
    spiral_chart_case_clear(&loaded);

    return exit_status;
}

const struct spiral_chart_kind spiral_chart_timeline = {
    "timeline",
    "SCENARIO",
    "a quantity over time as a fan, the moves, the hostility ladder against the record, the risks",
    1,
    1,
    1200.0,
    1000.0,
    4000,
    draw_chart};
