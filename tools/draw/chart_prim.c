/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "render/figure/choice.h"
#include "render/figure/figure.h"
#include "tools/draw/chart_store.h"

enum { MOST_ROWS = 10, NAME_SIZE = 160, MOST_NAMED = 3 };

/* Dots of the peeling, then the boxes that were taken; rows of some steps. */
struct drawing {
    struct spiral_choice_dot *dots;
    double *coverage; /* of the peeling, step by step */
    double *density;
    struct spiral_choice_row rows[MOST_ROWS + 1];
    char names[MOST_ROWS + 1][NAME_SIZE];
    size_t dot_count;
    size_t row_count;
};

/* The label of a factor: that of its first axis. */
static const char *factor_label(const struct spiral_store_figures *figures, size_t factor,
                                enum spiral_language language)
{
    size_t axis = 0;

    while (axis + 1 < figures->axis_count && figures->axes[axis].factor != factor)
        axis++;

    return language == SPIRAL_CHINESE ? figures->axes[axis].label_zh : figures->axes[axis].label_en;
}

/* Appends a factor to the names of those that are restricted; `count` of them are there. */
static void append_factor(char name[NAME_SIZE], const char *label, size_t count, bool chinese)
{
    const size_t length = strlen(name);

    if (count < MOST_NAMED)
        snprintf(name + length, NAME_SIZE - length, "%s%s",
                 count == 0 ? "" : (chinese ? "、" : ", "), label);
    else if (count == MOST_NAMED)
        snprintf(name + length, NAME_SIZE - length, chinese ? "等" : ", ...");
}

static void write_cells(struct spiral_choice_row *row, const struct spiral_prim_quality *quality)
{
    spiral_figure_percent(row->cells[0], quality->coverage);
    spiral_figure_percent(row->cells[1], quality->density);
    spiral_figure_percent(row->cells[2], quality->mass);
    snprintf(row->cells[3], sizeof row->cells[3], "%zu", quality->restricted);
}

/* The box that was taken, with the factors that it restricts. */
static void add_box(struct drawing *drawing, const struct spiral_prim *prim,
                    const struct spiral_store_figures *figures, enum spiral_language language)
{
    const struct spiral_prim_box *box = &prim->boxes[0];
    struct spiral_choice_row *row = &drawing->rows[drawing->row_count];
    char *name = drawing->names[drawing->row_count++];
    size_t named = 0;

    for (size_t f = 0; f < prim->factors; f++)
        if (box->limits[f].above || box->limits[f].below)
            append_factor(name, factor_label(figures, f, language), named++,
                          language == SPIRAL_CHINESE);

    row->class = 0;
    row->name = name;
    write_cells(row, &box->quality);
    drawing->dots[drawing->dot_count++] = (struct spiral_choice_dot){.x = box->quality.coverage,
                                                                     .y = box->quality.density,
                                                                     .class = 0,
                                                                     .size = 2.0};
}

/* Whether the first box restricts a factor at a step. */
static bool is_restricted(const struct spiral_prim *prim, size_t step, size_t factor)
{
    const double *limit = &prim->boxes[0].trajectory_limits[2 * (step * prim->factors + factor)];

    return !isinf(limit[0]) || !isinf(limit[1]);
}

/* Whether a step has a row and its number beside it: where a factor is restricted that was not
 * before, and at the end. */
static bool is_named(const struct spiral_prim_box *box, size_t step)
{
    return step > 0 && (step + 1 == box->steps ||
                        box->trajectory[step].restricted != box->trajectory[step - 1].restricted);
}

static void add_step(struct drawing *drawing, const struct spiral_prim *prim,
                     const struct spiral_store_figures *figures, enum spiral_language language,
                     size_t step)
{
    const struct spiral_prim_box *box = &prim->boxes[0];
    const struct spiral_prim_quality *quality = &box->trajectory[step];
    struct spiral_choice_dot *dot = &drawing->dots[drawing->dot_count++];
    size_t named = 0;

    *dot = (struct spiral_choice_dot){.x = quality->coverage,
                                      .y = quality->density,
                                      .class = -1,
                                      .value = quality->mass,
                                      .size = 1.0};
    drawing->coverage[step] = quality->coverage;
    drawing->density[step] = quality->density;
    if (!is_named(box, step) || drawing->row_count > MOST_ROWS)
        return;

    struct spiral_choice_row *row = &drawing->rows[drawing->row_count];
    char *name = drawing->names[drawing->row_count++];

    for (size_t f = 0; f < prim->factors; f++)
        if (is_restricted(prim, step, f) && !is_restricted(prim, step - 1, f))
            append_factor(name, factor_label(figures, f, language), named++,
                          language == SPIRAL_CHINESE);
    if (named == 0)
        snprintf(name, NAME_SIZE, "%s", language == SPIRAL_CHINESE ? "最后一步" : "the last step");

    snprintf(dot->mark, sizeof dot->mark, "%zu", step % 1000);
    snprintf(row->mark, sizeof row->mark, "%zu", step % 1000);
    row->class = -1;
    row->name = name;
    write_cells(row, quality);
}

