/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "render/figure/account.h"
#include "tools/draw/chart.h"
#include "tools/farm/farm.h"

/* Runs of each set of mechanisms: a part of those of the rest. */
enum { SET_SHARE = 4 };

/* The outcome that was asked for, or -1 after a complaint. */
static int find_outcome(const char *wanted)
{
    const struct spiral_names names =
        spiral_names_of(spiral_why_outcome_labels, SPIRAL_WHY_OUTCOMES, name);

    for (int o = 0; o < SPIRAL_WHY_OUTCOMES; o++)
        if (wanted == NULL || strcmp(spiral_why_outcome_labels[o].name, wanted) == 0)
            return o;

    const char *nearest = spiral_names_nearest(names, wanted);
    spiral_complain(nearest != NULL ? "chart why: unknown outcome '%s'; did you mean '%s'?"
                                    : "chart why: unknown outcome '%s'; expected war or force",
                    wanted, nearest);

    return -1;
}

static int draw_account(const struct spiral_chart_request *request, const struct spiral_why *why,
                        int outcome)
{
    struct spiral_why_picture *picture =
        spiral_why_picture_create(why, (enum spiral_why_outcome)outcome, request->language);
    struct spiral_chart_output output;
    int exit_status = SPIRAL_EXIT_FAILED;

    if (picture == NULL) {
        spiral_complain("out of memory");
        return SPIRAL_EXIT_FAILED;
    }

    if (spiral_chart_open(&output, request)) {
        spiral_why_draw(output.page, spiral_why_picture_figure(picture));
        exit_status = spiral_chart_close(&output, request, SPIRAL_OK);
    }

    spiral_why_picture_destroy(picture);

    return exit_status;
}

static int run_and_draw(const struct spiral_chart_request *request, int outcome)
{
    struct spiral_chart_case loaded;
    struct spiral_error error;
    struct spiral_why why;
    int exit_status = spiral_chart_case_load(&loaded, request, request->operands[0]);

    if (exit_status == SPIRAL_EXIT_OK) {
        const struct spiral_why_case given = {&loaded.scenario, &loaded.constants, &loaded.options,
                                              request->seed};
        const struct spiral_why_options options = {.runs = request->runs,
                                                   .subset_runs = request->runs / SET_SHARE + 1,
                                                   .workers =
                                                       spiral_farm_workers(request->threads)};
        exit_status = spiral_why_run(&why, &given, &options, &error) == SPIRAL_OK
                          ? draw_account(request, &why, outcome)
                          : spiral_complain_error(&error);
        spiral_why_clear(&why);
    }

    spiral_chart_case_clear(&loaded);

    return exit_status;
}

static int draw_chart(const struct spiral_chart_request *request)
{
    const int outcome = find_outcome(request->outcome);

    if (outcome < 0)
        return SPIRAL_EXIT_BAD_INPUT;

    return request->why != NULL ? draw_account(request, request->why, outcome)
                                : run_and_draw(request, outcome);
}

const struct spiral_chart_kind spiral_chart_why = {
    "why",
    "SCENARIO",
    "why runs come to war (--outcome force): mechanisms switched off, dated acts left out",
    1,
    1,
    1100.0,
    950.0,
    2048,
    draw_chart};
