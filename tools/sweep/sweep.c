/* SPDX-License-Identifier: MIT */
#include "tools/sweep/sweep.h"

#include <stdlib.h>
#include <string.h>

#include "scenarios/loader/text_stream.h"
#include "sim/hash.h"
#include "sim/parameter.h"

size_t spiral_cell_case(const struct spiral_sweep *sweep, size_t cell)
{
    return cell / sweep->points;
}

size_t spiral_cell_point(const struct spiral_sweep *sweep, size_t cell)
{
    return (size_t)(sweep->shard - 1) + cell % sweep->points * (size_t)sweep->shards;
}

uint64_t spiral_replicate_stream(const struct spiral_sweep *sweep, size_t point, uint64_t replicate)
{
    return sweep->experiment.independent ? ((uint64_t)point << 32) + replicate : replicate;
}

struct spiral_constants spiral_sweep_constants(const struct spiral_experiment *experiment)
{
    struct spiral_constants constants = spiral_constants_defaults();

    for (size_t s = 0; s < experiment->setting_count; s++)
        if (strncmp(experiment->settings[s].name, "k.", 2) == 0)
            spiral_parameter_set(NULL, &constants, experiment->settings[s].name,
                                 experiment->settings[s].value, NULL);
    return constants;
}

void spiral_sweep_count(const struct spiral_sweep *sweep, uint64_t *runs, uint64_t *most,
                        size_t *cells_done)
{
    *runs = *most = 0;
    *cells_done = 0;

    for (size_t cell = 0; cell < sweep->cell_count; cell++) {
        *runs += sweep->cells[cell].runs;
        *most += sweep->cells[cell].done ? sweep->cells[cell].runs
                                         : spiral_experiment_most_replicates(&sweep->experiment);
        *cells_done += sweep->cells[cell].done;
    }
}

/* --- identity --------------------------------------------------------------------------------- */

/* FNV-1a over the canonical text, the scenarios' texts, the table of constants, the constants, the
 * version of the program and the points' bits. */
static enum spiral_status hash_sweep(struct spiral_sweep *sweep)
{
    const struct spiral_experiment *experiment = &sweep->experiment;
    const struct spiral_constants constants = spiral_sweep_constants(experiment);
    const uint64_t constants_hash = spiral_constants_hash(&constants);
    uint64_t hash = SPIRAL_HASH_START;
    char *text = NULL;
    size_t length = 0;
    FILE *memory = spiral_text_stream_open(&text, &length);

    if (memory == NULL)
        return SPIRAL_NO_MEMORY;
    spiral_experiment_write(experiment, memory);

    if (!spiral_text_stream_close(memory, &text))
        return SPIRAL_NO_MEMORY;

    hash = spiral_hash_bytes(hash, text, length + 1);
    free(text);
    for (size_t c = 0; c < experiment->case_count; c++)
        hash = spiral_hash_bytes(hash, experiment->cases[c].text, experiment->cases[c].length + 1);

    if (experiment->sets_text != NULL)
        hash = spiral_hash_bytes(hash, experiment->sets_text, strlen(experiment->sets_text) + 1);

    hash = spiral_hash_bits(hash, constants_hash);
    hash = spiral_hash_bytes(hash, SPIRAL_VERSION, sizeof SPIRAL_VERSION);
    hash = spiral_hash_bytes(hash, sweep->design->value,
                             sweep->design->points * sweep->design->axes * sizeof(double));
    snprintf(sweep->hash, sizeof sweep->hash, "%016llx", (unsigned long long)hash);

    return SPIRAL_OK;
}

/* --- creation --------------------------------------------------------------------------------- */

static enum spiral_status measure_spans(struct spiral_sweep *sweep, struct spiral_error *error)
{
    const struct spiral_experiment *experiment = &sweep->experiment;
    const struct spiral_constants constants = spiral_sweep_constants(experiment);

