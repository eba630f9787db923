/* SPDX-License-Identifier: MIT */
#include "tools/store/read.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "tools/store/connection.h"
#include "tools/store/rows.h"

/* A store that is being read. */
struct reading {
    struct spiral_store *store;
    struct spiral_store_figures *figures;
    const char *path;
    struct spiral_error *error;
};

/* Takes a row. false: it does not fit the rest. */
typedef bool take_row(struct spiral_store_figures *figures, const struct spiral_store_rows *rows);

static enum spiral_status damaged(const struct reading *reading, const char *what)
{
    return spiral_error_set(reading->error, SPIRAL_BAD_INPUT, "%s is damaged: %s", reading->path,
                            what);
}

static enum spiral_status each_row(const struct reading *reading, const char *sql, const char *what,
                                   take_row *take)
{
    struct spiral_store_rows *rows;
    enum spiral_status status = spiral_store_rows_open(&rows, reading->store, sql, reading->error);
    bool fits = true;

    if (status != SPIRAL_OK)
        return status;
    while (fits && spiral_store_rows_next(rows))
        fits = take(reading->figures, rows);
    status = spiral_store_rows_status(rows, reading->error);
    spiral_store_rows_close(rows);

    return status == SPIRAL_OK && !fits ? damaged(reading, what) : status;
}

/* --- rows ------------------------------------------------------------------------------------- */

/* Column `column` as a place below `below`. */
static bool place(const struct spiral_store_rows *rows, int column, size_t below, size_t *at)
{
    const int64_t number = spiral_store_rows_whole(rows, column);
    *at = (size_t)number;
    return number >= 0 && (uint64_t)number < below;
}

static bool take_experiment(struct spiral_store_figures *figures,
                            const struct spiral_store_rows *rows)
{
    size_t second = 0;
    size_t kind = 0;

    snprintf(figures->name, sizeof figures->name, "%s", spiral_store_rows_text(rows, 0));
    while (kind < SPIRAL_DESIGNS &&
           strcmp(spiral_design_names[kind], spiral_store_rows_text(rows, 1)) != 0)
        kind++;

    figures->design = (enum spiral_design_kind)kind;

    const bool fits = place(rows, 2, SIZE_MAX, &figures->base) && place(rows, 3, 2, &second) &&
                      place(rows, 4, SIZE_MAX, &figures->shard) &&
                      place(rows, 5, SIZE_MAX, &figures->shards);

    figures->second_order = second == 1;
    figures->text = strdup(spiral_store_rows_text(rows, 6));
    snprintf(figures->version, sizeof figures->version, "%s", spiral_store_rows_text(rows, 7));
    snprintf(figures->hash, sizeof figures->hash, "%s", spiral_store_rows_text(rows, 8));
    snprintf(figures->constants_hash, sizeof figures->constants_hash, "%s",
             spiral_store_rows_text(rows, 9));

    return fits && figures->text != NULL && kind < SPIRAL_DESIGNS && figures->shard >= 1 &&
           figures->shard <= figures->shards;
}

static bool take_scenario(struct spiral_store_figures *figures,
                          const struct spiral_store_rows *rows)
{
    size_t at;

    if (!place(rows, 0, figures->scenario_count, &at))
        return false;
    struct spiral_store_scenario *scenario = &figures->scenarios[at];

    snprintf(scenario->name, sizeof scenario->name, "%s", spiral_store_rows_text(rows, 1));
    scenario->start = spiral_store_rows_number(rows, 2);
    scenario->end = spiral_store_rows_number(rows, 3);

    return true;
}

static bool take_axis(struct spiral_store_figures *figures, const struct spiral_store_rows *rows)
{
    size_t at;

    if (!place(rows, 0, figures->axis_count, &at) ||
        !place(rows, 6, figures->axis_count, &figures->axes[at].factor))
        return false;

    struct spiral_store_axis *axis = &figures->axes[at];

    snprintf(axis->name, sizeof axis->name, "%s", spiral_store_rows_text(rows, 1));
    snprintf(axis->unit, sizeof axis->unit, "%s", spiral_store_rows_text(rows, 2));
    axis->low = spiral_store_rows_number(rows, 3);
    axis->high = spiral_store_rows_number(rows, 4);
    axis->log = strcmp(spiral_store_rows_text(rows, 5), "log") == 0;
    snprintf(axis->label_en, sizeof axis->label_en, "%s", spiral_store_rows_text(rows, 7));
    snprintf(axis->label_zh, sizeof axis->label_zh, "%s", spiral_store_rows_text(rows, 8));
    figures->factors = axis->factor + 1 > figures->factors ? axis->factor + 1 : figures->factors;

    return true;
}

