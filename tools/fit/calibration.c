/* SPDX-License-Identifier: MIT */
#include "tools/fit/calibration.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A search ends where its steps are this small, in units of an axis' range. */
static const double precision = 0.002;

/* Points of a forecast that is drawn from particles. */
enum { FORECAST_POINTS = 64 };

/* Particles that are evaluated between two commits, for each thread: enough that threads seldom
 * wait for each other, few enough that little is lost where the process is killed. */
enum { PARTICLES_PER_THREAD = 4 };

static struct spiral_fit_problem make_problem(struct spiral_calibration *calibration)
{
    const bool held = calibration->facts.weight > 0.0;

    return (struct spiral_fit_problem){
        .space = {calibration->experiment.axis_count, calibration->experiment.axes,
                  calibration->settings[SPIRAL_FIT_prior], calibration->centre},
        .distance = held ? spiral_fit_stylised_distance : spiral_target_distance,
        .context = held ? (void *)&calibration->facts : (void *)&calibration->target,
    };
}

/* The cases that a fold fits. */
static void use_fold(struct spiral_calibration *calibration, size_t fold)
{
    for (size_t c = 0; c < calibration->experiment.case_count; c++)
        calibration->target.used[c] = c + 1 != fold;
    calibration->target.first = 0;
    calibration->target.runs = calibration->experiment.replicates;
}

/* The name of a fold, for progress. */
static const char *fold_name(const struct spiral_calibration *calibration, size_t fold,
                             char name[80])
{
    if (fold == 0)
        snprintf(name, 80, "all cases");
    else
        snprintf(name, 80, "without %s", calibration->experiment.cases[fold - 1].scenario.name);
    return name;
}

/* Shows the least distance so far with the progress. */
static void note_best(struct spiral_calibration *calibration, double distance)
{
    snprintf(calibration->progress.note, sizeof calibration->progress.note, "best %.4f", distance);
}

/* Runs of an evaluation of a fold. */
static uint64_t evaluation_runs(const struct spiral_calibration *calibration, size_t fold)
{
    return calibration->experiment.replicates * (calibration->experiment.case_count - (fold > 0));
}

/* --- the local search ------------------------------------------------------------------------- */

/* The index of the least of `count` numbers. */
static size_t find_least(const double *number, size_t count)
{
    size_t found = 0;
    for (size_t i = 1; i < count; i++)
        found = number[i] < number[found] ? i : found;
    return found;
}

/* Runs the searches of a fold: from the present numbers, if the cases agree on them, and from the
 * best design points. `objective` has the design points' values and is overwritten. */
static enum spiral_status run_searches(struct spiral_calibration *calibration, size_t fold,
                                       double *objective, struct spiral_search_result *found,
                                       struct spiral_error *error)
{
    const struct spiral_fit_problem problem = make_problem(calibration);
    const size_t axes = problem.space.count;
    const size_t wanted = (size_t)calibration->settings[SPIRAL_FIT_starts];
    const struct spiral_search_settings settings = {
        (size_t)calibration->settings[SPIRAL_FIT_evaluations], precision,
        spiral_target_independent_years(&calibration->target)};
    enum spiral_status status = SPIRAL_OK;
    bool present = true;
    char name[80];

    for (size_t a = 0; a < axes; a++)
        present = present && !isnan(calibration->present[a]);

    for (size_t start = 0; start < wanted && status == SPIRAL_OK; start++) {
        const double *from = calibration->centre;
        if (start > 0 || !present) {
            const size_t point = find_least(objective, calibration->design->points);
            if (isinf(objective[point])) /* all are used */
                break;
            objective[point] = INFINITY;
            from = &calibration->design->coordinate[point * axes];
        }

        spiral_progress_begin_phase(&calibration->progress,
                                    settings.evaluations * evaluation_runs(calibration, fold),
                                    "%s, search %zu of %zu", fold_name(calibration, fold, name),
                                    start + 1, wanted);
        status = spiral_search(found, &problem, &settings, from, error);
        note_best(calibration, found->objective);
    }

    return status;
}

/* A number rounded to four digits, within its axis' range, so that what is scored is what is
 * reported. */
