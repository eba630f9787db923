/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "render/figure/choice.h"
#include "tools/draw/chart.h"
#include "tools/store/robust.h"

enum { MOST_ROWS = 12, DESCRIPTION = 200 };

/* What the figure is drawn from. */
struct drawing {
    struct spiral_choice_dot *dots;
    struct spiral_choice_row rows[MOST_ROWS + 1];
    char names[MOST_ROWS + 1][DESCRIPTION];
    size_t row_count;
    double *path_x;
    double *path_y;
    double most[2]; /* of x and y */
};

/* Which courses have a row and a letter: evenly over the front, the two that are named too. */
static bool is_named(const struct spiral_robust *robust, size_t course)
{
    const size_t count = robust->course_count;

    return count <= MOST_ROWS || course == 0 || course == robust->minimax ||
           course == robust->broadest ||
           course * (MOST_ROWS - 3) / count != (course - 1) * (MOST_ROWS - 3) / count;
}

static void write_row(struct spiral_choice_row *row, const struct spiral_robust_course *course)
{
    row->class = -1;
    for (int o = 0; o < SPIRAL_OBJECTIVES; o++)
        spiral_figure_percent(row->cells[o], course->mean[o]);
    spiral_figure_percent(row->cells[SPIRAL_OBJECTIVES], course->worst);
}

static void fill_drawing(struct drawing *drawing, const struct spiral_robust *robust, bool chinese)
{
    struct spiral_choice_row *first = &drawing->rows[drawing->row_count];

    write_row(first, &robust->as_it_was);
    strcpy(first->mark, "●");
    snprintf(drawing->names[0], DESCRIPTION, "%s", chinese ? "历史" : "as it was");
    first->name = drawing->names[0];
    drawing->row_count = 1;

    for (size_t c = 0; c < robust->course_count; c++) {
        const struct spiral_robust_course *course = &robust->courses[c];
        struct spiral_choice_dot *dot = &drawing->dots[c];

        *dot = (struct spiral_choice_dot){.x = course->mean[SPIRAL_OBJECTIVE_war],
                                          .y = course->mean[SPIRAL_OBJECTIVE_autonomy],
                                          .class = -1,
                                          .value = course->mean[SPIRAL_OBJECTIVE_force],
                                          .size = 1.2};
        drawing->most[0] = fmax(drawing->most[0], dot->x);
        drawing->most[1] = fmax(drawing->most[1], dot->y);
        if (!is_named(robust, c) || drawing->row_count > MOST_ROWS)
            continue;

        const struct spiral_course what = spiral_robust_course(robust, c);
        struct spiral_choice_row *row = &drawing->rows[drawing->row_count];
        char *name = drawing->names[drawing->row_count++];

        spiral_robust_letters(c, dot->mark);
        spiral_robust_letters(c, row->mark);
        spiral_course_describe(&what, chinese, name, DESCRIPTION);
        row->name = name;
        write_row(row, course);
    }

    for (long year = 0; year < robust->path_count; year++) {
        const double *at = &robust->path[year * SPIRAL_OBJECTIVES];
        drawing->path_x[year] = at[SPIRAL_OBJECTIVE_war];
        drawing->path_y[year] = at[SPIRAL_OBJECTIVE_autonomy];
        drawing->most[0] = fmax(drawing->most[0], drawing->path_x[year]);
        drawing->most[1] = fmax(drawing->most[1], drawing->path_y[year]);
    }
}

