/* SPDX-License-Identifier: MIT
 *
 * What a store holds before the first run: its tables, the experiment, its points and its cells.
 */
#include <jansson.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "tools/store/connection.h"

/* Tables whose rows have a key of their own are kept in its order, so that a store's rows stand
 * alike however they came. */
/* clang-format off */
static const char tables[] =
    "CREATE TABLE experiment (name TEXT NOT NULL, text TEXT NOT NULL, hash TEXT NOT NULL, version TEXT NOT NULL, constants TEXT NOT NULL,"
    " constants_hash TEXT NOT NULL, design TEXT NOT NULL, base INTEGER NOT NULL, second_order INTEGER NOT NULL, shard INTEGER NOT NULL,"
    " shards INTEGER NOT NULL, host TEXT, started TEXT, ended TEXT);"
    "CREATE TABLE scenario (id INTEGER PRIMARY KEY, name TEXT NOT NULL, text TEXT NOT NULL, start REAL NOT NULL, \"end\" REAL NOT NULL);"
    "CREATE TABLE axis (id INTEGER PRIMARY KEY, name TEXT NOT NULL, unit TEXT NOT NULL, low REAL NOT NULL, high REAL NOT NULL,"
    " scale TEXT NOT NULL, factor INTEGER NOT NULL, label_en TEXT NOT NULL, label_zh TEXT NOT NULL);"
    "CREATE TABLE point (point INTEGER, axis INTEGER, value REAL NOT NULL, coordinate REAL NOT NULL,"
    " PRIMARY KEY (point, axis)) WITHOUT ROWID;"
    "CREATE TABLE outcome (id INTEGER PRIMARY KEY, name TEXT NOT NULL, unit TEXT NOT NULL, low REAL NOT NULL, high REAL NOT NULL,"
    " label_en TEXT NOT NULL, label_zh TEXT NOT NULL);"
    "CREATE TABLE cell (scenario INTEGER, point INTEGER, runs INTEGER NOT NULL, done INTEGER NOT NULL,"
    " PRIMARY KEY (scenario, point)) WITHOUT ROWID;"
    "CREATE TABLE result (scenario INTEGER, point INTEGER, outcome INTEGER, count INTEGER NOT NULL, mean REAL NOT NULL, m2 REAL NOT NULL,"
    " sum TEXT NOT NULL, square TEXT NOT NULL, sketch BLOB NOT NULL, PRIMARY KEY (scenario, point, outcome)) WITHOUT ROWID;"
    "CREATE TABLE run (scenario INTEGER, point INTEGER, replicate INTEGER, outcome INTEGER, value REAL NOT NULL,"
    " PRIMARY KEY (scenario, point, replicate, outcome)) WITHOUT ROWID;"
    "CREATE TABLE trajectory (scenario INTEGER, point INTEGER, replicate INTEGER, step INTEGER, date REAL NOT NULL"
#define SPIRAL_QUANTITY(name, low, high, en, zh, doc) ", \"" #name "\" REAL NOT NULL"
#include "sim/quantities.def"
    ", PRIMARY KEY (scenario, point, replicate, step)) WITHOUT ROWID;"
    "CREATE TABLE work (round INTEGER, unit INTEGER, PRIMARY KEY (round, unit)) WITHOUT ROWID;";
/* clang-format on */

enum spiral_status spiral_store_insert(const struct spiral_store *store, sqlite3_stmt *statement,
                                       struct spiral_error *error, const char *types, ...)
{
    va_list arguments;
    va_start(arguments, types);

    for (int i = 0; types[i] != '\0'; i++) {
        if (types[i] == 'i')
            sqlite3_bind_int64(statement, i + 1, va_arg(arguments, int64_t));
        else if (types[i] == 'd')
            sqlite3_bind_double(statement, i + 1, va_arg(arguments, double));
        else
            sqlite3_bind_text(statement, i + 1, va_arg(arguments, const char *), -1,
                              SQLITE_TRANSIENT);
    }

    va_end(arguments);

    return spiral_store_step(store, statement, error);
}

/* --- rows ------------------------------------------------------------------------------------- */

static char *constants_text(const struct spiral_constants *constants)
{
    struct spiral_constants copy = *constants;
    json_t *object = json_object();

    for (size_t i = 0; i < SPIRAL_CONSTANTS; i++)
        json_object_set_new(object, spiral_constant_fields[i].name,
                            json_real(*spiral_constant_at(&copy, i)));
    char *text = json_dumps(object, JSON_COMPACT | JSON_REAL_PRECISION(17));

    json_decref(object);

    return text;
}

