/* SPDX-License-Identifier: MIT
 *
 * From a store back to the sweep that it holds.
 */
#include <stdlib.h>
#include <string.h>

#include "tools/store/connection.h"
#include "tools/store/rows.h"

/* --- the experiment --------------------------------------------------------------------------- */

/* What the row of the experiment says. Owned. */
struct row {
    char *text;
    char *hash;
    char *version;
    int shard;
    int shards;
};

static void clear_row(struct row *row)
{
    free(row->text);
    free(row->hash);
    free(row->version);
}

static char *column_text(sqlite3_stmt *statement, int column)
{
    const char *text = (const char *)sqlite3_column_text(statement, column);
    return text == NULL ? NULL : strdup(text);
}

static enum spiral_status read_row(struct spiral_store *store, struct row *row,
                                   struct spiral_error *error)
{
    sqlite3_stmt *statement = NULL;

    *row = (struct row){.shard = 1, .shards = 1};

    enum spiral_status status =
        spiral_store_prepare(store, "SELECT text, hash, version, shard, shards FROM experiment",
                             &statement, error);

    if (spiral_store_next(store, statement, &status, error)) {
        row->text = column_text(statement, 0);
        row->hash = column_text(statement, 1);
        row->version = column_text(statement, 2);
        row->shard = sqlite3_column_int(statement, 3);
        row->shards = sqlite3_column_int(statement, 4);
    }

    sqlite3_finalize(statement);
    if (status == SPIRAL_OK && (row->text == NULL || row->hash == NULL || row->version == NULL ||
                                row->shard < 1 || row->shards < row->shard))
        status = spiral_store_damaged(store, "the experiment's row cannot be read", error);

    return status;
}

/* The scenarios' texts, in their order. The caller frees them, also after an error. */
static enum spiral_status read_texts(struct spiral_store *store, char *texts[SPIRAL_MAX_CASES],
                                     size_t *count, struct spiral_error *error)
{
    sqlite3_stmt *statement = NULL;

    *count = 0;

    enum spiral_status status =
        spiral_store_prepare(store, "SELECT text FROM scenario ORDER BY id", &statement, error);

    while (*count < SPIRAL_MAX_CASES && spiral_store_next(store, statement, &status, error)) {
        texts[*count] = column_text(statement, 0);
        if (texts[*count] == NULL)
            status = spiral_store_damaged(store, "a scenario's text cannot be read", error);
        else
            ++*count;
    }

    sqlite3_finalize(statement);

    return status;
}

/* The text of the table of constants; NULL where runs are not spread, or in a store of a program
 * that could not. The caller frees it, also after an error. */
static enum spiral_status read_sets(struct spiral_store *store, char **text,
                                    struct spiral_error *error)
{
    sqlite3_stmt *statement = NULL;
    int64_t tables = 0;

    *text = NULL;

    enum spiral_status status =
        spiral_store_number(store,
                            "SELECT count(*) FROM sqlite_master WHERE name = 'constant_sets'",
                            &tables, error);

    if (status == SPIRAL_OK && tables > 0)
        status = spiral_store_prepare(store, "SELECT text FROM constant_sets", &statement, error);

    if (statement != NULL && spiral_store_next(store, statement, &status, error)) {
        *text = column_text(statement, 0);
        if (*text == NULL)
            status = spiral_store_damaged(store, "its table of constants cannot be read", error);
    }

    sqlite3_finalize(statement);

    return status;
}

static enum spiral_status read_experiment(struct spiral_store *store, const struct row *row,
                                          struct spiral_experiment *experiment,
                                          struct spiral_error *error)
{
    char *texts[SPIRAL_MAX_CASES] = {NULL};
    struct spiral_experiment_given stored = {.is_all = true, .case_texts = texts};
    struct spiral_diagnostics *diagnostics = malloc(sizeof *diagnostics);
    char *sets = NULL;
    enum spiral_status status = read_texts(store, texts, &stored.case_count, error);

    if (status == SPIRAL_OK)
        status = read_sets(store, &sets, error);
    stored.sets_text = sets;

    if (diagnostics == NULL)
        status = spiral_error_set(error, SPIRAL_NO_MEMORY, "out of memory");

