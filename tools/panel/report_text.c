/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <string.h>

#include "tools/panel/report.h"

static const char *const split_titles[SPIRAL_SPLITS] = {"five folds by pair", "by time"};

static const char *forecaster_name(int forecaster)
{
    return forecaster == SPIRAL_FORECASTER_SIMULATOR
               ? "simulator"
               : spiral_benchmark_texts[forecaster - 1].label_en;
}

/* --- numbers ---------------------------------------------------------------------------------- */

/* A score as it is written: ".123", or a dash where it is not defined. Scores below 1 lose their 0.
 */
static void write_number(char text[16], double value, int digits, bool sign)
{
    char plain[16];

    if (!isfinite(value)) {
        strcpy(text, "-");
        return;
    }

    /* A score of 1 or more has a digit before the point, and so one less after it. */
    if (digits == 3 && fabs(value) >= 0.9995)
        digits--;
    snprintf(plain, sizeof plain, sign ? "%+.*f" : "%.*f", digits, value);
    const char *zero = plain[0] == '0'                      ? plain
                       : plain[1] == '0' && plain[2] == '.' ? plain + 1
                                                            : NULL;
    if (zero == NULL || zero[1] != '.')
        strcpy(text, plain);
    else
        snprintf(text, 16, "%.*s%s", (int)(zero - plain), plain, zero + 1);
}

/* "value [low, high]", right-aligned in a column; the ends of the interval have three digits at
 * most. */
static void print_estimate(const struct spiral_estimate *estimate, int digits, bool sign, int width,
                           FILE *out)
{
    char value[16];
    char low[16];
    char high[16];
    char text[64];

    write_number(value, estimate->value, digits, sign);
    write_number(low, estimate->interval.low, digits, sign);
    write_number(high, estimate->interval.high, digits, sign);
    if (isfinite(estimate->interval.low))
        snprintf(text, sizeof text, "%s [%s, %s]", value, low, high);
    else
        snprintf(text, sizeof text, "%s", value);
    fprintf(out, "%*s", width, text);
}

/* What a table shows of a forecaster, in 80 columns: the mean, three scores with their intervals,
 * and the slope. What was observed is in the title, the intercept with the reliability. */
enum { NAME_WIDTH = 13, MEAN_WIDTH = 5, SCORE_WIDTH = 18, SLOPE_WIDTH = 6, DIFFERENCE_WIDTH = 21 };

static void print_plain(double value, int digits, int width, FILE *out)
{
    char text[16];

    write_number(text, value, digits, false);
    fprintf(out, "%*s", width, text);
}

static void print_scores(const char *name,
                         const struct spiral_estimate scores[SPIRAL_FORECAST_SCORES], FILE *out)
{
    fprintf(out, "  %-*s", NAME_WIDTH, name);
    print_plain(scores[SPIRAL_FORECAST_SCORE_mean].value, 3, MEAN_WIDTH, out);
    for (int c = 0; c < SPIRAL_COMPARED; c++)
        print_estimate(&scores[spiral_compared[c]], 3, false, SCORE_WIDTH, out);
    print_plain(scores[SPIRAL_FORECAST_SCORE_slope].value, 2, SLOPE_WIDTH, out);
    fputc('\n', out);
}

static void print_heads(FILE *out)
{
    fprintf(out, "  %-*s%*s", NAME_WIDTH, "", MEAN_WIDTH, "mean");
    for (int c = 0; c < SPIRAL_COMPARED; c++)
        fprintf(out, "%*s", SCORE_WIDTH, spiral_forecast_score_texts[spiral_compared[c]].label_en);
    fprintf(out, "%*s\n", SLOPE_WIDTH, "slope");
}

/* --- tables ----------------------------------------------------------------------------------- */

static void print_notes(const struct spiral_evaluation *evaluation, FILE *out)
{
    for (int b = 0; b < SPIRAL_BENCHMARKS; b++) {
        const struct spiral_benchmark_notes *notes = &evaluation->notes[b];
        const char *name = spiral_benchmark_texts[b].label_en;
        if (notes->separated > 0)
            fprintf(out, "  %s: separable, fitted with a ridge of 1, in %d of %d fits\n", name,
                    notes->separated, notes->fits);
        if (notes->constant > 0)
            fprintf(out, "  %s: one outcome only, so a constant forecast, in %d of %d fits\n", name,
                    notes->constant, notes->fits);
    }
}

static void print_differences(const struct spiral_evaluation *evaluation, FILE *out)
{
    fputs("  simulator less\n", out);
    for (int b = 0; b < SPIRAL_BENCHMARKS; b++) {
        fprintf(out, "    %-*s", NAME_WIDTH, spiral_benchmark_texts[b].label_en);
        for (int c = 0; c < SPIRAL_COMPARED; c++)
            print_estimate(&evaluation->differences[b][c], 3, true, DIFFERENCE_WIDTH, out);
        fputc('\n', out);
    }
}

