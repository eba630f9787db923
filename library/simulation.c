/* SPDX-License-Identifier: MIT
 *
 * One run. The step advances a batch of lanes; here all lanes do the same run, and lane 0 is read.
 */
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "library/arguments.h"
#include "library/case.h"
#include "library/descriptions.h"
#include "sim/outcome.h"
#include "sim/snapshot.h"
#include "sim/step.h"
#include "sim/variables.h"

/* A compiled case and the names of its variables, shared by a simulation and its copies. */
struct compiled {
    atomic_long users;
    struct spiral_plan *plan;
    size_t variable_count;
    struct variable {
        char name[80];
        enum spiral_variable row;
    } * variables;
};

struct spiral_simulation {
    struct compiled *compiled;
    struct spiral_batch *batch;
    uint64_t run; /* its index, which tells its set of constants */
    struct spiral_outcome_observer observer;
};

static enum spiral_status report_no_memory(struct spiral_error *error)
{
    return spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for a simulation");
}

/* --- compiled cases --------------------------------------------------------------------------- */

static void release_compiled(struct compiled *compiled)
{
    if (compiled == NULL || atomic_fetch_sub(&compiled->users, 1) > 1)
        return;
    spiral_plan_destroy(compiled->plan);
    free(compiled->variables);
    free(compiled);
}

static void name_variables(struct compiled *compiled, const struct spiral_scenario *scenario)
{
    const struct spiral_layout *layout = &compiled->plan->layout;
    struct variable *variable = compiled->variables;
    char label[48];

    for (int row = 0; row < SPIRAL_VARIABLES; row++) {
        const enum spiral_dimension of = spiral_variable_dimensions[row];

        for (int i = 0; i < layout->count[of]; i++, variable++) {
            spiral_variable_label(scenario, layout, of, i, label);
            snprintf(variable->name, sizeof variable->name, "%s.%s",
                     spiral_variable_fields[row].name, label);
            variable->row = (enum spiral_variable)row;
        }
    }
}

static enum spiral_status compile_case(const struct spiral_case *scenario,
                                       struct compiled **compiled_out, struct spiral_error *error)
{
    struct compiled *compiled = calloc(1, sizeof *compiled);

    *compiled_out = NULL;
    if (compiled == NULL)
        return report_no_memory(error);
    atomic_init(&compiled->users, 1);

    const enum spiral_status status = spiral_case_plan(scenario, &compiled->plan, error);

    if (status != SPIRAL_OK) {
        release_compiled(compiled);
        return status;
    }

    for (int row = 0; row < SPIRAL_VARIABLES; row++)
        compiled->variable_count +=
            (size_t)compiled->plan->layout.count[spiral_variable_dimensions[row]];
    compiled->variables = calloc(compiled->variable_count, sizeof *compiled->variables);

    if (compiled->variables == NULL) {
        release_compiled(compiled);
        return report_no_memory(error);
    }

    name_variables(compiled, &scenario->scenario);
    *compiled_out = compiled;

    return SPIRAL_OK;
}

/* --- making and freeing ----------------------------------------------------------------------- */

void spiral_simulation_free(struct spiral_simulation *simulation)
{
    if (simulation == NULL)
        return;
    release_compiled(simulation->compiled);
    spiral_batch_destroy(simulation->batch);
    free(simulation);
}

/* A simulation without a state. Takes over the caller's use of the compiled case, also where there
 * is no memory and NULL is returned. */
static struct spiral_simulation *create_simulation(struct compiled *compiled)
{
    /* The observer's lanes are aligned; so the size is a multiple of the alignment. */
    struct spiral_simulation *simulation = aligned_alloc(SPIRAL_LANE_ALIGNMENT, sizeof *simulation);

    if (simulation == NULL) {
        release_compiled(compiled);
        return NULL;
    }

    memset(simulation, 0, sizeof *simulation);
    simulation->compiled = compiled;
    simulation->batch = spiral_batch_create();

    if (simulation->batch == NULL) {
        spiral_simulation_free(simulation);
        return NULL;
    }

    return simulation;
}

static void fill_lanes(uint64_t stream[SPIRAL_LANES], uint64_t run)
{
    for (int l = 0; l < SPIRAL_LANES; l++)
        stream[l] = run;
}

enum spiral_status spiral_simulation_create(const struct spiral_case *scenario, uint64_t seed,
                                            uint64_t run, struct spiral_simulation **simulation,
                                            struct spiral_error *error)
{
    const struct spiral_plan *plans[SPIRAL_LANES];
    uint64_t stream[SPIRAL_LANES];
    struct compiled *compiled;
    const enum spiral_status status = compile_case(scenario, &compiled, error);

    *simulation = NULL;
    if (status != SPIRAL_OK)
        return status;

    struct spiral_simulation *created = create_simulation(compiled);

    if (created == NULL)
        return report_no_memory(error);

    for (int l = 0; l < SPIRAL_LANES; l++)
        plans[l] = spiral_plan_of_run(compiled->plan, run);
    fill_lanes(stream, run);
    created->run = run;
    spiral_batch_start(created->batch, plans, seed, stream);
    spiral_outcome_begin(&created->observer);
    *simulation = created;

