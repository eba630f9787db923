/* SPDX-License-Identifier: MIT */
#include "why/marks.h"

#include "sim/edit.h"
#include "sim/step.h"

/* Copies the sets of constants of a case, if any, without the mechanisms of `off`. */
static enum spiral_status copy_sets(struct spiral_constant_sets *sets,
                                    const struct spiral_why_case *given, unsigned off)
{
    const struct spiral_constant_sets *posterior = given->options->posterior;

    *sets = (struct spiral_constant_sets){.count = 0};
    if (posterior == NULL || posterior->count == 0)
        return SPIRAL_OK;

    const enum spiral_status status = spiral_constant_sets_copy(sets, posterior);

    for (size_t i = 0; i < sets->count; i++)
        spiral_mechanisms_switch_off_constants(&sets->sets[i], off);

    return status;
}

enum spiral_status spiral_why_plan(struct spiral_plan **plan, const struct spiral_why_case *given,
                                   struct spiral_why_variant variant, struct spiral_error *error)
{
    struct spiral_constants constants = *given->constants;
    struct spiral_plan_options options = *given->options;
    struct spiral_constant_sets sets;
    struct spiral_scenario scenario;

    *plan = NULL;
    if (copy_sets(&sets, given, variant.off) != SPIRAL_OK)
        return spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for the constants of %s",
                                given->scenario->name);

    if (spiral_scenario_copy(&scenario, given->scenario) != SPIRAL_OK) {
        spiral_constant_sets_clear(&sets);
        return spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for a variant of %s",
                                given->scenario->name);
    }

    spiral_mechanisms_switch_off(&scenario, &constants, variant.off);
    if (variant.dropped >= 0)
        spiral_edit_drop(&scenario, (size_t)variant.dropped);

    options.posterior = &sets;
    const enum spiral_status status =
        spiral_plan_create(plan, &scenario, &constants, &options, error);

    spiral_scenario_clear(&scenario);
    spiral_constant_sets_clear(&sets);

    return status;
}

/* Raises each lane's highest level to that of its worst pair, and returns the lowest of them. */
static double watch_levels(const struct spiral_batch *batch, spiral_lane highest)
{
    const struct spiral_lanes_state *state = spiral_batch_state(batch);
    double lowest = 5.0;

    for (int q = 0; q < batch->layout.count[SPIRAL_OF_RIVAL]; q++)
        for (int l = 0; l < SPIRAL_LANES; l++)
            highest[l] = state->hostility[q][l] > highest[l] ? state->hostility[q][l] : highest[l];
    for (int l = 0; l < SPIRAL_LANES; l++)
        lowest = highest[l] < lowest ? highest[l] : lowest;

    return lowest;
}

static unsigned char mark_of(double highest)
{
    unsigned mark = 0;
#define SPIRAL_WHY_OUTCOME(name, en, zh, level) \
    mark |= highest >= (level) ? 1u << SPIRAL_WHY_##name : 0u;
    SPIRAL_WHY_OUTCOME_TABLE(SPIRAL_WHY_OUTCOME)
#undef SPIRAL_WHY_OUTCOME
    return (unsigned char)mark;
}

static void mark_plan(struct spiral_batch *batch, const struct spiral_plan *plan, uint64_t seed,
                      uint64_t runs, unsigned char *marks)
{
    const struct spiral_plan *plans[SPIRAL_LANES];
    uint64_t stream[SPIRAL_LANES];
    spiral_lane highest;

    for (uint64_t first = 0; first < runs; first += SPIRAL_LANES) {
        const int live = runs - first < SPIRAL_LANES ? (int)(runs - first) : SPIRAL_LANES;

        for (int l = 0; l < SPIRAL_LANES; l++) {
            stream[l] = first + (uint64_t)(l < live ? l : 0);
            plans[l] = spiral_plan_of_run(plan, stream[l]);
            highest[l] = 1.0;
        }

        /* A run that has come to war can show nothing more. */
        spiral_batch_start(batch, plans, seed, stream);
        do
            spiral_step(batch);
        while (watch_levels(batch, highest) < 5.0 && batch->step < batch->steps);

        for (int l = 0; l < live; l++)
            marks[first + (uint64_t)l] = mark_of(highest[l]);
    }
}

static void keep_mark(void *context, uint64_t stream, const union spiral_outcome *outcome)
{
    unsigned char *marks = context;

    marks[stream] = mark_of(outcome->war > 0.0 ? 5.0 : outcome->force > 0.0 ? 4.0 : 1.0);
}

/* Marks the runs of a plan on the workers' device. False: this is the processor's. */
static bool mark_on_device(const struct spiral_workers *workers, const struct spiral_plan *plan,
                           uint64_t seed, uint64_t runs, unsigned char *marks)
{
    struct spiral_collector collector = {.tally = NULL};
    bool marked = false;

    if (workers->run_plan == NULL)
        return false;
    if (spiral_collector_init(&collector, plan, false, false) == SPIRAL_OK) {
        collector.each_run = keep_mark;
        collector.context = marks;
        marked = workers->run_plan(plan, seed, 0, runs, &collector);
    }

    spiral_collector_clear(&collector);

    return marked;
}

/* What the workers share. */
struct job {
    const struct spiral_why_case *given;
    const struct spiral_why_variant *variants;
    uint64_t runs;
    const struct spiral_workers *workers;
    unsigned char *marks;
};

static enum spiral_status run_variant(void *context, struct spiral_batch *batch, uint64_t number)
{
    const struct job *job = context;
    struct spiral_plan *plan;
    const enum spiral_status status =
        spiral_why_plan(&plan, job->given, job->variants[number], NULL);

    if (status != SPIRAL_OK)
        return status;

    unsigned char *marks = job->marks + number * job->runs;

    if (!mark_on_device(job->workers, plan, job->given->seed, job->runs, marks))
        mark_plan(batch, plan, job->given->seed, job->runs, marks);
    spiral_plan_destroy(plan);

    return SPIRAL_OK;
}

enum spiral_status spiral_why_mark(const struct spiral_why_case *given,
                                   const struct spiral_why_variant *variants, size_t count,
                                   uint64_t runs, const struct spiral_workers *workers,
                                   unsigned char *marks, struct spiral_error *error)
{
    struct job job = {given, variants, runs, workers, marks};
    const struct spiral_part part = {run_variant, &job};

    return workers->run(workers, &part, count, runs, error);
}
