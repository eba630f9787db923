/* SPDX-License-Identifier: MIT */
#include "tools/inference/soft_bounds.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "scenarios/loader/case_file.h"
#include "scenarios/loader/scenario_load.h"
#include "tools/farm/farm.h"
#include "tools/farm/interrupt.h"

static const double step_of_facts = 0.25; /* years, as that of the panel */
static const double weight = 2.0;
static const double most_missed = 3.0;

/* --- scales ----------------------------------------------------------------------------------- */

enum scale {
#define SPIRAL_SOFT_SCALE(scale, unit, margin, lowest, highest, doc) SCALE_##scale,
#include "tools/inference/soft_bounds.def"
    SCALES
};

static const struct {
    double unit;
    double margin;
    double lowest;
    double highest;
} scales[SCALES] = {
#define SPIRAL_SOFT_SCALE(scale, unit, margin, lowest, highest, doc) \
    {unit, margin, lowest, highest},
#include "tools/inference/soft_bounds.def"
};

static const struct {
    const char *fact;
    const char *word;
    enum scale scale;
} rules[] = {
#define SPIRAL_SOFT_RULE(fact, word, scale) {#fact, word, SCALE_##scale},
#include "tools/inference/soft_bounds.def"
};

static enum scale scale_of(const char *fact, const struct spiral_stylised_criterion *criterion)
{
    for (size_t r = 0; r < sizeof rules / sizeof *rules; r++)
        if ((strcmp(rules[r].fact, "ANY") == 0 || strcmp(rules[r].fact, fact) == 0) &&
            strstr(criterion->name, rules[r].word) != NULL)
            return rules[r].scale;

    return criterion->low >= 0.0 && criterion->high <= 1.0 ? SCALE_share : SCALE_difference;
}

static double place_on(enum scale scale, double value)
{
    const double inside = fmin(fmax(value, scales[scale].lowest), scales[scale].highest);
    const double place = scale == SCALE_share ? log(inside / (1.0 - inside))
                         : scale == SCALE_ratio || scale == SCALE_rate ? log(inside)
                                                                       : inside;
    return scales[scale].unit * place;
}

bool spiral_soft_place(const char *fact, const struct spiral_stylised_criterion *criterion,
                       double *place, double *low, double *high)
{
    const enum scale scale = scale_of(fact, criterion);

    if (criterion->low == 0.0 && criterion->high == 1.0)
        return false;
    *place = place_on(scale, criterion->value);
    *low = place_on(scale, criterion->low) + (criterion->low > -1.0 ? scales[scale].margin : 0.0);
    *high = place_on(scale, criterion->high) - scales[scale].margin;
    return true;
}

/* --- measuring -------------------------------------------------------------------------------- */

enum spiral_status spiral_soft_bounds_create(struct spiral_soft_bounds *bounds, uint64_t runs,
                                             uint64_t seed, int threads, struct spiral_error *error)
{
    struct spiral_diagnostics *diagnostics = malloc(sizeof *diagnostics);
    enum spiral_status status = SPIRAL_OK;

    memset(bounds, 0, sizeof *bounds);
    bounds->setup.runs = runs;
    bounds->setup.seed = seed;
    bounds->setup.threads = spiral_farm_threads(threads);
    bounds->setup.dt = step_of_facts;
    for (int c = 0; c < SPIRAL_STYLISED_CASES; c++)
        bounds->setup.cases[c] = spiral_scenario_defaults();
    if (diagnostics == NULL)
        return spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for the cases of the facts");

    for (int c = 0; c < SPIRAL_STYLISED_CASES && status == SPIRAL_OK; c++) {
        const char *name = spiral_stylised_case_names[c];
        char path[4096];

        spiral_diagnostics_init(diagnostics);
        spiral_case_file(name, path, sizeof path);
        status = spiral_scenario_load(&bounds->setup.cases[c], path, diagnostics);
        if (status != SPIRAL_OK)
            spiral_error_set(error, status,
                             "the facts need the case %s: %s cannot be loaded; `--facts 0` goes "
                             "without them",
                             name, path);
    }
    free(diagnostics);
    return status;
}

void spiral_soft_bounds_clear(struct spiral_soft_bounds *bounds)
{
    for (int c = 0; c < SPIRAL_STYLISED_CASES; c++)
        spiral_scenario_clear(&bounds->setup.cases[c]);
    memset(bounds, 0, sizeof *bounds);
}

/* Limits of the model's form, and S17 and S18, which are kept as tests. */
static bool is_not_fitted(int id)
{
    return id == SPIRAL_STYLISED_S11 || id == SPIRAL_STYLISED_S13 || id == SPIRAL_STYLISED_S15 ||
           id == SPIRAL_STYLISED_S17 || id == SPIRAL_STYLISED_S18;
}

enum spiral_status spiral_soft_bounds_measure(struct spiral_soft_bounds *bounds,
                                              const struct spiral_constants *constants,
                                              double places[SPIRAL_SOFT_MOST],
                                              struct spiral_error *error)
{
    enum spiral_status status = SPIRAL_OK;
    size_t count = 0;

    bounds->setup.constants = *constants;
    for (int id = 0; id < SPIRAL_STYLISED_FACTS && status == SPIRAL_OK; id++) {
        struct spiral_stylised_fact fact;
        if (is_not_fitted(id))
            continue;
        status = spiral_interrupted()
                     ? spiral_error_set(error, SPIRAL_STOPPED, "stopped on request")
                     : spiral_stylised_fact_measure(&fact, (enum spiral_stylised_fact_id)id,
                                                    &bounds->setup, error);
        for (int c = 0; status == SPIRAL_OK && c < fact.criterion_count; c++)
            if (spiral_soft_place(fact.id, &fact.criteria[c], &places[count], &bounds->low[count],
                                  &bounds->high[count]))
                count++;
    }
    if (status == SPIRAL_OK)
        bounds->count = count;
    return status;
}

static double missed(const struct spiral_soft_bounds *bounds, size_t i, double place)
{
    return fmax(bounds->low[i] - place, 0.0) + fmax(place - bounds->high[i], 0.0);
}

double spiral_soft_bounds_penalty(const struct spiral_soft_bounds *bounds, const double *places,
                                  const double *reference)
{
    double sum = 0.0;

    for (size_t i = 0; i < bounds->count; i++) {
        const double beyond = missed(bounds, i, places[i]) - missed(bounds, i, reference[i]);
        const double counted = fmin(fmax(beyond, 0.0), most_missed);
        sum += counted * counted;
    }
    return weight * sum;
}
