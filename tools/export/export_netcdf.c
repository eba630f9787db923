/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <netcdf.h>
#include <netcdf_mem.h>
#include <stdlib.h>
#include <string.h>

#include "sim/quantities.h"
#include "tools/export/export.h"

enum { FIRST_SIZE = 1 << 20 }; /* bytes; the file grows from there */

enum { NAME_LENGTH = 64 };

/* A file that is being written, and its first error. */
struct writer {
    const struct spiral_export *export;
    int file;
    int problem;
    int scenario;  /* dimensions */
    int point;     /* dimensions */
    int replicate; /* dimensions */
    int time;      /* dimensions */
    int text;      /* dimensions */
};

static void keep_problem(struct writer *writer, int status)
{
    if (writer->problem == NC_NOERR)
        writer->problem = status;
}

static void put_text(struct writer *writer, int variable, const char *name, const char *text)
{
    keep_problem(writer, nc_put_att_text(writer->file, variable, name, strlen(text), text));
}

/* Many tools do not accept '.' in a NetCDF name: k.encircle becomes k_encircle. */
static void write_name(char name[SPIRAL_NAME_SIZE + 8], const char *from, const char *suffix)
{
    snprintf(name, SPIRAL_NAME_SIZE + 8, "%s%s", from, suffix);
    for (char *at = name; *at != '\0'; at++)
        if (strchr(".-#", *at) != NULL)
            *at = '_';
}

/* A variable of doubles with its attributes; absent values are NaN. */
static int define_variable(struct writer *writer, const char *name, int dimensions,
                           const int *dimension, const char *unit, const char *label,
                           const char *spiral_name)
{
    static const double missing = NAN;
    int variable = -1;

    keep_problem(writer,
                 nc_def_var(writer->file, name, NC_DOUBLE, dimensions, dimension, &variable));
    keep_problem(writer, nc_def_var_fill(writer->file, variable, NC_FILL, &missing));
    keep_problem(writer, nc_def_var_deflate(writer->file, variable, 1, 1, 4));
    put_text(writer, variable, "units", strcmp(unit, "y") == 0 ? "years" : unit);
    put_text(writer, variable, "long_name", label);
    if (spiral_name != NULL)
        put_text(writer, variable, "spiral_name", spiral_name);

    return variable;
}

static void define_common(struct writer *writer)
{
    const struct spiral_export *export = writer->export;
    char name[SPIRAL_NAME_SIZE + 8];
    int variable;

    keep_problem(writer,
                 nc_def_dim(writer->file, "scenario", export->scenario_count, &writer->scenario));
    keep_problem(writer, nc_def_dim(writer->file, "point", export->point_count, &writer->point));
    keep_problem(writer, nc_def_dim(writer->file, "name_length", NAME_LENGTH, &writer->text));
    put_text(writer, NC_GLOBAL, "Conventions", "CF-1.8");
    put_text(writer, NC_GLOBAL, "title", "sweep of a security-dilemma model");
    put_text(writer, NC_GLOBAL, "source", "spiral " SPIRAL_VERSION);
    put_text(writer, NC_GLOBAL, "experiment", export->text);
    put_text(writer, NC_GLOBAL, "experiment_hash", export->text_hash);

    const int names[2] = {writer->scenario, writer->text};

    keep_problem(writer, nc_def_var(writer->file, "scenario_name", NC_CHAR, 2, names, &variable));
    put_text(writer, variable, "long_name", "name of the scenario");

    for (size_t i = 0; i < export->scenario_count; i++) {
        const size_t start[2] = {i, 0};
        const size_t count[2] = {1, strlen(export->scenarios[i])};
        keep_problem(writer,
                     nc_put_vara_text(writer->file, variable, start, count, export->scenarios[i]));
    }

    double *column = malloc((export->point_count + 1) * sizeof *column);

    for (size_t a = 0; a < export->axis_count && column != NULL; a++) {
        write_name(name, export->axes[a].name, "");
        variable = define_variable(writer, name, 1, &writer->point, export->axes[a].unit,
                                   export->axes[a].label, export->axes[a].name);
        for (size_t p = 0; p < export->point_count; p++)
            column[p] = export->value[p * export->axis_count + a];

        keep_problem(writer, nc_put_var_double(writer->file, variable, column));
    }

    if (column == NULL)
        keep_problem(writer, NC_ENOMEM);
    free(column);
}

