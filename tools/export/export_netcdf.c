/* SPDX-License-Identifier: MIT
 *
 * NetCDF-4: every dimension has its coordinate, so that readers label what they read by themselves.
 */
#include <math.h>
#include <netcdf.h>
#include <netcdf_mem.h>
#include <stdlib.h>
#include <string.h>

#include "sim/dates.h"
#include "sim/labels.h"
#include "tools/export/export.h"

enum { FIRST_SIZE = 1 << 20 }; /* bytes; the file grows from there */

enum { NAME_SIZE = 160, ATTRIBUTE_SIZE = 8192, NO_CLASS = -1 };

/* A file that is being written, and its first error. */
struct writer {
    const struct spiral_export *export;
    int file;
    int problem;
    int scenario;                     /* dimensions */
    int point;                        /* dimensions */
    int replicate;                    /* dimensions */
    int time;                         /* dimensions */
    char coordinates[ATTRIBUTE_SIZE]; /* auxiliary coordinates of what has points */
    double *dates;                    /* [time]: years, ascending; owned */
    size_t date_count;
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
static void write_name(char name[NAME_SIZE], const char *from, const char *suffix)
{
    snprintf(name, NAME_SIZE, "%s%s", from, suffix);
    for (char *at = name; *at != '\0'; at++)
        if (strchr(".-# /", *at) != NULL)
            *at = '_';
}

/* --- variables -------------------------------------------------------------------------------- */

/* What a variable is. */
struct definition {
    const char *name;
    int dimensions;
    const int *dimension;
    const char *unit;
    const char *label;
    const char *spiral_name; /* NULL: it has none */
    enum spiral_measure_kind kind;
    bool has_points;
};

/* The classes of an event or of a level, after CF: their numbers and their names. */
static void put_flags(struct writer *writer, int variable, enum spiral_measure_kind kind)
{
    static const signed char numbers[] = {0, 1, 2, 3, 4, 5};
    char meanings[200] = "no yes";

    if (kind == SPIRAL_MEASURE_level) {
        meanings[0] = '\0';
        for (int level = 0; level < SPIRAL_LEVELS; level++)
            snprintf(meanings + strlen(meanings), sizeof meanings - strlen(meanings), "%s%s",
                     level > 0 ? " " : "", spiral_level_labels[level].name);
    }

    keep_problem(writer, nc_put_att_schar(writer->file, variable, "flag_values", NC_BYTE,
                                          kind == SPIRAL_MEASURE_level ? SPIRAL_LEVELS : 2,
                                          kind == SPIRAL_MEASURE_level ? &numbers[1] : numbers));
    put_text(writer, variable, "flag_meanings", meanings);
}

/* A variable with its attributes. Numbers are doubles, and NaN where they are missing; classes are
 * bytes, and -1 as the file's own mark of what is missing, which readers know. */
static int define_variable(struct writer *writer, const struct definition *definition)
{
    static const double missing = NAN;
    static const signed char no_class = NO_CLASS;
    const bool classes =
        definition->kind == SPIRAL_MEASURE_event || definition->kind == SPIRAL_MEASURE_level;
    int variable = -1;

    keep_problem(writer, nc_def_var(writer->file, definition->name, classes ? NC_BYTE : NC_DOUBLE,
                                    definition->dimensions, definition->dimension, &variable));
    keep_problem(writer, nc_def_var_fill(writer->file, variable, NC_FILL,
                                         classes ? (const void *)&no_class : &missing));
    keep_problem(writer, nc_def_var_deflate(writer->file, variable, 1, 1, 4));
    put_text(writer, variable, "long_name", definition->label);

    if (classes)
        put_flags(writer, variable, definition->kind);
    else
        put_text(writer, variable, "units",
                 strcmp(definition->unit, "y") == 0 ? "years" : definition->unit);
    if (definition->spiral_name != NULL)
        put_text(writer, variable, "spiral_name", definition->spiral_name);
    if (definition->has_points && writer->coordinates[0] != '\0')
        put_text(writer, variable, "coordinates", writer->coordinates);

    return variable;
}

/* Puts one number; where it is NaN the variable's mark of what is missing stays. */
static void put_number(struct writer *writer, int variable, const size_t *at, double value)
{
    if (!isnan(value))
        keep_problem(writer, nc_put_var1_double(writer->file, variable, at, &value));
}

/* --- coordinates ------------------------------------------------------------------------------ */

/* A variable of text. */
static int define_text(struct writer *writer, const char *name, int dimension, const char *label)
{
    int variable = -1;

    keep_problem(writer, nc_def_var(writer->file, name, NC_STRING, 1, &dimension, &variable));
    put_text(writer, variable, "long_name", label);

    return variable;
}

static void put_word(struct writer *writer, int variable, size_t at, const char *word)
{
    keep_problem(writer, nc_put_var1_string(writer->file, variable, &at, &word));
}

/* The names twice: some readers take no text for a coordinate. */
static void define_scenarios(struct writer *writer)
{
    const struct spiral_export *export = writer->export;

    keep_problem(writer,
                 nc_def_dim(writer->file, "scenario", export->scenario_count, &writer->scenario));

    const int coordinate =
        define_text(writer, "scenario", writer->scenario, "name of the scenario");
    const int plain =
        define_text(writer, "scenario_name", writer->scenario, "name of the scenario, once more");

    for (size_t i = 0; i < export->scenario_count; i++) {
        put_word(writer, coordinate, i, export->scenarios[i].name);
        put_word(writer, plain, i, export->scenarios[i].name);
    }
}

/* A dimension of whole numbers from 0, with its coordinate. */
static int define_numbered(struct writer *writer, const char *name, size_t count, const char *label)
{
    int dimension = -1;
    int variable = -1;

    keep_problem(writer, nc_def_dim(writer->file, name, count, &dimension));
    keep_problem(writer, nc_def_var(writer->file, name, NC_INT, 1, &dimension, &variable));
    put_text(writer, variable, "long_name", label);

    for (size_t i = 0; i < count && writer->problem == NC_NOERR; i++) {
        const int number = (int)i;
        keep_problem(writer, nc_put_var1_int(writer->file, variable, &i, &number));
    }

    return dimension;
}

static void add_coordinate(struct writer *writer, const char *name)
{
    const size_t used = strlen(writer->coordinates);

    snprintf(writer->coordinates + used, sizeof writer->coordinates - used, "%s%s",
             used > 0 ? " " : "", name);
}

/* The values of an axis whose values are names. */
static void define_words(struct writer *writer, const char *name, size_t a)
{
    const struct spiral_export *export = writer->export;
    const int variable = define_text(writer, name, writer->point, export->axes[a].label);

    for (size_t p = 0; p < export->point_count; p++) {
        char word[64];

        spiral_export_word(&export->axes[a], export->value[p * export->axis_count + a], word);
        put_word(writer, variable, p, word);
    }

    add_coordinate(writer, name);
}

/* The values of the axes at each point: auxiliary coordinates, which selections can name. */
static void define_axes(struct writer *writer)
{
    const struct spiral_export *export = writer->export;
    double *column = malloc((export->point_count + 1) * sizeof *column);
    char name[NAME_SIZE];

    if (column == NULL)
        keep_problem(writer, NC_ENOMEM);

    for (size_t a = 0; a < export->axis_count && column != NULL; a++) {
        const struct spiral_export_column *axis = &export->axes[a];

        write_name(name, axis->name, "");

        if (axis->words[0] != '\0') {
            define_words(writer, name, a);
            continue;
        }

        const struct definition definition = {.name = name,
                                              .dimensions = 1,
                                              .dimension = &writer->point,
                                              .unit = axis->unit,
                                              .label = axis->label,
                                              .spiral_name = axis->name};
        const int variable = define_variable(writer, &definition);

        for (size_t p = 0; p < export->point_count; p++)
            column[p] = export->value[p * export->axis_count + a];

        keep_problem(writer, nc_put_var_double(writer->file, variable, column));

        add_coordinate(writer, name);
    }

    free(column);
}

/* Days from the first of January 1900 to a date in years of twelve equal months: to the day of the
 * calendar, and a share of the month's days beyond it. */
static double days_of_date(double date)
{
    static const int before[] = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365};
    long year = (long)floor(date + 1e-9);
    double months = (date - (double)year) * 12.0;
    int month = (int)floor(months + 1e-6);

