/* SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include "render/figure/map.h"
#include "tools/draw/chart.h"
#include "tools/stylised/parts.h"

enum { COLUMNS = 17, ROWS = 15 };

/* Of full commitment (.5) with full presence (.2); without aid. */
static const double highest_dependence = 0.7;

/* The risk of war of the stylised triad over the plane. */
static int measure_risks(double risk[ROWS * COLUMNS], const struct spiral_chart_request *request)
{
    static struct spiral_stylised_setup setup;
    struct spiral_error error;

    setup.constants = spiral_constants_defaults();
    setup.seed = request->seed;
    setup.threads = request->threads;

    for (int row = 0; row < ROWS; row++)
        for (int column = 0; column < COLUMNS; column++) {
            struct spiral_risk cell = {0, 0};
            const double dependence = highest_dependence * row / (ROWS - 1.0);
            const struct spiral_triad_held held = {
                .constraint = column / (COLUMNS - 1.0),
                .commitment = dependence < 0.5 ? 2.0 * dependence : 1.0,
                .presence = dependence < 0.5 ? 0.0 : (dependence - 0.5) / 0.2,
                .resolve = -1.0};
            if (spiral_triad_held_risk(&cell, &setup, &held, request->runs, &error) != SPIRAL_OK)
                return spiral_complain_error(&error);
            risk[row * COLUMNS + column] = spiral_risk_share(cell);
        }

    return SPIRAL_EXIT_OK;
}

/* A case's means at the end of each year, in memory that the caller frees. */
static int trace_path(struct spiral_map_path *path, double **memory,
                      const struct spiral_chart_request *request, struct spiral_chart_case *loaded)
{
    struct spiral_collector collector = {.tally = NULL};
    const int exit_status = spiral_chart_ensemble(&collector, request, loaded->plan);

    *memory = exit_status == SPIRAL_EXIT_OK
                  ? malloc(2 * (size_t)collector.tally->years * sizeof **memory)
                  : NULL;

    if (*memory != NULL) {
        double *dependence = *memory + collector.tally->years;
        path->name = spiral_figure_text(&loaded->scenario.states[loaded->scenario.small].name,
                                        request->language);
        path->first_year = collector.tally->first_year;

        for (int year = 0; year < collector.tally->years; year++) {
            const long step = spiral_tally_steps_at_year_end(collector.tally, year) - 1;
            if (step < 0)
                continue;
            (*memory)[path->count] =
                spiral_fan_mean(collector.fan, step, SPIRAL_QUANTITY_constraint);
            dependence[path->count++] =
                spiral_fan_mean(collector.fan, step, SPIRAL_QUANTITY_dependence);
        }

        path->constraint = *memory;
        path->dependence = dependence;
    } else if (exit_status == SPIRAL_EXIT_OK) {
        spiral_complain("out of memory");
    }

    spiral_collector_clear(&collector);

    return *memory != NULL                 ? SPIRAL_EXIT_OK
           : exit_status != SPIRAL_EXIT_OK ? exit_status
                                           : SPIRAL_EXIT_FAILED;
}

/* What is drawn: lines only where cases are given. */
static const char *subtitle_of(bool has_paths, bool chinese)
{
    if (!has_paths)
        return chinese ? "底色：典型三方三十年内的战争风险；虚线：各区域的分界"
                       : "Ground: risk of war within 30 years in the stylised triad; dashed: where "
                         "the four fields meet";
    return chinese ? "底色：典型三方三十年内的战争风险；线：各案例逐年路径（空心为起点）"
                   : "Ground: risk of war within 30 years in the stylised triad. Lines: the cases "
                     "year by year, from the open dot";
}

static int draw_chart(const struct spiral_chart_request *request)
{
    struct spiral_chart_case cases[SPIRAL_MAP_PATHS];
    double *memory[SPIRAL_MAP_PATHS] = {NULL};
    double risk[ROWS * COLUMNS];
    const bool chinese = request->language == SPIRAL_CHINESE;
    struct spiral_map_figure figure = {
        .title = chinese ? "地缘约束与战略依赖：安全困境陷阱在何处"
                         : "Constraint and dependence: where the trap closes",
        .subtitle = subtitle_of(request->operand_count > 0, chinese),
        .risk = {risk, COLUMNS, ROWS},
        .constraint = {spiral_triad_constraint(0.0), spiral_triad_constraint(1.0), false},
        .dependence = {0.0, highest_dependence, false},
        .language = request->language};
    size_t loaded = 0;
    int exit_status = SPIRAL_EXIT_OK;
    struct spiral_chart_output output;

    for (size_t i = 0; i < request->operand_count && exit_status == SPIRAL_EXIT_OK; i++) {
        exit_status = spiral_chart_case_load(&cases[i], request, request->operands[i]);
        loaded = i + 1;
        if (exit_status == SPIRAL_EXIT_OK)
            exit_status =
                trace_path(&figure.paths[figure.path_count++], &memory[i], request, &cases[i]);
    }

    if (exit_status == SPIRAL_EXIT_OK)
        exit_status = measure_risks(risk, request);

    if (exit_status == SPIRAL_EXIT_OK && spiral_chart_open(&output, request)) {
        spiral_map_draw(output.page, &figure);
        exit_status = spiral_chart_close(&output, request, SPIRAL_OK);
    } else if (exit_status == SPIRAL_EXIT_OK)
        exit_status = SPIRAL_EXIT_FAILED;

    for (size_t i = 0; i < loaded; i++) {
        spiral_chart_case_clear(&cases[i]);
        free(memory[i]);
    }

    return exit_status;
}

const struct spiral_chart_kind spiral_chart_map = {
    "map",
    "[SCENARIO...]",
    "risk over constraint and dependence, with the cases' paths",
    0,
    SPIRAL_MAP_PATHS,
    1000.0,
    800.0,
    256,
    draw_chart};