static int draw_front(const struct spiral_chart_request *request,
                      const struct spiral_robust *robust)
{
    const bool chinese = request->language == SPIRAL_CHINESE;
    struct drawing drawing = {.dots = calloc(robust->course_count + 1, sizeof *drawing.dots),
                              .path_x =
                                  calloc((size_t)robust->path_count + 1, sizeof *drawing.path_x),
                              .path_y =
                                  calloc((size_t)robust->path_count + 1, sizeof *drawing.path_y)};
    const struct spiral_scenario *scenario = &robust->experiment.cases[0].scenario;
    struct spiral_chart_output output;
    char subtitle[300];
    int exit_status = SPIRAL_EXIT_FAILED;

    if (drawing.dots == NULL || drawing.path_x == NULL || drawing.path_y == NULL) {
        spiral_complain("out of memory");
    } else {
        fill_drawing(&drawing, robust, chinese);
        snprintf(subtitle, sizeof subtitle,
                 chinese ? "%s；%zu 个世界，每个 %llu 次模拟；试过 %zu 条路线"
                         : "%s; %zu worlds, %llu runs of each; %zu courses tried",
                 spiral_figure_title(scenario, request->language), robust->worlds->points,
                 (unsigned long long)robust->experiment.replicates, robust->search.count);

        const struct spiral_choice_figure figure = {
            .title = chinese ? "稳健选择：小国的路线前沿"
                             : "Robust choice: the front of the small state's courses",
            .subtitle = subtitle,
            .note =
                chinese
                    ? "每点为一条路线，各世界之均值；线为历史逐年路径（空心为第一年）。后悔：各目标"
                      "中与同一世界最优路线之差的最大者（世界的 90 % 分位）。~：最接近的既定战略。"
                    : "A dot is a course, the mean over worlds; the line is history, year by "
                      "year from the open dot. Regret: the largest over objectives of what a "
                      "course has above the best in the same world, at the 90th percentile "
                      "of worlds. ~: the nearest preset.",
            .x_name = chinese ? spiral_objective_labels[SPIRAL_OBJECTIVE_war].long_zh
                              : spiral_objective_labels[SPIRAL_OBJECTIVE_war].long_en,
            .y_name = chinese ? spiral_objective_labels[SPIRAL_OBJECTIVE_autonomy].long_zh
                              : spiral_objective_labels[SPIRAL_OBJECTIVE_autonomy].long_en,
            .x = {0.0, spiral_risk_scale(1.02 * drawing.most[0]), false},
            .y = {0.0, spiral_risk_scale(1.02 * drawing.most[1]), false},
            .x_percent = true,
            .y_percent = true,
            .dot_count = robust->course_count,
            .dots = drawing.dots,
            .path_count = (size_t)robust->path_count,
            .path_x = drawing.path_x,
            .path_y = drawing.path_y,
            .path_name = chinese ? "历史" : "as it was",
            .ramp_name = chinese ? "动武" : "force",
            .ramp_low = 0.0,
            .ramp_high = 1.0,
            .column_count = SPIRAL_OBJECTIVES + 1,
            .heads = {chinese ? "战争" : "war", chinese ? "动武" : "force",
                      chinese ? "失自主" : "aut. lost", chinese ? "后悔" : "regret"},
            .row_count = drawing.row_count,
            .rows = drawing.rows};

        if (spiral_chart_open(&output, request)) {
            spiral_choice_draw(output.page, &figure);
            exit_status = spiral_chart_close(&output, request, SPIRAL_OK);
        }
    }

    free(drawing.dots);
    free(drawing.path_x);
    free(drawing.path_y);

    return exit_status;
}

static int draw_chart(const struct spiral_chart_request *request)
{
    struct spiral_robust robust = {.experiment = spiral_experiment_defaults()};
    struct spiral_store *store = NULL;
    struct spiral_error error;
    enum spiral_status status = spiral_store_open(&store, request->operands[0], false, &error);

    if (status == SPIRAL_OK)
        status = spiral_store_robust_load(store, &robust, &error);

    if (status == SPIRAL_OK) {
        spiral_store_robust_attach(store, &robust);
        robust.threads = request->threads;
        robust.complete = true;
        status = spiral_robust_run(&robust, &error);
        if (status == SPIRAL_STOPPED)
            status = spiral_error_set(&error, SPIRAL_BAD_INPUT,
                                      "%s: the search is not finished; `spiral robust --resume %s` "
                                      "runs the rest",
                                      request->operands[0], request->operands[0]);
    }

    const int exit_status =
        status == SPIRAL_OK ? draw_front(request, &robust) : spiral_complain_error(&error);

    spiral_store_close(store);
    spiral_robust_clear(&robust);

    return exit_status;
}

const struct spiral_chart_kind spiral_chart_robust = {
    "robust", "STORE", "the front of courses of spiral robust, with history's own path on it",
    1,        1,       1200.0,
    620.0,    0,       draw_chart};
