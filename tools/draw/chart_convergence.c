/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "render/figure/convergence.h"
#include "tools/draw/chart_store.h"

/* The fewest base points that are looked at, and how many numbers of them at most. */
enum { FEWEST = 8, MOST_STAGES = 40 };

/* Each method's scale and what its axis is called. */
static const struct form {
    enum spiral_analyse_method method;
    enum spiral_word name;
    double low;
    double high;
    bool bounded;
} forms[] = {
    {SPIRAL_ANALYSE_sobol, SPIRAL_WORD_total_share, 0.0, 1.0, true},
    {SPIRAL_ANALYSE_morris, SPIRAL_WORD_elementary, 0.0, 0.0, false},
    {SPIRAL_ANALYSE_prcc, SPIRAL_WORD_rank_correlation, -1.0, 1.0, true},
};

/* The numbers of base points that are drawn, and what was found of each. */
struct stages {
    size_t count;
    double points[MOST_STAGES];
    struct spiral_findings found[MOST_STAGES];
    double *numbers; /* [(curve * 3 + which) * MOST_STAGES + stage]: value, low, high */
};

static void clear_stages(struct stages *stages)
{
    for (size_t i = 0; i < stages->count; i++)
        spiral_findings_clear(&stages->found[i]);
    free(stages->numbers);
}

/* Powers of two and, at the end, all that there are; those too few for an estimate are left out. */
static enum spiral_status analyse_stages(struct stages *stages,
                                         const struct spiral_chart_store *store,
                                         struct spiral_error *error)
{
    const size_t all = store->figures.base;
    enum spiral_status status = SPIRAL_OK;

    for (size_t base = FEWEST; status == SPIRAL_OK && stages->count < MOST_STAGES; base *= 2) {
        const size_t now = base < all ? base : all;
        struct spiral_findings *found = &stages->found[stages->count];

        status = spiral_analyse_first(found, &store->figures, &store->asked, now, error);

        if (status == SPIRAL_OK && found->tables[0].count == 0 && now < all)
            spiral_findings_clear(found);
        else
            stages->points[stages->count++] = (double)now;
        if (now == all)
            break;
    }

    return status;
}

/* The row of a factor in what was found of a stage, or NULL. */
static const struct spiral_finding *find_row(const struct spiral_findings *found,
                                             const char *factor)
{
    for (size_t i = 0; found->count > 0 && i < found->tables[0].count; i++)
        if (strcmp(found->tables[0].rows[i].factor, factor) == 0)
            return &found->tables[0].rows[i];
    return NULL;
}

/* A factor's index over the stages. */
static void fill_curve(struct spiral_converging *curve, struct stages *stages, size_t place,
                       const char *factor)
{
    double *value = stages->numbers + place * 3 * MOST_STAGES;
    double *low = value + MOST_STAGES;
    double *high = low + MOST_STAGES;

    for (size_t i = 0; i < stages->count; i++) {
        const struct spiral_finding *row = find_row(&stages->found[i], factor);
        value[i] = row != NULL ? row->measures[0].value : NAN;
        low[i] = row != NULL ? row->measures[0].interval.low : NAN;
        high[i] = row != NULL ? row->measures[0].interval.high : NAN;
    }

    curve->value = value;
    curve->low = low;
    curve->high = high;
}

/* What the points of a design are called in the plural. */
static enum spiral_word points_of(enum spiral_design_kind design)
{
    return design == SPIRAL_DESIGN_saltelli ? SPIRAL_WORD_base_points
           : design == SPIRAL_DESIGN_morris ? SPIRAL_WORD_trajectories
                                            : SPIRAL_WORD_points;
}