static bool take_outcome(struct spiral_store_figures *figures, const struct spiral_store_rows *rows)
{
    size_t at;

    if (!place(rows, 0, figures->outcome_count, &at))
        return false;

    struct spiral_store_outcome *outcome = &figures->outcomes[at];

    snprintf(outcome->name, sizeof outcome->name, "%s", spiral_store_rows_text(rows, 1));
    snprintf(outcome->unit, sizeof outcome->unit, "%s", spiral_store_rows_text(rows, 2));
    outcome->low = spiral_store_rows_number(rows, 3);
    outcome->high = spiral_store_rows_number(rows, 4);
    snprintf(outcome->label_en, sizeof outcome->label_en, "%s", spiral_store_rows_text(rows, 5));
    snprintf(outcome->label_zh, sizeof outcome->label_zh, "%s", spiral_store_rows_text(rows, 6));

    return true;
}

static bool take_point(struct spiral_store_figures *figures, const struct spiral_store_rows *rows)
{
    size_t point;
    size_t axis;

    if (!place(rows, 0, figures->points, &point) || !place(rows, 1, figures->axis_count, &axis))
        return false;
    figures->value[point * figures->axis_count + axis] = spiral_store_rows_number(rows, 2);
    figures->coordinate[point * figures->factors + figures->axes[axis].factor] =
        spiral_store_rows_number(rows, 3);

    return true;
}

static bool take_cell(struct spiral_store_figures *figures, const struct spiral_store_rows *rows)
{
    size_t scenario;
    size_t point;
    size_t runs;

    if (!place(rows, 0, figures->scenario_count, &scenario) ||
        !place(rows, 1, figures->points, &point) || !place(rows, 2, SIZE_MAX, &runs))
        return false;

    const size_t cell = scenario * figures->points + point;

    figures->runs[cell] = runs;
    figures->done[cell] = spiral_store_rows_whole(rows, 3) != 0;
    figures->cells++;
    figures->cells_done += figures->done[cell];

    return true;
}

static bool take_result(struct spiral_store_figures *figures, const struct spiral_store_rows *rows)
{
    size_t scenario;
    size_t point;
    size_t outcome;
    size_t count;

    if (!place(rows, 0, figures->scenario_count, &scenario) ||
        !place(rows, 1, figures->points, &point) ||
        !place(rows, 2, figures->outcome_count, &outcome) || !place(rows, 3, SIZE_MAX, &count))
        return false;

    const size_t at = spiral_store_series(figures, scenario, outcome) + point;

    figures->count[at] = count;
    figures->mean[at] = count > 0 ? spiral_store_rows_number(rows, 4) : NAN;
    figures->m2[at] = spiral_store_rows_number(rows, 5);

    return true;
}

/* --- the whole -------------------------------------------------------------------------------- */

/* How many rows each array is of. */
static enum spiral_status read_sizes(const struct reading *reading)
{
    struct spiral_store_figures *figures = reading->figures;

    const struct {
        const char *sql;
        size_t *size;
    } sizes[] = {
        {"SELECT count(*) FROM scenario", &figures->scenario_count},
        {"SELECT count(*) FROM axis", &figures->axis_count},
        {"SELECT count(*) FROM outcome", &figures->outcome_count},
        {"SELECT coalesce(max(point) + 1, 0) FROM point", &figures->points},
    };

    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        int64_t count = 0;
        const enum spiral_status status =
            spiral_store_count(reading->store, sizes[i].sql, &count, reading->error);
        if (status != SPIRAL_OK)
            return status;
        if (count <= 0)
            return damaged(reading, "it has no scenarios, axes, outcomes or points");
        *sizes[i].size = (size_t)count;
    }

    int64_t count = 0;
    const enum spiral_status status =
        spiral_store_count(reading->store, "SELECT count(*) FROM point", &count, reading->error);

    return status == SPIRAL_OK && (uint64_t)count / figures->axis_count != figures->points
               ? damaged(reading, "points are missing")
               : status;
}

static enum spiral_status allocate(const struct reading *reading)
{
    struct spiral_store_figures *figures = reading->figures;
    const size_t cells = figures->scenario_count * figures->points;
    const size_t series = cells * figures->outcome_count;

