/* SPDX-License-Identifier: MIT */
#include "tools/choice/robust.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "tools/analysis/statistics.h"
#include "tools/experiment/setter.h"
#include "tools/farm/farm.h"
#include "tools/farm/interrupt.h"

/* Regret is that of the worlds' 90th percentile: the greatest of finitely many noisy means would
 * mostly be noise. */
static const double regret_quantile = 0.9;

struct spiral_robust_request spiral_robust_defaults(void)
{
    return (struct spiral_robust_request){.form = SPIRAL_COURSE_numbers,
                                          .periods = 2,
                                          .evaluations = 1000,
                                          .population = 24,
                                          .epsilon = {0.01, 0.01, 0.01},
                                          .limits = {NAN, NAN, NAN}};
}

enum spiral_status spiral_robust_init(struct spiral_robust *robust,
                                      struct spiral_experiment *experiment,
                                      struct spiral_constant_sets *sets,
                                      const struct spiral_robust_request *request,
                                      struct spiral_error *error)
{
    memset(robust, 0, sizeof *robust);
    robust->experiment = *experiment;
    robust->sets = *sets;
    robust->request = *request;
    *experiment = spiral_experiment_defaults();
    *sets = (struct spiral_constant_sets){.count = 0};

    const struct spiral_experiment *own = &robust->experiment;

    if (own->case_count != 1)
        return spiral_error_set(error, SPIRAL_BAD_INPUT,
                                "%zu cases; robust choice is of one case without policies",
                                own->case_count);

    /* What the experiment sets holds in every set of constants. */
    for (size_t s = 0; s < own->setting_count; s++)
        for (int c = 0; c < SPIRAL_CONSTANTS; c++)
            if (strncmp(own->settings[s].name, "k.", 2) == 0 &&
                strcmp(own->settings[s].name + 2, spiral_constant_fields[c].name) == 0)
                spiral_constant_sets_put(&robust->sets, (enum spiral_constant)c,
                                         own->settings[s].value);

    enum spiral_status status =
        spiral_course_space_init(&robust->space, &own->cases[0].scenario, request->form,
                                 request->periods, request->date_count > 0 ? request->dates : NULL,
                                 error);

    if (status == SPIRAL_OK)
        status =
            spiral_design_create(&robust->worlds, own->axes, own->axis_count, &own->design, error);
    if (status != SPIRAL_OK)
        return status;

    const size_t numbers = robust->worlds->points * SPIRAL_OBJECTIVES;

    robust->history = calloc(numbers, sizeof *robust->history);

    return robust->history != NULL
               ? SPIRAL_OK
               : spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for %zu worlds",
                                  robust->worlds->points);
}

void spiral_robust_clear(struct spiral_robust *robust)
{
    spiral_experiment_clear(&robust->experiment);
    spiral_design_destroy(robust->worlds);
    spiral_constant_sets_clear(&robust->sets);
    spiral_search_clear(&robust->search);
    free(robust->value);
    free(robust->history);
    free(robust->path);
    free(robust->path_date);
    free(robust->courses);
    memset(robust, 0, sizeof *robust);
}

/* --- measuring -------------------------------------------------------------------------------- */

/* What threads measure: parts are courses; gene NULL is history. */
struct work {
    struct spiral_robust *robust;
    const int *gene;
    double *value;
    double *path; /* [step * SPIRAL_OBJECTIVES + objective]; NULL: none */
    struct spiral_error *error;
};

/* The plan of a world: its constants, what the experiment sets, its point. */
static enum spiral_status plan_world(const struct spiral_robust *robust,
                                     struct spiral_setter *setter, size_t world,
                                     struct spiral_plan **plan, struct spiral_error *error)
{
    const struct spiral_design *worlds = robust->worlds;

    if (robust->sets.count > 0)
        setter->constants = robust->sets.sets[world % robust->sets.count];

    return spiral_setter_plan(setter, &worlds->value[world * worlds->axes], &robust->experiment.run,
                              plan, error);
}

