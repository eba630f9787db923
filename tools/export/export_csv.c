/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <stdlib.h>

#include "sim/quantities.h"
#include "tools/export/export.h"

static void write_axes_head(const struct spiral_export *export, FILE *out)
{
    for (size_t a = 0; a < export->axis_count; a++)
        fprintf(out, ",%s", export->axes[a].name);
}

static void write_axes(const struct spiral_export *export, size_t point, FILE *out)
{
    for (size_t a = 0; a < export->axis_count; a++)
        fprintf(out, ",%.17g", export->value[point * export->axis_count + a]);
}

/* The units of axes and outcomes in one comment. */
static void write_units(const struct spiral_export *export, FILE *out)
{
    fprintf(out, "# experiment %s; units:", export->text_hash);
    for (size_t a = 0; a < export->axis_count; a++)
        fprintf(out, "%s %s [%s]", a > 0 ? "," : "", export->axes[a].name, export->axes[a].unit);
    for (size_t o = 0; o < export->outcome_count && export->what != SPIRAL_EXPORT_TRAJECTORIES; o++)
        fprintf(out, ", %s [%s]", export->outcomes[o].name, export->outcomes[o].unit);
    fputc('\n', out);
}

static const char *scenario_name(const struct spiral_export *export, int64_t id)
{
    return id >= 0 && (size_t)id < export->scenario_count ? export->scenarios[id] : "";
}

/* A row a cell; an outcome without runs (a date of a war that never came) has empty fields. */
static enum spiral_status write_points(const struct spiral_export *export, FILE *out,
                                       struct spiral_error *error)
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
    fputs("scenario,point", out);
    write_axes_head(export, out);
    fputs(",runs", out);
    for (size_t o = 0; o < export->outcome_count; o++)
        fprintf(out, ",%s_mean,%s_sd", export->outcomes[o].name, export->outcomes[o].name);

    while (spiral_store_rows_next(rows)) {
        if (spiral_store_rows_whole(rows, 3) == 0) {
            fprintf(out, "\n%s,%lld", scenario_name(export, spiral_store_rows_whole(rows, 0)),
                    (long long)spiral_store_rows_whole(rows, 1));
            write_axes(export, (size_t)spiral_store_rows_whole(rows, 1), out);
            fprintf(out, ",%lld", (long long)spiral_store_rows_whole(rows, 2));
        }

        const double count = spiral_store_rows_number(rows, 4);
        if (count > 0.0)
            fprintf(out, ",%.17g,%.17g", spiral_store_rows_number(rows, 5),
                    sqrt(spiral_store_rows_number(rows, 6) / count));
        else
            fputs(",,", out);
    }

    fputc('\n', out);
    status = spiral_store_rows_status(rows, error);
    spiral_store_rows_close(rows);

    return status;
}

static enum spiral_status write_runs(const struct spiral_export *export, FILE *out,
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
    fputs("scenario,point,replicate", out);
    write_axes_head(export, out);
    for (size_t o = 0; o < export->outcome_count; o++)
        fprintf(out, ",%s", export->outcomes[o].name);

    while (spiral_store_rows_next(rows)) {
        if (spiral_store_rows_whole(rows, 3) == 0) {
            fprintf(out, "\n%s,%lld,%lld", scenario_name(export, spiral_store_rows_whole(rows, 0)),
                    (long long)spiral_store_rows_whole(rows, 1),
                    (long long)spiral_store_rows_whole(rows, 2));
            write_axes(export, (size_t)spiral_store_rows_whole(rows, 1), out);
        }

        fprintf(out, ",%.17g", spiral_store_rows_number(rows, 4));
    }

    fputc('\n', out);
    status = spiral_store_rows_status(rows, error);
    spiral_store_rows_close(rows);

    return status;
}

static enum spiral_status write_trajectories(const struct spiral_export *export, FILE *out,
                                             struct spiral_error *error)
{
    struct spiral_store_rows *rows;
    enum spiral_status status =
        spiral_store_rows_open(&rows, export->store,
                               "SELECT * FROM trajectory ORDER BY scenario, point, replicate, step",
                               error);

    if (status != SPIRAL_OK)
        return status;
    fputs("scenario,point,replicate,step,date", out);
    for (int q = 0; q < SPIRAL_QUANTITIES; q++)
        fprintf(out, ",%s", spiral_quantity_fields[q].name);

    fputc('\n', out);

    while (spiral_store_rows_next(rows)) {
        fprintf(out, "%s,%lld,%lld,%lld", scenario_name(export, spiral_store_rows_whole(rows, 0)),
                (long long)spiral_store_rows_whole(rows, 1),
                (long long)spiral_store_rows_whole(rows, 2),
                (long long)spiral_store_rows_whole(rows, 3));
        for (int q = -1; q < SPIRAL_QUANTITIES; q++)
            fprintf(out, ",%.17g", spiral_store_rows_number(rows, 5 + q));

        fputc('\n', out);
    }

    status = spiral_store_rows_status(rows, error);
    spiral_store_rows_close(rows);

    return status;
}

enum spiral_status spiral_export_csv(const struct spiral_export *export, FILE *out,
                                     struct spiral_error *error)
{
    write_units(export, out);
    switch (export->what) {
    case SPIRAL_EXPORT_POINTS: return write_points(export, out, error);
    case SPIRAL_EXPORT_RUNS: return write_runs(export, out, error);
    default: return write_trajectories(export, out, error);
    }
}
