/* SPDX-License-Identifier: MIT
 *
 * The report of a store.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "tools/draw/report.h"
#include "tools/findings/findings.h"
#include "tools/store/rows.h"

#define WORD(name) spiral_report_word(report, SPIRAL_REPORT_##name)
#define HEADS(...) \
    (const enum spiral_report_word[]){__VA_ARGS__}, \
        sizeof((const enum spiral_report_word[]){__VA_ARGS__}) / sizeof(enum spiral_report_word)

static void write_provenance(const struct spiral_report_page *report,
                             const struct spiral_store_figures *figures)
{
    struct spiral_html_table table;

    spiral_html_heading(report->out, "run", WORD(what_was_run));
    spiral_report_table(&table, report, SPIRAL_REPORT_what_was_run,
                        HEADS(SPIRAL_REPORT_item, SPIRAL_REPORT_value));
    spiral_html_cell(&table, "%s", WORD(experiment));
    spiral_html_cell(&table, "%s (%s)", figures->name, figures->hash);
    spiral_html_cell(&table, "%s", WORD(program));
    spiral_html_cell(&table, "spiral %s", figures->version);
    spiral_html_cell(&table, "%s", WORD(constants));
    spiral_html_cell(&table, "%s", figures->constants_hash);
    spiral_html_cell(&table, "%s", WORD(design));
    spiral_html_cell(&table, "%s", spiral_design_names[figures->design]);
    spiral_html_cell(&table, "%s", WORD(points));
    spiral_html_cell(&table, "%zu", figures->points);
    spiral_html_cell(&table, "%s", WORD(cells));
    spiral_html_cell(&table, "%zu / %zu", figures->cells_done, figures->cells);

    for (size_t s = 0; s < figures->scenario_count; s++) {
        spiral_html_cell(&table, "%s", WORD(scenario));
        spiral_html_cell(&table, "%s, %.7g - %.7g", figures->scenarios[s].name,
                         figures->scenarios[s].start, figures->scenarios[s].end);
    }

    spiral_html_table_end(&table);
    spiral_html_paragraph(report->out, WORD(as_written));
    spiral_html_code(report->out, figures->text);
    spiral_html_paragraph(report->out, WORD(repeat));
    spiral_html_code(report->out, report->command);
}

static void write_axes(const struct spiral_report_page *report,
                       const struct spiral_store_figures *figures)
{
    struct spiral_html_table table;

    spiral_html_heading(report->out, "axes", WORD(axes));
    spiral_report_table(&table, report, SPIRAL_REPORT_axes_caption,
                        HEADS(SPIRAL_REPORT_name, SPIRAL_REPORT_meaning, SPIRAL_REPORT_low,
                              SPIRAL_REPORT_high));

    for (size_t a = 0; a < figures->axis_count; a++) {
        const struct spiral_store_axis *axis = &figures->axes[a];
        spiral_html_cell(&table, "%s", axis->name);
        spiral_html_cell(&table, "%s",
                         report->request.language == SPIRAL_CHINESE ? axis->label_zh
                                                                    : axis->label_en);
        spiral_html_cell(&table, "%g", axis->low);
        spiral_html_cell(&table, "%g%s", axis->high, axis->log ? " (log)" : "");
    }

    spiral_html_table_end(&table);
}

static int by_value(const void *a, const void *b)
{
    const double one = *(const double *)a;
    const double two = *(const double *)b;

    return (one > two) - (one < two);
}

/* A row: how the points' means of an outcome lie. Points without a run that counts are left out. */
static void write_spread(struct spiral_html_table *table,
                         const struct spiral_store_figures *figures, size_t scenario,
                         size_t outcome, const char *label, double *sorted)
{
    const double *mean = figures->mean + spiral_store_series(figures, scenario, outcome);
    size_t count = 0;
    double sum = 0.0;

    for (size_t p = 0; p < figures->points; p++)
        if (!isnan(mean[p])) {
            sorted[count++] = mean[p];
            sum += mean[p];
        }

    qsort(sorted, count, sizeof *sorted, by_value);
    spiral_html_cell(table, "%s", figures->scenarios[scenario].name);
    spiral_html_cell(table, "%s", label);
    if (count == 0)
        for (int i = 0; i < 4; i++)
            spiral_html_cell(table, "%s", "");

    else {
        spiral_html_cell(table, "%.4g", sorted[0]);
        spiral_html_cell(table, "%.4g", 0.5 * (sorted[(count - 1) / 2] + sorted[count / 2]));
        spiral_html_cell(table, "%.4g", sorted[count - 1]);
        spiral_html_cell(table, "%.4g", sum / (double)count);
    }
}

