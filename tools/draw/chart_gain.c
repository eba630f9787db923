/* SPDX-License-Identifier: MIT */
#include "render/figure/account.h"
#include "tools/draw/chart.h"
#include "tools/farm/farm.h"

static int draw_gains(const struct spiral_chart_request *request,
                      const struct spiral_why_case *given, const struct spiral_gains *gains)
{
    struct spiral_gain_picture *picture =
        spiral_gain_picture_create(gains, given, request->language);
    struct spiral_chart_output output;
    int exit_status = SPIRAL_EXIT_FAILED;

    if (picture == NULL) {
        spiral_complain("out of memory");
        return SPIRAL_EXIT_FAILED;
    }

    if (spiral_chart_open(&output, request)) {
        spiral_gain_draw(output.page, spiral_gain_picture_figure(picture));
        exit_status = spiral_chart_close(&output, request, SPIRAL_OK);
    }

    spiral_gain_picture_destroy(picture);

    return exit_status;
}

static int draw_chart(const struct spiral_chart_request *request)
{
    struct spiral_chart_case loaded;
    struct spiral_error error;
    struct spiral_gains gains = {.count = 0};
    int exit_status = spiral_chart_case_load(&loaded, request, request->operands[0]);
    const struct spiral_why_case given = {&loaded.scenario, &loaded.constants, &loaded.options,
                                          request->seed};

    if (exit_status == SPIRAL_EXIT_OK) {
        const struct spiral_workers workers = spiral_farm_workers(request->threads);

        if (spiral_gains_measure(&gains, &given, request->runs, &workers, &error) != SPIRAL_OK)
            exit_status = spiral_complain_error(&error);
    }

    if (exit_status == SPIRAL_EXIT_OK && gains.count < 2) {
        spiral_complain(
            "chart gain: %s is too short: the gain is measured once a year, and a curve "
            "takes two years or more",
            loaded.scenario.name);
        exit_status = SPIRAL_EXIT_BAD_INPUT;
    }

    if (exit_status == SPIRAL_EXIT_OK)
        exit_status = draw_gains(request, &given, &gains);

    spiral_gains_clear(&gains);
    spiral_chart_case_clear(&loaded);

    return exit_status;
}

const struct spiral_chart_kind spiral_chart_gain = {
    "gain",
    "SCENARIO",
    "the gain of the loop of fear by date: above 1 a small rise of fear grows by itself",
    1,
    1,
    1000.0,
    560.0,
    1024,
    draw_chart};
