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

static enum spiral_status report_damage(const struct reading *reading, const char *what)
{
    return spiral_store_damaged(reading->store, what, reading->error);
}

/* --- rows ------------------------------------------------------------------------------------- */

static bool read_experiment(void *context, const struct spiral_store_rows *rows)
{
    struct spiral_store_figures *figures = context;
    size_t second = 0;
    size_t kind = 0;

    snprintf(figures->name, sizeof figures->name, "%s", spiral_store_rows_text(rows, 0));
    while (kind < SPIRAL_DESIGNS &&
           strcmp(spiral_design_names[kind], spiral_store_rows_text(rows, 1)) != 0)
        kind++;

    figures->design = (enum spiral_design_kind)kind;

    const bool fits = spiral_store_rows_index(rows, 2, SIZE_MAX, &figures->base) &&
                      spiral_store_rows_index(rows, 3, 2, &second) &&
                      spiral_store_rows_index(rows, 4, SIZE_MAX, &figures->shard) &&
                      spiral_store_rows_index(rows, 5, SIZE_MAX, &figures->shards);

    figures->second_order = second == 1;
    figures->text = strdup(spiral_store_rows_text(rows, 6));
    snprintf(figures->version, sizeof figures->version, "%s", spiral_store_rows_text(rows, 7));
    snprintf(figures->hash, sizeof figures->hash, "%s", spiral_store_rows_text(rows, 8));
    snprintf(figures->constants_hash, sizeof figures->constants_hash, "%s",
             spiral_store_rows_text(rows, 9));

    return fits && figures->text != NULL && kind < SPIRAL_DESIGNS && figures->shard >= 1 &&
           figures->shard <= figures->shards;
}

static bool read_scenario(void *context, const struct spiral_store_rows *rows)
{
    struct spiral_store_figures *figures = context;
    size_t at;

    if (!spiral_store_rows_index(rows, 0, figures->scenario_count, &at))
        return false;
    struct spiral_store_scenario *scenario = &figures->scenarios[at];

    snprintf(scenario->name, sizeof scenario->name, "%s", spiral_store_rows_text(rows, 1));
    snprintf(scenario->scenario, sizeof scenario->scenario, "%.*s",
             (int)strcspn(scenario->name, "/"), scenario->name);

    return spiral_store_rows_finite(rows, 2, &scenario->start) &&
           spiral_store_rows_finite(rows, 3, &scenario->end);
}

static bool read_axis(void *context, const struct spiral_store_rows *rows)
{
    struct spiral_store_figures *figures = context;
    size_t at;

    if (!spiral_store_rows_index(rows, 0, figures->axis_count, &at) ||
        !spiral_store_rows_index(rows, 6, figures->axis_count, &figures->axes[at].factor))
        return false;

    struct spiral_store_axis *axis = &figures->axes[at];

    snprintf(axis->name, sizeof axis->name, "%s", spiral_store_rows_text(rows, 1));
    snprintf(axis->unit, sizeof axis->unit, "%s", spiral_store_rows_text(rows, 2));
    axis->log = strcmp(spiral_store_rows_text(rows, 5), "log") == 0;
    axis->nominal = spiral_store_rows_text(rows, 9)[0] != '\0';
    snprintf(axis->label_en, sizeof axis->label_en, "%s", spiral_store_rows_text(rows, 7));
    snprintf(axis->label_zh, sizeof axis->label_zh, "%s", spiral_store_rows_text(rows, 8));
    figures->factors = axis->factor + 1 > figures->factors ? axis->factor + 1 : figures->factors;

    return spiral_store_rows_finite(rows, 3, &axis->low) &&
           spiral_store_rows_finite(rows, 4, &axis->high) && axis->low <= axis->high &&
           (!axis->log || axis->low > 0.0);
}

static bool read_outcome(void *context, const struct spiral_store_rows *rows)
{
    struct spiral_store_figures *figures = context;
    size_t at;

    if (!spiral_store_rows_index(rows, 0, figures->outcome_count, &at))
        return false;

    struct spiral_store_outcome *outcome = &figures->outcomes[at];

    snprintf(outcome->name, sizeof outcome->name, "%s", spiral_store_rows_text(rows, 1));
    snprintf(outcome->unit, sizeof outcome->unit, "%s", spiral_store_rows_text(rows, 2));
    snprintf(outcome->label_en, sizeof outcome->label_en, "%s", spiral_store_rows_text(rows, 6));
    snprintf(outcome->label_zh, sizeof outcome->label_zh, "%s", spiral_store_rows_text(rows, 7));

    const int kind = spiral_names_find(spiral_names_in(spiral_measure_kinds, SPIRAL_MEASURE_KINDS),
                                       spiral_store_rows_text(rows, 3));

    outcome->kind = kind >= 0 ? (enum spiral_measure_kind)kind : SPIRAL_MEASURE_number;

    return kind >= 0 && spiral_store_rows_finite(rows, 4, &outcome->low) &&
           spiral_store_rows_finite(rows, 5, &outcome->high);
}

