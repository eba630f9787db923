/* SPDX-License-Identifier: MIT */
#include "render/figure/compare.h"
#include "tools/draw/chart.h"

static int draw_chart(const struct spiral_chart_request *request)
{
    struct spiral_chart_case cases[SPIRAL_COMPARE_CASES];
    struct spiral_collector collectors[SPIRAL_COMPARE_CASES] = {{.tally = NULL}};
    struct spiral_compare_figure figure = {.quantity = (enum spiral_quantity)request->quantity,
                                           .seed = request->seed,
                                           .language = request->language};
    struct spiral_chart_output output;
    int exit_status = SPIRAL_EXIT_OK;
    size_t loaded = 0;

    for (size_t i = 0; i < request->operand_count && exit_status == SPIRAL_EXIT_OK; i++) {
        exit_status = spiral_chart_case_load(&cases[i], request, request->operands[i]);
        loaded = i + 1;
        if (exit_status == SPIRAL_EXIT_OK)
            exit_status = spiral_chart_ensemble(&collectors[i], request, cases[i].plan);
        figure.cases[figure.count++] =
            (struct spiral_compare_case){&cases[i].scenario, cases[i].plan, collectors[i].tally,
                                         collectors[i].fan};
    }

    if (exit_status == SPIRAL_EXIT_OK)
        exit_status =
            spiral_chart_open(&output, request)
                ? spiral_chart_close(&output, request, spiral_compare_draw(output.page, &figure))
                : SPIRAL_EXIT_FAILED;

    for (size_t i = 0; i < loaded; i++) {
        spiral_collector_clear(&collectors[i]);
        spiral_chart_case_clear(&cases[i]);
    }

    return exit_status;
}

const struct spiral_chart_kind spiral_chart_compare = {
    "compare",
    "SCENARIO...",
    "cases side by side on one scale, with the figures of the paper's table 2",
    1,
    SPIRAL_COMPARE_CASES,
    1200.0,
    800.0,
    2000,
    draw_chart};