static double round_value(double value, const struct spiral_axis *axis)
{
    char text[40];
    snprintf(text, sizeof text, "%.4g", value);
    return fmin(fmax(strtod(text, NULL), axis->low), axis->high);
}

/* A fold's local fit. `screened` are scores of the design's points, [point * cases + case]. */
static enum spiral_status fit_local(struct spiral_calibration *calibration, size_t fold,
                                    const struct spiral_score *screened, struct spiral_fit *fit,
                                    struct spiral_error *error)
{
    const struct spiral_fit_problem problem = make_problem(calibration);
    const size_t axes = problem.space.count;
    const size_t cases = calibration->experiment.case_count;
    const size_t points = calibration->design->points;
    struct spiral_search_result found = {.evaluations = 0};
    double *objective = malloc(points * sizeof *objective);

    if (objective == NULL)
        return spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for %zu points", points);

    for (size_t p = 0; p < points; p++)
        objective[p] =
            spiral_target_mean(&calibration->target, &screened[p * cases]) +
            spiral_fit_penalty(&problem.space, &calibration->design->coordinate[p * axes]) /
                spiral_target_independent_years(&calibration->target);

    enum spiral_status status = spiral_search_result_init(&found, axes, error);

    for (size_t p = 0; p < points && calibration->facts.weight > 0.0 && status == SPIRAL_OK; p++) {
        double loss;
        status = spiral_fit_stylised_loss(&calibration->facts,
                                          &calibration->design->value[p * axes], &loss, error);
        objective[p] += calibration->facts.weight * loss;
    }

    if (status == SPIRAL_OK)
        status = run_searches(calibration, fold, objective, &found, error);
    if (found.evaluations > 0) {
        for (size_t a = 0; a < axes; a++)
            fit->best[a] = fit->value[a] =
                round_value(found.value[a], &calibration->experiment.axes[a]);

        fit->count = 1;
        fit->distance = found.objective;
        fit->begun = found.begun;
        fit->evaluations = found.evaluations + (fold == 0 ? points : 0);
    }

    spiral_search_result_clear(&found);
    free(objective);

    return status;
}

/* --- particles -------------------------------------------------------------------------------- */

struct spiral_smc_settings spiral_calibration_smc(const struct spiral_calibration *calibration,
                                                  size_t fold)
{
    const double margin = calibration->settings[SPIRAL_FIT_margin];

    return (struct spiral_smc_settings){
        .particles = calibration->design->points,
        .kept = calibration->settings[SPIRAL_FIT_kept],
        .generations = (size_t)calibration->settings[SPIRAL_FIT_generations],
        .acceptance = calibration->settings[SPIRAL_FIT_acceptance],
        .margin = margin > 0.0
                      ? margin
                      : spiral_smc_margin(calibration->experiment.axis_count,
                                          spiral_target_independent_years(&calibration->target)),
        .seed = calibration->experiment.seed,
        .stream = (uint64_t)(fold + 1) << 32,
    };
}

/* A forecast's points: a sample of equal weights. */
static void draw_forecast(struct spiral_fit *fit, const struct spiral_smc_population *population)
{
    const size_t axes = population->axes;
    size_t drawn[FORECAST_POINTS];

    spiral_smc_resample(population, FORECAST_POINTS, drawn);
    for (fit->count = 0; fit->count < FORECAST_POINTS; fit->count++)
        memcpy(&fit->value[fit->count * axes], &population->value[drawn[fit->count] * axes],
               axes * sizeof *fit->value);
}

/* The record of one fold, over the keeper of all. */
struct fold_record {
    struct spiral_calibration *calibration;
    const struct spiral_fit_keeper *keeper;
    size_t fold;
};

static enum spiral_status recall_distances(void *context, size_t generation, size_t count,
                                           double *distance, size_t *known,
                                           struct spiral_error *error)
{
    const struct fold_record *record = context;
    struct spiral_progress *progress = &record->calibration->progress;
    const enum spiral_status status =
        record->keeper->recall(record->keeper->context, record->fold, generation, count, distance,
                               known, error);

    if (status == SPIRAL_OK)
        progress->runs = progress->runs_before =
            *known * evaluation_runs(record->calibration, record->fold);