static bool read_point(void *context, const struct spiral_store_rows *rows)
{
    struct spiral_store_figures *figures = context;
    size_t point;
    size_t axis;

    if (!spiral_store_rows_index(rows, 0, figures->points, &point) ||
        !spiral_store_rows_index(rows, 1, figures->axis_count, &axis))
        return false;

    double *coordinate =
        &figures->coordinate[point * figures->factors + figures->axes[axis].factor];

    return spiral_store_rows_finite(rows, 2, &figures->value[point * figures->axis_count + axis]) &&
           spiral_store_rows_finite(rows, 3, coordinate) && *coordinate >= 0.0 &&
           *coordinate <= 1.0;
}

static bool read_cell(void *context, const struct spiral_store_rows *rows)
{
    struct spiral_store_figures *figures = context;
    size_t scenario;
    size_t point;
    size_t runs;

    if (!spiral_store_rows_index(rows, 0, figures->scenario_count, &scenario) ||
        !spiral_store_rows_index(rows, 1, figures->points, &point) ||
        !spiral_store_rows_index(rows, 2, UINT32_MAX, &runs))
        return false;

    const size_t cell = scenario * figures->points + point;

    figures->runs[cell] = runs;
    figures->done[cell] = spiral_store_rows_whole(rows, 3) != 0;
    figures->cells++;
    figures->cells_done += figures->done[cell];

    return true;
}

static bool read_result(void *context, const struct spiral_store_rows *rows)
{
    struct spiral_store_figures *figures = context;
    size_t scenario;
    size_t point;
    size_t outcome;
    size_t count;
    double mean;
    double m2;

    if (!spiral_store_rows_index(rows, 0, figures->scenario_count, &scenario) ||
        !spiral_store_rows_index(rows, 1, figures->points, &point) ||
        !spiral_store_rows_index(rows, 2, figures->outcome_count, &outcome) ||
        !spiral_store_rows_index(rows, 3, UINT32_MAX, &count) ||
        !spiral_store_rows_finite(rows, 4, &mean) || !spiral_store_rows_finite(rows, 5, &m2))
        return false;

    const size_t at = spiral_store_series(figures, scenario, outcome) + point;

    figures->count[at] = count;
    figures->mean[at] = count > 0 ? mean : NAN;
    figures->m2[at] = m2;

    /* Some dates are no run's: an outcome counts at most the runs of its cell. */
    return m2 >= 0.0 && count <= figures->runs[scenario * figures->points + point];
}

/* --- a store ---------------------------------------------------------------------------------- */

/* Counts the rows of each array. No store of this program has more of them than `most`. */
static enum spiral_status read_sizes(const struct reading *reading)
{
    struct spiral_store_figures *figures = reading->figures;

    const struct {
        const char *sql;
        size_t *size;
        int64_t most;
    } sizes[] = {
        {"SELECT count(*) FROM scenario", &figures->scenario_count, SPIRAL_STORE_MOST_ROWS},
        {"SELECT count(*) FROM axis", &figures->axis_count, SPIRAL_MAX_AXES},
        {"SELECT count(*) FROM outcome", &figures->outcome_count, SPIRAL_STORE_MOST_ROWS},
        {"SELECT count(DISTINCT point) FROM point", &figures->points, INT32_MAX},
    };

    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        int64_t count = 0;
        const enum spiral_status status =
            spiral_store_count(reading->store, sizes[i].sql, &count, reading->error);
        if (status != SPIRAL_OK)
            return status;

        /* Without an axis there is one point, which has no rows. */
        if (sizes[i].size == &figures->points && figures->axis_count == 0)
            count = 1;
        if (count < 0 || (count == 0 && sizes[i].size != &figures->axis_count))
            return report_damage(reading, "it has no scenarios, outcomes or points");
        if (count > sizes[i].most)
            return report_damage(reading, "it has too many scenarios, axes, outcomes or points");
        *sizes[i].size = (size_t)count;
    }

    int64_t count = 0;
    const enum spiral_status status =
        spiral_store_count(reading->store, "SELECT count(*) FROM point", &count, reading->error);

    return status == SPIRAL_OK && (uint64_t)count != figures->axis_count * figures->points
               ? report_damage(reading, "points are missing")
               : status;
}