    if (month > 11) {
        year++;
        month = 0;
        months = 0.0;
    }

    const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    const long last = year - 1;
    const long days = 365 * (year - 1900) + (last / 4 - last / 100 + last / 400) -
                      (1899 / 4 - 1899 / 100 + 1899 / 400) + before[month] +
                      (leap && month > 1 ? 1 : 0);
    const int length = before[month + 1] - before[month] + (leap && month == 1 ? 1 : 0);
    const double share = months - month;

    return (double)days + (share > 1e-6 ? share * length : 0.0);
}

/* Dates closer than this are one: a thousandth of a month. */
static const double same_date = 1e-4 / 12.0;

static int compare_dates(const void *a, const void *b)
{
    const double x = *(const double *)a;
    const double y = *(const double *)b;

    return (x > y) - (x < y);
}

static size_t find_date(const struct writer *writer, double date)
{
    size_t low = 0;
    size_t high = writer->date_count;

    while (high - low > 1) {
        const size_t middle = low + (high - low) / 2;
        if (writer->dates[middle] <= date + same_date)
            low = middle;
        else
            high = middle;
    }

    return low;
}

/* Reads the dates of all trajectories, without those that two scenarios share. */
static enum spiral_status read_dates(struct writer *writer, struct spiral_error *error)
{
    struct spiral_store_rows *rows;
    size_t room = 0;
    bool lost = false;
    enum spiral_status status =
        spiral_store_rows_open(&rows, writer->export->store, "SELECT DISTINCT date FROM trajectory",
                               error);

