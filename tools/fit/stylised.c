/* SPDX-License-Identifier: MIT */
#include "tools/fit/stylised.h"

#include <stdlib.h>
#include <string.h>

#include "scenarios/loader/case_file.h"
#include "scenarios/loader/scenario_load.h"
#include "sim/parameter.h"
#include "tools/farm/farm.h"

/* Ensembles of the triad take shares of the runs, which must not become 0. */
enum { LEAST_RUNS = 64 };

static enum spiral_status load_case(struct spiral_scenario *scenario, const char *name,
                                    struct spiral_error *error)
{
    char path[4096];
    struct spiral_diagnostics *diagnostics = malloc(sizeof *diagnostics);

    if (diagnostics == NULL)
        return spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for the case %s", name);
    spiral_diagnostics_init(diagnostics);
    spiral_case_file(name, path, sizeof path);

    enum spiral_status status = spiral_scenario_load(scenario, path, diagnostics);

    if (status == SPIRAL_NO_MEMORY)
        spiral_error_set(error, status, "no memory for the case %s", name);
    else if (status != SPIRAL_OK)
        status = spiral_error_set(
            error, SPIRAL_BAD_INPUT,
            "the facts need the case %s: %s cannot be loaded; `spiral check %s` says why", name,
            path, name);
    free(diagnostics);

    return status;
}

static bool is_constant(const char *name) { return strncmp(name, "k.", 2) == 0; }

static enum spiral_status set_constants(struct spiral_fit_stylised *facts,
                                        const struct spiral_experiment *experiment,
                                        struct spiral_error *error)
{
    enum spiral_status status = SPIRAL_OK;

    facts->setup.constants = spiral_constants_defaults();

    for (size_t s = 0; s < experiment->setting_count && status == SPIRAL_OK; s++) {
        const char *name = experiment->settings[s].name;
        if (!is_constant(name))
            return spiral_error_set(
                error, SPIRAL_BAD_INPUT,
                "%s is set: facts have cases of their own and only depend on constants (k.NAME)",
                name);
        status = spiral_parameter_set(NULL, &facts->setup.constants, name,
                                      experiment->settings[s].value, error);
    }

    for (size_t a = 0; a < experiment->axis_count && status == SPIRAL_OK; a++)
        if (!is_constant(experiment->axes[a].name))
            return spiral_error_set(
                error, SPIRAL_BAD_INPUT,
                "%s is fitted: facts have cases of their own and only depend on constants (k.NAME)",
                experiment->axes[a].name);

    return status;
}

enum spiral_status spiral_fit_stylised_create(struct spiral_fit_stylised *facts,
                                              struct spiral_target *target, double weight,
                                              int threads, struct spiral_error *error)
{
    const struct spiral_experiment *experiment = target->counter.experiment;

    *facts = (struct spiral_fit_stylised){.weight = weight,
                                          .target = target,
                                          .setup = {.threads = spiral_farm_threads(threads)}};
    facts->setup.seed = experiment->seed;
    facts->setup.runs = experiment->replicates;
    for (int c = 0; c < SPIRAL_STYLISED_CASES; c++)
        facts->setup.cases[c] = spiral_scenario_defaults();

    if (facts->setup.runs < LEAST_RUNS)
        return spiral_error_set(error, SPIRAL_BAD_INPUT,
                                "%llu runs of each case; facts take %d at least",
                                (unsigned long long)facts->setup.runs, LEAST_RUNS);

    enum spiral_status status = set_constants(facts, experiment, error);

    for (int c = 0; c < SPIRAL_STYLISED_CASES && status == SPIRAL_OK; c++)
        status = load_case(&facts->setup.cases[c], spiral_stylised_case_names[c], error);

    return status;
}

void spiral_fit_stylised_clear(struct spiral_fit_stylised *facts)
{
    for (int c = 0; c < SPIRAL_STYLISED_CASES; c++)
        spiral_scenario_clear(&facts->setup.cases[c]);
    memset(facts, 0, sizeof *facts);
}

enum spiral_status spiral_fit_stylised_loss(const struct spiral_fit_stylised *facts,
                                            const double *values, double *loss,
                                            struct spiral_error *error)
{
    const struct spiral_experiment *experiment = facts->target->counter.experiment;
    struct spiral_stylised_setup setup = facts->setup; /* the cases are shared */
    enum spiral_status status = SPIRAL_OK;

    *loss = 0.0;
    for (size_t a = 0; a < experiment->axis_count && status == SPIRAL_OK; a++)
        status = spiral_parameter_set(NULL, &setup.constants, experiment->axes[a].name, values[a],
                                      error);

    for (int id = SPIRAL_STYLISED_S1; id <= SPIRAL_STYLISED_S12 && status == SPIRAL_OK; id++) {
        struct spiral_stylised_fact fact;
        status =
            spiral_stylised_fact_measure(&fact, (enum spiral_stylised_fact_id)id, &setup, error);
        *loss += status == SPIRAL_OK ? spiral_stylised_fact_loss(&fact) : 0.0;
    }

    return status;
}

enum spiral_status spiral_fit_stylised_distance(void *context, const double *values, size_t count,
                                                double *distance, struct spiral_error *error)
{
    const struct spiral_fit_stylised *facts = context;
    const size_t axes = facts->target->counter.experiment->axis_count;
    enum spiral_status status =
        spiral_target_distance(facts->target, values, count, distance, error);

    for (size_t p = 0; p < count && status == SPIRAL_OK; p++) {
        double loss;
        status = spiral_fit_stylised_loss(facts, &values[p * axes], &loss, error);
        distance[p] += facts->weight * loss;
    }

    return status;
}
