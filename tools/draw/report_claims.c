/* SPDX-License-Identifier: MIT
 *
 * The report of a store of claims, and of one of a calibration.
 */
#include <math.h>
#include <stdlib.h>

#include "tools/draw/report.h"
#include "tools/store/claims.h"
#include "tools/store/posterior.h"

static void begin_page(const struct spiral_report_page *report, enum spiral_report_word title)
{
    spiral_html_begin(report->out, spiral_language_code(report->request.language),
                      spiral_report_word(report, title), report->request.theme);
}

static void end_page(const struct spiral_report_page *report)
{
    spiral_html_heading(report->out, "run", spiral_report_word(report, SPIRAL_REPORT_repeat));
    spiral_html_code(report->out, report->command);
    spiral_html_heading(report->out, "limits", spiral_report_word(report, SPIRAL_REPORT_limits));
    spiral_html_paragraph(report->out, spiral_report_word(report, SPIRAL_REPORT_limits_text));
    spiral_html_end(report->out);
}

/* --- claims ----------------------------------------------------------------------------------- */

/* The parameter that differs most between the points where a claim does not hold and the others;
 * "" where there is none beyond chance. */
static const char *decider_name(const struct spiral_claim_trial *trial,
                                const struct spiral_claim_summary *summary)
{
    const struct spiral_claim_corner *corner = &summary->fails;
    return corner->deciders > 0 && corner->decider[0].p < 0.05
               ? trial->space.axes[corner->decider[0].axis].name
               : "";
}

static void write_claims_table(const struct spiral_report_page *report,
                               const struct spiral_claim_trial *trial,
                               const struct spiral_claim_summary *summaries,
                               enum spiral_claim_event event)
{
    static const enum spiral_report_word heads[] = {
        SPIRAL_REPORT_reading,       SPIRAL_REPORT_statement, SPIRAL_REPORT_scope_points,
        SPIRAL_REPORT_holds,         SPIRAL_REPORT_interval,  SPIRAL_REPORT_reversed,
        SPIRAL_REPORT_median_effect, SPIRAL_REPORT_interval,  SPIRAL_REPORT_decided_by};
    const bool chinese = report->request.language == SPIRAL_CHINESE;
    struct spiral_html_table table;

    spiral_report_table(&table, report,
                        event == SPIRAL_CLAIM_WAR ? SPIRAL_REPORT_claims_of_war
                                                  : SPIRAL_REPORT_claims_of_force,
                        heads, sizeof heads / sizeof *heads);

    for (size_t c = 0; c < trial->request.claim_count; c++) {
        const struct spiral_claim *claim = &trial->request.claims[c];
        const struct spiral_claim_summary *summary =
            &summaries[(size_t)event * trial->request.claim_count + c];
        const bool effect = !isnan(summary->median.value);
        spiral_html_cell(&table, "%s",
                         chinese ? trial->request.set->readings[claim->reading].zh
                                 : trial->request.set->readings[claim->reading].en);
        spiral_html_cell(&table, "%s", chinese ? claim->zh : claim->en);
        spiral_html_cell(&table, "%llu", (unsigned long long)summary->points);
        spiral_html_cell(&table, "%.0f %%", 100.0 * summary->holds.share);
        spiral_html_cell(&table, "%.0f-%.0f %%", 100.0 * summary->holds.interval.low,
                         100.0 * summary->holds.interval.high);
        spiral_html_cell(&table, "%.0f %%", 100.0 * summary->reversed.share);
        spiral_html_cell_where(&table, effect, "%+.3f", summary->median.value);
        spiral_html_cell_where(&table, effect, "%+.3f %s %+.3f", summary->median.interval.low,
                               spiral_report_word(report, SPIRAL_REPORT_to),
                               summary->median.interval.high);
        spiral_html_cell(&table, "%s", decider_name(trial, summary));
    }

    spiral_html_table_end(&table);
}