    for (size_t c = 0; c < experiment->case_count; c++) {
        struct spiral_plan *plan;
        const enum spiral_status status = spiral_plan_create(&plan, &experiment->cases[c].scenario,
                                                             &constants, &experiment->run, error);
        if (status != SPIRAL_OK)
            return status;
        sweep->spans[c] = (struct spiral_run_span){plan->start, spiral_plan_date(plan, plan->steps),
                                                   plan->dt, plan->steps};
        spiral_plan_destroy(plan);
    }

    return SPIRAL_OK;
}

/* Lists what is kept; reads the expressions against every case. */
static enum spiral_status read_outcomes(struct spiral_sweep *sweep, struct spiral_error *error)
{
    const struct spiral_experiment *experiment = &sweep->experiment;
    const size_t own = experiment->own_count;

    for (int i = 0; i < SPIRAL_OUTCOMES; i++)
        if (experiment->kept[i]) {
            sweep->outcomes[sweep->outcome_count] = i;
            sweep->measures[sweep->outcome_count++] =
                spiral_outcome_measure((enum spiral_outcome_name)i);
        }

    sweep->expressions = calloc(experiment->case_count * own + 1, sizeof *sweep->expressions);
    if (sweep->expressions == NULL)
        return spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for %zu outcomes", own);

    for (size_t c = 0; c < experiment->case_count; c++)
        for (size_t o = 0; o < own; o++) {
            const enum spiral_status status =
                spiral_experiment_own_expression(experiment, o, &experiment->cases[c],
                                                 &sweep->expressions[c * own + o], error);
            if (status != SPIRAL_OK)
                return status;
        }

    for (size_t o = 0; o < own; o++) {
        sweep->outcomes[sweep->outcome_count] = SPIRAL_OUTCOMES + (int)o;
        sweep->measures[sweep->outcome_count++] =
            spiral_experiment_own_measure(experiment, o, &sweep->expressions[o], own);
    }

    return SPIRAL_OK;
}

enum spiral_status spiral_sweep_create(struct spiral_sweep *sweep,
                                       struct spiral_experiment *experiment,
                                       struct spiral_design *design, int shard, int shards,
                                       struct spiral_error *error)
{
    *sweep = (struct spiral_sweep){.experiment = *experiment,
                                   .design = design,
                                   .shard = shard,
                                   .shards = shards};
    *experiment = spiral_experiment_defaults();

    const struct spiral_experiment *own = &sweep->experiment;

    enum spiral_status status = read_outcomes(sweep, error);

    if (status != SPIRAL_OK)
        return status;

    if (design == NULL)
        status =
            spiral_design_create(&sweep->design, own->axes, own->axis_count, &own->design, error);
    if (status != SPIRAL_OK)
        return status;

    if (sweep->design->points >= (size_t)1 << 31 || sweep->design->points < (size_t)shards)
        return spiral_error_set(
            error, SPIRAL_BAD_INPUT,
            "%zu points; expected at least as many as shards, and fewer than 2^31",
            sweep->design->points);
    sweep->points = (sweep->design->points - (size_t)shard) / (size_t)shards + 1;
    sweep->cell_count = own->case_count * sweep->points;
    sweep->cells = calloc(sweep->cell_count, sizeof *sweep->cells);
    sweep->spans = calloc(own->case_count, sizeof *sweep->spans);
    if (sweep->cells == NULL || sweep->spans == NULL || hash_sweep(sweep) != SPIRAL_OK)
        return spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for %zu cells",
                                sweep->cell_count);

    return measure_spans(sweep, error);
}

void spiral_sweep_clear(struct spiral_sweep *sweep)
{
    spiral_experiment_clear(&sweep->experiment);
    spiral_design_destroy(sweep->design);
    free(sweep->cells);
    free(sweep->spans);
    free(sweep->expressions);
    *sweep = (struct spiral_sweep){.experiment = spiral_experiment_defaults()};
}
