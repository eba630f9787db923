/* SPDX-License-Identifier: MIT */
#include "tools/spiral/calibrate_report.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "sim/hash.h"

static bool has_particles(const struct spiral_calibration *calibration)
{
    return calibration->method == SPIRAL_FIT_ABC;
}
static bool recovers(const struct spiral_calibration *calibration)
{
    return calibration->settings[SPIRAL_FIT_recover] > 0.0;
}

/* --- text ------------------------------------------------------------------------------------- */

static void print_head(const struct spiral_calibration *calibration,
                       const struct spiral_calibration_result *result, FILE *out)
{
    const struct spiral_fit *fit = &result->folds[0];
    const struct spiral_experiment *experiment = &calibration->experiment;

    fprintf(out,
            "%zu parameters fitted to %s of %zu case%s by %s, %s score by year, mean over cases\n",
            experiment->axis_count, recovers(calibration) ? "invented histories" : "the record",
            experiment->case_count, experiment->case_count == 1 ? "" : "s",
            has_particles(calibration) ? "approximate Bayesian computation" : "local search",
            spiral_fit_score_names[calibration->score]);

    if (calibration->facts.weight > 0.0)
        fprintf(out,
                "fitted to the stylised facts S1 to S12 too: their distance from holding has the "
                "weight %g beside the score\n",
                calibration->facts.weight);

    if (has_particles(calibration))
        fprintf(out,
                "generation %zu: tolerance %.4f, best %.4f, %.0f of %zu particles effective, "
                "acceptance %.2f",
                fit->population.generation, fit->population.tolerance, fit->distance,
                spiral_smc_effective(&fit->population), fit->population.count,
                fit->population.acceptance);
    else
        fprintf(out, "objective %.4f, from %.4f at the start of the best search", fit->distance,
                fit->begun);
    fprintf(out, "; %zu evaluations of %llu runs per case\n", fit->evaluations,
            (unsigned long long)experiment->replicates);
    fprintf(out, "the %zu years depend on each other and count as %.0f independent ones\n\n",
            result->years, result->independent_years);
}

/* Whether a value is at an end of an axis's range, to a thousandth of it. */
static bool is_at_bound(const struct spiral_axis *axis, double value)
{
    const double part = axis->log ? log(value / axis->low) / log(axis->high / axis->low)
                                  : (value - axis->low) / (axis->high - axis->low);

    return part <= 1e-3 || part >= 1.0 - 1e-3;
}

/* The point that was found, a line per parameter. */
static void print_best(const struct spiral_calibration *calibration, const struct spiral_fit *fit,
                       FILE *out)
{
    const struct spiral_experiment *experiment = &calibration->experiment;

    fprintf(out, "%-28s %9s", "", "present");
    if (recovers(calibration))
        fprintf(out, " %9s", "true");
    fprintf(out, " %9s  range\n", "best");

    for (size_t a = 0; a < experiment->axis_count; a++) {
        const struct spiral_axis *axis = &experiment->axes[a];

        fprintf(out, "%-28s ", axis->name);
        if (isnan(calibration->present[a]))
            fprintf(out, "%9s", "-");
        else
            fprintf(out, "%9.4g", calibration->present[a]);
        if (recovers(calibration))
            fprintf(out, " %9.4g", calibration->truth[a]);
        fprintf(out, " %9.4g  %g to %g%s", fit->best[a], axis->low, axis->high,
                axis->log ? ", log" : "");
        if (is_at_bound(axis, fit->best[a]))
            fputs("; the fit ends on a bound", out);
        if (calibration->present[a] < axis->low || calibration->present[a] > axis->high)
            fputs("; the range leaves out the present value", out);
        fputc('\n', out);
    }
}

/* The posterior sample, a line per parameter. */
static void print_sample(const struct spiral_calibration *calibration, const struct spiral_fit *fit,
                         FILE *out)
{
    const struct spiral_experiment *experiment = &calibration->experiment;

    fprintf(out, "\n%-28s %9s %9s %9s %9s %9s\n", "", "mean", "sd", "2.5 %", "median", "97.5 %");

    for (size_t a = 0; a < experiment->axis_count; a++) {
        const double low = spiral_smc_quantile(&fit->population, a, 0.025);
        const double high = spiral_smc_quantile(&fit->population, a, 0.975);

        fprintf(out, "%-28s %9.4g %9.4g %9.4g %9.4g %9.4g%s\n", experiment->axes[a].name,
                spiral_smc_mean(&fit->population, a), spiral_smc_deviation(&fit->population, a),
                low, spiral_smc_quantile(&fit->population, a, 0.5), high,
                calibration->present[a] < low || calibration->present[a] > high
                    ? "  leaves out the present value"
                    : "");
    }
}