    if (status != SPIRAL_OK)
        return status;

    while (!lost && spiral_store_rows_next(rows)) {
        if (writer->date_count == room) {
            room = 2 * room + 64;
            double *longer = realloc(writer->dates, room * sizeof *longer);
            lost = longer == NULL;
            if (lost)
                break;
            writer->dates = longer;
        }

        writer->dates[writer->date_count++] = spiral_store_rows_number(rows, 0);
    }

    status = lost ? spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for the export")
                  : spiral_store_rows_status(rows, error);
    spiral_store_rows_close(rows);
    if (status != SPIRAL_OK)
        return status;

    size_t kept = 0;

    qsort(writer->dates, writer->date_count, sizeof *writer->dates, compare_dates);
    for (size_t i = 0; i < writer->date_count; i++)
        if (kept == 0 || writer->dates[i] - writer->dates[kept - 1] > same_date)
            writer->dates[kept++] = writer->dates[i];
    writer->date_count = kept;

    return SPIRAL_OK;
}

/* Time after CF: days of the calendar; and as the CSV has it: months, and the model's own years. */
static void define_time(struct writer *writer)
{
    int variable = -1;

    keep_problem(writer, nc_def_dim(writer->file, "time", writer->date_count, &writer->time));
    keep_problem(writer, nc_def_var(writer->file, "time", NC_DOUBLE, 1, &writer->time, &variable));
    put_text(writer, variable, "standard_name", "time");
    put_text(writer, variable, "long_name", "date of the state: the start, then the end of a step");
    put_text(writer, variable, "units", "days since 1900-01-01");
    put_text(writer, variable, "calendar", "proleptic_gregorian");
    put_text(writer, variable, "axis", "T");

    const struct definition year = {.name = "year",
                                    .dimensions = 1,
                                    .dimension = &writer->time,
                                    .unit = "1", /* a CF reader would take "years" for a duration */
                                    .label = "the same date in years of twelve equal months"};
    const int years = define_variable(writer, &year);
    const int months = define_text(writer, "date", writer->time, "its year and month");

    for (size_t i = 0; i < writer->date_count; i++) {
        const double days = days_of_date(writer->dates[i]);
        keep_problem(writer, nc_put_var1_double(writer->file, variable, &i, &days));
        keep_problem(writer, nc_put_var1_double(writer->file, years, &i, &writer->dates[i]));

        char month[12];

        spiral_date_format(writer->dates[i], month);
        put_word(writer, months, i, month);
    }
}

static void define_common(struct writer *writer)
{
    const struct spiral_export *export = writer->export;
    char name[NAME_SIZE];
    const unsigned long long seed = export->seed;

    put_text(writer, NC_GLOBAL, "Conventions", "CF-1.11");
    put_text(writer, NC_GLOBAL, "title", "sweep of a security-dilemma model");
    put_text(writer, NC_GLOBAL, "source", "spiral " SPIRAL_VERSION);
    put_text(writer, NC_GLOBAL, "version", export->version);
    put_text(writer, NC_GLOBAL, "experiment", export->text);
    put_text(writer, NC_GLOBAL, "experiment_hash", export->hash);
    put_text(writer, NC_GLOBAL, "constants", export->constants);
    put_text(writer, NC_GLOBAL, "constants_hash", export->constants_hash);
    keep_problem(writer,
                 nc_put_att_ulonglong(writer->file, NC_GLOBAL, "seed", NC_UINT64, 1, &seed));

    for (size_t s = 0; s < export->scenario_count; s++) {
        write_name(name, "scenario_text_", export->scenarios[s].name);
        put_text(writer, NC_GLOBAL, name, export->scenarios[s].text);
    }

    define_scenarios(writer);
    writer->point =
        define_numbered(writer, "point", export->point_count, "the point of the design");
    define_axes(writer);
}