    if (status == SPIRAL_OK) {
        spiral_diagnostics_init(diagnostics);
        status = spiral_experiment_load_text(experiment, row->text, strlen(row->text), store->path,
                                             &stored, diagnostics);
        if (status != SPIRAL_OK)
            *error = diagnostics->errors[0];
    }

    for (size_t c = 0; c < stored.case_count; c++)
        free(texts[c]);

    free(sets);
    free(diagnostics);

    return status;
}

/* --- the points ------------------------------------------------------------------------------- */

static enum spiral_status read_factors(struct spiral_store *store, struct spiral_design *design,
                                       struct spiral_error *error)
{
    sqlite3_stmt *statement = NULL;
    size_t axis = 0;
    enum spiral_status status =
        spiral_store_prepare(store, "SELECT factor FROM axis ORDER BY id", &statement, error);

    for (; spiral_store_next(store, statement, &status, error); axis++) {
        const int factor = sqlite3_column_int(statement, 0);
        if (axis >= design->axes || factor < 0 || (size_t)factor >= design->axes)
            status = spiral_store_damaged(store, "an axis has no factor", error);
        else
            design->factor_of[axis] = factor;
        if (status == SPIRAL_OK && (size_t)factor >= design->factors)
            design->factors = (size_t)factor + 1;
    }

    sqlite3_finalize(statement);

    return status != SPIRAL_OK || axis == design->axes
               ? status
               : spiral_store_damaged(store, "axes are missing", error);
}

static enum spiral_status read_values(struct spiral_store *store, struct spiral_design *design,
                                      struct spiral_error *error)
{
    sqlite3_stmt *statement = NULL;
    size_t count = 0;
    enum spiral_status status = spiral_store_prepare(
        store, "SELECT point, axis, value, coordinate FROM point ORDER BY point, axis", &statement,
        error);

    for (; spiral_store_next(store, statement, &status, error); count++) {
        const size_t point = (size_t)sqlite3_column_int64(statement, 0);
        const size_t axis = (size_t)sqlite3_column_int64(statement, 1);

        if (count >= design->points * design->axes || point != count / design->axes ||
            axis != count % design->axes) {
            status = spiral_store_damaged(store, "points are missing", error);
            break;
        }

        design->value[count] = sqlite3_column_double(statement, 2);
        design->coordinate[point * design->factors + (size_t)design->factor_of[axis]] =
            sqlite3_column_double(statement, 3);
    }

    sqlite3_finalize(statement);

    return status != SPIRAL_OK || count == design->points * design->axes
               ? status
               : spiral_store_damaged(store, "points are missing", error);
}

static enum spiral_status read_design(struct spiral_store *store, size_t axes,
                                      struct spiral_design **out, struct spiral_error *error)
{
    int64_t last = -1;
    enum spiral_status status =
        spiral_store_number(store, "SELECT count(DISTINCT point) - 1 FROM point", &last, error);

    /* Without an axis there is one point, which has no rows. */
    if (axes == 0)
        last = 0;
    if (status == SPIRAL_OK && (last < 0 || last >= (int64_t)1 << 31))
        status = spiral_store_damaged(store, "points are missing", error);
    if (status != SPIRAL_OK)
        return status;

    struct spiral_design *design = calloc(1, sizeof *design);

    *out = design;

    if (design != NULL) {
        design->points = (size_t)last + 1;
        design->axes = axes;
        design->factor_of = calloc(axes + 1, sizeof *design->factor_of);
        design->value = calloc(design->points * axes + 1, sizeof *design->value);
        design->coordinate = calloc(design->points * axes + 1, sizeof *design->coordinate);
    }

    if (design == NULL || design->factor_of == NULL || design->value == NULL ||
        design->coordinate == NULL)
        return spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for the points of %s",
                                store->path);
    status = read_factors(store, design, error);

    if (status != SPIRAL_OK)
        return status;

    return read_values(store, design, error);
}

/* --- the cells -------------------------------------------------------------------------------- */

static enum spiral_status read_cells(struct spiral_store *store, struct spiral_sweep *sweep,
                                     struct spiral_error *error)
{
    sqlite3_stmt *statement = NULL;
    size_t cell = 0;
    enum spiral_status status = spiral_store_prepare(
        store, "SELECT scenario, point, runs, done, base FROM cell ORDER BY scenario, point",
        &statement, error);