static int write_outcomes(const struct spiral_report_page *report,
                          const struct spiral_store_figures *figures)
{
    struct spiral_html_table table;
    double *sorted = malloc((figures->points + 1) * sizeof *sorted);

    if (sorted == NULL) {
        spiral_complain("out of memory");
        return SPIRAL_EXIT_FAILED;
    }

    spiral_html_heading(report->out, "outcomes", WORD(outcomes));
    spiral_report_table(&table, report, SPIRAL_REPORT_outcomes_caption,
                        HEADS(SPIRAL_REPORT_scenario, SPIRAL_REPORT_outcome, SPIRAL_REPORT_least,
                              SPIRAL_REPORT_middle, SPIRAL_REPORT_most, SPIRAL_REPORT_mean));

    for (size_t s = 0; s < figures->scenario_count; s++)
        for (size_t o = 0; o < figures->outcome_count; o++)
            write_spread(&table, figures, s, o,
                         report->request.language == SPIRAL_CHINESE ? figures->outcomes[o].label_zh
                                                                    : figures->outcomes[o].label_en,
                         sorted);

    spiral_html_table_end(&table);
    free(sorted);

    return SPIRAL_EXIT_OK;
}

/* What a table is of, and what it rests on; the notes of the analysis are English. */
static void write_caption(char *text, size_t size, const struct spiral_report_page *report,
                          const struct spiral_store_figures *figures, size_t outcome,
                          const struct spiral_finding_table *found)
{
    static const struct {
        const char *measure, *zh;
    } parts[] = {{"total", "占方差的比例（Sobol' 指数：总效应与一阶效应）"},
                 {"second", "两因素的交互（Sobol' 二阶指数）"},
                 {"mu_star", "跨因素取值范围的基本效应（Morris）"},
                 {"prcc", "偏秩相关系数"}};
    const char *part = found->method;

    for (size_t p = 0; p < sizeof parts / sizeof *parts; p++)
        part = strcmp(found->measures[0], parts[p].measure) == 0 ? parts[p].zh : part;
    if (report->request.language == SPIRAL_CHINESE)
        snprintf(text, size, "%s，%s：%s；%zu 个点", found->scenario,
                 figures->outcomes[outcome].label_zh, part, figures->points);
    else
        snprintf(text, size, "%s, %s: %s%s%s%s%s", found->scenario, found->outcome, found->method,
                 found->part[0] != '\0' ? ", " : "", found->part,
                 found->note[0] != '\0' ? ". " : "", found->note);
}

static void write_findings(const struct spiral_report_page *report,
                           const struct spiral_store_figures *figures, size_t outcome,
                           const struct spiral_finding_table *found)
{
    char caption[1200];
    char heads[SPIRAL_MOST_MEASURES][80];
    const char *texts[2 + 2 * SPIRAL_MOST_MEASURES] = {WORD(factor), WORD(with_level)};
    struct spiral_html_table table;
    size_t columns = 2;

    write_caption(caption, sizeof caption, report, figures, outcome, found);

    for (size_t m = 0; m < found->measure_count; m++) {
        snprintf(heads[m], sizeof heads[m], "#%s", found->measures[m]);
        texts[columns++] = heads[m];
        texts[columns++] = WORD(interval);
    }

    spiral_html_table_begin(&table, report->out, caption, texts, columns);
    for (size_t r = 0; r < found->count; r++) {
        spiral_html_cell(&table, "%s", found->rows[r].factor);
        spiral_html_cell(&table, "%s", found->rows[r].with);

        for (size_t m = 0; m < found->measure_count; m++) {
            const struct spiral_estimate *estimate = &found->rows[r].measures[m];
            spiral_html_cell_where(&table, !isnan(estimate->value), "%.3f", estimate->value);
            spiral_html_cell_where(&table, !isnan(estimate->interval.low), "%.3f %s %.3f",
                                   estimate->interval.low, WORD(to), estimate->interval.high);
        }
    }

    spiral_html_table_end(&table);
}

