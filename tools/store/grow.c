/* SPDX-License-Identifier: MIT
 *
 * A finished sweep that is asked for more: more replicates of every cell, or the next points of its
 * sequence. What it has stays as it is, because replicates and points are numbered. When the new
 * work is done too, the store has the same rows as one that was asked for so much at once.
 */
#include <stdlib.h>
#include <string.h>

#include "scenarios/loader/text_stream.h"
#include "tools/store/connection.h"

static bool is_prefix(const struct spiral_design *before, const struct spiral_design *after)
{
    return after->axes == before->axes && after->factors == before->factors &&
           after->points > before->points &&
           memcmp(before->factor_of, after->factor_of, before->axes * sizeof *before->factor_of) ==
               0 &&
           memcmp(before->value, after->value,
                  before->points * before->axes * sizeof *before->value) == 0 &&
           memcmp(before->coordinate, after->coordinate,
                  before->points * before->factors * sizeof *before->coordinate) == 0;
}

/* Checks what is asked for, and changes the experiment to it. */
static enum spiral_status ask_for_more(struct spiral_experiment *experiment,
                                       const struct spiral_growth *growth,
                                       struct spiral_error *error)
{
    uint64_t *most =
        experiment->stop.outcome >= 0 ? &experiment->stop.replicates : &experiment->replicates;

    if (growth->replicates > 0) {
        if (growth->replicates <= *most)
            return spiral_error_set(error, SPIRAL_BAD_INPUT,
                                    "the sweep has %llu replicates; expected more than that, not "
                                    "%llu",
                                    (unsigned long long)*most,
                                    (unsigned long long)growth->replicates);
        *most = growth->replicates;
    }

    if (growth->points > 0) {
        struct spiral_design_request *design = &experiment->design;

        if (!spiral_design_is_sequence(design->kind))
            return spiral_error_set(error, SPIRAL_BAD_INPUT,
                                    "a design of kind %s cannot be extended: its points depend on "
                                    "how many there are; random, sobol, saltelli and morris can",
                                    spiral_design_names[design->kind]);
        if (growth->points <= design->points)
            return spiral_error_set(error, SPIRAL_BAD_INPUT,
                                    "the design has --points %zu; expected more than that, not "
                                    "%zu",
                                    design->points, growth->points);
        design->points = growth->points;
        if (growth->points > experiment->converge.points)
            experiment->converge.points = growth->points;
    }

    return SPIRAL_OK;
}

/* --- rows ------------------------------------------------------------------------------------- */

static enum spiral_status change_experiment(struct spiral_store *store,
                                            const struct spiral_sweep *after,
                                            struct spiral_error *error)
{
    const struct spiral_experiment *experiment = &after->experiment;
    const bool blocks = experiment->design.kind == SPIRAL_DESIGN_saltelli ||
                        experiment->design.kind == SPIRAL_DESIGN_morris;
    char *text = NULL;
    size_t length = 0;
    sqlite3_stmt *statement = NULL;
    FILE *memory = spiral_text_stream_open(&text, &length);

    if (memory != NULL)
        spiral_experiment_write(experiment, memory);

    if (!spiral_text_stream_close(memory, &text))
        return spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for the experiment's text");

    enum spiral_status status =
        spiral_store_prepare(store,
                             "UPDATE experiment SET text = ?1, hash = ?2, base = ?3, ended = NULL",
                             &statement, error);

    if (status == SPIRAL_OK) {
        sqlite3_bind_text(statement, 1, text, -1, SQLITE_STATIC);
        sqlite3_bind_text(statement, 2, after->hash, -1, SQLITE_STATIC);
        sqlite3_bind_int64(statement, 3,
                           (sqlite3_int64)(blocks ? experiment->design.points
                                                  : after->design->points));
        status = spiral_store_step(store, statement, error);
    }

    sqlite3_finalize(statement);
    free(text);

    return status == SPIRAL_OK ? spiral_store_seal(store, "experiment", error) : status;
}