static int draw_boxes(const struct spiral_chart_request *request,
                      const struct spiral_chart_store *store, const struct spiral_prim *prim,
                      double threshold)
{
    const bool chinese = request->language == SPIRAL_CHINESE;
    const struct spiral_prim_box *box = &prim->boxes[0];
    struct drawing drawing = {.dots = calloc(box->steps + 1, sizeof *drawing.dots),
                              .coverage = calloc(box->steps, sizeof *drawing.coverage),
                              .density = calloc(box->steps, sizeof *drawing.density)};
    struct spiral_chart_output output;
    char subtitle[SPIRAL_CHART_SUBTITLE];
    char what[200];
    int exit_status = SPIRAL_EXIT_FAILED;

    if (drawing.dots == NULL || drawing.coverage == NULL || drawing.density == NULL)
        spiral_complain("out of memory");
    else {
        add_box(&drawing, prim, &store->figures, request->language);
        for (size_t step = 0; step < box->steps; step++)
            add_step(&drawing, prim, &store->figures, request->language, step);
        snprintf(what, sizeof what,
                 chinese ? "案例为不低于 %.3g 的点：%zu / %zu"
                         : "cases are points with %.3g or more: %zu of %zu",
                 threshold, prim->cases, prim->points);
        spiral_chart_store_subtitle(subtitle, store, request->language, what);

        const struct spiral_choice_figure figure = {
            .title = chinese ? "盒子的取舍：覆盖率与密度"
                             : "What a box trades: coverage against density",
            .subtitle = subtitle,
            .note = chinese
                        ? "点：PRIM 逐步剥去参数空间的一端；数字为步骤，旁列自该步起被限制的因素，"
                          "`spiral analyse --method prim --box 步骤` 即取该盒；大灰点为默认所取。"
                          "覆盖率：案例在盒内的比例；密度：盒内为案例的比例；占比：盒内点的比例。"
                        : "Dots: PRIM peels an end off the space, step by step. Numbers are "
                          "steps, beside the factor that is restricted from there on; `spiral "
                          "analyse --method prim --box STEP` takes that step. The large grey "
                          "dot is the box that is taken without it. Coverage: the share of "
                          "cases in the box; density: the share of its points that are cases; "
                          "mass: its share of all points.",
            .x_name = chinese ? "覆盖率" : "coverage",
            .y_name = chinese ? "密度" : "density",
            .x = {0.0, 1.06, false},
            .y = {0.0, 1.02, false},
            .x_percent = true,
            .y_percent = true,
            .dot_count = drawing.dot_count,
            .dots = drawing.dots,
            .path_count = box->steps,
            .path_x = drawing.coverage,
            .path_y = drawing.density,
            .path_name = "",
            .ramp_name = chinese ? "占比" : "mass",
            .ramp_low = 0.0,
            .ramp_high = 1.0,
            .column_count = 4,
            .heads = {chinese ? "覆盖率" : "coverage", chinese ? "密度" : "density",
                      chinese ? "占比" : "mass", chinese ? "限制" : "ranges"},
            .row_count = drawing.row_count,
            .rows = drawing.rows};

        if (spiral_chart_open(&output, request)) {
            spiral_choice_draw(output.page, &figure);
            exit_status = spiral_chart_close(&output, request, SPIRAL_OK);
        }
    }

    free(drawing.dots);
    free(drawing.coverage);
    free(drawing.density);

    return exit_status;
}

static int draw_chart(const struct spiral_chart_request *request)
{
    struct spiral_chart_store store;
    struct spiral_prim prim = {.boxes = NULL};
    struct spiral_error error;
    double threshold = 0.0;
    int exit_status = spiral_chart_store_read(&store, request, "prim");

    if (exit_status == SPIRAL_EXIT_OK && store.figures.factors == 0) {
        spiral_complain("chart prim: nothing varies in this sweep");
        exit_status = SPIRAL_EXIT_BAD_INPUT;
    }

    if (exit_status == SPIRAL_EXIT_OK &&
        spiral_analyse_boxes(&prim, &threshold, &store.figures, &store.asked, &error) != SPIRAL_OK)
        exit_status = spiral_complain_error(&error);

    if (exit_status == SPIRAL_EXIT_OK && prim.box_count == 0) {
        spiral_complain("chart prim: no box is denser than chance explains; there is nothing to "
                        "draw");
        exit_status = SPIRAL_EXIT_BAD_INPUT;
    }

    if (exit_status == SPIRAL_EXIT_OK)
        exit_status = draw_boxes(request, &store, &prim, threshold);
    spiral_prim_clear(&prim);
    spiral_chart_store_clear(&store);

    return exit_status;
}

const struct spiral_chart_kind spiral_chart_prim = {
    "prim", "STORE", "the steps of PRIM's first box, coverage against density, from a sweep",
    1,      1,       1100.0,
    600.0,  0,       draw_chart};