static void print_evaluation(const struct spiral_panel_report *report, int event, int split,
                             int rows, FILE *out)
{
    const struct spiral_evaluation *evaluation = &report->evaluation[event][split][rows];

    fprintf(out, "\n%s within the window, %s", spiral_panel_event_names[event],
            split_titles[split]);
    if (split == SPIRAL_SPLIT_TIME)
        fprintf(out, " (fit: windows that end by %g; forecasts: windows that start in %g or later)",
                report->year, report->year);
    fprintf(out, ", %s:\n%zu windows of %zu pairs, %zu with %s",
            rows == SPIRAL_ROWS_QUIET ? "windows quiet at the start" : "all windows",
            evaluation->windows, evaluation->dyads, evaluation->events,
            spiral_panel_event_names[event]);
    if (evaluation->windows == 0) {
        fputc('\n', out);
        return;
    }
    fprintf(out, " (%.1f %%)\n", 100.0 * (double)evaluation->events / (double)evaluation->windows);

    print_heads(out);
    for (int f = 0; f < SPIRAL_FORECASTERS; f++)
        print_scores(forecaster_name(f), evaluation->scores[f], out);
    print_differences(evaluation, out);
    print_notes(evaluation, out);
}

static void print_reliability(const struct spiral_panel_report *report, int event, FILE *out)
{
    const struct spiral_evaluation *all =
        &report->evaluation[event][SPIRAL_SPLIT_PAIRS][SPIRAL_ROWS_ALL];

    const struct spiral_estimate *scores = all->scores[SPIRAL_FORECASTER_SIMULATOR];

    fprintf(out, "\nreliability of the simulator, %s, all windows: calibration line, intercept ",
            spiral_panel_event_names[event]);
    print_estimate(&scores[SPIRAL_FORECAST_SCORE_intercept], 2, false, 0, out);
    fputs(", slope ", out);
    print_estimate(&scores[SPIRAL_FORECAST_SCORE_slope], 2, false, 0, out);
    fprintf(out, "\n  %-20s%10s%10s%20s\n", "forecasts", "mean", "windows", "observed");
    for (size_t b = 0; b < all->bins; b++) {
        char low[16];
        char high[16];
        char mean[16];
        char range[40];

        write_number(low, all->bin[b].low, 4, false);
        write_number(high, all->bin[b].high, 4, false);
        write_number(mean, all->bin[b].mean, 4, false);
        snprintf(range, sizeof range, "%s to %s", low, high);
        fprintf(out, "  %-20s%10s%10zu", range, mean, all->bin[b].windows);
        print_estimate(&all->bin[b].observed, 3, false, 20, out);
        fputc('\n', out);
    }
}

static void print_years(const struct spiral_panel_report *report, FILE *out)
{
    fprintf(out,
            "\nyear by year: %zu years of windows of %zu pairs, and the share with the event\n",
            report->by_year[SPIRAL_PANEL_FORCE].years, report->by_year[SPIRAL_PANEL_FORCE].dyads);
    print_heads(out);
    for (int event = 0; event < SPIRAL_PANEL_EVENTS; event++) {
        const struct spiral_year_evaluation *years = &report->by_year[event];
        char name[32];

        snprintf(name, sizeof name, "%s, %.1f %%", spiral_panel_event_names[event],
                 100.0 * (double)years->events / (double)years->years);
        print_scores(name, years->scores, out);
    }

    fprintf(out, "\n  %-14s%10s%12s%12s%12s%12s\n", "year of window", "windows", "force",
            "observed", "war", "observed");
    for (int y = 0; y < report->by_year[SPIRAL_PANEL_FORCE].by_year_count; y++) {
        const struct spiral_evaluated_year *force = &report->by_year[SPIRAL_PANEL_FORCE].by_year[y];
        const struct spiral_evaluated_year *war = &report->by_year[SPIRAL_PANEL_WAR].by_year[y];
        const double numbers[] = {force->mean, force->observed, war->mean, war->observed};

        fprintf(out, "  %-14d%10zu", y + 1, force->windows);
        for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
            char text[16];
            write_number(text, numbers[i], 4, false);
            fprintf(out, "%12s", text);
        }
        fputc('\n', out);
    }
}

void spiral_panel_print(const struct spiral_panel_result *result, FILE *out)
{
    const struct spiral_panel_report *report = result->report;

    fprintf(out, "%s: %zu windows of %zu pairs; %llu runs a window, seed %llu\n", result->table,
            result->panel->count, result->panel->dyad_count, (unsigned long long)result->run->runs,
            (unsigned long long)result->run->seed);
    fprintf(out, "table %016llx, ", (unsigned long long)result->panel->hash);
    if (result->run->posterior != NULL && result->run->posterior->count > 0)
        fprintf(out, "%zu sets of constants %016llx", result->run->posterior->count,
                (unsigned long long)spiral_constant_sets_hash(result->run->posterior));
    else
        fprintf(out, "constants %016llx",
                (unsigned long long)spiral_constants_hash(result->run->constants));
    if (report->resamples > 0)
        fprintf(out, "; intervals of 95 %% from %zu resamples of pairs\n", report->resamples);
    else
        fputs("; no intervals\n", out);
    if (result->note != NULL)
        fprintf(out, "%s\n", result->note);

    for (int event = 0; event < SPIRAL_PANEL_EVENTS; event++) {
        if (!report->scored[event]) {
            fprintf(out, "\n%s: no outcome is known in this table, so nothing is scored\n",
                    spiral_panel_event_names[event]);
            continue;
        }
        for (int split = 0; split < SPIRAL_SPLITS; split++)
            for (int rows = 0; rows < SPIRAL_ROWS; rows++)
                print_evaluation(report, event, split, rows, out);
        print_reliability(report, event, out);
    }
    if (report->by_year[SPIRAL_PANEL_FORCE].years > 0)
        print_years(report, out);
}