    return status;
}

static enum spiral_status keep_distances(void *context, size_t generation, size_t first,
                                         size_t count, const double *distance,
                                         struct spiral_error *error)
{
    const struct fold_record *record = context;

    return record->keeper->keep(record->keeper->context, record->fold, generation, first, count,
                                distance, error);
}

static enum spiral_status fit_particles(struct spiral_calibration *calibration, size_t fold,
                                        const struct spiral_fit_keeper *keeper,
                                        struct spiral_fit *fit, struct spiral_error *error)
{
    const struct spiral_fit_problem problem = make_problem(calibration);
    struct spiral_smc_settings settings = spiral_calibration_smc(calibration, fold);
    struct fold_record fold_record = {calibration, keeper, fold};
    const struct spiral_smc_record record = {
        .context = &fold_record,
        .block = PARTICLES_PER_THREAD * (size_t)calibration->target.counter.threads,
        .recall = recall_distances,
        .keep = keep_distances,
    };
    struct spiral_smc_population *population = &fit->population;
    enum spiral_status status = spiral_smc_init(population, &settings, problem.space.count, error);
    char name[80];

    settings.record = keeper != NULL ? &record : NULL;
    if (status == SPIRAL_OK && keeper != NULL)
        status = keeper->load(keeper->context, fold, population, &settings, error);

    while (status == SPIRAL_OK && !spiral_smc_finished(population, &settings)) {
        const size_t fresh =
            settings.particles - (population->generation > 0 ? population->count : 0);
        spiral_progress_begin_phase(&calibration->progress,
                                    fresh * evaluation_runs(calibration, fold),
                                    "%s, generation %zu of at most %zu",
                                    fold_name(calibration, fold, name), population->generation + 1,
                                    settings.generations);
        status = spiral_smc_advance(population, &settings, &problem,
                                    calibration->design->coordinate, error);
        if (status == SPIRAL_OK && keeper != NULL)
            status = keeper->commit(keeper->context, fold, population, error);
        if (population->generation > 0)
            note_best(calibration, population->distance[0]);
    }

    if (status != SPIRAL_OK)
        return status;
    for (size_t a = 0; a < problem.space.count; a++)
        fit->best[a] = round_value(population->value[a], &problem.space.axes[a]);

    fit->distance = population->distance[0];
    fit->evaluations = population->evaluations;
    draw_forecast(fit, population);

    return SPIRAL_OK;
}

/* --- scores ----------------------------------------------------------------------------------- */

/* Scores of the cases in use by a fold's forecast, from fresh streams. */
static enum spiral_status score_forecast(struct spiral_calibration *calibration,
                                         const struct spiral_fit *fit, struct spiral_score *score,
                                         struct spiral_error *error)
{
    struct spiral_target *target = &calibration->target;
    const size_t predictions = (size_t)calibration->settings[SPIRAL_FIT_predictions];

    target->first = calibration->experiment.replicates;
    target->runs = predictions;
    if (fit == NULL)
        return spiral_target_scores(target, NULL, 1, score, error);
    target->runs = (predictions + fit->count - 1) / fit->count;

    return spiral_target_mixture(target, fit->value, fit->count, score, error);
}

static void add_score(struct spiral_score *sum, const struct spiral_score *score, double share)
{
    sum->years += score->years;
    sum->brier += share * score->brier;
    sum->brier_base += share * score->brier_base;
    sum->log += share * score->log;
    sum->log_base += share * score->log_base;
}

static enum spiral_status score_all(struct spiral_calibration *calibration,
                                    struct spiral_calibration_result *result,
                                    struct spiral_error *error)
{
    const size_t cases = calibration->experiment.case_count;
    struct spiral_score score[SPIRAL_MAX_CASES];

    spiral_progress_begin_phase(&calibration->progress, 0, "forecasts");
    use_fold(calibration, 0);

    enum spiral_status status = score_forecast(calibration, NULL, score, error);

    for (size_t c = 0; c < cases && status == SPIRAL_OK; c++)
        result->cases[c].present = score[c];