/* One of the two scores. */
static double score_of(const struct spiral_score *score, bool brier, bool base)
{
    return brier ? (base ? score->brier_base : score->brier) : base ? score->log_base : score->log;
}

static void print_scores(const char *name, const struct spiral_case_scores *scores, bool left_out,
                         FILE *out)
{
    fprintf(out, "%-14s %5d", name, scores->present.years);
    for (int brier = 0; brier < 2; brier++) {
        fprintf(out, "  %7.3f %7.3f", score_of(&scores->present, brier, false),
                score_of(&scores->fitted, brier, false));
        if (left_out)
            fprintf(out, " %7.3f", score_of(&scores->left_out, brier, false));
        fprintf(out, " %7.3f", score_of(&scores->present, brier, true));
    }

    /* what was forecast without the case counts, where there is such a forecast */
    const struct spiral_score *judged = left_out ? &scores->left_out : &scores->fitted;

    if (score_of(judged, false, false) > score_of(&scores->present, false, true) ||
        score_of(judged, true, false) > score_of(&scores->present, true, true))
        fputs("  worse than the base rate", out);
    fputc('\n', out);
}

void spiral_calibration_print(const struct spiral_calibration *calibration,
                              const struct spiral_calibration_result *result, FILE *out)
{
    const bool left_out = result->fold_count > 1;

    print_head(calibration, result, out);
    print_best(calibration, &result->folds[0], out);
    if (has_particles(calibration))
        print_sample(calibration, &result->folds[0], out);

    fprintf(out,
            "\nScores by year from %.0f runs per case; nothing was fitted to these runs; smaller "
            "is better.\n",
            calibration->settings[SPIRAL_FIT_predictions]);
    if (left_out)
        fprintf(out, "Without: each case is forecast with values fitted without it.\n");
    fprintf(out, "%-14s %5s  %-*s  %s\n%-14s %5s", "", "", left_out ? 30 : 23, "log score",
            "Brier score", "case", "years");
    for (int i = 0; i < 2; i++)
        fprintf(out, "  %7s %7s%s %7s", "present", "fitted", left_out ? " without" : "", "base");

    fputc('\n', out);
    for (size_t c = 0; c < calibration->experiment.case_count; c++)
        print_scores(calibration->experiment.cases[c].scenario.name, &result->cases[c], left_out,
                     out);

    print_scores("mean", &result->mean, left_out, out);
    fputc('\n', out);
    spiral_calibration_options(calibration, &result->folds[0], out);
}

void spiral_calibration_columns(const struct spiral_calibration *calibration,
                                struct spiral_table *table)
{
    const struct spiral_experiment *experiment = &calibration->experiment;
    static const char *const scores[] = {"log", "brier"};
    static const char *const forecasts[][2] = {{"present", "with the present parameters"},
                                               {"fitted", "with those of the fit to all cases"},
                                               {"left_out", "with those fitted without the case"},
                                               {"base", "of the base rate"}};

    spiral_table_init(table, "scores of a calibration by case: smaller is better");
    spiral_table_say(table, "method", spiral_fit_method_names[calibration->method]);
    spiral_table_say(table, "score_fitted", spiral_fit_score_names[calibration->score]);
    spiral_table_say_whole(table, "runs", experiment->replicates);
    spiral_table_say_whole(table, "prediction_runs",
                           (uint64_t)calibration->settings[SPIRAL_FIT_predictions]);
    spiral_table_say_whole(table, "seed", experiment->seed);
    spiral_table_column(table, SPIRAL_COLUMN_WORDS, "case", "", "the scenario", NAN, NAN);
    spiral_table_column(table, SPIRAL_COLUMN_WHOLE, "years", "a", "years of the record", 0.0, NAN);

    for (int brier = 0; brier < 2; brier++)
        for (size_t i = 0; i < sizeof forecasts / sizeof *forecasts; i++) {
            char name[SPIRAL_COLUMN_NAME];
            char meaning[SPIRAL_COLUMN_TEXT];

            snprintf(name, sizeof name, "%s_%s", scores[brier], forecasts[i][0]);
            snprintf(meaning, sizeof meaning, "mean %s score per year %s",
                     brier ? "Brier" : "logarithmic", forecasts[i][1]);
            spiral_table_column(table, SPIRAL_COLUMN_NUMBER, name, "1", meaning, 0.0,
                                brier ? 2.0 : NAN);
        }
}

void spiral_calibration_csv(const struct spiral_calibration *calibration,
                            const struct spiral_calibration_result *result,
                            struct spiral_table *table)
{
    const bool left_out = result->fold_count > 1;