    return SPIRAL_OK;
}

enum spiral_status spiral_simulation_copy(const struct spiral_simulation *original,
                                          struct spiral_simulation **copy,
                                          struct spiral_error *error)
{
    atomic_fetch_add(&original->compiled->users, 1);
    *copy = create_simulation(original->compiled);
    if (*copy == NULL)
        return report_no_memory(error);

    *(*copy)->batch = *original->batch;
    (*copy)->run = original->run;
    (*copy)->observer = original->observer;

    return SPIRAL_OK;
}

enum spiral_status spiral_simulation_branch(const struct spiral_simulation *original,
                                            const struct spiral_case *scenario,
                                            struct spiral_simulation **branch,
                                            struct spiral_error *error)
{
    const struct spiral_plan *before = original->compiled->plan;
    struct spiral_snapshot snapshot = {.step = 0};
    struct compiled *compiled;
    const enum spiral_status status = compile_case(scenario, &compiled, error);

    *branch = NULL;
    if (status != SPIRAL_OK)
        return status;

    const struct spiral_plan *after = compiled->plan;
    const bool same_dates =
        before->start == after->start && before->dt == after->dt && before->steps == after->steps;

    if (!same_dates || !spiral_layout_equal(&before->layout, &after->layout)) {
        release_compiled(compiled);
        return spiral_error_set(error, SPIRAL_BAD_INPUT,
                                "the branch has other %s than the simulation; expected the same",
                                same_dates ? "states or roles" : "dates or another step");
    }

    struct spiral_simulation *created = create_simulation(compiled);

    if (created == NULL)
        return report_no_memory(error);

    spiral_snapshot_take(&snapshot, original->batch, 0);
    created->run = original->run;
    spiral_snapshot_resume(&snapshot, created->batch, spiral_plan_of_run(after, created->run), 0,
                           NULL);
    created->observer = original->observer;
    *branch = created;

    return SPIRAL_OK;
}

void spiral_simulation_redraw(struct spiral_simulation *simulation, uint64_t seed, uint64_t run)
{
    struct spiral_snapshot snapshot = {.step = 0};
    uint64_t stream[SPIRAL_LANES];

    simulation->run = run;
    fill_lanes(stream, run);
    spiral_snapshot_take(&snapshot, simulation->batch, 0);
    spiral_snapshot_resume(&snapshot, simulation->batch, simulation->compiled->plan, seed, stream);
}

/* --- running and reading ---------------------------------------------------------------------- */

size_t spiral_simulation_advance(struct spiral_simulation *simulation, size_t steps)
{
    struct spiral_batch *batch = simulation->batch;
    size_t done = 0;

    for (; done < steps && batch->step < batch->steps; done++) {
        spiral_step(batch);
        spiral_outcome_watch(&simulation->observer, batch);
    }

    return done;
}

size_t spiral_simulation_step(const struct spiral_simulation *simulation)
{
    return (size_t)simulation->batch->step;
}

size_t spiral_simulation_step_count(const struct spiral_simulation *simulation)
{
    return (size_t)simulation->batch->steps;
}

double spiral_simulation_date(const struct spiral_simulation *simulation)
{
    return spiral_plan_date(simulation->compiled->plan, simulation->batch->step);
}

enum spiral_status spiral_simulation_quantities(const struct spiral_simulation *simulation,
                                                double *values, size_t count,
                                                struct spiral_error *error)
{
    const enum spiral_status status =
        spiral_check_length("quantities", count, SPIRAL_QUANTITIES, error);

    if (status == SPIRAL_OK)
        spiral_quantities(simulation->batch, 0, values);
    return status;
}

static bool is_rival(const struct spiral_simulation *simulation, size_t rival)
{
    return rival < (size_t)simulation->batch->layout.count[SPIRAL_OF_RIVAL];
}

int spiral_simulation_hostility(const struct spiral_simulation *simulation, size_t rival)
{
    return is_rival(simulation, rival)
               ? (int)spiral_batch_state(simulation->batch)->hostility[rival][0]
               : -1;
}

int spiral_simulation_observed(const struct spiral_simulation *simulation, size_t rival)
{
    const long step = simulation->batch->step;
    const long rivals = simulation->batch->layout.count[SPIRAL_OF_RIVAL];

    if (!is_rival(simulation, rival))
        return -1;
    return step == 0 ? 0 : simulation->compiled->plan->observed[(step - 1) * rivals + (long)rival];
}

size_t spiral_simulation_variable_count(const struct spiral_simulation *simulation)
{
    return simulation->compiled->variable_count;
}

enum spiral_status spiral_simulation_variable(const struct spiral_simulation *simulation,
                                              size_t variable,
                                              struct spiral_description *description,
                                              struct spiral_error *error)
{
    const struct compiled *compiled = simulation->compiled;
    const enum spiral_status status =
        spiral_check_index("variable", variable, compiled->variable_count, error);

    if (status != SPIRAL_OK)
        return status;
    *description =
        spiral_description_of(&spiral_variable_fields[compiled->variables[variable].row]);
    description->name = compiled->variables[variable].name;