/* --- points ----------------------------------------------------------------------------------- */

/* The variables of an outcome over points. */
enum summary { MEAN, DEVIATION, ERROR, LOW, HIGH, COUNT, SUMMARIES };

static const struct {
    const char *ending;
    const char *label;
} summaries[SUMMARIES] = {
    [MEAN] = {"_mean", "mean over runs of %s"},
    [DEVIATION] = {"_sd", "standard deviation over runs of %s"},
    [ERROR] = {"_se", "standard error of the mean over runs of %s"},
    [LOW] = {"_low", "lower end of Wilson's 95 %% interval of %s"},
    [HIGH] = {"_high", "upper end of Wilson's 95 %% interval of %s"},
    [COUNT] = {"_count", "runs that have a %s"},
};

/* Whether an outcome has such a variable. */
static bool has_summary(const struct spiral_export_column *outcome, enum summary which)
{
    switch (which) {
    case LOW:
    case HIGH: return outcome->kind == SPIRAL_MEASURE_event;
    case COUNT: return outcome->kind == SPIRAL_MEASURE_date;
    default: return true;
    }
}

static void define_summaries(struct writer *writer, const struct spiral_export_column *outcome,
                             int variable[SUMMARIES])
{
    const int dimensions[2] = {writer->scenario, writer->point};
    char name[NAME_SIZE];
    char ancillary[3 * NAME_SIZE];
    char label[256];

    for (int which = 0; which < SUMMARIES; which++) {
        if (!has_summary(outcome, (enum summary)which))
            continue;
        write_name(name, outcome->name, summaries[which].ending);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
        snprintf(label, sizeof label, summaries[which].label, outcome->label);
#pragma GCC diagnostic pop

        const struct definition definition = {.name = name,
                                              .dimensions = 2,
                                              .dimension = dimensions,
                                              .unit = which == COUNT ? "1" : outcome->unit,
                                              .label = label,
                                              .spiral_name = outcome->name,
                                              .has_points = true};
        variable[which] = define_variable(writer, &definition);
    }

    /* CF links a number to what is said of its error. */
    char error[NAME_SIZE];

    write_name(name, outcome->name, "_sd");
    write_name(error, outcome->name, "_se");
    snprintf(ancillary, sizeof ancillary, "%s %s", name, error);
    put_text(writer, variable[MEAN], "ancillary_variables", ancillary);
}

static enum spiral_status write_points(struct writer *writer, struct spiral_error *error)
{
    const struct spiral_export *export = writer->export;
    const int dimensions[2] = {writer->scenario, writer->point};
    struct spiral_store_rows *rows = NULL;
    int(*variables)[SUMMARIES] = calloc(export->outcome_count + 1, sizeof *variables);

    if (variables == NULL)
        return spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for the export");

    const struct definition counted = {.name = "runs",
                                       .dimensions = 2,
                                       .dimension = dimensions,
                                       .unit = "1",
                                       .label = "runs",
                                       .has_points = true};
    const int runs = define_variable(writer, &counted);

    for (size_t o = 0; o < export->outcome_count; o++)
        define_summaries(writer, &export->outcomes[o], variables[o]);

    enum spiral_status status =
        spiral_store_rows_open(&rows, export->store,
                               "SELECT cell.scenario, cell.point, cell.runs, "
                               "result.outcome, result.count, result.mean, result.m2"
                               " FROM cell LEFT JOIN result USING (scenario, point) ORDER "
                               "BY cell.scenario, cell.point",
                               error);