/* Runs all worlds of a scenario, lanes filled across them. */
static enum spiral_status run_worlds(const struct spiral_robust *robust, struct spiral_batch *batch,
                                     const struct spiral_scenario *scenario, double *value,
                                     double *path, struct spiral_error *error)
{
    const size_t worlds = robust->worlds->points;
    const uint64_t runs = robust->experiment.replicates;
    const uint64_t slots = worlds * runs;
    struct spiral_plan **plans = calloc(worlds, sizeof *plans);
    struct spiral_setter setter = {.axis_count = 0};
    enum spiral_status status =
        plans != NULL ? spiral_setter_init(&setter, &robust->experiment, scenario, error)
                      : spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for plans");

    for (size_t w = 0; w < worlds && status == SPIRAL_OK; w++)
        status = plan_world(robust, &setter, w, &plans[w], error);

    if (status == SPIRAL_OK)
        memset(value, 0, worlds * SPIRAL_OBJECTIVES * sizeof *value);

    for (uint64_t slot = 0; slot < slots && status == SPIRAL_OK; slot += SPIRAL_LANES) {
        const struct spiral_plan *lanes[SPIRAL_LANES];
        uint64_t streams[SPIRAL_LANES];
        double found[SPIRAL_LANES][SPIRAL_OBJECTIVES];
        const int live = slots - slot < SPIRAL_LANES ? (int)(slots - slot) : SPIRAL_LANES;

        /* Each world has streams of its own, and every course has the same. */
        for (int l = 0; l < SPIRAL_LANES; l++) {
            streams[l] = slot + (uint64_t)(l < live ? l : 0);
            lanes[l] = plans[streams[l] / runs];
        }

        spiral_batch_start(batch, lanes, robust->experiment.seed, streams);
        spiral_objectives_run(batch, live, found, path);
        for (int l = 0; l < live; l++)
            for (int o = 0; o < SPIRAL_OBJECTIVES; o++)
                value[streams[l] / runs * SPIRAL_OBJECTIVES + (size_t)o] +=
                    found[l][o] / (double)runs;
    }

    for (size_t w = 0; w < worlds && plans != NULL; w++)
        spiral_plan_destroy(plans[w]);

    free(plans);
    spiral_setter_clear(&setter);

    return status;
}

static enum spiral_status measure_course(void *context, struct spiral_batch *batch, uint64_t part)
{
    struct work *work = context;
    const struct spiral_robust *robust = work->robust;
    const size_t numbers = robust->worlds->points * SPIRAL_OBJECTIVES;
    struct spiral_scenario scenario;
    struct spiral_error error;
    enum spiral_status status =
        spiral_scenario_copy(&scenario, &robust->experiment.cases[0].scenario);

    if (status == SPIRAL_OK && work->gene != NULL) {
        const struct spiral_course course =
            spiral_course_of(&robust->space, &work->gene[part * robust->space.genes]);
        status = spiral_course_apply(&scenario, &course);
    }

    if (status != SPIRAL_OK)
        spiral_error_set(&error, status, "no memory for a course of %s",
                         robust->experiment.cases[0].name);
    else
        status =
            run_worlds(robust, batch, &scenario, &work->value[part * numbers], work->path, &error);

    spiral_scenario_clear(&scenario);

    if (status != SPIRAL_OK)
#pragma omp critical(robust)
        *work->error = error;

    return status;
}

/* Shows progress after each course of the calling thread; false after an interrupt. */
static bool show_and_go_on(void *context, uint64_t done, uint64_t count)
{
    struct spiral_robust *robust = context;
    struct spiral_progress *progress = &robust->progress;

    (void)count;
    progress->items_done =
        robust->search.count > 0 ? robust->measured + robust->recalled + done : 0;
    progress->runs =
        (robust->measured + done) * robust->worlds->points * robust->experiment.replicates;
    spiral_progress_show(progress);

    return !spiral_interrupted();
}

static enum spiral_status measure(struct work *work, size_t count)
{
    const struct spiral_robust *robust = work->robust;
    struct spiral_error problem = {.message = ""};
    struct spiral_error *wanted = work->error;
    const struct spiral_part part = {measure_course, work};

    work->error = &problem;