    return SPIRAL_OK;
}

int spiral_simulation_variable_index(const struct spiral_simulation *simulation, const char *name)
{
    for (size_t i = 0; i < simulation->compiled->variable_count; i++)
        if (strcmp(simulation->compiled->variables[i].name, name) == 0)
            return (int)i;
    return -1;
}

enum spiral_status spiral_simulation_variables(const struct spiral_simulation *simulation,
                                               double *values, size_t count,
                                               struct spiral_error *error)
{
    const enum spiral_status status =
        spiral_check_length("variables", count, simulation->compiled->variable_count, error);

    if (status == SPIRAL_OK)
        spiral_variables_of(simulation->batch, 0, values);
    return status;
}

enum spiral_status spiral_simulation_outcomes(const struct spiral_simulation *simulation,
                                              double *values, size_t count,
                                              struct spiral_error *error)
{
    const struct spiral_batch *batch = simulation->batch;
    const enum spiral_status status =
        spiral_check_length("outcomes", count, SPIRAL_OUTCOMES, error);

    if (status != SPIRAL_OK)
        return status;
    if (batch->step < batch->steps)
        return spiral_error_set(error, SPIRAL_BAD_INPUT,
                                "the run is at step %ld of %ld; it has outcomes at its end",
                                batch->step, batch->steps);

    const union spiral_outcome outcome = spiral_outcome_of(&simulation->observer, batch, 0);
    memcpy(values, outcome.value, sizeof outcome.value);

    return SPIRAL_OK;
}

uint64_t spiral_simulation_hash(const struct spiral_simulation *simulation)
{
    return spiral_batch_hash(simulation->batch, 0);
}

/* --- trajectories ----------------------------------------------------------------------------- */

/* Runs one batch and writes the quantities of its first `live` lanes: rows for the start, where
 * `with_start`, and after each step. */
static void write_histories(struct spiral_batch *batch, int live, bool with_start, double *values)
{
    spiral_lane quantity[SPIRAL_QUANTITIES];
    const size_t rows = (size_t)batch->steps + with_start;

    for (size_t row = 0; row < rows; row++) {
        if (row > 0 || !with_start)
            spiral_step(batch);
        spiral_quantities_of_lanes(batch, SPIRAL_ALL_QUANTITIES, quantity);

        for (int l = 0; l < live; l++)
            for (size_t i = 0; i < SPIRAL_QUANTITIES; i++)
                values[((size_t)l * rows + row) * SPIRAL_QUANTITIES + i] = quantity[i][l];
    }

    for (int l = 0; l < live && with_start; l++) {
        double *start = values + (size_t)l * rows * SPIRAL_QUANTITIES;
        spiral_quantities_complete_start(start, start + SPIRAL_QUANTITIES);
    }
}

static enum spiral_status run_histories(const struct spiral_case *scenario, uint64_t seed,
                                        uint64_t first, uint64_t runs, bool with_start,
                                        double *values, size_t count, struct spiral_error *error)
{
    const struct spiral_plan *plans[SPIRAL_LANES];
    uint64_t stream[SPIRAL_LANES];
    struct spiral_plan *plan;
    struct spiral_batch *batch = NULL;
    enum spiral_status status = spiral_case_plan(scenario, &plan, error);

    if (status != SPIRAL_OK)
        return status;

    const size_t numbers_of_run = ((size_t)plan->steps + with_start) * SPIRAL_QUANTITIES;

    if (runs > SIZE_MAX / sizeof(double) / numbers_of_run)
        status = spiral_error_set(error, SPIRAL_BAD_INPUT, "too many runs for one array");
    if (status == SPIRAL_OK)
        status = spiral_check_length("values", count, (size_t)runs * numbers_of_run, error);
    if (status == SPIRAL_OK && (batch = spiral_batch_create()) == NULL)
        status = report_no_memory(error);

    for (uint64_t done = 0; done < runs && status == SPIRAL_OK; done += SPIRAL_LANES) {
        const int live = runs - done < SPIRAL_LANES ? (int)(runs - done) : SPIRAL_LANES;

        for (int l = 0; l < SPIRAL_LANES; l++) {
            stream[l] = first + done + (uint64_t)(l < live ? l : 0);
            plans[l] = spiral_plan_of_run(plan, stream[l]);
        }

        spiral_batch_start(batch, plans, seed, stream);
        write_histories(batch, live, with_start, values + (size_t)done * numbers_of_run);
    }

    spiral_batch_destroy(batch);
    spiral_plan_destroy(plan);

    return status;
}

enum spiral_status spiral_case_trajectories(const struct spiral_case *scenario, uint64_t seed,
                                            uint64_t first, uint64_t runs, double *values,
                                            size_t count, struct spiral_error *error)
{
    return run_histories(scenario, seed, first, runs, false, values, count, error);
}

enum spiral_status spiral_case_histories(const struct spiral_case *scenario, uint64_t seed,
                                         uint64_t first, uint64_t runs, double *values,
                                         size_t count, struct spiral_error *error)
{
    return run_histories(scenario, seed, first, runs, true, values, count, error);
}
