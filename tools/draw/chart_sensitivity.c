/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "render/figure/bars.h"
#include "tools/draw/chart.h"
#include "tools/findings/findings.h"

/* An axis' label in the figure's language, by its name; a factor of several axes keeps its
 * names. */
static const char *label_of(const struct spiral_store_figures *figures, const char *name,
                            enum spiral_language language)
{
    for (size_t a = 0; a < figures->axis_count; a++)
        if (strcmp(figures->axes[a].name, name) == 0)
            return language == SPIRAL_CHINESE ? figures->axes[a].label_zh
                                              : figures->axes[a].label_en;
    return name;
}

static int find_outcome(const struct spiral_store_figures *figures, const char *wanted,
                        size_t *outcome)
{
    for (*outcome = 0; *outcome < figures->outcome_count; ++*outcome)
        if (strcmp(figures->outcomes[*outcome].name, wanted) == 0)
            return SPIRAL_EXIT_OK;
    spiral_complain("chart sensitivity: the store keeps no outcome '%s'; it keeps %s%s", wanted,
                    figures->outcomes[0].name,
                    figures->outcome_count > 1 ? " and others (--outcome)" : "");
    return SPIRAL_EXIT_BAD_INPUT;
}

static int find_scenario(const struct spiral_store_figures *figures, const char *wanted,
                         size_t *scenario)
{
    for (*scenario = 0; *scenario < figures->scenario_count; ++*scenario)
        if (strcmp(figures->scenarios[*scenario].name, wanted) == 0)
            return SPIRAL_EXIT_OK;
    spiral_complain("chart sensitivity: the store has no scenario '%s'; its first is %s", wanted,
                    figures->scenarios[0].name);
    return SPIRAL_EXIT_BAD_INPUT;
}

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
                      const struct spiral_store_figures *figures,
                      const struct spiral_finding_table *table,
                      const struct spiral_analyse_request *asked)
{
    const bool chinese = request->language == SPIRAL_CHINESE;
    struct spiral_bars_row *rows = calloc(table->count, sizeof *rows);
    struct spiral_chart_output output;
    const struct form *form = forms;
    char title[SPIRAL_CHART_TITLE];
    char subtitle[600];

    if (rows == NULL) {
        spiral_complain("out of memory");
        return SPIRAL_EXIT_FAILED;
    }

    spiral_chart_case_title(title, figures->scenarios[asked->scenario].scenario, request->language);
    snprintf(subtitle, sizeof subtitle, chinese ? "%s%s：%s；%zu 个点" : "%s%s: %s; %zu points",
             title,
             /* with its policy */
             figures->scenarios[asked->scenario].name +
                 strcspn(figures->scenarios[asked->scenario].name, "/"),
             chinese ? figures->outcomes[asked->outcome].label_zh
                     : figures->outcomes[asked->outcome].label_en,
             figures->points);
    while (form->method != asked->method)
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
        rows[i].label = label_of(figures, table->rows[i].factor, request->language);
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
    struct spiral_store_figures figures;
    struct spiral_findings findings = {.count = 0};
    struct spiral_error error;
    struct spiral_analyse_request asked = {.resampling = {1000, request->seed}, .threshold = NAN};

    if (spiral_store_read(&figures, request->operands[0], &error) != SPIRAL_OK ||
        spiral_policies_derive(&figures, NULL, &error) != SPIRAL_OK) {
        spiral_store_figures_clear(&figures);
        return spiral_complain_error(&error);
    }

    asked.method = figures.design == SPIRAL_DESIGN_saltelli ? SPIRAL_ANALYSE_sobol
                   : figures.design == SPIRAL_DESIGN_morris ? SPIRAL_ANALYSE_morris
                                                            : SPIRAL_ANALYSE_prcc;
    int exit_status =
        find_outcome(&figures, request->outcome != NULL ? request->outcome : "war", &asked.outcome);

    if (exit_status == SPIRAL_EXIT_OK && request->scenario != NULL)
        exit_status = find_scenario(&figures, request->scenario, &asked.scenario);

    if (exit_status == SPIRAL_EXIT_OK && figures.cells_done < figures.cells) {
        spiral_complain("chart sensitivity: %zu of %zu cells are done; `spiral sweep --resume %s` "
                        "runs the rest",
                        figures.cells_done, figures.cells, request->operands[0]);
        exit_status = SPIRAL_EXIT_BAD_INPUT;
    }

    if (exit_status == SPIRAL_EXIT_OK &&
        spiral_analyse(&findings, &figures, &asked, &error) != SPIRAL_OK)
        exit_status = spiral_complain_error(&error);
    const struct spiral_finding_table *table = NULL;

    for (size_t i = 0; i < findings.count && table == NULL && exit_status == SPIRAL_EXIT_OK; i++)
        table = findings.tables[i].count > 0 ? &findings.tables[i] : NULL;

    if (table != NULL) {
        spiral_findings_sort(&findings);
        exit_status = draw_table(request, &figures, table, &asked);
    } else if (exit_status == SPIRAL_EXIT_OK) {
        spiral_complain("chart sensitivity: the outcome does not vary over the points; there is "
                        "nothing to draw");
        exit_status = SPIRAL_EXIT_BAD_INPUT;
    }

    spiral_findings_clear(&findings);
    spiral_store_figures_clear(&figures);

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
