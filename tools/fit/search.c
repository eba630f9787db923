/* SPDX-License-Identifier: MIT */
#include "tools/fit/search.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#ifdef SPIRAL_WITH_NLOPT
#include <nlopt.h>

/* The length of the first steps, in units of the range. */
static const double first_step = 0.15;

/* What the library's callback works with. */
struct search {
    const struct spiral_fit_problem *problem;
    const struct spiral_search_settings *settings;
    struct spiral_search_result *result;
    nlopt_opt optimiser;
    size_t evaluations; /* of this search */
    double first;       /* objective where it began */
    enum spiral_status status;
    struct spiral_error *error;
};

/* Notes an evaluation; the best of all searches goes into the result. */
static void note_evaluation(struct search *search, const double *coordinate, double objective)
{
    struct spiral_search_result *result = search->result;
    const size_t axes = search->problem->space.count;

    if (search->evaluations++ == 0)
        search->first = objective;

    if (result->evaluations++ == 0 || objective < result->objective) {
        result->objective = objective;
        result->begun = search->first;
        memcpy(result->coordinate, coordinate, axes * sizeof *coordinate);
        spiral_fit_values(&search->problem->space, coordinate, result->value);
    }
}

static double evaluate_objective(unsigned axes, const double *coordinate, double *gradient,
                                 void *context)
{
    struct search *search = context;
    const struct spiral_fit_problem *problem = search->problem;
    double value[SPIRAL_MAX_AXES];
    double distance = INFINITY;

    (void)axes;
    (void)gradient;

    /* It was told to stop, but may still ask. */
    if (search->status != SPIRAL_OK)
        return INFINITY;

    spiral_fit_values(&problem->space, coordinate, value);
    search->status = problem->distance(problem->context, value, 1, &distance, search->error);

    if (search->status != SPIRAL_OK) {
        nlopt_force_stop(search->optimiser);
        return INFINITY;
    }

    const double objective =
        distance + spiral_fit_penalty(&problem->space, coordinate) / search->settings->weight;

    note_evaluation(search, coordinate, objective);

    return objective;
}

static bool configure_optimiser(struct search *search)
{
    nlopt_opt optimiser = search->optimiser;

    return nlopt_set_min_objective(optimiser, evaluate_objective, search) >= 0 &&
           nlopt_set_lower_bounds1(optimiser, 0.0) >= 0 &&
           nlopt_set_upper_bounds1(optimiser, 1.0) >= 0 &&
           nlopt_set_initial_step1(optimiser, first_step) >= 0 &&
           nlopt_set_xtol_abs1(optimiser, search->settings->precision) >= 0 &&
           nlopt_set_maxeval(optimiser, (int)search->settings->evaluations) >= 0;
}

enum spiral_status spiral_search(struct spiral_search_result *result,
                                 const struct spiral_fit_problem *problem,
                                 const struct spiral_search_settings *settings, const double *start,
                                 struct spiral_error *error)
{
    const size_t axes = problem->space.count;
    struct search search = {.problem = problem,
                            .settings = settings,
                            .result = result,
                            .error = error,
                            .optimiser = nlopt_create(NLOPT_LN_SBPLX, (unsigned)axes)};
    double place[SPIRAL_MAX_AXES];
    double objective;

    memcpy(place, start, axes * sizeof *place);

    if (search.optimiser == NULL || !configure_optimiser(&search)) {
        nlopt_destroy(search.optimiser);
        return spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for a search over %zu axes",
                                axes);
    }

    const nlopt_result code = nlopt_optimize(search.optimiser, place, &objective);
    nlopt_destroy(search.optimiser);

    if (search.status != SPIRAL_OK)
        return search.status;

    /* Where steps fall below the precision of numbers, the search has arrived. */
    if (code < 0 && code != NLOPT_ROUNDOFF_LIMITED)
        return spiral_error_set(error,
                                code == NLOPT_OUT_OF_MEMORY ? SPIRAL_NO_MEMORY : SPIRAL_BAD_INPUT,
                                "the search failed: %s", nlopt_result_to_string(code));

    return SPIRAL_OK;
}

#else /* a build without NLopt */

enum spiral_status spiral_search(struct spiral_search_result *result,
                                 const struct spiral_fit_problem *problem,
                                 const struct spiral_search_settings *settings, const double *start,
                                 struct spiral_error *error)
{
    (void)result;
    (void)problem;
    (void)settings;
    (void)start;
    return spiral_error_set(error, SPIRAL_IO,
                            "this program was built without NLopt (Debian: libnlopt-dev), which "
                            "local searches need; --method abc needs none");
}

#endif

enum spiral_status spiral_search_result_init(struct spiral_search_result *result, size_t axes,
                                             struct spiral_error *error)
{
    *result = (struct spiral_search_result){.coordinate = calloc(axes, sizeof *result->coordinate),
                                            .value = calloc(axes, sizeof *result->value)};
    if (result->coordinate == NULL || result->value == NULL)
        return spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for a search over %zu axes",
                                axes);
    return SPIRAL_OK;
}

void spiral_search_result_clear(struct spiral_search_result *result)
{
    free(result->coordinate);
    free(result->value);
    *result = (struct spiral_search_result){.evaluations = 0};
}