    if (status == SPIRAL_OK)
        status = score_forecast(calibration, &result->folds[0], score, error);
    for (size_t c = 0; c < cases && status == SPIRAL_OK; c++)
        result->cases[c].fitted = score[c];

    for (size_t fold = 1; fold < result->fold_count && status == SPIRAL_OK; fold++) {
        for (size_t c = 0; c < cases; c++)
            calibration->target.used[c] = c + 1 == fold;

        status = score_forecast(calibration, &result->folds[fold], score, error);
        result->cases[fold - 1].left_out = score[fold - 1];
    }

    for (size_t c = 0; c < cases && status == SPIRAL_OK; c++) {
        add_score(&result->mean.present, &result->cases[c].present, 1.0 / (double)cases);
        add_score(&result->mean.fitted, &result->cases[c].fitted, 1.0 / (double)cases);
        add_score(&result->mean.left_out, &result->cases[c].left_out, 1.0 / (double)cases);
    }

    use_fold(calibration, 0);
    result->years = spiral_target_years(&calibration->target);
    result->independent_years = spiral_target_independent_years(&calibration->target);

    return status;
}

/* --- results ---------------------------------------------------------------------------------- */

static enum spiral_status allocate_result(const struct spiral_calibration *calibration,
                                          struct spiral_calibration_result *result,
                                          struct spiral_error *error)
{
    const size_t cases = calibration->experiment.case_count;
    const size_t axes = calibration->experiment.axis_count;
    bool whole;

    *result = (struct spiral_calibration_result){.fold_count =
                                                     calibration->leave_one_out ? 1 + cases : 1};
    result->cases = calloc(cases, sizeof *result->cases);
    result->folds = calloc(1 + cases, sizeof *result->folds);
    whole = result->cases != NULL && result->folds != NULL;

    for (size_t f = 0; f < result->fold_count && whole; f++) {
        struct spiral_fit *fit = &result->folds[f];
        fit->best = calloc(axes, sizeof *fit->best);
        fit->value = calloc(FORECAST_POINTS * axes, sizeof *fit->value);
        whole = fit->best != NULL && fit->value != NULL;
    }

    return whole ? SPIRAL_OK
                 : spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for %zu fits",
                                    result->fold_count);
}

void spiral_calibration_result_clear(struct spiral_calibration_result *result, size_t case_count)
{
    for (size_t f = 0; f < 1 + case_count && result->folds != NULL; f++) {
        free(result->folds[f].best);
        free(result->folds[f].value);
        spiral_smc_clear(&result->folds[f].population);
    }

    free(result->folds);
    free(result->cases);
    *result = (struct spiral_calibration_result){.fold_count = 0};
}

enum spiral_status spiral_calibration_run(struct spiral_calibration *calibration,
                                          const struct spiral_fit_keeper *keeper,
                                          struct spiral_calibration_result *result,
                                          struct spiral_error *error)
{
    const size_t points = calibration->design->points;
    const size_t cases = calibration->experiment.case_count;
    struct spiral_score *screened = calloc(points * cases, sizeof *screened);
    enum spiral_status status = allocate_result(calibration, result, error);

    if (status == SPIRAL_OK && screened == NULL)
        status = spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for %zu points", points);

    if (status == SPIRAL_OK && calibration->method == SPIRAL_FIT_LOCAL) {
        use_fold(calibration, 0);
        spiral_progress_begin_phase(&calibration->progress,
                                    points * evaluation_runs(calibration, 0),
                                    "the design's points");
        status = spiral_target_scores(&calibration->target, calibration->design->value, points,
                                      screened, error);
    }

    for (size_t fold = 0; fold < result->fold_count && status == SPIRAL_OK; fold++) {
        use_fold(calibration, fold);
        calibration->progress.note[0] = '\0';
        status = calibration->method == SPIRAL_FIT_LOCAL
                     ? fit_local(calibration, fold, screened, &result->folds[fold], error)
                     : fit_particles(calibration, fold, keeper, &result->folds[fold], error);
    }

    free(screened);
    if (status == SPIRAL_OK)
        status = score_all(calibration, result, error);
    spiral_progress_wipe(&calibration->progress);

    return status;
}
