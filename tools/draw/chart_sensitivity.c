/* SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include "render/figure/bars.h"
#include "tools/draw/chart_store.h"

/* How each method's figure is made: its bars, what they measure, and the scale that they lie
 * on at least. */
static const struct form {
    enum spiral_analyse_method method;
    size_t measures;
    enum spiral_word measure[SPIRAL_MOST_BARS];
    enum spiral_word x_name;
    double low;
    double high;
} forms[] = {
    {SPIRAL_ANALYSE_sobol,
     2,
     {SPIRAL_WORD_total_effect, SPIRAL_WORD_first_effect},
     SPIRAL_WORD_variance_share,
     0.0,
     1.0},
    {SPIRAL_ANALYSE_morris, 1, {SPIRAL_WORD_elementary}, SPIRAL_WORD_elementary, 0.0, 0.0},
    {SPIRAL_ANALYSE_prcc,
     1,
     {SPIRAL_WORD_rank_correlation},
     SPIRAL_WORD_rank_correlation,
     -1.0,
     1.0},
};

/* The first table with rows is drawn: its first measures, as its method's form says. */
static int draw_table(const struct spiral_chart_request *request,
                      const struct spiral_chart_store *store,
                      const struct spiral_finding_table *table)
{
    const bool chinese = request->language == SPIRAL_CHINESE;
    struct spiral_bars_row *rows = calloc(table->count, sizeof *rows);
    struct spiral_chart_output output;
    const struct form *form = forms;
    char subtitle[SPIRAL_CHART_SUBTITLE];
    char points[60];

    if (rows == NULL) {
        spiral_complain("out of memory");
        return SPIRAL_EXIT_FAILED;
    }

    snprintf(points, sizeof points, chinese ? "%zu 个点" : "%zu points", store->figures.points);
    spiral_chart_store_subtitle(subtitle, store, request->language, points);
    while (form->method != store->asked.method)
        form++;

    struct spiral_bars_figure figure = {.title =
                                            chinese ? "什么决定结果" : "What decides the outcome",
                                        .subtitle = subtitle,
                                        .note = chinese ? table->note_zh : table->note,
                                        .x_name = spiral_word(form->x_name, request->language),
                                        .measure_count = form->measures,
                                        .low = form->low,
                                        .high = form->high,
                                        .bounded = form->high > form->low,
                                        .count = table->count,
                                        .rows = rows};

    for (size_t m = 0; m < figure.measure_count; m++)
        figure.measures[m] = spiral_word(form->measure[m], request->language);

    for (size_t i = 0; i < table->count; i++) {
        rows[i].label =
            spiral_chart_store_label(&store->figures, table->rows[i].factor, request->language);
        for (size_t m = 0; m < figure.measure_count; m++) {
            rows[i].value[m] = table->rows[i].measures[m].value;
            rows[i].low[m] = table->rows[i].measures[m].interval.low;
            rows[i].high[m] = table->rows[i].measures[m].interval.high;
        }
    }

    int exit_status = SPIRAL_EXIT_FAILED;

    if (spiral_chart_open(&output, request)) {
        spiral_bars_draw(output.page, &figure);
        exit_status = spiral_chart_close(&output, request, SPIRAL_OK);
    }

    free(rows);

    return exit_status;
}

static int draw_chart(const struct spiral_chart_request *request)
{
    struct spiral_chart_store store;
    struct spiral_findings findings = {.count = 0};
    struct spiral_error error;
    int exit_status = spiral_chart_store_read(&store, request, "sensitivity");

    if (exit_status == SPIRAL_EXIT_OK &&
        spiral_analyse(&findings, &store.figures, &store.asked, &error) != SPIRAL_OK)
        exit_status = spiral_complain_error(&error);
    const struct spiral_finding_table *table = NULL;

    for (size_t i = 0; i < findings.count && table == NULL && exit_status == SPIRAL_EXIT_OK; i++)
        table = findings.tables[i].count > 0 ? &findings.tables[i] : NULL;

    if (table != NULL) {
        spiral_findings_sort(&findings);
        exit_status = draw_table(request, &store, table);
    } else if (exit_status == SPIRAL_EXIT_OK) {
        spiral_complain("chart sensitivity: the outcome does not vary over the points; there is "
                        "nothing to draw");
        exit_status = SPIRAL_EXIT_BAD_INPUT;
    }

    spiral_findings_clear(&findings);
    spiral_chart_store_clear(&store);

    return exit_status;
}

const struct spiral_chart_kind spiral_chart_sensitivity = {
    "sensitivity",
    "STORE",
    "what decides an outcome, from a sweep: indices with intervals, by its design",
    1,
    1,
    900.0,
    520.0,
    0,
    draw_chart};