static enum spiral_status allocate_arrays(const struct reading *reading)
{
    struct spiral_store_figures *figures = reading->figures;
    const size_t cells = figures->scenario_count * figures->points;
    const size_t series = cells * figures->outcome_count;

    figures->scenarios = calloc(figures->scenario_count, sizeof *figures->scenarios);
    figures->axes = calloc(figures->axis_count + 1, sizeof *figures->axes);
    figures->outcomes = calloc(figures->outcome_count, sizeof *figures->outcomes);
    figures->value = calloc(figures->points, (figures->axis_count + 1) * sizeof *figures->value);
    /* There are at most as many factors as axes. */
    figures->coordinate =
        calloc(figures->points, (figures->axis_count + 1) * sizeof *figures->coordinate);
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

/* A cell that was run has all its results. */
static enum spiral_status check_results(const struct reading *reading)
{
    int64_t missing = 0;
    const enum spiral_status status = spiral_store_count(
        reading->store,
        "SELECT EXISTS (SELECT 1 FROM cell CROSS JOIN outcome WHERE cell.runs > 0 AND NOT EXISTS "
        "(SELECT 1 FROM result WHERE result.scenario = cell.scenario AND result.point = cell.point "
        "AND result.outcome = outcome.id))",
        &missing, reading->error);

    return status == SPIRAL_OK && missing != 0 ? report_damage(reading, "results are missing")
                                               : status;
}

/* A query, what is said to be damaged where a row of it does not fit, and what reads a row. */
struct table {
    const char *sql;
    const char *what;
    spiral_store_row_reader *read_row;
};

static enum spiral_status read_tables(const struct reading *reading, const struct table *tables,
                                      size_t count)
{
    enum spiral_status status = SPIRAL_OK;

    for (size_t t = 0; t < count && status == SPIRAL_OK; t++)
        status = spiral_store_rows_read(reading->store, tables[t].sql, tables[t].what,
                                        tables[t].read_row, reading->figures, reading->error);

    return status;
}

static enum spiral_status read_all(const struct reading *reading)
{
    static const struct table experiment[] = {
        {"SELECT name, design, base, second_order, shard, shards, text, version, hash, "
         "constants_hash FROM experiment",
         "its experiment is of no known design", read_experiment},
    };
    static const struct table lists[] = {
        {"SELECT id, name, start, \"end\" FROM scenario", "its scenarios", read_scenario},
        {"SELECT id, name, unit, low, high, scale, factor, label_en, label_zh, words FROM axis",
         "its axes", read_axis},
        {"SELECT id, name, unit, kind, low, high, label_en, label_zh FROM outcome", "its outcomes",
         read_outcome},
    };
    static const struct table arrays[] = {
        {"SELECT point, axis, value, coordinate FROM point", "its points", read_point},
        {"SELECT scenario, point, runs, done FROM cell", "its cells", read_cell},
        {"SELECT scenario, point, outcome, count, mean, m2 FROM result", "its results",
         read_result},
    };
    struct spiral_store_figures *figures = reading->figures;
    enum spiral_status status = read_tables(reading, experiment, 1);

    if (status == SPIRAL_OK && figures->shards == 0)
        status = report_damage(reading, "it has no experiment in it");
    if (status == SPIRAL_OK)
        status = read_sizes(reading);
    if (status == SPIRAL_OK)
        status = allocate_arrays(reading);
    if (status == SPIRAL_OK)
        status = read_tables(reading, lists, sizeof lists / sizeof *lists);

    /* The axes say how many factors there are, and so how many points. */
    if (status == SPIRAL_OK && (figures->base > figures->points ||
                                figures->points != figures->base * spiral_store_block(figures)))
        status = report_damage(reading, "its points are not those of its design");
    if (status == SPIRAL_OK)
        status = read_tables(reading, arrays, sizeof arrays / sizeof *arrays);
    if (status == SPIRAL_OK)
        status = check_results(reading);

    return status;
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

    /* One transaction sees one state of it, whatever a sweep commits meanwhile. */
    status = spiral_store_do(reading.store, "BEGIN", error);
    if (status == SPIRAL_OK)
        status = read_all(&reading);
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