static enum spiral_status write_points(struct writer *writer, struct spiral_error *error)
{
    const struct spiral_export *export = writer->export;
    const int dimensions[2] = {writer->scenario, writer->point};
    char name[SPIRAL_NAME_SIZE + 8];
    char label[256];
    int *mean = calloc(export->outcome_count + 1, sizeof *mean);
    int *deviation = calloc(export->outcome_count + 1, sizeof *deviation);
    struct spiral_store_rows *rows = NULL;
    enum spiral_status status =
        mean != NULL && deviation != NULL
            ? SPIRAL_OK
            : spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for the export");
    const int runs = define_variable(writer, "runs", 2, dimensions, "1", "runs", NULL);

    for (size_t o = 0; o < export->outcome_count && status == SPIRAL_OK; o++) {
        const struct spiral_export_column *outcome = &export->outcomes[o];
        write_name(name, outcome->name, "_mean");
        snprintf(label, sizeof label, "mean over runs of %s", outcome->label);
        mean[o] = define_variable(writer, name, 2, dimensions, outcome->unit, label, outcome->name);
        write_name(name, outcome->name, "_sd");
        snprintf(label, sizeof label, "standard deviation over runs of %s", outcome->label);
        deviation[o] =
            define_variable(writer, name, 2, dimensions, outcome->unit, label, outcome->name);
    }

    if (status == SPIRAL_OK)
        status = spiral_store_rows_open(&rows, export->store,
                                        "SELECT cell.scenario, cell.point, cell.runs, "
                                        "result.outcome, result.count, result.mean, result.m2"
                                        " FROM cell LEFT JOIN result USING (scenario, point) ORDER "
                                        "BY cell.scenario, cell.point",
                                        error);

    while (status == SPIRAL_OK && spiral_store_rows_next(rows)) {
        const size_t at[2] = {(size_t)spiral_store_rows_whole(rows, 0),
                              (size_t)spiral_store_rows_whole(rows, 1)};
        const size_t o = (size_t)spiral_store_rows_whole(rows, 3);
        const double count = spiral_store_rows_number(rows, 4);
        const double middle = spiral_store_rows_number(rows, 5);
        const double number = spiral_store_rows_number(rows, 2);
        const double spread = count > 0.0 ? sqrt(spiral_store_rows_number(rows, 6) / count) : NAN;
        keep_problem(writer, nc_put_var1_double(writer->file, runs, at, &number));

        if (count > 0.0 && o < export->outcome_count) {
            keep_problem(writer, nc_put_var1_double(writer->file, mean[o], at, &middle));
            keep_problem(writer, nc_put_var1_double(writer->file, deviation[o], at, &spread));
        }
    }

    if (status == SPIRAL_OK)
        status = spiral_store_rows_status(rows, error);
    spiral_store_rows_close(rows);
    free(mean);
    free(deviation);

    return status;
}

static enum spiral_status write_runs(struct writer *writer, struct spiral_error *error)
{
    const struct spiral_export *export = writer->export;
    char name[SPIRAL_NAME_SIZE + 8];
    struct spiral_store_rows *rows = NULL;
    int *variable = calloc(export->outcome_count + 1, sizeof *variable);

    if (variable == NULL)
        return spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for the export");
    keep_problem(writer,
                 nc_def_dim(writer->file, "replicate", export->replicates, &writer->replicate));

    const int dimensions[3] = {writer->scenario, writer->point, writer->replicate};

    for (size_t o = 0; o < export->outcome_count; o++) {
        write_name(name, export->outcomes[o].name, "");
        variable[o] = define_variable(writer, name, 3, dimensions, export->outcomes[o].unit,
                                      export->outcomes[o].label, export->outcomes[o].name);
    }

    enum spiral_status status =
        spiral_store_rows_open(&rows, export->store,
                               "SELECT scenario, point, replicate, outcome, value FROM run", error);