    const struct spiral_watch watch = {show_and_go_on, work->robust};
    const enum spiral_status status =
        spiral_parallel_run_parts(&part, count, robust->threads, &watch, wanted);

    if (status != SPIRAL_OK && problem.message[0] != '\0' && wanted != NULL)
        *wanted = problem;
    work->error = wanted;

    return status;
}

enum spiral_status spiral_robust_measure(struct spiral_robust *robust, const int *gene,
                                         size_t count, double *value, struct spiral_error *error)
{
    struct work work = {.robust = robust, .gene = gene, .value = value, .error = error};
    return measure(&work, count);
}

/* The objectives of a course: the means of its worlds'. */
static void mean_of_worlds(const double *value, size_t worlds, double *mean)
{
    for (int o = 0; o < SPIRAL_OBJECTIVES; o++) {
        mean[o] = 0.0;
        for (size_t w = 0; w < worlds; w++)
            mean[o] += value[w * SPIRAL_OBJECTIVES + (size_t)o] / (double)worlds;
    }
}

static bool make_room(struct spiral_robust *robust, size_t solutions)
{
    const size_t numbers = robust->worlds->points * SPIRAL_OBJECTIVES;

    if (solutions <= robust->value_room)
        return true;

    const size_t room = 2 * robust->value_room + solutions + 64;
    double *value = realloc(robust->value, room * numbers * sizeof *value);

    if (value == NULL)
        return false;
    robust->value = value;
    robust->value_room = room;

    return true;
}

/* What the search asks: measures courses, or recalls them from a store. */
static enum spiral_status evaluate(void *context, const int *gene, size_t count, double *mean,
                                   struct spiral_error *error)
{
    struct spiral_robust *robust = context;
    const size_t worlds = robust->worlds->points;
    const size_t numbers = worlds * SPIRAL_OBJECTIVES;
    const size_t genes = robust->space.genes;
    const size_t first = robust->search.count - count;
    size_t *missing = malloc((count + 1) * sizeof *missing);
    int *asked = malloc((count + 1) * genes * sizeof *asked);
    double *found = malloc((count + 1) * numbers * sizeof *found);
    size_t missing_count = 0;
    enum spiral_status status = SPIRAL_OK;

    if (missing == NULL || asked == NULL || found == NULL || !make_room(robust, first + count))
        status = spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for %zu courses", count);

    for (size_t i = 0; i < count && status == SPIRAL_OK; i++) {
        if (robust->recall != NULL && robust->recall(robust->context, robust, &gene[i * genes],
                                                     &robust->value[(first + i) * numbers])) {
            robust->recalled++;
            continue;
        }
        memcpy(&asked[missing_count * genes], &gene[i * genes], genes * sizeof *gene);
        missing[missing_count++] = i;
    }

    if (status == SPIRAL_OK && missing_count > 0 &&
        (robust->complete ||
         (robust->limit > 0 && robust->measured + missing_count > robust->limit)))
        status = spiral_error_set(error, SPIRAL_STOPPED, "stopped on request after %zu courses",
                                  robust->measured);
    if (status == SPIRAL_OK && missing_count > 0)
        status = spiral_robust_measure(robust, asked, missing_count, found, error);
    if (status == SPIRAL_STOPPED && spiral_interrupted())
        spiral_error_set(error, status, "stopped %s after %zu courses", spiral_interrupt_reason(),
                         robust->measured);
    robust->measured += status == SPIRAL_OK ? missing_count : 0;
    for (size_t i = 0; i < missing_count && status == SPIRAL_OK; i++)
        memcpy(&robust->value[(first + missing[i]) * numbers], &found[i * numbers],
               numbers * sizeof *found);
    if (status == SPIRAL_OK && missing_count > 0 && robust->keep != NULL)
        status = robust->keep(robust->context, robust, asked, missing_count, found, error);
    for (size_t i = 0; i < count && status == SPIRAL_OK; i++)
        mean_of_worlds(&robust->value[(first + i) * numbers], worlds, &mean[i * SPIRAL_OBJECTIVES]);

    free(missing);
    free(asked);
    free(found);

    return status;
}

/* --- history ---------------------------------------------------------------------------------- */