    for (size_t c = 0; c < calibration->experiment.case_count; c++) {
        const struct spiral_case_scores *scores = &result->cases[c];

        spiral_table_text(table, calibration->experiment.cases[c].scenario.name);
        spiral_table_whole(table, scores->present.years);

        for (int brier = 0; brier < 2; brier++) {
            spiral_table_number(table, score_of(&scores->present, brier, false));
            spiral_table_number(table, score_of(&scores->fitted, brier, false));
            spiral_table_number(table, left_out ? score_of(&scores->left_out, brier, false) : NAN);
            spiral_table_number(table, score_of(&scores->present, brier, true));
        }
    }
}

void spiral_calibration_options(const struct spiral_calibration *calibration,
                                const struct spiral_fit *fit, FILE *out)
{
    for (size_t a = 0; a < calibration->experiment.axis_count; a++)
        fprintf(out, "%s--set %s=%.15g", a > 0 ? " " : "", calibration->experiment.axes[a].name,
                fit->best[a]);
    fputc('\n', out);
}

void spiral_calibration_yaml(const struct spiral_calibration *calibration,
                             const struct spiral_fit *fit, FILE *out)
{
    fprintf(out, "set:\n");
    for (size_t a = 0; a < calibration->experiment.axis_count; a++)
        fprintf(out, "  %s: %.15g\n", calibration->experiment.axes[a].name, fit->best[a]);
}

const char *spiral_calibration_other_name(const struct spiral_calibration *calibration)
{
    const struct spiral_experiment *experiment = &calibration->experiment;

    for (size_t a = 0; a < experiment->axis_count; a++)
        if (strncmp(experiment->axes[a].name, "k.", 2) != 0)
            return experiment->axes[a].name;
    for (size_t s = 0; s < experiment->setting_count; s++)
        if (strncmp(experiment->settings[s].name, "k.", 2) != 0)
            return experiment->settings[s].name;

    return NULL;
}

/* Where a table of sets comes from. */
static void write_source(const struct spiral_calibration *calibration, const struct spiral_fit *fit,
                         FILE *out)
{
    const struct spiral_experiment *experiment = &calibration->experiment;
    const struct spiral_constants constants = spiral_constants_defaults();
    const time_t now = time(NULL);
    char date[16];
    struct tm utc;

    strftime(date, sizeof date, "%Y-%m-%d", gmtime_r(&now, &utc));
    fprintf(out,
            "# a posterior of the constants: %d sets of equal weight from %zu particles (%.0f "
            "effective)\n# spiral %s calibrate --method %s, %s score, %llu runs a case, seed %llu, "
            "%s\n# other constants: the defaults of this version, hash %016llx\n# cases:",
            SPIRAL_CALIBRATION_SETS, fit->population.count, spiral_smc_effective(&fit->population),
            SPIRAL_VERSION, spiral_fit_method_names[calibration->method],
            spiral_fit_score_names[calibration->score], (unsigned long long)experiment->replicates,
            (unsigned long long)experiment->seed, date,
            (unsigned long long)spiral_constants_hash(&constants));

    for (size_t c = 0; c < experiment->case_count; c++) {
        const struct spiral_experiment_case *one = &experiment->cases[c];
        fprintf(out, " %s (%016llx)", one->scenario.name,
                (unsigned long long)spiral_hash_bytes(SPIRAL_HASH_START, one->text, one->length));
    }

    fputc('\n', out);
}

enum spiral_status spiral_calibration_sets(const struct spiral_calibration *calibration,
                                           const struct spiral_fit *fit, FILE *out)
{
    /* Particles come by distance. The rows are in another order, so that few runs, which see the
     * first sets alone, do not see the best ones. */
    enum { STRIDE = 89 };
    const struct spiral_experiment *experiment = &calibration->experiment;
    size_t *drawn = malloc(SPIRAL_CALIBRATION_SETS * sizeof *drawn);

    if (drawn == NULL)
        return SPIRAL_NO_MEMORY;

    spiral_smc_resample(&fit->population, SPIRAL_CALIBRATION_SETS, drawn);
    write_source(calibration, fit, out);
    for (size_t a = 0; a < experiment->axis_count; a++)
        fprintf(out, "%s%s", a > 0 ? "," : "", experiment->axes[a].name);
    for (size_t s = 0; s < experiment->setting_count; s++)
        fprintf(out, ",%s", experiment->settings[s].name);
    fputc('\n', out);

    for (size_t i = 0; i < SPIRAL_CALIBRATION_SETS; i++) {
        const double *value =
            &fit->population
                 .value[drawn[i * STRIDE % SPIRAL_CALIBRATION_SETS] * experiment->axis_count];
        for (size_t a = 0; a < experiment->axis_count; a++)
            fprintf(out, "%s%.6g", a > 0 ? "," : "", value[a]);
        for (size_t s = 0; s < experiment->setting_count; s++)
            fprintf(out, ",%.17g", experiment->settings[s].value);
        fputc('\n', out);
    }

    free(drawn);

    return SPIRAL_OK;
}