    while (status == SPIRAL_OK && spiral_store_rows_next(rows)) {
        const size_t at[3] = {(size_t)spiral_store_rows_whole(rows, 0),
                              (size_t)spiral_store_rows_whole(rows, 1),
                              (size_t)spiral_store_rows_whole(rows, 2)};
        const size_t o = (size_t)spiral_store_rows_whole(rows, 3);
        const double value = spiral_store_rows_number(rows, 4);
        if (o < export->outcome_count)
            keep_problem(writer, nc_put_var1_double(writer->file, variable[o], at, &value));
    }

    if (status == SPIRAL_OK)
        status = spiral_store_rows_status(rows, error);
    spiral_store_rows_close(rows);
    free(variable);

    return status;
}

static enum spiral_status write_trajectories(struct writer *writer, struct spiral_error *error)
{
    const struct spiral_export *export = writer->export;
    struct spiral_store_rows *rows = NULL;
    int variable[SPIRAL_QUANTITIES];

    keep_problem(writer,
                 nc_def_dim(writer->file, "replicate", export->replicates, &writer->replicate));
    keep_problem(writer, nc_def_dim(writer->file, "time", export->steps, &writer->time));

    const int dimensions[4] = {writer->scenario, writer->point, writer->replicate, writer->time};
    const int dated[2] = {writer->scenario, writer->time};
    const int date = define_variable(writer, "date", 2, dated, "years",
                                     "date of the state: the start, then the end of each step, in years of twelve equal months", NULL);

    for (int q = 0; q < SPIRAL_QUANTITIES; q++)
        variable[q] =
            define_variable(writer, spiral_quantity_fields[q].name, 4, dimensions, "1",
                            spiral_quantity_fields[q].label_en, spiral_quantity_fields[q].name);

    enum spiral_status status =
        spiral_store_rows_open(&rows, export->store, "SELECT * FROM trajectory", error);

    while (status == SPIRAL_OK && spiral_store_rows_next(rows)) {
        const size_t at[4] = {(size_t)spiral_store_rows_whole(rows, 0),
                              (size_t)spiral_store_rows_whole(rows, 1),
                              (size_t)spiral_store_rows_whole(rows, 2),
                              (size_t)spiral_store_rows_whole(rows, 3)};
        const size_t when[2] = {at[0], at[3]};
        double value = spiral_store_rows_number(rows, 4);
        keep_problem(writer, nc_put_var1_double(writer->file, date, when, &value));

        for (int q = 0; q < SPIRAL_QUANTITIES; q++) {
            value = spiral_store_rows_number(rows, 5 + q);
            keep_problem(writer, nc_put_var1_double(writer->file, variable[q], at, &value));
        }
    }

    if (status == SPIRAL_OK)
        status = spiral_store_rows_status(rows, error);
    spiral_store_rows_close(rows);

    return status;
}

enum spiral_status spiral_export_netcdf(const struct spiral_export *export, FILE *out,
                                        struct spiral_error *error)
{
    struct writer writer = {.export = export, .problem = NC_NOERR};
    enum spiral_status status = SPIRAL_OK;
    NC_memio memory = {.memory = NULL};

    keep_problem(&writer, nc_create_mem("spiral", NC_NETCDF4, FIRST_SIZE, &writer.file));
    if (writer.problem != NC_NOERR)
        return spiral_error_set(error, SPIRAL_NO_MEMORY, "NetCDF: %s", nc_strerror(writer.problem));

    define_common(&writer);
    switch (export->what) {
    case SPIRAL_EXPORT_POINTS: status = write_points(&writer, error); break;
    case SPIRAL_EXPORT_RUNS: status = write_runs(&writer, error); break;
    default: status = write_trajectories(&writer, error); break;
    }

    keep_problem(&writer, nc_close_memio(writer.file, &memory));
    if (status == SPIRAL_OK && writer.problem != NC_NOERR)
        status =
            spiral_error_set(error, SPIRAL_NO_MEMORY, "NetCDF: %s", nc_strerror(writer.problem));

    /* Whether it was written is asked when `out` is closed. */
    if (status == SPIRAL_OK)
        fwrite(memory.memory, 1, memory.size, out);
    free(memory.memory);

    return status;
}