static int draw_stages(const struct spiral_chart_request *request,
                       const struct spiral_chart_store *store, struct stages *stages)
{
    const bool chinese = request->language == SPIRAL_CHINESE;
    const struct spiral_finding_table *last = &stages->found[stages->count - 1].tables[0];
    const struct form *form = forms;
    struct spiral_chart_output output;
    char subtitle[SPIRAL_CHART_SUBTITLE];
    char what[80];
    char note[300];

    while (form->method != store->asked.method)
        form++;
    snprintf(what, sizeof what, chinese ? "%zu 个%s" : "%zu %s", store->figures.base,
             spiral_word(points_of(store->figures.design), request->language));
    spiral_chart_store_subtitle(subtitle, store, request->language, what);

    struct spiral_convergence_figure figure = {
        .title = chinese ? "结果有多确定" : "How certain the indices are",
        .subtitle = subtitle,
        .note = note,
        .x_name = spiral_word(points_of(store->figures.design), request->language),
        .y_name = spiral_word(form->name, request->language),
        .low = form->low,
        .high = form->high,
        .bounded = form->bounded,
        .count = stages->count,
        .points = stages->points,
    };

    for (; figure.curve_count < SPIRAL_MOST_CONVERGING && figure.curve_count < last->count;
         figure.curve_count++) {
        const char *factor = last->rows[figure.curve_count].factor;
        struct spiral_converging *curve = &figure.curves[figure.curve_count];

        curve->name = spiral_chart_store_label(&store->figures, factor, request->language);
        fill_curve(curve, stages, figure.curve_count, factor);
    }

    snprintf(note, sizeof note, "%s",
             chinese ? "各处为序列的前若干点，本身即为样本；区间为 95 %。"
                     : "Each index is of the first so many points of the sequence, a sample in its "
                       "own right, with its 95 % interval.");
    if (last->count > figure.curve_count)
        snprintf(note + strlen(note), sizeof note - strlen(note),
                 chinese ? "图示最大的 %zu 个因素，共 %zu 个。"
                         : " The %zu largest of %zu factors.",
                 figure.curve_count, last->count);

    int exit_status = SPIRAL_EXIT_FAILED;

    if (spiral_chart_open(&output, request)) {
        spiral_convergence_draw(output.page, &figure);
        exit_status = spiral_chart_close(&output, request, SPIRAL_OK);
    }

    return exit_status;
}

/* Whether there is a sequence of points to draw; complains. */
static bool has_stages(const struct spiral_store_figures *figures)
{
    if (!spiral_design_is_sequence(figures->design))
        spiral_complain("chart convergence: the first points of a design of kind %s are no sample "
                        "by themselves; those of random, sobol, saltelli and morris are",
                        spiral_design_names[figures->design]);
    else if (figures->axis_count == 0 || figures->base <= FEWEST)
        spiral_complain("chart convergence: the store has %zu points; expected more than %d",
                        figures->base, FEWEST);
    else
        return true;

    return false;
}

static int draw_chart(const struct spiral_chart_request *request)
{
    struct spiral_chart_store store;
    struct stages stages = {.count = 0};
    struct spiral_error error;
    int exit_status = spiral_chart_store_read(&store, request, "convergence");

    if (exit_status == SPIRAL_EXIT_OK && !has_stages(&store.figures))
        exit_status = SPIRAL_EXIT_BAD_INPUT;

    if (exit_status == SPIRAL_EXIT_OK) {
        stages.numbers =
            calloc((size_t)SPIRAL_MOST_CONVERGING * 3 * MOST_STAGES, sizeof *stages.numbers);
        if (stages.numbers == NULL) {
            spiral_complain("out of memory");
            exit_status = SPIRAL_EXIT_FAILED;
        } else if (analyse_stages(&stages, &store, &error) != SPIRAL_OK)
            exit_status = spiral_complain_error(&error);
    }

    if (exit_status == SPIRAL_EXIT_OK) {
        struct spiral_findings *last = &stages.found[stages.count - 1];

        spiral_findings_sort(last);
        if (last->tables[0].count == 0 || stages.count < 2) {
            spiral_complain("chart convergence: %s",
                            stages.count < 2 ? "too few points for more than one estimate"
                                             : last->tables[0].note);
            exit_status = SPIRAL_EXIT_BAD_INPUT;
        } else
            exit_status = draw_stages(request, &store, &stages);
    }

    clear_stages(&stages);
    spiral_chart_store_clear(&store);

    return exit_status;
}

const struct spiral_chart_kind spiral_chart_convergence = {
    "convergence",
    "STORE",
    "how certain an outcome's indices are, by the number of points, from a sweep",
    1,
    1,
    1000.0,
    560.0,
    0,
    draw_chart};