/* History's objectives in every world, and its path by year. */
static enum spiral_status measure_history(struct spiral_robust *robust, struct spiral_error *error)
{
    const struct spiral_experiment *experiment = &robust->experiment;
    const struct spiral_constants constants = spiral_constants_defaults();
    const double runs = (double)(robust->worlds->points * experiment->replicates);
    struct spiral_plan *plan = NULL;
    enum spiral_status status = spiral_plan_create(&plan, &experiment->cases[0].scenario,
                                                   &constants, &experiment->run, error);

    if (status != SPIRAL_OK)
        return status;

    const long steps = plan->steps;
    double *path = calloc((size_t)steps * SPIRAL_OBJECTIVES, sizeof *path);
    const long years = (long)ceil(plan->dt * (double)steps - 1e-6);

    robust->path = calloc((size_t)(years + 1) * SPIRAL_OBJECTIVES, sizeof *robust->path);
    robust->path_date = calloc((size_t)years + 1, sizeof *robust->path_date);

    struct work work = {.robust = robust, .value = robust->history, .path = path, .error = error};

    status = path != NULL && robust->path != NULL && robust->path_date != NULL
                 ? measure(&work, 1)
                 : spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for %ld years", years);

    for (long year = 0; year < years && status == SPIRAL_OK; year++) {
        const long step = lround((double)(year + 1) / plan->dt) - 1;
        const long at = step < steps ? step : steps - 1;
        robust->path_date[year] = spiral_plan_date(plan, at + 1);
        for (int o = 0; o < SPIRAL_OBJECTIVES; o++)
            robust->path[year * SPIRAL_OBJECTIVES + o] = path[at * SPIRAL_OBJECTIVES + o] / runs;
    }

    robust->path_count = status == SPIRAL_OK ? years : 0;
    free(path);
    spiral_plan_destroy(plan);

    return status;
}

/* --- judging ---------------------------------------------------------------------------------- */

static const double *values_of(const struct spiral_robust *robust, size_t solution)
{
    return solution == robust->search.count
               ? robust->history
               : &robust->value[solution * robust->worlds->points * SPIRAL_OBJECTIVES];
}

/* The regrets and the satisficing share of a course; `best` has the least of each world. */
static enum spiral_status judge(const struct spiral_robust *robust, const double *best,
                                struct spiral_robust_course *course)
{
    const size_t worlds = robust->worlds->points;
    const double *value = values_of(robust, course->solution);
    double *regret = malloc((worlds + 1) * sizeof *regret);
    size_t satisfied = 0;

    if (regret == NULL)
        return SPIRAL_NO_MEMORY;

    mean_of_worlds(value, worlds, course->mean);
    course->worst = 0.0;

    for (int o = 0; o < SPIRAL_OBJECTIVES; o++) {
        for (size_t w = 0; w < worlds; w++)
            regret[w] =
                value[w * SPIRAL_OBJECTIVES + (size_t)o] - best[w * SPIRAL_OBJECTIVES + (size_t)o];

        spiral_sort(regret, worlds);
        course->regret[o] = spiral_quantile(regret, worlds, regret_quantile);
        course->worst = fmax(course->worst, course->regret[o]);
    }

    for (size_t w = 0; w < worlds; w++) {
        bool good = true;
        for (int o = 0; o < SPIRAL_OBJECTIVES; o++)
            good = good && value[w * SPIRAL_OBJECTIVES + (size_t)o] <= robust->limits[o] + 1e-12;
        satisfied += good;
    }

    course->satisficing = (double)satisfied / (double)worlds;
    free(regret);

    return SPIRAL_OK;
}

static int compare_courses(const void *a, const void *b)
{
    const struct spiral_robust_course *x = a;
    const struct spiral_robust_course *y = b;

    for (int o = 0; o < SPIRAL_OBJECTIVES; o++)
        if (x->mean[o] != y->mean[o])
            return x->mean[o] > y->mean[o] ? 1 : -1;

    return (x->solution > y->solution) - (x->solution < y->solution);
}

