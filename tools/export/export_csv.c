/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <string.h>

#include "sim/intervals.h"
#include "tables/model_columns.h"
#include "tools/export/export.h"

/* --- columns ---------------------------------------------------------------------------------- */

static void add_whole(struct spiral_table *table, const char *name, const char *meaning)
{
    spiral_table_column(table, SPIRAL_COLUMN_WHOLE, name, "1", meaning, 0.0, NAN);
}

static void add_axes(const struct spiral_export *export, struct spiral_table *table)
{
    for (size_t a = 0; a < export->axis_count; a++) {
        const struct spiral_export_column *axis = &export->axes[a];

        if (axis->words[0] != '\0') {
            spiral_table_column(table, SPIRAL_COLUMN_WORDS, axis->name, "", axis->label, NAN, NAN);
            continue;
        }

        spiral_table_column(table, SPIRAL_COLUMN_NUMBER, axis->name, axis->unit, axis->label,
                            axis->low, axis->high);
    }
}

/* A column of an outcome: its name with an ending, and what the ending means. */
static void add_summary(struct spiral_table *table, const struct spiral_export_column *outcome,
                        const char *ending, const char *meaning, double low, double high)
{
    char name[SPIRAL_COLUMN_NAME];
    char text[SPIRAL_COLUMN_TEXT];

    snprintf(name, sizeof name, "%s%s", outcome->name, ending);
    snprintf(text, sizeof text, "%s: %s", outcome->label, meaning);
    spiral_table_column(table, SPIRAL_COLUMN_NUMBER, name, outcome->unit, text, low, high);
}

static void add_summaries(struct spiral_table *table, const struct spiral_export_column *outcome)
{
    char name[SPIRAL_COLUMN_NAME];

    if (outcome->kind == SPIRAL_MEASURE_date) {
        snprintf(name, sizeof name, "%s_count", outcome->name);
        add_whole(table, name, "runs that have the event; the others have no date");
    }

    add_summary(table, outcome, "_mean", "mean over runs", outcome->low, outcome->high);
    add_summary(table, outcome, "_sd", "standard deviation over runs", 0.0, NAN);
    add_summary(table, outcome, "_se", "standard error of the mean", 0.0, NAN);

    if (outcome->kind == SPIRAL_MEASURE_event) {
        add_summary(table, outcome, "_low", "lower end of Wilson's 95 % interval", 0.0, 1.0);
        add_summary(table, outcome, "_high", "upper end of Wilson's 95 % interval", 0.0, 1.0);
    }
}

static void add_outcome(struct spiral_table *table, const struct spiral_export_column *outcome)
{
    const bool whole =
        outcome->kind == SPIRAL_MEASURE_event || outcome->kind == SPIRAL_MEASURE_level;
    char text[SPIRAL_COLUMN_TEXT];

    snprintf(text, sizeof text, "%s%s", outcome->label,
             outcome->kind == SPIRAL_MEASURE_date    ? "; empty where it did not come"
             : outcome->kind == SPIRAL_MEASURE_level ? " (Correlates of War)"
             : outcome->kind == SPIRAL_MEASURE_event ? ": 1 where it came, 0 where it did not"
                                                     : "");
    spiral_table_column(table, whole ? SPIRAL_COLUMN_WHOLE : SPIRAL_COLUMN_NUMBER, outcome->name,
                        outcome->unit, text, outcome->low, outcome->high);
}

void spiral_export_describe(const struct spiral_export *export, struct spiral_table *table)
{
    static const char *const titles[] = {"points", "runs", "trajectories"};
    char title[SPIRAL_COLUMN_TEXT];

    snprintf(title, sizeof title, "%s of the sweep %s", titles[export->what], export->name);
    spiral_table_init(table, title);
    spiral_table_say(table, "made_by", export->version);
    spiral_table_say(table, "experiment", export->name);
    spiral_table_say(table, "experiment_hash", export->hash);
    spiral_table_say(table, "constants", export->constants_hash);
    spiral_table_say(table, "design", export->design);
    spiral_table_say_whole(table, "seed", export->seed);
    spiral_table_say(table, "experiment_text", export->text);

    spiral_table_column(table, SPIRAL_COLUMN_WORDS, "scenario", "", "the case", NAN, NAN);
    add_whole(table, "point", "the point of the design, from 0");
    if (export->what != SPIRAL_EXPORT_POINTS)
        add_whole(table, "replicate", "the run of that point, from 0");
    add_axes(export, table);

    switch (export->what) {
    case SPIRAL_EXPORT_POINTS:
        add_whole(table, "runs", "runs of that point");
        for (size_t o = 0; o < export->outcome_count; o++)
            add_summaries(table, &export->outcomes[o]);
        break;
    case SPIRAL_EXPORT_RUNS:
        for (size_t o = 0; o < export->outcome_count; o++)
            add_outcome(table, &export->outcomes[o]);
        break;
    default:
        spiral_table_dates(table, NAN, NAN, (long)export->steps - 1);
        spiral_table_quantities(table);
    }
}

/* --- rows ------------------------------------------------------------------------------------- */