static enum spiral_status fill_experiment(const struct spiral_store *store,
                                          const struct spiral_sweep *sweep,
                                          struct spiral_error *error)
{
    const struct spiral_experiment *experiment = &sweep->experiment;
    const struct spiral_constants constants = spiral_sweep_constants(experiment);
    char constants_hash[17];
    char host[256] = "";
    char *text = NULL;
    char *constants_json = constants_text(&constants);
    char started[32];
    size_t length = 0;
    sqlite3_stmt *statement = NULL;
    FILE *memory = open_memstream(&text, &length);
    const time_t now = time(NULL);
    struct tm utc;

    strftime(started, sizeof started, "%Y-%m-%dT%H:%M:%SZ", gmtime_r(&now, &utc));
    gethostname(host, sizeof host - 1);
    snprintf(constants_hash, sizeof constants_hash, "%016llx",
             (unsigned long long)spiral_constants_hash(&constants));
    if (memory != NULL)
        spiral_experiment_write(experiment, memory);

    if (memory == NULL || fclose(memory) != 0 || constants_json == NULL) {
        free(text);
        free(constants_json);
        return spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for the experiment's text");
    }

    const size_t base = experiment->design.kind == SPIRAL_DESIGN_saltelli ||
                                experiment->design.kind == SPIRAL_DESIGN_morris
                            ? experiment->design.points
                            : sweep->design->points;
    enum spiral_status status =
        spiral_store_prepare(store,
                             "INSERT INTO experiment VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,NULL)",
                             &statement, error);

    if (status == SPIRAL_OK)
        status = spiral_store_insert(store, statement, error, "sssssssiiiiss", experiment->name,
                                     text, sweep->hash, SPIRAL_VERSION, constants_json,
                                     constants_hash, spiral_design_names[experiment->design.kind],
                                     (int64_t)base, (int64_t)experiment->design.second_order,
                                     (int64_t)sweep->shard, (int64_t)sweep->shards, host, started);
    sqlite3_finalize(statement);
    free(text);
    free(constants_json);

    return status;
}

static enum spiral_status fill_scenarios(const struct spiral_store *store,
                                         const struct spiral_sweep *sweep,
                                         struct spiral_error *error)
{
    sqlite3_stmt *statement = NULL;
    enum spiral_status status =
        spiral_store_prepare(store, "INSERT INTO scenario VALUES (?,?,?,?,?)", &statement, error);

    for (size_t c = 0; c < sweep->experiment.case_count && status == SPIRAL_OK; c++) {
        const struct spiral_experiment_case *one = &sweep->experiment.cases[c];
        status =
            spiral_store_insert(store, statement, error, "issdd", (int64_t)c, one->scenario.name,
                                one->text, sweep->spans[c].start, sweep->spans[c].end);
    }

    sqlite3_finalize(statement);

    return status;
}

static enum spiral_status fill_axes(const struct spiral_store *store,
                                    const struct spiral_sweep *sweep, struct spiral_error *error)
{
    const struct spiral_experiment *experiment = &sweep->experiment;
    sqlite3_stmt *statement = NULL;
    enum spiral_status status =
        spiral_store_prepare(store, "INSERT INTO axis VALUES (?,?,?,?,?,?,?,?,?)", &statement,
                             error);

    for (size_t a = 0; a < experiment->axis_count && status == SPIRAL_OK; a++) {
        const struct spiral_axis *axis = &experiment->axes[a];
        struct spiral_axis_title title;
        status = spiral_experiment_title(experiment, axis, &title, error);
        if (status != SPIRAL_OK)
            break;
        status =
            spiral_store_insert(store, statement, error, "issddsiss", (int64_t)a, axis->name,
                                title.unit, axis->low, axis->high, axis->log ? "log" : "linear",
                                (int64_t)sweep->design->factor_of[a], title.en, title.zh);
    }

    sqlite3_finalize(statement);

    return status;
}

static enum spiral_status fill_points(const struct spiral_store *store,
                                      const struct spiral_design *design,
                                      struct spiral_error *error)
{
    sqlite3_stmt *statement = NULL;
    enum spiral_status status =
        spiral_store_prepare(store, "INSERT INTO point VALUES (?,?,?,?)", &statement, error);