static enum spiral_status judge_all(struct spiral_robust *robust, struct spiral_error *error)
{
    static const double reference[SPIRAL_OBJECTIVES] = {1.0, 1.0, 1.0};
    const size_t worlds = robust->worlds->points;
    const size_t numbers = worlds * SPIRAL_OBJECTIVES;
    const struct spiral_archive *archive = &robust->search.archive;
    double *best = malloc((numbers + 1) * sizeof *best);
    enum spiral_status status = best != NULL ? SPIRAL_OK : SPIRAL_NO_MEMORY;

    robust->courses = calloc(archive->count + 1, sizeof *robust->courses);
    status = robust->courses != NULL ? status : SPIRAL_NO_MEMORY;
    robust->as_it_was.solution = robust->search.count;

    if (status == SPIRAL_OK) {
        robust->course_count = archive->count;
        memcpy(best, robust->history, numbers * sizeof *best);
        mean_of_worlds(robust->history, worlds, robust->as_it_was.mean);
    }

    /* Regret is against the best of the front and history in the same world. */
    for (size_t c = 0; c < robust->course_count; c++) {
        const double *value = values_of(robust, archive->id[c]);
        robust->courses[c].solution = archive->id[c];
        for (size_t i = 0; i < numbers; i++)
            best[i] = fmin(best[i], value[i]);
    }

    for (int o = 0; o < SPIRAL_OBJECTIVES; o++)
        robust->limits[o] = isnan(robust->request.limits[o]) ? robust->as_it_was.mean[o]
                                                             : robust->request.limits[o];

    for (size_t c = 0; c < robust->course_count && status == SPIRAL_OK; c++)
        status = judge(robust, best, &robust->courses[c]);
    if (status == SPIRAL_OK)
        status = judge(robust, best, &robust->as_it_was);

    if (status == SPIRAL_OK)
        qsort(robust->courses, robust->course_count, sizeof *robust->courses, compare_courses);

    for (size_t c = 1; c < robust->course_count; c++) {
        if (robust->courses[c].worst < robust->courses[robust->minimax].worst)
            robust->minimax = c;
        if (robust->courses[c].satisficing > robust->courses[robust->broadest].satisficing)
            robust->broadest = c;
    }

    robust->volume =
        spiral_front_volume(archive->value, archive->count, SPIRAL_OBJECTIVES, reference);
    free(best);

    return status == SPIRAL_OK ? status
                               : spiral_error_set(error, status, "no memory for the front");
}

enum spiral_status spiral_robust_run(struct spiral_robust *robust, struct spiral_error *error)
{
    struct spiral_search_problem problem = {.genes = robust->space.genes,
                                            .objectives = SPIRAL_OBJECTIVES,
                                            .evaluate = evaluate,
                                            .context = robust};
    const struct spiral_search_options options = {.evaluations = robust->request.evaluations,
                                                  .population = robust->request.population,
                                                  .seed = robust->experiment.seed};
    const size_t presets = spiral_course_preset_count();
    int first[16][SPIRAL_MOST_GENES];
    int given[16 * SPIRAL_MOST_GENES];

    memcpy(problem.levels, robust->space.levels, sizeof problem.levels);
    memcpy(problem.epsilon, robust->request.epsilon, sizeof problem.epsilon);

    /* The first population has every preset, held from the start. */
    for (size_t i = 0; i < presets && i < 16; i++) {
        spiral_course_preset_genes(&robust->space, i, first[i]);
        memcpy(&given[i * robust->space.genes], first[i], robust->space.genes * sizeof *given);
    }

    spiral_progress_start(&robust->progress, robust->label);
    robust->progress.items = "courses";
    robust->progress.item_count = options.evaluations;
    robust->progress.most_runs =
        options.evaluations * robust->worlds->points * robust->experiment.replicates;
    robust->progress.bounded = true;

    enum spiral_status status = measure_history(robust, error);

    if (status == SPIRAL_OK)
        status = spiral_search_run(&robust->search, &problem, &options, given,
                                   presets < 16 ? presets : 16, error);
    spiral_progress_wipe(&robust->progress);

    return status == SPIRAL_OK ? judge_all(robust, error) : status;
}
