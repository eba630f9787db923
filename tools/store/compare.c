/* SPDX-License-Identifier: MIT
 *
 * Comparing runs made again with what a store holds of them, number by number and bit by bit.
 */
#include <math.h>
#include <string.h>

#include "tools/store/connection.h"

/* A cell of the result that is compared. */
struct comparison {
    struct spiral_store *store;
    const struct spiral_sweep *sweep;
    struct spiral_work_result *result;
    uint64_t i;
    size_t cell;
    struct spiral_error *error;
};

static enum spiral_status report_difference(const struct comparison *with, const char *what)
{
    const struct spiral_sweep *sweep = with->sweep;

    return spiral_error_set(with->error, SPIRAL_BAD_INPUT,
                            "%s: %s of %s at point %zu is not what a new run gives",
                            with->store->path, what,
                            sweep->experiment.cases[spiral_cell_case(sweep, with->cell)].name,
                            spiral_cell_point(sweep, with->cell));
}

static bool same_bits(double a, double b) { return memcmp(&a, &b, sizeof a) == 0; }

/* Whether a column holds a value; one that is missing is NULL. */
static bool holds_value(sqlite3_stmt *statement, int column, double value)
{
    return sqlite3_column_type(statement, column) == SQLITE_NULL
               ? isnan(value)
               : same_bits(value, sqlite3_column_double(statement, column));
}

static enum spiral_status compare_sums(const struct comparison *with)
{
    const struct spiral_sweep *sweep = with->sweep;
    const struct spiral_run_span *span = &sweep->spans[spiral_cell_case(sweep, with->cell)];
    enum spiral_status status = SPIRAL_OK;

    for (int o = 0; o < sweep->outcome_count && status == SPIRAL_OK; o++) {
        const struct spiral_sums *again =
            &spiral_work_sums(with->result)[with->i * with->result->outcomes + (uint64_t)o];
        struct spiral_sums stored;
        double moments[2] = {0.0, 0.0};
        status =
            spiral_store_sums(with->store, sweep, with->cell, o, &stored, moments, with->error);
        if (status != SPIRAL_OK)
            return status;

        const bool same =
            stored.sum == again->sum && stored.square == again->square &&
            stored.count == again->count &&
            memcmp(stored.sketch, again->sketch, sizeof stored.sketch) == 0 &&
            same_bits(moments[0], spiral_sums_mean(again, &sweep->measures[o], span)) &&
            same_bits(moments[1], spiral_sums_deviations(again));
        if (!same)
            status = report_difference(with, sweep->measures[o].name);
    }

    return status;
}

/* Compares the rows of a query, each `width` columns of numbers, with `count` rows of them. */
static enum spiral_status compare_rows(const struct comparison *with, const char *sql,
                                       const double *values, uint64_t count, int width,
                                       const char *what)
{
    sqlite3_stmt *statement = NULL;
    enum spiral_status status = spiral_store_prepare(with->store, sql, &statement, with->error);
    uint64_t row = 0;

    if (status == SPIRAL_OK)
        spiral_store_bind_cell(statement, with->sweep, with->cell);

    for (; spiral_store_next(with->store, statement, &status, with->error); row++)
        for (int column = 0; column < width && status == SPIRAL_OK; column++)
            if (row >= count ||
                !holds_value(statement, column, values[row * (uint64_t)width + (uint64_t)column]))
                status = report_difference(with, what);

    sqlite3_finalize(statement);

    return status != SPIRAL_OK || row == count ? status : report_difference(with, what);
}

static enum spiral_status compare_trajectories(const struct comparison *with)
{
    static const char sql[] =
        "SELECT "
#define SPIRAL_QUANTITY(name, low, high, en, zh, doc) "\"" #name "\", "
#include "sim/quantities.def"
        "0 FROM trajectory WHERE scenario = ?1 AND point = ?2 ORDER BY replicate, step";
    struct spiral_work_result *result = with->result;
    const uint64_t rows = result->trajectories * result->dates;

    return compare_rows(with, sql,
                        spiral_work_trajectories(result) + with->i * rows * SPIRAL_QUANTITIES, rows,
                        SPIRAL_QUANTITIES, "a trajectory");
}

enum spiral_status spiral_store_compare(struct spiral_store *store,
                                        const struct spiral_sweep *sweep,
                                        struct spiral_work_result *result,
                                        struct spiral_error *error)
{
    static const char runs[] =
        "SELECT value FROM run WHERE scenario = ?1 AND point = ?2 ORDER BY replicate, outcome";
    enum spiral_status status = spiral_store_prepare_all(store, error);

    for (uint64_t i = 0; i < result->cells && status == SPIRAL_OK; i++) {
        const struct comparison with = {store, sweep, result, i, spiral_work_cells(result)[i],
                                        error};
        const uint64_t values = result->replicates * result->outcomes;
        status = compare_sums(&with);
        if (status == SPIRAL_OK && result->runs_kept)
            status = compare_rows(&with, runs, spiral_work_runs(result) + i * values, values, 1,
                                  "a run");
        if (status == SPIRAL_OK && result->trajectories > 0)
            status = compare_trajectories(&with);
    }

    return status;
}