/* The row of a cell: with the runs that it has, where it goes on from. */
static enum spiral_status put_cell(struct spiral_store *store, struct spiral_sweep *sweep,
                                   size_t cell, struct spiral_error *error)
{
    struct spiral_cell *now = &sweep->cells[cell];
    struct spiral_sums risk = {.count = 0};
    enum spiral_status status = SPIRAL_OK;

    for (int o = 0; o < sweep->outcome_count && status == SPIRAL_OK; o++)
        if (sweep->outcomes[o] == sweep->experiment.stop.outcome)
            status = spiral_store_sums(store, sweep, cell, o, &risk, NULL, error);
    if (status != SPIRAL_OK)
        return status;

    now->base = now->runs;
    now->done = now->runs > 0 && spiral_cell_is_done(&sweep->experiment, now->runs, &risk);

    return spiral_store_put_cell(store, sweep, cell, now, error);
}

static enum spiral_status change_rows(struct spiral_store *store, const struct spiral_sweep *before,
                                      struct spiral_sweep *after, struct spiral_error *error)
{
    enum spiral_status status = spiral_store_prepare_all(store, error);

    if (status == SPIRAL_OK)
        status = spiral_store_do(store, "BEGIN IMMEDIATE", error);
    if (status == SPIRAL_OK)
        status = change_experiment(store, after, error);
    if (status == SPIRAL_OK)
        status = spiral_store_fill_points(store, after->design, before->design->points, error);
    for (size_t cell = 0; cell < after->cell_count && status == SPIRAL_OK; cell++)
        status = put_cell(store, after, cell, error);

    /* Units are numbered anew: those that are done are in the cells' bases. */
    if (status == SPIRAL_OK)
        status = spiral_store_do(store, "DELETE FROM work; COMMIT", error);
    if (status != SPIRAL_OK && sqlite3_get_autocommit(store->database) == 0)
        sqlite3_exec(store->database, "ROLLBACK", NULL, NULL, NULL);

    return status;
}

/* --- growing ---------------------------------------------------------------------------------- */

enum spiral_status spiral_store_grow(struct spiral_store *store, struct spiral_sweep *sweep,
                                     const struct spiral_growth *growth, struct spiral_error *error)
{
    struct spiral_sweep after = {.experiment = spiral_experiment_defaults()};
    struct spiral_design *design = NULL;
    struct spiral_design_request request = sweep->experiment.design;
    uint64_t runs;
    uint64_t most;
    size_t done;

    spiral_sweep_count(sweep, &runs, &most, &done);
    if (done < sweep->cell_count)
        return spiral_error_set(error, SPIRAL_BAD_INPUT,
                                "%zu of %zu cells are finished; finish the sweep before it is "
                                "asked for more",
                                done, sweep->cell_count);

    /* The experiment moves to the new sweep, so it must be whole before anything can fail. */
    enum spiral_status status = ask_for_more(&sweep->experiment, growth, error);

    if (status != SPIRAL_OK)
        return status;
    request.points = sweep->experiment.design.points;
    request.list = sweep->experiment.design.list;
    status = spiral_design_create(&design, sweep->experiment.axes, sweep->experiment.axis_count,
                                  &request, error);

    if (status == SPIRAL_OK && growth->points > 0 && !is_prefix(sweep->design, design))
        status = spiral_error_set(error, SPIRAL_BAD_INPUT,
                                  "the points of the store are not those that this program draws");
    if (status != SPIRAL_OK) {
        spiral_design_destroy(design);
        return status;
    }

    struct spiral_experiment experiment = sweep->experiment;
    const size_t before_points = sweep->points;
    const struct spiral_sweep before = {.design = sweep->design};

    sweep->experiment = spiral_experiment_defaults();
    status = spiral_sweep_create(&after, &experiment, design, sweep->shard, sweep->shards, error);

    for (size_t c = 0; status == SPIRAL_OK && c < after.experiment.case_count; c++)
        for (size_t p = 0; p < before_points; p++)
            after.cells[c * after.points + p] = sweep->cells[c * before_points + p];

    if (status == SPIRAL_OK)
        status = change_rows(store, &before, &after, error);
    spiral_sweep_clear(sweep);
    *sweep = after;

    return status;
}