    while (status == SPIRAL_OK && spiral_store_rows_next(rows)) {
        const size_t at[2] = {(size_t)spiral_store_rows_whole(rows, 0),
                              (size_t)spiral_store_rows_whole(rows, 1)};
        const size_t o = (size_t)spiral_store_rows_whole(rows, 3);

        put_number(writer, runs, at, spiral_store_rows_number(rows, 2));
        if (isnan(spiral_store_rows_value(rows, 3)) || o >= export->outcome_count)
            continue;

        const struct spiral_export_column *outcome = &export->outcomes[o];
        const struct spiral_export_summary summary =
            spiral_export_summarise(outcome->kind, spiral_store_rows_number(rows, 4),
                                    spiral_store_rows_number(rows, 5),
                                    spiral_store_rows_number(rows, 6));
        const double values[SUMMARIES] = {
            [MEAN] = summary.mean, [DEVIATION] = summary.deviation, [ERROR] = summary.error,
            [LOW] = summary.low,   [HIGH] = summary.high,           [COUNT] = summary.count};

        for (int which = 0; which < SUMMARIES; which++)
            if (has_summary(outcome, (enum summary)which))
                put_number(writer, variables[o][which], at, values[which]);
    }

    if (status == SPIRAL_OK)
        status = spiral_store_rows_status(rows, error);
    spiral_store_rows_close(rows);
    free(variables);

    return status;
}

/* --- runs and trajectories -------------------------------------------------------------------- */

static enum spiral_status write_runs(struct writer *writer, struct spiral_error *error)
{
    const struct spiral_export *export = writer->export;
    char name[NAME_SIZE];
    struct spiral_store_rows *rows = NULL;
    int *variable = calloc(export->outcome_count + 1, sizeof *variable);

    if (variable == NULL)
        return spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for the export");
    writer->replicate =
        define_numbered(writer, "replicate", export->replicates, "the run of a point");

    const int dimensions[3] = {writer->scenario, writer->point, writer->replicate};

    for (size_t o = 0; o < export->outcome_count; o++) {
        const struct spiral_export_column *outcome = &export->outcomes[o];

        write_name(name, outcome->name, "");

        const struct definition definition = {.name = name,
                                              .dimensions = 3,
                                              .dimension = dimensions,
                                              .unit = outcome->unit,
                                              .label = outcome->label,
                                              .spiral_name = outcome->name,
                                              .kind = outcome->kind,
                                              .has_points = true};
        variable[o] = define_variable(writer, &definition);
    }

    enum spiral_status status =
        spiral_store_rows_open(&rows, export->store,
                               "SELECT scenario, point, replicate, outcome, value FROM run", error);

    while (status == SPIRAL_OK && spiral_store_rows_next(rows)) {
        const size_t at[3] = {(size_t)spiral_store_rows_whole(rows, 0),
                              (size_t)spiral_store_rows_whole(rows, 1),
                              (size_t)spiral_store_rows_whole(rows, 2)};
        const size_t o = (size_t)spiral_store_rows_whole(rows, 3);

        if (o < export->outcome_count)
            put_number(writer, variable[o], at, spiral_store_rows_value(rows, 4));
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
    enum spiral_status status = read_dates(writer, error);

    if (status != SPIRAL_OK)
        return status;
    writer->replicate =
        define_numbered(writer, "replicate", export->replicates, "the run of a point");
    define_time(writer);

    const size_t used = strlen(writer->coordinates);

    snprintf(writer->coordinates + used, sizeof writer->coordinates - used, "%syear date",
             used > 0 ? " " : "");

    const int dimensions[4] = {writer->scenario, writer->point, writer->replicate, writer->time};

    for (int q = 0; q < SPIRAL_QUANTITIES; q++) {
        const struct spiral_field *field = &spiral_quantity_fields[q];
        const struct definition definition = {.name = field->name,
                                              .dimensions = 4,
                                              .dimension = dimensions,
                                              .unit = "1",
                                              .label = field->label_en,
                                              .spiral_name = field->name,
                                              .kind = q == SPIRAL_QUANTITY_hostility
                                                          ? SPIRAL_MEASURE_level
                                                          : SPIRAL_MEASURE_number,
                                              .has_points = true};
        variable[q] = define_variable(writer, &definition);
    }

    status = spiral_store_rows_open(&rows, export->store, "SELECT * FROM trajectory", error);

    while (status == SPIRAL_OK && spiral_store_rows_next(rows)) {
        const size_t at[4] = {(size_t)spiral_store_rows_whole(rows, 0),
                              (size_t)spiral_store_rows_whole(rows, 1),
                              (size_t)spiral_store_rows_whole(rows, 2),
                              find_date(writer, spiral_store_rows_number(rows, 4))};

        for (int q = 0; q < SPIRAL_QUANTITIES; q++)
            put_number(writer, variable[q], at, spiral_store_rows_value(rows, 5 + q));
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
    free(writer.dates);

    return status;
}