int spiral_report_claims(struct spiral_report_page *report, struct spiral_store *store)
{
    struct spiral_claim_trial trial = {.points_done = 0};
    struct spiral_claim_summary *summaries = NULL;
    struct spiral_error error;
    enum spiral_status status = spiral_store_claims_load(store, &trial, &error);

    if (status == SPIRAL_OK && trial.points_done < trial.request.points)
        status = spiral_error_set(
            &error, SPIRAL_BAD_INPUT,
            "%s: %zu of %zu points are done; `spiral claims --resume %s` runs the rest",
            report->request.operands[0], trial.points_done, trial.request.points,
            report->request.operands[0]);
    if (status == SPIRAL_OK)
        status = spiral_claims_sum_up(&summaries, &trial, &error);

    int exit_status = status == SPIRAL_OK ? SPIRAL_EXIT_OK : spiral_complain_error(&error);

    if (status == SPIRAL_OK) {
        begin_page(report, SPIRAL_REPORT_claims);
        spiral_html_paragraph(report->out, spiral_report_word(report, SPIRAL_REPORT_claims_text));
        exit_status = spiral_report_figure(report, "claims", SPIRAL_REPORT_fig_claims);
        for (int event = 0; event < SPIRAL_CLAIM_EVENTS; event++)
            write_claims_table(report, &trial, summaries, (enum spiral_claim_event)event);

        end_page(report);
    }

    free(summaries);
    spiral_claim_trial_clear(&trial);

    return exit_status;
}

/* --- a calibration ---------------------------------------------------------------------------- */

static void write_sample(const struct spiral_report_page *report,
                         const struct spiral_posterior_sample *sample)
{
    static const enum spiral_report_word heads[] = {SPIRAL_REPORT_name,    SPIRAL_REPORT_meaning,
                                                    SPIRAL_REPORT_present, SPIRAL_REPORT_best,
                                                    SPIRAL_REPORT_mean,    SPIRAL_REPORT_deviation,
                                                    SPIRAL_REPORT_low,     SPIRAL_REPORT_high};
    struct spiral_html_table table;

    spiral_report_table(&table, report, SPIRAL_REPORT_sample_caption, heads,
                        sizeof heads / sizeof *heads);

    for (size_t a = 0; a < sample->axis_count; a++) {
        const struct spiral_posterior_axis *axis = &sample->axes[a];
        double sum = 0.0;
        double mean = 0.0;
        double variance = 0.0;
        size_t best = 0;

        for (size_t p = 0; p < sample->count; p++) {
            sum += sample->weight[p];
            mean += sample->weight[p] * sample->value[p * sample->axis_count + a];
            best = sample->distance[p] < sample->distance[best] ? p : best;
        }

        mean /= sum;
        for (size_t p = 0; p < sample->count; p++)
            variance += sample->weight[p] / sum *
                        pow(sample->value[p * sample->axis_count + a] - mean, 2.0);

        spiral_html_cell(&table, "%s", axis->name);
        spiral_html_cell(&table, "%s",
                         report->request.language == SPIRAL_CHINESE ? axis->label_zh
                                                                    : axis->label_en);
        spiral_html_cell_where(&table, !isnan(axis->present), "%.4g", axis->present);
        spiral_html_cell(&table, "%.4g", sample->value[best * sample->axis_count + a]);
        spiral_html_cell(&table, "%.4g", mean);
        spiral_html_cell(&table, "%.3g", sqrt(variance));
        spiral_html_cell(&table, "%g", axis->low);
        spiral_html_cell(&table, "%g%s", axis->high, axis->log ? " (log)" : "");
    }

    spiral_html_table_end(&table);
}

int spiral_report_calibration(struct spiral_report_page *report)
{
    static struct spiral_posterior_sample sample;
    struct spiral_error error;
    int exit_status = SPIRAL_EXIT_BAD_INPUT;

    if (spiral_posterior_read(&sample, report->request.operands[0], &error) == SPIRAL_OK) {
        begin_page(report, SPIRAL_REPORT_calibration);
        spiral_html_paragraph(report->out, sample.scenarios);
        spiral_html_paragraph(report->out,
                              spiral_report_word(report, SPIRAL_REPORT_calibration_text));
        exit_status = spiral_report_figure(report, "posterior", SPIRAL_REPORT_fig_posterior);
        write_sample(report, &sample);
        end_page(report);
    } else
        exit_status = spiral_complain_error(&error);
    spiral_posterior_sample_clear(&sample);

    return exit_status;
}