    for (size_t i = 0; i < design->points * design->axes && status == SPIRAL_OK; i++) {
        const size_t point = i / design->axes;
        const size_t axis = i % design->axes;
        status = spiral_store_insert(
            store, statement, error, "iidd", (int64_t)point, (int64_t)axis, design->value[i],
            design->unit[point * design->factors + (size_t)design->factor_of[axis]]);
    }

    sqlite3_finalize(statement);

    return status;
}

static enum spiral_status fill_outcomes(const struct spiral_store *store,
                                        const struct spiral_sweep *sweep,
                                        struct spiral_error *error)
{
    sqlite3_stmt *statement = NULL;
    enum spiral_status status =
        spiral_store_prepare(store, "INSERT INTO outcome VALUES (?,?,?,?,?,?,?)", &statement,
                             error);

    for (int o = 0; o < sweep->outcome_count && status == SPIRAL_OK; o++) {
        const struct spiral_field *field = &spiral_outcome_fields[sweep->outcomes[o]];
        status = spiral_store_insert(store, statement, error, "issddss", (int64_t)o, field->name,
                                     field->unit, field->low, field->high, field->label_en,
                                     field->label_zh);
    }

    sqlite3_finalize(statement);

    return status;
}

static enum spiral_status fill_cells(const struct spiral_store *store,
                                     const struct spiral_sweep *sweep, struct spiral_error *error)
{
    sqlite3_stmt *statement = NULL;
    enum spiral_status status =
        spiral_store_prepare(store, "INSERT INTO cell VALUES (?,?,0,0)", &statement, error);

    for (size_t cell = 0; cell < sweep->cell_count && status == SPIRAL_OK; cell++)
        status = spiral_store_insert(store, statement, error, "ii",
                                     (int64_t)spiral_cell_case(sweep, cell),
                                     (int64_t)spiral_cell_point(sweep, cell));
    sqlite3_finalize(statement);

    return status;
}

enum spiral_status spiral_store_make_view(const struct spiral_store *store,
                                          const struct spiral_experiment *experiment,
                                          const char *head, const char *value, const char *tail,
                                          struct spiral_error *error)
{
    char *sql = NULL;
    size_t length = 0;
    FILE *memory = open_memstream(&sql, &length);
    enum spiral_status status = SPIRAL_NO_MEMORY;

    if (memory == NULL)
        return spiral_error_set(error, status, "no memory for a view");
    fprintf(memory, "CREATE VIEW %s", head);

    for (size_t a = 0; a < experiment->axis_count; a++) {
        char *column = sqlite3_mprintf("\"%w\"", experiment->axes[a].name);
        fprintf(memory, ", (SELECT value FROM %s AND axis = %zu) AS %s", value, a,
                column != NULL ? column : "axis");
        sqlite3_free(column);
    }

    fputs(tail, memory);
    if (fclose(memory) == 0)
        status = spiral_store_do(store, sql, error);
    else
        spiral_error_set(error, status, "no memory for a view");
    free(sql);

    return status;
}

/* The view for plain SQL: a row a scenario, point and outcome. */
static enum spiral_status make_view(const struct spiral_store *store,
                                    const struct spiral_experiment *experiment,
                                    struct spiral_error *error)
{
    return spiral_store_make_view(store, experiment,
                                  "risk AS SELECT scenario.name AS scenario, result.point AS point",
                                  "point WHERE point.point = result.point",
                                  ", outcome.name AS outcome, count, mean FROM result JOIN "
                                  "scenario ON scenario.id = result.scenario JOIN outcome ON "
                                  "outcome.id = result.outcome",
                                  error);
}

enum spiral_status spiral_store_fill(const struct spiral_store *store, const void *context,
                                     struct spiral_error *error)
{
    const struct spiral_sweep *sweep = context;
    enum spiral_status status = spiral_store_do(store, tables, error);

    status = status != SPIRAL_OK ? status : fill_experiment(store, sweep, error);
    status = status != SPIRAL_OK ? status : fill_scenarios(store, sweep, error);
    status = status != SPIRAL_OK ? status : fill_axes(store, sweep, error);
    status = status != SPIRAL_OK ? status : fill_points(store, sweep->design, error);
    status = status != SPIRAL_OK ? status : fill_outcomes(store, sweep, error);
    status = status != SPIRAL_OK ? status : fill_cells(store, sweep, error);

    return status != SPIRAL_OK ? status : make_view(store, &sweep->experiment, error);
}
