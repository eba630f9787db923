/* SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include "render/figure/gain.h"
#include "tools/draw/chart.h"
#include "tools/why/gain.h"

/* The columns of a figure: year, gain, band, and a column a route. */
enum { YEAR, GAIN, LOW, HIGH, ROUTES, COLUMNS = ROUTES + SPIRAL_ROUTES };

static int draw_gains(const struct spiral_chart_request *request,
                      const struct spiral_scenario *scenario, const struct spiral_gains *gains)
{
    const bool chinese = request->language == SPIRAL_CHINESE;
    double *columns = calloc(COLUMNS * (gains->count + 1), sizeof *columns);
    struct spiral_chart_output output;
    char title[200];
    char subtitle[300];
    char runs[SPIRAL_RUNS_TEXT];
    int exit_status = SPIRAL_EXIT_FAILED;

    if (columns == NULL) {
        spiral_complain("out of memory");
        return SPIRAL_EXIT_FAILED;
    }

    double *column[COLUMNS];
    for (size_t c = 0; c < COLUMNS; c++)
        column[c] = columns + c * (gains->count + 1);

    for (size_t i = 0; i < gains->count; i++) {
        const struct spiral_gain *at = &gains->at[i];
        column[YEAR][i] = at->date;
        column[GAIN][i] = at->gain;
        column[LOW][i] = at->low;
        column[HIGH][i] = at->high;
        for (int r = 0; r < SPIRAL_ROUTES; r++)
            column[ROUTES + r][i] = at->gain - at->without[r];
    }

    spiral_figure_runs(runs, gains->runs, request->seed, request->language);
    snprintf(title, sizeof title, chinese ? "%s：恐惧循环的增益" : "%s: gain of the loop of fear",
             spiral_figure_title(scenario, request->language));
    if (gains->sets > 1)
        snprintf(
            subtitle, sizeof subtitle,
            chinese ? "恐惧小幅上升后，一年后还剩多少；色带：%zu 组常数各自增益的 5 %% 至 95 %%；%s"
                    : "how much of a small rise of fear is there a year later; band: 5 %% to "
                      "95 %% of the gains of %zu sets of constants; %s",
            gains->sets, runs);
    else
        snprintf(subtitle, sizeof subtitle,
                 chinese ? "恐惧小幅上升后，一年后还剩多少；%s"
                         : "how much of a small rise of fear is there a year later; %s",
                 runs);

    struct spiral_gain_figure figure = {
        .title = title,
        .subtitle = subtitle,
        .note =
            chinese
                ? "细线：各途径使增益提高多少。各途径重叠，不必相加等于增益；其余为恐惧自身的延续。"
                : "Thin lines: how much each route adds to the gain. They need not add up "
                  "to it: the rest is fear that lasts by itself.",
        .language = request->language,
        .count = gains->count,
        .year = column[YEAR],
        .gain = column[GAIN],
        .low = column[LOW],
        .high = column[HIGH],
        .route_count = SPIRAL_ROUTES};

    for (int r = 0; r < SPIRAL_ROUTES; r++)
        figure.routes[r] = (struct spiral_gain_route){chinese ? spiral_route_labels[r].zh
                                                              : spiral_route_labels[r].en,
                                                      column[ROUTES + r]};

    if (spiral_chart_open(&output, request)) {
        spiral_gain_draw(output.page, &figure);
        exit_status = spiral_chart_close(&output, request, SPIRAL_OK);
    }

    free(columns);

    return exit_status;
}

static int draw_chart(const struct spiral_chart_request *request)
{
    struct spiral_chart_case loaded;
    struct spiral_error error;
    struct spiral_gains gains = {.count = 0};
    int exit_status = spiral_chart_case_load(&loaded, request, request->operands[0]);

    if (exit_status == SPIRAL_EXIT_OK) {
        const struct spiral_why_case given = {&loaded.scenario, &loaded.constants, &loaded.options,
                                              request->seed};
        if (spiral_gains_measure(&gains, &given, request->runs, request->threads, &error) !=
            SPIRAL_OK)
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
        exit_status = draw_gains(request, &loaded.scenario, &gains);

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