/* --- JSON ------------------------------------------------------------------------------------- */

static json_t *number_json(double value)
{
    return isfinite(value) ? json_real(value) : json_null();
}

static json_t *scores_json(const char *name, const struct spiral_case_scores *scores, bool left_out)
{
    json_t *object = json_pack("{s:s, s:i}", "case", name, "years", scores->present.years);

    for (int brier = 0; brier < 2; brier++) {
        json_t *one =
            json_pack("{s:f, s:f, s:f}", "present", score_of(&scores->present, brier, false),
                      "fitted", score_of(&scores->fitted, brier, false), "base",
                      score_of(&scores->present, brier, true));
        if (left_out)
            json_object_set_new(one, "left_out",
                                json_real(score_of(&scores->left_out, brier, false)));
        json_object_set_new(object, spiral_fit_score_names[brier], one);
    }

    return object;
}

static json_t *axis_json(const struct spiral_calibration *calibration, const struct spiral_fit *fit,
                         size_t a)
{
    const struct spiral_axis *axis = &calibration->experiment.axes[a];
    json_t *object =
        json_pack("{s:s, s:f, s:f, s:s, s:o, s:f}", "name", axis->name, "low", axis->low, "high",
                  axis->high, "scale", axis->log ? "log" : "linear", "present",
                  number_json(calibration->present[a]), "best", fit->best[a]);

    if (recovers(calibration))
        json_object_set_new(object, "true", number_json(calibration->truth[a]));

    if (has_particles(calibration)) {
        json_object_set_new(object, "mean", json_real(spiral_smc_mean(&fit->population, a)));
        json_object_set_new(object, "sd", json_real(spiral_smc_deviation(&fit->population, a)));
        json_object_set_new(object, "interval",
                            json_pack("[f, f]", spiral_smc_quantile(&fit->population, a, 0.025),
                                      spiral_smc_quantile(&fit->population, a, 0.975)));
        json_object_set_new(object, "median",
                            json_real(spiral_smc_quantile(&fit->population, a, 0.5)));
    }

    return object;
}

static json_t *fold_json(const struct spiral_calibration *calibration, const struct spiral_fit *fit,
                         const char *without)
{
    json_t *object = json_pack("{s:o, s:f, s:I}", "without",
                               without == NULL ? json_null() : json_string(without), "distance",
                               fit->distance, "evaluations", (json_int_t)fit->evaluations);
    json_t *numbers = json_array();

    for (size_t a = 0; a < calibration->experiment.axis_count; a++)
        json_array_append_new(numbers, axis_json(calibration, fit, a));

    json_object_set_new(object, "numbers", numbers);

    if (has_particles(calibration)) {
        json_object_set_new(object, "generations",
                            json_integer((json_int_t)fit->population.generation));
        json_object_set_new(object, "tolerance", json_real(fit->population.tolerance));
        json_object_set_new(object, "acceptance", json_real(fit->population.acceptance));
        json_object_set_new(object, "effective", json_real(spiral_smc_effective(&fit->population)));
    }

    return object;
}

json_t *spiral_calibration_json(const struct spiral_calibration *calibration,
                                const struct spiral_calibration_result *result)
{
    const bool left_out = result->fold_count > 1;
    json_t *object =
        json_pack("{s:s, s:s, s:I, s:I, s:b, s:f, s:I, s:f}", "method",
                  spiral_fit_method_names[calibration->method], "score",
                  spiral_fit_score_names[calibration->score], "runs",
                  (json_int_t)calibration->experiment.replicates, "seed",
                  (json_int_t)calibration->experiment.seed, "invented", recovers(calibration),
                  "facts", calibration->facts.weight, "years", (json_int_t)result->years,
                  "independent_years", result->independent_years);
    json_t *folds = json_array();
    json_t *scores = json_array();

    if (object == NULL)
        return NULL;

    for (size_t f = 0; f < result->fold_count; f++)
        json_array_append_new(
            folds, fold_json(calibration, &result->folds[f],
                             f == 0 ? NULL : calibration->experiment.cases[f - 1].scenario.name));
    for (size_t c = 0; c < calibration->experiment.case_count; c++)
        json_array_append_new(scores, scores_json(calibration->experiment.cases[c].scenario.name,
                                                  &result->cases[c], left_out));

    json_object_set_new(object, "fits", folds);
    json_object_set_new(object, "scores", scores);
    json_object_set_new(object, "mean", scores_json("mean", &result->mean, left_out));

    return object;
}