    figures->scenarios = calloc(figures->scenario_count, sizeof *figures->scenarios);
    figures->axes = calloc(figures->axis_count, sizeof *figures->axes);
    figures->outcomes = calloc(figures->outcome_count, sizeof *figures->outcomes);
    figures->value = calloc(figures->points, figures->axis_count * sizeof *figures->value);
    figures->coordinate =
        calloc(figures->points,
               figures->axis_count * sizeof *figures->coordinate); /* factors are at most as many */
    figures->runs = calloc(cells, sizeof *figures->runs);
    figures->done = calloc(cells, sizeof *figures->done);
    figures->mean = malloc(series * sizeof *figures->mean);
    figures->m2 = calloc(series, sizeof *figures->m2);
    figures->count = calloc(series, sizeof *figures->count);
    if (figures->scenarios == NULL || figures->axes == NULL || figures->outcomes == NULL ||
        figures->value == NULL || figures->coordinate == NULL || figures->runs == NULL ||
        figures->done == NULL || figures->mean == NULL || figures->m2 == NULL ||
        figures->count == NULL)
        return spiral_error_set(reading->error, SPIRAL_NO_MEMORY, "no memory for the figures of %s",
                                reading->path);
    for (size_t i = 0; i < series; i++)
        figures->mean[i] = NAN;

    return SPIRAL_OK;
}

static enum spiral_status read_all(const struct reading *reading)
{
    struct spiral_store_figures *figures = reading->figures;
    enum spiral_status status = each_row(reading,
                                         "SELECT name, design, base, second_order, shard, shards, "
                                         "text, version, hash, constants_hash FROM experiment",
                                         "its experiment is of no known design", take_experiment);

    if (status == SPIRAL_OK && figures->shards == 0)
        status = damaged(reading, "it has no experiment in it");
    status = status != SPIRAL_OK ? status : read_sizes(reading);
    status = status != SPIRAL_OK ? status : allocate(reading);
    status = status != SPIRAL_OK
                 ? status
                 : each_row(reading, "SELECT id, name, start, \"end\" FROM scenario",
                            "its scenarios", take_scenario);
    status =
        status != SPIRAL_OK
            ? status
            : each_row(
                  reading,
                  "SELECT id, name, unit, low, high, scale, factor, label_en, label_zh FROM axis",
                  "its axes", take_axis);
    status =
        status != SPIRAL_OK
            ? status
            : each_row(reading, "SELECT id, name, unit, low, high, label_en, label_zh FROM outcome",
                       "its outcomes", take_outcome);
    if (status == SPIRAL_OK && figures->points != figures->base * spiral_store_block(figures))
        status = damaged(reading, "its points are not those of its design");
    status = status != SPIRAL_OK
                 ? status
                 : each_row(reading, "SELECT point, axis, value, coordinate FROM point",
                            "its points", take_point);
    status = status != SPIRAL_OK ? status
                                 : each_row(reading, "SELECT scenario, point, runs, done FROM cell",
                                            "its cells", take_cell);

    return status != SPIRAL_OK
               ? status
               : each_row(reading, "SELECT scenario, point, outcome, count, mean, m2 FROM result",
                          "its results", take_result);
}

size_t spiral_store_block(const struct spiral_store_figures *figures)
{
    if (figures->design == SPIRAL_DESIGN_saltelli)
        return figures->second_order ? 2 * figures->factors + 2 : figures->factors + 2;
    return figures->design == SPIRAL_DESIGN_morris ? figures->factors + 1 : 1;
}

enum spiral_status spiral_store_read(struct spiral_store_figures *figures, const char *path,
                                     struct spiral_error *error)
{
    struct reading reading = {.figures = figures, .path = path, .error = error};

    *figures = (struct spiral_store_figures){.shards = 0};

    enum spiral_status status = spiral_store_open(&reading.store, path, false, error);

    if (status != SPIRAL_OK)
        return status;
    status = spiral_store_do(reading.store, "BEGIN",
                             error); /* one state of it, whatever a sweep commits meanwhile */
    status = status != SPIRAL_OK ? status : read_all(&reading);
    spiral_store_close(reading.store);

    return status;
}

void spiral_store_figures_clear(struct spiral_store_figures *figures)
{
    free(figures->text);
    free(figures->scenarios);
    free(figures->axes);
    free(figures->outcomes);
    free(figures->value);
    free(figures->coordinate);
    free(figures->runs);
    free(figures->done);
    free(figures->mean);
    free(figures->m2);
    free(figures->count);
    *figures = (struct spiral_store_figures){.shards = 0};
}