struct spiral_export_summary spiral_export_summarise(enum spiral_measure_kind kind, double count,
                                                     double mean, double m2)
{
    struct spiral_export_summary summary = {count, NAN, NAN, NAN, NAN, NAN};

    if (!(count > 0.0))
        return summary;
    summary.mean = mean;
    summary.deviation = sqrt(m2 / count);
    if (count > 1.0)
        summary.error = sqrt(m2 / (count - 1.0) / count);

    if (kind == SPIRAL_MEASURE_event) {
        const struct spiral_interval interval =
            spiral_wilson((uint64_t)(mean * count + 0.5), (uint64_t)count);
        summary.low = interval.low;
        summary.high = interval.high;
    }

    return summary;
}

/* The scenario's name, the point, the replicate (where it is not negative), and the axes. */
static void write_place(const struct spiral_export *export, struct spiral_table *table,
                        const struct spiral_store_rows *rows, bool replicate)
{
    const size_t scenario = (size_t)spiral_store_rows_whole(rows, 0);
    const size_t point = (size_t)spiral_store_rows_whole(rows, 1);

    spiral_table_text(table, export->scenarios[scenario].name);
    spiral_table_whole(table, (int64_t)point);
    if (replicate)
        spiral_table_whole(table, spiral_store_rows_whole(rows, 2));
    for (size_t a = 0; a < export->axis_count; a++) {
        const double value = export->value[point * export->axis_count + a];
        char word[64];

        if (spiral_export_word(&export->axes[a], value, word))
            spiral_table_text(table, word);
        else
            spiral_table_number(table, value);
    }
}

/* A row for each cell; an outcome without runs (a date of a war that never came) has empty
 * fields. */
static enum spiral_status write_points(const struct spiral_export *export,
                                       struct spiral_table *table, struct spiral_error *error)
{
    struct spiral_store_rows *rows;
    enum spiral_status status =
        spiral_store_rows_open(&rows, export->store,
                               "SELECT cell.scenario, cell.point, cell.runs, outcome.id, "
                               "result.count, result.mean, result.m2 FROM cell CROSS JOIN outcome"
                               " LEFT JOIN result ON result.scenario = cell.scenario AND "
                               "result.point = cell.point AND result.outcome = outcome.id"
                               " ORDER BY cell.scenario, cell.point, outcome.id",
                               error);

    if (status != SPIRAL_OK)
        return status;

    while (spiral_store_rows_next(rows)) {
        const size_t o = (size_t)spiral_store_rows_whole(rows, 3);
        const struct spiral_export_column *outcome = &export->outcomes[o];
        const struct spiral_export_summary summary =
            spiral_export_summarise(outcome->kind, spiral_store_rows_number(rows, 4),
                                    spiral_store_rows_number(rows, 5),
                                    spiral_store_rows_number(rows, 6));

        if (o == 0) {
            write_place(export, table, rows, false);
            spiral_table_whole(table, spiral_store_rows_whole(rows, 2));
        }

        if (outcome->kind == SPIRAL_MEASURE_date)
            spiral_table_whole(table, (int64_t)summary.count);
        spiral_table_number(table, summary.mean);
        spiral_table_number(table, summary.deviation);
        spiral_table_number(table, summary.error);

        if (outcome->kind == SPIRAL_MEASURE_event) {
            spiral_table_number(table, summary.low);
            spiral_table_number(table, summary.high);
        }
    }

    status = spiral_store_rows_status(rows, error);
    spiral_store_rows_close(rows);

    return status;
}

static enum spiral_status write_runs(const struct spiral_export *export, struct spiral_table *table,
                                     struct spiral_error *error)
{
    struct spiral_store_rows *rows;
    enum spiral_status status =
        spiral_store_rows_open(&rows, export->store,
                               "SELECT scenario, point, replicate, outcome, value FROM run ORDER "
                               "BY scenario, point, replicate, outcome",
                               error);

    if (status != SPIRAL_OK)
        return status;

    while (spiral_store_rows_next(rows)) {
        if (spiral_store_rows_whole(rows, 3) == 0)
            write_place(export, table, rows, true);

        spiral_table_number(table, spiral_store_rows_value(rows, 4));
    }

    status = spiral_store_rows_status(rows, error);
    spiral_store_rows_close(rows);

    return status;
}

static enum spiral_status write_trajectories(const struct spiral_export *export,
                                             struct spiral_table *table, struct spiral_error *error)
{
    struct spiral_store_rows *rows;
    enum spiral_status status =
        spiral_store_rows_open(&rows, export->store,
                               "SELECT * FROM trajectory ORDER BY scenario, point, replicate, step",
                               error);

    if (status != SPIRAL_OK)
        return status;

    while (spiral_store_rows_next(rows)) {
        write_place(export, table, rows, true);
        spiral_table_date(table, spiral_store_rows_number(rows, 4),
                          (long)spiral_store_rows_whole(rows, 3));
        for (int q = 0; q < SPIRAL_QUANTITIES; q++)
            spiral_table_number(table, spiral_store_rows_value(rows, 5 + q));
    }

    status = spiral_store_rows_status(rows, error);
    spiral_store_rows_close(rows);

    return status;
}

enum spiral_status spiral_export_csv(const struct spiral_export *export, struct spiral_table *table,
                                     struct spiral_error *error)
{
    switch (export->what) {
    case SPIRAL_EXPORT_POINTS: return write_points(export, table, error);
    case SPIRAL_EXPORT_RUNS: return write_runs(export, table, error);
    default: return write_trajectories(export, table, error);
    }
}