    for (; spiral_store_next(store, statement, &status, error); cell++) {
        if (cell >= sweep->cell_count ||
            (size_t)sqlite3_column_int64(statement, 0) != spiral_cell_case(sweep, cell) ||
            (size_t)sqlite3_column_int64(statement, 1) != spiral_cell_point(sweep, cell)) {
            status = spiral_store_damaged(store, "cells are missing", error);
            break;
        }

        const sqlite3_int64 runs = sqlite3_column_int64(statement, 2);

        if (runs < 0 || (uint64_t)runs > spiral_experiment_most_replicates(&sweep->experiment)) {
            status = spiral_store_damaged(store, "a cell has more runs than it can", error);
            break;
        }

        const sqlite3_int64 base = sqlite3_column_int64(statement, 4);

        if (base < 0 || base > runs) {
            status = spiral_store_damaged(store, "a cell began beyond its runs", error);
            break;
        }

        sweep->cells[cell] = (struct spiral_cell){.runs = (uint32_t)runs,
                                                  .base = (uint32_t)base,
                                                  .done = sqlite3_column_int(statement, 3) != 0};
    }

    sqlite3_finalize(statement);

    return status != SPIRAL_OK || cell == sweep->cell_count
               ? status
               : spiral_store_damaged(store, "cells are missing", error);
}

enum spiral_status spiral_store_load(struct spiral_store *store, struct spiral_sweep *sweep,
                                     struct spiral_error *error)
{
    struct spiral_experiment experiment = spiral_experiment_defaults();
    struct spiral_design *design = NULL;
    struct row row;

    *sweep = (struct spiral_sweep){.experiment = spiral_experiment_defaults()};

    enum spiral_status status = read_row(store, &row, error);

    if (status == SPIRAL_OK && strcmp(row.version, SPIRAL_VERSION) != 0)
        status = spiral_error_set(
            error, SPIRAL_BAD_INPUT,
            "%s was made by spiral %s and can only be continued by that version; this is %s",
            store->path, row.version, SPIRAL_VERSION);
    if (status == SPIRAL_OK)
        status = read_experiment(store, &row, &experiment, error);
    if (status == SPIRAL_OK)
        status = read_design(store, experiment.axis_count, &design, error);
    if (status == SPIRAL_OK)
        status = spiral_sweep_create(sweep, &experiment, design, row.shard, row.shards, error);
    else {
        spiral_experiment_clear(&experiment);
        spiral_design_destroy(design);
    }

    if (status == SPIRAL_OK && strcmp(sweep->hash, row.hash) != 0)
        status = spiral_error_set(error, SPIRAL_BAD_INPUT,
                                  "%s does not hold what its hash says: it was made with other "
                                  "constants or a changed program, or was edited",
                                  store->path);
    if (status == SPIRAL_OK)
        status = read_cells(store, sweep, error);
    clear_row(&row);

    return status;
}

enum spiral_status spiral_store_committed_units(struct spiral_store *store,
                                                const struct spiral_schedule *schedule,
                                                bool *committed, struct spiral_error *error)
{
    sqlite3_stmt *statement = NULL;
    enum spiral_status status =
        spiral_store_prepare(store, "SELECT round, unit FROM work WHERE round >= ?1 AND round < ?2",
                             &statement, error);

    if (status == SPIRAL_OK) {
        sqlite3_bind_int64(statement, 1, (sqlite3_int64)schedule->first_round);
        sqlite3_bind_int64(statement, 2,
                           (sqlite3_int64)(schedule->first_round + schedule->round_count));
    }

    while (spiral_store_next(store, statement, &status, error)) {
        const uint64_t which = (uint64_t)sqlite3_column_int64(statement, 0) - schedule->first_round,
                       unit = (uint64_t)sqlite3_column_int64(statement, 1);
        if (unit >= schedule->unit_count)
            status = spiral_store_damaged(store, "its units of work do not fit its cells", error);
        else
            committed[which * schedule->unit_count + unit] = true;
    }

    sqlite3_finalize(statement);

    return status;
}