/* What decides the outcome, by the method that suits the design: figure and tables. */
static int write_sensitivity(struct spiral_report_page *report,
                             const struct spiral_store_figures *figures, size_t outcome)
{
    struct spiral_findings findings = {.count = 0};
    struct spiral_error error;
    struct spiral_analyse_request asked = {.outcome = outcome,
                                           .resampling = {1000, report->request.seed},
                                           .threshold = NAN};
    enum spiral_status status = SPIRAL_OK;

    asked.method = figures->design == SPIRAL_DESIGN_saltelli ? SPIRAL_ANALYSE_sobol
                   : figures->design == SPIRAL_DESIGN_morris ? SPIRAL_ANALYSE_morris
                                                             : SPIRAL_ANALYSE_prcc;
    for (asked.scenario = 0; asked.scenario < figures->scenario_count && status == SPIRAL_OK;
         asked.scenario++)
        status = spiral_analyse(&findings, figures, &asked, &error);

    int exit_status = SPIRAL_EXIT_OK;

    if (status == SPIRAL_OK) {
        spiral_html_heading(report->out, "sensitivity", WORD(sensitivity));
        spiral_findings_sort(&findings);

        for (size_t t = 0; t < findings.count && exit_status == SPIRAL_EXIT_OK; t++)
            if (findings.tables[t].count > 0) {
                const bool first_of_scenario =
                    report->request.scenario == NULL ||
                    strcmp(report->request.scenario, findings.tables[t].scenario) != 0;
                report->request.scenario = findings.tables[t].scenario;
                if (first_of_scenario)
                    exit_status =
                        spiral_report_figure(report, "sensitivity", SPIRAL_REPORT_fig_sensitivity);
                write_findings(report, figures, outcome, &findings.tables[t]);
            } else
                spiral_html_paragraph(report->out, findings.tables[t].note);
    } else if (
        status !=
        SPIRAL_BAD_INPUT) /* a design that the method cannot use: then there is no such part */
        exit_status = spiral_complain_error(&error);
    spiral_findings_clear(&findings);
    return exit_status;
}

static int write_page(struct spiral_report_page *report, const struct spiral_store_figures *figures)
{
    const char *wanted = report->request.outcome != NULL ? report->request.outcome : "war";
    size_t outcome = 0;

    while (outcome < figures->outcome_count && strcmp(figures->outcomes[outcome].name, wanted) != 0)
        outcome++;

    if (outcome == figures->outcome_count && report->request.outcome != NULL) {
        spiral_complain("report: the store keeps no outcome '%s'; it keeps %s%s", wanted,
                        figures->outcomes[0].name, figures->outcome_count > 1 ? " and others" : "");
        return SPIRAL_EXIT_BAD_INPUT;
    }

    outcome = outcome == figures->outcome_count ? 0 : outcome;
    report->request.outcome = figures->outcomes[outcome].name;
    spiral_html_begin(report->out, spiral_language_code(report->request.language), figures->name,
                      report->request.theme);
    write_provenance(report, figures);
    spiral_html_heading(report->out, "limits", WORD(limits));
    spiral_html_paragraph(report->out, WORD(limits_text));
    write_axes(report, figures);

    int exit_status = write_outcomes(report, figures);

    if (exit_status == SPIRAL_EXIT_OK && figures->cells_done == figures->cells)
        exit_status = write_sensitivity(report, figures, outcome);
    spiral_html_end(report->out);

    return exit_status;
}

static int report_sweep(struct spiral_report_page *report)
{
    struct spiral_store_figures figures;
    struct spiral_error error;
    const enum spiral_status status =
        spiral_store_read(&figures, report->request.operands[0], &error);
    const int exit_status =
        status == SPIRAL_OK ? write_page(report, &figures) : spiral_complain_error(&error);

    spiral_store_figures_clear(&figures);

    return exit_status;
}

/* Whether a store has a table. */
static bool has_table(struct spiral_store *store, const char *table)
{
    struct spiral_error error;
    char sql[100];
    int64_t count = 0;

    snprintf(sql, sizeof sql,
             "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = '%s'", table);
    return spiral_store_count(store, sql, &count, &error) == SPIRAL_OK && count > 0;
}

int spiral_report_store(struct spiral_report_page *report)
{
    struct spiral_store *store;
    struct spiral_error error;

    if (spiral_store_open(&store, report->request.operands[0], false, &error) != SPIRAL_OK)
        return spiral_complain_error(&error);

    const int exit_status = has_table(store, "claim")       ? spiral_report_claims(report, store)
                            : has_table(store, "posterior") ? spiral_report_calibration(report)
                                                            : report_sweep(report);

    spiral_store_close(store);

    return exit_status;
}
